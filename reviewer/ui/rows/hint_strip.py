"""The strip below the active cell: what the finding is, what could stand there instead, remarks.

All of it is plain text: nothing from a document is taken for markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from reviewer.ui.look.fonts import ui_font
from reviewer.ui.look.icons import paint_icon
from reviewer.ui.look.theme import theme_of
from reviewer.ui.look.wording import kind_title

if TYPE_CHECKING:
    from reviewer.model import Kind

MOST_SUGGESTIONS = 9
_LONGEST = 400
"""Characters of a message or a remark; the panels have the whole."""
_SIZE = 12
_BUTTON = 24
_SPACE = 8
_ICON = 14


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about the pair, or a remark with its author; `icon` names its sign."""

    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Hint:
    """What the strip says.

    Attributes:
        kind: of the active finding; None where there is none.
        place: which of the findings of the pair it is, from 1, and how many there are.
        suggestions: the first nine have keys.
    """

    kind: Kind | None = None
    place: tuple[int, int] = (0, 0)
    message: str = ""
    suggestions: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    def __bool__(self) -> bool:
        return self.kind is not None or bool(self.notes)


class SuggestionButton(QAbstractButton):
    """A suggestion and its key."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        # The keyboard stays in the editor; the suggestion has its own key.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFont(ui_font(_SIZE))
        chord = QKeySequence(Qt.Modifier.CTRL | Qt.Key(Qt.Key.Key_1 + number))
        self._key = chord.toString(QKeySequence.SequenceFormat.NativeText)
        self._first = number == 0
        self._shown = ""

    def offer(self, suggestion: str, room: int) -> int:
        """Show a suggestion in at most `room` pixels; return the width it takes."""
        metrics = QFontMetrics(self.font())
        key = metrics.horizontalAdvance(self._key)
        text = suggestion.replace("\n", " ")
        self._shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - key - 30)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(self.tr("Apply “{0}”").format(text))
        return metrics.horizontalAdvance(self._shown) + key + 27

    def sizeHint(self) -> QSize:
        """Return the size of the last suggestion."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, the words and the key."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self._first or self.underMouse()
        painter.setPen(QPen(theme.accent if strong else theme.line, 1))
        painter.setBrush(theme.active if self.isDown() else theme.button)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, 5, 5)
        middle = Qt.AlignmentFlag.AlignVCenter
        inner = self.rect().adjusted(9, 0, -9, -1)
        painter.setPen(theme.text)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, self._shown)
        painter.setPen(theme.dim)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, self._key)
        painter.end()


class HintStrip(QWidget):
    """The strip; its height follows from its width and what it says.

    Signals:
        suggestion_chosen: number of the suggestion, from 0.
    """

    suggestion_chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hint = Hint()
        self._title = QRect()
        self._buttons = [self._button(number) for number in range(MOST_SUGGESTIONS)]
        self._message = _line(self)
        self._message.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._notes: list[QLabel] = []
        self.hide()

    def _button(self, number: int) -> SuggestionButton:
        button = SuggestionButton(number, self)
        button.clicked.connect(self._choose)
        return button

    @property
    def hint(self) -> Hint:
        """What the strip says."""
        return self._hint

    def show_hint(self, hint: Hint) -> None:
        """Say something else; call `arrange` after it."""
        self._hint = hint
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(hint.suggestions))
        self._message.setVisible(bool(hint.message))
        self._message.setText(hint.message[:_LONGEST])
        while len(self._notes) < len(hint.notes):
            self._notes.append(_line(self))
        for number, label in enumerate(self._notes):
            known = number < len(hint.notes)
            label.setText(hint.notes[number].text[:_LONGEST] if known else "")
            label.setVisible(known)
        self.update()

    def arrange(self, width: int) -> int:
        """Place everything in a width; return the height it takes, 0 for nothing to say."""
        if not self._hint:
            return 0
        y = self._arrange_finding(width) if self._hint.kind is not None else 0
        for label in self._notes[: len(self._hint.notes)]:
            # In the margin before it stands its sign.
            height = label.heightForWidth(width - _ICON - 6)
            label.setGeometry(_ICON + 6, y + 2, width - _ICON - 6, height)
            y += height + 4
        return y

    def _arrange_finding(self, width: int) -> int:
        metrics = QFontMetrics(ui_font(_SIZE, bold=True))
        title = metrics.horizontalAdvance(self._title_text()) + _ICON + 5
        self._title = QRect(0, 0, min(title, width), _BUTTON)
        x, y = title + _SPACE, 0
        for button, suggestion in zip(self._buttons, self._hint.suggestions, strict=False):
            needed = button.offer(suggestion, width)
            if x + needed > width and x > 0:
                x, y = 0, y + _BUTTON + 4
            button.setGeometry(x, y, needed, _BUTTON)
            x += needed + _SPACE
        return self._arrange_message(width, x, y)

    def _arrange_message(self, width: int, x: int, y: int) -> int:
        """Put the sentence beside the title if it fits there, else below; return the height."""
        if not self._hint.message:
            return y + _BUTTON
        needed = self._message.fontMetrics().horizontalAdvance(self._message.text()) + 4
        if x + needed <= width:
            self._message.setGeometry(x, y, needed, _BUTTON)
            return y + _BUTTON
        height = self._message.heightForWidth(width)
        self._message.setGeometry(0, y + _BUTTON + 2, width, height)
        return y + _BUTTON + 2 + height

    def _title_text(self) -> str:
        if self._hint.kind is None:
            return ""
        title, (number, count) = kind_title(self._hint.kind), self._hint.place
        return self.tr("{0} {1}/{2}").format(title, number, count) if count > 1 else title

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the kind of the finding and the signs of the remarks."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        if self._hint.kind is not None:
            look, box = theme.kinds[self._hint.kind], QRectF(self._title)
            icon = QRectF(0, (_BUTTON - _ICON) / 2, _ICON, _ICON)
            paint_icon(painter, look.icon, icon, look.color)
            painter.setFont(ui_font(_SIZE, bold=True))
            painter.setPen(look.color)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box.adjusted(_ICON + 5, 0, 0, 0), middle, self._title_text())
        for label, note in zip(self._notes, self._hint.notes, strict=False):
            paint_icon(painter, note.icon, QRectF(0, label.y() + 1, _ICON, _ICON), theme.dim)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks between the buttons from the row below."""
        event.accept()

    def _choose(self) -> None:
        sender = self.sender()
        if isinstance(sender, SuggestionButton):
            self.suggestion_chosen.emit(self._buttons.index(sender))


def _line(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(ui_font(_SIZE))
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.hide()
    return label
