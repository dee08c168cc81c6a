"""The data of a language is found by its tag, whatever the tag holds."""

import pytest

from reviewer.text.languages import is_language_tag, language


@pytest.mark.parametrize("tag", ["fr", "FR", "fr-CA", "fr_CA"])
def test_the_primary_subtag_finds_the_data(tag):
    assert language(tag).name == "French"


@pytest.mark.parametrize(
    "tag", ["", "b" * 300, "../fr", "/etc/passwd", "a\0b", "caf\udce9", "qqq"]
)
def test_a_tag_without_data_gives_the_defaults(tag):
    known = language(tag)
    assert known.name == tag
    assert known.spaced


@pytest.mark.parametrize("tag", ["fr", "pt-BR", "zh-Hant-TW", "und", "sr_Latn", "de-1996"])
def test_these_are_tags(tag):
    assert is_language_tag(tag)


@pytest.mark.parametrize(
    "tag", ["", "f", "fr-", "fr CA", "b" * 300, "fr" + "-a1" * 12, "été", "x\n"]
)
def test_these_are_no_tags(tag):
    assert not is_language_tag(tag)
