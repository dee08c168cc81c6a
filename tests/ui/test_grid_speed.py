"""What the view may cost: counted, and in CPU time with room for slower machines."""

import time

import numpy as np
import pytest
import sample_rows
from PySide6.QtWidgets import QApplication

from reviewer.ui.rows.grid import PairView

ROWS = 100_000


@pytest.fixture
def view(qtbot):
    view = PairView()
    qtbot.addWidget(view)
    view.resize(1280, 800)
    view.set_rows(sample_rows.many(ROWS))
    view.show()
    QApplication.processEvents()
    return view


def cpu(act, times):
    """Return the median CPU milliseconds of an act and the painting after it."""
    taken = []
    for number in range(times):
        start = time.thread_time()
        act(number)
        QApplication.processEvents()
        taken.append((time.thread_time() - start) * 1000)
    return float(np.median(taken))


def test_opening_lays_out_what_is_seen_only(view):
    assert view._shown.built <= 2 * len(view.places)


def test_opening_asks_for_few_rows(qtbot):
    rows = sample_rows.many(ROWS)
    view = PairView()
    qtbot.addWidget(view)
    view.resize(1280, 800)
    view.set_rows(rows)
    assert rows.asked < 150


def test_scrolling_lays_out_what_comes_into_view(view):
    before, first = view._shown.built, view.places[0].index
    for _ in range(20):
        view.scroll_by(120)
    passed = view.places[-1].index - first
    assert view._shown.built - before <= passed + 4


def test_scrolling_back_lays_out_nothing(view):
    for delta in (300, 300, -300, 300, -300, -300):
        view.scroll_by(delta)
    before = view._shown.built
    for delta in (300, 300, -300, -300):
        view.scroll_by(delta)
    assert view._shown.built == before


def test_a_jump_lays_out_a_screen(view):
    view.set_current(70_000)
    before = view._shown.built
    view.set_current(30_000)
    assert view._shown.built - before <= 2 * len(view.places) + 4


def test_painting_lays_out_nothing(view):
    before = view._shown.built
    view.grab()
    assert view._shown.built == before


def test_a_frame_of_scrolling(view):
    assert cpu(lambda _: view.scroll_by(120), 30) < 12


def test_a_jump(view):
    assert cpu(lambda number: view.set_current(number * 7919 % ROWS), 20) < 25


def test_a_filter(view):
    few = np.arange(0, ROWS, 20)
    assert cpu(lambda number: view.set_filter(None if number % 2 else few), 10) < 30


def test_a_narrower_window(view):
    assert cpu(lambda number: view.resize(1280 - number % 5 * 13, 800), 10) < 40


def test_a_key(view):
    view.set_current(5, focus=True)
    view.edit_current()
    editor = view._active.editor
    assert cpu(lambda _: editor.insertPlainText("a"), 30) < 10
    editor.insertPlainText("un mot " * 280)
    assert cpu(lambda _: editor.insertPlainText("a"), 15) < 20
