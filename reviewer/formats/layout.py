"""Units with the places of their characters in the document, and edits put back there."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import regex

from reviewer.errors import ExportError
from reviewer.formats.halves import with_other_halves
from reviewer.model import FIRST_CODE, LAST_CODE, Unit
from reviewer.text.scripts import script

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reviewer.formats.base import Insertion, Replacement
    from reviewer.model import Code

LINE_ENDS = regex.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""What divides lines for `str.splitlines` and so for everybody who shows a text."""

_UNSPACED = frozenset({"Hani", "Hira", "Kana", "Bopo", "Thai", "Laoo", "Khmr", "Mymr"})


_AT_END, _BEHIND, _IN_FRONT, _AT_START = range(4)
"""In which order texts are added at one place: to the segment before it, behind that segment, in
front of the next, to the next."""


class _Edit(NamedTuple):
    """A stretch of the document and its new text."""

    start: int
    end: int
    turn: int
    text: str


class Piece(NamedTuple):
    """A stretch of a unit's text and the stretch of the document that it stands for.

    Both are alike character for character, or one is a code or a space and the other the
    markup or the line break that it stands for.
    """

    start: int
    end: int
    place: int
    place_end: int


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit and where its characters come from.

    Attributes:
        pieces: in order, without gaps on either side.
        before: where the first line of its block begins.
        behind: where the last line of its block ends, without the line break.
        prefix: what a new paragraph behind it begins with (quote marks, a list marker).
        break_: what stands between it and a new paragraph; "" where none can be made.
        suffix: what a new paragraph ends with; where there is one, it begins with `prefix` in
            front of this one too.
        quote: the quotation mark around it, where it is the value of an attribute.
    """

    unit: Unit
    pieces: tuple[Piece, ...]
    before: int
    behind: int
    prefix: str = ""
    break_: str = "\n\n"
    suffix: str = ""
    quote: str = ""

    def start_of(self, offset: int) -> int:
        """Return the place in the document where the character at an offset begins."""
        piece = self.pieces[min(self._index(offset), len(self.pieces) - 1)]
        return piece.place + min(offset - piece.start, piece.place_end - piece.place)

    def end_of(self, offset: int) -> int:
        """Return the place in the document where the character before an offset ends."""
        if offset == 0:
            return self.pieces[0].place
        piece = self.pieces[self._index(offset - 1)]
        return piece.place_end - (piece.end - offset)

    def _index(self, offset: int) -> int:
        return bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's text and its units in it.

    Attributes:
        at_start: makes new text that begins a paragraph safe: it must not turn into markup.
        in_cell: makes new text of a table cell safe.
        escape: gives new text as it stands in the document; told the unit's `quote`.
        nested: gives new text of a range of a unit with its codes well nested.
        rebreaks: whether new text is broken into as many lines as it takes the place of.
    """

    text: str
    units: tuple[PlacedUnit, ...]
    at_start: Callable[[str], str] = str
    in_cell: Callable[[str], str] = str
    escape: Callable[[str, str], str] = lambda text, _quote: text
    nested: Callable[[Unit, int, int, str], str] | None = None
    rebreaks: bool = False

    def edited(self, replacements: Sequence[Replacement], insertions: Sequence[Insertion]) -> str:
        """Return the document's text with the edits; raises ExportError where one fits nowhere."""
        whole = with_other_halves(lambda n: self._unit(n).unit, replacements, insertions)
        edits = [
            self._replacing(replacement, whole.gone.get(replacement.unit, frozenset()))
            for replacement in whole.replacements
        ]
        edits += [self._inserting(insertion) for insertion in whole.insertions]
        edits.sort(key=lambda edit: (edit.start, edit.end, edit.turn))
        parts, last = [], 0
        for start, end, _turn, new in edits:
            if start < last:
                message = "Two corrections change the same place of the document."
                raise ExportError(message)
            parts += [self.text[last:start], new]
            last = end
        return "".join((*parts, self.text[last:]))

    def _replacing(self, wanted: Replacement, gone: frozenset[str]) -> _Edit:
        """Return the place in the document that changes and its new text.

        `gone` are the halves of pairs that the unit loses.
        """
        placed = self._unit(wanted.unit)
        if placed.unit.text[wanted.start : wanted.end] != wanted.was:
            message = "The original is not the one that was reviewed: a corrected place differs."
            raise ExportError(message)
        text = on_one_line(wanted.text)
        if wanted.start == 0 and placed.break_ and self.at_start(wanted.was) == wanted.was:
            text = self.at_start(text)
        first = common_start(wanted.was, text)
        rest = common_start(wanted.was[first:][::-1], text[first:][::-1])
        start, end = wanted.start + first, wanted.end - rest
        changed = text[first : len(text) - rest]
        if self.nested is not None:
            changed = self.nested(_without(placed.unit, gone), start, end, changed)
        if self.rebreaks:
            changed = self._in_lines(placed, start, end, changed)
        safe = changed if placed.break_ else self.in_cell(changed)
        codes = (*placed.unit.codes, *wanted.codes)
        rendered = _with_markup(safe, codes, lambda new: self.escape(new, placed.quote))
        if start == end:
            place = placed.end_of(start) if start else placed.start_of(start)
            turn = _AT_START if start == wanted.start else _AT_END
            return _Edit(place, place, turn, rendered)
        return _Edit(placed.start_of(start), placed.end_of(end), _AT_END, rendered)

    def _inserting(self, wanted: Insertion) -> _Edit:
        """Return the place in the document where text is added, and the text."""
        placed = self._unit(max(wanted.unit, 0))
        paragraph = wanted.paragraph and bool(placed.break_)
        in_front = wanted.before or wanted.unit < 0
        offset = min(max(wanted.offset, 0), len(placed.unit.text)) if wanted.unit >= 0 else 0
        text = _with_markup(
            on_one_line(wanted.text), wanted.codes, lambda new: self.escape(new, placed.quote)
        )
        if not placed.break_:
            text = self.in_cell(text)
        elif paragraph or (in_front and offset == 0):
            text = self.at_start(text)
        if paragraph and in_front:
            prefix = placed.prefix if placed.suffix else ""
            new = prefix + text + placed.suffix + placed.break_
            return _Edit(placed.before, placed.before, _IN_FRONT, new)
        if paragraph:
            new = placed.break_ + placed.prefix + text + placed.suffix
            return _Edit(placed.behind, placed.behind, _BEHIND, new)
        if in_front:
            place = placed.start_of(offset)
            return _Edit(place, place, _IN_FRONT, text + joint(text, self.text[place : place + 1]))
        if offset == 0:
            # Behind what opens it: the quotation mark of a cell.
            place = placed.start_of(0)
            return _Edit(place, place, _BEHIND, text)
        place = placed.end_of(offset)
        new = _space(self.text[place - 1 : place], text) + text
        return _Edit(place, place, _BEHIND, new)

    def _in_lines(self, placed: PlacedUnit, start: int, end: int, new: str) -> str:
        """Return new text with the line breaks of what it takes the place of, evenly apart."""
        breaks = [
            (piece, self.text[piece.place : piece.place_end])
            for piece in placed.pieces
            if LINE_ENDS.search(self.text, piece.place, piece.place_end)
        ]
        inside = [
            (piece.start == piece.end, raw)
            for piece, raw in breaks
            if start <= piece.start < end and start < piece.end <= end
        ]
        before = max((p.end for p, _ in breaks if p.end <= start), default=0)
        behind = min((p.start for p, _ in breaks if p.start >= end), default=len(placed.unit.text))
        lead, rest = start - before, behind - end
        for number, (unspaced, raw) in enumerate(inside, 1):
            at = (lead + len(new) + rest) * number // (len(inside) + 1) - lead
            spaces = [place for place, c in enumerate(new) if c == " "]
            place = min(spaces, key=lambda place: abs(place - at), default=-1)
            if place >= 0:
                new = new[:place] + raw + new[place + 1 :]
            elif unspaced and 0 < at < len(new):
                new = new[:at] + raw + new[at:]
        return new

    def _unit(self, number: int) -> PlacedUnit:
        if 0 <= number < len(self.units):
            return self.units[number]
        message = "The original is not the one that was reviewed: it has fewer paragraphs."
        raise ExportError(message)


