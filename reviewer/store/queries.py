"""Every question to a project file; an answer that is no iterator leaves no lock behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.model import Event
from reviewer.store import rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Sequence


_FEW_SUBJECTS = 2000
"""Subjects up to which each is looked for through the index."""
_BEADS = "SELECT ord, s0, s1, t0, t1, score FROM bead WHERE align=? ORDER BY ord"


def read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the facts fixed at creation."""
    return dict(connection.execute("SELECT key, value FROM meta LIMIT 64").fetchall())


def read_events(
    connection: sqlite3.Connection, where: str = "", values: Sequence[object] = ()
) -> list[Event]:
    """Return events in the order of (session, seq, hash)."""
    return [Event(*row) for row in event_rows(connection, where, values)]


def event_rows(
    connection: sqlite3.Connection, where: str = "", values: Sequence[object] = ()
) -> Iterator[rows.EventRow]:
    """Yield event rows in the order of (session, seq, hash), holding a lock for reading."""
    order = "ORDER BY session, seq, hash"
    query = f"SELECT {rows.EVENT_COLUMNS} FROM event {where} {order}"  # noqa: S608 - our own text
    return iter(connection.execute(query, values))


def events_about(
    connection: sqlite3.Connection, subjects: Collection[bytes], kinds: Collection[str]
) -> Iterator[Event]:
    """Yield the events of some kinds that are about some of these subjects."""
    of_kinds = f"kind IN ({','.join('?' * len(kinds))})"
    if len(subjects) <= _FEW_SUBJECTS:
        for subject in sorted(subjects):
            yield from read_events(
                connection, f"WHERE subject=? AND {of_kinds}", (subject, *kinds)
            )
    else:
        for row in event_rows(connection, f"WHERE {of_kinds}", tuple(kinds)):
            if row[8] in subjects:
                yield Event(*row)


def events_apart_from(connection: sqlite3.Connection, kinds: Collection[str]) -> list[Event]:
    """Return the events of all other kinds."""
    where = f"WHERE kind NOT IN ({','.join('?' * len(kinds))})"
    return read_events(connection, where, tuple(kinds))


def subjects_of(connection: sqlite3.Connection, hashes: Collection[bytes]) -> set[bytes]:
    """Return what the events with these hashes are about."""
    rows_ = connection.execute("SELECT hash, subject FROM event") if hashes else ()
    return {subject for hash_, subject in rows_ if subject is not None and hash_ in hashes}


def read_documents(connection: sqlite3.Connection) -> dict[int, rows.StoredDocument]:
    """Return the documents by local number; raises ValueError for a broken recipe."""
    query = "SELECT doc, doc_id, role, lang, format, name, recipe, n_seg, blob FROM document"
    found = {}
    for doc, doc_id, role, language, format_, name, recipe, count, blob in connection.execute(
        query + " ORDER BY doc"
    ):
        found[doc] = rows.StoredDocument(
            doc_id, role, language, format_, name, rows.to_recipe(recipe), count, blob
        )
    return found


def read_document_ids(connection: sqlite3.Connection) -> set[bytes]:
    """Return the ids of the documents."""
    return {doc_id for (doc_id,) in connection.execute("SELECT doc_id FROM document")}


def read_alignments(connection: sqlite3.Connection) -> dict[int, rows.StoredAlignment]:
    """Return the alignments by local number."""
    query = "SELECT align, align_id, src_doc, tgt_doc, n_bead FROM alignment ORDER BY align"
    return {number: rows.StoredAlignment(*rest) for number, *rest in connection.execute(query)}


def holds_documents(connection: sqlite3.Connection, *doc_ids: bytes) -> bool:
    """Return whether a file holds all these documents."""
    query = "SELECT 1 FROM document WHERE doc_id=?"
    return all(connection.execute(query, (id_,)).fetchone() is not None for id_ in doc_ids)


def segment_batches(
    connection: sqlite3.Connection, doc: int, first: int = 0, count: int = -1
) -> Iterator[list[rows.SegmentRow]]:
    """Yield `count` segment rows of a document from `first`, all the rest with -1, in batches."""
    cursor = segment_rows(connection, doc, first, count)
    while batch := cursor.fetchmany(rows.BLOCK):
        yield batch


def segment_rows(
    connection: sqlite3.Connection, doc: int, first: int, count: int
) -> sqlite3.Cursor:
    """Return the segment rows of a document one by one, as `segment_batches`."""
    return connection.execute(
        "SELECT ord, para, text, codes, loc, state FROM segment"
        " WHERE doc=? AND ord>=? ORDER BY ord LIMIT ?",
        (doc, first, count),
    )


def iterate_beads(connection: sqlite3.Connection, align: int) -> Iterator[rows.BeadRow]:
    """Yield the bead rows of an alignment."""
    return iter(connection.execute(_BEADS, (align,)))


def bead_batches(connection: sqlite3.Connection, align: int) -> Iterator[list[rows.BeadRow]]:
    """Yield the bead rows of an alignment in batches."""
    cursor = connection.execute(_BEADS, (align,))
    while batch := cursor.fetchmany(rows.BLOCK):
        yield batch


def bead_rows(
    connection: sqlite3.Connection, align: int, first: int, count: int
) -> sqlite3.Cursor:
    """Return `count` bead rows of an alignment from `first` one by one."""
    query = _BEADS.replace(" ORDER", " AND ord>=? ORDER") + " LIMIT ?"
    return connection.execute(query, (align, first, count))


def read_event_hashes(connection: sqlite3.Connection) -> set[bytes]:
    """Return the hashes of all events."""
    return {hash_ for (hash_,) in connection.execute("SELECT hash FROM event")}


def count_events(connection: sqlite3.Connection) -> int:
    """Return how many events there are."""
    (count,) = connection.execute("SELECT count(*) FROM event").fetchone()
    return int(count)


def read_new_alignment(connection: sqlite3.Connection, align: int) -> rows.NewAlignment:
    """Return an alignment with its beads, as it can be stored elsewhere."""
    query = "SELECT src_doc, tgt_doc, recipe FROM alignment WHERE align=?"
    source, target, recipe = connection.execute(query, (align,)).fetchone()
    beads = [rows.to_bead(row) for row in iterate_beads(connection, align)]
    return rows.new_alignment(source, target, beads, rows.to_recipe(recipe))


def read_blob(connection: sqlite3.Connection, hash_: bytes) -> bytes | None:
    """Return an original, None where it is not there; raises ValueError where it is not true."""
    row = connection.execute(
        "SELECT codec, size, data FROM blob WHERE hash=?", (hash_,)
    ).fetchone()
    return None if row is None else rows.unpacked((hash_, *row))
