"""Document pairs of a project file as they stand, read to be checked or worked at elsewhere."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import store
from reviewer.review.checking.catalogue import ALL_CHECKS
from reviewer.review.checking.checklists import Gathered, project_rules
from reviewer.review.checking.judged import Waivers
from reviewer.review.checking.spelling import own_words_lowered
from reviewer.review.checking.stretches import PairsInOrder, is_long
from reviewer.review.decisions.fold import State
from reviewer.review.decisions.project import (
    PairOfDocuments,
    checks_off,
    checks_on,
    columns,
    document_pairs,
)
from reviewer.review.saving import Unsaved
from reviewer.review.tasks.large import is_large
from reviewer.review.tasks.opening import ReadProject, read_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reviewer.checks.base import Check
    from reviewer.model import Pair
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.checking.pipeline import Watch


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
    with opened_as_it_is(path, align_id, unsaved) as (project, documents, state):
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
        return _opened(project, pair_of(document_pairs(project, state), align_id), state)


def read_documents(path: Path, align_id: bytes, unsaved: Unsaved, most: int) -> list[OpenedPairs]:
    """Read a document pair and the others of its languages as they stand, itself first.

    For who has the project open. None are read where they have more than `most` pairs together,
    or where there are no others.
    """
    with opened_as_it_is(path, align_id, unsaved) as (project, home, state):
        others = (e for e in document_pairs(project, state) if e.align_id != home.align_id)
        alike = [home, *(each for each in others if each.languages == home.languages)]
        sizes = {known.align_id: known.bead_count for known in project.alignments}
        if len(alike) < 2 or sum(sizes[each.align_id] for each in alike) > most:
            return []
        return [_opened(project, each, state) for each in alike]


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
        documents.languages,
        tuple(c for c in ALL_CHECKS if c.id not in off and (c.by_default or c.id in on)),
        Waivers(state).words() | own_words_lowered(documents.target_language),
        state,
        opened,
        project_rules(state),
        project.path,
    )


@contextmanager
def opened_as_it_is(
    path: Path, align_id: bytes | None, unsaved: Unsaved | None
) -> Iterator[tuple[store.Project, PairOfDocuments, State]]:
    """Open a document pair of a file taken as it is: for who had it checked a moment ago."""
    known = unsaved or Unsaved()
    with closing(store.open_project(path, check="none")) as project:
        for alignment in known.alignments:
            project.note(alignment)
        state = State([*project.events(), *known.events], viewer=known.viewer)
        yield project, pair_of(document_pairs(project, state), align_id), state


def pair_of(pairs: tuple[PairOfDocuments, ...], align_id: bytes | None) -> PairOfDocuments:
    """Return the document pair of an alignment; the first with None, and where it is not there."""
    return next((pair for pair in pairs if pair.align_id == align_id), pairs[0])
