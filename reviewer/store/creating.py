"""New projects, and further documents in one that is there."""

from __future__ import annotations

from contextlib import closing, contextmanager, nullcontext
from dataclasses import replace as changed
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from reviewer import __version__
from reviewer.errors import ProjectFileError
from reviewer.model import Draft
from reviewer.store import copying, hardened, inserts, queries, rows
from reviewer.store.canonical import canonical
from reviewer.store.hardened import transaction
from reviewer.store.outbox import is_project_id
from reviewer.store.placing import new_file, unfinished
from reviewer.store.project import open_checked
from reviewer.store.rows import BILINGUAL
from reviewer.store.sealing import ID, Clock, Sealer
from reviewer.store.soundness import refuse_unsound_beads
from reviewer.store.telling import told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from reviewer.model import Document, Event
    from reviewer.store.rows import ImportedPair


def create_project(
    path: Path,
    pairs: Sequence[ImportedPair],
    *,
    reviewer: bytes,
    reviewer_name: str,
    replace: bool = False,
    settings: Mapping[str, Any] | None = None,
    check: Callable[[], None] = lambda: None,
) -> str:
    """Write a new project file; return its project id, 32 hex digits.

    Args:
        path: the final name; the folder must be there.
        pairs: what it holds.
        reviewer: 16 bytes.
        reviewer_name: as shown to colleagues; may be empty.
        replace: whether a file of this name may be replaced.
        settings: what it begins with: keys and JSON values without floats.
        check: called often; what it raises ends the work, and nothing is left of the file.

    Raises:
        ProjectFileError: the file is there already, the folder cannot be written, a document is
            too large; in one sentence.
        ValueError: beads that overlap or reach beyond the segments.
    """
    if replace and path.exists():
        _back_up_replaced(path)
    with new_file(path, replace=replace) as connection, transaction(connection):
        sealer = Sealer(reviewer, Clock())
        profile = {"reviewer": reviewer.hex(), "name": reviewer_name}
        drafts = [Draft("reviewer.profile", None, profile)]
        for pair in pairs:
            drafts += _insert_pair(connection, pair, check)
        for key, value in (settings or {}).items():
            drafts.append(Draft("setting", None, {"key": key, "value": value, "parents": []}))
        events = sealer.seal(drafts)
        inserts.insert_events(connection, events)
        facts = founding_facts(events[0])
        inserts.insert_meta(connection, facts)
    return facts["project_id"]


@contextmanager
def building(
    path: Path,
    *,
    replace: bool = False,
    hold: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> Iterator[Path]:
    """Give a path of the same name for a project in several steps; at the end it is put at `path`.

    It lies in a temporary folder till then: after an error nothing is left of it, and what it
    was to replace stands as it was. `hold` is entered while it is put in place. Raises
    ProjectFileError, at once where `path` cannot be made.
    """
    unfinished(path, replace=replace)
    with TemporaryDirectory(prefix="bitext-", ignore_cleanup_errors=True) as folder:
        made = Path(folder) / path.name
        yield made
        with hold():
            if replace and path.exists():
                _back_up_replaced(path)
            copying.save_copy(made, path, replace=replace)


def _back_up_replaced(path: Path) -> None:
    """Keep what is about to be replaced: there may be decisions in it."""
    try:
        with closing(hardened.open_hardened(path)) as connection:
            project_id = queries.read_meta(connection).get("project_id", "")
    except ProjectFileError:
        project_id = ""
    copying.back_up(path, project_id if is_project_id(project_id) else "other")


def founding_facts(founder: Event) -> dict[str, str]:
    """Return the rows of `meta`: the project's id is half the hash of its first event."""
    return {
        "project_id": founder.hash[:ID].hex(),
        "created_hlc": str(founder.hlc),
        "created_by": founder.reviewer.hex(),
        "app_version": __version__,
    }


def add_pair(
    path: Path, pair: ImportedPair, *, reviewer: bytes, check: Callable[[], None] = lambda: None
) -> bytes:
    """Bring two more documents into a project, in one transaction; return the alignment's id.

    Raises ProjectFileError; ValueError and what `check` raises as `create_project` does.
    """
    with (
        closing(open_checked(path, write=True)) as connection,
        told(path),
        transaction(connection),
    ):
        drafts = _insert_pair(connection, pair, check)
        inserts.insert_events(connection, Sealer(reviewer, Clock()).seal(drafts))
    return bytes.fromhex(str(drafts[-1].body["align_id"]))


def _insert_pair(
    connection: sqlite3.Connection, pair: ImportedPair, check: Callable[[], None]
) -> list[Draft]:
    """Write a pair's rows; return the events that name them, the one of the alignment last."""
    beads = [rows.bead_row(number, bead) for number, bead in enumerate(pair.beads)]
    refuse_unsound_beads(beads, (len(pair.source_segments), len(pair.target_segments)))
    documents = (_labelled(pair.source), _labelled(pair.target))
    roles = (BILINGUAL, BILINGUAL) if pair.bilingual else ("source", "target")
    sides = pair.source_segments, pair.target_segments
    source, target = (
        inserts.insert_document(connection, document, segments, role, check)
        for document, segments, role in zip(documents, sides, roles, strict=True)
    )
    check()
    recipe = canonical(pair.recipe)
    align = inserts.insert_alignment(connection, (source, target), recipe, beads).hex()
    alignment = {"align_id": align, "source": source.hex(), "target": target.hex()}
    return [
        _document_added(connection, source, documents[0]),
        _document_added(connection, target, documents[1]),
        Draft("align.add", None, alignment | {"title": documents[1].name} | _version(pair)),
        Draft("align.use", None, alignment),
    ]


def _version(pair: ImportedPair) -> dict[str, list[str]]:
    return {"version_of": [id_.hex() for id_ in pair.version_of]} if pair.version_of else {}


def _labelled(document: Document) -> Document:
    """Return a document whose name is Unicode; names of files need not be."""
    return changed(document, name=document.name.encode("utf-8", "replace").decode("utf-8"))


def _document_added(connection: sqlite3.Connection, doc_id: bytes, document: Document) -> Draft:
    """Return the event that a document's labels are verified against."""
    (role,) = connection.execute("SELECT role FROM document WHERE doc_id=?", (doc_id,)).fetchone()
    body = {
        "doc_id": doc_id.hex(),
        "role": role,
        "language": document.language,
        "format": document.format,
        "name": document.name,
    }
    return Draft("doc.add", None, body)
