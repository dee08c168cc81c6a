"""The termbases of a project: its own to be written, files in their order, import and export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeView,
    QWidget,
)

from reviewer.errors import ReviewerError
from reviewer.formats.termbases import READ_SUFFIXES, is_table, written
from reviewer.model import Concept
from reviewer.review.terminology import termbase
from reviewer.review.terminology.termbase_files import TermbaseRead, TermbaseRequest
from reviewer.ui.dialogs.concept_dialog import ConceptDialog
from reviewer.ui.dialogs.term_columns_dialog import TermColumnsDialog
from reviewer.ui.dialogs.termbase_list import TermbaseList
from reviewer.ui.dialogs.termbase_model import (
    DEPRECATED,
    FROM,
    SOURCE,
    USED,
    TermbaseModel,
    TermRow,
)
from reviewer.ui.dialogs.termbase_reading import TermbaseReading
from reviewer.ui.look.controls import DIALOG_MARGINS, Button, Label, Look, resize_on_screen
from reviewer.ui.look.file_dialogs import ask_for_files, ask_where_to_save
from reviewer.ui.look.wording import counted, isolated, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.formats.term_tables import Column
    from reviewer.review.session import Review
    from reviewer.ui.worker import Worker

_MOST_SHOWN = 20_000
"""Concepts of a file that are shown: reading more would be felt."""


class TermbaseDialog(QDialog):
    """Everything takes effect at once and can be undone; files are read by the worker.

    Attributes:
        files: the termbases, one of which is shown.

    Signals:
        concept_changed: a Concept that was written.
        concepts_removed: a tuple of Concepts.
        concepts_imported: a tuple of Concepts.
        files_chosen: the names of the termbase files, a tuple, first the most trusted.
    """

    concept_changed = Signal(object)
    concepts_removed = Signal(object)
    concepts_imported = Signal(object)
    files_chosen = Signal(object)

    def __init__(self, review: Review, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self._shown: TermbaseRead | None = None
        self._languages = review.source_language, review.target_language
        self.setWindowTitle(self.tr("Termbase"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 980, 560)
        self._model = TermbaseModel(self._languages, self)
        self._reading = TermbaseReading(worker, self)
        layout = QGridLayout(self)
        layout.setContentsMargins(*DIALOG_MARGINS)
        layout.setHorizontalSpacing(18)
        layout.setVerticalSpacing(10)
        layout.setColumnStretch(1, 1)
        layout.setRowStretch(1, 1)
        layout.addWidget(Label(self.tr("First the most trusted"), dim=True), 0, 0)
        layout.addWidget(self._files_part(), 1, 0, 2, 1)
        layout.addLayout(self._filter_part(), 0, 1)
        layout.addWidget(self._table(), 1, 1)
        layout.addLayout(self._concept_buttons(), 2, 1)
        layout.addWidget(self._reading, 3, 0, 1, 2)
        self.refresh()
        self._filter.setFocus()

    # What stands where

    def _files_part(self) -> TermbaseList:
        files = self.files = TermbaseList(self._review.path)
        files.chosen.connect(self._show_file)
        files.add_asked.connect(self._ask_file)
        files.ordered.connect(self.files_chosen)
        return files

    def _filter_part(self) -> QHBoxLayout:
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(self.tr("Filter"))
        self._filter.setAccessibleName(self.tr("Filter"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._follow_filter)
        self._count = Label(dim=True)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._filter, 1)
        row.addWidget(self._count)
        return row

    def _table(self) -> QTreeView:
        table = self._view = QTreeView()
        table.setAccessibleName(self.tr("Concepts"))
        table.setModel(self._model)
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setAllColumnsShowFocus(True)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = table.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(FROM, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(FROM, 150)
        for column in (SOURCE, USED, DEPRECATED):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.activated.connect(self.edit)
        table.selectionModel().selectionChanged.connect(self._update)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.delete)
        return table

    def _concept_buttons(self) -> QHBoxLayout:
        new = Button(self.tr("&New…"))
        new.clicked.connect(self.new)
        self._edit = Button(self.tr("&Edit…"))
        self._edit.clicked.connect(self.edit)
        self._delete = Button(self.tr("&Delete"))
        self._delete.clicked.connect(self.delete)
        bring = Button(self.tr("&Import…"))
        bring.setToolTip(self.tr("Put the concepts of a file into the project"))
        bring.clicked.connect(self._ask_import)
        self._export = Button(self.tr("E&xport…"))
        self._export.clicked.connect(self._ask_export)
        close = Button(self.tr("&Close"), Look.PRIMARY)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(7)
        for button in (new, self._edit, self._delete):
            row.addWidget(button)
        row.addSpacing(14)
        row.addWidget(bring)
        row.addWidget(self._export)
        row.addStretch(1)
        row.addWidget(close)
        return row

    # What is shown

    def refresh(self) -> None:
        """Show everything as it stands now."""
        self.files.show_names(self._review.terms.termbases)
        self._show_file()

    def _show_file(self) -> None:
        if self._reading.is_for(self._show_read):
            self._reading.stop()
        if not self.files.current:
            rows = [
                TermRow(entry.concept, self._who(entry), own=True)
                for entry in self._review.terms.entries()
            ]
            told = self.tr("Verdicts on terms write concepts here, and so does Ctrl+E.")
            self._show_rows(rows, () if rows else (told,))
            return
        path = termbase.located(self.files.current, self._review.path)
        if path is None:
            self._show_rows([], ())
            return
        request = TermbaseRequest(path, self._languages, _MOST_SHOWN, used=True)
        if self._shown is not None and self._shown.request.path == path:
            self._show_read(self._shown)
        else:
            self._show_rows([], ())
            self._reading.read([request], self._show_read)

    def _show_rows(self, rows: list[TermRow], notes: Sequence[str]) -> None:
        kept = self._current
        self._model.show_rows(rows)
        self._select(self._model.row_of(kept.concept.id) if kept is not None else 0)
        if not self._reading.busy:
            self._reading.tell(notes)
        self._update()

    def _show_read(self, read: TermbaseRead) -> None:
        """Show the concepts of a file that was read, where it is still the one to show."""
        path, shown = read.request.path, self.files.current
        if not shown or termbase.located(shown, self._review.path) != path:
            return
        self._shown = read
        rows = [TermRow(concept, shown, own=False) for concept in read.concepts]
        self._show_rows(rows, read.notes)

    def done(self, result: int) -> None:
        """Close; what is being read is not wanted any more."""
        self._reading.stop()
        super().done(result)

    def _who(self, entry: termbase.Entry) -> str:
        name, when = self._review.author(entry.event)
        return self.tr("{0}, {1}").format(isolated(name), moment(when))

    def _select(self, row: int) -> None:
        index = self._model.index(max(row, 0), SOURCE)
        flags = QItemSelectionModel.SelectionFlag
        rows = flags.ClearAndSelect | flags.Rows
        self._view.selectionModel().setCurrentIndex(index, rows)

    @property
    def _current(self) -> TermRow | None:
        return self._model.row_at(self._view.currentIndex().row())

    def _chosen(self) -> list[TermRow]:
        rows = (index.row() for index in self._view.selectionModel().selectedRows())
        return [row for number in rows if (row := self._model.row_at(number)) is not None]

    def _follow_filter(self, words: str) -> None:
        self._model.filter(words)
        self._select(0)
        self._update()

    def _update(self) -> None:
        chosen = self._chosen()
        own = bool(chosen) and all(row.own for row in chosen)
        self._edit.setEnabled(own and len(chosen) == 1)
        self._delete.setEnabled(own)
        self._export.setEnabled(self._model.total > 0)
        total, shown = self._model.total, self._model.rowCount()
        text = counted(self.tr("%n concept(s)", "", total), total)
        if shown != total:
            text = self.tr("{0} of {1}").format(shown, text)
        self._count.setText(text)

    # Concepts

    def new(self) -> None:
        """Write a new concept into the project."""
        self._open(Concept(()))

    def edit(self) -> None:
        """Change the current concept."""
        row = self._current
        if row is not None and row.own:
            self._open(row.concept)

    def _open(self, concept: Concept) -> None:
        dialog = ConceptDialog(concept, self._languages, self)
        dialog.decided.connect(self.concept_changed)
        dialog.open()

    def delete(self) -> None:
        """Take the chosen concepts out of the project."""
        gone = tuple(row.concept for row in self._chosen() if row.own)
        if gone:
            self.concepts_removed.emit(gone)

    # Files

    def _ask_file(self) -> None:
        ask_for_files(self, self.tr("Add a termbase"), self._add_files, kinds=self._read_kinds())

    def _read_kinds(self) -> tuple[str, str]:
        endings = " ".join(f"*{suffix}" for suffix in READ_SUFFIXES)
        return self.tr("Termbases ({0})").format(endings), self.tr("All files (*)")

    def _add_files(self, names: list[str]) -> None:
        """Use files from now; one that does not lie beside the project is copied."""
        project = self._review.path
        self._reading.read(
            [
                TermbaseRequest(Path(name), self._languages, _MOST_SHOWN, beside=project)
                for name in names
            ],
            self._use,
        )

    def _use(self, read: TermbaseRead) -> None:
        if not read.name:
            self._reading.tell(read.notes)
            return
        path = termbase.located(read.name, self._review.path)
        if path is not None:
            request = TermbaseRequest(path, self._languages, _MOST_SHOWN)
            self._shown = TermbaseRead(request, read.concepts, read.notes)
        self.files_chosen.emit(tuple(dict.fromkeys((*self.files.names, read.name))))
        self.files.choose(read.name)

    # Import and export

    def _ask_import(self) -> None:
        title = self.tr("Import a termbase")
        folder = self._review.path.parent
        ask_for_files(self, title, self._import_files, kinds=self._read_kinds(), start=folder)

    def _import_files(self, names: list[str]) -> None:
        self._reading.read(
            [
                TermbaseRequest(
                    path, self._languages, termbase.MOST_IMPORTED, only_rows=is_table(path)
                )
                for path in map(Path, names)
            ],
            self._import,
        )

    def _import(self, read: TermbaseRead) -> None:
        if read.request.only_rows:
            self._ask_columns(read)
        else:
            self._take(read)

    def _ask_columns(self, read: TermbaseRead) -> None:
        dialog = TermColumnsDialog(read, self)
        dialog.chosen.connect(self._import_columns)
        dialog.open()

    def _import_columns(
        self, request: TermbaseRequest, columns: tuple[Column, ...], has_head: object
    ) -> None:
        asked = replace(request, columns=columns, has_head=bool(has_head), only_rows=False)
        # The columns of another table may have been chosen just before.
        self._reading.add(asked, self._import)

    def _take(self, read: TermbaseRead) -> None:
        before = self._model.total
        self.files.choose("")
        self.concepts_imported.emit(read.concepts)
        come = len(self._review.terms.entries()) - before if not self.files.current else 0
        told = counted(self.tr("%n concept(s) imported.", "", come), come)
        self._reading.tell([told, *read.notes])

    def _ask_export(self) -> None:
        self._kinds = {
            self.tr("TBX 3 (*.tbx)"): (".tbx", 3),
            self.tr("TBX 2 (*.tbx)"): (".tbx", 2),
            self.tr("Excel (*.xlsx)"): (".xlsx", 3),
            self.tr("CSV (*.csv)"): (".csv", 3),
            self.tr("TSV (*.tsv)"): (".tsv", 3),
            self.tr("List for Xbench and OmegaT (*.txt)"): (".txt", 3),
        }
        self._asked = ask_where_to_save(
            self,
            self.tr("Export the termbase"),
            self._write,
            kinds=tuple(self._kinds),
            start=self._review.path.with_suffix(".tbx"),
        )

    def _write(self, name: str) -> None:
        suffix, version = self._kinds.get(self._asked.selectedNameFilter(), (".tbx", 3))
        self.export_to(Path(name if Path(name).suffix else f"{name}{suffix}"), version)

    def export_to(self, path: Path, version: int = 3) -> None:
        """Write the termbase that is shown to a file."""
        from reviewer.formats.whole_file import replacing

        concepts = self._model.concepts()
        try:
            pieces = list(written(concepts, path, self._languages, tbx_version=version))
            with replacing(path) as file:
                for piece in pieces:
                    file.write(piece)
        except ReviewerError as error:
            self._reading.tell([str(error)])
            return
        self._reading.tell([self.tr("Written: {0}").format(isolated(path.name))])
