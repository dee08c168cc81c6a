"""Source phrases that live inside longer terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewer.terms.bitext import Bitext

_CONSISTENT_DICE = 0.85
_LEAST_CONTENTS = 0.6
_MOST_NESTED = 0.75


class Nesting:
    """Knows which tokens belong to longer terms that are consistently rendered.

    Attributes:
        size: by source token, the content words of the longest such term over it.
    """

    def __init__(self, bitext: Bitext) -> None:
        self._bitext = bitext
        self.size = self._longest()

    def _longest(self) -> NDArray[np.int8]:
        """Return, by source token, the content words of the longest consistent term over it."""
        bitext = self._bitext
        size = np.zeros(len(bitext.source.words.key), dtype=np.int8)
        for phrase in np.flatnonzero(self._consistent()).tolist():
            contents = bitext.source.contents[phrase]
            tokens = bitext.source.occurrences(phrase)
            for offset in range(int(bitext.source.length[phrase])):
                size[tokens + offset] = np.maximum(size[tokens + offset], contents)
        return size

    def _consistent(self) -> NDArray[np.bool_]:
        """Return which source phrases have one rendering of about their own length."""
        bitext, evidence = self._bitext, self._bitext.evidence
        source_contents = bitext.source.contents[evidence.source]
        target_contents = bitext.target.contents[evidence.target]
        # A German compound holds in one word what others say in two.
        compounds = int(bitext.target.words.rules.compounds)
        good = (
            (evidence.dice >= _CONSISTENT_DICE)
            & (source_contents > 1)
            & (target_contents + compounds >= _LEAST_CONTENTS * source_contents)
        )
        found = np.zeros(len(bitext.source), dtype=np.bool_)
        found[evidence.source[good]] = True
        return found & bitext.source.candidate

    def is_nested(self, phrase: int) -> bool:
        """Tell whether three quarters of a source phrase's places lie inside longer terms."""
        inside = self._inside(phrase, self._bitext.source.occurrences(phrase))
        return bool(inside.mean() >= _MOST_NESTED)

    def holds(self, phrase: int, token: int) -> bool:
        """Tell whether the place of a source phrase at a token lies inside a longer term."""
        return bool(self._inside(phrase, np.array([token]))[0])

    def _inside(self, phrase: int, tokens: NDArray[np.int32]) -> NDArray[np.bool_]:
        inside: NDArray[np.bool_] = self.size[tokens] > self._bitext.source.contents[phrase]
        return inside
