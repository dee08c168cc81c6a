"""The fields of one rule of a checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from reviewer.checks.rule import Condition
from reviewer.model import Severity
from reviewer.ui.look.controls import Label

if TYPE_CHECKING:
    from collections.abc import Mapping


class RuleForm(QWidget):
    """A rule as a record of a checklist's file, to be read and written.

    Signals:
        edited: a field was changed by the person.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = {
            name: QLineEdit(self) for name in ("name", "source", "target", "message", "from", "to")
        }
        self._plain = QCheckBox(self.tr("&Words as they are, no patterns"))
        self._case = QCheckBox(self.tr("&Case matters"))
        self._condition = self._choice(
            (self.tr("must match where the source does"), Condition.MUST.value),
            (self.tr("must not match where the source does"), Condition.MUST_NOT.value),
        )
        self._severity = self._choice(
            (self.tr("Neutral"), Severity.NEUTRAL.name.lower()),
            (self.tr("Minor"), Severity.MINOR.name.lower()),
            (self.tr("Major"), Severity.MAJOR.name.lower()),
            (self.tr("Critical"), Severity.CRITICAL.name.lower()),
        )
        self._lay_out()
        for line in self._lines.values():
            line.textEdited.connect(self.edited)
        for box in (self._plain, self._case):
            box.clicked.connect(self.edited)
        for choice in (self._condition, self._severity):
            choice.activated.connect(self.edited)

    def _choice(self, *choices: tuple[str, str]) -> QComboBox:
        box = QComboBox(self)
        for text, value in choices:
            box.addItem(text, value)
        return box

    def _lay_out(self) -> None:
        lines = self._lines
        lines["source"].setPlaceholderText(self.tr("Empty: every translation is looked at"))
        lines["target"].setPlaceholderText(self.tr("Empty: the source alone is looked for"))
        lines["message"].setPlaceholderText(self.tr("What a finding says (optional)"))
        for name in ("from", "to"):
            lines[name].setPlaceholderText(self.tr("any"))
            lines[name].setMaximumWidth(90)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Name"), lines["name"])
        form.addRow(self.tr("&Source"), lines["source"])
        form.addRow(self.tr("Trans&lation"), lines["target"])
        form.addRow(self.tr("The tar&get"), self._condition)
        form.addRow("", _row(self._plain, self._case))
        form.addRow(self.tr("&Message"), lines["message"])
        form.addRow(self.tr("Severity"), _row(self._severity))
        form.addRow(
            self.tr("Languages"), _row(lines["from"], Label(self.tr("to"), dim=True), lines["to"])
        )
        lines["from"].setAccessibleName(self.tr("Language of the source"))
        lines["to"].setAccessibleName(self.tr("Language of the translation"))

    def focus_first(self) -> None:
        """Give the keyboard to the first field."""
        self._lines["name"].setFocus()
        self._lines["name"].selectAll()

    def show_record(self, record: Mapping[str, Any]) -> None:
        """Show a rule; nothing is told of it."""
        for name, line in self._lines.items():
            line.setText(str(record.get(name, "")))
            line.setCursorPosition(0)
        self._plain.setChecked(bool(record.get("plain", False)))
        self._case.setChecked(bool(record.get("case", False)))
        for box, name in ((self._condition, "condition"), (self._severity, "severity")):
            with QSignalBlocker(box):
                box.setCurrentIndex(max(0, box.findData(record.get(name))))

    @property
    def record(self) -> dict[str, Any]:
        """The rule as it stands in the fields, sound or not."""
        record: dict[str, Any] = {
            name: line.text() for name, line in self._lines.items() if line.text()
        }
        record["condition"] = self._condition.currentData()
        record["severity"] = self._severity.currentData()
        flags = {"plain": self._plain.isChecked(), "case": self._case.isChecked()}
        return record | {name: True for name, on in flags.items() if on}


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
