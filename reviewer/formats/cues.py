"""Subtitles: the text of each cue is a unit, its lines joined; times are never touched."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reviewer.formats import encoding
from reviewer.formats.base import Content
from reviewer.formats.layout import joint
from reviewer.formats.spans import Span, place_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reviewer.formats.base import Insertion, Replacement
    from reviewer.formats.layout import Layout, PlacedUnit

    Inside = Callable[[str, int], Iterable[Span]]
    """(a line, its place) -> its text and its markup."""
    LayOut = Callable[[str], Layout]
    """The text of a file -> its units and their places."""

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")
_TIMES = "-->"


class Line:
    """A line of the file without the break behind it."""

    __slots__ = ("number", "start", "text")

    def __init__(self, text: str, start: int, number: int) -> None:
        self.text = text
        self.start = start
        self.number = number


def blocks(text: str) -> Iterator[list[Line]]:
    """Yield the runs of lines that are not blank."""
    block: list[Line] = []
    for number, found in enumerate(_LINE.finditer(text), 1):
        line = found.group().rstrip("\r\n")
        if line.strip("\ufeff \t"):
            block.append(Line(line, found.start(), number))
        elif block:
            yield block
            block = []
    if block:
        yield block


def cues(block: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Yield the text lines of each cue of a block: those behind a line with times."""
    times = [at for at, line in enumerate(block) if _TIMES in line.text]
    for at, end in pairwise([*times, len(block)]):
        # Where the blank line between two cues is missing, the first ends at the second's number.
        numbered = end < len(block) and block[end - 1].text.strip().isdigit()
        lines = block[at + 1 : end - 1 if numbered and end - 1 > at else end]
        if lines:
            yield lines


def place_cue(lines: Sequence[Line], inside: Inside) -> PlacedUnit | None:
    """Return the unit of a cue; None where it holds no text."""
    spans: list[Span] = []
    before: Line | None = None
    for line in lines:
        text = line.text.strip()
        start = line.start + len(line.text) - len(line.text.lstrip())
        if not text:
            continue
        if before is not None:
            end = spans[-1].place_end
            spans.append(Span(joint(before.text.rstrip(), text), end, start))
        spans += inside(text, start)
        before = line
    if not spans:
        return None
    block = spans[0].place, spans[-1].place_end, "", "", "", ""
    return place_spans(spans, str(lines[0].number), block)


def read_cues(
    data: bytes, options: Mapping[str, Any], recipe: Mapping[str, Any], lay_out: LayOut
) -> Content:
    """Read subtitles; raises EncodingError. Options: "encoding"."""
    decoded = encoding.decode(data, options.get("encoding"))
    units = tuple([placed.unit for placed in lay_out(decoded.text).units])
    return Content(units, {**recipe, "encoding": decoded.encoding})


def write_cues(
    original: bytes,
    recipe: Mapping[str, Any],
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
    lay_out: LayOut,
) -> bytes:
    """Return subtitles with their corrected places; raises ExportError."""
    if not replacements and not insertions:
        return original
    decoded = encoding.decode(original, recipe.get("encoding"))
    edited = lay_out(decoded.text).edited(replacements, insertions)
    return encoding.encode(edited, decoded.encoding, original, decoded.text)
