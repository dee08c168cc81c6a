"""The commands as QActions, with their menus and the toolbar's part of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.ui.commands import COMMANDS, MENUS, MOST_SUGGESTIONS, TOOLBAR, Command, Menu
from reviewer.ui.look.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QWidget


def translated(text: str) -> str:
    """Return a text of the command table in the interface's language."""
    return QCoreApplication.translate("commands", text)


def plain(text: str) -> str:
    """Return a menu's text without its mnemonic and its dots."""
    return text.replace("&", "").removesuffix("…")


def keys_shown(command: Command) -> str:
    """Return the first key of a command as this system writes it; empty without one."""
    if not command.keys:
        return ""
    return QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


class Actions(QObject):
    """One QAction per command, owned by the window.

    Signals:
        suggestion_chosen: number of the suggestion, from 0.
    """

    suggestion_chosen = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._actions = {command.name: _action(command, window) for command in COMMANDS}
        self._menus: dict[str, QMenu] = {}
        self._suggestions = [self._suggestion(index, window) for index in range(MOST_SUGGESTIONS)]
        window.addActions([*self._actions.values(), *self._suggestions])

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[tuple[Command, QAction]]:
        return ((command, self._actions[command.name]) for command in COMMANDS)

    def connect_to(self, slots: dict[str, Callable[[], object]]) -> None:
        """Connect commands, by name, to bound methods without arguments."""
        for name, slot in slots.items():
            self._actions[name].triggered.connect(slot)

    def menu(self, name: str) -> QMenu:
        """Return a menu by its name in the table."""
        return self._menus[name]

    def set_open(self, *, opened: bool) -> None:
        """Switch what needs a review on or off."""
        for command, action in self:
            action.setEnabled(opened or not command.needs_review)
        self.show_suggestions(())

    def show_step(self, name: str, template: str, label: str | None) -> None:
        """Say what "undo" or "redo" would do; a label of None switches it off."""
        command = next(command for command in COMMANDS if command.name == name)
        action = self._actions[name]
        action.setEnabled(label is not None)
        known = QCoreApplication.translate("gestures", label) if label else ""
        # The toolbar keeps its short text.
        short = action.iconText()
        action.setText(template.format(known) if known else translated(command.text))
        action.setIconText(short)

    def show_suggestions(self, suggestions: Sequence[str]) -> None:
        """Put the suggestions for the active finding behind Ctrl+1 to Ctrl+9."""
        for index, action in enumerate(self._suggestions):
            known = index < len(suggestions)
            action.setVisible(known)
            action.setEnabled(known)
            # In a menu, an ampersand of the text would mark a mnemonic.
            action.setText(suggestions[index].replace("&", "&&") if known else "")
        self._menus["apply"].setEnabled(bool(suggestions))

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        """Build the menus of the table."""
        for menu in MENUS:
            self._fill(bar.addMenu(translated(menu.title)), menu)
        for action in self._suggestions:
            self._menus["apply"].addAction(action)

    def fill_tool_bar(self, bar: QToolBar) -> None:
        """Put the toolbar's commands into it."""
        for name in TOOLBAR:
            if name is None:
                bar.addSeparator()
            else:
                bar.addAction(self._actions[name])

    def _fill(self, target: QMenu, menu: Menu) -> None:
        self._menus[menu.name] = target
        for entry in menu.entries:
            if entry is None:
                target.addSeparator()
            elif isinstance(entry, Menu):
                self._fill(target.addMenu(translated(entry.title)), entry)
            else:
                target.addAction(self._actions[entry])

    def _suggestion(self, index: int, window: QWidget) -> QAction:
        action = QAction(window)
        action.setShortcut(QKeySequence(Qt.Modifier.CTRL | Qt.Key(Qt.Key.Key_1 + index)))
        action.setData(index)
        action.setEnabled(False)
        action.triggered.connect(self._apply)
        return action

    def _apply(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.suggestion_chosen.emit(action.data())


def _action(command: Command, window: QWidget) -> QAction:
    text = translated(command.text)
    action = QAction(text, window)
    action.setObjectName(command.name)
    action.setShortcuts([QKeySequence(key) for key in command.keys])
    action.setCheckable(command.checkable)
    action.setIconText(translated(command.short) if command.short else plain(text))
    if command.icon:
        action.setIcon(icon(command.icon))
        action.setIconVisibleInMenu(False)
    keys = keys_shown(command)
    hint = QT_TRANSLATE_NOOP("commands", "{0} ({1})")
    action.setToolTip(translated(hint).format(plain(text), keys) if keys else plain(text))
    return action
