"""A unit from stretches of text and of markup as they follow each other in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reviewer.formats.layout import Piece, PlacedUnit, own_codes
from reviewer.model import FIRST_CODE, LAST_CODE, Code, CodeKind, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_SHOWN = 12


class Span(NamedTuple):
    """A stretch of a document: text, what stands for one character of text, or markup.

    Attributes:
        text: as it is read; of markup as it stands in the document.
        kind: of markup; None for text.
        name: of an opening and a closing half the same; "" for what has no other half.
        shown: what the chip of markup says.
    """

    text: str
    place: int
    place_end: int
    kind: CodeKind | None = None
    name: str = ""
    shown: str = ""


def place_spans(
    spans: Sequence[Span], location: str, block: tuple[int, int, str, str, str, str]
) -> PlacedUnit | None:
    """Return the unit of stretches that follow each other; None where they hold no text.

    White space and markup around the text are no part of it. `block` is the rest of the
    PlacedUnit.
    """
    kinds, others = _paired(_own_as_codes(spans))
    inner = _trimmed(kinds, others)
    if not any(span.kind is None and span.text.strip() for span in kinds[slice(*inner)]):
        return None
    return _built(kinds, others, inner, location, block)


def _own_as_codes(spans: Sequence[Span]) -> list[Span]:
    """Return the stretches with the document's own plane-15 characters as codes."""
    found: list[Span] = []
    for span in spans:
        own = own_codes(span.text) if span.kind is None else None
        if not own:
            found.append(span)
            continue
        last = 0
        for at, character in enumerate(span.text):
            if character in own:
                if at > last:
                    found.append(_cut(span, last, at))
                shown = f"U+{ord(character):X}"
                found.append(
                    _cut(span, at, at + 1)._replace(kind=CodeKind.PLACEHOLDER, shown=shown)
                )
                last = at + 1
        if last < len(span.text):
            found.append(_cut(span, last, len(span.text)))
    return found


def _cut(span: Span, start: int, end: int) -> Span:
    whole = len(span.text) != span.place_end - span.place
    place = span.place if whole else span.place + start
    return Span(span.text[start:end], place, span.place_end if whole else span.place + end)


def _paired(spans: list[Span]) -> tuple[list[Span], dict[int, int]]:
    """Return the stretches, halves without another half made placeholders, and who is whose."""
    others: dict[int, int] = {}
    open_: dict[str, list[int]] = {}
    for at, span in enumerate(spans):
        if span.kind is CodeKind.OPEN:
            open_.setdefault(span.name, []).append(at)
        elif span.kind is CodeKind.CLOSE and open_.get(span.name):
            opening = open_[span.name].pop()
            others[opening], others[at] = at, opening
    halves = {CodeKind.OPEN, CodeKind.CLOSE}
    alone = [
        span._replace(kind=CodeKind.PLACEHOLDER)
        if span.kind in halves and at not in others
        else span
        for at, span in enumerate(spans)
    ]
    return alone, others


def _trimmed(spans: Sequence[Span], others: dict[int, int]) -> tuple[int, int]:
    """Return the range of the stretches without white space and markup around the text."""
    first, last = 0, len(spans)
    while first < last:
        if _is_outer(spans[first]):
            first += 1
        elif _is_outer(spans[last - 1]):
            last -= 1
        elif others.get(first) in {first + 1, last - 1}:
            last -= others[first] == last - 1 and others[first] != first + 1
            first += 2 if others[first] == first + 1 else 1
        elif others.get(last - 1) == last - 2:
            last -= 2
        else:
            break
    return first, last


def _is_outer(span: Span) -> bool:
    if span.kind is None:
        return not span.text.strip()
    return span.kind is CodeKind.PLACEHOLDER and not span.shown.startswith("U+")


def _built(
    spans: Sequence[Span],
    others: dict[int, int],
    inner: tuple[int, int],
    location: str,
    block: tuple[int, int, str, str, str, str],
) -> PlacedUnit:
    own = own_codes("".join([span.text for span in spans]))
    free = (chr(c) for c in range(FIRST_CODE, LAST_CODE + 1) if chr(c) not in own)
    texts: list[str] = []
    pieces: list[Piece] = []
    codes: list[Code] = []
    names: dict[int, str] = {}
    length = 0
    for at in range(*inner):
        span = spans[at]
        text = span.text
        if span.kind is not None:
            is_own = span.shown.startswith("U+") and span.text in own
            character = span.text if is_own else next(free, None)
            if character is None:
                break
            name = names.setdefault(others.get(at, at), str(len(names) + 1))
            names.setdefault(at, name)
            text = character
            shown = span.shown[:_LONGEST_SHOWN]
            codes.append(Code(text, name, span.kind, span.text, shown))
        pieces.append(Piece(length, length + len(text), span.place, span.place_end))
        texts.append(text)
        length += len(text)
    text = "".join(texts)
    markup = {code.character for code in codes}
    wordless = not any(c.isalnum() for c in text if c not in markup)
    return PlacedUnit(Unit(text, tuple(codes), location, not wordless), tuple(pieces), *block)
