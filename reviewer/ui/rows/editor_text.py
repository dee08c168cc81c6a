"""The text in the editor: a QTextDocument that keeps its segments and its codes.

A segment is a block, a code one object character. What the document holds is turned back into
the model's text without QTextDocument.toPlainText, which changes no-break spaces.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QApplication

from reviewer.model import SEGMENT_BREAK
from reviewer.ui.look.cell_text import OBJECT
from reviewer.ui.look.theme import theme_of
from reviewer.ui.rows.row_painter import draw_chip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject, QRect

    from reviewer.ui.look.cell_text import CellText, Chip
    from reviewer.ui.rows.cell_layout import Face

MARGIN = 2
"""Of the document on all sides: the caret and the marks at the edge need room."""

_CHIP = QTextFormat.ObjectTypes.UserObject.value + 1
_PROPERTY = QTextFormat.Property.UserProperty.value
_CHARACTER, _LABEL, _FIXED = _PROPERTY + 1, _PROPERTY + 2, _PROPERTY + 3
_SEPARATOR = "\u2029"
_KEEP = QTextCursor.MoveMode.KeepAnchor


class _Placed(NamedTuple):
    """Where a chip is now, and the code point it stands for."""

    segment: int
    position: int
    code: int
    fixed: bool


class _ChipObject(QPyTextObject):
    """Draws a code as a chip with its label."""

    def intrinsicSize(self, doc: QTextDocument, pos: int, fmt: QTextFormat) -> QSizeF:
        """Return the size that the same chip has in a cell."""
        metrics = QFontMetricsF(doc.defaultFont())
        width = metrics.horizontalAdvance(f"\u00a0{fmt.property(_LABEL)}\u00a0")
        return QSizeF(width, metrics.ascent())

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        pos: int,
        fmt: QTextFormat,
    ) -> None:
        """Draw the frame and the label, whose base line is that of the text."""
        rect = QRectF(rect)
        metrics = QFontMetricsF(doc.defaultFont())
        theme = theme_of(QApplication.palette())
        painter.save()
        draw_chip(painter, rect.adjusted(0, 0, 0, metrics.descent()), theme)
        painter.setFont(doc.defaultFont())
        painter.setPen(theme.text)
        foot = QPointF(rect.left() + metrics.horizontalAdvance("\u00a0"), rect.bottom())
        painter.drawText(foot, str(fmt.property(_LABEL)))
        painter.restore()


class EditorText(QTextDocument):
    """A document of plain text; offsets are code points of the joined target text."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setDocumentMargin(MARGIN)
        self._chip = _ChipObject(self)
        self._face: Face | None = None
        # Per segment: two units count their codes alike.
        self._chips: list[dict[str, Chip]] = [{}]
        self._spare: dict[str, Chip] = {}

    def dress(self, face: Face) -> None:
        """Set the text as its language is set; where that is new there is nothing to undo then."""
        if face == self._face:
            return
        self._face = face
        self.setUndoRedoEnabled(False)
        self.setDefaultFont(face.font)
        self.setDefaultTextOption(face.option)
        self._format_blocks(face)
        self.setUndoRedoEnabled(True)

    def _format_blocks(self, face: Face) -> None:
        for number, block in enumerate(self._blocks()):
            QTextCursor(block).mergeBlockFormat(_block_format(face, first=number == 0))

    def load(self, text: CellText) -> None:
        """Put in a text; there is nothing to undo then."""
        self.setUndoRedoEnabled(False)
        self.documentLayout().registerHandler(_CHIP, self._chip)
        self.setPlainText("\n".join(paragraph.shown for paragraph in text.paragraphs))
        self._chips = [{c.character: c for c in p.chips} for p in text.paragraphs]
        self._spare = {chip.character: chip for chip in text.spare}
        for number, paragraph in enumerate(text.paragraphs):
            block = self.findBlockByNumber(number)
            cursor = QTextCursor(block)
            for chip in paragraph.chips:
                cursor.setPosition(block.position() + chip.start)
                cursor.setPosition(block.position() + chip.end, _KEEP)
                cursor.setCharFormat(_chip_format(chip))
        if self._face is not None:
            self._format_blocks(self._face)
        self.setUndoRedoEnabled(True)

    def text(self) -> str:
        """Return the joined target text."""
        raw = self.toRawText().replace(_SEPARATOR, SEGMENT_BREAK)
        if OBJECT not in raw:
            return raw
        codes = [chr(place.code) for place in self._placed()]
        pieces = raw.split(OBJECT)
        return pieces[0] + "".join(a + b for a, b in zip(codes, pieces[1:], strict=True))

    def is_whole(self) -> bool:
        """Return whether the segments are as many as ever and no code is lost that must stay."""
        if self.blockCount() != len(self._chips):
            return False
        fixed = {(n, c) for n, chips in enumerate(self._chips) for c in chips if chips[c].fixed}
        return not fixed or fixed <= {(p.segment, chr(p.code)) for p in self._placed()}

    def position_of(self, offset: int) -> int:
        """Return the document's position of an offset."""
        raw = self.toRawText()
        return len(raw[: max(0, offset)].encode("utf-16-le")) // 2

    def offset_of(self, position: int) -> int:
        """Return the offset of a position of the document."""
        units = self.toRawText().encode("utf-16-le")[: 2 * position]
        return len(units.decode("utf-16-le", "ignore"))

    def remove(self, cursor: QTextCursor) -> None:
        """Delete what a cursor has selected, but no segment and no code that must stay."""
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        kept = sorted(
            [block.position() - 1 for block in self._blocks() if block.position() > 0]
            + [place.position for place in self._placed() if place.fixed]
        )
        edges = [first - 1, *(place for place in kept if first <= place < last), last]
        cursor.beginEditBlock()
        for before, after in reversed(list(pairwise(edges))):
            cursor.setPosition(before + 1)
            cursor.setPosition(after, _KEEP)
            cursor.removeSelectedText()
        cursor.setPosition(first)
        cursor.endEditBlock()

    def insert(self, cursor: QTextCursor, text: str) -> None:
        """Insert text; a code of this segment that is missing comes back, but none is doubled.

        Codes of the other side that both share can come in too.
        """
        number = cursor.block().blockNumber()
        chips = self._spare | (self._chips[number] if number < len(self._chips) else {})
        present = {chr(place.code) for place in self._placed() if place.segment == number}
        cursor.beginEditBlock()
        for is_chip, run in groupby(text, chips.__contains__):
            if not is_chip:
                cursor.insertText("".join(run), QTextCharFormat())
                continue
            for character in run:
                if character not in present:
                    cursor.insertText(OBJECT, _chip_format(chips[character]))
                    present.add(character)
        cursor.endEditBlock()

    def selected(self, cursor: QTextCursor) -> str:
        """Return the selected part of the joined target text."""
        start = self.offset_of(cursor.selectionStart())
        return self.text()[start : self.offset_of(cursor.selectionEnd())]

    def is_fixed(self, position: int) -> bool:
        """Return whether a code that must stay is at a position."""
        return any(place.position == position and place.fixed for place in self._placed())

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.begin()
        while block.isValid():
            yield block
            block = block.next()

    def _placed(self) -> list[_Placed]:
        if not any(self._chips) and not self._spare:
            return []
        found = []
        cursor = QTextCursor(self)
        for segment, block in enumerate(self._blocks()):
            text = block.text()
            if OBJECT not in text:
                continue
            for unit, character in enumerate(_by_units(text)):
                if character == OBJECT:
                    cursor.setPosition(block.position() + unit + 1)
                    form = cursor.charFormat()
                    code, fixed = int(form.property(_CHARACTER)), bool(form.property(_FIXED))
                    found.append(_Placed(segment, block.position() + unit, code, fixed))
        return found


def _by_units(text: str) -> Iterator[str]:
    """Yield each character as often as it has UTF-16 units."""
    for character in text:
        yield character
        if character > "\uffff":
            yield character


def _block_format(face: Face, *, first: bool) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setLineHeight(face.leading, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
    form.setTopMargin(0 if first else face.gap)
    return form


def _chip_format(chip: Chip) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setObjectType(_CHIP)
    form.setProperty(_CHARACTER, ord(chip.character))
    form.setProperty(_LABEL, chip.label)
    form.setProperty(_FIXED, chip.fixed)
    return form
