"""Word documents that are a table of a text and its translation: a paragraph of a cell is a unit.

The codes of both sides are told by what they are, so that bold of the source can be put into the
target. An edited paragraph changes in its own runs; a translation that was missing is written
into the empty paragraph of its cell. Only the body of the document is looked at.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from reviewer.errors import ExportError, FormatError
from reviewer.formats import encoding
from reviewer.formats.base import BilingualContent, BilingualReader, Writer
from reviewer.formats.cells import WIDEST, find_columns
from reviewer.formats.docx import NAMESPACES, Scan, dialect_of, main_part
from reviewer.formats.runs import Format, Paragraph
from reviewer.formats.weaver import Weaver
from reviewer.formats.weaving import Splice, apply, splices
from reviewer.formats.xml_guard import xml_text
from reviewer.formats.xml_nodes import XmlText
from reviewer.formats.zip_guard import open_archive
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import FIRST_CODE, LAST_CODE, Code, CodeKind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reviewer.formats.base import Insertion, Replacement
    from reviewer.formats.cells import Columns
    from reviewer.formats.encoding import Decoded
    from reviewer.formats.weaver import Dialect
    from reviewer.formats.xml_nodes import Node
    from reviewer.formats.zip_guard import Archive

_VERSION = 1
_ROWS = 200
_MOST_OF_TEXT = 0.8
"""Share of a document's paragraphs that stand in its table, from which it is one."""
_LEFT_OUT = QT_TRANSLATE_NOOP("formats", "What stands outside of the table is left alone.")


@dataclass(slots=True)
class _Cell:
    """The paragraphs of a cell: with their text, or None where they are empty."""

    column: int
    span: int = 1
    paragraphs: list[tuple[Node, Paragraph | None]] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    cells: list[_Cell] = field(default_factory=list)

    def cell(self, column: int) -> _Cell | None:
        """Return the cell at a column of the table's grid."""
        return next((each for each in self.cells if each.column == column), None)


@dataclass(slots=True)
class _Body:
    """The body of a document: its outermost tables, and how much stands beside them."""

    part: str
    decoded: Decoded
    xml: XmlText
    tables: list[list[_Row]] = field(default_factory=list)
    outside: int = 0


def _read_body(archive: Archive) -> _Body:
    part = main_part(archive)
    decoded = xml_text(archive.read(part))
    body = _Body(part, decoded, XmlText(decoded.text, NAMESPACES))
    scan, depth, cell = Scan(body.xml), 0, None
    for node, whole in body.xml.elements(lambda name: name in {"w:p", "w:tcPr"}):
        name = node.name
        if name == "w:tbl":
            depth += 1
            if depth == 1:
                body.tables.append([])
        elif name == "w:tbl/":
            depth -= 1
        elif depth == 1 and name == "w:tr" and not whole:
            body.tables[-1].append(_Row())
        elif depth == 1 and name == "w:tc" and not whole and body.tables[-1]:
            cell = _next_cell(body.tables[-1][-1])
        elif name == "w:tcPr" and depth == 1 and cell is not None:
            cell.span = _span(body.xml, node)
        elif name == "w:p" and whole:
            paragraph = scan.paragraph(node, part)
            if depth and cell is not None:
                cell.paragraphs.append((node, paragraph))
            elif paragraph is not None:
                body.outside += 1
    return body


def _next_cell(row: _Row) -> _Cell:
    last = row.cells[-1] if row.cells else None
    row.cells.append(_Cell(last.column + last.span if last else 0))
    return row.cells[-1]


def _span(xml: XmlText, properties: Node) -> int:
    """Return over how many columns a cell reaches."""
    node = properties.child("w:gridSpan")
    told = xml.attribute(node, "val") if node is not None else None
    return min(int(told), 63) if told and told.isdigit() and len(told) < 4 else 1


def _plain(cell: _Cell | None) -> str:
    paragraphs = cell.paragraphs if cell is not None else ()
    texts = []
    for _, paragraph in paragraphs:
        if paragraph is not None:
            codes = {
                ord(code.character): "\n" if code.shown == "↵" else None
                for code in paragraph.unit.codes
            }
            texts.append(paragraph.unit.text.translate(codes))
    return "\n".join(texts)


