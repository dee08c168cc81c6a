"""How far a target phrase is explained by other source words than those of a term."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reviewer.text.stems import cognate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reviewer.terms.bitext import Bitext

_TIE = 0.1
_TIED_DICE = 0.8
_STRONG_DICE = 0.85
_TWO_PAIRS = 0.35
_OWN_WORD = 0.4
_LINKED_ELSEWHERE = 0.6
_SAMPLE = 40
_COGNATE_BONUS = 0.5
_COGNATE_PENALTY = 0.5
_KNOWN_BONUS = 0.7
_KNOWN_PENALTY = 0.6
_MOSTLY = 0.6


class Elimination:
    """Judges what explains target phrases; keeps what is asked again and again."""

    def __init__(self, bitext: Bitext) -> None:
        self._bitext = bitext
        self._known = bitext.known
        self._cognates: dict[int, list[int]] = {}
        self._sources: dict[int, frozenset[int]] = {}

    def likeness(self, source: int, target: int) -> float:
        """Return what it speaks for a rendering that it looks like the source phrase."""
        own = self._bitext.source_contents(self._bitext.source.keys(source))
        return _COGNATE_BONUS if self._are_cognate(self._contents(target), own) else 0.0

    def familiarity(self, source: int, wording: Sequence[int]) -> float:
        """Return what it speaks for a rendering that it was known beforehand."""
        return _KNOWN_BONUS * self.is_known(source, wording)

    def is_known(self, source: int, wording: Sequence[int]) -> bool:
        """Tell whether a wording is a rendering that was known of the source phrase."""
        bitext = self._bitext
        own = bitext.source_contents(bitext.source.keys(source))
        return self._known.renders(own, bitext.target_contents(wording))

    def explained(
        self, source: int, target: int, together: int, places: Mapping[int, Sequence[int]]
    ) -> float:
        """Return how far other source words explain the target phrase, 0-1.

        Args:
            source: number of the source phrase.
            target: number of the target phrase.
            together: the number of pairs that hold both.
            places: the source phrase's occurrences by pair.
        """
        own, other = self._linked(source, target, places)
        rivals = self._rivals(source, target, together) if own < 1 else 0.0
        return max(rivals * (1 - own), _LINKED_ELSEWHERE * other)

    def _linked(
        self, source: int, target: int, places: Mapping[int, Sequence[int]]
    ) -> tuple[float, float]:
        """Return how strongly a target phrase is linked to the source phrase, and to others.

        Means over its content words beside the source phrase, 0-1.
        """
        links, words = self._bitext.links, self._bitext.target.words
        size = int(self._bitext.target.length[target])
        length = int(self._bitext.source.length[source])
        own = other = 0.0
        total = 0
        for pair, tokens in self._bitext.target.places(target).items():
            mine = {start + n for start in places.get(pair, ()) for n in range(length)}
            for spot in (t + n for t in tokens for n in range(size)) if mine else ():
                total += bool(words.content[spot])
                at = int(links.source[spot])
                if at in mine:
                    own += float(links.strength[spot])
                elif at >= 0:
                    other += float(links.strength[spot])
        return own / max(1, total), other / max(1, total)

    def _rivals(self, source: int, target: int, together: int) -> float:
        """Return how far a rival source phrase explains the target phrase by counts, 0-1.

        A rival is one that shares no word with the source phrase and has the higher Dice with
        the target phrase, or as high a one of .8 or more; Melamed's (2000) competitive linking,
        softened. Evidence from two pairs alone counts for a third.
        """
        bitext = self._bitext
        contents = self._contents(target)
        sources = bitext.source_contents(bitext.source.keys(source))
        if self._known and self._known.renders(sources, contents):
            return 0.0
        own = 2 * together / int(bitext.source.count[source] + bitext.target.count[target])
        keys = self._keys(source)
        worst, strong = 0.0, False
        for rival, rival_together, dice in bitext.evidence.explanations(target):
            if dice < own - 1e-9 or (dice <= own + 1e-9 and dice < _TIED_DICE):
                break
            if not keys.isdisjoint(self._keys(rival)):
                continue
            amount = dice - own + _TIE
            if rival_together == 2:
                amount *= _TWO_PAIRS
            elif dice >= _STRONG_DICE:
                amount, strong = max(amount, 0.5), True
            worst = max(worst, amount)
        if worst < _COGNATE_PENALTY and not keys.issuperset(self._cognates_of(target)):
            worst = worst if self._are_cognate(contents, sources) else _COGNATE_PENALTY
        if self._known and self._renders_other(source, target):
            return max(worst, _KNOWN_PENALTY)
        if worst and not strong and self._has_own_word(source, contents):
            worst *= _OWN_WORD
        return worst

    def _keys(self, source: int) -> frozenset[int]:
        if source not in self._sources:
            self._sources[source] = frozenset(self._bitext.source.keys(source))
        return self._sources[source]

    def _contents(self, target: int) -> list[int]:
        return self._bitext.target_contents(self._bitext.target.keys(target))

    def _renders_other(self, source: int, target: int) -> bool:
        """Tell whether the target phrase is known to render another term that stands with it."""
        bitext = self._bitext
        pairs = frozenset(bitext.target.pairs(target).tolist())
        own = self._keys(source)
        for term in self._known.terms_of(self._contents(target)):
            held = frozenset.intersection(*(bitext.source_words.pairs(key) for key in term))
            if own.isdisjoint(term) and len(held & pairs) >= _MOSTLY * len(pairs):
                return True
        return False

    def _has_own_word(self, source: int, contents: Sequence[int]) -> bool:
        """Tell whether a word of the target phrase stands with most of the source phrase."""
        bitext = self._bitext
        pairs = set(bitext.source.pairs(source).tolist())
        if len(pairs) < 3:
            return False
        for key in contents:
            held = bitext.target_words.pairs(key)
            both = len(held & pairs)
            if both >= _MOSTLY * len(pairs) and both >= 0.75 * len(held):
                return True
        return False

    def _are_cognate(self, contents: Iterable[int], sources: Sequence[int]) -> bool:
        bitext = self._bitext
        others = [bitext.source_word(key) for key in sources]
        return any(cognate(bitext.target_word(key), other) for key in contents for other in others)

    def _cognates_of(self, target: int) -> list[int]:
        """Return the source words that look like the target phrase and mostly stand with it."""
        if target not in self._cognates:
            words = self._bitext.source.words
            contents = self._contents(target)
            sample = self._bitext.target.pairs(target)[:_SAMPLE].tolist()
            counts = Counter(
                key
                for pair in sample
                for key in {int(words.key[token]) for token in words.contents_of(pair)}
            )
            self._cognates[target] = [
                key
                for key, count in counts.items()
                if count >= _MOSTLY * len(sample) and self._are_cognate(contents, [key])
            ]
        return self._cognates[target]
