"""Renderings that exclude each other and together cover the places of a source phrase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.terms.wording import Match, Place, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.candidates import Candidate
    from reviewer.terms.reading import Reader

LEAST_SHARE = 0.12
_LEAST_GAIN = 0.7
_FULL_FIT = 1.0
_OVERLAP = 0.8
_PER_WORD = 0.05
_FEW = 3
_MOST_LINKED = 0.2


@dataclass(frozen=True)
class _Bid:
    """What a candidate offers: the occurrences that it could render."""

    candidate: Candidate
    wording: Wording

    def gain(self, open_: set[int], total: int) -> float:
        """Return what the candidate adds where other candidates left occurrences open."""
        free = [match for match in self.wording.matches if match.source in open_]
        taken = len(self.wording.matches) - len(free)
        if len(free) < 2 and not (free and total <= _FEW):
            return 0.0
        if taken >= len(free):
            return 0.0
        value = sum(min(1.0, max(0.0, match.fit / _FULL_FIT)) for match in free)
        value *= self.candidate.precision**2 * (1 + self.candidate.bonus)
        value *= self.candidate.remaining
        return value - _OVERLAP * taken + _PER_WORD * min(_FEW, self.candidate.contents)


def cover(bitext: Bitext, candidates: Sequence[Candidate], reader: Reader) -> list[Wording]:
    """Choose phrases greedily, each for the occurrences that those before it left open.

    What a phrase gains is how well it fits each open occurrence, times the square of its
    precision, its bonus and what its penalty leaves, less 0.8 for each occurrence that is
    rendered already. Phrases with less than 12 % of all places are left out in the end.
    """
    bids = [_Bid(candidate, wording(bitext, candidate, reader)) for candidate in candidates]
    open_ = {token for tokens in reader.places.values() for token in tokens}
    total = len(open_)
    chosen: list[Wording] = []
    while open_ and bids:
        best = max(
            bids, key=lambda b: (b.gain(open_, total), b.candidate.contents, b.wording.keys)
        )
        if best.gain(open_, total) <= _LEAST_GAIN:
            break
        bids.remove(best)
        free = tuple(match for match in best.wording.matches if match.source in open_)
        chosen.append(Wording(best.wording.keys, free, best.wording.outside))
        open_ -= {match.source for match in free}
    rendered = sum(len(w.matches) for w in chosen)
    return [w for w in chosen if len(w.matches) >= LEAST_SHARE * rendered]


def wording(bitext: Bitext, candidate: Candidate, reader: Reader) -> Wording:
    """Return the places of a candidate that render occurrences of the source phrase."""
    size = len(candidate.keys)
    matches: list[Match] = []
    for pair, tokens in bitext.target.places(candidate.phrase).items():
        if pair in reader.places:
            matches += reader.matches(pair, [Place(token, size) for token in tokens])
    return Wording(candidate.keys, tuple(sorted(matches)), candidate.outside)


def completed(
    bitext: Bitext, candidates: Sequence[Candidate], reader: Reader, part: Wording
) -> Wording:
    """Return the longest repeated phrase that holds a wording wherever it stands, or the wording.

    What the phrase has more may not be linked to words outside the term.
    """
    pairs = part.pairs(bitext.target.words)
    longer = [c for c in candidates if pairs <= c.pairs and _holds(c.keys, part.keys)]
    for candidate in sorted(longer, key=lambda c: (-len(c.keys), c.keys)):
        whole = wording(bitext, candidate, reader)
        elsewhere = [reader.linked(m.source, m.place, set(part.keys))[1] for m in whole.matches]
        if len(whole.matches) >= len(part.matches) and sum(elsewhere) <= _MOST_LINKED * len(
            elsewhere
        ):
            return whole
    return part


def _holds(keys: Sequence[int], part: Sequence[int]) -> bool:
    size = len(part)
    return len(keys) > size and any(
        tuple(keys[n : n + size]) == tuple(part) for n in range(len(keys) - size + 1)
    )
