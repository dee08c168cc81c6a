"""The two columns of a document pair as they stand now: segments, beads, corrected texts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reviewer.model import SEGMENT_BREAK, Bead, Origin, Pair, Segment
from reviewer.review.subjects import pair_subject, pieces, segment_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reviewer.model import Event
    from reviewer.review.fold import State

Ranges = tuple[int, int, int, int]
"""source start, source end, target start, target end: a bead without its confidence."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A document pair as it was imported.

    Attributes:
        source_id, target_id: ids of the documents, 32 bytes each.
        align_id: of the alignment, 32 bytes.
        source, target: their segments.
        beads: the automatic alignment.
    """

    source_id: bytes
    target_id: bytes
    align_id: bytes
    source: Sequence[Segment]
    target: Sequence[Segment]
    beads: Sequence[Bead]


_MOST_PLACES = 2000
"""Beads that one edit may name (`project-file.md`); a larger realignment is a new alignment."""


class Columns:
    """The pairs of one document pair, with what people changed."""

    def __init__(self, delivered: Delivered, state: State) -> None:
        self.delivered = delivered
        self._state = state
        self._pairs: dict[int, Pair] = {}
        self._number_of_target: dict[int, int] = {}
        self._number_of_source: dict[int, int] = {}
        self.beads: list[Bead] = []
        self.realign()

    def __len__(self) -> int:
        return len(self.beads)

    def realign(self) -> None:
        """Apply the alignment edits that stand; the numbers of the pairs may change."""
        self.beads = sorted(
            _apply_edits(self.delivered.beads, self._alignment_edits()), key=_place
        )
        self._pairs.clear()
        self._number_of_source, self._number_of_target = {}, {}
        for number, bead in enumerate(self.beads):
            for ord_ in range(bead.source_start, bead.source_end):
                self._number_of_source[ord_] = number
            for ord_ in range(bead.target_start, bead.target_end):
                self._number_of_target[ord_] = number

    def _alignment_edits(self) -> Iterator[Mapping[str, Any]]:
        for event in self._state.listed("align.edit"):
            content = self._state.content(event)
            if content.get("align_id") == self.delivered.align_id.hex():
                yield content

    def pair(self, number: int) -> Pair:
        """Return a pair with the texts as they stand now."""
        pair = self._pairs.get(number)
        if pair is None:
            pair = self._pairs[number] = self._make(number)
        return pair

    def known(self, number: int) -> Pair | None:
        """Return a pair as it was when last asked for; None where nobody asked since."""
        return self._pairs.get(number)

    def _make(self, number: int) -> Pair:
        bead = self.beads[number]
        source = tuple(self.delivered.source[bead.source_start : bead.source_end])
        target = [self._corrected(segment) for segment in self.delivered_target(number)]
        for segment in source:
            self._insert(segment, target)
        return Pair(number, source, tuple(target), bead.confidence)

    def _corrected(self, segment: Segment) -> Segment:
        text = self._text_in("edit", self.target_subject(segment))
        return segment if text is None else replace(segment, text=text)

    def _insert(self, source: Segment, target: list[Segment]) -> None:
        """Put the translation that a person gave a source segment where it belongs.

        It has `ord` -1; its `unit` is the source segment's `ord`.
        """
        register = self._state.register("insert", self.source_subject(source).hex())
        content = self._state.content(register.chosen) if register else {}
        text, after = content.get("text"), content.get("after")
        if not isinstance(text, str) or not text:
            return
        at = next((n + 1 for n, t in enumerate(target) if t.ord == after), None)
        if at is None:
            before = isinstance(after, int) and target and after < target[0].ord
            at = 0 if before else len(target)
        while at < len(target) and target[at].ord < 0:
            at += 1
        made = Segment(-1, source.ord, 0, 0, text.replace(SEGMENT_BREAK, " "))
        target.insert(at, made)

    def _text_in(self, kind: str, subject: bytes) -> str | None:
        register = self._state.register(kind, subject.hex())
        text = self._state.content(register.chosen).get("text") if register else None
        return text.replace(SEGMENT_BREAK, " ") if isinstance(text, str) else None

    def delivered_target(self, number: int) -> Sequence[Segment]:
        """Return the target segments of a pair as delivered."""
        bead = self.beads[number]
        return self.delivered.target[bead.target_start : bead.target_end]

    def delivered_text(self, number: int) -> str:
        """Return the target text of a pair as delivered."""
        return SEGMENT_BREAK.join(segment.text for segment in self.delivered_target(number))

    def target_subject(self, segment: Segment) -> bytes:
        """Return the subject of a target segment as delivered (`segment` may be corrected)."""
        whole = self.delivered.target[segment.ord]
        return segment_subject(self.delivered.target_id, pieces([whole])[0])

    def source_subject(self, segment: Segment) -> bytes:
        """Return the subject of a source segment."""
        return segment_subject(self.delivered.source_id, pieces([segment])[0])

    def target_before(self, source: Segment) -> int:
        """Return the `ord` of the first target segment behind a source segment's pair."""
        return self.beads[self._number_of_source[source.ord]].target_start

    def subject(self, number: int) -> bytes:
        """Return the subject of a pair: its ranges, whatever their texts became."""
        bead = self.beads[number]
        return pair_subject(
            self.delivered.source_id,
            pieces(self.delivered.source[bead.source_start : bead.source_end]),
            self.delivered.target_id,
            pieces(self.delivered_target(number)),
        )

    def forget(self, numbers: Iterable[int] | None = None) -> None:
        """Drop the texts of these pairs, of all with None: they are made anew when asked for."""
        if numbers is None:
            self._pairs.clear()
            return
        for number in numbers:
            self._pairs.pop(number, None)

    def number_of(self, event: Event, content: Mapping[str, Any]) -> int | None:
        """Return the number of the pair that an event is about; None where it has no row here.

        The body's "at" or "anchor" says where to look; the subject decides.
        """
        at, anchor = content.get("at"), content.get("anchor")
        if event.kind == "edit" and isinstance(at, int) and 0 <= at < len(self.delivered.target):
            right = self.target_subject(self.delivered.target[at]) == event.subject
            return self._number_of_target.get(at) if right else None
        if event.kind == "insert" and isinstance(at, int) and 0 <= at < len(self.delivered.source):
            right = self.source_subject(self.delivered.source[at]) == event.subject
            return self._number_of_source.get(at) if right else None
        for place in _places([anchor]):
            numbers = self._number_of_source, self._number_of_target
            number = numbers[0].get(place[0]) if place[0] < place[1] else numbers[1].get(place[2])
            if number is not None and self.subject(number) == event.subject:
                return number
        return None


