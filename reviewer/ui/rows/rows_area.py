"""The scrolled and painted rows of the side-by-side view, without a current row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from reviewer.model import Side
from reviewer.ui.look.fonts import ui_font
from reviewer.ui.look.theme import theme_of
from reviewer.ui.rows.accessible_grid import name_of
from reviewer.ui.rows.anchored_rows import AnchoredRows, Place
from reviewer.ui.rows.grid_header import HEIGHT, GridHeader, HeaderCorner
from reviewer.ui.rows.overview_ruler import OverviewRuler, indexes_of, marks_of
from reviewer.ui.rows.row_painter import NUMBER_SIZE, Active, RowPainter
from reviewer.ui.rows.shown_rows import Columns, ShownRow, ShownRows, columns_for

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from reviewer.model import Span
    from reviewer.review.search import Search
    from reviewer.ui.rows.cell_selection import Selection
    from reviewer.ui.rows.pair_rows import Rows

SMALLEST_ZOOM, LARGEST_ZOOM = 50, 300
_ZOOM_STEP = 10
_NOTCH = 120
"""Eighths of a degree of one step of a wheel."""
_SAMPLE = 32
"""Rows that are measured to estimate the others."""
_LONGEST_BAR = 2_000_000_000
_FEW = 20_000
"""Up to so many rows the marks follow every height that is measured."""
_MANY = 2_000
"""From so many changed rows on, everything is laid out anew."""


class RowsArea(QAbstractScrollArea):
    """The rows of a document; told by the number of their pair, or by their index in the view.

    Signals:
        zoom_changed: per cent, after Ctrl and wheel.
    """

    zoom_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._ruler = OverviewRuler(self)
        # The source stands at the left whatever the interface's language; each text has its own
        # direction.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setVerticalScrollBar(self._ruler)
        self._ruler.valueChanged.connect(self._follow_bar)
        self._header = GridHeader(self)
        self.addScrollBarWidget(HeaderCorner(self), Qt.AlignmentFlag.AlignTop)
        self.setViewportMargins(0, HEIGHT, 0, 0)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._marks_timer = QTimer(self)
        self._marks_timer.setSingleShot(True)
        self._marks_timer.setInterval(50)
        self._marks_timer.timeout.connect(self._show_marks)
        self._rows: Rows | None = None
        self._shown: ShownRows | None = None
        self._filter: NDArray[np.int64] | None = None
        self._hits: Search | None = None
        self._marked = -1
        self._top_edge: int | None = None
        self._anchored = AnchoredRows(self._measure)
        self._zoom, self._compact = 100, False
        self._syncing = False
        self._marked_total = 0
        self._wheel_rest = 0.0

    # What the view adds

    def _height_of(self, number: int, shown: ShownRow) -> int:
        """Return the height of a row."""
        return shown.height

    def _look_of(self, number: int, shown: ShownRow) -> Active:
        """Return what is special about a row."""
        return Active()

    def _selected(self) -> Selection | None:
        """Return what is selected for reading."""
        return None

    def _count_to_number(self) -> int:
        """Return the highest number that the rows need room for."""
        return self._rows.count if self._rows is not None else 0

    def _marked_range(self) -> range:
        """Return the rows from the marked one on that are shown as marked."""
        return range(0)

    def _rows_placed(self) -> None:
        """Follow the rows, which are in other places now."""

    # Rows

    @property
    def count(self) -> int:
        """Number of rows in the view."""
        if self._filter is not None:
            return len(self._filter)
        return self._rows.count if self._rows is not None else 0

    def number_at(self, index: int) -> int:
        """Return the number of the pair in a row of the view."""
        return index if self._filter is None else int(self._filter[index])

    def index_of(self, number: int) -> int | None:
        """Return the row of the view that a pair is in; None while it is not shown."""
        if self._filter is None:
            return number if 0 <= number < self.count else None
        index = self._order_of(number)
        return index if index < self.count and self._filter[index] == number else None

    def place_of(self, number: int) -> Place | None:
        """Return where a pair is in the viewport; None while it is out of view."""
        index = self.index_of(number)
        return self._anchored.place_of(index) if index is not None else None

    @property
    def places(self) -> list[Place]:
        """The rows in view, from the top."""
        return self._anchored.places

    def spoken(self, number: int) -> str:
        """Return what a screen reader says of a pair."""
        return name_of(self._rows, number) if self._rows is not None else ""

    def _order_of(self, number: int) -> int:
        """Return how many rows of the view are before a pair."""
        if self._filter is None:
            return number
        return int(np.searchsorted(self._filter, number))

    def _take_rows(self, rows: Rows | None) -> None:
        self._rows, self._filter = rows, None
        self._shown = self._hits = None
        if rows is not None:
            self._shown = ShownRows(rows, self._columns_now(), self._zoom)
        self._anchored.top = self._anchored.offset = 0

    def _take_filter(self, numbers: NDArray[np.int64] | None) -> None:
        self._filter = None if numbers is None else np.asarray(numbers, np.int64)
        self._anchored.reset(self.count, self._estimate())
        self._marks_timer.start()

    def _forget(self, numbers: Collection[int] | None) -> bool:
        """Lay out anew what changed; return whether that is everything."""
        self._marks_timer.start()
        if self._shown is None or self._rows is None:
            return False
        if numbers is None or len(numbers) > _MANY:
            if self._filter is not None:
                self._filter = self._filter[self._filter < self._rows.count]
            return True
        self._shown.forget(numbers)
        for number in numbers:
            self._forget_height(number)
        return False

    def _forget_height(self, number: int) -> None:
        index = self.index_of(number)
        if index is not None and index < len(self._anchored.heights):
            self._anchored.heights.forget(index)

    # Geometry

    def _columns_now(self) -> Columns:
        digit = QFontMetricsF(ui_font(NUMBER_SIZE)).horizontalAdvance("0")
        count = self._count_to_number()
        return columns_for(self.viewport().width(), count, digit, compact=self._compact)

    def _redress(self) -> None:
        """Lay everything out anew, with the row at the top where it is."""
        if self._shown is not None:
            self._shown.dress(self._columns_now(), self._zoom)
            self._ruler.setSingleStep(self._shown.faces[Side.TARGET].line)
        self._anchored.reset(self.count, self._estimate())
        self._show_header()
        self._arrange()
        self._marks_timer.start()

    def _show_header(self) -> None:
        if self._shown is None or self._rows is None:
            self._header.show_columns(None, "", "")
            return
        languages = self._rows.source_language, self._rows.target_language
        self._header.show_columns(self._shown.columns, *languages)

    def _estimate(self) -> int:
        count = self.count
        if self._shown is None or not count:
            return 1
        step = max(1, count // _SAMPLE)
        # From the middle of each part; the first rows of a document are its headings.
        return self._shown.estimate(self.number_at(n) for n in range(step // 2, count, step))

    def _measure(self, index: int) -> int:
        assert self._shown is not None
        number = self.number_at(index)
        return self._height_of(number, self._shown[number])

    def _arrange(self) -> None:
        """Measure what is in view, and bring the scroll bar and what lies over the rows along."""
        self._anchored.settle(self.viewport().height())
        self._follow_rows()

    def _follow_rows(self) -> None:
        if self._marked_total != self._anchored.heights.total and self.count <= _FEW:
            self._marked_total = self._anchored.heights.total
            self._ruler.place_marks(self._anchored.heights)
        self._syncing = True
        height = self.viewport().height()
        self._ruler.setPageStep(max(1, height))
        self._ruler.setRange(0, min(self._anchored.furthest, _LONGEST_BAR))
        self._ruler.setValue(min(self._anchored.position, _LONGEST_BAR))
        self._syncing = False
        self._rows_placed()
        self.viewport().update()

    def _reveal(self, number: int, span: Span | None = None) -> None:
        """Bring a row into view, and of a row higher than it the line of a span."""
        index = self.index_of(number)
        if index is None or self._shown is None:
            return
        view, place = self.viewport().height(), self._anchored.place_of(index)
        if place is None:
            near = self._anchored.places and (
                abs(index - self._anchored.places[0].index) <= 1
                or abs(index - self._anchored.places[-1].index) <= 1
            )
            below = bool(self._anchored.places) and index > self._anchored.places[-1].index
            self._anchored.put(index, view // 3 if not near else (view if below else 0))
            self._anchored.settle(view)
            place = self._anchored.place_of(index)
        height = self._anchored.height_of(index)
        y = place.y if place is not None else view
        if height > view:
            y = self._bring_line(number, span, y)
        elif y < 0 or y + height > view:
            y = max(0, min(y, view - height))
        self._anchored.put(index, y)
        self._follow_rows()

    def _bring_line(self, number: int, span: Span | None, y: int) -> int:
        """Return where a row that is higher than the view begins, so that a span is in view."""
        assert self._shown is not None
        view = self.viewport().height()
        if span is None:
            return min(0, max(y, view - self._anchored.height_of(self.index_of(number) or 0)))
        boxes = self._shown[number].cells[span.side].boxes(span.start, span.end)
        line = round(boxes[0].top()) + self._shown.columns.pad if boxes else 0
        if 0 <= y + line <= view - 2 * self._shown.faces[span.side].line:
            return y
        return min(0, view // 3 - line)

    # Scrolling

    def _follow_bar(self, value: int) -> None:
        if not self._syncing:
            self.scroll_by(value - min(self._anchored.position, _LONGEST_BAR))

    def scroll_by(self, delta: int) -> None:
        """Move the content up by `delta` pixels, or down if it is negative."""
        self._anchored.scroll_by(delta)
        self._follow_rows()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll exactly as far as the wheel says; with Ctrl make the texts larger or smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = self._whole_steps(event.angleDelta().y() / _NOTCH)
            if steps:
                self.set_zoom(self._zoom + steps * _ZOOM_STEP)
                self.zoom_changed.emit(self._zoom)
        elif event.pixelDelta().y():
            self.scroll_by(-event.pixelDelta().y())
        else:
            line = self._shown.faces[Side.TARGET].line if self._shown is not None else 20
            lines = QApplication.wheelScrollLines() * event.angleDelta().y() / _NOTCH
            self.scroll_by(-self._whole_steps(lines * line))
        event.accept()

    def _whole_steps(self, steps: float) -> int:
        """Return whole steps; the rest waits for the next turn of the wheel."""
        self._wheel_rest += steps
        whole = int(self._wheel_rest)
        self._wheel_rest -= whole
        return whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the texts anew if the width is another one."""
        self._header.setGeometry(0, 0, self.viewport().width(), HEIGHT)
        if self._shown is not None and self._columns_now() != self._shown.columns:
            self._redress()
        else:
            self._arrange()
        self._keep_in_place(event.size().height() - event.oldSize().height())

    def _keep_in_place(self, grown: int) -> None:
        """Leave the rows where they are on the screen when a bar comes or goes above them."""
        edge = self.mapTo(self.window(), QPoint(0, 0)).y()
        before, self._top_edge = self._top_edge, edge
        lowered = edge - before if before is not None else 0
        if self.isVisible() and lowered and lowered == -grown and self._anchored.position:
            self.scroll_by(self._room_above(lowered))

    def _room_above(self, wanted: int) -> int:
        """Return by how much of `wanted` pixels the rows may go up."""
        return wanted

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in view."""
        painter = QPainter(self.viewport())
        # A painter begins with the application's direction, not the widget's.
        painter.setLayoutDirection(self.layoutDirection())
        theme = theme_of(self.palette())
        painter.fillRect(event.rect(), theme.base)
        size = self.viewport().size()
        if self._shown is None or self._rows is None or not self.count:
            self._paint_nothing(painter, size)
            return
        shown, columns = self._shown, self._shown.columns
        row_painter = RowPainter(painter, columns, shown.faces, theme, self._rows.check_kind, size)
        for place in self._anchored.places:
            if place.bottom <= event.rect().top() or place.y > event.rect().bottom():
                continue
            number = self.number_at(place.index)
            row = shown[number]
            found = self._hits_in(number)
            row_painter.draw(place, row, self._look_of(number, row), self._selected(), found)
        bottom = self._anchored.places[-1].bottom if self._anchored.places else 0
        painter.fillRect(columns.divider, 0, 1, min(bottom, size.height()), theme.line)
        for place in self._anchored.places:
            number = self.number_at(place.index)
            row_painter.draw_bond(place, shown[number].row)
            if number in self._marked_range():
                row_painter.draw_mark(place, end=number == self._marked)
        painter.end()

    def mark_hits(self, hits: Search | None) -> None:
        """Mark what is searched for, in place of what was marked before."""
        self._hits = hits
        self.viewport().update()

    def _hits_in(self, number: int) -> list[Span]:
        """Return what is found in the part of a pair that is shown."""
        if self._hits is None or self._rows is None or number >= self._rows.count:
            return []
        cells = self._shown[number].cells if self._shown is not None else {}
        ends = {side: cell.text.shown_end for side, cell in cells.items()}
        return self._hits.in_pair(self._rows.pair(number), ends)

    def _paint_nothing(self, painter: QPainter, size: QSize) -> None:
        if self._rows is not None:
            painter.setFont(ui_font())
            painter.setPen(theme_of(self.palette()).dim)
            text = self.tr("No pairs to show here.")
            painter.drawText(0, 0, size.width(), size.height() // 2, _CENTRE, text)
        painter.end()

    def _show_marks(self) -> None:
        if self._rows is not None:
            marks = marks_of(self._rows.findings(), self._rows.check_kind, self._filter)
            doubts = indexes_of(self._rows.doubtful(), self._filter)
            self._ruler.show_marks(marks, self._anchored.heights, doubts)

    def changeEvent(self, event: QEvent) -> None:
        """Paint in the new colours after a change of theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self.viewport().update()

    # Size of the texts

    @property
    def zoom(self) -> int:
        """Size of the texts in per cent."""
        return self._zoom

    def set_zoom(self, percent: int) -> None:
        """Set the size of the texts, within 50 and 300 per cent."""
        percent = min(max(percent, SMALLEST_ZOOM), LARGEST_ZOOM)
        if percent != self._zoom:
            self._zoom = percent
            self._redress()

    def set_density(self, density: str) -> None:
        """Set the space between the rows, "compact" or "normal"."""
        self._compact = density == "compact"
        self._redress()


_CENTRE = Qt.AlignmentFlag.AlignCenter
