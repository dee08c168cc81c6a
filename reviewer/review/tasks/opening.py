"""Open a project: for the window, for the worker, for the command line."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import store
from reviewer.review.checking.stretches import is_long
from reviewer.review.decisions.fold import State
from reviewer.review.decisions.judged_beads import NO_BEADS, judged_beads
from reviewer.review.decisions.log_index import Counted, LogReader
from reviewer.review.decisions.written_texts import written_texts
from reviewer.review.session import Review
from reviewer.review.tasks.large import is_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from reviewer.model import Event
    from reviewer.review.checking.pipeline import Watch
    from reviewer.review.decisions.log_index import LogIndex
    from reviewer.settings import Settings


_PER_CENT = 100


@dataclass(frozen=True, slots=True)
class ReadProject:
    """A project that was read and checked, and whose log is indexed.

    Attributes:
        others: places in the log of the events that are not indexed.
    """

    path: Path
    held: store.Held
    log: LogIndex
    others: tuple[int, ...]

    @property
    def is_long(self) -> bool:
        """Whether a document of it is checked in stretches."""
        return any(is_long(len(beads)) for beads in self.held.contents.beads.values())

    def state(self, lost: Iterable[Event], viewer: bytes | None) -> State:
        """Return the state of its events, and of those that were lost, for who looks at it."""
        events = self.held.contents.events
        return State((*map(events.__getitem__, self.others), *lost), self.log, viewer=viewer)


def read_project(
    path: Path, watch: Watch | None = None, viewer: bytes | None = None, *, judge: bool = True
) -> ReadProject:
    """Read a project file to the last hash; raises ProjectFileError, and Cancelled.

    With `judge`, what the window shows of it at once is found out too. `viewer` is who will open
    it; what that person decided is counted apart where it counts alone.
    """
    check = watch.check if watch is not None else None
    reader = LogReader(check)
    tell = _Share(watch, path.name).tell if watch is not None else None
    with closing(store.open_project(path, note=reader.take, tell=tell)) as project:
        held = project.held
        index = reader.index(held.contents.events)
        if judge:
            index.judged = judged_beads(project, index, reader.said, check)
            index.written = written_texts(project, index, reader.said, check)
        if is_large(path) and project.contents is not None:
            store.blocks.keep(project.contents.blocks)
        if judge and viewer is not None and _is_independent(held, reader):
            index.own[viewer] = _count_own(project, index, reader, viewer, check)
    return ReadProject(path, held, index, tuple(reader.others))


def _is_independent(held: store.Held, reader: LogReader) -> bool:
    others = map(held.contents.events.__getitem__, reader.others)
    return State(e for e in others if e.kind in {"setting", "retract"}).is_independent


def _count_own(
    project: store.Project,
    index: LogIndex,
    reader: LogReader,
    viewer: bytes,
    check: Callable[[], None] | None,
) -> Counted:
    """Count what a reviewer's own events say."""
    own, numbers = reader.own(project.events(), viewer)
    said = reader.said[numbers]
    judged = judged_beads(project, own, said, check)
    written = written_texts(project, own, said, check)
    return Counted(
        {id_: judged.get(id_, NO_BEADS).among(numbers) for id_ in index.judged},
        {key: texts.among(numbers) for key, texts in written.items()},
    )


class _Share:
    """Tells a watch how much of a check is done, each hundredth once."""

    def __init__(self, watch: Watch, name: str) -> None:
        self._watch = watch
        self._name = name
        self._told = 0

    def tell(self, done: int, work: int) -> None:
        """Tell of so much of the work; raises Cancelled."""
        share = _PER_CENT * done // max(work, 1)
        if share > self._told:
            self._told = share
            self._watch.step("Reading", share, _PER_CENT, self._name)


def open_review(path: Path, settings: Settings, read: ReadProject | None = None) -> Review:
    """Open a project for review; raises ProjectFileError.

    Nothing is written by opening, unless the file has lost decisions that the outbox still has:
    those are put back. `read` is what the worker has read of it; None to read it here, as is
    done where another file took its place since.
    """
    if read is None or not read.held.is_of(path):
        read = read_project(path, viewer=bytes.fromhex(settings.reviewer_id))
    project = store.open_held(path, read.held)
    lost = store.recover(path)
    reviewer = bytes.fromhex(settings.reviewer_id)
    name = settings.reviewer_name
    log = store.EventLog(path, project.project_id, reviewer, seen=project.seen, name=name)
    log.share(store.shared_folder(project.project_id))
    for alignment in lost.alignments:
        project.note(alignment)
    if lost:
        log.resend(lost)
    review = Review(project, log, read.state(lost.events, reviewer), lost, reviewer_name=name)
    review.words.dictionaries = settings.dictionaries_folder
    return review
