"""Texts put in the place of others in many targets: where that is possible, and the edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reviewer.review.decisions import gestures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewer.model import Draft
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.decisions.fold import State


class TextSwap(NamedTuple):
    """A place in the target of a pair, the text that stood there, and the one to put there."""

    number: int
    start: int
    end: int
    old: str
    new: str


def still_there(columns: Columns, swaps: Iterable[TextSwap]) -> list[TextSwap]:
    """Return the swaps at whose places the old text stands as when they were found."""
    return [swap for swap in swaps if _stands(columns, swap)]


def _stands(columns: Columns, swap: TextSwap) -> bool:
    if not 0 <= swap.number < len(columns):
        return False
    pair = columns.pair(swap.number)
    return not pair.is_locked and pair.target_text[swap.start : swap.end] == swap.old


def replaced(state: State, columns: Columns, swaps: Iterable[TextSwap]) -> list[Draft]:
    """Return the edits that make swaps, one text for each pair."""
    by_pair: dict[int, list[TextSwap]] = {}
    for swap in swaps:
        by_pair.setdefault(swap.number, []).append(swap)
    drafts: list[Draft] = []
    for number, swaps_here in sorted(by_pair.items()):
        text = columns.pair(number).target_text
        for swap in sorted(swaps_here, key=lambda s: (s.start, s.end, s.new), reverse=True):
            text = text[: swap.start] + swap.new + text[swap.end :]
        drafts += gestures.edit(state, columns, number, text)
    return drafts
