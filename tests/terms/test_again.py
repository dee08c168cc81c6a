"""After an edit, what is found is what a search from anew finds, for a part of the work."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import bitexts

from reviewer.terms import LastRead, Priors, drift, find_groups, groups_of, read_bitext
from reviewer.terms.tokens import Tokenizer
from reviewer.terms.words import ReadTexts
from tests.align.texts import book

BOOK = bitexts.pairs(*zip(*book(40, seed=4, things=30), strict=True))
TEXTS = {
    ("en", "fr"): BOOK,
    ("id", "fr"): bitexts.INDONESIAN_FRENCH * 2,
    ("en", "zh"): bitexts.ENGLISH_CHINESE,
    ("en", "ja"): bitexts.ENGLISH_JAPANESE,
    ("en", "ar"): bitexts.ENGLISH_ARABIC,
    ("en", "de"): bitexts.ENGLISH_GERMAN,
}


def numbered(pairs):
    return [replace(pair, number=number) for number, pair in enumerate(pairs)]


def with_target(pairs, at, text):
    number = at % len(pairs)
    changed = replace(bitexts.pair(number, "", text), source=pairs[number].source)
    return [*pairs[:number], changed, *pairs[number + 1 :]]


def edited(pairs, how, at, other, cut):
    """Return the pairs after one of the gestures that change them."""
    at, other = at % len(pairs), other % len(pairs)
    text, more = pairs[at].target_text, pairs[other].target_text
    if how == "words from elsewhere":
        return with_target(
            pairs, at, text[: cut % (len(text) + 1)] + more[cut % (len(more) + 1) :]
        )
    if how == "a sentence again":
        return with_target(pairs, at, more)
    if how == "emptied":
        return with_target(pairs, at, "")
    if how == "merged" and at + 1 < len(pairs):
        one, two = pairs[at : at + 2]
        both = replace(one, source=one.source + two.source, target=one.target + two.target)
        return numbered([*pairs[:at], both, *pairs[at + 2 :]])
    return numbered([*pairs[:at], *pairs[at + 1 :]])


GESTURES = st.lists(
    st.tuples(
        st.sampled_from(
            ["words from elsewhere"] * 3 + ["a sentence again", "emptied", "merged", "unlinked"]
        ),
        st.integers(0, 200),
        st.integers(0, 200),
        st.integers(0, 80),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(TEXTS)), GESTURES, st.booleans())
def test_what_is_found_again_is_what_is_found_anew(languages, gestures, undone):
    last = LastRead()
    pairs = numbered(TEXTS[languages])
    history = [pairs]
    for gesture in gestures:
        history.append(edited(history[-1], *gesture))
    for now in [*history, *(reversed(history) if undone else ())]:
        again = groups_of(read_bitext(now, *languages, last=last), last=last.search)
        assert again == find_groups(now, *languages)


def test_other_priors_are_no_evidence_of_before():
    last = LastRead()
    languages, pairs = ("en", "fr"), bitexts.ENGLISH_FRENCH
    groups_of(read_bitext(pairs, *languages, last=last), last=last.search)
    priors = Priors({"rain barrel": ("tonneau",), "roof": ("toit",)})
    again = groups_of(read_bitext(pairs, *languages, priors, last=last), last=last.search)
    assert again == find_groups(pairs, *languages, priors=priors)


@pytest.fixture
def work(monkeypatch):
    """Lists of the texts that are read and of the source phrases that are looked at."""
    read, looked_at = [], []
    tokens, look_at = Tokenizer.tokens, drift._look_at

    def reading(self, text):
        read.append(text)
        return tokens(self, text)

    def looking(bitext, *given):
        looked_at.append(given[-1])
        return look_at(bitext, *given)

    monkeypatch.setattr(Tokenizer, "tokens", reading)
    monkeypatch.setattr(drift, "_look_at", looking)
    return read, looked_at


def common(words, texts):
    """Return how often some words stand in texts."""
    return sum(text.lower().count(word.lower()) for word in words for text in texts)


def test_an_edit_reads_one_text_and_looks_at_few_phrases(work):
    read, looked_at = work
    source, target = book(400, seed=7, things=3000)
    pairs = bitexts.pairs(*zip(source, target, strict=True))
    last = LastRead()
    groups_of(read_bitext(pairs, "en", "fr", last=last), last=last.search)
    assert len(read) == 800
    every = len(looked_at)
    read.clear()
    looked_at.clear()
    words = min((pair.target_text.split() for pair in pairs[:40]), key=lambda w: common(w, target))
    at = target.index(" ".join(words))
    now = with_target(pairs, at, " ".join([*words[:-1], "lulu"]))
    groups_of(read_bitext(now, "en", "fr", last=last), last=last.search)
    assert read == [now[at].target_text]
    assert 0 < len(looked_at) < every / 3
    looked_at.clear()
    groups_of(read_bitext(now, "en", "fr", last=last), last=last.search)
    assert looked_at == []


def test_words_of_other_documents_are_forgotten():
    """One worker reads document after document; what they share no text with is let go."""
    read = ReadTexts()
    assert read.columns(["red river", "old bridge"], "en")[0] == ["red", "river", "old", "bridge"]
    assert read.columns(["old bridge", "new lamp"], "en")[0][-2:] == ["new", "lamp"]
    assert read.columns(["small harbour"], "en")[0] == ["small", "harbour"]
