"""A small framed part that floats over the window until it is answered or left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

_RADIUS = 8.0
_GAP = 4


class Popover(QWidget):
    """Floats over its window; Esc or a click elsewhere closes it, the keyboard goes back.

    It is a child of the window, not a window: it cannot be lost behind it, and works without a
    window manager. It deletes itself when it closes.

    Signals:
        closed: it is gone, whether it was answered or not.
    """

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._back_to = QApplication.focusWidget()
        self._open = False
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(8)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def open_at(self, place: QRect, focus: QWidget) -> None:
        """Show below a rectangle of the window, above it where there is no room; take the keys."""
        window = self.parentWidget()
        assert window is not None
        self.adjustSize()
        size, room = self.size().boundedTo(window.size()), window.rect().adjusted(8, 8, -8, -8)
        x = min(max(place.left(), room.left()), room.right() - size.width() + 1)
        y = place.bottom() + _GAP
        if y + size.height() > room.bottom():
            y = max(room.top(), place.top() - size.height() - _GAP)
        self.setGeometry(QRect(QPoint(x, y), size))
        self.show()
        self.raise_()
        focus.setFocus(Qt.FocusReason.PopupFocusReason)
        self._open = True

    def dismiss(self) -> None:
        """Close, and give the keyboard back to who had it."""
        if not self._open and self.isHidden():
            return
        inside = self._holds(QApplication.focusWidget() or self)
        self._open = False
        self.hide()
        if inside and self._back_to is not None:
            self._return_focus()
        self.closed.emit()
        self.deleteLater()

    def _return_focus(self) -> None:
        import shiboken6

        if self._back_to is not None and shiboken6.isValid(self._back_to):
            self._back_to.setFocus(Qt.FocusReason.PopupFocusReason)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._open and now is not None and not self._holds(now):
            self.dismiss()

    def _holds(self, widget: QWidget | None) -> bool:
        """Return whether a widget is part of this one; the list of a combo box is, too."""
        while widget is not None and widget is not self:
            widget = widget.parentWidget()
        return widget is self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS
        )
