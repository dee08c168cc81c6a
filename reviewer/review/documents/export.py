"""The corrected text in the original's format: the edited spans changed, nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from reviewer.errors import ExportError
from reviewer.formats.base import Insertion, Replacement
from reviewer.formats.keyed import WITH
from reviewer.formats.layout import joint
from reviewer.formats.whole_file import write_whole
from reviewer.model import Side
from reviewer.review.checking.pipeline import Watch
from reviewer.review.decisions.verdicts import unit_verdicts
from reviewer.review.documents.text_pairs import text_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from reviewer.formats.base import Reader, Writer
    from reviewer.model import IssueType, Segment, Severity, Span, Unit
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.decisions.fold import State
    from reviewer.review.decisions.project import PairOfDocuments
    from reviewer.store import Project


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding, in words, to be written where a format has a place for it.

    Attributes:
        number: of the pair.
        span: None for the whole translation.
    """

    number: int
    span: Span | None
    issue: IssueType
    severity: Severity
    text: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants of an export beside the corrected text.

    Attributes:
        states: a bilingual file says in its own states what is confirmed and what rejected.
        remarks: go into XLIFF 2.1 that is made anew.
        what: is written instead: "table" for the review as a table, "terms" for the project's
            termbase; "" for the corrected text.
    """

    states: bool = False
    remarks: tuple[Remark, ...] = ()
    what: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote.

    Attributes:
        edits: corrected segments; `insertions`: translations that were missing.
        others: paragraphs without a correction that the written file does not hold as they were,
            or that it holds beside them; 0 where only the corrections differ.
        made: the file was made anew in another format than the original's.
        states: units of which the file's own state is another one now.
    """

    path: Path
    edits: int
    insertions: int
    others: int = 0
    made: bool = False
    states: int = 0


def written_on(columns: Columns, state: State) -> list[int]:
    """Return the numbers of the pairs for which somebody gave a text, in order."""
    events = (event for event in state.events() if event.kind in {"edit", "insert"})
    return sorted({n for e in events for n in columns.rows_about(e, state.content(e))})


def replacements(columns: Columns, numbers: Sequence[int]) -> list[Replacement]:
    """Return the corrected segments of pairs, or pieces of them, in document order."""
    changed = [
        Replacement(p.was.unit, p.was.start, p.was.end, p.was.text, p.now.text, p.was.codes)
        for number in numbers
        for p in columns.parts(number)
        if p.side is Side.TARGET and p.now.text != p.was.text
    ]
    return sorted(changed, key=lambda each: (each.unit, each.start))


def insertions(columns: Columns, added: Sequence[Missing]) -> list[Insertion]:
    """Return the translations that were missing, in document order.

    What was missing of one paragraph in one place is written as one text.
    """
    groups = [list(g) for _place, g in groupby(added, key=lambda each: each.place)]
    if columns.delivered.bilingual or not groups:
        return [_in_unit(group) for group in groups]
    translated = {
        piece.ord
        for number in range(len(columns))
        if columns.place(number).holds(Side.TARGET)
        for piece in columns.pieces(Side.SOURCE, number)
    }
    return [_placed(group, columns.delivered.source, translated) for group in groups]


@dataclass(frozen=True, slots=True)
class Missing:
    """A translation that a person added.

    Attributes:
        source: the segment it translates.
        before, after: the delivered target segments around it; None at the ends.
        beside: whether the one before and the one after are of the same pair.
    """

    text: str
    source: Segment
    before: Segment | None
    after: Segment | None
    beside: tuple[bool, bool]

    @property
    def place(self) -> tuple[int, tuple[int, int], tuple[int, int]]:
        """The source unit and where in the target, alike for what is written as one text."""
        return self.source.unit, _start(self.before), _start(self.after)


def _start(segment: Segment | None) -> tuple[int, int]:
    return (segment.ord, segment.start) if segment is not None else (-1, 0)


