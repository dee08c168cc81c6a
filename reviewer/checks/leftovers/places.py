"""What the place of a word says of it: names, titles, parentheses, accepted phrases."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from reviewer.checks.leftovers import flags as flag
from reviewer.checks.leftovers.source import is_capitalised, name_blocks, quoted_copies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.checks.leftovers.opaque import Phrases
    from reviewer.checks.leftovers.source import SourceWords
    from reviewer.text.words import Word

_PARENTHESES = re.compile(r"[(（][^()（）]*[)）]")
_TITLE = 3
_PARTICLE_WORDS = """
von van der den dem het ter ten vom zum zur zu de da di del della dello dei degli delle dos das do
du des la le les lo el los las al bin bint ibn ben abu ad as e y i och og und af av"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())


def place_flags(
    text: str,
    found: Sequence[Word],
    lowered: Sequence[str],
    source: SourceWords,
    phrases: Phrases,
    *,
    caseless: bool,
) -> list[int]:
    """Return the flags of each word that depend on where it stands.

    `lowered` are the words in lower case.
    """
    flags = [0] * len(found)
    if not caseless:
        for start, end in name_blocks(text, found, source):
            for index in range(start, end):
                flags[index] |= flag.BLOCK
    starts = [word.start for word in found]
    if "(" in text or "（" in text:
        for match in _PARENTHESES.finditer(text):
            for index in _inside(starts, match.span()):
                flags[index] |= flag.PARENTHESIS
    for span in quoted_copies(text, source):
        inside = _inside(starts, span)
        capitals = sum(is_capitalised(found[index].text) for index in inside)
        title = len(inside) <= _TITLE or 2 * capitals >= len(inside)
        for index in inside:
            flags[index] |= flag.IN_COPIED_QUOTE | (flag.QUOTED if title else 0)
    _mark_sequences(flags, found, lowered, phrases)
    return flags


def _inside(starts: Sequence[int], span: tuple[int, int]) -> range:
    return range(bisect_left(starts, span[0]), bisect_left(starts, span[1]))


def _mark_sequences(
    flags: list[int], found: Sequence[Word], lowered: Sequence[str], phrases: Phrases
) -> None:
    """Mark the particles of names, and what is accepted as a sequence of words."""
    for index, word in enumerate(found):
        if word.text in _PARTICLES and _is_before_name(found, index):
            flags[index] |= flag.PARTICLE
        for rest in phrases.get(lowered[index], ()):
            end = index + 1 + len(rest)
            if tuple(lowered[index + 1 : end]) == rest:
                for inside in range(index, end):
                    flags[inside] |= flag.NEUTRAL
                break


def _is_before_name(found: Sequence[Word], index: int) -> bool:
    for word in found[index + 1 : index + 3]:
        if word.text not in _PARTICLES:
            return is_capitalised(word.text)
    return False
