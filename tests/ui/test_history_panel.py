"""The History tab over a real review."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from review_sample import SETTINGS, add_documents, make_project, open_sample

from reviewer.model import Draft
from reviewer.review.tasks.opening import open_review
from reviewer.ui.dialogs.then_dialog import ThenDialog
from reviewer.ui.dialogs.ticked_dialog import TickedModel
from reviewer.ui.panels.history_panel import HistoryPanel, detail, sentence

CHECKED = Qt.ItemDataRole.CheckStateRole


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


def test_accepted_words_are_named(panel, review):
    review.words.accept(["Troupees"])
    review.words.drop(review.words.accepted())
    panel.refresh()
    assert lines(panel)[:2] == [
        "Took the word “troupees” off the list",
        "Accepted the word “troupees”",
    ]


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
    line = review.past.lines()[0]
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


def test_decisions_without_a_row_are_kept_in_a_tray(qtbot, tmp_path):
    review = open_sample(tmp_path)
    panel = HistoryPanel()
    qtbot.addWidget(panel)
    panel.show_review(review)
    panel.show()
    assert panel._tray.isHidden()
    body = {"text": "Du passé.", "anchor": [0, 1, 0, 1]}
    review.record([Draft("comment", b"x" * 16, body)], None)
    panel.refresh()
    assert panel._tray.text() == "Without a row (1)"
    panel._tray.click()
    assert [sentence(line) for line in panel.model._lines] == ["Comment: Du passé."]
    review.undo()
    panel.refresh()
    assert panel._tray.isHidden()
    review.close()


def test_a_decision_on_another_document_of_the_project_has_its_row_there(qtbot, tmp_path):
    path = make_project(tmp_path)
    add_documents(path)
    review = open_review(path, SETTINGS)
    review.open_document(1)
    review.comment(2, "Là-bas.")
    review.open_document(0)
    assert review.past.without_row() == ()
    review.close()


def test_a_change_of_the_alignment_that_does_not_stand_says_so(qtbot, tmp_path):
    review = open_sample(tmp_path)
    gone = {"align_id": review.columns.delivered.align_id.hex(), "parents": []}
    places = {"remove": [[0, 2, 0, 2]], "add": [[0, 1, 0, 1], [1, 2, 1, 2]]}
    review.record([Draft("align.edit", None, gone | places)], None)
    assert "another change" in detail(review.past.lines()[0])
    review.close()


def test_a_text_is_shown_in_full_and_taken_back(panel, review, qtbot):
    review.edit(3, "Au moins quatorze civils ont été blessés.")
    panel.refresh()
    panel._list.setCurrentIndex(panel.model.index(1))
    assert panel._detail.isVisible()
    assert "<u style" in panel._full.text()
    with qtbot.waitSignal(panel.again_asked) as asked:
        panel._again.click()
    review.past.say_again(asked.args[0].event)
    assert review.pair(3).target_text == "Au moins 14 civils ont été blessés."


def test_the_document_as_it_was_is_looked_at_and_taken_back(panel, review, qtbot):
    review.edit(3, "Un.")
    review.edit(4, "Deux.")
    panel.refresh()
    line = review.past.lines()[2]
    dialog = ThenDialog(review, line)
    qtbot.addWidget(dialog)
    model = dialog.model
    assert [model.index(n, 0).data() for n in range(model.rowCount())] == ["4", "5"]
    assert not dialog.take.isEnabled()
    dialog.choose_all()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.take.click()
    review.past.take_texts(chosen.args[0])
    assert review.pair(3).target_text == "Au moins 14 civils ont été blessés."
    assert review.pair(4).target_text == review.delivered(4)


def test_of_many_texts_of_then_some_rows_are_made_and_all_are_ticked(panel, review, monkeypatch):
    monkeypatch.setattr("reviewer.ui.dialogs.ticked_dialog._AT_ONCE", 2)
    for number in range(3, 8):
        review.edit(number, "Un.")
    looking = review.past.look_back(review.past.lines()[5].event)
    assert looking.run()
    model, root = TickedModel(lambda text: (text.then, text.now), panel), QModelIndex()
    model.show(looking)
    assert model.rowCount() == 2
    model.tick()
    assert model.ticked_count == 5
    model.fetchMore(root)
    assert (model.rowCount(), model.canFetchMore(root)) == (4, True)
    model.fetchMore(root)
    assert (model.rowCount(), model.canFetchMore(root)) == (5, False)
    assert model.setData(model.index(4, 0), Qt.CheckState.Unchecked.value, CHECKED)
    assert [model.text(row).number for row in model.ticked] == [3, 4, 5, 6]


def test_nothing_of_a_document_is_taken_for_markup(panel, review):
    review.edit(3, "<b>Un</b> <img src=x>")
    panel.refresh()
    panel._list.setCurrentIndex(panel.model.index(0))
    assert "&lt;img src=x&gt;" in panel._full.text()


def test_a_long_history_is_read_as_far_as_one_scrolls(panel, review, qtbot):
    for number in range(250):
        review.edit(2, f"Le numéro {number}.")
    panel.resize(300, 500)
    panel.refresh()
    assert panel.model.rowCount() == 200
    assert lines(panel)[0] == "Changed to: Le numéro 249."
    panel._list.scrollToBottom()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 252)
    assert lines(panel)[-1] == "Confirmed"
    assert not panel.model.canFetchMore(panel.model.index(-1, 0))
    chosen = panel.model.index(251)
    panel._list.setCurrentIndex(chosen)
    review.edit(2, "Encore un.")
    panel.refresh()
    assert panel._list.currentIndex().data() == "Confirmed"
    assert panel._list.currentIndex().row() == 252
