"""Chinese names in Latin letters: 宝玉 and Baoyu, by how the characters are read.

Many English words are spelt like a syllable (he, can, long): only pairs that both sides have about
equally often are evidence, and what the text teaches soon outweighs it.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np
import regex

from reviewer.text.romanise import readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.align.tokens import TokenTable

SYLLABLE = 0.5
NAME = 0.6
"""Weights of a character beside its reading, and beside the name of two that it is part of."""
LEAST_LETTERS = 3
LEAST_ALIKE = 0.3
"""How far the rarer one is as frequent as the other."""
_LETTERS_KEPT = 6
_HAN = regex.compile(r"\p{Han}")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")


def read_names(han: TokenTable, latin: TokenTable) -> Iterator[tuple[int, int, float]]:
    """Yield characters of one side, words of the other that spell them, and weights."""
    known = readings()
    spelt = {
        number: known[word]
        for number, word in enumerate(han.words)
        if word in known and _HAN.match(word)
    }
    if not spelt or any(_KANA.match(word) for word in han.words):
        return
    best: dict[tuple[int, int], float] = {}
    for one, other, weight in chain(
        _syllables(han, latin, spelt), _pairs_of_syllables(han, latin, spelt)
    ):
        best[one, other] = max(weight, best.get((one, other), 0.0))
    yield from ((*pair, weight) for pair, weight in best.items())


def _syllables(
    han: TokenTable, latin: TokenTable, spelt: dict[int, str]
) -> Iterator[tuple[int, int, float]]:
    """Yield characters beside words that are their reading."""
    for number, reading in spelt.items():
        other = latin.index.get(reading)
        if other is not None and len(reading) >= LEAST_LETTERS:
            alike = _alike(int(han.frequency[number]), int(latin.frequency[other]))
            if alike >= LEAST_ALIKE:
                yield number, other, SYLLABLE * alike


def _pairs_of_syllables(
    han: TokenTable, latin: TokenTable, spelt: dict[int, str]
) -> Iterator[tuple[int, int, float]]:
    """Yield both characters of a name beside the word that spells it."""
    tokens = han.tokens[np.isin(han.tokens, np.fromiter(spelt, np.int32))].tolist()
    for (one, two), count in Counter(pairwise(tokens)).items():
        other = latin.index.get((spelt[one] + spelt[two])[:_LETTERS_KEPT])
        if other is None or count < 2:
            continue
        alike = _alike(count, int(latin.frequency[other]))
        if alike >= LEAST_ALIKE:
            yield one, other, NAME * alike
            yield two, other, NAME * alike


def _alike(one: int, other: int) -> float:
    """Return how alike two frequencies are, 0-1."""
    return min(one, other) / max(one, other, 1)
