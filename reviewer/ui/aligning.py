"""Aligning anew in the worker, and telling where a document seems to be aligned badly."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal

from reviewer.review.tasks.realigning import align_request, take_realigned
from reviewer.ui.dialogs.realign_popover import RealignPopover
from reviewer.ui.look.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from reviewer.review.alignment.places import Place
    from reviewer.review.session import Review
    from reviewer.review.tasks.requests import Realigned
    from reviewer.ui.panels.review_page import ReviewPage
    from reviewer.ui.repairing import Repairing
    from reviewer.ui.worker import Job, Worker


_log = logging.getLogger(__name__)


class Aligning(QObject):
    """Has stretches aligned anew; what comes back is one gesture, or dropped with a word.

    Signals:
        told: a passing note for the person.
        undo_offered: a passing note about something that Undo takes back.
        failed: a sentence for the person.
        aligned: the pairs are others now, as far as they are.
    """

    told = Signal(str)
    undo_offered = Signal(str)
    failed = Signal(str)
    aligned = Signal()

    def __init__(
        self, worker: Worker, page: ReviewPage, repairing: Repairing, window: QWidget
    ) -> None:
        super().__init__(window)
        self._worker = worker
        self._page = page
        self._repairing = repairing
        self._window = window
        self._review: Review | None = None
        self._job: Job | None = None

    def open(self, review: Review | None) -> None:
        """Align pairs of a review, or of none; what runs is stopped."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
        self._review = review

    def ask(self) -> None:
        """Ask which pairs are aligned anew."""
        review, current = self._review, self._page.current
        if review is None or current < 0:
            return
        self._page.view.record_edit()
        popover = RealignPopover(self._repairing.mark, current, review.count, self._window)
        popover.chosen.connect(self._align)
        ground = self._page.view.viewport()
        corner = ground.mapTo(self._window, ground.rect().center())
        popover.open_at(QRect(corner.x() - 200, corner.y() // 2, 1, 1), popover.first)

    def ask_anchors(self) -> None:
        """Take lines that say what belongs together, and align the document around them."""
        from reviewer.ui.dialogs.anchors_dialog import AnchorsDialog

        if self._review is not None:
            self._page.view.record_edit()
            dialog = AnchorsDialog(self._review, self._window)
            dialog.chosen.connect(self._align_around)
            dialog.open()

    def _align_around(self, given: Sequence[Place]) -> None:
        if self._review is not None:
            self._align(0, self._review.count - 1, given)

    def _align(self, first: int, last: int, given: Sequence[Place] = ()) -> None:
        review = self._review
        if review is None or not 0 <= first <= last < review.count:
            return
        if self._job is not None:
            self._job.cancel()
        self._repairing.forget_mark()
        request = align_request(review, first, last, given)
        job = self._job = self._worker.hurry(request, self._take, self._fail)
        job.ended.connect(self._forget)

    def _take(self, realigned: Realigned) -> None:
        review = self._review
        if review is None or self.sender() is not self._job:
            return
        self._page.view.record_edit()
        swap = realigned.swap
        if swap is None or not take_realigned(review, realigned):
            self.told.emit(self.tr("The pairs changed meanwhile; nothing was aligned anew."))
            return
        count = len(swap.add)
        _log.info("aligned anew: %d pairs", count)
        if count:
            text = self.tr("Aligned anew, with %n new pair(s).", "", count)
            self.undo_offered.emit(counted(text, count))
        else:
            self.told.emit(self.tr("Nothing better was found; all pairs stay as they are."))
        self.aligned.emit()

    def _fail(self, sentence: str) -> None:
        if self.sender() is self._job:
            self.failed.emit(sentence)

    def _forget(self) -> None:
        if self.sender() is self._job:
            self._job = None
