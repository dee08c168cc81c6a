"""The target phrases that may render a source phrase."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.elimination import Elimination

LEAST_PRECISION = 0.5
_PENALTY = 1.6
_FEW = 3


@dataclass(frozen=True)
class Candidate:
    """A target phrase as a possible rendering of a source phrase.

    Attributes:
        source, phrase: numbers of the two phrases.
        together: the number of pairs that hold both.
        total: the number of pairs that hold the target phrase.
        places: the source phrase's occurrences by pair.
    """

    bitext: Bitext
    elimination: Elimination
    source: int
    phrase: int
    together: int
    total: int
    places: Mapping[int, Sequence[int]]

    @property
    def outside(self) -> int:
        """The number of pairs in which it stands without the source phrase."""
        return self.total - self.together

    @property
    def coverage(self) -> float:
        """The share of the source phrase's pairs that hold it."""
        return self.together / len(self.places)

    @property
    def precision(self) -> float:
        """The share of its pairs that hold the source phrase."""
        return self.together / self.total

    @property
    def keys(self) -> tuple[int, ...]:
        """The keys of its tokens."""
        return self.bitext.target.keys(self.phrase)

    @property
    def contents(self) -> int:
        """How many content words it has."""
        return int(self.bitext.target.contents[self.phrase])

    @cached_property
    def pairs(self) -> frozenset[int]:
        """The pairs in which both phrases stand."""
        return frozenset(
            p for p in self.bitext.target.pairs(self.phrase).tolist() if p in self.places
        )

    @cached_property
    def penalty(self) -> float:
        """How far other source words explain it, 0-1."""
        return self.elimination.explained(self.source, self.phrase, self.together, self.places)

    @cached_property
    def likeness(self) -> float:
        """What a cognate speaks for it, 0 for nothing."""
        return self.elimination.likeness(self.source, self.phrase)

    @property
    def bonus(self) -> float:
        """What speaks for it beside counts: a cognate, a known term."""
        return self.likeness + self.elimination.familiarity(self.source, self.keys)

    @property
    def remaining(self) -> float:
        """What the penalty leaves, 0-1."""
        return 1 - min(1.0, _PENALTY * self.penalty)

    @property
    def weight(self) -> float:
        """Pairs together, weighed."""
        return self.precision * self.together * (1 + self.likeness) * self.remaining


def find_candidates(
    bitext: Bitext, elimination: Elimination, source: int, places: Mapping[int, Sequence[int]]
) -> list[Candidate]:
    """Return the possible renderings of a source phrase, unordered.

    They stand in two pairs with it, or in one where it has three or fewer, and no more often
    without it than with it.
    """
    least = 1 if len(places) <= _FEW else 2
    found = []
    for target, together in bitext.evidence.candidates(source):
        total = int(bitext.target.count[target])
        if not bitext.target.candidate[target] or together < max(least, LEAST_PRECISION * total):
            continue
        found.append(Candidate(bitext, elimination, source, target, together, total, places))
    return found
