"""Undo and redo: retract events, found by walking a reviewer's own gestures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.review.alignment.subjects import hashes_in

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from reviewer.model import Event
    from reviewer.review.decisions.fold import State

_UNDOABLE = frozenset(
    {"edit", "insert", "verdict", "align.edit", "align.use", "waive", "issue", "comment", "amend"}
    | {"term", "group", "setting", "doc.version"}
)
_LABELS = (
    ("doc.version", QT_TRANSLATE_NOOP("gestures", "new version")),
    ("group", QT_TRANSLATE_NOOP("gestures", "term decision")),
    ("term", QT_TRANSLATE_NOOP("gestures", "termbase")),
    ("align.edit", QT_TRANSLATE_NOOP("gestures", "alignment")),
    ("align.use", QT_TRANSLATE_NOOP("gestures", "alignment")),
    ("verdict", QT_TRANSLATE_NOOP("gestures", "verdict")),
    ("edit", QT_TRANSLATE_NOOP("gestures", "edit")),
    ("insert", QT_TRANSLATE_NOOP("gestures", "edit")),
    ("waive", QT_TRANSLATE_NOOP("gestures", "waiver")),
    ("comment", QT_TRANSLATE_NOOP("gestures", "comment")),
    ("amend", QT_TRANSLATE_NOOP("gestures", "comment")),
    ("setting", QT_TRANSLATE_NOOP("gestures", "setting")),
    ("retract", QT_TRANSLATE_NOOP("gestures", "undo")),
)


def undoable(state: State, reviewer: bytes) -> list[Event]:
    """Return the newest gesture of a reviewer that still counts; empty where there is none.

    A gesture that somebody else has since built upon is skipped: taking it back would take the
    ground from under another person's decision.
    """
    for gesture in _own_gestures(state, reviewer):
        if any(event.kind == "doc.add" for event in gesture):
            continue  # what was imported stays
        live = [event for event in gesture if event.kind in _UNDOABLE and state.live(event.hash)]
        own = {event.hash for event in live}
        if live and not any(_built_on_outside(state, event, own) for event in live):
            return live
    return []


def redoable(state: State, reviewer: bytes) -> list[Event]:
    """Return the newest undo of a reviewer that no gesture has followed; else empty."""
    for gesture in _own_gestures(state, reviewer):
        live = [event for event in gesture if state.live(event.hash)]
        retracts = [event for event in live if event.kind == "retract"]
        if any(event.kind in _UNDOABLE for event in live):
            return []
        undos = [event for event in retracts if not _is_redo(state, event)]
        if undos:
            return undos
    return []


def taken_back(state: State, events: Sequence[Event]) -> list[Event]:
    """Return the events that the retract events among these name, as far as they are known."""
    retracts = (event for event in events if event.kind == "retract")
    named = (h for retract in retracts for h in hashes_in(state.content(retract).get("of")))
    return [event for h in named if (event := state.event(h)) is not None]


def label(state: State, events: Sequence[Event]) -> str | None:
    """Return a word for a gesture (context "gestures"); of what an undo took, for a redo."""
    if not events:
        return None
    if all(event.kind == "retract" for event in events):
        events = taken_back(state, events) or events
    kinds = {event.kind for event in events}
    return next(word for kind, word in _LABELS if kind in kinds)


def _own_gestures(state: State, reviewer: bytes) -> Iterator[list[Event]]:
    """Yield a reviewer's gestures, newest first."""
    seen = set()
    for event in state.made_by(reviewer):
        if (event.session, event.gesture) not in seen:
            seen.add((event.session, event.gesture))
            yield state.gesture(event)


def _is_redo(state: State, retract: Event) -> bool:
    return any(event.kind == "retract" for event in taken_back(state, [retract]))


def _built_on_outside(state: State, event: Event, own: Container[bytes]) -> bool:
    """Return whether something that counts, and is none of one's `own` hashes, names the event."""
    return any(other.hash not in own for other in state.built_upon(event.hash))
