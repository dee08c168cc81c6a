"""Tables of a text and its translation in an Excel workbook (XLSX): the first sheet.

Cells are read one by one, wherever they stand, so that a sheet that claims to be endless costs
nothing. An edited cell becomes a string of its own, never a formula; its look stays, the look of
single words in it does not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from reviewer.errors import FormatError
from reviewer.formats.base import BilingualContent, BilingualReader, Writer
from reviewer.formats.cell_names import column_of, letters_of
from reviewer.formats.cells import WIDEST, find_columns
from reviewer.formats.pairs import Skeleton, Slot, UnitPlace
from reviewer.formats.sheet_names import BOOK, LINKS, first_sheet
from reviewer.formats.xml_inline import XmlInline, balanced
from reviewer.formats.xml_slots import stretch_of
from reviewer.formats.xml_walk import (
    Attributes,
    escaped,
    local,
    refuse_depth,
    resolved,
    spliced,
    uncdata,
    walk,
    xml_body,
)
from reviewer.formats.zip_guard import open_archive
from reviewer.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.parsers import expat

    from reviewer.formats.base import Insertion, Replacement
    from reviewer.formats.xml_walk import XmlBody
    from reviewer.formats.zip_guard import Archive

_VERSION = 1
_CELL = ["sheetData", "row", "c"]
_ROWS = 200
_LEFT_OUT = QT_TRANSLATE_NOOP("formats", "Only the first sheet of the workbook is read.")


class _Cell(NamedTuple):
    """A cell: its text as XML, and the whole element.

    Attributes:
        attributes: as written, to be kept.
        fixed: it holds a formula or a number, which no text takes the place of.
    """

    text: str
    start: int
    end: int
    attributes: Attributes
    fixed: bool


@dataclass
class _Texts:
    """Collects the text of each string of the workbook."""

    body: XmlBody
    found: list[str] = field(default_factory=list)
    path: list[str] = field(default_factory=list)

    parser: expat.XMLParserType = field(init=False)
    _from: int = -1

    def start(self, name: str, _attributes: Attributes) -> None:
        """Take in a start tag."""
        name = local(name)
        self.path.append(name)
        refuse_depth(len(self.path))
        if name == "si":
            self.found.append("")
        elif name == "t" and "rPh" not in self.path and self.found:
            self._from = self.parser.CurrentByteIndex

    def end(self, _name: str) -> None:
        """Take in an end tag."""
        name = self.path.pop()
        if name == "t" and self._from >= 0:
            stretch = stretch_of(self.body, self._from, self.parser.CurrentByteIndex, {})
            self.found[-1] += self.body.text(stretch.start, stretch.end)
            self._from = -1


@dataclass
class _Sheet:
    """Collects the cells of a sheet, by row and column."""

    body: XmlBody
    strings: Sequence[str]
    rows: dict[int, dict[int, _Cell]] = field(default_factory=dict)

    parser: expat.XMLParserType = field(init=False)
    path: list[str] = field(default_factory=list)
    _row: int = 0
    _column: int = -1
    _first: int = 0
    _attributes: Attributes = field(default_factory=dict)
    _from: int = -1
    _text: str = ""
    _value: str = ""
    _formula: bool = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Take in a start tag."""
        name = local(name)
        self.path.append(name)
        refuse_depth(len(self.path))
        if name == "row":
            told = attributes.get("r", "")
            self._row = int(told) if told.isdigit() and len(told) < 8 else self._row + 1
            self._column = -1
        elif self.path[-3:] == _CELL:
            self._column = column_of(attributes.get("r", ""), self._column + 1)
            self._first, self._attributes = self.parser.CurrentByteIndex, attributes
            self._text, self._value, self._formula = "", "", False
        elif name in {"t", "v"} and "rPh" not in self.path:
            self._from = self.parser.CurrentByteIndex
        elif name == "f":
            self._formula = True

    def end(self, _name: str) -> None:
        """Take in an end tag."""
        name = self.path.pop()
        place = self.parser.CurrentByteIndex
        if name in {"t", "v"} and self._from >= 0:
            stretch = stretch_of(self.body, self._from, place, {})
            content = self.body.text(stretch.start, stretch.end)
            self._from = -1
            if name == "t":
                self._text += content
            else:
                self._value = content
        elif [*self.path[-2:], name] == _CELL and self._column < WIDEST:
            end = stretch_of(self.body, self._first, place, {}).last
            cells = self.rows.setdefault(self._row, {})
            cells[self._column] = self._cell(end)

    def _cell(self, end: int) -> _Cell:
        kind = self._attributes.get("t", "n")
        text, fixed = self._value, bool(self._value)
        if kind == "inlineStr":
            text, fixed = self._text, False
        elif kind == "s":
            number = int(self._value) if self._value.isdigit() and len(self._value) < 9 else -1
            text = self.strings[number] if 0 <= number < len(self.strings) else ""
            fixed = False
        elif kind == "str":
            fixed = self._formula
        return _Cell(text, self._first, end, self._attributes, fixed or self._formula)


