"""The small controls that several parts of the window share; drawn in the palette's colours."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.ui.look.fonts import UI_SIZE, ui_font
from reviewer.ui.look.icons import paint_icon
from reviewer.ui.look.theme import theme_of

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QDialog

    from reviewer.model import Kind

_RADIUS = 6.0
_FOCUS = 2.0
_FRAME = QSize(16, 48)
"""Room for the frame that the system draws around a window."""
DIALOG_MARGINS = (20, 18, 20, 16)
"""Pixels around what a dialog holds: left, above, right, below."""


class Look(enum.Enum):
    """How much a button asks for attention."""

    PRIMARY = "primary"
    NORMAL = "normal"
    QUIET = "quiet"


class Button(QPushButton):
    """A flat button with round corners and a plain focus ring."""

    def __init__(self, text: str, look: Look = Look.NORMAL, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFont(ui_font(bold=look is Look.PRIMARY))

    def sizeHint(self) -> QSize:
        """Return the size of the text with room around it."""
        metrics = self.fontMetrics()
        if not self.text():
            side = self.iconSize().width() + 12
            return QSize(side, side)
        text = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text())
        side = 8 if self._look is Look.QUIET else 16
        icon = self.iconSize().width() + 6 if not self.icon().isNull() else 0
        height = text.height() + (8 if self._look is Look.QUIET else 14)
        return QSize(text.width() + icon + 2 * side, height)

    def minimumSizeHint(self) -> QSize:
        """Return a size in which an elided text can still be told."""
        return QSize(min(self.sizeHint().width(), 64), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button with Enter too, as everywhere outside of Qt."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        self._draw_frame(painter, frame)
        self._draw_text(painter)

    def _draw_frame(self, painter: QPainter, frame: QRectF) -> None:
        palette, primary = self.palette(), self._look is Look.PRIMARY
        fill = palette.color(QPalette.ColorRole.Highlight if primary else palette.ColorRole.Button)
        if self._look is Look.QUIET:
            fill = QColor(Qt.GlobalColor.transparent)
        hover = self.underMouse() and self.isEnabled()
        if self.isDown() or self.isChecked() or hover:
            text = palette.color(QPalette.ColorRole.WindowText)
            fill = mixed(fill, text, 0.16 if self.isDown() or self.isChecked() else 0.07)
        if primary and not self.isEnabled():
            fill = mixed(palette.color(QPalette.ColorRole.Window), fill, 0.35)
        line = palette.color(QPalette.ColorRole.Mid)
        painter.setPen(QPen(line, 1) if self._look is Look.NORMAL else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        if self.hasFocus():
            draw_focus(painter, frame, palette, _RADIUS, inner=primary)

    def _draw_text(self, painter: QPainter) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        if self._look is Look.PRIMARY:
            role = QPalette.ColorRole.HighlightedText
            option.palette.setColor(QPalette.ColorRole.ButtonText, option.palette.color(role))
        room = self.width() - (12 if self._look is Look.QUIET else 20)
        if not self.icon().isNull():
            room -= self.iconSize().width() + 4
        option.text = option.fontMetrics.elidedText(
            self.text(), Qt.TextElideMode.ElideMiddle, room, Qt.TextFlag.TextShowMnemonic.value
        )
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonLabel, option, painter, self)


def resize_on_screen(window: QWidget, width: int, height: int) -> None:
    """Give a window a size, as far as its screen has room for it; in logical pixels."""
    window.resize(QSize(width, height).boundedTo(window.screen().availableSize() - _FRAME))


def dialog_column(dialog: QDialog, spacing: int) -> QVBoxLayout:
    """Lay a dialog out in a column, with so many pixels between its parts; return the column."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(*DIALOG_MARGINS)
    column.setSpacing(spacing)
    return column


def mixed(base: QColor, other: QColor, share: float) -> QColor:
    """Return `other` laid over `base` with the given opacity, 0-1."""
    if base.alpha() == 0:
        over = QColor(other)
        over.setAlphaF(share)
        return over
    return QColor.fromRgbF(
        base.redF() * (1 - share) + other.redF() * share,
        base.greenF() * (1 - share) + other.greenF() * share,
        base.blueF() * (1 - share) + other.blueF() * share,
    )


