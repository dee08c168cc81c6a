"""Review two texts that are pasted instead of opened."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from reviewer.ui.look.controls import Button, Label, Look, dialog_column, resize_on_screen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class PasteDialog(QDialog):
    """Two large fields side by side.

    Signals:
        chosen: the source text and its translation.
        left: both texts as they are when the dialog closes, whether they were chosen or not.
    """

    chosen = Signal(str, str)
    left = Signal(str, str)

    def __init__(self, parent: QWidget | None = None, texts: tuple[str, str] = ("", "")) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Paste two texts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 860, 520)
        self._source = self._field(self.tr("Paste the source here"))
        self._target = self._field(self.tr("Paste its translation here"))
        columns = QHBoxLayout()
        columns.setSpacing(16)
        for title, field in (
            (self.tr("&Source"), self._source),
            (self.tr("&Translation"), self._target),
        ):
            column = QVBoxLayout()
            label = Label(title, bold=True)
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field, 1)
            columns.addLayout(column, 1)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self._review = Button(self.tr("&Review"), Look.PRIMARY)
        self._review.setDefault(True)
        self._review.setEnabled(False)
        self._review.clicked.connect(self._choose)
        buttons = QHBoxLayout()
        buttons.addWidget(Label(self.tr("Nothing leaves this computer."), dim=True))
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._review)
        layout = dialog_column(self, 14)
        layout.addLayout(columns, 1)
        layout.addLayout(buttons)
        for before, after in pairwise((self._source, self._target, self._review, cancel)):
            self.setTabOrder(before, after)
        self._source.setPlainText(texts[0])
        self._target.setPlainText(texts[1])
        self._source.setFocus()

    def _field(self, hint: str) -> QPlainTextEdit:
        field = QPlainTextEdit(self)
        field.setPlaceholderText(hint)
        field.setTabChangesFocus(True)
        field.textChanged.connect(self._update_button)
        return field

    def _update_button(self) -> None:
        texts = (self._source.toPlainText(), self._target.toPlainText())
        self._review.setEnabled(all(text.strip() for text in texts))

    def _choose(self) -> None:
        self.chosen.emit(self._source.toPlainText(), self._target.toPlainText())
        self.accept()

    def done(self, result: int) -> None:
        """Close, and hand over what stands in the fields."""
        self.left.emit(self._source.toPlainText(), self._target.toPlainText())
        super().done(result)
