"""What lies over the delivered beads, and how that numbers all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.review.alignment.alignment_edits import StandingBead

    Order = tuple[int, bool, int]
    Entry = tuple[int, Order, StandingBead]


@dataclass
class Overlay:
    """The delivered beads that are removed, and the beads that were added, both in order.

    Numbers are those that `count` gave last.

    Attributes:
        removed: indexes of delivered beads.
        added: (index of the delivered bead it stands before, order, bead).
        numbers: of the added ones.
        boundaries: what the added ones stand before.
    """

    removed: list[int] = field(default_factory=list)
    added: list[Entry] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    boundaries: list[int] = field(default_factory=list)

    def copy(self) -> Overlay:
        """Return an overlay that can be changed without this one."""
        return Overlay([*self.removed], [*self.added], self.numbers, self.boundaries)

    def count(self) -> None:
        """Number the added beads anew."""
        self.boundaries = [before for before, _, _ in self.added]
        self.numbers = [
            before - bisect_left(self.removed, before) + place
            for place, before in enumerate(self.boundaries)
        ]

    def is_removed(self, index: int) -> bool:
        """Return whether a delivered bead stands no more."""
        at = bisect_left(self.removed, index)
        return at < len(self.removed) and self.removed[at] == index

    def remove(self, index: int) -> None:
        """Remove a delivered bead that stands."""
        insort(self.removed, index)

    def bring_back(self, index: int) -> None:
        """Let a removed delivered bead stand again."""
        del self.removed[bisect_left(self.removed, index)]

    def add(self, entry: Entry) -> None:
        """Add a bead."""
        self.added.insert(self._index_of(entry[:2]), entry)

    def drop(self, entry: tuple[int, Order]) -> None:
        """Drop an added bead, told by where it stands."""
        del self.added[self._index_of(entry)]

    def number_of_delivered(self, index: int) -> int:
        """Return the number of a delivered bead that stands."""
        before = bisect_right(self.boundaries, index)
        return index - bisect_left(self.removed, index) + before

    def number_of_added(self, entry: tuple[int, Order]) -> int:
        """Return the number of an added bead, told by where it stands."""
        return self.numbers[self._index_of(entry)]

    def delivered_at(self, kept: int) -> int:
        """Return the index of the kept-th delivered bead that was not removed."""
        return with_added(kept, self.removed)

    def _index_of(self, entry: tuple[int, Order]) -> int:
        return bisect_left(self.added, entry, key=lambda each: each[:2])


def with_added(kept: int, numbers: Sequence[int]) -> int:
    """Return the place of the kept-th number that is none of `numbers`, which are in order."""
    return kept + bisect_right(range(len(numbers)), kept, key=lambda i: numbers[i] - i)
