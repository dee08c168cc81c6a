"""How far the words can be believed in this text: measured on beads that the lexicon never saw.

A lexicon learned from one half of the beads scores the other half, as they stand and with their
sides shifted against each other. The weight under which the scores tell the right from the
shifted best, as log odds (maximum likelihood of a logistic model without intercept), is the
weight of the words: high for a close translation of a long text, low for a free one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reviewer.align.cognates import spans
from reviewer.align.lexicon import train
from reviewer.align.likeness import Explainer

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from reviewer.align.lexicon import Lexicon, Priors, WeightedBeads
    from reviewer.align.tokens import TokenTable

    Tables = tuple[TokenTable, TokenTable]
    Ranges = tuple[NDArray[np.int64], NDArray[np.int64]]

LEAST_BEADS = 24
BLOCK = 8
"""Beads in a row that go into the same half: neighbours share words."""
MOST_TRAINED = 2000
MOST_JUDGED = 1000
SHIFTS = (3, -4)
WEIGHTS = np.arange(0.05, 1.51, 0.05)
START = 0.6
BOTH_HALVES = 1.2
"""The lexicon of all beads is worth so much more than that of half of them."""
PRIOR_BEADS = 20.0
"""Beads that speak for START."""


def measured_trust(
    tables: Tables,
    beads: WeightedBeads,
    priors: Priors,
    share: float,
    check: Callable[[], None],
) -> float:
    """Return the weight of the lexical scores, both directions together.

    `beads` are a chain in order; `share` is what the background explains of known words.
    """
    if len(beads) < LEAST_BEADS:
        return START
    held_out = np.arange(len(beads)) // BLOCK % 2 == 1
    seen = beads.taken(_sample(np.flatnonzero(~held_out), MOST_TRAINED))
    lexicon, _ = train(*tables, seen, priors, check)
    judged = beads.taken(_sample(np.flatnonzero(held_out), MOST_JUDGED))
    ours, theirs = (judged.source, judged.source_size), (judged.target, judged.target_size)
    right = word_scores(tables, lexicon, share, ours, theirs)
    check()
    wrong = [
        word_scores(tables, lexicon, share, ours, (np.roll(theirs[0], n), np.roll(theirs[1], n)))
        for n in SHIFTS
    ]
    return BOTH_HALVES * _best_weight(right, np.concatenate(wrong))


def _sample(which: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return at most `most` of them, whole stretches, spread evenly."""
    if len(which) <= most:
        return which
    blocks = np.array_split(which, max(1, len(which) // BLOCK))
    step = -(-len(which) // most)
    return np.concatenate(blocks[::step])


def _best_weight(right: NDArray[np.float64], wrong: NDArray[np.float64]) -> float:
    fit = [
        len(right) * (np.logaddexp(0, -w * right).mean() + np.logaddexp(0, w * wrong).mean())
        + PRIOR_BEADS * (np.log(w / START)) ** 2 / 2
        for w in WEIGHTS
    ]
    return float(WEIGHTS[int(np.argmin(fit))])


def word_scores(
    tables: Tables, lexicon: Lexicon, share: float, ours: Ranges, theirs: Ranges
) -> NDArray[np.float64]:
    """Return what both directions say of each source range beside its target range.

    `share` is what the background explains of known words. The side with more tokens, characters
    mostly, counts as if it had as many as the other.
    """
    source, target = tables
    ratio = len(source.tokens) / len(target.tokens)
    forward = Explainer.of(source, target, lexicon.forward, share)
    backward = Explainer.of(target, source, lexicon.backward, share)
    return np.asarray(
        0.5 * min(1.0, ratio) * _explained(forward, ours, theirs)
        + 0.5 * min(1.0, 1 / ratio) * _explained(backward, theirs, ours)
    )


def _explained(explainer: Explainer, groups: Ranges, others: Ranges) -> NDArray[np.float64]:
    """Return how well each group explains the other sentences beside it (see `likeness`)."""
    translations, words = explainer.translations, len(explainer.others.words)
    owner, token = _tokens(explainer.groups, *groups)
    starts = translations.starts[token]
    counts = translations.starts[token + 1] - starts
    entry = spans(starts, counts)
    keys, place = np.unique(
        np.repeat(owner, counts) * words + translations.other[entry], return_inverse=True
    )
    mass = np.bincount(place, translations.value[entry], minlength=len(keys))
    bead, word = _tokens(explainer.others, *others)
    wanted = bead * words + word
    at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    found = np.where(keys[at] == wanted, mass[at], 0.0) if len(keys) else np.zeros(len(wanted))
    size = np.bincount(owner, minlength=len(groups[0]))
    ratio = explainer.floor[word] + explainer.factor[word] * found / size[bead]
    return np.bincount(bead, np.log(ratio), minlength=len(groups[0])).astype(np.float64)


def _tokens(
    table: TokenTable, start: NDArray[np.int64], size: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return all tokens of groups of sentences: the group's number and the word of each."""
    first = table.starts[start]
    counts = table.starts[start + size] - first
    return np.repeat(np.arange(len(start)), counts), table.tokens[spans(first, counts)]