def missing(columns: Columns, numbers: Sequence[int]) -> Iterator[Missing]:
    """Yield every translation of pairs that a person added, in document order."""
    for number in numbers:
        parts = columns.parts(number)
        if all(part.side is Side.TARGET for part in parts):
            continue
        target = columns.place(number).target
        before, own = columns.part_before(target[0][0]), False
        for at, part in enumerate(parts):
            if part.side is Side.TARGET:
                before, own = part.was, True
                continue
            following = next((p.was for p in parts[at:] if p.side is Side.TARGET), None)
            after = following or columns.part_behind(target[-1][1])
            source = columns.delivered.source[part.piece.ord]
            yield Missing(part.now.text, source, before, after, (own, following is not None))


def _placed(
    group: Sequence[Missing], source: Sequence[Segment], translated: AbstractSet[int]
) -> Insertion:
    """Return where translations of one source unit go: beside those of its other sentences."""
    before, after, text = group[0].before, group[0].after, _joined(group)
    inside = before is not None and after is not None and before.unit == after.unit
    if before and (inside or _continues(group[0], source, translated)):
        return Insertion(before.unit, before.end, text, paragraph=False)
    if after and _is_continued(group[-1], source, translated):
        return Insertion(after.unit, after.start, text, paragraph=False, before=True)
    unit, end = (before.unit, before.end) if before else (-1, 0)
    return Insertion(unit, end, text, paragraph=True)


def _in_unit(group: Sequence[Missing]) -> Insertion:
    """Return where translations go in a bilingual file: into the target of their unit."""
    unit, before, after = group[0].source.unit, group[0].before, group[0].after
    if before and before.unit == unit:
        return Insertion(unit, before.end, _joined(group), paragraph=False)
    if after and after.unit == unit:
        return Insertion(unit, after.start, _joined(group), paragraph=False, before=True)
    return Insertion(unit, 0, _joined(group), paragraph=False)


def _joined(group: Sequence[Missing]) -> str:
    text = group[0].text
    for each in group[1:]:
        text += joint(text, each.text) + each.text
    return text


def _continues(added: Missing, source: Sequence[Segment], translated: AbstractSet[int]) -> bool:
    """Return whether the target segment before translates a part of the same source unit."""
    return added.beside[0] or _has_neighbour(added.source, source, translated, -1)


def _is_continued(added: Missing, source: Sequence[Segment], translated: AbstractSet[int]) -> bool:
    """Return whether the target segment behind translates a part of the same source unit."""
    return added.beside[1] or _has_neighbour(added.source, source, translated, 1)


def _has_neighbour(
    segment: Segment, source: Sequence[Segment], translated: AbstractSet[int], step: int
) -> bool:
    """Return whether a source segment before or behind, of the same unit, has a translation."""
    ords = range(segment.ord + step, len(source) if step > 0 else -1, step)
    same_unit = takewhile(lambda n: source[n].unit == segment.unit, ords)
    return any(ord_ in translated for ord_ in same_unit)


def export(
    project: Project,
    pair: PairOfDocuments,
    columns: Columns,
    state: State,
    out: Path,
    *,
    force: bool = False,
    wishes: Wishes | None = None,
    watch: Watch | None = None,
) -> Exported:
    """Write the corrected target.

    Raises ExportError, also where a file stands without `force`, and Cancelled.
    """
    from reviewer.formats import suffixes_of

    watch, wishes = watch or Watch(), wishes or Wishes()
    reader, writer = _reader_and_writer(pair.target.format)
    if out.suffix.lower() not in suffixes_of(pair.target.name, pair.target.format):
        with_state = columns, state, wishes.remarks
        return _converted(pair, *with_state, out, watch, force=force)
    numbers = written_on(columns, state)
    changed, new = replacements(columns, numbers), list(missing(columns, numbers))
    added = insertions(columns, new)
    delivered, recipe = project.original(pair.target.doc_id), pair.target.recipe
    states = others = 0
    if WITH in recipe:
        source = project.original(pair.source.doc_id)
        data, others = _by_key(pair, (source, delivered), changed, added)
    else:
        data = writer.write(delivered, recipe, changed, added)
        if wishes.states and writer.mark is not None:
            data, states = writer.mark(data, recipe, unit_verdicts(columns, state))
        # In a bilingual file, nothing but the stretches of edited targets is written anew.
        if data != delivered and not writer.suffix and reader is not None:
            before = reader.read(delivered, recipe).units
            others = other_changes(before, reader.read(data, recipe).units, changed, added)
    with watch.writing():
        write_whole(out, data, force=force)
    return Exported(out, len(changed), len(new), others, states=states)


