"""One file that holds both columns: read at once, aligned by its own units.

Two `Reading`s of one path are a bilingual file; what the person said of each column stands in its
own. Source and target become two documents of one original, which is stored once; their recipes
differ in "side", so their ids do. A unit of the file bounds what may correspond: one sentence on
either side is a bead of confidence 1, several are aligned inside their unit by the engine. An
empty target has no segments, so its translation is an `insert` on the segments of its source, as
for any missing translation; the number of the unit, alike on both sides, says where it is written.
"""

from __future__ import annotations

from hashlib import blake2b
from itertools import groupby
from typing import TYPE_CHECKING, Any

from reviewer.errors import FormatError
from reviewer.formats.base import Onlooker
from reviewer.model import Bead, Document, Pair, Segment
from reviewer.review.checking.pipeline import Column, Watch, detected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer import align
    from reviewer.formats.base import BilingualContent
    from reviewer.formats.keyed import KeyedContent
    from reviewer.model import Unit
    from reviewer.review.checking.pipeline import Reading

RECIPE = {"beads": "of the file"}
"""How the alignment was made, as projects tell it."""
_LEARNED_FROM = 2_000
"""Units of one sentence on both sides that the engine learns from."""
_ALIGNED = 2_000
"""Units of equally many sentences that the engine looks at; more are taken in order."""
_IN_ORDER = 0.9
"""Confidence of sentences that stand in order in a unit of equally many."""

_READER, _SEGMENTED, _WHOLE = 66, 83, 100
"""Per cent of the time of reading after the reader, the first column, both columns."""
BY_KEYS = "Paired by their keys."
"""What is told of two resource files."""

Range = tuple[int, int]


def is_one_file(source: Reading, target: Reading) -> bool:
    """Return whether both columns are those of one file."""
    return source.path == target.path and source.text is None is target.text


def is_by_key(source: Reading, target: Reading) -> bool:
    """Return whether both are resource files of one format, paired by their keys."""
    from reviewer.formats import keyed_format_of

    pasted = source.text is not None or target.text is not None
    if pasted or source.path == target.path:
        return False
    return keyed_format_of(source.path.name, target.path.name) is not None


def is_paired(source: Reading, target: Reading) -> bool:
    """Return whether the files say what corresponds, so that nothing is to be aligned."""
    return is_one_file(source, target) or is_by_key(source, target)


def layout_name(titles: Sequence[str]) -> str:
    """Return 16 hex digits that name tables whose columns are called the same."""
    return blake2b("\0".join(titles).encode("utf-8", "replace"), digest_size=8).hexdigest()


def remembered(columns: tuple[Column, Column], tables: Sequence[str]) -> tuple[int, int] | None:
    """Return the columns that the person chose of such a table before; None where nobody did.

    `tables` are those of the settings, which a person may have edited.
    """
    titles = columns[0].choices
    if not titles:
        return None
    name = layout_name(titles)
    for entry in tables:
        layout, *numbers = entry.split(" ")
        if layout == name and len(numbers) == 2 and all(map(str.isdecimal, numbers)):
            source, target = map(int, numbers)
            return (source, target) if max(source, target) < len(titles) else None
    return None


def read_both(source: Reading, target: Reading, watch: Watch) -> tuple[Column, Column]:
    """Read a bilingual file; raises FormatError, EncodingError, Cancelled."""
    from reviewer.formats import read_bilingual

    options: dict[str, Any] = {  # Any: as in `formats.base.ReadBilingual`
        "encoding": source.encoding,
        "source_language": source.language,
        "target_language": target.language,
    }
    if source.column is not None and target.column is not None:
        options["columns"] = [source.column, target.column]
    options["onlooker"] = _onlooker(watch, source.path.name)
    watch.step("Reading", 0, _WHOLE, source.path.name)
    original, reader, content = read_bilingual(
        source.path, {key: value for key, value in options.items() if value}
    )
    sides = ("source", content.source, source), ("target", content.target, target)
    numbers = content.recipe.get("columns") or (None, None)
    columns: list[Column] = []
    for (side, units, reading), tag in zip(sides, content.languages, strict=True):
        done = (_READER, _SEGMENTED)[len(columns)]
        watch.step("Reading", done, _WHOLE, source.path.name)
        told, sure = _language(reading, tag, units)
        recipe = {**content.recipe, "side": side}
        document = Document(source.path.name, reader.name, told, units, original, recipe)
        notes = content.notes if side == "source" else ()
        sure = sure and (not content.ambiguous or _is_settled(reading, content))
        segments, chosen = _segments(units, told, watch), numbers[len(columns)]
        columns.append(Column(document, segments, sure, notes, content.columns, chosen))
    _refuse_empty(source.path.name, columns[0], content)
    return columns[0], columns[1]


