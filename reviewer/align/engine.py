"""The passes: align, learn from the alignment, align better."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from reviewer.align.bands import MOST_CELLS, Piece, banded_piece, batches
from reviewer.align.confidence import alone_confidence, bead_confidence
from reviewer.align.decode import best_chain, covered
from reviewer.align.lattice import LARGEST_GROUP, TYPES, log_posteriors
from reviewer.align.lengths import Background, LengthModel
from reviewer.align.lexicon import WeightedBeads, train
from reviewer.align.likeness import Explainer
from reviewer.align.marks import MarkModel, MarkTable
from reviewer.align.scores import Scorer
from reviewer.align.trust import START, measured_trust

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from reviewer.align.bands import Batch
    from reviewer.align.evidence import Evidence
    from reviewer.align.lexicon import Counts, Lexicon, Priors
    from reviewer.align.tokens import TokenTable

SHARES = (0.7, 0.6, 0.5, 0.4, 0.35, 0.3)
"""What the background explains of known words, pass by pass; trust in the lexicon grows."""
TRUST_AFTER = (0, 2, 4)
"""The passes after which it is measured how far the words can be believed."""
REACH = (25, 20, 14, 10, 8)
"""Sentences looked at on either side of the path, after each pass."""
LARGEST = (4, 4, 4, 4, LARGEST_GROUP, LARGEST_GROUP)
"""Most sentences of one side of a bead, pass by pass."""
SHORT = 100
"""Beads up to which every pass is made: of so few, those that stay prove little."""
SETTLED = 0.995
"""Share of beads that stay in a pass, from which on the last pass is the next."""
LEAST_PASSED_ON = 0.02
LEAST_TRAINED = 0.1
LEAST_FINAL = 1e-3
CUT_ROWS = 64
SURE = 0.98
_MOST_LEXICAL_CELLS = 1_500_000

_TYPE_SIZES = np.array(TYPES, np.int64)


@dataclass(frozen=True)
class Texts:
    """What is read of both sides.

    Attributes:
        furniture: for each sentence of either side 1 where it is a page's furniture, else 0.
    """

    source: TokenTable
    target: TokenTable
    marks: tuple[MarkTable, MarkTable]
    furniture: tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True)
class Knowledge:
    """What is known of the texts between two passes.

    Attributes:
        lexicon: word translations.
        trust: how far they can be believed, the weight of the words.
    """

    lengths: LengthModel
    lexicon: Lexicon
    marks: MarkModel
    trust: float


@dataclass(frozen=True)
class Found:
    """The best alignment.

    Attributes:
        beads: in order, weighted by confidence.
        alone: for each sentence of either side the probability that it has no counterpart.
    """

    beads: WeightedBeads
    alone: tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass
class Engine:
    """One alignment under way.

    Attributes:
        lexicon: what the words are known to mean at the start.
        pieces: what is to be aligned between the beads that stand.
        fixed: beads that stand (given as anchors); part of the training.
        evidence: what else is known of the texts.
        learned: counts for other documents, after the last training.
    """

    texts: Texts
    priors: Priors
    lexicon: Lexicon
    pieces: Sequence[Piece]
    fixed: WeightedBeads
    check: Callable[[], None]
    step: Callable[[int, int], None]
    evidence: Sequence[Evidence] = ()
    learned: Counts | None = None

    def run(self) -> Found:
        """Align all pieces."""
        pieces = list(self.pieces)
        known = Knowledge(
            LengthModel.start(self.texts.source, self.texts.target),
            self.lexicon,
            MarkModel.learned(*self.texts.marks, self.fixed),
            START,
        )
        beads = chain = _no_beads()
        number = 0
        while True:
            last = number == len(SHARES) - 1
            share = SHARES[number]
            scorer = self._scorer(known, share, pieces, LARGEST[number])
            least = LEAST_FINAL if last else LEAST_PASSED_ON
            beads = self._aligned(pieces, scorer, least, number)
            before = chain
            chain = beads.taken(best_chain(beads, self.texts.source.size, self.texts.target.size))
            if last:
                return self._judged(known, beads, chain)
            settled = number >= 2 and len(chain) > SHORT and kept(before, chain) >= SETTLED
            known = self._learned(known, beads, chain, number)
            self.evidence = [each.updated(beads) for each in self.evidence]
            pieces = narrowed(pieces, chain, REACH[number], cut=number >= 1)
            number = len(SHARES) - 1 if settled else number + 1

    def _judged(self, known: Knowledge, beads: WeightedBeads, chain: WeightedBeads) -> Found:
        sides = self.texts.source, self.texts.target
        weight = bead_confidence(*sides, chain, known.lengths.ratio, known.trust)
        ours, theirs = (covered(beads, side.size, n) for n, side in enumerate(sides))
        alone = alone_confidence(ours), alone_confidence(theirs)
        return Found(replace(chain, weight=weight), alone)

    def _scorer(
        self, known: Knowledge, share: float, pieces: Sequence[Piece], largest: int
    ) -> Scorer:
        self.check()
        wide = max((piece.cells for piece in pieces), default=0) > _MOST_LEXICAL_CELLS
        lexicon, sides = known.lexicon, (self.texts.source, self.texts.target)
        return Scorer(
            *sides,
            known.lengths,
            Background.of(self.texts.target),
            None if wide else Explainer.of(*sides, lexicon.forward, share),
            None if wide else Explainer.of(*sides[::-1], lexicon.backward, share),
            known.marks,
            known.trust,
            self.texts.furniture,
            largest,
            self.check,
            self.evidence,
        )

    def _learned(
        self, known: Knowledge, beads: WeightedBeads, chain: WeightedBeads, number: int
    ) -> Knowledge:
        """Learn from the beads of pass `number`, the best chain of them among them."""
        sides = self.texts.source, self.texts.target
        standing = _in_order([self.fixed, beads])
        gaps = (1 - np.minimum(covered(standing, self.texts.source.size, 0), 1)).sum()
        gaps += (1 - np.minimum(covered(standing, self.texts.target.size, 1), 1)).sum()
        lengths = known.lengths.updated(*sides, standing, float(gaps))
        marks = MarkModel.learned(*self.texts.marks, standing)
        both = _in_order([self.fixed, beads.taken(beads.weight > LEAST_TRAINED)])
        if not len(both):
            return Knowledge(lengths, known.lexicon, marks, known.trust)
        lexicon, self.learned = train(*sides, both, self.priors, self.check)
        trust = known.trust
        if number in TRUST_AFTER:
            sure = _in_order([self.fixed, chain])
            trust = measured_trust(sides, sure, self.priors, SHARES[number + 1], self.check)
        return Knowledge(lengths, lexicon, marks, trust)

    def _aligned(
        self, pieces: Sequence[Piece], scorer: Scorer, least: float, number: int
    ) -> WeightedBeads:
        """Return all beads with a posterior of at least `least`."""
        found = [_no_beads()]
        todo = sum(piece.rows for piece in pieces) * len(SHARES)
        done = number * (todo // len(SHARES))
        for batch in batches(pieces):
            scores = scorer.scores(batch)
            log_posteriors(batch, scores, scorer.gaps(batch), self.check, scorer.largest)
            found.append(_probable(batch, scores, least))
            done += sum(piece.rows for piece in batch.pieces)
            self.step(done, todo)
        return _in_order(found)


def _no_beads() -> WeightedBeads:
    nothing = np.zeros(0, np.int64)
    return WeightedBeads(nothing, nothing, nothing, nothing, np.zeros(0))


def _in_order(parts: Sequence[WeightedBeads]) -> WeightedBeads:
    """Join beads and sort them by place."""
    joined = WeightedBeads(
        np.concatenate([part.source for part in parts]),
        np.concatenate([part.source_size for part in parts]),
        np.concatenate([part.target for part in parts]),
        np.concatenate([part.target_size for part in parts]),
        np.concatenate([part.weight for part in parts]),
    )
    keys = joined.target_size, joined.target, joined.source_size, joined.source
    return joined.taken(np.lexsort(keys))


def _probable(batch: Batch, posteriors: NDArray[np.float32], least: float) -> WeightedBeads:
    """Return the beads of a batch with a posterior of at least `least`."""
    row, kind, piece, column = np.nonzero(posteriors > math.log(least))
    sizes = _TYPE_SIZES[kind]
    return WeightedBeads(
        batch.source_starts[piece] + row - sizes[:, 0],
        sizes[:, 0],
        batch.lows[row, piece] + column - sizes[:, 1],
        sizes[:, 1],
        np.minimum(np.exp(posteriors[row, kind, piece, column].astype(np.float64)), 1.0),
    )


def kept(before: WeightedBeads, after: WeightedBeads) -> float:
    """Return the share of the beads after a pass that stood there before it, 0-1."""
    if not len(after):
        return 0.0
    was, now = (
        set(zip(*(side.tolist() for side in places), strict=True))
        for places in (
            (before.source, before.source_size, before.target, before.target_size),
            (after.source, after.source_size, after.target, after.target_size),
        )
    )
    return len(was & now) / len(now)


def narrowed(
    pieces: Sequence[Piece], chain: WeightedBeads, reach: int, *, cut: bool
) -> list[Piece]:
    """Return pieces with bands around a chain of beads, cut inside sure stretches if asked.

    Where the chain has wide holes a band of its own would be the whole rectangle between their
    ends; a piece too large for one batch stays inside the band that it had.
    """
    out = []
    starts = chain.source
    for piece in sorted(pieces, key=lambda one: one.source_start):
        inside = np.arange(
            np.searchsorted(starts, piece.source_start), np.searchsorted(starts, piece.source_end)
        )
        low, high = _path(piece, chain, inside)
        nodes = [(piece.source_start, piece.target_start)]
        nodes += _cuts(chain, inside) if cut else []
        nodes.append((piece.source_end, piece.target_end))
        for (s0, t0), (s1, t1) in pairwise(nodes):
            rows = slice(s0 - piece.source_start, s1 - piece.source_start + 1)
            if s1 > s0 and t1 > t0:
                ranges = s0, s1, t0, t1
                new = banded_piece(ranges, low[rows], high[rows], reach)
                if new.cells > max(new.rows * piece.width, MOST_CELLS):
                    inner = _inside(piece, low, high)
                    new = banded_piece(ranges, inner[0][rows], inner[1][rows], 0)
                out.append(new)
    return out


def _inside(
    piece: Piece, low: NDArray[np.int64], high: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return what of a path lies in the band that the piece has."""
    return np.maximum(low, piece.lows), np.minimum(high, piece.lows + piece.width - 1)


