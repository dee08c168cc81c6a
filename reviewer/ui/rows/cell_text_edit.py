"""What the editor of a target and the reader of a source have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from reviewer.ui.rows.editor_keys import CHORD, LEAVING, is_for_text
from reviewer.ui.rows.editor_text import EditorText

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

KEEP = QTextCursor.MoveMode.KeepAnchor
PASSING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)
"""Reasons for which the keyboard leaves a text only to come back."""


class CellTextEdit(QTextEdit):
    """Lies over a cell of the view, and leaves to the view and the window what is theirs.

    Signals:
        leaving: the person is done: Enter, Esc, or the keyboard went elsewhere.
        menu_asked: place on the screen.
    """

    leaving = Signal()
    menu_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = EditorText(self)
        self.setDocument(self._text)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        # Files dropped on a text are for the window.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)

    @property
    def needed_height(self) -> int:
        """Pixels that the text needs, its margins included."""
        return round(self._text.size().height())

    def selected_range(self) -> tuple[int, int]:
        """Return the offsets of the selection; both are the caret's if nothing is selected."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        return self._text.offset_of(start), self._text.offset_of(end)

    def selected_text(self) -> str:
        """Return the selected part of the joined text."""
        return self._text.selected(self.textCursor())

    def select(self, start: int, end: int) -> None:
        """Select from one offset to another; the caret goes to `end`."""
        cursor = self.textCursor()
        cursor.setPosition(self._text.position_of(start))
        cursor.setPosition(self._text.position_of(end), KEEP)
        self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        """Leave the keys that are not for the text to the shortcuts of the window."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and not is_for_text(event, self._text):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what is for the text; Enter and Esc leave, the rest goes to the view."""
        if event.key() in LEAVING and not event.modifiers() & CHORD:
            self.leave(event.key())
        elif not is_for_text(event, self._text) or event.key() in LEAVING:
            event.ignore()
        else:
            self.press(event)

    def leave(self, _key: int) -> None:
        """Say that the person is done, by Enter or Esc."""
        self.leaving.emit()

    def press(self, event: QKeyEvent) -> None:
        """Follow a key that is for the text."""
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Leave the menu to the view."""
        self.menu_asked.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the view."""
        event.ignore()
