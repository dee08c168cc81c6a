"""One concept of the termbase: its terms, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer.model import ANY_LANGUAGE, Concept, Term, TermStatus
from reviewer.ui.look.controls import Button, Label, Look, Sheet, dialog_column, resize_on_screen
from reviewer.ui.look.wording import language_name, status_name

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Line:
    """The controls of one term."""

    def __init__(self, term: Term, languages: Sequence[tuple[str, str]], names: _Names) -> None:
        self.language = QComboBox()
        for tag, name in languages:
            self.language.addItem(name, tag)
        self.language.setCurrentIndex(max(0, self.language.findData(term.language)))
        self.language.setAccessibleName(names.language)
        self.text = QLineEdit(term.text)
        self.text.setAccessibleName(names.term)
        self.text.setMinimumWidth(180)
        self.status = QComboBox()
        for status in TermStatus:
            self.status.addItem(status_name(status), status)
        self.status.setCurrentIndex(list(TermStatus).index(term.status))
        self.status.setAccessibleName(names.status)
        self.note = QLineEdit(term.note)
        self.note.setAccessibleName(names.note)
        for line in (self.text, self.note):
            line.setCursorPosition(0)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        return self.language, self.text, self.status, self.note

    @property
    def term(self) -> Term | None:
        text = " ".join(self.text.text().split())
        if not text:
            return None
        note = " ".join(self.note.text().split())
        return Term(self.language.currentData(), text, self.status.currentData(), note)


class _Names:
    """What a screen reader says of the columns."""

    def __init__(self, language: str, term: str, status: str, note: str) -> None:
        self.language, self.term, self.status, self.note = language, term, status, note


class ConceptDialog(QDialog):
    """A concept to write or to change; a line left empty is no term.

    Signals:
        decided: the Concept as it stands in the lines.
    """

    decided = Signal(object)

    def __init__(
        self, concept: Concept, languages: tuple[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._concept = concept
        self._lines: list[_Line] = []
        tags = dict.fromkeys((*languages, ANY_LANGUAGE, *(t.language for t in concept.terms)))
        self._languages = [(tag, self._language(tag)) for tag in tags]
        self._names = _Names(
            self.tr("Language"), self.tr("Term"), self.tr("Status"), self.tr("Note")
        )
        self.setWindowTitle(
            self.tr("Change the concept") if concept.id else self.tr("Add to the termbase")
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 720, 320)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(3, 2)
        names = self._names
        for column, name in enumerate((names.language, names.term, names.status, names.note)):
            self._grid.addWidget(Label(name, dim=True), 0, column)
        for term in concept.terms or (Term(languages[0], ""), Term(languages[1], "")):
            self._add(term)
        layout = dialog_column(self, 12)
        layout.addWidget(self._terms(), 1)
        layout.addLayout(self._subject())
        layout.addLayout(self._buttons(languages[1]))
        self._trouble = Label(wrap=True)
        self._trouble.hide()
        layout.addWidget(self._trouble)
        empty = (line for line in self._lines if not line.text.text())
        next(empty, self._lines[0]).text.setFocus()

    def _language(self, tag: str) -> str:
        return self.tr("Not translated") if tag == ANY_LANGUAGE else language_name(tag)

    def _terms(self) -> QScrollArea:
        sheet = Sheet()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(10, 8, 10, 8)
        column.addLayout(self._grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(sheet)
        return area

    def _subject(self) -> QHBoxLayout:
        self._field = QLineEdit(self._concept.subject_field)
        label = Label(self.tr("S&ubject field"))
        label.setBuddy(self._field)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self._field, 1)
        return row

    def _buttons(self, target: str) -> QHBoxLayout:
        more = Button(self.tr("Add a &term"))
        more.clicked.connect(self._add_line)
        self._target = target
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        save = Button(self.tr("&Save"), Look.PRIMARY)
        save.setDefault(True)
        save.clicked.connect(self._decide)
        row = QHBoxLayout()
        row.addWidget(more)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(save)
        return row

    def _add_line(self) -> None:
        self._add(Term(self._target, "", TermStatus.ADMITTED)).text.setFocus()

    def _add(self, term: Term) -> _Line:
        line = _Line(term, self._languages, self._names)
        row = len(self._lines) + 1
        for column, widget in enumerate(line.widgets):
            self._grid.addWidget(widget, row, column)
        self._lines.append(line)
        return line

    @property
    def concept(self) -> Concept:
        """The concept as it stands in the lines."""
        terms = [term for line in self._lines if (term := line.term) is not None]
        field = " ".join(self._field.text().split())
        return Concept(tuple(dict.fromkeys(terms)), self._concept.id, field)

    def _decide(self) -> None:
        concept = self.concept
        if not concept.terms:
            self._trouble.setText(self.tr("No term is written yet."))
            self._trouble.show()
            self._lines[0].text.setFocus()
            return
        self.decided.emit(concept)
        self.accept()
