"""A folder that a person may choose, with the reason where it cannot serve."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reviewer.errors import FormatError
from reviewer.ui.look.controls import Button, ElidedLabel, Label
from reviewer.ui.look.file_dialogs import ask_for_folder

if TYPE_CHECKING:
    from collections.abc import Callable


class FolderChoice(QWidget):
    """The path, and buttons to choose another or none.

    Signals:
        chosen: the path; empty for none.
    """

    chosen = Signal(str)

    def __init__(
        self, folder: str, title: str, about: str, require: Callable[[Path], None]
    ) -> None:
        """Show a folder; `require` raises FormatError for one that cannot serve."""
        super().__init__()
        self._title = title
        self._require = require
        self._path = ElidedLabel()
        choose = Button(self.tr("Choose…"))
        choose.setToolTip(about)
        choose.setAccessibleDescription(about)
        choose.clicked.connect(self._ask)
        self._none = Button(self.tr("Use none"))
        self._none.clicked.connect(self.forget)
        self._trouble = Label(wrap=True)
        self._trouble.hide()
        row = QHBoxLayout()
        row.addWidget(self._path, 1)
        row.addWidget(choose)
        row.addWidget(self._none)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._trouble)
        self.setFocusProxy(choose)
        self._show(folder)

    def _show(self, folder: str) -> None:
        self._path.setWhole(folder or self.tr("None"))
        self._none.setVisible(bool(folder))

    def _ask(self) -> None:
        ask_for_folder(self, self._title, self.take)

    def take(self, name: str) -> None:
        """Take a folder, or say why it cannot serve."""
        folder = Path(name)
        try:
            self._require(folder)
        except FormatError as error:
            self._trouble.setText(str(error))
            self._trouble.show()
            return
        self._set(str(folder))

    def forget(self) -> None:
        """Use no folder."""
        self._set("")

    def _set(self, folder: str) -> None:
        self._trouble.hide()
        self._show(folder)
        self.chosen.emit(folder)
