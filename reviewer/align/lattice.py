"""Forward-backward over the lattice of a batch of pieces.

Three states, as in pair hidden Markov models with affine gaps (Durbin et al. 1998, 2.4 and 4.1):
after a bead, inside a run of source sentences without a counterpart, inside one of target
sentences. Where both kinds of run meet the source's comes first: there is one way, not many, to
say that neither side has a counterpart, so that saying it gains nothing by mere number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from reviewer.align.bands import Batch

TYPES = (
    *((1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (1, 6), (2, 1), (2, 2), (2, 3), (2, 4)),
    *((3, 1), (3, 2), (3, 3), (4, 1), (4, 2), (5, 1), (6, 1)),
)
"""Bead types, source by target sentences, grouped by source sentences."""
NEVER = -1e30
LARGEST_GROUP = 6
"""Most sentences of one side of a bead."""
_SLICES = [slice(LARGEST_GROUP - b, None if b == 0 else -b) for _, b in TYPES]

type_array = np.array(TYPES)


@dataclass(frozen=True)
class Gaps:
    """What sentences without counterpart cost, as log probabilities.

    Attributes:
        opening: once per run.
        turning: from a run of source sentences to one of target sentences.
        source: (rows, pieces) of the source sentence before each node.
        target: (rows, pieces, width) sum over the target sentences up to each node.
    """

    opening: float
    turning: float
    source: NDArray[np.float64]
    target: NDArray[np.float64]


def log_posteriors(
    batch: Batch,
    scores: NDArray[np.float32],
    gaps: Gaps,
    check: Callable[[], None],
    largest: int = LARGEST_GROUP,
) -> None:
    """Turn bead scores into log posterior probabilities, in place.

    `scores` is (rows, types, pieces, width): of the bead that ends at the node, NEVER where it
    does not fit; so it stays for types with more than `largest` sentences on a side.
    """
    sweep = _Sweep(batch, gaps, check, largest)
    sweep.forward(scores)
    sweep.backward(scores)


class _Sweep:
    """The two sweeps share the forward sums."""

    def __init__(self, batch: Batch, gaps: Gaps, check: Callable[[], None], largest: int) -> None:
        self.batch = batch
        self.gaps = gaps
        self.check = check
        self.kinds = [k for k, sizes in enumerate(TYPES) if max(sizes) <= largest]
        self.by_source = {
            a: [place for place, k in enumerate(self.kinds) if TYPES[k][0] == a]
            for a in range(1, largest + 1)
        }
        pieces, width = len(batch.pieces), batch.width
        shape = (batch.rows, pieces, width)
        # Rows are filled one after another: memory is touched between two looks at `check`.
        self.matched = np.empty(shape)
        self.lost = np.empty(shape)
        # Padded with impossible nodes on both sides, see `_moved`.
        self.either = np.empty((batch.rows, pieces, width + 2))
        self.window = np.arange(-LARGEST_GROUP, width)
        self.row_starts = np.arange(pieces)[:, None] * (width + 2) + 1

    def _indexes(self, row: int, other: int, window: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where the nodes of `row`'s band stand in the padded band of row `other`."""
        shift = self.batch.lows[row] - self.batch.lows[other]
        return _between(window + shift[:, None], self.batch.width) + self.row_starts

    def _candidates(self, row: int, scores: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return (kinds, pieces, width): forward sums of the beads that end in `row`."""
        out = np.full((len(self.kinds), *scores.shape[1:]), NEVER)
        for size, places in self.by_source.items():
            if row < size:
                break
            where = self._indexes(row, row - size, self.window)
            before = self.either[row - size].ravel().take(where)
            for place in places:
                kind = self.kinds[place]
                np.add(before[:, _SLICES[kind]], scores[kind], out=out[place])
        return out

    def forward(self, scores: NDArray[np.float32]) -> None:
        """Sum over all ways to each node."""
        gaps = self.gaps
        plain = np.arange(self.batch.width)
        for row in range(self.batch.rows):
            if row % 8 == 0:
                self.check()
            cost = gaps.target[row]
            if row:
                self.matched[row] = _sum_of_logs(self._candidates(row, scores[row]))
                where = self._indexes(row, row - 1, plain)
                opened = np.logaddexp(self.matched[row - 1] + gaps.opening, self.lost[row - 1])
                self.lost[row] = _padded(opened).ravel()[where] + gaps.source[row][:, None]
            else:
                self.matched[0] = self.lost[0] = NEVER
                self.matched[0, np.arange(len(cost)), self._start_columns()] = 0.0
            opened = np.logaddexp(self.matched[row] + gaps.opening, self.lost[row] + gaps.turning)
            added = np.full(cost.shape, NEVER)
            added[:, 1:] = (opened - cost)[:, :-1]
            added = np.logaddexp.accumulate(added, axis=1) + cost
            both = np.logaddexp(self.matched[row], self.lost[row])
            self.either[row, :, [0, -1]] = NEVER
            self.either[row, :, 1:-1] = np.logaddexp(both, added)

    def _start_columns(self) -> NDArray[np.int64]:
        return np.asarray(self.batch.target_starts - self.batch.lows[0])

    def backward(self, scores: NDArray[np.float32]) -> None:
        """Sum over all ways from each node to the end; turn `scores` into log posteriors."""
        batch, gaps = self.batch, self.gaps
        pieces = np.arange(len(batch.pieces))
        last = batch.sizes
        end = batch.target_ends - batch.lows[last, pieces]
        total = self.either[last, pieces, end + 1]
        pushed: dict[int, dict[int, NDArray[np.float64]]] = {}
        below: NDArray[np.float64] | None = None
        plain = np.arange(batch.width)
        for row in range(batch.rows - 1, -1, -1):
            if row % 8 == 0:
                self.check()
            beads = np.full((len(self.by_source) + 1, len(pieces), batch.width), NEVER)
            beads[0][pieces[last == row], end[last == row]] = 0.0
            for size in self.by_source:
                if row + size in pushed and size in pushed[row + size]:
                    where = self._push_indexes(row, row + size)
                    beads[size] = pushed[row + size][size].ravel()[where]
            pushed.pop(row + LARGEST_GROUP, None)
            found = _sum_of_logs(beads)
            down = np.full(found.shape, NEVER)
            if below is not None:
                where = self._indexes(row, row + 1, plain)
                down = _padded(below).ravel()[where] + gaps.source[row + 1][:, None]
            cost = gaps.target[row]
            added = np.logaddexp.accumulate((found + cost)[:, ::-1], axis=1)[:, ::-1] - cost
            right = np.full(found.shape, NEVER)
            right[:, :-1] = added[:, 1:] + (cost[:, 1:] - cost[:, :-1])
            matched = np.logaddexp(found, np.logaddexp(down, right) + gaps.opening)
            below = np.logaddexp(np.logaddexp(found, down), right + gaps.turning)
            if row:
                pushed[row] = self._pushed(row, scores[row], matched)
                scores[row, self.kinds] = self._candidates(row, scores[row]) + (
                    matched - total[:, None]
                )
        scores[0] = NEVER

    def _push_indexes(self, row: int, other: int) -> NDArray[np.int64]:
        """Return where the nodes of `row` stand among the bead starts of row `other`."""
        width = self.batch.width + LARGEST_GROUP
        shift = self.batch.lows[row] - self.batch.lows[other]
        starts = np.arange(len(shift))[:, None] * (width + 2) + 1
        window = np.arange(self.batch.width) + LARGEST_GROUP
        return _between(window + shift[:, None], width) + starts

    def _pushed(
        self, row: int, scores: NDArray[np.float32], matched: NDArray[np.float64]
    ) -> dict[int, NDArray[np.float64]]:
        """Return, per source size, the backward sums of the beads that end in `row`.

        They stand at the beads' starts, counted from LARGEST nodes before the row's band, with
        an impossible node on both sides.
        """
        out = {}
        for size, places in self.by_source.items():
            if row < size:
                break
            shape = (len(places), len(matched), matched.shape[1] + LARGEST_GROUP + 2)
            sums = np.full(shape, NEVER)
            for place, kind in enumerate(self.kinds[place] for place in places):
                first = 1 + LARGEST_GROUP - TYPES[kind][1]
                sums[place, :, first : first + matched.shape[1]] = matched + scores[kind]
            out[size] = _sum_of_logs(sums)
        return out


def _between(values: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return the values, those below -1 or above `most` brought there; `np.clip` takes longer."""
    np.maximum(values, -1, out=values)
    return np.minimum(values, most, out=values)


def _padded(row: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a row with an impossible node on both sides."""
    out = np.full((row.shape[0], row.shape[1] + 2), NEVER)
    out[:, 1:-1] = row
    return out


def _sum_of_logs(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return log(sum(exp)) over the first axis."""
    top = np.max(values, axis=0)
    total = np.exp(values - top).sum(axis=0)
    return np.asarray(np.log(total) + top)
