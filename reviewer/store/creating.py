"""New project files, written whole beside their final name and renamed when complete."""

from __future__ import annotations

import os
import secrets
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from reviewer import __version__
from reviewer.errors import ProjectFileError
from reviewer.model import Draft
from reviewer.store import hardened, journal, rows, schema
from reviewer.store.canonical import canonical
from reviewer.store.hardened import told, transaction
from reviewer.store.sealing import ID, Clock, Sealer
from reviewer.store.soundness import check_contents, refuse_unsound_beads

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reviewer.model import Document, Event
    from reviewer.store.rows import ImportedPair


def is_writable(folder: Path) -> bool:
    """Return whether a file can be made in a folder, by making one and taking it away."""
    probe = folder / f".bitext-{secrets.token_hex(8)}"
    try:
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError:
        return False
    return True


def create_project(
    path: Path,
    pairs: Sequence[ImportedPair],
    *,
    reviewer: bytes,
    reviewer_name: str,
    replace: bool = False,
) -> str:
    """Write a new project file; return its project id, 32 hex digits.

    Args:
        path: the final name; the folder must be there.
        pairs: what it holds.
        reviewer: 16 bytes.
        reviewer_name: as shown to colleagues; may be empty.
        replace: whether a file of this name may be replaced.

    Raises:
        ProjectFileError: the file is there already, the folder cannot be written, a document is
            too large; in one sentence.
        ValueError: beads that overlap or reach beyond the segments.
    """
    with new_file(path, replace=replace) as connection, transaction(connection):
        sealer = Sealer(reviewer, Clock())
        profile = {"reviewer": reviewer.hex(), "name": reviewer_name}
        drafts = [Draft("reviewer.profile", None, profile)]
        for pair in pairs:
            drafts += _insert_pair(connection, pair)
        events = sealer.seal(drafts)
        rows.insert_events(connection, events)
        facts = founding_facts(events[0])
        rows.insert_meta(connection, facts)
    return facts["project_id"]


def founding_facts(founder: Event) -> dict[str, str]:
    """Return the rows of `meta`: the project's id is half the hash of its first event."""
    return {
        "project_id": founder.hash[:ID].hex(),
        "created_hlc": str(founder.hlc),
        "created_by": founder.reviewer.hex(),
        "app_version": __version__,
    }


def add_pair(path: Path, pair: ImportedPair, *, reviewer: bytes) -> bytes:
    """Bring two more documents into a project, in one transaction; return the alignment's id.

    Raises ProjectFileError; ValueError as `create_project` does.
    """
    with told(path), closing(hardened.open_hardened(path, write=True)) as connection:
        hardened.check_integrity(path, connection, thorough=True)
        check_contents(path, connection)
        with transaction(connection):
            drafts = _insert_pair(connection, pair)
            rows.insert_events(connection, Sealer(reviewer, Clock()).seal(drafts))
    return bytes.fromhex(str(drafts[-1].body["align_id"]))


def _insert_pair(connection: sqlite3.Connection, pair: ImportedPair) -> list[Draft]:
    """Write a pair's rows; return the events that name them, the one of the alignment last."""
    beads = [rows.bead_row(number, bead) for number, bead in enumerate(pair.beads)]
    refuse_unsound_beads(beads, (len(pair.source_segments), len(pair.target_segments)))
    source = rows.insert_document(connection, pair.source, pair.source_segments, "source")
    target = rows.insert_document(connection, pair.target, pair.target_segments, "target")
    recipe = canonical(pair.recipe)
    align = rows.insert_alignment(connection, (source, target), recipe, beads).hex()
    alignment = {"align_id": align, "source": source.hex(), "target": target.hex()}
    return [
        _document_added(connection, source, pair.source),
        _document_added(connection, target, pair.target),
        Draft("align.add", None, alignment | {"title": pair.target.name}),
        Draft("align.use", None, alignment),
    ]


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


@contextmanager
def new_file(path: Path, *, replace: bool = False) -> Iterator[sqlite3.Connection]:
    """Give a connection to an empty project that becomes `path` when the block ends well.

    Until then it lies beside it under another name; after an error nothing is left of it.
    """
    part = unfinished(path, replace=replace)
    try:
        with told(path):
            with closing(hardened.connect(part, "rwc")) as connection:
                # Nobody knows the file yet: speed now, one sync at the end.
                connection.execute("PRAGMA journal_mode=MEMORY")
                connection.execute("PRAGMA synchronous=OFF")
                schema.create_tables(connection)
                yield connection
            settle_in_place(part, path, replace=replace)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def unfinished(path: Path, *, replace: bool) -> Path:
    """Return a name beside `path` for a file in the making; raises ProjectFileError."""
    if not replace and path.exists():
        message = f"“{path.name}” is there already in “{path.parent}”."
        raise ProjectFileError(message)
    if not is_writable(path.parent):
        message = f"“{path.name}” cannot be made: nothing can be written in “{path.parent}”."
        raise ProjectFileError(message)
    journal.refuse_left_over(path)
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")


def settle_in_place(part: Path, path: Path, *, replace: bool) -> None:
    """Sync a finished file, give it its name, and sync the name."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    if replace:
        part.replace(path)
    else:
        _rename_to_new(part, path)
    hardened.sync_folder(path.parent)


def _rename_to_new(part: Path, path: Path) -> None:
    """Rename without ever replacing, also where two programs do it at once."""
    if os.name == "nt":
        part.rename(path)  # Windows refuses an existing name by itself
        return
    try:
        os.link(part, path)
    except FileExistsError:
        message = f"“{path.name}” is there already in “{path.parent}”."
        raise ProjectFileError(message) from None
    except OSError:  # a file system without second names, such as FAT
        if path.exists():
            message = f"“{path.name}” is there already in “{path.parent}”."
            raise ProjectFileError(message) from None
        part.rename(path)
