from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.scripts import script, scripts
from reviewer.text.words import words


def test_apostrophes_and_hyphens_divide_words():
    assert [word.text for word in words("L’eau d'ici, Il-76")] == ["L", "eau", "d", "ici", "Il"]


def test_a_change_of_script_divides_words():
    found = [(word.text, word.script) for word in words("USBケーブルを買う")]
    assert found == [
        ("USB", "Latn"),
        ("ケーブル", "Kana"),
        ("を", "Hira"),
        ("買", "Hani"),
        ("う", "Hira"),
    ]


def test_marks_and_joiners_belong_to_their_word():
    text = "pro\u0301ba हिन्दी می\u200cخواهم infor\u00admatique"
    assert [word.text for word in words(text)] == text.split()


def test_an_apostrophe_between_cyrillic_letters_is_one_of_them():
    assert [word.text for word in words("п'ять книг")] == ["п'ять", "книг"]


def test_abbreviations_of_hebrew_and_the_catalan_middle_dot_are_words():
    assert [word.text for word in words('ארה"ב col·legi')] == ['ארה"ב', "col·legi"]


def test_digits_and_underscores_are_no_words():
    assert [word.text for word in words("12 _x_ 3D ½")] == ["x", "D"]


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_words_are_slices_in_order_of_one_script_each(text):
    end = 0
    for word in words(text):
        assert word.start >= end
        assert text[word.start : word.end] == word.text
        assert set(scripts(word.text)) <= {word.script}
        end = word.end
    outside = set(text)
    for word in words(text):
        outside -= set(word.text)
    assert all(script(character) != "Latn" or not character.isalpha() for character in outside)
