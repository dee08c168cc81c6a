"""Words that look alike in both languages: names, numbers, loans, punctuation.

The identical-token and trigram similarity of Church (1993) and Simard, Foster & Isabelle (1992);
words of other alphabets are compared in Latin letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import regex

from reviewer.align.readings import read_names
from reviewer.text.romanise import romanise

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from reviewer.align.tokens import TokenTable

LEAST_DICE = 0.58
LEAST_LETTERS = 4
COMMON_TRIGRAM = 400
"""A trigram in more words than this tells nothing and costs time."""
MOST_WORDS = 30_000
"""Only the most frequent words are compared by spelling."""
_BLOCK = 400
_NO_LETTER = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|\P{L}"
)
"""Beginnings of tokens that are no words as they are spelt."""


@dataclass(frozen=True)
class WordPairs:
    """Pairs of a source and a target word with a weight; sorted by `source`, then `target`."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    weight: NDArray[np.float64]

    def swapped(self) -> WordPairs:
        """Return the same pairs seen from the other side."""
        return sorted_pairs(self.target, self.source, self.weight)


def sorted_pairs(
    source: NDArray[np.int64], target: NDArray[np.int64], weight: NDArray[np.float64]
) -> WordPairs:
    """Return pairs in their order."""
    order = np.lexsort((target, source))
    return WordPairs(source[order], target[order], weight[order])


def cognates(source: TokenTable, target: TokenTable, check: Callable[[], None]) -> WordPairs:
    """Return words that are spelt alike, weight 0-1: how much the likeness says."""
    ours, theirs, weights = _identical(source, target)
    alike = _alike(source, target, check)
    known = set(zip(ours, theirs, strict=True))
    for one, other, dice in alike:
        if (one, other) not in known:
            ours.append(one)
            theirs.append(other)
            weights.append(0.8 * dice * dice)
    names = [
        *read_names(source, target),
        *((one, other, weight) for other, one, weight in read_names(target, source)),
    ]
    known = set(zip(ours, theirs, strict=True))
    for one, other, weight in names:
        if (one, other) not in known:
            ours.append(one)
            theirs.append(other)
            weights.append(weight)
    return sorted_pairs(
        np.array(ours, np.int64), np.array(theirs, np.int64), np.array(weights, np.float64)
    )


def _identical(source: TokenTable, target: TokenTable) -> tuple[list[int], list[int], list[float]]:
    ours, theirs, weights = [], [], []
    for word, number in source.index.items():
        other = target.index.get(word)
        if other is not None and word:
            ours.append(number)
            theirs.append(other)
            weights.append(_identity_weight(word))
    return ours, theirs, weights


def _identity_weight(word: str) -> float:
    """Return how much it says that both sides have this very token."""
    if word.isdigit():
        return 1.0
    if not word[0].isalpha():
        return 0.8
    if len(word) >= LEAST_LETTERS or ord(word[0]) > 0x2E80:
        return 1.0
    return 0.3 if len(word) > 1 else 0.15


def _alike(
    source: TokenTable, target: TokenTable, check: Callable[[], None]
) -> list[tuple[int, int, float]]:
    """Return word pairs whose trigram Dice is at least LEAST_DICE."""
    grams: dict[str, int] = {}
    ours, our_grams = _spelt(source, grams, check)
    theirs, their_grams = _spelt(target, grams, check)
    if not ours or not theirs:
        return []
    their_sizes = np.array([len(found) for found in their_grams])
    posting_starts, postings = _postings(their_grams, len(grams))
    found: list[tuple[int, int, float]] = []
    for first in range(0, len(ours), _BLOCK):
        check()
        block = our_grams[first : first + _BLOCK]
        sizes = np.array([len(one) for one in block])
        owner = np.repeat(np.arange(len(block)), sizes)
        flat = np.array([gram for one in block for gram in one], np.int64)
        counts = posting_starts[flat + 1] - posting_starts[flat]
        counts[counts > COMMON_TRIGRAM] = 0
        rows = np.repeat(owner, counts)
        columns = postings[spans(posting_starts[flat], counts)]
        keys, shared = np.unique(rows * len(theirs) + columns, return_counts=True)
        row, column = keys // len(theirs), keys % len(theirs)
        dice = 2 * shared / (sizes[row] + their_sizes[column])
        for which in np.flatnonzero(dice >= LEAST_DICE).tolist():
            pair = ours[first + int(row[which])], theirs[int(column[which])]
            found.append((*pair, float(dice[which])))
    return found


def spans(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return start, start + 1, ... (count of them) of every span, one after another."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.arange(total) + np.repeat(starts - (ends - counts), counts))


def _spelt(
    table: TokenTable, grams: dict[str, int], check: Callable[[], None]
) -> tuple[list[int], list[list[int]]]:
    """Return the words of LEAST_LETTERS or more Latin letters, and the trigrams of each.

    At most MOST_WORDS, the frequent ones.
    """
    words = [
        number
        for number, word in enumerate(table.words)
        if len(word) >= (LEAST_LETTERS if word.isascii() else 2) and not _NO_LETTER.match(word)
    ]
    if len(words) > MOST_WORDS:
        frequency = table.frequency
        words = sorted(sorted(words, key=lambda number: -frequency[number])[:MOST_WORDS])
    spelt, found = [], []
    for place, number in enumerate(words):
        if place % _BLOCK == 0:
            check()
        latin = romanise(table.words[number])
        if len(latin) >= LEAST_LETTERS:
            spelt.append(number)
            found.append(_trigrams(latin, grams))
    return spelt, found


def _trigrams(word: str, numbers: dict[str, int]) -> list[int]:
    """Return the numbers of the word's trigrams; the first one has a mark for its start."""
    marked = "^" + word
    grams = {marked[k : k + 3] for k in range(len(marked) - 2)}
    return sorted(numbers.setdefault(gram, len(numbers)) for gram in grams)


def _postings(words: list[list[int]], size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the inverted index of the trigrams: starts (size + 1) and word numbers."""
    flat = np.array([gram for word in words for gram in word], np.int64)
    owner = np.repeat(np.arange(len(words)), [len(word) for word in words])
    order = np.argsort(flat, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(flat, minlength=size))))
    return starts, owner[order]
