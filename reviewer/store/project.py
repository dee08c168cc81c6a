"""A project file opened for reading; opening and reading write nothing."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Literal

from reviewer.errors import ProjectFileError
from reviewer.store import checked, hardened, journal, queries, rows
from reviewer.store.contents import Contents, Held
from reviewer.store.outbox import is_project_id
from reviewer.store.sealing import is_true
from reviewer.store.seen import Seen, newer_events
from reviewer.store.soundness import check_contents, refuse_other_project
from reviewer.store.telling import damaged, sensible, told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from reviewer.model import Event, Segment
    from reviewer.store.bead_table import BeadTable
    from reviewer.store.contents import Note, Tell
    from reviewer.store.hardened import Stamp
    from reviewer.store.rows import NewAlignment, StoredAlignment, StoredDocument

Check = Literal["full", "quick", "none"]


def open_project(
    path: Path,
    *,
    foreign: bool = True,
    check: Check = "full",
    outbox_folder: Path | None = None,
    note: Note | None = None,
    tell: Tell | None = None,
) -> Project:
    """Open a project file for reading.

    Header and schema are always compared with ours. "full" verifies pages, indexes and the hash
    of every row; "quick" the pages alone; "none" is for a file that was checked a moment ago.

    Args:
        path: the file.
        foreign: False where the file is known to be this computer's own. A journal that a crash
            left beside it is then put to use; beside a foreign file it is refused, unless the
            outbox knows the project.
        check: how much is verified before a row is used.
        outbox_folder: where the outboxes of all projects lie; None is the person's data folder.
        note: is told of every event while the log is read; with "full" alone.
        tell: is told how much of that is done, and of how much.

    Raises:
        NewerProjectError: made by a later version.
        DamagedProjectError: one of ours, but not whole.
        ProjectFileError: anything else that forbids opening, in one sentence.
    """
    settle(path, foreign=foreign, outbox_folder=outbox_folder)
    before = checked.mark(path)
    connection = hardened.open_hardened(path)
    try:
        contents = Contents(note, tell) if check == "full" else None
        gaps = check_connection(path, connection, check, contents)
        if check == "full":
            checked.note_whole(path, before)
        stamp = None if check == "none" else before.stamp
        return Project(path, connection, gaps, stamp, contents)
    except BaseException:
        connection.close()
        raise


def open_held(path: Path, held: Held) -> Project:
    """Open a file of which all rows are held already, checked; raises ProjectFileError.

    What was added to it since comes with `events_after`.
    """
    connection = hardened.open_hardened(path)
    try:
        with told(path):
            refuse_other_project(path, connection, held.project_id)
        return Project(path, connection, held.gaps, held.stamp, held.contents)
    except BaseException:
        connection.close()
        raise


def open_checked(path: Path, *, write: bool, note: Note | None = None) -> sqlite3.Connection:
    """Return a connection to a file of which every row was verified; raises ProjectFileError.

    `note` is told of every event while the log is read.
    """
    settle(path)
    connection = hardened.open_hardened(path, write=write)
    try:
        hardened.check_integrity(path, connection, thorough=True)
        check_contents(path, connection, note=note)
    except BaseException:
        connection.close()
        raise
    return connection


def settle(path: Path, *, foreign: bool = True, outbox_folder: Path | None = None) -> None:
    """Deal with a journal that lies beside a file of ours; raises ProjectFileError."""
    with told(path):
        hardened.check_header(path)
        journal.settle(path, foreign=foreign, outbox_folder=outbox_folder)


def check_connection(
    path: Path, connection: sqlite3.Connection, check: Check, contents: Contents | None = None
) -> tuple[str, ...]:
    """Verify as much as asked; return what is missing. Raises DamagedProjectError.

    `contents` takes what was read, where all is.
    """
    if contents is not None:
        with hardened.integrity_aside(path, connection):
            return check_contents(path, connection, contents)
    if check == "none":
        return ()
    hardened.check_integrity(path, connection, thorough=check == "full")
    return check_contents(path, connection) if check == "full" else ()


class Project:
    """The texts, alignments and events of a project file.

    Every answer is complete when it is returned: nothing keeps the file locked in between.
    All methods raise ProjectFileError where the file cannot be read any more, KeyError for an id
    that it does not hold.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        gaps: tuple[str, ...],
        stamp: Stamp | None,
        contents: Contents | None = None,
    ) -> None:
        self.path = path
        self.contents = contents
        """What was read while it was checked; None where not every row was."""
        self.gaps = gaps
        """What is missing from the file, one sentence each; what is there is true."""
        self._connection = connection
        self._stamp = stamp
        self._seen = contents.seen(stamp) if contents is not None else Seen()
        with told(path):
            meta = queries.read_meta(connection)
        self.project_id = meta.get("project_id", "")
        if not is_project_id(self.project_id):
            message = f"“{path.name}” does not say which project it is."
            raise ProjectFileError(message)
        self._noted: dict[bytes, NewAlignment] = {}
        self._documents, self._alignments = self._contents()

    def reread(self) -> None:
        """Take in documents and alignments that were written since."""
        self._documents, self._alignments = self._contents()

    def note(self, alignment: NewAlignment) -> None:
        """Answer for an alignment that is on its way into the file."""
        self._noted[alignment.align_id] = alignment

    def _contents(self) -> tuple[dict[int, StoredDocument], dict[int, StoredAlignment]]:
        with sensible(self.path):
            documents = queries.read_documents(self._connection)
            return documents, queries.read_alignments(self._connection)

    @property
    def held(self) -> Held:
        """What was read while it was checked, for `open_held`; only where all was."""
        assert self.contents is not None
        return Held(self.project_id, self.gaps, self._stamp, self.contents)

    @property
    def documents(self) -> tuple[StoredDocument, ...]:
        """The documents in the order in which they were added."""
        return tuple(self._documents.values())

    @property
    def alignments(self) -> tuple[StoredAlignment, ...]:
        """The automatic alignments in the order in which they were added."""
        stored = {alignment.align_id for alignment in self._alignments.values()}
        noted = (new.stored for id_, new in self._noted.items() if id_ not in stored)
        return (*self._alignments.values(), *noted)

    def segments(self, doc_id: bytes, first: int = 0, count: int = -1) -> list[Segment]:
        """Return `count` segments of a document from `first`, all the rest with -1."""
        doc = {d.doc_id: number for number, d in self._documents.items()}[doc_id]
        with sensible(self.path):
            batches = queries.segment_batches(self._connection, doc, first, count)
            return [rows.to_segment(row) for batch in batches for row in batch]

    def texts(self, doc_id: bytes) -> Sequence[Segment]:
        """Return all segments of a document: those that were checked, where the file was."""
        if self.contents is not None and doc_id in self.contents.texts:
            return self.contents.texts[doc_id]
        return self.segments(doc_id)

    def beads(self, align_id: bytes) -> BeadTable:
        """Return the beads of an alignment as they were computed."""
        from reviewer.store.bead_table import BeadRows, BeadTable

        if align_id in self._noted:
            return BeadTable.of(self._noted[align_id].beads)
        if self.contents is not None and align_id in self.contents.beads:
            return self.contents.beads[align_id]
        number = {a.align_id: number for number, a in self._alignments.items()}[align_id]
        with sensible(self.path):
            read = BeadRows()
            for batch in queries.bead_batches(self._connection, number):
                read.add(batch)
            return read.table()

    def original(self, doc_id: bytes) -> bytes:
        """Return the bytes of a document as it was imported."""
        document = {d.doc_id: d for d in self._documents.values()}[doc_id]
        with sensible(self.path):
            data = queries.read_blob(self._connection, document.blob)
        if data is None:
            raise damaged(self.path, "an original file is missing")
        return data

    def events(self) -> list[Event]:
        """Return all events in the order of session and number."""
        with sensible(self.path):
            events, self._seen = newer_events(self._connection, Seen(), self._stamp)
        return events

    def events_apart_from(self, kinds: Collection[str]) -> list[Event]:
        """Return the events of all other kinds, in the order of session and number."""
        with sensible(self.path):
            return queries.events_apart_from(self._connection, kinds)

    def events_about(self, subjects: Collection[bytes], kinds: Collection[str]) -> list[Event]:
        """Return the events of some kinds that are about some of these subjects, in no order."""
        with sensible(self.path):
            return list(queries.events_about(self._connection, subjects, kinds))

    def subjects_of(self, hashes: Collection[bytes]) -> set[bytes]:
        """Return what the events with these hashes are about; nothing for unknown ones."""
        with sensible(self.path):
            return queries.subjects_of(self._connection, hashes)

    def events_after(self, seen: Seen) -> tuple[list[Event], Seen]:
        """Return the events that were not seen, each verified, and what is seen then.

        After a merge by another program, known events may come again.
        """
        with sensible(self.path):
            came, after = newer_events(self._connection, seen, self._stamp)
        if not all(map(is_true, came)):
            raise damaged(self.path, "decisions in it are not what was written")
        return came, after

    @property
    def seen(self) -> Seen:
        """What checking or the last call of `events` has read.

        Lets an EventLog tell what is new.
        """
        return self._seen

    @contextmanager
    def latest(self) -> Iterator[sqlite3.Connection]:
        """Give, within this room, a connection to the file as it is now.

        Where it is gone or holds another project by now, to the one that was opened, which most
        systems let a program read until it closes it.
        """
        try:
            connection = hardened.open_hardened(self.path)
        except ProjectFileError:
            yield self._connection
            return
        with closing(connection):
            with sensible(self.path):
                same = queries.read_meta(connection).get("project_id") == self.project_id
            yield connection if same else self._connection

    def data_version(self) -> int:
        """Return a number that changes when another program has written to the file."""
        with told(self.path):
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    def close(self) -> None:
        """Close the file; the project cannot be used afterwards."""
        self._connection.close()
