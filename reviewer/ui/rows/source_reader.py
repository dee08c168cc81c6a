"""A caret in the source: to read and select with the keyboard, and to say where it is split."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal

from reviewer.ui.look.cell_text import CellText, readable
from reviewer.ui.rows.cell_text_edit import PASSING, CellTextEdit
from reviewer.ui.rows.editor_text import MARGIN

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QWidget

    from reviewer.ui.rows.cell_layout import Face


class SourceReader(CellTextEdit):
    """Lies over the source of the current row while a caret is in it; nothing can be changed.

    Signals:
        given_up: Esc: what the caret said is to be forgotten.
        moved: the caret moved.
    """

    given_up = Signal()
    moved = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.cursorPositionChanged.connect(self.moved)

    def show_text(self, text: CellText, face: Face, width: int) -> None:
        """Show a source, set as its language is, in a width without the margins."""
        self.resize(width + 2 * MARGIN, self.height())
        self.setFont(face.font)
        self._text.dress(face)
        self._text.load(text)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selection as plain text."""
        data = QMimeData()
        data.setText(readable(self.selected_text()))
        return data

    def leave(self, key: int) -> None:
        """Say that the person is done; Esc forgets where the caret was."""
        if key == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().leave(key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the person is done, unless the keyboard comes back."""
        super().focusOutEvent(event)
        if event.reason() not in PASSING:
            self.leaving.emit()
