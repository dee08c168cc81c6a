"""Making ready for the first edit of a project, once the computer has time for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from pathlib import Path

    from reviewer.review.session import Review

_IDLE = 400
"""Milliseconds after a whole check before the first edit is made ready for."""


class WarmingUp(QObject):
    """Warms a review up once, a moment after it was checked."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._review: Review | None = None
        self._warm: Path | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE)
        self._idle.timeout.connect(self._warm_up)

    def open(self, review: Review | None) -> None:
        """Warm a review up next, or none."""
        self._review = review

    def wait(self) -> None:
        """Begin to wait: a whole check is done."""
        self._idle.start()

    def _warm_up(self) -> None:
        review = self._review
        if review is not None and self._warm != review.path:
            self._warm = review.path
            review.warm_up()
