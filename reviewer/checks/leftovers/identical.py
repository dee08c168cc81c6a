"""Segments that equal their source: names and numbers are fine, a sentence is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from reviewer.checks.leftovers import flags as flag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.checks.leftovers.evidence import Evidence

_FREQUENT = -13.0
"""ln P above which a word is one of the target language's own."""

_BETWEEN = re.compile(r"\W+")
_WORD = re.compile(r"\w+")
_BETTER = 2.0
_UNKNOWN = -20.0
_NAMES = flag.CAP | flag.BLOCK | flag.QUOTED | flag.FIXED


def words_only(text: str) -> str:
    """Return the words of a text, to compare texts by; spaces and punctuation do not count."""
    return _BETWEEN.sub(" ", text).strip()


def first_word(text: str) -> str:
    """Return the first of these words; texts that differ in it are no copies: a quick look."""
    match = _WORD.search(text)
    return match.group() if match else ""


def left_whole(evidence: Evidence, segment: int, codes: Sequence[str]) -> tuple[str, float] | None:
    """Return the language of a segment that equals its source, if it is left untranslated.

    That is so where a word in lower case is not frequent in the target language and at home in
    another: ("", score) is the source's, (code, score) a third language. None for names,
    numbers and words that both languages share.
    """
    first, end = np.searchsorted(evidence.segment, [segment, segment + 1])
    rows = np.arange(first, end)
    rows = rows[(evidence.flags[rows] & _NAMES) == 0]
    target = np.nan_to_num(evidence.target[rows], nan=_UNKNOWN)
    source = np.nan_to_num(evidence.source[rows], nan=_UNKNOWN)
    third = np.nan_to_num(evidence.third[rows], nan=_UNKNOWN)
    best = np.maximum(source, third.max(axis=1, initial=_UNKNOWN))
    foreign = (target < _FREQUENT) & (best - target > _BETTER)
    if not evidence.target_listed or not foreign.any():
        return None
    score = float((best - target)[foreign].sum())
    totals = third.sum(axis=0)
    if len(codes) and totals.max() > source.sum() + _BETTER:
        return codes[int(totals.argmax())], score
    return "", score
