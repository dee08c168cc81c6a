"""What was decided of a document pair, carried over to a new version of it.

Where the texts that a decision saw stand in the new version, it is said again there, by a new
event that names the old one as its parent. Where a text is close, that is proposed. The rest is
listed: nothing is dropped, and nothing moves to a text that nobody saw.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reviewer.model import Draft, Side, WaiverScope
from reviewer.review.alignment.places import (
    Place,
    held,
    joined,
    offset_of,
    ord_of,
    position,
)
from reviewer.review.alignment.subjects import Piece, hashes_in, text_hash
from reviewer.review.decisions.counterparts import Counterparts, counterparts, unchanged
from reviewer.review.decisions.independent import hides
from reviewer.review.decisions.versions import taken_over

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reviewer.model import Event
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.alignment.places import Range, Ranges
    from reviewer.review.decisions.fold import State

_SIDES = {"edit": Side.TARGET, "insert": Side.SOURCE}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision whose text is close to what stands in the new version.

    Attributes:
        number: the pair of the new version.
        then, now: the text that was decided of, and the one in its place.
        draft: says the decision again, of the new text.
    """

    event: Event
    number: int
    then: str
    now: str
    draft: Draft


@dataclass(slots=True)
class Carried:
    """What becomes of the decisions on a document pair.

    Attributes:
        again: what is to be said again, of the same texts.
        drafts: what else is to be recorded.
        kept: what is said again, or holds as it is.
        taken_over: corrections that the new version has followed.
        proposals: what may be said again of a text that is close.
        gone: what is about a text that the new version does not have.
    """

    again: list[Proposal] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    kept: list[Event] = field(default_factory=list)
    taken_over: list[Event] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    gone: list[Event] = field(default_factory=list)

    @property
    def left(self) -> list[Event]:
        """What waits for a person: what is close, and what is gone."""
        return [*(each.event for each in self.proposals), *self.gone]


def sides_of(old: Columns, new: Columns) -> Mapping[Side, Counterparts]:
    """Return where the sentences of each side are in the new version."""
    found = {}
    for side in Side:
        texts = [[s.text for s in each.delivered.segments(side)] for each in (old, new)]
        if old.delivered.document(side) == new.delivered.document(side):
            found[side] = unchanged(len(texts[0]), texts[1])
        else:
            found[side] = counterparts(*texts)
    return found


def carry(state: State, old: Columns, new: Columns) -> Carried:
    """Find out what becomes of every decision on a document pair in a new version of it.

    What was said again already, or is about other documents, is left out.
    """
    return _Carrying(state, old, new).all()


def carry_from_all(state: State, earlier: Iterable[Columns], new: Columns) -> Carried:
    """Find out what becomes of what is left of several earlier versions, the latest first."""
    found = Carried()
    for old in earlier:
        one = carry(state, old, new)
        found.again += one.again
        found.drafts += one.drafts
        found.kept += one.kept
        found.taken_over += one.taken_over
        found.proposals += one.proposals
        found.gone += one.gone
    return found


