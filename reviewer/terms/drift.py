"""Find the source terms that received several renderings, without a termbase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.terms.bitext import Bitext, read_bitext
from reviewer.terms.candidates import find_candidates
from reviewer.terms.elimination import Elimination
from reviewer.terms.groups import arrange
from reviewer.terms.merging import distinct
from reviewer.terms.names import MOST_WORDINGS, without_common_words
from reviewer.terms.nesting import Nesting
from reviewer.terms.ranking import score
from reviewer.terms.reading import Reader
from reviewer.terms.repeated import repeated
from reviewer.terms.surface import find_surface_drift
from reviewer.terms.watch import Watch
from reviewer.terms.wording import Found, Hypothesis, Match, Method, Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reviewer.model import Pair, TermGroup
    from reviewer.terms.again import LastSearch
    from reviewer.terms.priors import Priors

_UNWATCHED = Watch()
_MOST_UNCOVERED = 0.5
_MOST_UNCOVERED_OF_MANY = 0.2
_MANY = 100
_LEAST_FIT = 0.65
_FEWEST = 3
_MANY_WORDINGS = 0.4


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
        progress: called with (done, 100) now and then.
        cancelled: asked now and then.

    Raises:
        Cancelled: when `cancelled` says so.
    """
    watch = Watch(progress, cancelled)
    bitext = read_bitext(pairs, source_language, target_language, priors, watch.part(0, 0.4))
    return groups_of(bitext, watch.part(0.4, 1))


def groups_of(
    bitext: Bitext, watch: Watch = _UNWATCHED, last: LastSearch | None = None
) -> list[TermGroup]:
    """Return the groups of pairs that were read, as `find_groups` does; may raise Cancelled.

    What the `last` search found stands where nothing has changed; the result is the same.
    """
    return arrange(bitext, list(find_hypotheses(bitext, watch, last)))


def find_hypotheses(
    bitext: Bitext, watch: Watch = _UNWATCHED, last: LastSearch | None = None
) -> Iterator[Hypothesis]:
    """Yield every source phrase that may have several wordings, however unlikely."""
    elimination, nesting = Elimination(bitext), Nesting(bitext)
    still = last.still(bitext, nesting) if last is not None else {}
    found: dict[int, Found] = {}
    total = len(bitext.source)
    # A word that stands everywhere takes half a second.
    for number in watch.each(range(total), total, 1):
        if bitext.source.candidate[number]:
            shown = still.get(number) or _look_at(bitext, elimination, nesting, number)
            found[number] = shown
            yield from _judged(bitext, elimination, number, shown)
    if last is not None:
        last.keep(bitext, nesting, found)


def _look_at(bitext: Bitext, elimination: Elimination, nesting: Nesting, source: int) -> Found:
    """Return what one source phrase may show: several wordings, several spellings.

    It may look at the pairs of the phrase, at where their target words and phrases stand, and at
    nothing of the document as a whole: the result is kept after an edit elsewhere (`again`).
    """
    reader = Reader(bitext, source, bitext.source.places(source))
    candidates = find_candidates(bitext, elimination, source, reader.places)
    wordings: list[Wording] = []
    if not candidates:
        return Found()
    if not nesting.is_nested(source):
        wordings = repeated(bitext, candidates, reader)
        if wordings:
            alone = _single(bitext, reader, wordings, nesting)
            wordings = distinct(bitext, reader, [*wordings, *alone])
            wordings = without_common_words(bitext, wordings)
    several = tuple(wordings) if len(wordings) > 1 else ()
    return Found(several, find_surface_drift(bitext, candidates, reader))


def _judged(
    bitext: Bitext, elimination: Elimination, source: int, found: Found
) -> Iterator[Hypothesis]:
    """Yield what a source phrase shows with its probability."""
    if found.wordings:
        reader = Reader(bitext, source, bitext.source.places(source))
        known = any(elimination.is_known(source, w.keys) for w in found.wordings)
        value = score(bitext, reader, found.wordings, known=known)
        if len(found.wordings) > MOST_WORDINGS:
            value *= _MANY_WORDINGS
        yield Hypothesis(source, found.wordings, Method.WORDING, value)
    if found.surface is not None:
        yield found.surface


def _single(
    bitext: Bitext, reader: Reader, wordings: Sequence[Wording], nesting: Nesting
) -> list[Wording]:
    """Return what renders the occurrences that the wordings leave open, each read by itself.

    Nothing where the wordings leave too much open to know what the rendering is. An occurrence
    inside a longer term that is consistently rendered is that term's, as it is after a unify.
    """
    rendered = {match.source for w in wordings for match in w.matches}
    open_ = [t for ts in reader.places.values() for t in ts if t not in rendered]
    total = len(rendered) + len(open_)
    most = _MOST_UNCOVERED if total < _MANY else _MOST_UNCOVERED_OF_MANY
    if not open_ or total < _FEWEST or len(open_) > max(1, most * total):
        return []
    taken = frozenset(t for w in wordings for place in w.places for t in place.tokens())
    known = [w.keys for w in wordings]
    found: dict[tuple[int, ...], list[tuple[Match, float]]] = {}
    for token in (token for token in open_ if not nesting.holds(reader.source, token)):
        read = reader.read(token, known, taken)
        if read is not None and read[0].fit >= _LEAST_FIT:
            place = read[0].place
            keys = bitext.target.words.key[place.token : place.token + place.length]
            found.setdefault(tuple(keys.tolist()), []).append(read)
    return [
        Wording(
            keys,
            tuple(sorted(match for match, _ in read)),
            read=True,
            lead=sum(lead for _, lead in read) / len(read),
        )
        for keys, read in found.items()
    ]
