"""Salvage: whatever of a damaged project is provably whole, into a new project."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import __version__
from reviewer.errors import ProjectFileError
from reviewer.model import Draft
from reviewer.store import carving, inserts, outbox, rows, schema
from reviewer.store.canonical import canonical
from reviewer.store.chain import counted
from reviewer.store.creating import founding_facts
from reviewer.store.hardened import transaction
from reviewer.store.placing import new_file
from reviewer.store.recovering import missing_alignments
from reviewer.store.sealing import ID, Clock, Sealer
from reviewer.store.soundness import are_in_order
from reviewer.store.telling import told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from pathlib import Path

    from reviewer.model import Event
    from reviewer.store.carving import Carved

_NOBODY = bytes(ID)
_PAGE_COUNT = slice(28, 32)
"""Bytes of the header that count the pages."""


@dataclass(frozen=True, slots=True)
class SalvageReport:
    """What was brought back.

    Attributes:
        events: how many decisions, those from the outbox included.
        from_outbox: how many of them the damaged file had lost and the outbox still held.
        documents, alignments: how many are whole.
        sentences: the same for the person.
    """

    events: int
    from_outbox: int
    documents: int
    alignments: int
    sentences: tuple[str, ...]


def salvage(
    damaged: Path,
    new: Path,
    *,
    reviewer: bytes = _NOBODY,
    outbox_folder: Path | None = None,
) -> SalvageReport:
    """Write a new project with every row of a damaged one that its hash proves whole.

    Own decisions that the file has lost come from the outbox. The damaged file is not changed.

    Args:
        damaged: the file; it may lack its first page, or its end.
        new: the project to be made; must not be there yet.
        reviewer: who salvages, 16 bytes; noted in the log.
        outbox_folder: where the outboxes of all projects lie; None is the data folder.

    Raises:
        ProjectFileError: nothing can be brought back, or `new` cannot be made.
    """
    with told(damaged):
        found = carving.carve(damaged)
        cut = _cut_off(damaged)
    meta = _facts(found)
    own = _from_outbox(meta["project_id"], outbox_folder, found)
    if not found.events and not own:
        message = f"“{damaged.name}” holds no decision that is whole; nothing was made.{cut}"
        raise ProjectFileError(message)
    events = [*found.events.values(), *own]
    done = {"project": meta["project_id"], "events": len(events)}
    with new_file(new) as connection, transaction(connection):
        documents = _restore_documents(connection, found)
        alignments = _restore_alignments(connection, found, documents)
        alignments += _regained(connection, meta["project_id"], outbox_folder)
        inserts.insert_meta(connection, meta)
        inserts.insert_events(connection, events)
        noted = Sealer(reviewer, Clock()).seal([Draft("salvage.done", None, done)])
        inserts.insert_events(connection, noted)
    counts = (len(events), len(own), len(documents), alignments)
    sentences = _sentences(found, own, len(documents), alignments)
    return SalvageReport(*counts, ((cut.strip(), *sentences) if cut else tuple(sentences)))


def _cut_off(damaged: Path) -> str:
    """Return how much of a file is there, with a space before it; "" unless its end is missing.

    SQLite file format, 1.3: the header counts the pages that the file had.
    """
    with damaged.open("rb") as file:
        header = file.read(_PAGE_COUNT.stop)
    if not header.startswith(b"SQLite format 3\0"):
        return ""
    size = damaged.stat().st_size
    whole = int.from_bytes(header[_PAGE_COUNT], "big") * schema.PAGE_SIZE
    if size >= whole:
        return ""
    return f" Its end is missing: {-(-size // 1024)} of {whole // 1024} KB are there."


def _facts(found: Carved) -> dict[str, str]:
    """Return the project's facts: as carved where an event proves them, else from the founder."""
    first = [event for event in found.events.values() if event.seq == 1]
    founders = sorted(first, key=lambda event: (event.kind != "reviewer.profile", event.hlc))
    project_id = found.meta.get("project_id", "")
    for event in founders:
        if event.hash[:ID].hex() == project_id:
            return founding_facts(event)
    if not outbox.is_project_id(project_id):
        if founders:
            return founding_facts(founders[0])
        project_id = secrets.token_hex(ID)
    facts = {"created_hlc": "0", "created_by": _NOBODY.hex(), "app_version": __version__}
    return facts | {"project_id": project_id}