class _Carrying:
    """One document pair on its way into its new version."""

    def __init__(self, state: State, old: Columns, new: Columns) -> None:
        self._state = state
        self._old = old
        self._new = new
        self._sides = sides_of(old, new)
        # Where the text as it stood is, decided of or delivered:
        self._stands = {side: dict(self._sides[side].equal) for side in Side}
        self._settled = taken_over(state)
        self._found = Carried()

    def all(self) -> Carried:
        for kind in ("edit", "insert"):
            for event in self._heads(kind):
                self._carry_text(event)
        for kind in ("verdict", "comment", "issue"):
            for event in self._heads(kind):
                self._carry_on_pair(event)
        for event in self._heads("waive"):
            self._carry_waiver(event)
        return self._found

    def _heads(self, kind: str) -> Iterator[Event]:
        """Yield what counts of a kind and is about the old pair, and was not said again."""
        if kind in {"comment", "issue"}:
            events: Iterable[Event] = filter(self._is_shown, self._state.listed(kind))
        else:
            events = (e for _, register in self._state.registers(kind) for e in register.heads)
        for event in map(self._before_emptied, events):
            if self._old.located(event, self._state.content(event)) is None:
                continue
            if not was_said_again(self._state, event):
                yield event

    def _before_emptied(self, event: Event) -> Event:
        """Return the translation that was emptied since the new version has another one there."""
        content = self._state.content(event)
        if event.kind != "insert" or content.get("text") != "":
            return event
        of = hashes_in([content.get("from")])
        was = self._state.event(of[0]) if of else None
        return was if was is not None and was.subject == event.subject else event

    def _is_shown(self, event: Event) -> bool:
        """Return whether a remark or an issue mark stands, and is not to be seen later alone."""
        about = [event.subject] if event.subject else []
        return not self._dead(event) and not hides(self._state, event, about)

    def _dead(self, event: Event) -> bool:
        amended = self._state.register("amend", event.hash.hex())
        fields = self._state.content(amended.chosen).get("fields") if amended else None
        return isinstance(fields, dict) and fields.get("deleted") is True

    # Corrections and added translations

    def _carry_text(self, event: Event) -> None:
        content, side = self._state.content(event), _SIDES[event.kind]
        old, text = int(content["at"]), str(content["text"])
        new = self._sides[side].equal.get(old)
        if event.hash.hex() in self._settled:
            self._note_taken(old, self._sides[side].holding(text, old))
        elif event.kind == "insert":
            self._carry_insert(event, new, text)
        elif self._is_same(side):
            self._found.kept.append(event)  # it hangs on a document that stays
        elif new is not None and not self._is_locked(new):
            self._keep(event, self._row(side, new), self._edit(event, new))
        else:
            self._look_for_edit(event, old, text)

    def _look_for_edit(self, event: Event, old: int, text: str) -> None:
        """Find a correction in the text that the new version has instead, or something close."""
        sides, whole = self._sides[Side.TARGET], not self._cut(event)
        there = sides.holding(text, old) if whole else None
        if there is not None:
            self._found.taken_over.append(event)
            self._note_taken(old, there)
            return
        was = self._old.delivered.target[old].text
        close = sides.closest((was, text), old) if whole and text else None
        number = self._row(Side.TARGET, close[0]) if close else None
        if close is None or number is None or self._is_locked(close[0]):
            self._found.gone.append(event)
            return
        now = sides.texts[close[0]]
        draft = self._edit(event, close[0])
        self._found.proposals.append(Proposal(event, number, text, now, draft))

    def _note_taken(self, old: int, there: range | None) -> None:
        if there is not None and len(there) == 1:
            self._stands[Side.TARGET][old] = there.start

    def _keep(self, event: Event, number: int | None, draft: Draft) -> None:
        """Have a decision said again in a pair that has its texts."""
        assert number is not None  # every sentence is in a pair
        said = str(draft.body.get("text") or "") if event.kind in _SIDES else ""
        now = self._new.pair(number).target_text
        self._found.again.append(Proposal(event, number, said or now, now, draft))
        self._found.kept.append(event)

    def _edit(self, event: Event, new: int) -> Draft:
        whole = self._new.delivered.target[new].text
        piece = self._piece(event, new, whole)
        subject = self._new.delivered.subject_of_part(Side.TARGET, piece)
        return self._again(event, subject, {"at": new, "was": text_hash(whole)})

    def _piece(self, event: Event, new: int, whole: str) -> Piece:
        cut = self._cut(event)
        return Piece(new, *cut) if cut else Piece(new, 0, len(whole))

    def _cut(self, event: Event) -> tuple[int, int] | None:
        """Return the range of a segment that a text is about; None for the whole one."""
        content, side = self._state.content(event), _SIDES[event.kind]
        place = self._old.located(event, content)
        assert place is not None
        start, end = place.side(side)[0]
        if not offset_of(start) and not offset_of(end):
            return None
        size = len(self._old.delivered.segments(side)[ord_of(start)].text)
        return offset_of(start), offset_of(end) or size

    def _carry_insert(self, event: Event, new: int | None, text: str) -> None:
        """Carry a translation over that a person added, unless the new version has one there."""
        number = self._row(Side.SOURCE, new) if new is not None else None
        if not text:
            self._found.kept.append(event)
        elif new is None or number is None:
            self._found.gone.append(event)
        elif self._new.pieces(Side.TARGET, number):
            there = text in self._new.delivered_text(number)
            (self._found.taken_over if there else self._found.gone).append(event)
            # It would stand beside the delivered one.
            if self._is_same(Side.SOURCE) and not self._is_emptied(event):
                self._found.drafts.append(self._insert(event, new, ""))
        else:
            self._keep(event, number, self._insert(event, new, text))

    def _insert(self, event: Event, new: int, text: str) -> Draft:
        piece = self._piece(event, new, self._new.delivered.source[new].text)
        subject = self._new.delivered.subject_of_part(Side.SOURCE, piece)
        body = {"at": new, "after": self._new.target_before(piece), "text": text}
        return self._again(event, subject, body)

    def _is_emptied(self, event: Event) -> bool:
        texts = (self._state.content(e).get("text") for e in self._state.built_upon(event.hash))
        return "" in texts

    def _is_same(self, side: Side) -> bool:
        return self._old.delivered.document(side) == self._new.delivered.document(side)

    def _is_locked(self, new: int) -> bool:
        told = self._new.delivered.target[new].state
        return told is not None and told.locked

    def _row(self, side: Side, new: int) -> int | None:
        return self._new.beads.number_at(side, position(new))

    # Verdicts, remarks and issue marks

    def _carry_on_pair(self, event: Event) -> None:
        content = self._state.content(event)
        place = self._old.located(event, content)
        assert place is not None
        there = self._standing(place)
        number = self._new.row_of(there) if there is not None else None
        if number is not None:
            self._keep(event, number, self._on_pair(event, number, {}))
            return
        number = self._close_pair(place)
        if number is None:
            self._found.gone.append(event)
            return
        now = self._new.pair(number)
        saw = {"source": text_hash(now.source_text), "target": text_hash(now.target_text)}
        draft = self._on_pair(event, number, {"saw": saw} if event.kind == "verdict" else {})
        then = self._text_of(place)
        self._found.proposals.append(Proposal(event, number, then, now.target_text, draft))

    def _on_pair(self, event: Event, number: int, more: Mapping[str, Any]) -> Draft:
        subject = self._new.subject(number)
        return self._again(event, subject, {"anchor": self._new.anchor(number), **more})

    def _standing(self, place: Place) -> Place | None:
        """Return where all the text of a place stands in the new version; None for nowhere."""
        sides = []
        for side in Side:
            ranges = self._moved(side, held(place.side(side)))
            if ranges is None:
                return None
            sides.append(ranges or ((0, 0),))
        return Place(sides[0], sides[1])

    def _moved(self, side: Side, ranges: Ranges) -> Ranges | None:
        found: list[Range] = []
        for start, end in ranges:
            for old in _ords([(start, end)]):
                new = self._stands[side].get(old)
                if new is None:
                    return None
                first = offset_of(start) if old == ord_of(start) else 0
                cut = offset_of(end) if old == ord_of(end) else 0
                last = position(new, cut) if cut else position(new + 1)
                found.append((position(new, first), last))
        return joined(found)

    def _close_pair(self, place: Place) -> int | None:
        """Return the pair of the new version whose texts are most like those of a place."""
        votes: dict[int, int] = {}
        for side in Side:
            for old in _ords(held(place.side(side))):
                number = self._counterpart_row(side, old)
                if number is None:
                    return None
                votes[number] = votes.get(number, 0) + 1
        return max(votes, key=lambda number: (votes[number], -number)) if votes else None

    def _counterpart_row(self, side: Side, old: int) -> int | None:
        """Return the pair that holds what an old sentence is now, or became."""
        new = self._stands[side].get(old)
        if new is None:
            texts = [self._old.delivered.segments(side)[old].text]
            if side is Side.TARGET:
                texts += [said.text for said in self._old.said("edit", side, old)]
            close = self._sides[side].closest(texts, old)
            new = close[0] if close else None
        return self._row(side, new) if new is not None else None

    def _text_of(self, place: Place) -> str:
        number = self._old.row_of(place)
        if number is not None:
            return self._old.pair(number).target_text
        targets = self._old.delivered.target
        return " ".join(targets[old].text for old in _ords(held(place.target)))

    # Waivers

    def _carry_waiver(self, event: Event) -> None:
        """A waiver of one place holds wherever the source of its pair stands unchanged."""
        content = self._state.content(event)
        if content.get("scope") != WaiverScope.HERE.value or content.get("on") is not True:
            return
        place = self._old.located(event, content)
        assert place is not None
        there = self._moved(Side.SOURCE, held(place.source))
        rows = self._new.rows_of(Place(there, ((0, 0),))) if there else []
        whole = len(rows) == 1 and held(self._new.place(rows[0]).source) == there
        (self._found.kept if whole else self._found.gone).append(event)

    # Saying again

    def _again(self, event: Event, subject: bytes, more: Mapping[str, Any]) -> Draft:
        """Return a decision said again of another text; who said it first is told by `from`."""
        content = self._state.content(event)
        body = {key: value for key, value in content.items() if key != "parents"}
        parents = {event.hash.hex(), *self._state.parents(event.kind, subject.hex())}
        body |= {**more, "parents": sorted(parents), "from": event.hash.hex()}
        return Draft(event.kind, subject, body)


