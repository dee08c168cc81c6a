"""Write the rules of a checklist, and see what they find while they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from reviewer.review.checking.checklists import Trial, tried
from reviewer.review.checking.rule_files import MOST_RULES, Checklist, record_of, rule_of
from reviewer.ui.dialogs.rule_form import RuleForm
from reviewer.ui.look.controls import Button, Label, Look, dialog_column, resize_on_screen
from reviewer.ui.look.wording import counted, isolated, place_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reviewer.checks.rule import Rule
    from reviewer.review.session import Review

_PAUSE = 250
"""Milliseconds after the last key before a rule is tried."""
_PAIR = Qt.ItemDataRole.UserRole
_NEW = {"condition": "must-match", "severity": "minor"}


class ChecklistEditor(QDialog):
    """The rules at the left, the current one at the right, and below it what it finds.

    Signals:
        saved: the Checklist as it was written.
        place_chosen: number of a pair to go to.
    """

    saved = Signal(object)
    place_chosen = Signal(int)

    def __init__(
        self, checklist: Checklist, review: Review, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._review = review
        self._records = [record_of(rule) for rule in checklist.rules] or [dict(_NEW)]
        self._before = checklist.name, [dict(record) for record in self._records]
        self._left_out = len(checklist.notes)
        self._warned = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._try)
        self.setWindowTitle(self.tr("Checklist"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 820, 620)
        self._name = QLineEdit(checklist.name)
        self._name.setAccessibleName(self.tr("Name of the checklist"))
        self._rules = QListWidget()
        self._rules.setAccessibleName(self.tr("Rules"))
        self._rules.setMinimumWidth(200)
        self._rules.currentRowChanged.connect(self._show_rule)
        self._form = RuleForm()
        self._form.edited.connect(self._take)
        self._trouble = Label(wrap=True)
        self._test = Button(self.tr("&Test"))
        self._test.setCheckable(True)
        self._test.setToolTip(self.tr("Show what the rule finds in the open document"))
        self._test.toggled.connect(self._switch_test)
        self._told = Label(dim=True, wrap=True)
        self._found = QListWidget()
        self._found.setAccessibleName(self.tr("What the rule finds"))
        self._found.itemActivated.connect(self._go)
        self._found.itemClicked.connect(self._go)
        self._lay_out()
        self._fill(0)
        self._form.focus_first()

    def _lay_out(self) -> None:
        add = Button(self.tr("&Add a rule"))
        add.clicked.connect(self.add)
        self._remove = Button(self.tr("&Remove"))
        self._remove.clicked.connect(self.remove)
        save = Button(self.tr("Sa&ve"), Look.PRIMARY)
        save.clicked.connect(self.save)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self._name)
        left.addWidget(self._rules, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(add)
        buttons.addWidget(self._remove)
        left.addLayout(buttons)
        right.addWidget(self._form)
        right.addWidget(self._trouble)
        test = QHBoxLayout()
        test.addWidget(self._test)
        test.addWidget(self._told, 1)
        right.addLayout(test)
        right.addWidget(self._found, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(left, 2)
        middle.addLayout(right, 5)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(cancel)
        bottom.addWidget(save)
        layout = dialog_column(self, 12)
        layout.addLayout(middle, 1)
        layout.addLayout(bottom)

    # The rules

    def add(self) -> None:
        """Begin a rule at the end."""
        if len(self._records) < MOST_RULES:
            self._records.append(dict(_NEW))
            self._fill(len(self._records) - 1)
            self._form.focus_first()

    def remove(self) -> None:
        """Take the current rule off the list; the file changes when it is saved."""
        row = self._rules.currentRow()
        del self._records[row]
        self._records = self._records or [dict(_NEW)]
        self._fill(min(row, len(self._records) - 1))

    def _fill(self, row: int) -> None:
        with QSignalBlocker(self._rules):
            self._rules.clear()
            self._rules.addItems([self._title(record) for record in self._records])
            self._rules.setCurrentRow(row)
        self._show_rule(row)

    def _title(self, record: dict[str, Any]) -> str:
        title = record.get("name") or record.get("source") or record.get("target")
        return str(title) if title else self.tr("New rule")

    def _show_rule(self, row: int) -> None:
        if 0 <= row < len(self._records):
            self._form.show_record(self._records[row])
            self._judge()

    def _take(self) -> None:
        row = self._rules.currentRow()
        self._records[row] = self._form.record
        self._warned = False
        self._rules.item(row).setText(self._title(self._records[row]))
        self._judge()

    def _judge(self) -> None:
        """Say what is wrong with the current rule, and try it where that is asked for."""
        _, trouble = self._read(self._records[self._rules.currentRow()])
        untouched = self._records[self._rules.currentRow()] == _NEW
        if untouched or not trouble:
            trouble = self._told_left_out()
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(self._trouble.text()))
        if self._test.isChecked():
            self._pause.start()

    def _told_left_out(self) -> str:
        text = self.tr(
            "%n rule(s) of the file cannot be read; saving leaves them out, and keeps the file as "
            "it was beside the new one.",
            "",
            self._left_out,
        )
        return counted(text, self._left_out) if self._left_out else ""

    def _read(self, record: dict[str, Any]) -> tuple[Rule | None, str]:
        try:
            return rule_of(record), ""
        except ValueError as error:
            text = str(error)
            return None, f"{text[:1].upper()}{text[1:]}."

    # What the rule finds

    def _switch_test(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on:
            self._try()
        else:
            self._pause.stop()
            self._told.setText("")
            self._found.clear()

    def _try(self) -> None:
        rule, _ = self._read(self._records[self._rules.currentRow()])
        self._found.clear()
        if rule is None:
            self._told.setText("")
            return
        review = self._review
        trial = tried(rule, [review.pair(number) for number in range(review.count)])
        for finding in trial.findings:
            number, place = finding.pair + 1, isolated(str(place_of(review, finding)))
            item = QListWidgetItem(self.tr("{0}: {1}").format(number, place))
            item.setData(_PAIR, finding.pair)
            self._found.addItem(item)
        self._told.setText(self._told_of(trial, rule))

    def _told_of(self, trial: Trial, rule: Rule) -> str:
        if trial.slow:
            return self.tr("The pattern takes too long in pair {0}.").format(trial.looked_at + 1)
        count = len(trial.findings)
        text = counted(self.tr("%n finding(s) in this document", "", count), count)
        if trial.looked_at < self._review.count:
            template = self.tr("%n finding(s) in the first {0} pairs", "", count)
            text = counted(template, count).format(trial.looked_at)
        if not rule.is_for(self._review.source_language, self._review.target_language):
            text = self.tr("{0}; the rule is for other languages").format(text)
        return text

    def _go(self, item: QListWidgetItem) -> None:
        self.place_chosen.emit(item.data(_PAIR))

    # Saving

    def reject(self) -> None:
        """Leave without saving; what was written is dropped at the second time only."""
        if (self._name.text(), self._records) != self._before and not self._warned:
            self._warned = True
            self._trouble.setText(self.tr("This is not saved. Cancel once more to drop it."))
            self._trouble.show()
            return
        super().reject()

    def save(self) -> None:
        """Tell the checklist as written; a rule that is none is shown instead."""
        rules: list[Rule] = []
        for row, record in enumerate(self._records):
            if record == _NEW:
                continue
            rule, trouble = self._read(record)
            if rule is None:
                self._rules.setCurrentRow(row)
                self._trouble.setText(trouble)
                self._trouble.show()
                return
            rules.append(rule)
        name = self._name.text().strip() or self.tr("Checklist")
        self.saved.emit(Checklist(name, tuple(rules)))
        self.accept()
