"""A worker for the tests: every import is the sample, every check finds its findings."""

from __future__ import annotations

import sys
import threading
from contextlib import closing, suppress
from multiprocessing import Pipe
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from review_sample import TEXTS, analysis, make_project

from reviewer import store
from reviewer.errors import ReviewerError
from reviewer.review.checking.pipeline import Watch
from reviewer.review.documents.export import Exported
from reviewer.review.documents.importing import Imported
from reviewer.review.tasks.across import AcrossRequest, compare_documents
from reviewer.review.tasks.loading import Loader, LoadRequest
from reviewer.review.tasks.renewing import VersionRequest, read_version
from reviewer.review.tasks.requests import (
    AlignRequest,
    Checked,
    CheckRequest,
    Done,
    ExportRequest,
    Failed,
    Found,
    Look,
    LookRequest,
    Progress,
)
from reviewer.review.tasks.rescuing import RescueRequest, rescue
from reviewer.review.tasks.worker import realigned
from reviewer.review.terminology.termbase_files import TermbaseRequest
from reviewer.review.terminology.termbase_files import read as read_termbase
from reviewer.ui.worker import Worker


class ThreadWorker(Worker):
    """The window's end of the worker with a thread at the other end: it starts at once."""

    def _start(self):
        self._connection, far_end = Pipe()
        self._flag, self._writing = threading.Event(), threading.Lock()
        ends = far_end, self._flag, self._writing
        self._process = _Thread(target=self._serve or serve, args=ends, daemon=True)
        self._process.start()


class IdleWorker(Worker):
    """A worker that is always busy with something else."""

    def warm_up(self):
        pass

    def _next(self):
        pass


class _Thread(threading.Thread):
    def run(self):
        with suppress(EOFError, OSError):
            super().run()

    def kill(self):
        pass

    def close(self):
        self.join(1)


def serve(connection, cancel, writing):
    """Answer as the real worker would."""
    loader = Loader()
    while (message := connection.recv()) is not None:
        job, request = message
        if isinstance(request, CheckRequest):
            _check(connection, job, request)
        elif isinstance(request, LookRequest):
            connection.send(Done(job, tuple(_look(reading) for reading in request.readings)))
        elif isinstance(request, AlignRequest):
            connection.send(Progress(job, "Aligning", 1, 2))
            connection.send(Done(job, realigned(request, Watch())))
        elif isinstance(request, LoadRequest):
            connection.send(_answered(job, loader.load, request))
        elif isinstance(request, VersionRequest):
            connection.send(_answered(job, _read_version, request))
        elif isinstance(request, RescueRequest):
            connection.send(_answered(job, rescue, request))
        elif isinstance(request, TermbaseRequest):
            connection.send(_answered(job, read_termbase, request))
        elif isinstance(request, AcrossRequest):
            connection.send(_answered(job, _compare, request))
        elif isinstance(request, ExportRequest):
            _export(connection, job, request)
        else:
            _import(connection, job, request)


def _look(reading):
    if reading.text is None and not reading.path.exists():
        return Look(reading, error=f"“{reading.path.name}” is not there.")
    language = reading.language or ("id" if "id" in reading.path.suffixes[0] else "fr")
    return Look(reading, "text", "utf-8", "breaks", language, sure=True, segments=14)


def _check(connection, job, request):
    try:
        found = _analysis(request)
    except ReviewerError as error:
        connection.send(Failed(job, str(error)))
        return
    connection.send(Progress(job, "Checking", 7, 14))
    connection.send(Found(job, found.findings[:1], request.revision))
    connection.send(Done(job, Checked(found, request.revision)))


def _analysis(request):
    """Return what would be found in the document; the others are the sample's beginning."""
    with closing(store.open_project(request.project)) as project:
        counts = {each.align_id: each.bead_count for each in project.alignments}
    return analysis(TEXTS[: counts[request.align_id]])


def _answered(job, do, request):
    try:
        return Done(job, do(request))
    except ReviewerError as error:
        return Failed(job, str(error))


def _compare(request):
    return compare_documents(request, Watch())


def _read_version(request):
    return read_version(request, Watch(), prepare=True)


def _import(connection, job, request):
    path = request.target.path.parent / "konflik-perbatasan.bitext"
    existed = path.exists()
    if not existed:
        make_project(path.parent)
    connection.send(Done(job, Imported(path, existed, "id", "fr", sure=True)))


def _export(connection, job, request):
    if request.out.stem == "full":
        connection.send(Failed(job, "“full.txt” could not be written: the disk is full."))
        return
    request.out.write_text("Les textes.", "utf-8")
    connection.send(Done(job, Exported(request.out, 2, 0)))