def _reader_and_writer(name: str) -> tuple[Reader | None, Writer]:
    """Return what reads and writes a format; a bilingual one needs no reader here.

    Raises ExportError.
    """
    from reviewer.formats import BILINGUAL_READERS, READERS, TABLE_READERS, WRITERS

    reader = next((each for each in READERS if each.name == name), None)
    is_bilingual = any(each.name == name for each in (*BILINGUAL_READERS, *TABLE_READERS))
    writer = next((each for each in WRITERS if each.name == name), None)
    if writer is None or not (reader or is_bilingual):
        message = f"This version cannot write “{name}” files."
        raise ExportError(message)
    return reader, writer


def _by_key(
    pair: PairOfDocuments,
    files: tuple[bytes, bytes],
    changed: Sequence[Replacement],
    added: Sequence[Insertion],
) -> tuple[bytes, int]:
    """Return the target of two resource files with its corrections, and what else differs."""
    from reviewer.formats import KEYED

    format_ = next(each for each in KEYED if each.name == pair.target.format)
    recipes = pair.source.recipe, pair.target.recipe
    data = format_.write_pair(files, recipes, changed, added)
    if data == files[1]:
        return data, 0
    source = format_.lay_out(files[0], recipes[0])
    before, after = (
        format_.paired(files, (source, format_.lay_out(each, recipes[1]))).target
        for each in (files[1], data)
    )
    return data, other_changes(before, after, changed, added)


def other_changes(
    before: Sequence[Unit],
    after: Sequence[Unit],
    changed: Sequence[Replacement],
    added: Sequence[Insertion],
) -> int:
    """Return how many units differ between a document and its export without a correction.

    A unit counts as the same where its text and the markup of its codes are.
    """
    touched = {r.unit for r in changed} | {max(a.unit, 0) for a in added}
    kept = Counter(_spelt(unit) for number, unit in enumerate(before) if number not in touched)
    found = Counter(_spelt(unit) for unit in after)
    room = len(touched) + sum(insertion.paragraph for insertion in added)
    lost = (kept - found).total()
    return lost + max(0, (found - kept).total() - room - lost)


def _spelt(unit: Unit) -> tuple[str, tuple[str, ...]]:
    return unit.text, tuple(code.data for code in unit.codes)


def _converted(
    pair: PairOfDocuments,
    columns: Columns,
    state: State,
    remarks: Sequence[Remark],
    out: Path,
    watch: Watch,
    *,
    force: bool,
) -> Exported:
    """Write the pairs in another format, told by the suffix; raises ExportError, Cancelled."""
    from reviewer.formats import suffixes_of
    from reviewer.formats.conversion import CONVERSIONS, conversion_of

    conversion = conversion_of(out.suffix)
    if conversion is None:
        own = ", ".join(sorted(suffixes_of(pair.target.name, pair.target.format)))
        anew = ", ".join(each.suffixes[0] for each in CONVERSIONS)
        message = (
            f"“{pair.target.name}” can be given back as {own}, not as “{out.suffix}”; "
            f"its pairs can be written as {anew}."
        )
        raise ExportError(message)
    languages = pair.source_language, pair.target_language
    data = conversion.write(list(text_pairs(columns, state, remarks)), languages, pair.title)
    with watch.writing():
        write_whole(out, data, force=force)
    numbers = written_on(columns, state)
    new = sum(1 for _ in missing(columns, numbers))
    return Exported(out, len(replacements(columns, numbers)), new, made=True)
