"""Which phrases of the two sides stand in the same pairs, and what else explains them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reviewer.terms.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from reviewer.terms.phrases import Phrases

_UNWATCHED = Watch()
LEAST_PRECISION = 0.5
LEAST_DICE = 0.5
_NO_ROWS = np.zeros(0, dtype=np.int32)
_MEMORY = 1_000_000
"""Combinations of phrases counted at a time."""


@dataclass(frozen=True)
class Evidence:
    """How often a source and a target phrase stand in one pair, where they often do.

    Rows are ordered by source phrase; `by_target` orders them by target phrase, best Dice first.

    Attributes:
        source, target: the phrases' numbers.
        together: the number of pairs that hold both.
        first: where the rows of each source phrase begin, and the number of rows at the end.
        by_target: row numbers.
        first_by_target: where the rows of each target phrase begin in `by_target`.
        dice: 2 together / (count of source + count of target).
    """

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    together: NDArray[np.int32]
    first: NDArray[np.int64]
    by_target: NDArray[np.int64]
    first_by_target: NDArray[np.int64]
    dice: NDArray[np.float64]

    def candidates(self, source: int) -> Iterator[tuple[int, int]]:
        """Yield (target phrase, pairs together) of a source phrase."""
        rows = slice(int(self.first[source]), int(self.first[source + 1]))
        yield from zip(self.target[rows].tolist(), self.together[rows].tolist(), strict=True)

    def explanations(self, target: int, limit: int = 6) -> Iterator[tuple[int, int, float]]:
        """Yield (source phrase, pairs together, Dice) of a target phrase, best first."""
        start, end = self.first_by_target[target : target + 2].tolist()
        for row in self.by_target[start : min(end, start + limit)].tolist():
            yield int(self.source[row]), int(self.together[row]), float(self.dice[row])


def gather(source: Phrases, target: Phrases, watch: Watch = _UNWATCHED) -> Evidence:
    """Count the pairs that each source and each target phrase share."""
    pairs, _ = target.pair_columns
    by_pair = np.argsort(pairs, kind="stable")
    owner = np.repeat(np.arange(len(target), dtype=np.int32), target.count)[by_pair]
    begin = np.searchsorted(pairs[by_pair], np.arange(len(source.words.texts) + 1))
    parts = []
    for start, end in _chunks(source, np.diff(begin)):
        watch.look(start / len(source))
        parts.append(_count(source, target, (start, end), owner, begin))
    parts.append((_NO_ROWS, _NO_ROWS, _NO_ROWS))
    rows_source, rows_target, together = map(np.concatenate, zip(*parts, strict=True))
    return _ordered(rows_source, rows_target, together, source, target)


def _chunks(source: Phrases, degree: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield ranges of source phrases with about `_MEMORY` combinations each."""
    pairs, first = source.pair_columns
    cost = np.concatenate(([0], np.cumsum(degree[pairs])))[first]
    start = 0
    while start < len(source):
        end = int(np.searchsorted(cost, cost[start] + _MEMORY, side="right")) - 1
        end = min(max(end, start + 1), len(source))
        yield start, end
        start = end


def _count(
    source: Phrases,
    target: Phrases,
    chunk: tuple[int, int],
    owner: NDArray[np.int32],
    begin: NDArray[np.int64],
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Return the rows (source, target, together) of a range of source phrases."""
    pairs, first = source.pair_columns
    start, end = chunk
    held = pairs[first[start] : first[end]]
    phrase = np.repeat(np.arange(start, end), source.count[start:end])
    degree = begin[held + 1] - begin[held]
    offset = np.arange(degree.sum()) - np.repeat(np.cumsum(degree) - degree, degree)
    other = owner[np.repeat(begin[held], degree) + offset]
    code = np.repeat(phrase, degree) * len(target) + other
    code, together = np.unique(code, return_counts=True)
    rows_source, rows_target = np.divmod(code, max(1, len(target)))
    of_source, of_target = source.count[rows_source], target.count[rows_target]
    keep = (together >= LEAST_PRECISION * of_target) | (
        2 * together >= LEAST_DICE * (of_source + of_target)
    )
    return (
        rows_source[keep].astype(np.int32),
        rows_target[keep].astype(np.int32),
        together[keep].astype(np.int32),
    )


def _ordered(
    rows_source: NDArray[np.int32],
    rows_target: NDArray[np.int32],
    together: NDArray[np.int32],
    source: Phrases,
    target: Phrases,
) -> Evidence:
    dice = 2 * together / (source.count[rows_source] + target.count[rows_target])
    length = source.length[rows_source]
    by_target = np.lexsort((rows_source, -length, -together, -dice, rows_target))
    return Evidence(
        source=rows_source,
        target=rows_target,
        together=together,
        first=np.searchsorted(rows_source, np.arange(len(source) + 1)).astype(np.int64),
        by_target=by_target,
        first_by_target=np.searchsorted(rows_target[by_target], np.arange(len(target) + 1)).astype(
            np.int64
        ),
        dice=dice,
    )
