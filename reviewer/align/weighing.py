"""Which of two alignments of the same texts words, lengths and marks speak for.

The scores are the engine's, log likelihood ratios against "each side is any text", but of given
beads instead of all of a band, and learned from pairs that both sides of a comparison agree on.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from reviewer.align.cognates import cognates
from reviewer.align.lattice import TYPES
from reviewer.align.lengths import Background, LengthModel
from reviewer.align.lexicon import PairLexicon, WeightedBeads, known_pairs, train
from reviewer.align.marks import MarkModel, mark_tables
from reviewer.align.scores import GAP_SENTENCE, GAP_TURNING, gap_opening
from reviewer.align.tokens import token_table
from reviewer.align.trust import measured_trust, word_scores
from reviewer.errors import Cancelled
from reviewer.model import Bead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from reviewer.align.column import Cancelled as IsCancelled
    from reviewer.align.column import Column
    from reviewer.align.lexicon import Lexicon
    from reviewer.align.trust import Tables

    Node = tuple[int, int]

SHARE = 0.3
"""What the background explains of known words, as in the engine's last pass."""
UNUSUAL = math.log(1e-4)
"""Of a bead of more sentences than the engine thinks of, in place of what its type says."""
DISPUTED = 0.5
"""Weight in the training of what only one of two alignments says."""
MARGIN = 3.0
"""Log odds by which others are better than the beads that stand."""
_AT_ONCE = 2000
_SIZES = {kind: number for number, kind in enumerate(TYPES)}


def chosen(
    source: Column,
    target: Column,
    standing: Sequence[Bead],
    found: Sequence[Bead],
    taught: Sequence[Bead],
    source_language: str,
    target_language: str,
    *,
    lexicon: PairLexicon | None = None,
    cancelled: IsCancelled | None = None,
) -> list[Bead]:
    """Return the better of two alignments, stretch by stretch, as beads in order.

    A stretch ends where both alignments have an end on both sides. `standing` is kept where the
    other one is not clearly better.

    Args:
        source: the column of the original.
        target: the column of the translation.
        standing: in order on both sides, beads without a counterpart apart.
        found: the same; in order on both sides.
        taught: beads that stand in any case and teach.
        source_language: BCP 47 tag.
        target_language: BCP 47 tag.
        lexicon: what others taught.
        cancelled: asked now and then; when it says True, errors.Cancelled.
    """
    both = [_two_sided(standing), _two_sided(found)]
    if not _is_chain(both[0]):
        return list(found)
    agreed = {_key(bead) for bead in both[0]} & {_key(bead) for bead in both[1]}
    disputed = [
        replace(b, confidence=DISPUTED * b.confidence)
        for beads in both
        for b in beads
        if _key(b) not in agreed
    ]
    if not disputed:
        return list(found)
    known = [bead for bead in both[1] if _key(bead) in agreed - {_key(one) for one in taught}]
    scale = Scale.learned(
        (source, target),
        [*taught, *known],
        disputed,
        (source_language, target_language),
        lexicon=lexicon,
        cancelled=cancelled,
    )
    sizes = len(source.texts), len(target.texts)
    out: list[Bead] = []
    for old, new in _stretches(standing, found, sizes):
        same = [_key(bead) for bead in old] == [_key(bead) for bead in new]
        out += new if same or scale.of(new) > scale.of(old) + MARGIN else old
    return out


@dataclass(frozen=True)
class Scale:
    """What words, lengths and marks say of beads, as far as it was learned.

    Attributes:
        trust: the weight of the words, as `trust.measured_trust` has it.
    """

    tables: Tables
    lengths: LengthModel
    background: Background
    marks: MarkModel
    lexicon: Lexicon
    trust: float

    @classmethod
    def learned(
        cls,
        columns: tuple[Column, Column],
        taught: Sequence[Bead],
        disputed: Sequence[Bead],
        languages: tuple[str, str],
        *,
        lexicon: PairLexicon | None = None,
        cancelled: IsCancelled | None = None,
    ) -> Scale:
        """Learn from beads by their confidence; how far words can be trusted from `taught` alone.

        Raises errors.Cancelled.
        """

        def check() -> None:
            if cancelled is not None and cancelled():
                raise Cancelled("The comparison was stopped.")

        tables = token_table(columns[0].texts, check), token_table(columns[1].texts, check)
        marks = mark_tables([columns[0]], [columns[1]], check)
        known = (lexicon or PairLexicon()).for_languages(*languages)
        priors = replace(known_pairs(known, *tables), cognates=cognates(*tables, check))
        sure, all_ = _weighted(taught), _weighted([*taught, *disputed])
        words, _ = train(*tables, all_, priors, check)
        return cls(
            tables,
            LengthModel.start(*tables).updated(*tables, all_, 0.0),
            Background.of(tables[1]),
            MarkModel.learned(*marks, all_),
            words,
            measured_trust(tables, sure, priors, SHARE, check),
        )

    def of(self, beads: Sequence[Bead]) -> float:
        """Return the score of beads that follow each other; those without counterpart are runs."""
        total = float(self.each(_two_sided(beads)).sum())
        for alone, run in groupby(beads, lambda bead: not _has_both(bead)):
            if alone:
                total += self._gap(list(run))
        return total

    def _gap(self, run: Sequence[Bead]) -> float:
        ours = sum(bead.source_end - bead.source_start for bead in run)
        theirs = sum(bead.target_end - bead.target_start for bead in run)
        turning = GAP_TURNING if ours and theirs else 0.0
        return gap_opening(self.trust) + turning + GAP_SENTENCE * (ours + theirs)

    def each(self, beads: Sequence[Bead]) -> NDArray[np.float64]:
        """Return the score of each bead; all have both sides."""
        parts = [self._some(beads[n : n + _AT_ONCE]) for n in range(0, len(beads), _AT_ONCE)]
        return np.concatenate([np.zeros(0), *parts])

    def _some(self, beads: Sequence[Bead]) -> NDArray[np.float64]:
        made = _weighted(beads)
        ours, theirs = (made.source, made.source_size), (made.target, made.target_size)
        score = self.trust * word_scores(self.tables, self.lexicon, SHARE, ours, theirs)
        for number, bead in enumerate(beads):
            sizes = bead.source_end - bead.source_start, bead.target_end - bead.target_start
            score[number] += self._by_type(bead, sizes) if sizes in _SIZES else UNUSUAL
        return np.asarray(score)

    def _by_type(self, bead: Bead, sizes: tuple[int, int]) -> float:
        source, target = self.tables
        lengths = (
            source.cumulative[bead.source_end] - source.cumulative[bead.source_start],
            target.cumulative[bead.target_end] - target.cumulative[bead.target_start],
        )
        density = self.background.log_density[sizes[1] - 1][bead.target_start]
        ours, theirs, there = (np.array([n], np.float32) for n in (*lengths, density))
        by_length = self.lengths.score(np.maximum(ours, 1), np.maximum(theirs, 1), there)
        marks = self.marks.table[
            self.marks.source.of_groups(sizes[0])[bead.source_start],
            self.marks.target.of_groups(sizes[1])[bead.target_start],
        ]
        return float(by_length[0] + self.lengths.priors[_SIZES[sizes]] + marks)


