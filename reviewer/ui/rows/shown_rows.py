"""The rows in view, laid out; what was in view a moment ago is kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.model import Side
from reviewer.ui.look.cell_text import code_labels, for_cell
from reviewer.ui.rows.cell_layout import Cell, Face, face_of
from reviewer.ui.rows.highlights import Drawn, highlights

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewer.model import Finding, Pair
    from reviewer.review.decisions.rows import Row
    from reviewer.ui.rows.pair_rows import Rows

_KEPT = 300
_DIGITS = 3
PAD = 9
"""Pixels left and right of a text; also above and below it with normal density."""
COMPACT_PAD = 5
BAR = 4
GLYPH = 16
"""Side of the sign of a row and of its remarks."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns are, in pixels.

    Attributes:
        gutter: width of bar, signs and number.
        cell: width of the texts of either side.
        pad: above and below a text.
    """

    gutter: int
    cell: int
    pad: int

    def left(self, side: Side) -> int:
        """Return where the texts of a side begin."""
        return self.gutter + PAD if side is Side.SOURCE else self.gutter + self.cell + 3 * PAD

    @property
    def divider(self) -> int:
        """Where the line between the sides is."""
        return self.gutter + self.cell + 2 * PAD

    def side_at(self, x: float) -> Side:
        """Return the side that a place belongs to; the gutter belongs to the source."""
        return Side.SOURCE if x < self.divider else Side.TARGET


def columns_for(width: int, count: int, digit: float, *, compact: bool) -> Columns:
    """Return the columns of a view of this width for so many rows; `digit` is a digit's width."""
    number = round(max(_DIGITS, len(str(count))) * digit)
    gutter = BAR + 6 + 2 * GLYPH + number + 8
    return Columns(
        gutter, max(60, (width - gutter - 4 * PAD) // 2), COMPACT_PAD if compact else PAD
    )


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A pair as it is painted.

    Attributes:
        cells: the laid out texts of the sides.
        drawn: what is highlighted in them.
        height: of the higher text and the space around it; no hints.
    """

    row: Row
    cells: dict[Side, Cell]
    drawn: dict[Side, tuple[Drawn, ...]]
    height: int


class ShownRows:
    """Rows by number, laid out when asked for.

    Attributes:
        built: how many rows were laid out so far.
    """

    def __init__(self, rows: Rows, columns: Columns, zoom: int) -> None:
        self._rows = rows
        self._kept: OrderedDict[int, ShownRow] = OrderedDict()
        self.built = 0
        self.faces: dict[Side, Face] = {}
        self.columns = columns
        self.dress(columns, zoom)

    def dress(self, columns: Columns, zoom: int) -> None:
        """Lay everything out anew: the widths, the languages or the size of the texts changed."""
        self._kept.clear()
        self.columns = columns
        self.faces = {
            Side.SOURCE: face_of(self._rows.source_language, zoom),
            Side.TARGET: face_of(self._rows.target_language, zoom),
        }

    def __getitem__(self, number: int) -> ShownRow:
        shown = self._kept.get(number)
        if shown is not None:
            self._kept.move_to_end(number)
            return shown
        shown = self._kept[number] = self._lay_out(number)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return shown

    def forget(self, numbers: Iterable[int]) -> None:
        """Lay these rows out anew when they are asked for."""
        for number in numbers:
            self._kept.pop(number, None)

    def finding_at(self, number: int, side: Side, x: float, y: float) -> Finding | None:
        """Return the finding whose highlight is at a place of a cell, the most severe one."""
        shown = self[number]
        for one in reversed(shown.drawn[side]):
            place = one.highlight
            if place.finding and shown.cells[side].covers(x, y, place.start, place.end):
                return place.finding
        return None

    def estimate(self, sample: Iterable[int]) -> int:
        """Return the mean height of some rows; of one line if there are none."""
        heights = [self._height(self._cells(self._rows.pair(number))) for number in sample]
        if not heights:
            return self.faces[Side.TARGET].line + 2 * self.columns.pad
        return max(1, round(sum(heights) / len(heights)))

    def _lay_out(self, number: int) -> ShownRow:
        self.built += 1
        row = self._rows.row(number)
        cells = self._cells(self._rows.pair(number))
        drawn = {side: self._drawn(row, side, cell) for side, cell in cells.items()}
        return ShownRow(row, cells, drawn, self._height(cells))

    def _cells(self, pair: Pair) -> dict[Side, Cell]:
        labels, width = code_labels(pair), self.columns.cell
        return {
            Side.SOURCE: Cell(for_cell(pair.source, labels), self.faces[Side.SOURCE], width),
            Side.TARGET: Cell(for_cell(pair.target, labels), self.faces[Side.TARGET], width),
        }

    def _drawn(self, row: Row, side: Side, cell: Cell) -> tuple[Drawn, ...]:
        return tuple(
            Drawn(place, cell.boxes(place.start, place.end))
            for place in highlights(row, side, self._rows.check_kind)
        )

    def _height(self, cells: dict[Side, Cell]) -> int:
        return max(cell.height for cell in cells.values()) + 2 * self.columns.pad + 1
