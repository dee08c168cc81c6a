"""A stretch of a document pair aligned anew, around what people said of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import Cancelled
from reviewer.model import Bead, Doubt, Origin, Side
from reviewer.review.alignment.alignment_edits import MOST_PLACES, StandingBead
from reviewer.review.alignment.beads import complete
from reviewer.review.alignment.places import (
    Place,
    held,
    joined,
    offset_of,
    ord_of,
    position,
    rising,
)
from reviewer.review.alignment.realign import Swap

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from reviewer.align import Column, Lesson, PairLexicon
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.alignment.places import Range, Ranges


@dataclass(frozen=True, slots=True)
class _Unit:
    """A segment, or a piece of one, as the aligner sees it; `pair` is the one it stands in."""

    range: Range
    text: str
    paragraph: int
    pair: int


def align_anew(
    columns: Columns,
    languages: tuple[str, str],
    numbers: range,
    kept: Collection[Place],
    given: Sequence[Place] = (),
    *,
    around: Sequence[int] = (),
    lessons: Sequence[Lesson] = (),
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Swap:
    """Align pairs anew; return what takes the place of what, nothing where all stays.

    Where the scores do not speak for the new pairs those that stand stay, stretch by stretch.

    Args:
        columns: the document pair as it stands.
        languages: BCP 47 tags of source and target.
        numbers: of the pairs.
        kept: places that stay what they are.
        given: places of whole segments that belong together, within these pairs; where they
            take text of a kept place, that one is given up.
        around: numbers of sure pairs before and behind, as `lessons.surroundings` has them:
            what is learned from them holds for a stretch of few pairs.
        lessons: texts and translations that teach how these are translated.
        progress: as `reviewer.align.align` has it.
        cancelled: as `reviewer.align.align` has it.

    Raises:
        errors.Cancelled: `cancelled` said so.
    """
    from reviewer import align

    before = [columns.beads[number] for number in numbers]
    stay = _staying(before, kept, given)
    fixed = [*given, *stay]
    chain = rising([place for place in fixed if _is_simple(place)])
    near = [columns.place(number) for number in around]
    apart = [place for place in fixed if place not in set(chain)]
    read = sorted([*around, *numbers])
    sides = [_units(columns, side, read, apart) for side in Side]
    lexicon = _lexicon(lessons, sides, languages, cancelled)
    found = align.align(
        _column(sides[0]),
        _column(sides[1]),
        *languages,
        lexicon=lexicon,
        anchors=_anchors(sides, [*chain, *near]),
        progress=progress,
        cancelled=cancelled,
    )
    ends = [_end(before, side) for side in Side]
    made = [_standing(bead, sides, ends) for bead in found.beads]
    # What is fixed says nothing for either alignment, and may cross what stands.
    rest = [_units(columns, side, read, fixed) for side in Side]
    better = align.chosen(
        _column(rest[0]),
        _column(rest[1]),
        _old_beads(columns, read, rest),
        list(_beads_of(rest, made)),
        _anchors(rest, near),
        *languages,
        lexicon=lexicon,
        cancelled=cancelled,
    )
    known = {place.key for place in (*fixed, *near)}
    new = [_standing(bead, rest, ends) for bead in better]
    new = [bead for bead in new if bead.place.key not in known]
    new += [StandingBead(place, 1.0, Origin.MANUAL) for place in given]
    return _swap(before, new, set(stay))


def _staying(
    before: Sequence[StandingBead], kept: Collection[Place], given: Sequence[Place]
) -> list[Place]:
    """Return the kept places of which no text is given to others."""
    taken = {side: joined(r for place in given for r in held(place.side(side))) for side in Side}
    return [
        bead.place
        for bead in before
        if bead.place in kept
        and not any(_in_any(r, taken[side]) for side in Side for r in held(bead.place.side(side)))
    ]


def _in_any(range_: Range, ranges: Ranges) -> bool:
    """Return whether a range has a character in common with one of others, which are in order."""
    place = bisect_right(ranges, range_[0], key=lambda each: each[1])
    return place < len(ranges) and ranges[place][0] < range_[1]


def _column(units: Sequence[_Unit]) -> Column:
    from reviewer import align

    return align.Column([unit.text for unit in units], [unit.paragraph for unit in units])


def _anchors(sides: Sequence[Sequence[_Unit]], places: Iterable[Place]) -> list[Bead]:
    return [Bead(*_indexes(sides[0], p.source), *_indexes(sides[1], p.target)) for p in places]


def _old_beads(
    columns: Columns, numbers: Iterable[int], sides: Sequence[Sequence[_Unit]]
) -> list[Bead]:
    """Return the pairs that stand by the indexes of their units, in the order of the source.

    One whose units do not follow each other is left out: it cannot be held against others.
    """
    indexes = [_by_pair(units) for units in sides]
    beads = []
    for number in numbers:
        source, target = (each.get(number, []) for each in indexes)
        if (source or target) and _is_run(source) and _is_run(target):
            beads.append(Bead(*_span(source), *_span(target), columns.confidence(number)))
    return sorted(beads, key=lambda bead: (bead.source_start, bead.target_start))


def _by_pair(units: Sequence[_Unit]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for index, unit in enumerate(units):
        found.setdefault(unit.pair, []).append(index)
    return found


def _is_run(indexes: Sequence[int]) -> bool:
    return not indexes or indexes[-1] - indexes[0] + 1 == len(indexes)


def _span(indexes: Sequence[int]) -> tuple[int, int]:
    return (indexes[0], indexes[-1] + 1) if indexes else (0, 0)


def _beads_of(
    sides: Sequence[Sequence[_Unit]], standing: Iterable[StandingBead]
) -> Iterator[Bead]:
    """Yield pairs by the indexes of their units; what has lost all of them is left out."""
    for each in standing:
        source = _indexes(sides[0], each.place.source)
        target = _indexes(sides[1], each.place.target)
        if source[0] < source[1] or target[0] < target[1]:
            yield Bead(*source, *target, each.confidence)


def _lexicon(
    lessons: Sequence[Lesson],
    sides: Sequence[Sequence[_Unit]],
    languages: tuple[str, str],
    cancelled: Callable[[], bool] | None,
) -> PairLexicon | None:
    """Return what the lessons teach, of too many those that the texts have use for."""
    from reviewer import align

    def check() -> None:
        if cancelled is not None and cancelled():
            raise Cancelled("The alignment was stopped.")

    if len(lessons) > align.MOST_LESSONS:
        source, target = ([unit.text for unit in units] for units in sides)
        useful = align.Relevance(source, target, check)
        lessons = [each for each in lessons if useful.takes(each.source, each.target)]
    return align.learned_from(lessons, *languages, check) if lessons else None


def _is_simple(place: Place) -> bool:
    """Return whether a place can be an anchor: one range on either side."""
    return len(held(place.source)) == len(held(place.target)) == 1


def _units(
    columns: Columns, side: Side, numbers: Iterable[int], apart: Sequence[Place]
) -> list[_Unit]:
    taken = joined(r for place in apart for r in held(place.side(side)))
    segments = columns.delivered.segments(side)
    units = []
    for number in numbers:
        texts = _texts(columns, side, number)
        for range_, text in zip(columns.ranges(side, number), texts, strict=True):
            if not _in_any(range_, taken):
                units.append(_Unit(range_, text, segments[ord_of(range_[0])].unit, number))
    return sorted(units, key=lambda unit: unit.range)


def _texts(columns: Columns, side: Side, number: int) -> Iterator[str]:
    if side is Side.SOURCE:
        return (segment.text for segment in columns.pair(number).source)
    parts = (part for part in columns.parts(number) if part.side is Side.TARGET)
    return (part.now.text if part.now.text.strip() else part.was.text for part in parts)


def _indexes(units: Sequence[_Unit], ranges: Ranges) -> tuple[int, int]:
    """Return the first index of the units within ranges, and the one behind the last."""
    first = bisect_left(units, ranges[0][0], key=lambda unit: unit.range[0])
    return first, bisect_left(units, ranges[-1][1], key=lambda unit: unit.range[0])


def _end(beads: Iterable[StandingBead], side: Side) -> int:
    return max(bead.place.side(side)[-1][1] for bead in beads)


def _standing(bead: Bead, sides: Sequence[Sequence[_Unit]], ends: Sequence[int]) -> StandingBead:
    spans = (bead.source_start, bead.source_end), (bead.target_start, bead.target_end)
    ranges = []
    for (first, last), units, end in zip(spans, sides, ends, strict=True):
        at = units[first].range[0] if first < len(units) else end
        ranges.append(joined(unit.range for unit in units[first:last]) or ((at, at),))
    return StandingBead(Place(ranges[0], ranges[1]), bead.confidence)


def _swap(before: Sequence[StandingBead], new: Sequence[StandingBead], stay: set[Place]) -> Swap:
    """Return the difference; a pair that is found again stays unless it is surer now."""
    old = {bead.place: bead for bead in before if bead.place not in stay}
    same = {
        bead.place
        for bead in new
        if (was := old.get(bead.place)) is not None
        and was.origin is bead.origin
        and Doubt.of(was.confidence) <= Doubt.of(bead.confidence)
    }
    add = [bead for bead in new if bead.place not in same]
    sure = (None if b.origin is Origin.MANUAL else round(b.confidence * 1000) for b in add)
    return Swap(
        tuple(place for place in old if place not in same),
        tuple(bead.place for bead in add),
        tuple(sure),
    )


# More than one edit can say


def is_large(swap: Swap) -> bool:
    """Return whether a swap is a new alignment of its own."""
    return max(len(swap.remove), len(swap.add)) > MOST_PLACES


@dataclass(frozen=True, slots=True)
class NewBeads:
    """A whole alignment, as a file can hold it, and what is to be laid over it.

    Attributes:
        beads: in order on both sides.
        edits: what does not go in order, is cut inside of a segment, or was made by a person.
    """

    beads: tuple[Bead, ...]
    edits: tuple[Swap, ...]


def new_alignment(columns: Columns, swap: Swap) -> NewBeads:
    """Return the whole alignment of a document pair as it is after a swap."""
    gone = set(swap.remove)
    sure = swap.confidence or (None,) * len(swap.add)
    standing = [bead for bead in columns.beads if bead.place not in gone]
    for place, each in zip(swap.add, sure, strict=True):
        origin = Origin.MANUAL if each is None else Origin.AUTO
        standing.append(StandingBead(place, 1.0 if each is None else each / 1000, origin))
    by_place = {bead.place: bead for bead in standing}
    sizes = len(columns.delivered.source), len(columns.delivered.target)
    plain = [place for place in by_place if _is_simple(place) and _is_whole(place)]
    whole = complete([_bead(by_place[place]) for place in rising(plain)], *sizes)
    base = [_with_confidence(bead, by_place) for bead in whole]
    laid = {_place_of(bead) for bead in base}
    over = [b for b in standing if b.place not in laid or b.origin is Origin.MANUAL]
    return NewBeads(tuple(base), tuple(_laid_over(base, over)))


def _is_whole(place: Place) -> bool:
    return not any(offset_of(p) for side in Side for r in place.side(side) for p in r)


def _bead(standing: StandingBead) -> Bead:
    (s0, s1), (t0, t1) = standing.place.source[0], standing.place.target[0]
    return Bead(ord_of(s0), ord_of(s1), ord_of(t0), ord_of(t1), standing.confidence)


def _place_of(bead: Bead) -> Place:
    source = position(bead.source_start), position(bead.source_end)
    return Place((source,), ((position(bead.target_start), position(bead.target_end)),))


def _with_confidence(bead: Bead, known: dict[Place, StandingBead]) -> Bead:
    standing = known.get(_place_of(bead))
    return bead if standing is None else _bead(standing)


def _laid_over(base: Sequence[Bead], over: Sequence[StandingBead]) -> Iterator[Swap]:
    """Yield the edits after which these stand, each by itself, of not too many pairs."""
    groups = _groups([_place_of(bead) for bead in base], over)
    remove: list[Place] = []
    add: list[StandingBead] = []
    for taken, put in groups:
        if remove and max(len(remove) + len(taken), len(add) + len(put)) > MOST_PLACES:
            yield _edit(remove, add)
            remove, add = [], []
        remove += taken
        add += put
    if remove:
        yield _edit(remove, add)


def _edit(remove: Sequence[Place], add: Sequence[StandingBead]) -> Swap:
    sure = (None if b.origin is Origin.MANUAL else round(b.confidence * 1000) for b in add)
    return Swap(tuple(remove), tuple(bead.place for bead in add), tuple(sure))


def _groups(
    base: Sequence[Place], over: Sequence[StandingBead]
) -> Iterator[tuple[list[Place], list[StandingBead]]]:
    """Yield the places to be put in and those they take the text of, linked ones together."""
    holder: dict[tuple[Side, int], int] = {}
    for number, place in enumerate(base):
        for key in _keys(place):
            holder[key] = number
    root: dict[int, int] = {}

    def top(number: int) -> int:
        while root.get(number, number) != number:
            number = root[number]
        return number

    touched = [sorted({holder[key] for key in _keys(bead.place)}) for bead in over]
    for numbers in touched:
        for number in numbers:
            root[top(number)] = top(numbers[0])
    taken: dict[int, set[int]] = {}
    put: dict[int, list[StandingBead]] = {}
    for bead, numbers in zip(over, touched, strict=True):
        group = top(numbers[0])
        taken.setdefault(group, set()).update(numbers)
        put.setdefault(group, []).append(bead)
    for group, members in sorted(taken.items()):
        yield [base[number] for number in sorted(members)], put[group]


def _keys(place: Place) -> Iterator[tuple[Side, int]]:
    for side in Side:
        for start, end in held(place.side(side)):
            for ord_ in range(ord_of(start), ord_of(end - 1) + 1):
                yield side, ord_
