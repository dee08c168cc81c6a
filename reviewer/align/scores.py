"""The score of every bead in the band: prior, lengths, words.

Log likelihood ratios against "each side is any text", so beads of different sizes and sentences
without counterpart (score 0 and a gap cost) compete on equal terms.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reviewer.align.lattice import NEVER, TYPES, Gaps
from reviewer.align.likeness import LARGEST_GROUP, likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from reviewer.align.bands import Batch, Piece
    from reviewer.align.evidence import Evidence
    from reviewer.align.lexicon import WeightedBeads
    from reviewer.align.likeness import Explainer
    from reviewer.align.tokens import TokenTable

START_PRIORS = {
    (1, 1): 0.86,
    (2, 1): 0.045,
    (1, 2): 0.045,
    (2, 2): 0.008,
    (3, 1): 0.005,
    (1, 3): 0.005,
    (4, 1): 0.001,
    (1, 4): 0.001,
    (3, 2): 0.001,
    (2, 3): 0.001,
}
PRIOR_BEADS = 20
LEXICAL_WEIGHT = 0.6
BY_LENGTH = 0.97
"""Share of beads whose lengths follow the model; the rest may have any."""
GAP_OPENING = -7.5
GAP_SENTENCE = -1.5
_BLOCK_CELLS = 100_000


@dataclass(frozen=True)
class Background:
    """Log-normal model of the length of 1-4 consecutive sentences of any text."""

    log_density: tuple[NDArray[np.float32], ...]

    @classmethod
    def of(cls, table: TokenTable) -> Background:
        """Fit it; `log_density[b - 1][j]` is of the b sentences that start at j."""
        densities = []
        for size in range(1, LARGEST_GROUP + 1):
            total = table.cumulative[size:] - table.cumulative[:-size]
            mean, spread = math.log(50), 1.0
            if table.size > size:
                logs = np.log(total)
                mean, spread = float(logs.mean()), max(float(logs.std()), 0.2)
            z = (np.log(total) - mean) / spread
            density = -0.5 * z * z - np.log(spread * total * math.sqrt(2 * math.pi))
            padding = np.zeros(table.size + 1 - len(density))
            densities.append(np.concatenate((density, padding)).astype(np.float32))
        return cls(tuple(densities))


@dataclass(frozen=True)
class LengthModel:
    """Target characters per source character, and bead types (Gale & Church 1993).

    Attributes:
        ratio: target characters per source character.
        variance: of the difference, per character.
        priors: log probability of each of TYPES.
    """

    ratio: float
    variance: float
    priors: NDArray[np.float32]

    @classmethod
    def start(cls, source: TokenTable, target: TokenTable) -> LengthModel:
        """Return the model before any bead is known."""
        ratio = float(target.lengths.sum() / source.lengths.sum())
        priors = np.log(np.array([START_PRIORS[kind] for kind in TYPES], np.float32))
        return cls(ratio, 3.5 * (1 + ratio), priors)

    def updated(
        self, source: TokenTable, target: TokenTable, beads: WeightedBeads, gaps: float
    ) -> LengthModel:
        """Return the model re-estimated from beads; `gaps` sentences had no counterpart."""
        total = float(beads.weight.sum()) + gaps + PRIOR_BEADS
        priors = []
        for a, b in TYPES:
            there = (beads.source_size == a) & (beads.target_size == b)
            count = float(beads.weight[there].sum()) + PRIOR_BEADS * START_PRIORS[a, b]
            priors.append(max(count / total, 3e-4))
        model = replace(self, priors=np.log(np.array(priors, np.float32)))
        single = (beads.source_size == 1) & (beads.target_size == 1) & (beads.weight > 0.3)
        if single.sum() <= PRIOR_BEADS:
            return model
        weight = beads.weight[single]
        ours = source.lengths[beads.source[single]]
        theirs = target.lengths[beads.target[single]]
        ratio = float((weight * theirs).sum() / (weight * ours).sum())
        squared = (theirs - ratio * ours) ** 2 / ((ours + theirs / ratio) / 2 * ratio)
        squared = np.minimum(squared, np.quantile(squared, 0.97))
        variance = max(0.5, 1.05 * float((weight * squared).sum() / weight.sum()))
        return replace(model, ratio=ratio, variance=variance)

    def score(
        self, ours: NDArray[np.float32], theirs: NDArray[np.float32], density: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return the log likelihood ratio of lengths; `density` is the background's."""
        c, v = np.float32(self.ratio), np.float32(self.variance)
        variance = (ours + theirs / c) * (v * c / 2) + np.float32(1)
        exponent = (theirs - c * ours) ** 2 / variance + np.log(variance)
        exponent += np.float32(math.log(2 * math.pi))
        exponent *= np.float32(-0.5)
        exponent -= density
        ratio = np.exp(np.minimum(exponent, np.float32(50)))
        ratio *= np.float32(BY_LENGTH)
        ratio += np.float32(1 - BY_LENGTH)
        return np.asarray(np.log(ratio))


