"""The editor over the active target cell: a real text widget, so that input methods work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from reviewer.ui.cell_text import CellText, readable
from reviewer.ui.editor_keys import (
    CHORD,
    LEAVING,
    deletes,
    goes_back,
    is_by_word,
    is_cut,
    is_for_text,
)
from reviewer.ui.editor_marks import EditorMarks
from reviewer.ui.editor_text import MARGIN, EditorText
from reviewer.ui.highlights import Drawn, Highlight, draw_marks, draw_tints
from reviewer.ui.theme import theme_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QContextMenuEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from reviewer.model import Finding
    from reviewer.ui.cell_layout import Face

_OWN_TYPE = "application/x-bitext-text"
_BREAKS = re.compile("[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_KEEP = QTextCursor.MoveMode.KeepAnchor
_PASSING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)


class TargetEditor(QTextEdit):
    """Edits the segments of one target: none can be added, joined or lost.

    Signals:
        leaving: the person is done: Enter, Esc, or the keyboard went elsewhere.
        pausing: the window lost the keyboard; the person may come back.
        height_changed: the text needs another height.
        caret_moved: the caret moved, by key, mouse or typing.
        menu_asked: place on the screen.
    """

    leaving = Signal()
    pausing = Signal()
    height_changed = Signal()
    caret_moved = Signal()
    menu_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = EditorText(self)
        self.setDocument(self._text)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setAutoFormatting(QTextEdit.AutoFormattingFlag.AutoNone)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        # Files dropped on a text are for the window.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
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

    @property
    def needed_height(self) -> int:
        """Pixels that the text needs, its margins included."""
        return round(self._text.size().height())

    def caret(self) -> int:
        """Return the offset of the caret."""
        return self._text.offset_of(self.textCursor().position())

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
        cursor.setPosition(self._text.position_of(end), _KEEP)
        self.setTextCursor(cursor)

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

    def event(self, event: QEvent) -> bool:
        """Leave the keys that are not for the text to the shortcuts of the window."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and not is_for_text(event, self._text):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit; Enter and Esc leave, page keys and unknown chords go to the view."""
        if event.key() in LEAVING and not event.modifiers() & CHORD:
            self.leaving.emit()
        elif not is_for_text(event, self._text) or event.key() in LEAVING:
            event.ignore()
        elif is_cut(event):
            self.cut()
        elif not self._delete(event):
            if event.text().isprintable() and event.text():
                self._make_room()
            super().keyPressEvent(event)

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
            cursor.movePosition(move, _KEEP)
            if cursor.block() != block:
                edge = block.position() + (0 if back else block.length() - 1)
                cursor.setPosition(edge, _KEEP)
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
        """Paste as one line of plain text."""
        text = readable(_BREAKS.sub(" ", source.text()))
        if source.hasFormat(_OWN_TYPE):
            own = bytes(source.data(_OWN_TYPE).data()).decode("utf-8", "surrogatepass")
            text = own.replace("\n", " ")
        self._make_room()
        cursor = self.textCursor()
        self._text.insert(cursor, text)
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
        elif event.reason() not in _PASSING:
            self.leaving.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Leave the menu to the view."""
        self.menu_asked.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the view."""
        event.ignore()


def copied(text: str) -> QMimeData:
    """Return a text as plain text for others, and with its codes for this program."""
    data = QMimeData()
    data.setText(readable(text))
    data.setData(_OWN_TYPE, text.encode("utf-8", "surrogatepass"))
    return data
