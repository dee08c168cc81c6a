"""Terms that drift from one document of a project to the next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reviewer.review.reading import group_record, groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from reviewer.model import Pair, TermGroup
    from reviewer.review.pipeline import Watch
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
