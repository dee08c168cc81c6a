"""Independent reviewers in the window: switched, blind, compared, and the pairs that differ."""

import csv
import os
from contextlib import closing, contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from review_sample import SETTINGS, add_documents, make_project
from window_worker import ThreadWorker

from reviewer.model import Verdict
from reviewer.review.tasks.opening import open_review
from reviewer.review.tasks.worker import serve
from reviewer.settings import Settings
from reviewer.ui.dialogs.agreement_dialog import AgreementDialog
from reviewer.ui.main_window import MainWindow
from reviewer.ui.panels.filter_row import Rows

BEN = Settings(reviewer_id="cd" * 16, reviewer_name="Ben")


@contextmanager
def as_ben(path, monkeypatch):
    """Give Ben's review of a project, opened on his own computer."""
    home = os.environ["XDG_DATA_HOME"]
    monkeypatch.setenv("XDG_DATA_HOME", str(path.parent / "ben"))
    with closing(open_review(path, BEN)) as review:
        monkeypatch.setenv("XDG_DATA_HOME", home)
        yield review
        assert review.saving.flush()


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    """Return the window on a project that Ben has reviewed, as independent reviewers do."""
    path = make_project(tmp_path)
    add_documents(path)
    with as_ben(path, monkeypatch) as ben:
        ben.settings.set_independent(on=True)
        ben.confirm(0)
        ben.confirm(1, "Un autre texte.")
        ben.reject(2)
        ben.confirm(3)
        ben.comment(3, "Vraiment ?")
        ben.open_document(1)
        ben.reject(1)
    window = MainWindow(SETTINGS, ThreadWorker(serve=serve))
    qtbot.addWidget(window)
    window.show()
    window.open_project(path)
    qtbot.waitUntil(lambda: window.review is not None)
    yield window
    window.close()


def compared(window, qtbot):
    window.commands["agreement"].trigger()
    comparing = window.desk.comparing
    qtbot.waitUntil(lambda: comparing.dialog is not None)
    return comparing.dialog


def rows(tree):
    items = map(tree.topLevelItem, range(tree.topLevelItemCount()))
    texts = [[item.text(column) for column in range(5)] for item in items]
    return [[text.strip("\u2066\u2069") for text in row] for row in texts]


def press(dialog, words):
    button = next(b for b in dialog.findChildren(QAbstractButton) if words in b.text())
    assert button.isEnabled()
    button.click()


def test_the_switch_is_in_the_menu_follows_undo_and_is_told(window, qtbot):
    action = window.commands["independent"]
    assert action.isChecked()
    qtbot.waitUntil(lambda: "Independent reviewers" in window.status._company.whole())
    action.trigger()
    assert not action.isChecked()
    assert not window.review.settings.independent
    assert window.review.row(2).verdict is Verdict.REJECTED
    qtbot.waitUntil(lambda: window.status._company.whole() == "")
    window.commands["undo"].trigger()
    window.desk.refresh()
    assert window.commands["independent"].isChecked()
    assert window.review.row(2).verdict is Verdict.OPEN
    window.close_review()
    assert not window.commands["independent"].isEnabled()


def test_a_colleague_who_switches_it_is_followed(window, qtbot, monkeypatch):
    with as_ben(window.review.path, monkeypatch) as ben:
        ben.settings.set_independent(on=False)
    qtbot.waitUntil(lambda: not window.commands["independent"].isChecked())
    qtbot.waitUntil(lambda: window.status.note == "Everybody’s decisions are shown again.")
    assert window.review.row(3).comments == 1


def test_nothing_is_called_a_disagreement(window):
    window.review.confirm(2)
    window.commands["disagreements"].trigger()
    assert window.status.note == "Reviewers are independent: “Agreement” compares them."
    assert not window.desk.page.disagreements.isVisible()
    window.commands["independent"].trigger()
    window.commands["disagreements"].trigger()
    assert list(window.desk.page._shown) == [2]


def test_only_pairs_that_one_judged_are_listed_and_the_rest_is_counted(window, qtbot):
    window.review.confirm(0)
    window.review.confirm(2)
    dialog = compared(window, qtbot)
    assert rows(dialog.pairs) == [["Ben – Ana", "2", "1 (50.0 %)", "0.00", "2"]]
    assert rows(dialog.apart) == [
        ["konflik-perbatasan.fr.txt", "3", "Rejected", "Confirmed", "the same"]
    ]
    assert "more" not in dialog.note.text()
    dialog.close()
    # What Ana confirmed before and opened again is not judged now.
    window.review.confirm(1)
    window.review.reopen(1)
    dialog = compared(window, qtbot)
    assert len(rows(dialog.apart)) == 1
    assert dialog.note.text() == "Listed once you have judged them: 1 more pair."
    dialog.close()


def test_it_leads_to_the_pairs_in_any_document(window, qtbot):
    window.review.confirm(1)
    window.commands["independent"].trigger()
    window.review.confirm(2)
    window.open_document(1)
    window.review.confirm(1)
    window.open_document(0)
    dialog = compared(window, qtbot)
    assert [row[1] for row in rows(dialog.apart)] == ["2", "3", "2"]
    page = window.desk.page
    press(dialog, "&Show")
    assert page.filter_row.rows is Rows.APART
    assert list(page._shown) == [1, 2]
    box = page.filter_row._rows
    assert box.itemText(box.findData(Rows.APART)) == "Judged differently (2)"
    last = dialog.apart.topLevelItem(2)
    dialog.apart.setCurrentItem(last)
    qtbot.keyClick(dialog.apart, Qt.Key.Key_Return)
    assert (window.review.document, page.current) == (1, 1)
    assert box.itemText(box.findData(Rows.APART)) == "Judged differently (1)"
    dialog.close()
    page.filter_row.choose_rows(Rows.APART)
    assert list(page._shown) == [1]
    window.commands["disagreements"].trigger()
    window.close_review()
    assert box.findData(Rows.APART) == -1


def test_it_leads_to_the_pair_whatever_number_that_has_by_then(window, qtbot):
    window.review.confirm(0)
    window.review.confirm(2)
    dialog = compared(window, qtbot)
    item = dialog.apart.topLevelItem(0)
    assert item.text(1) == "3"
    window.review.alignment.merge_with_next(0)
    dialog.apart.itemActivated.emit(item, 0)
    assert window.desk.page.current == 1
    dialog.close()


def test_the_report_is_saved(window, qtbot, tmp_path):
    window.review.confirm(0)
    window.review.confirm(2)
    dialog = compared(window, qtbot)
    press(dialog, "&report")
    asking = dialog.findChild(QFileDialog)
    out = tmp_path / "report.csv"
    asking.fileSelected.emit(str(out))
    asking.reject()
    table = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert [
        "konflik-perbatasan.fr.txt",
        "3",
        "Ben",
        "Rejected",
        "Ana",
        "Confirmed",
        "same",
    ] in table
    window.desk.comparing._save(str(tmp_path / "no folder" / "report.html"))
    assert any("report.html" in message.text for message in window.messages.shown())
    dialog.close()


def test_a_project_that_nobody_judged_says_so(qtbot, tmp_path):
    from reviewer.review.decisions.agreement import Agreements

    dialog = AgreementDialog(Agreements((), ()), [], [])
    qtbot.addWidget(dialog)
    assert dialog.judges.text() == "Nobody has judged a pair in this project."
    assert not dialog._save.isEnabled()
    assert not dialog._show.isEnabled()
