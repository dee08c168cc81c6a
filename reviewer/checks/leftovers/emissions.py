"""How well each word fits each state: target, source, name, another script, third languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reviewer.checks.leftovers import flags as flag
from reviewer.checks.leftovers.evidence import RAREST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewer.checks.leftovers.evidence import Evidence, Floats
    from reviewer.checks.leftovers.weights import Weights

TARGET, SOURCE, NAME, SCRIPT, THIRD = range(5)
"""The states; THIRD is the first of `KEPT`."""

KEPT = 3
"""Third languages that are considered in one segment: those with most to say for themselves."""

IMPOSSIBLE = -1e6
LEAST_GAIN = 3.0
"""Summed gain from which on a third language is considered in a segment."""
_NO_LIST_SOURCE = -12.0
_COMMON = -15.0
_CLEAR = 5.0
_ALIEN_LOSS = 1.0
_NOUN_RATIO = 4.0


@dataclass(frozen=True, slots=True)
class Emissions:
    """What `paths` and `fragments` need.

    Attributes:
        states: one column per state.
        kept: by segment, the columns of `Evidence.third` of the states from THIRD on; -1 where
            there are fewer.
        margin: how much better than the target the best foreign state is, copies not counted.
    """

    states: Floats
    kept: NDArray[np.intp]
    margin: Floats


def emissions(evidence: Evidence, segments: int, weights: Weights) -> Emissions:
    """Weigh the evidence; `segments` is their number."""
    own, latin = evidence.has(flag.OWN_SCRIPT), evidence.has(flag.LATIN)
    plain_target = target_emission(evidence, weights)
    third = third_emissions(evidence, weights)
    foreign = np.nanmax(third, axis=1, initial=RAREST)
    source, ratio = source_emission(evidence, plain_target, foreign, weights)
    name = _name(evidence, plain_target, ratio, foreign, weights)
    script = np.where(own | latin | evidence.has(flag.SOURCE_SCRIPT), IMPOSSIBLE, weights.script)
    world = np.where(
        own & (evidence.international > _COMMON),
        evidence.international + weights.international,
        IMPOSSIBLE,
    )
    target = np.maximum(plain_target, world)
    home = np.maximum(np.maximum(target, name), source)
    kept = _kept(evidence.segment, np.nan_to_num(third - home[:, None], nan=0.0), segments)
    columns = kept[evidence.segment]
    chosen = np.take_along_axis(third, columns, axis=1)
    possible = (own | latin) & evidence.target_listed
    unknown = np.where(evidence.alien, RAREST, weights.third_unknown)
    unknown = np.where(possible, unknown, IMPOSSIBLE)
    chosen = np.where(np.isnan(chosen), unknown[:, None], chosen)
    chosen[columns < 0] = IMPOSSIBLE
    margin = np.maximum(
        np.where(own | latin, ratio, _CLEAR), np.max(chosen - plain_target[:, None], axis=1)
    )
    states = np.column_stack([target, source, name, script, chosen])
    # A compound is one word: its parts share what it says.
    states = target[:, None] + (states - target[:, None]) / evidence.parts[:, None]
    states[evidence.has(flag.FIXED), SOURCE:] = IMPOSSIBLE
    return Emissions(states, kept, margin)


def third_emissions(evidence: Evidence, weights: Weights) -> Floats:
    """Return the emission of every third language, NaN for words outside its list."""
    rare = np.where(evidence.spelt[:, :-1], weights.third_spelt, np.nan)
    third = np.where(np.isnan(evidence.third), rare, evidence.third)
    third[~(evidence.has(flag.OWN_SCRIPT) | evidence.has(flag.LATIN))] = np.nan
    if not evidence.target_listed:
        third[:] = np.nan
    raised = evidence.has(flag.CAP) & ~evidence.has(flag.STARTS | flag.UPPER)
    third += np.where(raised[:, None] & ~evidence.capitals, weights.third_capital, 0)
    bonus = np.where(evidence.has(flag.COPY), weights.third_copy, 0)
    bonus = bonus + np.where(evidence.has(flag.PARTICLE), weights.third_particle, 0)
    bonus = bonus + np.where(evidence.has(flag.SHORT), weights.third_short, 0)
    third += bonus[:, None]
    return third


def target_emission(evidence: Evidence, weights: Weights) -> Floats:
    """Return the state's emission, without the words that are international."""
    if not evidence.target_listed:
        own = np.full(len(evidence.flags), weights.unlisted)
    else:
        unknown = evidence.unknown_target + weights.unknown
        inflected = np.minimum(evidence.stem + weights.stem, weights.stem_most)
        outside = np.fmax(unknown, inflected)
        if not evidence.target_large:
            common = np.maximum(0, evidence.source - weights.rare_common)
            rare = evidence.source + weights.rare + weights.rare_slope * common
            rare = np.minimum(rare, evidence.floor_target)
            outside = np.fmax(outside, np.where(evidence.has(flag.COPY), rare, np.nan))
        own = np.where(np.isnan(evidence.target), outside, evidence.target)
    alien = np.fmax(evidence.target - _ALIEN_LOSS, weights.alien)
    return np.where(evidence.has(flag.OWN_SCRIPT), own, alien)


