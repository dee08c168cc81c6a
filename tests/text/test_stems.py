"""Word keys: inflection off, meaning kept."""

import pytest

from reviewer.text.stems import (
    cognate,
    common_prefix,
    fold,
    is_inflected,
    same_family,
    same_lexeme,
    stemmer,
    unpointed,
)


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("en", ("ticket", "tickets")),
        ("en", ("policy", "policies")),
        ("en", ("box", "boxes")),
        ("id", ("kebijakan", "kebijakannya")),
        ("fr", ("secourist", "secourists")),
        ("de", ("behälter", "behältern")),
        ("es", ("etiqueta", "etiquetas")),
    ],
)
def test_forms_of_one_word_share_a_key(code, forms):
    assert len({stemmer(code)(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", ("setting", "set")),
        ("en", ("glass", "glas")),
        ("en", ("status", "statu")),
        ("id", ("menjaga", "penjaga")),
        ("id", ("masalah", "masa")),
    ],
)
def test_words_that_a_termbase_keeps_apart_have_two_keys(code, words):
    assert len({stemmer(code)(word) for word in words}) == 2


def test_half_a_character_is_kept_as_it_is():
    assert stemmer("de")("h\ud800user") == "h\ud800user"


def test_unknown_language_keeps_words_as_they_are():
    assert stemmer("tlh")("qaleghs") == "qaleghs"


def test_fold_takes_diacritics_off():
    assert fold("tokaïev") == "tokaiev"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("koalisi", "coalition", False),
        ("presiden", "président", True),
        ("menteri", "ministre", False),
        ("kazakhstan", "kazakhstan", True),
        ("tua", "tue", False),
        ("kontingen", "contingent", True),
    ],
)
def test_cognates_look_alike(first, second, expected):
    assert cognate(first, second) is expected
    assert cognate(second, first) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("vérif", "vérific", True),
        ("paket", "paketnam", True),
        ("tokayev", "tokaiev", False),
        ("préfet", "régent", False),
    ],
)
def test_families_share_their_beginning(first, second, expected):
    assert same_family(first, second) is expected


def test_common_prefix_counts_characters():
    assert common_prefix("drift", "drill") == 3


@pytest.mark.parametrize(
    ("code", "first", "second", "expected"),
    [
        ("hu", "falu", "falvakban", True),
        ("hu", "kürt", "kürtöt", True),
        ("hu", "dátumra", "dátuma", True),
        ("hu", "kürt", "trombita", False),
        ("hu", "kert", "kerítés", False),
        ("ru", "позволяет", "позволит", True),
        ("ru", "маяк", "башня", False),
        ("de", "Kran", "Krans", True),
        ("fr", "amis", "amie", True),
        ("fr", "port", "porte", True),
        ("fr", "serre", "serrure", False),
        ("ar", "المعركة", "معارك", True),
        ("ar", "خزان", "صهريج", False),
        ("en", "cat", "cats", False),
    ],
)
def test_listed_endings_tell_forms_of_one_word(code, first, second, expected):
    assert is_inflected(first, second, code) is expected


@pytest.mark.parametrize(("first", "second"), [("perdamaian", "damai"), ("menjaga", "penjaga")])
def test_indonesian_words_of_one_root_are_one_lexeme(first, second):
    assert same_lexeme(first, second, "id")


def test_vowel_points_make_no_other_word():
    assert unpointed("ٱلْكِتَٰبُ") == "الكتب"
