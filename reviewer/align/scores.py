"""The score of every bead in the band: type, lengths, words, marks.

Log likelihood ratios against "each side is any text", so beads of different sizes and sentences
without counterpart (score 0 and a gap cost) compete on equal terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reviewer.align.lattice import LARGEST_GROUP, NEVER, TYPES, Gaps
from reviewer.align.lengths import START_PRIORS
from reviewer.align.likeness import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from reviewer.align.bands import Batch, Piece
    from reviewer.align.evidence import Evidence
    from reviewer.align.lengths import Background, LengthModel
    from reviewer.align.likeness import Explainer
    from reviewer.align.marks import MarkModel
    from reviewer.align.tokens import TokenTable

GAP_OPENING = -6.5
"""A run of sentences without counterpart, where the words have USUAL_TRUST."""
CHEAPEST_OPENING = -3.5
OPENING_PER_TRUST = 20.0
OPENING_PER_DOUBT = 10.0
USUAL_TRUST = 0.6
"""The less the words can be believed, the dearer: a free translation leaves the words of many
sentences unexplained that are there all the same."""
GAP_TURNING = -2.0
GAP_SENTENCE = -1.0
FURNITURE = 3.0
"""What is known to be a page's furniture rather has no counterpart."""
_BLOCK_CELLS = 100_000


def gap_opening(trust: float) -> float:
    """Return what a run of sentences without counterpart costs, by the weight of the words."""
    over = trust - USUAL_TRUST
    opening = GAP_OPENING + (OPENING_PER_TRUST if over > 0 else OPENING_PER_DOUBT) * over
    return min(opening, CHEAPEST_OPENING)


@dataclass(frozen=True)
class Scorer:
    """Everything the score of a bead is made of.

    Attributes:
        forward: source words explain target words; None for lengths and marks alone.
        backward: the other way round.
        marks: what the marks of a bead say.
        trust: the weight of the words, both directions together (`trust.measured_trust`).
        furniture: for each sentence of either side 1 where it is a page's furniture, else 0.
        largest: most sentences of one side of a bead that are thought of.
        evidence: what else is known of the texts.
    """

    source: TokenTable
    target: TokenTable
    lengths: LengthModel
    background: Background
    forward: Explainer | None
    backward: Explainer | None
    marks: MarkModel
    trust: float
    furniture: tuple[NDArray[np.float64], NDArray[np.float64]]
    largest: int
    check: Callable[[], None]
    evidence: Sequence[Evidence] = ()

    @property
    def word_weights(self) -> tuple[np.float32, np.float32]:
        """Weights of what target words and what source words say.

        The side with more tokens, characters mostly, counts as if it had as many as the other.
        """
        ratio = len(self.source.tokens) / len(self.target.tokens)
        half = self.trust / 2
        return np.float32(half * min(1.0, ratio)), np.float32(half * min(1.0, 1 / ratio))

    def scores(self, batch: Batch) -> NDArray[np.float32]:
        """Return (rows, types, pieces, width): the bead that ends at each node, or NEVER."""
        shape = (batch.rows, len(TYPES), len(batch.pieces), batch.width)
        out = np.empty(shape, np.float32)
        out[0] = NEVER
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
        trust = max([self.trust, *(each.trust for each in self.evidence)])
        ours, theirs = (FURNITURE * side + GAP_SENTENCE for side in self.furniture)
        before = np.arange(batch.rows)[:, None] - 1 + batch.source_starts
        until = np.concatenate(([0.0], np.cumsum(theirs)))
        nodes = batch.lows[:, :, None] + np.arange(batch.width)
        return Gaps(
            gap_opening(trust),
            GAP_TURNING,
            ours[np.clip(before, 0, self.source.size - 1)],
            until.take(nodes, mode="clip") - until[batch.target_starts][:, None],
        )

    def _words(self, batch: Batch) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
        """Return the two likenesses as (group size, rows, pieces, width), by start node."""
        if self.forward is None or self.backward is None:
            return None
        shape = (self.largest, batch.rows, len(batch.pieces), batch.width)
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
        found = likeness(
            self.forward, piece.source_start, piece.source_end, lows, highs, self.largest
        )
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
            self.largest,
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
            for a in range(1, self.scorer.largest + 1):
                ours.update(self._sums(a, self.words[0][a - 1], along_row=True))
                theirs.update(self._sums(a, self.words[1][a - 1], along_row=False))
        forward, backward = self.scorer.word_weights
        for kind, (a, b) in enumerate(TYPES):
            if max(a, b) > self.scorer.largest:
                out[self.rows, kind] = NEVER
                continue
            score = self._lengths(a, b) + self.scorer.lengths.priors[kind]
            score += self._marks(a, b)
            if self.words is not None:
                score += forward * ours[a, b] + backward * theirs[a, b]
            score[~self._fits(a, b)] = NEVER
            out[self.rows, kind] = score

    def _sums(
        self, size: int, table: NDArray[np.float32], *, along_row: bool
    ) -> dict[tuple[int, int], NDArray[np.float32]]:
        """Return, per bead type, what groups of `size` say about the other side's sentences."""
        flat = table.ravel()
        total = np.zeros(self.nodes.shape, np.float32)
        out = {}
        for other in range(1, self.scorer.largest + 1):
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

    def _marks(self, a: int, b: int) -> NDArray[np.float32]:
        marks, batch = self.scorer.marks, self.batch
        start = np.minimum(self.rows[:, None], batch.sizes) - a + batch.source_starts
        ours = marks.source.of_groups(a)[np.maximum(start, 0)]
        theirs = marks.target.of_groups(b).take(self.nodes - b, mode="clip")
        return np.asarray(marks.table[ours[:, :, None], theirs])

    def _fits(self, a: int, b: int) -> NDArray[np.bool_]:
        """Return where such a bead stays inside its piece and its band."""
        batch = self.batch
        fits = self.inside & (self.rows >= a)[:, None, None]
        fits &= self.nodes - b >= batch.target_starts[:, None]
        fits &= self.columns[a] <= batch.width
        for d in range(1, a + 1):
            fits &= (self.columns[d] >= b) & (self.columns[d] - b < batch.width)
        return fits
