"""The translation memories of a project and of new ones."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from review_sample import SETTINGS

from reviewer.ui.dialogs.memories_dialog import MemoriesDialog
from reviewer.ui.preferring import Preferring


@pytest.fixture
def dialog(qtbot, tmp_path):
    paths = [str(tmp_path / name) for name in ("a.tmx", "b.tmx", "c.tmx")]
    for path in paths[:2]:
        (tmp_path / path).write_text("<tmx/>", "utf-8")
    dialog = MemoriesDialog([*paths, "//far/d.tmx"], frozenset(paths), in_project=True)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    return dialog


def names(paths):
    return [path.replace("\\", "/").rsplit("/", 1)[-1] for path in paths]


def buttons(dialog):
    return dialog.findChildren(QAbstractButton)


def press(dialog, words):
    button = next(b for b in buttons(dialog) if words in b.text())
    assert button.isEnabled(), words
    button.click()


def test_it_says_what_is_not_there_and_what_is_not_opened(dialog):
    shown = [dialog._list.item(row).text() for row in range(4)]
    assert "a.tmx" in shown[0]
    assert "not found" not in shown[0]
    assert "c.tmx" in shown[2]
    assert "not found" in shown[2]
    assert "d.tmx" in shown[3]
    assert "not used" in shown[3]
    tips = [dialog._list.item(row).toolTip() for row in range(4)]
    assert [bool(tip) for tip in tips] == [True, True, True, False]


def test_order_and_removal_are_told_at_once(dialog, qtbot):
    told = []
    dialog.changed.connect(lambda paths, here: told.append((names(paths), names(here))))
    press(dialog, "&down")
    press(dialog, "&down")
    assert told[-1] == (["b.tmx", "c.tmx", "a.tmx", "d.tmx"], ["b.tmx", "c.tmx", "a.tmx"])
    press(dialog, "&up")
    press(dialog, "&Remove")
    assert told[-1] == (["b.tmx", "c.tmx", "d.tmx"], ["b.tmx", "c.tmx"])
    for _ in range(3):
        press(dialog, "&Remove")
    assert told[-1] == ([], [])
    assert not any("Remove" in b.text() and b.isEnabled() for b in buttons(dialog))


def test_choosing_a_file_adds_it_and_makes_it_known(dialog, tmp_path, qtbot):
    press(dialog, "&Add")
    chooser = dialog.findChild(QFileDialog)
    with qtbot.waitSignal(dialog.changed) as changed:
        chooser.filesSelected.emit([str(tmp_path / "a.tmx"), "//far/d.tmx"])
    chooser.close()
    assert names(changed.args[0]) == ["a.tmx", "b.tmx", "c.tmx", "d.tmx"]
    assert names(changed.args[1]) == ["a.tmx", "b.tmx", "c.tmx", "d.tmx"]


def test_only_what_was_chosen_here_becomes_the_habit(qtbot, dialog):
    preferring = Preferring(replace(SETTINGS, known_memories=("/old.tmx",)), dialog)
    with qtbot.waitSignal(preferring.memories_chosen) as chosen:
        preferring._take_memories(("/a.tmx", "//far/d.tmx"), ("/a.tmx",))
    assert chosen.args == [("/a.tmx", "//far/d.tmx")]
    assert preferring.settings.memories == ("/a.tmx",)
    assert preferring.settings.known_memories == ("/a.tmx", "/old.tmx")
