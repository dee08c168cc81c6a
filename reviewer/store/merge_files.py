"""The files that take part in a merge: the project itself, and what comes from others."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import DamagedProjectError
from reviewer.model import Event
from reviewer.store import carving, checked, queries
from reviewer.store.project import open_checked, settle
from reviewer.store.rows import row_of
from reviewer.store.telling import sensible, told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from contextlib import ExitStack
    from pathlib import Path

    from reviewer.store.rows import EventRow

_RECORDS = frozenset(
    {"doc.add", "doc.hide", "doc.version", "align.add", "align.use", "reviewer.profile"}
    | {"export.done", "merge.done", "salvage.done"}
)
"""Kinds of events by which nobody decides anything about a text."""
_CONSULTED = ("doc.add", "reviewer.profile")
"""Kinds of events that say which documents there are, and what reviewers are called."""


class Log:
    """What a merge needs to know of the events of a file, noted while they are checked.

    Attributes:
        hashes: of the events of the project.
        deciders: of another file, who decided something, by the hash of the event.
        new: of another file, by hash those that the project does not hold.
        told: those that say which documents there are, and what reviewers are called.
    """

    def __init__(self, project: Log | None = None) -> None:
        """Begin the log of the project, or that of another file to be merged into it."""
        self.hashes: set[bytes] = set()
        self.deciders: dict[bytes, bytes] = {}
        self.new: dict[bytes, Event] = {}
        self.told: list[Event] = []
        self._held = project.hashes if project is not None else None

    def take(self, row: EventRow, _body: object = None) -> None:
        """Take the next event."""
        hash_, kind = row[2], row[6]
        if self._held is None:
            self.hashes.add(hash_)
        else:
            if kind not in _RECORDS:
                self.deciders[hash_] = row[5]
            if hash_ not in self._held:
                self.new[hash_] = Event(*row)
        if kind in _CONSULTED:
            self.told.append(Event(*row))

    def take_known(self, connection: sqlite3.Connection) -> None:
        """Take the events of the project, which was verified before."""
        self.hashes = queries.read_event_hashes(connection)
        for kind in _CONSULTED:
            self.told += queries.read_events(connection, "WHERE kind=?", (kind,))

    def of_kind(self, kind: str) -> list[Event]:
        """Return the events of one of the kinds that tell of documents and reviewers."""
        return [event for event in self.told if event.kind == kind]


@dataclass(frozen=True, slots=True)
class Read:
    """A file that takes part in a merge; without a connection it brings events alone."""

    name: str
    project_id: str
    log: Log
    connection: sqlite3.Connection | None = None
    notes: tuple[str, ...] = ()

    def document_ids(self) -> set[bytes]:
        """Return the ids of the documents that the file holds."""
        return set() if self.connection is None else queries.read_document_ids(self.connection)

    def alignment_ids(self) -> set[bytes]:
        """Return the ids of the alignments that the file holds."""
        if self.connection is None:
            return set()
        return {known.align_id for known in queries.read_alignments(self.connection).values()}


def open_ours(stack: ExitStack, path: Path, *, write: bool) -> Read:
    """Open the project that others are merged into; raises ProjectFileError.

    It is read to the last hash, unless it is as it was when that was done on this computer.
    """
    log = Log()
    settle(path)
    opened = checked.open_known(path, write=write)
    if opened is not None:
        connection = stack.enter_context(closing(opened))
        with sensible(path):
            log.take_known(connection)
    else:
        before = checked.mark(path)
        opened = open_checked(path, write=write, note=log.take)
        connection = stack.enter_context(closing(opened))
        checked.note_whole(path, before)
    with told(path):
        project_id = queries.read_meta(connection)["project_id"]
    return Read(path.name, project_id, log, connection)


def open_other(stack: ExitStack, other: Path, ours: Log) -> Read:
    """Read another file with every check; from a damaged one take the events that are whole."""
    log = Log(ours)
    try:
        opened = open_checked(other, write=False, note=log.take)
    except DamagedProjectError:
        return _rescued(other, ours)
    connection = stack.enter_context(closing(opened))
    with told(other):
        project_id = queries.read_meta(connection)["project_id"]
        return Read(other.name, project_id, log, connection)


def taken(events: Iterable[Event], ours: Log) -> Log:
    """Return the log of events that are true, to be merged into the project."""
    log = Log(ours)
    for event in events:
        log.take(row_of(event))
    return log


def _rescued(other: Path, ours: Log) -> Read:
    found = carving.carve(other)
    if not found.events:
        message = f"“{other.name}” is damaged, and no decision in it is whole."
        raise DamagedProjectError(message)
    note = f"“{other.name}” is damaged: {carving.share(found)} could be read."
    project_id = found.meta.get("project_id", "")
    return Read(other.name, project_id, taken(found.events.values(), ours), notes=(note,))
