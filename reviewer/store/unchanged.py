"""A project file that is as it was when it was closed, read here and there before it is checked.

What is read is not verified: whoever shows it holds it against a hash of what was verified.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from reviewer.store import hardened, queries
from reviewer.store.project import Project
from reviewer.store.telling import sensible, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reviewer.model import Bead, Event, Segment
    from reviewer.store.hardened import Stamp

_CHANGES = 24
"""Where the header of SQLite counts the changes: four bytes (sqlite.org/fileformat2.html, 1.3)."""
_BLOCK = 64
_MOST_BLOCKS = 200

EventName = tuple[bytes, int, bytes]
"""session, seq, hash of an event."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells that a file is as it was.

    Attributes:
        changes: how often SQLite says that it was written.
    """

    stamp: Stamp
    changes: int


def mark(path: Path) -> Mark:
    """Return the mark of a project file as it is now; raises ProjectFileError."""
    with told(path):
        hardened.check_header(path)
        changes = int.from_bytes(hardened.read_header(path)[_CHANGES : _CHANGES + 4], "big")
        return Mark(hardened.stamp(path), changes)


def count_events(path: Path) -> int:
    """Return how many events a file holds; raises ProjectFileError."""
    with told(path):
        connection = hardened.open_hardened(path)
        try:
            return queries.count_events(connection)
        finally:
            connection.close()


@contextmanager
def open_unchanged(path: Path, known: Mark) -> Iterator[Unchecked | None]:
    """Open a file of which nothing is checked but that it has this mark; None where it has not.

    A journal beside it is left alone: the file is not as it was then. Raises ProjectFileError.
    """
    if path.with_name(f"{path.name}-journal").exists() or mark(path) != known:
        yield None
        return
    connection = hardened.open_hardened(path)
    try:
        yield Unchecked(path, connection, (), None)
    finally:
        connection.close()


class Unchecked(Project):
    """A project of which some rows are read by their numbers."""

    def some_beads(self, align_id: bytes, first: int, count: int) -> list[Bead]:
        """Return `count` beads of an alignment as computed, from `first`."""
        number = {a.align_id: number for number, a in self._alignments.items()}[align_id]
        with sensible(self.path):
            return queries.some_beads(self._connection, number, first, count)

    def named_events(self, names: Iterable[EventName]) -> list[Event]:
        """Return the events of these names that the file holds."""
        where = "WHERE session=? AND seq=? AND hash=?"
        with sensible(self.path):
            found = (queries.read_events(self._connection, where, name) for name in names)
            return [event for events in found for event in events]

    def texts(self, doc_id: bytes) -> Sequence[Segment]:
        """Return all segments of a document, each read when it is asked for."""
        (count,) = (d.segment_count for d in self.documents if d.doc_id == doc_id)
        return _Texts(self, doc_id, count)


class _Texts(Sequence["Segment"]):
    """The segments of a document, read in blocks."""

    def __init__(self, project: Unchecked, doc_id: bytes, count: int) -> None:
        self._project, self._doc_id, self._count = project, doc_id, count
        self._blocks: OrderedDict[int, list[Segment]] = OrderedDict()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Segment: ...

    @overload
    def __getitem__(self, index: slice) -> list[Segment]: ...

    def __getitem__(self, index: int | slice) -> Segment | list[Segment]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(self._count))]
        number, inside = divmod(index, _BLOCK)
        if number not in self._blocks:
            if len(self._blocks) >= _MOST_BLOCKS:
                self._blocks.popitem(last=False)
            first = number * _BLOCK
            self._blocks[number] = self._project.segments(self._doc_id, first, _BLOCK)
        return self._blocks[number][inside]
