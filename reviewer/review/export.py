"""The corrected text in the original's format: the edited spans changed, nothing else."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from reviewer.errors import ExportError
from reviewer.formats.base import Insertion, Replacement
from reviewer.formats.layout import joint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from reviewer.model import Bead, Segment
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
    """Return the translations that were missing, in document order.

    What was missing of one paragraph in one place is written as one text.
    """
    translated = {
        ord_
        for bead in columns.beads
        if bead.target_start < bead.target_end
        for ord_ in range(bead.source_start, bead.source_end)
    }
    return [
        _placed(list(group), columns.delivered.source, translated)
        for _place, group in groupby(missing(columns), key=lambda each: each.place)
    ]


@dataclass(frozen=True, slots=True)
class Missing:
    """A translation that a person added.

    Attributes:
        source: the segment it translates.
        bead: the one that segment is in.
        before, after: the delivered target segments around it; None at the ends.
    """

    text: str
    source: Segment
    bead: Bead
    before: Segment | None
    after: Segment | None

    @property
    def place(self) -> tuple[int, int, int]:
        """The source unit and where in the target, alike for what is written as one text."""
        before, after = self.before, self.after
        return self.source.unit, before.ord if before else -1, after.ord if after else -1


def missing(columns: Columns) -> Iterator[Missing]:
    """Yield every translation that a person added, in document order."""
    source, target = columns.delivered.source, columns.delivered.target
    for number, bead in enumerate(columns.beads):
        held = columns.pair(number).target
        before = target[bead.target_start - 1] if bead.target_start else None
        for at, segment in enumerate(held):
            if segment.ord >= 0:
                before = target[segment.ord]
                continue
            following = next((other.ord for other in held[at:] if other.ord >= 0), bead.target_end)
            after = target[following] if following < len(target) else None
            yield Missing(segment.text, source[segment.unit], bead, before, after)


def _placed(
    group: Sequence[Missing], source: Sequence[Segment], translated: AbstractSet[int]
) -> Insertion:
    """Return where translations of one source unit go: beside those of its other sentences."""
    before, after = group[0].before, group[0].after
    text = group[0].text
    for each in group[1:]:
        text += joint(text, each.text) + each.text
    inside = before is not None and after is not None and before.unit == after.unit
    if before and (inside or _continues(group[0], source, translated)):
        return Insertion(before.unit, before.end, text, paragraph=False)
    if after and _is_continued(group[-1], source, translated):
        return Insertion(after.unit, after.start, text, paragraph=False, before=True)
    unit, end = (before.unit, before.end) if before else (-1, 0)
    return Insertion(unit, end, text, paragraph=True)


def _continues(added: Missing, source: Sequence[Segment], translated: AbstractSet[int]) -> bool:
    """Return whether the target segment before translates a part of the same source unit."""
    if added.before is not None and added.before.ord >= added.bead.target_start:
        return True
    earlier = range(added.bead.source_start - 1, -1, -1)
    same_unit = takewhile(lambda n: source[n].unit == added.source.unit, earlier)
    return any(ord_ in translated for ord_ in same_unit)


def _is_continued(added: Missing, source: Sequence[Segment], translated: AbstractSet[int]) -> bool:
    """Return whether the target segment behind translates a part of the same source unit."""
    if added.after is not None and added.after.ord < added.bead.target_end:
        return True
    later = range(added.bead.source_end, len(source))
    same_unit = takewhile(lambda n: source[n].unit == added.source.unit, later)
    return any(ord_ in translated for ord_ in same_unit)


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
    return Exported(out, len(changed), sum(1 for _ in missing(columns)))


def write_whole(out: Path, data: bytes, *, force: bool) -> None:
    """Write a file in one step, so that a full disk or a crash leaves the old one as it was."""
    if out.exists() and not force:
        message = f"“{out}” exists already and was not touched; choose another name."
        raise ExportError(message)
    with replacing(out) as file:
        file.write(data)


@contextmanager
def replacing(out: Path) -> Iterator[BinaryIO]:
    """Give a file that becomes `out` when the block ends well; raises ExportError.

    What is no ordinary file (a device, a pipe) is written to as it is.
    """
    if out.exists() and not out.is_file():
        try:
            with out.open("wb") as device:
                yield device
        except OSError as error:
            raise ExportError(_refusal(out, error)) from None
        return
    out = out.resolve()  # a link stays one
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name[:100]}.", dir=out.parent)
    except OSError as error:
        raise ExportError(_refusal(out, error)) from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _take_mode(out, Path(name))
        Path(name).replace(out)
    except OSError as error:
        raise ExportError(_refusal(out, error)) from None
    finally:
        with suppress(OSError):
            Path(name).unlink()


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
