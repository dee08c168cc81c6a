"""The tables of a project file, and the limits of what one may hold."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import cache

APPLICATION_ID = 0x42545854
"""'BTXT' in the header of the file."""
MAJOR, MINOR = 1, 1
"""A minor version adds kinds of events or keys of bodies; a major one changes tables."""
USER_VERSION = MAJOR * 1000 + MINOR
PAGE_SIZE = 4096
MAX_FILE = 4 << 30
MAX_SEGMENTS = 2_000_000
MAX_BLOB = 256 << 20
"""Bytes of an original file, unpacked."""
MAX_VALUE = 64 << 20
"""Bytes of one value or row as stored."""

_PRAGMAS = f"""
PRAGMA page_size = {PAGE_SIZE};
PRAGMA encoding = 'UTF-8';
PRAGMA auto_vacuum = 0;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {USER_VERSION};
"""

# meta      facts fixed at creation
# blob      original files by the BLAKE2b-256 of their unpacked bytes
# document  `doc` is a local number that never leaves the file; `name` is a label, never a path
# segment   `para` is the unit's index, `loc` its range there, `codes` the inline codes as JSON
# bead      the automatic alignment as computed
# event     the only table that grows while people work
_TABLES = """
CREATE TABLE meta(
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE blob(
  hash  BLOB NOT NULL PRIMARY KEY CHECK(length(hash)=32),
  codec TEXT NOT NULL CHECK(codec IN ('raw','zlib')),
  size  INTEGER NOT NULL CHECK(size>=0),
  data  BLOB NOT NULL
) STRICT;

CREATE TABLE document(
  doc      INTEGER PRIMARY KEY,
  doc_id   BLOB NOT NULL UNIQUE CHECK(length(doc_id)=32),
  blob     BLOB NOT NULL CHECK(length(blob)=32),
  role     TEXT NOT NULL CHECK(role IN ('source','target','bilingual')),
  lang     TEXT NOT NULL,
  format   TEXT NOT NULL,
  name     TEXT NOT NULL,
  recipe   TEXT NOT NULL,
  n_seg    INTEGER NOT NULL CHECK(n_seg>=0),
  seg_hash BLOB NOT NULL CHECK(length(seg_hash)=32)
) STRICT;

CREATE TABLE segment(
  doc   INTEGER NOT NULL REFERENCES document(doc),
  ord   INTEGER NOT NULL CHECK(ord>=0),
  para  INTEGER NOT NULL,
  text  TEXT NOT NULL,
  codes TEXT NOT NULL DEFAULT '',
  loc   TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT '',
  PRIMARY KEY(doc,ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE alignment(
  align     INTEGER PRIMARY KEY,
  align_id  BLOB NOT NULL UNIQUE CHECK(length(align_id)=32),
  src_doc   BLOB NOT NULL CHECK(length(src_doc)=32),
  tgt_doc   BLOB NOT NULL CHECK(length(tgt_doc)=32),
  recipe    TEXT NOT NULL,
  n_bead    INTEGER NOT NULL,
  bead_hash BLOB NOT NULL CHECK(length(bead_hash)=32)
) STRICT;

CREATE TABLE bead(
  align INTEGER NOT NULL REFERENCES alignment(align),
  ord   INTEGER NOT NULL,
  s0 INTEGER NOT NULL, s1 INTEGER NOT NULL CHECK(s1>=s0),
  t0 INTEGER NOT NULL, t1 INTEGER NOT NULL CHECK(t1>=t0),
  score REAL,
  PRIMARY KEY(align,ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE event(
  session  BLOB NOT NULL CHECK(length(session)=16),
  seq      INTEGER NOT NULL CHECK(seq>0),
  hash     BLOB NOT NULL CHECK(length(hash)=32),
  prev     BLOB NOT NULL CHECK(length(prev) IN (0,32)),
  hlc      INTEGER NOT NULL CHECK(hlc>=0),
  reviewer BLOB NOT NULL CHECK(length(reviewer)=16),
  kind     TEXT NOT NULL,
  gesture  INTEGER NOT NULL CHECK(gesture>0),
  subject  BLOB CHECK(subject IS NULL OR length(subject)=16),
  body     TEXT NOT NULL,
  PRIMARY KEY(session,seq,hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_subject ON event(subject) WHERE subject IS NOT NULL;
"""

RULES = {
    "blob": "length(hash)=32 AND codec IN ('raw','zlib') AND size>=0",
    "document": "length(doc_id)=32 AND length(blob)=32 AND length(seg_hash)=32 AND n_seg>=0"
    " AND role IN ('source','target','bilingual')",
    "segment": "ord>=0",
    "alignment": "length(align_id)=32 AND length(src_doc)=32 AND length(tgt_doc)=32"
    " AND length(bead_hash)=32",
    "bead": "s1>=s0 AND t1>=t0",
    "event": "length(session)=16 AND length(hash)=32 AND length(prev) IN (0,32)"
    " AND length(reviewer)=16 AND (subject IS NULL OR length(subject)=16)"
    " AND seq>0 AND gesture>0 AND hlc>=0",
}
"""The CHECKs once more: a connection that only reads does not parse them (SQLite's build.c,
sqlite3AddCheckConstraint), so that its integrity_check cannot find a row that breaks one."""

Entry = tuple[str, str, str | None]
"""Type, name and normalised text of an entry of the schema."""

_COMMENT = re.compile(r"--[^\n]*")


def create_tables(connection: sqlite3.Connection) -> None:
    """Lay out an empty project file in a new database."""
    connection.executescript(_PRAGMAS + _TABLES)


def normalised(sql: str) -> str:
    """Return the text of a schema entry without comments, white space made single."""
    return " ".join(_COMMENT.sub("", sql).split())


@cache
def expected() -> frozenset[Entry]:
    """Return the only schema that is opened."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        create_tables(connection)
        rows = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    return frozenset((kind, name, normalised(sql) if sql else None) for kind, name, sql in rows)
