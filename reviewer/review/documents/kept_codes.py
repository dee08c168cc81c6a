"""Inline codes kept where a plain text takes the place of a text that has some."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

import regex

from reviewer.model import FIRST_CODE, LAST_CODE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WORD = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]|[\p{L}\p{M}\p{N}]+")
_CODE = regex.compile(f"[{chr(FIRST_CODE)}-{chr(LAST_CODE)}]")
_MOST_WORDS = 2_000
"""Words up to which two texts are compared; of longer ones all codes go to the end."""


class Kept(NamedTuple):
    """A text with codes; `moved` of them stand at its end because no word tells where."""

    text: str
    moved: int = 0


def with_codes(was: str, new: str) -> Kept:
    """Return a new text with the codes of the old one, beside the words that both have.

    A code stands at the same word as before: at the one that it touches, else at the one in front
    of it or behind. What has no such word any more goes to the end.
    """
    codes = [found.group() for found in _CODE.finditer(was)]
    if not codes or _CODE.search(new):
        return Kept(new)
    words, places = _words(was), _words(new)
    same = _matched(
        [was[slice(*word)].casefold() for word in words],
        [new[slice(*word)].casefold() for word in places],
    )
    added: list[tuple[int, str]] = []
    moved = 0
    for found in _CODE.finditer(was):
        offset = _offset(was, found.start(), words, places, same)
        moved += offset is None and bool(words)
        added.append((len(new) if offset is None else offset, found.group()))
    added.sort(key=lambda each: each[0])
    parts, last = [], 0
    for offset, code in added:
        parts += [new[last:offset], code]
        last = offset
    return Kept("".join((*parts, new[last:])), moved)


def _words(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _WORD.finditer(text)]


def _matched(was: Sequence[str], new: Sequence[str]) -> Mapping[int, int]:
    """Return which word of the new text each old one is.

    In the longest equal runs; a word that moved is known where both have it once.
    """
    if len(was) > _MOST_WORDS or len(new) > _MOST_WORDS:
        return {}
    once = Counter(was), Counter(new)
    found = {
        number: new.index(word)
        for number, word in enumerate(was)
        if once[0][word] == once[1][word] == 1
    }
    matcher = SequenceMatcher(None, was, new, autojunk=False)
    for block in matcher.get_matching_blocks():
        found |= {block.a + step: block.b + step for step in range(block.size)}
    return found


def _offset(
    was: str,
    place: int,
    words: Sequence[tuple[int, int]],
    places: Sequence[tuple[int, int]],
    same: Mapping[int, int],
) -> int | None:
    """Return where in the new text a code of the old one belongs; None where nothing tells."""
    behind = sum(1 for _start, end in words if end <= place)
    before = behind - 1
    touches_next = behind < len(words) and not was[place + 1 : words[behind][0]].strip(
        "".join(_CODE.findall(was))
    )
    order = (behind, before) if touches_next else (before, behind)
    for number in order:
        if number in same:
            start, end = places[same[number]]
            return start if number == behind else end
    return None
