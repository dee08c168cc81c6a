"""Every pair that has a word or phrase, or a form of it, with what renders it there.

What renders it is guessed from which words of the other side come with it and hardly without it
(Dice's coefficient); where the term groups know the rendering, it is not guessed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reviewer.model import Side
from reviewer.review.decisions import gradual
from reviewer.text.inflection import Inflection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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
        pair: Callable[[int], Pair],
        count: int,
        languages: tuple[str, str],
        groups: Iterable[TermGroup] = (),
    ) -> None:
        """Look nothing up yet; `pair` returns a pair by its number, of so many."""
        self.pair, self.count = pair, count
        self._readers = {
            Side.SOURCE: Inflection(languages[0]),
            Side.TARGET: Inflection(languages[1]),
        }
        self._groups = tuple(groups)

    def look_up(self, words: str, side: Side) -> LookUp:
        """Return a look for the pairs in which words stand on a side."""
        return LookUp(self, words, side)

    def lines(self, words: str, side: Side) -> list[Line]:
        """Return the pairs in which words stand on a side, in order; at most MOST_LINES."""
        looked = self.look_up(words, side)
        looked.run()
        return looked.lines

    def find(self, words: str, side: Side, found: dict[int, list[Place]]) -> Iterator[None]:
        """Put the places of words into `found` by pair, with a step for each pair."""
        reader = self._readers[side]
        phrase = reader.phrase(" ".join(words.split()))
        if not phrase.text:
            return
        may_hold = self._sieve(phrase)
        for number in range(self.count):
            text = self.pair(number).text(side)
            if may_hold(text):
                places = reader.find(phrase, text, reader.tokens(text))
                if places:
                    found[number] = [Place(*place) for place in places]
                    if len(found) == MOST_LINES:
                        return
            yield

    def _sieve(self, phrase: Phrase) -> Callable[[str], bool]:
        """Return a quick look at a text; False where the phrase cannot stand in it."""
        if self.count < _MANY or not phrase.tokens:
            return lambda _text: True
        first = phrase.tokens[0]
        beginnings = {first.word[:_BEGINNING], first.key[:_BEGINNING]}
        return lambda text: any(each in text.lower() for each in beginnings)

    def known(
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

    def words(self, text: str, side: Side) -> list[tuple[str, Place]]:
        """Return what may render something: content words, or pairs of characters."""
        reader = self._readers[side]
        if reader.spaced:
            return [(t.key, Place(t.start, t.end)) for t in reader.content_tokens(text)]
        return [
            (text[at : at + 2], Place(at, at + 2))
            for at in range(len(text) - 1)
            if text[at : at + 2].isalpha()
        ]


class LookUp:
    """The pairs in which words stand, looked for a little at a time.

    Attributes:
        lines: in order, at most MOST_LINES; empty until all were looked for.
    """

    def __init__(self, concordance: Concordance, words: str, side: Side) -> None:
        self.lines: list[Line] = []
        self._concordance = concordance
        self._steps = self._look_up(words, side)

    def run(self, seconds: float | None = None) -> bool:
        """Look on for about so long, to the end with None; return whether that is reached."""
        return gradual.run(self._steps, seconds)

    def _look_up(self, words: str, side: Side) -> Iterator[None]:
        found: dict[int, list[Place]] = {}
        yield from self._concordance.find(words, side, found)
        guessed: dict[int, tuple[Place, ...]] = {}
        if len(found) >= _FEWEST:
            other = Side.TARGET if side is Side.SOURCE else Side.SOURCE
            yield from self._guess(found, other, guessed)
        others = guessed | self._concordance.known(words, side, found)
        for number, standing in found.items():
            sides = [tuple(standing), others.get(number, ())]
            self.lines.append(Line(number, *(sides if side is Side.SOURCE else sides[::-1])))

    def _guess(
        self,
        found: Mapping[int, Sequence[Place]],
        side: Side,
        guessed: dict[int, tuple[Place, ...]],
    ) -> Iterator[None]:
        """Put the places of what seems to render the words in each pair into `guessed`."""
        inside: dict[int, list[tuple[str, Place]]] = {}
        with_it: Counter[str] = Counter()
        for number in found:
            inside[number] = self._words(number, side)
            with_it.update({key for key, _ in inside[number]})
            yield
        rest = np.setdiff1d(np.arange(self._concordance.count), [*found])
        looked_at = rest[:: max(1, len(rest) // _BACKGROUND)].tolist()
        without: Counter[str] = Counter()
        for number in looked_at:
            without.update({key for key, _ in self._words(number, side)})
            yield
        scale = len(rest) / len(looked_at) if looked_at else 0.0

        def dice(key: str) -> float:
            count = with_it[key]
            if count < _FEWEST:
                return 0.0
            return 2 * count / (len(found) + count + scale * without[key])

        for number, words in inside.items():
            places = _best(words, dice)
            if places:
                guessed[number] = places
            yield

    def _words(self, number: int, side: Side) -> list[tuple[str, Place]]:
        return self._concordance.words(self._concordance.pair(number).text(side), side)


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