def source_emission(
    evidence: Evidence, target: Floats, foreign: Floats, weights: Weights
) -> tuple[Floats, Floats]:
    """Return the state's emission, and ln P(source) - ln P(target) without the copies.

    `foreign` is the best emission of a third language.
    """
    own = evidence.has(flag.OWN_SCRIPT)
    outside = np.where(own & np.isnan(evidence.target), target, evidence.unknown_source)
    told = evidence.spelt[:, -1] & evidence.has(flag.COPY)
    plain = np.where(np.isnan(evidence.source), outside, evidence.source)
    plain = np.where(told, np.maximum(plain, weights.third_spelt), plain)
    if not evidence.source_listed:
        plain = np.full(len(plain), _NO_LIST_SOURCE)
    alien = ~own & ~evidence.has(flag.LATIN)
    plain = np.where(alien, np.maximum(plain, weights.alien_source), plain)
    plain = np.where(evidence.has(flag.SOURCE_SCRIPT), plain, RAREST)
    ratio = plain - target
    copy, cap = evidence.has(flag.COPY), evidence.has(flag.CAP)
    gate = np.clip(
        (weights.gate_closed - target) / (weights.gate_closed - weights.gate_open), 0, 1
    )
    unknown = np.isnan(evidence.source) & evidence.source_large & ~told
    elsewhere = foreign - weights.third_copy - plain > weights.copy_elsewhere
    weak = unknown | elsewhere
    bonus = np.where(copy, np.where(weak, weights.copy_weak, weights.copy) * gate, 0)
    if not evidence.nouns:
        only_capital = copy & ~cap & evidence.has(flag.SOURCE_CAP)
        only_capital &= ~evidence.has(flag.SOURCE_LOWER | flag.SOURCE_STARTS)
        bonus += np.where(only_capital, weights.copy_lowered * gate, 0)
        raised = cap & ~evidence.has(flag.STARTS | flag.UPPER | flag.SOURCE_LOWER)
        bonus += np.where(raised, weights.capital, 0)
    bonus += np.where(cap & ~copy & (own | ~alien), weights.capital_new, 0)
    bonus = np.where(evidence.has(flag.SOURCE_SCRIPT), bonus, 0)
    return plain + bonus, ratio


def _name(
    evidence: Evidence, target: Floats, ratio: Floats, third: Floats, weights: Weights
) -> Floats:
    """Return the state's emission; `third` is the best one of a third language."""
    cap, upper, copy = evidence.has(flag.CAP), evidence.has(flag.UPPER), evidence.has(flag.COPY)
    starts, latin = evidence.has(flag.STARTS), evidence.has(flag.LATIN)
    alien = ~evidence.has(flag.OWN_SCRIPT) & ~latin
    elsewhere = third - weights.third_copy - target - ratio
    foreign = np.clip(
        (weights.noun_known - target) / (weights.noun_known - weights.noun_new), 0, 1
    )
    noun = evidence.nouns & cap & (ratio > _NOUN_RATIO)
    noun = np.where(noun, foreign * weights.name_copy_noun, 0)
    name = np.where(starts & ~upper, weights.name_starting, weights.name_capital)
    begins = evidence.has(flag.SOURCE_STARTS) & starts
    name += np.select(
        [
            copy & evidence.has(flag.SOURCE_CAP),
            copy & upper,
            copy & begins,
            copy & evidence.has(flag.SOURCE_LOWER),
        ],
        [
            weights.name_copy + noun,
            weights.name_copy,
            weights.name_copy_starting + noun / 2,
            weights.name_copy_lower,
        ],
        0.0,
    )
    name = np.where(upper & latin, np.maximum(name, weights.name_acronym), name)
    name = np.where(alien, weights.name_alien, name)
    lower = np.where(evidence.alien & ~copy, weights.name_lower_alien, weights.name_lower)
    name = np.where(cap | upper, name, lower)
    inside = evidence.has(flag.PARENTHESIS) & (cap | alien)
    name += np.where(inside, weights.name_parenthesis, 0)
    block = np.where(evidence.has(flag.BLOCK), weights.name_block + noun / 2, IMPOSSIBLE)
    cited = evidence.has(flag.IN_COPIED_QUOTE) & ~alien
    quoted = evidence.has(flag.QUOTED) | (elsewhere > weights.copy_elsewhere)
    gloss = alien & copy & evidence.has(flag.PARENTHESIS)
    name = np.maximum(name, np.where(gloss, weights.name_gloss, block))
    name = np.maximum(name, np.where(cited & quoted, weights.name_quoted, IMPOSSIBLE))
    return np.maximum(name, np.where(cited, weights.name_quoted_long, IMPOSSIBLE))


def _kept(segment: NDArray[np.intp], gain: Floats, segments: int) -> NDArray[np.intp]:
    """Return the columns with the largest summed gain over all other states, by segment."""
    total = np.zeros((segments, gain.shape[1]))
    if len(segment):
        firsts = np.flatnonzero(np.diff(segment, prepend=-1))
        total[segment[firsts]] = np.add.reduceat(np.maximum(gain, 0), firsts, axis=0)
    if gain.shape[1] < KEPT:
        total = np.pad(total, ((0, 0), (0, KEPT - gain.shape[1])))
    best = np.argsort(-total, axis=1)[:, :KEPT]
    return np.where(np.take_along_axis(total, best, axis=1) > LEAST_GAIN, best, -1)
