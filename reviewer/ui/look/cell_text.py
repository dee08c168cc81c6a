"""A text as Qt is to lay it out: its offsets in UTF-16, and what Qt cannot carry shown as chips.

The texts of the model count code points and may hold anything: inline codes, control characters,
line separators, lone surrogates. Here each segment becomes a paragraph that Qt keeps as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from reviewer.model import FIRST_CODE, LAST_CODE, SEGMENT_BREAK, CodeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reviewer.model import Pair, Segment

OBJECT = "\ufffc"
"""Stands for a chip in the editor."""
MOST_SHOWN = 20_000
"""Code points of a cell that are laid out for reading; whole novels fit in a "sentence"."""
MOST_EDITED = 200_000
"""Code points of a side that are laid out for editing, and for a caret in the source."""

_LONGEST_LABEL = 24
_CHIP, _PARAGRAPH = _LONGEST_LABEL + 4, 40
"""What a chip and a paragraph count for, in code points: as much work to lay out."""
_CODES = f"{chr(FIRST_CODE)}-{chr(LAST_CODE)}"
# Qt takes some of these for the end of a paragraph and changes others when asked for its text.
_CHIPS = re.compile(
    f"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffc\ufffe\uffff{_CODES}]"
)
_HIDDEN = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACE = "␣"
_FIXED_SPACES = re.compile("[\u00a0\u202f\u2007]")


@dataclass(frozen=True, slots=True)
class Chip:
    """A code or a character that has no picture.

    Attributes:
        character: as in the model's text.
        label: what the chip says.
        start, end: where it stands in the paragraph, in UTF-16 units.
        fixed: it must not be deleted.
    """

    character: str
    label: str
    start: int
    end: int
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A segment for Qt.

    Attributes:
        shown: the text without anything that Qt would change.
        length: of the model's text, in code points.
        shown_length: of the part of it that is shown, with the dots at its end if it is cut.
        units: for each code point and for the end, its UTF-16 unit in `shown`; None where they
            are the same.
        hidden: units of the characters that have no width.
        fixed_spaces: units of the spaces that do not break.
    """

    shown: str
    length: int
    shown_length: int
    units: tuple[int, ...] | None
    chips: tuple[Chip, ...]
    hidden: tuple[int, ...]
    fixed_spaces: tuple[int, ...]

    def to_qt(self, offset: int) -> int:
        """Return the UTF-16 unit of a code point, both from the beginning of the paragraph."""
        offset = min(max(offset, 0), self.shown_length)
        return offset if self.units is None else self.units[offset]

    def from_qt(self, unit: int) -> int:
        """Return the code point that a UTF-16 unit belongs to."""
        offset = max(unit, 0)
        if self.units is not None:
            offset = max(bisect_right(self.units, unit) - 1, 0)
        # What is not shown is behind the last of what is.
        return offset if offset < self.shown_length else self.length


