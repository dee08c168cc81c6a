"""Some of the pairs of a document, remembered by what names them whatever their numbers are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewer.review.alignment.beads import Beads, Key
    from reviewer.review.alignment.places import Place


class BeadSet:
    """A set of beads that stand; a million of them cost a byte each.

    Who adds a bead discards it before it stands no more.
    """

    def __init__(self, beads: Beads) -> None:
        self._beads = beads
        self._delivered = np.zeros(beads.delivered_count, bool)
        self._made: set[Place] = set()
        self._count = 0

    def __len__(self) -> int:
        return self._count + len(self._made)

    def add(self, key: Key) -> None:
        """Add a bead; one that is in the set stays."""
        if not isinstance(key, int):
            self._made.add(key)
        elif not self._delivered[key]:
            self._delivered[key] = True
            self._count += 1

    def discard(self, key: Key) -> None:
        """Take a bead out of the set, if it is in it."""
        if not isinstance(key, int):
            self._made.discard(key)
        elif self._delivered[key]:
            self._delivered[key] = False
            self._count -= 1

    def add_delivered(self, indexes: NDArray[np.int64]) -> None:
        """Add delivered beads, told by their indexes."""
        self._delivered[indexes] = True
        self._count = int(self._delivered.sum())

    def delivered(self) -> NDArray[np.int64]:
        """Return the indexes of the delivered ones, in order."""
        return np.flatnonzero(self._delivered)

    def made(self) -> frozenset[Place]:
        """Return the places of those that people made."""
        return frozenset(self._made)

    def numbers(self) -> NDArray[np.int64]:
        """Return the numbers that they have now, in order."""
        kept = self._beads.numbers_of(self.delivered())
        made = np.array([self._beads.number(place) for place in self._made], np.int64)
        return np.sort(np.concatenate([kept, made])) if len(made) else kept
