"""The beads of an alignment as columns of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

import numpy as np

from reviewer.model import Bead

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from reviewer.store.rows import BeadRow

_ENDS = 4
_HASHED = np.dtype([("numbers", ">i8", 5), ("scored", "?"), ("score", ">f8")])
"""As `rows.beads_hash` writes a row."""


class BeadTable(Sequence[Bead]):
    """Beads in order; a `Bead` is made when one is asked for.

    Attributes:
        ends: source starts, source ends, target starts, target ends; shape (4, beads).
        confidence: 0-1.
    """

    def __init__(self, ends: NDArray[np.int64], confidence: NDArray[np.float64]) -> None:
        self.ends = ends
        self.confidence = confidence
        # A number of a view comes quicker than one of an array.
        self._views = [np.ascontiguousarray(column).data for column in ends]
        self._sure = np.ascontiguousarray(confidence).data

    def __reduce__(self) -> tuple[type[BeadTable], tuple[object, ...]]:
        return BeadTable, (self.ends, self.confidence)

    @classmethod
    def of(cls, beads: Iterable[Bead]) -> BeadTable:
        """Return a table of beads; themselves where they are one."""
        if isinstance(beads, BeadTable):
            return beads
        known = list(beads)
        rows = [(b.source_start, b.source_end, b.target_start, b.target_end) for b in known]
        return cls(
            np.ascontiguousarray(np.array(rows, np.int64).reshape(-1, _ENDS).T),
            np.array([bead.confidence for bead in known], np.float64),
        )

    def __len__(self) -> int:
        return len(self.confidence)

    @overload
    def __getitem__(self, index: int) -> Bead: ...

    @overload
    def __getitem__(self, index: slice) -> BeadTable: ...

    def __getitem__(self, index: int | slice) -> Bead | BeadTable:
        if isinstance(index, slice):
            return BeadTable(self.ends[:, index], self.confidence[index])
        s0, s1, t0, t1 = self._views
        return Bead(s0[index], s1[index], t0[index], t1[index], self._sure[index])

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many segments of source and target each bead holds; shape (2, beads)."""
        return self.ends[1::2] - self.ends[::2]

    def is_in_order(self, sources: int, targets: int) -> bool:
        """Return whether beads ascend on both sides without overlap and within the documents."""
        if not len(self):
            return True
        starts, ends = self.ends[::2], self.ends[1::2]
        rising = (starts <= ends).all() and (starts[:, 1:] >= ends[:, :-1]).all()
        within = (starts[:, 0] >= 0).all() and (ends[:, -1] <= (sources, targets)).all()
        sure = ((self.confidence >= 0) & (self.confidence <= 1)).all()
        return bool(rising and within and sure)

    def is_complete(self, sources: int, targets: int) -> bool:
        """Return whether every segment of both documents is in a bead, in order."""
        if not len(self):
            return sources == targets == 0
        starts, ends = self.ends[::2], self.ends[1::2]
        follow = (starts[:, 1:] == ends[:, :-1]).all()
        whole = (starts[:, 0] == 0).all() and (ends[:, -1] == (sources, targets)).all()
        return bool(follow and whole)


class BeadRows:
    """Takes the rows of an alignment in batches, and tells what they are together."""

    def __init__(self) -> None:
        self._parts: list[BeadTable] = []
        self._count = 0
        self._numbered = True

    def add(self, batch: Sequence[BeadRow]) -> bytes:
        """Take rows that follow the last ones; return the bytes that are hashed of them."""
        ords, s0, s1, t0, t1, scores = zip(*batch, strict=True)
        numbers = np.array([ords, s0, s1, t0, t1], np.int64)
        scored = np.array([score is not None for score in scores])
        written = np.zeros(len(batch), _HASHED)
        written["numbers"] = numbers.T
        written["scored"] = scored
        written["score"] = [score or 0.0 for score in scores]
        expected = np.arange(self._count, self._count + len(batch))
        self._numbered &= bool((numbers[0] == expected).all())
        self._count += len(batch)
        sure = np.where(scored, written["score"].astype(np.float64), 1.0)
        self._parts.append(BeadTable(numbers[1:], sure))
        return written.tobytes()

    @property
    def is_numbered(self) -> bool:
        """Whether the rows are numbered from 0 on."""
        return self._numbered

    def table(self) -> BeadTable:
        """Return the beads of all rows."""
        if not self._parts:
            return BeadTable.of(())
        return BeadTable(
            np.concatenate([part.ends for part in self._parts], axis=1),
            np.concatenate([part.confidence for part in self._parts]),
        )
