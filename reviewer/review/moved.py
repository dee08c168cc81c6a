"""Sentences that were translated elsewhere in the document, as findings that offer the link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from reviewer.checks.base import Check, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import (
    SEGMENT_BREAK,
    Bead,
    Doubt,
    Finding,
    IssueType,
    Kind,
    Severity,
    Side,
    Span,
    fingerprint,
)
from reviewer.review.places import Place, held, offset_of, ord_of
from reviewer.review.realign import whole_segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviewer.review.columns import Columns
    from reviewer.review.places import Ranges

_TOLD, _OFFERED = 50, 200
"""Characters of a translation that the sentence of an offer and its button show at most."""


class Move(Protocol):
    """Ranges of segments, half-open, that belong together across the order (`align.Move`)."""

    @property
    def source_start(self) -> int:
        """First segment of the source."""

    @property
    def source_end(self) -> int:
        """The one behind its last."""

    @property
    def target_start(self) -> int:
        """First segment of the target."""

    @property
    def target_end(self) -> int:
        """The one behind its last."""

    @property
    def confidence(self) -> float:
        """How sure it is, 0-1."""


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


def whole_beads(columns: Columns) -> list[Bead]:
    """Return the pairs as beads of whole segments for the aligner, in the order of the source.

    What is cut inside of a segment or stands in several places is left out: a person made it.
    """
    beads = []
    for number in range(len(columns)):
        place = columns.place(number)
        ranges = (place.source, place.target)
        plain = all(len(side) == 1 and not any(map(offset_of, side[0])) for side in ranges)
        if plain:
            s0, s1, t0, t1 = (ord_of(p) for side in ranges for p in side[0])
            origin = columns.beads[number].origin
            beads.append(Bead(s0, s1, t0, t1, columns.confidence(number), origin))
    return beads


def moved_findings(columns: Columns, moves: Iterable[Move]) -> Iterator[Finding]:
    """Yield an offer for each move between pairs that nobody is sure of."""
    for move in moves:
        source = whole_segments([(move.source_start, move.source_end)])
        target = whole_segments([(move.target_start, move.target_end)])
        if _is_open(columns, Side.SOURCE, source) and _is_open(columns, Side.TARGET, target):
            yield _finding(columns, move, source)


def _is_open(columns: Columns, side: Side, ranges: Ranges) -> bool:
    """Return whether the pairs that hold ranges of a side stand alone or are doubtful."""
    rows = columns.rows_of(_one_sided(side, ranges))
    return bool(rows) and all(_is_unsure(columns, number) for number in rows)


def _is_unsure(columns: Columns, number: int) -> bool:
    place = columns.place(number)
    alone = not (place.holds(Side.SOURCE) and place.holds(Side.TARGET))
    doubtful = Doubt.of(columns.confidence(number)) is Doubt.DOUBTFUL
    return doubtful or (alone and not columns.is_confirmed(number))


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
