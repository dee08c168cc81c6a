"""Aligning anew from the window, and being told that a document is aligned badly."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from review_sample import SETTINGS, TEXTS, make_project
from window_worker import IdleWorker, ThreadWorker

from reviewer.model import Bead, Verdict
from reviewer.review.checking.pipeline import Reading
from reviewer.review.tasks.realigning import seems_swapped
from reviewer.ui.dialogs.anchors_dialog import AnchorsDialog
from reviewer.ui.look.controls import Button
from reviewer.ui.look.popover import Popover
from reviewer.ui.main_window import MainWindow
from tests.align.texts import book

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SIZE = 40
BOOK = list(zip(*book(SIZE, seed=3), strict=True))


def off_by_one(confidence):
    """Return beads of the book in which everything from the tenth pair on is one too far down."""
    beads = [Bead(n, n + 1, n, n + 1, 0.99) for n in range(10)]
    beads += [Bead(10, 10, 10, 11, confidence)]
    beads += [Bead(n, n + 1, n + 1, n + 2, confidence) for n in range(10, SIZE - 1)]
    return [*beads, Bead(SIZE - 1, SIZE, SIZE, SIZE, confidence)]


@pytest.fixture
def window(qtbot):
    window = MainWindow(SETTINGS, ThreadWorker())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    yield window
    window.close()


@pytest.fixture
def broken(window, qtbot, tmp_path):
    """Return a window with the book open, badly aligned."""
    path = make_project(tmp_path, BOOK, beads=off_by_one(0.4))
    window.open_project(path)
    qtbot.waitUntil(lambda: window.worker.running is None)
    return window


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def bars(window):
    return [message.about for message in window.messages.shown()]


def shown_pairs(window):
    pairs = map(window.review.pair, range(window.review.count))
    return [(pair.source_text, pair.target_text) for pair in pairs]


def matched(window):
    return sum(pair in BOOK for pair in shown_pairs(window))


def align(window, qtbot):
    press(qtbot, Qt.Key.Key_R, CONTROL)
    with qtbot.waitSignal(window._aligning.aligned):
        press(qtbot, Qt.Key.Key_Return)


def test_a_range_is_aligned_anew_by_keyboard_and_back(broken, qtbot):
    broken.desk.page.show_pair(8, focus=True)
    press(qtbot, Qt.Key.Key_L, CONTROL)
    broken.desk.page.show_pair(40, focus=True)
    align(broken, qtbot)
    assert matched(broken) == SIZE
    assert broken.desk.repairing.mark is None
    assert "undo" in bars(broken)
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert matched(broken) == 10
    assert "undo" not in bars(broken)
    broken.desk.refresh()
    press(qtbot, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert matched(broken) == SIZE


def test_what_is_confirmed_stays_in_a_document_aligned_anew(broken, qtbot):
    broken.review.confirm(20)
    wrong = broken.review.pair(20)
    align(broken, qtbot)
    pairs = [broken.review.pair(n) for n in range(broken.review.count)]
    (number,) = [n for n, pair in enumerate(pairs) if pair.source_text == wrong.source_text]
    assert pairs[number].target_text == wrong.target_text
    assert broken.review.row(number).verdict is Verdict.CONFIRMED
    assert matched(broken) >= SIZE - 6


def test_a_result_of_pairs_that_changed_meanwhile_is_dropped_with_a_word(broken, qtbot):
    with qtbot.waitSignal(broken._aligning.told) as told:
        broken._aligning._align(0, broken.review.count - 1)
        broken.review.alignment.merge_with_next(0)
    assert "changed meanwhile" in told.args[0]
    assert broken.review.count == SIZE


def test_a_badly_aligned_document_says_so_also_after_reopening(broken, qtbot):
    (message,) = [m for m in broken.messages.shown() if m.about == "alignment"]
    assert "is a guess: 31 pairs of 41 doubtful or without a counterpart" in message.text
    names = [name for name, _ in message.actions]
    assert names == ["languages", "anchors", "realign", "accept_alignment"]
    path = broken.review.path
    broken.close_review()
    assert "alignment" not in bars(broken)
    broken.open_project(path)
    assert "alignment" in bars(broken)
    broken.messages.bar("alignment").close_bar()
    broken.close_review()
    broken.open_project(path)
    assert "alignment" not in bars(broken)


def test_the_bar_comes_back_with_undo_and_goes_with_redo(broken, qtbot):
    align(broken, qtbot)
    assert "alignment" not in bars(broken)
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    broken.desk.refresh()
    assert "alignment" in bars(broken)
    press(qtbot, Qt.Key.Key_Z, CONTROL | SHIFT)
    broken.desk.refresh()
    assert "alignment" not in bars(broken)


def test_the_bar_comes_back_when_that_it_is_right_is_taken_back(broken, qtbot):
    broken.messages.bar("alignment").close_bar()
    broken.desk.page.take_focus()
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    broken.desk.refresh()
    assert "alignment" in bars(broken)


def test_the_bar_goes_when_the_pairs_were_repaired_by_hand(broken, qtbot):
    columns = broken.review.columns
    for number in range(10, SIZE - 1):
        broken.review.alignment.link(
            columns.place(number).source, columns.place(number + 1).target
        )
        broken.desk.refresh()
    assert "alignment" not in bars(broken)


def test_pairs_without_a_counterpart_count_as_unmatched(qtbot, tmp_path):
    # The findings that the other worker has are those of another document.
    window = MainWindow(SETTINGS, IdleWorker())
    qtbot.addWidget(window)
    beads = [Bead(n, n + 1, 0, 0, 0.95) for n in range(SIZE)]
    beads += [Bead(SIZE, SIZE, n, n + 1, 0.95) for n in range(SIZE)]
    window.open_project(make_project(tmp_path, BOOK, beads=beads))
    (message,) = [m for m in window.messages.shown() if m.about == "alignment"]
    assert "hardly match: 80 pairs of 80" in message.text
    window.close()


def test_a_document_that_was_confirmed_has_no_bar(broken, qtbot):
    path = broken.review.path
    for number in range(broken.review.count):
        broken.review.confirm(number)
    broken.close_review()
    broken.open_project(path)
    assert "alignment" not in bars(broken)
    qtbot.waitUntil(lambda: broken.worker.running is None)


def test_the_bar_stays_when_what_it_offers_is_cancelled(broken, qtbot):
    for name, kind in (("anchors", AnchorsDialog), ("realign", Popover)):
        bar = broken.messages.bar("alignment")
        qtbot.mouseClick(bar.findChild(Button, name), Qt.MouseButton.LeftButton)
        (asking,) = broken.findChildren(kind)
        qtbot.keyClick(asking, Qt.Key.Key_Escape)
        assert "alignment" in bars(broken)


def test_the_bar_goes_when_aligning_anew_has_helped(broken, qtbot):
    align(broken, qtbot)
    assert "alignment" not in bars(broken)


def test_a_well_aligned_document_has_no_bar(window, tmp_path):
    window.open_project(make_project(tmp_path))
    assert "alignment" not in bars(window)


def test_swapped_sides_can_be_swapped(window, qtbot, tmp_path):
    texts = [(target, source) for source, target in TEXTS]
    window.open_project(make_project(tmp_path, texts, confidence=[0.4] * len(texts)))
    assert seems_swapped(window.review)
    window.opening.importing._readings = Reading(Path("a.txt")), Reading(Path("b.txt"))
    window.doubting.judge()
    (message,) = [m for m in window.messages.shown() if m.about == "alignment"]
    assert "swapped" in message.text
    assert message.actions[0][0] == "swap"


def test_anchors_are_pasted_and_what_does_not_fit_is_told(broken, qtbot):
    broken.commands["anchors"].trigger()
    (dialog,) = broken.findChildren(AnchorsDialog)
    field = dialog.findChild(QPlainTextEdit)
    source, target = BOOK[25]
    field.insertPlainText(f"50 = 2\n{source}\t{target}\n")
    qtbot.waitUntil(lambda: "understood" in dialog._told.text())
    assert dialog._told.text().splitlines() == [
        "1 line understood.",
        "Line 1: there is no pair 50.",
    ]
    with qtbot.waitSignal(broken._aligning.aligned):
        dialog._align.click()
    assert BOOK[25] in shown_pairs(broken)
    assert matched(broken) >= SIZE - 4


def test_nothing_else_is_offered_than_what_makes_sense(broken, qtbot):
    broken.desk.page.show_pair(4, focus=True)
    press(qtbot, Qt.Key.Key_R, CONTROL)
    (popover,) = [p for p in broken.findChildren(Popover) if p.isVisible()]
    texts = [button.text().replace("&", "") for button in popover._choices.buttons()]
    assert texts == [
        "The whole document",
        "From pair 5 to the end",
        "From the beginning to pair 5",
    ]
    press(qtbot, Qt.Key.Key_Escape)