def ranges(bead: Bead) -> Ranges:
    """Return a bead's ranges."""
    return bead.source_start, bead.source_end, bead.target_start, bead.target_end


def manual_bead(place: Ranges) -> Bead:
    """Return a bead that a person made."""
    return Bead(*place, confidence=1.0, origin=Origin.MANUAL)


def _apply_edits(beads: Sequence[Bead], edits: Iterable[Mapping[str, Any]]) -> list[Bead]:
    """Apply alignment edits in order; one whose beads are no longer there is passed over."""
    current = {ranges(bead): bead for bead in beads}
    for edit in edits:
        remove, add = _places(edit.get("remove")), _places(edit.get("add"))
        if not remove or not all(place in current for place in remove):
            continue
        if (
            len({*remove}) != len(remove)
            or len({*add}) != len(add)
            or _sizes(remove) != _sizes(add)
        ):
            continue
        if _covered(remove) != _covered(add):
            continue
        for place in remove:
            del current[place]
        current.update({place: manual_bead(place) for place in add})
    return list(current.values())


def _sizes(places: Iterable[Ranges]) -> tuple[int, int]:
    """Return how many segments of each side the beads hold, before anything is counted out."""
    held = list(places)
    return sum(s1 - s0 for s0, s1, _, _ in held), sum(t1 - t0 for _, _, t0, t1 in held)


def _covered(places: Iterable[Ranges]) -> tuple[list[int], list[int]]:
    """Return the segments of both sides that the beads hold: an edit may lose or double none."""
    source = sorted(n for s0, s1, _, _ in places for n in range(s0, s1))
    target = sorted(n for _, _, t0, t1 in places for n in range(t0, t1))
    return source, target


def _places(value: object) -> list[Ranges]:
    found: list[Ranges] = []
    for place in value[:_MOST_PLACES] if isinstance(value, list) else ():
        if not (isinstance(place, list) and len(place) == 4):
            return []
        if not all(isinstance(n, int) and 0 <= n < 1 << 31 for n in place):
            return []
        s0, s1, t0, t1 = place
        if s1 < s0 or t1 < t0 or (s1 - s0) + (t1 - t0) > 10_000:
            return []
        found.append((s0, s1, t0, t1))
    return found


def _place(bead: Bead) -> tuple[int, int, int, int]:
    return bead.source_start, bead.target_start, bead.source_end, bead.target_end