def _without(unit: Unit, gone: frozenset[str]) -> Unit:
    """Return a unit in which the pairs that it loses bind nothing."""
    if not gone:
        return unit
    codes = tuple(code for code in unit.codes if code.character not in gone)
    return replace(unit, codes=codes)


def joint(first: str, second: str) -> str:
    """Return what stands between two lines of a paragraph when they are read as one.

    A space; nothing in scripts without spaces and behind a hyphen inside a word.
    """
    if not first or not second:
        return ""
    if first[-1] == "\u00ad" or (first[-1] in "-‐" and first[-2:-1].isalpha()):
        return "" if second[0].islower() else " "
    unspaced = script(first[-1]) in _UNSPACED or first[-1] in "、。，！？；：」』）"
    return "" if unspaced and (script(second[0]) in _UNSPACED or second[0] in "「『（") else " "


def own_codes(text: str) -> frozenset[str]:
    """Return the characters of a text that are taken for codes elsewhere (plane 15)."""
    if not text or ord(max(text)) < FIRST_CODE:
        return frozenset()
    return frozenset(c for c in text if FIRST_CODE <= ord(c) <= LAST_CODE)


def _space(before: str, after: str) -> str:
    return joint(before, after) if before and not before.isspace() else ""


def on_one_line(text: str) -> str:
    """Return a text with a space for each line break."""
    return str(LINE_ENDS.sub(" ", text))


def common_start(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many characters two texts begin with alike."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _with_markup(text: str, codes: Sequence[Code], escape: Callable[[str], str]) -> str:
    """Return a text with each code's markup in its place; raises ExportError for others."""
    own = own_codes(text)
    if not own:
        return escape(text)
    markup = {code.character: code.data for code in codes}
    for character in own - markup.keys():
        message = f"A correction holds a code (U+{ord(character):X}) that its paragraph lacks."
        raise ExportError(message)
    parts, last = [], 0
    for place, character in enumerate(text):
        if character in own:
            parts += [escape(text[last:place]), markup[character]]
            last = place + 1
    return "".join((*parts, escape(text[last:])))
