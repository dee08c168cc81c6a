import pytest

from reviewer.text.languages import known_languages, language
from reviewer.text.number_words import (
    chinese_values,
    mixed_values,
    number_words,
    scale_after,
    word_values,
)
from reviewer.text.numbers import value, whole


def _whole(text, tag):
    return {whole(found) for found in word_values(text, language(tag))}


@pytest.mark.parametrize(
    ("text", "tag", "number"),
    [
        ("twenty-one men", "en", 21),
        ("two hundred and fifty", "en", 250),
        ("three thousand four hundred", "en", 3400),
        ("quatre-vingt-douze", "fr", 92),
        ("soixante-dix", "fr", 70),
        ("dix-sept", "fr", 17),
        ("einundzwanzig", "de", 21),
        ("dreidimensional", "de", 3),
        ("Achttausender", "de", 8000),
        ("ventuno", "it", 21),
        ("eenentwintig", "nl", 21),
        ("treinta y cinco", "es", 35),
        ("dua puluh lima", "id", 25),
        ("tiga belas", "id", 13),
        ("on bir", "tr", 11),
        ("üçyüz", "tr", 300),
        ("háromszáz", "hu", 300),
        ("száznegyvenöt", "hu", 145),
        ("двадцать пять", "ru", 25),
        ("семнадцатый", "ru", 17),
        ("пятьсот", "ru", 500),
        ("الخامسة عشرة", "ar", 15),
        ("והחמישה", "he", 5),
        ("पांच", "hi", 5),
        ("hai mươi", "vi", 20),
        ("XIX wiek", "pl", 19),
        ("XIVe siècle", "fr", 14),
        ("July", "en", 7),
        ("lipca", "pl", 7),
        ("三十六", "zh", 36),
        ("二〇二〇年", "zh", 2020),
        ("一万二千", "ja", 12000),
    ],
)
def test_words_have_their_values(text, tag, number):
    assert number in _whole(text, tag)


def test_neighbours_do_not_add_up():
    assert _whole("two three", "en") == {2, 3}


def test_half_is_thirty_minutes_too():
    assert value(30) in word_values("halb neun", language("de"))
    assert (5, -1) in word_values("½", language("de"))


def test_one_letter_is_no_roman_number_when_it_may_be_a_unit():
    assert not _whole("5 °C and 10 L", "xx")


def test_mixed_chinese_numbers_are_one_value():
    assert [found for *_, found in mixed_values("13亿5000万")] == [value(1_350_000_000)]
    assert [found for *_, found in mixed_values("1000万千瓦")] == [value(10_000_000)]


def test_ten_thousands_count():
    assert chinese_values("三万五千") == {35000}


@pytest.mark.parametrize(
    ("text", "tag", "exponent"),
    [
        ("3 million people", "en", 6),
        ("3 mil millones", "es", 9),
        ("3 Mio. Euro", "de", 6),
        ("3 Billionen", "de", 12),
        ("3 लाख", "hi", 5),
        ("3亿元", "zh", 8),
        ("3 apples", "en", 0),
    ],
)
def test_scale_words_follow_the_number(text, tag, exponent):
    assert scale_after(text, 1, language(tag)) == exponent


@pytest.mark.parametrize("tag", known_languages())
def test_the_data_of_every_language_can_be_read(tag):
    words = number_words(language(tag))
    assert set(words.months.values()) <= set(range(1, 13))
    assert all(number < 1000 for number in words.ordinals.values())
    assert all(word == word.lower() for word in words.units)