@dataclass(frozen=True)
class Scorer:
    """Everything the score of a bead is made of.

    Attributes:
        forward: source words explain target words; None for lengths alone.
        backward: the other way round.
        evidence: what else is known of the texts.
    """

    source: TokenTable
    target: TokenTable
    lengths: LengthModel
    background: Background
    forward: Explainer | None
    backward: Explainer | None
    check: Callable[[], None]
    evidence: Sequence[Evidence] = ()

    def scores(self, batch: Batch) -> NDArray[np.float32]:
        """Return (rows, types, pieces, width): the bead that ends at each node, or NEVER."""
        shape = (batch.rows, len(TYPES), len(batch.pieces), batch.width)
        out = np.full(shape, NEVER, np.float32)
        words = self._words(batch)
        step = max(1, _BLOCK_CELLS // (shape[2] * shape[3]))
        for row in range(1, batch.rows, step):
            self.check()
            _Block(self, batch, words, row, min(row + step, batch.rows)).fill(out)
        for each in self.evidence:
            each.add(batch, out, self.check)
        return out

    def gaps(self, batch: Batch) -> Gaps:
        """Return the cost of sentences without counterpart."""
        nodes = batch.lows[:, :, None] + np.arange(batch.width)
        return Gaps(
            GAP_OPENING,
            np.full(batch.lows.shape, GAP_SENTENCE),
            ((nodes - batch.target_starts[:, None]) * GAP_SENTENCE).astype(np.float64),
        )

    def _words(self, batch: Batch) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
        """Return the two likenesses as (group size, rows, pieces, width), by start node."""
        if self.forward is None or self.backward is None:
            return None
        shape = (LARGEST_GROUP, batch.rows, len(batch.pieces), batch.width)
        ours, theirs = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        for column, piece in enumerate(batch.pieces):
            self.check()
            self._words_of(piece, ours[:, :, column], theirs[:, :, column])
        return ours, theirs

    def _words_of(
        self, piece: Piece, ours: NDArray[np.float32], theirs: NDArray[np.float32]
    ) -> None:
        """Fill in the likenesses of one piece: source groups at (i, j), target groups too."""
        if self.forward is None or self.backward is None or not piece.rows > 1:
            return
        lows = piece.lows[:-1]
        highs = np.minimum(lows + piece.width, piece.target_end)
        found = likeness(self.forward, piece.source_start, piece.source_end, lows, highs)
        row = np.repeat(np.arange(len(lows)), highs - lows)
        first = np.cumsum(highs - lows) - (highs - lows)
        column = np.arange(len(row)) - np.repeat(first, highs - lows)
        ours[:, row, column] = found
        targets = np.arange(piece.target_start, piece.target_end)
        tops = np.searchsorted(lows, targets - piece.width, "right")
        bottoms = np.searchsorted(lows, targets, "right")
        seen = bottoms - tops
        found = likeness(
            self.backward,
            piece.target_start,
            piece.target_end,
            tops + piece.source_start,
            bottoms + piece.source_start,
        )
        first = np.cumsum(seen) - seen
        row = np.arange(int(seen.sum())) - np.repeat(first - tops, seen)
        theirs[:, row, np.repeat(targets, seen) - lows[row]] = found


class _Block:
    """Some rows of a batch: the arrays that the scores of all types share."""

    def __init__(
        self,
        scorer: Scorer,
        batch: Batch,
        words: tuple[NDArray[np.float32], NDArray[np.float32]] | None,
        row: int,
        stop: int,
    ) -> None:
        self.scorer, self.batch, self.words = scorer, batch, words
        self.rows = np.arange(row, stop)
        pieces, width = len(batch.pieces), batch.width
        self.nodes = batch.lows[row:stop, :, None] + np.arange(width)
        inside = self.nodes <= batch.target_ends[:, None]
        self.inside = inside & (self.rows[:, None] <= batch.sizes)[:, :, None]
        # Per d: where the nodes stand in the band d rows above, and in the flat likenesses.
        self.columns: dict[int, NDArray[np.int64]] = {}
        self.flat: dict[int, NDArray[np.int64]] = {}
        for d in range(1, LARGEST_GROUP + 1):
            above = np.maximum(self.rows - d, 0)
            self.columns[d] = self.nodes - batch.lows[above][:, :, None]
            line = above[:, None] * pieces + np.arange(pieces)
            self.flat[d] = self.columns[d] + line[:, :, None] * width

    def fill(self, out: NDArray[np.float32]) -> None:
        """Write the scores of the rows."""
        ours, theirs = {}, {}
        if self.words is not None:
            for a in range(1, LARGEST_GROUP + 1):
                ours.update(self._sums(a, self.words[0][a - 1], along_row=True))
                theirs.update(self._sums(a, self.words[1][a - 1], along_row=False))
        for kind, (a, b) in enumerate(TYPES):
            score = self._lengths(a, b) + self.scorer.lengths.priors[kind]
            if self.words is not None:
                score += np.float32(LEXICAL_WEIGHT / 2) * (ours[a, b] + theirs[a, b])
            score[~self._fits(a, b)] = NEVER
            out[self.rows, kind] = score

    def _sums(
        self, size: int, table: NDArray[np.float32], *, along_row: bool
    ) -> dict[tuple[int, int], NDArray[np.float32]]:
        """Return, per bead type, what groups of `size` say about the other side's sentences."""
        flat = table.ravel()
        total = np.zeros(self.nodes.shape, np.float32)
        out = {}
        for other in range(1, LARGEST_GROUP + 1):
            kind = (size, other) if along_row else (other, size)
            if kind not in START_PRIORS:
                break
            where = self.flat[size] - other if along_row else self.flat[other] - size
            total = total + flat.take(where, mode="clip")
            out[kind] = total
        return out

    def _lengths(self, a: int, b: int) -> NDArray[np.float32]:
        scorer, batch = self.scorer, self.batch
        cumulative = scorer.source.cumulative
        end = np.minimum(self.rows[:, None], batch.sizes) + batch.source_starts
        ours = cumulative[end] - cumulative[np.maximum(end - a, 0)]
        ends = np.minimum(self.nodes, scorer.target.size)
        starts = np.maximum(ends - b, 0)
        totals = scorer.target.cumulative
        theirs = (totals[ends] - totals[starts]).astype(np.float32)
        theirs = np.maximum(theirs, np.float32(1))
        density = scorer.background.log_density[b - 1][starts]
        return scorer.lengths.score(
            np.maximum(ours, 1)[:, :, None].astype(np.float32), theirs, density
        )

    def _fits(self, a: int, b: int) -> NDArray[np.bool_]:
        """Return where such a bead stays inside its piece and its band."""
        batch = self.batch
        fits = self.inside & (self.rows >= a)[:, None, None]
        fits &= self.nodes - b >= batch.target_starts[:, None]
        fits &= self.columns[a] <= batch.width
        for d in range(1, a + 1):
            fits &= (self.columns[d] >= b) & (self.columns[d] - b < batch.width)
        return fits
