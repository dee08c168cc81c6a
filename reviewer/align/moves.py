"""Sentences whose translation stands in another place of the order.

The alignment never crosses: what was moved stands without counterpart on both sides, in pairs
that are doubtful, or swallowed by a neighbour's pair, whose other side says nothing of it. A
lexicon learned from the sure pairs tells which of these belong together.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from reviewer.align.cognates import cognates, spans
from reviewer.align.lengths import Background, LengthModel
from reviewer.align.lexicon import PairLexicon, WeightedBeads, known_pairs, train
from reviewer.align.tokens import token_table
from reviewer.align.trust import measured_trust, word_scores
from reviewer.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from reviewer.align.column import Cancelled as IsCancelled
    from reviewer.align.column import Column
    from reviewer.align.lexicon import Lexicon
    from reviewer.align.tokens import TokenTable
    from reviewer.align.trust import Tables
    from reviewer.model import Bead

DOUBTFUL = 0.5
SURE = 0.8
"""Pairs below DOUBTFUL may have been moved, from those above SURE the lexicon learns."""
FEWEST_SURE = 12
MOST_ORPHANS = 4000
SHARE = 0.3
MOST_PAIRS = 250_000
CANDIDATES = 8
MARGIN = 3.0
"""Log odds beyond those of the best of so many chances."""
ALONE = 2.0
"""So much more where a sentence moved alone."""
FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Move:
    """Segments that belong together across the order.

    Attributes:
        source_start, source_end: range of source segments.
        target_start, target_end: range of target segments.
        confidence: 0-1.
    """

    source_start: int
    source_end: int
    target_start: int
    target_end: int
    confidence: float


def find_moves(
    source: Column,
    target: Column,
    beads: Sequence[Bead],
    source_language: str,
    target_language: str,
    *,
    lexicon: PairLexicon | None = None,
    cancelled: IsCancelled | None = None,
) -> tuple[Move, ...]:
    """Return what was moved, in the order of the source; no segment is in two moves.

    `beads` are the pairs as they stand; only what stands alone or in a doubtful pair is looked
    at. `lexicon` holds what other documents taught.
    """

    def check() -> None:
        if cancelled is not None and cancelled():
            raise Cancelled("The search for moved sentences was stopped.")

    sure = _sure(beads)
    if len(sure) < FEWEST_SURE:
        return ()
    tables = token_table(source.texts, check), token_table(target.texts, check)
    taught = (lexicon or PairLexicon()).for_languages(source_language, target_language)
    priors = replace(known_pairs(taught, *tables), cognates=cognates(*tables, check))
    learned, _ = train(*tables, sure, priors, check)
    ours, theirs = (_orphans(tables, learned, beads, side, check) for side in (0, 1))
    orphans = ours, theirs
    if not all(0 < len(side) <= MOST_ORPHANS for side in orphans):
        return ()
    pairs = _pairs(tables, orphans, learned, check)
    pairs = pairs[_crosses(sure, pairs)]
    if not len(pairs):
        return ()
    trust = measured_trust(tables, sure, priors, SHARE, check)
    odds = _log_odds(tables, sure, learned, trust, pairs)
    return _moves(pairs, odds, math.log(max(map(len, orphans))) + MARGIN)


def _orphans(
    tables: Tables,
    lexicon: Lexicon,
    beads: Sequence[Bead],
    side: int,
    check: Callable[[], None],
) -> NDArray[np.int64]:
    """Return the segments of a side that may belong elsewhere."""
    check()
    lost: list[int] = []
    loose: list[tuple[int, int, int]] = []
    for bead in beads:
        ranges = (bead.source_start, bead.source_end), (bead.target_start, bead.target_end)
        own, other = ranges[side], ranges[1 - side]
        if other[0] == other[1] or bead.confidence < DOUBTFUL:
            lost.extend(range(*own))
        elif own[1] - own[0] > 1:
            loose.extend((number, *other) for number in range(*own))
    table = np.array(loose, np.int64).reshape(-1, 3)
    ours = table[:, 0], np.ones(len(table), np.int64)
    theirs = table[:, 1], table[:, 2] - table[:, 1]
    said = word_scores(tables, lexicon, SHARE, *((ours, theirs) if side == 0 else (theirs, ours)))
    found = np.unique(np.concatenate((np.array(lost, np.int64), table[said < 0, 0])))
    return found[_unlike_others(tables[side], found)]


def _unlike_others(table: TokenTable, which: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which of some sentences have words, and are not there twice among them.

    What is repeated may belong to many places; copies that have found theirs do not count.
    """
    letters = np.array([word[:1].isalpha() for word in table.words], bool)[table.tokens]
    words = np.concatenate(([0], np.cumsum(letters)))
    starts, ends = table.starts[which], table.starts[which + 1]
    bounds = zip(starts.tolist(), ends.tolist(), strict=True)
    forms = [table.tokens[start:end].tobytes() for start, end in bounds]
    often = Counter(forms)
    once = np.array([often[form] == 1 for form in forms], bool)
    return np.asarray(once & (words[ends] - words[starts] >= FEWEST_WORDS))


def _sure(beads: Sequence[Bead]) -> WeightedBeads:
    """Return the pairs with two sides that are beyond doubt, in order."""
    rows = [
        (
            bead.source_start,
            bead.source_end - bead.source_start,
            bead.target_start,
            bead.target_end - bead.target_start,
        )
        for bead in beads
        if bead.confidence >= SURE
        and bead.source_end > bead.source_start
        and bead.target_end > bead.target_start
    ]
    table = np.array(sorted(rows), np.int64).reshape(-1, 4)
    one = np.ones(len(table))
    return WeightedBeads(table[:, 0], table[:, 1], table[:, 2], table[:, 3], one)


