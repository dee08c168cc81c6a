"""All waivers in one list: what, how far, why, by whom; changed, filtered, taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from review_sample import SETTINGS, analysis, found

from reviewer.model import Finding, WaiverScope
from reviewer.review.tasks.opening import open_review
from reviewer.ui.dialogs.waivers_dialog import WaiversDialog
from reviewer.ui.tuning import Tuning


@pytest.fixture
def waived(review):
    review.waive(found(review, "numbers"), WaiverScope.HERE, "a year")
    review.waive(found(review, "untranslated"), WaiverScope.WORD)
    review.waive(found(review, "drift"), WaiverScope.CHECK, "the client wants both")
    return review


@pytest.fixture
def dialog(qtbot, waived):
    dialog = WaiversDialog(waived)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.reason_changed.connect(waived.set_reason)
    dialog.taken_back.connect(waived.unwaive)
    dialog.show()
    return dialog


def rows(dialog):
    items = map(dialog._tree.topLevelItem, range(dialog._tree.topLevelItemCount()))
    return [[item.text(column) for column in range(5)] for item in items]


def press(dialog, words):
    button = next(b for b in dialog.findChildren(QAbstractButton) if words in b.text())
    assert button.isEnabled()
    button.click()


def choose(dialog, check):
    box = dialog._filter
    box.setCurrentIndex(box.findData(check))
    box.activated.emit(box.currentIndex())


def test_each_waiver_says_what_how_far_why_and_by_whom(dialog):
    by_reach = {row[1]: row for row in rows(dialog)}
    assert by_reach["here only"][2:] == ["1", "a year", "Ana"]
    assert "41" in by_reach["here only"][0]
    assert by_reach["the whole check"][0] == "Everything of “Inconsistent term”"
    assert by_reach["the whole check"][2] == "3"
    assert "pasukan rusia" in by_reach["this word for every check"][0]


def test_the_list_is_filtered_by_check(dialog):
    texts = [dialog._filter.itemText(n) for n in range(dialog._filter.count())]
    assert texts[0] == "All checks (3)"
    assert "Accepted words (1)" in texts
    choose(dialog, "drift")
    assert [row[3] for row in rows(dialog)] == ["the client wants both"]
    dialog.refresh()
    assert len(rows(dialog)) == 1


def test_a_reason_is_changed_in_its_place_and_undone(dialog, waived, qtbot):
    choose(dialog, "numbers")
    press(dialog, "&reason")
    field = dialog._tree.findChild(QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, "a date")
    # Something else happens in the document meanwhile.
    dialog.refresh()
    QTest.keyClicks(field, "!")
    QTest.keyClick(field, Qt.Key.Key_Return)
    reasons = lambda: [w.reason for w in waived.waived() if w.check == "numbers"]  # noqa: E731
    qtbot.waitUntil(lambda: reasons() == ["a date!"])
    qtbot.waitUntil(lambda: rows(dialog)[0][3] == "a date!")
    assert not [f for f in waived.findings() if f.check == "numbers"]
    waived.undo()
    dialog.refresh()
    assert rows(dialog)[0][3] == "a year"


def test_a_waiver_is_taken_back(dialog, waived):
    choose(dialog, "numbers")
    press(dialog, "&Take")
    dialog.refresh()
    assert found(waived, "numbers")
    assert len(rows(dialog)) == 2
    for _ in range(2):
        press(dialog, "&Take")
        dialog.refresh()
    assert dialog._nothing.isVisible()
    assert not dialog._back.isEnabled()


def test_keys_on_the_list_change_a_reason_and_take_a_waiver_back(dialog, waived, qtbot):
    dialog.activateWindow()
    qtbot.waitUntil(dialog._tree.hasFocus)
    choose(dialog, "numbers")
    dialog._tree.setFocus()
    qtbot.keyClick(dialog._tree, Qt.Key.Key_F2)
    field = dialog._tree.findChild(QLineEdit)
    qtbot.keyClicks(field, "a date")
    # In the field, Delete is a key of writing.
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    reasons = lambda: [w.reason for w in waived.waived() if w.check == "numbers"]  # noqa: E731
    qtbot.waitUntil(lambda: reasons() == ["a date"])
    qtbot.keyClick(dialog._tree, Qt.Key.Key_Delete)
    assert reasons() == []


def test_it_leads_to_the_finding(dialog, qtbot):
    choose(dialog, "numbers")
    with qtbot.waitSignal(dialog.finding_chosen) as chosen:
        press(dialog, "&Go")
    assert chosen.args[0].pair == 3


def test_what_was_waived_is_told_when_it_is_gone(dialog, waived):
    waived.edit(3, "Tout autre chose.")
    choose(dialog, "numbers")
    dialog.refresh()
    (row,) = rows(dialog)
    assert row[0].startswith("4: No longer there: ")
    assert "41" in row[0]
    assert row[2] == "0"
    assert not dialog._go.isEnabled()


def test_two_waivers_of_the_same_words_are_told_apart_by_their_pairs(dialog, waived):
    for number in (5, 7):
        leftover = Finding("untranslated", number, (), variant="segment", fingerprint=f"{number}")
        waived.waive(leftover, WaiverScope.HERE)
    choose(dialog, "untranslated")
    dialog.refresh()
    choose(dialog, "untranslated")
    told = [row[0] for row in rows(dialog)]
    assert [text.partition(": ")[0] for text in told] == ["6", "8"]
    assert len({text.partition(": ")[2] for text in told}) == 1


def test_waivers_and_their_reasons_survive_opening_and_checking_again(waived):
    reason = next(w for w in waived.waived() if w.check == "numbers")
    waived.set_reason(reason, "a date")
    assert waived.saving.flush()
    again = open_review(waived.path, SETTINGS)
    again.take(analysis(), again.revision)
    assert {w.reason for w in again.waived()} == {"a date", "", "the client wants both"}
    assert {f.check for f in again.findings()} == {"spacing"}
    again.close()


def test_the_window_records_what_is_done_there(qtbot, waived):
    window = QWidget()
    qtbot.addWidget(window)
    tuning = Tuning(window)
    tuning.open(waived)
    tuning.show_waivers()
    dialog = window.findChild(WaiversDialog)
    choose(dialog, "drift")
    press(dialog, "&Take")
    tuning.refresh()
    assert len(waived.waived()) == 2
    tuning.open(None)
    assert dialog.isHidden()
