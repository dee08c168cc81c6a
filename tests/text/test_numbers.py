import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.languages import language
from reviewer.text.numbers import (
    components,
    find_numbers,
    meaning,
    plain,
    readings,
    value,
    whole,
    written,
)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("12 450 hommes, 3 femmes", ["12450", "3"]),
        ("12\u202f450 et 1\u00a0000\u00a0000", ["12450", "1000000"]),
        ("in 2019 400 people", ["2019", "400"]),
        ("1,250.50 and 1.250,50", ["1,250.50", "1.250,50"]),
        ("Il-76, ke-45, 45e", ["76", "45", "45"]),
        ("١٢٣ و ۴۵", ["123", "45"]),
        ("１２，５００円", ["12,500"]),
        ("३.५ लाख", ["3.5"]),
        ("no digits", []),
    ],
)
def test_numbers_are_found_in_all_scripts(text, keys):
    assert [number.key for number in find_numbers(text)] == keys


@given(st.text())
def test_places_fit_the_text(text):
    assert len(plain(text)) == len(text)
    for number in find_numbers(text):
        assert text[number.start : number.end] == number.text


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("1250", {(125, 1)}),
        ("1,250", {(125, 1), (125, -2)}),
        ("1.5", {(15, -1)}),
        ("0,250", {(25, -2)}),
        ("1.250.000", {(125, 4)}),
        ("12,34,567", {(1234567, 0)}),
        ("1.250,5", {(12505, -1)}),
        ("13.07.2020", set()),
        ("1" * 60, set()),
    ],
)
def test_a_number_may_mean(key, values):
    assert readings(key) == values


def test_dates_and_times_have_components():
    assert components("13.07.2020") == (value(13), value(7), value(2020))
    assert components("17.45") == (value(17), value(45))
    assert components("1.250") == ()


@pytest.mark.parametrize(
    ("key", "tag", "expected"),
    [
        ("1,250", "en", 1250),
        ("1.250", "de", 1250),
        ("1.250", "en", None),
        ("1,250", "es", 1250),
        ("1250", "fr", 1250),
    ],
)
def test_meaning_follows_the_language(key, tag, expected):
    found = meaning(key, language(tag))
    if tag == "es":  # "." groups and "," parts; the other is 1.25
        assert found == (125, -2)
    else:
        assert found is not None
        assert whole(found) == expected


@pytest.mark.parametrize(
    ("number", "tag", "text"),
    [
        ((12505, -1), "en", "1250.5"),
        ((1250000, 0), "en", "1,250,000"),
        ((125, 4), "fr", "1\u202f250\u202f000"),
        ((125, 4), "de", "1.250.000"),
        ((5, -2), "de", "0,05"),
        ((2020, 0), "de", "2020"),
    ],
)
def test_own_form(number, tag, text):
    assert written(number, language(tag)) == text


@given(st.integers(0, 10**12), st.integers(-3, 6))
def test_values_have_one_form(mantissa, exponent):
    assert value(mantissa, exponent) == value(mantissa * 10, exponent - 1)


@given(st.integers(1, 10**9), st.sampled_from(["en", "de", "fr", "ru", "ja"]))
def test_own_form_is_read_back(number, tag):
    (found,) = find_numbers(written(value(number), language(tag)))
    assert value(number) in readings(found.key)
