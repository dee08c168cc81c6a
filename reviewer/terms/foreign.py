"""English that was left in a translation from another language."""

from __future__ import annotations

import regex

from reviewer.terms.grammar import grammar

_WORD = regex.compile(r"\p{L}{2,}")
_FEWEST = 3
_TIMES = 3


class Foreign:
    """Tells English among the segments of another language by their function words."""

    def __init__(self, target_language: str) -> None:
        own = grammar(target_language)
        english = frozenset() if own.code == "en" else grammar("en").stop
        self._english, self._own = english - own.stop, own.stop - english

    def is_foreign(self, text: str) -> bool:
        """Tell whether a segment has three English function words, and three for each own one."""
        if not self._english:
            return False
        words = _WORD.findall(text.lower())
        english = sum(word in self._english for word in words)
        return english >= _FEWEST and english > _TIMES * sum(word in self._own for word in words)