def _onlooker(watch: Watch, name: str) -> Onlooker:
    """Return who tells of the reader's part of the work, and shows the first units as pairs."""

    def tell(done: int, total: int) -> None:
        watch.step("Reading", _READER * done // total, _WHOLE, name)

    def show(source: Sequence[Unit], target: Sequence[Unit], tags: tuple[str, str]) -> None:
        units = enumerate(zip(source, target, strict=True))
        pairs = [Pair(n, _whole(n, ours), _whole(n, theirs)) for n, (ours, theirs) in units]
        watch.show(pairs, tags)

    return Onlooker(tell, show)


def _whole(number: int, unit: Unit) -> tuple[Segment, ...]:
    """Return a unit as one segment; none for one without text."""
    if not unit.text.strip():
        return ()
    return (Segment(number, number, 0, len(unit.text), unit.text, unit.codes, unit.state),)


def read_by_key(source: Reading, target: Reading, watch: Watch) -> tuple[Column, Column]:
    """Read two resource files by their keys; raises FormatError, EncodingError, Cancelled."""
    from reviewer.formats import read_keyed

    watch.step("Reading", 0, 2, source.path.name)
    options = _options(source), _options(target)
    format_, files, content = read_keyed((source.path, target.path), options)
    return keyed_columns((source, target), format_.name, files, content, watch)


def _options(reading: Reading) -> dict[str, Any]:  # Any: as in `formats.base.Read`
    return {"encoding": reading.encoding} if reading.encoding else {}


def _paired_by_keys(readings: tuple[Reading, Reading], content: KeyedContent) -> str:
    """Return a sentence that says how two files were paired, and what either lacks."""
    lacks = [0, 0]
    for units in zip(content.source, content.target, strict=True):
        for side, other in ((0, 1), (1, 0)):
            lacks[side] += not units[side].text.strip() and bool(units[other].text.strip())
    told = [
        f"“{reading.path.name}” lacks {count}"
        for reading, count in zip(readings, lacks, strict=True)
        if count
    ]
    return f"{BY_KEYS.removesuffix('.')}; {', '.join(told)}." if told else BY_KEYS


def keyed_columns(
    readings: tuple[Reading, Reading],
    format_: str,
    files: tuple[bytes, bytes],
    content: KeyedContent,
    watch: Watch,
) -> tuple[Column, Column]:
    """Return the columns of two resource files; their readings name the languages, if any."""
    from reviewer.review.checking.naming import language_in_name

    columns: list[Column] = []
    sides = zip(readings, (content.source, content.target), content.languages, strict=True)
    for reading, units, tag in sides:
        watch.step("Reading", len(columns), 2, reading.path.name)
        told, sure = _language(reading, tag or language_in_name(reading.path), units)
        number = len(columns)
        recipe = content.recipes[number]
        document = Document(reading.path.name, format_, told, units, files[number], recipe)
        notes = (_paired_by_keys(readings, content), *content.notes) if not number else ()
        columns.append(Column(document, _segments(units, told, watch), sure, notes))
    if not any(column.segments for column in columns):
        message = f"“{readings[0].path.name}” holds no text to translate."
        raise FormatError(message)
    return columns[0], columns[1]


def _is_settled(reading: Reading, content: BilingualContent) -> bool:
    """Return whether the person said which column or language of a file is meant."""
    return (reading.column if content.columns else reading.language) is not None


def _language(reading: Reading, tag: str, units: Sequence[Unit]) -> tuple[str, bool]:
    """Return the language of a column: as the person said, as the file says, or as it looks."""
    from reviewer.text.languages import is_language_tag

    if reading.language is not None:
        return reading.language, True
    tag = tag.replace("_", "-")
    if is_language_tag(tag):
        return tag, True
    return detected(unit.text for unit in units if unit.text)


def _segments(units: Sequence[Unit], tag: str, watch: Watch) -> tuple[Segment, ...]:
    from reviewer.segment import segment_units

    return tuple(segment_units(units, tag, cancelled=watch.cancelled))


def _refuse_empty(name: str, source: Column, content: BilingualContent) -> None:
    if source.segments:
        return
    told = "no text to translate" if content.source else "no units"
    message = f"“{name}” holds {told}."
    raise FormatError(message)


def unit_beads(source: Column, target: Column, watch: Watch) -> tuple[Bead, ...]:
    """Return the beads of a bilingual file, in order; raises Cancelled."""
    units = list(_units(source.segments, target.segments))
    aligned = _aligned(units, source, target, watch)
    beads: list[Bead] = []
    for number, (ours, theirs) in enumerate(units):
        found = aligned.get(number)
        beads += found if found is not None else _plain_beads(ours, theirs)
    return tuple(beads)


def _units(source: Sequence[Segment], target: Sequence[Segment]) -> Iterator[tuple[Range, Range]]:
    """Yield the ranges of the segments of each unit on both sides; one of them may be empty."""
    ours, theirs = _ranges(source), _ranges(target)
    ends = 0, 0
    for unit in sorted(ours.keys() | theirs.keys()):
        held = ours.get(unit, (ends[0],) * 2), theirs.get(unit, (ends[1],) * 2)
        yield held
        ends = held[0][1], held[1][1]


def _ranges(segments: Sequence[Segment]) -> dict[int, Range]:
    """Return the range of the segments of each unit that has some."""
    found = {}
    for unit, group in groupby(segments, key=lambda segment: segment.unit):
        ords = [segment.ord for segment in group]
        found[unit] = ords[0], ords[-1] + 1
    return found


def _plain_beads(ours: Range, theirs: Range) -> list[Bead]:
    """Return the beads of a unit in order; what the other side lacks stands alone."""
    (s0, s1), (t0, t1) = ours, theirs
    if s0 == s1:
        return [Bead(s0, s0, t, t + 1) for t in range(t0, t1)]
    if t0 == t1:
        return [Bead(s, s + 1, t0, t0) for s in range(s0, s1)]
    if s1 - s0 == t1 - t0:
        sure = 1.0 if s1 - s0 == 1 else _IN_ORDER
        return [Bead(s0 + n, s0 + n + 1, t0 + n, t0 + n + 1, sure) for n in range(s1 - s0)]
    return [Bead(s0, s1, t0, t1)]


def _aligned(
    units: Sequence[tuple[Range, Range]], source: Column, target: Column, watch: Watch
) -> dict[int, list[Bead]]:
    """Return the beads of the units that hold several sentences, by the number of the unit."""
    from reviewer import align

    sizes = [(ours[1] - ours[0], theirs[1] - theirs[0]) for ours, theirs in units]
    several = [n for n, size in enumerate(sizes) if min(size) and max(size) > 1]
    even = [n for n in several if sizes[n][0] == sizes[n][1]]
    if len(even) > _ALIGNED:
        several = [n for n in several if sizes[n][0] != sizes[n][1]]
    # One sentence has only one way to go with several.
    several = [n for n in several if min(sizes[n]) > 1]
    if not several:
        return {}
    single = [n for n, size in enumerate(sizes) if size == (1, 1)][:_LEARNED_FROM]
    known = [units[n] for n in single]
    documents = [
        (_column(source, [ours for ours, _ in known]), _column(target, [t for _, t in known])),
        *((_column(source, [units[n][0]]), _column(target, [units[n][1]])) for n in several),
    ]
    anchors = [[Bead(n, n + 1, n, n + 1) for n in range(len(single))], *([] for _ in several)]
    found = align.align_project(
        documents,
        source.document.language,
        target.document.language,
        anchors=anchors,
        progress=lambda done, total: watch.tell("Aligning", done, total),
        cancelled=watch.cancelled,
    )
    return {
        number: [_shifted(bead, *units[number]) for bead in alignment.beads]
        for number, alignment in zip(several, found[1:], strict=True)
    }


def _column(column: Column, ranges: Sequence[Range]) -> align.Column:
    from reviewer import align

    return align.Column([column.segments[n].text for a, b in ranges for n in range(a, b)])


def _shifted(bead: Bead, ours: Range, theirs: Range) -> Bead:
    return Bead(
        bead.source_start + ours[0],
        bead.source_end + ours[0],
        bead.target_start + theirs[0],
        bead.target_end + theirs[0],
        bead.confidence,
    )
