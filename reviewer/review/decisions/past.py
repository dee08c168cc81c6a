"""The past of an open review: who decided what when, and making texts what they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.review.decisions import history
from reviewer.review.decisions.earlier import left_in, still_waits
from reviewer.review.decisions.project import every_pair, is_about
from reviewer.review.decisions.rows import first_said
from reviewer.review.decisions.then import LookingBack, again, take_back

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.model import Event
    from reviewer.review.decisions.then import Earlier
    from reviewer.review.session import Review


class Past:
    """What was decided in a project, and gestures that bring it back."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self._elsewhere: dict[bytes, bool] = {}
        self._left: tuple[Event, ...] | None = None  # of earlier versions, once it is asked for

    def forget_documents(self) -> None:
        """Find anew which document pair an event is about: the project has other ones."""
        self._elsewhere.clear()
        self._left = None

    def expect_others(self) -> None:
        """Look anew at what others said: some of it may be about an earlier version."""
        self._left = None

    def lines(self, number: int | None = None) -> tuple[history.HistoryLine, ...]:
        """Return who decided what when, newest first; of one pair or of the whole project."""
        return tuple(self.each_line(number))

    def each_line(self, number: int | None = None) -> Iterator[history.HistoryLine]:
        """Yield the same one by one, as long as nothing more is decided."""
        return history.lines(self._review.state, self._review.columns, number)

    def without_row(self) -> tuple[history.HistoryLine, ...]:
        """Return what was decided of texts that no pair of the project holds, newest first."""
        review = self._review
        if self._left is None:
            self._left = left_in(review.project, review.state, review.documents)
        strays = [
            event
            for event in review.decisions.without_row()
            if first_said(review.state, event) is event and not self._is_elsewhere(event)
        ]
        strays += (e for e in self._left if still_waits(review.state, e))
        strays.sort(key=lambda event: (event.hlc, event.hash), reverse=True)
        return tuple(history.line(review.state, event) for event in strays)

    def _is_elsewhere(self, event: Event) -> bool:
        """Return whether an event is about another document pair of the project."""
        if event.hash not in self._elsewhere:
            review = self._review
            shown = review.pair_of_documents.documents
            every = every_pair(review.project, review.state).items()
            others = (pair for ids, pair in every if ids != shown)
            content = review.state.content(event)
            self._elsewhere[event.hash] = any(
                is_about(review.project, pair, event, content) for pair in others
            )
        return self._elsewhere[event.hash]

    def look_back(self, event: Event) -> LookingBack:
        """Return a look at the texts of the open document that were others after an event."""
        return LookingBack(self._review.state, self._review.columns, event)

    def take_texts(self, chosen: Sequence[Earlier]) -> None:
        """Make texts what they were, as one gesture."""
        self._review.record(take_back(self._review.state, chosen), None)

    def say_again(self, event: Event) -> bool:
        """Make a text what an earlier decision said; False where it is already."""
        drafts = again(self._review.state, event)
        self._review.record(drafts, None)
        return bool(drafts)
