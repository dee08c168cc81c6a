"""The texts of a document as they were at an earlier moment, beside those of now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from reviewer.text.differences import differing
from reviewer.ui.controls import Button, Label, Look, resize_on_screen
from reviewer.ui.fonts import right_to_left, text_font
from reviewer.ui.version_card import with_marks
from reviewer.ui.wording import counted, isolated, moment

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reviewer.review.history import HistoryLine
    from reviewer.review.session import Review
    from reviewer.review.then import Earlier

_NUMBER, _THEN, _NOW = range(3)
_ROW = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LONGEST = 1_000
"""Characters of a text that are shown in full."""


class ThenDialog(QDialog):
    """A row per text that was another one; those that are ticked stand again together.

    Signals:
        chosen: a tuple of `Earlier` that are to stand again, as one step.
        place_chosen: number of a pair to go to.
    """

    chosen = Signal(object)
    place_chosen = Signal(int)

    def __init__(self, review: Review, line: HistoryLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = review.past.earlier_texts(line.event)
        self._right_to_left = right_to_left(review.target_language)
        self.setWindowTitle(self.tr("As it was then"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 900, 520)
        count = len(self._texts)
        when = self.tr("{0}, after what {1} decided").format(
            moment(line.time), isolated(line.reviewer)
        )
        other = counted(self.tr("%n text(s) were others than now.", "", count), count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(Label(when, bold=True))
        layout.addWidget(Label(other, dim=True))
        self.tree = self._make_tree(review)
        layout.addWidget(self.tree, 1)
        self._full = QLabel()
        self._full.setTextFormat(Qt.TextFormat.RichText)
        self._full.setWordWrap(True)
        self._full.setFont(text_font(review.target_language))
        layout.addWidget(self._full)
        layout.addLayout(self._buttons())
        self.tree.currentItemChanged.connect(self._show_whole)
        self.tree.setFocus()
        self._show_whole(self.tree.currentItem())
        self._update()

    def _make_tree(self, review: Review) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(self.tr("Texts"))
        tree.setHeaderLabels([self.tr("Pair"), self.tr("Then"), self.tr("Now")])
        tree.setRootIsDecorated(False)
        tree.setAllColumnsShowFocus(True)
        tree.setWordWrap(True)
        tree.setFont(text_font(review.target_language, 90))
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(_NUMBER, QHeaderView.ResizeMode.ResizeToContents)
        for column in (_THEN, _NOW):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for row, text in enumerate(self._texts):
            place = "–" if text.number is None else str(text.number + 1)
            item = QTreeWidgetItem(tree, [place, _plain(text.then), _plain(text.now)])
            item.setData(_NUMBER, _ROW, row)
            item.setCheckState(_NUMBER, Qt.CheckState.Unchecked)
            if self._right_to_left:
                for column in (_THEN, _NOW):
                    item.setTextAlignment(column, _RIGHT)
        tree.setCurrentIndex(tree.model().index(0, _NUMBER))
        tree.itemChanged.connect(self._update)
        tree.itemActivated.connect(self._go)
        return tree

    def _buttons(self) -> QHBoxLayout:
        self._every = Button(self.tr("&All"))
        self._every.clicked.connect(self.choose_all)
        self.take = Button("", Look.PRIMARY)
        self.take.clicked.connect(self._take)
        close = Button(self.tr("&Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self._every)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.take)
        return row

    def _items(self) -> list[QTreeWidgetItem]:
        items = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        return [item for item in items if item is not None]

    @property
    def ticked(self) -> tuple[Earlier, ...]:
        """The texts that are ticked."""
        checked = Qt.CheckState.Checked
        return tuple(
            self._texts[item.data(_NUMBER, _ROW)]
            for item in self._items()
            if item.checkState(_NUMBER) == checked
        )

    def choose_all(self) -> None:
        """Tick everything."""
        for item in self._items():
            item.setCheckState(_NUMBER, Qt.CheckState.Checked)

    def _show_whole(self, item: QTreeWidgetItem | None, _before: object = None) -> None:
        """Show the current texts in full, with what differs between them marked."""
        if item is None:
            self._full.setText("")
            return
        text = self._texts[item.data(_NUMBER, _ROW)]
        side, align = ("rtl", "right") if self._right_to_left else ("ltr", "left")
        sides = ((text.then, text.now), (text.now, text.then))
        told = (
            with_marks(a[:_LONGEST], _within(differing(a, b)), self.palette()) for a, b in sides
        )
        lines = (f'<p dir="{side}" align="{align}" style="margin:2px">{each}</p>' for each in told)
        self._full.setText("<hr>".join(lines))

    def _update(self) -> None:
        count = len(self.ticked)
        self.take.setText(counted(self.tr("&Use %n text(s) again", "", count), count))
        self.take.setEnabled(bool(count))

    def _take(self) -> None:
        ticked = self.ticked
        self.accept()
        self.chosen.emit(ticked)

    def _go(self, item: QTreeWidgetItem) -> None:
        number = self._texts[item.data(_NUMBER, _ROW)].number
        if number is not None:
            self.place_chosen.emit(number)


def _within(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges as far as they are shown."""
    return [(start, min(end, _LONGEST)) for start, end in ranges if start < _LONGEST]


def _plain(text: str) -> str:
    """Return a text on one line; a bidirectional one keeps its direction."""
    return isolated(" ".join(text.split()))
