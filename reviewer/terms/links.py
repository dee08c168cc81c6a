"""Which word of a pair renders which: one-to-one links, found by competition.

Melamed (2000), Models of Translational Equivalence among Words: words that stand together more
often than others win, each word is taken once, and what is linked is counted anew. Position
settles what counts cannot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reviewer.terms.nominal import Votes, by_key
from reviewer.text.stems import cognate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from reviewer.terms.words import Words

_ROUNDS = 3
_CHUNK = 2_000_000
_SHRINKAGE = 0.75
_COGNATE = 0.75
_CLASS = 0.3
_SURE = 0.4
_REACH = 3.0
_LEAST_STRENGTH = 0.12
_LEAST_LETTERS = 4


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


def link_words(source: Words, target: Words, votes: tuple[Votes, Votes]) -> Links:
    """Link the content words of each pair one to one."""
    table = _Table(source, target, votes)
    links = Links(
        np.full(len(target.key), -1, dtype=np.int32),
        np.full(len(source.key), -1, dtype=np.int32),
        np.zeros(len(target.key), dtype=np.float32),
        np.full(len(source.key), -1.0),
        np.full(len(source.key), -1.0),
    )
    for _ in range(_ROUNDS):
        links.source.fill(-1)
        links.target.fill(-1)
        links.strength.fill(0)
        for start, end in _chunks(source, target):
            _link(source, target, table, (start, end), links)
        table.count_links(links)
        _point(source, target, links)
    return links


class _Table:
    """How strongly two keys belong together."""

    def __init__(self, source: Words, target: Words, votes: tuple[Votes, Votes]) -> None:
        self._source, self._target = source, target
        self._width = len(target.vocabulary)
        self._source_count = _pair_counts(source)
        self._target_count = _pair_counts(target)
        codes, counts = [], []
        for start, end in _chunks(source, target):
            left, right = _combinations(source, target, start, end)
            code = self._code(left, right)
            # Twice in one pair counts once.
            pair = source.pair[left].astype(np.int64)
            order = np.lexsort((pair, code))
            fresh = np.ones(len(order), dtype=np.bool_)
            same = code[order][1:] == code[order][:-1]
            fresh[1:] = ~(same & (pair[order][1:] == pair[order][:-1]))
            code, count = np.unique(code[order][fresh], return_counts=True)
            codes.append(code)
            counts.append(count)
        code = np.concatenate(codes) if codes else np.zeros(0, dtype=np.int64)
        self._codes, place = np.unique(code, return_inverse=True)
        self._together = np.bincount(
            place, weights=np.concatenate([*counts, np.zeros(0)]), minlength=len(self._codes)
        ).astype(np.float64)
        self._cognates = self._find_cognates()
        first, second = np.divmod(self._codes, max(1, self._width))
        self._alike = by_key(source, votes[0])[first] * by_key(target, votes[1])[second]
        self._strengths = self._strength(self._together)

    def _code(self, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.int64]:
        keys = self._source.key[left].astype(np.int64)
        return keys * self._width + self._target.key[right]

    def _find_cognates(self) -> NDArray[np.bool_]:
        """Return which rows are cognates; words that begin with different letters are not."""
        first, second = np.divmod(self._codes, max(1, self._width))
        initial = _initials(self._source)[first]
        likely = (initial == _initials(self._target)[second]) & (initial > 0)
        found = np.zeros(len(self._codes), dtype=np.bool_)
        for row in np.flatnonzero(likely).tolist():
            one = self._source.vocabulary[int(first[row])]
            other = self._target.vocabulary[int(second[row])]
            found[row] = one == other or cognate(one, other)
        return found

    def _strength(self, together: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how strongly the keys of each row belong together.

        The mean of the Dice and of the rarer one's share, so that a rendering among several is
        not lost to a chance companion; shrunk where it rests on few pairs. Two nouns gain and a
        noun with a verb loses; cognates gain most.
        """
        first, second = np.divmod(self._codes, max(1, self._width))
        of_first = np.maximum(1, self._source_count[first])
        of_second = np.maximum(1, self._target_count[second])
        dice = 2 * together / (of_first + of_second)
        share = together / np.minimum(of_first, of_second)
        shrunk = (dice + share) / 2 * (1 - _SHRINKAGE / np.maximum(1, together))
        shrunk *= 1 + _CLASS * self._alike
        with_cognates: NDArray[np.float64] = np.where(
            self._cognates, np.maximum(shrunk, 0.3) + _COGNATE, shrunk
        )
        return with_cognates

    def strengths(self, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return the strength of each combination of tokens."""
        found: NDArray[np.float64] = self._strengths[
            np.searchsorted(self._codes, self._code(left, right))
        ]
        return found

    def count_links(self, links: Links) -> None:
        """Count combinations that were not linked half from now on."""
        right = np.flatnonzero(links.source >= 0).astype(np.int32)
        code = self._code(links.source[right], right)
        rows = np.searchsorted(self._codes, code)
        linked = np.bincount(rows, minlength=len(self._codes))
        self._strengths = self._strength(np.minimum(self._together, (self._together + linked) / 2))


def _pair_counts(words: Words) -> NDArray[np.int64]:
    """Return in how many pairs each key stands as a content word."""
    tokens = np.flatnonzero(words.content)
    code = words.key[tokens].astype(np.int64) * len(words.texts) + words.pair[tokens]
    keys = np.unique(code) // max(1, len(words.texts))
    return np.bincount(keys, minlength=len(words.vocabulary))


def _initials(words: Words) -> NDArray[np.int32]:
    """Return the first letter of each key of four letters or more, else 0."""
    return np.array(
        [ord(key[0]) if len(key) >= _LEAST_LETTERS else 0 for key in words.vocabulary],
        dtype=np.int32,
    )


def _chunks(source: Words, target: Words) -> Iterator[tuple[int, int]]:
    """Yield ranges of pairs with about `_CHUNK` combinations of words each."""
    cost = np.diff(source.first) * np.diff(target.first)
    total = np.concatenate(([0], np.cumsum(cost)))
    start, last = 0, len(cost)
    while start < last:
        end = int(np.searchsorted(total, total[start] + _CHUNK, side="right")) - 1
        end = min(max(end, start + 1), last)
        yield start, end
        start = end


def _combinations(
    source: Words, target: Words, start: int, end: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return all combinations of content words in the pairs of a range, as two token columns."""
    left = _contents(source, start, end)
    right = _contents(target, start, end)
    begin = np.searchsorted(target.pair[right], np.arange(start, end + 1))
    degree = np.diff(begin)[source.pair[left] - start]
    offset = np.arange(degree.sum()) - np.repeat(np.cumsum(degree) - degree, degree)
    other = right[np.repeat(begin[:-1][source.pair[left] - start], degree) + offset]
    return np.repeat(left, degree), other


def _contents(words: Words, start: int, end: int) -> NDArray[np.int32]:
    first, last = int(words.first[start]), int(words.first[end])
    return (first + np.flatnonzero(words.content[first:last])).astype(np.int32)


def _link(
    source: Words,
    target: Words,
    table: _Table,
    chunk: tuple[int, int],
    links: Links,
) -> None:
    """Link words that are each other's best, again and again, until none is left."""
    left, right = _combinations(source, target, *chunk)
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
