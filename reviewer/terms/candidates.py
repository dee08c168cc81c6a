"""The target phrases that may render a source phrase, and how far something else explains them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.terms.priors import KnownTerms, Priors
from reviewer.text.stems import cognate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewer.terms.bitext import Bitext

LEAST_PRECISION = 0.5
_TIE = 0.1
_STRONG_DICE = 0.85
_TWO_PAIRS = 0.35
_PENALTY = 1.6
_LINKED_ELSEWHERE = 0.6
_COGNATE_SAMPLE = 40


@dataclass(frozen=True)
class Candidate:
    """A target phrase as a possible rendering of a source phrase.

    Attributes:
        phrase: number of the target phrase.
        keys: of its tokens.
        contents: how many content words it has.
        pairs: in which both phrases stand.
        outside: the number of pairs in which it stands without the source phrase.
        coverage: share of the source phrase's pairs that hold it.
        precision: share of its pairs that hold the source phrase.
        penalty: how far another source word explains it, 0-1.
        bonus: what speaks for it beside counts (a cognate).
    """

    phrase: int
    keys: tuple[int, ...]
    contents: int
    pairs: frozenset[int]
    outside: int
    coverage: float
    precision: float
    penalty: float
    bonus: float

    @property
    def remaining(self) -> float:
        """What the penalty leaves, 0-1."""
        return 1 - min(1.0, _PENALTY * self.penalty)

    @property
    def weight(self) -> float:
        """Pairs together, weighed."""
        return self.precision * len(self.pairs) * (1 + self.bonus) * self.remaining


class Assessor:
    """Assesses the candidates of source phrases; keeps what several of them ask."""

    def __init__(self, bitext: Bitext, priors: Priors | None = None) -> None:
        self._bitext = bitext
        self._known = KnownTerms(priors or Priors(), bitext.source.words, bitext.target.words)
        self._cognates: dict[int, list[int]] = {}

    def candidates(self, source: int) -> list[Candidate]:
        """Return the possible renderings of a source phrase, unordered."""
        bitext = self._bitext
        count = int(bitext.source.count[source])
        pairs = frozenset(bitext.source.pairs(source).tolist())
        places = bitext.source.places(source)
        found = []
        for target, together in bitext.evidence.candidates(source):
            total = int(bitext.target.count[target])
            if not bitext.target.candidate[target] or together < LEAST_PRECISION * total:
                continue
            if together < 2 and count > 3:
                continue
            found.append(self._assess(source, target, pairs, places, together))
        return found

    def _assess(
        self,
        source: int,
        target: int,
        pairs: frozenset[int],
        places: dict[int, list[int]],
        together: int,
    ) -> Candidate:
        bitext = self._bitext
        keys = bitext.target.keys(target)
        shared = pairs & frozenset(bitext.target.pairs(target).tolist())
        total = int(bitext.target.count[target])
        return Candidate(
            phrase=target,
            keys=keys,
            contents=int(bitext.target.contents[target]),
            pairs=shared,
            outside=total - together,
            coverage=together / len(pairs),
            precision=together / total,
            penalty=self._explained(source, target, together, places),
            bonus=self._bonus(source, keys),
        )

    def _bonus(self, source: int, keys: Sequence[int]) -> float:
        own = self._bitext.source_contents(self._bitext.source.keys(source))
        bonus = 0.5 if self._is_cognate(keys, own) else 0.0
        return bonus + 0.7 * self._known.renders(own, keys)

    def _explained(
        self, source: int, target: int, together: int, places: dict[int, list[int]]
    ) -> float:
        """Return how far other source words explain the target phrase, by counts and links."""
        own, other = self._linked(source, target, places)
        return max(self.penalty(source, target, together) * (1 - own), _LINKED_ELSEWHERE * other)

    def _linked(
        self, source: int, target: int, places: dict[int, list[int]]
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

    def penalty(self, source: int, target: int, together: int) -> float:
        """Return how far a rival source phrase explains the target phrase, 0-1.

        A rival is one that shares no word with the source phrase and has the higher Dice with
        the target phrase, or as high a one of .8 or more; Melamed's (2000) competitive linking,
        softened. Evidence from two pairs alone counts for a third.
        """
        bitext = self._bitext
        if self._known:
            contents = bitext.target_contents(bitext.target.keys(target))
            if self._known.renders(bitext.source_contents(bitext.source.keys(source)), contents):
                return 0.0
        own = 2 * together / int(bitext.source.count[source] + bitext.target.count[target])
        keys = set(bitext.source.keys(source))
        worst, strong = 0.0, False
        for rival, rival_together, dice in bitext.evidence.explanations(target):
            if dice < own - 1e-9 or (dice <= own + 1e-9 and dice < 0.8):
                break
            if keys & set(bitext.source.keys(rival)):
                continue
            amount = dice - own + _TIE
            if rival_together == 2:
                amount *= _TWO_PAIRS
            elif dice >= _STRONG_DICE:
                amount, strong = max(amount, 0.5), True
            worst = max(worst, amount)
        own_cognate = self._is_cognate(bitext.target.keys(target), tuple(keys))
        if not own_cognate and any(key not in keys for key in self._cognates_of(target)):
            worst = max(worst, 0.5)
        if self._known and self._renders_other(source, target):
            return max(worst, 0.6)
        if worst and not strong and self._has_own_word(source, target):
            worst *= 0.4
        return worst

    def _renders_other(self, source: int, target: int) -> bool:
        """Tell whether the target phrase is known to render another term that stands with it."""
        bitext = self._bitext
        pairs = frozenset(bitext.target.pairs(target).tolist())
        own = set(bitext.source.keys(source))
        for term in self._known.terms_of(bitext.target_contents(bitext.target.keys(target))):
            held = frozenset.intersection(*(bitext.source_words.pairs(key) for key in term))
            if not own & set(term) and len(held & pairs) >= 0.6 * len(pairs):
                return True
        return False

    def _has_own_word(self, source: int, target: int) -> bool:
        """Tell whether a word of the target phrase stands with most of the source phrase."""
        bitext = self._bitext
        pairs = frozenset(bitext.source.pairs(source).tolist())
        if len(pairs) < 3:
            return False
        for key in bitext.target_contents(bitext.target.keys(target)):
            held = bitext.target_words.pairs(key)
            both = len(held & pairs)
            if both >= 0.6 * len(pairs) and both >= 0.75 * len(held):
                return True
        return False

    def _is_cognate(self, target_keys: Iterable[int], source_keys: Sequence[int]) -> bool:
        bitext = self._bitext
        contents = bitext.source_contents(source_keys)
        return any(
            cognate(bitext.target_word(key), bitext.source_word(other))
            for key in bitext.target_contents(tuple(target_keys))
            for other in contents
        )

    def _cognates_of(self, target: int) -> list[int]:
        """Return the source words that look like the target phrase and mostly stand with it."""
        if target not in self._cognates:
            bitext = self._bitext
            keys = bitext.target.keys(target)
            sample = bitext.target.pairs(target)[:_COGNATE_SAMPLE].tolist()
            words = bitext.source.words
            counts = Counter(
                key
                for pair in sample
                for key in {
                    int(words.key[token])
                    for token in range(int(words.first[pair]), int(words.first[pair + 1]))
                    if words.content[token]
                }
            )
            self._cognates[target] = [
                key
                for key, count in counts.items()
                if count >= 0.6 * len(sample) and self._is_cognate(keys, [key])
            ]
        return self._cognates[target]
