"""Random repairs in the window: nothing breaks, and all of it is there again after reopening."""

import random
from contextlib import closing

import pytest
from PySide6.QtWidgets import QApplication
from review_sample import SETTINGS, TEXTS, analysis, make_project
from window_worker import IdleWorker

from reviewer.review.tasks.opening import open_review
from reviewer.ui.main_window import MainWindow

COMMANDS = [
    "next_doubtful",
    "previous_doubtful",
    "next_odd",
    "previous_odd",
    "merge",
    "merge_previous",
    "split",
    "read_source",
    "move_down",
    "move_up",
    "move_source_down",
    "move_source_up",
    "unlink",
    "link",
    "undo",
    "redo",
    "confirm",
    "reject",
    "reopen",
    "next_pair",
    "previous_pair",
    "edit",
    "next_finding",
]
DOUBLED = [
    (f"{source} {TEXTS[n - 1][0]}", f"{target} {TEXTS[n - 1][1]}")
    for n, (source, target) in enumerate(TEXTS)
]


def seen(review):
    """Return everything that the rows show and that is counted."""
    rows = []
    for number in range(review.count):
        row = review.row(number)
        texts = review.pair(number), review.delivered(number)
        judged = row.verdict, row.doubt, row.crossed, row.earlier, review.is_confirmed(number)
        rows.append((texts, judged))
    return rows, review.doubtful().tolist(), review.confirmed(), review.unsettled()


def put_caret(window, dice, qtbot):
    """Put the caret somewhere in what is open, and sometimes type."""
    cell = window.desk.page.view._active
    if cell.editing:
        place = dice.randrange(len(cell.editor.text()) + 1)
        cell.editor.select(place, place)
        if dice.random() < 0.3:
            qtbot.keyClicks(cell.editor, "x")
    if cell.reading:
        place = dice.randrange(len(window.review.pair(cell.number).source_text) + 1)
        cell.reader.select(place, place)


@pytest.mark.parametrize("seed", range(3))
def test_random_repairs_are_all_there_again(qtbot, tmp_path, seed):
    dice = random.Random(seed)
    window = MainWindow(SETTINGS, IdleWorker())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    path = make_project(tmp_path, DOUBLED, confidence=[dice.random() for _ in DOUBLED])
    window.open_project(path)
    window.review.take(analysis(), window.review.revision)
    page = window.desk.page
    for _ in range(120):
        action = window.commands[dice.choice(COMMANDS)]
        if action.isEnabled():
            action.trigger()
        put_caret(window, dice, qtbot)
        if dice.random() < 0.1:
            page.view.set_current(dice.randrange(window.review.count), focus=True)
            page.filter_row._rows.setCurrentIndex(dice.randrange(7))
        if dice.random() < 0.2:
            window.desk.refresh()
            QApplication.processEvents()
        for finding in window.review.findings():
            assert finding in window.review.row(finding.pair).findings
    page.view.record_edit()
    before = seen(window.review)
    window.close()
    with closing(open_review(path, SETTINGS)) as review:
        assert seen(review) == before
        while review.undo_label:
            review.undo()
        pairs = map(review.pair, range(review.count))
        assert [(pair.source_text, pair.target_text) for pair in pairs] == DOUBLED
