"""The window of a language that is written from right to left: Qt mirrors it."""

from collections import Counter

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QTreeView
from sample_rows import french

from reviewer.model import Kind
from reviewer.ui.panels.filter_row import Chip
from reviewer.ui.panels.findings_panel import FindingsPanel
from reviewer.ui.rows.grid import PairView


@pytest.fixture
def mirror(qapp):
    yield lambda: qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qapp.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)


def inked(widget, band=None):
    """Return how many columns of pixels hold ink in a band: texts over each other take fewer."""
    picture = widget.grab(band or widget.rect()).toImage()
    middle = range(picture.height() // 2 - 4, picture.height() // 2 + 4)
    columns = [[picture.pixel(x, y) for y in middle] for x in range(picture.width())]
    ground = Counter(colour for column in columns for colour in column).most_common(1)[0][0]
    return sum(any(colour != ground for colour in column) for column in columns)


def chip(_review):
    chip = Chip(Kind.OMISSION)
    chip.resize(chip.sizeHint())
    return chip, lambda: (chip, chip.rect())


def panel(review, row):
    panel = FindingsPanel()
    panel.resize(372, 600)
    panel.refresh(review, ())
    tree = panel.findChild(QTreeView)
    index = tree.model().index(0, 0)

    def band():
        place = tree.visualRect(index if row < 0 else tree.model().index(row, 0, index))
        place.setHeight(place.height() if row < 0 else place.height() // 2)
        return tree.viewport(), QRect(0, place.y(), tree.viewport().width(), place.height())

    return panel, band


def group(review):
    return panel(review, -1)


def finding(review):
    return panel(review, 0)


def head(_review):
    view = PairView()
    view.resize(700, 400)
    view.set_rows(french())
    return view, lambda: (view, QRect(0, 0, 700, 28))


@pytest.mark.parametrize("part", [chip, group, finding, head])
def test_nothing_is_drawn_over_something_else(qtbot, review, mirror, part):
    widget, band = part(review)
    qtbot.addWidget(widget)
    widget.show()
    straight = inked(*band())
    mirror()
    assert abs(inked(*band()) - straight) <= 3
