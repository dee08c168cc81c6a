"""The list of pairs of a folder, corrected before the import."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from reviewer.review.documents.folders import FilePair, Matched
from reviewer.ui.dialogs.folder_dialog import FolderDialog

FOLDER = Path("/texts")


def path(name):
    return FOLDER / name


def pair(source, target):
    return FilePair(path(source), path(target))


MATCHED = Matched(
    (FOLDER,),
    (pair("a.en.txt", "a.fr.txt"), pair("b.en.txt", "b.fr.txt")),
    (path("c.txt"), path("d.txt")),
    ("en", "fr", "id"),
    "en",
    "fr",
)


@pytest.fixture
def dialog(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    shown = FolderDialog(MATCHED, window)
    shown.show()
    yield shown
    for each in window.findChildren(FolderDialog):
        each.reject()


def rows(dialog):
    items = [dialog.tree.topLevelItem(n) for n in range(dialog.tree.topLevelItemCount())]
    return [
        (item.text(0), item.text(1), item.checkState(0) == Qt.CheckState.Checked) for item in items
    ]


def test_pairs_are_ticked_and_what_is_left_stands_at_the_end(dialog):
    assert rows(dialog) == [
        ("a.en.txt", "a.fr.txt", True),
        ("b.en.txt", "b.fr.txt", True),
        ("c.txt", "", False),
        ("d.txt", "", False),
    ]
    assert dialog._import.text() == "&Import 2 pairs"
    dialog.tree.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)
    assert dialog.pairs == (pair("b.en.txt", "b.fr.txt"),)
    assert dialog._import.text() == "&Import 1 pair"


def test_another_file_is_chosen_with_the_keyboard(dialog, qtbot):
    dialog.tree.setCurrentItem(dialog.tree.topLevelItem(2))
    dialog.tree.setFocus()
    qtbot.waitUntil(dialog.tree.hasFocus)
    qtbot.keyClick(dialog.tree, Qt.Key.Key_F2)
    box = dialog.tree.findChild(QComboBox)
    assert [box.itemText(n) for n in range(box.count())] == ["No translation", "d.txt"]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    qtbot.waitUntil(lambda: len(rows(dialog)) == 3)
    assert rows(dialog)[-1] == ("c.txt", "d.txt", True)
    assert pair("c.txt", "d.txt") in dialog.pairs


def test_a_file_that_gave_way_is_left_over(dialog):
    dialog.choose(0, path("c.txt"))
    assert ("a.en.txt", "c.txt", True) in rows(dialog)
    assert ("a.fr.txt", "", False) in rows(dialog)
    dialog.choose(0, None)
    assert ("a.en.txt", "", False) in rows(dialog)


def test_sides_are_swapped_with_their_languages(dialog, qtbot):
    dialog.swap()
    assert rows(dialog)[0] == ("a.fr.txt", "a.en.txt", True)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog._choose()
    pairs, source, target = chosen.args
    assert pairs[0] == pair("a.fr.txt", "a.en.txt")
    assert (source, target) == ("fr", "en")


def test_other_languages_are_looked_for_again(dialog, qtbot):
    box = dialog._roles[1]
    assert box.isVisible()
    box.setCurrentIndex(box.findData("id"))
    with qtbot.waitSignal(dialog.match_asked) as asked:
        box.activated.emit(box.currentIndex())
    assert asked.args == ["en", "id"]
    dialog.show_matched(Matched((FOLDER,), (pair("a.en.txt", "a.id.txt"),), (), ("en", "id")))
    assert rows(dialog) == [("a.en.txt", "a.id.txt", True)]
    assert not box.isVisible()
