"""The disagreements in the document pair in the window, and whether they concern a pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.model import Side
from reviewer.review.decisions.disagreements import Disagreements

if TYPE_CHECKING:
    from reviewer.review.decisions.disagreements import Disagreement
    from reviewer.review.session import Review


@dataclass(frozen=True, slots=True)
class _Apart:
    """The disagreements as they were when the state had a stamp, and their pairs."""

    stamp: int
    places: tuple[Disagreement, ...]
    numbers: frozenset[int]


class Disputes:
    """Where reviewers said different things, looked for only where something changed."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self._disagreements = Disagreements(review.project, review.state, review.documents)
        self._apart: _Apart | None = None

    def forget(self) -> None:
        """Look anew: pairs have other numbers."""
        self._apart = None

    def places(self) -> tuple[Disagreement, ...]:
        """Return the disagreements of the project, in order."""
        return self._found().places

    def pairs(self) -> frozenset[int]:
        """Return the pairs of the open document of which reviewers said different things."""
        return self._found().numbers

    def _found(self) -> _Apart:
        review = self._review
        stamp = review.state.dispute_stamp
        if self._apart is None or self._apart.stamp != stamp:
            found = self._disagreements.found(review.columns, review.document)
            numbers = frozenset(each.number for each in found if each.number is not None)
            self._apart = _Apart(stamp, found, numbers)
        return self._apart

    def concern(self, number: int) -> bool:
        """Return whether reviewers said different things of a pair; of it alone."""
        state, columns = self._review.state, self._review.columns
        if state.is_independent:
            return False
        keys = [("verdict", columns.subject(number))]
        for side, kind in ((Side.TARGET, "edit"), (Side.SOURCE, "insert")):
            pieces = columns.pieces(side, number)
            keys += [(kind, columns.delivered.subject_of_part(side, piece)) for piece in pieces]
        registers = (state.register(kind, subject.hex()) for kind, subject in keys)
        return any(register is not None and register.disagreement for register in registers)
