"""Merging: the union of events, and of the documents that only the other file holds.

The identity of an event is its hash, so union is all there is: commutative, associative and
idempotent. What people disagree about is told by the fold. The other file is read through a
hardened connection of its own and never attached to ours.
"""

from __future__ import annotations

import gc
from collections import Counter
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reviewer.errors import ProjectFileError
from reviewer.model import Draft, Event
from reviewer.store import checked, copying, hardened, inserts, queries
from reviewer.store.canonical import parsed
from reviewer.store.chain import added_document, counted
from reviewer.store.hardened import transaction
from reviewer.store.merge_files import Read, open_other, open_ours, taken
from reviewer.store.outbox import Outbox, project_folder
from reviewer.store.project import open_checked, settle
from reviewer.store.sealing import Clock, Sealer, from_line, to_line
from reviewer.store.telling import told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reviewer.store.checked import Mark
    from reviewer.store.project import Project

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
        files: names of the files that were read.
        alignments: how many alignments were new.
        held: how many events the project had.
        marks: of the project and the files before they were read; None where one has none.
    """

    events: tuple[Event, ...]
    documents: int
    reviewers: tuple[ReviewerCount, ...]
    notes: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    alignments: int = field(default=0, compare=False)
    held: int = field(default=0, compare=False)
    marks: tuple[Mark, ...] | None = field(default=None, compare=False, repr=False)

    def is_of(self, path: Path, others: Sequence[Path]) -> bool:
        """Return whether it tells all that adding needs, of files that are as they were."""
        if self.documents or self.alignments or self.marks is None:
            return False
        return self.marks == _marks(path, others)

    @property
    def new(self) -> int:
        """How many decisions were new; that a document was imported is none."""
        return sum(count.new for count in self.reviewers)

    @property
    def already(self) -> int:
        """How many decisions were there before."""
        return sum(count.already for count in self.reviewers)


def merge(
    path: Path,
    others: Sequence[Path],
    *,
    reviewer: bytes,
    backup_folder: Path | None = None,
    looked: MergeResult | None = None,
) -> MergeResult:
    """Add to a project what is in others and not in it; a backup is made before.

    Args:
        path: the project.
        others: projects, or reviews without documents, of the same documents. From a damaged one
            every decision that is whole is taken.
        reviewer: who merges, 16 bytes; noted in the log.
        backup_folder: stands in for "backups" in the data folder.
        looked: what `preview_merge` told of these files; while all of them are as they were
            then, none is read again.

    Raises:
        ProjectFileError: a file is refused, or is about other documents; nothing was changed.
    """
    settle(path)
    with _uncollected(), ExitStack() as stack:
        if looked is not None and looked.is_of(path, others):
            connection = stack.enter_context(closing(hardened.open_hardened(path, write=True)))
            result, sources = looked, []
        else:
            result, opened = _looked(stack, path, others, write=True)
            connection, *sources = opened
        if result.events or result.documents or result.alignments:
            _add(path, connection, sources, result, reviewer, backup_folder)
    return result


def preview_merge(path: Path, others: Sequence[Path]) -> MergeResult:
    """Return what a merge would bring; nothing is written. Raises what `merge` raises."""
    with _uncollected(), ExitStack() as stack:
        return _looked(stack, path, others, write=False)[0]


def _looked(
    stack: ExitStack, path: Path, others: Sequence[Path], *, write: bool
) -> tuple[MergeResult, list[sqlite3.Connection]]:
    """Return what a merge brings, and the connections to the project and the whole others."""
    marks = _marks(path, others)
    ours = open_ours(stack, path, write=write)
    incoming = [open_other(stack, other, ours.log) for other in others]
    result = _compared(path, ours, incoming)
    opened = [file.connection for file in (ours, *incoming) if file.connection is not None]
    return replace(result, held=len(ours.log.hashes), marks=marks), opened


def _marks(path: Path, others: Sequence[Path]) -> tuple[Mark, ...] | None:
    """Return the marks of the files of a merge; None where one has none, being damaged."""
    try:
        return tuple(map(checked.mark, (path, *others)))
    except ProjectFileError:
        return None


def _add(
    path: Path,
    connection: sqlite3.Connection,
    sources: Sequence[sqlite3.Connection],
    result: MergeResult,
    reviewer: bytes,
    backup_folder: Path | None,
) -> None:
    """Write what a merge brings, a backup being made before."""
    with told(path):
        project_id = queries.read_meta(connection)["project_id"]
    copying.back_up(path, project_id, backup_folder, verified=True)
    done = {"files": list(result.files), "new": result.new}
    with told(path), transaction(connection):
        for source in sources:
            copy_documents(source, connection)
        added = inserts.insert_events(connection, result.events)
        noted = Sealer(reviewer, Clock()).seal([Draft("merge.done", None, done)])
        added += inserts.insert_events(connection, noted)
    with suppress(ProjectFileError):
        checked.note_counted(path, result.held + added)


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
        ours = open_ours(stack, path, write=True)
        log = taken(events.values(), ours.log)
        incoming = Read("the log", "", log, notes=notes if unreadable else ())
        result = _compared(path, ours, [incoming])
        if result.events and ours.connection is not None:
            copying.back_up(path, ours.project_id, backup_folder)
            with told(path), transaction(ours.connection):
                inserts.insert_events(ours.connection, result.events)
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


def _compared(path: Path, ours: Read, incoming: Sequence[Read]) -> MergeResult:
    """Return what is new; raises ProjectFileError for files about other documents."""
    with told(path):
        named = _named(ours)
        notes = [note for file in incoming for note in _belonging(ours, file, named)]
        deciders: dict[bytes, bytes] = {}
        new: dict[bytes, Event] = {}
        for file in incoming:
            deciders |= file.log.deciders
            new |= file.log.new
        documents = {id_ for file in incoming for id_ in file.document_ids()}
        return MergeResult(
            tuple(new.values()),
            len(documents - ours.document_ids()),
            _counted(new, deciders, _names([ours, *incoming])),
            tuple(notes),
            tuple(f.name for f in incoming if f.project_id not in {"", ours.project_id}),
            tuple(file.name for file in incoming),
            len({id_ for file in incoming for id_ in file.alignment_ids()} - ours.alignment_ids()),
        )


def _named(file: Read) -> dict[str, str]:
    """Return the names, by their ids in hex, of the documents that a file is about."""
    added = (added_document(event.body) for event in file.log.of_kind("doc.add"))
    return {doc_id: name for doc_id, *_, name in added}


def _belonging(ours: Read, file: Read, named: Mapping[str, str]) -> Iterator[str]:
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


def _names(files: Iterable[Read]) -> dict[bytes, str]:
    """Return what the reviewers called themselves last."""
    profiles = [event for file in files for event in file.log.of_kind("reviewer.profile")]
    return {
        event.reviewer: str(parsed(event.body).get("name", ""))
        for event in sorted(profiles, key=lambda event: (event.hlc, event.hash))
    }


def _counted(
    wanted: Container[bytes], deciders: Mapping[bytes, bytes], names: Mapping[bytes, str]
) -> tuple[ReviewerCount, ...]:
    every = Counter(deciders.values())
    fresh = Counter(who for hash_, who in deciders.items() if hash_ in wanted)
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
