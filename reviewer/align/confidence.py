"""How likely a bead is right: what the posterior says, corrected by what it does not know.

The posterior of the lattice is too sure of itself, and it cannot know that people cut beads of
several sentences in more than one way. A logistic model maps it to a probability. Its weights
were fitted on gold of thirty language pairs, much of it half-made (`tests/bench/README.md`), each
kind of text weighing the same; fitted without a kind of text they served that kind as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewer.align.lexicon import WeightedBeads
    from reviewer.align.tokens import TokenTable

CONSTANT = 0.08
OWN = 0.47
NEIGHBOUR = 0.05
PLAIN = 0.14
PER_SENTENCE = -0.6
OFF_LENGTH = -1.04
TRUST = 0.24
"""Weights: of the log odds of the posterior, of either neighbour's, of beads of one sentence each,
of every further sentence, of the logarithm of the lengths' ratio to the usual one, of the weight
of the words."""
NO_NEIGHBOUR = -1.0
"""Log odds in place of those of a neighbour that has no counterpart."""
_SURE = 1e-4


def bead_confidence(
    source: TokenTable, target: TokenTable, chain: WeightedBeads, ratio: float, trust: float
) -> NDArray[np.float64]:
    """Return the probability that each bead of a chain is right, 0-1.

    `chain` holds posteriors as weights; `ratio` is target characters per source character, `trust`
    the weight of the words.
    """
    own = _log_odds(chain.weight)
    source_end, target_end = chain.source + chain.source_size, chain.target + chain.target_size
    joined = (chain.source[1:] == source_end[:-1]) & (chain.target[1:] == target_end[:-1])
    before, after = np.zeros(len(chain)), np.zeros(len(chain))
    before[1:] = np.where(joined, own[:-1], NO_NEIGHBOUR)
    after[:-1] = np.where(joined, own[1:], NO_NEIGHBOUR)
    ours = source.cumulative[source_end] - source.cumulative[chain.source]
    theirs = target.cumulative[target_end] - target.cumulative[chain.target]
    further = np.minimum(chain.source_size + chain.target_size - 2, 6)
    odds = (
        CONSTANT
        + OWN * own
        + NEIGHBOUR * (before + after)
        + PLAIN * (further == 0)
        + PER_SENTENCE * further
        + OFF_LENGTH * np.abs(np.log(theirs / (ratio * ours)))
        + TRUST * trust
    )
    return np.asarray(1 / (1 + np.exp(-odds)))


def alone_confidence(covered: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability that sentences have no counterpart, from that they are in a bead."""
    return np.asarray(1 / (1 + np.exp(OWN * _log_odds(covered))))


def _log_odds(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    clipped = np.clip(probability, _SURE, 1 - _SURE)
    return np.asarray(np.log(clipped / (1 - clipped)))