def _pairs(
    tables: Tables,
    orphans: tuple[NDArray[np.int64], NDArray[np.int64]],
    lexicon: Lexicon,
    check: Callable[[], None],
) -> NDArray[np.int64]:
    """Return (n, 2) pairs of orphans to be looked at: all, or those that share words."""
    ours, theirs = orphans
    if len(ours) * len(theirs) <= MOST_PAIRS:
        return np.stack((ours.repeat(len(theirs)), np.tile(theirs, len(ours))), axis=1)
    return _candidates(tables, orphans, lexicon, check)


def _candidates(
    tables: Tables,
    orphans: tuple[NDArray[np.int64], NDArray[np.int64]],
    lexicon: Lexicon,
    check: Callable[[], None],
) -> NDArray[np.int64]:
    """Return (n, 2) pairs of orphans: for each source those targets that its words lead to."""
    source, target = tables
    size = len(orphans[1])
    counts = target.counts[orphans[1]]
    tokens = target.tokens[spans(target.starts[orphans[1]], counts)]
    order = np.argsort(tokens, kind="stable")
    place = np.arange(size).repeat(counts)[order]
    first = np.searchsorted(tokens[order], np.arange(len(target.words) + 1))
    found = []
    for number in orphans[0].tolist():
        check()
        own = np.unique(source.tokens[source.starts[number] : source.starts[number + 1]])
        starts = lexicon.forward.starts[own]
        entry = spans(starts, lexicon.forward.starts[own + 1] - starts)
        other = lexicon.forward.other[entry]
        worth = np.log1p(lexicon.forward.value[entry] / target.probability[other])
        there = first[other + 1] - first[other]
        votes = np.bincount(place[spans(first[other], there)], worth.repeat(there), size)
        best = np.argsort(-votes, kind="stable")[:CANDIDATES]
        found += [(number, int(orphans[1][k])) for k in best.tolist() if votes[k] > 0]
    return np.array(found, np.int64).reshape(-1, 2)


def _crosses(sure: WeightedBeads, pairs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which pairs have a sure bead between them."""
    before = np.searchsorted(sure.source, pairs[:, 0])
    above = np.searchsorted(sure.target, pairs[:, 1])
    return np.asarray(before != above)


def _log_odds(
    tables: Tables,
    sure: WeightedBeads,
    lexicon: Lexicon,
    trust: float,
    pairs: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return what words and lengths say of pairs of single sentences."""
    source, target = tables
    lengths = LengthModel.start(*tables).updated(*tables, sure, 0.0)
    density = Background.of(target).log_density[0][pairs[:, 1]]
    by_length = lengths.score(
        source.lengths[pairs[:, 0]].astype(np.float32),
        target.lengths[pairs[:, 1]].astype(np.float32),
        density,
    )
    one = np.ones(len(pairs), np.int64)
    ranges = (pairs[:, 0], one), (pairs[:, 1], one)
    return np.asarray(trust * word_scores(tables, lexicon, SHARE, *ranges) + by_length)


def _moves(pairs: NDArray[np.int64], odds: NDArray[np.float64], least: float) -> tuple[Move, ...]:
    """Return the runs of pairs, each a step further on both sides, with odds above `least`.

    The surest come first; no segment is taken twice. What stands between sure ones moves along.
    """
    order = np.lexsort((pairs[:, 0], pairs[:, 1] - pairs[:, 0]))
    runs: list[tuple[float, int, int, int]] = []
    pairs, odds = pairs[order], odds[order]
    joined = (np.diff(pairs, axis=0) == 1).all(axis=1)
    edges = [0, *(np.flatnonzero(~joined) + 1).tolist(), len(pairs)]
    for start, end in pairwise(edges):
        if odds[start:end].clip(0).sum() > least:
            runs += [
                (said, *pairs[start + first].tolist(), last - first)
                for said, first, last in _heavy(odds[start:end].tolist(), least)
            ]
    taken: tuple[set[int], set[int]] = set(), set()
    moves = []
    for said, i, j, size in sorted(runs, reverse=True):
        own = set(range(i, i + size)), set(range(j, j + size))
        if size == 1 and said < least + ALONE:
            continue
        if taken[0].isdisjoint(own[0]) and taken[1].isdisjoint(own[1]):
            taken[0].update(own[0])
            taken[1].update(own[1])
            confidence = 1 / (1 + math.exp(-min(said - least + MARGIN, 30.0)))
            moves.append(Move(i, i + size, j, j + size, confidence))
    return tuple(sorted(moves, key=lambda move: move.source_start))


def _heavy(odds: list[float], least: float) -> list[tuple[float, int, int]]:
    """Return the parts of a row of numbers with sums above `least`, the heaviest first.

    As (sum, start, end); each is as heavy as any part of what the others leave.
    """
    best, first, last = 0.0, 0, 0
    total, start = 0.0, 0
    for place, said in enumerate(odds):
        if total <= 0:
            total, start = 0.0, place
        total += said
        if total > best:
            best, first, last = total, start, place + 1
    if best <= least:
        return []
    left = [(said, a, b) for said, a, b in _heavy(odds[:first], least)]
    right = [(said, a + last, b + last) for said, a, b in _heavy(odds[last:], least)]
    return [(best, first, last), *left, *right]
