"""The worker process: import, looks, whole checks and exports, away from the window.

The window sends (job, request) through a pipe and None to end; the worker answers with the
replies below, each with its job. It knows no Qt and keeps nothing that cannot be read again.
"""

from __future__ import annotations

import logging
import os
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reviewer.errors import Cancelled, DamagedProjectError, EncodingError, ReviewerError
from reviewer.formats import holds_both
from reviewer.review import streaming
from reviewer.review.across import AcrossRequest, compare_documents
from reviewer.review.bilingual import is_one_file, read_both, remembered
from reviewer.review.folder_import import FolderRequest, import_pairs
from reviewer.review.folders import match
from reviewer.review.importing import (
    ImportRequest,
    import_columns,
    import_files,
    uncollected,
)
from reviewer.review.loading import LoadRequest, load
from reviewer.review.pipeline import Analysis, Reading, Watch, analyse, check_context, read_column
from reviewer.review.recheck import Remembered
from reviewer.review.renewing import VersionRequest, read_version
from reviewer.review.rescuing import RescueRequest, rescue
from reviewer.review.termbase_files import TermbaseRequest
from reviewer.review.termbase_files import read as read_termbase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Event as Flag
    from multiprocessing.synchronize import Lock
    from pathlib import Path

    from reviewer.checks.matching import Rules
    from reviewer.checks.term_index import TermIndex
    from reviewer.model import Finding, Pair, TermGroup, Unit
    from reviewer.review.export import Exported, Wishes
    from reviewer.review.importing import Imported
    from reviewer.review.opening import OpenedPairs, ReadProject
    from reviewer.review.pipeline import Column
    from reviewer.review.places import Place
    from reviewer.review.realign import Swap
    from reviewer.review.saving import Unsaved
    from reviewer.review.spelling import Spelling
    from reviewer.review.table_import import Proposed

_log = logging.getLogger(__name__)
_BETWEEN = 0.05
"""Seconds between two reports: more would only keep the window busy."""


@dataclass(frozen=True, slots=True)
class LookRequest:
    """Say what these files are, without importing them."""

    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What a file is.

    Attributes:
        encoding: None where it must be asked, or where the format has none.
        lines: "breaks" or "wrapped"; None where the format does not ask.
        sure: whether the language could be told with confidence.
        preview: the first units.
        error: why it cannot be read, one sentence; None where it can.
        ask_encoding: the error is that the bytes fit no encoding that may be assumed.
        columns: what the columns of a bilingual table are called; empty for other files.
        column: the number of the one that was read.
    """

    reading: Reading
    format: str = ""
    encoding: str | None = None
    lines: str | None = None
    language: str = ""
    sure: bool = False
    segments: int = 0
    preview: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    error: str | None = None
    ask_encoding: bool = False
    columns: tuple[str, ...] = ()
    column: int | None = None


@dataclass(frozen=True, slots=True)
class ImportIfSure:
    """Import a bilingual file, read only once; where something must be asked, tell the looks.

    Attributes:
        tables: which columns the person chose of other tables (`Settings.tables`).
    """

    request: ImportRequest
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoldsBothRequest:
    """Say whether a document that is opened alone holds a text and its translation."""

    path: Path


@dataclass(frozen=True, slots=True)
class MatchRequest:
    """Say which files of a folder, or of two, belong together; as `folders.match`."""

    folders: tuple[Path, ...]
    source: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Read a project file and check every row of it, for the window to open."""

    project: Path


@dataclass(frozen=True, slots=True)
class Unread:
    """A project file is not whole; `sentence` is for the person."""

    project: Path
    sentence: str


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """Check a document pair of a project as a whole.

    Attributes:
        unsaved: what the file may not hold yet.
        revision: given back with the results, to tell stale ones.
        dictionaries: a folder of the person's own to look into first; None for none.
        term_dictionaries: whether those of dictd are evidence for the drift of terms.
        own: names of the check files that the person switched on.
    """

    project: Path
    align_id: bytes
    unsaved: Unsaved
    revision: int
    dictionaries: Path | None = None
    term_dictionaries: bool = False
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What a whole check found.

    Attributes:
        notes: what the person may want to know of checklists, termbases and own checks, one
            sentence each.
        trouble: why dictionaries that are there cannot be used, one sentence; else empty.
    """

    analysis: Analysis
    revision: int
    notes: tuple[str, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Write the corrected text of a document pair, or what else `opening.export_pair` writes."""

    project: Path
    align_id: bytes
    unsaved: Unsaved
    out: Path
    force: bool = False
    wishes: Wishes | None = None


