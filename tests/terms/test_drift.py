"""Terms with several renderings are found without a termbase."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import bitexts

from reviewer.errors import Cancelled
from reviewer.model import Pair
from reviewer.terms import find_groups

DRIFTS = [
    ("en", "fr", bitexts.ENGLISH_FRENCH, {"citerne", "tonneau"}),
    ("id", "fr", bitexts.INDONESIAN_FRENCH, {"directeur du port", "capitaine du port"}),
    ("en", "de", bitexts.ENGLISH_GERMAN, {"Staubbehälter", "Schmutzbecher"}),
    ("en", "zh", bitexts.ENGLISH_CHINESE, {"风电场", "风力园区"}),
    ("en", "ja", bitexts.ENGLISH_JAPANESE, {"クーポン", "割引券"}),
    ("en", "ar", bitexts.ENGLISH_ARABIC, {"كمامة", "قناع"}),
    ("fr", "en", bitexts.FRENCH_ENGLISH, {"beginners’ pool", "training basin"}),
]


@pytest.mark.parametrize(("source", "target", "pairs", "expected"), DRIFTS)
def test_the_best_group_names_the_renderings(source, target, pairs, expected):
    groups = find_groups(pairs, source, target)
    assert {rendering.text for rendering in groups[0].renderings} == expected


def test_occurrences_are_the_renderings_in_the_text():
    groups = find_groups(bitexts.ENGLISH_FRENCH, "en", "fr")
    found = {r.text: [o.pair for o in r.occurrences] for g in groups[:1] for r in g.renderings}
    assert found == {"citerne": [3, 7], "tonneau": [5, 9]}


def test_a_place_inside_a_longer_term_renders_that_one():
    groups = find_groups(bitexts.UNIFIED, "en", "fr")
    found = {r.text: [o.pair for o in r.occurrences] for g in groups for r in g.renderings}
    assert found == {"équipage": [0, 1, 3, 8], "effectif": [4, 10]}


def test_what_renders_a_longer_term_renders_no_shorter_one():
    groups = find_groups(bitexts.NESTED, "en", "fr")
    found = {g.source: [r.text for r in g.renderings] for g in groups}
    assert found == {
        "mountain rescue crew": ["anges blancs", "sauveteurs alpins"],
        "crew": ["équipage", "effectif"],
    }


def test_copied_segments_are_no_evidence():
    pairs = [
        *bitexts.ENGLISH_FRENCH,
        bitexts.pair(12, "The rain barrel song.", "The rain barrel song."),
        bitexts.pair(13, "The rain barrel dance.", "The rain barrel dance."),
    ]
    group = find_groups(pairs, "en", "fr")[0]
    assert all(o.pair < 12 for r in group.renderings for o in r.occurrences)


def test_doubtful_pairs_are_no_evidence():
    doubtful = [
        bitexts.pair(p.number, p.source_text, p.target_text, 0.1) for p in bitexts.ENGLISH_FRENCH
    ]
    assert find_groups(doubtful, "en", "fr") == []


def test_a_text_without_sentences_costs_no_more_than_its_length():
    endless = bitexts.pair(12, "rain barrel " * 40_000, "citerne tonneau " * 40_000)
    groups = find_groups([*bitexts.ENGLISH_FRENCH, endless], "en", "fr")
    assert {r.text for r in groups[0].renderings} == {"citerne", "tonneau"}


def test_three_segments_give_no_groups():
    assert find_groups(bitexts.ENGLISH_FRENCH[:3], "en", "fr") == []


def test_a_document_in_one_language_gives_no_groups():
    texts = [pair.source_text for pair in bitexts.ENGLISH_FRENCH]
    same = bitexts.pairs(*((text, text) for text in texts))
    assert find_groups(same, "en", "en") == []
    edited = bitexts.pairs(*((text, text.replace("rain barrel", "water butt")) for text in texts))
    assert all(len(group.renderings) > 1 for group in find_groups(edited, "en", "en"))


def test_no_pairs_give_no_groups():
    assert find_groups([], "en", "fr") == []


def test_cancelled_search_stops():
    with pytest.raises(Cancelled):
        find_groups(bitexts.ENGLISH_FRENCH, "en", "fr", cancelled=lambda: True)


def test_progress_is_told():
    steps = []
    find_groups(
        bitexts.ENGLISH_FRENCH,
        "en",
        "fr",
        progress=lambda done, total: steps.append((done, total)),
    )
    assert all(done <= total for done, total in steps)
    assert steps


SENTENCES = [pair for _, _, pairs, _ in DRIFTS for pair in pairs]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(SENTENCES), max_size=30), st.sampled_from(["fr", "zh", "ja", "ar"])
)
def test_groups_are_sound_and_the_same_each_time(chosen, target):
    pairs = [Pair(number, p.source, p.target) for number, p in enumerate(chosen)]
    groups = find_groups(pairs, "en", target)
    assert groups == find_groups(pairs, "en", target)
    for group in groups:
        assert len(group.renderings) >= 2
        texts = [rendering.text for rendering in group.renderings]
        assert len(set(texts)) == len(texts)
        for rendering in group.renderings:
            assert rendering.occurrences
            for place in rendering.occurrences:
                text = pairs[place.pair].target_text[place.start : place.end]
                assert text.strip() == text != ""
                assert "\n" not in text
    tiers = [group.stray for group in groups]
    assert tiers == sorted(tiers)
