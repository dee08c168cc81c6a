"""Words of a pair are linked one to one."""

import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import bitexts

from reviewer.terms.bitext import read_bitext


def linked(pairs, source, target):
    bitext = read_bitext(pairs, source, target)
    links, left, right = bitext.links, bitext.source.words, bitext.target.words
    return {
        (left.text(int(at), 1).lower(), right.text(spot, 1).lower())
        for spot, at in enumerate(links.source.tolist())
        if at >= 0
    }


def test_words_that_go_together_are_linked():
    pairs = bitexts.pairs(
        ("The otter sleeps.", "La loutre dort."),
        ("An otter swims.", "Une loutre nage."),
        ("The heron sleeps.", "Le héron dort."),
        ("A heron swims.", "Un héron nage."),
    )
    found = linked(pairs, "en", "fr")
    assert {("otter", "loutre"), ("sleeps", "dort"), ("swims", "nage")} <= found


def test_cognates_are_linked_at_once():
    found = linked(bitexts.pairs(("The astronomer laughs.", "L’astronome rit.")), "en", "fr")
    assert ("astronomer", "astronome") in found


SENTENCES = bitexts.ENGLISH_FRENCH + bitexts.ENGLISH_JAPANESE + bitexts.ENGLISH_ARABIC


@given(st.lists(st.sampled_from(SENTENCES), max_size=12), st.sampled_from(["fr", "ja", "ar"]))
def test_links_are_one_to_one_and_inside_pairs(chosen, target):
    texts = [(pair.source_text, pair.target_text) for pair in chosen]
    bitext = read_bitext(bitexts.pairs(*texts), "en", target)
    links = bitext.links
    for spot, at in enumerate(links.source.tolist()):
        if at >= 0:
            assert links.target[at] == spot
            assert bitext.source.words.pair[at] == bitext.target.words.pair[spot]
            assert 0 < links.strength[spot] <= 1
