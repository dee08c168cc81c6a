"""Sentences that were translated elsewhere in the document, as findings that offer the link."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Scope
from reviewer.errors import Cancelled
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import (
    SEGMENT_BREAK,
    Bead,
    Doubt,
    Finding,
    IssueType,
    Kind,
    Origin,
    Severity,
    Side,
    Span,
    fingerprint,
)
from reviewer.review.alignment.places import Place, held, offset_of, ord_of, rising
from reviewer.review.alignment.realign import whole_segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reviewer.align import Move
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.alignment.places import Ranges

_CHUNK = 5_000
"""Pairs between two looks at the Cancel button."""
_TOLD, _OFFERED = 50, 200
"""Characters of a translation that the sentence of an offer and its button show at most."""


def _found_elsewhere(_pairs: Sequence[object], _context: object) -> Iterator[Finding]:
    """Yield nothing: the findings are made from what the aligner says."""
    return iter(())


MOVED = Check(
    id="moved",
    kind=Kind.OMISSION,
    type=IssueType.OMISSION,
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    title=QT_TRANSLATE_NOOP("checks", "Translated elsewhere"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "This sentence seems to be translated in pair {0}: “{1}”"),
        "several": QT_TRANSLATE_NOOP(
            "checks", "These sentences seem to be translated from pair {0} on: “{1}”"
        ),
    },
    find=_found_elsewhere,
    examples=(),
)


def find(
    columns: Columns,
    languages: tuple[str, str],
    cancelled: Callable[[], bool] | None = None,
    numbers: range | None = None,
) -> tuple[Move, ...]:
    """Return what the aligner takes for moved, among some pairs if given; raises Cancelled."""
    from reviewer import align

    beads = orderly_beads(columns, numbers, cancelled)
    _look(cancelled)
    ends = _ends(columns, beads, numbers)
    source, target = (
        align.Column([s.text for s in segments], [s.unit for s in segments])
        for segments in (columns.delivered.segments(side)[ends[side]] for side in Side)
    )
    before = ends[Side.SOURCE].start, ends[Side.TARGET].start
    if any(before):
        beads = [_shifted(bead, -before[0], -before[1]) for bead in beads]
    _look(cancelled)
    moves = align.find_moves(source, target, beads, *languages, cancelled=cancelled)
    return tuple(
        replace(
            move,
            source_start=move.source_start + before[0],
            source_end=move.source_end + before[0],
            target_start=move.target_start + before[1],
            target_end=move.target_end + before[1],
        )
        for move in moves
    )


def _ends(columns: Columns, beads: Sequence[Bead], numbers: range | None) -> dict[Side, slice]:
    """Return which segments of each side are looked at: all, or those that some pairs hold."""
    source = [(bead.source_start, bead.source_end) for bead in beads]
    target = [(bead.target_start, bead.target_end) for bead in beads]
    ends = {}
    for side, ranges in ((Side.SOURCE, source), (Side.TARGET, target)):
        held = [each for each in ranges if each[0] < each[1]]
        if numbers is None or len(numbers) == len(columns) or not held:
            ends[side] = slice(0, len(columns.delivered.segments(side)))
        else:
            ends[side] = slice(min(start for start, _ in held), max(end for _, end in held))
    return ends


def _shifted(bead: Bead, source: int, target: int) -> Bead:
    """Return a bead with other numbers; an empty side may stand anywhere."""
    return replace(
        bead,
        source_start=max(bead.source_start + source, 0),
        source_end=max(bead.source_end + source, 0),
        target_start=max(bead.target_start + target, 0),
        target_end=max(bead.target_end + target, 0),
    )


def orderly_beads(
    columns: Columns,
    numbers: range | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Bead]:
    """Return pairs, all if none are given, as beads of whole segments in order on both sides.

    Left out is what a person cut or linked across: nothing in it is looked for. Raises Cancelled.
    """
    asked = range(len(columns)) if numbers is None else numbers
    plain: list[int] = []
    for start in range(0, len(asked), _CHUNK):
        _look(cancelled)
        some = asked[start : start + _CHUNK]
        plain += [number for number in some if _is_plain(columns.place(number))]
    paired = (columns.place(n) for n in plain if _holds_both(columns.place(n)))
    chain = set(rising(paired))
    _look(cancelled)
    return [
        _bead(columns, number)
        for number in plain
        if not _holds_both(columns.place(number)) or columns.place(number) in chain
    ]


def _look(cancelled: Callable[[], bool] | None) -> None:
    if cancelled is not None and cancelled():
        raise Cancelled("The search for moved sentences was stopped.")


def _holds_both(place: Place) -> bool:
    return place.holds(Side.SOURCE) and place.holds(Side.TARGET)


def _is_plain(place: Place) -> bool:
    sides = (place.source, place.target)
    return all(len(side) == 1 and not any(map(offset_of, side[0])) for side in sides)


def _bead(columns: Columns, number: int) -> Bead:
    place = columns.place(number)
    s0, s1, t0, t1 = (ord_of(p) for side in (place.source, place.target) for p in side[0])
    return Bead(s0, s1, t0, t1, columns.confidence(number), columns.beads[number].origin)


def moved_findings(columns: Columns, moves: Iterable[Move]) -> Iterator[Finding]:
    """Yield an offer for each move between pairs that nobody is sure of."""
    for move in moves:
        source = whole_segments([(move.source_start, move.source_end)])
        target = whole_segments([(move.target_start, move.target_end)])
        if _is_open(columns, Side.SOURCE, source) and _is_open(columns, Side.TARGET, target):
            yield _finding(columns, move, source)


def _is_open(columns: Columns, side: Side, ranges: Ranges) -> bool:
    """Return whether nobody is sure of the pairs that hold ranges of a side."""
    rows = columns.rows_of(_one_sided(side, ranges))
    return bool(rows) and all(_is_unsure(columns, side, number) for number in rows)


def _is_unsure(columns: Columns, side: Side, number: int) -> bool:
    """Return whether a pair is doubtful, stands alone, or may have swallowed a sentence."""
    if Doubt.of(columns.confidence(number)) is Doubt.DOUBTFUL:
        return True
    alone = not _holds_both(columns.place(number))
    several = len(columns.pieces(side, number)) > 1
    made = columns.beads[number].origin is Origin.MANUAL
    return (alone or (several and not made)) and not columns.is_confirmed(number)


def _one_sided(side: Side, ranges: Ranges) -> Place:
    nowhere = ((0, 0),)
    return Place(ranges, nowhere) if side is Side.SOURCE else Place(nowhere, ranges)


def _finding(columns: Columns, move: Move, source: Ranges) -> Finding:
    """Return the offer, on the first pair that holds some of the source."""
    number = columns.rows_of(_one_sided(Side.SOURCE, source))[0]
    segments = columns.delivered.target[move.target_start : move.target_end]
    text = SEGMENT_BREAK.join(segment.text for segment in segments).replace(SEGMENT_BREAK, " ")
    places = (
        f"{move.source_start}:{move.source_end}",
        f"{move.target_start}:{move.target_end}",
    )
    words = (_cut(text, _TOLD), *places)
    whole = columns.pair(number).source_text
    return Finding(
        MOVED.id,
        number,
        (_span(columns, number, source),),
        words,
        MOVED.severity,
        "several" if move.source_end - move.source_start > 1 else "",
        (_cut(text, _OFFERED),),
        move.confidence,
        fingerprint(MOVED.id, words, whole),
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _span(columns: Columns, number: int, source: Ranges) -> Span:
    """Return what a pair holds of ranges of the source, in its joined text."""
    (first, last), at = source[0], 0
    ends = []
    segments = columns.pair(number).source
    for range_, segment in zip(columns.ranges(Side.SOURCE, number), segments, strict=True):
        if first <= range_[0] < last:
            ends.append((at, at + len(segment.text)))
        at += len(segment.text) + len(SEGMENT_BREAK)
    return Span(Side.SOURCE, ends[0][0], ends[-1][1]) if ends else Span(Side.SOURCE, 0, 0)


def ranges_of(finding: Finding) -> tuple[Ranges, Ranges]:
    """Return the ranges of source and target that an offer would link."""
    sides = []
    for words in finding.words[1:3]:
        start, end = map(int, words.split(":"))
        sides.append(whole_segments([(start, end)]))
    return sides[0], sides[1]


def told_words(columns: Columns, finding: Finding) -> tuple[str, str]:
    """Return the words of an offer: the number that the pair has now, and its text."""
    _, target = ranges_of(finding)
    number = columns.beads.number_at(Side.TARGET, held(target)[0][0])
    return "?" if number is None else str(number + 1), finding.words[0]
