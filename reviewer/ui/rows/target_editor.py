"""The editor over the active target cell: a real text widget, so that input methods work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QTextEdit

from reviewer.model import SEGMENT_BREAK
from reviewer.ui.look.cell_text import CellText, readable
from reviewer.ui.look.theme import theme_of
from reviewer.ui.rows.cell_text_edit import KEEP, PASSING, CellTextEdit
from reviewer.ui.rows.editor_keys import (
    deletes,
    goes_back,
    is_by_word,
    is_cut,
)
from reviewer.ui.rows.editor_marks import EditorMarks
from reviewer.ui.rows.editor_text import MARGIN
from reviewer.ui.rows.highlights import Drawn, Highlight, draw_marks, draw_tints

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from reviewer.model import Finding
    from reviewer.ui.rows.cell_layout import Face

_OWN_TYPE = "application/x-bitext-text"
_BREAKS = re.compile("[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")


class TargetEditor(CellTextEdit):
    """Edits the segments of one target: none can be added, joined or lost.

    Signals:
        pausing: the window lost the keyboard; the person may come back.
        height_changed: the text needs another height.
        caret_moved: the caret moved, by key, mouse or typing.
    """

    pausing = Signal()
    height_changed = Signal()
    caret_moved = Signal()
    codes_moved = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setAutoFormatting(QTextEdit.AutoFormattingFlag.AutoNone)
        self._marks = EditorMarks(self._text)
        self._active: Finding | None = None
        self._loaded = ""
        self._height = 0
        self.textChanged.connect(self._follow_text)
        self.cursorPositionChanged.connect(self.caret_moved)

    # What is in it

    def dress(self, face: Face, width: int) -> None:
        """Set the text as its language is set, in a width without the margins."""
        self.resize(width + 2 * MARGIN, self.height())
        with QSignalBlocker(self):
            self.setFont(face.font)
            self._text.dress(face)
        self._height = self.needed_height

    def load(self, text: CellText, joined: str) -> None:
        """Put in a text to edit; `joined` is the same as the model has it."""
        self._marks.show(())
        with QSignalBlocker(self):
            self._text.load(text)
        self._loaded = joined
        self._height = self.needed_height

    def text(self) -> str:
        """Return the joined target text, as a person left it."""
        self._restore()
        return self._text.text()

    @property
    def is_changed(self) -> bool:
        """Whether the text differs from the one loaded."""
        return self.text() != self._loaded

    def keep(self) -> str:
        """Return the text and take it for the one loaded: it has been recorded."""
        self._loaded = self.text()
        return self._loaded

    @property
    def is_composing(self) -> bool:
        """Whether an input method is at work."""
        return bool(self.textCursor().block().layout().preeditAreaText())

    def caret(self) -> int:
        """Return the offset of the caret."""
        return self._text.offset_of(self.textCursor().position())

    # Highlights

    def show_highlights(self, places: Iterable[Highlight], active: Finding | None) -> None:
        """Mark these places from now on, as long as their text stays as it is."""
        self._marks.show(places)
        self.show_active(active)

    def show_active(self, finding: Finding | None) -> None:
        """Frame the highlights of a finding."""
        self._active = finding
        self.viewport().update()

    def finding_at_caret(self) -> Finding | None:
        """Return the finding whose highlight the caret touches, the most severe one."""
        return self._marks.finding_at(self.textCursor().position())

    def drawn(self) -> list[Drawn]:
        """Return the highlights where they are now, in pixels of the viewport."""
        return self._marks.drawn()

    def _follow_text(self) -> None:
        if not self.is_composing:
            self._marks.drop_changed()
        if self.needed_height != self._height:
            self._height = self.needed_height
            self.height_changed.emit()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tints below the text and the marks above it."""
        theme, drawn = theme_of(self.palette()), self.drawn()
        painter = QPainter(self.viewport())
        draw_tints(painter, drawn, theme, self._active)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        draw_marks(painter, drawn, theme)
        self._marks.draw_invisible(painter, theme)
        painter.end()

    # Keys

    def press(self, event: QKeyEvent) -> None:
        """Edit, inside of the segments."""
        if is_cut(event):
            self.cut()
        elif not self._delete(event):
            if event.text().isprintable() and event.text():
                self._make_room()
            super().press(event)

    def _delete(self, event: QKeyEvent) -> bool:
        """Delete as a key asks, inside of the segment; return False for other keys."""
        move = deletes(event)
        if move is None:
            return False
        cursor = self.textCursor()
        if not cursor.hasSelection():
            back = goes_back(move)
            if cursor.atBlockStart() if back else cursor.atBlockEnd():
                return True
            if not is_by_word(move) and not self._text.is_fixed(cursor.position() - back):
                # Qt knows how much of a cluster of letters a key deletes.
                return False
            block = cursor.block()
            cursor.movePosition(move, KEEP)
            if cursor.block() != block:
                edge = block.position() + (0 if back else block.length() - 1)
                cursor.setPosition(edge, KEEP)
        self._text.remove(cursor)
        self.setTextCursor(cursor)
        return True

    def _make_room(self) -> None:
        """Delete the selection ourselves before something takes its place."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            self._text.remove(cursor)
            self.setTextCursor(cursor)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method composes; it can insert no line break either."""
        if event.commitString() or event.preeditString() or event.replacementLength():
            self._make_room()
        if _BREAKS.search(event.commitString()):
            clean = QInputMethodEvent(event.preeditString(), event.attributes())
            text = _BREAKS.sub(" ", event.commitString())
            clean.setCommitString(text, event.replacementStart(), event.replacementLength())
            event = clean
        super().inputMethodEvent(event)

    # Clipboard

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selection as plain text, and with its codes for this program."""
        return copied(self.selected_text())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Return whether there is text to paste."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as one line of plain text; the codes of what it replaces are kept."""
        from reviewer.review.documents.kept_codes import with_codes

        cursor, selected = self.textCursor(), self.selected_text()
        if source.hasFormat(_OWN_TYPE):
            own = bytes(source.data(_OWN_TYPE).data()).decode("utf-8", "surrogatepass")
            text = kept = own.replace("\n", " ")
        else:
            text = readable(_BREAKS.sub(" ", source.text()))
            kept, moved = text, 0
            if SEGMENT_BREAK not in selected:
                kept, moved = with_codes(selected, text)
            if moved:
                self.codes_moved.emit(moved)
        cursor.beginEditBlock()
        if kept == text:
            self._text.remove(cursor)
        else:
            # Also codes that must stay: they come back with the text.
            cursor.removeSelectedText()
        self._text.insert(cursor, kept)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def cut(self) -> None:
        """Copy and delete the selection."""
        self.copy()
        self._make_room()

    def _restore(self) -> None:
        """Take back what broke the segments, by whatever way it came."""
        while not self._text.is_whole() and self._text.isUndoAvailable():
            self._text.undo()

    # Leaving

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the person is done, or only pauses."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.ActiveWindowFocusReason:
            self.pausing.emit()
        elif event.reason() not in PASSING:
            self.leaving.emit()


def copied(text: str) -> QMimeData:
    """Return a text as plain text for others, and with its codes for this program."""
    data = QMimeData()
    data.setText(readable(text))
    data.setData(_OWN_TYPE, text.encode("utf-8", "surrogatepass"))
    return data
