"""What is known of terms before the document is read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reviewer.terms.tokens import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reviewer.terms.words import Words


@dataclass(frozen=True)
class Priors:
    """Terms from a termbase or a translation memory, and words a person accepted.

    Attributes:
        terms: source term -> target terms; any case and inflection.
        accepted: words, lower-cased, that may stand in the target as they are.
        dictionary: the same of a dictionary, which says what a word may mean and not that it is
            a term: it explains target words by other source words, and speaks for no drift.
    """

    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()
    dictionary: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def with_terms(self, more: Mapping[str, tuple[str, ...]]) -> Priors:
        """Return the same with more terms, which come behind."""
        terms = dict(self.terms)
        for term, targets in more.items():
            terms[term] = tuple(dict.fromkeys((*terms.get(term, ()), *targets)))
        return replace(self, terms=terms)


class KnownTerms:
    """The terms of the priors as keys of a document's words; those not in it are left out."""

    def __init__(self, priors: Priors, source: Words, target: Words) -> None:
        self.priors = priors
        self._targets: dict[tuple[int, ...], set[frozenset[int]]] = {}
        self._by_word: dict[int, list[tuple[int, ...]]] = {}
        self._take(priors.dictionary, source, target, {})
        self._take(priors.terms, source, target, self._targets)

    def _take(
        self,
        terms: Mapping[str, tuple[str, ...]],
        source: Words,
        target: Words,
        targets: dict[tuple[int, ...], set[frozenset[int]]],
    ) -> None:
        """Take terms in, those that the document has; `targets` keeps what renders what."""
        source_keys = {word: key for key, word in enumerate(source.vocabulary)}
        target_keys = {word: key for key, word in enumerate(target.vocabulary)}
        source_reader = Tokenizer(source.rules, list(terms))
        target_reader = Tokenizer(target.rules, [t for ts in terms.values() for t in ts])
        for term, renderings in terms.items():
            key = _contents(term, source_reader, source_keys)
            for rendering in renderings:
                wording = frozenset(_contents(rendering, target_reader, target_keys))
                if not key or not wording:
                    continue
                targets.setdefault(key, set()).add(wording)
                for word in wording:
                    self._by_word.setdefault(word, []).append(key)

    def __bool__(self) -> bool:
        return bool(self._by_word)

    def renders(self, source: Sequence[int], target: Sequence[int]) -> bool:
        """Tell whether the target words hold a known rendering of the source words."""
        wordings = self._targets.get(tuple(source), set())
        return any(wording <= set(target) for wording in wordings)

    def words(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of a source and a target word that render each other wholly."""
        for source, wordings in self._targets.items():
            for wording in wordings:
                if len(source) == len(wording) == 1:
                    yield source[0], next(iter(wording))

    def terms_of(self, target: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Yield the known source terms that the target words render, wholly or in part."""
        for word in target:
            yield from self._by_word.get(word, ())


def _contents(text: str, reader: Tokenizer, keys: Mapping[str, int]) -> tuple[int, ...]:
    """Return the keys of a term's content words; empty when the document lacks one of them."""
    found = [keys.get(token.key, -1) for token in reader.tokens(text) if token.content]
    return () if -1 in found else tuple(found)
