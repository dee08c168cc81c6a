"""Recovering: what the outbox of this computer holds and a project file does not."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING

from reviewer.store import outbox, queries
from reviewer.store.hardened import open_hardened
from reviewer.store.telling import told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from reviewer.model import Event


def recover(path: Path, outbox_folder: Path | None = None) -> tuple[Event, ...]:
    """Return the events in this computer's outbox that a project file does not hold.

    `EventLog.resend` puts them back. What the file has held long enough leaves the outbox.
    Raises ProjectFileError.
    """
    with told(path), closing(open_hardened(path)) as connection:
        project_id = queries.read_meta(connection).get("project_id", "")
        folder = outbox.project_folder(project_id, outbox_folder)
        lost: list[Event] = []
        complete = []
        for file in sorted(folder.glob("*.jsonl")):
            absent = missing(connection, outbox.read_lines(file))
            lost += absent
            if not absent:
                complete.append(file.stem)
    with suppress(OSError):  # a data folder that cannot be written is told at the first gesture
        outbox.tidy(folder, complete)
    return tuple(lost)


def missing(connection: sqlite3.Connection, events: Iterable[Event]) -> list[Event]:
    """Return those of the events that a project file does not hold."""
    query = "SELECT 1 FROM event WHERE session=? AND seq=? AND hash=?"
    return [
        event
        for event in events
        if connection.execute(query, (event.session, event.seq, event.hash)).fetchone() is None
    ]
