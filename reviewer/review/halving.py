"""Where the other side of a pair divides, when a caret was set in one side alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from reviewer.model import SEGMENT_BREAK, Bead, Side
from reviewer.review.documents.lessons import surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.review.alignment.columns import Columns
    from reviewer.review.decisions.fold import State

NEAR = 60
"""Pairs on either side of the pair that the scores are learned from: the person waits."""
MOST_MARKS = 40
BELOW_BY = 3.0
"""Log odds by which a whole sentence fits the lower half better before it goes there."""
_MARK = regex.compile(
    r"[.!?…;:,،؛؟]+[\"'”»’)\]]*\s+|[。！？；：，、]+[”」』）]*|\s[–—]\s+",
)
"""Behind which a sentence, or a part of one, may end."""


def matching_offset(
    columns: Columns,
    state: State,
    number: int,
    side: Side,
    offset: int,
    languages: tuple[str, str],
) -> int | None:
    """Return where the other side divides best when one side is cut at an offset.

    The other side is one sentence. It is cut behind a mark where the aligner's scores say that
    its parts answer to the halves; else it goes to one half as a whole: its end is returned for
    the upper half, its beginning for the lower one. None where it is no single sentence, or where
    the offset divides nothing.
    """
    pair = columns.pair(number)
    own = pair.text(side)
    other = pair.text(Side.TARGET if side is Side.SOURCE else Side.SOURCE)
    halves = own[:offset].strip(), own[offset:].strip()
    if SEGMENT_BREAK in other or not other.strip() or not all(halves):
        return None
    ends: list[int] = [match.end() for match in _MARK.finditer(other)]
    marks = [end for end in ends if other[end:].strip()][:MOST_MARKS]
    parts = [(other[:mark].strip(), other[mark:].strip()) for mark in marks]
    near = surroundings(columns, state, range(number, number + 1), NEAR)
    scores = _scores(columns, near, side, halves, other, parts, languages)
    above, below, *cut = scores
    best = max(range(len(cut)), key=cut.__getitem__, default=None)
    if best is not None and cut[best] > max(above, below):
        return marks[best]
    return 0 if below > above + BELOW_BY else len(other)


def _scores(
    columns: Columns,
    near: Sequence[int],
    side: Side,
    halves: tuple[str, str],
    whole: str,
    parts: Sequence[tuple[str, str]],
    languages: tuple[str, str],
) -> list[float]:
    """Return the scores: of the whole with the upper half, with the lower one, of each cut."""
    from reviewer import align

    pairs = [columns.pair(n) for n in near]
    texts = {each: [pair.text(each) for pair in pairs] for each in Side}
    first = len(near)
    texts[side] += halves
    opposite = Side.TARGET if side is Side.SOURCE else Side.SOURCE
    texts[opposite] += [whole, *(text for two in parts for text in two)]
    cuts = [
        [_bead(side, first + half, first + 1 + 2 * n + half) for half in (0, 1)]
        for n in range(len(parts))
    ]
    alone = [_alone(side, first + half) for half in (0, 1)]
    upper, lower = (_bead(side, first + half, first) for half in (0, 1))
    scale = align.Scale.learned(
        (align.Column(texts[Side.SOURCE]), align.Column(texts[Side.TARGET])),
        [Bead(n, n + 1, n, n + 1, 0.99) for n in range(first)],
        [],
        languages,
    )
    return [scale.of(beads) for beads in ([upper, alone[1]], [alone[0], lower], *cuts)]


def _bead(side: Side, own: int, other: int) -> Bead:
    source, target = (own, other) if side is Side.SOURCE else (other, own)
    return Bead(source, source + 1, target, target + 1)


def _alone(side: Side, own: int) -> Bead:
    return Bead(own, own + 1, 0, 0) if side is Side.SOURCE else Bead(0, 0, own, own + 1)
