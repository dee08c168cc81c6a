"""Texts of then beside those of now, a row each; what is ticked is taken together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QLabel, QTreeView, QVBoxLayout

from reviewer.text.differences import differing
from reviewer.ui.look.controls import Button, Look, dialog_column, resize_on_screen
from reviewer.ui.look.fonts import right_to_left, text_font
from reviewer.ui.look.wording import isolated
from reviewer.ui.panels.version_card import with_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QWidget

    Index = QModelIndex | QPersistentModelIndex

NUMBER, FIRST, NOW = range(3)
"""The columns: of the pair, of what is offered, of the text now."""
_SHOWN = Qt.ItemDataRole.DisplayRole
_NO_INDEX = QModelIndex()
_AT_ONCE = 500
"""Rows that are made at once; the next when the list comes to its end."""
_KEPT = 1_000
"""Lines that are remembered."""
_LONGEST = 1_000
"""Characters of a text that are shown in full."""


class Changed(Protocol):
    """A text that was another one; `number` of its pair, None where no pair has it."""

    @property
    def number(self) -> int | None:
        """Of the pair, from 0."""

    @property
    def then(self) -> str:
        """The text as it was."""

    @property
    def now(self) -> str:
        """The text as it is."""


class TickedModel(QAbstractTableModel):
    """The texts as rows, each with a box to tick; a line is made when it is looked at.

    Signals:
        many_ticked: of any rows; the view would go through all between the first and the last.
    """

    many_ticked = Signal()

    def __init__(self, line: Callable[[Any], tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._line = line
        self._texts: Sequence[Changed] = ()
        self._is_ticked = bytearray()
        self._read = 0  # rows that the view knows of
        self._lines: dict[int, tuple[str, str, str]] = {}
        self.titles: tuple[str, ...] = ()
        self.fonts: dict[int, QFont] = {}
        self.alignment: Qt.AlignmentFlag | None = None

    def show(self, texts: Sequence[Changed]) -> None:
        """Show these texts, none of them ticked."""
        self.beginResetModel()
        self._texts, self._is_ticked = texts, bytearray(len(texts))
        self._read = min(len(texts), _AT_ONCE)
        self._lines.clear()
        self.endResetModel()

    def text(self, row: int) -> Changed:
        """Return the text of a row."""
        return self._texts[row]

    @property
    def ticked(self) -> list[int]:
        """The rows that are ticked."""
        return [row for row, ticked in enumerate(self._is_ticked) if ticked]

    @property
    def ticked_count(self) -> int:
        """How many rows are ticked."""
        return self._is_ticked.count(1)

    def tick(self, rows: Iterable[int] | None = None) -> None:
        """Tick rows, all with None."""
        if rows is None:
            self._is_ticked = bytearray(b"\1" * len(self._texts))
        else:
            for row in rows:
                self._is_ticked[row] = 1
        self.many_ticked.emit()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many rows there are so far: a view goes through all of them."""
        return 0 if parent.isValid() else self._read

    def canFetchMore(self, parent: Index) -> bool:
        """Return whether there are more texts."""
        return not parent.isValid() and self._read < len(self._texts)

    def fetchMore(self, parent: Index) -> None:
        """Let the view know of some more."""
        last = min(self._read + _AT_ONCE, len(self._texts)) - 1
        if not parent.isValid() and last >= self._read:
            self.beginInsertRows(parent, self._read, last)
            self._read = last + 1
            self.endInsertRows()

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else NOW + 1

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the title of a column."""
        is_title = orientation == Qt.Orientation.Horizontal and role == _SHOWN
        return self.titles[section] if is_title and section < len(self.titles) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the first column be ticked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == NUMBER else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what is shown of a text, and whether it is ticked."""
        row, column = index.row(), index.column()
        if role == _SHOWN:
            return self._shown(row)[column]
        if role == Qt.ItemDataRole.CheckStateRole and column == NUMBER:
            ticked = self._is_ticked[row]
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole and column != NUMBER:
            return self.alignment
        return self.fonts.get(column) if role == Qt.ItemDataRole.FontRole else None

    def _shown(self, row: int) -> tuple[str, str, str]:
        if row not in self._lines:
            if len(self._lines) >= _KEPT:
                self._lines.clear()
            number = self._texts[row].number
            place = "–" if number is None else str(number + 1)
            self._lines[row] = (place, *self._line(self._texts[row]))
        return self._lines[row]

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a text, or take the tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != NUMBER:
            return False
        self._is_ticked[index.row()] = Qt.CheckState(value) == Qt.CheckState.Checked
        self.dataChanged.emit(index, index)
        return True


