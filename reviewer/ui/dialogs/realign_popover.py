"""Ask which pairs are aligned anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton

from reviewer.ui.look.controls import Button, Label, Look
from reviewer.ui.look.popover import Popover

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

_WIDTH = 400


class RealignPopover(Popover):
    """Offers the marked stretch, the rest of the document, and all of it; Enter aligns.

    Signals:
        chosen: numbers of the first and the last pair.
    """

    chosen = Signal(int, int)

    def __init__(self, marked: int | None, current: int, count: int, window: QWidget) -> None:
        super().__init__(window)
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(self.tr("Align anew"))
        self.body.addWidget(Label(self.tr("Align anew"), bold=True))
        note = self.tr("Confirmed pairs and those that you made stay as they are.")
        self.body.addWidget(Label(note, dim=True, wrap=True))
        self._choices = QButtonGroup(self)
        self._ranges = self._offered(marked, current, count)
        for number, (first, last) in enumerate(self._ranges):
            button = QRadioButton(self._text(first, last, count), self)
            button.setChecked(number == 0)
            self._choices.addButton(button, number)
            self.body.addWidget(button)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.dismiss)
        buttons.addWidget(cancel)
        align = Button(self.tr("Align"), Look.PRIMARY)
        align.clicked.connect(self._choose)
        buttons.addWidget(align)
        self.body.addLayout(buttons)

    def _offered(self, marked: int | None, current: int, count: int) -> list[tuple[int, int]]:
        last = count - 1
        if marked is not None and marked != current:
            return [(min(marked, current), max(marked, current)), (0, last)]
        offered = [(0, last), (current, last), (0, current)]
        return list(dict.fromkeys(each for each in offered if each[0] < each[1])) or [(0, last)]

    def _text(self, first: int, last: int, count: int) -> str:
        if (first, last) == (0, count - 1):
            return self.tr("The whole &document")
        if last == count - 1:
            return self.tr("From pair {0} to the &end").format(first + 1)
        if first == 0:
            return self.tr("From the &beginning to pair {0}").format(last + 1)
        return self.tr("&Pairs {0} to {1}").format(first + 1, last + 1)

    @property
    def first(self) -> QWidget:
        """The control that gets the keyboard."""
        return self._choices.button(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Align on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        chosen = self._ranges[self._choices.checkedId()]
        # The range goes before the popover does: what follows may take the keyboard.
        self.dismiss()
        self.chosen.emit(*chosen)
