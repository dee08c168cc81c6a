"""Pairs of codes of which an edit takes one half away: the other half goes with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reviewer.formats.base import Insertion, Replacement
from reviewer.model import CodeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reviewer.model import Code, Unit

_HALVES = {CodeKind.OPEN, CodeKind.CLOSE}


class Edits(NamedTuple):
    """Edits that leave no half of a pair behind.

    Attributes:
        gone: of each unit that loses pairs, the characters of their halves.
    """

    replacements: list[Replacement]
    insertions: list[Insertion]
    gone: dict[int, frozenset[str]]


def with_other_halves(
    unit_of: Callable[[int], Unit],
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> Edits:
    """Return edits in which a half that loses its other half goes as well.

    A half that stood alone before stays as it is. `unit_of` gives a unit by its number.
    """
    by_unit: defaultdict[int, Edits]
    by_unit = defaultdict(lambda: Edits([], [], {}))
    for changed in replacements:
        by_unit[changed.unit].replacements.append(changed)
    for added in insertions:
        by_unit[max(added.unit, 0)].insertions.append(added)
    found = Edits([], [], {})
    for number, edits in by_unit.items():
        _add_whole(found, number, unit_of(number), edits)
    return found


def other_halves(codes: Sequence[Code]) -> dict[str, str]:
    """Return the other half of each half of a pair; what must stay is none."""
    open_: defaultdict[str, list[Code]] = defaultdict(list)
    found: dict[str, str] = {}
    for code in codes:
        if code.kind is CodeKind.OPEN:
            open_[code.id].append(code)
        elif code.kind is CodeKind.CLOSE and open_[code.id]:
            opening = open_[code.id].pop()
            if opening.can_delete and code.can_delete:
                found[opening.character] = code.character
                found[code.character] = opening.character
    return found


def _add_whole(found: Edits, number: int, unit: Unit, edits: Edits) -> None:
    """Add a unit's edits without the halves that they leave alone."""
    alone = _left_alone(unit, edits) if any(c.kind in _HALVES for c in unit.codes) else {}
    if not alone:
        found.replacements.extend(edits.replacements)
        found.insertions.extend(edits.insertions)
        return
    found.gone[number] = frozenset(alone) | frozenset(alone.values())
    drop = dict.fromkeys(map(ord, alone))
    for changed in edits.replacements:
        found.replacements.append(replace(changed, text=changed.text.translate(drop)))
    for added in edits.insertions:
        shared = added.codes == unit.codes
        found.insertions.append(
            replace(added, text=added.text.translate(drop)) if shared else added
        )
    for half in alone:
        at = unit.text.find(half)
        inside = any(each.start <= at < each.end for each in edits.replacements)
        if at >= 0 and not inside:
            found.replacements.append(Replacement(number, at, at + 1, half, ""))


def _left_alone(unit: Unit, edits: Edits) -> dict[str, str]:
    """Return the halves that edits leave without their other half, with that half."""
    others = other_halves(unit.codes)
    last, parts = 0, []
    for changed in sorted(edits.replacements, key=lambda each: each.start):
        parts += [unit.text[last : changed.start], changed.text]
        last = changed.end
    parts.append(unit.text[last:])
    # The codes of an insertion may be those of another unit, under the same characters.
    parts += [added.text for added in edits.insertions if added.codes == unit.codes]
    before, now = set(unit.text), set("".join(parts))
    return {
        half: other
        for half, other in others.items()
        if half in now and other not in now and (other in before or half not in before)
    }


def in_one(unit: Unit, edits: Sequence[Replacement], gone: frozenset[str]) -> list[Replacement]:
    """Return a unit's edits with one in place of those that reach into what `gone` pairs hold.

    For formats in which text looks as it does by what stands around it.
    """
    places = [place for half in gone if (place := unit.text.find(half)) >= 0]
    first, last = min(places, default=0), max(places, default=-1) + 1
    inside = sorted(
        (each for each in edits if each.start <= last and each.end >= first),
        key=lambda each: (each.start, each.end),
    )
    if not places or not inside:
        return list(edits)
    start = min(first, inside[0].start)
    end = max(last, *(each.end for each in inside))
    parts, done = [], start
    for each in inside:
        parts += [unit.text[done : each.start], each.text]
        done = each.end
    text = "".join((*parts, unit.text[done:end]))
    one = Replacement(inside[0].unit, start, end, unit.text[start:end], text)
    return [*(each for each in edits if each not in inside), one]
