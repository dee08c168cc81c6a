"""What a screen reader is told, and that the keyboard leads into every dialog and out of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from review_sample import SETTINGS, analysis, found, make_project
from window_worker import IdleWorker

from reviewer.ui.look.popover import Popover
from reviewer.ui.main_window import MainWindow

_CONTROLS = frozenset(
    {
        QAccessible.Role.Button,
        QAccessible.Role.CheckBox,
        QAccessible.Role.ComboBox,
        QAccessible.Role.EditableText,
        QAccessible.Role.List,
        QAccessible.Role.ListItem,
        QAccessible.Role.PageTab,
        QAccessible.Role.RadioButton,
        QAccessible.Role.SpinBox,
        QAccessible.Role.Table,
        QAccessible.Role.Tree,
    }
)
_MOST = 60
"""Children of a part that are looked at: the first rows of a list stand for all."""

ASKED = (
    "about",
    "add_term",
    "anchors",
    "checklists",
    "checks",
    "comment",
    "concordance",
    "keys",
    "languages",
    "memories",
    "paste",
    "preferences",
    "termbase",
    "waive",
    "waivers",
    "words",
)


@pytest.fixture
def window(qtbot, tmp_path):
    window = MainWindow(SETTINGS, IdleWorker())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    window.open_project(make_project(tmp_path))
    window.review.take(analysis(), window.review.revision)
    window.desk.refresh()
    window.desk.page.show_finding(found(window.review, "untranslated"))
    yield window
    window.close()


def nameless(item, path=()):
    """Yield the controls below an item that say nothing, by the roles that lead there."""
    here = (*path, item.role().name)
    state = item.state()
    if state.invisible:
        return
    ends = item.role() is QAccessible.Role.ComboBox or item.role() is QAccessible.Role.SpinBox
    told = item.text(QAccessible.Text.Name) or (ends and item.text(QAccessible.Text.Value))
    if item.role() in _CONTROLS and state.focusable and not told:
        yield " > ".join(here)
    for number in range(0 if ends else min(item.childCount(), _MOST)):
        child = item.child(number)
        if child is not None and child.isValid():
            yield from nameless(child, here)


def told_of(widget):
    return QAccessible.queryAccessibleInterface(widget)


def shown(window):
    asked = (*window.findChildren(QDialog), *window.findChildren(Popover))
    return [each for each in asked if each.isVisible()]


@pytest.mark.parametrize("part", ["findings", "consistency", "history", "find", "replace"])
def test_every_control_of_the_window_has_a_name(window, part):
    window.commands[part].trigger()
    assert list(nameless(told_of(window))) == []


@pytest.mark.parametrize("command", ASKED)
def test_a_dialog_is_told_is_left_by_escape_and_gives_the_keyboard_back(window, qtbot, command):
    before = QApplication.focusWidget()
    window.commands[command].trigger()
    qtbot.waitUntil(lambda: bool(shown(window)))
    (asked,) = shown(window)
    assert asked.windowTitle() or asked.accessibleName()
    assert list(nameless(told_of(asked))) == []
    qtbot.waitUntil(lambda: asked.isAncestorOf(QApplication.focusWidget()))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown(window))
    # What a window manager does.
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is before)


@pytest.mark.parametrize("part", ["consistency", "history", "replace", "edit"])
def test_a_file_that_is_dropped_anywhere_reaches_the_window(window, part):
    window.commands[part].trigger()
    taking = [each for each in window.findChildren(QWidget) if each.acceptDrops()]
    assert [type(each).__name__ for each in taking if each.isVisible()] == []
