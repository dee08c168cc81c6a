"""The side-by-side view: all pairs of a document, read, judged and edited in place.

The parts: `rows_area` scrolls and paints the rows, `anchored_rows` says which are in view,
`shown_rows` lays them out, `row_painter` paints one; `current_row` has one of them edited,
`active_cell` holds its editor and its strip; `cell_reading` is the mouse over the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QToolTip

from reviewer.model import Side
from reviewer.ui.look.wording import crossing_words, doubt_words
from reviewer.ui.rows import accessible_grid
from reviewer.ui.rows.cell_reading import Hit, hit_at
from reviewer.ui.rows.current_row import CurrentRowArea
from reviewer.ui.rows.shown_rows import GLYPH

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reviewer.model import Finding


class PairView(CurrentRowArea):
    """The pairs of a document, side by side, under keys and mouse.

    Signals, beside those of CurrentRowArea and RowsArea:
        finding_hovered: the finding below the mouse, or None.
        finding_clicked: the finding whose highlight was clicked.
        context_menu_requested: number, finding there or None, place on the screen.
        range_begun: a row with which a range begins, as it goes on with Shift to others.
        escaped: Esc was pressed while nothing was edited.
    """

    finding_hovered = Signal(object)
    finding_clicked = Signal(object)
    context_menu_requested = Signal(int, object, QPoint)
    range_begun = Signal(int)
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible_grid.install()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._hovered: Finding | None = None
        self._active.editor.menu_asked.connect(self._ask_editor_menu)
        self._active.reader.menu_asked.connect(self._ask_editor_menu)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move through the rows, open the editor, copy."""
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.count - 1}
        if shift and not control and key in {*pages, *steps, *ends}:
            self.range_begun.emit(self.current)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key == Qt.Key.Key_Escape:
            self.forget_cuts()
            self.escaped.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2} and not control:
            self.edit_current()
        elif key in pages:
            self._turn_page(pages[Qt.Key(key)])
        elif key in steps and not control:
            self._step(steps[Qt.Key(key)])
        elif key in ends and self.count:
            self.set_current(self.number_at(ends[Qt.Key(key)]), focus=True)
        else:
            event.ignore()

    def _step(self, step: int) -> None:
        number = self.neighbour(self.current, step)
        if number is not None:
            self.set_current(number, focus=True)

    def _turn_page(self, pages: int) -> None:
        """Scroll by the view less a line; the row where the current one was becomes current."""
        place, view = self.place_of(self.current), self.viewport().height()
        y = min(max(place.y, 0), view - 1) if place is not None else 0
        self.scroll_by(pages * max(1, view - self._ruler.singleStep()))
        there = self._anchored.at(y)
        if there is None or self.number_at(there.index) == self.current:
            # At an end of the document there is nothing to scroll any more.
            there = next(iter(self.places if pages < 0 else reversed(self.places)), None)
        if there is not None:
            self.set_current(self.number_at(there.index), focus=True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is here."""
        super().focusInEvent(event)
        self.viewport().update()
        accessible_grid.tell_focus(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    # Mouse

    def _hit(self, at: QPointF) -> Hit | None:
        place = self._anchored.at(int(at.y()))
        if place is None or self._shown is None:
            return None
        return hit_at(at, place, self.number_at(place.index), self._shown)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the row current; begin a click or a selection."""
        hit = self._hit(event.position())
        if hit is None or event.button() != Qt.MouseButton.LeftButton:
            return
        extends = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        kept = self._cuts_at(hit)
        self.hand.keep_words()
        if hit.side is not None:
            self.hand.drop_words(hit.side)
        self.leave_editor()
        if hit.number != self.current:
            if extends:
                self.range_begun.emit(self.current)
            self._move_to(hit.number)
        self.hand.keep_cuts(kept)
        self._take_keyboard()
        self._reading.press(hit, event.position())

    def _cuts_at(self, hit: Hit) -> dict[Side, int]:
        """Return where the row of a click would be split: it puts a caret into the source.

        The click that makes a row the current one puts none.
        """
        if hit.number != self.current:
            return {}
        if hit.side is not Side.SOURCE:
            return self.hand.kept_cuts
        self._keep_target_cut()
        return self.hand.kept_cuts | {Side.SOURCE: hit.offset}

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select text, or tell which finding is below the mouse."""
        selection = self._reading.selection
        if self._reading.is_pressed and selection is not None and self._shown is not None:
            place = self.place_of(selection.number)
            if self._reading.drag(event.position(), place, self._shown):
                self.viewport().update()
            return
        hit = self._hit(event.position())
        text = hit is not None and hit.side is not None
        shape = Qt.CursorShape.IBeamCursor if text else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self._hover(hit.finding if hit is not None else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow a click: on a finding, or into a target, which opens the editor there."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        hit, dragged = self._reading.release()
        if hit is None or hit.number != self.current:
            return
        if hit.finding is not None and not dragged:
            self._active.activate(hit.finding)
        if hit.side is Side.TARGET:
            start, end = self._reading.selection.range if self._reading.selection else (0, 0)
            self._reading.selection = None
            self._active.open(start, end)
        if hit.finding is not None and not dragged:
            self.finding_clicked.emit(hit.finding)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word below the mouse."""
        hit = self._hit(event.position())
        if hit is not None and hit.side is Side.SOURCE and self._rows is not None:
            self._reading.select_word(hit, self._rows.pair(hit.number).source_text)
            self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row and the finding below the mouse."""
        hit = self._hit(QPointF(event.pos()))
        if event.reason() == QContextMenuEvent.Reason.Keyboard or hit is None:
            self._ask_editor_menu(event.globalPos())
            return
        if hit.number != self.current:
            self._move_to(hit.number)
        self.context_menu_requested.emit(hit.number, hit.finding, event.globalPos())

    def _ask_editor_menu(self, at: QPoint) -> None:
        if self.current >= 0:
            self.context_menu_requested.emit(self.current, self.active_finding, at)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say in a tool tip what the signs between the sides mean."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self._tip(event.pos())
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip(self, at: QPoint) -> str:
        """Return what is to be said of a place; plain text, nothing of the document."""
        place = self._anchored.at(at.y())
        if place is None or self._shown is None:
            return ""
        columns, row = self._shown.columns, self._shown[self.number_at(place.index)].row
        if abs(at.x() - columns.divider) <= GLYPH:
            return "\n".join(text for text in (doubt_words(row), crossing_words(row)) if text)
        if at.x() < columns.gutter and row.earlier:
            return self.tr("Decided before the alignment changed.")
        return ""

    def leaveEvent(self, event: QEvent) -> None:
        """No finding is below the mouse any more."""
        super().leaveEvent(event)
        self._hover(None)

    def _hover(self, finding: Finding | None) -> None:
        if finding != self._hovered:
            self._hovered = finding
            self.finding_hovered.emit(finding)
