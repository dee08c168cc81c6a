"""Every pair that has a word or phrase, or a form of it, with what renders it there.

What renders it is guessed from which words of the other side come with it and hardly without it
(Dice's coefficient); where the term groups know the rendering, it is not guessed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reviewer.model import Side
from reviewer.text.inflection import Inflection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reviewer.model import Occurrence, Pair, TermGroup
    from reviewer.text.inflection import Phrase

MOST_LINES = 2000
_MANY = 3000
"""Pairs from which on texts without the first letters are passed over."""
_BACKGROUND = 2000
"""Other pairs that are looked at to tell which words come with the phrase."""
_LEAST_DICE = 0.4
_NEAR_BEST = 0.7
_FEWEST = 2
_BEGINNING = 2


class Place(NamedTuple):
    """A range of a joined text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A pair of the concordance.

    Attributes:
        pair: its number.
        source, target: the places to show, in order; where nothing is known, none.
    """

    pair: int
    source: tuple[Place, ...]
    target: tuple[Place, ...]


class Concordance:
    """Looks words up in the pairs of a document, with the texts as they stand."""

    def __init__(
        self,
        pairs: Sequence[Pair],
        languages: tuple[str, str],
        groups: Iterable[TermGroup] = (),
    ) -> None:
        self._pairs = pairs
        self._readers = {
            Side.SOURCE: Inflection(languages[0]),
            Side.TARGET: Inflection(languages[1]),
        }
        self._groups = tuple(groups)

    def lines(self, words: str, side: Side) -> list[Line]:
        """Return the pairs in which words stand on a side, in order; at most MOST_LINES."""
        reader = self._readers[side]
        phrase = reader.phrase(" ".join(words.split()))
        if not phrase.text:
            return []
        may_hold = self._sieve(phrase)
        found: dict[int, list[Place]] = {}
        for pair in self._pairs:
            text = pair.text(side)
            if may_hold(text):
                places = reader.find(phrase, text, reader.tokens(text))
                if places:
                    found[pair.number] = [Place(*place) for place in places]
                    if len(found) == MOST_LINES:
                        break
        others = self._others(words, side, found)
        lines = []
        for number, standing in found.items():
            here: tuple[Place, ...] = tuple(standing)
            there: tuple[Place, ...] = others.get(number, ())
            lines.append(
                Line(number, here, there) if side is Side.SOURCE else Line(number, there, here)
            )
        return lines

    def _sieve(self, phrase: Phrase) -> Callable[[str], bool]:
        """Return a quick look at a text; False where the phrase cannot stand in it."""
        if len(self._pairs) < _MANY or not phrase.tokens:
            return lambda _text: True
        first = phrase.tokens[0]
        beginnings = {first.word[:_BEGINNING], first.key[:_BEGINNING]}
        return lambda text: any(each in text.lower() for each in beginnings)

    def _others(
        self, words: str, side: Side, found: Mapping[int, Sequence[Place]]
    ) -> dict[int, tuple[Place, ...]]:
        """Return what renders the words in each pair."""
        known = self._known(words, side, found)
        by_number = {pair.number: pair for pair in self._pairs if pair.number in found}
        other = Side.TARGET if side is Side.SOURCE else Side.SOURCE
        texts = {number: pair.text(other) for number, pair in by_number.items()}
        guessed = self._guessed(texts, other) if len(found) >= _FEWEST else {}
        return guessed | known

    def _known(
        self, words: str, side: Side, found: Mapping[int, Sequence[Place]]
    ) -> dict[int, tuple[Place, ...]]:
        """Return what the term groups say of the places."""
        wanted = words.casefold()
        places: dict[int, list[Place]] = {}
        for group in self._groups:
            named = {group.source.casefold()}
            if side is Side.TARGET:
                named = {rendering.text.casefold() for rendering in group.renderings}
            if wanted not in named:
                continue
            for o in self._of_group(group, side):
                if o.pair in found:
                    places.setdefault(o.pair, []).append(Place(o.start, o.end))
        return {number: tuple(sorted(each)) for number, each in places.items()}

    def _of_group(self, group: TermGroup, side: Side) -> Iterable[Occurrence]:
        if side is Side.TARGET:
            return group.source_occurrences
        return [o for rendering in group.renderings for o in rendering.occurrences]

    def _guessed(self, texts: Mapping[int, str], side: Side) -> dict[int, tuple[Place, ...]]:
        inside = {number: self._words(text, side) for number, text in texts.items()}
        with_it = Counter(key for words in inside.values() for key in {k for k, _ in words})
        rest = [pair for pair in self._pairs if pair.number not in texts]
        step = max(1, len(rest) // _BACKGROUND)
        looked_at = rest[::step]
        without = Counter(
            key for pair in looked_at for key in {k for k, _ in self._words(pair.text(side), side)}
        )
        scale = len(rest) / len(looked_at) if looked_at else 0.0

        def dice(key: str) -> float:
            count = with_it[key]
            if count < _FEWEST:
                return 0.0
            return 2 * count / (len(texts) + count + scale * without[key])

        return {
            number: places for number, words in inside.items() if (places := _best(words, dice))
        }

    def _words(self, text: str, side: Side) -> list[tuple[str, Place]]:
        """Return what may render something: content words, or pairs of characters."""
        reader = self._readers[side]
        if reader.spaced:
            return [(t.key, Place(t.start, t.end)) for t in reader.content_tokens(text)]
        return [
            (text[at : at + 2], Place(at, at + 2))
            for at in range(len(text) - 1)
            if text[at : at + 2].isalpha()
        ]


def _best(words: Sequence[tuple[str, Place]], dice: Callable[[str], float]) -> tuple[Place, ...]:
    """Return the places of the words that come with the phrase; neighbours become one."""
    scores = [dice(key) for key, _ in words]
    best = max(scores, default=0.0)
    if best < _LEAST_DICE:
        return ()
    chosen: list[Place] = []
    for score, (_, place) in zip(scores, words, strict=True):
        if score < _NEAR_BEST * best or score < _LEAST_DICE:
            continue
        if chosen and place.start <= chosen[-1].end + 1:
            chosen[-1] = Place(chosen[-1].start, place.end)
        else:
            chosen.append(place)
    return tuple(chosen)
