"""Find the source terms that received several renderings, without a termbase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.errors import Cancelled
from reviewer.terms.bitext import Bitext, read_bitext
from reviewer.terms.candidates import Assessor, Candidate
from reviewer.terms.cover import cover, without_minor, wording
from reviewer.terms.groups import arrange
from reviewer.terms.nesting import Nesting
from reviewer.terms.ranking import score
from reviewer.terms.slots import read_slots
from reviewer.terms.stray import find_strays
from reviewer.terms.surface import find_surface_drift
from reviewer.terms.wording import Hypothesis, Method

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reviewer.model import Pair, TermGroup
    from reviewer.terms.priors import Priors

_LEAST_SCORE = 6.0
_ANCHOR_COVERAGE = 0.8
_ANCHOR_PRECISION = 0.6
_COVER_PRECISION = 0.6
_MOST_PENALTY = 0.34
_MOST_UNCOVERED = 0.4
_STEP = 64


def find_groups(
    pairs: Sequence[Pair],
    source_language: str,
    target_language: str,
    *,
    priors: Priors | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[TermGroup]:
    """Return the source terms with several renderings, best first, the lower tier last.

    Args:
        pairs: of one document, in order, with the texts as they stand now.
        source_language: BCP 47 tag.
        target_language: BCP 47 tag.
        priors: what is known beforehand; None for nothing.
        progress: called with (done, total) now and then.
        cancelled: asked now and then.

    Raises:
        Cancelled: when `cancelled` says so.
    """
    bitext = read_bitext(pairs, source_language, target_language)
    assessor, nesting = Assessor(bitext, priors), Nesting(bitext)
    found: list[Hypothesis] = []
    total = len(bitext.source)
    for number in range(total):
        if number % _STEP == 0:
            if cancelled is not None and cancelled():
                raise Cancelled("The search for terms was stopped.")
            if progress is not None:
                progress(number, total)
        if bitext.source.candidate[number]:
            found += _hypotheses(bitext, assessor, nesting, number)
    return arrange(bitext, found)


def _hypotheses(
    bitext: Bitext, assessor: Assessor, nesting: Nesting, source: int
) -> Iterator[Hypothesis]:
    """Yield what one source phrase may show: a drift, or a stray; and a surface drift."""
    candidates = assessor.candidates(source)
    if not candidates:
        return
    places = bitext.source.places(source)
    if not nesting.is_nested(source):
        drift = _drift(bitext, source, candidates, places)
        if drift is not None and drift.score >= _LEAST_SCORE:
            yield drift
    stray = find_strays(bitext, source, candidates, places)
    if stray is not None:
        yield stray
    surface = find_surface_drift(bitext, source, candidates, places)
    if surface is not None:
        yield surface


def _drift(
    bitext: Bitext,
    source: int,
    candidates: Sequence[Candidate],
    places: Mapping[int, Sequence[int]],
) -> Hypothesis | None:
    anchor = max(
        (
            c
            for c in candidates
            if c.coverage >= _ANCHOR_COVERAGE and c.precision >= _ANCHOR_PRECISION
        ),
        key=lambda c: (c.weight, -len(c.keys), c.keys),
        default=None,
    )
    if anchor is None:
        return _covered(bitext, source, candidates, places)
    if not bitext.target.words.rules.spaced:
        return _extended(bitext, source, anchor, candidates, places)
    contents = len(bitext.source_contents(bitext.source.keys(source)))
    if contents < max(2, anchor.contents):
        return None
    wordings = read_slots(bitext, source, anchor, places)
    if not wordings:
        return None
    return Hypothesis(source, wordings, Method.SLOT, score(bitext, source, wordings, 0.8))


def _covered(
    bitext: Bitext,
    source: int,
    candidates: Sequence[Candidate],
    places: Mapping[int, Sequence[int]],
) -> Hypothesis | None:
    good = [c for c in candidates if c.precision >= _COVER_PRECISION and c.penalty < _MOST_PENALTY]
    chosen = cover(good, places)
    uncovered = len(places.keys() - frozenset[int]().union(*(c.pairs for c in chosen)))
    if len(chosen) < 2 or uncovered > _MOST_UNCOVERED * len(places):
        return None
    return _made_of(bitext, source, without_minor(chosen), places)


def _extended(
    bitext: Bitext,
    source: int,
    anchor: Candidate,
    candidates: Sequence[Candidate],
    places: Mapping[int, Sequence[int]],
) -> Hypothesis | None:
    """Return the longer phrases around the anchor that divide its pairs between them."""
    longer = [
        c
        for c in candidates
        if 0 < len(c.keys) - len(anchor.keys) <= 4
        and _holds(c.keys, anchor.keys)
        and c.coverage < _ANCHOR_COVERAGE
        and c.precision >= 0.75
        and c.penalty < _MOST_PENALTY
    ]
    chosen = cover(longer, places)
    uncovered = len(places.keys() - frozenset[int]().union(*(c.pairs for c in chosen)))
    if len(chosen) < 2 or uncovered > _MOST_PENALTY * len(places):
        return None
    return _made_of(bitext, source, chosen, places)


def _made_of(
    bitext: Bitext,
    source: int,
    chosen: Sequence[Candidate],
    places: Mapping[int, Sequence[int]],
) -> Hypothesis | None:
    if len(chosen) < 2:
        return None
    length = int(bitext.source.length[source])
    wordings = [wording(bitext, c, places, length) for c in chosen]
    wordings.sort(key=lambda w: (-len(w.places), w.places))
    reliability = sum(c.weight for c in chosen) / sum(len(c.pairs) for c in chosen)
    value = score(bitext, source, wordings, reliability)
    return Hypothesis(source, tuple(wordings), Method.COVER, value)


def _holds(longer: Sequence[int], shorter: Sequence[int]) -> bool:
    size = len(shorter)
    return any(
        tuple(longer[start : start + size]) == tuple(shorter)
        for start in range(len(longer) - size + 1)
    )
