"""The head of the view: what the columns are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reviewer.model import Side
from reviewer.ui.look.fonts import ui_font
from reviewer.ui.look.theme import theme_of
from reviewer.ui.look.wording import language_name

if TYPE_CHECKING:
    from reviewer.ui.rows.shown_rows import Columns

HEIGHT = 28


class GridHeader(QWidget):
    """Names the columns with their languages."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._columns: Columns | None = None
        self._titles: dict[Side, str] = {}

    def show_columns(self, columns: Columns | None, source: str, target: str) -> None:
        """Show columns and their language tags; nothing without columns."""
        self._columns = columns
        self._titles = {
            Side.SOURCE: self.tr("Source · {0}").format(language_name(source)),
            Side.TARGET: self.tr("Translation · {0}").format(language_name(target)),
        }
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the titles over their columns."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.fillRect(self.rect(), theme.alternate)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.line)
        painter.fillRect(0, 0, self.width(), 1, theme.line)
        columns = self._columns
        if columns is not None:
            painter.setFont(ui_font(12, bold=True))
            painter.setPen(theme.dim)
            middle = Qt.AlignmentFlag.AlignVCenter
            number = QRectF(0, 0, columns.gutter - 6, self.height())
            painter.drawText(number, middle | Qt.AlignmentFlag.AlignRight, "#")
            for side, title in self._titles.items():
                box = QRectF(columns.left(side), 0, columns.cell, self.height())
                shown = painter.fontMetrics().elidedText(
                    title, Qt.TextElideMode.ElideRight, columns.cell
                )
                painter.drawText(box, middle, shown)
        painter.end()


class HeaderCorner(QWidget):
    """Continues the header over the ruler."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the lines of the header."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.alternate)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.line)
        painter.fillRect(0, 0, self.width(), 1, theme.line)
        painter.end()
