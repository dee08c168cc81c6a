"""The line of the termbase dialog that has files read, and says what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from reviewer.ui.look.controls import Button, Label
from reviewer.ui.look.wording import isolated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reviewer.review.terminology.termbase_files import TermbaseRead, TermbaseRequest
    from reviewer.ui.worker import Job, Worker

    Then = Callable[[TermbaseRead], None]

_MOST_TOLD = 4
"""Sentences that are shown; of more it is said how many they are."""


class TermbaseReading(QWidget):
    """Has files read by the worker one after the other, and tells what the person is to know."""

    def __init__(self, worker: Worker, parent: QWidget) -> None:
        super().__init__(parent)
        self._worker = worker
        self._job: Job | None = None
        self._next: list[TermbaseRequest] = []
        self._then: Then | None = None
        self._failed: list[str] = []  # of the files that are read now: why some could not be
        self._notes: tuple[str, ...] = ()
        self._told = Label(dim=True, wrap=True)
        self._stop = Button(self.tr("Cancel"))
        self._stop.clicked.connect(self.stop)
        self._stop.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._told, 1)
        row.addWidget(self._stop)

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return self._job is not None

    def is_for(self, then: Then) -> bool:
        """Return whether what is being read goes to `then`."""
        return self._job is not None and self._then == then

    def tell(self, notes: Sequence[str]) -> None:
        """Say what is to be known, one sentence each; nothing is seen where there is none."""
        self._notes = tuple(notes)
        shown = list(notes[:_MOST_TOLD])
        if len(notes) > len(shown):
            shown.append(self.tr("… and {0} more").format(len(notes) - len(shown)))
        self._told.setText("\n".join(shown))
        self._told.setVisible(bool(shown))
        self.setVisible(bool(shown) or self.busy)

    def read(self, requests: Sequence[TermbaseRequest], then: Then) -> None:
        """Have files read in order, each told to `then`; what was being read is given up."""
        self.stop()
        request, *self._next = requests
        self._then = then
        job = self._job = self._worker.hurry(request, self._take_read, self._note_failed)
        job.ended.connect(self._forget)
        told = self.tr("Reading “{0}”…")
        self._stop.show()
        self.tell([told.format(isolated(request.path.name[:80]))])

    def add(self, request: TermbaseRequest, then: Then) -> None:
        """Have one more file read, behind those whose reading goes to `then` as well."""
        if self.is_for(then):
            self._next.append(request)
        else:
            self.read([request], then)

    def stop(self) -> None:
        """Do without what is being read."""
        job, self._job, self._next, self._failed = self._job, None, [], []
        if job is not None:
            job.cancel()
        self._stop.hide()
        self.tell(())

    def _forget(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self._stop.hide()

    def _note_failed(self, sentence: str) -> None:
        if self.sender() is self._job:
            self._failed.append(sentence)
            self._go_on()

    def _take_read(self, read: TermbaseRead) -> None:
        if self.sender() is self._job:
            self._go_on(read)

    def _go_on(self, read: TermbaseRead | None = None) -> None:
        """Hand on what was read, and read the next file; after the last one tell what failed."""
        self._job = None
        self._stop.hide()
        self.tell(())
        rest, then, failed = self._next, self._then, self._failed
        assert then is not None
        if read is not None:
            then(read)
        if rest:
            self.read(rest, then)
            self._failed = failed
        elif failed:
            self.tell([*failed, *self._notes])
