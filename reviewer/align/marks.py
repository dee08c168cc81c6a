"""Question marks, quotation marks, paragraphs: as many on one side as on the other, or not.

Which marks a translation keeps is learned from the text itself: a table per kind of mark of how
often so many on one side meet so many on the other, against chance (pointwise mutual
information). Sentences with the same marks share a signature, so that a bead costs one look-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import regex

from reviewer.align.lattice import LARGEST_GROUP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from reviewer.align.column import Column
    from reviewer.align.lexicon import WeightedBeads

_KINDS = ("?？؟՞፧⁇", "!！¡‼", ":：", "([（【〔", "…⋯", "–—―─", ";；؛·", "%％٪‰")
"""Marks that count as one kind; quotation marks and numbers are counted apart."""
_BEFORE = " \u00a0\u202f\u3000\t([（-–—"
_OPENING, _CLOSING = "“„‟«‹‘「『《〈〝", "”»›’」』》〉〞"
_QUOTE = regex.compile(
    r"(?<before>^|.)[\"“”„‟«»‹›‘’「」『』《》〈〉〝〞](?=(?<after>.?))", regex.DOTALL
)
_NUMBER = regex.compile(r"\p{Nd}+(?:[.,:'’\u00a0\u202f]\p{Nd}+)*")
_DOTS = regex.compile(r"\.{3,}")
LEVELS = (4, 3, 2)
"""0, 1, 2, and 3 or more of a kind are told apart; fewer where marks are too many."""
MOST_ENTRIES = 4_000_000
"""Entries of the table of all signatures; bounds the memory."""
KINDS = len(_KINDS) + 4
PRIOR = 8.0
"""Pseudo-beads in which counts meet by chance, per table."""
AGREEING = 4.0
"""Pseudo-beads in which counts agree."""
LINES = 0.8
"""Share of sentences with a paragraph of their own from which on paragraphs are mere lines."""


def count_marks(text: str) -> tuple[int, ...]:
    """Return how many marks of each kind a sentence holds.

    Behind them the quotations that begin, those that end, and the numbers.
    """
    if not text.isascii() or "..." in text:
        text = _DOTS.sub("…", text)
    counts = [sum(map(text.count, kind)) for kind in _KINDS]
    return (*counts, *_quotes(text), len(_NUMBER.findall(text)))


def _quotes(text: str) -> tuple[int, int]:
    """Return how many quotations begin and how many end in a sentence.

    Where they begin and end tells which sentences belong together: one language may have in
    three sentences what is one in the other. The space beside the mark decides, for what opens
    in one language closes in another; between two spaces or two letters the mark itself does.
    """
    opening = closing = 0
    for match in _QUOTE.finditer(text, overlapped=True):
        before, after = match["before"], match["after"]
        mark = text[match.end() - 1]
        free, bare = not before or before in _BEFORE, not after.isalnum()
        if free != bare:
            opening, closing = opening + free, closing + bare
        elif mark == "’" or (mark == "‘" and not free and before.isalnum()):
            continue
        elif mark in _OPENING:
            opening += 1
        elif mark in _CLOSING:
            closing += 1
    return opening, closing


@dataclass(frozen=True)
class MarkTable:
    """The marks of one side.

    Attributes:
        counts: (sentences, KINDS), how many of each kind, at most one less than `levels`.
        levels: how many counts of a kind are told apart.
    """

    counts: NDArray[np.int64]
    levels: int

    @cached_property
    def sums(self) -> NDArray[np.int64]:
        """(sentences + 1, KINDS): how many there are before each sentence."""
        return np.concatenate((np.zeros((1, KINDS), np.int64), np.cumsum(self.counts, axis=0)))

    def within(self, start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return (ranges, KINDS): the levels of ranges of sentences."""
        return np.asarray(np.minimum(self.sums[end] - self.sums[start], self.levels - 1))

    @cached_property
    def _groups(self) -> tuple[NDArray[np.int64], tuple[NDArray[np.int32], ...]]:
        size = len(self.counts)
        place = self.levels ** np.arange(KINDS)
        start = np.arange(size + 1)
        codes = [
            (self.within(start, np.minimum(start + group, size)) * place).sum(axis=1)
            for group in range(1, LARGEST_GROUP + 1)
        ]
        distinct, inverse = np.unique(np.concatenate(codes), return_inverse=True)
        parts = np.split(inverse.astype(np.int32), LARGEST_GROUP)
        return distinct[:, None] // place % self.levels, tuple(parts)

    @property
    def signatures(self) -> NDArray[np.int64]:
        """(signatures, KINDS): the levels of all groups of sentences, each once."""
        return self._groups[0]

    def of_groups(self, size: int) -> NDArray[np.int32]:
        """Return the signature of the `size` sentences that start at each sentence."""
        return self._groups[1][size - 1]


