"""How many segments have a counterpart, counted by how sure their beads are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reviewer.review.alignment.places import held, ord_of

if TYPE_CHECKING:
    from reviewer.model import Bead
    from reviewer.review.alignment.alignment_edits import StandingBead
    from reviewer.review.alignment.places import Ranges
    from reviewer.store.bead_table import BeadTable


@dataclass
class Matched:
    """Sums over beads, source first.

    Attributes:
        matched: segments of each side with a counterpart, each counted by its confidence, 0-1.
        total: segments of each side.
    """

    matched: list[float] = field(default_factory=lambda: [0.0, 0.0])
    total: list[int] = field(default_factory=lambda: [0, 0])

    @classmethod
    def of(cls, table: BeadTable) -> Matched:
        """Return the sums over all beads of a table."""
        sizes, found = table.sizes, cls()
        for side in (0, 1):
            sure = np.where(sizes[1 - side] > 0, table.confidence, 0.0)
            found.matched[side] = float(sizes[side] @ sure)
            found.total[side] = int(sizes[side].sum())
        return found

    def copy(self) -> Matched:
        """Return sums that can be changed without these."""
        return Matched([*self.matched], [*self.total])

    def take_away(self, bead: Bead) -> None:
        """Count a delivered bead no more."""
        sizes = bead.source_end - bead.source_start, bead.target_end - bead.target_start
        self._count(sizes, bead.confidence, -1)

    def add(self, bead: StandingBead) -> None:
        """Count one more bead."""
        self._count(sizes_of(bead), bead.confidence, 1)

    def _count(self, sizes: tuple[int, int], confidence: float, sign: int) -> None:
        for side in (0, 1):
            self.total[side] += sign * sizes[side]
            self.matched[side] += sign * sizes[side] * confidence * (sizes[1 - side] > 0)


def sizes_of(bead: StandingBead) -> tuple[int, int]:
    """Return how many segments, or pieces of them, a bead holds of source and target."""
    return _size(bead.place.source), _size(bead.place.target)


def _size(ranges: Ranges) -> int:
    return sum(max(1, ord_of(end) - ord_of(start)) for start, end in held(ranges))
