"""Whatever a person does in whatever order, the view stays in step with itself."""

import random
from itertools import pairwise

import numpy as np
import pytest
import sample_rows
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reviewer.model import Side
from reviewer.ui.rows.editor_text import MARGIN
from reviewer.ui.rows.grid import PairView

KEYS = [
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete,
    Qt.Key.Key_A,
]


class Monkey:
    def __init__(self, view, rows, seed):
        self.view, self.rows, self.random = view, rows, random.Random(seed)
        view.edited.connect(self.take)

    def take(self, number, text):
        assert text.count("\n") == self.rows.texts[number][1].count("\n")
        self.rows.edit(number, text)
        self.view.rows_changed({number})

    def any_row(self):
        return self.random.randrange(self.rows.count)

    def scroll(self):
        self.view.scroll_by(self.random.choice([-4000, -700, -120, -7, 7, 120, 700, 4000]))

    def drag_bar(self):
        bar = self.view.verticalScrollBar()
        bar.setValue(self.random.randint(0, bar.maximum()))

    def go(self):
        self.view.set_current(self.any_row(), focus=self.random.random() < 0.5)

    def go_to_finding(self):
        self.view.go_to_finding(self.random.choice(self.rows.findings()))

    def press(self):
        target = self.view._active.editor if self.view.is_editing else self.view
        QTest.keyClick(target, self.random.choice(KEYS))

    def click(self):
        viewport = self.view.viewport()
        at = QPoint(
            self.random.randrange(viewport.width()), self.random.randrange(viewport.height())
        )
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)

    def filter(self):
        share = self.random.choice([0, 0.02, 0.4, 2])
        numbers = [n for n in range(self.rows.count) if self.random.random() < share]
        self.view.set_filter(None if share == 2 else np.array(numbers, np.int64))

    def resize(self):
        self.view.resize(self.random.choice([420, 800, 1200]), self.random.choice([90, 400, 700]))

    def zoom(self):
        self.view.set_zoom(self.random.choice([50, 100, 130]))

    def change(self):
        number = self.any_row()
        source, target = self.rows.texts[number]
        self.rows.texts[number] = (source, self.random.choice(["", target, target * 3, "🙂 x"]))
        self.rows.marked.pop(number, None)
        self.view.rows_changed(self.random.choice([{number}, None, set()]))

    def lose_rows(self):
        del self.rows.texts[-self.random.randint(1, 9) :]
        self.rows.marked = {n: f for n, f in self.rows.marked.items() if n < self.rows.count}
        self.view.rows_changed(None)

    def suggest(self):
        self.view.choose_suggestion(0)

    def check(self):
        view = self.view
        places = view.places
        for one, other in pairwise(places):
            assert (other.index, other.y) == (one.index + 1, one.bottom)
        height = view.viewport().height()
        if places:
            assert places[0].y <= 0
            assert places[-1].bottom >= height or places[0].index == places[0].y == 0
        assert len(view._anchored.heights) == view.count
        assert view.verticalScrollBar().value() == view._anchored.position
        assert (view.index_of(view.current) is not None) == (view.count > 0)
        place = view.place_of(view.current)
        if place is not None:
            number = view.number_at(place.index)
            assert place.height == view._active.row_height(view._shown[number])[1]
        if view.is_editing and place is not None:
            columns = view._shown.columns
            corner = view._active.editor.geometry().topLeft() + QPoint(MARGIN, MARGIN)
            assert corner == QPoint(columns.left(Side.TARGET), place.y + columns.pad)


@pytest.mark.parametrize("seed", range(6))
def test_the_view_stays_in_step(qtbot, seed):
    rows = sample_rows.many(120)
    view = PairView()
    qtbot.addWidget(view)
    view.set_rows(rows)
    view.show()
    monkey = Monkey(view, rows, seed)
    acts = [
        monkey.scroll,
        monkey.drag_bar,
        monkey.go,
        monkey.go_to_finding,
        monkey.press,
        monkey.press,
        monkey.click,
        monkey.filter,
        monkey.resize,
        monkey.zoom,
        monkey.change,
        monkey.lose_rows,
        monkey.suggest,
    ]
    for _ in range(90):
        act = monkey.random.choice(acts)
        act()
        QApplication.processEvents()
        monkey.check()
