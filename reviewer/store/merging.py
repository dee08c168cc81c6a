"""Merging: the union of events, and of the documents that only the other file holds.

The identity of an event is its hash, so union is all there is: commutative, associative and
idempotent. What people disagree about is told by the fold. The other file is read through a
hardened connection of its own and never attached to ours.
"""

from __future__ import annotations

import gc
from collections import Counter
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import DamagedProjectError, ProjectFileError
from reviewer.model import Draft, Event
from reviewer.store import carving, copying, inserts, queries
from reviewer.store.canonical import parsed
from reviewer.store.chain import added_document, counted
from reviewer.store.hardened import transaction
from reviewer.store.outbox import Outbox, project_folder
from reviewer.store.project import open_checked
from reviewer.store.rows import row_of
from reviewer.store.sealing import Clock, Sealer, from_line, to_line
from reviewer.store.telling import told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reviewer.store.project import Project
    from reviewer.store.rows import EventRow

_RECORDS = frozenset(
    {"doc.add", "doc.hide", "doc.version", "align.add", "align.use", "reviewer.profile"}
    | {"export.done", "merge.done", "salvage.done"}
)
"""Kinds of events by which nobody decides anything about a text."""
_CONSULTED = frozenset({"doc.add", "reviewer.profile"})
"""Kinds of events that say which documents there are, and what reviewers are called."""
_MOST_NAMES = 3
_NAME = 60
"""Characters of a document's name in a sentence."""


@dataclass(frozen=True, slots=True)
class ReviewerCount:
    """Of one reviewer in the files that were merged: how many decisions were new or known.

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
        documents: how many documents were new.
        reviewers: those who decided something, in the order of their ids.
        notes: what the person may want to know, one sentence each.
        strangers: names of the files that are other projects of the same documents.
    """

    events: tuple[Event, ...]
    documents: int
    reviewers: tuple[ReviewerCount, ...]
    notes: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()

    @property
    def new(self) -> int:
        """How many decisions were new; that a document was imported is none."""
        return sum(count.new for count in self.reviewers)

    @property
    def already(self) -> int:
        """How many decisions were there before."""
        return sum(count.already for count in self.reviewers)


