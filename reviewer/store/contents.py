"""What a project file holds, packed in memory while every row of it was checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reviewer.model import Event
from reviewer.store import hardened
from reviewer.store.blocks import Blocks
from reviewer.store.packed import Packed
from reviewer.store.rows import to_segment
from reviewer.store.seen import Reach, Seen
from reviewer.store.telling import told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from reviewer.model import Segment
    from reviewer.store.bead_table import BeadTable
    from reviewer.store.hardened import Stamp
    from reviewer.store.rows import EventRow, SegmentRow

    Note = Callable[[EventRow, Mapping[str, Any]], None]
    """Is told of every event while the log is read: its row and its parsed body."""


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

    def __init__(self, note: Note | None = None) -> None:
        self.texts: dict[bytes, Packed[Segment]] = {}
        self.beads: dict[bytes, BeadTable] = {}
        self.events: Packed[Event] = Packed(to_event)
        self.blocks: dict[bytes, Blocks] = {}
        self._note = note
        self._reach: dict[bytes, tuple[int, int]] = {}
        self._latest = 0

    def take_event(self, row: EventRow, body: Mapping[str, Any]) -> None:
        """Take the next event, which is true."""
        self.events.append(row)
        count, highest = self._reach.get(row[0], (0, 0))
        self._reach[row[0]] = count + 1, max(highest, row[1])
        self._latest = max(self._latest, row[4])
        if self._note is not None:
            self._note(row, body)

    def take_segments(self, doc_id: bytes, batch: Sequence[SegmentRow], written: bytes) -> None:
        """Take the next segments of a document, and what is hashed of them."""
        if doc_id not in self.texts:
            self.texts[doc_id] = Packed(to_segment)
        self.texts[doc_id].extend(batch)
        self.take_block(doc_id, len(batch), written)

    def take_block(self, id_: bytes, count: int, written: bytes) -> None:
        """Take so many rows more of a document or an alignment as they are hashed."""
        self.blocks.setdefault(id_, Blocks()).add(count, written)

    def seen(self, stamp: Stamp | None) -> Seen:
        """Return how far the log was read, of a file with this stamp."""
        sessions = {session: Reach(*reach) for session, reach in self._reach.items()}
        return Seen(sessions, self._latest, stamp)

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_note": None, "blocks": {}}


def to_event(row: EventRow) -> Event:
    """Return the event of a row."""
    return Event(*row)
