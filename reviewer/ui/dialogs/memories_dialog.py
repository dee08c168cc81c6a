"""Which translation memories help to align: add, remove, put in order."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from reviewer.ui.look.controls import Button, Label, Look, dialog_column, resize_on_screen
from reviewer.ui.look.file_dialogs import ask_for_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

_PATH = Qt.ItemDataRole.UserRole


class MemoriesDialog(QDialog):
    """The list, first the most trusted; every change takes effect at once.

    Signals:
        changed: the paths, and those of them that the person chose on this computer; tuples.
    """

    changed = Signal(object, object)

    def __init__(
        self,
        paths: Sequence[str],
        known: frozenset[str],
        *,
        in_project: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._known = known
        self.setWindowTitle(self.tr("Translation memories"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 620, 380)
        text = self.tr(
            "These help to align the documents of new projects. The first is believed first."
        )
        if in_project:
            text = self.tr(
                "These help to align the documents that you add to this project, and those of "
                "new projects. The first is believed first."
            )
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(self._make_list(), 1)
        middle.addLayout(self._buttons())
        layout = dialog_column(self, 12)
        layout.addWidget(Label(text, wrap=True))
        layout.addLayout(middle, 1)
        self._fill(paths, 0)
        (self._list if paths else self._add).setFocus()

    def _make_list(self) -> QListWidget:
        files = self._list = QListWidget()
        files.setAccessibleName(self.tr("Translation memories"))
        files.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        files.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        files.setSpacing(2)
        files.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        files.currentRowChanged.connect(self._update_buttons)
        return files

    def _buttons(self) -> QVBoxLayout:
        self._add = Button(self.tr("&Add…"))
        self._add.clicked.connect(self._ask)
        self._remove = Button(self.tr("&Remove"))
        self._remove.clicked.connect(self.remove)
        self._up = Button(self.tr("Move &up"))
        self._up.clicked.connect(self.move_up)
        self._down = Button(self.tr("Move &down"))
        self._down.clicked.connect(self.move_down)
        close = Button(self.tr("&Close"), Look.PRIMARY)
        close.clicked.connect(self.accept)
        column = QVBoxLayout()
        for button in (self._add, self._remove, self._up, self._down):
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(close)
        return column

    @property
    def paths(self) -> tuple[str, ...]:
        """The memories in their order."""
        items = (self._list.item(row) for row in range(self._list.count()))
        return tuple(str(item.data(_PATH)) for item in items)

    def add(self, paths: Sequence[str]) -> None:
        """Put memories at the end; one that is listed already is only taken as chosen here."""
        self._known |= set(paths)
        more = [path for path in paths if path not in self.paths]
        self._change([*self.paths, *more], self._list.count() + len(more) - 1)

    def remove(self) -> None:
        """Take the current memory off the list; its file stays."""
        row = self._list.currentRow()
        left = list(self.paths)
        del left[row]
        self._change(left, min(row, len(left) - 1))

    def move_up(self) -> None:
        """Let the current memory be believed before the one above it."""
        self._move(-1)

    def move_down(self) -> None:
        """Let the current memory be believed after the one below it."""
        self._move(1)

    def _move(self, step: int) -> None:
        row = self._list.currentRow()
        paths = list(self.paths)
        paths.insert(row + step, paths.pop(row))
        self._change(paths, row + step)

    def _change(self, paths: Sequence[str], row: int) -> None:
        self._fill(paths, row)
        here = tuple(path for path in paths if path in self._known)
        self.changed.emit(tuple(paths), here)

    def _fill(self, paths: Sequence[str], row: int) -> None:
        self._list.clear()
        for path in paths:
            self._list.addItem(self._item(path))
        self._list.setCurrentRow(row)
        self._update_buttons()

    def _item(self, path: str) -> QListWidgetItem:
        place = PurePath(path.replace("\\", "/"))
        # Isolated, so that in a window from right to left no slash changes its side.
        name, folder = (f"\u2068{part}\u2069" for part in (place.name, place.parent))
        shown, usable = f"{name}  —  {folder}", False
        if path not in self._known:
            # Its path may reach out to other computers: it is not even looked for.
            shown = self.tr("{0} (chosen on another computer; not used)").format(name)
        elif not Path(path).is_file():
            shown = self.tr("{0} (not found in {1})").format(name, folder)
        else:
            usable = True
        item = QListWidgetItem(shown)
        item.setData(_PATH, path)
        if path in self._known:
            # Of others it would be somebody else's text, and a tool tip may be taken for HTML.
            item.setToolTip(path)
        if not usable:
            item.setForeground(self.palette().placeholderText())
        return item

    def _update_buttons(self) -> None:
        row, count = self._list.currentRow(), self._list.count()
        self._remove.setEnabled(row >= 0)
        self._up.setEnabled(row > 0)
        self._down.setEnabled(0 <= row < count - 1)

    def _ask(self) -> None:
        kinds = (self.tr("Translation memories (*.tmx)"), self.tr("All files (*)"))
        ask_for_files(self, self.tr("Choose translation memories"), self._take, kinds=kinds)

    def _take(self, names: list[str]) -> None:
        self.add([str(Path(name)) for name in names])
