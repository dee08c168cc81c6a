"""What the system or SQLite says of a file, as one sentence that names it."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reviewer.errors import DamagedProjectError, ProjectFileError, system_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_REASONS = {
    sqlite3.SQLITE_BUSY: "another program is writing to it",
    sqlite3.SQLITE_LOCKED: "another program is writing to it",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it may not be written",
    sqlite3.SQLITE_PERM: "it may not be written",
    sqlite3.SQLITE_IOERR: "the disk or the network reports an error",
    sqlite3.SQLITE_CANTOPEN: "it or its folder cannot be opened",
    sqlite3.SQLITE_INTERRUPT: "checking it takes too long",
    sqlite3.SQLITE_NOMEM: "there is not enough memory",
    sqlite3.SQLITE_TOOBIG: "it holds something too large",
}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the system or SQLite says of a file into one sentence that names it."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explained(path, error) from None
    except UnicodeError:
        raise damaged(path, "a text in it is no text") from None
    except MemoryError:
        message = f"“{path.name}” cannot be opened: there is not enough memory."
        raise ProjectFileError(message) from None
    except OSError as error:
        reason = system_reason(error)
        message = f"“{path}” cannot be used: {reason}."
        raise ProjectFileError(message) from None


def damaged(path: Path, reason: str) -> DamagedProjectError:
    """Return the error for a file of ours that is not whole."""
    return DamagedProjectError(f"“{path.name}” is damaged: {reason}.")


def _explained(path: Path, error: sqlite3.Error) -> ProjectFileError:
    # Errors of the Python module itself carry no code: text that is not UTF-8, values too large.
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_READONLY_ROLLBACK:
        return ProjectFileError(f"Beside “{path.name}” lies what an interrupted program left.")
    primary = sqlite3.SQLITE_CORRUPT if code is None else code & 0xFF
    if primary in _DAMAGE or primary not in _REASONS:
        return damaged(path, "its pages do not hold together")
    return ProjectFileError(f"“{path.name}” cannot be used: {_REASONS[primary]}.")


@contextmanager
def sensible(path: Path) -> Iterator[None]:
    """As `told`, and tell of values that make no sense as damage.

    Only a file that was not checked, or was written over past SQLite, holds such.
    """
    with told(path):
        try:
            yield
        except (ValueError, TypeError, AttributeError):
            raise damaged(path, "it holds values that the program never writes") from None
