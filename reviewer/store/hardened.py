"""Opening a file that may be damaged or hostile: no row is used before it has been checked.

The order is that of `project-file.md`: header, restricted connection, schema, integrity; the
hashes of the rows follow in `soundness`.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import struct
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import NewerProjectError, ProjectFileError
from reviewer.store import carving, schema
from reviewer.store.telling import damaged, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_POSIX_LOCKS = threading.RLock()
"""Held while a file is written, and while one is opened past SQLite: closing any descriptor of a
file drops every lock that the process has on it (sqlite.org/howtocorrupt.html, 2.2)."""
_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_BUSY_SECONDS = 5.0
_SECONDS_TO_CHECK = 20.0
_BYTES_PER_SECOND = 10 << 20
_STEPS_BETWEEN_LOOKS = 20_000
_LONGEST_TEXT = 4 << 20
_MAX_SCHEMA = 64
_RESTRICTIONS = (
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "temp_store=MEMORY",
    "recursive_triggers=OFF",
    "cache_size=-65536",
)
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, schema.MAX_VALUE),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (sqlite3.SQLITE_LIMIT_COLUMN, 100),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 20),
    (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 5),
    (sqlite3.SQLITE_LIMIT_VDBE_OP, 25_000),
    (sqlite3.SQLITE_LIMIT_FUNCTION_ARG, 12),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)
_SWITCHES = (
    ("SQLITE_DBCONFIG_DEFENSIVE", True),
    ("SQLITE_DBCONFIG_ENABLE_VIEW", False),
    ("SQLITE_DBCONFIG_ENABLE_TRIGGER", False),
)
_INSERTING = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_INSERT,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_PRAGMA,
        sqlite3.SQLITE_FUNCTION,
    }
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells that a file was replaced or written: which file it is, its size, its time."""

    device: int
    inode: int
    size: int
    time_ns: int

    def same_file(self, other: Stamp) -> bool:
        """Return whether both are of one file, whatever was written to it."""
        return (self.device, self.inode) == (other.device, other.inode)


def stamp(path: Path) -> Stamp:
    """Return the stamp of a file; raises OSError."""
    found = path.stat()
    return Stamp(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def check_header(path: Path) -> None:
    """Refuse what is no project file of a known version by its first 100 bytes."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        message = f"“{path.name}” is not a file."
        raise ProjectFileError(message)
    if found.st_size > schema.MAX_FILE:
        message = f"“{path.name}” is larger than a project file can be (4 GB)."
        raise ProjectFileError(message)
    header = read_header(path)
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        if carving.holds_decisions(path):
            raise damaged(path, "its beginning is gone")
        message = f"“{path.name}” is not a project file."
        raise ProjectFileError(message)
    if _number(header, 68, 4) != schema.APPLICATION_ID:
        message = f"“{path.name}” is a database of another program, not a project file."
        raise ProjectFileError(message)
    if _number(header, 60, 4) // 1000 > schema.MAJOR:
        message = f"“{path.name}” was made by a newer version of the program; update to open it."
        raise NewerProjectError(message)
    form = (_number(header, 16, 2), header[18], header[19], _number(header, 56, 4))
    if form != (schema.PAGE_SIZE, 1, 1, 1) or _number(header, 60, 4) < 1000:
        message = f"“{path.name}” does not have the form of a project file; it was altered."
        raise ProjectFileError(message)


def read_header(path: Path) -> bytes:
    """Return the first 100 bytes of a file, fewer of a shorter one; raises OSError."""
    with _POSIX_LOCKS, path.open("rb") as file:
        return file.read(_HEADER)


def _number(header: bytes, start: int, length: int) -> int:
    return int.from_bytes(header[start : start + length], "big")


def open_hardened(
    path: Path, *, write: bool = False, patience: float = _BUSY_SECONDS
) -> sqlite3.Connection:
    """Return a restricted connection to a file whose header and schema are ours.

    With `write` it can insert and nothing else. `patience` is how many seconds it waits for
    another program that writes. A journal that a crash left is not applied: see
    `journal`. Raises ProjectFileError; see `told`.
    """
    with told(path):
        check_header(path)
        if write:
            refuse_unsettled(path)
        connection = connect(path, "rw" if write else "ro", patience)
        try:
            _restrict(connection, write=write)
            with deadline(path, connection):
                _compare_schema(path, connection)
        except BaseException:
            connection.close()
            raise
    return connection


def refuse_unsettled(path: Path) -> None:
    """Raise sqlite3.OperationalError where opening for writing would apply a left-over journal."""
    with closing(connect(path, "ro")) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def connect(path: Path, mode: str, patience: float = _BUSY_SECONDS) -> sqlite3.Connection:
    """Return a connection in autocommit mode; `mode` is "ro", "rw" or "rwc"."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=patience,
    )