class CellText:
    """One side of a pair as paragraphs.

    Attributes:
        spare: codes of the other side that can be pasted into any of them.
        shown_end: offset from which on nothing is shown; None where all is.
    """

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        spare: Sequence[Chip] = (),
        shown_end: int | None = None,
    ) -> None:
        self.paragraphs = tuple(paragraphs)
        self.spare = tuple(spare)
        self.shown_end = shown_end
        lengths = (paragraph.length + len(SEGMENT_BREAK) for paragraph in paragraphs)
        self._starts = [0, *accumulate(lengths)]

    def to_qt(self, offset: int) -> tuple[int, int]:
        """Return (paragraph, UTF-16 unit) of an offset in the joined text of the side."""
        number = bisect_right(self._starts, offset, hi=len(self.paragraphs)) - 1
        number = max(0, number)
        return number, self.paragraphs[number].to_qt(offset - self._starts[number])

    def from_qt(self, paragraph: int, unit: int) -> int:
        """Return the offset in the joined text of a UTF-16 unit of a paragraph."""
        return self._starts[paragraph] + self.paragraphs[paragraph].from_qt(unit)

    def ranges(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return (paragraph, first unit, end unit) of each part of a range of the joined text."""
        first, first_unit = self.to_qt(start)
        last, last_unit = self.to_qt(max(start, end))
        if first == last:
            return [(first, first_unit, last_unit)]
        middle = [(n, 0, len_qt(self.paragraphs[n].shown)) for n in range(first + 1, last)]
        head = (first, first_unit, len_qt(self.paragraphs[first].shown))
        return [head, *middle, (last, 0, last_unit)]


def for_cell(segments: Sequence[Segment], labels: Mapping[str, str]) -> CellText:
    """Return the text of a side for reading: chips are their labels.

    Of a text that is too long its beginning is shown, and how much more there is.
    """
    made: list[Paragraph] = []
    room, done = MOST_SHOWN, 0
    for segment in segments:
        text = segment.text
        fitting = _fitting(text, room)
        known = _labels(segment, labels) if segment.codes else None
        if fitting < len(text) or room <= 0:
            rest = _length(segments) - done - fitting
            cut = [paragraph(f"{text[:fitting]}…", None, known)] if fitting else []
            cut = [replace(each, length=fitting) for each in cut]
            return CellText([*made, *cut, _note(rest, after=fitting)], (), done + fitting)
        made.append(paragraph(text, None, known))
        room -= len(text) + _CHIP * len(made[-1].chips) + _PARAGRAPH
        done += len(text) + len(SEGMENT_BREAK)
    return CellText(made or [paragraph("")])


def is_too_long(segments: Sequence[Segment]) -> bool:
    """Return whether a side is longer than what is laid out for editing."""
    return _length(segments) + _PARAGRAPH * len(segments) > MOST_EDITED + _PARAGRAPH


def _length(segments: Sequence[Segment]) -> int:
    """Return the length of a side's joined text."""
    breaks = max(len(segments) - 1, 0) * len(SEGMENT_BREAK)
    return sum(len(segment.text) for segment in segments) + breaks


def _fitting(text: str, room: int) -> int:
    """Return how many code points of a text find room, its chips counted as their labels."""
    end = max(room, 0)
    for found in _CHIPS.finditer(text, 0, end):
        if found.start() >= end:
            break
        end = max(found.start(), end - _CHIP)
    return min(end, len(text))


def _note(rest: int, *, after: int) -> Paragraph:
    """Return a paragraph that says how much more there is, in a frame; all of it is one place.

    `after` is how much of a segment stands in front of it, in a paragraph of its own.
    """
    words = QCoreApplication.translate("cells", "Not shown: {0} characters")
    shown = _framed(words.format(QLocale().toString(rest)))
    chip = Chip("", shown, 0, len_qt(shown))
    # What is cut inside of a segment has no break between its halves.
    length = rest - len(SEGMENT_BREAK) if after else rest
    return Paragraph(shown, length, 0, None, (chip,), (), ())


def for_editor(
    segments: Sequence[Segment], labels: Mapping[str, str], spare: Sequence[Segment] = ()
) -> CellText:
    """Return the text of a side for editing: chips are one OBJECT each, nothing is cut.

    The codes of `spare`, segments of the other side, can be pasted in.
    """
    made = [_for_editor(segment, labels) for segment in segments]
    chips = [chip for segment in spare for chip in _for_editor(segment, labels).chips]
    return CellText(made or [paragraph("")], chips)


def _for_editor(segment: Segment, labels: Mapping[str, str]) -> Paragraph:
    return paragraph(segment.text, lambda _: OBJECT, _labels(segment, labels), _fixed(segment))


def labelled(text: str, pair: Pair) -> str:
    """Return a text for a button or a menu: its codes are their labels in brackets.

    Spaces at its ends are shown as signs, and that there is nothing is said.
    """
    if not text:
        return QCoreApplication.translate("suggestions", "Delete")
    inside = text.strip()
    head = text[: len(text) - len(text.lstrip())]
    tail = text[len(head) + len(inside) :]
    return f"{_SPACE * len(head)}{_with_labels(inside, pair)}{_SPACE * len(tail)}"


def _with_labels(text: str, pair: Pair) -> str:
    if not _CHIPS.search(text):
        return text
    numbers, known = code_labels(pair), dict[str, str]()
    for segment in (*pair.source, *pair.target):
        known |= _labels(segment, numbers)
    return _CHIPS.sub(lambda found: f"[{known[found[0]]}]" if found[0] in known else "", text)


def code_labels(pair: Pair) -> dict[str, str]:
    """Return id -> number of the inline codes of a pair; both sides count alike."""
    ids = [code.id for segment in (*pair.source, *pair.target) for code in segment.codes]
    return {id_: str(number) for number, id_ in enumerate(dict.fromkeys(ids), 1)}


def readable(text: str) -> str:
    """Return a text for other programs: without codes and what has no picture."""
    return _CHIPS.sub(lambda match: match[0] if match[0] == SEGMENT_BREAK else "", text)


def len_qt(text: str) -> int:
    """Return the length of a text in UTF-16 units; it holds no lone surrogates."""
    return (
        len(text) + sum(character > "\uffff" for character in text) if _wide(text) else len(text)
    )


def paragraph(
    text: str,
    stand_in: Callable[[str], str] | None = None,
    labels: Mapping[str, str] | None = None,
    fixed: frozenset[str] = frozenset(),
) -> Paragraph:
    """Return a segment's text as a paragraph.

    Args:
        text: without SEGMENT_BREAK.
        stand_in: what stands in the paragraph for a chip with a label; the label in a frame of
            spaces where it is None.
        labels: of the codes, by their characters; other characters are named by their number.
        fixed: codes that must not be deleted.
    """
    shown, units = text, None
    chips: tuple[Chip, ...] = ()
    if _CHIPS.search(text):
        shown, units, chips = _with_chips(text, stand_in or _framed, labels or {}, fixed)
    elif _wide(text):
        units = tuple(accumulate((1 + (c > "\uffff") for c in text), initial=0))
    made = Paragraph(shown, len(text), len(text), units, chips, (), ())
    hidden, spaces = _places(_HIDDEN, text, made), _places(_FIXED_SPACES, text, made)
    if not hidden and not spaces:
        return made
    return Paragraph(shown, len(text), len(text), units, chips, hidden, spaces)


def _places(pattern: re.Pattern[str], text: str, made: Paragraph) -> tuple[int, ...]:
    return tuple(made.to_qt(match.start()) for match in pattern.finditer(text))


def _wide(text: str) -> bool:
    return not text.isascii() and max(text) > "\uffff"


def _with_chips(
    text: str, stand_in: Callable[[str], str], labels: Mapping[str, str], fixed: frozenset[str]
) -> tuple[str, tuple[int, ...], tuple[Chip, ...]]:
    pieces, units, chips, unit = [], [0], [], 0
    for character in text:
        piece = character
        if _CHIPS.match(character):
            label = labels.get(character) or f"U+{ord(character):04X}"
            piece = stand_in(label)
            end = unit + len_qt(piece)
            chips.append(Chip(character, label, unit, end, character in fixed))
        unit += len_qt(piece)
        pieces.append(piece)
        units.append(unit)
    return "".join(pieces), tuple(units), tuple(chips)


def _framed(label: str) -> str:
    # A place to break the line on both sides, and room for the frame that does not break.
    return f"\u200b\u00a0{label}\u00a0\u200b"


def _labels(segment: Segment, numbers: Mapping[str, str]) -> dict[str, str]:
    frames = {CodeKind.OPEN: "{}›", CodeKind.CLOSE: "‹{}"}
    return {
        code.character: _CHIPS.sub("", code.shown[:_LONGEST_LABEL])
        or frames.get(code.kind, "{}").format(numbers.get(code.id, "?"))
        for code in segment.codes
    }


def _fixed(segment: Segment) -> frozenset[str]:
    return frozenset(code.character for code in segment.codes if not code.can_delete)
