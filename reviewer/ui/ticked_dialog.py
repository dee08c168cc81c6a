"""Texts of then beside those of now, a row each; what is ticked is taken together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from reviewer.text.differences import differing
from reviewer.ui.controls import Button, Look, resize_on_screen
from reviewer.ui.fonts import right_to_left, text_font
from reviewer.ui.version_card import with_marks
from reviewer.ui.wording import isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

NUMBER, FIRST, NOW = range(3)
"""The columns: of the pair, of what is offered, of the text now."""
_ROW = Qt.ItemDataRole.UserRole
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


class TickedDialog(QDialog):
    """A row per text, with both versions of the current one below.

    Who makes one adds its heading to `head`, a line of `tree` per text with `add`, and calls
    `begin`.

    Signals:
        chosen: a tuple of the texts that are ticked.
        place_chosen: number of a pair to go to.
    """

    chosen = Signal(object)
    place_chosen = Signal(int)

    def __init__(
        self, texts: Sequence[Changed], language: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._texts = tuple(texts)
        self._right_to_left = right_to_left(language)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 900, 520)
        self.head = QVBoxLayout()
        self.head.setSpacing(10)
        self.tree = _tree()
        self._full = QLabel()
        self._full.setTextFormat(Qt.TextFormat.RichText)
        self._full.setWordWrap(True)
        self._full.setFont(text_font(language))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addLayout(self.head)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._full)
        layout.addLayout(self._buttons())

    def add(self, first: str, now: str) -> QTreeWidgetItem:
        """Add the line of the next text."""
        row = self.tree.topLevelItemCount()
        number = self._texts[row].number
        place = "–" if number is None else str(number + 1)
        item = QTreeWidgetItem(self.tree, [place, first, now])
        item.setData(NUMBER, _ROW, row)
        item.setCheckState(NUMBER, Qt.CheckState.Unchecked)
        return item

    def begin(self) -> None:
        """Show the first line, and from now on follow what the person does."""
        self.tree.setCurrentIndex(self.tree.model().index(0, NUMBER))
        self.tree.itemChanged.connect(self.update_words)
        self.tree.itemActivated.connect(self._go)
        self.tree.currentItemChanged.connect(self._show_whole)
        self.tree.setFocus()
        self._show_whole(self.tree.currentItem())
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

    def _items(self) -> list[QTreeWidgetItem]:
        items = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        return [item for item in items if item is not None]

    def _text(self, item: QTreeWidgetItem) -> Changed:
        row: int = item.data(NUMBER, _ROW)
        return self._texts[row]

    @property
    def ticked(self) -> tuple[Changed, ...]:
        """The texts that are ticked."""
        checked = Qt.CheckState.Checked
        return tuple(self._text(i) for i in self._items() if i.checkState(NUMBER) == checked)

    def choose_all(self) -> None:
        """Tick everything."""
        for item in self._items():
            item.setCheckState(NUMBER, Qt.CheckState.Checked)

    def taking(self, count: int) -> str:
        """Return what the button says that takes so many."""
        raise NotImplementedError

    def update_words(self) -> None:
        """Say how many are ticked."""
        count = len(self.ticked)
        self.take.setText(self.taking(count))
        self.take.setEnabled(bool(count))

    def _show_whole(self, item: QTreeWidgetItem | None, _before: object = None) -> None:
        """Show both texts of the current line in full, with what differs marked."""
        if item is None:
            self._full.setText("")
            return
        text = self._text(item)
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

    def _go(self, item: QTreeWidgetItem) -> None:
        number = self._text(item).number
        if number is not None:
            self.place_chosen.emit(number)


def _tree() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setRootIsDecorated(False)
    tree.setAllColumnsShowFocus(True)
    tree.setWordWrap(True)
    tree.setColumnCount(NOW + 1)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionsMovable(False)
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
