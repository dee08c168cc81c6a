"""Codes that stay where a plain text takes the place of one that had some."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.review.documents.kept_codes import with_codes

CODES = {"<": "\U000f0000", ">": "\U000f0001", "[": "\U000f0002", "]": "\U000f0003"}


def coded(text):
    return text.translate(str.maketrans(CODES))


@pytest.mark.parametrize(
    ("was", "new", "expected"),
    [
        ("Press <Start> now.", "Now press Start again.", "Now press <Start> again."),
        ("Press <the Start> key.", "The Start key.", "<The Start> key."),
        ("a <b> [c] d", "b and c", "<b> and [c]"),
        ("One[ two", "One three", "One[ three"),
        ("<All of it>", "All of it now", "<All of it> now"),
        ("<gone> words", "quite other", "quite other<>"),
        ("按<开始>键。", "请按开始键。", "请按<开始>键。"),
        ("no codes", "at all", "at all"),
        ("<a> b", "a]b", "a]b"),
        ("x[", "x", "x["),
        ("[", "", "["),
    ],
)
def test_codes_stay_with_their_words(was, new, expected):
    assert with_codes(coded(was), coded(new)).text == coded(expected)


@pytest.mark.parametrize(
    ("was", "new", "moved"),
    [("<gone> words", "quite other", 2), ("a <b> c", "b", 0), ("no", "codes", 0), ("[", "", 0)],
)
def test_codes_without_a_word_are_counted(was, new, moved):
    assert with_codes(coded(was), coded(new)).moved == moved


@given(st.text("ab <>[]. 世", max_size=20), st.text("ab . 世", max_size=20))
def test_no_code_is_lost_or_doubled_and_no_letter_is_changed(was, new):
    found = with_codes(coded(was), new).text
    codes = set(CODES.values())
    assert "".join(c for c in found if c not in codes) == new
    assert sorted(c for c in found if c in codes) == sorted(c for c in coded(was) if c in codes)
