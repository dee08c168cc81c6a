"""How a document translates a source phrase elsewhere: suggestions for what was left over."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from reviewer.terms.candidates import find_candidates
from reviewer.terms.elimination import Elimination
from reviewer.terms.reading import Reader
from reviewer.terms.repeated import repeated
from reviewer.terms.tokens import Tokenizer
from reviewer.terms.wording import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reviewer.terms.bitext import Bitext

_MOST_SUGGESTIONS = 3
_MOST_PARTS = 4
_LEAST_FIT = 0.8
_LEAST_STRENGTH = 0.4
_LEAST_SHARE = 0.25
_WINDOW = 4


def renderings(phrases: Iterable[str], bitext: Bitext) -> Mapping[str, tuple[str, ...]]:
    """Return how a document itself translates each source phrase, best first.

    A phrase that is translated nowhere as a whole is composed from its parts where that very
    wording occurs in the target. Keys are the phrases, lower-cased; an empty tuple means that
    nothing is sure. Places where the phrase stands untranslated do not count.
    """
    wanted = sorted({phrase.lower() for phrase in phrases})
    if not wanted:
        return {}
    lookup = _Lookup(bitext, wanted)
    return {phrase: lookup.renderings(phrase) for phrase in wanted}


class _Lookup:
    """Answers for the phrases of one document."""

    def __init__(self, bitext: Bitext, phrases: Sequence[str]) -> None:
        self._bitext = bitext
        self._elimination = Elimination(bitext)
        self._reader = Tokenizer(bitext.source.words.rules, phrases)
        self._key = {word: key for key, word in enumerate(bitext.source.words.vocabulary)}
        self._phrases = {
            bitext.source.keys(n): n for n in np.flatnonzero(bitext.source.candidate).tolist()
        }

    def renderings(self, phrase: str) -> tuple[str, ...]:
        """Return the renderings of one lower-cased phrase, best first."""
        read = list(self._reader.tokens(phrase))
        keys = tuple(self._key.get(token.key, -1) for token in read)
        contents = [key for key, token in zip(keys, read, strict=True) if token.content]
        if not contents or "" in {token.key for token in read}:
            return ()
        if keys in self._phrases:
            found = self._repeated(self._phrases[keys], phrase)
            if found:
                return found
        if -1 in contents:
            return ()
        linked = self._linked(keys, phrase)
        if linked or not 2 <= len(contents) <= _MOST_PARTS:
            return linked
        return self._composed(contents)

    def _repeated(self, source: int, phrase: str) -> tuple[str, ...]:
        """Return the repeated wordings of a repeated source phrase."""
        bitext = self._bitext
        reader = Reader(bitext, source, bitext.source.places(source))
        candidates = find_candidates(bitext, self._elimination, source, reader.places)
        places: list[list[Place]] = []
        for wording in repeated(bitext, candidates, reader):
            fit = sum(match.fit for match in wording.matches) / max(1, len(wording.matches))
            if wording.matches and fit >= _LEAST_FIT:
                places.append(list(wording.places))
        places.sort(key=lambda spots: (-len(spots), spots))
        return self._shown(places, phrase)

    def _linked(self, keys: Sequence[int], phrase: str) -> tuple[str, ...]:
        """Return what the words of a phrase are surely linked to where it stands."""
        words = self._bitext.target.words
        found: dict[tuple[int, ...], list[Place]] = defaultdict(list)
        for token in self._occurrences(keys):
            place = self._rendering(token, len(keys))
            if place is not None:
                form = words.key[place.token : place.token + place.length]
                found[tuple(form.tolist())].append(place)
        return self._shown(sorted(found.values(), key=lambda p: (-len(p), p)), phrase)

    def _occurrences(self, keys: Sequence[int]) -> list[int]:
        """Return the first tokens of all occurrences of some keys on the source side."""
        words, postings = self._bitext.source.words, self._bitext.source_words
        offset = next((n for n, key in enumerate(keys) if postings.is_content(key)), None)
        if offset is None or -1 in keys:
            return []
        starts = [token - offset for token in postings.tokens(keys[offset])]
        wanted = list(keys)
        return [s for s in starts if s >= 0 and words.key[s : s + len(keys)].tolist() == wanted]

    def _rendering(self, token: int, length: int) -> Place | None:
        """Return the phrase to which all content words of an occurrence are surely linked."""
        source, target, links = (
            self._bitext.source.words,
            self._bitext.target.words,
            self._bitext.links,
        )
        spots = [int(links.target[n]) for n in range(token, token + length) if source.content[n]]
        if min(spots) < 0 or any(links.strength[spot] < _LEAST_STRENGTH for spot in spots):
            return None
        first, last = min(spots), max(spots)
        inside = [n for n in range(first, last + 1) if target.content[n]]
        if len(inside) > len(spots) or not target.joined[first + 1 : last + 1].all():
            return None
        return Place(first, last - first + 1)

    def _composed(self, contents: Sequence[int]) -> tuple[str, ...]:
        """Return the wordings of the target that are made of one translation of each part."""
        choices = [self._word_keys(key) for key in contents]
        found: dict[tuple[int, ...], list[Place]] = defaultdict(list)
        for combination in product(*choices):
            if len(set(combination)) == len(combination):
                found[tuple(sorted(combination))] += self._standing_together(combination)
        places = [sorted(set(spots)) for spots in found.values() if spots]
        return self._shown(sorted(places, key=lambda spots: (-len(spots), spots)), "")

    def _word_keys(self, key: int) -> list[int]:
        """Return the target words to which a source word is mostly linked, best first."""
        links, words = self._bitext.links, self._bitext.target.words
        weights: Counter[int] = Counter()
        tokens = self._bitext.source_words.tokens(key)
        for token in tokens:
            spot = int(links.target[token])
            if spot >= 0 and links.strength[spot] >= _LEAST_STRENGTH:
                weights[int(words.key[spot])] += 1
        least = max(1.0, _LEAST_SHARE * len(tokens))
        return [other for other, weight in weights.most_common() if weight >= least]

    def _standing_together(self, keys: Sequence[int]) -> list[Place]:
        """Return the phrases made of exactly these content words, function words between."""
        words, wanted = self._bitext.target.words, sorted(keys)
        found = []
        for token in self._bitext.target_words.tokens(keys[0]):
            for first in range(max(0, token - _WINDOW), token + 1):
                for last in range(token, min(len(words.key), token + _WINDOW + 1)):
                    span = range(first, last + 1)
                    inside = [n for n in span if words.content[n]]
                    if (
                        sorted(int(words.key[n]) for n in inside) == wanted
                        and inside[0] == first
                        and inside[-1] == last
                        and words.joined[first + 1 : last + 1].all()
                    ):
                        found.append(Place(first, last - first + 1))
        return found

    def _shown(self, groups: Iterable[Sequence[Place]], phrase: str) -> tuple[str, ...]:
        """Return the form to show of each group of places, but no copy of the phrase."""
        forms = [self._bitext.target.words.shown(places) for places in groups]
        kept = [form for form in dict.fromkeys(forms) if form.lower() != phrase]
        return tuple(kept[:_MOST_SUGGESTIONS])
