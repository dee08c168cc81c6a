"""Paints one row: bar, sign, number, both texts with their highlights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from reviewer.model import Doubt, Side, Verdict
from reviewer.ui.look.fonts import ui_font
from reviewer.ui.look.icons import paint_icon
from reviewer.ui.look.theme import Theme, faded
from reviewer.ui.rows.highlights import draw_marks, draw_tints
from reviewer.ui.rows.shown_rows import BAR, GLYPH, PAD, Columns, ShownRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QSize

    from reviewer.model import Finding, Kind, Span
    from reviewer.review.decisions.rows import Row
    from reviewer.ui.rows.anchored_rows import Place
    from reviewer.ui.rows.cell_layout import Cell, Face
    from reviewer.ui.rows.cell_selection import Selection

NUMBER_SIZE = 12
FRAME = 6
"""Pixels that the frame of the active cell keeps from its text, left and right."""


@dataclass(frozen=True, slots=True)
class Active:
    """What is special about the row to paint.

    Attributes:
        current: it is the current row.
        focused: the view, or its editor, has the keyboard.
        editing: the editor covers the target.
        finding: the active finding, if it is in this row.
        text_height: pixels of the row without the hints below its target.
        cuts: side and offset of the carets that say where the pair is split.
    """

    current: bool = False
    focused: bool = False
    editing: bool = False
    finding: Finding | None = None
    text_height: int = 0
    cuts: tuple[tuple[Side, int], ...] = ()


class RowPainter:
    """Paints rows into a view of some width."""

    def __init__(
        self,
        painter: QPainter,
        columns: Columns,
        faces: dict[Side, Face],
        theme: Theme,
        kind_of: Callable[[Finding], Kind],
        size: QSize,
    ) -> None:
        self._painter = painter
        self._columns = columns
        self._faces = faces
        self._theme = theme
        self._kind_of = kind_of
        self._number_font = ui_font(NUMBER_SIZE)
        self._width, self._height = size.width(), size.height()
        self._found: Sequence[Span] = ()
        self._current = -1

    def draw(
        self,
        place: Place,
        shown: ShownRow,
        active: Active,
        selection: Selection | None,
        found: Sequence[Span] = (),
    ) -> None:
        """Paint a row at its place, with what is selected and what was searched for."""
        self._found = found
        if active.current:
            self._current = shown.row.number
            area = QRectF(0, place.y, self._width, place.height)
            self._painter.fillRect(area, self._theme.active)
        self._draw_gutter(place, shown.row)
        self._draw_cell(place, shown, Side.SOURCE, active, selection)
        if active.current:
            self._draw_frame(place, active)
        if not active.editing:
            self._draw_cell(place, shown, Side.TARGET, active, selection)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._painter.fillRect(QRectF(0, place.bottom - 1, self._width, 1), self._theme.line)

    def draw_bond(self, place: Place, row: Row) -> None:
        """Paint between the sides how sure it is that they belong together; drawn last."""
        name = "crossed" if row.crossed else "doubt" if row.doubt is not Doubt.SURE else ""
        if not name:
            return
        painter, theme = self._painter, self._theme
        x = self._columns.divider
        if row.doubt is not Doubt.SURE:
            painter.fillRect(QRectF(x, place.y, 1, place.height - 1), self._ground(row))
            painter.setPen(QPen(theme.outline, 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x + 0.5, place.y), QPointF(x + 0.5, place.bottom - 1))
        if row.doubt is Doubt.CHECK and not row.crossed:
            return
        line = self._faces[Side.TARGET].line
        y = place.y + self._columns.pad + (line - GLYPH) / 2
        box = QRectF(x + 0.5 - GLYPH / 2, y, GLYPH, GLYPH).adjusted(1, 1, -1, -1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground(row))
        painter.drawEllipse(box.adjusted(-1, -1, 1, 1))
        paint_icon(painter, name, box, theme.text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _ground(self, row: Row) -> QColor:
        return self._theme.active if row.number == self._current else self._theme.base

    def draw_mark(self, place: Place, *, end: bool) -> None:
        """Paint that a row is the marked one, an `end`, or between it and the current one."""
        x = BAR + 1
        self._painter.fillRect(QRectF(x, place.y, 2, place.height - 1), self._theme.accent)
        if end:
            line = self._faces[Side.TARGET].line
            top = place.y + self._columns.pad + line
            if place.height >= 2 * line:
                self._draw_sign("link", self._theme.accent, BAR + 6 + GLYPH + 2, top, line)

    def _draw_gutter(self, place: Place, row: Row) -> None:
        painter, theme = self._painter, self._theme
        line = self._faces[Side.TARGET].line
        top = place.y + self._columns.pad
        x = BAR + 6
        signs = []
        if row.findings:
            look = theme.kinds[self._kind_of(row.findings[0])]
            painter.fillRect(QRectF(0, place.y, BAR, place.height - 1), look.color)
            signs.append((look.icon, look.color))
        verdict = _verdict_sign(row, theme)
        if verdict is not None:
            signs.insert(0, verdict)
        if row.locked:
            signs.append(("lock", theme.dim))
        room = 2 if place.height >= 2 * line else 1
        for number, (name, color) in enumerate(signs[:room]):
            self._draw_sign(name, color, x, top + number * line, line)
        if row.comments:
            self._draw_sign("comment", theme.dim, x + GLYPH + 2, top, line)
        painter.setFont(self._number_font)
        painter.setPen(theme.dim)
        box = QRectF(x, top, self._columns.gutter - x - 6, line)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, right, str(row.number + 1))

    def _draw_sign(self, name: str, color: QColor, x: float, y: float, line: float) -> None:
        box = QRectF(x, y + (line - GLYPH) / 2, GLYPH, GLYPH)
        paint_icon(self._painter, name, box.adjusted(1, 1, -1, -1), color)

    def _draw_frame(self, place: Place, active: Active) -> None:
        color = self._theme.accent if active.editing else faded(self._theme.accent, 0.45)
        if not active.focused:
            color = self._theme.line
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(QPen(color, 1.6))
        self._painter.setBrush(self._theme.base)
        left = self._columns.left(Side.TARGET)
        frame = QRectF(left - FRAME, place.y, self._columns.cell + 2 * FRAME, active.text_height)
        margin = self._columns.pad / 2 - 0.5
        self._painter.drawRoundedRect(frame.adjusted(0, margin, 0, -margin), 5, 5)

    def _draw_cell(
        self,
        place: Place,
        shown: ShownRow,
        side: Side,
        active: Active,
        selection: Selection | None,
    ) -> None:
        painter, cell = self._painter, shown.cells[side]
        corner = QPointF(self._columns.left(side), place.y + self._columns.pad)
        painter.save()
        painter.translate(corner)
        if shown.drawn[side]:
            draw_tints(painter, shown.drawn[side], self._theme, active.finding)
        self._draw_found(cell, side)
        if selection is not None and selection.is_in(shown.row.number, side):
            for box in cell.boxes(*selection.range):
                painter.fillRect(box, self._theme.selection)
        for cut_side, offset in active.cuts:
            if cut_side is side:
                self._draw_caret(cell, offset)
        if cell.has_signs:
            self._draw_signs(cell)
        painter.setPen(self._theme.text)
        # The clip is the view itself: of a cell that is higher than it, only its lines there.
        clip = QRectF(0, -corner.y() - 1, self._columns.cell + PAD, self._height + 2)
        cell.draw(painter, QPointF(0, 0), clip)
        draw_marks(painter, shown.drawn[side], self._theme)
        painter.restore()

    def _draw_found(self, cell: Cell, side: Side) -> None:
        for span in self._found:
            if span.side is side:
                for box in cell.boxes(span.start, span.end):
                    self._painter.fillRect(box, faded(self._theme.accent, 0.14))

    def _draw_caret(self, cell: Cell, offset: int) -> None:
        for box in cell.boxes(offset, offset):
            line = QRectF(box.left() - 1, box.top(), 2, box.height())
            self._painter.fillRect(line, self._theme.accent)

    def _draw_signs(self, cell: Cell) -> None:
        for box in cell.chips():
            draw_chip(self._painter, box, self._theme)
        for box in cell.hidden():
            draw_hidden(self._painter, box, self._theme)


def draw_chip(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Paint the frame of an inline code; its label is text."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.outline, 1))
    painter.setBrush(faded(theme.outline, 0.14))
    painter.drawRoundedRect(box.adjusted(0.5, 1.5, -0.5, -1.5), 4, 4)


def draw_hidden(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Paint a mark where a character has no width."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.bad, 1))
    x = box.center().x()
    painter.drawLine(QPointF(x, box.top() + 2), QPointF(x, box.bottom() - 1))
    painter.drawLine(QPointF(x - 2, box.top() + 2), QPointF(x + 2, box.top() + 2))


def _verdict_sign(row: Row, theme: Theme) -> tuple[str, QColor] | None:
    if row.unsettled:
        return "again", theme.accent
    if row.verdict is Verdict.OPEN:
        return ("edited", theme.dim) if row.edited else None
    if row.changed:
        return "edited", theme.accent
    if row.verdict is Verdict.CONFIRMED:
        return "confirm", theme.good
    return "reject", theme.bad


def draw_fixed_space(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Paint a mark where a space does not break."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(faded(theme.dim, 0.8), 1))
    foot, middle = box.bottom() - 4, box.center().x()
    half = min(2.5, max(1.0, box.width() / 2 - 0.5))
    painter.drawPolyline(
        [
            QPointF(middle - half, foot - 2.5),
            QPointF(middle - half, foot),
            QPointF(middle + half, foot),
            QPointF(middle + half, foot - 2.5),
        ]
    )
