"""What is done with a project file that is opened for this alone: by the worker, by commands."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reviewer import store
from reviewer.errors import ProjectFileError
from reviewer.review.decisions.disagreements import Disagreements
from reviewer.review.decisions.fold import State
from reviewer.review.decisions.project import PairOfDocuments, columns, document_pairs
from reviewer.review.documents.export import export
from reviewer.review.documents.importing import uncollected
from reviewer.review.saving import Unsaved
from reviewer.review.tasks.opened_pairs import opened_as_it_is, pair_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from reviewer.align import Lesson
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.alignment.places import Place
    from reviewer.review.checking.pipeline import Watch
    from reviewer.review.decisions.agreement import Agreements
    from reviewer.review.decisions.disagreements import Disagreement
    from reviewer.review.documents.export import Exported, Wishes
    from reviewer.review.documents.table_import import Proposed, TableChanges
    from reviewer.review.tasks.requests import CopyRequest


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
    from reviewer.review.documents.lessons import lessons_around, project_lessons, surroundings

    with opened_as_it_is(path, align_id, unsaved) as (project, documents, state):
        languages = documents.languages
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
    with opened_as_it_is(path, align_id, unsaved) as (project, documents, state):
        texts = columns(project, documents, state)
        what = wishes.what if wishes else ""
        if what == "table":
            from reviewer.review.documents.review_table import export_table

            return export_table(documents, state, texts, out, force=force, watch=watch)
        if what == "terms":
            from reviewer.review.terminology.termbase import export_terms

            languages = documents.languages
            return export_terms(state, languages, out, force=force, watch=watch)
        return export(
            project, documents, texts, state, out, force=force, wishes=wishes, watch=watch
        )


def compare_table(
    path: Path, align_id: bytes | None, unsaved: Unsaved | None, table: Path
) -> TableChanges:
    """Return what a table that came back changes in a document pair; raises FormatError."""
    from reviewer.formats.review_rows import read_review_rows
    from reviewer.review.documents.review_table import rows_of
    from reviewer.review.documents.table_import import compare

    read = read_review_rows(table)
    with opened_as_it_is(path, align_id, unsaved) as (project, documents, state):
        placed = columns(project, documents, state)
        languages = documents.languages
        return compare(read, state, placed, rows_of(state, placed, languages))


def take_table(
    path: Path, align_id: bytes | None, chosen: Sequence[Proposed], reviewer: bytes, name: str
) -> int:
    """Record changes of a table as decisions of its author; return how many of them.

    Those are left out whose pairs were changed since they were compared. A backup is made.
    `name` is the author's; "" for the reviewer's own decisions. Raises ProjectFileError.
    """
    from reviewer.review.decisions.decisions import Decisions
    from reviewer.review.documents.table_import import author_of, drafts_of, profile, still_there

    with closing(store.open_project(path)) as project:
        state = State(project.events(), viewer=reviewer)
        documents = pair_of(document_pairs(project, state), align_id)
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
    from reviewer.review.decisions.agreement import agreements

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
