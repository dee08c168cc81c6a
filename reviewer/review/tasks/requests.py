"""What the window asks of the worker process, and what comes back, each with its job."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.review.documents.folder_import import FolderRequest
from reviewer.review.documents.importing import ImportRequest
from reviewer.review.tasks.across import AcrossRequest
from reviewer.review.tasks.large import OpenRequest
from reviewer.review.tasks.loading import LoadRequest
from reviewer.review.tasks.renewing import VersionRequest
from reviewer.review.tasks.rescuing import RescueRequest
from reviewer.review.terminology.termbase_files import TermbaseRequest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from reviewer.model import Finding, Pair, TermGroup
    from reviewer.review.alignment.places import Place
    from reviewer.review.alignment.realign import Swap
    from reviewer.review.checking.pipeline import Analysis, Reading
    from reviewer.review.documents.export import Wishes
    from reviewer.review.documents.table_import import Proposed
    from reviewer.review.saving import Unsaved


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
class CopyRequest:
    """Copy a project with all that was decided; answered with None, or `Unread`.

    Attributes:
        whole: with its documents, else the decisions alone.
        replace: whether a file of that name is replaced; it is kept among the backups.
    """

    project: Path
    project_id: str
    unsaved: Unsaved
    out: Path
    whole: bool
    replace: bool


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
class AgreementRequest:
    """Say how far the reviewers of a project agree; answered with `Agreements`."""

    project: Path
    unsaved: Unsaved


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
    | CopyRequest
    | CompareTableRequest
    | TakeTableRequest
    | AlignRequest
    | LoadRequest
    | RescueRequest
    | AcrossRequest
    | AgreementRequest
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
    CompareTableRequest,
    AgreementRequest,
    OpenRequest,
)
"""What the process may be killed at where it does not stop: a parser cannot be interrupted.

While they write they hold the lock that `serve` is given.
"""
Result = (
    "tuple[Look, ...] | bool | int | Matched | Imported | ReadProject | Unread | Checked | "
    "Exported | TableChanges | Agreements | Realigned | Loaded | Rescued | TermbaseRead | "
    "tuple[Elsewhere, ...] | Version"
)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a job is; `label` is English, context "progress", `name` that of a file it reads."""

    job: int
    label: str
    done: int
    total: int
    name: str = ""


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


class Reports:
    """Progress and findings on their way, at most twenty times a second."""

    def __init__(self, job: int, connection: Connection) -> None:
        self._job = job
        self._connection = connection
        self._last = 0.0
        self._waiting: list[Finding] = []
        self._name = ""
        self.revision = 0

    def progress(self, label: str, done: int, total: int) -> None:
        """Send how far the work is, and what was found since, unless it was just done."""
        now = time.monotonic()
        if now - self._last < _BETWEEN:
            return
        self._last = now
        self._connection.send(Progress(self._job, label, done, total, self._name))
        if self._waiting:
            self._connection.send(Found(self._job, tuple(self._waiting), self.revision))
            self._waiting = []

    def at(self, name: str) -> None:
        """Take the name of the file that is read; it goes out with the next progress."""
        self._name = name

    def found(self, findings: Sequence[Finding]) -> None:
        """Take findings; they go out with the next progress."""
        self._waiting += findings

    def show(self, pairs: Sequence[Pair], languages: tuple[str, str]) -> None:
        """Send the first pairs of a large file."""
        self._connection.send(FirstPairs(self._job, tuple(pairs), languages))

    def compared(self, groups: Sequence[TermGroup]) -> None:
        """Send the term groups that a check has already."""
        self._connection.send(Compared(self._job, tuple(groups), self.revision))
