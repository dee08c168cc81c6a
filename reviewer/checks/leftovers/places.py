"""What the place of a word says of it: names, titles, parentheses, accepted phrases."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from reviewer.checks.leftovers import flags as flag
from reviewer.checks.leftovers.source import is_capitalised, name_blocks, quoted_copies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.checks.leftovers.opaque import Phrases
    from reviewer.checks.leftovers.source import SourceWords
    from reviewer.checks.leftovers.vocabulary import Shape
    from reviewer.text.words import Word

_PARENTHESES = re.compile(r"[(（][^()（）]*[)）]")
_START = attrgetter("start")
_TITLE = 3
_PARTICLE_WORDS = """
von van der den dem het ter ten vom zum zur zu de da di del della dello dei degli delle dos das do
du des la le les lo el los las al bin bint ibn ben abu ad as e y i och og und af av"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())


def place_flags(
    text: str,
    found: Sequence[Word],
    shapes: Sequence[Shape],
    source: SourceWords,
    phrases: Phrases,
    *,
    caseless: bool,
) -> list[int]:
    """Return the flags of each word that depend on where it stands."""
    flags = [0] * len(found)
    capitals = [index for index, shape in enumerate(shapes) if shape[1] & flag.CAP]
    if capitals and not caseless:
        for start, end in name_blocks(text, found, capitals, source):
            for index in range(start, end):
                flags[index] |= flag.BLOCK
    if "(" in text or "（" in text:
        for match in _PARENTHESES.finditer(text):
            for index in _inside(found, match.span()):
                flags[index] |= flag.PARENTHESIS
    for span in quoted_copies(text, source):
        inside = _inside(found, span)
        raised = sum(is_capitalised(found[index].text) for index in inside)
        title = len(inside) <= _TITLE or 2 * raised >= len(inside)
        for index in inside:
            flags[index] |= flag.IN_COPIED_QUOTE | (flag.QUOTED if title else 0)
    if capitals:
        _mark_particles(flags, found)
    _mark_sequences(flags, [shape[0] for shape in shapes], phrases)
    return flags


def _inside(found: Sequence[Word], span: tuple[int, int]) -> range:
    first, last = (bisect_left(found, place, key=_START) for place in span)
    return range(first, last)


def _mark_particles(flags: list[int], found: Sequence[Word]) -> None:
    """Mark the particles of names."""
    for index in [n for n, word in enumerate(found) if word.text in _PARTICLES]:
        if _is_before_name(found, index):
            flags[index] |= flag.PARTICLE


def _mark_sequences(flags: list[int], lowered: Sequence[str], phrases: Phrases) -> None:
    """Mark what is accepted as a sequence of words."""
    for index in [n for n, word in enumerate(lowered) if word in phrases]:
        for rest in phrases[lowered[index]]:
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
