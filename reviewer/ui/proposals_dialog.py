"""Decisions on an earlier version, beside the texts of now that are close to what they saw."""

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

from reviewer.review import history
from reviewer.text.differences import differing
from reviewer.ui.controls import Button, Label, Look
from reviewer.ui.fonts import right_to_left, text_font
from reviewer.ui.version_card import with_marks
from reviewer.ui.wording import counted, filled, isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from reviewer.review.carrying import Proposal
    from reviewer.review.session import Review

_NUMBER, _WHAT, _NOW = range(3)
_ROW = Qt.ItemDataRole.UserRole
_LONGEST = 1_000
"""Characters of a text that are shown in full."""


class ProposalsDialog(QDialog):
    """A row per decision; those that are ticked are said again of the texts of now, together.

    Signals:
        chosen: a tuple of `Proposal`.
        place_chosen: number of a pair to go to.
    """

    chosen = Signal(object)
    place_chosen = Signal(int)

    def __init__(
        self, review: Review, proposals: Sequence[Proposal], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._proposals = tuple(sorted(proposals, key=lambda each: each.number))
        self._review = review
        self._right_to_left = right_to_left(review.target_language)
        self.setWindowTitle(self.tr("Decisions on an earlier version"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(900, 520)
        count = len(self._proposals)
        seen = self.tr("%n decision(s) on texts that changed a little since.", "", count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(Label(counted(seen, count), bold=True))
        told = self.tr("Those that you tick are decided again, of the texts as they are now.")
        layout.addWidget(Label(told, dim=True, wrap=True))
        self.tree = self._make_tree()
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

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(self.tr("Decisions"))
        tree.setHeaderLabels([self.tr("Pair"), self.tr("Decision"), self.tr("Text now")])
        tree.setRootIsDecorated(False)
        tree.setAllColumnsShowFocus(True)
        tree.setWordWrap(True)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(_NUMBER, QHeaderView.ResizeMode.ResizeToContents)
        for column in (_WHAT, _NOW):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for row, each in enumerate(self._proposals):
            texts = [str(each.number + 1), self._said(each), _plain(each.now)]
            item = QTreeWidgetItem(tree, texts)
            item.setData(_NUMBER, _ROW, row)
            item.setCheckState(_NUMBER, Qt.CheckState.Unchecked)
            item.setFont(_NOW, text_font(self._review.target_language, 90))
        tree.setCurrentIndex(tree.model().index(0, _NUMBER))
        tree.itemChanged.connect(self._update)
        tree.itemActivated.connect(self._go)
        return tree

    def _said(self, proposal: Proposal) -> str:
        content = self._review.state.content(proposal.event)
        what, words = history.told(proposal.event.kind, content)
        who, _ = self._review.author(proposal.event)
        told = filled("history", what, tuple(_plain(word) for word in words))
        return self.tr("{0} ({1})").format(told, isolated(who))

    def _buttons(self) -> QHBoxLayout:
        every = Button(self.tr("&All"))
        every.clicked.connect(self.choose_all)
        self.take = Button("", Look.PRIMARY)
        self.take.clicked.connect(self._take)
        close = Button(self.tr("&Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(every)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.take)
        return row

    def _items(self) -> list[QTreeWidgetItem]:
        items = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        return [item for item in items if item is not None]

    @property
    def ticked(self) -> tuple[Proposal, ...]:
        """The decisions that are ticked."""
        checked = Qt.CheckState.Checked
        return tuple(
            self._proposals[item.data(_NUMBER, _ROW)]
            for item in self._items()
            if item.checkState(_NUMBER) == checked
        )

    def choose_all(self) -> None:
        """Tick everything."""
        for item in self._items():
            item.setCheckState(_NUMBER, Qt.CheckState.Checked)

    def _show_whole(self, item: QTreeWidgetItem | None, _before: object = None) -> None:
        """Show both texts of the current decision in full, with what differs marked."""
        if item is None:
            self._full.setText("")
            return
        each = self._proposals[item.data(_NUMBER, _ROW)]
        side, align = ("rtl", "right") if self._right_to_left else ("ltr", "left")
        sides = ((each.then, each.now), (each.now, each.then))
        told = (
            with_marks(a[:_LONGEST], _within(differing(a, b)), self.palette()) for a, b in sides
        )
        lines = (f'<p dir="{side}" align="{align}" style="margin:2px">{text}</p>' for text in told)
        self._full.setText("<hr>".join(lines))

    def _update(self) -> None:
        count = len(self.ticked)
        self.take.setText(counted(self.tr("&Decide %n again", "", count), count))
        self.take.setEnabled(bool(count))

    def _take(self) -> None:
        ticked = self.ticked
        self.accept()
        self.chosen.emit(ticked)

    def _go(self, item: QTreeWidgetItem) -> None:
        self.place_chosen.emit(self._proposals[item.data(_NUMBER, _ROW)].number)


def _within(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges as far as they are shown."""
    return [(start, min(end, _LONGEST)) for start, end in ranges if start < _LONGEST]


def _plain(text: str) -> str:
    """Return a text on one line; a bidirectional one keeps its direction."""
    return isolated(" ".join(text.split()))
