"""A document pair as it was imported: what no decision changes."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reviewer.model import Bead, Code, Segment, Side, has_codes
from reviewer.review.alignment.places import Place, offset_of, ord_of, pieces_of, position
from reviewer.review.alignment.subjects import Piece, pair_subject, segment_subject
from reviewer.review.alignment.texts import trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Delivered:
    """A document pair as it was imported.

    Attributes:
        source_id, target_id: ids of the documents, 32 bytes each.
        align_id: of the alignment, 32 bytes.
        source, target: their segments.
        beads: the automatic alignment.
        bilingual: both are the sides of one file, unit for unit, with shared codes.
    """

    source_id: bytes
    target_id: bytes
    align_id: bytes
    source: Sequence[Segment]
    target: Sequence[Segment]
    beads: Sequence[Bead]
    bilingual: bool = False

    def segments(self, side: Side) -> Sequence[Segment]:
        """Return the segments of a side."""
        return self.source if side is Side.SOURCE else self.target

    def document(self, side: Side) -> bytes:
        """Return the id of the document of a side."""
        return self.source_id if side is Side.SOURCE else self.target_id

    # Pieces

    def is_sound(self, place: Place) -> bool:
        """Return whether a place lies within the texts and no piece of it is blank."""
        return all(self._is_within(side, place) for side in Side)

    def _is_within(self, side: Side, place: Place) -> bool:
        segments = self.segments(side)
        ends = [at for each in place.side(side) for at in each]
        if ends[-1] > position(len(segments)):
            return False
        cuts = [at for at in ends if offset_of(at)]
        if any(offset_of(at) >= len(segments[ord_of(at)].text) for at in cuts):
            return False
        return not cuts or all(self._has_text(side, p) for p in self.pieces(side, place))

    def _has_text(self, side: Side, piece: Piece) -> bool:
        text = self.segments(side)[piece.ord].text
        return bool(text[piece.start : piece.end].strip())

    def pieces(self, side: Side, place: Place) -> Iterator[Piece]:
        """Yield the segments, or pieces of them, that a place holds of a side."""
        return pieces_of(place.side(side), self.segments(side))

    def part(self, side: Side, piece: Piece) -> Segment:
        """Return a piece as a segment of its own, without the space beside the cuts."""
        whole = self.segments(side)[piece.ord]
        if piece.start == 0 and piece.end == len(whole.text):
            return whole
        first, last = trimmed(whole.text, piece.start, piece.end)
        text = whole.text[first:last]
        return replace(
            whole,
            start=whole.start + first,
            end=whole.start + last,
            text=text,
            codes=tuple(code for code in whole.codes if code.character in text),
        )

    # Codes

    def with_text(self, segment: Segment, text: str, unit: int) -> Segment:
        """Return a segment with another text and the codes that stand in it.

        `unit` is the index of the one whose codes may stand there; -1 for none.
        """
        codes = self._codes_of(unit) if has_codes(text) else ()
        held = tuple(code for code in codes if code.character in text)
        return replace(segment, text=text, codes=held)

    def _codes_of(self, unit: int) -> tuple[Code, ...]:
        """Return the codes that a text of a unit of the target may hold, each once."""
        sides = (Side.TARGET, Side.SOURCE) if self.bilingual else (Side.TARGET,)
        known: dict[str, Code] = {}
        for side in sides:
            segments = self.segments(side)
            first = bisect_left(segments, unit, key=lambda segment: segment.unit)
            for ord_ in range(first, len(segments)):
                if segments[ord_].unit != unit:
                    break
                known |= {c.character: c for c in segments[ord_].codes if c.character not in known}
        return tuple(known.values())

    # What events are about

    def subject_of(self, place: Place) -> bytes:
        """Return the subject of a place."""
        return pair_subject(
            self.source_id,
            tuple(self.pieces(Side.SOURCE, place)),
            self.target_id,
            tuple(self.pieces(Side.TARGET, place)),
        )

    def subject_of_part(self, side: Side, piece: Piece) -> bytes:
        """Return the subject of a segment or a piece of one."""
        return segment_subject(self.document(side), piece)
