"""Bars above the text that tell what happened without stopping the work."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from reviewer.ui.look.controls import Button, Label, Line, Look, mixed
from reviewer.ui.look.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

_SHORT = 8_000
"""Milliseconds that a note of no consequence stays."""
_EDGE = 4
"""Pixels of the coloured edge of a warning."""


class Tone(enum.Enum):
    """How serious a message is."""

    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for the person.

    Attributes:
        about: what it is about; a newer message about the same takes its place.
        actions: (name, text) of what can be done; the name is told when it is chosen.
        passing: it goes away by itself.
    """

    about: str
    text: str
    tone: Tone = Tone.NOTE
    actions: tuple[tuple[str, str], ...] = ()
    passing: bool = False


class MessageBar(QWidget):
    """One message with its actions and a button that closes it.

    Signals:
        chosen: name of an action.
        closed: the message is no longer shown.
    """

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self.setAccessibleName(message.text)
        # A long file name must wrap, not widen the window.
        text = Label(message.text, self, wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = text.sizePolicy()  # which says that the height follows from the width
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        text.setSizePolicy(policy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(text, 1)
        for name, words in message.actions:
            button = Button(words, Look.NORMAL, self)
            button.setObjectName(name)
            button.clicked.connect(self._choose)
            layout.addWidget(button)
        close = Button("", Look.QUIET, self)
        close.setIcon(icon("close"))
        close.setAccessibleName(self.tr("Close"))
        close.setToolTip(self.tr("Close"))
        close.clicked.connect(self.close_bar)
        layout.addWidget(close)
        if message.passing:
            timer = QTimer(self)
            timer.setSingleShot(True)
            timer.timeout.connect(self.close_bar)
            timer.start(_SHORT)

    def close_bar(self) -> None:
        """Take the message away."""
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes the message away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
            return
        super().keyPressEvent(event)

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.chosen.emit(button.objectName())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint the bar, and mark a warning with a bar at its side."""
        painter = QPainter(self)
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Highlight)
        painter.fillRect(self.rect(), mixed(palette.color(QPalette.ColorRole.Base), accent, 0.10))
        if self.message.tone is Tone.WARNING:
            text = palette.color(QPalette.ColorRole.BrightText)
            begin = self.width() - _EDGE if self.isRightToLeft() else 0
            painter.fillRect(QRectF(begin, 0, _EDGE, self.height()), text)


class MessageBars(QWidget):
    """All messages that are shown, newest on top.

    Signals:
        chosen: what a message is about, and the name of the action.
        closed: what a message was about that the person closed.
        left: the keyboard was in a message that is gone.
    """

    chosen = Signal(str, str)
    closed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: dict[str, MessageBar] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._line = Line(self)
        self._layout.addWidget(self._line)
        self.hide()

    def tell(self, message: Message) -> None:
        """Show a message in place of an older one about the same; the same one stays."""
        if not message.passing and message in self.shown():
            return
        self.take_away(message.about)
        bar = MessageBar(message, self)
        bar.chosen.connect(self._choose)
        bar.closed.connect(self._close)
        self._bars[message.about] = bar
        self._layout.insertWidget(0, bar)
        self.show()

    def take_away(self, about: str) -> None:
        """Close the message about something, if there is one."""
        bar = self._bars.pop(about, None)
        if bar is not None:
            held = bar.isAncestorOf(self.window().focusWidget())
            self._layout.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
            if held:
                self.left.emit()
        self.setVisible(bool(self._bars))

    def take_focus(self) -> None:
        """Give the keyboard to the newest message: its first action, or the button to close it."""
        if self._bars:
            newest = next(reversed(self._bars.values()))
            newest.findChildren(Button)[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Close every message."""
        for about in tuple(self._bars):
            self.take_away(about)

    def shown(self) -> tuple[Message, ...]:
        """Return the messages, oldest first."""
        return tuple(bar.message for bar in self._bars.values())

    def shows(self, about: str) -> bool:
        """Return whether a message about something is shown."""
        return about in self._bars

    def bar(self, about: str) -> MessageBar:
        """Return the bar of a message that is shown; raises KeyError."""
        return self._bars[about]

    def changeEvent(self, event: QEvent) -> None:
        """Paint in the new colours."""
        super().changeEvent(event)
        self.update()

    def _choose(self, action: str) -> None:
        bar = self.sender()
        if isinstance(bar, MessageBar):
            about = bar.message.about
            self.take_away(about)
            self.chosen.emit(about, action)

    def _close(self) -> None:
        bar = self.sender()
        if isinstance(bar, MessageBar):
            self.take_away(bar.message.about)
            self.closed.emit(bar.message.about)
