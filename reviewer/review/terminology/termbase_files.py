"""Termbase files read for the window: in the worker, for a large one takes seconds."""

from __future__ import annotations

import filecmp
import shutil
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from reviewer.errors import FormatError, system_reason
from reviewer.review.terminology import termbase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reviewer.formats.term_tables import Column
    from reviewer.model import Concept

HEAD = 8
"""Rows of a table that are shown to choose columns by."""
_MOST_COLUMNS = 30


@dataclass(frozen=True, slots=True)
class TermbaseRequest:
    """Read a termbase file.

    Attributes:
        languages: source and target, BCP 47 tags.
        most: concepts that are taken.
        beside: the project that is to find the file from now: one from elsewhere is copied into
            the person's folder; None to read it only.
        columns: what the columns of a table hold; None to tell it from its head.
        has_head: whether the first row of such a table is a head.
        only_rows: only the first rows of a table are wanted, to choose columns by.
        used: a check of the project reads the file as well.
    """

    path: Path
    languages: tuple[str, str]
    most: int
    beside: Path | None = None
    columns: tuple[Column, ...] | None = None
    has_head: bool = True
    only_rows: bool = False
    used: bool = False


@dataclass(frozen=True, slots=True)
class TermbaseRead:
    """What a termbase file holds.

    Attributes:
        concepts: empty where it is none, or where only rows were wanted.
        notes: what was left out and why, one sentence each.
        name: under which the project finds it from now; empty where that was not wanted, or
            where it holds no concepts.
        rows: the first ones of a table.
    """

    request: TermbaseRequest
    concepts: tuple[Concept, ...] = ()
    notes: tuple[str, ...] = ()
    name: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def read(request: TermbaseRequest, check: Callable[[], None] = lambda: None) -> TermbaseRead:
    """Read a termbase file; raises FormatError, and what `check` raises."""
    from reviewer.formats.termbases import read_termbase, table_rows

    if request.only_rows:
        rows = islice(table_rows(request.path, check), HEAD)
        return TermbaseRead(request, rows=tuple(tuple(row[:_MOST_COLUMNS]) for row in rows))
    if request.beside is not None:
        return _taken(request, request.beside, check)
    if request.used:
        return _cut(request, *_of_project(request.path, request.languages, check))
    found = read_termbase(
        request.path,
        request.languages,
        columns=request.columns,
        head=request.has_head,
        most=request.most,
        check=check,
    )
    return TermbaseRead(request, found.concepts, found.notes)


def _of_project(
    path: Path, languages: tuple[str, str], check: Callable[[], None]
) -> tuple[tuple[Concept, ...], tuple[str, ...]]:
    """Return concepts and notes of a file that a check reads as well, and only once for both."""
    try:
        return termbase.read_file(path, languages, check)
    except OSError as error:
        reason = system_reason(error)
        message = f"“{path.name}” could not be read: {reason}."
        raise FormatError(message) from None


def _cut(
    request: TermbaseRequest, concepts: tuple[Concept, ...], notes: tuple[str, ...], name: str = ""
) -> TermbaseRead:
    if len(concepts) > request.most:
        told = (
            f"“{request.path.name}” holds more than {request.most} concepts; these are the first."
        )
        notes = (told, *notes)
    return TermbaseRead(request, concepts[: request.most], notes, name)


def _taken(request: TermbaseRequest, project: Path, check: Callable[[], None]) -> TermbaseRead:
    """Read a file that a project is to use, where it is found from now."""
    path, is_copy = _kept(request.path, project)
    try:
        concepts, notes = _of_project(path, request.languages, check)
    except BaseException:
        if is_copy:
            path.unlink()
        raise
    if not concepts and is_copy:
        path.unlink()
    return _cut(request, concepts, notes, path.name if concepts else "")


def _kept(path: Path, project: Path) -> tuple[Path, bool]:
    """Return where a project finds a file, copied where it lies elsewhere, and whether it was."""
    if path.parent == project.parent:
        return path, False
    folder = termbase.folder()
    to, number = folder / path.name, 1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        while to.exists() and not filecmp.cmp(to, path, shallow=False):
            number += 1
            to = folder / f"{path.stem} {number}{path.suffix}"
        if to.exists():
            return to, False
        # The process may be ended in the middle of it.
        part = folder / f".{to.name}.part"
        shutil.copyfile(path, part)
        part.replace(to)
    except OSError as error:
        reason = system_reason(error)
        message = f"“{path.name}” cannot be copied into your folder of termbases: {reason}."
        raise FormatError(message) from None
    return to, True
