"""What the view shows of the pairs beside their texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from reviewer.model import DOUBTFUL, Doubt, Origin, Side, Verdict
from reviewer.review.alignment.bead_set import BeadSet
from reviewer.review.alignment.subjects import hashes_in, text_hash
from reviewer.review.decisions.written_texts import SIDES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from numpy.typing import NDArray

    from reviewer.model import Event, Finding, Span
    from reviewer.review.alignment.beads import Key
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.checking.board import Board
    from reviewer.review.decisions.decisions import Decisions, Earlier
    from reviewer.review.decisions.fold import State
    from reviewer.review.decisions.judged_beads import JudgedBeads

_LATEST = 253402300799
"""The last second of the year 9999; a clock beyond it is a damaged or forged one."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the view shows of a pair beside its texts.

    Attributes:
        changed: confirmed or rejected, but the texts are no longer those that were seen.
        edited: the target is not the delivered one.
        comments: number of remarks.
        preferred: where dominant renderings of drifting terms stand.
        doubt: how sure the alignment is that these belong together.
        earlier: what was decided of texts of this pair before the alignment changed.
        crossed: the target stands elsewhere in the document; (number of the pair behind which it
            does, or None at the beginning,), empty where it does not.
        locked: the file asks that the translation stays as it is.
        disputed: reviewers said different things of it.
    """

    number: int
    verdict: Verdict
    changed: bool
    edited: bool
    comments: int
    findings: tuple[Finding, ...]
    preferred: tuple[Span, ...]
    doubt: Doubt = Doubt.SURE
    earlier: tuple[EarlierDecision, ...] = ()
    crossed: tuple[int | None, ...] = ()
    locked: bool = False
    disputed: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether these may well not belong together."""
        return self.doubt is Doubt.DOUBTFUL

    @property
    def unsettled(self) -> bool:
        """Whether something decided before the alignment changed is to be looked at again."""
        return any(decision.open for decision in self.earlier)


