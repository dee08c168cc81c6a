"""Which files of a folder belong together: a row each, to be corrected before the import."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.review.documents.folders import FilePair, shown
from reviewer.ui.look.controls import (
    Button,
    ElidedLabel,
    Label,
    Look,
    dialog_column,
    resize_on_screen,
)
from reviewer.ui.look.language_combo import LanguageCombo
from reviewer.ui.look.wording import counted, isolated

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QStyleOptionViewItem

    from reviewer.review.documents.folders import Matched

_SOURCE, _TARGET = range(2)
_ROW = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class _Row(NamedTuple):
    source: Path
    target: Path | None
    ticked: bool


class FolderDialog(QDialog):
    """The pairs that were found, ticked, and the files without a counterpart.

    Another file is chosen for a row with F2 or a double click on its translation.

    Signals:
        chosen: a tuple of FilePairs, the language tags of source and target ("" to be told).
        match_asked: the roles of source and target by which to look again.
    """

    chosen = Signal(object, str, str)
    match_asked = Signal(str, str)

    def __init__(self, matched: Matched, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matched = matched
        self._rows: list[_Row] = []
        self.setWindowTitle(self.tr("Texts and translations in a folder"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 860, 560)
        self._name = ElidedLabel(bold=True)
        self._said = Label(wrap=True)
        self._roles = (QComboBox(), QComboBox())
        self._languages = (LanguageCombo(), LanguageCombo())
        self.tree = self._make_tree()
        layout = dialog_column(self, 10)
        layout.addWidget(self._name)
        layout.addWidget(self._said)
        layout.addLayout(self._sides())
        layout.addWidget(self.tree, 1)
        hint = self.tr("F2 or a double click on a translation chooses another file.")
        layout.addWidget(Label(hint, dim=True))
        layout.addLayout(self._buttons())
        self.show_matched(matched)
        self.tree.setFocus()

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(self.tr("Pairs of files"))
        tree.setHeaderLabels([self.tr("Source"), self.tr("Translation")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setItemDelegateForColumn(_TARGET, _Choice(self))
        tree.itemDoubleClicked.connect(self._edit)
        tree.itemChanged.connect(self._tick)
        QShortcut(Qt.Key.Key_F2, tree, self._edit_current)
        header = tree.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        for column in (_SOURCE, _TARGET):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        return tree

    def _sides(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(20)
        titles = self.tr("Source"), self.tr("Translation")
        for title, role, language in zip(titles, self._roles, self._languages, strict=True):
            role.setAccessibleName(title)
            role.activated.connect(self._ask_match)
            language.setAccessibleName(title)
            language.setToolTip(self.tr("Empty: each text tells its language"))
            part = QVBoxLayout()
            part.setSpacing(4)
            part.addWidget(Label(title, dim=True))
            part.addWidget(role)
            part.addWidget(language)
            row.addLayout(part, 1)
        return row

    def _buttons(self) -> QHBoxLayout:
        swap = Button(self.tr("&Swap sides"))
        swap.clicked.connect(self.swap)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self._import = Button("", Look.PRIMARY)
        self._import.setDefault(True)
        self._import.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(swap)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._import)
        return row

    def show_matched(self, matched: Matched) -> None:
        """Show what was found, in place of what was shown."""
        self._matched = matched
        self._name.setWhole(", ".join(isolated(folder.name) for folder in matched.folders))
        chosen = matched.source, matched.target
        for box, role in zip(self._roles, chosen, strict=True):
            box.clear()
            for each in matched.roles:
                box.addItem(self._role_name(each), each)
            box.setCurrentIndex(box.findData(role))
            box.setVisible(len(matched.roles) > 2)
        for combo, tag in zip(self._languages, matched.languages, strict=True):
            combo.set_tag(tag or "")
        rows = [_Row(pair.source, pair.target, ticked=True) for pair in matched.pairs]
        self._show_rows([*rows, *(_Row(path, None, ticked=False) for path in matched.left)])

    def _role_name(self, role: str) -> str:
        if not role:
            return self.tr("No language in the name")
        return self.tr("“{0}” in the name").format(role)

    def _show_rows(self, rows: list[_Row]) -> None:
        at = self.tree.currentIndex().row()
        self._rows = rows
        blocker = QSignalBlocker(self.tree)
        self.tree.clear()
        for number, row in enumerate(rows):
            target = "" if row.target is None else self.shown(row.target)
            item = QTreeWidgetItem(self.tree, [self.shown(row.source), target])
            item.setData(_SOURCE, _ROW, number)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            state = Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
            item.setCheckState(_SOURCE, state)
            item.setToolTip(_SOURCE, str(row.source))
            item.setToolTip(_TARGET, str(row.target or ""))
        self.tree.setCurrentIndex(self.tree.model().index(max(at, 0), _TARGET))
        blocker.unblock()
        self._update_words()

    def shown(self, path: Path) -> str:
        """Return a file's place in its folder, for people."""
        return isolated(shown(self._matched, path))

    def _update_words(self) -> None:
        count = len(self.pairs)
        text = self.tr("&Import %n pair(s)", "", count)
        self._import.setText(counted(text, count))
        self._import.setEnabled(bool(count))
        without = sum(row.target is None for row in self._rows)
        told = ""
        if without:
            text = self.tr(
                "%n file(s) without a counterpart, at the end of the list.", "", without
            )
            told = counted(text, without)
        self._said.setText(told)
        self._said.setVisible(bool(told))

    @property
    def pairs(self) -> tuple[FilePair, ...]:
        """The pairs that are ticked."""
        return tuple(
            FilePair(row.source, row.target)
            for row in self._rows
            if row.ticked and row.target is not None
        )

    def choices(self, number: int) -> list[Path]:
        """Return the files that may be the translation of a row: its own and those left over."""
        row = self._rows[number]
        alone = [each.source for each in self._rows if each.target is None and each != row]
        return [*([row.target] if row.target else []), *alone]

    def choose(self, number: int, target: Path | None) -> None:
        """Let a file be the translation of a row; the one before it is left over then."""
        row = self._rows[number]
        if row.target == target or row.source == row.target:
            return
        rows = [each for each in self._rows if each.target or each.source != target]
        at = rows.index(row)
        rows[at] = _Row(row.source, target, ticked=target is not None)
        if row.target is not None:
            rows.append(_Row(row.target, None, ticked=False))
        self._show_rows(rows)

    def choose_later(self, number: int, target: Path | None) -> None:
        """Choose once the box that was asked is gone: the rows are made anew."""
        QTimer.singleShot(0, self, lambda: self.choose(number, target))

    def swap(self) -> None:
        """Let every source be the translation and the other way round."""
        tags = [combo.tag for combo in self._languages]
        rows = [
            row._replace(source=row.target, target=row.source) if row.target else row
            for row in self._rows
        ]
        places = [box.currentIndex() for box in self._roles]
        for box, place in zip(self._roles, reversed(places), strict=True):
            box.setCurrentIndex(place)
        for combo, tag in zip(self._languages, reversed(tags), strict=True):
            combo.set_tag(tag)
        self._show_rows(rows)

    def _tick(self, item: QTreeWidgetItem) -> None:
        number: int = item.data(_SOURCE, _ROW)
        ticked = item.checkState(_SOURCE) == Qt.CheckState.Checked
        row = self._rows[number]
        if row.ticked != ticked:
            self._rows[number] = row._replace(ticked=ticked)
            self._update_words()

    def _edit_current(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self._edit(item)

    def _edit(self, item: QTreeWidgetItem) -> None:
        self.tree.editItem(item, _TARGET)

    def _ask_match(self) -> None:
        self.match_asked.emit(self._roles[0].currentData(), self._roles[1].currentData())

    def _choose(self) -> None:
        tags = [combo.tag for combo in self._languages]
        pairs = self.pairs
        self.accept()
        self.chosen.emit(pairs, *tags)


class _Choice(QStyledItemDelegate):
    """A box with the files that may be the translation."""

    def __init__(self, dialog: FolderDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        """Return the box."""
        box = QComboBox(parent)
        box.addItem(self._dialog.tr("No translation"), None)
        for path in self._dialog.choices(self._number(index)):
            box.addItem(self._dialog.shown(path), path)
        box.activated.connect(self._commit)
        return box

    def _commit(self) -> None:
        box = self.sender()
        assert isinstance(box, QComboBox)
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Show the file that is chosen."""
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(1 if editor.count() > 1 and index.data() else 0)

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: _Index) -> None:
        """Take the file that was chosen."""
        assert isinstance(editor, QComboBox)
        self._dialog.choose_later(self._number(index), editor.currentData())

    @staticmethod
    def _number(index: _Index) -> int:
        number: int = index.sibling(index.row(), _SOURCE).data(_ROW)
        return number
