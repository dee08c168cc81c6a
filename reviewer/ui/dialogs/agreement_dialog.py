"""How far reviewers agree: each two of them, and the pairs of which they said different things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
)

from reviewer.model import Verdict
from reviewer.review.documents.agreement_report import decimals, percent
from reviewer.ui.look.controls import Button, Label, Look, dialog_column, resize_on_screen
from reviewer.ui.look.wording import counted, isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from reviewer.review.decisions.agreement import Agreement, Agreements, Apart
    from reviewer.review.decisions.issue_agreement import IssueAgreement

_WHO, _BOTH, _SAME, _KAPPA, _TEXT = range(5)
_DOCUMENT, _PAIR, _FIRST, _SECOND, _TEXTS = range(5)
_MOST_ROWS = 5_000
"""Pairs that are listed; the filter has them all."""
_APART = Qt.ItemDataRole.UserRole


class AgreementDialog(QDialog):
    """A row for each two reviewers, and below it a row for each pair that they see differently.

    Signals:
        pair_chosen: the Apart whose pair to go to.
        pairs_chosen: a tuple of the Apart to show alone.
        saving_asked: the report is to be saved.
    """

    pair_chosen = Signal(object)
    pairs_chosen = Signal(object)
    saving_asked = Signal()

    def __init__(
        self,
        found: Agreements,
        titles: Sequence[str],
        hidden: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        """Show what was compared.

        Args:
            found: of it, only the pairs that may be shown.
            titles: of the documents.
            hidden: for each two, how many more pairs they see differently.
            parent: the window.
        """
        super().__init__(parent)
        self._found = found
        self._titles = titles
        self._hidden = hidden
        self.setWindowTitle(self.tr("Agreement between reviewers"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 720, 560)
        self.judges = Label(self._judged(), dim=True, wrap=True)
        self.pairs = self._list(
            self.tr("Reviewers"),
            [
                self.tr("Reviewers"),
                self.tr("Both judged"),
                self.tr("Same verdict"),
                self.tr("Kappa"),
                self.tr("Same translation"),
            ],
        )
        self.apart = self._list(
            self.tr("Judged differently"),
            [self.tr("Document"), self.tr("Pair"), "", "", self.tr("Translation")],
        )
        self._explain()
        self.note = Label("", dim=True, wrap=True)
        self._go = Button(self.tr("&Go to it"))
        self._show = Button(self.tr("&Show these pairs"))
        self._save = Button(self.tr("Save the &report…"))
        self._close = Button(self.tr("&Close"), Look.PRIMARY)
        self._lay_out()
        self._connect()
        self._fill()
        self.pairs.setFocus()

    def _list(self, name: str, heads: Sequence[str]) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(name)
        tree.setHeaderLabels(list(heads))
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionsMovable(False)
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return tree

    def _explain(self) -> None:
        head = self.pairs.headerItem()
        tips = {
            _BOTH: self.tr("Pairs that both confirmed, rejected or opened again"),
            _SAME: self.tr("Of these, how many of which both said the same"),
            _KAPPA: self.tr(
                "Cohen’s kappa: agreement beyond chance. 1: all the same; 0: as by chance; "
                "none where both said one and the same of all pairs."
            ),
            _TEXT: self.tr("Of these, in how many both had the same translation before them"),
        }
        for column, tip in tips.items():
            head.setToolTip(column, tip)
            head.setTextAlignment(column, Qt.AlignmentFlag.AlignCenter)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self._go, self._show, self._save):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        layout = dialog_column(self, 12)
        layout.addWidget(self.judges)
        layout.addWidget(self.pairs, 2)
        layout.addWidget(self.note)
        layout.addWidget(self.apart, 3)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.pairs.currentItemChanged.connect(self._show_apart)
        self.apart.itemActivated.connect(self._go_to)
        self.apart.currentItemChanged.connect(self._update)
        self._go.clicked.connect(self._go_to)
        self._show.clicked.connect(self._show_these)
        self._save.clicked.connect(self.saving_asked)
        self._close.clicked.connect(self.accept)

    # What is shown

    def _judged(self) -> str:
        told = [
            self.tr("{0}: {1}").format(
                isolated(judge.name),
                counted(self.tr("%n pair(s) judged", "", judge.judged), judge.judged),
            )
            for judge in self._found.judges
        ]
        if not told:
            return self.tr("Nobody has judged a pair in this project.")
        if not self._found.pairs:
            told.append(self.tr("No two reviewers judged the same pair."))
        return "  ·  ".join(told)

    def _fill(self) -> None:
        for one in self._found.pairs:
            names = (isolated(one.first.name), isolated(one.second.name))
            same = self.tr("{0} ({1})").format(one.same, percent(one.observed))
            figures = (str(one.both), same, decimals(one.kappa), str(one.same_text))
            texts = [self.tr("{0} – {1}").format(*names), *map(_figure, figures)]
            item = QTreeWidgetItem(self.pairs, texts)
            for column in (_BOTH, _SAME, _KAPPA, _TEXT):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignCenter)
        self._save.setEnabled(bool(self._found.pairs))
        self.pairs.setCurrentIndex(self.pairs.model().index(0, _WHO))
        self._show_apart()

    @property
    def current(self) -> Agreement | None:
        """The two reviewers of the current row."""
        row = self.pairs.currentIndex().row()
        return self._found.pairs[row] if 0 <= row < len(self._found.pairs) else None

    def _show_apart(self) -> None:
        """List the pairs that the current two see differently."""
        self.apart.clear()
        one = self.current
        self.note.setText(self._noted())
        self.note.setVisible(bool(self.note.text()))
        if one is not None:
            head = self.apart.headerItem()
            head.setText(_FIRST, isolated(one.first.name))
            head.setText(_SECOND, isolated(one.second.name))
            items = [self._row(apart) for apart in one.apart[:_MOST_ROWS]]
            self.apart.addTopLevelItems(items)
            self.apart.setCurrentIndex(self.apart.model().index(0, _DOCUMENT))
        self._show.setEnabled(one is not None and bool(one.apart))
        self._update()

    def _row(self, apart: Apart) -> QTreeWidgetItem:
        texts = self.tr("different") if apart.texts else self.tr("the same")
        title = self.tr("no row now") if apart.document is None else self._title(apart.document)
        number = "" if apart.number is None else str(apart.number + 1)
        item = QTreeWidgetItem([title, number, *map(self._said, apart.said), texts])
        item.setData(_DOCUMENT, _APART, apart)
        return item

    def _title(self, document: int) -> str:
        return isolated(self._titles[document]) if document < len(self._titles) else ""

    def _said(self, verdict: Verdict) -> str:
        return {
            Verdict.CONFIRMED: self.tr("Confirmed"),
            Verdict.REJECTED: self.tr("Rejected"),
            Verdict.OPEN: self.tr("Open"),
        }[verdict]

    def _noted(self) -> str:
        """Return what else is to be known of the current two."""
        one = self.current
        if one is None:
            return ""
        hidden = self._hidden[self.pairs.currentIndex().row()]
        found = [self._issues(one.issues)] if one.issues is not None else []
        if hidden:
            text = self.tr("Listed once you have judged them: %n more pair(s).", "", hidden)
            found.append(counted(text, hidden))
        if len(one.apart) > _MOST_ROWS:
            text = self.tr("The first {0} are listed; “Show these pairs” shows all.")
            found.append(text.format(_MOST_ROWS))
        if not one.apart and not hidden:
            found.append(self.tr("They said the same of every pair that both judged."))
        return " ".join(found)

    def _issues(self, issues: IssueAgreement) -> str:
        text = self.tr(
            "Issues in %n pair(s), of the same categories in {0}; penalties {1} and {2}, "
            "{3} apart in a pair.",
            "",
            issues.pairs,
        )
        words = (issues.same, *map("{:g}".format, issues.penalties), decimals(issues.difference))
        return counted(text, issues.pairs).format(*words)

    def _update(self) -> None:
        apart = self._current_apart
        self._go.setEnabled(apart is not None and apart.number is not None)

    @property
    def _current_apart(self) -> Apart | None:
        item = self.apart.currentItem()
        return item.data(_DOCUMENT, _APART) if item is not None else None

    # What can be done

    def _go_to(self) -> None:
        apart = self._current_apart
        if apart is not None and apart.document is not None and apart.number is not None:
            self.pair_chosen.emit(apart)

    def _show_these(self) -> None:
        if self.current is not None:
            self.pairs_chosen.emit(self.current.apart)


def _figure(text: str) -> str:
    """Return a figure whose sign and brackets stay where they are in a window from the right."""
    return f"\u2066{text}\u2069"
