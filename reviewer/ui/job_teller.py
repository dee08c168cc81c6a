"""Which job the status bar speaks of, and when it keeps silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from reviewer.ui.checking import Checking
    from reviewer.ui.panels.status_bar import StatusBar
    from reviewer.ui.worker import Job, Worker

_TELL_AFTER = 700
"""Milliseconds that a check after a decision may run before the status bar speaks of it."""


class JobTeller(QObject):
    """Shows the worker's jobs in the status bar, and lets the person cancel them."""

    def __init__(self, worker: Worker, checking: Checking, status: StatusBar) -> None:
        super().__init__(status)
        self._worker = worker
        self._checking = checking
        self._status = status
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TELL_AFTER)
        self._pause.timeout.connect(self._tell)
        worker.started.connect(self._begin)
        worker.idle.connect(self._end)
        status.cancel_asked.connect(self._cancel)

    def _begin(self, job: Job) -> None:
        job.progressed.connect(self._status.show_progress)
        if self._checking.again:
            self._pause.start()
        else:
            self._tell()

    def _tell(self) -> None:
        self._status.show_job(self.tr("Working…"))

    def _end(self) -> None:
        self._pause.stop()
        self._status.show_job(None)

    def _cancel(self) -> None:
        if self._worker.running is not None:
            self._worker.running.cancel()
