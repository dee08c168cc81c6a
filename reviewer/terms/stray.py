"""One dominant rendering, and the places where something else stands instead."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reviewer.terms.wording import Hypothesis, Method, Place, Wording
from reviewer.text.stems import cognate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.candidates import Candidate

_LEAST_COUNT = 3
_LEAST_COVERAGE = 0.5
_LEAST_PRECISION = 0.8
_MOST_MISSING = 0.34
_LEAST_FIT = 1.2
_EXPLAINED = 0.75


def find_strays(
    bitext: Bitext,
    source: int,
    candidates: Sequence[Candidate],
    places: Mapping[int, Sequence[int]],
) -> Hypothesis | None:
    """Return the dominant rendering of a source phrase and its strays, or None.

    A stray is, in a pair without the dominant rendering, the phrase that no other source word
    explains and that fits best by position, shared words, determiner and length.
    """
    count = len(places)
    if count < _LEAST_COUNT:
        return None
    dominant = max(
        (c for c in candidates if _dominates(bitext, c, count)),
        key=lambda c: (len(c.pairs) * c.precision + 0.1 * min(3, c.contents), c.keys),
        default=None,
    )
    if dominant is None:
        return None
    search = _Search(bitext, source, dominant, places)
    strays = [
        found for pair in sorted(places.keys() - dominant.pairs) if (found := search.best(pair))
    ]
    if not strays:
        return None
    main = len(dominant.pairs)
    fit = sum(value for value, _ in strays) / len(strays)
    others = [Wording(search.keys(place), (place,)) for _, place in strays]
    return Hypothesis(
        source, (search.main, *others), Method.STRAY, main / count * math.log(1 + main) * fit
    )


def _dominates(bitext: Bitext, candidate: Candidate, count: int) -> bool:
    held = len(candidate.pairs)
    if held < 2 or held == count or held < _LEAST_COVERAGE * count:
        return False
    if count - held > max(1, _MOST_MISSING * count):
        return False
    if candidate.precision < _LEAST_PRECISION or candidate.penalty:
        return False
    return candidate.contents > 1 or len(bitext.target_word(candidate.keys[0])) > 1


@dataclass(frozen=True)
class _Search:
    bitext: Bitext
    source: int
    dominant: Candidate
    places: Mapping[int, Sequence[int]]

    @cached_property
    def own(self) -> frozenset[int]:
        return frozenset(self.bitext.source.keys(self.source))

    @cached_property
    def main(self) -> Wording:
        target = self.bitext.target
        size = len(self.dominant.keys)
        tokens = target.occurrences(self.dominant.phrase).tolist()
        held = [t for t in tokens if int(target.words.pair[t]) in self.places]
        return Wording(self.dominant.keys, tuple(Place(token, size) for token in held))

    def keys(self, place: Place) -> tuple[int, ...]:
        key = self.bitext.target.words.key
        return tuple(key[place.token : place.token + place.length].tolist())

    def best(self, pair: int) -> tuple[float, Place] | None:
        """Return the phrase of a pair that fits best, and how well; None below the threshold."""
        length = int(self.bitext.source.length[self.source])
        words = self.bitext.source.words
        spots = [words.place(token, length) for token in self.places[pair]]
        expected = sum(spots) / len(spots)
        rivals = {
            int(words.key[token])
            for token in range(int(words.first[pair]), int(words.first[pair + 1]))
            if words.content[token]
        } - self.own
        fits = [
            (self._fit(place, expected), place) for place in self._free(pair, frozenset(rivals))
        ]
        found = max(fits, default=None)
        return found if found and found[0] > _LEAST_FIT else None

    def _free(self, pair: int, rivals: frozenset[int]) -> Iterator[Place]:
        """Yield the phrases of a pair in which no word is explained by a rival."""
        words = self.bitext.target.words
        first, last = int(words.first[pair]), int(words.first[pair + 1])
        most = max(2, self.dominant.contents + (1 if words.rules.spaced else 2))
        free = {
            token
            for token in range(first, last)
            if words.content[token] and not self._is_explained(int(words.key[token]), rivals)
        }
        for start in sorted(free):
            contents = 0
            for token in range(start, last):
                if token > start and not words.joined[token]:
                    break
                if not words.content[token]:
                    continue
                contents += 1
                if token not in free or contents > most:
                    break
                if (
                    words.rules.spaced
                    or token > start
                    or words.end[token] - words.start[token] > 1
                ):
                    yield Place(start, token - start + 1)

    def _is_explained(self, key: int, rivals: frozenset[int]) -> bool:
        bitext = self.bitext
        if key in self.dominant.keys:
            return False
        word = bitext.target_word(key)
        if any(cognate(word, bitext.source_word(rival)) for rival in rivals):
            return True
        held = bitext.target_words.pairs(key)
        if len(held) < 2:
            return False
        for rival in rivals:
            others = bitext.source_words.pairs(rival)
            if 2 * len(held & others) >= _EXPLAINED * (len(held) + len(others)):
                return True
        return False

    def _fit(self, place: Place, expected: float) -> float:
        bitext, words = self.bitext, self.bitext.target.words
        contents = bitext.target_contents(self.keys(place))
        value = 1 - 1.5 * abs(words.place(place.token, place.length) - expected)
        value += 0.8 * bool(set(contents) & set(self.dominant.keys))
        value += 0.25 * words.determined(place.token)
        value -= 0.25 * abs(len(contents) - self.dominant.contents)
        own = [bitext.source_word(key) for key in bitext.source_contents(tuple(self.own))]
        if any(cognate(bitext.target_word(key), other) for key in contents for other in own):
            value += 0.5
        return value
