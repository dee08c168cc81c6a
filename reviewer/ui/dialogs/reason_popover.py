"""Ask for the reason of a decision; it may be left empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from reviewer.ui.look.controls import Button, Label, Look
from reviewer.ui.look.popover import Popover

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_WIDTH = 340


class ReasonPopover(Popover):
    """A sentence, a line for the reason and the button that decides; Enter decides.

    Signals:
        decided: the reason, which may be empty.
    """

    decided = Signal(str)

    def __init__(self, sentence: str, button: str, window: QWidget) -> None:
        super().__init__(window)
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(sentence)
        self.body.addWidget(Label(sentence, wrap=True))
        self._reason = QLineEdit(self)
        self._reason.setPlaceholderText(self.tr("Reason (optional)"))
        self._reason.setAccessibleName(self.tr("Reason"))
        self._reason.returnPressed.connect(self._decide)
        self.body.addWidget(self._reason)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.dismiss)
        buttons.addWidget(cancel)
        decide = Button(button, Look.PRIMARY)
        decide.clicked.connect(self._decide)
        buttons.addWidget(decide)
        self.body.addLayout(buttons)

    @property
    def first(self) -> QWidget:
        """The control that gets the keyboard."""
        return self._reason

    def _decide(self) -> None:
        self.decided.emit(self._reason.text().strip())
        self.dismiss()