def was_said_again(state: State, event: Event) -> bool:
    """Return whether something that counts says a decision again, of a new version.

    A translation that was emptied there is said no more.
    """
    own = event.hash
    for other in state.built_upon(own):
        content = state.content(other)
        if other.kind == event.kind and own in hashes_in([content.get("from")]):
            return other.kind != "insert" or content.get("text") != ""
    return False


def taken(proposals: Sequence[Proposal]) -> list[Draft]:
    """Return what says chosen decisions again; a verdict is then of the texts chosen with it."""
    texts: dict[int, dict[str, str]] = {}
    for each in proposals:
        if each.draft.kind == "edit":
            texts.setdefault(each.number, {})[each.now] = each.then
    return [_seeing(each, texts.get(each.number, {})) for each in proposals]


def _seeing(proposal: Proposal, texts: Mapping[str, str]) -> Draft:
    draft = proposal.draft
    if draft.kind != "verdict" or not texts:
        return draft
    lines = (texts.get(line, line) for line in proposal.now.split("\n"))
    saw = {**draft.body["saw"], "target": text_hash("\n".join(lines))}
    return Draft(draft.kind, draft.subject, {**draft.body, "saw": saw})


def _ords(ranges: Iterable[Range]) -> Iterator[int]:
    for start, end in ranges:
        yield from range(ord_of(start), ord_of(end - 1) + 1)
