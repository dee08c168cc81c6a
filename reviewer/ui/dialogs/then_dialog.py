"""The texts of a document as they were at an earlier moment, beside those of now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from reviewer.ui.dialogs.ticked_dialog import TickedDialog
from reviewer.ui.look.controls import Label
from reviewer.ui.look.fonts import right_to_left, text_font
from reviewer.ui.look.wording import counted, isolated, moment

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reviewer.review.decisions.history import HistoryLine
    from reviewer.review.session import Review

_MOMENT = 0.012
"""Seconds for which the log is looked at between what else the window has to do."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ThenDialog(TickedDialog):
    """A row per text that was another one; those that are ticked stand again together.

    `chosen` gives `Earlier`s that are to stand again, as one step.
    """

    def __init__(self, review: Review, line: HistoryLine, parent: QWidget | None = None) -> None:
        super().__init__(review.target_language, parent)
        self._found = review.past.look_back(line.event)
        self.setWindowTitle(self.tr("As it was then"))
        when = self.tr("{0}, after what {1} decided").format(
            moment(line.time), isolated(line.reviewer)
        )
        self._other = Label(self.tr("Looking back…"), dim=True)
        self.head.addWidget(Label(when, bold=True))
        self.head.addWidget(self._other)
        self.tree.setAccessibleName(self.tr("Texts"))
        self.model.titles = self.tr("Pair"), self.tr("Then"), self.tr("Now")
        self.tree.setFont(text_font(review.target_language, 90))
        if right_to_left(review.target_language):
            self.model.alignment = _RIGHT
        self.update_words()
        self._turns = QTimer(self)
        self._turns.timeout.connect(self._turn)
        self._turns.start()
        self._turn()

    def _turn(self) -> None:
        """Look on for a moment; show all when all is there."""
        if self._found.run(_MOMENT):
            self._turns.stop()
            self._other.setText(self._counting(len(self._found)))
            self.begin(self._found)

    def _counting(self, count: int) -> str:
        if not count:
            return self.tr("Every text was then as it is now.")
        return counted(self.tr("%n text(s) were others than now.", "", count), count)

    def done(self, result: int) -> None:
        """Close, and look for nothing more."""
        self._turns.stop()
        super().done(result)

    def taking(self, count: int) -> str:
        """Return what the button says that takes so many."""
        return counted(self.tr("&Use %n text(s) again", "", count), count)
