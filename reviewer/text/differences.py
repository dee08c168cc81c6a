"""What two versions of a text do not share, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(r"\s+|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+|[^\w\s]")
"""White space, a letter of a script without spaces, a word, or any other character."""
_MOST_TOKENS = 2_000
"""Beyond that the comparison would be felt; the whole text is taken for another one."""
_AROUND = 80
"""Code points of what is alike that are left beside a difference."""


def differing(text: str, other: str) -> list[tuple[int, int]]:
    """Return the ranges of `text` that are not in `other`, in order; empty where it is equal."""
    if text == other:
        return []
    mine = [match.span() for match in _TOKEN.finditer(text)]
    words = [text[start:end] for start, end in mine]
    others = _TOKEN.findall(other)
    if max(len(words), len(others)) > _MOST_TOKENS:
        return [(0, len(text))]
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    return [
        (mine[first][0], mine[last - 1][1])
        for tag, first, last, _, _ in matcher.get_opcodes()
        if tag != "equal" and last > first
    ]


def alike_around(texts: Sequence[str]) -> tuple[int, int]:
    """Return how many code points at the start and at the end of texts can be left out.

    All of them are alike there, with some words to spare; 0 where it would save little.
    """
    start = _alike(texts)
    end = _alike([text[start:][::-1] for text in texts])
    first = texts[0] if texts else ""
    head, tail = first[: max(start - _AROUND, 0)], first[::-1][: max(end - _AROUND, 0)]
    return _whole_words(head), _whole_words(tail)


def _alike(texts: Sequence[str]) -> int:
    """Return how many code points all texts begin with alike."""
    columns = enumerate(zip(*texts, strict=False))
    shortest = min(map(len, texts), default=0)
    return next((place for place, column in columns if len(set(column)) > 1), shortest)


def _whole_words(text: str) -> int:
    """Return the length of a text up to its last space, all of it where there is none near."""
    if len(text) < _AROUND:
        return 0
    space = text.rfind(" ")
    return space + 1 if len(text) - space < _AROUND else len(text)
