"""The two columns of a document pair as they stand now: segments, beads, corrected texts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from reviewer.model import (
    DOUBTFUL,
    SEGMENT_BREAK,
    Origin,
    Pair,
    Segment,
    Side,
    Verdict,
)
from reviewer.review.alignment.alignment_edits import AlignmentEdit, read_edit
from reviewer.review.alignment.beads import Beads, Renumbering
from reviewer.review.alignment.places import (
    Place,
    held,
    offset_of,
    ord_of,
    position,
    range_of,
    read,
    written,
)
from reviewer.review.alignment.subjects import Piece, pair_subject, segment_subject
from reviewer.review.alignment.subjects import pieces as whole_pieces
from reviewer.review.alignment.texts import Said, composed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reviewer.model import Event
    from reviewer.review.alignment.beads import Key
    from reviewer.review.alignment.delivered import Delivered
    from reviewer.review.alignment.places import Range
    from reviewer.review.decisions.fold import State


@dataclass(frozen=True, slots=True)
class Part:
    """A segment, or a piece of one, in the cell of a pair.

    Attributes:
        side: TARGET for what was delivered; SOURCE for a translation that a person gave a piece
            of the source, which `piece` is then of.
        was: as delivered; nothing for what was not.
        now: as it stands. An added one has `ord` -1 and the `ord` of its source as `unit`.
    """

    side: Side
    piece: Piece
    was: Segment
    now: Segment


_SHOWN_PLACES = 50
MOST_PAIRS = 100_000
"""Pairs whose texts are kept; of more the half that was made first is made anew when asked for."""


class Columns:
    """The pairs of one document pair, with what people changed.

    Attributes:
        beads: what belongs together, by the number of the pair.
        made: how many pairs were put together so far.
    """

    def __init__(self, delivered: Delivered, state: State) -> None:
        self.delivered = delivered
        self._state = state
        self.made = 0
        self._pairs: dict[Key, Pair] = {}
        self._edits: dict[bytes, AlignmentEdit] = {}
        sizes = len(delivered.source), len(delivered.target)
        self.beads = Beads(delivered.beads, sizes, delivered.is_sound)
        self.realign()

    def __len__(self) -> int:
        return len(self.beads)

    def realign(self) -> Renumbering:
        """Apply the alignment edits that stand; return how the numbers of the pairs changed."""
        renumbering = self.beads.follow(list(self._alignment_edits()))
        for key, _ in renumbering.lost:
            self._pairs.pop(key, None)
        self.forget(renumbering.come)
        return renumbering

    def _alignment_edits(self) -> Iterator[AlignmentEdit]:
        wanted = self.delivered.align_id.hex()
        for event in self._state.listed("align.edit"):
            content = self._state.content(event)
            if content.get("align_id") != wanted:
                continue
            yield self._known_edit(event, content)

    def _known_edit(self, event: Event, content: Mapping[str, Any]) -> AlignmentEdit:
        known = self._edits.get(event.hash)
        if known is None:
            known = self._edits[event.hash] = read_edit(event, content)
        return known

    # Texts

    def pair(self, number: int) -> Pair:
        """Return a pair with the texts as they stand now."""
        key = self.beads.key(number)
        pair = self._pairs.get(key)
        if pair is None:
            if len(self._pairs) >= MOST_PAIRS:
                for old in [*islice(self._pairs, MOST_PAIRS // 2)]:
                    del self._pairs[old]
            pair = self._pairs[key] = self._make(number)
        elif pair.number != number:
            pair = self._pairs[key] = replace(pair, number=number)
        return pair

    def glimpse(self, number: int) -> Pair:
        """Return a pair as `pair` does, without keeping it: for who looks at all of them."""
        known = self._pairs.get(self.beads.key(number))
        return self._make(number) if known is None or known.number != number else known

    def known(self, number: int) -> Pair | None:
        """Return a pair as it was when last asked for; None where it is not kept since."""
        return self._pairs.get(self.beads.key(number))

    def forget(self, numbers: Iterable[int] | None = None) -> None:
        """Drop the texts of these pairs, of all with None: they are made anew when asked for."""
        if numbers is None:
            self._pairs.clear()
            return
        for number in numbers:
            self._pairs.pop(self.beads.key(number), None)

    def _make(self, number: int) -> Pair:
        self.made += 1
        source = tuple(
            self.delivered.part(Side.SOURCE, p) for p in self.pieces(Side.SOURCE, number)
        )
        target = tuple(part.now for part in self.parts(number))
        return Pair(number, source, target, self.confidence(number), self.delivered.bilingual)

    def confidence(self, number: int) -> float:
        """Return how sure it is that a pair belongs together: 1.0 where a person said so."""
        bead = self.beads.delivered(number) or self.beads[number]
        if bead.origin is Origin.MANUAL or bead.confidence >= DOUBTFUL:
            return bead.confidence
        return 1.0 if self.is_confirmed(number) else bead.confidence

    def is_confirmed(self, number: int) -> bool:
        """Return whether somebody said that a pair is right, whatever became of its texts."""
        register = self._state.register("verdict", self.subject(number).hex())
        return register is not None and (
            self._state.content(register.chosen).get("v") == Verdict.CONFIRMED.value
        )

    def pieces(self, side: Side, number: int) -> list[Piece]:
        """Return the segments, or pieces of them, that a pair holds of a side."""
        bead = self.beads.delivered(number)
        if bead is None:
            return list(self.delivered.pieces(side, self.beads[number].place))
        ours = side is Side.SOURCE
        start, end = (
            (bead.source_start, bead.source_end) if ours else (bead.target_start, bead.target_end)
        )
        return list(whole_pieces(self.delivered.segments(side)[start:end]))

    def ranges(self, side: Side, number: int) -> list[Range]:
        """Return the range of each segment, or piece of one, that a pair holds of a side."""
        segments = self.delivered.segments(side)
        return [range_of(piece, segments[piece.ord]) for piece in self.pieces(side, number)]

    def parts(self, number: int) -> list[Part]:
        """Return what stands in the target cell of a pair, in order."""
        parts = [self._target_part(piece) for piece in self.pieces(Side.TARGET, number)]
        for piece in self.pieces(Side.SOURCE, number):
            for said in self.added(piece):
                self._insert(piece, said, parts)
        return parts

    def _target_part(self, piece: Piece) -> Part:
        was = self.delivered.part(Side.TARGET, piece)
        text = self.text_of(piece)
        now = was if text == was.text else self.delivered.with_text(was, text, was.unit)
        return Part(Side.TARGET, piece, was, now)

    def text_of(self, piece: Piece) -> str:
        """Return what stands in the place of a piece of the target."""
        whole = self.delivered.target[piece.ord].text
        said = self.said("edit", Side.TARGET, piece.ord)
        if len(said) == 1 and (said[0].start, said[0].end) == (piece.start, piece.end):
            return said[0].text
        if not said and (piece.start, piece.end) == (0, len(whole)):
            return whole
        return composed(whole, said, piece.start, piece.end)

    def said(self, kind: str, side: Side, ord_: int) -> list[Said]:
        """Return the texts given for a segment or pieces of it, in the order of time.

        What was written anew for other pieces by somebody who knew it is left out.
        """
        segment, document = self.delivered.segments(side)[ord_], self.delivered.document(side)
        size = len(segment.text)
        found = []
        ranged = self._state.ranged(kind, ord_)
        subject = segment_subject(document, Piece(ord_, 0, size))
        for key in ((kind, subject.hex()), *ranged):
            register = self._state.register(*key)
            if register is None:
                continue
            event = register.chosen
            content = self._state.content(event)
            start, end = _range_in(content, size)
            if segment_subject(document, Piece(ord_, start, end)) != event.subject:
                continue
            if not (ranged and self._is_superseded(event)):
                text = str(content.get("text")).replace(SEGMENT_BREAK, " ")
                found.append(Said(start, end, text, event))
        return sorted(found, key=lambda one: (one.event.hlc, one.event.hash))

    def is_cut(self, side: Side, piece: Piece, kind: str) -> bool:
        """Return whether a segment is in pieces, or was when a text of a kind was given to it."""
        whole = (0, len(self.delivered.segments(side)[piece.ord].text))
        return (piece.start, piece.end) != whole or bool(self._state.ranged(kind, piece.ord))

    def _is_superseded(self, event: Event) -> bool:
        others = self._state.built_upon(event.hash)
        return any(o.kind == event.kind and o.subject != event.subject for o in others)

    def added(self, piece: Piece) -> list[Said]:
        """Return the translations that a person gave a piece of the source."""
        return [
            said
            for said in self.said("insert", Side.SOURCE, piece.ord)
            if said.text and piece.start <= said.start < piece.end
        ]

    def _insert(self, piece: Piece, said: Said, parts: list[Part]) -> None:
        """Put the translation that a person gave a piece of the source where it belongs."""
        after = self._state.content(said.event).get("after")
        delivered = [(n, part) for n, part in enumerate(parts) if part.side is Side.TARGET]
        at = next((n + 1 for n, part in reversed(delivered) if part.piece.ord == after), None)
        if at is None:
            before = isinstance(after, int) and delivered and after < delivered[0][1].piece.ord
            at = 0 if before else len(parts)
        while at < len(parts) and parts[at].side is Side.SOURCE:
            at += 1
        nothing = Segment(-1, piece.ord, 0, 0, "")
        unit = self.delivered.source[piece.ord].unit
        now = self.delivered.with_text(
            nothing, said.text, unit if self.delivered.bilingual else -1
        )
        parts.insert(at, Part(Side.SOURCE, piece, nothing, now))

    def cuts(self, side: Side, ord_: int) -> list[Piece]:
        """Return the pieces that a segment is in, wherever they stand; the whole one mostly."""
        at, last = position(ord_), position(ord_ + 1)
        size = len(self.delivered.segments(side)[ord_].text)
        found = []
        while at < last:
            end = min(self.beads.end_at(side, at), last)
            found.append(Piece(ord_, offset_of(at), offset_of(end) if end < last else size))
            at = end
        return found

    def target_before(self, piece: Piece) -> int:
        """Return the `ord` of the target segment before the pair of a piece of the source."""
        number = self.beads.number_at(Side.SOURCE, position(piece.ord, piece.start))
        if number is None:
            return -1
        return ord_of(self.place(number).target[0][0] - 1)

    def delivered_text(self, number: int) -> str:
        """Return the target text of a pair as delivered."""
        pieces = self.pieces(Side.TARGET, number)
        return SEGMENT_BREAK.join(self.delivered.part(Side.TARGET, p).text for p in pieces)

    def delivered_pair(self, number: int) -> Pair:
        """Return a pair with the target as delivered."""
        pieces = self.pieces(Side.TARGET, number)
        target = tuple(self.delivered.part(Side.TARGET, piece) for piece in pieces)
        return replace(self.pair(number), target=target)

    def part_before(self, at: int) -> Segment | None:
        """Return the piece of the target that ends at a position; None at the beginning."""
        return self._part_at(at - 1) if at else None

    def part_behind(self, at: int) -> Segment | None:
        """Return the piece of the target that begins at a position; None at the end."""
        return self._part_at(at) if ord_of(at) < len(self.delivered.target) else None

    def _part_at(self, at: int) -> Segment | None:
        number = self.beads.number_at(Side.TARGET, at)
        pieces = self.pieces(Side.TARGET, number) if number is not None else ()
        segments = self.delivered.target
        for piece in pieces:
            start, end = range_of(piece, segments[piece.ord])
            if start <= at < end:
                return self.delivered.part(Side.TARGET, piece)
        return None

    # What events are about

    def place(self, number: int) -> Place:
        """Return what a pair holds of both columns."""
        return self.beads[number].place

    def anchor(self, number: int) -> list[Any]:  # Any: JSON
        """Return a pair's place as the bodies of events tell it."""
        return written(self.place(number))

    def subject(self, number: int) -> bytes:
        """Return the subject of a pair: its ranges, whatever their texts became."""
        return pair_subject(
            self.delivered.source_id,
            self.pieces(Side.SOURCE, number),
            self.delivered.target_id,
            self.pieces(Side.TARGET, number),
        )

    def located(self, event: Event, content: Mapping[str, Any]) -> Place | None:
        """Return where in this document pair an event is; None where it is about nothing here.

        The body says where to look; the subject decides.
        """
        if event.kind == "amend":
            return self._located_amended(content)
        if event.kind in {"edit", "insert"}:
            return self._located_text(event, content)
        place = read(content.get("anchor"))
        if place is None or not self.delivered.is_sound(place):
            return None
        return place if self.delivered.subject_of(place) == event.subject else None

    def _located_amended(self, content: Mapping[str, Any]) -> Place | None:
        of = content.get("of")
        try:
            amended = self._state.event(bytes.fromhex(of)) if isinstance(of, str) else None
        except ValueError:
            return None
        if amended is None or amended.kind == "amend":
            return None
        return self.located(amended, self._state.content(amended))

    def _located_text(self, event: Event, content: Mapping[str, Any]) -> Place | None:
        side, at = Side.TARGET if event.kind == "edit" else Side.SOURCE, content.get("at")
        segments = self.delivered.segments(side)
        if not isinstance(at, int) or not 0 <= at < len(segments):
            return None
        piece = Piece(at, *_range_in(content, len(segments[at].text)))
        if self.delivered.subject_of_part(side, piece) != event.subject:
            return None
        here, nowhere = (range_of(piece, segments[at]),), ((0, 0),)
        return Place(nowhere, here) if side is Side.TARGET else Place(here, nowhere)

    def row_of(self, place: Place) -> int | None:
        """Return the pair that holds exactly the text of a place; None where none does."""
        number = self.beads.number_at(*place.first)
        if number is None or self.place(number).key != place.key:
            return None
        return number

    def row_said(self, subject: bytes, ords: Sequence[int]) -> int | None:
        """Return the pair of a subject where it is a delivered one that stands where `ords` say.

        None also says that it has to be looked for with `located`, which takes longer.
        """
        side = Side.SOURCE if ords[0] < ords[1] else Side.TARGET
        number = self.beads.number_at(side, position(ords[0] if side is Side.SOURCE else ords[2]))
        bead = self.beads.delivered(number) if number is not None else None
        if number is None or bead is None:
            return None
        ends = bead.source_start, bead.source_end, bead.target_start, bead.target_end
        return number if ends == tuple(ords) and self.subject(number) == subject else None

    def rows_of(self, place: Place) -> list[int]:
        """Return the pairs that hold some of the text of a place, in order."""
        found = set()
        for side in Side:
            for start, end in held(place.side(side)):
                at = start
                while at < end:
                    number = self.beads.number_at(side, at)
                    if number is not None:
                        found.add(number)
                    at = self.beads.end_at(side, at)
        return sorted(found)

    def rows_about(self, event: Event, content: Mapping[str, Any]) -> list[int]:
        """Return the pairs that an event is about, in order; none where it has no row here."""
        if event.kind == "align.edit":
            return self._rows_of_edit(event, content)
        place = self.located(event, content)
        return self.rows_of(place) if place is not None else []

    def _rows_of_edit(self, event: Event, content: Mapping[str, Any]) -> list[int]:
        """Return the pairs that hold what an alignment edit is about, of a large one the first."""
        if content.get("align_id") != self.delivered.align_id.hex():
            return []
        places = (bead.place for bead in self._known_edit(event, content).add[:_SHOWN_PLACES])
        rows = (self.rows_of(place) for place in places if self.delivered.is_sound(place))
        return sorted({number for numbers in rows for number in numbers})

    def neighbour_of(self, number: int, step: int) -> int | None:
        """Return the pair whose target stands just before (-1) or behind (1) that of a pair."""
        target = held(self.place(number).target)
        if not target:
            return None
        at = target[0][0] - 1 if step < 0 else target[-1][1]
        return self.beads.number_at(Side.TARGET, at) if at >= 0 else None

    def crossed(self, number: int) -> bool:
        """Return whether a pair's target stands away from those of the pairs around it."""
        if self.beads[number].edit is None or not held(self.place(number).target):
            return False
        return all(
            self.neighbour_of(number, step) != self._next_with_target(number, step)
            for step in (-1, 1)
        )

    def _next_with_target(self, number: int, step: int) -> int | None:
        at = number + step
        while 0 <= at < len(self.beads):
            if held(self.place(at).target):
                return at
            at += step
        return None


def _range_in(content: Mapping[str, Any], size: int) -> tuple[int, int]:
    """Return the range of a segment that a text is about, the whole one unless it says so."""
    value = content.get("range")
    if (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(n, int) for n in value)
        and 0 <= value[0] < value[1] <= size
    ):
        return value[0], value[1]
    return 0, size
