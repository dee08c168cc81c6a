"""Alignment edits: which places take the place of which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.model import Side
from reviewer.review.alignment.places import (
    Place,
    Range,
    Ranges,
    held,
    joined,
    offset_of,
    ord_of,
    position,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewer.review.alignment.beads import Beads
    from reviewer.review.alignment.columns import Columns

_OTHER = {Side.SOURCE: Side.TARGET, Side.TARGET: Side.SOURCE}


@dataclass(frozen=True, slots=True)
class Swap:
    """The places to take away, and those to put in their place.

    Attributes:
        confidence: of each added one in thousandths, None for one that a person made; None
            altogether where a person made all.
    """

    remove: tuple[Place, ...]
    add: tuple[Place, ...]
    confidence: tuple[int | None, ...] | None = None


def merge(beads: Beads, number: int, other: int) -> Swap | None:
    """Return one pair for two; None where one of them is none."""
    if number == other or not (0 <= number < len(beads) and 0 <= other < len(beads)):
        return None
    pair = beads[number].place, beads[other].place
    whole = _place(
        [r for place in pair for r in held(place.source)],
        [r for place in pair for r in held(place.target)],
        pair[0],
    )
    return Swap(pair, (whole,))


def split(beads: Beads, number: int, cuts: tuple[int | None, int | None]) -> Swap | None:
    """Return two pairs for one, cut at a position of each side; None where one would be empty.

    A cut of None leaves its side above.
    """
    place = beads[number].place
    halves = [_halved(place.side(s), cut) for s, cut in zip(Side, cuts, strict=True)]
    (upper_source, lower_source), (upper_target, lower_target) = halves
    if not (upper_source or upper_target) or not (lower_source or lower_target):
        return None
    behind = _end(place.source), _end(place.target)
    upper = _place(upper_source, upper_target, place)
    lower = _place(lower_source, lower_target, Place((behind[0],), (behind[1],)))
    return Swap((place,), (upper, lower))


def _halved(ranges: Ranges, cut: int | None) -> tuple[Ranges, Ranges]:
    if cut is None:
        return held(ranges), ()
    below = ((cut, 1 << 62),)
    lower = without(ranges, ((0, cut),)) if cut else held(ranges)
    return without(ranges, below), lower


def move(columns: Columns, number: int, side: Side, step: int) -> Swap | None:
    """Return the pairs after a segment went over a pair's edge to its neighbour.

    With step 1 the last one of the side goes to the next pair, with -1 the first one to the pair
    before. None where there is nothing to move, or no pair there.
    """
    beads, other = columns.beads, number + step
    pieces = columns.ranges(side, number)
    if not pieces or not 0 <= other < len(beads):
        return None
    moved = (pieces[-1 if step > 0 else 0],)
    here, there = beads[number].place, beads[other].place
    left = without(here.side(side), moved)
    places = [
        _with_side(here, side, left),
        _with_side(there, side, joined((*held(there.side(side)), *moved))),
    ]
    return Swap((here, there), tuple(place for place in places if place is not None))


def unlink(beads: Beads, number: int) -> Swap | None:
    """Return source and target of a pair as two; None where one of them is missing."""
    place = beads[number].place
    if not (place.holds(Side.SOURCE) and place.holds(Side.TARGET)):
        return None
    source = _place(place.source, (), place)
    return Swap((place,), (source, _alone(beads, place.target, place)))


def link(beads: Beads, source: Ranges, target: Ranges) -> Swap | None:
    """Return the pair of a range of the source and one of the target, wherever they stand.

    What they were paired with before stays behind, alone if need be. None where one side is
    nothing, or where they are a pair already.
    """
    numbers = _numbers(beads, Side.SOURCE, source) + _numbers(beads, Side.TARGET, target)
    if not held(source) or not held(target):
        return None
    made = Place(joined(source), joined(target))
    add: list[Place] = []
    remove = [beads[number].place for number in dict.fromkeys(numbers)]
    if any(place.key == made.key for place in remove):
        return None
    for place in remove:
        rest_source = without(place.source, made.source)
        rest_target = without(place.target, made.target)
        if rest_source:
            add.append(_place(rest_source, rest_target, place))
        elif rest_target:
            add.append(_alone(beads, rest_target, place))
    return Swap(tuple(remove), (made, *add))


def _alone(beads: Beads, target: Ranges, was: Place) -> Place:
    """Return a target without source, standing where it stood, or where its neighbours do.

    What was linked across the document goes back to the texts around it.
    """
    before = target[0][0] - 1
    number = beads.number_at(Side.TARGET, before) if before >= 0 else None
    own = beads.number_at(*was.first)
    near = number is None or own is None or abs(number - own) <= 1
    place = was if near or number is None else beads[number].place
    at = place.source[-1][1]
    return Place(((at, at),), joined(target))


def _numbers(beads: Beads, side: Side, ranges: Iterable[Range]) -> list[int]:
    """Return the numbers of the pairs that hold some of the ranges."""
    found: list[int] = []
    for start, end in ranges:
        at = start
        while at < end:
            number = beads.number_at(side, at)
            if number is not None:
                found.append(number)
            at = beads.end_at(side, at)
    return found


def _end(ranges: Ranges) -> Range:
    return ranges[-1][1], ranges[-1][1]


def _place(source: Iterable[Range], target: Iterable[Range], was: Place) -> Place:
    """Return a place; a side with nothing stands where it stood before."""
    sides = joined(source), joined(target)
    starts = (was.source[0][0],) * 2, (was.target[0][0],) * 2
    return Place(sides[0] or (starts[0],), sides[1] or (starts[1],))


def _with_side(place: Place, side: Side, ranges: Ranges) -> Place | None:
    """Return a place with another text on a side; None where it holds nothing any more."""
    if not ranges and not place.holds(_OTHER[side]):
        return None
    at = (place.side(side)[0][0],) * 2
    new = ranges or (at,)
    return Place(new, place.target) if side is Side.SOURCE else Place(place.source, new)


def whole_segments(ranges: Sequence[tuple[int, int]]) -> Ranges:
    """Return ranges of whole segments, told by `ord`s, half-open."""
    return joined((position(start), position(end)) for start, end in ranges)


def cut_segments(remove: Iterable[Place], add: Iterable[Place], side: Side) -> set[int]:
    """Return the segments of a side that are cut in other places afterwards."""
    cuts = [
        {p for place in places for r in held(place.side(side)) for p in r if offset_of(p)}
        for places in (remove, add)
    ]
    return {ord_of(p) for p in cuts[0] ^ cuts[1]}
