"""The concepts of termbases, arranged by the terms that a source sentence may hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from reviewer.model import ANY_LANGUAGE, Concept, TermStatus
from reviewer.text.inflection import Inflection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reviewer.model import Term
    from reviewer.text.inflection import Phrase, Token

    Place = tuple[int, int]
    Begun = tuple[str, int]
    """Bucket and number of an entry."""

_BUCKET = 4
"""Letters by which the terms are arranged of which a word may be the first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What termbases say of one term of the source.

    Attributes:
        source: the term; empty for what may not stand in any translation.
        good: how it may be rendered, preferred first.
        bad: how it may not.
    """

    source: str
    phrase: Phrase | None
    good: tuple[tuple[Term, Phrase], ...]
    bad: tuple[tuple[Term, Phrase], ...]

    @property
    def preferred(self) -> str:
        """The rendering to name; empty where none is known."""
        return self.good[0][0].text if self.good else ""


class Text:
    """One side of a pair, read no further than is asked for."""

    def __init__(self, text: str, reader: Inflection) -> None:
        self.text = text
        self._reader = reader

    @property
    def forms(self) -> Sequence[str]:
        """Its words and numbers as written, for a quick look."""
        return self._reader.forms(self.text)

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """Its words and numbers with their places."""
        return self._reader.tokens(self.text)


class TermIndex:
    """Terms of one language pair; the first of several termbases is believed first."""

    def __init__(
        self, termbases: Iterable[Iterable[Concept]], source_language: str, target_language: str
    ) -> None:
        """Arrange concepts; BCP 47 tags say which of their terms are meant."""
        self._languages = source_language, target_language
        self._source, self._target = Inflection(source_language), Inflection(target_language)
        self._by_bucket: dict[str, list[Entry]] = {}
        self._alone: list[Entry] = []
        self._begun_by = _beginnings(self._by_bucket, self._source)
        self.kept: tuple[str, ...] = ()
        taken: dict[tuple[str, ...], int] = {}
        for rank, concepts in enumerate(termbases):
            gathered: dict[tuple[str, ...], list[tuple[Term, Concept]]] = {}
            for concept in concepts:
                self._gather(concept, gathered)
            for key, named in gathered.items():
                if taken.setdefault(key, rank) == rank:
                    self._add(named)

    def __bool__(self) -> bool:
        return bool(self._by_bucket or self._alone or self.kept)

    def _gather(
        self, concept: Concept, into: dict[tuple[str, ...], list[tuple[Term, Concept]]]
    ) -> None:
        """Put a concept to the others that have a term of the source in common with it."""
        kept = [term.text for term in concept.of(ANY_LANGUAGE)]
        self.kept = tuple(dict.fromkeys((*self.kept, *kept))) if kept else self.kept
        sources, targets = (concept.of(language) for language in self._languages)
        if not sources and any(t.status is TermStatus.DEPRECATED for t in targets):
            self._alone.append(self._entry("", targets))
        for term in sources if targets else ():
            phrase = self._source.phrase(term.text)
            key = tuple(t.key for t in phrase.tokens) or (term.text.lower(),)
            into.setdefault(key, []).append((term, concept))

    def _add(self, named: Sequence[tuple[Term, Concept]]) -> None:
        """Add what concepts with one name say together: a rendering of any of them is right."""
        targets = [t for _, concept in named for t in concept.of(self._languages[1])]
        entry = self._entry(named[0][0].text, targets)
        assert entry.phrase is not None
        self._by_bucket.setdefault(_bucket(entry.phrase), []).append(entry)

    def _entry(self, source: str, targets: Iterable[Term]) -> Entry:
        ranks = list(TermStatus)
        by_text = {term.text: term for term in targets}
        ordered = sorted(by_text.values(), key=lambda term: ranks.index(term.status))
        phrases = [(term, self._target.phrase(term.text)) for term in ordered]
        good = tuple(each for each in phrases if each[0].status is not TermStatus.DEPRECATED)
        fine = {term.text.casefold() for term, _ in good}
        bad = (each for each in phrases if each not in good)
        # A matter of capitals is none of terms.
        really = tuple(each for each in bad if each[0].text.casefold() not in fine)
        return Entry(source, self._source.phrase(source) if source else None, good, really)

    def source_of(self, text: str) -> Text:
        """Read a source text."""
        return Text(text, self._source)

    def target_of(self, text: str) -> Text:
        """Read a target text."""
        return Text(text, self._target)

    def standing_in(self, source: Text) -> Iterator[tuple[Entry, list[Place]]]:
        """Yield the terms of a source text with their places; of nested ones the longest."""
        found = [*self._letter_by_letter(source), *self._word_by_word(source)]
        nested = _nested({place for _, places in found for place in places})
        for entry, places in found:
            free = [place for place in places if place not in nested]
            if free:
                yield entry, free

    def _letter_by_letter(self, source: Text) -> Iterator[tuple[Entry, list[Place]]]:
        for entry in self._by_bucket.get("", ()):
            assert entry.phrase is not None
            places = self._source.find(entry.phrase, source.text, ())
            if places:
                yield entry, places

    def _word_by_word(self, source: Text) -> Iterator[tuple[Entry, list[Place]]]:
        terms = list(map(self._begun_by, source.forms))
        if not any(terms):
            return
        begun: dict[Begun, list[int]] = {}
        for at, begun_here in enumerate(terms):
            for term in begun_here:
                begun.setdefault(term, []).append(at)
        for (bucket, number), starts in sorted(begun.items()):
            entry = self._by_bucket[bucket][number]
            assert entry.phrase is not None
            places = self._source.find_begun(entry.phrase, source.text, source.tokens, starts)
            if places:
                yield entry, places

    def forbidden_in(self, entry: Entry, target: Text) -> Iterator[tuple[Term, tuple[int, int]]]:
        """Yield where a rendering stands that may not, unless it is part of one that may."""
        if not entry.bad:
            return
        right = {
            place
            for _, phrase in entry.good
            for place in self._target.find(phrase, target.text, target.tokens)
        }
        for term, phrase in entry.bad:
            places = self._target.find(phrase, target.text, target.tokens)
            part = _nested(right.union(places)) | right
            yield from ((term, place) for place in places if place not in part)

    def is_rendered(self, entry: Entry, target: Text) -> bool:
        """Return whether a text may hold one of the renderings in some form."""
        return not entry.good or any(
            self._target.seems_in(phrase, target.text, target.tokens) for _, phrase in entry.good
        )

    @property
    def always_forbidden(self) -> Sequence[Entry]:
        """What may stand in no translation, whatever the source."""
        return self._alone


def _bucket(phrase: Phrase) -> str:
    """Return what terms are arranged by; empty for those looked for letter by letter."""
    return "" if phrase.whole else phrase.tokens[0].key[:_BUCKET]


def _beginnings(
    by_bucket: Mapping[str, Sequence[Entry]], reader: Inflection
) -> Callable[[str], tuple[Begun, ...]]:
    """Return the function from a word as written to the terms that it may begin; mostly none."""

    @lru_cache(maxsize=1 << 16)
    def begun_by(form: str) -> tuple[Begun, ...]:
        token = reader.token(form)
        key = token.key
        buckets = {key, *(key[:size] for size in range(2, _BUCKET + 1))} - {""}
        return tuple(
            (bucket, number)
            for bucket in buckets & by_bucket.keys()
            for number, entry in enumerate(by_bucket[bucket])
            if entry.phrase and reader.is_(entry.phrase.tokens[0], token)
        )

    return begun_by


def _nested(places: set[Place]) -> set[Place]:
    """Return the places that lie inside of others."""
    nested, reached = set(), -1
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if end <= reached:
            nested.add((start, end))
        reached = max(reached, end)
    return nested
