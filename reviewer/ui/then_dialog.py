"""The texts of a document as they were at an earlier moment, beside those of now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from reviewer.ui.controls import Label
from reviewer.ui.fonts import right_to_left, text_font
from reviewer.ui.ticked_dialog import FIRST, NOW, TickedDialog, plain
from reviewer.ui.wording import counted, isolated, moment

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reviewer.review.history import HistoryLine
    from reviewer.review.session import Review

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ThenDialog(TickedDialog):
    """A row per text that was another one; those that are ticked stand again together.

    `chosen` gives `Earlier`s that are to stand again, as one step.
    """

    def __init__(self, review: Review, line: HistoryLine, parent: QWidget | None = None) -> None:
        texts = review.past.earlier_texts(line.event)
        super().__init__(texts, review.target_language, parent)
        self.setWindowTitle(self.tr("As it was then"))
        when = self.tr("{0}, after what {1} decided").format(
            moment(line.time), isolated(line.reviewer)
        )
        other = counted(self.tr("%n text(s) were others than now.", "", len(texts)), len(texts))
        self.head.addWidget(Label(when, bold=True))
        self.head.addWidget(Label(other, dim=True))
        self.tree.setAccessibleName(self.tr("Texts"))
        self.tree.setHeaderLabels([self.tr("Pair"), self.tr("Then"), self.tr("Now")])
        self.tree.setFont(text_font(review.target_language, 90))
        for text in texts:
            item = self.add(plain(text.then), plain(text.now))
            if right_to_left(review.target_language):
                for column in (FIRST, NOW):
                    item.setTextAlignment(column, _RIGHT)
        self.begin()

    def taking(self, count: int) -> str:
        """Return what the button says that takes so many."""
        return counted(self.tr("&Use %n text(s) again", "", count), count)
