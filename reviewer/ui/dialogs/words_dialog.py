"""The words that are right whatever a check says: those of the project, and the person's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from reviewer.errors import ReviewerError
from reviewer.review.checking.spelling import clean_word, own_words, read_words, write_words
from reviewer.ui.look.controls import Button, Label, Look, dialog_column, resize_on_screen
from reviewer.ui.look.file_dialogs import ask_for_files, ask_where_to_save
from reviewer.ui.look.wording import counted, isolated, language_name, moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from reviewer.review.session import Review

_WORD, _WHO, _WHEN = range(3)
_KEY = Qt.ItemDataRole.UserRole
_PROJECT, _OWN = range(2)


class WordsDialog(QDialog):
    """Two lists, one at a time; every change takes effect at once.

    Undo brings back what was changed of the project's words. The own ones lie in a file.

    Signals:
        accepted_in_project: a tuple of words.
        dropped_in_project: a tuple of Waived.
        own_changed: a tuple of all own words.
    """

    accepted_in_project = Signal(object)
    dropped_in_project = Signal(object)
    own_changed = Signal(object)

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self.setWindowTitle(self.tr("Word lists"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 560, 480)
        self._which = QComboBox()
        self._which.setAccessibleName(self.tr("List"))
        self._which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._which.addItems(["", ""])
        self._which.activated.connect(self._fill)
        self._about = Label(dim=True, wrap=True)
        self._tree = self._make_tree()
        self._new = QLineEdit()
        self._new.setPlaceholderText(self.tr("Another word"))
        self._new.setAccessibleName(self.tr("Another word"))
        self._new.textChanged.connect(self._update)
        self._add = Button(self.tr("&Add"))
        self._add.clicked.connect(self.add)
        self._told = Label(dim=True, wrap=True)
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(self._tree, 1)
        middle.addLayout(self._buttons())
        adding = QHBoxLayout()
        adding.addWidget(self._new, 1)
        adding.addWidget(self._add)
        top = QHBoxLayout()
        top.addWidget(self._which)
        top.addStretch(1)
        layout = dialog_column(self, 12)
        layout.addLayout(top)
        layout.addWidget(self._about)
        layout.addLayout(adding)
        layout.addLayout(middle, 1)
        layout.addWidget(self._told)
        self._told.hide()
        self._fill()
        self._new.setFocus()

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(self.tr("Words"))
        tree.setHeaderLabels([self.tr("Word"), self.tr("By"), self.tr("When")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_WORD, QHeaderView.ResizeMode.Stretch)
        tree.itemSelectionChanged.connect(self._update)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), tree)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove)
        return tree

    def _buttons(self) -> QVBoxLayout:
        self._remove = Button(self.tr("&Remove"))
        self._remove.clicked.connect(self.remove)
        bring = Button(self.tr("&Import…"))
        bring.clicked.connect(self._ask_import)
        self._export = Button(self.tr("&Export…"))
        self._export.clicked.connect(self._ask_export)
        close = Button(self.tr("&Close"), Look.PRIMARY)
        # Enter in the line adds the word.
        close.setAutoDefault(False)
        self._add.setDefault(True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout()
        for button in (self._remove, bring, self._export):
            button.setAutoDefault(False)
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(close)
        return column

    # What is shown

    def refresh(self) -> None:
        """Show the words as they are now; the list and what is selected stay."""
        self._fill()

    def _fill(self) -> None:
        words, own = self._review.words.accepted(), own_words(self._review.target_language)
        language = language_name(self._review.target_language)
        self._which.setItemText(_PROJECT, self.tr("In this project ({0})").format(len(words)))
        title = self.tr("My own words, {0} ({1})").format(language, len(own))
        self._which.setItemText(_OWN, title)
        chosen = {item.data(_WORD, _KEY) for item in self._tree.selectedItems()}
        with QSignalBlocker(self._tree):
            self._tree.clear()
            if self.is_own:
                for word in own:
                    self._show(word, [isolated(word)], chosen)
            else:
                for waiver in words:
                    who, when = self._review.author(waiver.event)
                    told = [isolated(waiver.key), isolated(who), moment(when)]
                    self._show(waiver.key, told, chosen)
        for column in (_WHO, _WHEN):
            self._tree.setColumnHidden(column, self.is_own)
        self._about.setText(
            self.tr(
                "They are right in every project of yours that is translated into {0}."
            ).format(language)
            if self.is_own
            else self.tr("They are right for every check in this project, in capitals or not.")
        )
        self._update()

    def _show(self, key: str, texts: list[str], chosen: set[str]) -> None:
        item = QTreeWidgetItem(self._tree, texts)
        item.setData(_WORD, _KEY, key)
        item.setSelected(key in chosen)

    @property
    def is_own(self) -> bool:
        """Whether the person's own words are shown, not the project's."""
        return self._which.currentIndex() == _OWN

    def show_own(self) -> None:
        """Show the person's own words."""
        self._which.setCurrentIndex(_OWN)
        self._fill()

    def _update(self) -> None:
        self._remove.setEnabled(bool(self._tree.selectedItems()))
        self._export.setEnabled(self._tree.topLevelItemCount() > 0)
        self._add.setEnabled(bool(clean_word(self._new.text())))

    def _tell(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def _listed(self) -> list[str]:
        items = map(self._tree.topLevelItem, range(self._tree.topLevelItemCount()))
        return [item.data(_WORD, _KEY) for item in items if item is not None]

    # What can be done

    def add(self) -> None:
        """Put the word of the line into the list."""
        word = clean_word(self._new.text())
        if word:
            self._new.clear()
            self._accept([word])

    def _accept(self, words: Iterable[str]) -> None:
        before = len(self._listed())
        if self.is_own:
            known = {word.casefold() for word in self._listed()}
            new = [word for word in words if word.casefold() not in known]
            self.own_changed.emit((*self._listed(), *new))
        else:
            self.accepted_in_project.emit(tuple(words))
        self._fill()
        added = len(self._listed()) - before
        self._tell(counted(self.tr("%n word(s) added.", "", added), added))

    def remove(self) -> None:
        """Take the selected words off the list."""
        chosen = {item.data(_WORD, _KEY) for item in self._tree.selectedItems()}
        if self.is_own:
            self.own_changed.emit(tuple(word for word in self._listed() if word not in chosen))
        else:
            waivers = (waiver for waiver in self._review.words.accepted() if waiver.key in chosen)
            self.dropped_in_project.emit(tuple(waivers))
        self._fill()
        self._tell(counted(self.tr("%n word(s) removed.", "", len(chosen)), len(chosen)))

    def _ask_import(self) -> None:
        kinds = self.tr("Lists of words (*.txt *.dic)"), self.tr("All files (*)")
        title = self.tr("Import words")
        folder = self._review.path.parent
        ask_for_files(self, title, self._import, kinds=kinds, start=folder, several=False)

    def _import(self, names: list[str]) -> None:
        try:
            words = read_words(Path(names[0]))
        except ReviewerError as error:
            self._tell(str(error))
            return
        self._accept(words)

    def _ask_export(self) -> None:
        kinds = self.tr("Lists of words (*.txt)"), self.tr("All files (*)")
        title = self.tr("Export the words")
        start = self._review.path.with_suffix(".words.txt")
        ask_where_to_save(self, title, self._export_to, kinds=kinds, start=start, suffix=".txt")

    def _export_to(self, name: str) -> None:
        try:
            write_words(Path(name), self._listed())
        except ReviewerError as error:
            self._tell(str(error))
            return
        count = len(self._listed())
        text = counted(self.tr("%n word(s) written to “{0}”.", "", count), count)
        self._tell(text.format(isolated(Path(name).name)))
