"""Which project files this computer has found whole, and what tells that they still are as then.

Of such a file the pages are looked at, and its rows are not read again to be verified: the person
would wait for what was found a moment ago. It is for a person's own project, not for what comes
from others, and holds numbers only, no name and no text.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from dataclasses import astuple, dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from reviewer import paths
from reviewer.store import hardened, queries
from reviewer.store.telling import told

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from reviewer.store.hardened import Stamp

_log = logging.getLogger(__name__)
_CHANGES = 24
"""Where the header of SQLite counts the changes: four bytes (sqlite.org/fileformat2.html, 1.3)."""
_MOST = 100
"""Files that are remembered."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells that a file is as it was.

    Attributes:
        changes: how often SQLite says that it was written.
    """

    stamp: Stamp
    changes: int


def mark(path: Path) -> Mark:
    """Return the mark of a project file as it is now; raises ProjectFileError."""
    with told(path):
        hardened.check_header(path)
        changes = int.from_bytes(hardened.read_header(path)[_CHANGES : _CHANGES + 4], "big")
        return Mark(hardened.stamp(path), changes)


def note_whole(path: Path, found: Mark) -> None:
    """Remember that a file was found whole, if it is as it was before it was looked at."""
    if mark(path) != found or found == _noted(path):
        return
    try:
        _folder().mkdir(parents=True, exist_ok=True)
        text = " ".join(map(str, (*astuple(found.stamp), found.changes)))
        _file_of(path).write_text(text, "ascii")
        for old in sorted(_folder().iterdir(), key=os.path.getmtime)[:-_MOST]:
            old.unlink(missing_ok=True)
    except OSError as error:
        _log.info("a whole file is not remembered: %s", type(error).__name__)


def note_counted(path: Path, count: int) -> None:
    """Remember that a file is whole where it holds exactly `count` events.

    For who has verified so many of it, and all else that it holds. Raises ProjectFileError.
    """
    found = mark(path)
    if found == _noted(path):
        return
    with told(path):
        connection = hardened.open_hardened(path)
        try:
            held = queries.count_events(connection)
        finally:
            connection.close()
    if held == count:
        note_whole(path, found)


def note_unchanged(path: Path, stamp: Stamp) -> None:
    """Remember that a file is whole, if it bears the stamp that it had when that was known.

    Raises ProjectFileError.
    """
    found = mark(path)
    if found.stamp == stamp:
        note_whole(path, found)


def is_known(path: Path) -> bool:
    """Return whether a file is as it was when it was whole; raises ProjectFileError."""
    return mark(path) == _noted(path)


def open_known(path: Path, *, write: bool) -> sqlite3.Connection | None:
    """Return a connection to a file that is as it was when it was whole; None where it is not.

    Its pages hold together and its values are of the right kinds. Raises ProjectFileError.
    """
    known = _noted(path)
    if known is None or mark(path) != known:
        return None
    connection = hardened.open_hardened(path, write=write)
    try:
        if mark(path) != known:  # another took its place in between
            connection.close()
            return None
        hardened.check_integrity(path, connection, thorough=False)
    except BaseException:
        connection.close()
        raise
    return connection


def _noted(path: Path) -> Mark | None:
    with suppress(OSError, ValueError):
        *stamp, changes = map(int, _file_of(path).read_text("ascii").split())
        if len(stamp) == len(hardened.Stamp.__slots__):
            return Mark(hardened.Stamp(*stamp), changes)
    return None


def _file_of(path: Path) -> Path:
    return _folder() / blake2b(os.fsencode(path.absolute()), digest_size=16).hexdigest()


def _folder() -> Path:
    return paths.cache_folder() / "whole"
