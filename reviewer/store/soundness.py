"""Whether every row of a project file is what its hashes say."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import ProjectFileError
from reviewer.store import queries, rows, schema
from reviewer.store.chain import Summary, counted
from reviewer.store.outbox import is_project_id
from reviewer.store.telling import damaged, told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reviewer.store.contents import Contents, Note


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it was written.

    Attributes:
        sentence: a clause without a full stop: "3 decisions are not what was written".
        fatal: the rows themselves are false, so that the file may not be worked with; else
            something is missing and what is there is true.
    """

    sentence: str
    fatal: bool


def check_contents(
    path: Path,
    connection: sqlite3.Connection,
    contents: Contents | None = None,
    note: Note | None = None,
) -> tuple[str, ...]:
    """Verify every hash; return what is missing, one sentence each.

    `contents` takes what was read, else `note` the events alone; neither is to be used before
    this has returned. Raises DamagedProjectError at the first row that is not what was written.
    """
    gaps = []
    filling = contents.filling(connection) if contents is not None else nullcontext()
    with told(path), filling:
        for flaw in flaws(connection, contents, note):
            if flaw.fatal:
                raise damaged(path, flaw.sentence)
            gaps.append(f"In “{path.name}” {flaw.sentence}.")
    return tuple(gaps)


def flaws(
    connection: sqlite3.Connection, contents: Contents | None = None, note: Note | None = None
) -> Iterator[Flaw]:
    """Yield everything that is wrong with the rows; lets errors of SQLite through.

    `contents` takes what was read, else `note` the events that are true.
    """
    take = contents.take_event if contents is not None else note
    log = Summary.of(queries.event_rows(connection), take)
    yield from _log_flaws(log)
    yield from _meta_flaws(queries.read_meta(connection), log)
    yield from _blob_flaws(connection)
    yield from _document_flaws(connection, log, contents)
    yield from _alignment_flaws(connection, contents)


def _log_flaws(log: Summary) -> Iterator[Flaw]:
    if log.false:
        what = counted(log.false, "decision is", "decisions are")
        yield Flaw(f"{what} not what was written", fatal=True)
    if log.missing:
        what = counted(log.missing, "decision of somebody is", "decisions of somebody are")
        yield Flaw(f"{what} missing", fatal=False)
    if log.broken:
        what = counted(log.broken, "decision does", "decisions do")
        yield Flaw(f"{what} not follow what stands before", fatal=False)


def _meta_flaws(meta: dict[str, str], log: Summary) -> Iterator[Flaw]:
    """The project's id is the hash of its first event, so that it cannot change unseen."""
    project = meta.get("project_id", "")
    founder = (project, meta.get("created_hlc"), meta.get("created_by"))
    known = founder in log.founders or project in log.rescued
    if not known or not is_project_id(project):
        yield Flaw("nothing says which project it is", fatal=True)


def _blob_flaws(connection: sqlite3.Connection) -> Iterator[Flaw]:
    hashes = connection.execute("SELECT hash FROM blob").fetchall()
    for (hash_,) in hashes:
        try:
            queries.read_blob(connection, hash_)
        except ValueError:
            yield Flaw("an original file in it is not what was stored", fatal=True)


def _document_flaws(
    connection: sqlite3.Connection, log: Summary, contents: Contents | None
) -> Iterator[Flaw]:
    total = 0
    query = "SELECT doc, doc_id, blob, recipe, n_seg, seg_hash, role, lang, format, name"
    blobs = {hash_ for (hash_,) in connection.execute("SELECT hash FROM blob")}
    for doc, doc_id, blob, recipe, count, hash_, *labels in connection.execute(
        f"{query} FROM document ORDER BY doc"
    ).fetchall():
        total += count
        if total > schema.MAX_SEGMENTS:
            yield Flaw("it holds more sentences than a project can", fatal=True)
            return
        hashed = _hashed(connection, doc, count, doc_id, contents)
        if (
            hashed != hash_
            or rows.document_id(blob, recipe, hash_) != doc_id
            or not _opens(recipe)
        ):
            yield Flaw("a text in it is not what was imported", fatal=True)
        elif (doc_id.hex(), *labels) not in log.added and not log.rescued:
            yield Flaw("a document in it is not what was imported", fatal=True)
        if blob not in blobs:
            yield Flaw("an original file is missing", fatal=False)
    stray = "SELECT 1 FROM segment WHERE doc NOT IN (SELECT doc FROM document) LIMIT 1"
    if connection.execute(stray).fetchone():
        yield Flaw("it holds sentences of no document", fatal=True)


