"""What the window says of findings, languages, places and times."""

from datetime import UTC, datetime, timedelta

import pytest

from reviewer.ui.look import wording


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("fr", "French"),
        ("id", "Indonesian"),
        ("fr-CA", "French (Canada)"),
        ("zh-Hans", "Chinese (Simplified)"),
        ("zh-Hant-TW", "Chinese (Traditional)"),
        ("und", "Unknown language"),
        ("xqz", "xqz"),
    ],
)
def test_language_is_named(tag, name):
    assert wording.language_name(tag) == name


def test_excerpt_is_cut_between_words():
    text = "Selon des témoins, les pasukan rusia ont tiré sur le poste"
    start = text.index("pasukan")
    cut = wording.excerpt(text, start, start + 13, around=12)
    assert (cut.before, cut.place, cut.after) == ("…les ", "pasukan rusia", " ont tiré…")


def test_excerpt_of_text_without_spaces_is_cut_anywhere():
    cut = wording.excerpt("一二三四五六七八九十", 5, 6, around=2)
    assert str(cut) == "…四五六七八…"


def test_short_text_is_not_cut():
    assert str(wording.excerpt("a b\nc", 2, 3)) == "a b c"


def test_pair_numbers_are_named_once():
    assert wording.pair_numbers([3, 3, 5, 8, 9]) == ([3, 5, 8], 1)


def test_moment_of_another_day_has_a_date():
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert wording.moment(now, now) == wording.clock(now)
    assert wording.clock(now) in wording.moment(now - timedelta(days=3), now)
    assert wording.moment(now - timedelta(days=3), now) != wording.clock(now)


def test_numbers_in_words_stop_at_six():
    assert [wording.in_words(n) for n in (2, 6, 7)] == ["two", "six", "7"]
