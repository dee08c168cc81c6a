"""The current row: its editor, the strip below it, and which of its findings is the active one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal

from reviewer.model import Side
from reviewer.ui.look.cell_text import code_labels, for_editor, is_too_long
from reviewer.ui.rows.editor_text import MARGIN
from reviewer.ui.rows.highlights import highlights
from reviewer.ui.rows.hint_strip import Hint, HintStrip
from reviewer.ui.rows.row_hint import hint_of
from reviewer.ui.rows.source_reader import SourceReader
from reviewer.ui.rows.target_editor import TargetEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractScrollArea

    from reviewer.model import Finding
    from reviewer.review.decisions.rows import Row
    from reviewer.ui.rows.anchored_rows import Place
    from reviewer.ui.rows.pair_rows import Rows
    from reviewer.ui.rows.shown_rows import ShownRow, ShownRows

_FAR = -100_000
"""Where the editor waits while its row is out of view: hidden it would lose the keyboard."""


class ActiveCell(QObject):
    """The target cell that a person works in; it lies over the view.

    Attributes:
        number: of the pair; -1 without one.
        finding: the active one; None where the pair has none.
        editing: whether the editor is open.
        reading: whether a caret is in the source.

    Signals:
        edited: number of the pair and its new target text, when a changed text is left.
        closed: the person is done with the editor, or with the source.
        source_left: start and end of what is selected in the source, when its caret goes.
        source_given_up: where the caret was in the source counts no more: Esc, or another text.
        editing_changed: the editor was opened or closed.
        height_changed: the row needs another height.
        finding_changed: the active finding, or None.
        suggestion_chosen: the active finding and the text to put in its place.
    """

    edited = Signal(int, object)
    closed = Signal()
    source_left = Signal(int, int)
    source_given_up = Signal()
    editing_changed = Signal(bool)
    height_changed = Signal()
    codes_moved = Signal(int)
    finding_changed = Signal(object)
    suggestion_chosen = Signal(object, object)

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._view = view
        self.number = -1
        self.finding: Finding | None = None
        self._ordinal = 0
        self.editing = False
        self.reading = False
        self._rows: Rows | None = None
        self._shown: ShownRows | None = None
        self.editor = TargetEditor(view.viewport())
        self.editor.hide()
        self.reader = SourceReader(view.viewport())
        self.reader.hide()
        self.strip = HintStrip(view.viewport())
        self._strip_height = 0
        self._source = ""
        self.editor.leaving.connect(self._leave)
        self.editor.pausing.connect(self.record)
        self.editor.height_changed.connect(self.height_changed)
        self.editor.codes_moved.connect(self.codes_moved)
        self.editor.caret_moved.connect(self._follow_caret)
        self.strip.suggestion_chosen.connect(self.choose_suggestion)
        self.reader.leaving.connect(self._leave_source)
        self.reader.given_up.connect(self._give_up_source)

    def attach(self, rows: Rows | None, shown: ShownRows | None) -> None:
        """Work with other rows; what was edited is recorded first by whoever calls this."""
        self.close()
        self._rows, self._shown = rows, shown
        self.number, self.finding = -1, None
        self._refresh_strip()

    # The row

    def go_to(self, number: int, finding: Finding | None = None) -> None:
        """Make a row the current one; its most severe finding is active if none is given."""
        self.close()
        self.number = number
        self.finding = None
        self._activate(finding or self._first_finding())
        self._refresh_strip()

    def renumber(self, number: int) -> None:
        """Stay in the row, whose pair has another number now."""
        self.number = number
        self._name_editor()

    def activate(self, finding: Finding | None) -> None:
        """Make a finding of the row the active one."""
        if finding != self.finding:
            self._activate(finding)
            self._refresh_strip()
            self.height_changed.emit()

    def refresh(self) -> None:
        """Follow what became of the row: its text, its findings, its remarks."""
        row = self._row()
        if self.reading and (row is None or self._source_now() != self._source):
            self.close_source()
            self.source_given_up.emit()
        if row is None:
            return
        self._activate(_same(self.finding, row) or self._next_finding(row))
        self._refresh_strip()
        if self.editing:
            self._refresh_editor()

    def row_height(self, shown: ShownRow) -> tuple[int, int]:
        """Return the height of the row's texts with their space, and that with the strip."""
        height = shown.height
        if self.editing and self._shown is not None:
            needed = self.editor.needed_height - 2 * MARGIN
            highest = max(needed, shown.cells[Side.SOURCE].height)
            height = highest + 2 * self._shown.columns.pad + 1
        return height, height + self._strip_height

    def place(self, place: Place | None) -> None:
        """Lay the editor and the strip over their row; None while it is out of view."""
        if self._shown is None:
            return
        columns = self._shown.columns
        left, width = columns.left(Side.TARGET), columns.cell
        self.strip.setVisible(place is not None and self._strip_height > 0)
        if self.reading:
            y = place.y + columns.pad if place is not None else _FAR
            left_of_source = columns.left(Side.SOURCE) - MARGIN
            size = (width + 2 * MARGIN, self.reader.needed_height)
            self.reader.setGeometry(QRect(left_of_source, y - MARGIN, *size))
        if self.editing:
            y = place.y + columns.pad if place is not None else _FAR
            height = self.editor.needed_height
            box = QRect(left - MARGIN, y - MARGIN, width + 2 * MARGIN, height)
            self.editor.setGeometry(box)
        if place is not None and self._strip_height:
            top = place.bottom - self._strip_height
            self.strip.setGeometry(left, top, width, self._strip_height)

    # The editor

    def open(self, start: int | None = None, end: int | None = None) -> None:
        """Open the editor with the caret at an offset or a range selected.

        Without either the caret goes behind the active finding, else to the end of the text.
        """
        if self._rows is None or self._shown is None or self.number < 0:
            return
        pair = self._rows.pair(self.number)
        if pair.is_locked or is_too_long(pair.target):
            return
        opening = not self.editing
        if opening:
            self.editing = True
            self.editor.move(_FAR, _FAR)
            self.editor.show()
            self._load()
        if start is None:
            start, end = self._place_of_finding()
        self.editor.select(start, start if end is None else end)
        self._name_editor()
        self.editor.setFocus()
        self.height_changed.emit()
        if opening:
            self.editing_changed.emit(True)  # noqa: FBT003 - the state itself

    def _name_editor(self) -> None:
        self.editor.setAccessibleName(self.tr("Translation of pair {0}").format(self.number + 1))

    @property
    def has_keys(self) -> bool:
        """Whether the keyboard is in the editor or in the source."""
        return self.editor.hasFocus() or self.reader.hasFocus()

    def record(self) -> None:
        """Say what was edited, if anything was; the editor stays open."""
        if self.editing and self.editor.is_changed:
            self.edited.emit(self.number, self.editor.keep())

    def read_source(self, start: int, end: int) -> None:
        """Put a caret into the source, with a range selected."""
        if self._rows is None or self._shown is None or self.number < 0:
            return
        if is_too_long(self._rows.pair(self.number).source):
            return
        if not self.reading:
            self.reading = True
            self.reader.move(_FAR, _FAR)
            self.reader.show()
            self._show_source()
            name = self.tr("Source of pair {0}").format(self.number + 1)
            self.reader.setAccessibleName(name)
        self.reader.select(start, end)
        self.reader.setFocus()
        self.height_changed.emit()

    def _show_source(self) -> None:
        assert self._rows is not None
        assert self._shown is not None
        pair = self._rows.pair(self.number)
        text = for_editor(pair.source, code_labels(pair))
        face, width = self._shown.faces[Side.SOURCE], self._shown.columns.cell
        self._source = pair.source_text
        self.reader.show_text(text, face, width)

    def _source_now(self) -> str:
        return self._rows.pair(self.number).source_text if self._rows is not None else ""

    def close_source(self) -> None:
        """Take the caret out of the source; where it was is told."""
        if self.reading:
            self.reading = False
            if self.reader.hasFocus():
                self._view.setFocus()
            self.reader.hide()
            self.source_left.emit(*self.reader.selected_range())

    def _leave_source(self) -> None:
        if self.reading:
            had_keys = self.reader.hasFocus()
            self.close_source()
            if had_keys:
                self.closed.emit()

    def _give_up_source(self) -> None:
        self._leave_source()
        self.source_given_up.emit()

    def close(self) -> None:
        """Close the editor and say what was edited; take the caret out of the source."""
        self.close_source()
        self._close_editor()

    def _close_editor(self) -> None:
        if self.editing:
            self.record()
            self.editing = False
            if self.editor.hasFocus():
                # Hidden with the keyboard, the editor would hand it to the next widget.
                self._view.setFocus()
            self.editor.hide()
            self.height_changed.emit()
            self.editing_changed.emit(False)  # noqa: FBT003 - the state itself

    def dress(self) -> None:
        """Set the text anew: its language, its size or its width changed."""
        if self.reading:
            chosen = self.reader.selected_range()
            self._show_source()
            self.reader.select(*chosen)
        if self.editing and self._shown is not None:
            self.editor.dress(self._shown.faces[Side.TARGET], self._shown.columns.cell)
        self._refresh_strip()

    def choose_suggestion(self, index: int) -> None:
        """Say that a suggestion of the strip is wanted; what was edited is recorded first."""
        finding = self.finding
        if finding is None or not 0 <= index < len(finding.suggestions):
            return
        suggestion = finding.suggestions[index]
        self.record()
        # Recording may have moved the finding, or ended it.
        if self.finding is not None and suggestion in self.finding.suggestions:
            self.suggestion_chosen.emit(self.finding, suggestion)

    def _leave(self) -> None:
        if self.editing:
            had_keys = self.editor.hasFocus()
            self._close_editor()
            if had_keys:
                self.closed.emit()

    def _load(self) -> None:
        assert self._rows is not None
        assert self._shown is not None
        pair = self._rows.pair(self.number)
        spare = pair.source if pair.shares_codes else ()
        text = for_editor(pair.target, code_labels(pair), spare)
        self.editor.dress(self._shown.faces[Side.TARGET], self._shown.columns.cell)
        self.editor.load(text, pair.target_text)
        self._mark()

    def _refresh_editor(self) -> None:
        assert self._rows is not None
        now = self._rows.pair(self.number).target_text
        if now == self.editor.text():
            self.editor.keep()
            self._mark()
        elif not self.editor.is_changed:
            caret = self.editor.caret()
            self._load()
            self.editor.select(min(caret, len(now)), min(caret, len(now)))
            self.height_changed.emit()

    def _mark(self) -> None:
        row = self._row()
        if row is not None and self._rows is not None:
            marked = highlights(row, Side.TARGET, self._rows.check_kind)
            self.editor.show_highlights(marked, self.finding)

    def _follow_caret(self) -> None:
        """Make the finding under the caret the active one; between findings nothing changes."""
        if self.editing and not self.editor.is_composing:
            finding = self.editor.finding_at_caret()
            if finding is not None:
                self.activate(finding)

    # The findings

    def _row(self) -> Row | None:
        if self._rows is None or not 0 <= self.number < self._rows.count:
            return None
        return self._rows.row(self.number)

    def _first_finding(self) -> Finding | None:
        row = self._row()
        return row.findings[0] if row is not None and row.findings else None

    def _next_finding(self, row: Row) -> Finding | None:
        """Return the finding that came behind the one that is gone, else the last one."""
        return row.findings[min(self._ordinal, len(row.findings) - 1)] if row.findings else None

    def _activate(self, finding: Finding | None) -> None:
        row = self._row()
        findings = row.findings if row is not None else ()
        self._ordinal = findings.index(finding) if finding in findings else 0
        if finding != self.finding:
            self.finding = finding
            self.editor.show_active(finding)
            self.finding_changed.emit(finding)

    def _place_of_finding(self) -> tuple[int, int | None]:
        spans = self.finding.spans if self.finding is not None else ()
        for span in spans:
            if span.side is Side.TARGET:
                return span.end, None
        return len(self.editor.text()), None

    def _refresh_strip(self) -> None:
        row, hint = self._row(), Hint()
        if row is not None and self._rows is not None:
            hint = hint_of(self._rows, row, self.finding)
        self.strip.show_hint(hint)
        width = self._shown.columns.cell if self._shown is not None else 0
        height = self.strip.arrange(width)
        pad = self._shown.columns.pad if self._shown is not None else 0
        self._strip_height = height + pad if height else 0


def _same(finding: Finding | None, row: Row) -> Finding | None:
    """Return the finding of a row that is the given one, also after it moved or was found anew."""
    if finding is None or finding in row.findings:
        return finding
    return next(
        (
            other
            for other in row.findings
            if other.check == finding.check
            and (other.fingerprint, other.words) == (finding.fingerprint, finding.words)
        ),
        None,
    )
