"""Repeated closed phrases, and how often phrases of two sides stand together."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from reviewer.terms.evidence import gather
from reviewer.terms.phrases import SOURCE, TARGET, Phrases, find_phrases
from reviewer.terms.words import read_words

LINES = st.lists(
    st.lists(st.sampled_from(["oak", "elm", "fir", "the", "of", "ash"]), max_size=7).map(" ".join),
    max_size=9,
)


def shown(phrases: Phrases) -> dict[str, int]:
    words = phrases.words
    return {
        words.text(int(phrases.occurrences(n)[0]), int(phrases.length[n])): int(phrases.count[n])
        for n in range(len(phrases))
        if phrases.candidate[n]
    }


def test_closed_phrases_stand_for_their_parts():
    words = read_words(["red oak grows", "a red oak fell", "the oak"], "en")
    assert shown(find_phrases(words, SOURCE)) == {"oak": 3, "red oak": 2}


def test_source_terms_hold_connectors_but_no_other_function_words():
    texts = ["point of sale is here", "that point of sale", "sale is here today"]
    found = shown(find_phrases(read_words(texts, "en"), SOURCE))
    assert set(found) == {"point of sale", "sale"}


@given(LINES)
def test_counts_are_those_of_a_plain_search(lines):
    phrases = find_phrases(read_words(lines, "en"), TARGET)
    padded = [f" {line} " for line in lines]
    for text, count in shown(phrases).items():
        assert count == sum(f" {text} " in line for line in padded)
        assert count >= 2


@given(LINES, LINES)
def test_evidence_counts_shared_pairs(left, right):
    size = max(len(left), len(right))
    left, right = left + [""] * (size - len(left)), right + [""] * (size - len(right))
    source = find_phrases(read_words(left, "en"), SOURCE, keep_words=True)
    target = find_phrases(read_words(right, "en"), TARGET)
    evidence = gather(source, target)
    found = defaultdict(dict)
    for n in range(len(source)):
        for phrase, together in evidence.candidates(n):
            found[n][phrase] = together
    for n in range(len(source)):
        pairs = set(source.pairs(n).tolist())
        for phrase in range(len(target)):
            others = set(target.pairs(phrase).tolist())
            together = len(pairs & others)
            if together and together >= len(others) / 2:
                assert found[n][phrase] == together
