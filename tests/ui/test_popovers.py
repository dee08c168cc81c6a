"""Waiving, commenting and giving reasons without leaving the keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from review_sample import found

from reviewer.model import WaiverScope
from reviewer.ui.dialogs.comment_popover import CommentPopover
from reviewer.ui.dialogs.languages_popover import LanguagesPopover
from reviewer.ui.dialogs.reason_popover import ReasonPopover
from reviewer.ui.dialogs.waive_popover import WaivePopover

PLACE = QRect(40, 500, 200, 60)


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.field = QLineEdit(window)
    window.resize(900, 600)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.field.setFocus()
    return window


def opened(popover):
    popover.open_at(PLACE, popover.first)
    return popover


def test_enter_waives_here_only(qtbot, window, review):
    finding = found(review, "untranslated")
    popover = opened(WaivePopover(finding, "sentence", window))
    with qtbot.waitSignal(popover.chosen) as chosen:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert chosen.args == [finding, WaiverScope.HERE, ""]
    assert window.field.hasFocus()


def test_a_long_message_is_read_as_a_whole(window, review):
    message = "“pasukan penjaga perdamaian” is “Soldats de la paix” here and “force” elsewhere."
    popover = opened(WaivePopover(found(review, "untranslated"), message * 2, window))
    label = next(each for each in popover.findChildren(QLabel) if each.text() == message * 2)
    assert label.height() >= label.heightForWidth(label.width()) > 2 * label.fontMetrics().height()
    other = opened(WaivePopover(found(review, "untranslated"), "word " * 500, window))
    assert other.height() < 500


def test_scope_is_chosen_with_the_arrows_and_the_reason_typed(qtbot, window, review):
    popover = opened(WaivePopover(found(review, "untranslated"), "sentence", window))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    reason = popover.findChild(QLineEdit)
    reason.setFocus()
    qtbot.keyClicks(reason, "a name")
    with qtbot.waitSignal(popover.chosen) as chosen:
        qtbot.keyClick(reason, Qt.Key.Key_Return)
    assert chosen.args[1:] == [WaiverScope.WORD, "a name"]


def test_what_is_typed_beside_the_scopes_is_the_reason(qtbot, window, review):
    popover = opened(WaivePopover(found(review, "untranslated"), "sentence", window))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), "a")
    qtbot.keyClicks(QApplication.focusWidget(), " name")
    with qtbot.waitSignal(popover.chosen) as chosen:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert chosen.args[1:] == [WaiverScope.TEXT, "a name"]


def test_escape_closes_and_gives_the_keyboard_back(qtbot, window, review):
    popover = opened(WaivePopover(found(review, "numbers"), "sentence", window))
    with qtbot.waitSignal(popover.closed):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.field.hasFocus()


def test_leaving_it_for_another_field_closes_it(qtbot, window, review):
    popover = opened(WaivePopover(found(review, "numbers"), "sentence", window))
    with qtbot.waitSignal(popover.closed):
        window.field.setFocus()


def test_it_stays_inside_its_window(window, review):
    popover = opened(WaivePopover(found(review, "numbers"), "sentence", window))
    assert window.rect().contains(popover.geometry())
    assert popover.geometry().bottom() < PLACE.top()


def test_comment_is_added_with_control_enter(qtbot, window, review):
    popover = opened(CommentPopover(3, (), window))
    text = popover.findChild(QPlainTextEdit)
    qtbot.keyClicks(text, "14 or 41?")
    with qtbot.waitSignal(popover.added) as added:
        qtbot.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert added.args == [3, "14 or 41?"]


def test_blank_comment_is_none(qtbot, window):
    popover = opened(CommentPopover(3, (), window))
    with qtbot.assertNotEmitted(popover.added), qtbot.waitSignal(popover.closed):
        text = popover.findChild(QPlainTextEdit)
        qtbot.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_comments_are_listed_and_can_be_deleted(qtbot, window, review):
    review.comment(3, "14 or 41?")
    popover = opened(CommentPopover(3, review.comments(3), window))
    button = popover.findChild(QWidget, "0")
    with qtbot.waitSignal(popover.deleted) as deleted:
        button.click()
    review.delete_comment(deleted.args[0])
    assert review.comments(3) == ()


def test_reason_may_be_empty(qtbot, window):
    popover = opened(ReasonPopover("Keep both?", "Keep", window))
    with qtbot.waitSignal(popover.decided) as decided:
        qtbot.keyClick(popover.first, Qt.Key.Key_Return)
    assert decided.args == [""]


def test_languages_are_changed(qtbot, window):
    popover = opened(LanguagesPopover("id", "fr", window))
    boxes = popover.findChildren(QComboBox)
    boxes[1].set_tag("es")
    with qtbot.waitSignal(popover.chosen) as chosen:
        popover._choose()
    assert chosen.args == ["id", "es"]


def test_enter_on_cancel_cancels(qtbot, window, review):
    popover = opened(WaivePopover(found(review, "numbers"), "sentence", window))
    cancel = next(b for b in popover.findChildren(QPushButton) if b.text() == "Cancel")
    cancel.setFocus()
    with qtbot.assertNotEmitted(popover.chosen), qtbot.waitSignal(popover.closed):
        qtbot.keyClick(cancel, Qt.Key.Key_Return)


def scopes(popover):
    return [popover._by_id[number] for number in sorted(popover._by_id)]


@pytest.mark.parametrize("where", ["reason", "button"])
def test_enter_waives_once(qtbot, window, review, where):
    popover = opened(WaivePopover(found(review, "numbers"), "sentence", window))
    waive = next(b for b in popover.findChildren(QPushButton) if b.text() == "Waive")
    part = popover.findChild(QLineEdit) if where == "reason" else waive
    part.setFocus()
    chosen = []
    popover.chosen.connect(lambda *args: chosen.append(args))
    qtbot.keyClick(part, Qt.Key.Key_Return)
    assert len(chosen) == 1


@pytest.mark.parametrize("where", ["reason", "button"])
def test_enter_gives_a_reason_once(qtbot, window, where):
    popover = opened(ReasonPopover("Keep both?", "Keep", window))
    keep = next(b for b in popover.findChildren(QPushButton) if b.text() == "Keep")
    part = popover.first if where == "reason" else keep
    part.setFocus()
    decided = []
    popover.decided.connect(decided.append)
    qtbot.keyClick(part, Qt.Key.Key_Return)
    assert decided == [""]


@pytest.mark.parametrize("where", ["text", "button"])
def test_a_comment_is_added_once(qtbot, window, where):
    popover = opened(CommentPopover(3, (), window))
    text = popover.findChild(QPlainTextEdit)
    text.setPlainText("14 or 41?")
    add = next(b for b in popover.findChildren(QPushButton) if b.text() == "Add comment")
    part = text if where == "text" else add
    part.setFocus()
    added = []
    popover.added.connect(lambda *args: added.append(args))
    qtbot.keyClick(part, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(added) == 1


def test_languages_are_chosen_once(qtbot, window):
    popover = opened(LanguagesPopover("id", "fr", window))
    change = next(b for b in popover.findChildren(QPushButton) if b.text() == "Change")
    change.setFocus()
    chosen = []
    popover.chosen.connect(lambda *args: chosen.append(args))
    qtbot.keyClick(change, Qt.Key.Key_Return)
    assert len(chosen) == 1


def test_only_a_word_is_accepted_everywhere(window, review):
    leftover = found(review, "untranslated")
    assert WaiverScope.WORD in scopes(WaivePopover(leftover, "sentence", window))
    sentence = replace(leftover, variant="segment")
    for finding in (sentence, found(review, "drift"), found(review, "numbers")):
        offered = scopes(WaivePopover(finding, "sentence", window))
        assert offered == [WaiverScope.HERE, WaiverScope.TEXT, WaiverScope.CHECK]


def test_what_was_not_added_is_told_when_it_closes(qtbot, window):
    popover = opened(CommentPopover(3, (), window, draft="14 or"))
    qtbot.keyClicks(popover.first, " 41?")
    with qtbot.waitSignal(popover.left) as left:
        window.field.setFocus()
    assert left.args == ["14 or 41?"]


def test_nothing_is_left_of_a_comment_that_was_added(qtbot, window):
    popover = opened(CommentPopover(3, (), window, draft="14 or 41?"))
    with qtbot.waitSignal(popover.left) as left:
        qtbot.keyClick(popover.first, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert left.args == [""]
