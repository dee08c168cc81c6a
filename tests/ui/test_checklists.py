"""Checklists chosen, written, tried and imported in the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QWidget

from reviewer.checks.rule import Condition, Rule
from reviewer.review.checking import checklists
from reviewer.review.checking.rule_files import Checklist, read_checklist
from reviewer.ui.dialogs.checklist_editor import ChecklistEditor
from reviewer.ui.dialogs.checklists_dialog import ChecklistsDialog
from reviewer.ui.tuning import Tuning

PEACE = Rule("Peace", "penjaga perdamaian", "Casques? bleus?", Condition.MUST)


def kept(qtbot, dialog):
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def editor(qtbot, review):
    editor = kept(qtbot, ChecklistEditor(Checklist("House", (PEACE,)), review))
    yield editor
    editor.done(0)


@pytest.fixture
def dialog(qtbot, review):
    checklists.save(Checklist("House", (PEACE,)))
    dialog = kept(qtbot, ChecklistsDialog(review))
    dialog.chosen.connect(review.settings.set_checklists)
    return dialog


def test_every_letter_leads_to_one_thing(editor, dialog):
    for window in (editor, dialog):
        marked = [*window.findChildren(QAbstractButton), *window.findChildren(QLabel)]
        letters = [QKeySequence.mnemonic(each.text()).toString() for each in marked]
        letters = [letter for letter in letters if letter]
        assert len(set(letters)) == len(letters), sorted(letters)


def press(dialog, words):
    next(b for b in dialog.findChildren(QAbstractButton) if words in b.text()).click()


def write(editor, field, text):
    line = editor._form._lines[field]
    line.clear()
    QTest.keyClicks(line, text)


def shown(editor):
    return [editor._found.item(row).text() for row in range(editor._found.count())]


def test_a_rule_is_tried_live(editor, qtbot):
    assert shown(editor) == []
    press(editor, "Test")
    assert [line.split(":")[0] for line in shown(editor)] == ["3", "12", "13"]
    assert editor._told.text() == "3 findings in this document"
    write(editor, "target", "soldats?")
    qtbot.waitUntil(lambda: editor._told.text() == "2 findings in this document")
    with qtbot.waitSignal(editor.place_chosen) as chosen:
        editor._found.itemActivated.emit(editor._found.item(0))
    assert chosen.args == [0]
    write(editor, "from", "de")
    qtbot.waitUntil(lambda: "for other languages" in editor._told.text())


def test_what_is_no_pattern_is_told_and_not_saved(editor, qtbot):
    write(editor, "target", "(")
    assert editor._trouble.text().startswith("The target is no pattern (")
    with qtbot.assertNotEmitted(editor.saved):
        press(editor, "Sa&ve")
    assert editor.isVisible()
    editor._form.findChild(QCheckBox).click()
    assert not editor._trouble.isVisible()


def test_rules_are_added_changed_and_removed(editor, qtbot):
    press(editor, "&Add")
    write(editor, "name", "Mail")
    write(editor, "target", "email")
    condition = editor._form._condition
    condition.setCurrentIndex(condition.findData("must-not-match"))
    condition.activated.emit(condition.currentIndex())
    assert [editor._rules.item(n).text() for n in range(2)] == ["Peace", "Mail"]
    press(editor, "&Add")
    with qtbot.waitSignal(editor.saved) as saved:
        press(editor, "Sa&ve")
    assert saved.args[0] == Checklist("House", (PEACE, Rule("Mail", target="email")))


def test_the_last_rule_can_be_removed(editor, qtbot):
    press(editor, "&Remove")
    assert editor._rules.count() == 1
    with qtbot.waitSignal(editor.saved) as saved:
        press(editor, "Sa&ve")
    assert saved.args[0].rules == ()


def test_work_is_not_lost_by_one_key(editor):
    write(editor, "name", "Other")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.isVisible()
    assert "not saved" in editor._trouble.text()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.isHidden()


def test_a_slow_pattern_is_told_while_it_is_written(editor, qtbot):
    press(editor, "Test")
    write(editor, "source", "")
    write(editor, "target", r"(\w|\w\w|\W\w)+$")
    condition = editor._form._condition
    condition.setCurrentIndex(condition.findData("must-not-match"))
    condition.activated.emit(condition.currentIndex())
    qtbot.waitUntil(lambda: "takes too long" in editor._told.text())


def test_a_list_is_ticked_for_the_project(dialog, review):
    item = dialog._list.item(0)
    assert item.checkState() is Qt.CheckState.Unchecked
    assert "1 rule" in item.text()
    item.setCheckState(Qt.CheckState.Checked)
    assert review.settings.checklists == ("House.toml",)
    review.undo()
    assert review.settings.checklists == ()


def test_a_new_list_is_used_at_once(dialog, review):
    press(dialog, "&New")
    editor = dialog.findChild(ChecklistEditor)
    write(editor, "target", "email")
    editor._name.setText("Mine")
    press(editor, "Sa&ve")
    assert review.settings.checklists == ("Mine.toml",)
    (rule,) = read_checklist(checklists.available()["Mine.toml"]).rules
    assert rule == Rule("email", target="email", condition=Condition.MUST)
    assert dialog._list.currentItem().checkState() is Qt.CheckState.Checked


def test_a_changed_list_of_the_project_is_checked_again(dialog, review, qtbot):
    review.settings.set_checklists(["House.toml"])
    dialog._fill("House.toml")
    press(dialog, "&Edit")
    editor = dialog.findChild(ChecklistEditor)
    write(editor, "message", "We say so.")
    with qtbot.waitSignal(dialog.rewritten):
        press(editor, "Sa&ve")
    (rule,) = read_checklist(checklists.available()["House.toml"]).rules
    assert rule.message == "We say so."


def test_an_import_says_what_it_left_out(dialog, review, tmp_path):
    path = tmp_path / "terms.txt"
    path.write_text("bridge\tpont\nport\n", "utf-8")
    dialog._import([str(path)])
    assert review.settings.checklists == ("terms.toml",)
    assert "line 2" in dialog._told.text()
    path.write_text("", "utf-8")
    dialog._import([str(path)])
    assert "holds no rules" in dialog._told.text()
    dialog._import([str(tmp_path / "no.csv")])
    assert "was not found" in dialog._told.text()


def test_a_list_of_a_colleague_is_named_and_stays(dialog, review):
    review.settings.set_checklists(["Agency.toml"])
    dialog._fill()
    items = [dialog._list.item(row) for row in range(2)]
    assert "not on this computer" in items[1].text()
    items[0].setCheckState(Qt.CheckState.Checked)
    assert set(review.settings.checklists) == {"House.toml", "Agency.toml"}


def test_the_window_records_what_is_chosen(qtbot, review):
    checklists.save(Checklist("House", (PEACE,)))
    window = QWidget()
    qtbot.addWidget(window)
    tuning = Tuning(window)
    tuning.open(review)
    tuning.show_checklists()
    dialog = window.findChild(ChecklistsDialog)
    dialog._list.item(0).setCheckState(Qt.CheckState.Checked)
    assert review.settings.checklists == ("House.toml",)
    tuning.open(None)
    assert dialog.isHidden()
