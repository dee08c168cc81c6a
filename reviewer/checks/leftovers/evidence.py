"""All that is known of the words of a batch, in columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewer.checks.leftovers.frequencies import Frequencies
    from reviewer.checks.leftovers.tokens import Tokens

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

RAREST = -24.0
"""ln P below which no word is taken to be."""

_BY_LENGTH = (-5.4, -2.4)
_BELOW_FLOOR = 0.7


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of the informative words of many segments, row by row.

    Attributes:
        segment: index of the segment, ascending.
        flags: of `tokens`.
        target, source, third: ln P, NaN outside the lists; `third` has a column per language.
        stem, international: as in `Frequencies`.
        unknown_target, unknown_source: ln P of a word of this length outside the lists.
        parts: words of the hyphenated compound.
        alien, spelt: as in `Frequencies`, of words outside the target's list.
        target_listed, target_large: whether the target has a list, and a large one.
        floor_target: the most that a word outside it is worth.
        nouns: the source capitalises its nouns (German).
        capitals: third languages that do so, by column.
    """

    segment: NDArray[np.intp]
    flags: NDArray[np.intp]
    target: Floats
    source: Floats
    third: Floats
    stem: Floats
    international: Floats
    unknown_target: Floats
    unknown_source: Floats
    target_listed: bool
    target_large: bool
    floor_target: float
    source_listed: bool
    source_large: bool
    parts: Floats
    alien: Bools
    spelt: Bools
    nouns: bool
    capitals: Bools

    def has(self, mask: int) -> Bools:
        """Whether a word has any of these flags."""
        found: Bools = (self.flags & mask) != 0
        return found


def gather(tokens: Tokens, rows: NDArray[np.intp], frequencies: Frequencies) -> Evidence:
    """Return the evidence on the words of `rows`."""
    form = np.array(tokens.form, np.intp)[rows]
    whole = np.array(tokens.whole, np.intp)[rows]
    length = frequencies.length[form]

    # Few words are part of a compound.
    joined = np.flatnonzero(form != whole)

    def best(column: Floats) -> Floats:
        value: Floats = column[form]
        value[joined] = np.fmax(value[joined], column[whole[joined]])
        return value

    def unknown(floor: float) -> Floats:
        rare = _BY_LENGTH[0] + _BY_LENGTH[1] * length
        least: Floats = np.minimum(np.maximum(rare, RAREST), floor - _BELOW_FLOOR)
        return least

    outside = np.isnan(frequencies.target[form])
    return Evidence(
        segment=np.array(tokens.segment, np.intp)[rows],
        flags=np.array(tokens.flags, np.intp)[rows],
        target=best(frequencies.target),
        source=best(frequencies.source),
        third=best(frequencies.third),
        stem=frequencies.stem[form],
        international=frequencies.international[form],
        unknown_target=unknown(frequencies.target_list.floor),
        unknown_source=unknown(frequencies.source_list.floor),
        target_listed=frequencies.target_list.known,
        target_large=frequencies.target_list.large,
        floor_target=frequencies.target_list.floor - _BELOW_FLOOR,
        source_listed=frequencies.source_list.known,
        source_large=frequencies.source_list.large,
        parts=np.array(tokens.parts, np.float64)[rows],
        alien=frequencies.alien[form] & outside,
        spelt=frequencies.spelt[form] & outside[:, None],
        nouns=frequencies.source_list.tag.lower().startswith("de"),
        capitals=np.array([code == "de" for code in frequencies.codes], np.bool_),
    )
