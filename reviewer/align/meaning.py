"""An encoder as a witness: how much closer two runs of sentences are than any two by chance.

Margins over what chance gives, as in Vecalign (Thompson & Koehn 2019) and Bertalign (Liu & Zhu
2022): the vectors are centred on the mean of their side and size, and their cosine is measured in
standard deviations of pairs at random. How far apart pairs that belong together stand is learned
from the beads, pass by pass, so that an encoder that knows nothing says nothing.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reviewer.align.lattice import LARGEST_GROUP, TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from reviewer.align.bands import Batch, Piece
    from reviewer.align.encoder import Encoder
    from reviewer.align.evidence import Landmarks
    from reviewer.align.lexicon import WeightedBeads

    Check = Callable[[], None]

WEIGHT = 0.2
"""What the evidence counts beside the words, which partly say the same."""
MOST_SAID = 8.0
"""Log likelihood ratio of one pair of sentences, at most; also against."""
PARTIAL = 3.0
"""What being less near than whole pairs counts, per sentence of a side."""
MOST_TRUST = 0.8
BEYOND_CHANCE = 3.0
"""Standard deviations above chance from which on it can be believed that two do not belong."""
KNOWING = 5.0
"""An encoder whose pairs lie so far above chance is believed in what is less near, too."""
LEAST_SPREAD = 0.05
LEAST_WITHIN = 0.7
FEWEST_BEADS = 8
_SAMPLE = 300
_FEW = 5
_BLOCK = 256
_MOST_BYTES = 256 * 1024 * 1024
"""Of vectors that are kept; others are computed anew when they are asked for again."""
_ROWS = 64


class Meaning:
    """A witness who understands both languages."""

    def __init__(
        self, encoder: Encoder, tell: Callable[[int, int], None] = lambda _done, _total: None
    ) -> None:
        """Take an encoder; `tell` learns how many texts of how many have vectors."""
        self._encoder = encoder
        self._tell = tell

    def evidence(self, source: Sequence[str], target: Sequence[str], check: Check) -> Nearness:
        """Compute the vectors, as many as are kept, and what chance gives; raises FormatError."""
        total = LARGEST_GROUP * (len(source) + len(target))
        done = 0

        def progress(more: int) -> None:
            nonlocal done
            done = min(done + more, total)
            self._tell(done, total)

        sides = [_Side(self._encoder, texts, progress) for texts in (source, target)]
        for side in sides:
            side.prepare(check)
        return _first_look(sides[0], sides[1], check)

    def turned(self) -> Meaning:
        """Return itself: closeness has no direction."""
        return self


class _Side:
    """The runs of sentences of one side as vectors, kept in blocks."""

    def __init__(
        self, encoder: Encoder, texts: Sequence[str], progress: Callable[[int], None]
    ) -> None:
        self.texts = texts
        self._encoder = encoder
        self._progress = progress
        self._blocks: OrderedDict[int, NDArray[np.float16]] = OrderedDict()
        self._means: NDArray[np.float32] | None = None

    def prepare(self, check: Check) -> None:
        """Find the means of a sample, and compute the vectors that can be kept."""
        start, stop = _middle(len(self.texts))
        sample = range(start // _BLOCK, (stop - 1) // _BLOCK + 1)
        raw = {block: self._raw(block, check) for block in sample}
        seen = np.concatenate(list(raw.values()), axis=1).astype(np.float32)
        known = np.abs(seen).sum(axis=2).astype(bool).sum(axis=1)[:, None, None]
        # A few sentences have no mean to speak of.
        self._means = seen.sum(axis=1, keepdims=True) / (known + _FEW)
        for block in range(-(-len(self.texts) // _BLOCK)):
            if not self._is_full():
                self._keep(block, raw.pop(block, None), check)

    def rows(self, start: int, stop: int, size: int, check: Check) -> NDArray[np.float32]:
        """Return the centred vectors of the runs of `size` sentences that begin in a range."""
        parts = []
        for block in range(start // _BLOCK, (stop - 1) // _BLOCK + 1):
            base = block * _BLOCK
            rows = slice(max(start - base, 0), min(stop - base, _BLOCK))
            parts.append(self._kept(block, check)[size - 1, rows])
        return np.concatenate(parts).astype(np.float32)

    def _is_full(self) -> bool:
        held = sum(block.nbytes for block in self._blocks.values())
        return held > _MOST_BYTES // 2

    def _kept(self, block: int, check: Check) -> NDArray[np.float16]:
        """Return (size, start, vector) of a block; the one unused longest makes room."""
        if block in self._blocks:
            self._blocks.move_to_end(block)
            return self._blocks[block]
        return self._keep(block, None, check)

    def _keep(
        self, block: int, raw: NDArray[np.float16] | None, check: Check
    ) -> NDArray[np.float16]:
        assert self._means is not None
        whole = (self._raw(block, check) if raw is None else raw).astype(np.float32)
        known = np.abs(whole).sum(axis=2, keepdims=True) > 0
        centred = np.where(known, whole - self._means, 0)
        length = np.linalg.norm(centred, axis=2, keepdims=True)
        vectors = np.asarray(centred / np.maximum(length, 1e-9), np.float16)
        if self._is_full():
            self._blocks.popitem(last=False)
        self._blocks[block] = vectors
        return vectors

    def _raw(self, block: int, check: Check) -> NDArray[np.float16]:
        """Return the vectors of a block as the encoder gives them; zeros beyond the end."""
        start = block * _BLOCK
        stop = min(start + _BLOCK, len(self.texts))
        runs = [
            " ".join(self.texts[first : first + size]) if first + size <= len(self.texts) else ""
            for size in range(1, LARGEST_GROUP + 1)
            for first in range(start, stop)
        ]
        vectors = self._encoder.embed(runs, check, self._progress)
        return vectors.reshape(LARGEST_GROUP, stop - start, -1).astype(np.float16)


@dataclass(frozen=True)
class Nearness:
    """What the vectors of two texts say.

    Attributes:
        level: median of the cosine of two runs at random, by type.
        spread: its standard deviation, by type.
        apart: how many of these pairs that belong together lie above chance.
        within: standard deviation of that number among them.
    """

    source: _Side
    target: _Side
    level: NDArray[np.float64]
    spread: NDArray[np.float64]
    apart: float
    within: float

    def add(self, batch: Batch, scores: NDArray[np.float32], check: Check) -> None:
        """Add the log likelihood ratios of all beads of a batch."""
        if self.apart <= 0:
            return
        for column, piece in enumerate(batch.pieces):
            for row in range(1, piece.rows, _ROWS):
                check()
                self._add_rows(
                    piece, row, min(row + _ROWS, piece.rows), scores[:, :, column], check
                )

    def _add_rows(
        self, piece: Piece, row: int, stop: int, scores: NDArray[np.float32], check: Check
    ) -> None:
        """Add them where beads end in some rows of a piece; `scores` is (rows, types, width)."""
        first = int(piece.lows[row])
        last = min(int(piece.lows[stop - 1]) + piece.width, piece.target_end + 1)
        for kind, (a, b) in enumerate(TYPES):
            top = max(row, a)
            left = max(first - b, piece.target_start)
            if top >= stop or last - b <= left:
                continue
            base = piece.source_start - a
            ours = self.source.rows(base + top, base + stop, a, check)
            theirs = self.target.rows(left, last - b, b, check)
            said = self._said(ours @ theirs.T, kind)
            nodes = piece.lows[top:stop, None] + np.arange(piece.width)
            where = nodes - b - left
            inside = (where >= 0) & (where < said.shape[1])
            found = np.take_along_axis(said, np.clip(where, 0, said.shape[1] - 1), axis=1)
            scores[top:stop, kind, : piece.width] += np.where(inside, found, 0)

    def _said(self, cosines: NDArray[np.float32], kind: int) -> NDArray[np.float32]:
        """Return weighted log likelihood ratios.

        Two parts: against pairs at random, which soon is beyond doubt and cut at MOST_SAID; and
        against pairs that belong together in part, which lie below what whole ones show. A bead
        of two pairs of sentences says twice as much, as two beads would; one of more says no more.
        """
        steps = (cosines - np.float32(self.level[kind])) / np.float32(self.spread[kind])
        np.minimum(steps, np.float32(self.apart), out=steps)
        ratio = (steps - np.float32(self.apart / 2)) * np.float32(self.apart)
        np.clip(ratio, -MOST_SAID, MOST_SAID, out=ratio)
        short = ((self.apart - steps) / self.within) ** 2 / 2
        ratio *= min(2, *TYPES[kind])
        share = sum(TYPES[kind]) / 2 * PARTIAL * min(1.0, self.apart / KNOWING) ** 2
        ratio -= np.minimum(short, MOST_SAID) * share
        return np.asarray(ratio * WEIGHT, np.float32)

    def updated(self, beads: WeightedBeads) -> Nearness:
        """Return it with the distance that the beads of one sentence each show."""
        single = np.flatnonzero((beads.source_size == 1) & (beads.target_size == 1))
        single = single[beads.weight[single] > 0.3][:: max(1, len(single) // 2000)]
        weight = beads.weight[single]
        if weight.sum() < FEWEST_BEADS:
            return self
        steps = np.array(
            [
                float(self._vector(self.source, i) @ self._vector(self.target, j))
                for i, j in zip(
                    beads.source[single].tolist(), beads.target[single].tolist(), strict=True
                )
            ]
        )
        steps = (steps - self.level[0]) / self.spread[0]
        apart = float((weight * steps).sum() / weight.sum())
        off = np.abs(steps - apart)
        within = 1.4826 * float(np.median(off[weight > np.median(weight) / 2]))
        return replace(self, apart=max(apart, 0.0), within=max(within, LEAST_WITHIN))

    def _vector(self, side: _Side, number: int) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = side.rows(number, number + 1, 1, lambda: None)[0]
        return vector

    @property
    def trust(self) -> float:
        """As far as pairs that belong together stand out from others."""
        return MOST_TRUST * min(1.0, self.apart / BEYOND_CHANCE)

    def landmarks(self) -> Landmarks:
        """Return none: closeness leaves doubt."""
        nothing = np.zeros(0, np.int64)
        return nothing, nothing


def _first_look(source: _Side, target: _Side, check: Check) -> Nearness:
    """Return what is known before the first pass, from the middle of both texts.

    Pairs that are closest to each other are taken for such that belong together, as far as they
    are closer than the closest of so many by chance would be.
    """
    runs = [
        [side.rows(*_middle(len(side.texts)), size, check) for size in range(1, LARGEST_GROUP + 1)]
        for side in (source, target)
    ]
    chance = np.array([_chance(runs[0][a - 1] @ runs[1][b - 1].T) for a, b in TYPES])
    level, spread = chance.T
    steps = (runs[0][0] @ runs[1][0].T - level[0]) / spread[0]
    ours, theirs = steps.argmax(axis=1), steps.argmax(axis=0)
    mutual = theirs[ours] == np.arange(len(ours))
    best = steps.max(axis=1)[mutual]
    by_chance = math.sqrt(2 * math.log(max(2, min(steps.shape))))
    nearest = float(best.mean()) if len(best) else 0.0
    # What a handful of sentences shows is little.
    share = min(steps.shape) / (min(steps.shape) + 1)
    apart = share * nearest * min(max(nearest - by_chance, 0.0), 1.0)
    within = max(LEAST_WITHIN, float(best.std())) if len(best) else 1.0
    return Nearness(source, target, level, spread, apart, within)


def _middle(size: int) -> tuple[int, int]:
    start = max(0, (size - _SAMPLE) // 2)
    return start, min(size, start + _SAMPLE)


def _chance(cosines: NDArray[np.float32]) -> tuple[float, float]:
    """Return median and standard deviation of most values: the few that belong together apart."""
    level = float(np.median(cosines))
    return level, max(LEAST_SPREAD, 1.4826 * float(np.median(np.abs(cosines - level))))
