"""What was decided of pairs that stand no more, and where it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.model import Side, Verdict
from reviewer.review.alignment.places import held, ord_of, share
from reviewer.review.alignment.subjects import hashes_in
from reviewer.review.decisions.independent import hides

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.model import Event
    from reviewer.review.alignment.beads import Renumbering
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.alignment.places import Place
    from reviewer.review.decisions.fold import State
    from reviewer.review.decisions.judged_beads import JudgedBeads

_KINDS = frozenset({"verdict", "comment", "issue"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """A decision from before the alignment changed, shown on a pair that shares its text.

    Attributes:
        open: it is a verdict that nobody has answered on this pair: the pair counts as open.
    """

    event: Event
    open: bool


class Decisions:
    """Verdicts, remarks and issue marks of a document pair by the text they are about.

    Those whose pair stands apply to it. The others are kept here with their places, found by the
    segments they share with a pair; what an alignment edit displaces or brings back is followed
    pair by pair.
    """

    def __init__(self, state: State, columns: Columns) -> None:
        self._state = state
        self._columns = columns
        self._places: dict[bytes, Place] = {}
        self._by_ord: dict[tuple[Side, int], set[bytes]] = {}
        self._about: dict[str, dict[bytes, list[Event]]] = {}
        self._known: set[bytes] = set()
        self._stray: dict[bytes, Event] = {}
        for event in state.subjects_since(_KINDS):
            self.note(event)
        judged = state.judged(columns.delivered.align_id)
        if judged is not None:
            self._take_judged(judged)
            return
        for each in state.indexed("verdict"):
            if columns.row_said(each.subject, each.ords) is not None:
                self._known.add(each.subject)
                self._stray.pop(each.subject, None)
            else:
                self.note(state.indexed_event(each))

    def _take_judged(self, judged: JudgedBeads) -> None:
        """Take in the indexed verdicts, most of which apply to beads as delivered."""
        stand = self._columns.beads.stand(judged.beads)
        self._known.update(self._state.subjects_numbered(judged.events[stand]))
        for subject in self._stray.keys() & self._known:
            del self._stray[subject]
        for event in self._state.numbered([*judged.events[~stand], *judged.rest]):
            self.note(event)
        # They have their rows there, unless their documents are hidden.
        hidden = judged.elsewhere if self._state.listed("doc.hide") else ()
        for event in self._state.numbered(hidden):
            if event.subject is not None:
                self._stray[event.subject] = event

    def note(self, event: Event) -> None:
        """Take in an event of these kinds."""
        subject = event.subject
        if event.kind == "amend":
            self._about.clear()
        if event.kind not in _KINDS or subject is None:
            return
        self._about.pop(event.kind, None)
        if subject in self._known:
            return
        place = self._columns.located(event, self._state.content(event))
        if place is None:
            self._stray[subject] = event
            return
        self._stray.pop(subject, None)
        self._known.add(subject)
        if self._columns.row_of(place) is None:
            self._displace(subject, place)

    def retracted(self) -> None:
        """Forget what was counted: something was taken back."""
        self._about.clear()

    def follow(self, renumbering: Renumbering) -> None:
        """Follow a change of the alignment."""
        for _, bead in renumbering.lost:
            subject = self._columns.delivered.subject_of(bead.place)
            if subject in self._known and self._columns.row_of(bead.place) is None:
                self._displace(subject, bead.place)
        for number in renumbering.come:
            self._restore(self._columns.subject(number))

    def _displace(self, subject: bytes, place: Place) -> None:
        self._places[subject] = place
        for key in _ords(place):
            self._by_ord.setdefault(key, set()).add(subject)

    def _restore(self, subject: bytes) -> None:
        place = self._places.pop(subject, None)
        for key in _ords(place) if place is not None else ():
            self._by_ord[key].discard(subject)

    def earlier(self, number: int) -> tuple[Earlier, ...]:
        """Return what was decided of texts of a pair before the alignment changed, oldest first.

        What somebody said again on this pair, knowing it, is left out.
        """
        place = self._columns.place(number)
        found = [*self._displaced(place), *self._texts(number)]
        if not found:
            return ()
        register = self._state.register("verdict", self._columns.subject(number).hex())
        own = self._state.content(register.chosen) if register else {}
        answered = set(hashes_in(own.get("parents")))
        unanswered = {event.hash: event for event in found if event.hash not in answered}
        return tuple(
            Earlier(event, self._opens(event, own.get("v")))
            for event in sorted(unanswered.values(), key=lambda e: (e.hlc, e.hash))
        )

    def rows(self) -> list[int]:
        """Return the pairs that share text with one that was decided and stands no more."""
        rows = (self._columns.rows_of(place) for place in self._places.values())
        return sorted({number for numbers in rows for number in numbers})

    def _displaced(self, place: Place) -> Iterator[Event]:
        if not self._places:
            return
        near = {s for key in _ords(place) for s in self._by_ord.get(key, ())}
        for subject in sorted(near):
            if share(place, self._places[subject]):
                yield from self._said(subject)

    def _said(self, subject: bytes) -> Iterator[Event]:
        """Yield what counts of what was decided of a subject."""
        register = self._state.register("verdict", subject.hex())
        if register is not None:
            yield from register.heads
        for kind in ("comment", "issue"):
            yield from self.about(kind, subject)

    def about(self, kind: str, subject: bytes) -> list[Event]:
        """Return the remarks or the issue marks on a pair that are shown, oldest first."""
        listed = self.listed(kind).get(subject, ())
        return [event for event in listed if not hides(self._state, event, [subject])]

    def listed(self, kind: str) -> dict[bytes, list[Event]]:
        """Return the remarks or the issue marks by what they are about, oldest first."""
        if kind not in self._about:
            by_subject: dict[bytes, list[Event]] = {}
            for event in self._state.listed(kind):
                if event.subject and not self._is_deleted(event):
                    by_subject.setdefault(event.subject, []).append(event)
            self._about[kind] = by_subject
        return self._about[kind]

    def _is_deleted(self, event: Event) -> bool:
        amended = self._state.register("amend", event.hash.hex())
        fields = self._state.content(amended.chosen).get("fields") if amended else None
        return isinstance(fields, dict) and fields.get("deleted") is True

    def _texts(self, number: int) -> Iterator[Event]:
        """Yield the edits whose text stands here only in parts: their segment was split since."""
        for kind, side in (("edit", Side.TARGET), ("insert", Side.SOURCE)):
            for piece in self._columns.pieces(side, number):
                if not self._columns.is_cut(side, piece, kind):
                    continue
                for said in self._columns.said(kind, side, piece.ord):
                    reaches = said.start < piece.end and piece.start < said.end
                    if reaches and (said.start, said.end) != (piece.start, piece.end):
                        yield said.event

    def _opens(self, event: Event, own: object) -> bool:
        """Return whether an earlier decision leaves a pair open that was said `own` of."""
        said = self._state.content(event).get("v")
        return event.kind == "verdict" and said not in {own, Verdict.OPEN.value}

    def without_row(self) -> tuple[Event, ...]:
        """Return what counts and is about no text of this document pair, newest first."""
        found = [
            event
            for subject in self._stray
            for event in self._said(subject)
            if subject not in self._known
        ]
        return tuple(sorted(found, key=lambda e: (e.hlc, e.hash), reverse=True))


def _ords(place: Place) -> set[tuple[Side, int]]:
    found: set[tuple[Side, int]] = set()
    for side in Side:
        for start, end in held(place.side(side)):
            found.update((side, ord_) for ord_ in range(ord_of(start), ord_of(end - 1) + 1))
    return found
