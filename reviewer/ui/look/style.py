"""Fusion, with indicators and text fields that can be seen on a dark ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QPlainTextEdit, QProxyStyle, QStyle, QStyleOption, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

_Element = QStyle.PrimitiveElement
_State = QStyle.StateFlag


class Style(QProxyStyle):
    """Fusion; indicators are drawn with an outline of at least 3:1."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw indicators and fields ourselves, all else as Fusion does."""
        if element in {_Element.PE_IndicatorCheckBox, _Element.PE_IndicatorItemViewItemCheck}:
            _draw_indicator(painter, option, round_=False)
        elif element == _Element.PE_IndicatorRadioButton:
            _draw_indicator(painter, option, round_=True)
        elif element == _Element.PE_FrameLineEdit or (
            element == _Element.PE_Frame and isinstance(widget, QPlainTextEdit)
        ):
            _draw_field(painter, option)
        else:
            super().drawPrimitive(element, option, painter, widget)


def _draw_field(painter: QPainter, option: QStyleOption) -> None:
    focused = option.state & _State.State_HasFocus
    role = QPalette.ColorRole.Highlight if focused else QPalette.ColorRole.Dark
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(option.palette.color(role), 1.5 if focused else 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
    painter.restore()


def _draw_indicator(painter: QPainter, option: QStyleOption, *, round_: bool) -> None:
    palette, state = option.palette, option.state
    group = QPalette.ColorGroup.Active if state & _State.State_Enabled else _DISABLED
    accent = palette.color(group, QPalette.ColorRole.Highlight)
    sign = palette.color(group, QPalette.ColorRole.HighlightedText)
    if state & _State.State_Selected and state & _State.State_Enabled:
        # A row that is chosen is itself in the accent: the box would be gone.
        accent, sign = sign, accent
    outline = palette.color(group, QPalette.ColorRole.Dark)
    side = min(option.rect.width(), option.rect.height()) - 1.5
    box = QRectF(0, 0, side, side)
    box.moveCenter(QRectF(option.rect).center())
    partly = bool(state & _State.State_NoChange)
    filled = bool(state & _State.State_On) or partly
    hovered = bool(state & _State.State_MouseOver and state & _State.State_Enabled)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(accent if filled or hovered else outline, 1.5))
    painter.setBrush(accent if filled else palette.color(group, QPalette.ColorRole.Base))
    radius = side / 2 if round_ else 3
    painter.drawRoundedRect(box, radius, radius)
    if filled:
        _draw_sign(painter, box, sign, round_=round_, partly=partly)
    painter.restore()


def _draw_sign(
    painter: QPainter, box: QRectF, color: QColor, *, round_: bool, partly: bool
) -> None:
    def at(x: float, y: float) -> QPointF:
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height())

    if round_:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(box.center(), box.width() * 0.2, box.width() * 0.2)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(color, max(1.6, box.width() * 0.13))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    if partly:
        painter.drawLine(at(0.27, 0.5), at(0.73, 0.5))
    else:
        painter.drawPolyline(QPolygonF([at(0.24, 0.53), at(0.43, 0.71), at(0.77, 0.31)]))


_DISABLED = QPalette.ColorGroup.Disabled
