"""Plain text: its lines or its paragraphs are the units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reviewer.formats import encoding
from reviewer.formats.base import Content, Reader, Writer
from reviewer.formats.layout import LINE_ENDS, Layout, Piece, PlacedUnit, joint, own_codes
from reviewer.formats.lines import (
    BREAKS,
    LINE_MODES,
    WRAPPED,
    Line,
    blocks,
    line_mode,
    paragraphs,
    text_width,
)
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Code, CodeKind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reviewer.formats.base import Insertion, Replacement

_VERSION = 1
_NOTES = {
    BREAKS: QT_TRANSLATE_NOOP("formats", "Each line is read as a paragraph of its own."),
    WRAPPED: QT_TRANSLATE_NOOP(
        "formats", "The lines are wrapped at the edge of the page; they are read as paragraphs."
    ),
}
_BLANK = QT_TRANSLATE_NOOP("formats", "A file holds blanks alone, no text.")


def read_text(data: bytes, options: Mapping[str, Any]) -> Content:
    """Read a plain text; raises EncodingError.

    Options: "encoding"; "lines", one of LINE_MODES, told from the text when left out.
    """
    decoded = encoding.decode(data, options.get("encoding"))
    asked = options.get("lines")
    lines = asked if asked in LINE_MODES else line_mode(decoded.text)
    layout = lay_out(decoded.text, lines)
    recipe = {
        "reader": "text",
        "version": _VERSION,
        "encoding": decoded.encoding,
        "lines": lines,
    }
    ambiguous = not asked and any(len(block) > 1 for block in blocks(decoded.text))
    notes = (_NOTES[lines],) if ambiguous else ()
    if layout.units and not layout.units[0].unit.text:
        notes = (_BLANK,)
    return Content(tuple(placed.unit for placed in layout.units), recipe, notes)


def write_text(
    original: bytes,
    recipe: Mapping[str, Any],
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> bytes:
    """Return the original with its corrected places; raises ExportError."""
    if not replacements and not insertions:
        return original
    decoded = encoding.decode(original, recipe.get("encoding"))
    layout = lay_out(decoded.text, recipe.get("lines") or line_mode(decoded.text))
    edited = layout.edited(replacements, insertions)
    return encoding.encode(edited, decoded.encoding, original, decoded.text)


def lay_out(text: str, lines: str) -> Layout:
    """Return the units of a plain text and their places; `lines` is one of LINE_MODES.

    A text of blanks alone has one empty unit, for translations to be put in before.
    """
    found = list(_paragraphs(text, lines))
    newline = line_end(text)
    begin = len(text) - len(text.removeprefix("\ufeff"))
    if text[begin:] and not found:
        place = Piece(0, 0, begin, begin)
        blank = PlacedUnit(Unit("", location="1"), (place,), begin, begin, break_=newline)
        return Layout(text, (blank,))
    units = []
    for number, paragraph in enumerate(found):
        neighbour = found[number + 1 : number + 2] or found[max(number - 1, 0) : number]
        apart = any(abs(other[0].number - paragraph[-1].number) > 1 for other in neighbour)
        break_ = newline * (2 if apart or lines == WRAPPED or not neighbour else 1)
        units.append(_placed(paragraph, break_))
    return Layout(text, tuple(units))


def line_end(text: str) -> str:
    """Return the line break that a text begins with; a line feed where it has none."""
    found = LINE_ENDS.search(text)
    return found.group() if found else "\n"


def own_code(character: str) -> Code:
    """Return the code that stands for a document's own plane-15 character: itself."""
    name = f"{ord(character):X}"
    return Code(character, name, CodeKind.PLACEHOLDER, character, shown=f"U+{name}")


def _paragraphs(text: str, lines: str) -> Iterator[list[Line]]:
    width = text_width(text) if lines == WRAPPED else 0
    for block in blocks(text):
        if lines == WRAPPED:
            yield from paragraphs(block, width)
        else:
            yield from ([line] for line in block)


def _placed(paragraph: list[Line], break_: str) -> PlacedUnit:
    """Return the unit of a paragraph, its lines joined."""
    parts: list[str] = []
    pieces: list[Piece] = []
    length, before = 0, paragraph[0]
    for line in paragraph:
        if parts:
            space = joint(before.text, line.text)
            pieces.append(Piece(length, length + len(space), before.end, line.start))
            parts.append(space)
            length += len(space)
        pieces.append(Piece(length, length + len(line.text), line.start, line.end))
        parts.append(line.text)
        length += len(line.text)
        before = line
    text = "".join(parts)
    codes = tuple(own_code(character) for character in sorted(own_codes(text)))
    unit = Unit(text, codes, location=str(paragraph[0].number + 1))
    first = paragraph[0]
    return PlacedUnit(unit, tuple(pieces), first.begin, before.end, "", break_)


READER = Reader(
    "text", QT_TRANSLATE_NOOP("formats", "Plain text"), (".txt", ".text"), read=read_text
)
WRITER = Writer("text", write_text)
