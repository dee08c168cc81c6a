"""Markdown: paragraphs, headings, list items and table cells are the units.

The block structure comes from markdown-it-py; everything else goes by places in the original
text. Front matter, code, HTML blocks and link definitions are left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import regex

from reviewer.errors import FormatError
from reviewer.formats import encoding
from reviewer.formats.base import Content, Reader, Writer
from reviewer.formats.layout import Layout, PlacedUnit
from reviewer.formats.markup import Stretch, place_unit
from reviewer.formats.text import line_end
from reviewer.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from reviewer.formats.base import Insertion, Replacement

_VERSION = 1

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")
_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\r?\n")
_HARD_BREAK = re.compile(r"(?:[ \t]{2,}|\\)$")
_CONTAINERS = re.compile(r"(?:[ \t]*>)*[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)?")
_ITEM = re.compile(r"(?:[-+*]|\d{1,9}[.)])[ \t]+$")
_CELL = regex.compile(r"(?:[^|\\]|\\.)*+")
_BLOCK_START = re.compile(
    r"(?:#{1,6}|[-+*])(?:\s|$)|>|`{3}|~{3}|(?:=+|-+)\s*$|(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$|\|"
)
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_BARE_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the document: its place and its text without the line break."""

    start: int
    text: str


def read_markdown(data: bytes, options: Mapping[str, Any]) -> Content:
    """Read a Markdown text; raises EncodingError and, for a text nested too deeply, FormatError.

    Options: "encoding".
    """
    decoded = encoding.decode(data, options.get("encoding"))
    layout = lay_out(decoded.text)
    recipe = {"reader": "markdown", "version": _VERSION, "encoding": decoded.encoding}
    return Content(tuple(placed.unit for placed in layout.units), recipe)


def write_markdown(
    original: bytes,
    recipe: Mapping[str, Any],
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> bytes:
    """Return the original with its corrected places; raises ExportError."""
    if not replacements and not insertions:
        return original
    decoded = encoding.decode(original, recipe.get("encoding"))
    edited = lay_out(decoded.text).edited(replacements, insertions)
    return encoding.encode(edited, decoded.encoding, original, decoded.text)


def lay_out(text: str) -> Layout:
    """Return the units of a Markdown text and their places."""
    lines = [_Line(found.start(), found.group().rstrip("\r\n")) for found in _LINE.finditer(text)]
    skipped = _front_matter(text, lines)
    body = "\n".join(["" if n < skipped else line.text for n, line in enumerate(lines)])
    newline = line_end(text)
    units = tuple(_units(_tokens(body), lines, text, newline))
    return Layout(text, units, _as_paragraph, _as_cell)


def _tokens(body: str) -> list[Token]:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    try:
        return parser.parse(body.removeprefix(encoding.BOM))
    except RecursionError:
        message = "The text is nested too deeply to be read as Markdown."
        raise FormatError(message) from None


def _front_matter(text: str, lines: Sequence[_Line]) -> int:
    """Return how many lines at the start are front matter."""
    opening = _FRONT_MATTER.match(text, 1 if text.startswith(encoding.BOM) else 0)
    if not opening:
        return 0
    closing = {opening.group(1), "..." if opening.group(1) == "---" else "+++"}
    for number, line in enumerate(lines[1:], 1):
        if line.text.rstrip() in closing:
            return number + 1
    return 0


def _units(
    tokens: Sequence[Token], lines: Sequence[_Line], text: str, newline: str
) -> Iterator[PlacedUnit]:
    table = False
    opener = None
    for token in tokens:
        if token.type in {"table_open", "table_close"}:
            table = token.type == "table_open"
        if token.map is None:
            continue
        if token.type == "tr_open":
            yield from _cells(lines, token.map[0], text)
        elif token.type == "inline" and opener is not None and not table:
            block = _paragraph(token, opener, lines, text, newline)
            if block:
                yield block
        opener = token


def _paragraph(
    token: Token, opener: Token, lines: Sequence[_Line], text: str, newline: str
) -> PlacedUnit | None:
    """Return the unit of a paragraph or heading; None where it has no text."""
    first, last = opener.map or (0, 0)
    stretches = []
    for number, content in enumerate(token.content.split("\n"), first):
        found = _stretch(lines[number], content.strip(" \t"), opener.type)
        if found:
            stretches.append(found)
    if not stretches:
        return None
    begin, end = lines[first], lines[last - 1]
    lead = begin.text[: stretches[0].start - begin.start].removeprefix(encoding.BOM)
    prefix, break_ = _next_paragraph(lead, newline, opener.type)
    before = begin.start + (1 if begin.text.startswith(encoding.BOM) else 0)
    behind = end.start + len(end.text.rstrip())
    return place_unit(text, stretches, (before, behind, prefix, break_), first + 1)


def _stretch(line: _Line, content: str, opener: str) -> Stretch | None:
    """Return where a line of a paragraph's content stands, and its hard break."""
    place = line.text.rfind(content)
    if not content or place < 0:
        return None
    start, end = line.start + place, line.start + place + len(content)
    if opener != "paragraph_open":
        return Stretch(start, end)
    hard = _HARD_BREAK.search(line.text)
    if hard is None:
        return Stretch(start, end)
    end -= hard.group() == "\\"
    return Stretch(start, end, line.start + len(line.text)) if end > start else None


def _next_paragraph(lead: str, newline: str, opener: str) -> tuple[str, str]:
    """Return what a new paragraph behind one begins with, and what stands before that.

    `lead` is what stands before the text on the first line of the paragraph.
    """
    if opener == "heading_open":
        lead = lead.rstrip("# \t")
        lead = lead + " " if lead else ""
    item = _ITEM.search(lead)
    if item:
        return lead, newline
    return lead, newline + lead.rstrip() + newline


def _cells(lines: Sequence[_Line], number: int, text: str) -> Iterator[PlacedUnit]:
    """Yield the cells of a table row that hold text."""
    row = lines[number]
    found = _CONTAINERS.match(row.text)
    place = found.end() if found else 0
    place += row.text.startswith("|", place)
    while place < len(row.text):
        match = _CELL.match(row.text, place)
        end = match.end() if match else len(row.text)
        content = row.text[place:end]
        if content.strip():
            start = row.start + place + len(content) - len(content.lstrip())
            stretch = Stretch(start, start + len(content.strip()))
            yield place_unit(text, [stretch], (row.start, stretch.end, "", ""), number + 1)
        place = max(end, place) + 1


def _as_paragraph(text: str) -> str:
    """Return text that begins no heading, list or the like; a backslash sees to it."""
    if _BLOCK_START.match(text):
        return "\\" + text
    return _NUMBERED.sub(r"\1\\\2", text, count=1) if _NUMBERED.match(text) else text


def _as_cell(text: str) -> str:
    return _BARE_PIPE.sub(r"\|", text)


READER = Reader(
    "markdown",
    QT_TRANSLATE_NOOP("formats", "Markdown"),
    (".md", ".markdown", ".mdown", ".mkd"),
    read_markdown,
)
WRITER = Writer("markdown", write_markdown)
