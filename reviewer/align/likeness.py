"""How well the words of some sentences explain the words of others.

For a group S of sentences and a sentence T of the other side:
    sum over the tokens w of T of log(k_w + (1 - k_w) * sum over s in S of t(w|s) / (|S| p(w)))
with k_w the share of text that the background explains; 1, and so neutral, for a word that the
lexicon does not know. For a fixed group this is additive over the sentences of T.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reviewer.align.cognates import spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewer.align.lexicon import Translations
    from reviewer.align.tokens import TokenTable

KNOWN_MASS = 0.03
_MOST_TOKENS_AT_ONCE = 300_000


@dataclass(frozen=True)
class Explainer:
    """One direction: the words of `groups` explain the words of `others`.

    Attributes:
        groups, others: the two sides.
        translations: t(other | group word).
        floor: k_w for each other word.
        factor: (1 - k_w) / p(w) for each other word.
    """

    groups: TokenTable
    others: TokenTable
    translations: Translations
    floor: NDArray[np.float32]
    factor: NDArray[np.float32]

    @classmethod
    def of(
        cls, groups: TokenTable, others: TokenTable, translations: Translations, share: float
    ) -> Explainer:
        """Make the explainer where the background explains `share` of the known words.

        A number is known even where no sentence of the other side has it.
        """
        known = (translations.mass > KNOWN_MASS) | others.is_number
        floor = np.where(known, share, 1.0).astype(np.float32)
        return cls(groups, others, translations, floor, (1 - floor) / others.probability)


def likeness(
    explainer: Explainer,
    first: int,
    last: int,
    lows: NDArray[np.int64],
    highs: NDArray[np.int64],
    largest: int,
) -> NDArray[np.float32]:
    """Score the groups that start at sentences first..last-1 against ranges of other sentences.

    `lows` and `highs` are the half-open ranges, never falling. Returns (largest, n): for
    groups of 1, 2, ... sentences (cut at `last`) the scores of the ranges, one after another.
    """
    sizes = highs - lows
    token_counts = explainer.others.starts[highs] - explainer.others.starts[lows]
    out = np.empty((largest, int(sizes.sum())), np.float32)
    ends = np.cumsum(token_counts)
    written = 0
    row = 0
    while row < last - first:
        before = int(ends[row - 1]) if row else 0
        stop = int(np.searchsorted(ends, before + _MOST_TOKENS_AT_ONCE, "right"))
        stop = min(max(stop, row + 1), last - first)
        block = slice(row, stop)
        size = int(sizes[block].sum())
        if size:
            out[:, written : written + size] = _block(
                explainer, (first + row, first + stop, last), lows[block], highs[block], largest
            )
        written += size
        row = stop
    return out


def _block(
    explainer: Explainer,
    rows: tuple[int, int, int],
    lows: NDArray[np.int64],
    highs: NDArray[np.int64],
    largest: int,
) -> NDArray[np.float32]:
    """Score the groups of some rows; `rows` are first, last, and the end of all rows."""
    others = explainer.others
    first, last, end = rows
    start, stop = others.starts[lows.min()], others.starts[highs.max()]
    window = others.tokens[start:stop]
    local = np.zeros(len(others.words), np.int32)
    local[window] = 1
    words = np.flatnonzero(local)
    local[:] = -1
    local[words] = np.arange(len(words), dtype=np.int32)
    until = min(last + largest - 1, end)
    table = _explained(explainer, first, until, local, len(words))
    counts = others.starts[highs] - others.starts[lows]
    token = spans(others.starts[lows], counts)
    cell = np.repeat(np.arange(last - first), counts) * len(words) + local[others.tokens[token]]
    word = others.tokens[token]
    floor, factor = explainer.floor[word], explainer.factor[word]
    sentence = spans(lows, highs - lows)
    sentence_sizes = others.counts[sentence]
    sentence_starts = np.cumsum(sentence_sizes) - sentence_sizes
    out = np.empty((largest, len(sentence)), np.float32)
    group_tokens = np.zeros(last - first, np.float32)
    total = np.zeros(len(token), np.float32)
    sizes = explainer.groups.counts
    flat = np.concatenate((table.ravel(), np.zeros(largest * len(words), np.float32)))
    for extra in range(largest):
        there = np.arange(first + extra, last + extra)
        group_tokens += np.where(there < end, sizes[np.minimum(there, end - 1)], 0)
        total += flat[cell + extra * len(words)]
        ratio = total * np.repeat(1 / group_tokens, counts)
        ratio *= factor
        ratio += floor
        np.log(ratio, out=ratio)
        out[extra] = np.add.reduceat(ratio, sentence_starts)
    return out


def _explained(
    explainer: Explainer, first: int, last: int, local: NDArray[np.int32], size: int
) -> NDArray[np.float32]:
    """Return (sentence, word): the sum of t(word | s) over the tokens s of each sentence."""
    groups, translations = explainer.groups, explainer.translations
    tokens = groups.tokens[groups.starts[first] : groups.starts[last]]
    owner = np.repeat(np.arange(last - first), groups.counts[first:last])
    starts = translations.starts[tokens]
    counts = translations.starts[tokens + 1] - starts
    entry = spans(starts, counts)
    column = local[translations.other[entry]]
    seen = column >= 0
    cell = np.repeat(owner, counts)[seen] * size + column[seen]
    table = np.bincount(cell, translations.value[entry[seen]], minlength=(last - first) * size)
    return table.astype(np.float32).reshape(last - first, size)
