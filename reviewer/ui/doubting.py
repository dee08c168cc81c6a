"""Telling where the open document seems to be aligned badly, unless the person knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewer.review.session import Review
    from reviewer.ui.importing import Importing
    from reviewer.ui.telling import Telling


class Doubting:
    """Judges the alignment of the open document, and has its bar shown or taken away."""

    def __init__(self, telling: Telling, importing: Importing) -> None:
        self._telling = telling
        self._importing = importing
        self._review: Review | None = None
        self._due = False

    def open(self, review: Review | None) -> None:
        """Judge the document of a review, or of none."""
        self._review = review
        self.judge()

    def judge(self) -> None:
        """Say that the alignment is bad where it seems so."""
        from reviewer.review.tasks.realigning import UNRELATED, is_badly_aligned, seems_swapped

        self._due = False
        review = self._review
        if review is None or not is_badly_aligned(review):
            self._telling.no_bad_alignment()
            return
        swapped = self._importing.can_swap and seems_swapped(review)
        self._telling.bad_alignment(
            review.unmatched_count(),
            review.count,
            swapped=swapped,
            unrelated=review.quality() < UNRELATED,
        )

    def judge_later(self) -> None:
        """Have the alignment judged with the panels, a moment later."""
        self._due = True

    def judge_if_due(self) -> None:
        """Judge where that was put off."""
        if self._due:
            self.judge()

    def accept(self) -> None:
        """Remember that the person finds the alignment right."""
        if self._review is not None:
            self._review.alignment.accept()
