"""A project file read here and there before all of it is checked, each row verified alone.

Segments and beads are held against hashes over blocks that were taken when the document was last
verified on this computer, in this file or another (`blocks`); an event against its own hash.
Whatever does not match, takes too long or is too large is an error: the whole check tells more.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from itertools import islice
from types import UnionType
from typing import TYPE_CHECKING, TypeVar, overload

from reviewer.errors import ProjectFileError
from reviewer.model import Event
from reviewer.store import blocks, hardened, queries, rows
from reviewer.store.project import Project
from reviewer.store.sealing import is_true
from reviewer.store.seen import Reach, highest, sessions
from reviewer.store.telling import damaged, sensible, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from reviewer.model import Bead, Segment
    from reviewer.store.blocks import Blocks

_SECONDS = 1.0
"""For all questions together; the window waits."""
_PATIENCE = 0.05
"""Seconds that are waited for another program that writes."""
_MOST_BLOCKS = 64
"""Blocks of a document that are read."""
_MOST_CHARACTERS = 16 << 20
"""Of the rows of a block."""
_Types = tuple[type | UnionType, ...]
_SEGMENT: _Types = (int, int, str, str, str, str)
_BEAD: _Types = (int, int, int, int, int, float | None)
_EVENT: _Types = (bytes, int, bytes, bytes, int, bytes, str, int, bytes | None, str)

EventName = tuple[bytes, int, bytes]
"""session, seq, hash of an event."""
_Row = TypeVar("_Row", bound=tuple[object, ...])


@contextmanager
def open_piecewise(path: Path) -> Iterator[Piecewise]:
    """Open a file of which only header and schema are checked; raises ProjectFileError.

    A journal beside it is left alone: what the file holds is not to be read without it.
    """
    for suffix in ("-journal", "-wal"):
        if path.with_name(path.name + suffix).exists():
            message = f"“{path.name}” is being written, or was left unfinished."
            raise ProjectFileError(message)
    connection = hardened.open_hardened(path, patience=_PATIENCE)
    try:
        hardened.limit_values(connection)
        with told(path), hardened.deadline(path, connection, _SECONDS):
            yield Piecewise(path, connection, (), None)
    finally:
        connection.close()


class Piecewise(Project):
    """A project of which some rows are read by their numbers; see the module."""

    def some_beads(self, align_id: bytes, first: int, count: int) -> list[Bead]:
        """Return `count` beads of an alignment as computed, from `first`."""
        from reviewer.store.bead_table import BeadRows

        known = self._blocks(align_id)
        number = {a.align_id: number for number, a in self._alignments.items()}[align_id]
        found: list[rows.BeadRow] = []
        begin = first // rows.BLOCK
        for block in range(begin, (first + count - 1) // rows.BLOCK + 1):
            with sensible(self.path):
                start = block * rows.BLOCK
                cursor = queries.bead_rows(self._connection, number, start, known.size(block))
                batch = self._typed(cursor, _BEAD)
                if not batch or not known.holds(block, BeadRows().add(batch)):
                    raise self._damaged()
            found += batch
        at = first - begin * rows.BLOCK
        return [rows.to_bead(row) for row in found[at : at + count]]

    def bead_count(self, align_id: bytes) -> int:
        """Return how many beads an alignment has."""
        return self._blocks(align_id).count

    def named_events(self, names: Iterable[EventName]) -> list[Event]:
        """Return the events of these names, all of which the file must hold."""
        found: list[Event] = []
        for name in names:
            came = self._true_events("WHERE session=? AND seq=? AND hash=?", name, 1)
            if not came:
                raise self._damaged()
            found += came
        return found

    def events_beyond(self, known: Mapping[bytes, Reach], most: int) -> list[Event]:
        """Return the events that came to a log of which so much is known.

        Raises ProjectFileError for more than `most`, and where the file holds less than is known.
        Where a session was known without gaps, what comes in between is not looked for.
        """
        with sensible(self.path):
            few = islice(sessions(self._connection), len(known) + most + 1)
            reached = {session: highest(self._connection, session) for session in few}
        if any(reached.get(session, 0) < reach.highest for session, reach in known.items()):
            raise self._unlike()
        beyond = {session: _known(known.get(session)) for session in reached}
        if sum(reached[session] - beyond[session] for session in reached) > most:
            raise self._unlike()
        found: list[Event] = []
        for session, last in beyond.items():
            if last < reached[session]:
                found += self._true_events("WHERE session=? AND seq>?", (session, last), most + 1)
        if len(found) > most:
            raise self._unlike()
        return found

    def texts(self, doc_id: bytes) -> Sequence[Segment]:
        """Return all segments of a document, each read when it is asked for."""
        (number,) = (n for n, d in self._documents.items() if d.doc_id == doc_id)
        return _Texts(self, number, self._blocks(doc_id))

    def segment_block(self, doc: int, known: Blocks, block: int) -> list[rows.SegmentRow]:
        """Return the rows of a block of a document's segments; raises ProjectFileError."""
        with sensible(self.path):
            start = block * rows.BLOCK
            cursor = queries.segment_rows(self._connection, doc, start, known.size(block))
            batch = self._typed(cursor, _SEGMENT)
            rows.refuse_odd_segments(batch, start)
            if not known.holds(block, rows.written_segments(batch)):
                raise self._damaged()
        return batch

    def _blocks(self, id_: bytes) -> Blocks:
        found = blocks.find(id_)
        if found is None:
            message = f"“{self.path.name}” holds what was not verified here before."
            raise ProjectFileError(message)
        return found

    def _true_events(self, where: str, values: Sequence[object], most: int) -> list[Event]:
        with sensible(self.path):
            cursor = queries.event_rows(self._connection, where, values)
            events = [Event(*row) for row in self._typed(islice(cursor, most), _EVENT)]
            if not all(map(is_true, events)):
                raise self._damaged()
            return events

    def _typed(self, cursor: Iterable[_Row], types: _Types) -> list[_Row]:
        """Return rows of the columns' own types, as long as they are no burden."""
        found, size = [], 0
        for row in cursor:
            if not all(map(isinstance, row, types)):
                raise self._damaged()
            size += sum(len(value) for value in row if isinstance(value, str))
            if size > _MOST_CHARACTERS:
                raise self._unlike()
            found.append(row)
        return found

    def _damaged(self) -> ProjectFileError:
        return damaged(self.path, "it holds what was not verified")

    def _unlike(self) -> ProjectFileError:
        message = f"“{self.path.name}” is not what was known of it, or holds too much beyond."
        return ProjectFileError(message)


def _known(reach: Reach | None) -> int:
    """Return up to which number a session is known without gaps."""
    return reach.highest if reach is not None and reach.count == reach.highest else 0


class _Texts(Sequence["Segment"]):
    """The segments of a document, read in blocks."""

    def __init__(self, project: Piecewise, doc: int, known: Blocks) -> None:
        self._project, self._doc, self._known = project, doc, known
        self._read: dict[int, list[rows.SegmentRow]] = {}

    def __len__(self) -> int:
        return self._known.count

    @overload
    def __getitem__(self, index: int) -> Segment: ...

    @overload
    def __getitem__(self, index: slice) -> list[Segment]: ...

    def __getitem__(self, index: int | slice) -> Segment | list[Segment]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        number, inside = divmod(range(len(self))[index], rows.BLOCK)
        if number not in self._read:
            if len(self._read) >= _MOST_BLOCKS:
                message = f"“{self._project.path.name}” is to be read in too many places."
                raise ProjectFileError(message)
            self._read[number] = self._project.segment_block(self._doc, self._known, number)
        return rows.to_segment(self._read[number][inside])
