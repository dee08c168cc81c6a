"""Hypotheses as the groups a person sees: best first, each place in one group only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer.model import GroupKind, Occurrence, Rendering, TermGroup
from reviewer.terms.variants import is_misspelt
from reviewer.terms.wording import Hypothesis, Method, Place, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.words import Words

SURE = 0.4
"""Groups of this probability are shown, others are the lower tier."""
LEAST_PROBABILITY = 0.25
_MOST_PER_HUNDRED = 3
_FEWEST_SHOWN = 6
"""More groups than these in a hundred pairs nobody reads; so many a short document may show."""
_MOST_SHARED = 0.5
_NEARLY = 0.6


def arrange(bitext: Bitext, found: Iterable[Hypothesis]) -> list[TermGroup]:
    """Return the groups best first, the lower tier last; each place is in one group only.

    Where hypotheses share most of their places, the one stands for all that shows most drift.
    Three groups for each hundred pairs are shown at most, or six in all; the others are the lower
    tier.
    """
    likely = sorted(
        (h for h in found if h.score >= LEAST_PROBABILITY), key=lambda h: (-h.score, h.source)
    )
    at: dict[int, list[int]] = defaultdict(list)
    for number, hypothesis in enumerate(likely):
        for token in _tokens(hypothesis):
            at[token].append(number)
    taken: set[int] = set()
    kept: list[Hypothesis] = []
    for best in likely:
        if _share(best, taken) >= _MOST_SHARED:
            continue
        rivals = {number for token in _tokens(best) for number in at[token]}
        chosen = max(
            (r for n in rivals if _stands_for(r := likely[n], best, taken)),
            key=lambda h: (_drift(h), int(bitext.source.contents[h.source]), h.score, -h.source),
        )
        taken |= _tokens(chosen) | _tokens(best)
        kept.append(replace(chosen, score=best.score))
    most = max(_FEWEST_SHOWN, _MOST_PER_HUNDRED * bitext.size // 100)
    return [
        _group(bitext, hypothesis, shown=number < most and hypothesis.score >= SURE)
        for number, hypothesis in enumerate(_without_nested(bitext, kept))
    ]


def _without_nested(bitext: Bitext, kept: Sequence[Hypothesis]) -> list[Hypothesis]:
    """Return hypotheses without the places that lie inside of a longer term of another one.

    What stands there renders the longer term: "thanks" in "the rescue crew thanks" is no
    rendering of "crew". The main wording keeps its places, as it tells what is usual.
    """
    length = bitext.source.length
    owned: dict[int, int] = defaultdict(int)
    for hypothesis in kept:
        size = int(length[hypothesis.source])
        for match in (match for wording in hypothesis.wordings for match in wording.matches):
            for token in range(match.source, match.source + size):
                owned[token] = max(owned[token], size)
    found = []
    for hypothesis in kept:
        size = int(length[hypothesis.source])
        main, *others = hypothesis.wordings
        if hypothesis.method is Method.WORDING:
            left = [tuple(m for m in w.matches if owned[m.source] <= size) for w in others]
            rest = [replace(w, matches=m) for w, m in zip(others, left, strict=True) if m]
            others = sorted(rest, key=lambda w: -len(w.matches))
        if others:
            found.append(replace(hypothesis, wordings=(main, *others)))
    return found


def _tokens(hypothesis: Hypothesis) -> set[int]:
    return {
        token
        for wording in hypothesis.wordings
        for place in wording.places
        for token in place.tokens()
    }


def _share(hypothesis: Hypothesis, tokens: set[int]) -> float:
    """Return the share of the places of a hypothesis that touch some tokens."""
    places = [place for wording in hypothesis.wordings for place in wording.places]
    return sum(not tokens.isdisjoint(place.tokens()) for place in places) / len(places)


def _stands_for(rival: Hypothesis, best: Hypothesis, taken: set[int]) -> bool:
    """Tell whether a rival is about the places of the best one, and nearly as likely."""
    if rival is best:
        return True
    if rival.score < _NEARLY * best.score or (rival.method is Method.SURFACE):
        return False
    return (
        _share(best, _tokens(rival)) >= _MOST_SHARED
        and _share(rival, _tokens(best)) >= _MOST_SHARED
        and _share(rival, taken) < _MOST_SHARED
    )


def _drift(hypothesis: Hypothesis) -> int:
    """Return how many places do not have the most frequent wording."""
    return sum(len(wording.matches) for wording in hypothesis.wordings[1:])


def _group(bitext: Bitext, hypothesis: Hypothesis, *, shown: bool) -> TermGroup:
    source = bitext.source
    length = int(source.length[hypothesis.source])
    places = [Place(token, length) for token in source.occurrences(hypothesis.source).tolist()]
    return TermGroup(
        source=source.words.shown(places),
        kind=_kind(bitext, hypothesis),
        score=round(hypothesis.score, 3),
        renderings=tuple(_rendering(bitext, wording) for wording in hypothesis.wordings),
        source_occurrences=_occurrences(bitext, source.words, places),
        stray=not shown,
    )


def _kind(bitext: Bitext, hypothesis: Hypothesis) -> GroupKind:
    main, *others = hypothesis.wordings
    if hypothesis.method is not Method.SURFACE:
        misspelt = all(is_misspelt(bitext, other, main) for other in others)
        return GroupKind.SPELLING if misspelt else GroupKind.TERM
    forms = [
        {bitext.target.words.text(p.token, p.length).lower() for p in w.places}
        for w in (main, others[0])
    ]
    return GroupKind.SPELLING if forms[0].isdisjoint(forms[1]) else GroupKind.CASE


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
