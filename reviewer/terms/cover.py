"""Renderings that exclude each other and together cover the pairs of a source phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.terms.wording import Place, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.candidates import Candidate

LEAST_GAIN = 0.8
LEAST_SHARE = 0.12
_OVERLAP = 0.8
_PER_WORD = 0.05
_FEW = 3


def cover(candidates: Sequence[Candidate], places: Mapping[int, Sequence[int]]) -> list[Candidate]:
    """Choose phrases greedily, each for the pairs that those before it left open.

    A pair has as many seats as the source phrase occurs in it. What a phrase gains is the number
    of open pairs it holds, times the square of its precision, its quality, its cognate bonus and
    what its penalty leaves, less 0.8 for each pair that is taken already.

    Args:
        candidates: of one source phrase.
        places: the source phrase's occurrences by pair.
    """
    seats = {pair: len(tokens) for pair, tokens in places.items()}
    chosen: list[Candidate] = []
    while any(seats.values()):
        best = max(
            (c for c in candidates if c not in chosen),
            key=lambda c: (_gain(c, seats, len(places)), c.contents, c.keys),
            default=None,
        )
        if best is None or _gain(best, seats, len(places)) <= LEAST_GAIN:
            break
        chosen.append(best)
        for pair in best.pairs:
            seats[pair] = max(0, seats[pair] - 1)
    return chosen


def _gain(candidate: Candidate, seats: Mapping[int, int], total: int) -> float:
    gain = sum(1 for pair in candidate.pairs if seats[pair])
    taken = len(candidate.pairs) - gain
    if gain < 2 and not (gain == 1 and total <= _FEW):
        return 0.0
    if taken >= gain:
        return 0.0
    value = gain * candidate.quality * candidate.precision**2
    value *= (1 + candidate.bonus) * candidate.remaining
    return value - _OVERLAP * taken + _PER_WORD * min(_FEW, candidate.contents)


def without_minor(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Drop the phrases that hold less than 12 % of what all hold together."""
    total = sum(len(candidate.pairs) for candidate in chosen)
    return [c for c in chosen if len(c.pairs) >= LEAST_SHARE * total]


def wording(
    bitext: Bitext, candidate: Candidate, places: Mapping[int, Sequence[int]], length: int
) -> Wording:
    """Return a candidate's occurrences beside the source phrase, the nearest where several are.

    Args:
        bitext: where they stand.
        candidate: a possible rendering of the source phrase.
        places: the source phrase's occurrences by pair.
        length: of the source phrase, in tokens.
    """
    source, target = bitext.source.words, bitext.target.words
    size = len(candidate.keys)
    found: list[Place] = []
    for pair, tokens in bitext.target.places(candidate.phrase).items():
        here = [source.place(token, length) for token in places.get(pair, ())]
        if not here:
            continue
        tokens.sort(
            key=lambda token: min(abs(target.place(token, size) - place) for place in here)
        )
        found += [Place(token, size) for token in tokens[: len(here)]]
    return Wording(candidate.keys, tuple(sorted(found)), candidate.outside)
