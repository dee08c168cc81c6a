"""Texts become words with keys, places and joints."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.terms.grammar import grammar
from reviewer.terms.tokens import Tokenizer
from reviewer.terms.unspaced import Divider
from reviewer.terms.words import read_words

sys.path.insert(0, str(Path(__file__).parent))


def contents(text: str, tag: str) -> list[str]:
    reader = Tokenizer(grammar(tag), [text])
    return [text[t.start : t.end] for t in reader.tokens(text) if t.content]


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("fr", "L’eau de l’étang", ["eau", "étang"]),
        ("en", "The captain's log of 1912", ["captain", "log"]),
        ("en", "rain-proof coat", ["rain", "proof", "coat"]),
        ("en", "open https://example.org/tank or run --verbose %s", ["open", "run"]),
        ("en", "set Garden::Gate::Colour to red", ["set", "red"]),
        ("ar", "فِي الْحَدِيقَةِ عَلَى التَّلِّ", ["الْحَدِيقَةِ", "التَّلِّ"]),
        ("id", "pasukan itu di pelabuhan", ["pasukan", "pelabuhan"]),
        ("de", "Der Staubbehälter ist voll.", ["Staubbehälter", "voll"]),
        ("zh", "工程师参观了风电场。", ["工程师", "参观", "风电场"]),
        ("ja", "クーポンは五月に失効します。", ["クーポン", "五月", "失効"]),
        ("he", "הספר נמצא על השולחן", ["הספר", "נמצא", "השולחן"]),
        ("ko", "도서관에서 책을 읽는다", ["도서관에서", "책을", "읽는다"]),
    ],
)
def test_content_words_of_a_text(tag, text, expected):
    assert contents(text, tag) == expected


def test_forms_share_a_key_across_affixes():
    reader = Tokenizer(grammar("ar"), [])
    keys = {t.key for t in reader.tokens("المكتبة مكتبة والمكتبة") if t.content}
    assert len(keys) == 1


def test_final_long_vowel_mark_is_no_part_of_the_key():
    words = read_words(["サーバーとサーバ"], "ja")
    first, *_, last = words.key.tolist()
    assert first == last


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("deep water", True),
        ("deep-water", True),
        ("deep, water", False),
        ("deep\nwater", False),
        ("deep. Water", False),
        ("Mt. Water", True),
        ("deep 3 water", False),
        ("deep \U000f0000water", True),
    ],
)
def test_phrases_end_at_punctuation_numbers_and_segments(text, expected):
    words = read_words([text], "en")
    assert bool(words.joined[-1]) is expected


def test_masked_ranges_are_no_evidence():
    words = read_words(["copied line\nfresh line"], "en", [[(0, 11)]])
    assert words.content.tolist() == [False, False, True, True]


@pytest.mark.parametrize("tag", ["zh", "ja", "th"])
@given(text=st.text(alphabet="大海港口アイウエオのはがกขคงจ ", max_size=40))
def test_division_keeps_every_character(tag, text):
    divider = Divider(tag, [text])
    for run in text.split():
        assert "".join(divider.divide(run)) == run


@given(
    st.text(alphabet="abé ü.’'-1/%\n水イ", max_size=60),
    st.sampled_from(["en", "fr", "de", "zh", "ja", "xx"]),
)
def test_tokens_are_in_order_and_inside_the_text(text, tag):
    reader = Tokenizer(grammar(tag), [text])
    place = 0
    for token in reader.tokens(text):
        assert place <= token.start < token.end <= len(text)
        place = token.end
