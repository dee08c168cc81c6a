"""Which word of a pair renders which: one-to-one links, found by competition.

Melamed (2000), Models of Translational Equivalence among Words: words that stand together more
often than others win, each word is taken once, and what is linked is counted anew. Position
settles what counts cannot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reviewer.terms.association import Association, chunks, combinations
from reviewer.terms.watch import Watch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewer.terms.words import Words

_UNWATCHED = Watch()
_ROUNDS = 3
_SURE = 0.4
_REACH = 3.0
_LEAST_STRENGTH = 0.12


@dataclass(frozen=True)
class Links:
    """Links between the content words of both sides.

    Attributes:
        source: by target token, the source token it is linked to, or -1.
        target: by source token, the target token it is linked to, or -1.
        strength: by target token, how sure its link is, 0-1.
        before: by source token, the target place to which the next sure link before it points;
            -1 where there is none in the pair.
        after: the same by the next sure link after it.
    """

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    strength: NDArray[np.float32]
    before: NDArray[np.float64]
    after: NDArray[np.float64]


def link_words(
    source: Words, target: Words, table: Association, watch: Watch = _UNWATCHED
) -> Links:
    """Link the content words of each pair one to one; the table learns from the links."""
    links = Links(
        np.full(len(target.key), -1, dtype=np.int32),
        np.full(len(source.key), -1, dtype=np.int32),
        np.zeros(len(target.key), dtype=np.float32),
        np.full(len(source.key), -1.0),
        np.full(len(source.key), -1.0),
    )
    for turn in range(_ROUNDS):
        links.source.fill(-1)
        links.target.fill(-1)
        links.strength.fill(0)
        for start, end in chunks(source, target):
            watch.look((turn + start / len(source.texts)) / _ROUNDS)
            _link(source, target, table, (start, end), links)
        table.count_links(links.source)
        _point(source, target, links)
    return links


def _link(
    source: Words,
    target: Words,
    table: Association,
    chunk: tuple[int, int],
    links: Links,
) -> None:
    """Link words that are each other's best, again and again, until none is left."""
    left, right = combinations(source, target, *chunk)
    strength = table.strengths(left, right) * _nearness(source, target, left, right, links)
    keep = strength >= _LEAST_STRENGTH
    left, right, strength = left[keep], right[keep], strength[keep]
    order = np.lexsort((right, left, -strength))
    left, right, strength = left[order], right[order], strength[order]
    while len(left):
        # In this order the first row of a token is its best.
        best = _is_first(left) & _is_first(right)
        links.source[right[best]] = left[best]
        links.target[left[best]] = right[best]
        links.strength[right[best]] = np.minimum(1.0, strength[best])
        free = (links.target[left] < 0) & (links.source[right] < 0)
        left, right, strength = left[free], right[free], strength[free]


def _point(source: Words, target: Words, links: Links) -> None:
    """Note where the sure links around each source token point."""
    count = len(source.key)
    if not count:
        return
    tokens = np.arange(count)
    sure = links.target >= 0
    sure[sure] = links.strength[links.target[sure]] >= _SURE
    before = np.maximum.accumulate(np.where(sure, tokens, -1))
    after = np.minimum.accumulate(np.where(sure, tokens, count)[::-1])[::-1]
    links.before[:] = _pointed(source, target, links, np.concatenate(([-1], before[:-1])))
    links.after[:] = _pointed(source, target, links, np.concatenate((after[1:], [count])))


def _pointed(
    source: Words, target: Words, links: Links, anchor: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the target place that an anchor in the same pair points to, or -1."""
    tokens = np.arange(len(source.key))
    valid = (anchor >= 0) & (anchor < len(tokens))
    valid[valid] = source.pair[anchor[valid]] == source.pair[tokens[valid]]
    found = np.full(len(tokens), -1.0)
    pair = source.pair[valid]
    ratio = np.diff(target.first)[pair] / np.maximum(1, np.diff(source.first)[pair])
    steps = tokens[valid] - anchor[valid]
    found[valid] = np.maximum(0, links.target[anchor[valid]] + steps * ratio)
    return found


def _nearness(
    source: Words,
    target: Words,
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    links: Links,
) -> NDArray[np.float64]:
    """Return how well the positions of two tokens fit, 0.1-1.1."""
    whole = 1.1 - np.abs(_places(source, left) - _places(target, right))
    if not (links.before >= 0).any():
        return whole
    near = np.zeros(len(left))
    for side in (links.before, links.after):
        point = side[left]
        distance = np.abs(point - right)
        near = np.maximum(near, np.where(point >= 0, np.exp(-distance / _REACH), 0.0))
    return 0.6 * whole + 0.5 * near


def _places(words: Words, tokens: NDArray[np.int32]) -> NDArray[np.float64]:
    pair = words.pair[tokens]
    length = np.maximum(1, words.first[pair + 1] - words.first[pair])
    places: NDArray[np.float64] = (tokens - words.first[pair] + 0.5) / length
    return places


def _is_first(tokens: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which entries are the first of their kind."""
    _, first = np.unique(tokens, return_index=True)
    found = np.zeros(len(tokens), dtype=np.bool_)
    found[first] = True
    return found
