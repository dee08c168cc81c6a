"""What a paragraph of an office document is made of, and the text of its runs in parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reviewer.formats.xml_nodes import unescaped
from reviewer.model import FIRST_CODE, LAST_CODE, CodeKind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_REFERENCE = "&[^;\\s]{1,12};"
_OWN = f"[{chr(FIRST_CODE)}-{chr(LAST_CODE)}]"
_BREAKS = "\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]"
_SPECIAL = re.compile(f"{_REFERENCE}|{_BREAKS}|{_OWN}")
_SPECIAL_OR_SPACE = re.compile(f"{_REFERENCE}|[ \t\r\n]+|[\v\f\x1c-\x1e\x85\u2028\u2029]|{_OWN}")


class Format(NamedTuple):
    """How a run looks: what of it counts, in words ("b i"), and as it stands in the file."""

    look: str = ""
    raw: str = ""


class Room(NamedTuple):
    """The text element around a stretch of text: where its contents begin and end.

    Attributes:
        keeps_space: whether white space at its ends counts.
    """

    start: int
    end: int
    keeps_space: bool = True


class Part(NamedTuple):
    """A part of a run: text, or what stands for one character or one code of it.

    Attributes:
        text: what is read; of a code what it is ("tab").
        room: where it is text in the file too; None else.
    """

    text: str
    place: int
    place_end: int
    room: Room | None = None
    is_code: bool = False


class Piece(NamedTuple):
    """A stretch of a unit's text and the stretch of the file that it stands for."""

    start: int
    end: int
    place: int
    place_end: int
    room: Room | None


class Item(NamedTuple):
    """What a paragraph is made of, in order: runs, codes and anchors.

    Attributes:
        start, end: its range in the unit's text; an anchor's is empty.
        place, place_end: its range in the file.
        shape: of a run: an edit may reach into another of the same shape; None for all else.
        anchor: of an anchor, whether it stays in front of what is written in its place.
    """

    start: int
    end: int
    place: int
    place_end: int
    shape: str | None = None
    pieces: tuple[Piece, ...] = ()
    anchor: bool | None = None


class Inline(NamedTuple):
    """What a placeholder of a unit stands for.

    Attributes:
        place, place_end: what is written for it; empty for a look.
        format: of an opening half, how the text behind it looks.
        wraps: whether it is a tag around what stands between it and its other half.
        inside: whether it stands inside a run.
        raw: what is written for it where that is not in the file.
    """

    kind: CodeKind
    place: int
    place_end: int
    format: Format | None = None
    wraps: bool = False
    inside: bool = False
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A unit and what it is made of.

    Attributes:
        place, place_end: of the whole paragraph in the file.
        base: how most of it looks.
        inlines: what its placeholders stand for.
        others: the closing half of each opening one, and the reverse.
        fresh: what stands in front of and behind the text of a new paragraph like it.
    """

    unit: Unit
    place: int
    place_end: int
    base: Format
    items: Sequence[Item]
    inlines: Mapping[str, Inline]
    others: Mapping[str, str]
    fresh: tuple[str, str] | None = None


def text_parts(
    raw: str, place: int, room: Room | None, *, collapse: bool = False
) -> Iterator[Part]:
    """Yield the parts of a text as it stands in XML; `collapse` makes one space of white space."""
    special = _SPECIAL_OR_SPACE if collapse else _SPECIAL
    last = 0
    for found in special.finditer(raw):
        start, end = found.span()
        if start > last:
            yield Part(raw[last:start], place + last, place + start, room)
        yield from _characters(found.group(), place + start, place + end, room)
        last = end
    if last < len(raw):
        yield Part(raw[last:], place + last, place + len(raw), room)


def _characters(raw: str, place: int, place_end: int, room: Room | None) -> Iterator[Part]:
    text = unescaped(raw)
    if text.isspace() and (len(text) > 1 or text == "\t" or text.splitlines() != [text]):
        text = " "
    yield Part(text, place, place_end, room)
