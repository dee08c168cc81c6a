"""Where a pair stands in the two columns: ranges of positions, also inside of segments."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reviewer.model import Side
from reviewer.review.alignment.subjects import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reviewer.model import Bead, Segment

_BITS = 32
_OFFSET = (1 << _BITS) - 1
_MOST = 1 << 31
_MOST_SEGMENTS = 4_000
"""Segments that one pair may hold of both columns together."""
_MOST_RANGES = 200
"""Ranges that one side of a pair may have."""

Range = tuple[int, int]
"""Two positions, half-open. A position is the `ord` of a segment << 32 | a code point in it; the
end of a segment is the beginning of the next one. So positions are ordered as the text is."""
Ranges = tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What a pair holds of both columns.

    Attributes:
        source, target: ranges in order, none touching the next. A side that holds nothing has
            one empty range, which says where in the order of its column the pair stands.
    """

    source: Ranges
    target: Ranges

    def side(self, side: Side) -> Ranges:
        """Return the ranges of a side."""
        return self.source if side is Side.SOURCE else self.target

    def holds(self, side: Side) -> bool:
        """Return whether there is any text on a side."""
        first = self.side(side)[0]
        return first[0] < first[1]

    @property
    def order(self) -> tuple[int, bool, int]:
        """What pairs are sorted by: as the source runs; what has no source stands before."""
        return self.source[0][0], self.holds(Side.SOURCE), self.target[0][0]

    @property
    def key(self) -> tuple[Ranges, Ranges]:
        """The texts it holds, wherever an empty side stands."""
        return held(self.source), held(self.target)

    @property
    def first(self) -> tuple[Side, int]:
        """The side and the position of its first text, that of the source where there is one."""
        side = Side.SOURCE if self.holds(Side.SOURCE) else Side.TARGET
        return side, self.side(side)[0][0]


def position(ord_: int, offset: int = 0) -> int:
    """Return the position of a code point of a segment."""
    return ord_ << _BITS | offset


def ord_of(place: int) -> int:
    """Return the segment that a position is in, or that begins there."""
    return place >> _BITS


def offset_of(place: int) -> int:
    """Return the code point of a position in its segment; 0 where the segment begins."""
    return place & _OFFSET


def whole(bead: Bead) -> Place:
    """Return the place of a bead of whole segments."""
    source = position(bead.source_start), position(bead.source_end)
    return Place((source,), ((position(bead.target_start), position(bead.target_end)),))


def held(ranges: Ranges) -> Ranges:
    """Return ranges without the empty one that only says where a side stands."""
    return ranges if ranges[:1] and ranges[0][0] < ranges[0][1] else ()


def joined(ranges: Iterable[Range]) -> Ranges:
    """Return ranges in order, those that touch as one; empty ones are left out."""
    found: list[Range] = []
    for start, end in sorted(r for r in ranges if r[0] < r[1]):
        if found and found[-1][1] >= start:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


def without(ranges: Ranges, taken: Ranges) -> Ranges:
    """Return what is left of ranges when others are taken out."""
    left = list(held(ranges))
    for start, end in taken:
        cut = [part for a, b in left for part in ((a, min(b, start)), (max(a, end), b))]
        left = [(a, b) for a, b in cut if a < b]
    return joined(left)


def overlap(ranges: Ranges, others: Ranges) -> bool:
    """Return whether ranges have a character in common."""
    return any(a < d and c < b for a, b in held(ranges) for c, d in held(others))


def share(place: Place, other: Place) -> bool:
    """Return whether two places hold some of the same text."""
    return any(overlap(place.side(side), other.side(side)) for side in Side)


def pieces_of(
    ranges: Ranges, segments: Sequence[Segment] | Mapping[int, Segment]
) -> Iterator[Piece]:
    """Yield the segments, or pieces of segments, that ranges hold."""
    for start, end in held(ranges):
        ord_, offset = ord_of(start), offset_of(start)
        while position(ord_, offset) < end:
            stop = offset_of(end) if ord_ == ord_of(end) else len(segments[ord_].text)
            yield Piece(ord_, offset, stop)
            ord_, offset = ord_ + 1, 0


