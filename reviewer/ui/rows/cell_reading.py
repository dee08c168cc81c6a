"""Reading with the mouse: what is below it, selecting and copying text, clicks on findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.ui.rows.cell_selection import Selection, word_around

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

    from reviewer.model import Finding, Side
    from reviewer.ui.rows.anchored_rows import Place
    from reviewer.ui.rows.shown_rows import ShownRows

_DRAG = 4
"""Pixels that the mouse moves before a click is a selection."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What is below the mouse.

    Attributes:
        number: of the pair.
        side: None in the gutter.
        offset: in the joined text of the side.
        finding: whose highlight it is.
    """

    number: int
    side: Side | None
    offset: int
    finding: Finding | None


class CellReading:
    """The mouse over the cells, and what is selected there."""

    def __init__(self) -> None:
        self.selection: Selection | None = None
        self._press: QPointF | None = None
        self._pressed: Hit | None = None
        self._dragged = False

    def press(self, hit: Hit, at: QPointF) -> None:
        """Begin a click or a selection."""
        self._press, self._pressed, self._dragged = at, hit, False
        self.selection = None
        if hit.side is not None:
            self.selection = Selection(hit.number, hit.side, hit.offset, hit.offset)

    def drag(self, at: QPointF, place: Place | None, shown: ShownRows) -> bool:
        """Select up to a place, inside of the cell where it began; return whether it changed."""
        if self._press is None or self.selection is None or place is None:
            return False
        if not self._dragged and (at - self._press).manhattanLength() < _DRAG:
            return False
        self._dragged = True
        side, number = self.selection.side, self.selection.number
        x = at.x() - shown.columns.left(side)
        y = at.y() - place.y - shown.columns.pad
        before = self.selection
        self.selection = before.to(shown[number].cells[side].offset_at(x, y))
        return self.selection != before

    def release(self) -> tuple[Hit | None, bool]:
        """End a click or a selection; return what was pressed, and whether it was dragged."""
        pressed, dragged = self._pressed, self._dragged
        self._press, self._pressed, self._dragged = None, None, False
        return pressed, dragged

    def select_word(self, hit: Hit, text: str) -> None:
        """Select the word at a hit."""
        if hit.side is not None:
            start, end = word_around(text, hit.offset)
            self.selection = Selection(hit.number, hit.side, start, end)

    @property
    def is_pressed(self) -> bool:
        """Whether the mouse is held."""
        return self._press is not None


def hit_at(at: QPointF, place: Place, number: int, shown: ShownRows) -> Hit:
    """Return what is at a point of the view, in the row of a place."""
    columns = shown.columns
    if at.x() < columns.gutter:
        return Hit(number, None, 0, None)
    side = columns.side_at(at.x())
    x, y = at.x() - columns.left(side), at.y() - place.y - columns.pad
    offset = shown[number].cells[side].offset_at(x, y)
    return Hit(number, side, offset, shown.finding_at(number, side, x, y))
