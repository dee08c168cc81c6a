"""What people said of the units of a bilingual file, from what they said of its pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.model import Side, Verdict
from reviewer.review.decisions.rows import verdict_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewer.review.alignment.columns import Columns
    from reviewer.review.alignment.subjects import Piece
    from reviewer.review.decisions.fold import State


def unit_verdicts(columns: Columns, state: State) -> Mapping[int, Verdict]:
    """Return the verdicts on units, by number; open ones are left out.

    A unit is confirmed where all of it is and stands as it was seen, rejected where any of it is.
    """
    decided: dict[tuple[Side, Piece], Verdict] = {}
    for number in _decided(columns, state):
        verdict, changed = verdict_on(state, columns, number)
        for side in Side:
            for piece in columns.pieces(side, number):
                decided[side, piece] = Verdict.OPEN if changed else verdict
    return _by_unit(columns, decided)


def _decided(columns: Columns, state: State) -> set[int]:
    numbers = set()
    for _, register in state.registers("verdict"):
        place = columns.located(register.chosen, state.content(register.chosen))
        number = columns.row_of(place) if place is not None else None
        if number is not None:
            numbers.add(number)
    return numbers


def _by_unit(
    columns: Columns, decided: Mapping[tuple[Side, Piece], Verdict]
) -> dict[int, Verdict]:
    units = {columns.delivered.segments(side)[piece.ord].unit for side, piece in decided}
    found: dict[int, set[Verdict]] = {unit: set() for unit in units}
    for side in Side:
        for segment in columns.delivered.segments(side):
            if segment.unit in units:
                pieces = columns.cuts(side, segment.ord)
                said = (decided.get((side, piece), Verdict.OPEN) for piece in pieces)
                found[segment.unit].update(said)
    told = ((unit, _whole(verdicts)) for unit, verdicts in found.items())
    return {unit: verdict for unit, verdict in told if verdict is not None}


def _whole(verdicts: set[Verdict]) -> Verdict | None:
    if Verdict.REJECTED in verdicts:
        return Verdict.REJECTED
    return Verdict.CONFIRMED if verdicts == {Verdict.CONFIRMED} else None
