"""The side-by-side view: all pairs of a document, read, judged and edited in place.

The parts: `rows_area` scrolls and paints the rows, `anchored_rows` says which are in view,
`shown_rows` lays them out, `row_painter` paints one, `active_cell` holds the editor and the strip
below the current row, `cell_reading` the mouse over the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)

from reviewer.model import Side, Span
from reviewer.ui import accessible_grid
from reviewer.ui.active_cell import ActiveCell
from reviewer.ui.cell_reading import CellReading, Hit, hit_at
from reviewer.ui.cell_selection import Selection
from reviewer.ui.cell_text import readable
from reviewer.ui.row_painter import Active
from reviewer.ui.rows_area import RowsArea

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QWidget

    from reviewer.model import Finding
    from reviewer.ui.pair_rows import Rows
    from reviewer.ui.shown_rows import ShownRow


class PairView(RowsArea):
    """The pairs of a document, side by side; one of them is the current one.

    Signals:
        current_changed: number of the pair that is current now; -1 without one.
        edited: number and new joined target text, when a changed cell is left or recorded.
        editing_changed: whether the editor is open.
        active_finding_changed: the finding of the strip, or None.
        finding_hovered: the finding below the mouse, or None.
        finding_clicked: the finding whose highlight was clicked.
        suggestion_chosen: finding, and the text to put in its place.
        context_menu_requested: number, finding there or None, place on the screen.
    """

    current_changed = Signal(int)
    edited = Signal(int, object)
    editing_changed = Signal(bool)
    active_finding_changed = Signal(object)
    finding_hovered = Signal(object)
    finding_clicked = Signal(object)
    suggestion_chosen = Signal(object, object)
    context_menu_requested = Signal(int, object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible_grid.install()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._reading = CellReading()
        self._hovered: Finding | None = None
        # The row that was current when a filter left none.
        self._hidden = -1
        self._active = ActiveCell(self)
        self._active.edited.connect(self.edited)
        self._active.closed.connect(self._take_keyboard)
        self._active.editing_changed.connect(self.editing_changed)
        self._active.height_changed.connect(self._refit_current)
        self._active.finding_changed.connect(self._show_active_finding)
        self._active.suggestion_chosen.connect(self.suggestion_chosen)
        self._active.editor.menu_asked.connect(self._ask_editor_menu)
        self._ruler.row_asked.connect(self._go_to_index)

    # What is shown

    def set_rows(self, rows: Rows | None) -> None:
        """Show other rows, from the top, without a filter; nothing with None."""
        self.leave_editor()
        self._reading, self._hidden = CellReading(), -1
        self._take_rows(rows)
        self._active.attach(self._rows, self._shown)
        self._redress()
        if self.count:
            self._move_to(0)
        else:
            self.current_changed.emit(-1)

    def rows_changed(self, numbers: Collection[int] | None) -> None:
        """Show anew what changed in some rows; in all of them, and how many there are, with None.

        The marks beside the scroll bar follow in any case, also with no rows.
        """
        if self._rows is None:
            return
        self._reading.selection = None
        if self._forget(numbers):
            self._anchored.reset(self.count, self._estimate())
            self._keep_current_shown()
            self._active.refresh()
            self._redress()
            return
        if numbers is not None and self.current in numbers:
            self._active.refresh()
        self._arrange()

    def set_filter(self, numbers: NDArray[np.int64] | None) -> None:
        """Show only some rows, told by their numbers in order; all of them with None.

        The current row keeps its place; if it is not shown, the next one becomes current.
        """
        place = self.place_of(self.current)
        y = place.y if place is not None else self.viewport().height() // 3
        self._take_filter(numbers)
        self._keep_current_shown()
        index = self.index_of(self.current)
        if index is not None:
            self._anchored.put(index, y)
        self._arrange()

    def _keep_current_shown(self) -> None:
        """Make the next row current where the current one is not shown; none if no row is."""
        wanted = self.current if self.current >= 0 else self._hidden
        if not self.count:
            self._hidden = wanted
            if self.current >= 0:
                self._move_to(-1)
        elif self.index_of(wanted) is None:
            self._move_to(self.number_at(min(self._order_of(max(wanted, 0)), self.count - 1)))
        elif wanted != self.current:
            self._move_to(wanted)

    # The current row

    @property
    def current(self) -> int:
        """Number of the current pair; -1 without one."""
        return self._active.number

    @property
    def active_finding(self) -> Finding | None:
        """The finding that the strip is about."""
        return self._active.finding

    def set_current(self, number: int, *, focus: bool = False) -> None:
        """Make a pair the current one and bring it into view; `focus` takes the keyboard.

        An open editor goes along when the keyboard does.
        """
        if self.index_of(number) is None:
            return
        goes_along = focus and self.is_editing
        if number != self.current:
            self._move_to(number)
        self._reveal(number)
        if goes_along:
            self.edit_current()
        elif focus:
            self._take_keyboard()

    def go_to_finding(self, finding: Finding, *, focus: bool = False) -> None:
        """Make a finding the active one and bring it into view."""
        self.set_current(finding.pair, focus=focus)
        if self.current != finding.pair:
            return
        self._active.activate(finding)
        if self.is_editing:
            self._active.open()
        self._reveal(finding.pair, finding.spans[0] if finding.spans else None)

    def show_span(self, number: int, span: Span) -> None:
        """Make a row the current one and select a place in it; the keyboard stays where it is."""
        self.set_current(number)
        if self.current == number:
            self.leave_editor()
            self._reading.selection = Selection(number, span.side, span.start, span.end)
            self._reveal(number, span)
            self.viewport().update()

    def neighbour(self, number: int, step: int) -> int | None:
        """Return the number of the row `step` rows further in the view; None beyond its ends."""
        index = self.index_of(number)
        if index is None or not 0 <= index + step < self.count:
            return None
        return self.number_at(index + step)

    def _move_to(self, number: int) -> None:
        """Make a pair the current one; where it is in view it stays in its place."""
        before, place = self.current, self.place_of(number)
        self._active.go_to(number)
        for changed in (before, number):
            self._forget_height(changed)
        index = self.index_of(number)
        if place is not None and index is not None:
            self._anchored.put(index, place.y)
        self._arrange()
        self.current_changed.emit(number)
        accessible_grid.tell_focus(self)

    def _go_to_index(self, index: int) -> None:
        if index < self.count:
            self.set_current(self.number_at(index))

    def _take_keyboard(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.viewport().update()

    def _refit_current(self) -> None:
        """Give the current row the height it needs now."""
        self._forget_height(self.current)
        self._arrange()
        if self._active.editor.hasFocus():
            self._reveal_caret()

    def _reveal_caret(self) -> None:
        caret = self._active.editor.caret()
        self._reveal(self.current, Span(Side.TARGET, caret, caret))

    def _show_active_finding(self, finding: Finding | None) -> None:
        self.viewport().update()
        self.active_finding_changed.emit(finding)

    # How rows look

    def _height_of(self, number: int, shown: ShownRow) -> int:
        return self._active.row_height(shown)[1] if number == self.current else shown.height

    def _look_of(self, number: int, shown: ShownRow) -> Active:
        if number != self.current:
            return Active()
        focused = self.hasFocus() or self._active.editor.hasFocus()
        height, _ = self._active.row_height(shown)
        finding = self._active.finding
        return Active(
            current=True,
            focused=focused,
            editing=self.is_editing,
            finding=finding,
            text_height=height,
        )

    def _selected(self) -> Selection | None:
        return self._reading.selection

    def _rows_placed(self) -> None:
        self._active.place(self.place_of(self.current))

    def _redress(self) -> None:
        super()._redress()
        if self.current >= 0:
            self._active.dress()
            self._refit_current()

    # Editing

    @property
    def is_editing(self) -> bool:
        """Whether the editor is open."""
        return self._active.editing

    def edit_current(self) -> None:
        """Open the editor on the current row, at what is selected there or the active finding."""
        selection, self._reading.selection = self._reading.selection, None
        if selection is not None and selection.is_in(self.current, Side.TARGET):
            self._active.open(*selection.range)
        else:
            self._active.open()
        self._reveal(self.current)

    def leave_editor(self) -> None:
        """Close the editor; `edited` tells what was changed."""
        self._active.close()

    def record_edit(self) -> None:
        """Tell by `edited` what was changed so far; the editor stays open."""
        self._active.record()

    def choose_suggestion(self, index: int) -> None:
        """Choose a suggestion of the active finding, counted from 0."""
        self._active.choose_suggestion(index)

    def caret(self) -> int | None:
        """Return the caret's offset in the joined target text; None while nothing is edited."""
        return self._active.editor.caret() if self.is_editing else None

    def cut(self) -> None:
        """Cut what is selected in the editor."""
        if self.is_editing:
            self._active.editor.cut()

    def copy(self) -> None:
        """Copy what is selected, in the editor or in a cell."""
        if self.is_editing:
            self._active.editor.copy()
        elif self.selected_text():
            QGuiApplication.clipboard().setText(readable(self.selected_text()))

    def paste(self) -> None:
        """Paste into the editor."""
        if self.is_editing:
            self._active.editor.paste()

    def selection(self) -> tuple[int, Span] | None:
        """Return number and place of what is selected; None where nothing is."""
        if self.is_editing:
            start, end = self._active.editor.selected_range()
            return (self.current, Span(Side.TARGET, start, end)) if start < end else None
        chosen = self._reading.selection
        if chosen is None or chosen.start == chosen.end:
            return None
        return chosen.number, Span(chosen.side, *chosen.range)

    def selected_text(self) -> str:
        """Return what is selected, in the editor or in a cell; empty if nothing is."""
        if self.is_editing:
            return self._active.editor.selected_text()
        chosen = self.selection()
        if chosen is None or self._rows is None:
            return ""
        number, span = chosen
        return self._rows.pair(number).text(span.side)[span.start : span.end]

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move through the rows, open the editor, copy."""
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.count - 1}
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
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
        self.leave_editor()
        if hit.number != self.current:
            self._move_to(hit.number)
        self._take_keyboard()
        self._reading.press(hit, event.position())

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

    def leaveEvent(self, event: QEvent) -> None:
        """No finding is below the mouse any more."""
        super().leaveEvent(event)
        self._hover(None)

    def _hover(self, finding: Finding | None) -> None:
        if finding != self._hovered:
            self._hovered = finding
            self.finding_hovered.emit(finding)
