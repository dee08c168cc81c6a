"""Find the source terms that received several renderings, without a termbase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.errors import Cancelled
from reviewer.terms.bitext import Bitext, read_bitext
from reviewer.terms.candidates import Assessor, Candidate
from reviewer.terms.cover import completed, cover, wording
from reviewer.terms.groups import arrange
from reviewer.terms.merging import distinct
from reviewer.terms.nesting import Nesting
from reviewer.terms.ranking import score
from reviewer.terms.reading import Reader
from reviewer.terms.slots import split
from reviewer.terms.surface import find_surface_drift
from reviewer.terms.wording import Hypothesis, Match, Method, Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reviewer.model import Pair, TermGroup
    from reviewer.terms.priors import Priors

_ANCHOR_COVERAGE = 0.8
_ANCHOR_PRECISION = 0.6
_COVER_PRECISION = 0.6
_MOST_PENALTY = 0.34
_MOST_UNCOVERED = 0.5
_LEAST_FIT = 0.65
_FEWEST = 3
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
    """Yield what one source phrase may show: several wordings, several spellings."""
    candidates = assessor.candidates(source)
    if not candidates:
        return
    reader = Reader(bitext, source, bitext.source.places(source))
    if not nesting.is_nested(source):
        wordings = _repeated(bitext, candidates, reader)
        if wordings:
            wordings = distinct(bitext, reader, [*wordings, *_single(bitext, reader, wordings)])
        if len(wordings) > 1:
            method = Method.STRAY if all(w.read for w in wordings[1:]) else Method.COVER
            value = score(bitext, reader, wordings)
            yield Hypothesis(source, tuple(wordings), method, value)
    surface = find_surface_drift(bitext, candidates, reader)
    if surface is not None:
        yield surface


def _repeated(bitext: Bitext, candidates: Sequence[Candidate], reader: Reader) -> list[Wording]:
    """Return the wordings that are repeated phrases; one, where one stands for the whole term."""
    anchor = max(
        (
            c
            for c in candidates
            if c.coverage >= _ANCHOR_COVERAGE and c.precision >= _ANCHOR_PRECISION
        ),
        key=lambda c: (c.weight, -len(c.keys), c.keys),
        default=None,
    )
    if anchor is not None:
        chosen = [wording(bitext, anchor, reader)]
    else:
        good = [
            c for c in candidates if c.precision >= _COVER_PRECISION and c.penalty < _MOST_PENALTY
        ]
        chosen = cover(bitext, good, reader)
    parts = [part for whole in chosen for part in split(bitext, reader, whole)]
    return [completed(bitext, candidates, reader, part) for part in parts]


def _single(bitext: Bitext, reader: Reader, wordings: Sequence[Wording]) -> list[Wording]:
    """Return what renders the occurrences that the wordings leave open, each read by itself.

    Nothing where the wordings leave too much open to know what the rendering is.
    """
    rendered = {match.source for w in wordings for match in w.matches}
    open_ = [t for ts in reader.places.values() for t in ts if t not in rendered]
    total = len(rendered) + len(open_)
    if not open_ or total < _FEWEST or len(open_) > max(1, _MOST_UNCOVERED * total):
        return []
    taken = frozenset(t for w in wordings for place in w.places for t in place.tokens())
    known = [w.keys for w in wordings]
    found: dict[tuple[int, ...], list[Match]] = {}
    for token in open_:
        read = reader.read(token, known, taken)
        if read is not None and read[0].fit >= _LEAST_FIT:
            place = read[0].place
            keys = bitext.target.words.key[place.token : place.token + place.length]
            found.setdefault(tuple(keys.tolist()), []).append(read[0])
    return [Wording(keys, tuple(sorted(m)), read=True) for keys, m in found.items()]