@dataclass(frozen=True, slots=True)
class CompareTableRequest:
    """Say what a table of the review that came back changes; answered with `TableChanges`."""

    project: Path
    align_id: bytes
    unsaved: Unsaved
    table: Path


@dataclass(frozen=True, slots=True)
class TakeTableRequest:
    """Record changes of a table as decisions of a named author; answered with their number.

    The file holds everything decided so far.
    """

    project: Path
    align_id: bytes
    chosen: tuple[Proposed, ...]
    reviewer: bytes
    name: str


@dataclass(frozen=True, slots=True)
class AlignRequest:
    """Align a stretch of a document pair anew.

    Attributes:
        first, last: numbers of the pairs, `last` among them.
        kept: places that stay what they are.
        given: places that belong together because a person says so.
        stamp: of the beads that the numbers are of; the file may hold later changes.
    """

    project: Path
    align_id: bytes
    unsaved: Unsaved
    first: int
    last: int
    kept: frozenset[Place]
    given: tuple[Place, ...]
    stamp: bytes


@dataclass(frozen=True, slots=True)
class Realigned:
    """What takes the place of what; None where the pairs are others by now."""

    swap: Swap | None
    request: AlignRequest


Request = (
    LookRequest
    | HoldsBothRequest
    | MatchRequest
    | FolderRequest
    | ImportRequest
    | ImportIfSure
    | OpenRequest
    | CheckRequest
    | ExportRequest
    | CompareTableRequest
    | TakeTableRequest
    | AlignRequest
    | LoadRequest
    | RescueRequest
    | AcrossRequest
    | TermbaseRequest
    | VersionRequest
)
KILLABLE = (
    LookRequest,
    HoldsBothRequest,
    MatchRequest,
    TermbaseRequest,
    ImportRequest,
    ImportIfSure,
    VersionRequest,
    ExportRequest,
    OpenRequest,
)
"""What the process may be killed at where it does not stop: a parser cannot be interrupted.

While they write they hold the lock that `serve` is given.
"""
Result = (
    "tuple[Look, ...] | bool | int | Matched | Imported | ReadProject | Unread | Checked | "
    "Exported | TableChanges | Realigned | Loaded | Rescued | TermbaseRead | "
    "tuple[Elsewhere, ...] | Version"
)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a job is; `label` is English, context "progress"."""

    job: int
    label: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Found:
    """Findings that a running check already has."""

    job: int
    findings: tuple[Finding, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class FirstPairs:
    """The first pairs of a large file, as they stand in it, while the rest is read."""

    job: int
    pairs: tuple[Pair, ...]
    languages: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """The term groups that a check of a document already has, which was checked before."""

    job: int
    groups: tuple[TermGroup, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class Done:
    """A job's result: a tuple of Look, or what `Result` names beside it."""

    job: int
    result: object


@dataclass(frozen=True, slots=True)
class Streamed:
    """A job is done; its result follows in pieces (`streaming`)."""

    job: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A job could not be done; `message` is one sentence for the person."""

    job: int
    message: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """A job was cancelled; nothing was written."""

    job: int


Reply = Progress | Found | FirstPairs | Compared | Done | Streamed | Failed | Stopped


def serve(connection: Connection, cancel: Flag, writing: Lock) -> None:
    """Answer requests until None comes or the window is gone; the process's main function."""
    if hasattr(os, "nice"):
        os.nice(5)
    remembered = Remembered()
    while True:
        try:
            message = connection.recv()
        except (EOFError, OSError):
            return
        if message is None:
            return
        job, request = message
        try:
            reports = _Reports(job, connection)
            watch = Watch(reports.progress, cancel.is_set, lambda: writing, reports.show)
            _send(connection, request, _answer(job, request, watch, reports, remembered))
        except (BrokenPipeError, OSError):
            return


def _send(connection: Connection, request: Request, reply: Reply) -> None:
    if isinstance(request, OpenRequest) and isinstance(reply, Done):
        connection.send(Streamed(reply.job))
        streaming.send(connection, reply.result)
    else:
        connection.send(reply)


def _answer(
    job: int, request: Request, watch: Watch, reports: _Reports, remembered: Remembered
) -> Reply:
    try:
        return Done(job, _do(request, watch, reports, remembered))
    except Cancelled:
        return Stopped(job)
    except ReviewerError as error:
        return Failed(job, str(error))
    except MemoryError:
        return Failed(job, "There is not enough memory for this document.")


def _do(request: Request, watch: Watch, reports: _Reports, remembered: Remembered) -> object:
    if isinstance(request, CheckRequest):
        return check(request, watch, reports, remembered)
    return _ANSWERS[type(request)](request, watch)