@dataclass(frozen=True, slots=True)
class EarlierDecision:
    """A decision from before the alignment changed.

    Attributes:
        kind: of the event: "verdict", "edit", "insert", "comment", "issue".
        said: the verdict, else the text.
        open: it waits for an answer on this pair.
    """

    kind: str
    said: str
    reviewer: str
    time: datetime
    open: bool
    event: Event


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a pair, and the name of who made it."""

    text: str
    reviewer: str
    event: Event


class Rows:
    """The rows of the open document pair.

    What takes a look at every pair or every verdict is counted once and then followed.
    """

    def __init__(self, state: State, columns: Columns, board: Board, decisions: Decisions) -> None:
        self._state = state
        self._columns = columns
        self._board = board
        self._decisions = decisions
        self._confirmed: BeadSet | None = None
        self._doubtful: BeadSet | None = None
        self._edited: BeadSet | None = None

    def follow(self, gone: Iterable[Key], touched: Collection[int]) -> None:
        """Follow new events; `gone` are pairs that are no more, `touched` others to look at."""
        lost = tuple(gone)
        counted = (
            (self._confirmed, self.is_confirmed),
            (self._doubtful, self._is_doubtful),
            (self._edited, self.is_edited),
        )
        for keys, belongs in counted:
            if keys is None:
                continue
            for key in lost:
                keys.discard(key)
            for number in touched:
                self._put(keys, number, belongs(number))

    def _put(self, keys: BeadSet, number: int, belongs: bool) -> None:  # noqa: FBT001
        """Have a pair in a set, or not."""
        key = self._columns.beads.key(number)
        (keys.add if belongs else keys.discard)(key)

    def _is_doubtful(self, number: int) -> bool:
        return self.doubt(number) is Doubt.DOUBTFUL

    def row(self, number: int) -> Row:
        """Return what the view shows of a pair."""
        verdict, changed = self.verdict(number)
        return Row(
            number,
            verdict,
            changed,
            self.is_edited(number),
            len(self.comments(number)),
            self._board.open_of(number),
            self._board.preferred(number),
            self.doubt(number),
            tuple(map(self._told, self._decisions.earlier(number))),
            self._crossing(number),
            self._columns.pair(number).is_locked,
        )

    def _crossing(self, number: int) -> tuple[int | None, ...]:
        if not self._columns.crossed(number):
            return ()
        return (self._columns.neighbour_of(number, -1),)

    def _told(self, earlier: Earlier) -> EarlierDecision:
        event = earlier.event
        content = self._state.content(event)
        said = content.get("v" if event.kind == "verdict" else "text") or content.get("note")
        return EarlierDecision(
            event.kind,
            str(said or ""),
            name_of(self._state, event),
            time_of(event),
            earlier.open,
            event,
        )

    # What was written

    def is_edited(self, number: int) -> bool:
        """Return whether the target of a pair is not the delivered one."""
        return self._columns.pair(number).target_text != self._columns.delivered_text(number)

    def edited(self) -> NDArray[np.int64]:
        """Return the pairs whose target is not the delivered one, in order."""
        if self._edited is None:
            self._edited = BeadSet(self._columns.beads)
            for number in self._perhaps_edited(self._edited):
                self._put(self._edited, number, self.is_edited(number))
        return self._edited.numbers()

    def _perhaps_edited(self, edited: BeadSet) -> set[int]:
        """Put what is counted into a set; return the pairs that have to be looked at."""
        events = [self._state.subjects_since(SIDES), self._state.taken_back()]
        for kind, side in SIDES.items():
            written = self._state.written(kind, self._columns.delivered.document(side))
            if written is None:
                events.append(map(self._state.indexed_event, self._state.indexed(kind)))
                continue
            indexes = self._columns.beads.indexes_at(side, written.ords)
            grown = np.isin(written.events, self._state.joined_since(kind))
            edited.add_delivered(indexes[written.differs & ~grown & (indexes >= 0)])
            more = written.events[grown | (indexes < 0)].tolist()
            events.append(self._state.numbered([*more, *self._state.contested(kind)]))
        return self._about(chain(*events))

    def _about(self, events: Iterable[Event]) -> set[int]:
        """Return the pairs that events are about."""
        found = (self._columns.rows_about(e, self._state.content(e)) for e in events)
        return {number for numbers in found for number in numbers}

    def commented(self) -> NDArray[np.int64]:
        """Return the pairs with remarks that are shown, in order."""
        about = self._decisions.about
        remarks = (about("comment", subject) for subject in self._decisions.listed("comment"))
        numbers = {
            number for some in remarks for first in some[:1] for number in self._row_of(first)
        }
        return np.array(sorted(numbers), np.int64)

    def odd(self) -> NDArray[np.int64]:
        """Return the pairs that are not one sentence beside one, in order."""
        beads = self._columns.beads
        made = [n for n in beads.numbers_made if self._is_odd(n)]
        return np.sort(np.concatenate([beads.odd(), np.array(made, np.int64)]))

    def _is_odd(self, number: int) -> bool:
        return any(len(self._columns.pieces(side, number)) != 1 for side in Side)

    # How sure the alignment is

    def doubt(self, number: int) -> Doubt:
        """Return how sure the alignment of a pair is; a person's word is."""
        beads = self._columns.beads
        bead = beads.delivered(number) or beads[number]
        if bead.origin is Origin.MANUAL or Doubt.of(bead.confidence) is Doubt.SURE:
            return Doubt.SURE
        confirmed = self.verdict(number)[0] is Verdict.CONFIRMED
        return Doubt.SURE if confirmed else Doubt.of(bead.confidence)

    def doubtful(self) -> NDArray[np.int64]:
        """Return the numbers of the doubtful pairs, in order."""
        beads = self._columns.beads
        if self._doubtful is None:
            low = beads.below(DOUBTFUL)
            self._doubtful = BeadSet(beads)
            for key in low:
                if self._is_doubtful(beads.number(key)):
                    self._doubtful.add(key)
        return self._doubtful.numbers()

    def unmatched_count(self) -> int:
        """Return how many pairs are doubtful or have text on one side alone."""
        return self._columns.beads.alone(DOUBTFUL) + len(self.doubtful())

    def quality(self) -> float:
        """Return how well the two texts match, 0-1; what a person made or confirmed is sure.

        The mean confidence over the sentences of the shorter text, those without a counterpart
        counting nothing, as `align.project.quality` has it; 1 for no text.
        """
        matched, total = self._columns.beads.matched()
        settled = self._settled()
        doubt = self._columns.beads.doubt_in(settled.delivered())
        for key in settled.made():
            number = self._columns.beads.number(key)
            unsure = 1 - self._columns.beads[number].confidence
            sides = [len(self._columns.pieces(side, number)) for side in Side]
            for side in (0, 1):
                doubt[side] += sides[side] * unsure * (sides[1 - side] > 0)
        matched = [sum(both) for both in zip(matched, doubt, strict=True)]
        shorter = 0 if total[0] <= total[1] else 1
        return matched[shorter] / total[shorter] if total[shorter] else 1.0

    # Verdicts

    def verdict(self, number: int) -> tuple[Verdict, bool]:
        """Return the verdict on a pair, and whether its texts have changed since."""
        return verdict_on(self._state, self._columns, number)

    def confirmed(self) -> frozenset[int]:
        """Return the pairs that are confirmed, unchanged since, and not decided otherwise."""
        return frozenset(self._settled().numbers().tolist())

    def unconfirmed(self) -> NDArray[np.int64]:
        """Return the other pairs, in order."""
        is_open = np.ones(len(self._columns), bool)
        is_open[self._settled().numbers()] = False
        return np.flatnonzero(is_open)

    @property
    def confirmed_count(self) -> int:
        """How many pairs are confirmed, unchanged since, and not decided otherwise."""
        return len(self._settled())

    def _settled(self) -> BeadSet:
        if self._confirmed is None:
            counted = self._state.judged(self._columns.delivered.align_id)
            self._confirmed = BeadSet(self._columns.beads)
            if counted is not None:
                self._count(counted, self._confirmed)
            looked = self._judged() if counted is None else self._to_look_at(counted)
            for number in looked:
                self._put(self._confirmed, number, self.is_confirmed(number))
        return self._confirmed

    def _count(self, counted: JudgedBeads, confirmed: BeadSet) -> None:
        """Put the delivered beads into a set that are confirmed by what is indexed alone."""
        settled = counted.beads[counted.settled & ~counted.unsure]
        confirmed.add_delivered(settled[self._columns.beads.stand(settled)])

    def _to_look_at(self, counted: JudgedBeads) -> set[int]:
        """Return the pairs on which more was said than what is indexed."""
        beads, state = self._columns.beads, self._state
        grown = np.isin(counted.events, state.joined_since("verdict"))
        unsure = counted.beads[counted.unsure | grown]
        numbers = set(map(beads.number, unsure[beads.stand(unsure)].tolist()))
        moved = counted.events[~beads.stand(counted.beads)]
        events = chain(
            state.subjects_since({"verdict", "edit", "insert"}),
            state.taken_back(),
            state.numbered([*state.joined_since("edit"), *state.joined_since("insert")]),
            state.numbered([*moved, *counted.rest]),
        )
        return numbers | self._about(events)

    def _judged(self) -> Iterator[int]:
        """Yield the pairs that stand and on which there is a verdict."""
        for event in self._state.subjects_since({"verdict"}):
            yield from self._row_of(event)
        for each in self._state.indexed("verdict"):
            number = self._columns.row_said(each.subject, each.ords)
            if number is not None:
                yield number
            else:
                yield from self._row_of(self._state.indexed_event(each))

    def _row_of(self, event: Event) -> Iterator[int]:
        place = self._columns.located(event, self._state.content(event))
        number = self._columns.row_of(place) if place is not None else None
        if number is not None:
            yield number

    def is_confirmed(self, number: int) -> bool:
        """Return whether a pair is confirmed, unchanged since, and not decided otherwise."""
        return self.verdict(number) == (Verdict.CONFIRMED, False) and not any(
            earlier.open for earlier in self._decisions.earlier(number)
        )

    def comments(self, number: int) -> tuple[Comment, ...]:
        """Return the remarks on a pair, oldest first."""
        return comments_on(self._state, self._columns, self._decisions, number)


