"""The person's own check files, to be switched on by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from reviewer.review.checking import own_checks
from reviewer.ui.look.controls import Button, Label

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAME = Qt.ItemDataRole.UserRole
_ROWS = 4


class OwnChecksList(QWidget):
    """A line per file of the folder, with a tick where it runs; none is ticked to begin with.

    Signals:
        chosen: the names that are ticked, a tuple.
    """

    chosen = Signal(object)

    def __init__(self, on: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on = tuple(on)
        words = self.tr(
            "A check of your own is a Python file in your folder of checks. It is a program and "
            "can do on this computer what you can: tick only what you or people you trust wrote."
        )
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Checks of your own"))
        self._list.itemChanged.connect(self._choose)
        self._none = Label(self.tr("There is no file in it yet."), dim=True)
        show = Button(self.tr("Show &folder"))
        show.clicked.connect(self._show_folder)
        row = QHBoxLayout()
        row.addWidget(self._list, 1)
        row.addWidget(self._none, 1)
        row.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(Label(words, dim=True, wrap=True))
        layout.addLayout(row)
        self.refresh()

    def refresh(self) -> None:
        """Look at the folder anew."""
        known = own_checks.available()
        with QSignalBlocker(self._list):
            self._list.clear()
            for name in (*known, *(name for name in self._on if name not in known)):
                item = QListWidgetItem(name)
                item.setData(_NAME, name)
                on = name in self._on
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
                if name not in known:
                    item.setText(self.tr("{0} (not in the folder)").format(name))
                    item.setForeground(self.palette().placeholderText())
                self._list.addItem(item)
        rows = self._list.count()
        height = self._list.sizeHintForRow(0) * min(rows, _ROWS) + 2 * self._list.frameWidth()
        self._list.setFixedHeight(max(height, 1))
        self._list.setVisible(bool(rows))
        self._none.setVisible(not rows)

    def _choose(self) -> None:
        items = [self._list.item(row) for row in range(self._list.count())]
        self._on = tuple(
            item.data(_NAME) for item in items if item.checkState() is Qt.CheckState.Checked
        )
        self.chosen.emit(self._on)

    def _show_folder(self) -> None:
        own_checks.folder().mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(own_checks.folder())))
