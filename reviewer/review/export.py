"""The corrected text in the original's format: the edited spans changed, nothing else."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.errors import ExportError
from reviewer.formats.base import Insertion, Replacement

if TYPE_CHECKING:
    from reviewer.review.columns import Columns
    from reviewer.review.project import PairOfDocuments
    from reviewer.store import Project


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote.

    Attributes:
        edits: corrected segments; `insertions`: translations that were missing.
    """

    path: Path
    edits: int
    insertions: int


def replacements(columns: Columns) -> list[Replacement]:
    """Return the corrected segments in document order."""
    corrected = {}
    for number in range(len(columns)):
        for segment in columns.pair(number).target:
            if segment.ord >= 0:
                corrected[segment.ord] = segment.text
    return [
        Replacement(was.unit, was.start, was.end, was.text, corrected[was.ord], was.codes)
        for was in columns.delivered.target
        if corrected.get(was.ord, was.text) != was.text
    ]


def insertions(columns: Columns) -> list[Insertion]:
    """Return the translations that were missing, in document order."""
    found = []
    source, target = columns.delivered.source, columns.delivered.target
    for number, bead in enumerate(columns.beads):
        added = [segment for segment in columns.pair(number).target if segment.ord < 0]
        if not added:
            continue
        units = {segment.unit for segment in source[bead.source_start : bead.source_end]}
        outside = (*source[: bead.source_start][-1:], *source[bead.source_end :][:1])
        paragraph = not any(segment.unit in units for segment in outside)
        before = target[bead.target_start - 1] if bead.target_start else None
        unit, end = (before.unit, before.end) if before else (-1, 0)
        found.append(Insertion(unit, end, added[0].text, paragraph))
    return found


def export(
    project: Project, pair: PairOfDocuments, columns: Columns, out: Path, *, force: bool = False
) -> Exported:
    """Write the corrected target; raises ExportError, also where a file stands without `force`."""
    from reviewer.formats import READERS, WRITERS

    reader = next((r for r in READERS if r.name == pair.target.format), None)
    writer = next((w for w in WRITERS if w.name == pair.target.format), None)
    if reader is None or writer is None:
        message = f"This version cannot write “{pair.target.format}” files."
        raise ExportError(message)
    original = Path(pair.target.name).suffix.lower()
    if out.suffix.lower() not in {original, *reader.suffixes}:
        known = ", ".join(sorted({original, *reader.suffixes}))
        message = f"“{pair.target.name}” can be given back as {known}, not as “{out.suffix}”."
        raise ExportError(message)
    changed, added = replacements(columns), insertions(columns)
    data = writer.write(project.original(pair.target.doc_id), pair.target.recipe, changed, added)
    write_whole(out, data, force=force)
    return Exported(out, len(changed), len(added))


def write_whole(out: Path, data: bytes, *, force: bool) -> None:
    """Write a file in one step, so that a full disk or a crash leaves the old one as it was."""
    if out.exists() and not force:
        message = f"“{out}” exists already and was not touched; choose another name."
        raise ExportError(message)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    except OSError as error:
        raise ExportError(_refusal(out, error)) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _take_mode(out, Path(name))
        Path(name).replace(out)
    except OSError as error:
        with suppress(OSError):
            Path(name).unlink()
        raise ExportError(_refusal(out, error)) from None


def _take_mode(out: Path, draft: Path) -> None:
    """Give the new file the rights of the one it replaces, else those of any new file."""
    if out.exists():
        draft.chmod(out.stat().st_mode & 0o777)
    elif os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        draft.chmod(0o666 & ~mask)


def _refusal(out: Path, error: OSError) -> str:
    return f"“{out}” could not be written: {error.strerror or error}."