def verdict_on(state: State, columns: Columns, number: int) -> tuple[Verdict, bool]:
    """Return the verdict on a pair, and whether its texts have changed since."""
    register = state.register("verdict", columns.subject(number).hex())
    if register is None:
        return Verdict.OPEN, False
    content = state.content(register.chosen)
    said = next((v for v in Verdict if v.value == content.get("v")), Verdict.OPEN)
    pair = columns.pair(number)
    now = {"source": text_hash(pair.source_text), "target": text_hash(pair.target_text)}
    return said, said is not Verdict.OPEN and content.get("saw") != now


def comments_on(
    state: State, columns: Columns, decisions: Decisions, number: int
) -> tuple[Comment, ...]:
    """Return the remarks on a pair, oldest first."""
    if not decisions.listed("comment"):
        return ()
    return tuple(
        Comment(str(state.content(event).get("text") or ""), name_of(state, event), event)
        for event in decisions.about("comment", columns.subject(number))
    )


_MOST_VERSIONS = 100


def first_said(state: State, event: Event) -> Event:
    """Return the decision that an event says again of a new version; itself where it does not."""
    for _ in range(_MOST_VERSIONS):
        content = state.content(event)
        of = hashes_in([content.get("from")])
        was = state.event(of[0]) if of else None
        if was is None or was.kind != event.kind:
            break
        before = state.content(was)
        if any(before.get(key) != content.get(key) for key in ("text", "v", "note")):
            break
        event = was
    return event


def name_of(state: State, event: Event) -> str:
    """Return the name that an event's reviewer gave last; a few hex digits without one.

    Of what is said again of a new version, the name of who said it first.
    """
    event = first_said(state, event)
    name = ""
    for profile in state.listed("reviewer.profile"):
        if profile.reviewer == event.reviewer:
            name = str(state.content(profile).get("name") or "")
    return name or event.reviewer.hex()[:6]


def time_of(event: Event) -> datetime:
    """Return when an event was made by the clock of its reviewer's computer, in UTC."""
    return datetime.fromtimestamp(min((event.hlc >> 16) / 1000, _LATEST), UTC)
