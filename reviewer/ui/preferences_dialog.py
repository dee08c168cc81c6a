"""What a person chooses once: name, theme, sizes; and which checks run in this project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from reviewer.errors import FormatError
from reviewer.model import Kind
from reviewer.ui.controls import Button, ElidedLabel, Label, Line, Look
from reviewer.ui.wording import kind_title

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewer.settings import Settings


class PreferencesDialog(QDialog):
    """Everything takes effect at once; there is nothing to confirm.

    Signals:
        settings_changed: the new Settings.
        check_switched: id of a check, and whether it is on.
    """

    settings_changed = Signal(object)
    check_switched = Signal(str, bool)

    def __init__(
        self,
        settings: Settings,
        checks: Mapping[str, bool] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(self.tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(480, 560)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(self._personal())
        layout.addWidget(Line())
        layout.addWidget(Label(self.tr("Checks in this project"), bold=True))
        if checks is None:
            layout.addWidget(Label(self.tr("Open a project to choose its checks."), dim=True))
            layout.addStretch(1)
        else:
            layout.addWidget(self._checks(checks), 1)
        close = Button(self.tr("&Close"), Look.PRIMARY)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout.addLayout(buttons)
        self._name.setFocus()

    def _personal(self) -> QFormLayout:
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
        self._encoder = ElidedLabel()
        self._forget = Button(self.tr("Use &none"))
        self._forget.clicked.connect(self._forget_encoder)
        self._trouble = Label(wrap=True)
        self._trouble.hide()
        self._show_encoder()
        self._name.editingFinished.connect(self._change)
        self._theme.currentIndexChanged.connect(self._change)
        self._density.currentIndexChanged.connect(self._change)
        self._zoom.valueChanged.connect(self._change)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Your &name"), self._name)
        form.addRow(self.tr("&Theme"), self._theme)
        form.addRow(self.tr("&Rows"), self._density)
        form.addRow(self.tr("Text &size"), self._zoom)
        form.addRow(self.tr("Sentence encoder"), self._encoder_row())
        form.addRow(self.tr("Dictionaries"), self._dictionary_row())
        form.addRow(self._trouble)
        return form

    def _dictionary_row(self) -> QVBoxLayout:
        from reviewer.formats.dictd import installed

        self._dictionaries = QCheckBox(self.tr("Use those of &dictd as evidence for terms"))
        self._dictionaries.setChecked(self._settings.dictionaries)
        self._dictionaries.toggled.connect(self._change)
        codes = (f"{first}–{second}" for first, second in installed())
        here = ", ".join(sorted(codes))
        told = self.tr("On this computer: {0}").format(here or self.tr("None"))
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._dictionaries)
        column.addWidget(Label(told, dim=True, wrap=True))
        return column

    def _encoder_row(self) -> QHBoxLayout:
        choose = Button(self.tr("C&hoose…"))
        choose.setToolTip(self.tr("A folder with an ONNX model and its SentencePiece model"))
        choose.clicked.connect(self._ask_encoder)
        row = QHBoxLayout()
        row.addWidget(self._encoder, 1)
        row.addWidget(choose)
        row.addWidget(self._forget)
        return row

    def _show_encoder(self) -> None:
        self._encoder.setWhole(self._settings.encoder or self.tr("None"))
        self._forget.setVisible(bool(self._settings.encoder))

    def _ask_encoder(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the folder of a sentence encoder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self._take_encoder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_encoder(self, names: list[str]) -> None:
        from reviewer.align.encoder import encoder_files

        folder = Path(names[0])
        try:
            encoder_files(folder)
        except FormatError as error:
            self._trouble.setText(str(error))
            self._trouble.show()
            return
        self._set_encoder(str(folder))

    def _forget_encoder(self) -> None:
        self._set_encoder("")

    def _set_encoder(self, folder: str) -> None:
        self._trouble.hide()
        self._settings = replace(self._settings, encoder=folder)
        self._show_encoder()
        self.settings_changed.emit(self._settings)

    def _choice(self, now: str, *choices: tuple[str, str]) -> QComboBox:
        box = QComboBox()
        for text, value in choices:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(now)))
        return box

    def _checks(self, settings: Mapping[str, bool]) -> QScrollArea:
        from reviewer.review.board import ALL_CHECKS

        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        kind = None
        order = list(Kind)
        for check in sorted(ALL_CHECKS, key=lambda check: order.index(check.kind)):
            if check.kind is not kind:
                kind = check.kind
                column.addWidget(Label(kind_title(kind), dim=True))
            box = QCheckBox(QCoreApplication.translate("checks", check.title))
            box.setObjectName(check.id)
            box.setChecked(settings.get(check.id, check.by_default))
            box.toggled.connect(self._switch)
            column.addWidget(box)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(sheet)
        return area

    def _switch(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        box = self.sender()
        if isinstance(box, QCheckBox):
            self.check_switched.emit(box.objectName(), on)

    def _change(self) -> None:
        settings = replace(
            self._settings,
            reviewer_name=self._name.text().strip(),
            theme=self._theme.currentData(),
            density=self._density.currentData(),
            zoom=self._zoom.value(),
            dictionaries=self._dictionaries.isChecked(),
        )
        if settings != self._settings:
            self._settings = settings
            self.settings_changed.emit(settings)
