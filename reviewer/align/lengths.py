"""Lengths and bead types: how much of one side answers to how much of the other.

Log likelihood ratios against "each side is any text", so that beads of different sizes compete on
equal terms.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reviewer.align.lattice import LARGEST_GROUP, TYPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewer.align.lexicon import WeightedBeads
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
    (5, 1): 0.0005,
    (1, 5): 0.0005,
    (3, 3): 0.0005,
    (4, 2): 0.0005,
    (2, 4): 0.0005,
    (6, 1): 0.0002,
    (1, 6): 0.0002,
}
PRIOR_BEADS = 20
LEAST_SHARE = 0.3
"""A type never becomes rarer than this part of what it was at the start."""
BY_LENGTH = 0.99
"""Share of beads whose lengths follow the model; the rest may have any."""


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
            priors.append(max(count / total, LEAST_SHARE * START_PRIORS[a, b]))
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
