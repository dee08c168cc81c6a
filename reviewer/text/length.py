"""How long a translation is expected to be."""

from __future__ import annotations

import re
from math import log, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewer.text.languages import Language

_BASE = 0.012
_PER_CHARACTER = 3.4
_IDEOGRAPHIC = 0.6
"""Density below which a script writes words or syllables; its lengths spread wider."""
_WIDER = 1.5
_FLOOR = 8.0
_BRACKETED = re.compile(r"[ \u00a0]?(?:\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|［[^［］]*］)")
_FIRST_WIDE = "\u2e80"
_MOST_OWN = 1.5


def size(text: str, language: Language) -> float:
    """Return how many characters a text would have in English.

    Latin letters and digits inside a text of ideographs count as they are.
    """
    own = language.density
    length = len(text)
    if own >= _IDEOGRAPHIC or text.isascii():
        return length / own if own >= _IDEOGRAPHIC else float(length)
    wide = sum(character >= _FIRST_WIDE for character in text)
    return wide / own + length - wide


def without_brackets(text: str) -> str:
    """Return a text without what stands in round and square brackets; all of it if that is all."""
    bare = _BRACKETED.sub("", text)
    return bare if any(map(str.isalnum, bare)) else text


def length_spread(first: float, second: float, languages: tuple[Language, Language]) -> float:
    """Return the standard deviation of ln(second / first), for the sizes of two texts.

    Fitted to 3,500 human translations: the variance falls with the length.
    """
    spread = sqrt(_BASE + _PER_CHARACTER / max(first + second, _FLOOR))
    wide = min(languages[0].density, languages[1].density) < _IDEOGRAPHIC
    return spread * _WIDER if wide else spread


def deviation(
    source: str, target: str, languages: tuple[Language, Language], ratio: float | None = None
) -> float:
    """Return by how many standard deviations a translation is too long; negative is too short.

    `ratio` is the document's own number of target characters per source character; it moves the
    expectation by no more than half.
    """
    first, second = size(source.strip(), languages[0]), size(target.strip(), languages[1])
    if not first or not second:
        return 0.0
    own = 1.0
    if ratio:
        own = ratio * languages[0].density / languages[1].density
        own = min(max(own, 1 / _MOST_OWN), _MOST_OWN)
    return log(second / (first * own)) / length_spread(first, second, languages)
