"""The History tab over a real review."""

import pytest
from pytestqt.modeltest import ModelTester

from reviewer.ui.history_panel import HistoryPanel, detail, sentence


@pytest.fixture
def panel(qtbot, review):
    review.confirm(0)
    review.edit(3, "Au moins 14 civils ont été blessés.")
    panel = HistoryPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_review(review)
    return panel


def lines(panel):
    return [panel.model.index(row).data() for row in range(panel.model.rowCount())]


def test_newest_comes_first(panel):
    assert lines(panel) == ["Changed to: Au moins 14 civils ont été blessés.", "Confirmed"]


def test_one_pair_alone(panel):
    panel.show_pair(0)
    panel._pair.setChecked(True)
    assert lines(panel) == ["Confirmed"]
    panel.show_pair(3)
    assert len(lines(panel)) == 1
    assert lines(panel)[0].startswith("Changed")


def test_what_was_taken_back_says_so(panel, review):
    review.undo()
    panel.refresh()
    line = review.history()[0]
    assert line.undone
    assert "taken back" in detail(line)
    assert sentence(line).startswith("Changed")


def test_a_line_leads_to_its_pair(panel, qtbot):
    with qtbot.waitSignal(panel.pair_chosen) as chosen:
        panel._list.activated.emit(panel.model.index(0))
    assert chosen.args == [3]


def test_a_hidden_tab_catches_up_when_it_is_shown(panel, review):
    panel.hide()
    review.reject(5)
    panel.refresh()
    panel.show()
    assert lines(panel)[0] == "Rejected"


def test_model_keeps_the_rules_of_qt(panel, qtbot):
    ModelTester(None).check(panel.model)
    assert not panel.grab().isNull()
