"""The earlier versions of documents, and what was decided of them and waits for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.review.decisions.carrying import carry_from_all, was_said_again
from reviewer.review.decisions.project import columns, every_pair
from reviewer.review.decisions.versions import ancestors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.model import Event
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.decisions.carrying import Carried
    from reviewer.review.decisions.fold import State
    from reviewer.review.decisions.project import PairOfDocuments
    from reviewer.review.decisions.versions import Ids
    from reviewer.store import Project


def earlier_columns(project: Project, state: State, now: Ids) -> list[Columns]:
    """Return the earlier versions of a document pair as they were left, the latest first."""
    every = every_pair(project, state)
    before = ancestors(state, now)
    return [columns(project, every[ids], state) for ids in before if ids in every]


def left_of(state: State, before: Sequence[Columns], now: Columns) -> Carried:
    """Return what waits for a person; what came late and would fit is proposed, too."""
    found = carry_from_all(state, before, now)
    found.proposals[:0] = found.again
    return found


def left_in(
    project: Project, state: State, documents: Sequence[PairOfDocuments]
) -> tuple[Event, ...]:
    """Return the decisions on earlier versions that the versions that stand could not take."""
    found: dict[bytes, Event] = {}
    for pair in documents:
        before = earlier_columns(project, state, pair.documents)
        if before:
            left = left_of(state, before, columns(project, pair, state)).left
            found |= {event.hash: event for event in left}
    return tuple(found.values())


def still_waits(state: State, event: Event) -> bool:
    """Return whether a decision that was left counts, and was not said again since."""
    return state.live(event.hash) and not was_said_again(state, event)
