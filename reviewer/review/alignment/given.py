"""Anchors that a person pastes: lines of numbers or of texts, to places that belong together."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Side
from reviewer.review.alignment.places import Place, held, ord_of, position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.review.alignment.columns import Columns

_NUMBERS = re.compile(r"\s*(\d{1,9})\s*=\s*(\d{1,9})\s*")
_SPACE = re.compile(r"\s+")
_NOT_A_LINE = QT_TRANSLATE_NOOP(
    "given", "Line {0} is neither “12 = 14” nor two sentences with a tab between them."
)
_NO_PAIR = QT_TRANSLATE_NOOP("given", "Line {0}: there is no pair {1}.")
_NO_SOURCE = QT_TRANSLATE_NOOP("given", "Line {0}: pair {1} has no source.")
_NO_TARGET = QT_TRANSLATE_NOOP("given", "Line {0}: pair {1} has no translation.")
_CUT = QT_TRANSLATE_NOOP("given", "Line {0}: pair {1} holds a part of a sentence only.")
_NOWHERE = QT_TRANSLATE_NOOP("given", "Line {0}: “{1}” stands nowhere.")
_TWICE = QT_TRANSLATE_NOOP("given", "Line {0}: “{1}” stands in more than one place.")
_TAKEN = QT_TRANSLATE_NOOP("given", "Line {0} names a sentence that an earlier line has linked.")
_CROSSES = QT_TRANSLATE_NOOP("given", "Line {0} crosses an earlier line; both are linked so.")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Unfit:
    """What does not fit about a line.

    Attributes:
        text: an English sentence (context "given") with {0}, {1} for `words`.
        fatal: the line is left out.
    """

    text: str
    words: tuple[str, ...]
    fatal: bool = True


@dataclass(frozen=True, slots=True)
class Given:
    """What lines say: places that belong together, and what does not fit."""

    places: tuple[Place, ...]
    unfit: tuple[Unfit, ...]


def read_anchors(text: str, columns: Columns) -> Given:
    """Return what a text of anchors says.

    A line is “12 = 14”, the source of pair 12 with the translation of pair 14 by the numbers of
    the rows, or a source sentence and its translation with a tab between them.
    """
    reading = _Reading(columns)
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            reading.take(number, line)
    return Given(tuple(reading.places), tuple(reading.unfit))


class Crossings:
    """Tells whether a link crosses one of those before it, without looking at all of them."""

    def __init__(self) -> None:
        # An earlier link crosses when it begins before and ends behind, or the other way round.
        self._furthest, self._nearest = _Records(), _Records()

    def add(self, source: int, target: int) -> bool:
        """Take in a link of two positions; return whether it crosses an earlier one."""
        over = self._furthest.before(source, target) or self._nearest.before(-source, -target)
        self._furthest.add(source, target)
        self._nearest.add(-source, -target)
        return over


class _Records:
    """Heights along a line, without those that one before them outdoes: they only rise."""

    def __init__(self) -> None:
        self._places: list[int] = []
        self._heights: list[int] = []

    def before(self, place: int, height: int) -> bool:
        """Return whether something higher stands before a place."""
        at = bisect_left(self._places, place)
        return at > 0 and self._heights[at - 1] > height

    def add(self, place: int, height: int) -> None:
        """Put in a height; each one goes once at most."""
        if self.before(place, height):
            return
        at = bisect_left(self._places, place)
        end = bisect_left(self._heights, height, at)
        self._places[at:end] = [place]
        self._heights[at:end] = [height]


class _Reading:
    """The lines read so far."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._texts: dict[Side, dict[str, list[int]]] = {}
        self._used: set[tuple[Side, int]] = set()
        self._crossings = Crossings()
        self.places: list[Place] = []
        self.unfit: list[Unfit] = []

    def take(self, number: int, line: str) -> None:
        """Read a line, counted from 1."""
        numbers = _NUMBERS.fullmatch(line)
        source, tab, target = line.partition("\t")
        if numbers:
            rows = [int(each) for each in numbers.groups()]
            ours = self._by_number(number, Side.SOURCE, rows[0])
            theirs = ours and self._by_number(number, Side.TARGET, rows[1])
        elif tab:
            ours = self._by_text(number, Side.SOURCE, source)
            theirs = ours and self._by_text(number, Side.TARGET, target)
        else:
            self.unfit.append(Unfit(_NOT_A_LINE, (str(number),)))
            return
        if ours and theirs:
            self._add(number, ours, theirs)

    def _add(self, number: int, source: range, target: range) -> None:
        keys = {(Side.SOURCE, n) for n in source} | {(Side.TARGET, n) for n in target}
        if keys & self._used:
            self.unfit.append(Unfit(_TAKEN, (str(number),)))
            return
        self._used |= keys
        place = Place((_positions(source),), (_positions(target),))
        if self._crossings.add(source.start, target.start):
            self.unfit.append(Unfit(_CROSSES, (str(number),), fatal=False))
        self.places.append(place)

    def _by_number(self, number: int, side: Side, row: int) -> range | None:
        """Return the segments of a side of a row, told by the number that is shown."""
        if not 1 <= row <= len(self._columns):
            return self._refused(_NO_PAIR, number, str(row))
        ranges = held(self._columns.place(row - 1).side(side))
        if not ranges:
            return self._refused(
                _NO_SOURCE if side is Side.SOURCE else _NO_TARGET, number, str(row)
            )
        (start, end), several = ranges[0], len(ranges) > 1
        if several or any(p != position(ord_of(p)) for p in (start, end)):
            return self._refused(_CUT, number, str(row))
        return range(ord_of(start), ord_of(end))

    def _by_text(self, number: int, side: Side, text: str) -> range | None:
        """Return the segment with a text, told apart by more than spaces."""
        wanted = _plain(text)
        found = self._known(side).get(wanted, [])
        if not wanted or len(found) != 1:
            shown = wanted if len(wanted) <= _SHOWN else wanted[: _SHOWN - 1] + "…"
            return self._refused(_TWICE if found else _NOWHERE, number, shown)
        return range(found[0], found[0] + 1)

    def _known(self, side: Side) -> dict[str, list[int]]:
        if side not in self._texts:
            self._texts[side] = {}
            for text, ord_ in self._spoken(side):
                places = self._texts[side].setdefault(text, [])
                if ord_ not in places:
                    places.append(ord_)
        return self._texts[side]

    def _spoken(self, side: Side) -> Iterator[tuple[str, int]]:
        """Yield the texts of a side as delivered, and those of the target as they stand."""
        for segment in self._columns.delivered.segments(side):
            yield _plain(segment.text), segment.ord
        for number in range(len(self._columns)) if side is Side.TARGET else ():
            for part in self._columns.parts(number):
                if part.side is Side.TARGET and part.now is not part.was:
                    yield _plain(part.now.text), part.piece.ord

    def _refused(self, text: str, number: int, word: str) -> range | None:
        """Say what does not fit about a line; it is about no segments then."""
        self.unfit.append(Unfit(text, (str(number), word)))
        return None


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _positions(ords: range) -> tuple[int, int]:
    return position(ords.start), position(ords.stop)