def _texts(rows: Sequence[_Row]) -> list[list[str]]:
    width = max((row.cells[-1].column + 1 for row in rows if row.cells), default=0)
    width = min(width, WIDEST)
    cells = ({cell.column: cell for cell in row.cells} for row in rows)
    return [[_plain(at.get(n)) for n in range(width)] for at in cells]


def _table(body: _Body) -> list[_Row]:
    """Return the rows of the table with most rows; raises FormatError where there is none."""
    several = [rows for rows in body.tables if max(len(row.cells) for row in rows or [_Row()]) > 1]
    if not several:
        message = "The document holds no table of a text and its translation."
        raise FormatError(message)
    return max(several, key=len)


def table_texts(data: bytes) -> list[list[str]]:
    """Return the texts of the cells of a document's largest table; raises FormatError."""
    return _texts(_table(_read_body(open_archive(data))))


def is_table(data: bytes) -> bool:
    """Return whether nearly all text of a document stands in one table of several columns."""
    try:
        body = _read_body(open_archive(data))
        rows = _table(body)
    except FormatError:
        return False
    inside = sum(1 for row in rows for cell in row.cells if _plain(cell))
    return len(rows) > 1 and inside >= _MOST_OF_TEXT * (inside + body.outside)


class _Place(NamedTuple):
    """A unit of the table.

    Attributes:
        source: None where the target has more paragraphs.
        target: with the codes of the source; None where nothing is translated.
        empty: the paragraph to be filled where the target has one without text.
        behind: the last paragraph of the target's cell, to be followed by a new one.
    """

    location: str
    source: Paragraph | None
    target: Paragraph | None
    empty: Node | None = None
    behind: Node | None = None


def _places(rows: Sequence[_Row], columns: Columns) -> Iterator[_Place]:
    for number, row in enumerate(rows, 1):
        if number == 1 and columns.header:
            continue
        source, target = row.cell(columns.source), row.cell(columns.target)
        if source is None or target is None or not (_plain(source) or _plain(target)):
            continue
        ours = [paragraph for _, paragraph in source.paragraphs if paragraph is not None]
        theirs = [paragraph for _, paragraph in target.paragraphs if paragraph is not None]
        blank = [node for node, paragraph in target.paragraphs if paragraph is None]
        last = target.paragraphs[-1][0] if target.paragraphs else None
        for one, other in zip_longest(ours, theirs):
            shared = _shared(one, other) if one and other else other
            empty = blank.pop(0) if other is None and blank else None
            yield _Place(str(number), one, shared, empty, last)


def _shared(source: Paragraph, target: Paragraph) -> Paragraph:
    """Return the target with the characters of the source for the same codes, and all of those."""
    known: dict[tuple[CodeKind, str, int], Code] = {}
    counts: Counter[tuple[CodeKind, str]] = Counter()
    for code in source.unit.codes:
        known[code.kind, code.data, counts[code.kind, code.data]] = code
        counts[code.kind, code.data] += 1
    own = set(target.unit.text) | set(source.unit.text)
    free = (chr(c) for c in range(FIRST_CODE, LAST_CODE + 1) if chr(c) not in own)
    counts.clear()
    names: dict[str, str] = {}
    codes: list[Code] = []
    for code in target.unit.codes:
        same = known.get((code.kind, code.data, counts[code.kind, code.data]))
        counts[code.kind, code.data] += 1
        new = same.character if same is not None else next(free, code.character)
        id_ = same.id if same is not None else f"t{code.id}"
        names[code.character] = new
        codes.append(replace(code, character=new, id=id_))
    text = target.unit.text.translate({ord(old): new for old, new in names.items()})
    unit = replace(target.unit, text=text, codes=tuple(codes))
    inlines = {names.get(c, c): inline for c, inline in target.inlines.items()}
    others = {names.get(a, a): names.get(b, b) for a, b in target.others.items()}
    return replace(
        target,
        unit=unit,
        inlines={**source.inlines, **inlines},
        others={**source.others, **others},
    )


