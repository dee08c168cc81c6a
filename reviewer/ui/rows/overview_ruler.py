"""The scroll bar of the view, with a mark for every finding of the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollBar

from reviewer.model import Kind
from reviewer.ui.look.theme import faded, theme_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

    from reviewer.model import Finding
    from reviewer.ui.look.theme import Theme
    from reviewer.ui.rows.row_heights import RowHeights

    Numbers = NDArray[np.int64]

WIDTH = 14
_SMALLEST_THUMB = 28
_MARK = 3
_TICK = 3
"""Pixels of the edge that the ticks of doubtful pairs take; findings have the rest."""
_NOTHING = len(Kind)
_NEAR = 4
"""Pixels around a mark that still count as a click on it."""


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """One entry per finding, in the order of the rows.

    Attributes:
        rows: index of the row in the view.
        kinds: position of the kind in Kind.
    """

    rows: Numbers
    kinds: Numbers


_NO_ROWS = np.empty(0, np.int64)
_NO_MARKS = Marks(np.empty(0, np.int64), np.empty(0, np.int64))


class OverviewRuler(QScrollBar):
    """A scroll bar with marks; a click on one goes there, a click elsewhere jumps.

    Signals:
        row_asked: index of the row of a mark that was clicked.
    """

    row_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._marks = _NO_MARKS
        # Pixels of the document before each marked row.
        self._tops = np.empty(0, np.int64)
        # The same of the pairs whose alignment is not sure.
        self._doubts = self._doubt_tops = _NO_ROWS
        self._drawn = QImage()
        self._drawn_key: object = None
        self._drawn_whole = 0
        self._grip: float | None = None
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        """Return the ruler's width."""
        return QSize(WIDTH, 60)

    def show_marks(self, marks: Marks, heights: RowHeights, doubts: Numbers | None = None) -> None:
        """Show these marks, and ticks for these rows, in place of those before."""
        self._marks = marks
        self._doubts = _NO_ROWS if doubts is None else doubts
        self.place_marks(heights)

    def place_marks(self, heights: RowHeights) -> None:
        """Follow the rows, whose heights are known better now; costs O(rows)."""
        tops = heights.tops()
        self._tops = tops[np.minimum(self._marks.rows, len(heights))]
        self._doubt_tops = tops[np.minimum(self._doubts, len(heights))]
        self._drawn_key = None
        self.update()

    def marks(self) -> list[tuple[int, Kind]]:
        """Return the pixel and the kind of what is drawn; of findings that meet the graver one."""
        kinds = self._kinds_by_pixel()
        edges = np.flatnonzero(np.diff(kinds, prepend=_NOTHING) != 0)
        order = list(Kind)
        return [(int(y), order[kinds[y]]) for y in edges if kinds[y] != _NOTHING]

    def _kinds_by_pixel(self) -> NDArray[np.int64]:
        """Return for each pixel of the ruler the position of its kind in Kind, or _NOTHING."""
        kinds = np.full(max(1, self.height()) + _MARK, _NOTHING, np.int64)
        pixels = self._pixels(self._tops).astype(np.int64)
        pixels = np.clip(pixels, 0, max(0, self.height() - _MARK))
        for row in range(_MARK):
            np.minimum.at(kinds, pixels + row, self._marks.kinds)
        return kinds[: max(1, self.height())]

    def _pixels(self, tops: Numbers) -> NDArray[np.float64]:
        """Return the place of each row's mark; beside its row where all rows are in view."""
        share = self.height() / self._whole()
        return np.multiply(tops, share, dtype=np.float64)

    def _whole(self) -> int:
        return max(1, self.maximum() + self.pageStep())

    def _picture(self, theme: Theme) -> QImage:
        """Return the marks as a picture one pixel wide; kept while they would not move by one."""
        key = (self._marks, theme.dark, self.height())
        shift = abs(self._whole() - self._drawn_whole) / self._whole() * self.height()
        if key != self._drawn_key or shift > 0.5:
            self._drawn_key, self._drawn_whole = key, self._whole()
            colors = [theme.kinds[kind].color.rgba() for kind in Kind]
            pixels = np.array([*colors, 0], np.uint32)[self._kinds_by_pixel()]
            size = (1, len(pixels), 4, QImage.Format.Format_ARGB32_Premultiplied)
            self._drawn = QImage(pixels.tobytes(), *size).copy()
        return self._drawn

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, the marks and the thumb over them."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.window)
        painter.setPen(Qt.PenStyle.NoPen)
        for y in np.unique(self._pixels(self._doubt_tops).astype(np.int64)).tolist():
            painter.fillRect(QRect(0, min(y, self.height() - 2), _TICK, 2), theme.dim)
        if len(self._marks.rows):
            painter.drawImage(QRect(3, 0, self.width() - 6, self.height()), self._picture(theme))
        if self.maximum() > self.minimum():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            held = self.isSliderDown() or self.underMouse()
            painter.setPen(QPen(faded(theme.outline, 1 if held else 0.7), 1))
            painter.setBrush(faded(theme.dim, 0.30 if held else 0.18))
            painter.drawRoundedRect(self._thumb().adjusted(1.5, 0.5, -1.5, -0.5), 4, 4)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the thumb, go to a mark, or jump."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        y = event.position().y()
        thumb = self._thumb()
        if thumb.top() <= y <= thumb.bottom():
            self._hold(y - thumb.top())
            return
        row = self._row_at(y)
        if row is not None:
            self.row_asked.emit(row)
            return
        self._hold(thumb.height() / 2)
        self._drag_to(y)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the thumb; show where a click would go to a mark."""
        y = event.position().y()
        if self._grip is not None:
            self._drag_to(y)
            return
        thumb = self._thumb()
        on_mark = self._row_at(y) is not None and not thumb.top() <= y <= thumb.bottom()
        shape = Qt.CursorShape.PointingHandCursor if on_mark else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the thumb go."""
        if self._grip is not None:
            self._grip = None
            self.setSliderDown(False)
            self.update()

    def _hold(self, grip: float) -> None:
        self._grip = grip
        self.setSliderDown(True)
        self.update()

    def _drag_to(self, y: float) -> None:
        room = self.height() - self._thumb().height()
        share = min(max((y - (self._grip or 0)) / room, 0.0), 1.0) if room > 0 else 0.0
        self.setValue(round(share * self.maximum()))

    def _thumb(self) -> QRectF:
        whole = self.maximum() + self.pageStep()
        height = max(_SMALLEST_THUMB, self.height() * self.pageStep() / max(1, whole))
        height = min(height, self.height())
        top = (self.height() - height) * self.value() / max(1, self.maximum())
        return QRectF(0, top, self.width(), height)

    def _row_at(self, y: float) -> int | None:
        """Return the row of the mark nearest to a pixel; None where none is near."""
        rows = np.concatenate((self._marks.rows, self._doubts))
        if not len(rows):
            return None
        tops = np.concatenate((self._tops, self._doubt_tops))
        distance = np.abs(self._pixels(tops) + _MARK / 2 - y)
        nearest = int(np.argmin(distance))
        return int(rows[nearest]) if distance[nearest] <= _NEAR else None