def inset(room: QRect, direction: Qt.LayoutDirection, begin: int, end: int = 0) -> QRect:
    """Return a rectangle without some pixels where reading begins, and where it ends."""
    return QStyle.visualRect(direction, room, room.adjusted(begin, 0, -end, 0))


def draw_focus(
    painter: QPainter, frame: QRectF, palette: QPalette, radius: float, *, inner: bool = False
) -> None:
    """Draw the ring of the control that has the keyboard; `inner` for one filled with accent."""
    role = QPalette.ColorRole.HighlightedText if inner else QPalette.ColorRole.Highlight
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(palette.color(role), _FOCUS - 0.5 if inner else _FOCUS))
    shrink = 3.0 if inner else 0.5
    ring = frame.adjusted(shrink, shrink, -shrink, -shrink)
    painter.drawRoundedRect(ring, radius - shrink / 2, radius - shrink / 2)


class Label(QLabel):
    """A text; `dim` for what explains, `bold` for what names."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        dim: bool = False,
        bold: bool = False,
        size: int = UI_SIZE,
        wrap: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if dim:
            self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setFont(ui_font(size, bold=bold))


class ElidedLabel(Label):
    """A text of one line that is cut in the middle where the room ends."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        dim: bool = False,
        bold: bool = False,
        size: int = UI_SIZE,
    ) -> None:
        super().__init__("", parent, dim=dim, bold=bold, size=size)
        self._whole = ""
        self._shorter: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setWhole(text)

    def setWhole(self, text: str, *shorter: str) -> None:
        """Show a text; the whole of it is in the tool tip where it is cut.

        Before it is cut, what says less stands in its place: the first of `shorter` that fits.
        """
        self._whole, self._shorter = text, shorter
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def whole(self) -> str:
        """Return the text that was set."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Return the size of the whole text."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._whole) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Return the least size in which something can be read."""
        least = QFontMetrics(self.font()).horizontalAdvance(self._forms[-1]) + 2
        return QSize(min(least, 40), self.sizeHint().height())

    @property
    def _forms(self) -> tuple[str, ...]:
        return (self._whole, *self._shorter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self.width(), 1)
        metrics = QFontMetrics(self.font())
        middle = Qt.TextElideMode.ElideMiddle
        cut = [metrics.elidedText(form, middle, room) for form in self._forms]
        whole = (form for form, text in zip(self._forms, cut, strict=True) if text == form)
        shown = next(whole, cut[-1])
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class Line(QFrame):
    """A thin line between parts."""

    def __init__(self, parent: QWidget | None = None, *, upright: bool = False) -> None:
        super().__init__(parent)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Mid)


class ToolBar(QToolBar):
    """A toolbar on the window's plain ground; in a narrow window its buttons have no words.

    What does not fit is folded away, and the keyboard cannot go to a command box that is.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._with_words = 0
        self._signs: list[QToolButton] = []

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have words beside the icons where there is room for them."""
        super().resizeEvent(event)
        words = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if self.toolButtonStyle() is words:
            self._with_words = self.sizeHint().width()
        bare = Qt.ToolButtonStyle.ToolButtonIconOnly
        self.setToolButtonStyle(words if self.width() >= self._with_words else bare)
        for button in self._signs:
            button.setToolButtonStyle(bare)

    def add_sign(self, action: QAction) -> None:
        """Add a button that never has words."""
        self.addAction(action)
        button = self.widgetForAction(action)
        if isinstance(button, QToolButton):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            self._signs.append(button)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw nothing but the ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))


class Sheet(QWidget):
    """A part with the colour of paper instead of the window's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)


class KindSign(QWidget):
    """The glyph of a kind of finding, in its colour."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setFixedSize(16, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the glyph."""
        look = theme_of(self.palette()).kinds[self._kind]
        square = QRectF(0, 0, 16, 16)
        square.moveCenter(QRectF(self.rect()).center())
        paint_icon(QPainter(self), look.icon, square, look.color)


class RowChoice(QRadioButton):
    """One of several choices in a row; up and down go through them as in a column."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take down for the next choice and up for the one before."""
        forward, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self.isRightToLeft():
            forward, back = back, forward
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            key = forward if event.key() == Qt.Key.Key_Down else back
            event = QKeyEvent(event.type(), key, event.modifiers())
        super().keyPressEvent(event)