def _laid_out(
    data: bytes, options: Mapping[str, Any]
) -> tuple[Archive, _Body, list[_Place], Columns]:
    archive = open_archive(data)
    body = _read_body(archive)
    rows = _table(body)
    columns = find_columns(_texts(rows[:_ROWS]), options)
    return archive, body, list(_places(rows, columns)), columns


def read_docx_table(data: bytes, options: Mapping[str, Any]) -> BilingualContent:
    """Read a table; raises FormatError. Options: "columns" and "header" as of other tables."""
    _, body, places, columns = _laid_out(data, options)
    source, target = [], []
    for place in places:
        empty = Unit("", location=place.location)
        ours = place.source.unit if place.source else empty
        theirs = place.target.unit if place.target else empty
        worded = ours.translatable or theirs.translatable
        source.append(replace(ours, location=place.location, translatable=worded))
        target.append(replace(theirs, location=place.location, translatable=worded))
    recipe = {
        "reader": "docx-table",
        "version": _VERSION,
        "columns": [columns.source, columns.target],
        "header": columns.header,
    }
    notes = (_LEFT_OUT,) if body.outside or len(body.tables) > 1 else ()
    return BilingualContent(
        tuple(source),
        tuple(target),
        columns.languages,
        recipe,
        notes,
        not columns.sure,
        columns.titles,
    )


def write_docx_table(
    original: bytes,
    recipe: Mapping[str, Any],
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> bytes:
    """Return the document with its corrected cells; raises ExportError."""
    if not replacements and not insertions:
        return original
    try:
        archive, body, places, _ = _laid_out(original, recipe)
    except FormatError as error:
        raise ExportError(str(error)) from None
    touched = {r.unit for r in replacements} | {a.unit for a in insertions}
    if touched and not 0 <= min(touched) <= max(touched) < len(places):
        message = "The original is not the one that was reviewed: it has fewer rows."
        raise ExportError(message)
    text, dialect = body.decoded.text, dialect_of(body.xml)
    there = {n: place.target for n, place in enumerate(places) if place.target is not None}
    numbers = {n: at for at, n in enumerate(there)}
    changed = splices(
        text,
        list(there.values()),
        dialect,
        [replace(r, unit=numbers[r.unit]) for r in replacements if r.unit in numbers],
        [
            replace(a, unit=numbers[a.unit], paragraph=False)
            for a in insertions
            if a.unit in numbers
        ],
    )
    new = [
        _filled(body, dialect, places[a.unit], a.text) for a in insertions if a.unit not in there
    ]
    after = apply(text, sorted([*changed, *new]))
    code = body.decoded.encoding
    return archive.with_parts({body.part: encoding.encode(after, code, text.encode(code), text)})


def _filled(body: _Body, dialect: Dialect, place: _Place, new: str) -> Splice:
    """Return a translation as it is written into an empty paragraph, or into a new one."""
    source, text = place.source, body.decoded.text
    assert source is not None
    paragraph = replace(source, base=Format(source.base.look, source.base.raw))
    weaver = Weaver(paragraph, dialect, lambda a, b: text[a:b], [])
    weaver.add(new)
    weaver.close([])
    runs, name = "".join(weaver.parts), body.xml.written("w:p")
    if place.empty is None:
        if place.behind is None:
            message = f"Row {place.location} has no paragraph for a translation."
            raise ExportError(message)
        at = place.behind.end
        return Splice(at, at, 2, f"<{name}>{runs}</{name}>")
    node = place.empty
    if node.inner == node.end:
        tag = text[node.start : node.end].removesuffix("/>").rstrip()
        return Splice(node.start, node.end, 1, f"{tag}>{runs}</{name}>")
    return Splice(node.inner_end, node.inner_end, 1, runs)


READER = BilingualReader(
    "docx-table",
    QT_TRANSLATE_NOOP("formats", "Bilingual table in Word"),
    (".docx", ".docm"),
    read_docx_table,
)
WRITER = Writer("docx-table", write_docx_table, keeps_suffix=True)
