"""The menu of a pair: what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reviewer.ui.actions import Actions

PAIR_MENU = (
    "edit",
    "confirm",
    "reject",
    "reopen",
    "comment",
    None,
    "waive",
    "accept_word",
    "unify",
    "make_group",
    "add_term",
    "concordance",
    None,
    "merge",
    "merge_previous",
    "split",
    "link",
    "unlink",
    "realign",
)


def pair_menu(commands: Actions, window: QWidget) -> QMenu:
    """Return what can be done with the current pair; the menu goes when it is closed."""
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name in PAIR_MENU:
        if name is None:
            menu.addSeparator()
        else:
            menu.addAction(commands[name])
    for name, before in (("apply", "waive"), ("move", "link")):
        # A menu of its own: this one takes its menus with it when it goes.
        known = commands.menu(name)
        inner = QMenu(known.title(), menu)
        inner.addActions(known.actions())
        inner.setEnabled(known.isEnabled())
        menu.insertMenu(commands[before], inner)
    return menu
