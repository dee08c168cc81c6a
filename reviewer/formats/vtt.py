"""WebVTT subtitles: cue tags are codes; notes, styles, regions and settings are left alone."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from reviewer.errors import FormatError
from reviewer.formats.base import Content, Reader, Writer
from reviewer.formats.cues import blocks, cues, place_cue, read_cues, write_cues
from reviewer.formats.layout import Layout
from reviewer.formats.spans import Span
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import CodeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reviewer.formats.base import Insertion, Replacement
    from reviewer.formats.layout import PlacedUnit

_RECIPE = {"reader": "vtt", "version": 1}
_SPECIAL = re.compile(
    r"""<(?P<close>/?)(?P<name>[a-zA-Z]{1,12})(?:[.\s][^<>]{0,300})?>
    | <[\d:.]{5,20}>
    | &(?:amp|lt|gt|nbsp|lrm|rlm|\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6});
    | [\v\f\x1c-\x1e\x85\u2028\u2029]""",
    re.VERBOSE,
)


def read_vtt(data: bytes, options: Mapping[str, Any]) -> Content:
    """Read WebVTT subtitles; raises FormatError, EncodingError. Options: "encoding"."""
    if b"WEBVTT" not in data[:40] and b"W\0E\0B\0" not in data[:40]:
        message = "The file is no WebVTT: it does not begin with that word."
        raise FormatError(message)
    return read_cues(data, options, _RECIPE, lay_out)


def write_vtt(
    original: bytes,
    recipe: Mapping[str, Any],
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> bytes:
    """Return the subtitles with their corrected places; raises ExportError."""
    return write_cues(original, recipe, replacements, insertions, lay_out)


def lay_out(text: str) -> Layout:
    """Return the units of subtitles and their places."""
    return Layout(text, tuple(_units(text)), escape=_escaped, rebreaks=True)


def _units(text: str) -> Iterator[PlacedUnit]:
    for block in blocks(text):
        if block[0].text.startswith("NOTE"):
            continue
        for lines in cues(block):
            placed = place_cue(lines, _inside)
            if placed is not None:
                yield placed


def _inside(line: str, place: int) -> Iterator[Span]:
    last = 0
    for found in _SPECIAL.finditer(line):
        start, end = place + found.start(), place + found.end()
        if found.start() > last:
            yield Span(line[last : found.start()], place + last, start)
        yield _special(found, start, end)
        last = found.end()
    if last < len(line):
        yield Span(line[last:], place + last, place + len(line))


def _special(found: re.Match[str], start: int, end: int) -> Span:
    raw, name = found.group(), (found["name"] or "").lower()
    if name:
        kind = CodeKind.CLOSE if found["close"] else CodeKind.OPEN
        return Span(raw, start, end, kind, name, found["close"] + name)
    text = html.unescape(raw)
    if raw.startswith("<") or len(text) != 1 or text == "\ufffd":
        return Span(raw, start, end, CodeKind.PLACEHOLDER, "", raw)
    return Span(" " if text.splitlines() != [text] else text, start, end)


def _escaped(new: str, _quote: str) -> str:
    return new.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;")


READER = Reader("vtt", QT_TRANSLATE_NOOP("formats", "WebVTT subtitles"), (".vtt",), read_vtt)
WRITER = Writer("vtt", write_vtt)