class _Tags:
    """Collects the attributes of some elements."""

    parser: expat.XMLParserType

    def __init__(self, name: str) -> None:
        self._name = name
        self._depth = 0
        self.found: list[Attributes] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """Take in a start tag."""
        self._depth += 1
        refuse_depth(self._depth)
        if local(name) == self._name:
            self.found.append({local(key): value for key, value in attributes.items()})

    def end(self, _name: str) -> None:
        """Take in an end tag."""
        self._depth -= 1


def _sheet_name(archive: Archive) -> tuple[str, bool]:
    """Return the part of the first sheet, and whether there are others."""
    sheets, links = _Tags("sheet"), _Tags("Relationship")
    walk(xml_body(archive.read(BOOK)), sheets)
    walk(xml_body(archive.read(LINKS)), links)
    tabs = [(sheet.get("state", "visible"), sheet.get("id", "")) for sheet in sheets.found]
    targets = {link.get("Id", ""): link.get("Target", "") for link in links.found}
    name = first_sheet(tabs, targets, archive.__contains__)
    if name is None:
        message = "The workbook has no sheet."
        raise FormatError(message)
    return name, len(tabs) > 1


def _laid_out(
    data: bytes, options: Mapping[str, Any]
) -> tuple[Archive, str, XmlBody, Skeleton, BilingualContent]:
    archive = open_archive(data)
    name, several = _sheet_name(archive)
    texts = _Texts(xml_body(b""))
    if "xl/sharedStrings.xml" in archive:
        texts = _Texts(xml_body(archive.read("xl/sharedStrings.xml")))
        walk(texts.body, texts)
    sheet = _Sheet(xml_body(archive.read(name)), texts.found)
    walk(sheet.body, sheet)
    numbers = sorted(sheet.rows)
    head = [sheet.rows[number] for number in numbers[:_ROWS]]
    width = max((max(row) + 1 for row in head), default=0)
    plain = [[resolved(row[n].text) if n in row else "" for n in range(width)] for row in head]
    columns = find_columns(plain, options)
    first = numbers[0] if columns.header else 0
    places = []
    for number in numbers:
        source = sheet.rows[number].get(columns.source)
        if number != first and source is not None and source.text.strip():
            place = _place(sheet.rows[number], number, source, columns.target)
            places += [place] if place else []
    recipe = {
        "reader": "workbook",
        "version": _VERSION,
        "columns": [columns.source, columns.target],
        "header": columns.header,
    }
    syntax = XmlInline({})
    skeleton = Skeleton(places, syntax, sheet.body.text, escaped, uncdata, balanced)
    notes = (_LEFT_OUT,) if several else ()
    told = BilingualContent(
        (), (), columns.languages, recipe, notes, not columns.sure, columns.titles
    )
    return archive, name, sheet.body, skeleton, told


def _place(row: Mapping[int, _Cell], number: int, source: _Cell, column: int) -> UnitPlace | None:
    """Return where a row's texts stand; None where the target is a formula or a number."""
    target = row.get(column)
    after = "</t></is></c>"
    if target is None:
        before = [cell for other, cell in row.items() if other < column]
        place = max((cell.end for cell in before), default=source.start)
        opening = f'<c r="{letters_of(column)}{number}" t="inlineStr"><is><t xml:space="preserve">'
        slot = Slot(place, place, opening, after)
    elif target.fixed:
        return None
    else:
        kept = {**target.attributes, "t": "inlineStr"}
        told = " ".join(f'{key}="{_quoted(value)}"' for key, value in kept.items())
        opening = f'<c {told}><is><t xml:space="preserve">'
        slot = Slot(target.start, target.end, opening, after, held=target.text)
    return UnitPlace(source.text, slot, f"{letters_of(column)}{number}")


def _quoted(value: str) -> str:
    return escaped(value).replace('"', "&quot;")


def read_workbook(data: bytes, options: Mapping[str, Any]) -> BilingualContent:
    """Read a workbook; raises FormatError.

    Options: "columns", the numbers of source and target from 0; "header", whether the first row
    is no text.
    """
    *_, skeleton, told = _laid_out(data, options)
    source, target = skeleton.units()
    return BilingualContent(
        source, target, told.languages, told.recipe, told.notes, told.ambiguous, told.columns
    )


def write_workbook(
    original: bytes,
    recipe: Mapping[str, Any],
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> bytes:
    """Return the original with its corrected cells; raises ExportError."""
    if not replacements and not insertions:
        return original
    archive, name, body, skeleton, _ = _laid_out(original, recipe)
    changes = skeleton.changes(replacements, insertions)
    written = [(start, end, body.writable(new).encode()) for start, end, new in changes]
    sheet = body.restored(spliced(body.data, written), archive.read(name))
    return archive.with_parts({name: sheet})


READER = BilingualReader(
    "workbook", QT_TRANSLATE_NOOP("formats", "Excel workbook"), (".xlsx", ".xlsm"), read_workbook
)
WRITER = Writer("workbook", write_workbook)
