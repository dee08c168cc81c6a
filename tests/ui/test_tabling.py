"""A table that came back: shown change by change, taken under a name or as one's own."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from review_sample import SETTINGS
from window_worker import ThreadWorker

from reviewer.review.documents.review_table import table_row
from reviewer.review.documents.table_import import COMMENT, STATUS, TEXT, Proposed, TableChanges
from reviewer.review.tasks.worker import serve
from reviewer.ui.dialogs.table_dialog import TableDialog
from reviewer.ui.saving import Saving
from reviewer.ui.tabling import Tabling

COMPARED = TableChanges(
    (
        Proposed(TEXT, 0, "Autre texte.", "Un texte."),
        Proposed(STATUS, 0, "Confirmed", "Open"),
        Proposed(COMMENT, 1, "Pourquoi ?", ""),
        Proposed(TEXT, 2, "Ancien.", "Nouveau.", before=True),
    ),
    ((7, "Gone."),),
    (3,),
    9,
)


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    yield window
    for dialog in window.findChildren(TableDialog):
        dialog.reject()


def rows(dialog):
    model, checked = dialog.model, Qt.ItemDataRole.CheckStateRole
    return [
        (
            *(model.index(row, column).data() for column in range(3)),
            model.index(row, 0).data(checked) == Qt.CheckState.Checked,
        )
        for row in range(model.rowCount())
    ]


def test_changes_are_ticked_but_for_what_stood_here_before(window, qtbot):
    dialog = TableDialog("back.xlsx", COMPARED, "fr", window)
    dialog.show()
    assert rows(dialog) == [
        ("1", "Autre texte.", "Un texte.", True),
        ("1", "Status: Confirmed", "Status: Open", True),
        ("2", "Comment: Pourquoi ?", "", True),
        ("3", "Ancien.", "Nouveau.", False),
    ]
    assert dialog.take.text() == "&Take 3 changes"
    sentences = dialog.sentences(COMPARED)
    assert sentences[1] == "1 pair locked in the file, left as they are."
    assert sentences[2] == "1 row without a pair, left out: 7: Gone."
    dialog.author.setText("  Client ")
    with qtbot.waitSignal(dialog.taken) as taken:
        dialog.take.click()
    assert taken.args == [COMPARED.proposed[:3], "Client"]


def test_a_cell_that_is_empty_is_not_ticked_and_that_is_told(window):
    emptying = (Proposed(TEXT, 0, "", "Un texte."), Proposed(COMMENT, 0, "Pourquoi ?", ""))
    compared = TableChanges(emptying, (), (), 0)
    dialog = TableDialog("back.xlsx", compared, "fr", window)
    dialog.show()
    assert rows(dialog) == [
        ("1", "(empty)", "Un texte.", False),
        ("1", "Comment: Pourquoi ?", "", True),
    ]
    assert dialog.sentences(compared) == ["What is empty in the table is not ticked."]
    dialog.choose_all()
    assert dialog.ticked == emptying


def test_a_name_and_enter_take_what_is_ticked(window, qtbot):
    dialog = TableDialog("back.xlsx", COMPARED, "fr", window)
    dialog.show()
    assert dialog.focusWidget() is dialog.author
    qtbot.keyClicks(dialog.author, "Client")
    with qtbot.waitSignal(dialog.taken) as taken:
        qtbot.keyClick(dialog.author, Qt.Key.Key_Return)
    assert taken.args == [COMPARED.proposed[:3], "Client"]


@pytest.fixture
def tabling(review, window):
    worker = ThreadWorker(serve=serve)
    made = Tabling(worker, SETTINGS, window)
    made.open(review)
    made.messages = []
    made.told.connect(made.messages.append)
    yield made
    made.open(None)
    worker.close()


def table(review, tmp_path, new):
    """Write a table in which the first target is another one."""
    rows = [table_row(review.pair(number), review.shown.rows) for number in range(review.count)]
    lines = ["#\tSource\tTarget\tStatus\tComments"]
    for number, row in enumerate(rows):
        cells = (str(row.number), row.source, new if not number else row.target, row.status, "")
        lines.append("\t".join(cells))
    path = tmp_path / "back.tsv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def taken(tabling, qtbot, path, name):
    tabling.look_at(path)
    qtbot.waitUntil(lambda: tabling.question.now is not None)
    tabling.question.now.author.setText(name)
    tabling.question.now.take.click()
    qtbot.waitUntil(lambda: tabling.messages != [])


def test_without_a_name_one_undo_takes_all_back(tabling, review, qtbot, tmp_path):
    before = review.pair(0).target_text
    taken(tabling, qtbot, table(review, tmp_path, "Un tout autre texte."), "")
    assert review.pair(0).target_text == "Un tout autre texte."
    assert tabling.messages[-1].text == "1 change taken from the table."
    review.undo()
    assert review.pair(0).target_text == before


def test_under_a_name_they_are_that_persons(tabling, review, qtbot, tmp_path):
    taken(tabling, qtbot, table(review, tmp_path, "Texte du client."), "Client")

    def came():
        review.saving.poll()
        return review.pair(0).target_text == "Texte du client."

    qtbot.waitUntil(came)
    (edit,) = [e for e in review.state.events() if e.kind == "edit" and "client" in e.body]
    assert edit.reviewer != bytes.fromhex(SETTINGS.reviewer_id)


@pytest.mark.parametrize("name", ["", "Client"])
def test_what_was_changed_meanwhile_is_left_out_and_told(tabling, review, qtbot, tmp_path, name):
    tabling.look_at(table(review, tmp_path, "Texte du client."))
    qtbot.waitUntil(lambda: tabling.question.now is not None)
    review.edit(0, "Texte du collègue.")
    tabling.question.now.author.setText(name)
    tabling.question.now.take.click()
    qtbot.waitUntil(lambda: tabling.messages != [])
    review.saving.poll()
    assert review.pair(0).target_text == "Texte du collègue."
    told = "0 changes taken from the table. 1 left out: the pairs were changed meanwhile."
    assert tabling.messages[-1].text == told


def test_where_the_project_cannot_be_written_nothing_is_taken(
    tabling, review, qtbot, tmp_path, monkeypatch
):
    tabling.look_at(table(review, tmp_path, "Texte du client."))
    qtbot.waitUntil(lambda: tabling.question.now is not None)
    monkeypatch.setattr(review.saving, "flush", lambda: False)
    tabling.question.now.author.setText("Client")
    tabling.question.now.take.click()
    assert "cannot be written now" in tabling.messages[-1].text


def test_a_table_that_changes_nothing_and_one_that_is_none_are_told(
    tabling, review, qtbot, tmp_path
):
    tabling.look_at(table(review, tmp_path, review.pair(0).target_text))
    qtbot.waitUntil(lambda: tabling.messages != [])
    assert "changes nothing" in tabling.messages[-1].text
    (tmp_path / "none.csv").write_text("one", "utf-8")
    tabling.look_at(tmp_path / "none.csv")
    qtbot.waitUntil(lambda: "no two columns" in tabling.messages[-1].text)
    assert tabling.question.now is None


@pytest.mark.parametrize("name", ["review.docx", "review.html", "terms.tbx"])
def test_the_review_and_its_terms_are_written_from_the_menu(review, window, qtbot, tmp_path, name):
    worker = ThreadWorker(serve=serve)
    saving = Saving(worker, window)
    told = []
    saving.told.connect(told.append)
    saving.open(review)
    write = partial(saving.export_to if name.endswith(".tbx") else saving.table_to)
    write(str(tmp_path / name))
    qtbot.waitUntil(lambda: told != [])
    if name == "terms.tbx":
        assert "no terms yet" in told[-1].text
    else:
        assert (tmp_path / name).stat().st_size > 500
        assert told[-1].text == f"The review was written: “{name}”."
    saving.open(None)
    worker.close()
