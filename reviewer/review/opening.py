"""Open a project: for the window, for the worker, for the command line."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reviewer import store
from reviewer.errors import ProjectFileError
from reviewer.review.catalogue import ALL_CHECKS
from reviewer.review.checklists import Gathered, project_rules
from reviewer.review.disagreements import Disagreements
from reviewer.review.export import export
from reviewer.review.fold import State
from reviewer.review.importing import uncollected
from reviewer.review.judged import Waivers
from reviewer.review.judged_beads import NO_BEADS, judged_beads
from reviewer.review.large import is_large
from reviewer.review.log_index import Counted, LogReader
from reviewer.review.project import (
    PairOfDocuments,
    checks_off,
    checks_on,
    columns,
    document_pairs,
)
from reviewer.review.saving import Unsaved
from reviewer.review.session import Review
from reviewer.review.spelling import own_words_lowered
from reviewer.review.stretches import PairsInOrder, is_long
from reviewer.review.written_texts import written_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from reviewer.align import Lesson
    from reviewer.checks.base import Check
    from reviewer.model import Event, Pair
    from reviewer.review.agreement import Agreements
    from reviewer.review.columns import Columns
    from reviewer.review.disagreements import Disagreement
    from reviewer.review.export import Exported, Wishes
    from reviewer.review.log_index import LogIndex
    from reviewer.review.pipeline import Watch
    from reviewer.review.places import Place
    from reviewer.review.requests import CopyRequest
    from reviewer.review.table_import import Proposed, TableChanges
    from reviewer.settings import Settings


_PER_CENT = 100


@dataclass(frozen=True, slots=True)
class OpenedPairs:
    """A document pair as it stands, and what is to be known for checking it."""

    documents: PairOfDocuments
    pairs: Sequence[Pair]
    languages: tuple[str, str]
    checks: tuple[Check, ...]
    accepted: frozenset[str]
    state: State
    columns: Columns
    checklists: Gathered
    project: Path


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
    tell = _Share(watch).tell if watch is not None else None
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

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._told = 0

    def tell(self, done: int, work: int) -> None:
        """Tell of so much of the work; raises Cancelled."""
        share = _PER_CENT * done // max(work, 1)
        if share > self._told:
            self._told = share
            self._watch.step("Reading", share, _PER_CENT)


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


def read_pairs(
    path: Path,
    align_id: bytes | None,
    unsaved: Unsaved | None = None,
    held: ReadProject | None = None,
    watch: Watch | None = None,
) -> OpenedPairs:
    """Read a document pair of a project as it stands, the first with align_id None.

    The pairs of a long document are made when they are asked for (`PairsInOrder`), from what is
    `held` of the file, or from what is read of it once more. Raises ProjectFileError, Cancelled.
    """
    known = unsaved or Unsaved()
    if is_large(path) and _is_long(path, align_id, known):
        held = held or read_project(path, watch, judge=False)
        return _held_pairs(held, align_id, known)
    with _opened_as_it_is(path, align_id, unsaved) as (project, documents, state):
        return _opened(project, documents, state)


def _is_long(path: Path, align_id: bytes | None, unsaved: Unsaved) -> bool:
    """Return whether a document pair, any with None, is checked in stretches.

    What is packed takes less memory; of a shorter one all is unpacked at once, in less time.
    """
    counts = {new.align_id: len(new.beads) for new in unsaved.alignments}
    with closing(store.open_project(path, check="none")) as project:
        counts |= {known.align_id: known.bead_count for known in project.alignments}
    asked = counts.values() if align_id is None else [counts.get(align_id, 0)]
    return any(map(is_long, asked))


def _held_pairs(held: ReadProject, align_id: bytes | None, unsaved: Unsaved) -> OpenedPairs:
    with closing(store.open_held(held.path, held.held)) as project:
        for alignment in unsaved.alignments:
            project.note(alignment)
        came, _ = project.events_after(project.seen)
        state = held.state([*came, *unsaved.events], unsaved.viewer)
        return _opened(project, _chosen(document_pairs(project, state), align_id), state)


def read_documents(path: Path, align_id: bytes, unsaved: Unsaved, most: int) -> list[OpenedPairs]:
    """Read a document pair and the others of its languages as they stand, itself first.

    For who has the project open. None are read where they have more than `most` pairs together,
    or where there are no others.
    """
    with _opened_as_it_is(path, align_id, unsaved) as (project, home, state):
        others = (e for e in document_pairs(project, state) if e.align_id != home.align_id)
        alike = [home, *(each for each in others if _languages(each) == _languages(home))]
        sizes = {known.align_id: known.bead_count for known in project.alignments}
        if len(alike) < 2 or sum(sizes[each.align_id] for each in alike) > most:
            return []
        return [_opened(project, each, state) for each in alike]


def _languages(documents: PairOfDocuments) -> tuple[str, str]:
    return documents.source_language, documents.target_language


@dataclass(frozen=True, slots=True)
class ToAlign:
    """A document pair as it stands, and what the project teaches about some of its pairs.

    Attributes:
        around: numbers of pairs that are read with them.
    """

    columns: Columns
    languages: tuple[str, str]
    lessons: list[Lesson]
    around: list[int]


def read_to_align(
    path: Path, align_id: bytes, unsaved: Unsaved, numbers: range, kept: Collection[Place]
) -> ToAlign:
    """Read a document pair of which some pairs are to be aligned anew; `kept` of them stay."""
    from reviewer.review.lessons import lessons_around, project_lessons, surroundings

    with _opened_as_it_is(path, align_id, unsaved) as (project, documents, state):
        languages = _languages(documents)
        opened = columns(project, documents, state)
        numbers = range(numbers.start, min(numbers.stop, len(opened)))
        around = surroundings(opened, state, numbers)
        lessons = lessons_around(opened, state, numbers, kept, around)
        lessons += project_lessons(project, state, *languages, without=align_id)
        return ToAlign(opened, languages, lessons, around)


def copy_project(request: CopyRequest, watch: Watch) -> None:
    """Copy a large project that the window has open; raises ProjectFileError, Cancelled."""
    with closing(store.open_project(request.project, check="none")) as project:
        if project.project_id != request.project_id:
            message = f"“{request.project.name}” is another project by now; no copy was made."
            raise ProjectFileError(message)
        is_itself = request.out.exists() and request.out.samefile(request.project)
        if request.replace and request.out.exists() and not is_itself:
            store.back_up(request.out, store.REPLACED)
        known, replace = request.unsaved, request.replace
        if request.whole:
            step = partial(watch.step, "Writing")
            store.save_open(
                project, request.out, known.events, known.alignments, replace=replace, step=step
            )
        else:
            store.save_open_review(project, request.out, known.events, replace=replace)


@contextmanager
def _opened_as_it_is(
    path: Path, align_id: bytes | None, unsaved: Unsaved | None
) -> Iterator[tuple[store.Project, PairOfDocuments, State]]:
    """Open a document pair of a file taken as it is: for who had it checked a moment ago."""
    known = unsaved or Unsaved()
    with closing(store.open_project(path, check="none")) as project:
        for alignment in known.alignments:
            project.note(alignment)
        state = State([*project.events(), *known.events], viewer=known.viewer)
        yield project, _chosen(document_pairs(project, state), align_id), state


def read_all_pairs(path: Path, viewer: bytes | None = None) -> list[OpenedPairs]:
    """Read every document pair of a project as it stands, the file verified to the last hash.

    `viewer` as in `State`.
    """
    with closing(store.open_project(path)) as project:
        state = State(project.events(), viewer=viewer)
        pairs = document_pairs(project, state)
        return [_opened(project, each, state, whole=True) for each in pairs]


def _opened(
    project: store.Project, documents: PairOfDocuments, state: State, *, whole: bool = False
) -> OpenedPairs:
    """Return a document pair; the pairs of a long one are not made yet, unless all are wanted."""
    opened = columns(project, documents, state)
    pairs: Sequence[Pair] = PairsInOrder(opened)
    if whole or not is_long(len(opened)):
        pairs = tuple(opened.pair(number) for number in range(len(opened)))
    off, on = checks_off(state), checks_on(state)
    return OpenedPairs(
        documents,
        pairs,
        _languages(documents),
        tuple(c for c in ALL_CHECKS if c.id not in off and (c.by_default or c.id in on)),
        Waivers(state).words() | own_words_lowered(documents.target_language),
        state,
        opened,
        project_rules(state),
        project.path,
    )


def export_pair(
    path: Path,
    align_id: bytes | None,
    unsaved: Unsaved | None,
    out: Path,
    *,
    force: bool,
    wishes: Wishes | None = None,
    watch: Watch | None = None,
) -> Exported:
    """Write the corrected text of a document pair, or what else is wished for.

    Raises ExportError, Cancelled.
    """
    with _opened_as_it_is(path, align_id, unsaved) as (project, documents, state):
        texts = columns(project, documents, state)
        what = wishes.what if wishes else ""
        if what == "table":
            from reviewer.review.review_table import export_table

            return export_table(documents, state, texts, out, force=force, watch=watch)
        if what == "terms":
            from reviewer.review.termbase import export_terms

            languages = _languages(documents)
            return export_terms(state, languages, out, force=force, watch=watch)
        return export(
            project, documents, texts, state, out, force=force, wishes=wishes, watch=watch
        )


def compare_table(
    path: Path, align_id: bytes | None, unsaved: Unsaved | None, table: Path
) -> TableChanges:
    """Return what a table that came back changes in a document pair; raises FormatError."""
    from reviewer.formats.review_rows import read_review_rows
    from reviewer.review.review_table import rows_of
    from reviewer.review.table_import import compare

    read = read_review_rows(table)
    with _opened_as_it_is(path, align_id, unsaved) as (project, documents, state):
        placed = columns(project, documents, state)
        languages = _languages(documents)
        return compare(read, state, placed, rows_of(state, placed, languages))


def take_table(
    path: Path, align_id: bytes | None, chosen: Sequence[Proposed], reviewer: bytes, name: str
) -> int:
    """Record changes of a table as decisions of its author; return how many of them.

    Those are left out whose pairs were changed since they were compared. A backup is made.
    `name` is the author's; "" for the reviewer's own decisions. Raises ProjectFileError.
    """
    from reviewer.review.decisions import Decisions
    from reviewer.review.table_import import author_of, drafts_of, profile, still_there

    with closing(store.open_project(path)) as project:
        state = State(project.events(), viewer=reviewer)
        documents = _chosen(document_pairs(project, state), align_id)
        placed = columns(project, documents, state)
        possible = still_there(chosen, placed)
        decisions = Decisions(state, placed)
        drafts = drafts_of(possible, state, placed, decisions, documents.target_language)
        author = author_of(project.project_id, name) if name.strip() else reviewer
    if not drafts:
        return 0
    named = [profile(author, name)] if name.strip() else []
    store.add_events(path, [*drafts, *named], reviewer=author)
    return len(possible)


def _chosen(pairs: tuple[PairOfDocuments, ...], align_id: bytes | None) -> PairOfDocuments:
    return next((pair for pair in pairs if pair.align_id == align_id), pairs[0])


def contents(path: Path) -> tuple[PairOfDocuments, ...]:
    """Return the document pairs of a project, in order, the file verified to the last hash."""
    with closing(store.open_project(path)) as project:
        return document_pairs(project, State(project.events()))


def agreement(
    path: Path, unsaved: Unsaved | None = None, watch: Watch | None = None
) -> Agreements:
    """Return how far the reviewers of a project agree; see `agreement.agreements`.

    Of a project that nobody has open (`unsaved` None) the file is verified to the last hash.
    """
    from reviewer.review.agreement import agreements

    check = watch.check if watch is not None else lambda: None
    known = unsaved or Unsaved()
    with closing(store.open_project(path, check="none" if unsaved else "full")) as project:
        for alignment in known.alignments:
            project.note(alignment)
        state = State([*project.events(), *known.events])
        return agreements(project, state, check)


def disagreements(path: Path) -> tuple[Disagreement, ...]:
    """Return where reviewers of a project said different things, each with its pair."""
    with uncollected(), closing(store.open_project(path, check="none")) as project:
        state = State(project.events())
        documents = document_pairs(project, state)
        apart = Disagreements(project, state, documents)
        if len(documents) == 1:
            return apart.found(columns(project, documents[0], state), 0)
        found: list[Disagreement] = []
        everywhere = apart.found(None, -1)
        homes = {each.document for each in everywhere}
        for number, pair in enumerate(documents):
            if number in homes:
                here = apart.found(columns(project, pair, state), number)
                found += [each for each in here if each.document == number]
        return (*found, *(each for each in everywhere if each.document is None))
