"""The rows with a current one among them, which has the editor and the strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication

from reviewer.model import Side, Span
from reviewer.ui.look.cell_text import readable
from reviewer.ui.rows import accessible_grid
from reviewer.ui.rows.active_cell import ActiveCell
from reviewer.ui.rows.cell_reading import CellReading
from reviewer.ui.rows.cell_selection import Selection
from reviewer.ui.rows.in_hand import InHand
from reviewer.ui.rows.row_painter import Active
from reviewer.ui.rows.rows_area import RowsArea
from reviewer.ui.rows.target_editor import copied

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

    from reviewer.model import Finding
    from reviewer.ui.rows.pair_rows import Rows
    from reviewer.ui.rows.shown_rows import ShownRow


class CurrentRowArea(RowsArea):
    """Rows of which one is the current one, to be read and edited; knows no key and no mouse.

    Attributes:
        hand: what is selected, and where the carets are.

    Signals:
        current_changed: number of the pair that is current now; -1 without one.
        edited: number and new joined target text, when a changed cell is left or recorded.
        editing_changed: whether the editor is open.
        active_finding_changed: the finding of the strip, or None.
        suggestion_chosen: finding, and the text to put in its place.
    """

    current_changed = Signal(int)
    edited = Signal(int, object)
    editing_changed = Signal(bool)
    codes_moved = Signal(int)
    active_finding_changed = Signal(object)
    suggestion_chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = CellReading()
        # The row that was current when a filter left none.
        self._hidden = -1
        self._active = ActiveCell(self)
        self.hand = InHand(self._active, self._reading, None)
        self._active.source_left.connect(self._keep_source_cut)
        self._active.source_given_up.connect(self.forget_cuts)
        self._active.edited.connect(self.edited)
        self._active.closed.connect(self._take_keyboard)
        self._active.editing_changed.connect(self.editing_changed)
        self._active.codes_moved.connect(self.codes_moved)
        self._active.height_changed.connect(self._refit_current)
        self._active.finding_changed.connect(self._show_active_finding)
        self._active.suggestion_chosen.connect(self.suggestion_chosen)
        self._ruler.row_asked.connect(self._go_to_index)

    # What is shown

    def set_rows(self, rows: Rows | None) -> None:
        """Show other rows, from the top, without a filter; nothing with None."""
        self.leave_editor()
        self._reading, self._hidden = CellReading(), -1
        self._take_rows(rows)
        self._active.attach(self._rows, self._shown)
        self.hand = InHand(self._active, self._reading, self._rows)
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
        self.hand.check_cuts()
        if self._forget(numbers):
            self._anchored.reset(self.count, self._estimate())
            self._keep_current_shown()
            self._active.refresh()
            self._redress()
            return
        was_whole = self._is_whole()
        if numbers is not None and self.current in numbers:
            self._active.refresh()
        self._arrange()
        if was_whole and not self._is_whole():
            # It grew, by a remark say, which is to be seen.
            self._reveal(self.current)

    def _is_whole(self) -> bool:
        """Return whether all of the current row is in view."""
        place = self.place_of(self.current)
        return place is not None and place.y >= 0 and place.bottom <= self.viewport().height()

    def renumber(self, number: int) -> None:
        """Stay at the current pair, which has another number; `rows_changed` is called next."""
        if number != self.current:
            self._active.renumber(number)
            self.current_changed.emit(number)

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
        self.hand.forget()
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
        focused = self.hasFocus() or self._active.has_keys
        height, _ = self._active.row_height(shown)
        finding = self._active.finding
        return Active(
            current=True,
            focused=focused,
            editing=self.is_editing,
            finding=finding,
            text_height=height,
            cuts=self.hand.marked_cuts,
        )

    def _room_above(self, wanted: int) -> int:
        """Return `wanted`, less what would take the current row out of view."""
        place = self.place_of(self.current)
        return wanted if place is None or place.y < 0 else min(wanted, place.y)

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
        self.hand.keep_words()
        selection, self._reading.selection = self._reading.selection, None
        if selection is not None and selection.is_in(self.current, Side.TARGET):
            self._active.open(*selection.range)
        else:
            self._active.open()
        self._reveal(self.current)

    def read_source(self) -> None:
        """Put a caret into the source of the current row; that of the target is remembered."""
        if self.current < 0:
            return
        self.hand.keep_words()
        self._keep_target_cut()
        selection, self._reading.selection = self._reading.selection, None
        if selection is not None and selection.is_in(self.current, Side.SOURCE):
            self._active.read_source(*selection.range)
        else:
            at = self.hand.kept_cuts.get(Side.SOURCE, 0)
            self._active.read_source(at, at)
        self._reveal(self.current)

    def _keep_target_cut(self) -> None:
        caret = self.hand.caret()
        if caret is not None:
            self._active.record()
            self.hand.keep_cut(Side.TARGET, caret)

    def _keep_source_cut(self, start: int, end: int) -> None:
        if start == end:
            self.hand.keep_cut(Side.SOURCE, start)
        else:
            self._reading.selection = Selection(self.current, Side.SOURCE, start, end)
        self.viewport().update()

    def forget_cuts(self) -> None:
        """Forget the carets that said where the current row would be split."""
        if self.hand.forget_cuts():
            self.viewport().update()

    def leave_editor(self) -> None:
        """Close the editor; `edited` tells what was changed."""
        self._active.close()

    def set_marked(self, number: int) -> None:
        """Show a row as marked, with all from there to the current one; none with -1."""
        self._marked = number
        self.viewport().update()

    def _marked_range(self) -> range:
        if self._marked < 0:
            return range(0)
        return range(min(self._marked, self.current), max(self._marked, self.current) + 1)

    def record_edit(self) -> None:
        """Tell by `edited` what was changed so far; the editor stays open."""
        self._active.record()

    def choose_suggestion(self, index: int) -> None:
        """Choose a suggestion of the active finding, counted from 0."""
        self._active.choose_suggestion(index)

    def cut(self) -> None:
        """Cut what is selected in the editor."""
        if self.is_editing:
            self._active.editor.cut()

    def copy(self) -> None:
        """Copy what is selected, in the editor or in a cell."""
        if self.is_editing:
            self._active.editor.copy()
        elif self._active.reading or self.hand.selected_text():
            self._copy_from_cell()

    def _copy_from_cell(self) -> None:
        """Copy from a cell; with its codes where the editor knows them."""
        if self._rows is None:
            return
        chosen = self._reading.selection
        source = self._active.reading or chosen is None or chosen.side is Side.SOURCE
        number = self.current if self._active.reading or chosen is None else chosen.number
        text = self._active.reader.selected_text() if self._active.reading else ""
        text = text or self.hand.selected_text()
        if not text:
            return
        if source and not self._rows.pair(number).shares_codes:
            QGuiApplication.clipboard().setText(readable(text))
        else:
            QGuiApplication.clipboard().setMimeData(copied(text))

    def paste(self) -> None:
        """Paste into the editor."""
        if self.is_editing:
            self._active.editor.paste()
