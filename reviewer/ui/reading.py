"""Large project files, read and checked by the worker while the window stays usable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from reviewer.review.tasks.opening import ReadProject
    from reviewer.review.tasks.requests import Unread
    from reviewer.ui.worker import Job, Worker


class Reading(QObject):
    """Has the worker read the project that is to be opened next.

    Signals:
        read: a ReadProject.
        damaged: path of a project that is not whole, and a sentence for the person.
        failed: a sentence for the person.
        stopped: it was given up, by the person or for a reason that was told.
        hurrying: a job begins that the person waits for.
    """

    read = Signal(object)
    damaged = Signal(object, str)
    failed = Signal(str)
    stopped = Signal()
    hurrying = Signal()

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._job: Job | None = None

    def start(self, path: Path, viewer: bytes) -> None:
        """Read a project in place of the one that is being read, for a reviewer to open."""
        from reviewer.review.tasks.large import OpenRequest

        self.stop()
        self.hurrying.emit()
        job = self._job = self._worker.submit(OpenRequest(path, viewer))
        job.done.connect(self._done)
        job.failed.connect(self._fail)
        job.stopped.connect(self._give_up)

    @property
    def busy(self) -> bool:
        """Whether a project is being read."""
        return self._job is not None

    def stop(self) -> None:
        """Read no project any more."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _done(self, result: ReadProject | Unread) -> None:
        from reviewer.review.tasks.requests import Unread

        if self.sender() is not self._job:
            return
        self._job = None
        if isinstance(result, Unread):
            self.damaged.emit(result.project, result.sentence)
            self.stopped.emit()
        else:
            self.read.emit(result)

    def _fail(self, sentence: str) -> None:
        if self.sender() is self._job:
            self._job = None
            self.failed.emit(sentence)
            self.stopped.emit()

    def _give_up(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self.stopped.emit()
