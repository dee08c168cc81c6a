"""A caret in the source: to read and select with the keyboard, and to say where it is split."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from reviewer.ui.cell_text import CellText, readable
from reviewer.ui.editor_keys import CHORD, LEAVING, is_for_text
from reviewer.ui.editor_text import MARGIN, EditorText

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from reviewer.ui.cell_layout import Face

_KEEP = QTextCursor.MoveMode.KeepAnchor
_PASSING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)


class SourceReader(QTextEdit):
    """Lies over the source of the current row while a caret is in it; nothing can be changed.

    Signals:
        leaving: the person is done: Enter, or the keyboard went elsewhere.
        given_up: Esc: what the caret said is to be forgotten.
        moved: the caret moved.
        menu_asked: place on the screen.
    """

    leaving = Signal()
    given_up = Signal()
    moved = Signal()
    menu_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = EditorText(self)
        self.setDocument(self._text)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.cursorPositionChanged.connect(self.moved)

    def show_text(self, text: CellText, face: Face, width: int) -> None:
        """Show a source, set as its language is, in a width without the margins."""
        self.resize(width + 2 * MARGIN, self.height())
        self.setFont(face.font)
        self._text.dress(face)
        self._text.load(text)

    @property
    def needed_height(self) -> int:
        """Pixels that the text needs, its margins included."""
        return round(self._text.size().height())

    def selected_range(self) -> tuple[int, int]:
        """Return the offsets of the selection; both are the caret's if nothing is selected."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        return self._text.offset_of(start), self._text.offset_of(end)

    def select(self, start: int, end: int) -> None:
        """Select from one offset to another; the caret goes to `end`."""
        cursor = self.textCursor()
        cursor.setPosition(self._text.position_of(start))
        cursor.setPosition(self._text.position_of(end), _KEEP)
        self.setTextCursor(cursor)

    def selected_text(self) -> str:
        """Return the selected part of the source."""
        return self._text.selected(self.textCursor())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selection as plain text."""
        data = QMimeData()
        data.setText(readable(self.selected_text()))
        return data

    def event(self, event: QEvent) -> bool:
        """Leave the keys that are not for the text to the shortcuts of the window."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and not is_for_text(event, self._text):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret; Enter and Esc leave, page keys and unknown chords go to the view."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers() & CHORD:
            self.given_up.emit()
        elif event.key() in LEAVING and not event.modifiers() & CHORD:
            self.leaving.emit()
        elif not is_for_text(event, self._text) or event.key() in LEAVING:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the person is done, unless the keyboard comes back."""
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.leaving.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Leave the menu to the view."""
        self.menu_asked.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the view."""
        event.ignore()
