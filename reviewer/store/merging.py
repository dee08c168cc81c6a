"""Merging: the union of events, and of the documents that only the other file holds.

The identity of an event is its hash, so union is all there is: commutative, associative and
idempotent. What people disagree about is told by the fold. The other file is read through a
hardened connection of its own and never attached to ours.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import DamagedProjectError, ProjectFileError
from reviewer.model import Draft
from reviewer.store import carving, copying, rows
from reviewer.store.canonical import parsed
from reviewer.store.chain import added_document, counted
from reviewer.store.hardened import transaction
from reviewer.store.project import open_checked
from reviewer.store.recovering import missing
from reviewer.store.sealing import Clock, Sealer, from_line, to_line
from reviewer.store.telling import told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reviewer.model import Event
    from reviewer.store.project import Project


@dataclass(frozen=True, slots=True)
class ReviewerCount:
    """Of one reviewer in the files that were merged: how many events were new or known.

    Attributes:
        reviewer: 16 bytes.
        name: as the reviewer gave it last; a claim, not a proof; may be empty.
    """

    reviewer: bytes
    name: str
    new: int
    already: int


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What a merge brought, or would bring.

    Attributes:
        events: the new ones; feed them to the fold to see what disagrees.
        already: how many of the events were there before.
        documents: how many documents were new.
        reviewers: in the order of their ids.
        notes: what the person may want to know, one sentence each.
    """

    events: tuple[Event, ...]
    already: int
    documents: int
    reviewers: tuple[ReviewerCount, ...]
    notes: tuple[str, ...] = ()

    @property
    def new(self) -> int:
        """How many events were new."""
        return len(self.events)


@dataclass(frozen=True, slots=True)
class _Incoming:
    """What one other file brings; `connection` is None where only events could be saved."""

    name: str
    project_id: str
    events: Sequence[Event]
    connection: sqlite3.Connection | None = None
    notes: tuple[str, ...] = ()

    def documents(self) -> frozenset[str]:
        """Return the ids, in hex, of the documents that the events are about."""
        added = (event for event in self.events if event.kind == "doc.add")
        return frozenset(added_document(event.body)[0] for event in added)


def merge(
    path: Path,
    others: Sequence[Path],
    *,
    reviewer: bytes,
    backup_folder: Path | None = None,
) -> MergeResult:
    """Add to a project what is in others and not in it; a backup is made before.

    Args:
        path: the project.
        others: projects, or reviews without documents, of the same documents. From a damaged one
            every decision that is whole is taken.
        reviewer: who merges, 16 bytes; noted in the log.
        backup_folder: stands in for "backups" in the data folder.

    Raises:
        ProjectFileError: a file is refused, or is about other documents; nothing was changed.
    """
    with ExitStack() as stack:
        incoming = [_read(stack, other) for other in others]
        connection = stack.enter_context(closing(open_checked(path, write=True)))
        result = _compared(path, connection, incoming)
        if not result.new and not result.documents:
            return result
        copying.back_up(path, rows.read_meta(connection)["project_id"], backup_folder)
        done = {"files": [file.name for file in incoming], "new": result.new}
        with told(path), transaction(connection):
            for file in incoming:
                if file.connection is not None:
                    copy_documents(file.connection, connection)
            rows.insert_events(connection, result.events)
            noted = Sealer(reviewer, Clock()).seal([Draft("merge.done", None, done)])
            rows.insert_events(connection, noted)
    return result


def preview_merge(path: Path, others: Sequence[Path]) -> MergeResult:
    """Return what a merge would bring; nothing is written. Raises what `merge` raises."""
    with ExitStack() as stack:
        incoming = [_read(stack, other) for other in others]
        connection = stack.enter_context(closing(open_checked(path, write=False)))
        return _compared(path, connection, incoming)


def export_log(project: Project) -> Iterator[str]:
    """Yield the events as lines of canonical JSON, without line ends, by time and hash."""
    for event in sorted(project.events(), key=lambda event: (event.hlc, event.hash)):
        yield to_line(event)


