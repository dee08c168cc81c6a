"""What a project file holds, packed in memory while every row of it was checked."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reviewer.model import Event
from reviewer.store import hardened
from reviewer.store.blocks import Blocks
from reviewer.store.packed import Packed
from reviewer.store.rows import BLOCK, to_segment
from reviewer.store.seen import Reach, Seen, row_counts
from reviewer.store.telling import told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future, ThreadPoolExecutor
    from pathlib import Path

    from reviewer.model import Segment
    from reviewer.store.bead_table import BeadTable
    from reviewer.store.hardened import Stamp
    from reviewer.store.rows import EventRow, SegmentRow

    Note = Callable[[EventRow, Mapping[str, Any]], None]
    """Is told of every event while the log is read: its row and its parsed body."""
    Tell = Callable[[int, int], None]
    """Is told how much of the work of a check is done, and of how much."""

_SEGMENT, _BEAD, _EVENT = 3, 1, 11
"""What a row costs to check, in millionths of a second."""
_MOST_WAITING = 8
"""Blocks of rows that wait to be packed."""


@dataclass(frozen=True, slots=True)
class Held:
    """A project that was read and checked to the last hash; `open_held` goes on with it.

    Attributes:
        gaps: as `Project.gaps`.
        stamp: of the file when it was read.
    """

    project_id: str
    gaps: tuple[str, ...]
    stamp: Stamp | None
    contents: Contents

    def is_of(self, path: Path) -> bool:
        """Return whether a path still names the file that was read; raises ProjectFileError."""
        with told(path):
            return self.stamp is not None and hardened.stamp(path).same_file(self.stamp)


class Contents:
    """The texts, alignments and events of a file; filled by `soundness` and complete after it.

    Attributes:
        texts: segments by the id of their document.
        beads: by the id of their alignment.
        events: in the order of (session, seq, hash).
        blocks: hashes over blocks of rows, by the ids of documents and alignments.
    """

    def __init__(self, note: Note | None = None, tell: Tell | None = None) -> None:
        self.texts: dict[bytes, Packed[Segment]] = {}
        self.beads: dict[bytes, BeadTable] = {}
        self.events: Packed[Event] = Packed(to_event)
        self.blocks: dict[bytes, Blocks] = {}
        self._note = note
        self._tell = tell
        self._work = self._done = 0
        self._reach: dict[bytes, tuple[int, int]] = {}
        self._latest = 0
        self._rows: list[EventRow] = []
        self._pool: ThreadPoolExecutor | None = None
        self._packing: deque[Future[None]] = deque()

    @contextmanager
    def filling(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Be filled from a file meanwhile; what was read is packed in a thread of its own.

        Packing leaves the interpreter to others most of the time.
        """
        from concurrent.futures import ThreadPoolExecutor

        if self._tell is not None:
            segments, beads, events = row_counts(connection)
            self._work = segments * _SEGMENT + beads * _BEAD + events * _EVENT
        with ThreadPoolExecutor(1, "packing") as self._pool:
            yield
            self._pack_events()
            while self._packing:
                self._packing.popleft().result()
        self._pool = None

    def take_event(self, row: EventRow, body: Mapping[str, Any]) -> None:
        """Take the next event, which is true."""
        self._rows.append(row)
        if len(self._rows) == BLOCK:
            self._pack_events()
        count, highest = self._reach.get(row[0], (0, 0))
        self._reach[row[0]] = count + 1, max(highest, row[1])
        self._latest = max(self._latest, row[4])
        if self._note is not None:
            self._note(row, body)

    def _pack_events(self) -> None:
        rows, self._rows = self._rows, []
        self._pack(self.events, rows)
        self._worked(len(rows) * _EVENT)

    def take_segments(self, doc_id: bytes, batch: Sequence[SegmentRow], written: bytes) -> None:
        """Take the next segments of a document, and what is hashed of them."""
        self._pack(self.texts.setdefault(doc_id, Packed(to_segment)), batch)
        self._take_block(doc_id, len(batch), written)
        self._worked(len(batch) * _SEGMENT)

    def take_beads(self, align_id: bytes, count: int, written: bytes) -> None:
        """Take what is hashed of the next beads of an alignment; the table follows as a whole."""
        self._take_block(align_id, count, written)
        self._worked(count * _BEAD)

    def _take_block(self, id_: bytes, count: int, written: bytes) -> None:
        self.blocks.setdefault(id_, Blocks()).add(count, written)

    def _pack(self, packed: Packed[Any], rows: Sequence[tuple[Any, ...]]) -> None:
        assert self._pool is not None
        self._packing.append(self._pool.submit(packed.extend, rows))
        if len(self._packing) > _MOST_WAITING:
            self._packing.popleft().result()

    def _worked(self, work: int) -> None:
        self._done += work
        if self._tell is not None:
            self._tell(min(self._done, self._work), self._work)

    def seen(self, stamp: Stamp | None) -> Seen:
        """Return how far the log was read, of a file with this stamp."""
        sessions = {session: Reach(*reach) for session, reach in self._reach.items()}
        return Seen(sessions, self._latest, stamp)

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_note": None, "_tell": None, "blocks": {}}


def to_event(row: EventRow) -> Event:
    """Return the event of a row."""
    return Event(*row)
