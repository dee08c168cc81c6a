"""SubRip subtitles: tags in angle brackets and in braces are codes, all else of a cue is text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from reviewer.formats.base import Content, Reader, Writer
from reviewer.formats.cues import blocks, cues, place_cue, read_cues, write_cues
from reviewer.formats.layout import LINE_ENDS, Layout
from reviewer.formats.spans import Span
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import CodeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reviewer.formats.base import Insertion, Replacement
    from reviewer.formats.layout import PlacedUnit

_RECIPE = {"reader": "srt", "version": 1}
_MARKUP = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z]{1,12})(?:\s[^<>]{0,200})?>|\{\\[^{}]{1,100}\}|\{/?[a-zA-Z]\}"
)


def read_srt(data: bytes, options: Mapping[str, Any]) -> Content:
    """Read SubRip subtitles; raises EncodingError. Options: "encoding"."""
    return read_cues(data, options, _RECIPE, lay_out)


def write_srt(
    original: bytes,
    recipe: Mapping[str, Any],
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> bytes:
    """Return the subtitles with their corrected places; raises ExportError."""
    return write_cues(original, recipe, replacements, insertions, lay_out)


def lay_out(text: str) -> Layout:
    """Return the units of subtitles and their places."""
    return Layout(text, tuple(_units(text)), rebreaks=True)


def _units(text: str) -> Iterator[PlacedUnit]:
    begun = False
    for block in blocks(text):
        found = list(cues(block))
        begun = begun or any("-->" in line.text for line in block)
        # Text behind a blank line inside a cue is shown by players, and so it is read.
        if not found and begun and not any("-->" in line.text for line in block):
            found = [block]
        for lines in found:
            placed = place_cue(lines, _inside)
            if placed is not None:
                yield placed


def _inside(line: str, place: int) -> Iterator[Span]:
    last = 0
    for found in _MARKUP.finditer(line):
        yield from _text(line[last : found.start()], place + last)
        kind = CodeKind.PLACEHOLDER
        if found["name"]:
            kind = CodeKind.CLOSE if found["close"] else CodeKind.OPEN
        raw, name = found.group(), (found["name"] or "").lower()
        start, end = place + found.start(), place + found.end()
        shown = found["close"] + name if name else raw
        yield Span(raw, start, end, kind, name, shown)
        last = found.end()
    yield from _text(line[last:], place + last)


def _text(text: str, place: int) -> Iterator[Span]:
    """Yield a text with a space for what others take for a line break."""
    last = 0
    for found in LINE_ENDS.finditer(text):
        yield Span(text[last : found.start()], place + last, place + found.start())
        yield Span(" ", place + found.start(), place + found.end())
        last = found.end()
    if last < len(text):
        yield Span(text[last:], place + last, place + len(text))


READER = Reader("srt", QT_TRANSLATE_NOOP("formats", "SubRip subtitles"), (".srt",), read_srt)
WRITER = Writer("srt", write_srt)
