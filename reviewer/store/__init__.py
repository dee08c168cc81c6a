"""The project file; the only room with SQL.

One SQLite file, opened in place, with an append-only log of events. What a person decides goes to
the outbox on the local disk first, then into the file; what the file loses is put back. A file of
unknown origin is checked to the last hash before one row of it is used.
"""

from __future__ import annotations

from reviewer.store import blocks
from reviewer.store.around import Beside, DocumentsCame, Present, Reached, Stuck
from reviewer.store.canonical import canonical
from reviewer.store.chain import was_added
from reviewer.store.checked import note_unchanged
from reviewer.store.contents import Held
from reviewer.store.copying import (
    REPLACED,
    back_up,
    save_copy,
    save_open,
    save_open_review,
    save_review,
)
from reviewer.store.creating import add_pair, building, create_project
from reviewer.store.hardened import Stamp
from reviewer.store.kinship import are_akin, conflicted_copies, project_id_of
from reviewer.store.live import (
    exchange,
    is_shared_documents,
    join,
    share_through,
    shared_folder,
)
from reviewer.store.log import Acknowledged, EventLog, Foreign, Replaced, SaveProblem
from reviewer.store.merging import (
    MergeResult,
    ReviewerCount,
    add_events,
    export_log,
    import_log,
    merge,
    preview_merge,
)
from reviewer.store.parcels import DOCUMENTS
from reviewer.store.piecewise import Piecewise, open_piecewise
from reviewer.store.placing import is_writable
from reviewer.store.presence import Person
from reviewer.store.project import Project, open_held, open_project
from reviewer.store.recovering import Lost, recover
from reviewer.store.rows import (
    EventRow,
    ImportedPair,
    NewAlignment,
    StoredAlignment,
    StoredDocument,
    new_alignment,
)
from reviewer.store.salvaging import SalvageReport, salvage
from reviewer.store.sealing import event_hash
from reviewer.store.seen import Reach, Seen
from reviewer.store.verifying import Report, verify

__all__ = [
    "DOCUMENTS",
    "REPLACED",
    "Acknowledged",
    "Beside",
    "DocumentsCame",
    "EventLog",
    "EventRow",
    "Foreign",
    "Held",
    "ImportedPair",
    "Lost",
    "MergeResult",
    "NewAlignment",
    "Person",
    "Piecewise",
    "Present",
    "Project",
    "Reach",
    "Reached",
    "Replaced",
    "Report",
    "ReviewerCount",
    "SalvageReport",
    "SaveProblem",
    "Seen",
    "Stamp",
    "StoredAlignment",
    "StoredDocument",
    "Stuck",
    "add_events",
    "add_pair",
    "are_akin",
    "back_up",
    "blocks",
    "building",
    "canonical",
    "conflicted_copies",
    "create_project",
    "event_hash",
    "exchange",
    "export_log",
    "import_log",
    "is_shared_documents",
    "is_writable",
    "join",
    "merge",
    "new_alignment",
    "note_unchanged",
    "open_held",
    "open_piecewise",
    "open_project",
    "preview_merge",
    "project_id_of",
    "recover",
    "salvage",
    "save_copy",
    "save_open",
    "save_open_review",
    "save_review",
    "share_through",
    "shared_folder",
    "verify",
    "was_added",
]
