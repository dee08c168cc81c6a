"""Highlights in the editor: they move with the text, and go when their own text changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from reviewer.ui.look.cell_text import paragraph
from reviewer.ui.rows.cell_layout import boxes_of
from reviewer.ui.rows.highlights import Drawn, Highlight
from reviewer.ui.rows.row_painter import draw_fixed_space, draw_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

    from reviewer.model import Finding
    from reviewer.ui.look.theme import Theme
    from reviewer.ui.rows.editor_text import EditorText


@dataclass(frozen=True, slots=True)
class _Tracked:
    highlight: Highlight
    cursor: QTextCursor
    text: str


class EditorMarks:
    """What is highlighted in the text of the editor; places are pixels of the document."""

    def __init__(self, text: EditorText) -> None:
        self._text = text
        self._tracked: list[_Tracked] = []

    def show(self, places: Iterable[Highlight]) -> None:
        """Highlight these places, in place of those before."""
        self._tracked = []
        for place in places:
            cursor = QTextCursor(self._text)
            cursor.setPosition(self._text.position_of(place.start))
            cursor.setPosition(self._text.position_of(place.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.setKeepPositionOnInsert(True)
            self._tracked.append(_Tracked(place, cursor, cursor.selectedText()))

    def drop_changed(self) -> None:
        """Forget the highlights whose text is no longer what it was."""
        self._tracked = [one for one in self._tracked if one.cursor.selectedText() == one.text]

    def finding_at(self, position: int) -> Finding | None:
        """Return the finding whose highlight a caret touches, the most severe one."""
        for one in reversed(self._tracked):
            if one.cursor.selectionStart() <= position <= one.cursor.selectionEnd():
                return one.highlight.finding
        return None

    def drawn(self) -> list[Drawn]:
        """Return the highlights where they are now."""
        return [Drawn(one.highlight, tuple(self._boxes(one.cursor))) for one in self._tracked]

    def _boxes(self, cursor: QTextCursor) -> list[QRectF]:
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        block = self._text.findBlock(first)
        found: list[QRectF] = []
        while block.isValid() and block.position() <= last:
            start = max(first - block.position(), 0)
            end = min(last - block.position(), block.length() - 1)
            found += boxes_of(block.layout(), start, end)
            block = block.next()
        return found

    def draw_invisible(self, painter: QPainter, theme: Theme) -> None:
        """Mark the characters without width and the spaces that do not break."""
        block = self._text.begin()
        while block.isValid():
            seen = paragraph(block.text())
            for unit in seen.hidden:
                for box in boxes_of(block.layout(), unit, unit):
                    draw_hidden(painter, box, theme)
            for unit in seen.fixed_spaces:
                for box in boxes_of(block.layout(), unit, unit + 1):
                    draw_fixed_space(painter, box, theme)
            block = block.next()
