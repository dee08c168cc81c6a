"""What is known of the terms of a document before it is checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reviewer.checks.term_index import TermIndex
from reviewer.review.terminology import termbase
from reviewer.terms import Priors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reviewer.model import Concept, Pair
    from reviewer.review.checking.pipeline import Watch
    from reviewer.review.tasks.opened_pairs import OpenedPairs


@dataclass(frozen=True, slots=True)
class KnownTerms:
    """The termbases for one document.

    Attributes:
        index: for the check; the project's own termbase is believed first.
        priors: terms with translations, as evidence for the drift: those of the files alone, for
            a verdict on a group shall not make the group another one.
        concepts: of each file, what matters to the document.
        notes: files that were left out and why, one sentence each.
    """

    index: TermIndex
    priors: Priors
    concepts: tuple[tuple[Concept, ...], ...] = ()
    notes: tuple[str, ...] = ()


def known_terms(
    opened: OpenedPairs, watch: Watch, more: Sequence[Path] = (), *, dictionaries: bool = False
) -> KnownTerms:
    """Return what the termbases of a project, and more files, know of its document.

    With `dictionaries`, those that are installed on this computer are evidence too.
    """
    own = [entry.concept for entry in termbase.entries(opened.state)]
    named = termbase.gather(opened.state, opened.project, opened.languages, watch.check)
    given = termbase.gather_files(more, opened.languages, watch.check)
    files = termbase.Gathered((*given.termbases, *named.termbases), (*given.notes, *named.notes))
    known = _known(own, files, opened.pairs, opened.languages)
    return (
        with_dictionaries(known, opened.pairs, opened.languages, watch) if dictionaries else known
    )


def terms_of_files(
    files: Sequence[Path], pairs: Sequence[Pair], languages: tuple[str, str], watch: Watch
) -> KnownTerms:
    """Return what termbase files know of two texts."""
    return _known((), termbase.gather_files(files, languages, watch.check), pairs, languages)


def with_dictionaries(
    known: KnownTerms, pairs: Sequence[Pair], languages: tuple[str, str], watch: Watch
) -> KnownTerms:
    """Return what is known with the installed dictionaries as evidence behind it.

    A dictionary says what a word may mean, not how it is to be translated: nothing is checked
    against it.
    """
    from reviewer.formats import dictd

    watch.step("Reading dictionaries", 0, 1)
    found = tuple(dictd.concepts(languages, check=watch.check))
    relevant = termbase.relevant([found], pairs, languages)
    meanings = termbase.as_priors(relevant, languages)
    return replace(known, priors=replace(known.priors, dictionary=meanings))


def _known(
    own: Sequence[Concept],
    files: termbase.Gathered,
    pairs: Sequence[Pair],
    languages: tuple[str, str],
) -> KnownTerms:
    concepts = termbase.relevant(files.termbases, pairs, languages) if files.termbases else ()
    return KnownTerms(
        TermIndex([own, *concepts], *languages),
        Priors(termbase.as_priors(concepts, languages)),
        concepts,
        files.notes,
    )
