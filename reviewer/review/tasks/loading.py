"""Loading a colleague's review into a project: what it would bring, and doing it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reviewer import store
from reviewer.review.alignment.subjects import hashes_in
from reviewer.review.decisions.fold import State
from reviewer.review.decisions.project import columns, document_pairs
from reviewer.review.documents.importing import uncollected

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reviewer.model import Event
    from reviewer.store import MergeResult, Project, ReviewerCount

_ON_PAIRS = frozenset({"verdict", "comment", "issue"})
_EVERYWHERE = frozenset({"align.edit", "align.use", "setting"})
"""Kinds whose events may change what stands in places that they do not name."""
_MANY = frozenset({"edit", "insert", "verdict"})
"""Kinds of which a log has many, each about one subject."""


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """Load reviews into a project, or say what that would bring.

    Attributes:
        others: projects, or reviews without documents.
        reviewer: who loads them, 16 bytes.
        only_look: nothing is written.
        known: the stamp of the project's file where who has it open knows it to be whole; None
            where that is not so, and for a project that nobody has open.
    """

    project: Path
    others: tuple[Path, ...]
    reviewer: bytes
    only_look: bool = True
    known: store.Stamp | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reviews would bring, or brought.

    Attributes:
        request: what was asked.
        new, already: how many decisions were new, and here before.
        documents: how many documents were new.
        reviewers: whose decisions they are.
        disagreements: in how many more places different things stand beside each other.
        displaced: how many more decisions are about pairs that the alignment no longer has.
        notes: what the person may want to know, one sentence each.
        strangers: names of the files that are other projects of the same documents.
        last: hash of one of the new events; None where there is none.
    """

    request: LoadRequest
    new: int
    already: int
    documents: int
    reviewers: tuple[ReviewerCount, ...]
    disagreements: int
    displaced: int
    notes: tuple[str, ...]
    strangers: tuple[str, ...]
    last: bytes | None

    @property
    def brings_nothing(self) -> bool:
        """Whether everything was here already."""
        return not self.new and not self.documents


def load(request: LoadRequest) -> Loaded:
    """Load reviews, a backup being made before; or only look. Raises ProjectFileError."""
    return Loader().load(request)


class Loader:
    """Loads reviews; what it has just looked at is not read again when it is to be added."""

    def __init__(self) -> None:
        self._looked: tuple[Loaded, MergeResult] | None = None

    def load(self, request: LoadRequest) -> Loaded:
        """Load reviews, a backup being made before; or only look. Raises ProjectFileError."""
        looked, self._looked = self._looked, None
        if request.known is not None:
            store.note_unchanged(request.project, request.known)
        if request.only_look:
            result = store.preview_merge(request.project, request.others)
        else:
            before = looked[1] if looked is not None else None
            result = store.merge(
                request.project, request.others, reviewer=request.reviewer, looked=before
            )
            if looked is not None and result is looked[1]:
                return replace(looked[0], request=request)
        with uncollected(), closing(store.open_project(request.project, check="none")) as project:
            loaded = _told(request, result, project)
        if request.only_look:
            self._looked = loaded, result
        return loaded


def _told(request: LoadRequest, result: MergeResult, project: Project) -> Loaded:
    state, moves = _before(project, result.events)
    known = set(state.disputed)
    on_pairs = moves or any(event.kind in _ON_PAIRS for event in result.events)
    moved = _displaced(project, state) if on_pairs else 0
    for event in result.events:
        state.add(event)
    return Loaded(
        request,
        result.new,
        result.already,
        result.documents,
        result.reviewers,
        len(state.disputed - known),
        max(0, _displaced(project, state) - moved) if on_pairs else 0,
        result.notes,
        result.strangers,
        result.events[-1].hash if result.events else None,
    )


def _before(project: Project, events: Sequence[Event]) -> tuple[State, bool]:
    """Return what stood before events came, and whether they may change all of it.

    Where they do not, only what they are about is read: in all other places the same stands
    before and after.
    """
    new = {event.hash for event in events}
    rest = [event for event in project.events_apart_from(_MANY) if event.hash not in new]
    state = State(rest)
    reached, unknown = _taken_back(state, events)
    if any(event.kind in _EVERYWHERE for event in (*events, *reached)):
        return State(event for event in project.events() if event.hash not in new), True
    subjects = {event.subject for event in (*events, *reached) if event.subject is not None}
    subjects |= project.subjects_of(unknown - new)
    for event in project.events_about(subjects, _MANY):
        if event.hash not in new:
            state.add(event)
    return state, False


def _taken_back(state: State, events: Sequence[Event]) -> tuple[list[Event], set[bytes]]:
    """Return the events that new ones take back or bring back, and the hashes of unknown ones."""
    own = {event.hash: event for event in events if event.kind == "retract"}
    waiting = list(own.values())
    reached: dict[bytes, Event] = {}
    unknown: set[bytes] = set()
    while waiting:
        for hash_ in hashes_in(state.content(waiting.pop()).get("of")):
            event = own.get(hash_) or state.event(hash_)
            if event is None:
                unknown.add(hash_)
            elif hash_ not in reached:
                reached[hash_] = event
                waiting += [event] if event.kind == "retract" else []
    return list(reached.values()), unknown


def _displaced(project: Project, state: State) -> int:
    """Return how many decisions are about pairs of the project that stand no more."""
    found: set[bytes] = set()
    for pair in document_pairs(project, state):
        placed = columns(project, pair, state)
        for event in state.subjects(_ON_PAIRS):
            place = placed.located(event, state.content(event))
            if event.subject and place is not None and placed.row_of(place) is None:
                found.add(event.subject)
    listed = (event for kind in ("comment", "issue") for event in state.listed(kind))
    remarks = sum(event.subject in found for event in listed)
    return remarks + sum(state.register("verdict", subject.hex()) is not None for subject in found)