def _from_outbox(project_id: str, folder: Path | None, found: Carved) -> list[Event]:
    events = outbox.outbox_events(outbox.project_folder(project_id, folder))
    return [event for event in events if event.hash not in found.events]


def _restore_documents(connection: sqlite3.Connection, found: Carved) -> dict[bytes, int]:
    """Write the documents and originals whose hashes hold; return segment counts by id."""
    for row in found.blobs.values():
        if _is_whole_blob(row):
            inserts.insert_blob_row(connection, row)  # type: ignore[arg-type] # proven by its form
    kept: dict[bytes, int] = {}
    for number, record in found.documents.items():
        document = _whole_document(record, found.segments.get(number, {}))
        if document is not None:
            inserts.insert_document_rows(connection, *document)
            kept[document[0].doc_id] = document[0].segment_count
    return kept


def _is_whole_blob(row: carving.Record) -> bool:
    try:
        rows.unpacked(row)  # type: ignore[arg-type] # proven by its form
    except ValueError:
        return False
    return True


def _whole_document(
    record: carving.Record, segments: Mapping[int, rows.SegmentRow]
) -> tuple[rows.StoredDocument, list[rows.SegmentRow]] | None:
    values: tuple = record  # type: ignore[type-arg] # proven by its form
    doc_id, blob, role, language, format_, name, recipe, count, hash_ = values
    texts = [segments[ord_] for ord_ in sorted(segments)]
    try:
        rows.refuse_odd_segments(texts, 0)
        whole = (
            len(texts) == count
            and rows.segments_hash(texts) == hash_
            and rows.document_id(blob, recipe, hash_) == doc_id
        )
        read = rows.to_recipe(recipe)
    except ValueError:
        return None
    if not whole or canonical(read) != recipe:
        return None
    return rows.StoredDocument(doc_id, role, language, format_, name, read, count, blob), texts


def _restore_alignments(
    connection: sqlite3.Connection, found: Carved, documents: Mapping[bytes, int]
) -> int:
    kept = 0
    for number, record in found.alignments.items():
        values: tuple = record  # type: ignore[type-arg] # proven by its form
        align_id, source, target, recipe, _count, _hash = values
        stored = found.beads.get(number, {})
        beads = [stored[ord_] for ord_ in sorted(stored)]
        if source not in documents or target not in documents:
            continue
        id_ = rows.alignment_id(source, target, recipe, rows.beads_hash(beads))
        if id_ == align_id and are_in_order(beads, (documents[source], documents[target])):
            inserts.insert_alignment(connection, (source, target), recipe, beads)
            kept += 1
    return kept


def _regained(connection: sqlite3.Connection, project_id: str, folder: Path | None) -> int:
    """Write the alignments that the outbox holds and the damaged file had lost."""
    boxed = outbox.outbox_alignments(outbox.project_folder(project_id, folder))
    lost = missing_alignments(connection, boxed)
    for new in lost:
        inserts.insert_new_alignment(connection, new)
    return len(lost)


def _sentences(found: Carved, own: list[Event], documents: int, alignments: int) -> list[str]:
    sentences = [
        f"{carving.share(found)} could be read."
        if found.events
        else "No decision could be read from the file."
    ]
    if own:
        were = counted(len(own), "more was", "more were")
        sentences.append(f"{were} in the outbox of this computer.")
    texts = counted(documents, "document", "documents")
    if documents:
        sentences.append(f"Whole: {texts}, {counted(alignments, 'alignment', 'alignments')}.")
    if not alignments:
        lost = "The texts" if not documents else "Some texts or their alignment"
        sentences.append(
            f"{lost} could not be read and are to be imported again: make a new project of the "
            "same two files and merge this one into it; the decisions find their places again."
        )
    return sentences
