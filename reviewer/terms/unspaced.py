"""Words of texts without spaces: the most probable division into known words.

A word's cost is its negative log probability in the word list of the language; a run is divided
where the costs add up to the least (Viterbi over unigrams; Sproat et al. 1996, section 3).
"""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import regex

from reviewer.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RUN = r"[\p{Han}\p{Hiragana}\p{Katakana}ー々〆\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+"
_RUN = regex.compile(RUN)
_PIECE = regex.compile(r"[\p{Katakana}ー]+|\X")
_LONGEST = 6
_UNKNOWN = 18.0
"""Cost of an unknown character, in nats: rarer than any listed word."""
_BATCH = 1 << 18


class Divider:
    """Divides the runs of a document into words."""

    def __init__(self, tag: str, texts: Iterable[str]) -> None:
        self._costs: dict[str, float] = {}
        self._words = lexicon(tag)
        if self._words.known:
            for batch in _batches(texts):
                self._learn(batch)

    def _learn(self, strings: list[str]) -> None:
        values = self._words.log_probabilities(strings).tolist()
        self._costs.update(
            (string, -value)
            for string, value in zip(strings, values, strict=True)
            if not isnan(value)
        )

    def divide(self, run: str) -> list[str]:
        """Return the words of a run, in order; they join to it."""
        pieces = _PIECE.findall(run)
        best, back = [0.0], [0]
        for end in range(1, len(pieces) + 1):
            word = pieces[end - 1]
            cost, start = best[end - 1] + self._costs.get(word, _UNKNOWN), end - 1
            for begin in range(end - 2, max(-1, end - _LONGEST - 1), -1):
                word = pieces[begin] + word
                known = self._costs.get(word)
                if known is not None and best[begin] + known < cost:
                    cost, start = best[begin] + known, begin
            best.append(cost)
            back.append(start)
        words, end = [], len(pieces)
        while end:
            words.append("".join(pieces[back[end] : end]))
            end = back[end]
        return words[::-1]


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the strings of the texts that may be words, in batches, each at least once."""
    found: set[str] = set()
    for text in texts:
        for run in _RUN.findall(text):
            pieces = _PIECE.findall(run)
            for start in range(len(pieces)):
                for end in range(start + 1, min(len(pieces), start + _LONGEST) + 1):
                    found.add("".join(pieces[start:end]))
        if len(found) >= _BATCH:
            yield sorted(found)
            found.clear()
    yield sorted(found)