def _weighted(beads: Iterable[Bead]) -> WeightedBeads:
    """Return beads with both sides as arrays, in order, weighted by confidence."""
    rows = sorted(
        (b.source_start, b.target_start, b.source_end, b.target_end, b.confidence) for b in beads
    )
    table = np.array(rows, np.float64).reshape(-1, 5)
    places = table[:, :4].astype(np.int64)
    sizes = places[:, 2:] - places[:, :2]
    return WeightedBeads(places[:, 0], sizes[:, 0], places[:, 1], sizes[:, 1], table[:, 4])


def _has_both(bead: Bead) -> bool:
    return bead.source_end > bead.source_start and bead.target_end > bead.target_start


def _two_sided(beads: Iterable[Bead]) -> list[Bead]:
    return [bead for bead in beads if _has_both(bead)]


def _key(bead: Bead) -> tuple[int, int, int, int]:
    return bead.source_start, bead.source_end, bead.target_start, bead.target_end


def _is_chain(beads: Sequence[Bead]) -> bool:
    return all(
        one.source_end <= other.source_start and one.target_end <= other.target_start
        for one, other in pairwise(beads)
    )


# Stretches


def _stretches(
    standing: Sequence[Bead], found: Sequence[Bead], sizes: Node
) -> Iterator[tuple[list[Bead], list[Bead]]]:
    """Yield what either alignment says of each stretch between two places where both may be cut.

    What has no counterpart stands before the bead behind it, sources first.
    """
    one, other = _Chain(standing), _Chain(found)
    corners = {(0, 0), sizes, *one.corners, *other.corners}
    nodes = [node for node in sorted(corners) if one.is_open(node) and other.is_open(node)]
    for start, end in pairwise(nodes):
        yield one.between(start, end), other.between(start, end)


class _Chain:
    """An alignment that can be asked for its parts."""

    def __init__(self, beads: Sequence[Bead]) -> None:
        self._both = _two_sided(beads)
        self._sources = [bead.source_end for bead in self._both]
        self._targets = [bead.target_end for bead in self._both]
        alone = [bead for bead in beads if not _has_both(bead)]
        self._source_alone = _by_sentence((b.source_start, b.source_end, b) for b in alone)
        self._target_alone = _by_sentence((b.target_start, b.target_end, b) for b in alone)

    @property
    def corners(self) -> Iterator[Node]:
        for bead in self._both:
            yield bead.source_start, bead.target_start
            yield bead.source_end, bead.target_end

    def is_open(self, node: Node) -> bool:
        """Return whether no bead reaches over a node, on either side."""
        place = bisect_right(self._sources, node[0])
        if place != bisect_right(self._targets, node[1]):
            return False
        behind = self._both[place] if place < len(self._both) else None
        return behind is None or (
            behind.source_start >= node[0] and behind.target_start >= node[1]
        )

    def between(self, start: Node, end: Node) -> list[Bead]:
        """Return the beads between two open nodes, each sentence that is left by itself."""
        first = bisect_left(self._sources, start[0] + 1)
        last = bisect_right(self._sources, end[0])
        out: list[Bead] = []
        i, j = start
        for bead in (*self._both[first:last], Bead(*(end[0],) * 2, *(end[1],) * 2)):
            at, ours, theirs = bead.source_start, self._source_alone, self._target_alone
            out += [Bead(n, n + 1, j, j, ours.get(n, 0.0)) for n in range(i, at)]
            out += [
                Bead(at, at, n, n + 1, theirs.get(n, 0.0)) for n in range(j, bead.target_start)
            ]
            if _has_both(bead):
                out.append(bead)
            i, j = bead.source_end, bead.target_end
        return out


def _by_sentence(ranges: Iterable[tuple[int, int, Bead]]) -> dict[int, float]:
    """Return how sure each sentence without counterpart is."""
    return {n: bead.confidence for start, end, bead in ranges for n in range(start, end)}
