"""The project file; the only room with SQL.

One SQLite file, opened in place, with an append-only log of events. What a person decides goes to
the outbox on the local disk first, then into the file; what the file loses is put back. A file of
unknown origin is checked to the last hash before one row of it is used.
"""

from __future__ import annotations

from reviewer.store.canonical import canonical
from reviewer.store.creating import add_pair, create_project, is_writable
from reviewer.store.log import Acknowledged, EventLog, Foreign, Replaced, SaveProblem, recover
from reviewer.store.project import Project, open_project
from reviewer.store.rows import ImportedPair, StoredAlignment, StoredDocument
from reviewer.store.sealing import event_hash
from reviewer.store.seen import Seen

__all__ = [
    "Acknowledged",
    "EventLog",
    "Foreign",
    "ImportedPair",
    "Project",
    "Replaced",
    "SaveProblem",
    "Seen",
    "StoredAlignment",
    "StoredDocument",
    "add_pair",
    "canonical",
    "create_project",
    "event_hash",
    "is_writable",
    "open_project",
    "recover",
]
