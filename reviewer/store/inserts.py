"""Every INSERT of a project file; there is no other statement that changes one."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from reviewer.errors import ProjectFileError
from reviewer.store import queries, rows, schema
from reviewer.store.canonical import canonical

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from reviewer.model import Document, Event, Segment

    Item = TypeVar("Item")

_LARGE = 4 * 1024 * 1024
"""Bytes of an original from which packing it fast counts for more than packing it small."""
_PACKED = 1024 * 1024
"""Bytes that are packed between two looks at whether to go on."""
_ROWS = 2_000
"""Rows that are written between two looks at whether to go on."""


def insert_meta(connection: sqlite3.Connection, facts: Mapping[str, str]) -> None:
    """Write the facts fixed at creation."""
    connection.executemany("INSERT INTO meta(key, value) VALUES(?,?)", sorted(facts.items()))


def insert_events(connection: sqlite3.Connection, events: Iterable[Event]) -> int:
    """Add events; return how many were not there yet."""
    before = connection.total_changes
    connection.executemany(
        f"INSERT INTO event({rows.EVENT_COLUMNS}) VALUES(?,?,?,?,?,?,?,?,?,?)"
        " ON CONFLICT(session, seq, hash) DO NOTHING",
        map(rows.row_of, events),
    )
    return connection.total_changes - before


def insert_document(
    connection: sqlite3.Connection,
    document: Document,
    segments: Sequence[Segment],
    role: str,
    check: Callable[[], None] = lambda: None,
) -> bytes:
    """Add a document unless it is there already; return its id.

    Raises ProjectFileError where it is larger than a project file can hold, and what `check`
    raises, which is called often.
    """
    segment_rows = [rows.segment_row(segment) for segment in _checked(segments, check)]
    try:
        hash_ = rows.segments_hash(segment_rows)
    except ValueError:
        message = f"“{document.name}” holds null characters or halves of characters."
        raise ProjectFileError(message) from None
    recipe, blob = canonical(document.recipe), _insert_blob(connection, document, check)
    stored = rows.StoredDocument(
        rows.document_id(blob, recipe, hash_),
        role,
        document.language,
        document.format,
        document.name,
        document.recipe,
        len(segment_rows),
        blob,
    )
    insert_document_rows(connection, stored, segment_rows, hash_, check)
    return stored.doc_id


def _checked(items: Iterable[Item], check: Callable[[], None]) -> Iterator[Item]:
    for number, item in enumerate(items):
        if number % _ROWS == 0:
            check()
        yield item


def insert_document_rows(
    connection: sqlite3.Connection,
    stored: rows.StoredDocument,
    segment_rows: Sequence[rows.SegmentRow],
    segments_hash: bytes | None = None,
    check: Callable[[], None] = lambda: None,
) -> None:
    """Add a document of known id with its segment rows, unless it is there already.

    `segments_hash` is that of the rows (`rows.segments_hash`); None to compute it.
    Raises ProjectFileError where the project would hold too many segments.
    """
    cursor = connection.execute(
        "INSERT INTO document(doc_id, blob, role, lang, format, name, recipe, n_seg, seg_hash)"
        " VALUES(?,?,?,?,?,?,?,?,?) ON CONFLICT(doc_id) DO NOTHING",
        (
            stored.doc_id,
            stored.blob,
            stored.role,
            stored.language,
            stored.format,
            stored.name,
            canonical(stored.recipe),
            len(segment_rows),
            segments_hash or rows.segments_hash(segment_rows),
        ),
    )
    (held,) = connection.execute("SELECT sum(n_seg) FROM document").fetchone()
    if held > schema.MAX_SEGMENTS:
        most = f"{schema.MAX_SEGMENTS:,}"
        message = (
            f"With “{stored.name}” the project would hold more than {most} sentences; a second "
            "project can hold it."
        )
        raise ProjectFileError(message)
    if cursor.rowcount == 1:
        connection.executemany(
            "INSERT INTO segment(doc, ord, para, text, codes, loc, state) VALUES(?,?,?,?,?,?,?)",
            ((cursor.lastrowid, *row) for row in _checked(segment_rows, check)),
        )


def _insert_blob(
    connection: sqlite3.Connection, document: Document, check: Callable[[], None]
) -> bytes:
    data = document.original
    hash_ = rows.blob_hash(data)
    # Both columns of a bilingual file are of one original.
    if connection.execute("SELECT 1 FROM blob WHERE hash=?", (hash_,)).fetchone():
        return hash_
    packed = _packed(data, check) if len(data) <= schema.MAX_BLOB else data
    small = len(packed) < len(data)
    stored = packed if small else data
    # The margin is for the other columns of the row.
    if len(stored) > schema.MAX_VALUE - 4096:
        message = f"“{document.name}” is larger than a project file can hold."
        raise ProjectFileError(message)
    insert_blob_row(connection, (hash_, "zlib" if small else "raw", len(data), stored))
    return hash_


def _packed(data: bytes, check: Callable[[], None]) -> bytes:
    packer = zlib.compressobj(
        zlib.Z_BEST_SPEED if len(data) > _LARGE else zlib.Z_DEFAULT_COMPRESSION
    )
    parts = []
    for start in range(0, len(data), _PACKED):
        check()
        parts.append(packer.compress(data[start : start + _PACKED]))
    return b"".join((*parts, packer.flush()))


def insert_blob_row(connection: sqlite3.Connection, row: tuple[bytes, str, int, bytes]) -> None:
    """Add a row (hash, codec, size, data) of an original unless it is there already."""
    connection.execute(
        "INSERT INTO blob(hash, codec, size, data) VALUES(?,?,?,?) ON CONFLICT(hash) DO NOTHING",
        row,
    )


def insert_alignment(
    connection: sqlite3.Connection,
    documents: tuple[bytes, bytes],
    recipe: str,
    bead_rows: Sequence[rows.BeadRow],
) -> bytes:
    """Add an alignment of (source, target) unless it is there already; return its id."""
    hash_ = rows.beads_hash(bead_rows)
    id_ = rows.alignment_id(*documents, recipe, hash_)
    cursor = connection.execute(
        "INSERT INTO alignment(align_id, src_doc, tgt_doc, recipe, n_bead, bead_hash)"
        " VALUES(?,?,?,?,?,?) ON CONFLICT(align_id) DO NOTHING",
        (id_, *documents, recipe, len(bead_rows), hash_),
    )
    if cursor.rowcount == 1:
        connection.executemany(
            "INSERT INTO bead(align, ord, s0, s1, t0, t1, score) VALUES(?,?,?,?,?,?,?)",
            ((cursor.lastrowid, *row) for row in bead_rows),
        )
    return id_


def insert_new_alignment(connection: sqlite3.Connection, new: rows.NewAlignment) -> None:
    """Add an alignment that was made since the import, unless it is there already.

    In a file that has lost one of the documents it stays away: it would be about nothing.
    """
    known = "SELECT 1 FROM alignment WHERE align_id=?"
    documents = new.source_doc, new.target_doc
    if connection.execute(known, (new.align_id,)).fetchone() is not None:
        return
    if queries.holds_documents(connection, *documents):
        beads = [rows.bead_row(number, bead) for number, bead in enumerate(new.beads)]
        insert_alignment(connection, documents, new.recipe, beads)
