"""The language of a text."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.detect import detect

PARAGRAPHS = tomllib.loads(
    (Path(__file__).parent.parent / "data" / "paragraphs.toml").read_text("utf-8")
)


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_a_paragraph_is_enough(language):
    guess = detect(PARAGRAPHS[language])
    assert guess.language == language
    assert guess.confidence > 0.5


def test_a_page_is_sure():
    unsure = [code for code, text in PARAGRAPHS.items() if not detect(f"{text} " * 4).sure]
    assert unsure == []


@pytest.mark.parametrize(
    "text", ["", " \n", "12.5 % — 2024", "\U000f0000", "😀 !", "http://example.org"]
)
def test_without_words_nothing_is_told(text):
    guess = detect(text)
    assert (guess.language, guess.sure) == ("und", False)
    assert guess.confidence == 0


@pytest.mark.parametrize(
    "text", ["Berlin", "OK", "Die Alte", "東京", "Lorem ipsum dolor sit amet"]
)
def test_a_few_words_are_never_sure(text):
    assert not detect(text).sure


@pytest.mark.parametrize(
    "pair", [("en", "fr"), ("id", "en"), ("de", "nl"), ("ru", "en"), ("zh-Hans", "en")]
)
def test_a_mixed_text_is_not_sure(pair):
    assert not detect(" ".join(PARAGRAPHS[code] for code in pair)).sure


def test_unknown_languages_are_not_sure():
    text = "Txapelketa hau bizitza osoan ikusi dudan ederrena izan da, eta denok pozik gaude gaur."
    assert not detect(text).sure


def test_names_and_addresses_in_another_script_do_not_matter():
    text = PARAGRAPHS["ja"] + " See https://example.org/the/old/bridge/and/the/river (Bridge)."
    assert detect(text).language == "ja"


def test_candidates_limit_the_choice():
    assert detect(PARAGRAPHS["id"], ["ms-MY", "en"]).language == "ms"
    assert detect(PARAGRAPHS["id"], ["id-ID", "ms"]).language == "id"
    assert detect(PARAGRAPHS["nb"], ["no", "da"]).language == "nb"
    assert detect(PARAGRAPHS["ru"], ["en", "fr"]).language == "und"
    assert detect(PARAGRAPHS["th"], ["en"]).language == "und"
    assert detect("日本国憲法第九条", ["ja", "en"]).language == "ja"
    assert detect(PARAGRAPHS["zh-Hans"], ["en"]).language == "und"


def test_a_long_text_takes_no_longer_than_its_start():
    text = (PARAGRAPHS["en"] + "\n") * 5_000
    detect(text)
    started = time.process_time()
    assert detect(text).language == "en"
    assert time.process_time() - started < 1


@pytest.mark.parametrize("piece", ["a", "a@", "w:/", "www.", "e\u0301", "ア", "a://"])
def test_hostile_text_is_told_in_time(piece):
    started = time.process_time()
    detect(piece * 20_000)
    assert time.process_time() - started < 5


@given(st.text(max_size=80))
def test_any_text_gets_a_guess(text):
    guess = detect(text)
    assert 0 <= guess.confidence <= 1
    assert guess.language


INDONESIAN = """Kantor itu buka pada hari Senin karena perusahaan membayar uang kepada polisi.
Mobil dokter berhenti di depan universitas, lalu ia bisa masuk."""
MALAY = """Pejabat itu dibuka pada hari Isnin kerana syarikat mesti membayar wang kepada polis.
Kereta doktor berhenti di hadapan universiti, kemudian dia boleh masuk."""


@pytest.mark.parametrize(("text", "language"), [(INDONESIAN, "id"), (MALAY, "ms")])
def test_indonesian_and_malay_are_told_apart(text, language):
    assert detect(text).language == language
