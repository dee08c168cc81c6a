"""Tables of a text and its translation in delimited text: CSV and TSV.

A cell is a unit. The file is looked through once, quotes and all, so that an edited cell is
written over its own place; it is quoted where its new text asks for that.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from reviewer.errors import FormatError
from reviewer.formats import encoding
from reviewer.formats.base import BilingualContent, BilingualReader, Writer
from reviewer.formats.cells import find_columns, guard_length, guarded
from reviewer.formats.codes import CodeTable, Parsed
from reviewer.formats.layout import Piece
from reviewer.formats.pairs import Skeleton, Slot, UnitPlace, spliced_text
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import FIRST_CODE, LAST_CODE, CodeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reviewer.formats.base import Insertion, Replacement

_VERSION = 1
_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 64 * 1024
_ROWS = 200
_TOKEN = re.compile(
    f'(?P<quote>"")|(?P<line>\r\n|\r|\n)'
    f"|(?P<own>[{chr(FIRST_CODE)}-{chr(LAST_CODE)}\x0b\x0c\x1c-\x1e\x85\u2028\u2029])"
)
_LEFT_OUT = QT_TRANSLATE_NOOP("formats", "Some rows have no source; they are left alone.")


class _Cell(NamedTuple):
    """A cell with its quotes."""

    start: int
    end: int


class _Row(NamedTuple):
    line: int
    cells: list[_Cell]
    end: int


def _rows(text: str, delimiter: str) -> Iterator[_Row]:
    """Yield the rows of a table; raises FormatError for a quote that is never closed."""
    bare = re.compile(f"[^{re.escape(delimiter)}\r\n]*")
    quoted = regex.compile('"(?:[^"]|"")*+"')
    place, line = int(text.startswith(encoding.BOM)), 1
    while place < len(text):
        cells, first = [], line
        while True:
            start = place
            if text.startswith('"', place):
                found = quoted.match(text, place)
                if found is None:
                    message = f"A quotation mark in line {line} is never closed."
                    raise FormatError(message)
                place = found.end()
                line += text.count("\n", start, place)
            rest = bare.match(text, place)
            place = rest.end() if rest else place
            cells.append(_Cell(start, place))
            if not text.startswith(delimiter, place):
                break
            place += 1
        yield _Row(first, cells, place)
        place += 2 if text.startswith("\r\n", place) else 1
        line += 1


def _delimiter(text: str, name: object) -> str:
    """Return what parts the cells: as asked, else what gives most rows the same width."""
    if isinstance(name, str) and name in _DELIMITERS:
        return name
    head = text[:_LOOKED_AT]
    if len(text) > _LOOKED_AT:
        head = head[: max(head.rfind("\n"), 1)]
    best, highest = ",", -1.0
    for delimiter in _DELIMITERS:
        widths = list(_widths(head, delimiter))
        common = max(set(widths), key=widths.count, default=1)
        score = widths.count(common) / max(1, len(widths)) if common > 1 else -0.5
        if score > highest:
            best, highest = delimiter, score
    return best


def _widths(text: str, delimiter: str) -> Iterator[int]:
    """Yield how many cells each row has, up to a row that cannot be read."""
    with suppress(FormatError):
        for row in _rows(text, delimiter):
            yield len(row.cells)


@dataclass(frozen=True, slots=True)
class TableSyntax:
    """How a cell is written."""

    delimiter: str

    def parse(self, raw: str, table: CodeTable, place: UnitPlace) -> Parsed:
        """Return a cell as text, without its quotes and what guards it."""
        del place
        side, parts, pieces, codes = table.side(), list[str](), list[Piece](), []
        length = 0

        def add(text: str, start: int, end: int) -> None:
            nonlocal length
            if start < end:
                pieces.append(Piece(length, length + len(text), start, end))
                parts.append(text)
                length += len(text)

        quoted = _is_quoted(raw)
        first, last = (1, len(raw) - 1) if quoted else (0, len(raw))
        first += guard_length(raw[first:last])
        add("", 0, first)
        done = first
        for found in _TOKEN.finditer(raw, first, last):
            if found["quote"] and not quoted:
                continue
            add(raw[done : found.start()], done, found.start())
            start, done = found.span()
            if found["quote"]:
                add('"', start, done)
            else:
                shown = "↵" if found["line"] else f"U+{ord(found.group()):04X}"
                codes.append(side.code(CodeKind.PLACEHOLDER, shown, found.group(), shown))
                add(codes[-1].character, start, done)
        add(raw[done:last], done, last)
        add("", last, len(raw))
        return Parsed("".join(parts), tuple(codes), tuple(pieces) or (Piece(0, 0, 0, 0),))

    def tidy(self, raw: str) -> str:
        """Return a cell without what guards it, quoted where it holds a quote."""
        if not _is_quoted(raw):
            raw = raw[guard_length(raw) :]
            return f'"{_doubled(raw)}"' if '"' in raw else raw
        inner = raw[1:-1]
        return f'"{inner[guard_length(inner) :]}"'

    def whole(self, content: str) -> str:
        """Return an edited cell, quoted and guarded where it has to be."""
        if _is_quoted(content):
            return f'"{guarded(content[1:-1])}"'
        guarded_ = guarded(content)
        asks = '"' in content or any(c in content for c in (self.delimiter, "\r", "\n"))
        return f'"{guarded_}"' if asks or content != content.strip() else guarded_


def _is_quoted(raw: str) -> bool:
    return len(raw) > 1 and raw.startswith('"') and raw.endswith('"')


def _doubled(text: str) -> str:
    return text.replace('"', '""')


def _plain(raw: str) -> str:
    return raw[1:-1].replace('""', '"') if _is_quoted(raw) else raw


def _laid_out(text: str, options: Mapping[str, Any]) -> tuple[Skeleton, BilingualContent]:
    """Return the places of a table's units, and what is known of it without them."""
    delimiter = _delimiter(text, options.get("delimiter"))
    rows = list(_rows(text, delimiter))
    plain = [[_plain(text[slice(*cell)]) for cell in row.cells] for row in rows[:_ROWS]]
    columns = find_columns(plain, options)
    places, left_out = [], False
    for row in rows[1 if columns.header else 0 :]:
        cells = row.cells
        source = cells[columns.source] if columns.source < len(cells) else _Cell(row.end, row.end)
        if not _plain(text[slice(*source)]).strip():
            left_out = left_out or any(start < end for start, end in cells)
            continue
        if columns.target < len(cells):
            slot = Slot(*cells[columns.target])
        else:
            missing = delimiter * (columns.target - len(cells) + 1)
            slot = Slot(row.end, row.end, missing, "")
        places.append(UnitPlace((source.start, source.end), slot, str(row.line)))
    recipe = {
        "reader": "table",
        "version": _VERSION,
        "delimiter": delimiter,
        "columns": [columns.source, columns.target],
        "header": columns.header,
    }
    syntax = TableSyntax(delimiter)
    skeleton = Skeleton(
        places, syntax, lambda a, b: text[a:b], _doubled, syntax.tidy, syntax.whole
    )
    notes = (_LEFT_OUT,) if left_out else ()
    told = BilingualContent(
        (), (), columns.languages, recipe, notes, not columns.sure, columns.titles
    )
    return skeleton, told


def read_table(data: bytes, options: Mapping[str, Any]) -> BilingualContent:
    """Read a table; raises FormatError, EncodingError.

    Options: "encoding"; "columns", the numbers of source and target from 0; "header", whether the
    first row is no text; "delimiter".
    """
    decoded = encoding.decode(data, options.get("encoding"))
    skeleton, told = _laid_out(decoded.text, options)
    source, target = skeleton.units()
    recipe = {**told.recipe, "encoding": decoded.encoding}
    return BilingualContent(
        source, target, told.languages, recipe, told.notes, told.ambiguous, told.columns
    )


def write_table(
    original: bytes,
    recipe: Mapping[str, Any],
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> bytes:
    """Return the original with its corrected cells; raises ExportError."""
    if not replacements and not insertions:
        return original
    decoded = encoding.decode(original, recipe.get("encoding"))
    skeleton, _ = _laid_out(decoded.text, recipe)
    edited = spliced_text(decoded.text, skeleton.changes(replacements, insertions))
    return encoding.encode(edited, decoded.encoding, original, decoded.text)


READER = BilingualReader(
    "table", QT_TRANSLATE_NOOP("formats", "Bilingual table"), (".csv", ".tsv", ".tab"), read_table
)
WRITER = Writer("table", write_table)
