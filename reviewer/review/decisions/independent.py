"""Independent reviewers: who has not judged a pair does not see what others said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.model import Verdict
from reviewer.review.decisions.registers import OWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewer.model import Event
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.decisions.fold import State

_TELLING = OWN | {"comment", "issue", "amend"}
"""Kinds that tell what somebody thinks of a text."""


def hides(state: State, event: Event, subjects: Iterable[bytes]) -> bool:
    """Return whether the viewer is not shown an event yet.

    That is so where reviewers are independent, somebody else made it, and the viewer has not
    judged all of the pairs that it is about (`subjects`), or it is about none that stands.
    """
    if state.viewer in (None, event.reviewer) or event.kind not in _TELLING:
        return False
    if not state.is_independent:
        return False
    about = list(subjects)
    return not about or not all(is_judged(state, subject) for subject in about)


def is_judged(state: State, subject: bytes) -> bool:
    """Return whether the viewer confirmed or rejected a pair, named by its subject."""
    register = state.register("verdict", subject.hex())
    said = state.content(register.chosen).get("v") if register is not None else None
    return said in {Verdict.CONFIRMED.value, Verdict.REJECTED.value}


def rows_judged(state: State, columns: Columns, subjects: Iterable[bytes]) -> frozenset[int]:
    """Return the pairs of a document that hold what anybody judged under these subjects."""
    rows: set[int] = set()
    for subject in subjects:
        for register in state.by_reviewer("verdict", subject.hex()).values():
            rows.update(columns.rows_about(register.chosen, state.content(register.chosen)))
    return frozenset(rows)
