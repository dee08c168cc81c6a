"""Files in the making: written whole beside their final name, and renamed when complete."""

from __future__ import annotations

import os
import secrets
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from reviewer.errors import ProjectFileError
from reviewer.store import hardened, journal, schema
from reviewer.store.telling import told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


def is_writable(folder: Path) -> bool:
    """Return whether a file can be made in a folder, by making one and taking it away."""
    probe = folder / f".bitext-{secrets.token_hex(8)}"
    try:
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError:
        return False
    return True


@contextmanager
def new_file(
    path: Path, *, replace: bool = False, named: Path | None = None
) -> Iterator[sqlite3.Connection]:
    """Give a connection to an empty project that becomes `path` when the block ends well.

    Until then it lies beside it under another name; after an error nothing is left of it. Errors
    name `named` where the name of the file means nothing to people.
    """
    part = unfinished(path, replace=replace)
    try:
        with told(named or path):
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
