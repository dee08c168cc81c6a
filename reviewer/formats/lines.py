"""What the line breaks of a plain text mean: ends of paragraphs, or the edge of the page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BREAKS = "breaks"
WRAPPED = "wrapped"
LINE_MODES = (BREAKS, WRAPPED)
"""A line is a paragraph of its own; or the lines between two blank ones are one paragraph."""

_SAMPLE = 20_000
_NARROWEST, _WIDEST = 30, 200
_FEW = 4
"""Code points by which a wrapped line may miss the edge."""

_FINAL = regex.compile(r"[.!?…。！？؟।:;：；][\"'”’»)\]）」』]*$")
_FIRST_WORD = regex.compile(r"\S{1,80}")
_BULLET = regex.compile(r"(?:[-*+•–—▪◦·]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+\S")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    Attributes:
        start, end: of what is left without the white space around it, in the document.
        begin: where the line itself begins.
        number: from 0, blank lines counted.
    """

    text: str
    start: int
    end: int
    begin: int
    number: int

    @property
    def indent(self) -> int:
        """How far the line is moved in, in code points."""
        return self.start - self.begin


def blocks(text: str) -> Iterator[list[Line]]:
    """Yield the runs of lines that are not blank, in order."""
    block: list[Line] = []
    place = 1 if text.startswith("\ufeff") else 0
    for number, line in enumerate(text[place:].splitlines(keepends=True)):
        stripped = line.strip()
        if stripped:
            start = place + len(line) - len(line.lstrip())
            block.append(Line(stripped, start, start + len(stripped), place, number))
        elif block:
            yield block
            block = []
        place += len(line)
    if block:
        yield block


def line_mode(text: str) -> str:
    """Return what line breaks mean in a text: "breaks" or "wrapped".

    Wrapped: at most breaks inside a block the next word would not have fitted in the width of
    the text and the sentence is not finished, and often enough it plainly goes on in lower
    case (`formats.md`, "Units of plain text"; less than half, for German has its nouns).
    """
    pairs = _breaks(text)
    width = _width(pairs)
    if not _NARROWEST <= width <= _WIDEST:
        return BREAKS
    if len(pairs) == 1 and (width < 2 * _NARROWEST or len(pairs[0][1].text) > width):
        return BREAKS
    full = sum(_is_full(*pair, width) for pair in pairs)
    unfinished = sum(not _FINAL.search(first.text[-4:]) for first, _ in pairs)
    small = sum(_begins_small(second.text) for _, second in pairs)
    least = 0.6 * len(pairs)
    return WRAPPED if full > least and unfinished >= least and 2 * small >= least else BREAKS


def text_width(text: str) -> int:
    """Return how long the lines of a wrapped text get, in code points."""
    return _width(_breaks(text))


def paragraphs(block: Sequence[Line], width: int) -> list[list[Line]]:
    """Return the paragraphs of a block of lines wrapped at a width.

    A list item, a deeper indent, and a line after one that is far too short begin a new one.
    """
    found = [[block[0]]]
    for first, second in pairwise(block):
        if _begins_paragraph(found[-1], first, second, width):
            found.append([second])
        else:
            found[-1].append(second)
    return found


def _begins_paragraph(paragraph: list[Line], first: Line, second: Line, width: int) -> bool:
    in_item = _BULLET.match(paragraph[0].text) is not None
    if _BULLET.match(second.text) and (in_item or not _is_full(first, second, width)):
        return True
    if second.indent > first.indent and not (in_item and first is paragraph[0]):
        return True
    short = first.indent + len(first.text) + 1 + len(_first_word(second.text)) < width * 0.6
    return short and not second.text[0].islower()


def _breaks(text: str) -> list[tuple[Line, Line]]:
    """Return the neighbouring lines inside the blocks at the start of a text."""
    return [pair for block in _sample(text) for pair in pairwise(block)]


def _width(pairs: Sequence[tuple[Line, Line]]) -> int:
    """Return the length of the longest lines but for a few; 0 where no line has another."""
    lengths = sorted(len(first.text) + first.indent for first, _ in pairs)
    return lengths[len(lengths) * 49 // 50] if lengths else 0


def _sample(text: str) -> Iterable[list[Line]]:
    seen = 0
    for block in blocks(text):
        yield block
        seen += len(block)
        if seen > _SAMPLE:
            return


def _is_full(first: Line, second: Line, width: int) -> bool:
    """Whether the next word would not have fitted on the first line."""
    length = first.indent + len(first.text)
    return length <= width + _FEW and length + 1 + len(_first_word(second.text)) > width - _FEW


def _begins_small(text: str) -> bool:
    """Whether a line goes on in lower case, or in a script that has none."""
    return not (text[0].isupper() or text[0] in "-*•" or _BULLET.match(text))


def _first_word(text: str) -> str:
    found = _FIRST_WORD.match(text)
    word = found.group() if found else ""
    return word if word.isascii() or not _is_unspaced(word) else word[:1]


def _is_unspaced(word: str) -> bool:
    return bool(regex.search(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]", word))
