"""What a person chooses once: name, theme, sizes, a sentence encoder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from reviewer.ui.look.controls import Button, Label, Look, dialog_column, resize_on_screen
from reviewer.ui.look.folder_choice import FolderChoice

if TYPE_CHECKING:
    from pathlib import Path

    from reviewer.settings import Settings


class PreferencesDialog(QDialog):
    """Everything takes effect at once; there is nothing to confirm.

    Signals:
        settings_changed: the new Settings.
        checks_asked: the checks of the open project are to be seen.
    """

    settings_changed = Signal(object)
    checks_asked = Signal()

    def __init__(
        self,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        in_project: bool = False,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(self.tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 480, 320)
        layout = dialog_column(self, 12)
        layout.addLayout(self._personal())
        layout.addStretch(1)
        buttons = QHBoxLayout()
        if in_project:
            checks = Button(self.tr("C&hecks…"))
            checks.clicked.connect(self._ask_checks)
            buttons.addWidget(checks)
        close = Button(self.tr("&Close"), Look.PRIMARY)
        close.clicked.connect(self.accept)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout.addLayout(buttons)
        self._name.setFocus()

    def _ask_checks(self) -> None:
        self.accept()
        self.checks_asked.emit()

    def _personal(self) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._add_looks(form)
        self._add_folders(form)
        self._states = QCheckBox(
            self.tr("Wr&ite what I confirm and reject into the states of bilingual files")
        )
        self._states.setChecked(self._settings.export_states)
        self._states.toggled.connect(self._change)
        form.addRow(self.tr("Export"), self._states)
        return form

    def _add_looks(self, form: QFormLayout) -> None:
        """Add the person's name, and how the window looks."""
        self._name = QLineEdit(self._settings.reviewer_name)
        self._name.setPlaceholderText(self.tr("As colleagues will see it"))
        self._theme = self._choice(
            self._settings.theme,
            (self.tr("As the system"), "system"),
            (self.tr("Light"), "light"),
            (self.tr("Dark"), "dark"),
        )
        self._density = self._choice(
            self._settings.density,
            (self.tr("Normal"), "normal"),
            (self.tr("Compact"), "compact"),
        )
        self._zoom = QSpinBox()
        self._zoom.setRange(50, 300)
        self._zoom.setSingleStep(10)
        self._zoom.setSuffix(self.tr(" %"))
        self._zoom.setValue(self._settings.zoom)
        self._name.editingFinished.connect(self._change)
        self._theme.currentIndexChanged.connect(self._change)
        self._density.currentIndexChanged.connect(self._change)
        self._zoom.valueChanged.connect(self._change)
        form.addRow(self.tr("Your &name"), self._name)
        form.addRow(self.tr("&Theme"), self._theme)
        form.addRow(self.tr("&Rows"), self._density)
        form.addRow(self.tr("Text &size"), self._zoom)

    def _add_folders(self, form: QFormLayout) -> None:
        """Add the folders in which help for the languages is looked for."""
        self._encoder = FolderChoice(
            self._settings.encoder,
            self.tr("Choose the folder of a sentence encoder"),
            self.tr(
                "A folder with a multilingual ONNX model and its SentencePiece model: new"
                " documents are aligned with its help, and nothing is downloaded"
            ),
            _require_encoder,
        )
        self._encoder.chosen.connect(self._set_encoder)
        self._dictionaries = FolderChoice(
            self._settings.dictionaries,
            self.tr("Choose a folder of dictionaries"),
            self.tr("A folder with Hunspell dictionaries (.aff and .dic), looked into first"),
            _require_dictionaries,
        )
        self._dictionaries.chosen.connect(self._set_dictionaries)
        form.addRow(self.tr("Sentence &encoder"), self._encoder)
        form.addRow(self.tr("&Dictionaries"), self._dictionaries)
        form.addRow("", self._term_dictionary_row())

    def _term_dictionary_row(self) -> QVBoxLayout:
        from reviewer.formats.dictd import installed

        text = self.tr("Use the bilingual ones of dictd as evidence for ter&ms")
        self._term_dictionaries = QCheckBox(text)
        self._term_dictionaries.setChecked(self._settings.term_dictionaries)
        self._term_dictionaries.toggled.connect(self._change)
        codes = (f"{first}–{second}" for first, second in installed())
        here = ", ".join(sorted(codes))
        told = self.tr("On this computer: {0}").format(here or self.tr("None"))
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._term_dictionaries)
        column.addWidget(Label(told, dim=True, wrap=True))
        return column

    def _set_encoder(self, folder: str) -> None:
        self._settings = replace(self._settings, encoder=folder)
        self.settings_changed.emit(self._settings)

    def _set_dictionaries(self, folder: str) -> None:
        self._settings = replace(self._settings, dictionaries=folder)
        self.settings_changed.emit(self._settings)

    def _choice(self, now: str, *choices: tuple[str, str]) -> QComboBox:
        box = QComboBox()
        for text, value in choices:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(now)))
        return box

    def _change(self) -> None:
        settings = replace(
            self._settings,
            reviewer_name=self._name.text().strip(),
            theme=self._theme.currentData(),
            density=self._density.currentData(),
            zoom=self._zoom.value(),
            term_dictionaries=self._term_dictionaries.isChecked(),
            export_states=self._states.isChecked(),
        )
        if settings != self._settings:
            self._settings = settings
            self.settings_changed.emit(settings)


def _require_encoder(folder: Path) -> None:
    from reviewer.align.encoder import encoder_files

    encoder_files(folder)


def _require_dictionaries(folder: Path) -> None:
    from reviewer.review.checking.spelling import require_dictionaries

    require_dictionaries(folder)
