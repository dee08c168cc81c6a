"""The document pair in the window, and how what is derived from its events follows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.review.checking.board import Board
from reviewer.review.checking.pair_checks import PairChecks
from reviewer.review.decisions.decisions import Decisions
from reviewer.review.decisions.project import columns
from reviewer.review.decisions.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewer.model import Event
    from reviewer.review.alignment.beads import Renumbering
    from reviewer.review.session import Review

_AT_ONCE = 200
"""Pairs that are checked at once; more would stop the window."""


class OpenDocument:
    """One document pair of a review: its pairs, what was decided of them and found in them.

    Attributes:
        columns: its texts and pairs.
        board: what was found.
        decisions: verdicts and remarks by the text they are about.
        rows: what the view shows beside the texts.
        checks: what an edit is followed by at once.
    """

    def __init__(self, review: Review) -> None:
        self._state = review.state
        self.columns = columns(review.project, review.pair_of_documents, review.state)
        languages = review.source_language, review.target_language
        self.board = Board(review.state, self.columns, languages)
        self.board.off = review.settings.off()
        self.decisions = Decisions(review.state, self.columns)
        self.rows = Rows(review.state, self.columns, self.board, self.decisions)
        self.checks = PairChecks(review)

    def numbers(self, events: Iterable[Event]) -> set[int]:
        """Return the pairs that events are about."""
        found = (self.columns.rows_about(e, self._state.content(e)) for e in events)
        return {number for numbers in found for number in numbers}

    def realign(self) -> Renumbering:
        """Apply the alignment edits that stand now; what is found goes along with its pairs."""
        renumbering = self.columns.realign()
        self.decisions.follow(renumbering)
        self.rows.follow([key for key, _ in renumbering.lost], ())
        self.board.renumber(renumbering)
        return renumbering

    def take_decisions(self, about: Iterable[Event], *, retracted: bool) -> None:
        """Take in what was decided of pairs; all anew where something was taken back."""
        if retracted:
            self.decisions.retracted()
        for event in about:
            self.decisions.note(event)

    def rewrite(self, rewritten: Iterable[int]) -> bool:
        """Take the texts of pairs anew, and what was found in them.

        Return False where they are so many that this is not known until all is checked again.
        """
        before = {number: self.columns.known(number) for number in rewritten}
        self.columns.forget(before)
        if len(before) > _AT_ONCE:
            for number in before:
                self.board.lift(number)
            self.board.settle()
            return False
        for number, was in before.items():
            now = self.columns.pair(number).target_text
            if was is None:
                self.board.lift(number)
            elif was.target_text != now:
                self.board.shift(number, was.target_text, now)
            if was is None or was.target_text != now:
                self.checks.again(number)
        if before:
            self.board.settle()
        return True

    def trust(self, numbers: Iterable[int]) -> None:
        """Look anew at doubtful pairs that somebody judged: a confirmed one is sure."""
        for number in numbers:
            if self.columns.is_confirmed(number):
                self.board.drop_move(number)
            was, now = self.columns.known(number), self.columns.confidence(number)
            if was is not None and was.confidence != now:
                self.columns.forget([number])
                self.checks.again(number)
