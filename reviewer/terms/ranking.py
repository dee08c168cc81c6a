"""How sure a hypothesis is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.terms.bitext import log_likelihood
from reviewer.text.stems import common_prefix, fold, same_family

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.wording import Wording

_FURTHER_RENDERING = 2.5
_SHARED_WORD = 1.3
_FAMILY = 0.3


def score(
    bitext: Bitext,
    source: int,
    wordings: Sequence[Wording],
    reliability: float,
) -> float:
    """Return the log-likelihood ratio of the source phrase and all its wordings, weighed.

    Dunning (1993), less 2.5 for each wording beyond two, times what position, determiners and
    likeness of the wordings say.

    Args:
        bitext: what the wordings stand in.
        source: number of the source phrase.
        wordings: most frequent first.
        reliability: what the candidates' penalties left, 0-1.
    """
    words = bitext.target.words
    pairs = frozenset(bitext.source.pairs(source).tolist())
    held = frozenset[int]().union(*(w.pairs(words) for w in wordings)) & pairs
    outside = sum(wording.outside for wording in wordings)
    value = log_likelihood(len(held), len(pairs), len(held) + outside, bitext.size)
    value -= _FURTHER_RENDERING * (len(wordings) - 2)
    value *= 0.5 + 0.5 * min(1.0, reliability)
    value *= _likeness(bitext, wordings)
    if words.rules.determiners:
        places = [place for w in wordings for place in w.places]
        share = sum(words.determined(p.token) for p in places) / max(1, len(places))
        value *= 0.55 + 0.6 * min(1.0, share / 0.5)
    return value * max(0.4, 1.15 - 1.2 * _distance(bitext, source, wordings))


def _distance(bitext: Bitext, source: int, wordings: Sequence[Wording]) -> float:
    """Return the mean distance of the places in the two texts of a pair, 0-1."""
    length = int(bitext.source.length[source])
    places = bitext.source.places(source)
    here = {
        pair: [bitext.source.words.place(token, length) for token in tokens]
        for pair, tokens in places.items()
    }
    distances = []
    for wording in wordings:
        for place in wording.places:
            spots = here.get(int(bitext.target.words.pair[place.token]))
            if spots:
                there = bitext.target.words.place(place.token, place.length)
                distances.append(min(abs(there - spot) for spot in spots))
    return sum(distances) / max(1, len(distances))


def _likeness(bitext: Bitext, wordings: Sequence[Wording]) -> float:
    """Return 1.3 for wordings that share a word or a beginning, 0.3 for one word family."""
    contents = [
        [fold(bitext.target_word(key)) for key in bitext.target_contents(w.keys)] for w in wordings
    ]
    if all(_are_family(contents[0], other) for other in contents[1:]):
        return _FAMILY
    first, second = contents[0], contents[1]
    if set(first) & set(second):
        return _SHARED_WORD
    alike = any(common_prefix(a, b) >= 5 for a in first for b in second)
    return _SHARED_WORD if alike else 1.0


def _are_family(first: Sequence[str], second: Sequence[str]) -> bool:
    single, other = sorted((first, second), key=len)
    return len(single) == 1 and any(same_family(single[0], word) for word in other)
