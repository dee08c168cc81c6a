"""Terms in texts: what surely is one, and what may be one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.inflection import Inflection, written_places

FOUND = [
    ("fr", "casque bleu", "Les Casques bleus sont là", "Casques bleus"),
    ("fr", "soldat de la paix", "un soldat de la paix.", "soldat de la paix"),
    ("fr", "eau", "l’eau chaude", "eau"),
    ("fr", "eau", "un bateau", None),
    ("fr", "soldat de la paix", "des soldats. De la paix", None),
    ("en", "water pump", "Water-pumps", "Water-pumps"),
    ("en", "IT", "it is", None),
    ("en", "IT", "the IT team", "IT"),
    ("en", "setting", "set it", None),
    ("id", "pasukan", "Pasukannya tiba", "Pasukannya"),
    ("ru", "миротворец", "колонна миротворцев", "миротворцев"),
    ("ru", "мир", "миротворцев", None),
    ("fi", "palvelin", "palvelimet", "palvelimet"),
    ("ja", "サーバ", "サーバーが", "サーバー"),
    ("ja", "ソフト", "ソフトウェア", None),
    ("zh", "维和部队", "联合国维和部队抵达", "维和部队"),
    ("ko", "서버", "서버는 켜져", "서버는"),
    ("ar", "قافلة", "القافلة وصلت", "القافلة"),
    ("en", "Wi-Fi 6", "Wi-Fi 6 router", "Wi-Fi 6"),
]
SEEMING = [
    ("de", "abschalten", "Er schaltet das Gerät sofort ab.", True),
    ("de", "abschalten", "Er schaltet das Gerät ein.", False),
    ("de", "Zugriffssteuerung", "die Steuerung des Zugriffs", True),
    ("de", "Zugriffssteuerung", "die Steuerung der Pumpe", False),
    ("de", "Pumpe", "drei Wasserpumpen", True),
    ("nl", "pomp", "de waterpompen", True),
    ("fr", "pêche artisanale", "une pêche maritime et artisanale", True),
    ("fr", "pêche artisanale", "une pêche maritime", False),
    ("fr", "Tokaïev", "Tokayev a dit", True),
    ("es", "tomar", "toman nota", True),
    ("fr", "casque bleu", "des soldats de la paix", False),
    ("zh", "维和部队", "联合国部队", False),
    ("en", "14", "15", False),
]


def look(tag, term, text):
    reader = Inflection(tag)
    return reader, reader.phrase(term), reader.tokens(text)


@pytest.mark.parametrize(("tag", "term", "text", "place"), FOUND)
def test_a_term_is_found_where_it_surely_stands(tag, term, text, place):
    reader, phrase, tokens = look(tag, term, text)
    found = [text[start:end] for start, end in reader.find(phrase, text, tokens)]
    assert found == ([place] if place else [])


@pytest.mark.parametrize(("tag", "term", "text", "may_be"), SEEMING)
def test_a_term_seems_to_stand_where_it_may(tag, term, text, may_be):
    reader, phrase, tokens = look(tag, term, text)
    assert (reader.seems_in(phrase, text, tokens) is not None) is may_be


@given(st.text(max_size=60), st.text(max_size=20), st.sampled_from(["fr", "de", "ja", "ru", "ko"]))
def test_places_lie_in_the_text_and_what_is_found_seems_to_be_there(text, term, tag):
    reader, phrase, tokens = look(tag, term, text)
    places = reader.find(phrase, text, tokens)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert not places or reader.seems_in(phrase, text, tokens) is not None


@pytest.mark.parametrize(
    ("term", "text", "count"),
    [("Windows", "Windowsissa, Windows-x", 2), ("Windows", "MyWindows", 0), ("C++", "C++17", 1)],
)
def test_what_stays_as_it_is_may_have_an_ending(term, text, count):
    assert len(written_places(term, text)) == count


@pytest.mark.parametrize("letter", ["a ", "a", "字", "ß", "-", "ab ab "])
def test_long_texts_take_no_time(letter):
    text = letter * 50_000
    reader, phrase, tokens = look("de", "ab ab abschalten", text)
    start = time.process_time()
    reader.find(phrase, text, tokens)
    reader.seems_in(phrase, text, tokens)
    assert time.process_time() - start < 5


_PIECES = ["a", "É", "ſt", "ß", "7", "½", "³", "ª", "x\u0301", "\u00ad", "’", "-", " ", ".", "№"]


@given(st.lists(st.sampled_from(_PIECES)).map("".join))
def test_words_of_latin_text_are_found_as_beside_other_scripts(text):
    """Text of Latin letters alone takes a quicker way."""
    reader = Inflection("fr")
    beside = [token for token in reader.tokens(f"{text} Ж") if token.word != "ж"]
    assert reader.tokens(text) == beside