def _hashed(
    connection: sqlite3.Connection,
    doc: int,
    count: int,
    doc_id: bytes,
    contents: Contents | None,
) -> bytes | None:
    """Return the hash over a document's rows; None where they make no `count` segments."""
    state, place = rows.SegmentsHash(), 0
    try:
        for batch in queries.segment_batches(connection, doc):
            rows.refuse_odd_segments(batch, place)
            written = state.add(batch)
            place += len(batch)
            if contents is not None:
                contents.take_segments(doc_id, batch, written)
    except ValueError:
        return None
    return state.digest() if place == count else None


def _opens(recipe: str) -> bool:
    try:
        rows.to_recipe(recipe)
    except ValueError:
        return False
    return True


def _alignment_flaws(connection: sqlite3.Connection, contents: Contents | None) -> Iterator[Flaw]:
    from reviewer.store.bead_table import BeadRows

    counts = dict(connection.execute("SELECT doc_id, n_seg FROM document").fetchall())
    query = "SELECT align, align_id, src_doc, tgt_doc, recipe, n_bead, bead_hash FROM alignment"
    for align, id_, source, target, recipe, count, hash_ in connection.execute(query).fetchall():
        read, state = BeadRows(), rows.beads_state()
        for batch in queries.bead_batches(connection, align):
            written = read.add(batch)
            state.update(written)
            if contents is not None:
                contents.take_beads(id_, len(batch), written)
        beads = read.table()
        if (
            len(beads) != count
            or state.digest() != hash_
            or rows.alignment_id(source, target, recipe, hash_) != id_
            or not read.is_numbered
            or not beads.is_in_order(counts.get(source, 0), counts.get(target, 0))
        ):
            yield Flaw("an alignment in it is not what was computed", fatal=True)
        if contents is not None:
            contents.beads[id_] = beads
            if not beads.is_complete(counts.get(source, 0), counts.get(target, 0)):
                # Pairs are numbered otherwise than its beads: see `Beads`.
                contents.blocks.pop(id_, None)
    stray = "SELECT 1 FROM bead WHERE align NOT IN (SELECT align FROM alignment) LIMIT 1"
    if connection.execute(stray).fetchone():
        yield Flaw("it holds pairs of no alignment", fatal=True)


def are_in_order(beads: Iterable[rows.BeadRow], ends: tuple[int, int]) -> bool:
    """Return whether beads ascend on both sides without overlap and within the documents."""
    source, target = 0, 0
    for place, (ord_, s0, s1, t0, t1, score) in enumerate(beads):
        if ord_ != place or not (source <= s0 <= s1 and target <= t0 <= t1):
            return False
        if score is not None and not 0.0 <= score <= 1.0:
            return False
        source, target = s1, t1
    return source <= ends[0] and target <= ends[1]


def refuse_unsound_beads(beads: Iterable[rows.BeadRow], ends: tuple[int, int]) -> None:
    """Raise ValueError for beads that no project file may hold."""
    if not are_in_order(beads, ends):
        raise ValueError("beads overlap or reach beyond their documents")


def refuse_other_project(path: Path, connection: sqlite3.Connection, project_id: str) -> None:
    """Raise ProjectFileError where a file holds another project."""
    if queries.read_meta(connection).get("project_id") != project_id:
        message = f"“{path.name}” holds another project now."
        raise ProjectFileError(message)
