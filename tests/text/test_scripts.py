import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.scripts import script, scripts


@pytest.mark.parametrize(
    ("characters", "code"),
    [
        ("aÉßıƏ", "Latn"),
        ("жЇЎ", "Cyrl"),
        ("αΩ", "Grek"),
        ("شپ", "Arab"),
        ("אש", "Hebr"),
        ("漢汉々", "Hani"),
        ("のん", "Hira"),
        ("ケー", "Kana"),
        ("한ᄒ", "Hang"),
        ("हि", "Deva"),
        ("ไท", "Thai"),
        ("ქა", "Geor"),
        ("հա", "Armn"),
        ("አማ", "Ethi"),
        ("0 .,€—「·", "Zyyy"),
        ("\u0301\u200d", "Zinh"),
    ],
)
def test_scripts_of_characters(characters, code):
    assert {script(character) for character in characters} == {code}


@given(st.characters(categories=["L"]))
def test_letters_agree_with_the_unicode_property(character):
    code = script(character)
    if code == "Zyyy" or character in "ーｰـ":
        return
    assert regex.match(rf"\p{{Script={code}}}", character)


def test_a_text_is_counted_without_punctuation_and_marks():
    assert scripts("Тест, test! e\u0301") == {"Cyrl": 4, "Latn": 5}
