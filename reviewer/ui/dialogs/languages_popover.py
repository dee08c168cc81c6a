"""Change the languages of the open document pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout

from reviewer.ui.look.controls import Button, Label, Look
from reviewer.ui.look.language_combo import LanguageCombo
from reviewer.ui.look.popover import Popover

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_WIDTH = 340


class LanguagesPopover(Popover):
    """Two boxes and a button.

    Signals:
        chosen: the BCP 47 tags of source and target.
    """

    chosen = Signal(str, str)

    def __init__(self, source: str, target: str, window: QWidget) -> None:
        super().__init__(window)
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(self.tr("Languages"))
        self._source, self._target = LanguageCombo(), LanguageCombo()
        self._source.set_tag(source)
        self._target.set_tag(target)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Source"), self._source)
        form.addRow(self.tr("&Translation"), self._target)
        self.body.addWidget(Label(self.tr("Languages"), bold=True))
        self.body.addLayout(form)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.dismiss)
        buttons.addWidget(cancel)
        change = Button(self.tr("Change"), Look.PRIMARY)
        change.clicked.connect(self._choose)
        buttons.addWidget(change)
        self.body.addLayout(buttons)

    @property
    def first(self) -> QWidget:
        """The control that gets the keyboard."""
        return self._source

    def _choose(self) -> None:
        self.chosen.emit(self._source.tag, self._target.tag)
        self.dismiss()
