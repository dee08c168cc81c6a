"""The window's end of the worker process: jobs, their progress, Cancel, and a restart."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from multiprocessing.synchronize import Event as Flag
    from multiprocessing.synchronize import Lock

    from reviewer.review.tasks.requests import Reply, Request

    Serve = Callable[[Connection, Flag, Lock], None]

_EVERY = 30
"""Milliseconds between two looks into the pipe."""
_GRACE = 80
"""Milliseconds in which a cancelled job may stop by itself; a parser often cannot."""


class Job(QObject):
    """One request on its way; ends with exactly one of done, failed and stopped.

    Attributes:
        cancelled: it was asked to stop; it may be done all the same.

    Signals:
        progressed: a `review.requests.Progress`.
        found: a `review.requests.Found`.
        first: a `review.requests.FirstPairs`.
        compared: a `review.requests.Compared`.
        done: the result.
        failed: a sentence for the person.
        stopped: the person cancelled it, or a newer job took its place.
        ended: after any of the three.
    """

    progressed = Signal(object)
    found = Signal(object)
    first = Signal(object)
    compared = Signal(object)
    done = Signal(object)
    failed = Signal(str)
    stopped = Signal()
    ended = Signal()

    def __init__(self, worker: Worker, number: int, request: Request) -> None:
        super().__init__(worker)
        self.number = number
        self.request = request
        self.cancelled = False

    def cancel(self) -> None:
        """Ask the worker to stop; `stopped` follows within 200 ms unless it is just done."""
        self.cancelled = True
        worker = self.parent()
        if isinstance(worker, Worker):
            worker.cancel(self)


class Worker(QObject):
    """Runs requests one after the other in one long-lived process.

    Signals:
        hurried: somebody waits for what was submitted just now; what can wait makes way.
        started: a Job begins.
        crashed: the process died and will be started anew; the running job has failed.
        idle: no job is left.
    """

    hurried = Signal()
    started = Signal(object)
    crashed = Signal()
    idle = Signal()

    def __init__(self, parent: QObject | None = None, serve: Serve | None = None) -> None:
        super().__init__(parent)
        self._serve = serve
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._flag: Flag | None = None
        self._writing: Lock | None = None
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None
        self._number = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._drain)
        self._grace = QTimer(self)
        self._grace.setSingleShot(True)
        self._grace.setInterval(_GRACE)
        self._grace.timeout.connect(self._kill_cancelled)

    @property
    def running(self) -> Job | None:
        """The job that the process works at, or None."""
        return self._running

    def submit(self, request: Request) -> Job:
        """Queue a request; it starts at once when nothing else runs."""
        self._number += 1
        job = Job(self, self._number, request)
        self._waiting.append(job)
        # The caller connects to the job first.
        QTimer.singleShot(0, self._next)
        return job

    def hurry(
        self, request: Request, done: Callable[..., object], failed: Callable[[str], object]
    ) -> Job:
        """Queue a request that a person waits for; tell `done` the result, or `failed` why not."""
        self.hurried.emit()
        job = self.submit(request)
        job.done.connect(done)
        job.failed.connect(failed)
        return job

    def cancel(self, job: Job) -> None:
        """Stop a job, whether it waits or runs; nothing for one that has ended."""
        from reviewer.review.tasks.requests import KILLABLE

        if job is self._running and self._flag is not None:
            self._flag.set()
            if isinstance(job.request, KILLABLE):
                self._grace.start()
        elif job in self._waiting:
            self._waiting.remove(job)
            self._end(job, job.stopped)

    def warm_up(self) -> None:
        """Start the process, so that the first job need not wait for it."""
        if self._process is None:
            self._start()

    def start_over(self) -> None:
        """Give back what the process holds, when it has no job: another takes its place."""
        if self._running is None and self._process is not None:
            self._discard()
            QTimer.singleShot(0, self.warm_up)

    def close(self) -> None:
        """End the process and every job; called before the window dies."""
        self._timer.stop()
        self._grace.stop()
        self._waiting.clear()
        self._running = None
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if process is None or connection is None:
            return
        if self._flag is not None:
            self._flag.set()
        with suppress(OSError):
            connection.send(None)
        connection.close()
        process.join(0.5)
        if process.is_alive():
            process.kill()
            process.join(1)
        process.close()

    def _start(self) -> None:
        from multiprocessing import get_context

        serve = self._serve
        if serve is None:
            from reviewer.review.tasks.worker import serve
        context = get_context("spawn")
        self._connection, far_end = context.Pipe()
        self._flag, self._writing = context.Event(), context.Lock()
        ends = far_end, self._flag, self._writing
        self._process = context.Process(target=serve, args=ends, daemon=True)
        self._process.start()
        far_end.close()

    def _next(self) -> None:
        if self._running is not None or not self._waiting:
            return
        job = self._running = self._waiting.popleft()
        self.warm_up()
        assert self._connection is not None
        assert self._flag is not None
        self._flag.clear()
        self.started.emit(job)
        try:
            self._connection.send((job.number, job.request))
        except OSError:
            self._lost()
            return
        self._timer.start()

    def _drain(self) -> None:
        connection = self._connection
        try:
            while connection is not None and connection is self._connection and connection.poll():
                self._take(connection.recv())
        except (EOFError, OSError):
            self._lost()

    def _take(self, reply: Reply) -> None:
        from reviewer.review.tasks import streaming
        from reviewer.review.tasks.requests import (
            Compared,
            Done,
            Failed,
            FirstPairs,
            Found,
            Progress,
            Streamed,
        )

        if isinstance(reply, Streamed) and self._connection is not None:
            reply = Done(reply.job, streaming.receive(self._connection))
        job = self._running
        if job is None or reply.job != job.number:
            return
        if isinstance(reply, Progress):
            job.progressed.emit(reply)
        elif isinstance(reply, Found):
            job.found.emit(reply)
        elif isinstance(reply, FirstPairs):
            job.first.emit(reply)
        elif isinstance(reply, Compared):
            job.compared.emit(reply)
        elif isinstance(reply, Done):
            self._end(job, job.done, reply.result)
        elif isinstance(reply, Failed):
            self._end(job, job.failed, reply.message)
        else:
            self._end(job, job.stopped)

    def _end(self, job: Job, how: SignalInstance, *result: object) -> None:
        if job is self._running:
            self._running = None
            self._timer.stop()
            self._grace.stop()
        how.emit(*result)
        job.ended.emit()
        job.deleteLater()
        if self._running is None and not self._waiting:
            self.idle.emit()
        QTimer.singleShot(0, self._next)

    def _kill_cancelled(self) -> None:
        """End the process that does not stop, unless it is writing: then it is just done."""
        job, writing = self._running, self._writing
        if job is None or writing is None or not writing.acquire(block=False):
            return
        # The lock dies with the process; the next one has its own.
        self._discard()
        self._end(job, job.stopped)
        QTimer.singleShot(0, self.warm_up)

    def _lost(self) -> None:
        """Tell that the process died; the next job starts another."""
        job = self._running
        self._discard()
        self.crashed.emit()
        if job is not None:
            self._end(job, job.failed, self.tr("The work stopped unexpectedly."))

    def _discard(self) -> None:
        """Do without the process."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            process.kill()
            process.join(1)
            process.close()
