"""Ask what could not be told of two files: languages, encodings, lines, and which is which."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from reviewer.formats.encoding import ENCODINGS
from reviewer.review.documents.bilingual import is_one_file, layout_name
from reviewer.ui.look.controls import (
    Button,
    ElidedLabel,
    Label,
    Look,
    dialog_column,
    resize_on_screen,
)
from reviewer.ui.look.language_combo import LanguageCombo
from reviewer.ui.look.wording import ELLIPSIS

if TYPE_CHECKING:
    from reviewer.review.checking.pipeline import Reading
    from reviewer.review.tasks.requests import Look as Looked

_CUT = 300
"""Characters: a unit of the preview that has so many was cut there."""
_PAUSE = 150
"""Milliseconds before a changed choice is tried on the file."""


class FilePart(QWidget):
    """What is known of one file, and the choices that can be made.

    Signals:
        changed: a choice was made that may change what the file reads like.
        language_changed: another language was chosen.
    """

    changed = Signal()
    language_changed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looked: Looked | None = None
        self._asked_language = False
        self._name = ElidedLabel(bold=True)
        self._language = LanguageCombo()
        self._language.setAccessibleName(self.tr("Language"))
        self._language.activated.connect(self._choose_language)
        self._language.currentIndexChanged.connect(self.language_changed)
        self._encoding = self._choice(
            self.tr("Encoding"),
            (self.tr("Choose an encoding"), None),
            *((encoding.upper(), encoding) for encoding in ENCODINGS),
        )
        self._lines = self._choice(
            self.tr("Line breaks"),
            (self.tr("Each line is a paragraph"), "breaks"),
            (self.tr("Lines are wrapped, a blank line ends a paragraph"), "wrapped"),
        )
        self._column = self._choice(self.tr("Column"))
        self._preview = QPlainTextEdit()
        self._preview.setReadOnly(True)
        self._preview.setTabChangesFocus(True)
        self._preview.setAccessibleName(self.tr("Beginning of the text"))
        self._trouble = Label(wrap=True)
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.addRow(self.tr("Column"), self._column)
        self._form.addRow(self.tr("Language"), self._language)
        self._form.addRow(self.tr("Encoding"), self._encoding)
        self._form.addRow(self.tr("Line breaks"), self._lines)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Label(title, dim=True))
        layout.addWidget(self._name)
        layout.addLayout(self._form)
        layout.addWidget(self._trouble)
        layout.addWidget(self._preview, 1)

    def _choice(self, name: str, *entries: tuple[str, str | None]) -> QComboBox:
        """Return a list of texts to choose from, each with what it stands for."""
        box = QComboBox()
        box.setAccessibleName(name)
        for text, value in entries:
            box.addItem(text, value)
        box.activated.connect(self.changed)
        return box

    def show_look(self, looked: Looked) -> None:
        """Show what a file is; a language the person chose stays chosen."""
        chosen = self._language.tag if self._asked_language else ""
        self._looked = looked
        self._name.setWhole(looked.reading.path.name)
        self._language.set_tag(chosen or looked.language)
        self._encoding.setCurrentIndex(self._index_of_encoding(looked))
        self._form.setRowVisible(self._encoding, bool(looked.encoding or looked.ask_encoding))
        self._lines.setCurrentIndex(max(0, self._lines.findData(looked.lines)))
        self._form.setRowVisible(self._lines, looked.lines is not None)
        self._show_columns(looked)
        self._trouble.setText(looked.error or "\n".join(looked.notes))
        self._trouble.setVisible(bool(self._trouble.text()))
        self._preview.setPlainText("\n\n".join(map(_shown, looked.preview)))
        right = _right_to_left(self._language.tag)
        option = self._preview.document().defaultTextOption()
        side = Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
        option.setTextDirection(side)
        self._preview.document().setDefaultTextOption(option)

    def _show_columns(self, looked: Looked) -> None:
        self._column.clear()
        for number, title in enumerate(looked.columns, 1):
            self._column.addItem(self.tr("{0}: {1}").format(number, title))
        self._column.setCurrentIndex(-1 if looked.column is None else looked.column)
        self._form.setRowVisible(self._column, bool(looked.columns))

    def _index_of_encoding(self, looked: Looked) -> int:
        encoding = (looked.encoding or "").lower()
        if not encoding:
            return 0
        index = self._encoding.findData(encoding)
        if index < 0:
            self._encoding.addItem(encoding.upper(), encoding)
            index = self._encoding.count() - 1
        return index

    @property
    def ready(self) -> bool:
        """Whether the file can be imported with these choices."""
        looked = self._looked
        return looked is not None and looked.error is None and bool(self._language.tag)

    @property
    def reading(self) -> Reading:
        """The file with the choices made."""
        assert self._looked is not None
        looked = self._looked
        return replace(
            looked.reading,
            language=self._language.tag or None,
            encoding=self._encoding.currentData()
            if looked.encoding or looked.ask_encoding
            else None,
            lines=self._lines.currentData() if looked.lines else None,
            column=self._column.currentIndex() if looked.columns else None,
        )

    def is_same_column(self, other: FilePart) -> bool:
        """Return whether both parts are the same column of a table."""
        index = self._column.currentIndex()
        return index >= 0 and index == other._column.currentIndex()

    @property
    def looked(self) -> Looked | None:
        """What was shown last."""
        return self._looked

    @property
    def language(self) -> LanguageCombo:
        """The box for the language."""
        return self._language

    @property
    def first(self) -> QWidget:
        """The box that gets the keyboard: for the encoding where that must be asked."""
        unread = self._looked is not None and self._looked.ask_encoding
        return self._encoding if unread else self._language

    def _choose_language(self) -> None:
        self._asked_language = True


def _shown(unit: str) -> str:
    return unit + ELLIPSIS if len(unit) >= _CUT else unit


def _right_to_left(tag: str) -> bool:
    from reviewer.text.languages import language

    return bool(tag) and language(tag).right_to_left


class ImportDialog(QDialog):
    """Both files side by side; "Import" becomes possible when nothing is left to ask.

    Signals:
        look_asked: Readings to look at again with the choices made.
        chosen: the Readings of source and target.
        columns_chosen: of a table: its layout, the numbers of source and target.
    """

    look_asked = Signal(object)
    chosen = Signal(object, object)
    columns_chosen = Signal(str, int, int)

    def __init__(self, source: Looked, target: Looked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        one = is_one_file(source.reading, target.reading)
        self.setWindowTitle(
            self.tr("What the file holds") if one else self.tr("Which text is which?")
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 860, 560)
        self._source = FilePart(self.tr("Source"))
        self._target = FilePart(self.tr("Translation"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask_for_look)
        for part in (self._source, self._target):
            part.changed.connect(self._pause.start)
            part.changed.connect(self._update_button)
            part.language_changed.connect(self._update_button)
        parts = QHBoxLayout()
        parts.setSpacing(20)
        parts.addWidget(self._source, 1)
        parts.addWidget(self._target, 1)
        layout = dialog_column(self, 14)
        layout.addLayout(parts, 1)
        layout.addLayout(self._buttons(can_swap=not one))
        self.show_looks(source, target)
        part = self._source if not self._source.ready else self._target
        part.first.setFocus()

    def _buttons(self, *, can_swap: bool) -> QHBoxLayout:
        swap = Button(self.tr("&Swap sides"))
        swap.clicked.connect(self.swap)
        if not can_swap:
            swap.hide()
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self._import = Button(self.tr("&Import"), Look.PRIMARY)
        self._import.setDefault(True)
        self._import.clicked.connect(self._choose)
        self._hint = Label(dim=True)
        buttons = QHBoxLayout()
        buttons.addWidget(swap)
        buttons.addWidget(self._hint)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._import)
        return buttons

    def show_looks(self, source: Looked, target: Looked) -> None:
        """Show what the files are with the choices made so far."""
        self._source.show_look(source)
        self._target.show_look(target)
        self._update_button()

    def swap(self) -> None:
        """Let the source be the translation and the other way round."""
        source, target = self._source.looked, self._target.looked
        if source is None or target is None:
            return
        tags = self._source.language.tag, self._target.language.tag
        self.show_looks(target, source)
        self._source.language.set_tag(tags[1])
        self._target.language.set_tag(tags[0])
        self._update_button()

    def _ask_for_look(self) -> None:
        self.look_asked.emit((self._source.reading, self._target.reading))

    def _update_button(self) -> None:
        ready = self._source.ready and self._target.ready
        ready = ready and not self._source.is_same_column(self._target)
        self._import.setEnabled(ready)
        self._hint.setText("" if ready else self.tr("Choose what is still missing."))

    def _choose(self) -> None:
        source, target = self._source.reading, self._target.reading
        looked = self._source.looked
        if looked is not None and source.column is not None and target.column is not None:
            self.columns_chosen.emit(layout_name(looked.columns), source.column, target.column)
        self.chosen.emit(source, target)
        self.accept()
