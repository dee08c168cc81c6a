"""What two versions of a text do not share, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\s+|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+|[^\w\s]")
"""White space, a letter of a script without spaces, a word, or any other character."""
_MOST_TOKENS = 2_000
"""Beyond that the comparison would be felt; the whole text is taken for another one."""


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
