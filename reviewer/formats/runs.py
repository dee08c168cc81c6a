"""A paragraph of an office document as a unit: its runs as text, all else as codes.

Neighbouring runs that look alike are read as one; what looks otherwise than the
paragraph, or than the link it stands in, becomes a pair of codes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import FormatError
from reviewer.formats.layout import own_codes
from reviewer.formats.xml_nodes import unescaped
from reviewer.model import FIRST_CODE, LAST_CODE, Code, CodeKind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LONGEST_SHOWN = 12
_PLAIN_SHARE = 0.2
"""Share of a paragraph's text from which plain text is what needs no code."""
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


class _Entry(NamedTuple):
    """What stands in a paragraph: a run, a code, an anchor, or a change of looks.

    Attributes:
        kind: of a code or a change of looks.
        mark: what it is, alike in all documents ("link"); `shown` is what its chip says.
        context: number of the innermost pair it stands in; of a pair's half, the pair's own.
    """

    place: int
    place_end: int
    context: int = 0
    kind: CodeKind | None = None
    mark: str = ""
    shown: str = ""
    can_delete: bool = True
    can_copy: bool = True
    format: Format | None = None
    shape: str | None = None
    parts: Sequence[Part] = ()
    text: str = ""
    anchor: bool | None = None


@dataclass(slots=True)
class Builder:
    """Takes what stands in a paragraph, in order, and makes a unit of it."""

    _entries: list[_Entry] = field(default_factory=list)
    _open: list[int] = field(default_factory=lambda: [0])
    _pairs: int = 0

    def run(
        self, place: int, place_end: int, parts: Sequence[Part], look: Format, shape: str = ""
    ) -> None:
        """Add a run that has text; one that has none is added by `alone`."""
        context = self._open[-1]
        text = "".join([part.text for part in parts if not part.is_code])
        self._entries.append(
            _Entry(place, place_end, context, format=look, shape=shape, parts=parts, text=text)
        )

    def opening(self, place: int, place_end: int, mark: str, shown: str) -> None:
        """Add what opens a pair."""
        self._pairs += 1
        self._open.append(self._pairs)
        entry = _Entry(place, place_end, self._pairs, CodeKind.OPEN, mark, shown)
        self._entries.append(entry)

    def closing(self, place: int, place_end: int) -> None:
        """Add what closes the pair that was opened last."""
        self._entries.append(_Entry(place, place_end, self._open.pop(), CodeKind.CLOSE))

    def alone(
        self,
        place: int,
        place_end: int,
        mark: str,
        shown: str,
        *,
        can_delete: bool = True,
        can_copy: bool = True,
    ) -> None:
        """Add a code of its own."""
        kind, context = CodeKind.PLACEHOLDER, self._open[-1]
        self._entries.append(
            _Entry(place, place_end, context, kind, mark, shown, can_delete, can_copy)
        )

    def anchor(self, place: int, place_end: int, *, first: bool) -> None:
        """Add what nobody sees and no edit may lose: it gets no code and stays where it is."""
        self._entries.append(_Entry(place, place_end, anchor=first))

    def has_text(self) -> bool:
        """Return whether there is a unit to be made."""
        return any(entry.text.strip() for entry in self._entries)

    def finish(
        self, place: int, place_end: int, location: str, fresh: tuple[str, str] | None = None
    ) -> Paragraph:
        """Return the paragraph; raises FormatError where it holds more codes than there are."""
        bases = _bases(self._entries)
        making = _Making("".join([entry.text for entry in self._entries]), bases)
        for entry in _with_looks(self._entries, bases):
            making.add(entry)
        unit = making.unit(location)
        base = bases.get(0) or Format()
        return Paragraph(
            unit, place, place_end, base, making.items, making.inlines, making.others, fresh
        )


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


def _bases(entries: Sequence[_Entry]) -> dict[int, Format]:
    """Return how the text inside each pair, and inside none (0), looks where it has no code.

    Plain, where enough of it is; else as most of it does.
    """
    formats: dict[tuple[int, str], Format] = {}
    counts: Counter[tuple[int, str]] = Counter()
    whole: Counter[int] = Counter()
    for entry in entries:
        if entry.format is not None:
            key, size = (entry.context, entry.format.look), len(entry.text.strip())
            formats.setdefault(key, entry.format)
            counts[key] += size
            whole[entry.context] += size
    for context, size in whole.items():
        # A source and its translation get the same codes where plain text is the base of both.
        if counts[context, ""] >= _PLAIN_SHARE * size:
            counts[context, ""] = size + 1
    ranked = sorted(formats, key=counts.__getitem__)
    return {key[0]: formats[key] for key in ranked}


