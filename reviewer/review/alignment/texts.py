"""Corrected texts of segments that were split: which stands where.

An edit is about a range of a segment: the whole one, or a piece. Where segments are split or
brought together after they were edited, or by somebody else meanwhile, what stands in a piece is
put together from every edit that touches it; later ones lie over earlier ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewer.model import Event

_COMPARED = 2_000
"""Characters of a changed stretch up to which the change is looked at letter by letter."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote for a range of a segment as delivered."""

    start: int
    end: int
    text: str
    event: Event


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a piece's range without the space beside the cuts; the ends of the text stay."""
    first = start + (len(text[start:end]) - len(text[start:end].lstrip()) if start else 0)
    last = end - (len(text[first:end]) - len(text[first:end].rstrip()) if end < len(text) else 0)
    return first, max(first, last)


@dataclass(frozen=True, slots=True)
class _Tile:
    """A range of the delivered text and what stands there."""

    start: int
    end: int
    text: str


def composed(whole: str, said: Iterable[Said], start: int, end: int) -> str:
    """Return what stands in a range of a segment, `said` being in the order of time."""
    tiles = [_tile(whole, 0, len(whole))]
    for one in said:
        tiles = _cut(whole, _cut(whole, tiles, one.start), one.end)
        before = [tile for tile in tiles if tile.end <= one.start]
        behind = [tile for tile in tiles if tile.start >= one.end]
        tiles = [*before, _Tile(one.start, one.end, one.text), *behind]
    tiles = _cut(whole, _cut(whole, tiles, start), end)
    return _joined(whole, [t for t in tiles if start <= t.start and t.end <= end])


def _tile(whole: str, start: int, end: int) -> _Tile:
    first, last = trimmed(whole, start, end)
    return _Tile(start, end, whole[first:last])


def _cut(whole: str, tiles: Sequence[_Tile], at: int) -> list[_Tile]:
    """Return tiles of which none reaches over a place."""
    found: list[_Tile] = []
    for tile in tiles:
        if not tile.start < at < tile.end:
            found.append(tile)
            continue
        was = _tile(whole, tile.start, tile.end).text
        first, _ = trimmed(whole, tile.start, tile.end)
        place = place_in(was, tile.text, min(max(at - first, 0), len(was)))
        found.append(_Tile(tile.start, at, tile.text[:place].rstrip()))
        found.append(_Tile(at, tile.end, tile.text[place:].lstrip()))
    return found


def _joined(whole: str, tiles: Sequence[_Tile]) -> str:
    text = ""
    for number, tile in enumerate(tiles):
        if number and text and tile.text:
            text += gap(whole, tile.start)
        text += tile.text
    return text


def gap(whole: str, at: int) -> str:
    """Return the space around a place of a text."""
    before, behind = whole[:at], whole[at:]
    return before[len(before.rstrip()) :] + behind[: len(behind) - len(behind.lstrip())]


def place_in(was: str, now: str, offset: int) -> int:
    """Return where a place of a text is after it was changed into another.

    What is alike tells it; inside of a change the nearest place where both are alike, and of a
    change too long to compare the same share of it.
    """
    if was == now:
        return offset
    head = _common(was, now)
    tail = min(_common(was[::-1], now[::-1]), len(was) - head, len(now) - head)
    if offset <= head:
        return offset
    if offset >= len(was) - tail:
        return len(now) - (len(was) - offset)
    old, new = was[head : len(was) - tail], now[head : len(now) - tail]
    inside = offset - head
    if len(old) > _COMPARED or len(new) > _COMPARED:
        return head + round(inside * len(new) / len(old))
    for match in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        if inside <= match.a + match.size:
            return head + match.b + max(0, inside - match.a)
    return head + len(new)


def _common(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (x, y) in pairs if x != y), min(len(one), len(other)))
