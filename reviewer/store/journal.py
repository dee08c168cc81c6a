"""A rollback journal beside a project file: in use, left by a crash, or put there by somebody.

SQLite applies a left-over journal when the file is opened for writing. A forged one could rewrite
any page, and one that names a super-journal makes SQLite remove a file of its choice. So it is
first applied to a copy; the original follows only when the copy is sound and one of ours.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from reviewer.errors import ProjectFileError
from reviewer.store import hardened, outbox, queries
from reviewer.store.soundness import check_contents

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_WAIT_SECONDS = 0.1
_NEED_ROLLBACK = frozenset(
    {
        sqlite3.SQLITE_READONLY_ROLLBACK,
        sqlite3.SQLITE_READONLY_CANTLOCK,
        sqlite3.SQLITE_CANTOPEN,
    }
)


def settle(path: Path, *, foreign: bool, outbox_folder: Path | None) -> None:
    """Make sure that reading a file needs no journal that is not ours.

    Raises ProjectFileError where a journal lies beside a file that this computer does not know.
    """
    if _beside(path, "-wal").exists():
        raise _refused(path, "-wal")
    journal = _beside(path, "-journal")
    if not journal.exists() or not _is_left_over(path):
        return
    with tempfile.TemporaryDirectory(prefix="bitext-") as folder:
        project_id = _applied_to_copy(path, journal, Path(folder))
    if foreign and not outbox.knows(project_id, outbox_folder):
        raise _refused(path, "-journal")
    _apply(path)


def refuse_left_over(path: Path) -> None:
    """Raise ProjectFileError where a new file of this name would meet an old journal."""
    for suffix in ("-journal", "-wal"):
        if _beside(path, suffix).exists():
            raise _refused(path, suffix)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _refused(path: Path, suffix: str) -> ProjectFileError:
    return ProjectFileError(
        f"Beside “{path.name}” lies “{path.name}{suffix}”, left by an interrupted program: "
        f"open it on the computer where it was last used, or copy “{path.name}” alone."
    )


def _is_left_over(path: Path) -> bool:
    """Return whether the file cannot be read without applying its journal.

    SQLite says so when no program holds the lock of a writer. Asked twice: where locks are slow,
    a commit may just be ending.
    """
    if not _needs_rollback(path):
        return False
    time.sleep(_WAIT_SECONDS)
    return _needs_rollback(path)


def _needs_rollback(path: Path) -> bool:
    try:
        hardened.refuse_unsettled(path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in _NEED_ROLLBACK:
            return True
        raise
    return False


def _applied_to_copy(path: Path, journal: Path, folder: Path) -> str:
    """Return the id of the project that applying the journal gives; raises ProjectFileError."""
    with journal.open("rb") as file:
        file.seek(max(0, journal.stat().st_size - len(_MAGIC)))
        if file.read() == _MAGIC and journal.stat().st_size > len(_MAGIC):
            raise _refused(path, "-journal")
    copy = folder / path.name
    shutil.copyfile(path, copy)
    shutil.copyfile(journal, _beside(copy, "-journal"))
    _apply(copy)
    with closing(hardened.open_hardened(copy)) as connection:
        hardened.check_integrity(path, connection, thorough=True)
        check_contents(path, connection)
        return queries.read_meta(connection)["project_id"]


def _apply(path: Path) -> None:
    with closing(hardened.connect(path, "rw")) as connection:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