def range_of(piece: Piece, segment: Segment) -> Range:
    """Return the range of a piece of a segment."""
    is_tail = piece.end >= len(segment.text)
    end = position(piece.ord + 1) if is_tail else position(piece.ord, piece.end)
    return position(piece.ord, piece.start), end


def agree(remove: Sequence[Place], add: Sequence[Place]) -> bool:
    """Return whether two sets of places hold the same text, each character once."""
    return all(
        _is_disjoint(kept) and joined(kept) == joined(new)
        for kept, new in (
            (
                [r for place in add for r in held(place.side(side))],
                [r for place in remove for r in held(place.side(side))],
            )
            for side in Side
        )
    )


def _is_disjoint(ranges: Sequence[Range]) -> bool:
    return all(one[1] <= other[0] for one, other in pairwise(sorted(ranges)))


# As they stand in the bodies of events


def written(place: Place) -> list[Any]:  # Any: JSON
    """Return a place as JSON.

    Four `ord`s where each side is one range of whole segments: source start and end, target start
    and end. Else two lists of ranges, each (ord, code point, ord, code point).
    """
    plain = [*place.source[0], *place.target[0]]
    single = len(place.source) == len(place.target) == 1
    if single and not any(map(offset_of, plain)):
        return [ord_of(p) for p in plain]
    return [
        [[ord_of(a), offset_of(a), ord_of(b), offset_of(b)] for a, b in side]
        for side in (place.source, place.target)
    ]


def read(value: object) -> Place | None:
    """Return the place that JSON tells of; None where it tells of none."""
    if not isinstance(value, list):
        return None
    if len(value) == 4 and all(map(_is_number, value)):
        return _plain(*value)
    if len(value) != 2 or not all(isinstance(side, list) for side in value):
        return None
    sides = [_read_side(side) for side in value]
    if sides[0] is None or sides[1] is None:
        return None
    place = Place(sides[0], sides[1])
    segments = sum(ord_of(b) - ord_of(a) for side in sides if side for a, b in side)
    empty = not held(place.source) and not held(place.target)
    return None if empty or segments > _MOST_SEGMENTS else place


def _plain(s0: int, s1: int, t0: int, t1: int) -> Place | None:
    """Return the place of whole segments."""
    held_at_all = s0 < s1 or t0 < t1
    if s1 < s0 or t1 < t0 or not held_at_all or s1 - s0 + t1 - t0 > _MOST_SEGMENTS:
        return None
    return Place(((position(s0), position(s1)),), ((position(t0), position(t1)),))


def _read_side(value: list[Any]) -> Ranges | None:
    """Return a side's ranges; None where they are not in order or not apart."""
    if not 0 < len(value) <= _MOST_RANGES:
        return None
    found: list[Range] = []
    for numbers in value:
        if not (isinstance(numbers, list) and len(numbers) == 4 and all(map(_is_number, numbers))):
            return None
        start, end = position(*numbers[:2]), position(*numbers[2:])
        if start > end or (start == end and len(value) > 1):
            return None
        if found and found[-1][1] >= start:
            return None
        found.append((start, end))
    return tuple(found)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST


def rising(places: Iterable[Place]) -> list[Place]:
    """Return the most places that follow each other on both sides (patience sorting)."""
    ordered = sorted(places, key=lambda place: place.source)
    tails: list[int] = []
    holders: list[int] = []
    before = [-1] * len(ordered)
    for index, place in enumerate(ordered):
        start = place.target[0][0]
        at = bisect_left(tails, start)
        before[index] = holders[at - 1] if at else -1
        tails[at : at + 1] = [start]
        holders[at : at + 1] = [index]
    chain = []
    last = holders[-1] if holders else -1
    while last >= 0:
        chain.append(ordered[last])
        last = before[last]
    return chain[::-1]
