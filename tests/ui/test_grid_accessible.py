import numpy as np
import pytest
import sample_rows
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible

from reviewer.model import Verdict
from reviewer.ui.rows.grid import PairView


@pytest.fixture
def view(qtbot):
    view = PairView()
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.set_rows(sample_rows.french())
    view.show()
    return view


def interface(view):
    return QAccessible.queryAccessibleInterface(view)


def name(view, index):
    return interface(view).child(index).text(QAccessible.Text.Name)


def test_the_rows_in_view_are_its_children(view):
    assert interface(view).role() == QAccessible.Role.List
    assert interface(view).childCount() == len(view.places) > 4


def test_a_row_is_told_as_a_sentence(view):
    source, target = sample_rows.FRENCH[1]
    assert name(view, 1) == f"row 2, source: {source}, translation: {target}, Untranslated"


def test_verdict_and_remarks_are_told(view):
    view._rows.verdicts[0] = Verdict.CONFIRMED
    view._rows.remarks[0] = (sample_rows.Remark("x", "y"),)
    assert name(view, 0).endswith(", confirmed, with remarks")


def test_the_current_row_is_selected(view):
    view.set_current(2)
    states = [interface(view).child(n).state() for n in range(4)]
    assert [state.selected for state in states] == [0, 0, 1, 0]
    assert interface(view).focusChild().text(QAccessible.Text.Name) == name(view, 2)


def test_rows_are_where_they_are_seen(view):
    rect = interface(view).child(1).rect()
    place = view.place_of(1)
    assert rect.height() == place.height
    assert rect.topLeft() == view.viewport().mapToGlobal(QPoint(0, place.y))


def test_the_filter_counts(view):
    view.set_filter(np.array([3, 5]))
    assert interface(view).childCount() == 2
    assert name(view, 1).startswith("row 6,")
    assert interface(view).child(7) is None


def test_a_row_knows_its_place_and_its_parent(view):
    row = interface(view).child(3)
    assert interface(view).indexOfChild(row) == 3
    assert row.parent().role() == QAccessible.Role.List
    assert row.childCount() == 0
    assert row.isValid()


def test_the_editor_has_a_name(view):
    view.set_current(4)
    view.edit_current()
    assert view._active.editor.accessibleName() == "Translation of pair 5"


def test_codes_are_not_spoken(qtbot):
    view = PairView()
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.set_rows(sample_rows.with_codes())
    view.show()
    assert "translation: Appuyez sur OK." in name(view, 0)
