"""What loading a review would bring, before anything is changed."""

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
    QWidget,
)

from reviewer.ui.look.controls import Button, ElidedLabel, Label, Look, dialog_column
from reviewer.ui.look.wording import counted, isolated

if TYPE_CHECKING:
    from reviewer.review.tasks.loading import Loaded

_WHO, _NEW, _ALREADY = range(3)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOST_NOTES = 4
_MOST_ROWS = 8


class LoadDialog(QDialog):
    """Who decided how much, what is new of it, and what would disagree.

    Signals:
        accepted_load: the `Loaded` that was looked at is to be done.
        open_asked: the file is to be opened instead.
    """

    accepted_load = Signal(object)
    open_asked = Signal(object)

    def __init__(self, would: Loaded, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._would = would
        self.setWindowTitle(self.tr("Load review from file"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        layout = dialog_column(self, 10)
        names = ", ".join(f"“{path.name}”" for path in would.request.others)
        layout.addWidget(ElidedLabel(names, bold=True))
        for name in would.strangers:
            asked = self.tr(
                "“{0}” is another project of the same documents. Are its decisions to be added?"
            )
            layout.addWidget(Label(asked.format(name), wrap=True))
        self._tree = self._make_tree()
        layout.addWidget(self._tree)
        for sentence in self.sentences():
            layout.addWidget(Label(sentence, wrap=True))
        layout.addStretch(1)
        layout.addLayout(self._buttons())
        self.add.setFocus()

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(self.tr("Reviewers"))
        tree.setHeaderLabels([self.tr("Decisions of"), self.tr("New"), self.tr("Already here")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        tree.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_WHO, QHeaderView.ResizeMode.Stretch)
        for column in (_NEW, _ALREADY):
            tree.headerItem().setTextAlignment(column, _RIGHT)
        for person in self._would.reviewers:
            name = isolated(person.name or person.reviewer.hex()[:6])
            item = QTreeWidgetItem(tree, [name, str(person.new), str(person.already)])
            for column in (_NEW, _ALREADY):
                item.setTextAlignment(column, _RIGHT)
        rows = min(max(len(self._would.reviewers), 1), _MOST_ROWS)
        height = tree.sizeHintForRow(0) if self._would.reviewers else 20
        tree.setFixedHeight(header.sizeHint().height() + rows * height + 4)
        return tree

    def sentences(self) -> list[str]:
        """Return what is to be known beside the numbers, one sentence each."""
        would, found = self._would, []
        if would.disagreements:
            text = self.tr(
                "%n disagreement(s): both versions are kept until you choose.",
                "",
                would.disagreements,
            )
            found.append(counted(text, would.disagreements))
        if would.displaced:
            text = self.tr(
                "%n decision(s) on rows whose alignment changed: to decide again.",
                "",
                would.displaced,
            )
            found.append(counted(text, would.displaced))
        if would.documents:
            text = self.tr("%n document(s) that are not in this project.", "", would.documents)
            found.append(counted(text, would.documents))
        # That a file is another project is asked above.
        told = [note for note in would.notes if not note.endswith("of the same documents.")]
        found += told[:_MOST_NOTES]
        found.append(self.tr("A copy of the project as it is now is kept among the backups."))
        return found

    def _buttons(self) -> QHBoxLayout:
        self.add = Button(self.tr("&Add them"), Look.PRIMARY)
        self.add.clicked.connect(self._add)
        self.open_instead = Button(self.tr("&Open it instead"))
        self.open_instead.clicked.connect(self._open)
        if len(self._would.request.others) != 1:
            self.open_instead.hide()
        cancel = Button(self.tr("&Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.open_instead)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.add)
        return row

    def _add(self) -> None:
        self.accept()
        self.accepted_load.emit(self._would)

    def _open(self) -> None:
        self.accept()
        self.open_asked.emit(self._would.request.others[0])
