"""Segments in which something may be foreign: a look at the words before that at their places.

What the place of a word says is taken as it speaks most for another language, so that a segment
that is passed over has no path through a foreign state that is better than one without.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from reviewer.checks.leftovers import flags as flag
from reviewer.checks.leftovers.emissions import (
    LEAST_GAIN,
    source_emission,
    target_emission,
    third_emissions,
)
from reviewer.checks.leftovers.evidence import RAREST, gather

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewer.checks.leftovers.evidence import Bools, Evidence, Floats
    from reviewer.checks.leftovers.frequencies import Frequencies
    from reviewer.checks.leftovers.tokens import Tokens
    from reviewer.checks.leftovers.weights import Weights

_ROUNDED = 1e-3
"""More than sums of the same numbers in another order differ by."""

_FOREIGN = flag.STARTS | flag.SOURCE_CAP
"""Places that speak most for another language where they are not known."""


def suspects(
    tokens: Tokens, segments: int, known: tuple[Frequencies, Frequencies], weights: Weights
) -> Bools:
    """Return which segments may have a word in a foreign state; `segments` is their number.

    `known` are the frequencies and those at best; `tokens.flags` hold what is known of the words
    wherever they stand, and whether the source has them.
    """
    rows = np.arange(len(tokens.form))
    evidence = _unplaced(tokens, rows, known[1])
    gains = _Gains(evidence, weights)
    number = evidence.segment

    def total(gain: Floats) -> Floats:
        return np.bincount(number, gain, segments).astype(np.float64, copy=False)

    found: Bools = total(gains.source()) >= -weights.enter_source - _ROUNDED
    found[number[~evidence.has(flag.OWN_SCRIPT)]] = True
    third, listed = gains.third()
    maybe = total(third[:, 0]) >= -weights.enter_third - _ROUNDED
    maybe &= (total(listed[:, 0]) > LEAST_GAIN - _ROUNDED) & ~found
    rows = np.flatnonzero(maybe[number])
    if len(rows):
        evidence = _unplaced(tokens, rows, known[0])
        firsts = np.flatnonzero(np.diff(evidence.segment, prepend=-1))
        third, listed = _Gains(evidence, weights).third()
        enough = np.add.reduceat(third, firsts) >= -weights.enter_third - _ROUNDED
        enough &= np.add.reduceat(listed, firsts) > LEAST_GAIN - _ROUNDED
        found[evidence.segment[firsts]] = enough.any(axis=1)
    return found


def _unplaced(tokens: Tokens, rows: NDArray[np.intp], known: Frequencies) -> Evidence:
    """Return the evidence on words with the places that speak most for another language."""
    evidence = gather(tokens, rows, known)
    return replace(evidence, flags=evidence.flags | _FOREIGN)


class _Gains:
    """By how much words fit foreign states better than the target and names, at most."""

    def __init__(self, evidence: Evidence, weights: Weights) -> None:
        self._evidence, self._weights = evidence, weights
        self._target = target_emission(evidence, weights)
        self._name = _least_name(evidence, weights)

    def source(self) -> Floats:
        """Return the gains of the source language."""
        # No third language explains a word better: a copy then says most.
        foreign = np.full(len(self._target), RAREST)
        source, _ = source_emission(self._evidence, self._target, foreign, self._weights)
        return self._over(source[:, None])[:, 0]

    def third(self) -> tuple[Floats, Floats]:
        """Return the gains of third languages, and those of the words that their lists have."""
        third = third_emissions(self._evidence, self._weights)
        home = np.maximum(self._target, self._name)[:, None]
        listed = np.maximum(np.nan_to_num(third - home, nan=0.0), 0)
        return self._over(np.where(np.isnan(third), self._weights.third_unknown, third)), listed

    def _over(self, states: Floats) -> Floats:
        """Return the gains of states whose words may each be a name on its own instead."""
        parts = self._evidence.parts
        change = -self._weights.enter_name - self._weights.leave
        target, name = (
            (states - self._target[:, None]) / parts[:, None],
            (states - self._name[:, None]) / parts[:, None] + change,
        )
        gain: Floats = np.maximum(np.minimum(target, name), 0)
        gain[self._evidence.has(flag.FIXED)] = 0
        return gain


def _least_name(evidence: Evidence, weights: Weights) -> Floats:
    """Return what a word is at least worth as a name."""
    cap, upper, copy = evidence.has(flag.CAP), evidence.has(flag.UPPER), evidence.has(flag.COPY)
    lower = np.where(evidence.alien & ~copy, weights.name_lower_alien, weights.name_lower)
    noun = weights.name_copy + weights.name_copy_noun if evidence.nouns else 0.0
    capital = weights.name_capital + np.where(copy, min(noun, 0.0), 0)
    name: Floats = np.where(cap | upper, capital, lower)
    acronym = upper & evidence.has(flag.LATIN)
    return np.where(acronym, np.maximum(name, weights.name_acronym), name)
