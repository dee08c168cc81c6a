"""Where findings stand in a text, and how each kind of them is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from reviewer.model import Kind, Side
from reviewer.ui.look.theme import KindLook, Mark, Theme, faded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reviewer.model import Finding
    from reviewer.review.decisions.rows import Row

_WAVE = 4.0
_PLACE = 3.0
"""Width of the mark where a finding is between two letters."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A range of one side of a pair that is marked.

    Attributes:
        finding: None for the preferred rendering of a term that drifts.
    """

    start: int
    end: int
    kind: Kind
    finding: Finding | None = None


def highlights(row: Row, side: Side, kind_of: Callable[[Finding], Kind]) -> tuple[Highlight, ...]:
    """Return what is marked on one side of a row, the most severe last: it is drawn on top."""
    marked = [
        Highlight(span.start, span.end, Kind.TERMS) for span in row.preferred if span.side is side
    ]
    for finding in reversed(row.findings):
        kind = kind_of(finding)
        marked += [
            Highlight(span.start, span.end, kind, finding)
            for span in finding.spans
            if span.side is side
        ]
    return tuple(marked)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A highlight and the rectangles it covers."""

    highlight: Highlight
    boxes: tuple[QRectF, ...]


def draw_tints(
    painter: QPainter, drawn: Sequence[Drawn], theme: Theme, active: Finding | None
) -> None:
    """Lay the tints under the text, that of the active finding with a frame."""
    for one in drawn:
        look, finding = theme.kinds[one.highlight.kind], one.highlight.finding
        if finding is None:
            continue
        is_active = finding == active
        for box in map(_seen, one.boxes):
            if look.mark is not Mark.BOX or is_active:
                painter.fillRect(box, look.tint)
            if is_active and look.mark is not Mark.BOX:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(faded(look.color, 0.6), 1))
                painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 2, 2)


def draw_marks(painter: QPainter, drawn: Sequence[Drawn], theme: Theme) -> None:
    """Draw the lines over the text."""
    if not drawn:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for one in drawn:
        look = theme.kinds[one.highlight.kind]
        if one.highlight.finding is None:
            painter.setPen(_pen(faded(look.color, 0.6), 1.2, [3, 2.5]))
            for box in one.boxes:
                painter.drawLine(_foot(box))
        else:
            for box in one.boxes:
                _draw_mark(painter, _seen(box), look)


def _draw_mark(painter: QPainter, box: QRectF, look: KindLook) -> None:
    if look.mark is Mark.BOX:
        painter.setPen(QPen(look.color, 1.4))
        painter.drawRoundedRect(box.adjusted(-0.5, 0.5, 0.5, 0.5), 3, 3)
    elif look.mark is Mark.WAVE:
        painter.setPen(QPen(look.color, 1.6))
        painter.drawPath(_wave(box))
    else:
        dashes = {
            Mark.SOLID: [],
            Mark.DASHED: [3.0, 2.0],
            Mark.DOTTED: [1.2, 1.4],
            Mark.THIN_DOTTED: [1.0, 2.2],
        }[look.mark]
        width = 1.4 if look.mark is Mark.THIN_DOTTED else 2
        painter.setPen(_pen(look.color, width, dashes))
        painter.drawLine(_foot(box))


def _seen(box: QRectF) -> QRectF:
    """Return a box that can be seen where the finding is between two letters."""
    if box.width() >= _PLACE:
        return box
    return QRectF(box.center().x() - _PLACE / 2, box.top(), _PLACE, box.height())


def _foot(box: QRectF) -> QLineF:
    y = box.bottom() - 0.5
    return QLineF(box.left(), y, box.right(), y)


def _pen(color: QColor, width: float, dashes: list[float]) -> QPen:
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashes:
        pen.setDashPattern(dashes)
    return pen


def _wave(box: QRectF) -> QPainterPath:
    left, right = box.left(), box.right()
    y = box.bottom() - 0.5
    path = QPainterPath(QPointF(left, y))
    count = max(2, round((right - left) / _WAVE))
    step = (right - left) / count
    for number in range(count):
        x = left + number * step
        height = 2.6 if number % 2 else -2.6
        path.quadTo(x + step / 2, y + height, x + step, y)
    return path