def import_log(
    path: Path, lines: Iterable[str], *, backup_folder: Path | None = None
) -> MergeResult:
    """Add the events of an exported log to a project; lines that are not true are left out.

    Raises ProjectFileError, also where the log is about other documents.
    """
    events: dict[bytes, Event] = {}
    unreadable = 0
    for line in lines:
        event = from_line(line.encode("utf-8", "surrogatepass"))
        if event is not None:
            events[event.hash] = event
        elif line.strip():
            unreadable += 1
    lines_are = counted(unreadable, "line of the log is", "lines of the log are")
    notes = (f"{lines_are} not as written.",)
    incoming = _Incoming("the log", "", list(events.values()), None, notes if unreadable else ())
    with closing(open_checked(path, write=True)) as connection:
        result = _compared(path, connection, [incoming])
        if result.new:
            copying.back_up(path, rows.read_meta(connection)["project_id"], backup_folder)
            with told(path), transaction(connection):
                rows.insert_events(connection, result.events)
    return result


def _read(stack: ExitStack, other: Path) -> _Incoming:
    """Read another file with every check; from a damaged one take the events that are whole."""
    try:
        connection = stack.enter_context(closing(open_checked(other, write=False)))
    except DamagedProjectError:
        return _rescued(other)
    with told(other):
        project_id = rows.read_meta(connection)["project_id"]
        return _Incoming(other.name, project_id, rows.read_events(connection), connection)


def _rescued(other: Path) -> _Incoming:
    found = carving.carve(other)
    if not found.events:
        message = f"“{other.name}” is damaged, and no decision in it is whole."
        raise DamagedProjectError(message)
    note = f"“{other.name}” is damaged: {carving.share(found)} could be read."
    project_id = found.meta.get("project_id", "")
    return _Incoming(other.name, project_id, list(found.events.values()), None, (note,))


def _compared(
    path: Path, connection: sqlite3.Connection, incoming: Sequence[_Incoming]
) -> MergeResult:
    """Return what is new; raises ProjectFileError for files about other documents."""
    with told(path):
        project_id = rows.read_meta(connection)["project_id"]
        here = {hash_.hex() for (hash_,) in connection.execute("SELECT doc_id FROM document")}
        about = rows.read_events(connection, "WHERE kind = ?", ("doc.add",))
        named = here | {added_document(event.body)[0] for event in about}
        notes = [note for file in incoming for note in _belonging(path, file, project_id, named)]
        offered = {event.hash: event for file in incoming for event in file.events}
        new = missing(connection, offered.values())
        profiles = rows.read_events(connection, "WHERE kind = ?", ("reviewer.profile",))
    documents: set[str] = set()
    for file in incoming:
        if file.connection is not None:
            found = file.connection.execute("SELECT doc_id FROM document")
            documents |= {hash_.hex() for (hash_,) in found}
    names = _names([*profiles, *offered.values()])
    return MergeResult(
        tuple(new),
        len(offered) - len(new),
        len(documents - here),
        _counted(new, offered.values(), names),
        tuple(notes),
    )


def _belonging(path: Path, file: _Incoming, project_id: str, named: set[str]) -> Iterator[str]:
    """Yield notes on a file; raises ProjectFileError where it is about other documents."""
    yield from file.notes
    if file.project_id == project_id:
        return
    documents = file.documents()
    if documents and not documents & named:
        message = f"“{file.name}” is about other documents than “{path.name}”."
        raise ProjectFileError(message)
    if file.project_id:
        yield f"“{file.name}” is another project of the same documents."


def _names(events: Iterable[Event]) -> Mapping[bytes, str]:
    profiles = (event for event in events if event.kind == "reviewer.profile")
    return {
        event.reviewer: str(parsed(event.body).get("name", ""))
        for event in sorted(profiles, key=lambda event: (event.hlc, event.hash))
    }


def _counted(
    new: Iterable[Event], offered: Iterable[Event], names: Mapping[bytes, str]
) -> tuple[ReviewerCount, ...]:
    fresh = Counter(event.reviewer for event in new)
    total = Counter(event.reviewer for event in offered)
    return tuple(
        ReviewerCount(id_, names.get(id_, ""), fresh[id_], total[id_] - fresh[id_])
        for id_ in sorted(total)
    )


def copy_documents(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy documents, originals and alignments that the target does not hold.

    Every row of the source was verified before.
    """
    for row in source.execute("SELECT hash, codec, size, data FROM blob"):
        rows.insert_blob_row(target, row)
    for number, document in rows.read_documents(source).items():
        batches = rows.segment_batches(source, number)
        rows.insert_document_rows(target, document, [row for batch in batches for row in batch])
    recipes = dict(source.execute("SELECT align, recipe FROM alignment").fetchall())
    for number, alignment in rows.read_alignments(source).items():
        pair = (alignment.source_doc, alignment.target_doc)
        beads = list(rows.iterate_beads(source, number))
        rows.insert_alignment(target, pair, recipes[number], beads)
