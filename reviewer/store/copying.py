"""Copies of a project file: to a place of the person's choice, and as a backup."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reviewer import paths
from reviewer.errors import ProjectFileError
from reviewer.store import hardened, inserts, queries
from reviewer.store.hardened import transaction
from reviewer.store.placing import new_file, settle_in_place, unfinished
from reviewer.store.soundness import check_contents
from reviewer.store.telling import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from reviewer.model import Event
    from reviewer.store.project import Project
    from reviewer.store.rows import NewAlignment

    Step = Callable[[int, int], None]

REPLACED = "replaced"
"""Folder among the backups for projects that a copy took the place of."""
_KEPT = 10
_PAGES = 1_000
"""Pages between two looks whether the person waits no more."""


def _no_step(_done: int, _total: int) -> None:
    """Tell nobody."""


def _as_progress(step: Step) -> Callable[[int, int, int], None]:
    return lambda _status, left, total: step(total - left, total)


def save_copy(
    path: Path, out: Path, *, replace: bool = False, verified: bool = False, whole: bool = False
) -> None:
    """Copy a project to `out`, whole or not at all; raises ProjectFileError.

    The file may be open and written to meanwhile. Of one whose indexes were `verified` a moment
    ago, only the pages of the copy are looked at; with `whole`, the hash of every row is.
    """
    _refuse_itself(path, out)
    with (
        _part_of(out, replace=replace) as part,
        told(path),
        closing(hardened.open_hardened(path)) as connection,
    ):
        _copy_pages(connection, part)
        with told(out), closing(hardened.open_hardened(part)) as copy:
            hardened.check_integrity(part, copy, thorough=not verified)
            if whole:
                check_contents(path, copy)


def save_open(
    project: Project,
    out: Path,
    events: Iterable[Event],
    alignments: Iterable[NewAlignment] = (),
    *,
    replace: bool = False,
    step: Step = _no_step,
) -> None:
    """Copy an open project with all that was decided in it; raises ProjectFileError.

    The file may lack the latest decisions because it cannot be written, and may be gone:
    `events` and `alignments` are what is known of it. `step` is told how much of it was copied,
    and may raise Cancelled: then nothing is written.
    """
    _refuse_itself(project.path, out)
    with _part_of(out, replace=replace) as part, told(project.path):
        with project.latest() as connection:
            _copy_pages(connection, part, step)
        with told(out), closing(hardened.open_hardened(part, write=True)) as copy:
            hardened.check_integrity(part, copy, thorough=True)
            with transaction(copy):
                for alignment in alignments:
                    inserts.insert_new_alignment(copy, alignment)
                inserts.insert_events(copy, events)


def save_review(path: Path, out: Path, *, replace: bool = False) -> None:
    """Write a project file with the decisions of `path` and none of its texts.

    It is for sending: who has the documents can merge it. Raises ProjectFileError.
    """
    _refuse_itself(path, out)
    with told(path), closing(hardened.open_hardened(path)) as connection:
        meta, events = queries.read_meta(connection), queries.read_events(connection)
    _write_review(out, meta, events, replace=replace)


def save_open_review(
    project: Project, out: Path, events: Iterable[Event], *, replace: bool = False
) -> None:
    """Do for an open project what `save_review` does; `events` are as in `save_open`."""
    _refuse_itself(project.path, out)
    with told(project.path), project.latest() as connection:
        meta, held = queries.read_meta(connection), queries.read_events(connection)
    _write_review(out, meta, [*held, *events], replace=replace)


def _write_review(
    out: Path, meta: Mapping[str, str], events: Iterable[Event], *, replace: bool
) -> None:
    with new_file(out, replace=replace) as copy, transaction(copy):
        inserts.insert_meta(copy, meta)
        inserts.insert_events(copy, events)


@contextmanager
def _part_of(out: Path, *, replace: bool) -> Iterator[Path]:
    """Give a name for a file in the making, which becomes `out` when the block ends well."""
    part = unfinished(out, replace=replace)
    try:
        yield part
        with told(out):
            settle_in_place(part, out, replace=replace)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _refuse_itself(path: Path, out: Path) -> None:
    if out.exists() and path.exists() and out.samefile(path):
        message = f"“{out.name}” is the project itself; a copy needs another name."
        raise ProjectFileError(message)


def back_up(path: Path, name: str, folder: Path | None = None, *, verified: bool = False) -> Path:
    """Copy a project to the data folder before it is changed as a whole; return the copy.

    `name` is the project's id; its newest ten copies are kept. `folder` stands in for the data
    folder's "backups".
    A file that is no sound project is copied byte by byte; `verified` as in `save_copy`.
    Raises ProjectFileError.
    """
    place = (folder or paths.data_folder() / "backups") / name
    with told(place):
        place.mkdir(parents=True, exist_ok=True)
        copy = place / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}.bitext"
        try:
            save_copy(path, copy, verified=verified)
        except ProjectFileError:
            shutil.copyfile(path, copy)
            with copy.open("rb+") as file:
                os.fsync(file.fileno())
        for old in sorted(place.glob("*.bitext"))[:-_KEPT]:
            old.unlink()
    return copy


def _copy_pages(connection: sqlite3.Connection, out: Path, step: Step | None = None) -> None:
    """Copy a database through SQLite, which begins anew when somebody writes meanwhile.

    Page by page it takes a sixth of the time of VACUUM INTO; nothing is ever deleted from a
    project, so that there is nothing to leave out.
    """
    with closing(hardened.connect(out, "rwc")) as copy:
        # Nobody knows the file yet: speed now, one sync at the end.
        copy.execute("PRAGMA journal_mode=OFF")
        copy.execute("PRAGMA synchronous=OFF")
        try:
            if step is None:
                connection.backup(copy)
            else:
                connection.backup(copy, pages=_PAGES, progress=_as_progress(step))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_FULL:  # of the copy's disk, not ours
                message = f"“{out.parent}” has no room for a copy: the disk is full."
                raise ProjectFileError(message) from None
            raise