class _Log:
    """What a merge needs to know of the events of a file, noted while they are checked.

    Attributes:
        makers: reviewer and kind by hash.
        new: by hash those that the other log does not hold.
        told: what says which documents there are, and what reviewers are called.
    """

    def __init__(self, other: _Log | None = None) -> None:
        self.makers: dict[bytes, tuple[bytes, str]] = {}
        self.new: dict[bytes, Event] = {}
        self.told: list[Event] = []
        self._other: Container[bytes] | None = other.makers if other is not None else None

    def take(self, row: EventRow, _body: object = None) -> None:
        """Take the next event."""
        hash_, reviewer, kind = row[2], row[5], row[6]
        self.makers[hash_] = reviewer, kind
        if self._other is not None and hash_ not in self._other:
            self.new[hash_] = Event(*row)
        if kind in _CONSULTED:
            self.told.append(Event(*row))

    def of_kind(self, kind: str) -> list[Event]:
        """Return the events of one of the kinds that tell of documents and reviewers."""
        return [event for event in self.told if event.kind == kind]


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that takes part in a merge; without a connection it brings events alone."""

    name: str
    project_id: str
    log: _Log
    connection: sqlite3.Connection | None = None
    notes: tuple[str, ...] = ()

    def document_ids(self) -> set[bytes]:
        """Return the ids of the documents that the file holds."""
        return set() if self.connection is None else queries.read_document_ids(self.connection)


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
    with _uncollected(), ExitStack() as stack:
        ours, connection = _ours(stack, path, write=True)
        incoming = [_read(stack, other, ours.log) for other in others]
        result = _compared(path, ours, incoming)
        if not result.events and not result.documents:
            return result
        copying.back_up(path, ours.project_id, backup_folder, verified=True)
        done = {"files": [file.name for file in incoming], "new": result.new}
        with told(path), transaction(connection):
            for file in incoming:
                if file.connection is not None:
                    copy_documents(file.connection, connection)
            inserts.insert_events(connection, result.events)
            noted = Sealer(reviewer, Clock()).seal([Draft("merge.done", None, done)])
            inserts.insert_events(connection, noted)
    return result


def preview_merge(path: Path, others: Sequence[Path]) -> MergeResult:
    """Return what a merge would bring; nothing is written. Raises what `merge` raises."""
    with _uncollected(), ExitStack() as stack:
        ours, _ = _ours(stack, path, write=False)
        incoming = [_read(stack, other, ours.log) for other in others]
        return _compared(path, ours, incoming)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector from looking again and again through a million rows without a cycle."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


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
    with ExitStack() as stack:
        ours, connection = _ours(stack, path, write=True)
        log = _taken(events.values(), ours.log)
        incoming = _Read("the log", "", log, notes=notes if unreadable else ())
        result = _compared(path, ours, [incoming])
        if result.events:
            copying.back_up(path, ours.project_id, backup_folder)
            with told(path), transaction(connection):
                inserts.insert_events(connection, result.events)
    return result


def add_events(
    path: Path,
    drafts: Sequence[Draft],
    *,
    reviewer: bytes,
    backup_folder: Path | None = None,
    outbox_folder: Path | None = None,
) -> tuple[Event, ...]:
    """Add the events of one gesture of a reviewer to a project, a backup being made before.

    They are kept in the outbox as well: a sync program may put another version in the place of
    the file. Raises ProjectFileError, and what `canonical` raises.
    """
    with closing(open_checked(path, write=True)) as connection:
        clock = Clock()
        with told(path):
            (latest,) = connection.execute("SELECT max(hlc) FROM event").fetchone()
        clock.observe(latest or 0)
        sealer = Sealer(reviewer, clock)
        events = sealer.seal(drafts)
        project_id = queries.read_meta(connection)["project_id"]
        copying.back_up(path, project_id, backup_folder)
        with told(path), transaction(connection):
            inserts.insert_events(connection, events)
    # Only now: what is told to have failed is not to come back at the next opening.
    box = Outbox(project_folder(project_id, outbox_folder), sealer.session)
    with suppress(OSError), closing(box):
        box.write(events)
    return events


def _ours(stack: ExitStack, path: Path, *, write: bool) -> tuple[_Read, sqlite3.Connection]:
    log = _Log()
    opened = open_checked(path, write=write, note=log.take)
    connection = stack.enter_context(closing(opened))
    with told(path):
        project_id = queries.read_meta(connection)["project_id"]
    return _Read(path.name, project_id, log, connection), connection


def _read(stack: ExitStack, other: Path, ours: _Log) -> _Read:
    """Read another file with every check; from a damaged one take the events that are whole."""
    log = _Log(ours)
    try:
        opened = open_checked(other, write=False, note=log.take)
    except DamagedProjectError:
        return _rescued(other, ours)
    connection = stack.enter_context(closing(opened))
    with told(other):
        project_id = queries.read_meta(connection)["project_id"]
        return _Read(other.name, project_id, log, connection)


def _taken(events: Iterable[Event], ours: _Log) -> _Log:
    log = _Log(ours)
    for event in events:
        log.take(row_of(event))
    return log


def _rescued(other: Path, ours: _Log) -> _Read:
    found = carving.carve(other)
    if not found.events:
        message = f"“{other.name}” is damaged, and no decision in it is whole."
        raise DamagedProjectError(message)
    note = f"“{other.name}” is damaged: {carving.share(found)} could be read."
    project_id = found.meta.get("project_id", "")
    log = _taken(found.events.values(), ours)
    return _Read(other.name, project_id, log, notes=(note,))


def _compared(path: Path, ours: _Read, incoming: Sequence[_Read]) -> MergeResult:
    """Return what is new; raises ProjectFileError for files about other documents."""
    with told(path):
        named = _named(ours)
        notes = [note for file in incoming for note in _belonging(ours, file, named)]
        total: dict[bytes, tuple[bytes, str]] = {}
        new: dict[bytes, Event] = {}
        for file in incoming:
            total |= file.log.makers
            new |= file.log.new
        documents = {id_ for file in incoming for id_ in file.document_ids()}
        return MergeResult(
            tuple(new.values()),
            len(documents - ours.document_ids()),
            _counted(new, total, _names([ours, *incoming])),
            tuple(notes),
            tuple(f.name for f in incoming if f.project_id not in {"", ours.project_id}),
        )


def _named(file: _Read) -> dict[str, str]:
    """Return the names, by their ids in hex, of the documents that a file is about."""
    added = (added_document(event.body) for event in file.log.of_kind("doc.add"))
    return {doc_id: name for doc_id, *_, name in added}


def _belonging(ours: _Read, file: _Read, named: Mapping[str, str]) -> Iterator[str]:
    """Yield notes on a file; raises ProjectFileError where it is about other documents."""
    yield from file.notes
    if file.project_id == ours.project_id:
        return
    about = _named(file)
    if about and not about.keys() & named.keys():
        message = (
            f"“{file.name}” is about other documents than “{ours.name}”: "
            f"{_listed(about)} there, {_listed(named)} here."
        )
        raise ProjectFileError(message)
    if file.project_id:
        yield f"“{file.name}” is another project of the same documents."


def _listed(named: Mapping[str, str]) -> str:
    """Return the first names of documents as a list in a sentence."""
    names = [f"“{name[:_NAME]}”" for name in dict.fromkeys(named.values())]
    return ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")


def _names(files: Iterable[_Read]) -> dict[bytes, str]:
    """Return what the reviewers called themselves last."""
    profiles = [event for file in files for event in file.log.of_kind("reviewer.profile")]
    return {
        event.reviewer: str(parsed(event.body).get("name", ""))
        for event in sorted(profiles, key=lambda event: (event.hlc, event.hash))
    }


def _counted(
    wanted: Container[bytes],
    total: Mapping[bytes, tuple[bytes, str]],
    names: Mapping[bytes, str],
) -> tuple[ReviewerCount, ...]:
    every: Counter[bytes] = Counter()
    fresh: Counter[bytes] = Counter()
    for hash_, (reviewer, kind) in total.items():
        if kind not in _RECORDS:
            every[reviewer] += 1
            fresh[reviewer] += hash_ in wanted
    return tuple(
        ReviewerCount(id_, names.get(id_, ""), fresh[id_], every[id_] - fresh[id_])
        for id_ in sorted(every)
    )


def copy_documents(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    only: Container[bytes] | None = None,
) -> None:
    """Copy documents, originals and alignments that the target does not hold.

    Every row of the source was verified before. `only` holds the ids of the documents that are
    wanted; None for all.
    """
    blobs = {hash_ for (hash_,) in target.execute("SELECT hash FROM blob")}
    documents = queries.read_document_ids(target)
    for number, document in queries.read_documents(source).items():
        if only is not None and document.doc_id not in only:
            continue
        if document.blob not in blobs:
            query = "SELECT hash, codec, size, data FROM blob WHERE hash=?"
            original = source.execute(query, (document.blob,)).fetchone()
            if original is not None:
                inserts.insert_blob_row(target, original)
        if document.doc_id not in documents:
            batches = queries.segment_batches(source, number)
            rows = [row for batch in batches for row in batch]
            inserts.insert_document_rows(target, document, rows)
    alignments = {known.align_id for known in queries.read_alignments(target).values()}
    recipes = dict(source.execute("SELECT align, recipe FROM alignment").fetchall())
    for number, alignment in queries.read_alignments(source).items():
        pair = (alignment.source_doc, alignment.target_doc)
        wanted = only is None or all(id_ in only for id_ in pair)
        if wanted and alignment.align_id not in alignments:
            beads = list(queries.iterate_beads(source, number))
            inserts.insert_alignment(target, pair, recipes[number], beads)
