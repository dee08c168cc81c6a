"""Which place of a pair renders an occurrence of a source phrase."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import exp
from typing import TYPE_CHECKING

from reviewer.terms.wording import Match, Place
from reviewer.text.stems import cognate

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from reviewer.terms.bitext import Bitext

_REACH = 4.0
_SUPPORT = 0.6
_SHARED = 0.5
_COGNATE = 0.4
_DETERMINED = 0.15
_PER_WORD = 0.15
_ELSEWHERE = 0.1
_PER_TOKEN = 0.08
_TAKEN = 0.5
_MOST_TOKENS = 7


@dataclass(frozen=True)
class Reader:
    """Reads the renderings of one source phrase off single pairs.

    Attributes:
        length: of the source phrase, in tokens.
        places: its occurrences by pair.
    """

    bitext: Bitext
    source: int
    places: Mapping[int, Sequence[int]]

    @cached_property
    def length(self) -> int:
        """The tokens of the source phrase."""
        return int(self.bitext.source.length[self.source])

    @cached_property
    def _own(self) -> list[str]:
        bitext = self.bitext
        keys = bitext.source_contents(bitext.source.keys(self.source))
        return [bitext.source_word(key) for key in keys]

    def nearness(self, token: int, place: Place) -> float:
        """Return how near a place is to where an occurrence's neighbours point, 0-1."""
        bitext, links = self.bitext, self.bitext.links
        before = float(links.before[token])
        after = float(links.after[token + self.length - 1])
        values = [
            exp(-abs(point - spot) / _REACH)
            for point, spot in ((before, place.token), (after, place.token + place.length - 1))
            if point >= 0
        ]
        if values:
            return 0.6 * max(values) + 0.4 * sum(values) / len(values)
        distance = abs(
            bitext.source.words.place(token, self.length)
            - bitext.target.words.place(place.token, place.length)
        )
        return max(0.0, 1 - 2 * distance)

    def linked(self, token: int, place: Place, aside: Container[int] = ()) -> tuple[float, float]:
        """Return how strongly a place is linked to an occurrence, and how strongly to others.

        Both are means over the content words of the place, keys set aside left out, 0-1.
        """
        links, words = self.bitext.links, self.bitext.target.words
        own = other = 0.0
        total = 0
        for spot in place.tokens():
            if not words.content[spot] or int(words.key[spot]) in aside:
                continue
            total += 1
            at = int(links.source[spot])
            if token <= at < token + self.length:
                own += float(links.strength[spot])
            elif at >= 0:
                other += float(links.strength[spot])
        return own / max(1, total), other / max(1, total)

    def matches(self, pair: int, places: Iterable[Place]) -> list[Match]:
        """Match the occurrences of a pair with given places one to one, best first."""
        found: list[Match] = []
        for token in self.places.get(pair, ()):
            for place in places:
                own, other = self.linked(token, place)
                fit = self.nearness(token, place) + _SUPPORT * own - other
                found.append(Match(token, place, fit))
        found.sort(key=lambda match: (-match.fit, match))
        chosen: list[Match] = []
        for match in found:
            if all(match.source != m.source and match.place != m.place for m in chosen):
                chosen.append(match)
        return chosen

    def read(
        self, token: int, known: Sequence[tuple[int, ...]], taken: frozenset[int]
    ) -> tuple[Match, float] | None:
        """Return what best renders an occurrence, and its lead over the next best place.

        Args:
            token: where the occurrence begins.
            known: keys of the wordings that the source phrase has elsewhere.
            taken: target tokens that render other occurrences.
        """
        contents = [self.bitext.target_contents(keys) for keys in known]
        size = len(contents[0])
        longest = max(map(len, known))
        copied = set(self._own)
        stems = {
            key for keys in contents for key in keys if self.bitext.target_word(key) not in copied
        }
        found = [
            Match(token, place, self._fit(token, place, size, longest, stems))
            for place in self._free(token, size + 1, taken)
        ]
        if not found:
            return None
        best = max(found, key=lambda match: (match.fit, -match.place.length, match))
        apart = [m.fit for m in found if not set(m.place.tokens()) & set(best.place.tokens())]
        return best, best.fit - max(apart, default=0.0)

    def _free(self, token: int, most: int, taken: frozenset[int]) -> Iterator[Place]:
        """Yield the phrases of a pair whose words are not surely linked elsewhere."""
        words, links = self.bitext.target.words, self.bitext.links
        pair = int(self.bitext.source.words.pair[token])
        last = int(words.first[pair + 1])

        def is_free(spot: int) -> bool:
            at = int(links.source[spot])
            mine = at < 0 or token <= at < token + self.length
            return spot not in taken and (mine or float(links.strength[spot]) < _TAKEN)

        for start in words.contents_of(pair):
            contents = 0
            for end in range(start, min(last, start + _MOST_TOKENS)):
                if end > start and not words.joined[end]:
                    break
                if words.content[end]:
                    contents += 1
                    if contents > most or not is_free(end):
                        break
                    if words.rules.spaced or words.end[end] - words.start[start] > 1:
                        yield Place(start, end - start + 1)

    def _fit(self, token: int, place: Place, size: int, longest: int, stems: set[int]) -> float:
        bitext, words = self.bitext, self.bitext.target.words
        keys = [int(words.key[spot]) for spot in place.tokens() if words.content[spot]]
        own, other = self.linked(token, place)
        value = self.nearness(token, place) + _SUPPORT * own - other
        value += _SHARED * any(key in stems for key in keys)
        value += _DETERMINED * words.determined(place.token)
        value -= _PER_WORD * (abs(len(keys) - size) if words.rules.spaced else self._cut(place))
        outside = min(len(bitext.target_words.pairs(key) - self.places.keys()) for key in keys)
        value -= _ELSEWHERE * min(3, outside)
        value -= _PER_TOKEN * max(0, place.length - longest)
        if any(cognate(bitext.target_word(k), word) for k in keys for word in self._own):
            value += _COGNATE
        return value

    def _cut(self, place: Place) -> int:
        """Return how many ends of a place have a content word right beside them."""
        words = self.bitext.target.words
        end = place.token + place.length
        cut = int(words.joined[place.token] and words.content[place.token - 1])
        return cut + int(end < len(words.key) and words.joined[end] and words.content[end])
