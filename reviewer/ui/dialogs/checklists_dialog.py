"""Which checklists a project uses; new ones, imported ones, and the way to their rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from reviewer.errors import ReviewerError
from reviewer.review.checking import checklists
from reviewer.review.checking.rule_files import Checklist, read_checklist
from reviewer.ui.dialogs.checklist_editor import ChecklistEditor
from reviewer.ui.look.controls import Button, Label, Look, dialog_column, resize_on_screen
from reviewer.ui.look.file_dialogs import ask_for_files
from reviewer.ui.look.wording import counted, isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from reviewer.review.session import Review

_FILE = Qt.ItemDataRole.UserRole
_MOST_TOLD = 5


class ChecklistsDialog(QDialog):
    """The person's lists, those of the project ticked; every change takes effect at once.

    Signals:
        chosen: the names of the lists that the project uses, a tuple.
        rewritten: the rules of a list were changed.
        place_chosen: number of a pair to go to.
    """

    chosen = Signal(object)
    rewritten = Signal()
    place_chosen = Signal(int)

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self._edited: Path | None = None
        self.setWindowTitle(self.tr("Checklists"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 620, 420)
        words = self.tr(
            "Rules of your own: what a translation must have, or must not, where its source has "
            "something. Tick the lists that this project uses."
        )
        self._told = Label(dim=True, wrap=True)
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(self._make_list(), 1)
        middle.addLayout(self._buttons())
        layout = dialog_column(self, 12)
        layout.addWidget(Label(words, wrap=True))
        layout.addLayout(middle, 1)
        layout.addWidget(self._told)
        self._fill()
        (self._list if self._list.count() else self._new).setFocus()

    # What stands where

    def _make_list(self) -> QListWidget:
        lists = self._list = QListWidget()
        lists.setAccessibleName(self.tr("Checklists"))
        lists.setSpacing(2)
        lists.itemChanged.connect(self._choose)
        lists.itemActivated.connect(self.edit)
        lists.currentItemChanged.connect(self._update)
        return lists

    def _buttons(self) -> QVBoxLayout:
        self._new = Button(self.tr("&New…"))
        self._new.clicked.connect(self.new)
        self._edit = Button(self.tr("&Edit…"))
        self._edit.clicked.connect(self.edit)
        bring = Button(self.tr("&Import…"))
        bring.clicked.connect(self._ask)
        show = Button(self.tr("Show &folder"))
        show.clicked.connect(self._show_folder)
        close = Button(self.tr("&Close"), Look.PRIMARY)
        close.clicked.connect(self.accept)
        column = QVBoxLayout()
        for button in (self._new, self._edit, bring, show):
            column.addWidget(button)
        column.addStretch(1)
        column.addWidget(close)
        return column

    # The lists

    def _fill(self, current: str = "") -> None:
        known, used = checklists.available(), self._review.settings.checklists
        with QSignalBlocker(self._list):
            self._list.clear()
            for name in (*known, *(name for name in used if name not in known)):
                item = QListWidgetItem(self._title(name, known.get(name)))
                item.setData(_FILE, name)
                checked = Qt.CheckState.Checked if name in used else Qt.CheckState.Unchecked
                item.setCheckState(checked)
                if name not in known:
                    item.setForeground(self.palette().placeholderText())
                self._list.addItem(item)
                if name == current:
                    self._list.setCurrentItem(item)
        if self._list.currentRow() < 0:
            self._list.setCurrentRow(0)
        self._update()

    def _title(self, name: str, path: Path | None) -> str:
        if path is None:
            return self.tr("{0} (not on this computer)").format(isolated(name[:80]))
        try:
            checklist = read_checklist(path)
        except ReviewerError:
            return self.tr("{0} (cannot be read)").format(isolated(name))
        count = len(checklist.rules)
        rules = counted(self.tr("%n rule(s)", "", count), count)
        return self.tr("{0}  —  {1}").format(isolated(checklist.name), rules)

    @property
    def _current(self) -> Path | None:
        """The file of the current list; None where it is not on this computer."""
        row = self._list.currentRow()
        return checklists.available().get(self._list.item(row).data(_FILE)) if row >= 0 else None

    def _update(self) -> None:
        path = self._current
        self._edit.setEnabled(path is not None)
        notes: Sequence[str] = ()
        if path is not None:
            try:
                notes = read_checklist(path).notes
            except ReviewerError as error:
                notes = (str(error),)
        self._tell(notes)

    def _tell(self, notes: Sequence[str]) -> None:
        shown = list(notes[:_MOST_TOLD])
        more = len(notes) - len(shown)
        if more:
            shown.append(self.tr("… and {0} more").format(more))
        self._told.setText("\n".join(shown))
        self._told.setVisible(bool(shown))

    def _choose(self) -> None:
        items = (self._list.item(row) for row in range(self._list.count()))
        ticked = (item for item in items if item.checkState() is Qt.CheckState.Checked)
        self.chosen.emit(tuple(str(item.data(_FILE)) for item in ticked))

    # Writing

    def new(self) -> None:
        """Write a new list."""
        self._edited = None
        self._open_editor(Checklist(self.tr("My checklist"), ()))

    def edit(self) -> None:
        """Change the rules of the current list."""
        path = self._current
        if path is None:
            return
        try:
            checklist = read_checklist(path)
        except ReviewerError as error:
            self._tell([str(error)])
            return
        self._edited = path
        self._open_editor(checklist)

    def _open_editor(self, checklist: Checklist) -> None:
        """Open the editor; it works on a copy until it is saved."""
        editor = ChecklistEditor(checklist, self._review, self)
        editor.saved.connect(self._save)
        editor.place_chosen.connect(self.place_chosen)
        editor.open()

    def _save(self, checklist: Checklist) -> None:
        self._keep(checklist, self._edited, ())

    def _keep(self, checklist: Checklist, path: Path | None, notes: Sequence[str]) -> None:
        """Write a list; a new one is used by the project from now."""
        try:
            written = checklists.save(checklist, path)
        except ReviewerError as error:
            self._tell([str(error)])
            return
        used = self._review.settings.checklists
        if path is None:
            self.chosen.emit((*used, written.name))
        elif written.name in used:
            self.rewritten.emit()
        self._fill(written.name)
        if notes:
            self._tell(notes)

    def _ask(self) -> None:
        kinds = self.tr("Checklists (*.toml *.csv *.tsv *.txt *.xbckl)"), self.tr("All files (*)")
        ask_for_files(self, self.tr("Import a checklist"), self._import, kinds=kinds)

    def _import(self, names: list[str]) -> None:
        for name in names:
            try:
                checklist = read_checklist(Path(name))
            except ReviewerError as error:
                self._tell([str(error)])
                return
            if checklist.rules:
                self._keep(checklist, None, checklist.notes)
            else:
                nothing = self.tr("“{0}” holds no rules.").format(Path(name).name)
                self._tell(checklist.notes or [nothing])

    def _show_folder(self) -> None:
        checklists.folder().mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(checklists.folder())))
