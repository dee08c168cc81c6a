"""What may be meant by a misspelt word: looked for when its finding becomes the active one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from reviewer.model import Finding
    from reviewer.review.session import Review

_EVERY = 30
"""Milliseconds between two questions whether the suggestions are there."""


class Suggesting(QObject):
    """Follows the active finding; the window never waits for the dictionary."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._review: Review | None = None
        self._finding: Finding | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._look)

    def open(self, review: Review | None) -> None:
        """Suggest in a review, or in none."""
        self._review = review
        self.show(None)

    def show(self, finding: Finding | None) -> None:
        """Look for suggestions for the finding that is active now, if it wants any."""
        self._finding = finding
        self._timer.stop()
        if finding is not None and self._review is not None:
            # What is told of it would reach those who are still being told of the finding.
            self._timer.start()

    def _look(self) -> None:
        review, finding = self._review, self._finding
        if review is None or finding is None or review.words.look_for_suggestions(finding):
            self._timer.stop()