def _with_looks(entries: Sequence[_Entry], bases: Mapping[int, Format]) -> list[_Entry]:
    """Return the entries with one before and one behind each stretch that looks otherwise."""
    found: list[_Entry] = []
    look, last = "", 0

    def turn(new: str, entry: _Entry | None) -> None:
        nonlocal look, last
        if look and look != new:
            end = found[last - 1].place_end
            found.insert(last, _Entry(end, end, kind=CodeKind.CLOSE))
        if new and look != new and entry is not None:
            opening = _Entry(
                entry.place, entry.place, 0, CodeKind.OPEN, new, new, format=entry.format
            )
            found.append(opening)
        look = new

    for entry in entries:
        if entry.format is not None and entry.text.strip():
            other = entry.format.look != bases[entry.context].look
            # What looks plain among what does not is told by a word too.
            turn((entry.format.look or "plain") if other else "", entry)
        elif entry.kind in {CodeKind.OPEN, CodeKind.CLOSE}:
            turn("", entry)
        found.append(entry)
        if entry.shape is not None:
            last = len(found)
    turn("", None)
    return found


class _Making:
    """The text, codes and items of a unit as they grow."""

    def __init__(self, text: str, bases: Mapping[int, Format]) -> None:
        own = own_codes(text)
        self.bases = bases
        self.free = (chr(c) for c in range(FIRST_CODE, LAST_CODE + 1) if chr(c) not in own)
        self.items: list[Item] = []
        self.inlines: dict[str, Inline] = {}
        self.others: dict[str, str] = {}
        self.codes: list[Code] = []
        self.texts: list[str] = []
        self.length = 0
        self.names = 0
        self.open: list[Code] = []

    def add(self, entry: _Entry) -> None:
        """Add what stands next."""
        start = self.length
        pieces: tuple[Piece, ...] = ()
        if entry.shape is not None:
            pieces = tuple([self._piece(part) for part in entry.parts])
        elif entry.kind is not None:
            self._text(self._code(entry).character)
        self.items.append(
            Item(
                start,
                self.length,
                entry.place,
                entry.place_end,
                entry.shape,
                pieces,
                entry.anchor,
            )
        )

    def unit(self, location: str) -> Unit:
        """Return the unit of all that was added."""
        text, codes = "".join(self.texts), tuple(self.codes)
        markup = {code.character for code in codes}
        wordless = not any(c.isalnum() for c in text if c not in markup)
        return Unit(text, codes, location, not wordless)

    def _text(self, text: str) -> tuple[int, int]:
        start = self.length
        self.texts.append(text)
        self.length += len(text)
        return start, self.length

    def _piece(self, part: Part) -> Piece:
        text, room = part.text, part.room
        if part.is_code or own_codes(text):
            code = self._inner_code(part)
            text, room = code.character, None
        return Piece(*self._text(text), part.place, part.place_end, room)

    def _inner_code(self, part: Part) -> Code:
        """Make a code of a part of a run: a tab, or a character that is taken for a code."""
        kind, own = CodeKind.PLACEHOLDER, not part.is_code
        shown = f"U+{ord(part.text):X}" if own else part.text[:_LONGEST_SHOWN]
        character = part.text if own else self._character()
        code = Code(character, shown if own else self._name(), kind, part.text, shown)
        raw = part.text if own else ""
        self.inlines[character] = Inline(kind, part.place, part.place_end, inside=True, raw=raw)
        self.codes.append(code)
        return code

    def _code(self, entry: _Entry) -> Code:
        assert entry.kind is not None
        wraps = entry.place < entry.place_end and entry.kind is not CodeKind.PLACEHOLDER
        character, format_ = self._character(), entry.format
        if entry.kind is CodeKind.CLOSE:
            opening = self.open.pop()
            shown = f"/{opening.shown}"[:_LONGEST_SHOWN]
            code = Code(character, opening.id, entry.kind, opening.data, shown)
            self.others[character], self.others[opening.character] = opening.character, character
        else:
            shown = entry.shown.removeprefix("style ")[:_LONGEST_SHOWN]
            flags = entry.can_delete, entry.can_copy
            code = Code(character, self._name(), entry.kind, entry.mark, shown, *flags)
        if entry.kind is CodeKind.OPEN:
            self.open.append(code)
            format_ = format_ or self.bases.get(entry.context)
        self.inlines[character] = Inline(entry.kind, entry.place, entry.place_end, format_, wraps)
        self.codes.append(code)
        return code

    def _character(self) -> str:
        character = next(self.free, None)
        if character is None:
            message = "One paragraph holds more codes than can be told apart; it is not read."
            raise FormatError(message)
        return character

    def _name(self) -> str:
        self.names += 1
        return str(self.names)
