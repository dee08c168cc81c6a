"""The worker process: import, looks, whole checks and exports, away from the window.

The window sends (job, request) through a pipe and None to end; the worker answers with the
replies of `requests`, each with its job. It knows no Qt and keeps nothing that cannot be read
again.
"""

from __future__ import annotations

import logging
import os
from functools import partial
from typing import TYPE_CHECKING, Any

from reviewer.errors import Cancelled, DamagedProjectError, ReviewerError
from reviewer.formats import holds_both
from reviewer.review.checking.pipeline import Watch
from reviewer.review.checking.recheck import Remembered
from reviewer.review.documents.folder_import import FolderRequest, import_pairs
from reviewer.review.documents.folders import match
from reviewer.review.documents.importing import (
    ImportRequest,
    import_files,
    uncollected,
)
from reviewer.review.tasks import streaming
from reviewer.review.tasks.across import AcrossRequest, compare_documents
from reviewer.review.tasks.large import OpenRequest
from reviewer.review.tasks.loading import Loader, LoadRequest
from reviewer.review.tasks.looking import import_if_sure, look_at
from reviewer.review.tasks.opening import ReadProject
from reviewer.review.tasks.renewing import VersionRequest, read_version
from reviewer.review.tasks.requests import (
    AgreementRequest,
    AlignRequest,
    CheckRequest,
    CompareTableRequest,
    CopyRequest,
    Done,
    ExportRequest,
    Failed,
    HoldsBothRequest,
    ImportIfSure,
    LookRequest,
    MatchRequest,
    Realigned,
    Reply,
    Reports,
    Request,
    Stopped,
    Streamed,
    TakeTableRequest,
    Unread,
)
from reviewer.review.tasks.rescuing import RescueRequest, rescue
from reviewer.review.tasks.whole_check import check
from reviewer.review.terminology.termbase_files import TermbaseRequest
from reviewer.review.terminology.termbase_files import read as read_termbase

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Event as Flag
    from multiprocessing.synchronize import Lock

    from reviewer.review.documents.export import Exported

_log = logging.getLogger(__name__)


def serve(connection: Connection, cancel: Flag, writing: Lock) -> None:
    """Answer requests until None comes or the window is gone; the process's main function."""
    if hasattr(os, "nice"):
        os.nice(5)
    remembered, loader = Remembered(), Loader()
    while True:
        try:
            message = connection.recv()
        except (EOFError, OSError):
            return
        if message is None:
            return
        job, request = message
        try:
            reports = Reports(job, connection)
            watch = Watch(
                reports.progress, cancel.is_set, lambda: writing, reports.show, reports.at
            )
            do = partial(_do, request, watch, reports, remembered, loader)
            _send(connection, request, _answer(job, do))
        except (BrokenPipeError, OSError):
            return


def _send(connection: Connection, request: Request, reply: Reply) -> None:
    if isinstance(request, (OpenRequest, CheckRequest)) and isinstance(reply, Done):
        connection.send(Streamed(reply.job))
        streaming.send(connection, reply.result)
    else:
        connection.send(reply)


def _answer(job: int, do: Callable[[], object]) -> Reply:
    try:
        return Done(job, do())
    except Cancelled:
        return Stopped(job)
    except ReviewerError as error:
        return Failed(job, str(error))
    except MemoryError:
        return Failed(job, "There is not enough memory for this document.")


def _do(
    request: Request, watch: Watch, reports: Reports, remembered: Remembered, loader: Loader
) -> object:
    if isinstance(request, CheckRequest):
        return check(request, watch, reports, remembered)
    if isinstance(request, LoadRequest):
        watch.step("Reading", 0, 1, request.others[0].name if request.others else "")
        return loader.load(request)
    if isinstance(request, OpenRequest):
        return read_to_check(request, watch, remembered)
    return _ANSWERS[type(request)](request, watch)


def _import_if_sure(request: ImportIfSure, watch: Watch) -> object:
    with uncollected():
        return import_if_sure(request, watch)


def _rescue(request: RescueRequest, watch: Watch) -> object:
    watch.step("Reading", 0, 1, request.project.name)
    return rescue(request)