class TickedDialog(QDialog):
    """A row per text, with both versions of the current one below.

    Who makes one adds its heading to `head`, says in `line` what a row shows, and calls `begin`.

    Signals:
        chosen: a tuple of the texts that are ticked.
        place_chosen: number of a pair to go to.
    """

    chosen = Signal(object)
    place_chosen = Signal(int)

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._right_to_left = right_to_left(language)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 900, 520)
        self.head = QVBoxLayout()
        self.head.setSpacing(10)
        self.model = TickedModel(self.line, self)
        self.tree = _tree(self.model)
        self._full = QLabel()
        self._full.setTextFormat(Qt.TextFormat.RichText)
        self._full.setWordWrap(True)
        self._full.setFont(text_font(language))
        layout = dialog_column(self, 10)
        layout.addLayout(self.head)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._full)
        layout.addLayout(self._buttons())
        self.tree.activated.connect(self._go)
        self.tree.selectionModel().currentChanged.connect(self._show_whole)
        self.model.dataChanged.connect(self.update_words)
        self.model.many_ticked.connect(self.update_words)
        self.model.many_ticked.connect(self.tree.viewport().update)

    def line(self, text: Any) -> tuple[str, str]:  # Any: a Changed of who makes the dialog
        """Return what is shown of a text: what is offered, and what stands now."""
        return plain(text.then), plain(text.now)

    def begin(self, texts: Sequence[Changed]) -> None:
        """Show the texts, the first one current."""
        self.model.show(texts)
        self.tree.setCurrentIndex(self.model.index(0, NUMBER))
        self.tree.setFocus()
        self._show_whole(self.tree.currentIndex())
        self.update_words()

    def _buttons(self) -> QHBoxLayout:
        every = Button(self.tr("&All"))
        every.clicked.connect(self.choose_all)
        self.take = Button("", Look.PRIMARY)
        self.take.clicked.connect(self._take)
        close = Button(self.tr("&Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(every)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.take)
        return row

    @property
    def ticked(self) -> tuple[Changed, ...]:
        """The texts that are ticked."""
        return tuple(map(self.model.text, self.model.ticked))

    def choose_all(self) -> None:
        """Tick everything."""
        self.model.tick()

    def taking(self, count: int) -> str:
        """Return what the button says that takes so many."""
        raise NotImplementedError

    def update_words(self) -> None:
        """Say how many are ticked."""
        count = self.model.ticked_count
        self.take.setText(self.taking(count))
        self.take.setEnabled(bool(count))

    def _show_whole(self, index: QModelIndex, _before: object = None) -> None:
        """Show both texts of the current line in full, with what differs marked."""
        if not index.isValid():
            self._full.setText("")
            return
        text = self.model.text(index.row())
        side, align = ("rtl", "right") if self._right_to_left else ("ltr", "left")
        sides = ((text.then, text.now), (text.now, text.then))
        told = (
            with_marks(a[:_LONGEST], _within(differing(a, b)), self.palette()) for a, b in sides
        )
        lines = (f'<p dir="{side}" align="{align}" style="margin:2px">{each}</p>' for each in told)
        self._full.setText("<hr>".join(lines))

    def _take(self) -> None:
        ticked = self.ticked
        self.accept()
        self.chosen.emit(ticked)

    def _go(self, index: QModelIndex) -> None:
        number = self.model.text(index.row()).number
        if number is not None:
            self.place_chosen.emit(number)


def _tree(model: TickedModel) -> QTreeView:
    tree = QTreeView()
    tree.setModel(model)
    tree.setRootIsDecorated(False)
    tree.setAllColumnsShowFocus(True)
    # Of rows of one height none has to be measured; a long text stands below in full.
    tree.setUniformRowHeights(True)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionsMovable(False)
    header.setResizeContentsPrecision(0)  # by the rows in view, not by a thousand
    header.setSectionResizeMode(NUMBER, QHeaderView.ResizeMode.ResizeToContents)
    for column in (FIRST, NOW):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    return tree


def _within(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges as far as they are shown."""
    return [(start, min(end, _LONGEST)) for start, end in ranges if start < _LONGEST]


def plain(text: str) -> str:
    """Return a text on one line; a bidirectional one keeps its direction."""
    return isolated(" ".join(text.split()))
