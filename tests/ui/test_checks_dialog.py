"""How often each check was right, and the choice of how much of it is shown."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QRadioButton, QTreeWidget
from review_sample import analysis, found

from reviewer.model import Level, WaiverScope
from reviewer.ui.dialogs.checks_dialog import ChecksDialog
from reviewer.ui.tuning import Tuning


@pytest.fixture
def unsure(review):
    """Return the review with a number that the check is not so sure of."""
    whole = analysis()
    findings = (replace(f, confidence=0.8) if f.check == "numbers" else f for f in whole.findings)
    review.take(replace(whole, findings=tuple(findings)), review.revision)
    return review


@pytest.fixture
def dialog(qtbot, unsure):
    dialog = ChecksDialog(unsure)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def row(dialog, check):
    """Return the texts of the row of a check."""
    tree = dialog.findChild(QTreeWidget)
    for top in map(tree.topLevelItem, range(tree.topLevelItemCount())):
        for item in map(top.child, range(top.childCount())):
            if item.data(0, Qt.ItemDataRole.UserRole) == check:
                return [item.text(column) for column in range(5)]
    raise AssertionError(check)


def tick(dialog, words):
    button = next(b for b in dialog.findChildren(QRadioButton) if b.text() == words)
    assert button.isVisible()
    button.click()


def offered(dialog):
    return [b.text() for b in dialog.findChildren(QRadioButton) if b.isVisible()]


def test_counts_follow_the_review(dialog, unsure):
    assert row(dialog, "numbers")[1:] == ["1", "", "", "Normal"]
    unsure.waive(found(unsure, "numbers"), WaiverScope.HERE)
    dialog.refresh()
    assert row(dialog, "numbers")[1:] == ["1", "", "1", "Normal"]


def test_levels_are_gone_through_by_keyboard(dialog, qtbot):
    dialog.activateWindow()
    dialog.show_check("numbers")
    seen = []
    dialog.findChild(QTreeWidget).setFocus()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(QApplication.focusWidget(), key)
        seen.append(QApplication.focusWidget().text())
    assert seen == ["Normal", "Lenient", "Off", "Lenient"]
    assert dialog.chosen is Level.LENIENT


def test_the_count_is_shown_before_anything_is_recorded(dialog, unsure, qtbot):
    dialog.show_check("numbers")
    before = len(unsure.state)
    assert dialog._preview_text.text() == "1 finding"
    assert not dialog._accept.isEnabled()
    tick(dialog, "Lenient")
    assert dialog._preview_text.text() == "1 finding, 0 with Lenient"
    tick(dialog, "Strict")
    assert dialog._preview_text.text() == "1 finding, 1 with Strict"
    assert len(unsure.state) == before
    with qtbot.waitSignal(dialog.level_chosen) as chosen:
        dialog._accept.click()
    assert chosen.args == ["numbers", Level.STRICT]


def test_only_what_makes_a_difference_is_offered(dialog):
    dialog.show_check("numbers")
    assert offered(dialog) == ["Strict", "Normal", "Lenient", "Off"]
    dialog.show_check("brackets")
    assert offered(dialog) == ["Strict", "Lenient", "Off"]
    dialog.show_check("repeated-words")
    assert offered(dialog) == ["On", "Off"]


def test_a_choice_that_waits_survives_what_happens_meanwhile(dialog, unsure):
    dialog.show_check("numbers")
    tick(dialog, "Lenient")
    unsure.edit(0, "Autre chose.")
    dialog.refresh()
    assert dialog.current.id == "numbers"
    assert dialog.chosen is Level.LENIENT


def test_the_window_records_what_is_accepted(qtbot, unsure):
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    tuning = Tuning(window)
    tuning.open(unsure)
    tuning.show_check("numbers")
    dialog = window.findChild(ChecksDialog)
    tick(dialog, "Lenient")
    dialog._accept.click()
    tuning.refresh()
    assert row(dialog, "numbers")[4] == "Lenient"
    assert "numbers" not in {finding.check for finding in unsure.findings()}
    tick(dialog, "Off")
    dialog._accept.click()
    tuning.refresh()
    assert row(dialog, "numbers")[4] == "off"
    assert not unsure.settings.checks()["numbers"]
    tick(dialog, "Strict")
    dialog._accept.click()
    assert unsure.settings.checks()["numbers"]
    assert unsure.settings.level(unsure.check_by_id("numbers")) is Level.STRICT
    tuning.open(None)
    assert dialog.isHidden()


def test_own_checks_are_ticked_by_name(qtbot, unsure, tmp_path, monkeypatch):
    from PySide6.QtWidgets import QListWidget

    from reviewer.review.checking import own_checks
    from reviewer.review.checking.own_checks import OWN

    monkeypatch.setattr(own_checks.paths, "config_folder", lambda: tmp_path)
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "mine.py").write_text("CHECK = None")
    dialog = ChecksDialog(unsure, ("gone.py",))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    files = dialog.findChild(QListWidget)
    dialog.show_check("numbers")
    assert not files.isVisible()
    dialog.show_check(OWN.id)
    assert files.isVisible()
    ticks = {files.item(row).text(): files.item(row).checkState() for row in range(2)}
    assert ticks == {
        "mine.py": Qt.CheckState.Unchecked,
        "gone.py (not in the folder)": Qt.CheckState.Checked,
    }
    with qtbot.waitSignal(dialog.own_chosen) as chosen:
        files.item(0).setCheckState(Qt.CheckState.Checked)
    assert chosen.args == [("mine.py", "gone.py")]


def test_each_check_says_how_much_of_it_is_shown(dialog):
    assert row(dialog, "drift")[4] == "on"
    assert row(dialog, "numbers")[4] == "Normal"
