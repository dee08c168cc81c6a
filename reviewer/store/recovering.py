"""Recovering: what the outbox of this computer holds and a project file does not."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.store import outbox, queries
from reviewer.store.hardened import open_hardened
from reviewer.store.telling import told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from reviewer.model import Event
    from reviewer.store.rows import NewAlignment


@dataclass(frozen=True, slots=True)
class Lost:
    """What a project file had, or was to have, and does not hold."""

    events: tuple[Event, ...] = ()
    alignments: tuple[NewAlignment, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.events or self.alignments)


def recover(path: Path, outbox_folder: Path | None = None) -> Lost:
    """Return what lies in this computer's outbox and a project file does not hold.

    `EventLog.resend` puts them back. What the file has held long enough leaves the outbox.
    Raises ProjectFileError.
    """
    with told(path), closing(open_hardened(path)) as connection:
        project_id = queries.read_meta(connection).get("project_id", "")
        folder = outbox.project_folder(project_id, outbox_folder)
        events: list[Event] = []
        alignments: list[NewAlignment] = []
        complete = []
        for file in sorted(folder.glob("*.jsonl")):
            absent = missing(connection, outbox.read_lines(file))
            unheld = missing_alignments(connection, outbox.read_alignments(file))
            events += absent
            alignments += unheld
            if not absent and not unheld:
                complete.append(file.stem)
    with suppress(OSError):  # a data folder that cannot be written is told at the first gesture
        outbox.tidy(folder, complete)
    return Lost(tuple(events), tuple(alignments))


def missing(connection: sqlite3.Connection, events: Iterable[Event]) -> list[Event]:
    """Return those of the events that a project file does not hold."""
    query = "SELECT 1 FROM event WHERE session=? AND seq=? AND hash=?"
    return [
        event
        for event in events
        if connection.execute(query, (event.session, event.seq, event.hash)).fetchone() is None
    ]


def missing_alignments(
    connection: sqlite3.Connection, alignments: Iterable[NewAlignment]
) -> list[NewAlignment]:
    """Return those of the alignments that a project file could hold and does not."""
    query = "SELECT 1 FROM alignment WHERE align_id=?"
    return [
        new
        for new in alignments
        if connection.execute(query, (new.align_id,)).fetchone() is None
        and queries.holds_documents(connection, new.source_doc, new.target_doc)
    ]
