import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.correspondence import correspondence, least_score, match_words, share_sounds
from reviewer.text.date_names import find_days, find_months
from reviewer.text.languages import language
from reviewer.text.length import deviation, size
from reviewer.text.places import places
from reviewer.text.romanise import romanise, skeleton
from reviewer.text.sameness import bare, bare_words
from reviewer.text.words import words


def _score(source, target, *tags):
    return correspondence(source, target, *map(language, tags)).score


def test_translations_score_higher_than_strangers():
    source = "Präsident Tokajew sprach am Mittwoch in Almaty über 2.500 Soldaten."
    assert _score(source, "President Tokayev spoke in Almaty of 2,500 soldiers.", "de", "en") > 5
    assert _score(source, "The cake is best eaten warm with cream and berries.", "de", "en") < -2


PIECES = """
The Madame Moscou France французский Москва London 北京 北京市 西门子 Ximen in de 12 1,250 3.5 %
? ! ( ) « » , . https://a.org/12 {0} 1 000 house Haus Häuser maison Elefant elephant dreizehn
13ten März MARCH
"""
TEXTS = st.lists(st.sampled_from([*PIECES.split(), " ", ""]), max_size=40).map(" ".join)


@given(TEXTS | st.text(), TEXTS | st.text(), st.sampled_from(["en", "de", "fr", "ru", "zh", "id"]))
def test_no_score_is_below_the_least(source, target, tag):
    for pair in ((language(tag), language("en")), (language("en"), language(tag))):
        least = least_score(source, target, *pair)
        assert least <= correspondence(source, target, *pair).score


def test_names_are_heard_across_scripts():
    source = "Михаил Горбачёв встретил Маргарет Тэтчер"
    target = "Mikhail Gorbachev met Margaret Thatcher"
    found = match_words(words(source), words(target))
    assert {(match.source, match.target) for match in found} >= {(0, 0), (1, 1), (3, 3)}
    assert share_sounds(source.split(), target.split())
    assert not share_sounds(["bridge", "window"], ["orange", "carpet"])


def test_pinyin_names_are_read_in_the_characters():
    with_name = _score("习近平今天访问了工厂", "Xi Jinping came to the plant", "zh", "en")
    without = _score("习近平今天访问了工厂", "Wang Meiling came to the plant", "zh", "en")
    assert with_name > without + 2


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("Łódź", "lodz"),
        ("Горбачёв", "gorbachev"),
        ("Αθήνα", "athina"),
        ("कैनेडी", "kainedi"),
        ("ジョージ", "joji"),
        ("ウィリアム", "wiriamu"),
        ("뉴욕", "nyuyok"),
        ("习近平", "xijinping"),
        ("محمد", "mhmd"),
        ("O’Neill", "oneill"),
        ("12", ""),
    ],
)
def test_romanise(word, latin):
    assert romanise(word) == latin


def test_skeletons_of_one_name_agree():
    assert skeleton(romanise("बर्लुस्कोनी")) == skeleton("berlusconi")
    assert skeleton(romanise("Горбачёв")) == skeleton(romanise("ゴルバチョフ"))
    assert skeleton("alexander")[0] == "a"


@pytest.mark.parametrize(
    ("first", "second", "tags"),
    [
        ("in Deutschland", "en Allemagne", ("de", "fr")),
        ("в Москве", "a Mosca", ("ru", "it")),
        ("德国和美国", "Germany and the US", ("zh", "en")),
        ("die Franzosen kommen nach Frankreich", "France", ("de", "en")),
        ("アメリカ", "أمريكا", ("ja", "ar")),
        ("在德國", "in Germany", ("zh", "en")),
    ],
)
def test_places_are_the_same_rows(first, second, tags):
    here, there = (
        places(text, language(tag)) for text, tag in zip((first, second), tags, strict=True)
    )
    assert here.keys() & there.keys()


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("İstanbul", "tr"),
        ("ISTANBUL", "en"),
        ("amerikai", "hu"),
        ("\u212aenya", "en"),
        ("في فرنسا", "ar"),
    ],
)
def test_places_are_found_however_their_first_letter_is_written(text, tag):
    assert places(text, language(tag))


def test_places_are_not_found_inside_other_words():
    assert not places("frankly, the usual omelette", language("en"))
    assert not places("Turkeys and china cups", language("xx"))


def test_days_and_months():
    assert [day.place for day in find_days("Am Montagabend", language("de"))] == [0]
    assert [day.place for day in find_days("selama dua minggu", language("id"))] == []
    assert [month.place for month in find_months("le 5 août", language("fr"))] == [7]
    assert find_months("May I go?", language("en")) == []


def test_size_counts_latin_letters_in_chinese_as_they_are():
    chinese = language("zh")
    assert size("中文中文", chinese) == pytest.approx(4 / 0.3)
    assert size("example", chinese) == 7


def test_deviation_knows_short_and_long():
    languages = language("en"), language("fr")
    text = "The harbour will be dredged before the winter storms."
    assert abs(deviation(text, text + " xxxx", languages)) < 1
    assert deviation(text, text[:15], languages) < -2
    assert deviation(text, text * 3, languages) > 2
    assert deviation(text, "", languages) == 0


def test_form_does_not_make_a_text_another():
    assert bare("“Opening  hours”.") == bare("opening hours")
    assert bare_words("Page 3") == bare_words("page 12")
    assert bare("Ｆｉｌｅ") == "file"
