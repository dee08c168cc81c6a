"""How strongly two words of the two sides belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reviewer.terms.nominal import Votes, by_key
from reviewer.text.stems import cognate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from reviewer.terms.words import Words

_CHUNK = 500_000
_SHRINKAGE = 0.75
_COGNATE = 0.75
_LEAST_COGNATE = 0.3
_CLASS = 0.3
_LEAST_LETTERS = 4


class Association:
    """How strongly two keys belong together."""

    def __init__(
        self,
        source: Words,
        target: Words,
        votes: tuple[Votes, Votes],
        known: Iterable[tuple[int, int]] = (),
    ) -> None:
        self._source, self._target = source, target
        self._width = len(target.vocabulary)
        self._source_count = pair_counts(source)
        self._target_count = pair_counts(target)
        codes, counts = [], []
        for start, end in chunks(source, target):
            left, right = combinations(source, target, start, end)
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
        codes_known = np.array([one * self._width + other for one, other in known], dtype=np.int64)
        self._cognates |= np.isin(self._codes, codes_known)
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
            self._cognates, np.maximum(shrunk, _LEAST_COGNATE) + _COGNATE, shrunk
        )
        return with_cognates

    def strengths(self, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return the strength of each combination of tokens."""
        found: NDArray[np.float64] = self._strengths[
            np.searchsorted(self._codes, self._code(left, right))
        ]
        return found

    def count_links(self, linked: NDArray[np.int32]) -> None:
        """Count combinations that were not linked half from now on.

        Args:
            linked: by target token, the source token it is linked to, or -1.
        """
        right = np.flatnonzero(linked >= 0).astype(np.int32)
        code = self._code(linked[right], right)
        rows = np.searchsorted(self._codes, code)
        counted = np.bincount(rows, minlength=len(self._codes))
        self._strengths = self._strength(
            np.minimum(self._together, (self._together + counted) / 2)
        )


def pair_counts(words: Words) -> NDArray[np.int64]:
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


def chunks(source: Words, target: Words) -> Iterator[tuple[int, int]]:
    """Yield ranges of pairs with about `_CHUNK` combinations of words each."""
    cost = np.diff(source.first) * np.diff(target.first)
    total = np.concatenate(([0], np.cumsum(cost)))
    start, last = 0, len(cost)
    while start < last:
        end = int(np.searchsorted(total, total[start] + _CHUNK, side="right")) - 1
        end = min(max(end, start + 1), last)
        yield start, end
        start = end


def combinations(
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
