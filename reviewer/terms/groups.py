"""Hypotheses as the groups a person sees: best first, each place in one group only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.model import GroupKind, Occurrence, Rendering, TermGroup
from reviewer.terms.wording import Hypothesis, Method, Place, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.words import Words

SURE = 0.4
"""Groups of this probability are shown, others are the lower tier."""
LEAST_PROBABILITY = 0.2


def arrange(bitext: Bitext, found: Iterable[Hypothesis]) -> list[TermGroup]:
    """Return the groups best first, the lower tier last.

    A hypothesis whose places are taken by better ones is left out.
    """
    taken: set[int] = set()
    kept: list[Hypothesis] = []
    likely = [h for h in found if h.score >= LEAST_PROBABILITY]
    for hypothesis in sorted(likely, key=lambda h: _rank(bitext, h)):
        places = [place for wording in hypothesis.wordings for place in wording.places]
        if 2 * sum(_touches(place, taken) for place in places) >= len(places):
            continue
        for place in places:
            taken.update(range(place.token, place.token + place.length))
        kept.append(hypothesis)
    kept.sort(key=lambda h: h.score < SURE)
    return [_group(bitext, hypothesis) for hypothesis in kept]


def _rank(bitext: Bitext, hypothesis: Hypothesis) -> tuple[float, int, int]:
    return -hypothesis.score, -int(bitext.source.length[hypothesis.source]), hypothesis.source


def _touches(place: Place, taken: set[int]) -> bool:
    return any(token in taken for token in range(place.token, place.token + place.length))


def _group(bitext: Bitext, hypothesis: Hypothesis) -> TermGroup:
    source = bitext.source
    length = int(source.length[hypothesis.source])
    places = [Place(token, length) for token in source.occurrences(hypothesis.source).tolist()]
    return TermGroup(
        source=source.words.shown(places),
        kind=_kind(bitext, hypothesis),
        score=round(hypothesis.score, 3),
        renderings=tuple(_rendering(bitext, wording) for wording in hypothesis.wordings),
        source_occurrences=_occurrences(bitext, source.words, places),
        stray=hypothesis.score < SURE,
    )


def _kind(bitext: Bitext, hypothesis: Hypothesis) -> GroupKind:
    if hypothesis.method is not Method.SURFACE:
        return GroupKind.TERM
    return GroupKind.CASE if bitext.target.words.rules.spaced else GroupKind.SPELLING


def _rendering(bitext: Bitext, wording: Wording) -> Rendering:
    words = bitext.target.words
    return Rendering(words.shown(wording.places), _occurrences(bitext, words, wording.places))


def _occurrences(bitext: Bitext, words: Words, places: Sequence[Place]) -> tuple[Occurrence, ...]:
    return tuple(
        Occurrence(
            bitext.pairs[int(words.pair[place.token])].number,
            int(words.start[place.token]),
            int(words.end[place.token + place.length - 1]),
        )
        for place in places
    )
