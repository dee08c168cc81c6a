"""Which column of a table holds what, before its concepts are imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
)

from reviewer.formats.term_tables import Column, Holds, columns_of, plain_columns
from reviewer.model import ANY_LANGUAGE, primary_subtag
from reviewer.ui.look.controls import Button, Label, Look, dialog_column, resize_on_screen
from reviewer.ui.look.wording import language_name

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reviewer.review.terminology.termbase_files import TermbaseRead

_LONGEST_CELL = 120


class TermColumnsDialog(QDialog):
    """The first rows of a table, with a choice above each column.

    Signals:
        chosen: the TermbaseRequest of the rows, what the columns hold, and whether the first
            row is a head.
    """

    chosen = Signal(object, object, object)

    def __init__(self, read: TermbaseRead, parent: QWidget | None = None) -> None:
        """Show the first rows of a table."""
        super().__init__(parent)
        self._request = read.request
        self._languages = languages = read.request.languages
        rows = [list(row) for row in read.rows]
        count = max(map(len, rows), default=0)
        known = columns_of(rows[0], languages) if rows else None
        self.setWindowTitle(self.tr("Import a termbase"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 820, 420)
        self._head = QCheckBox(self.tr("The first row is a &head"))
        self._head.setChecked(known is not None)
        self._boxes: list[QComboBox] = []
        columns = (*(known or plain_columns(count, languages)), Column(Holds.NOTHING))
        layout = dialog_column(self, 12)
        layout.addWidget(Label(self.tr("What do the columns hold?"), bold=True))
        layout.addWidget(self._table(rows, count, columns), 1)
        layout.addWidget(self._head)
        self._trouble = Label(wrap=True)
        self._trouble.hide()
        layout.addWidget(self._trouble)
        layout.addLayout(self._buttons())
        if self._boxes:
            self._boxes[0].setFocus()

    def _table(
        self, rows: list[list[str]], count: int, columns: tuple[Column, ...]
    ) -> QTableWidget:
        table = QTableWidget(len(rows) + 1, count)
        table.setAccessibleName(self.tr("The first rows"))
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.horizontalHeader().hide()
        table.verticalHeader().hide()
        table.setTabKeyNavigation(False)
        for number in range(count):
            box = self._box(columns[min(number, len(columns) - 1)], number)
            table.setCellWidget(0, number, box)
            table.setColumnWidth(number, max(150, box.sizeHint().width()))
            self._boxes.append(box)
        for at, row in enumerate(rows, 1):
            for number, cell in enumerate(row):
                table.setItem(at, number, QTableWidgetItem(cell[:_LONGEST_CELL]))
        table.setRowHeight(0, 34)
        return table

    def _box(self, column: Column, number: int) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("Column {0}").format(number + 1))
        box.addItem(self.tr("Nothing"), Column(Holds.NOTHING))
        for tag in self._languages:
            name = language_name(tag)
            box.addItem(self.tr("Term: {0}").format(name), Column(Holds.TERM, tag))
        box.addItem(self.tr("Term: not translated"), Column(Holds.TERM, ANY_LANGUAGE))
        for holds, text in (
            (Holds.STATUS, self.tr("Status")),
            (Holds.NOTE, self.tr("Note")),
            (Holds.SUBJECT, self.tr("Subject field")),
            (Holds.CONCEPT, self.tr("Number of the concept")),
        ):
            box.addItem(text, Column(holds))
            if holds in {Holds.STATUS, Holds.NOTE}:
                for tag in self._languages:
                    words = self.tr("{0}: {1}").format(text, language_name(tag))
                    box.addItem(words, Column(holds, tag))
        box.setCurrentIndex(max(0, self._place(box, column)))
        return box

    def _place(self, box: QComboBox, column: Column) -> int:
        wanted = column.holds, primary_subtag(column.language)
        for place in range(box.count()):
            offered: Column = box.itemData(place)
            if (offered.holds, primary_subtag(offered.language)) == wanted:
                return place
        return 0

    def _buttons(self) -> QHBoxLayout:
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        bring = Button(self.tr("&Import"), Look.PRIMARY)
        bring.clicked.connect(self.bring)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(bring)
        return row

    @property
    def columns(self) -> tuple[Column, ...]:
        """What the columns hold, as chosen."""
        return tuple(box.currentData() for box in self._boxes)

    def bring(self) -> None:
        """Have the table read by the columns chosen."""
        if all(column.holds is not Holds.TERM for column in self.columns):
            self._tell(self.tr("No column of terms is chosen."))
            return
        self.chosen.emit(self._request, self.columns, self._head.isChecked())
        self.accept()

    def _tell(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.show()