def mark_tables(
    source: Sequence[Column], target: Sequence[Column], check: Callable[[], None]
) -> tuple[MarkTable, MarkTable]:
    """Count the marks of both sides of all documents."""
    parted = _is_parted(source) and _is_parted(target)
    counts = _counts(source, check, parted=parted), _counts(target, check, parted=parted)
    for levels in LEVELS:
        ours, theirs = (MarkTable(np.minimum(one, levels - 1), levels) for one in counts)
        if len(ours.signatures) * len(theirs.signatures) <= MOST_ENTRIES:
            return ours, theirs
    silent = np.zeros_like
    return MarkTable(silent(counts[0]), 2), MarkTable(silent(counts[1]), 2)


def _is_parted(columns: Sequence[Column]) -> bool:
    """Return whether paragraphs hold more than their one sentence often enough to tell something.

    In a file with a sentence on each line, paragraphs count sentences over again: what stands in
    one sentence here and in two there would seem to disagree each time.
    """
    sentences = sum(len(column.texts) for column in columns)
    paragraphs = sum(len(set(column.paragraphs or ())) for column in columns)
    return 0 < paragraphs < LINES * sentences


def _counts(
    columns: Sequence[Column], check: Callable[[], None], *, parted: bool
) -> NDArray[np.int64]:
    """Return (sentences, KINDS); the last kind is the beginning of a paragraph, if `parted`."""
    rows: list[tuple[int, ...]] = []
    for column in columns:
        last: int | None = None
        for number, text in enumerate(column.texts):
            if number % 2000 == 0:
                check()
            paragraph = column.paragraphs[number] if parted and column.paragraphs else None
            rows.append((*count_marks(text), int(paragraph is not None and paragraph != last)))
            last = paragraph
    return np.array(rows, np.int64).reshape(-1, KINDS)


@dataclass(frozen=True)
class MarkModel:
    """What marks say about a bead.

    Attributes:
        table: (source signatures, target signatures), log likelihood ratios.
    """

    source: MarkTable
    target: MarkTable
    table: NDArray[np.float32]

    @classmethod
    def learned(cls, source: MarkTable, target: MarkTable, beads: WeightedBeads) -> MarkModel:
        """Learn from weighted beads what meets what."""
        ours = source.within(beads.source, beads.source + beads.source_size)
        theirs = target.within(beads.target, beads.target + beads.target_size)
        shape = len(source.signatures), len(target.signatures)
        total = np.zeros(shape, np.float32)
        for kind in range(KINDS):
            met = np.zeros((source.levels, target.levels))
            np.add.at(met, (ours[:, kind], theirs[:, kind]), beads.weight)
            score = _information(met, _shares(source, kind), _shares(target, kind))
            total += score[source.signatures[:, kind][:, None], target.signatures[:, kind]]
        return cls(source, target, total)


def _shares(table: MarkTable, kind: int) -> NDArray[np.float64]:
    """Return the share of sentences with each level of a kind."""
    counts = np.bincount(table.counts[:, kind], minlength=table.levels) + 0.5
    return np.asarray(counts / counts.sum())


def _information(
    met: NDArray[np.float64], ours: NDArray[np.float64], theirs: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return log P(both) / (P(one) P(other)) of a table of counts.

    Before anything was counted, marks meet by chance or, a part of them, agree.
    """
    agreeing = np.diag(np.minimum(ours, theirs))
    smooth = met + PRIOR * np.outer(ours, theirs) + AGREEING * agreeing / agreeing.sum()
    smooth /= smooth.sum()
    chance = np.outer(smooth.sum(axis=1), smooth.sum(axis=0))
    return np.asarray(np.log(smooth / chance))
