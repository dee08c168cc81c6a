"""Terms that drift from one document of a project to the next."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from reviewer.model import Pair, TermGroup
    from reviewer.review.checking.pipeline import Watch
    from reviewer.review.saving import Unsaved
    from reviewer.terms import Priors


@dataclass(frozen=True, slots=True)
class Compared:
    """A document whose terms were compared.

    Attributes:
        number: in the project, from 0.
        groups: of its own.
    """

    number: int
    pairs: Sequence[Pair]
    languages: tuple[str, str]
    groups: Sequence[TermGroup]


def across(
    documents: Iterable[Compared], watch: Watch, known: Priors | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the groups that only several documents together show, as the command line prints them.

    Each rendering has beside its occurrences the numbers of the documents in which they stand.
    """
    by_languages: dict[tuple[str, str], list[Compared]] = defaultdict(list)
    for document in documents:
        by_languages[document.languages].append(document)
    for languages, held in by_languages.items():
        if len(held) > 1:
            yield from _across(held, languages, watch, known)


def _across(
    held: Sequence[Compared], languages: tuple[str, str], watch: Watch, known: Priors | None
) -> Iterator[dict[str, Any]]:
    from reviewer.review.tasks.reading import group_record, groups

    pairs: list[Pair] = []
    homes: list[int] = []
    for document in held:
        for pair in document.pairs:
            pairs.append(replace(pair, number=len(pairs)))
            homes.append(document.number)
    own = {
        (group.source, frozenset(rendering.text for rendering in group.renderings))
        for document in held
        for group in document.groups
    }
    by_number = {pair.number: pair for pair in pairs}
    for group in groups(pairs, languages, watch, known):
        texts = {rendering.text for rendering in group.renderings}
        where = [[homes[o.pair] for o in r.occurrences] for r in group.renderings]
        numbers = sorted({number for some in where for number in some})
        if len(numbers) < 2 or _is_shown(group.source, texts, own):
            continue
        record = group_record(group, by_number)
        for rendering, some in zip(record["renderings"], where, strict=True):
            rendering["documents"] = some
        if not group.stray:
            yield record | {"document": numbers[0], "documents": numbers}


def _is_shown(source: str, texts: set[str], own: Iterable[tuple[str, frozenset[str]]]) -> bool:
    """Tell whether one document has a term in all its renderings."""
    return any(term == source and texts <= renderings for term, renderings in own)


# For the window, which shows one document

MOST_PAIRS = 20_000
"""Pairs of all documents up to which they are compared beside the open one: some 20 seconds."""


@dataclass(frozen=True, slots=True)
class AcrossRequest:
    """Compare the terms of the open document with those of the project's others."""

    project: Path
    align_id: bytes
    unsaved: Unsaved


@dataclass(frozen=True, slots=True)
class There:
    """A rendering in another document.

    Attributes:
        document: its title.
    """

    text: str
    document: str
    count: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A source term that other documents render otherwise than the open one.

    Attributes:
        here: the renderings in the open document, the most frequent first.
        there: those that the open document does not have, by document.
    """

    source: str
    here: tuple[str, ...]
    there: tuple[There, ...]


def compare_documents(request: AcrossRequest, watch: Watch) -> tuple[Elsewhere, ...]:
    """Return what the other documents of the open one's languages render otherwise."""
    from reviewer.review.tasks.opened_pairs import read_documents
    from reviewer.review.tasks.reading import groups

    held = read_documents(request.project, request.align_id, request.unsaved, MOST_PAIRS)
    if not held or held[0].documents.align_id != request.align_id:
        return ()
    home, *others = held
    pairs = [pair for opened in (home, *others) for pair in opened.pairs]
    titles = [o.documents.title for o in others for _ in o.pairs]
    numbered = [replace(pair, number=number) for number, pair in enumerate(pairs)]
    found = (
        _elsewhere(group, len(home.pairs), titles)
        for group in groups(numbered, home.languages, watch)
        if not group.stray
    )
    return tuple(each for each in found if each.here and each.there)


def _elsewhere(group: TermGroup, size: int, titles: Sequence[str]) -> Elsewhere:
    """Return where a group stands beyond the first pairs, which are those of the open document."""
    here: list[str] = []
    there: list[There] = []
    for rendering in group.renderings:
        numbers = [place.pair for place in rendering.occurrences]
        if any(number < size for number in numbers):
            here.append(rendering.text)
            continue
        counts = Counter(titles[number - size] for number in numbers)
        there += [There(rendering.text, title, count) for title, count in counts.items()]
    return Elsewhere(group.source, tuple(here), tuple(there))
