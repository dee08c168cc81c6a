"""Codes of a corrected text put so that tags never cross and none is left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.formats.layout import common_start
from reviewer.model import CodeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.model import Code, Unit


def well_nested(unit: Unit, start: int, end: int, new: str) -> str:
    """Return new text for a range of a unit with its pairs of codes well nested.

    What crosses is closed and opened again; behind the range the same halves are open as before.
    """
    by_character = {code.character: code for code in unit.codes}
    others = _others(unit.codes)
    open_ = _open_at(unit, start, by_character, others)
    parts: list[str] = []

    def close(halves: Sequence[str]) -> None:
        parts.extend(others[half] for half in reversed(halves))

    for character in new:
        code = by_character.get(character)
        kind = code.kind if code is not None and character in others else None
        if kind is CodeKind.OPEN:
            if character not in open_:
                open_.append(character)
                parts.append(character)
        elif kind is CodeKind.CLOSE:
            if others[character] in open_:
                at = open_.index(others[character])
                again = open_[at + 1 :]
                close(open_[at:])
                parts += again
                open_[at:] = again
        else:
            parts.append(character)
    wanted = _open_at(unit, end, by_character, others)
    same = common_start(open_, wanted)
    close(open_[same:])
    return "".join([*parts, *wanted[same:]])


def _others(codes: Sequence[Code]) -> dict[str, str]:
    """Return the other half of each half of a pair."""
    opened = {code.id: code.character for code in codes if code.kind is CodeKind.OPEN}
    found: dict[str, str] = {}
    for code in codes:
        if code.kind is CodeKind.CLOSE and code.id in opened:
            found[code.character] = opened[code.id]
            found[opened[code.id]] = code.character
    return found


def _open_at(
    unit: Unit, offset: int, by_character: dict[str, Code], others: dict[str, str]
) -> list[str]:
    """Return the opening halves in front of an offset whose other half is not."""
    open_: list[str] = []
    for character in unit.text[:offset]:
        if character in others and by_character[character].kind is CodeKind.OPEN:
            open_.append(character)
        elif character in others and others[character] in open_:
            open_.remove(others[character])
    return open_
