"""Alignment edits: which beads take the place of which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.review.columns import Ranges, manual_bead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.model import Bead

Swap = tuple[list["Bead"], list["Bead"]]
"""The beads to take away, and those to put in their place."""


def merge_with_next(beads: Sequence[Bead], number: int) -> Swap | None:
    """Return one bead for this one and the next; None where they are no neighbours."""
    if number + 1 >= len(beads) or not _follows(beads[number], beads[number + 1]):
        return None
    upper, lower = beads[number], beads[number + 1]
    whole = (upper.source_start, lower.source_end, upper.target_start, lower.target_end)
    return [upper, lower], [manual_bead(whole)]


def split(beads: Sequence[Bead], number: int, source: int, target: int) -> Swap | None:
    """Return two beads for one: its first `source` and `target` segments, and the others."""
    bead = beads[number]
    s, t = bead.source_start + source, bead.target_start + target
    if not (bead.source_start <= s <= bead.source_end):
        return None
    if not (bead.target_start <= t <= bead.target_end):
        return None
    upper = (bead.source_start, s, bead.target_start, t)
    lower = (s, bead.source_end, t, bead.target_end)
    if _empty(upper) or _empty(lower):
        return None
    return [bead], [manual_bead(upper), manual_bead(lower)]


def move_target(beads: Sequence[Bead], number: int, step: int) -> Swap | None:
    """Return the beads after a target segment went over a pair's edge.

    With step 1 its last one goes to the next pair, with -1 its first one to the pair before.
    """
    other = number + step
    if beads[number].target_start == beads[number].target_end or not 0 <= other < len(beads):
        return None
    upper, lower = beads[min(number, other)], beads[max(number, other)]
    if not _follows(upper, lower):
        return None
    edge = upper.target_end - step
    places = [
        (upper.source_start, upper.source_end, upper.target_start, edge),
        (lower.source_start, lower.source_end, edge, lower.target_end),
    ]
    return [upper, lower], [manual_bead(place) for place in places if not _empty(place)]


def _follows(upper: Bead, lower: Bead) -> bool:
    """Return whether two beads are neighbours on both sides."""
    return upper.source_end == lower.source_start and upper.target_end == lower.target_start


def _empty(place: Ranges) -> bool:
    return place[0] == place[1] and place[2] == place[3]
