import math
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer import paths
from reviewer.text import wordlists
from reviewer.text.lexicon import Hashed, fold, hash_words, lexicon, list_code, small_lexicon


def test_frequent_words_are_more_probable():
    french = lexicon("fr")
    values = [french.log_probability(word) for word in ("de", "maison", "parapluie")]
    assert None not in values
    assert values == sorted(values, reverse=True)
    assert french.floor < values[-1] < values[0] < 0


def test_probabilities_are_those_of_the_data():
    value = lexicon("fr").log_probability("de")
    assert 0.01 < math.exp(value) < 0.1


def test_case_accents_and_apostrophes_are_folded():
    assert lexicon("de").log_probability("STRASSE") == lexicon("de").log_probability("Straße")
    assert lexicon("fr").log_probability("e\u0301te\u0301") == lexicon("fr").log_probability("été")
    english = lexicon("en")
    assert english.log_probability("don’t") == english.log_probability("don't") is not None


def test_languages_fold_as_they_must():
    assert fold("ISPARTA", "dotless") == "ısparta"
    assert fold("كَلِمَة", "abjad") == "كلمة"
    assert fold("Бео\u0433рад", "sr") == "beograd"
    assert fold("aceeaşi", "ro") == "aceeași"


@given(st.lists(st.text("aIiİışŞşțȚsST\u0326\u0327éx"), max_size=9))
def test_words_are_looked_up_as_each_list_folds_them(words):
    known = {tag: lexicon(tag) for tag in ("fr", "tr", "ro")}
    hashed = Hashed([*words, "Işık", "ışık", "şi", "și", "ISPARTA"])
    together = {tag: hashed.log_probabilities(each) for tag, each in known.items()}
    alone = {
        tag: each.look_up(hash_words([fold(word, each.folding) for word in hashed.words]))
        for tag, each in known.items()
    }
    for tag in known:
        np.testing.assert_array_equal(together[tag], alone[tag])


def test_tags_find_their_lists():
    codes = {"pt-BR": "pt", "zh-Hant": "zh", "hr": "sh", "no": "nb", "EN_us": "en"}
    assert {tag: list_code(tag) for tag in codes} == codes


def test_a_language_without_a_list_knows_no_word():
    nothing = lexicon("sw")
    assert not nothing.known
    assert nothing.log_probability("rais") is None
    assert "rais" not in nothing
    assert np.isnan(nothing.log_probabilities(["rais", "na"])).all()


def test_small_lists_are_small():
    assert 20_000 < len(small_lexicon("fr")) < 60_000 < len(lexicon("fr"))
    assert not small_lexicon("fr").large
    assert lexicon("fr").large


def test_many_words_are_looked_up_as_one_by_one():
    words = ["le", "chat", "xyzzyq", "Été", ""]
    english = lexicon("fr")
    together = english.log_probabilities(words)
    for word, value in zip(words, together, strict=True):
        alone = english.log_probability(word)
        assert (alone is None and math.isnan(value)) or alone == value


@given(st.lists(st.text(max_size=12), max_size=8))
def test_a_hash_depends_on_its_word_alone(words):
    together = hash_words(words)
    assert len(together) == len(words)
    assert all(hash_words([word])[0] == value for word, value in zip(words, together, strict=True))


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return paths.cache_folder() / "lexicon" / wordlists.VERSION


def test_a_list_is_built_once_and_its_licence_kept_beside_it(own_cache):
    first = wordlists.open_list("id", "small")
    file = own_cache / "small_id.lexicon"
    built = file.stat().st_mtime_ns
    again = wordlists.open_list("id", "small")
    assert file.stat().st_mtime_ns == built
    assert np.array_equal(first.table, again.table)
    assert "Attribution-ShareAlike 4.0" in (own_cache / "NOTICE.txt").read_text("utf-8")


@pytest.mark.parametrize("damage", [b"", b"BitxtLx1", b"x" * 100_000])
def test_a_damaged_list_is_built_again(own_cache, damage):
    whole = wordlists.open_list("id", "small").table
    file = own_cache / "small_id.lexicon"
    file.unlink()  # it may be mapped still
    file.write_bytes(damage)
    assert np.array_equal(wordlists.open_list("id", "small").table, whole)


def test_a_changed_byte_is_seen(own_cache):
    whole = np.array(wordlists.open_list("id", "small").table)
    file = own_cache / "small_id.lexicon"
    content = bytearray(file.read_bytes())
    content[1000] ^= 1
    file.unlink()
    file.write_bytes(content)
    assert np.array_equal(wordlists.open_list("id", "small").table, whole)


def test_a_cache_that_cannot_be_written_is_no_hindrance(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert len(wordlists.open_list("id", "small").table) > 20_000


def test_an_unknown_list_is_none(own_cache):
    assert wordlists.open_list("sw", "small") is None
    assert wordlists.open_list("id", "large") is None


def _count(_number):
    return len(wordlists.open_list("ms", "small").table)


def test_two_processes_build_at_once(own_cache):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        counts = list(pool.map(_count, range(2)))
    assert counts[0] == counts[1] > 20_000
    assert [path.suffix for path in own_cache.iterdir()].count(".new") == 0


def test_shipped_lists_come_first(own_cache, tmp_path, monkeypatch):
    shipped = tmp_path / "resources" / "lexicons"
    shipped.mkdir(parents=True)
    list_of_one = wordlists.pack(np.array([7 << 16 | 100], np.uint64), 600)
    (shipped / "small_id.lexicon").write_bytes(list_of_one)
    monkeypatch.setattr(paths, "resource", lambda *parts: tmp_path.joinpath("resources", *parts))
    found = wordlists.open_list("id", "small")
    assert (found.table.tolist(), found.levels) == ([7 << 16 | 100], 600)
    assert not own_cache.exists()


def test_lists_are_built_for_a_package(tmp_path):
    names = wordlists.build_lists(tmp_path / "lexicons", {"id", "ms"})
    assert names == ("small_id.lexicon", "small_ms.lexicon")
    kept = {path.name for path in (tmp_path / "lexicons").iterdir()}
    assert kept == {*names, "NOTICE.txt"}


LISTED = [
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fil", "fr", "he",
    "hi", "hu", "id", "is", "it", "ja", "ko", "lt", "lv", "mk", "ms", "nb", "nl", "pl", "pt",
    "ro", "ru", "sh", "sk", "sl", "sv", "ta", "tr", "uk", "ur", "vi", "zh",
]  # fmt: skip


def test_more_than_24_languages_have_a_list():
    known = [tag for tag in LISTED if lexicon(tag).known]
    assert known == LISTED
    assert len(known) >= 24


@pytest.mark.parametrize("tag", ["a" * 300, "", "../fr", "fr/../de", "x\0y"])
def test_a_tag_that_is_none_has_no_list_and_no_file(tag):
    assert not lexicon(tag).known


def test_a_list_that_is_built_opens_in_milliseconds():
    lexicon("fr")
    best = 1.0
    for _ in range(5):
        begin = time.process_time()
        assert wordlists.open_list("fr", "large") is not None
        best = min(best, time.process_time() - begin)
    assert best < 0.05


def test_the_notices_of_the_data_are_kept():
    for name in ("wordfreq.txt", "opencc.txt", "unicode.txt"):
        assert "icen" in paths.resource("notices", name).read_text("utf-8")