def marks_of(
    findings: Sequence[Finding],
    kind_of: Callable[[Finding], Kind],
    shown: Numbers | None,
) -> Marks:
    """Return the marks of the findings that are in the view.

    `shown` are the numbers of the rows in the view, sorted; all of them with None.
    """
    places = {kind: number for number, kind in enumerate(Kind)}
    # A kind is that of the check; asking once per check is enough for a million findings.
    known: dict[str, int] = {}
    kinds = np.empty(len(findings), np.int64)
    rows = np.empty(len(findings), np.int64)
    for number, finding in enumerate(findings):
        if finding.check not in known:
            known[finding.check] = places[kind_of(finding)]
        kinds[number], rows[number] = known[finding.check], finding.pair
    if shown is not None:
        index, inside = _in_view(rows, shown)
        rows, kinds = index[inside], kinds[inside]
    order = np.argsort(rows, kind="stable")
    return Marks(rows[order], kinds[order])


def indexes_of(numbers: Sequence[int] | Numbers, shown: Numbers | None) -> Numbers:
    """Return where the rows of these numbers, in order, are in the view; `shown` as above."""
    rows = np.array(numbers, np.int64)
    if shown is None:
        return rows
    index, inside = _in_view(rows, shown)
    return index[inside]


def _in_view(rows: Numbers, shown: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    """Return the index of each row in the view, and whether it is there."""
    index = np.searchsorted(shown, rows)
    inside = index < len(shown)
    inside[inside] = shown[index[inside]] == rows[inside]
    return index, inside
