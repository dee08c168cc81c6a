"""A Markdown paragraph as a unit: its lines joined, its markup as codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reviewer.formats.inline import Mark, find_marks
from reviewer.formats.layout import LINE_ENDS, Piece, PlacedUnit, joint, own_codes
from reviewer.model import FIRST_CODE, LAST_CODE, Code, CodeKind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Stretch(NamedTuple):
    """The text of a paragraph on one line of the document.

    Attributes:
        hard_end: where the marks of a hard line break end; 0 where it has none.
    """

    start: int
    end: int
    hard_end: int = 0


def place_unit(
    document: str,
    stretches: Sequence[Stretch],
    block: tuple[int, int, str, str],
    line: int,
) -> PlacedUnit:
    """Return the unit of a paragraph; `block` is the rest of the PlacedUnit, `line` its number."""
    raw, pieces, marks = _joined(document, stretches)
    marks = sorted([*marks, *find_marks(raw)], key=lambda mark: mark.start)
    own = own_codes(raw)
    free = (chr(c) for c in range(FIRST_CODE, LAST_CODE + 1) if chr(c) not in own)
    builder = _Builder(document, raw, pieces)
    for mark in marks:
        character = raw[mark.start] if raw[mark.start : mark.end] in own else next(free, None)
        if character is None:
            break
        builder.add(mark, character)
    text, codes, placed = builder.finish()
    markup = {code.character for code in codes}
    wordless = all(character in markup or character.isspace() for character in text)
    return PlacedUnit(Unit(text, codes, str(line), not wordless), placed, *block)


def _joined(document: str, stretches: Sequence[Stretch]) -> tuple[str, list[Piece], list[Mark]]:
    """Return a paragraph on one line, the places of its stretches, and its hard breaks."""
    parts: list[str] = []
    pieces: list[Piece] = []
    marks: list[Mark] = []
    length = 0

    def add(text: str, place: int, place_end: int) -> None:
        nonlocal length
        pieces.append(Piece(length, length + len(text), place, place_end))
        parts.append(text)
        length += len(text)

    for number, stretch in enumerate(stretches):
        if number:
            before = stretches[number - 1]
            space = joint(document[before.start : before.end][-2:], document[stretch.start])
            if before.hard_end:
                marks.append(Mark(length, length + 1, shown="↵"))
                add("\n", before.end, before.hard_end)
                space = " "
            add(space, before.hard_end or before.end, stretch.start)
        for text, start, end in _on_one_line(document, stretch):
            add(text, start, end)
    return "".join(parts), pieces, marks


def _on_one_line(document: str, stretch: Stretch) -> Iterator[tuple[str, int, int]]:
    """Yield a stretch in pieces; what others take for a line break in it becomes a space."""
    last = stretch.start
    for found in LINE_ENDS.finditer(document, stretch.start, stretch.end):
        if found.start() > last:
            yield document[last : found.start()], last, found.start()
        yield " ", *found.span()
        last = found.end()
    if last < stretch.end:
        yield document[last : stretch.end], last, stretch.end


class _Builder:
    """Puts a placeholder in the place of each mark, and keeps the places of all the rest."""

    def __init__(self, document: str, raw: str, pieces: Sequence[Piece]) -> None:
        self.document = document
        self.raw = raw
        self.source = PlacedUnit(Unit(raw), tuple(pieces), 0, 0)
        self.parts: list[str] = []
        self.pieces: list[Piece] = []
        self.codes: list[Code] = []
        self.names: dict[int, str] = {}
        self.halves = 0
        self.length = 0
        self.done = 0
        self.index = 0

    def add(self, mark: Mark, character: str) -> None:
        """Add the text before a mark, and the mark's placeholder."""
        self._copy(mark.start)
        start, end = self.source.start_of(mark.start), self.source.end_of(mark.end)
        self._append(character, start, end)
        self.done = mark.end
        name = self.names.get(mark.pair) or str(len(self.codes) - self.halves + 1)
        if mark.pair and mark.kind is CodeKind.OPEN:
            self.names[mark.pair] = name
        self.halves += mark.kind is CodeKind.CLOSE
        self.codes.append(Code(character, name, mark.kind, self.document[start:end], mark.shown))

    def finish(self) -> tuple[str, tuple[Code, ...], tuple[Piece, ...]]:
        """Add the rest; return the text, its codes and its pieces."""
        self._copy(len(self.raw))
        return "".join(self.parts), tuple(self.codes), tuple(self.pieces)

    def _copy(self, end: int) -> None:
        """Add the text from where the last mark ended up to `end`."""
        pieces = self.source.pieces
        while self.index < len(pieces):
            piece = pieces[self.index]
            if piece.start > end or piece.start == end < piece.end:
                return
            low, high = max(piece.start, self.done), min(piece.end, end)
            if low < high or piece.start == piece.end >= self.done:
                start = piece.place + (low - piece.start)
                self._append(self.raw[low:high], start, piece.place_end - (piece.end - high))
            if piece.end > end:
                return
            self.index += 1

    def _append(self, text: str, start: int, end: int) -> None:
        self.pieces.append(Piece(self.length, self.length + len(text), start, end))
        self.parts.append(text)
        self.length += len(text)
