"""Repeated phrases of one side: the candidates for terms and for their renderings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reviewer.terms.words import Words


@dataclass(frozen=True, slots=True)
class Shape:
    """How long a phrase may be.

    Attributes:
        tokens: at most, function words included.
        contents: content words at most.
        connectors_only: only connectors may stand inside, of all function words.
    """

    tokens: int
    contents: int
    connectors_only: bool = False


SOURCE = Shape(5, 4, connectors_only=True)
TARGET = Shape(7, 4)
UNSPACED_SOURCE = Shape(7, 6, connectors_only=True)
UNSPACED_TARGET = Shape(8, 6)


@dataclass(frozen=True)
class Phrases:
    """Closed phrases that stand in two pairs or more.

    Closed: no longer phrase holds the same occurrences. A phrase begins and ends with a content
    word. Phrases are numbered from 0; their occurrences are the first tokens, in order.

    Attributes:
        length: in tokens, by phrase.
        contents: content words, by phrase.
        tokens: the occurrences of all phrases, one after the other.
        first: index of each phrase's first occurrence in `tokens`, and their number at the end.
        candidate: whether a phrase is a candidate, or kept as a rival explanation only.
    """

    words: Words
    length: NDArray[np.int8]
    contents: NDArray[np.int8]
    tokens: NDArray[np.int32]
    first: NDArray[np.int64]
    candidate: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.length)

    @cached_property
    def _pairs(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The pairs of all phrases, each once per phrase, and where each phrase's begin."""
        pair = self.words.pair[self.tokens]
        fresh = np.ones(len(pair), dtype=np.bool_)
        fresh[1:] = pair[1:] != pair[:-1]
        fresh[self.first[:-1]] = True
        first = np.concatenate(([0], np.cumsum(fresh)))[self.first]
        return pair[fresh], first

    @cached_property
    def count(self) -> NDArray[np.int64]:
        """In how many pairs each phrase stands."""
        return np.diff(self._pairs[1])

    @property
    def pair_columns(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """All phrases' pairs one after the other, and where each phrase's begin."""
        return self._pairs

    def pairs(self, phrase: int) -> NDArray[np.int32]:
        """Return the pairs a phrase stands in, in order."""
        pairs, first = self._pairs
        return pairs[first[phrase] : first[phrase + 1]]

    def occurrences(self, phrase: int) -> NDArray[np.int32]:
        """Return the first tokens of a phrase's occurrences, in order."""
        return self.tokens[self.first[phrase] : self.first[phrase + 1]]

    def places(self, phrase: int) -> dict[int, list[int]]:
        """Return the first tokens of a phrase's occurrences, by pair."""
        tokens = self.occurrences(phrase)
        found: dict[int, list[int]] = {}
        for pair, token in zip(self.words.pair[tokens].tolist(), tokens.tolist(), strict=True):
            found.setdefault(pair, []).append(token)
        return found

    def keys(self, phrase: int) -> tuple[int, ...]:
        """Return the keys of a phrase's tokens."""
        known = self._keys.get(phrase)
        if known is None:
            token = int(self.tokens[self.first[phrase]])
            known = tuple(self.words.key[token : token + int(self.length[phrase])].tolist())
            self._keys[phrase] = known
        return known

    @cached_property
    def _keys(self) -> dict[int, tuple[int, ...]]:
        return {}


def find_phrases(words: Words, shape: Shape, *, keep_words: bool = False) -> Phrases:
    """Return the closed phrases of a side; with `keep_words` every repeated word as well."""
    levels = _grow(words, shape)
    closed = _closed(levels)
    lengths, contents, occurrences, candidates = [], [], [], []
    for level, keep in zip(levels, closed, strict=True):
        wanted = keep & level.candidate
        kept = level.candidate if keep_words and level.length == 1 else wanted
        for phrase in np.flatnonzero(kept).tolist():
            lengths.append(level.length)
            contents.append(int(level.contents[phrase]))
            found = level.tokens[level.first[phrase] : level.first[phrase + 1]]
            candidates.append(
                bool(wanted[phrase]) and _is_long_enough(words, found[0], level.length)
            )
            occurrences.append(found)
    first = np.concatenate(([0], np.cumsum([len(o) for o in occurrences], dtype=np.int64)))
    return Phrases(
        words=words,
        length=np.array(lengths, dtype=np.int8),
        contents=np.array(contents, dtype=np.int8),
        tokens=np.concatenate(occurrences) if occurrences else np.zeros(0, dtype=np.int32),
        first=first.astype(np.int64),
        candidate=np.array(candidates, dtype=np.bool_),
    )


def _is_long_enough(words: Words, token: int, length: int) -> bool:
    """Tell whether a phrase is more than a single character of an unspaced script."""
    return words.rules.spaced or length > 1 or len(words.vocabulary[words.key[token]]) > 1


@dataclass(frozen=True)
class _Level:
    """All n-grams of one length that stand in two pairs or more."""

    length: int
    gram: NDArray[np.int32]  # the n-gram that begins at each token, or -1
    tokens: NDArray[np.int32]
    first: NDArray[np.int64]
    contents: NDArray[np.int64]
    candidate: NDArray[np.bool_]


def _grow(words: Words, shape: Shape) -> list[_Level]:
    """Return the n-grams that begin with a content word, each level grown from the one before.

    A repeated n-gram begins with a repeated (n-1)-gram (Agrawal & Srikant 1994).
    """
    inside = _may_stand_inside(words, shape)
    running = np.concatenate(([0], np.cumsum(words.content)))
    starts = np.flatnonzero(words.content).astype(np.int32)
    ids = words.key[starts].astype(np.int64)
    levels: list[_Level] = []
    for length in range(1, shape.tokens + 1):
        level, ids = _level(words, starts, ids, length, running)
        if not len(level.tokens):
            break
        levels.append(level)
        starts = level.tokens
        follower = starts + length
        fits = follower < len(words.key)
        fits[fits] = words.joined[follower[fits]] & inside[follower[fits]]
        fits[fits] = running[follower[fits] + 1] - running[starts[fits]] <= shape.contents
        starts, ids = starts[fits], ids[fits]
        ids = ids * len(words.vocabulary) + words.key[starts + length]
    return levels


def _may_stand_inside(words: Words, shape: Shape) -> NDArray[np.bool_]:
    if not shape.connectors_only:
        return np.ones(len(words.key), dtype=np.bool_)
    allowed = np.array([key in words.rules.connectors for key in words.vocabulary], dtype=np.bool_)
    return words.content | allowed[words.key]


def _level(
    words: Words,
    starts: NDArray[np.int32],
    ids: NDArray[np.int64],
    length: int,
    running: NDArray[np.int64],
) -> tuple[_Level, NDArray[np.int64]]:
    """Return the n-grams in two pairs or more, and the id of the n-gram at each kept token."""
    order = np.argsort(ids, kind="stable")
    starts, ids = starts[order], ids[order]
    new_gram = np.ones(len(ids), dtype=np.bool_)
    new_gram[1:] = ids[1:] != ids[:-1]
    pair = words.pair[starts]
    new_pair = new_gram.copy()
    new_pair[1:] |= pair[1:] != pair[:-1]
    number = np.cumsum(new_gram) - 1
    pairs = np.bincount(number, weights=new_pair, minlength=1) if len(number) else np.zeros(0)
    repeated = pairs[number] >= 2 if len(number) else np.zeros(0, dtype=np.bool_)
    starts, number = starts[repeated], number[repeated]
    _, first, number = np.unique(number, return_index=True, return_inverse=True)
    gram = np.full(len(words.key), -1, dtype=np.int32)
    gram[starts] = number
    contents = running[starts[first] + length] - running[starts[first]]
    level = _Level(
        length=length,
        gram=gram,
        tokens=starts,
        first=np.append(first, len(starts)).astype(np.int64),
        contents=contents,
        candidate=words.content[starts[first] + length - 1],
    )
    return level, number.astype(np.int64)


def _closed(levels: list[_Level]) -> list[NDArray[np.bool_]]:
    """Return which n-grams of each level stand outside every longer candidate too."""
    closed = [np.ones(len(level.contents), dtype=np.bool_) for level in levels]
    counts = [np.diff(level.first) for level in levels]
    for longer, level in enumerate(levels):
        heads = level.tokens[level.first[:-1]][level.candidate]
        count = counts[longer][level.candidate]
        for shorter in range(longer):
            for offset in range(longer - shorter + 1):
                gram = levels[shorter].gram[heads + offset]
                held = (gram >= 0) & (counts[shorter][gram] == count)
                closed[shorter][gram[held]] = False
    return closed
