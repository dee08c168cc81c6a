"""The termbases of a project in the order in which they are believed, its own one first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from reviewer.review.terminology.termbase import located
from reviewer.ui.look.controls import Button
from reviewer.ui.look.wording import isolated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NAME = Qt.ItemDataRole.UserRole


class TermbaseList(QWidget):
    """One of them is chosen, to be looked at; files can be added, moved and removed.

    Signals:
        chosen: another one is to be looked at.
        add_asked: files are to be added.
        ordered: the names of the files, a tuple, first the most trusted.
    """

    chosen = Signal()
    add_asked = Signal()
    ordered = Signal(object)

    def __init__(self, project: Path) -> None:
        super().__init__()
        self._project = project
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Termbases"))
        self._list.setFixedWidth(230)
        self._list.setSpacing(2)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.currentRowChanged.connect(self._follow)
        add = Button(self.tr("Add a &file…"))
        add.clicked.connect(self.add_asked)
        self._drop = Button(self.tr("&Remove"))
        self._drop.clicked.connect(self.drop)
        self._up = Button(self.tr("Move &up"))
        self._up.clicked.connect(self.move_up)
        self._down = Button(self.tr("Move do&wn"))
        self._down.clicked.connect(self.move_down)
        buttons = QGridLayout()
        buttons.setSpacing(6)
        for place, button in enumerate((add, self._drop, self._up, self._down)):
            buttons.addWidget(button, *divmod(place, 2))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list, 1)
        column.addLayout(buttons)

    @property
    def current(self) -> str:
        """The name of the chosen one; empty for the project's own."""
        row = self._list.currentRow()
        return self._name(row) if row >= 0 else ""

    @property
    def names(self) -> list[str]:
        """The names of the files, first the most trusted."""
        return [self._name(row) for row in range(1, self._list.count())]

    def _name(self, row: int) -> str:
        return str(self._list.item(row).data(_NAME))

    def show_names(self, names: Sequence[str]) -> None:
        """Show the files as they are ordered now; the same place stays chosen, unsaid."""
        current = max(self._list.currentRow(), 0)
        with QSignalBlocker(self._list):
            self._list.clear()
            own = QListWidgetItem(self.tr("This project"))
            own.setData(_NAME, "")
            self._list.addItem(own)
            for name in names:
                self._list.addItem(self._file_item(name))
            self._list.setCurrentRow(min(current, self._list.count() - 1))
        self._enable()

    def _file_item(self, name: str) -> QListWidgetItem:
        found = located(name, self._project) is not None
        shown = isolated(name[:80])
        text = shown if found else self.tr("{0} (not on this computer)").format(shown)
        item = QListWidgetItem(text)
        item.setData(_NAME, name)
        if not found:
            item.setForeground(self.palette().placeholderText())
        return item

    def choose(self, name: str) -> None:
        """Choose one by its name, the project's own by none; nothing where it is not there."""
        names = ["", *self.names]
        if name in names:
            self._list.setCurrentRow(names.index(name))

    def drop(self) -> None:
        """Use the chosen file no more; it stays where it is."""
        self.ordered.emit(tuple(name for name in self.names if name != self.current))

    def move_up(self) -> None:
        """Let the chosen file be believed before the one above it."""
        self._move(-1)

    def move_down(self) -> None:
        """Let the chosen file be believed after the one below it."""
        self._move(1)

    def _move(self, step: int) -> None:
        names, row = self.names, self._list.currentRow() - 1
        names.insert(row + step, names.pop(row))
        with QSignalBlocker(self._list):
            # Until the new order is shown, another file stands there.
            self._list.setCurrentRow(row + 1 + step)
        self.ordered.emit(tuple(names))

    def _follow(self) -> None:
        self._enable()
        self.chosen.emit()

    def _enable(self) -> None:
        row, count = self._list.currentRow(), self._list.count()
        self._drop.setEnabled(row > 0)
        self._up.setEnabled(row > 1)
        self._down.setEnabled(0 < row < count - 1)