def _copy(request: CopyRequest, watch: Watch) -> Unread | None:
    from reviewer.review.tasks.errands import copy_project

    watch.step("Writing", 0, 1)
    try:
        copy_project(request, watch)
    except DamagedProjectError as error:
        return Unread(request.project, str(error))
    return None


def _compare_table(request: CompareTableRequest, watch: Watch) -> object:
    from reviewer.review.tasks.errands import compare_table

    watch.step("Reading", 0, 1, request.table.name)
    return compare_table(request.project, request.align_id, request.unsaved, request.table)


def _take_table(request: TakeTableRequest, watch: Watch) -> object:
    from reviewer.review.tasks.errands import take_table

    watch.step("Reading", 0, 1, request.project.name)
    with watch.writing():
        return take_table(
            request.project, request.align_id, request.chosen, request.reviewer, request.name
        )


def _termbase(request: TermbaseRequest, watch: Watch) -> object:
    watch.step("Reading termbases", 0, 1)
    return read_termbase(request, watch.check)


def _agreement(request: AgreementRequest, watch: Watch) -> object:
    from reviewer.review.tasks.errands import agreement

    watch.step("Comparing reviewers", 0, 1)
    return agreement(request.project, request.unsaved, watch)


def read(request: OpenRequest, watch: Watch) -> ReadProject | Unread:
    """Read and check a project file; a damaged one is told apart, since it can be rescued."""
    from reviewer.review.tasks.opening import read_project

    watch.step("Reading", 0, 1, request.project.name)
    try:
        with uncollected():
            return read_project(request.project, watch, request.viewer)
    except DamagedProjectError as error:
        return Unread(request.project, str(error))


def read_to_check(
    request: OpenRequest, watch: Watch, remembered: Remembered
) -> ReadProject | Unread:
    """Read a project as `read` does; a long one is kept for the check that follows."""
    remembered.project = None
    result = read(request, watch)
    if isinstance(result, ReadProject) and result.is_long:
        remembered.project = result
    return result


def realigned(request: AlignRequest, watch: Watch) -> Realigned:
    """Align a stretch anew; raises Cancelled."""
    from reviewer.review.alignment.anew import align_anew
    from reviewer.review.tasks.errands import read_to_align

    watch.step("Reading", 0, 1, request.project.name)
    numbers = range(request.first, request.last + 1)
    read = read_to_align(request.project, request.align_id, request.unsaved, numbers, request.kept)
    if read.columns.beads.stamp != request.stamp:
        return Realigned(None, request)
    swap = align_anew(
        read.columns,
        read.languages,
        numbers,
        request.kept,
        request.given,
        around=read.around,
        lessons=read.lessons,
        progress=lambda done, total: watch.tell("Aligning", done, total),
        cancelled=watch.cancelled,
    )
    return Realigned(swap, request)


def export(request: ExportRequest, watch: Watch) -> Exported:
    """Write the corrected text; raises ExportError, Cancelled."""
    from reviewer.review.tasks.errands import export_pair

    watch.step("Writing", 0, 1)
    return export_pair(
        request.project,
        request.align_id,
        request.unsaved,
        request.out,
        force=request.force,
        wishes=request.wishes,
        watch=watch,
    )


_ANSWERS: dict[type, Callable[[Any, Watch], object]] = {  # Any: the request of that type
    LookRequest: lambda request, watch: look_at(request.readings, watch),
    HoldsBothRequest: lambda request, _watch: holds_both(request.path),
    MatchRequest: lambda request, _watch: match(request.folders, request.source, request.target),
    FolderRequest: import_pairs,
    CompareTableRequest: _compare_table,
    TakeTableRequest: _take_table,
    ImportRequest: import_files,
    ImportIfSure: _import_if_sure,
    ExportRequest: export,
    CopyRequest: _copy,
    AlignRequest: realigned,
    VersionRequest: lambda request, watch: read_version(request, watch, prepare=True),
    RescueRequest: _rescue,
    TermbaseRequest: _termbase,
    AcrossRequest: compare_documents,
    AgreementRequest: _agreement,
}
"""What does each kind of work that needs nothing kept from the one before."""