def _restrict(connection: sqlite3.Connection, *, write: bool) -> None:
    for restriction in _RESTRICTIONS:
        connection.execute(f"PRAGMA {restriction}")
    for limit, value in _LIMITS:
        connection.setlimit(limit, value)
    setconfig: Callable[[int, bool], None] | None = getattr(connection, "setconfig", None)
    if setconfig is not None:  # since Python 3.12
        for name, on in _SWITCHES:
            setconfig(getattr(sqlite3, name), on)
    if write:
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("PRAGMA fullfsync=ON")  # macOS: also the disk's own cache
        connection.execute("PRAGMA locking_mode=NORMAL")
        connection.set_authorizer(_only_inserting)
    else:
        connection.execute("PRAGMA query_only=ON")


def _only_inserting(action: int, *_details: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _INSERTING else sqlite3.SQLITE_DENY


def limit_values(connection: sqlite3.Connection) -> None:
    """Refuse to read a value or row that is much longer than a text of a document."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_TEXT)


@contextmanager
def deadline(
    path: Path,
    connection: sqlite3.Connection,
    seconds: float | None = None,
    given_up: Callable[[], bool] = lambda: False,
) -> Iterator[None]:
    """Interrupt statements that run longer, or that nobody waits for any more.

    `seconds` is None for what any healthy file of this size needs.
    """
    if seconds is None:
        # Not from "PRAGMA database_list": a path need not be UTF-8, what SQLite answers must.
        seconds = _SECONDS_TO_CHECK + path.stat().st_size / _BYTES_PER_SECOND
    end = time.monotonic() + seconds
    connection.set_progress_handler(
        lambda: given_up() or time.monotonic() > end, _STEPS_BETWEEN_LOOKS
    )
    try:
        yield
    finally:
        connection.set_progress_handler(None, _STEPS_BETWEEN_LOOKS)


def _compare_schema(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse every view, trigger, virtual table, extra index and altered table."""
    found: set[schema.Entry] = set()
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema"):
        found.add((kind, name, schema.normalised(sql) if sql else None))
        if len(found) > _MAX_SCHEMA:
            break
    if found != schema.expected():
        message = f"“{path.name}” does not have the tables of a project file; it was altered."
        raise ProjectFileError(message)


def check_integrity(
    path: Path,
    connection: sqlite3.Connection,
    *,
    thorough: bool,
    given_up: Callable[[], bool] = lambda: False,
) -> None:
    """Refuse a file whose pages, indexes or column types do not hold together.

    `quick` reads all pages too but compares no index with its table; it takes a third of the time
    and misses most damage of a single bit (`project-file.md`, A2 d).
    """
    check = "integrity_check(1)" if thorough else "quick_check(1)"
    with told(path), deadline(path, connection, given_up=given_up):
        (said,) = connection.execute(f"PRAGMA {check}").fetchone()
        if said != "ok":
            raise damaged(path, "its pages do not hold together")
        for table, rule in schema.RULES.items():
            odd = f"SELECT 1 FROM {table} WHERE NOT ({rule}) LIMIT 1"  # noqa: S608 - our own text
            if connection.execute(odd).fetchone():
                raise damaged(path, "it holds values that the program never writes")


@contextmanager
def integrity_aside(path: Path, connection: sqlite3.Connection) -> Iterator[None]:
    """Check integrity in a thread of its own while rows are read through a connection.

    SQLite hardly needs the interpreter. What was read is used when this has ended and no sooner:
    before, values may be of any type, and pages that do not hold together may never end. What is
    wrong with these is told before what is wrong with the rows. Raises as `check_integrity`.
    """
    from concurrent.futures import ThreadPoolExecutor

    given_up, opened = threading.Event(), threading.Event()
    with ThreadPoolExecutor(1, "integrity") as pool:
        found = pool.submit(_check_alone, path, opened, given_up.is_set)
        # No row is read before: the header was read past SQLite, see _POSIX_LOCKS.
        opened.wait()
        connection.set_progress_handler(
            lambda: found.done() and found.exception() is not None, _STEPS_BETWEEN_LOOKS
        )
        try:
            yield
        except (ProjectFileError, ValueError, TypeError, AttributeError, struct.error):
            found.result()
            raise
        else:
            found.result()
        finally:
            given_up.set()
            connection.set_progress_handler(None, _STEPS_BETWEEN_LOOKS)


def _check_alone(path: Path, opened: threading.Event, given_up: Callable[[], bool]) -> None:
    try:
        connection = open_hardened(path)
    finally:
        opened.set()
    with closing(connection):
        check_integrity(path, connection, thorough=True, given_up=given_up)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the write lock; commit at the end, roll back on any error."""
    with _POSIX_LOCKS:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder last through a loss of power, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
