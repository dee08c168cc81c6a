"""A new version of the translation, taken in the window."""

import pytest
from PySide6.QtWidgets import QFileDialog
from review_sample import SETTINGS, TEXTS, make_project
from window_worker import ThreadWorker

from reviewer.model import Side
from reviewer.ui.main_window import MainWindow

LINES = [target for _, target in TEXTS]
NEW = [
    *LINES[:4],
    LINES[5],
    "Un titre de plus.",
    "Hier, " + LINES[6],
    *LINES[7:],
]


@pytest.fixture
def window(qtbot, tmp_path):
    window = MainWindow(SETTINGS, ThreadWorker())
    qtbot.addWidget(window)
    window.show()
    window.open_project(make_project(tmp_path))
    yield window
    window.close()


def take(window, qtbot, lines, side=Side.TARGET):
    file = window.review.path.parent / "neu.fr.txt"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    with qtbot.waitSignal(window.renewing.told) as told:
        window.renewing.take(file, side)
    return told.args[0]


def target_texts(window):
    return [window.review.pair(number).target_text for number in range(window.review.count)]


def test_a_new_version_is_taken_and_one_undo_brings_the_old_one_back(window, qtbot):
    review = window.review
    review.confirm(1)
    review.comment(4, "Gone.")
    review.comment(6, "Close.")
    before = target_texts(window)
    said = take(window, qtbot, NEW)
    assert "1 decision carried over" in said.text
    assert "1 decision on texts that changed a little" in said.text
    assert "1 decision on texts that are gone" in said.text
    assert window.windowTitle().startswith("neu.fr.txt")
    assert review.is_confirmed(1)
    # One's own new version is no news from elsewhere.
    assert "came" not in {message.about for message in window.messages.shown()}
    window.messages.chosen.emit("version", "without_row")
    history = window.desk.panel.history
    assert [line.words for line in history.model._lines] == [("Close.",), ("Gone.",)]
    window.commands["undo"].trigger()
    assert window.windowTitle().startswith("konflik-perbatasan.fr.txt")
    assert target_texts(window) == before
    window.commands["redo"].trigger()
    assert window.windowTitle().startswith("neu.fr.txt")


def test_proposals_are_looked_at_and_taken(window, qtbot):
    window.review.edit(6, "Ce jour, " + LINES[6])
    take(window, qtbot, NEW)
    number = next(n for n, t in enumerate(target_texts(window)) if "Hier" in t)
    window.messages.chosen.emit("version", "proposals")
    dialog = window.renewing.question.now
    assert not dialog.take.isEnabled()
    assert dialog.model.rowCount() == 1
    dialog.tree.activated.emit(dialog.model.index(0, 0))
    assert window.desk.page.current == number
    dialog.choose_all()
    dialog.take.click()
    assert "Ce jour" in target_texts(window)[number]
    window.commands["proposals"].trigger()
    assert window.renewing.question.now is None


def test_the_files_are_asked_for(window, qtbot):
    for name, title in (("new_target", "translation"), ("new_source", "source text")):
        window.commands[name].trigger()
        dialog = window.findChild(QFileDialog)
        assert title in dialog.windowTitle()
        dialog.reject()
        qtbot.waitUntil(lambda: window.findChild(QFileDialog) is None)


def test_what_is_no_new_version_is_told(window, qtbot):
    said = take(window, qtbot, [" "])
    assert "holds no text" in said.text
    assert window.windowTitle().startswith("konflik-perbatasan.fr.txt")


def test_another_document_that_is_open_by_then_is_left_alone(window, qtbot):
    from reviewer.review.tasks.renewing import Version

    with qtbot.waitSignal(window.renewing.told) as told:
        window.renewing._take(window.review, Version((b"x", b"y"), (b"x", b"z")))
    assert "was not taken" in told.args[0].text
