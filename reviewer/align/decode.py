"""From the posterior probabilities of beads to one alignment.

Not the single most probable path but the one with the highest expected number of right beads
(minimum Bayes risk, Goodman 1996): the best chain of beads that do not cross or overlap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewer.align.lexicon import WeightedBeads

NULL_GAIN = 0.5
"""What a sentence rightly left without counterpart is worth, in right beads."""


def best_chain(beads: WeightedBeads, source_end: int, target_end: int) -> NDArray[np.int64]:
    """Return which beads make the best chain, in order; the rest of the text stays unpaired."""
    return heaviest_chain(beads, _gains(beads, source_end, target_end))


def heaviest_chain(beads: WeightedBeads, gains: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the beads, none crossing or overlapping, with the greatest sum of gains.

    A Fenwick tree over the target gives the best chain that ends before a bead: n log n.
    """
    useful = np.flatnonzero(gains > 0)
    if not len(useful):
        return useful
    order = useful[np.lexsort((beads.target[useful], beads.source[useful]))].tolist()
    ends = beads.source + beads.source_size
    waiting = useful[np.lexsort((useful, ends[useful]))].tolist()
    base = int(beads.target[useful].min())
    starts, begins, finish = beads.source.tolist(), (beads.target - base).tolist(), ends.tolist()
    stops = (beads.target + beads.target_size - base).tolist()
    tree = _BestSoFar(max(stops[which] for which in order))
    value: dict[int, float] = {}
    previous: dict[int, int] = {}
    ready = 0
    for which in order:
        while ready < len(waiting) and finish[waiting[ready]] <= starts[which]:
            done = waiting[ready]
            tree.put(stops[done], value[done], done)
            ready += 1
        before_value, previous[which] = tree.best_up_to(begins[which])
        value[which] = before_value + float(gains[which])
    last = max(order, key=lambda which: value[which])
    chain = []
    while last >= 0:
        chain.append(last)
        last = previous[last]
    return np.array(chain[::-1], np.int64)


class _BestSoFar:
    """Fenwick tree of maxima: the best value put at a place up to a given one."""

    def __init__(self, size: int) -> None:
        self._values = [0.0] * (size + 2)
        self._holders = [-1] * (size + 2)

    def put(self, place: int, value: float, holder: int) -> None:
        place += 1
        while place < len(self._values):
            if value > self._values[place]:
                self._values[place], self._holders[place] = value, holder
            place += place & -place

    def best_up_to(self, place: int) -> tuple[float, int]:
        place += 1
        best, holder = 0.0, -1
        while place > 0:
            if self._values[place] > best:
                best, holder = self._values[place], self._holders[place]
            place &= place - 1
        return best, holder


def _gains(beads: WeightedBeads, source_end: int, target_end: int) -> NDArray[np.float64]:
    """Return what each bead adds over leaving its sentences unpaired."""
    free_source = np.maximum(1 - covered(beads, source_end, 0), 0)
    free_target = np.maximum(1 - covered(beads, target_end, 1), 0)
    totals = np.concatenate(([0.0], np.cumsum(free_source)))
    target_totals = np.concatenate(([0.0], np.cumsum(free_target)))
    lost = totals[beads.source + beads.source_size] - totals[beads.source]
    lost = lost + target_totals[beads.target + beads.target_size] - target_totals[beads.target]
    return np.asarray(beads.weight - NULL_GAIN * lost)


def covered(beads: WeightedBeads, size: int, side: int) -> NDArray[np.float64]:
    """Return the probability that each sentence of a side (0 source, 1 target) is in a bead."""
    start = beads.source if side == 0 else beads.target
    length = beads.source_size if side == 0 else beads.target_size
    steps = np.zeros(size + 1)
    np.add.at(steps, start, beads.weight)
    np.add.at(steps, start + length, -beads.weight)
    return np.cumsum(steps)[:size]
