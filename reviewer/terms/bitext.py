"""Both sides of all pairs, their repeated phrases and the evidence between them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import regex

from reviewer.model import SEGMENT_BREAK
from reviewer.terms.again import LastSearch
from reviewer.terms.association import Association
from reviewer.terms.evidence import Evidence, gather
from reviewer.terms.foreign import Foreign
from reviewer.terms.freedom import measure_freedom
from reviewer.terms.grammar import grammar
from reviewer.terms.links import Links, link_words
from reviewer.terms.nominal import Votes, votes
from reviewer.terms.phrases import (
    SOURCE,
    TARGET,
    UNSPACED_SOURCE,
    UNSPACED_TARGET,
    Phrases,
    find_phrases,
)
from reviewer.terms.priors import KnownTerms, Priors
from reviewer.terms.watch import Watch
from reviewer.terms.words import ReadTexts, Words, read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewer.model import Pair, Segment

_UNWATCHED = Watch()
_WORD = regex.compile(r"\p{L}{2,}")
_FEWEST_WORDS = 3
_COPIED = 0.6
_LONGEST = 20_000
LEAST_CONFIDENCE = 0.3
"""Pairs whose alignment is less sure are no evidence."""


@dataclass(frozen=True)
class Postings:
    """In which pairs, and at which tokens, each content word of a side stands."""

    words: Words

    @cached_property
    def _columns(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        tokens = np.flatnonzero(self.words.content)
        order = tokens[np.argsort(self.words.key[tokens], kind="stable")]
        first = np.searchsorted(self.words.key[order], np.arange(len(self.words.vocabulary) + 1))
        return order, first

    @cached_property
    def _pairs(self) -> dict[int, frozenset[int]]:
        return {}

    def tokens(self, key: int) -> list[int]:
        """Return the tokens with a key, in order; none for what is no content word."""
        order, first = self._columns
        found: list[int] = order[first[key] : first[key + 1]].tolist()
        return found

    def pairs(self, key: int) -> frozenset[int]:
        """Return the pairs in which a content word stands."""
        if key not in self._pairs:
            self._pairs[key] = frozenset(self.words.pair[self.tokens(key)].tolist())
        return self._pairs[key]

    def is_content(self, key: int) -> bool:
        """Tell whether a key is a content word somewhere."""
        _, first = self._columns
        return bool(first[key + 1] > first[key])


@dataclass(frozen=True)
class Bitext:
    """What drift is looked for in.

    Attributes:
        pairs: as given; pair numbers below are indexes into it.
        source, target: the phrases of the two sides.
        evidence: how often they stand together.
        source_votes, target_votes: what speaks for nouns on the two sides.
        known: the terms that were known beforehand.
        links: which word renders which.
    """

    pairs: Sequence[Pair]
    source: Phrases
    target: Phrases
    evidence: Evidence
    source_votes: Votes
    target_votes: Votes
    known: KnownTerms
    links: Links

    @cached_property
    def size(self) -> int:
        """The number of pairs that are evidence."""
        return max(1, sum(1 for pair in self.pairs if pair.source and pair.target))

    @cached_property
    def freedom(self) -> float:
        """How freely the document is translated, 0-1."""
        return measure_freedom(self.source.words, self.links)

    @cached_property
    def source_words(self) -> Postings:
        """Where each source word stands."""
        return Postings(self.source.words)

    @cached_property
    def target_words(self) -> Postings:
        """Where each target word stands."""
        return Postings(self.target.words)

    def source_contents(self, keys: Sequence[int]) -> list[int]:
        """Return the content words among the keys of a source phrase."""
        return [key for key in keys if self.source_words.is_content(key)]

    def target_contents(self, keys: Sequence[int]) -> list[int]:
        """Return the content words among the keys of a target phrase."""
        return [key for key in keys if self.target_words.is_content(key)]

    def source_word(self, key: int) -> str:
        """Return a key of the source side as a word."""
        return self.source.words.vocabulary[key]

    def target_word(self, key: int) -> str:
        """Return a key of the target side as a word."""
        return self.target.words.vocabulary[key]


@dataclass(frozen=True, slots=True)
class LastRead:
    """What of a document was read the last time: after an edit, one text is another."""

    source: ReadTexts = field(default_factory=ReadTexts)
    target: ReadTexts = field(default_factory=ReadTexts)
    search: LastSearch = field(default_factory=LastSearch)


def read_bitext(
    pairs: Sequence[Pair],
    source_language: str,
    target_language: str,
    priors: Priors | None = None,
    watch: Watch = _UNWATCHED,
    last: LastRead | None = None,
) -> Bitext:
    """Return the pairs as words, phrases and evidence; what was read the `last` time is kept.

    Segments that stand in the target as they stood in the source, pairs of doubtful alignment
    and texts longer than any sentence are no evidence.
    """
    last = last or LastRead()
    foreign = Foreign(target_language)
    masks = [_masked(pair, foreign) for pair in watch.part(0, 0.1).each(pairs, len(pairs))]
    source_words = read_words(
        [pair.source_text for pair in pairs],
        source_language,
        [mask for mask, _ in masks],
        watch.part(0.1, 0.4),
        last.source,
    )
    target_words = read_words(
        [pair.target_text for pair in pairs],
        target_language,
        [mask for _, mask in masks],
        watch.part(0.4, 0.7),
        last.target,
    )
    spaced = grammar(source_language).spaced
    source = find_phrases(source_words, SOURCE if spaced else UNSPACED_SOURCE, keep_words=True)
    watch.look(0.8)
    spaced = grammar(target_language).spaced
    target = find_phrases(target_words, TARGET if spaced else UNSPACED_TARGET)
    evidence = gather(source, target, watch.part(0.8, 0.9))
    known = KnownTerms(priors or Priors(), source_words, target_words)
    votes_ = votes(source_words), votes(target_words)
    table = Association(source_words, target_words, votes_, known.words())
    links = link_words(source_words, target_words, table, watch.part(0.9, 1))
    return Bitext(pairs, source, target, evidence, *votes_, known, links)


def _masked(pair: Pair, foreign: Foreign) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the ranges of both sides that say nothing of how a term is translated."""
    longest = max(len(pair.source_text), len(pair.target_text))
    if (
        not pair.source
        or not pair.target
        or pair.confidence < LEAST_CONFIDENCE
        or longest > _LONGEST
    ):
        return [(0, len(pair.source_text) + 1)], [(0, len(pair.target_text) + 1)]
    source = {segment.text.strip() for segment in pair.source}
    copied = source & {segment.text.strip() for segment in pair.target}
    words = set(_WORD.findall(pair.source_text))
    copied |= {s.text.strip() for s in pair.target if _is_copied(s.text, words)}
    copied |= {s.text.strip() for s in pair.target if foreign.is_foreign(s.text)}
    if copied and all(segment.text.strip() in copied for segment in pair.target):
        return [(0, len(pair.source_text) + 1)], [(0, len(pair.target_text) + 1)]
    return _ranges(pair.source, copied), _ranges(pair.target, copied)


def _is_copied(text: str, words: set[str]) -> bool:
    """Tell whether most words of a target segment are those of its source, in small letters."""
    own = [word for word in _WORD.findall(text) if word.islower()]
    return len(own) >= _FEWEST_WORDS and sum(w in words for w in own) > _COPIED * len(own)


def _ranges(segments: Sequence[Segment], copied: set[str]) -> list[tuple[int, int]]:
    found, start = [], 0
    for segment in segments:
        end = start + len(segment.text)
        if segment.text.strip() in copied:
            found.append((start, end))
        start = end + len(SEGMENT_BREAK)
    return found


def log_likelihood(both: float, first: float, second: float, total: float) -> float:
    """Return the log-likelihood ratio of two events' association (Dunning 1993).

    Args:
        both: pairs in which both are.
        first: pairs in which one is.
        second: pairs in which the other is.
        total: all pairs.
    """
    a, b, c = both, first - both, second - both
    d = max(0.0, total - a - b - c)

    def entropy(*counts: float) -> float:
        whole = sum(counts)
        return sum(count * math.log(count / whole) for count in counts if count > 0)

    return 2 * (entropy(a, b, c, d) - entropy(a + b, c + d) - entropy(a + c, b + d))