def _path(
    piece: Piece, chain: WeightedBeads, inside: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the lowest and highest target node of the chain at every source node."""
    low = np.full(piece.rows, piece.target_start)
    high = np.full(piece.rows, piece.target_end)
    first = chain.source[inside] - piece.source_start
    after = first + chain.source_size[inside]
    low[after] = (chain.target + chain.target_size)[inside]
    high[first] = chain.target[inside]
    low = np.maximum.accumulate(low)
    high = np.minimum.accumulate(high[::-1])[::-1]
    return low, np.maximum(low, high)


def _cuts(chain: WeightedBeads, inside: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return nodes in the middle of runs of four sure beads, CUT_ROWS or more apart."""
    if len(inside) < 2 * CUT_ROWS:
        return []
    first, sure = int(inside[0]), chain.weight[inside] > SURE
    ends = (chain.source + chain.source_size)[inside]
    stops = (chain.target + chain.target_size)[inside]
    joined = (ends[:-1] == chain.source[inside][1:]) & (stops[:-1] == chain.target[inside][1:])
    good = sure[:-3] & sure[1:-2] & sure[2:-1] & sure[3:]
    good &= joined[:-2] & joined[1:-1] & joined[2:]
    nodes: list[tuple[int, int]] = []
    last = first
    for place in (np.flatnonzero(good) + 2 + first).tolist():
        if place - last >= CUT_ROWS and inside[-1] - place >= CUT_ROWS // 2:
            nodes.append((int(chain.source[place]), int(chain.target[place])))
            last = place
    return nodes
