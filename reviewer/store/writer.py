"""The only writing connection to a project file, and what it notices of others' writing.

The file is opened in place, with a rollback journal, synchronous EXTRA and normal locking: the
one mode in which a file replaced by a sync client is noticed instead of lost or broken
(`project-file.md`, A2 a2).
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import ReviewerError, SaveError
from reviewer.store import checked, hardened, inserts, journal, outbox
from reviewer.store.hardened import transaction
from reviewer.store.project import check_connection
from reviewer.store.recovering import missing, missing_alignments
from reviewer.store.sealing import is_true
from reviewer.store.seen import Seen, newer_events
from reviewer.store.soundness import refuse_other_project
from reviewer.store.telling import damaged, sensible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from reviewer.model import Event
    from reviewer.store.hardened import Stamp
    from reviewer.store.rows import NewAlignment

_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Noticed:
    """What others did to the file since it was last looked at.

    Attributes:
        foreign: events that came from others; known ones may be among them.
        restored: own events that the file had lost and that were written again.
    """

    foreign: tuple[Event, ...] = ()
    restored: tuple[Event, ...] = ()


class ProjectWriter:
    """Writes events into a project file that others may write, replace or take away.

    Used by one thread. `written` events are kept, so that they can be written again.
    """

    def __init__(
        self, path: Path, project_id: str, outbox_folder: Path | None, seen: Seen
    ) -> None:
        self._path = path
        self._project_id = project_id
        self._outbox_folder = outbox_folder
        self._connection: sqlite3.Connection | None = None
        self._stamp = seen.stamp
        self._version = 0
        self._seen = seen
        self._checked = seen.stamp is not None
        self._is_whole = self._checked  # nothing came since but what we wrote
        self._written: dict[bytes, Event] = {}
        self._alignments: tuple[NewAlignment, ...] = ()
        self._placed = 0  # how many of them were written
        self._regained: tuple[NewAlignment, ...] = ()  # of earlier sessions, from the outbox
        self._came: list[Event] = []  # from others, not told yet
        self._replaced = False  # since the last write that went well

    def expect(self, alignment: NewAlignment) -> None:
        """Have an alignment written with the next events, and again where the file loses it.

        The one method for another thread than the writing one.
        """
        self._alignments = (*self._alignments, alignment)

    @property
    def whole(self) -> Stamp | None:
        """The stamp of the file as it was left, if only we wrote since it was found whole.

        For other threads too.
        """
        return self._stamp if self._is_whole else None

    @property
    def lacks_alignment(self) -> bool:
        """Whether an expected alignment was not written yet."""
        return self._placed < len(self._alignments)

    def is_touched(self) -> bool:
        """Return whether the file differs from how it was left; True also when it is gone."""
        try:
            now = hardened.stamp(self._path)
        except OSError:
            return True
        if now != self._stamp or self._connection is None:
            return now != self._stamp
        try:
            return self._data_version() != self._version
        except sqlite3.Error:
            return True

    def look(self) -> Noticed:
        """Read what others wrote, without opening the file for writing before we have to.

        Raises ProjectFileError.
        """
        if self._written:
            return self.write(())
        with sensible(self._path):
            now = self._noticed_stamp()
            connection = self._opened(now, write=False)
            try:
                self._read_newer(connection, now)
            finally:
                connection.close()
            self._stamp = now
            self._is_whole = checked.is_known(self._path)
        return Noticed(self._take_foreign())

    def write(self, events: Sequence[Event]) -> Noticed:
        """Add events, and own ones that the file has lost; raises ProjectFileError, SaveError.

        When it returns, the events are in the file that bears the path.
        """
        restored: dict[bytes, Event] = {}
        hashes = {event.hash for event in events}
        for attempt in range(_ATTEMPTS):
            with sensible(self._path):
                connection, absent = self._ready()
                lost = [event for event in absent if event.hash not in hashes]
                restored |= {event.hash: event for event in lost}
                # Where files have no lasting number, what was written tells that it is the same.
                there = attempt > 0 and not missing(connection, [*lost, *events])
                if not there:
                    self._insert(connection, [*lost, *events])
                if there or self._is_still_ours():
                    self._note([*lost, *events])
                    return Noticed(self._take_foreign(), tuple(restored.values()))
            self.close()
        message = f"“{self._path.name}” is being replaced over and over by another program."
        raise SaveError(message)

    def _insert(self, connection: sqlite3.Connection, events: Sequence[Event]) -> None:
        expected = self._alignments
        try:
            with transaction(connection):
                for alignment in (*self._regained, *expected):
                    inserts.insert_new_alignment(connection, alignment)
                inserts.insert_events(connection, events)
            self._placed = len(expected)
        except BaseException as error:
            self._checked = self._checked and not _tells_of_damage(error)
            self.close()
            raise

    def _ready(self) -> tuple[sqlite3.Connection, list[Event]]:
        """Return a connection to the file as it is now, and the own events it has lost."""
        now = self._noticed_stamp()
        unchanged = self._connection is not None and now == self._stamp and not self._replaced
        if unchanged and self._data_version() == self._version:
            assert self._connection is not None
            # Others may have found whole what they wrote after it was looked at here.
            self._is_whole = self._is_whole or checked.is_known(self._path)
            return self._connection, []
        ours = self._connection is None and now == self._stamp
        self._is_whole = (self._is_whole and ours) or checked.is_known(self._path)
        self.close()
        self._connection = self._opened(now, write=True)
        self._read_newer(self._connection, now)
        lost = self._lost(self._connection)
        if lost and not self._replaced:  # written over in place, past SQLite
            check_connection(self._path, self._connection, "full")
        self._stamp = now
        self._version = self._data_version()
        return self._connection, lost

    def _noticed_stamp(self) -> Stamp:
        """Return the stamp of the file, and remember when it is of another file than before."""
        now = hardened.stamp(self._path)
        if self._stamp is not None and not now.same_file(self._stamp):
            self._replaced = True
        return now

    def _opened(self, now: Stamp, *, write: bool) -> sqlite3.Connection:
        """Open the file hardened, with every check unless it is the file that was checked."""
        journal.settle(self._path, foreign=False, outbox_folder=self._outbox_folder)
        connection = hardened.open_hardened(self._path, write=write)
        try:
            refuse_other_project(self._path, connection, self._project_id)
            known = self._checked and self._stamp is not None and now.same_file(self._stamp)
            check_connection(self._path, connection, "none" if known else "full")
            self._is_whole |= not known
        except BaseException:
            self._checked = False
            connection.close()
            raise
        self._checked = True
        return connection

    def _read_newer(self, connection: sqlite3.Connection, now: Stamp) -> None:
        came, self._seen = newer_events(connection, self._seen, now)
        if not all(is_true(event) for event in came):
            self._checked = False
            raise damaged(self._path, "decisions in it are not what was written")
        self._came += [event for event in came if event.hash not in self._written]

    def _take_foreign(self) -> tuple[Event, ...]:
        came, self._came = tuple(self._came), []
        return came

    def _lost(self, connection: sqlite3.Connection) -> list[Event]:
        """Return events of this computer that the file does not hold."""
        own = missing(connection, self._written.values())
        if not own and not self._replaced:
            return []
        known = {event.hash for event in own}
        folder = outbox.project_folder(self._project_id, self._outbox_folder)
        boxed = outbox.outbox_alignments(folder)
        self._regained = tuple(missing_alignments(connection, boxed))
        earlier = (event for event in outbox.outbox_events(folder) if event.hash not in known)
        return own + missing(connection, earlier)

    def _is_still_ours(self) -> bool:
        """Return whether the path still names the file that was written, and note its stamp."""
        try:
            now = hardened.stamp(self._path)
        except FileNotFoundError:
            return False
        assert self._stamp is not None
        same = now.same_file(self._stamp)
        self._stamp = now if same else self._stamp
        return same

    def _note(self, events: Iterable[Event]) -> None:
        added = list(events)
        self._replaced = False
        self._written |= {event.hash: event for event in added}
        self._seen = self._seen.with_events(added, self._stamp)

    def _data_version(self) -> int:
        assert self._connection is not None
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Let go of the file; the next write opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def leave(self) -> None:
        """Let go of the file for good; remember it as whole where only we wrote to it."""
        is_whole = self._is_whole and not self.is_touched()
        self.close()
        if is_whole:
            with suppress(ReviewerError):
                found = checked.mark(self._path)
                if found.stamp == self._stamp:
                    checked.note_whole(self._path, found)


def _tells_of_damage(error: BaseException) -> bool:
    """Return whether SQLite found the file itself wrong, not the disk full or the file in use."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(
        error, sqlite3.OperationalError
    )