def _import_if_sure(request: ImportIfSure, watch: Watch) -> object:
    with uncollected():
        return import_if_sure(request, watch)


def _load(request: LoadRequest, watch: Watch) -> object:
    watch.step("Reading", 0, 1)
    return load(request)


def _rescue(request: RescueRequest, watch: Watch) -> object:
    watch.step("Reading", 0, 1)
    return rescue(request)


def _compare_table(request: CompareTableRequest, watch: Watch) -> object:
    from reviewer.review.opening import compare_table

    watch.step("Reading", 0, 1)
    return compare_table(request.project, request.align_id, request.unsaved, request.table)


def _take_table(request: TakeTableRequest, watch: Watch) -> object:
    from reviewer.review.opening import take_table

    watch.step("Reading", 0, 1)
    with watch.writing():
        return take_table(
            request.project, request.align_id, request.chosen, request.reviewer, request.name
        )


def _termbase(request: TermbaseRequest, watch: Watch) -> object:
    watch.step("Reading termbases", 0, 1)
    return read_termbase(request, watch.check)


class _Reports:
    """Progress and findings on their way, at most twenty times a second."""

    def __init__(self, job: int, connection: Connection) -> None:
        self._job = job
        self._connection = connection
        self._last = 0.0
        self._waiting: list[Finding] = []
        self.revision = 0

    def progress(self, label: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last < _BETWEEN:
            return
        self._last = now
        self._connection.send(Progress(self._job, label, done, total))
        if self._waiting:
            self._connection.send(Found(self._job, tuple(self._waiting), self.revision))
            self._waiting = []

    def found(self, findings: Sequence[Finding]) -> None:
        self._waiting += findings

    def show(self, pairs: Sequence[Pair], languages: tuple[str, str]) -> None:
        self._connection.send(FirstPairs(self._job, tuple(pairs), languages))

    def compared(self, groups: Sequence[TermGroup]) -> None:
        self._connection.send(Compared(self._job, tuple(groups), self.revision))


def read(request: OpenRequest, watch: Watch) -> ReadProject | Unread:
    """Read and check a project file; a damaged one is told apart, since it can be rescued."""
    from reviewer.review.opening import read_project

    watch.step("Reading", 0, 1)
    try:
        with uncollected():
            return read_project(request.project, watch)
    except DamagedProjectError as error:
        return Unread(request.project, str(error))


def look_at(readings: Sequence[Reading], watch: Watch) -> tuple[Look, ...]:
    """Say what files are, or the two columns of one; their troubles are part of the answer."""
    source, target = readings[0], readings[-1]
    if len(readings) == 2 and is_one_file(source, target):
        try:
            columns = read_both(source, target, watch)
        except Cancelled:
            raise
        except ReviewerError as error:
            return tuple(_trouble(reading, error) for reading in readings)
        return tuple(_seen(*each) for each in zip(readings, columns, strict=True))
    return tuple(look(reading) for reading in readings)


def import_if_sure(asked: ImportIfSure, watch: Watch) -> Imported | tuple[Look, ...]:
    """Import a bilingual file that tells its languages; else say what it is."""
    request = asked.request
    readings = request.source, request.target
    try:
        columns = read_both(*readings, watch)
        chosen = remembered(columns, asked.tables)
        if chosen is not None:
            readings = (
                replace(readings[0], column=chosen[0]),
                replace(readings[1], column=chosen[1]),
            )
            columns = read_both(*readings, watch)
    except EncodingError as error:
        return tuple(_trouble(reading, error) for reading in readings)
    tags = {column.document.language for column in columns}
    if all(column.sure for column in columns) and len(tags) == 2:
        return import_columns(request, *columns, watch)
    return tuple(_seen(*each) for each in zip(readings, columns, strict=True))


def look(reading: Reading) -> Look:
    """Say what a file is; its troubles are part of the answer."""
    try:
        column = read_column(reading)
    except ReviewerError as error:
        return _trouble(reading, error)
    return _seen(reading, column)


def _trouble(reading: Reading, error: ReviewerError) -> Look:
    return Look(reading, error=str(error), ask_encoding=isinstance(error, EncodingError))


def _seen(reading: Reading, column: Column) -> Look:
    document = column.document
    return Look(
        reading,
        document.format,
        document.recipe.get("encoding"),
        document.recipe.get("lines"),
        document.language,
        column.sure,
        len(column.segments),
        tuple(
            _readable(unit)[:300]
            for unit in document.units[:12]
            if unit.translatable and unit.text
        ),
        column.notes,
        columns=column.choices,
        column=column.chosen,
    )


def _readable(unit: Unit) -> str:
    """Return a unit's text without its codes."""
    codes = {ord(code.character): " " if code.data == "tab" else "" for code in unit.codes}
    return unit.text.translate(codes)


@uncollected()
def check(
    request: CheckRequest,
    watch: Watch,
    reports: _Reports,
    remembered: Remembered | None = None,
) -> Checked:
    """Check a document pair, of it what is not `remembered`; findings go out as they come."""
    from reviewer.checks.matching import Rules
    from reviewer.review.opening import read_pairs
    from reviewer.review.spelling import spelling_for
    from reviewer.review.term_knowledge import known_terms

    watch.step("Reading", 0, 1)
    opened = read_pairs(request.project, request.align_id, request.unsaved)
    reports.revision = request.revision
    rules = Rules(opened.checklists.rules)
    watch.step("Reading termbases", 0, 1)
    known = known_terms(opened, watch, dictionaries=request.term_dictionaries)
    spelling = spelling_for(opened.checks, opened.languages[1], request.dictionaries)
    spelling.wait(watch)
    analysis = analyse(
        opened.pairs,
        opened.languages,
        opened.checks,
        accepted=opened.accepted,
        rules=rules,
        terms=known.index,
        known=known.priors,
        unknown=spelling.unknown,
        watch=watch,
        found=reports.found,
        compared=reports.compared,
        remembered=remembered,
    )
    watch.step("Checking", len(opened.pairs), len(opened.pairs))
    before = _before(analysis, opened, rules, known.index, spelling)
    analysis = replace(analysis, before=before, concepts=known.concepts)
    analysis, notes = _with_own(analysis, opened, request.own, watch)
    notes = (*opened.checklists.notes, *known.notes, *notes)
    analysis = _with_moves(analysis, opened, watch)
    return Checked(analysis, request.revision, notes, spelling.trouble)


def _before(
    analysis: Analysis, opened: OpenedPairs, rules: Rules, terms: TermIndex, spelling: Spelling
) -> tuple[Finding, ...]:
    """Return what the checks find in the edited pairs as they were delivered."""
    from reviewer.checks.spelling import less_sure
    from reviewer.review.precision import edited_pairs, found_as_delivered

    numbers = edited_pairs(opened.state, opened.columns)
    context = check_context(
        *opened.languages,
        accepted=opened.accepted,
        length_ratio=analysis.length_ratio,
        rules=rules,
        terms=terms,
        unknown=spelling.unknown,
    )
    edited = [opened.columns.delivered_pair(number) for number in numbers]
    found = found_as_delivered(opened.pairs, edited, context, opened.checks)
    return tuple(less_sure(found, analysis.often))


def _with_own(
    analysis: Analysis, opened: OpenedPairs, names: tuple[str, ...], watch: Watch
) -> tuple[Analysis, tuple[str, ...]]:
    """Return what was found with what the person's own files find, and what is to be told."""
    from reviewer.review.own_checks import OWN, find_with_own_checks

    if not names or OWN not in opened.checks:
        return analysis, ()
    context = check_context(
        *opened.languages, accepted=opened.accepted, length_ratio=analysis.length_ratio
    )
    own = find_with_own_checks(names, opened.pairs, context, watch)
    return replace(analysis, findings=(*analysis.findings, *own.findings)), own.notes


def _with_moves(analysis: Analysis, opened: OpenedPairs, watch: Watch) -> Analysis:
    """Return what was found with the sentences that were translated elsewhere."""
    from reviewer.review.moved import MOVED, find, moved_findings

    if MOVED not in opened.checks:
        return analysis
    watch.step("Looking for what was moved", 0, 1)
    moves = find(opened.columns, opened.languages, watch.cancelled)
    found = moved_findings(opened.columns, moves)
    return replace(analysis, findings=(*analysis.findings, *found))


def realigned(request: AlignRequest, watch: Watch) -> Realigned:
    """Align a stretch anew; raises Cancelled."""
    from reviewer.review.anew import align_anew
    from reviewer.review.opening import read_to_align

    watch.step("Reading", 0, 1)
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
    from reviewer.review.opening import export_pair

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
    OpenRequest: read,
    ExportRequest: export,
    AlignRequest: realigned,
    LoadRequest: _load,
    VersionRequest: lambda request, watch: read_version(request, watch, prepare=True),
    RescueRequest: _rescue,
    TermbaseRequest: _termbase,
    AcrossRequest: compare_documents,
}
"""What does each kind of work; a check reports more than its progress."""
