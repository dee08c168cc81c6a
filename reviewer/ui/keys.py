"""The overview of all keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.ui.actions import keys_shown, plain, translated
from reviewer.ui.commands import COMMANDS, MENUS, Menu
from reviewer.ui.look.controls import Button, Label, Look, Sheet, resize_on_screen

if TYPE_CHECKING:
    from collections.abc import Iterator

_BY_NAME = {command.name: command for command in COMMANDS}
_IN_THE_TEXT = (
    ("Enter", QT_TRANSLATE_NOOP("commands", "Edit the pair")),
    ("Escape", QT_TRANSLATE_NOOP("commands", "Leave the editor")),
    ("Ctrl+1", QT_TRANSLATE_NOOP("commands", "Apply the first suggestion (to Ctrl+9)")),
)


def key_table() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (menu, [(words, key)]) for every command that has a key."""
    table = []
    for menu in MENUS:
        lines = [
            (plain(translated(_BY_NAME[name].text)), keys_shown(_BY_NAME[name]))
            for name in _names(menu)
            if _BY_NAME[name].keys
        ]
        if menu.name == "review":
            native = QKeySequence.SequenceFormat.NativeText
            lines += [
                (translated(text), QKeySequence(key).toString(native))
                for key, text in _IN_THE_TEXT
            ]
        table.append((plain(translated(menu.title)), lines))
    return table


def _names(menu: Menu) -> Iterator[str]:
    for entry in menu.entries:
        if isinstance(entry, Menu):
            yield from _names(entry)
        elif entry is not None:
            yield entry


class KeysDialog(QDialog):
    """All keys by menu, with a line to look for one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 720, 560)
        self._lines: list[tuple[str, Label, Label]] = []
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Look for a command or a key"))
        self._search.setAccessibleName(self.tr("Look for a command or a key"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._narrow)
        sheet = Sheet()
        columns = QHBoxLayout(sheet)
        columns.setContentsMargins(20, 14, 20, 14)
        columns.setSpacing(36)
        table = key_table()
        half = (sum(len(lines) + 2 for _, lines in table) + 1) // 2
        for part in _in_columns(table, half):
            columns.addLayout(self._column(part), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(sheet)
        area.setAccessibleName(self.windowTitle())
        close = Button(self.tr("&Close"), Look.PRIMARY)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self._search)
        layout.addWidget(area, 1)
        layout.addLayout(buttons)

    def _column(self, part: list[tuple[str, list[tuple[str, str]]]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        row = 0
        for title, lines in part:
            if not lines:
                continue
            heading = Label(title, bold=True)
            heading.setContentsMargins(0, 8 if row else 0, 0, 0)
            grid.addWidget(heading, row, 0, 1, 2)
            row += 1
            for words, key in lines:
                name, shown = Label(words, wrap=True), Label(key, dim=True)
                grid.addWidget(name, row, 0)
                grid.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignRight)
                self._lines.append((f"{words} {key}".casefold(), name, shown))
                row += 1
        grid.setRowStretch(row, 1)
        return grid

    def _narrow(self, text: str) -> None:
        for known, name, key in self._lines:
            fits = text.casefold() in known
            name.setVisible(fits)
            key.setVisible(fits)


def _in_columns(
    table: list[tuple[str, list[tuple[str, str]]]], height: int
) -> list[list[tuple[str, list[tuple[str, str]]]]]:
    """Split a table of menus into two columns of about the same height."""
    left: list[tuple[str, list[tuple[str, str]]]] = []
    used = 0
    for place, (title, lines) in enumerate(table):
        if left and used + (len(lines) + 2) / 2 > height:
            return [left, table[place:]]
        left.append((title, lines))
        used += len(lines) + 2
    return [left]
