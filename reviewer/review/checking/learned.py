"""What the pairs of a document teach of its words: which ones are translated by which."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from heapq import nlargest
from itertools import chain
from math import log
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from reviewer.model import Pair

    _Partners = tuple[Mapping[str, int], tuple[str, ...]]

_RUN = re.compile(r"[a-z\u00df-\u024f]+|[^\W\d_a-z\u00df-\u024f]+")
"""A word of a case-folded text; Latin letters beside another script are one of their own."""
_LEAST, _MOST = 60, 2000
"""Pairs that a document has at least to teach anything; pairs that are learned from."""
_STEM, _SHORTEST = 5, 3
"""Letters of a word that are compared, for inflection changes the others; and of a word at all."""
_SEEN, _COMMON = 2, 0.1
"""Other pairs that a word is in at least; share of all from which on it says too little."""
_LOOKED_AT = 150
_LIKELY = 4
"""Translations of a word that are followed."""
_SURE, _NEARLY = 12.0, 0.3
"""Log-likelihood ratio from which a word is the other's translation (3.4 standard deviations);
share of the best one's ratio, for one of several translations."""

_UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u2e80-\ua4cf]")


class Cover(NamedTuple):
    """How many words of a side have translations that the document teaches, and have them here."""

    known: int
    found: int

    @property
    def share(self) -> float:
        """The share of the known ones that are found, 0-1; 0 where nothing is known."""
        return self.found / self.known if self.known else 0.0


class _Side:
    """The words of one side of the pairs learned from."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.words = [stems(text) for text in texts]
        self.places: dict[str, set[int]] = defaultdict(set)
        for place, found in enumerate(self.words):
            for word in found:
                self.places[word].add(place)


class _Way(NamedTuple):
    """From which side to which words are followed.

    Attributes:
        own: whether the pair is among those learned from.
        partners: of words, see `_partners`; filled when they are asked for.
    """

    here: _Side
    there: _Side
    own: bool
    partners: dict[str, _Partners]


class Learned:
    """Tells how much of a pair is translated as elsewhere in the document.

    Words that come together in more pairs than by chance are translations (Dunning 1993). Of a
    long document evenly spread pairs are learned from.
    """

    def __init__(self, pairs: Sequence[Pair]) -> None:
        step = max(len(pairs) // _MOST, 1)
        chosen = pairs[::step] if len(pairs) >= _LEAST else ()
        self._numbers = frozenset(pair.number for pair in chosen)
        self._source = _Side([pair.source_text for pair in chosen])
        self._target = _Side([pair.target_text for pair in chosen])
        self._translated: dict[str, _Partners] = {}
        self._originals: dict[str, _Partners] = {}

    def covers(self, pair: Pair) -> tuple[Cover, Cover]:
        """Return how the target covers the words of the source, and the source the target's."""
        source, target = stems(pair.source_text), stems(pair.target_text)
        own = pair.number in self._numbers
        return (
            self._cover(source, target, _Way(self._source, self._target, own, self._translated)),
            self._cover(target, source, _Way(self._target, self._source, own, self._originals)),
        )

    def told(self, pair: Pair) -> list[bool]:
        """Return whether the target has what is known of each source word, in their order.

        Words of which the document teaches no translation are passed over.
        """
        own = pair.number in self._numbers
        way = _Way(self._source, self._target, own, self._translated)
        return list(self._told(in_order(pair.source_text), stems(pair.target_text), way))

    def translates(self, word: str, pair: Pair) -> bool:
        """Whether the target has what a word of the source is translated by, beside copies."""
        own = pair.number in self._numbers
        way = _Way(self._source, self._target, own, self._translated)
        opposite = stems(pair.target_text) - stems(pair.source_text)
        there = [stem for stem in stems(word) if self._is_told(stem, way)]
        return bool(there) and all(self._best(stem, opposite, way)[1] >= _SURE for stem in there)

    def _is_told(self, word: str, way: _Way) -> bool:
        """Whether a word stands in enough other pairs, and not in too many of them."""
        count = len(way.here.places.get(word, ())) - way.own
        return _SEEN <= count <= _COMMON * len(way.here.words)

    def _cover(self, words: Collection[str], opposite: Collection[str], way: _Way) -> Cover:
        told = list(self._told(words, opposite, way))
        return Cover(len(told), sum(told))

    def _told(self, words: Iterable[str], opposite: Collection[str], way: _Way) -> Iterator[bool]:
        """Yield whether the other side has its translation, of each word that has a known one."""
        for word in words:
            if self._is_told(word, way):
                best, best_here = self._best(word, opposite, way)
                if best >= _SURE:
                    yield best_here >= max(_SURE, _NEARLY * best)

    def _best(self, word: str, opposite: Collection[str], way: _Way) -> tuple[float, float]:
        """Return the ratio of a word's best translation, and of the best one in this pair."""
        if word not in way.partners:
            way.partners[word] = _partners(word, way)
        together, likely = way.partners[word]
        here = min(len(way.here.places[word]), _LOOKED_AT) - way.own
        best = best_here = 0.0
        for other in (*likely, *together.keys() & opposite):
            # The pair itself does not count.
            less = way.own and other in opposite
            there = len(way.there.places[other]) - less
            ratio = _ratio(together[other] - less, here, there, len(way.here.words))
            best = max(best, ratio)
            if other in opposite:
                best_here = max(best_here, ratio)
        return best, best_here


def _partners(word: str, way: _Way) -> _Partners:
    """Return in how many pairs other words come together with one, and its likely translations."""
    places = sorted(way.here.places[word])[:_LOOKED_AT]
    counts = Counter(chain.from_iterable(way.there.words[place] for place in places))
    there, pairs = way.there.places, len(way.here.words)
    together = {other: count for other, count in counts.items() if count >= _SEEN}
    ratios = {
        other: _ratio(count, len(places), len(there[other]), pairs)
        for other, count in together.items()
        if count * pairs > len(places) * len(there[other])
    }
    return together, tuple(nlargest(_LIKELY, ratios, key=ratios.__getitem__))


def runs(text: str) -> list[str]:
    """Return the words of a text, case-folded; another script begins another word."""
    return _RUN.findall(text.casefold())


def stems(text: str) -> set[str]:
    """Return the beginnings of a text's words; of scripts without spaces, pairs of characters."""
    if text.isascii():
        return {word[:_STEM] for word in runs(text) if len(word) >= _SHORTEST}
    return set(_stems(text))


def in_order(text: str) -> list[str]:
    """Return the same in the order in which they first stand."""
    return list(dict.fromkeys(_stems(text)))


def _stems(text: str) -> Iterator[str]:
    for word in runs(text):
        if (
            word[0] >= "\u2e80"
            or "\u0e00" <= word[0] <= "\u109f"
            or "\u1780" <= word[0] <= "\u17ff"
        ):
            yield from (word[at : at + 2] for at in range(max(len(word) - 1, 1)))
        elif len(word) >= _SHORTEST:
            yield word[:_STEM]


def _ratio(together: int, here: int, there: int, pairs: int) -> float:
    """Return the log-likelihood ratio of two words that come together more often than by chance.

    `here` and `there` are the numbers of pairs with the one and with the other word.
    """
    if together < _SEEN or together * pairs <= here * there:
        return 0.0
    chance = there / pairs
    ratio = together * log(together / (here * chance))
    if here > together and chance < 1:
        ratio += (here - together) * log((here - together) / (here * (1 - chance)))
    return 2 * ratio
