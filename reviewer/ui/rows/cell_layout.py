"""A cell of the view: one side of a pair, laid out at a width.

Colours are no part of a layout, so that a change of theme only repaints. Highlights are drawn
from the places of the letters, not as formats: a format inside an Arabic word tears it apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

from reviewer.ui.look.fonts import LINE_HEIGHT, right_to_left, text_font

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter, QTextLine

    from reviewer.ui.look.cell_text import CellText

_ALL: list[QTextLayout.FormatRange] = []


@dataclass(frozen=True, slots=True)
class Face:
    """How the texts of a language are set.

    Attributes:
        leading: pixels added below each line.
        gap: pixels between the segments of a cell.
        line: pixels from one line to the next, where no letter is higher than usual.
        option: of a paragraph: direction, alignment and where lines break.
    """

    font: QFont
    right_to_left: bool
    leading: int
    gap: int
    line: int
    option: QTextOption = field(compare=False)


def face_of(language_tag: str, zoom: int) -> Face:
    """Return how the texts of a language are set; `zoom` in per cent."""
    font = text_font(language_tag, zoom)
    height = QFontMetricsF(font).height()
    leading = round(height * (LINE_HEIGHT - 1))
    line = math.ceil(height) + leading
    rtl = right_to_left(language_tag)
    return Face(font, rtl, leading, round(line * 0.3), line, _option(rtl=rtl))


def _option(*, rtl: bool) -> QTextOption:
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    )
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


class Cell:
    """A text laid out at a width; all places are in pixels from its upper left corner.

    Attributes:
        text: what is laid out.
        height: of all lines.
        has_signs: whether there are chips or characters without width.
    """

    def __init__(self, text: CellText, face: Face, width: int) -> None:
        self.text = text
        self.height = 0
        self.has_signs = any(p.chips or p.hidden for p in text.paragraphs)
        self._layouts: list[QTextLayout] = []
        for paragraph in text.paragraphs:
            layout = QTextLayout(paragraph.shown, face.font)
            layout.setTextOption(face.option)
            layout.setCacheEnabled(True)
            if self._layouts:
                self.height += face.gap
            layout.setPosition(QPointF(0, self.height))
            self.height += _break_lines(layout, width, face.leading)
            self._layouts.append(layout)

    def draw(self, painter: QPainter, origin: QPointF, clip: QRectF) -> None:
        """Draw the letters in the painter's pen; lines outside of `clip` are left out."""
        for layout in self._layouts:
            layout.draw(painter, origin, _ALL, clip)

    def boxes(self, start: int, end: int) -> tuple[QRectF, ...]:
        """Return the rectangles that a range of the text covers, a few per line.

        An empty range gives one without width.
        """
        found: list[QRectF] = []
        for paragraph, first, last in self.text.ranges(start, end):
            found += boxes_of(self._layouts[paragraph], first, last)
        return tuple(found)

    def offset_at(self, x: float, y: float) -> int:
        """Return the offset in the text that is nearest to a place."""
        number = 0
        while number + 1 < len(self._layouts) and y >= self._layouts[number + 1].position().y():
            number += 1
        layout = self._layouts[number]
        y -= layout.position().y()
        line = layout.lineAt(0)
        for index in range(1, layout.lineCount()):
            if y < layout.lineAt(index).y():
                break
            line = layout.lineAt(index)
        return self.text.from_qt(number, line.xToCursor(x))

    def covers(self, x: float, y: float, start: int, end: int) -> bool:
        """Return whether a place is on a range of the text."""
        return any(
            box.adjusted(-2, -1, 2, 3).contains(QPointF(x, y)) for box in self.boxes(start, end)
        )

    def chips(self) -> list[QRectF]:
        """Return the frames of the inline codes and of characters without a picture."""
        found = []
        for layout, paragraph in zip(self._layouts, self.text.paragraphs, strict=True):
            for chip in paragraph.chips:
                found += boxes_of(layout, chip.start, chip.end)
        return found

    def hidden(self) -> list[QRectF]:
        """Return where characters without width stand."""
        found = []
        for layout, paragraph in zip(self._layouts, self.text.paragraphs, strict=True):
            for unit in paragraph.hidden:
                found += boxes_of(layout, unit, unit)
        return found


def boxes_of(layout: QTextLayout, start: int, end: int) -> list[QRectF]:
    """Return the rectangles of UTF-16 units of a layout, from its owner's corner.

    Right also where the direction changes inside of the range; while an input method composes,
    `start` and `end` do not count what is being composed.
    """
    composed = len(layout.preeditAreaText())
    if composed:
        at = layout.preeditAreaPosition()
        start, end = start + composed * (start >= at), end + composed * (end > at)
    if end <= start:
        line = _line_of(layout, start)
        return [_at(layout, line, _x(line, start), 0)] if line is not None else []
    found: list[QRectF] = []
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        first = max(start, line.textStart())
        last = min(end, line.textStart() + line.textLength())
        if first < last:
            found += _boxes_in(layout, line, first, last)
    return found


def _break_lines(layout: QTextLayout, width: int, leading: int) -> int:
    y = 0
    layout.beginLayout()
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += math.ceil(line.ascent() + line.descent() + line.leading()) + leading
    layout.endLayout()
    return y


def _boxes_in(layout: QTextLayout, line: QTextLine, start: int, end: int) -> list[QRectF]:
    spans = sorted(
        (box.left(), box.right())
        for box in (run.boundingRect() for run in line.glyphRuns(start, end - start))
        if box.width() > 0
    )
    if not spans:
        return [_at(layout, line, _x(line, start), 0)]
    merged = [spans[0]]
    for left, right in spans[1:]:
        before, until = merged[-1]
        if left <= until + 0.5:
            merged[-1] = before, max(until, right)
        else:
            merged.append((left, right))
    return [_at(layout, line, left, right - left) for left, right in merged]


def _at(layout: QTextLayout, line: QTextLine, x: float, width: float) -> QRectF:
    corner = layout.position()
    return QRectF(corner.x() + x, corner.y() + line.y(), width, line.height())


def _line_of(layout: QTextLayout, unit: int) -> QTextLine | None:
    line = layout.lineForTextPosition(unit)
    if line.isValid():
        return line
    return layout.lineAt(layout.lineCount() - 1) if layout.lineCount() else None


def _x(line: QTextLine, unit: int) -> float:
    # The stubs know only the position; PySide6 returns (x, position).
    place: object = line.cursorToX(unit)
    return float(place[0]) if isinstance(place, tuple) else 0.0
