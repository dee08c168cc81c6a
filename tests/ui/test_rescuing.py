"""A damaged project in the window: told, verified, and what is whole brought back."""

import os
import shutil
from contextlib import closing

import pytest
from PySide6.QtWidgets import QPushButton
from review_sample import SETTINGS, make_project
from window_worker import ThreadWorker

from reviewer import store
from reviewer.review.tasks.opening import open_review
from reviewer.ui.main_window import MainWindow

PAGE = 4096


@pytest.fixture
def window(qtbot):
    window = MainWindow(SETTINGS, ThreadWorker())
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


@pytest.fixture
def project(tmp_path):
    path = make_project(tmp_path)
    review = open_review(path, SETTINGS)
    review.confirm(0)
    review.edit(3, "Au moins 14.")
    assert review.saving.flush()
    review.close()
    return path


def told(window, about):
    return next((m.text for m in window.messages.shown() if m.about == about), "")


def test_a_damaged_project_is_rescued_and_opened(window, qtbot, project, tmp_path):
    data = bytearray(project.read_bytes())
    data[:PAGE] = bytes(PAGE)
    project.write_bytes(data)
    window.open_project(project)
    assert "damaged" in told(window, "trouble")
    assert window.messages.bar("trouble").findChild(QPushButton, "rescue")
    window.rescuing.rescue_to(str(tmp_path / "rescued"))
    qtbot.waitUntil(lambda: window.review is not None)
    assert window.review.path == tmp_path / "rescued.bitext"
    assert window.review.is_confirmed(0)
    assert window.review.pair(3).target_text == "Au moins 14."
    assert "decisions" in told(window, "rescue")
    assert project.read_bytes() == data


def test_what_holds_nothing_says_so(window, qtbot, project, tmp_path):
    project.write_bytes(project.read_bytes()[: PAGE + 10])
    window.rescuing.offer(project, "It is damaged.")
    window.rescuing.rescue_to(str(tmp_path / "rescued.bitext"))
    qtbot.waitUntil(lambda: "nothing was made" in told(window, "rescue"))
    assert not (tmp_path / "rescued.bitext").exists()


def test_a_sound_project_is_said_to_be(window, qtbot, project):
    window.open_project(project)
    window.commands["verify"].trigger()
    qtbot.waitUntil(lambda: "is sound" in told(window, "rescue"))


# The file comes to harm while it is open


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be taken away there")
def test_the_work_goes_on_in_a_copy_when_the_file_is_gone(window, qtbot, project, tmp_path):
    window.open_project(project)
    project.unlink()
    window.review.confirm(5)
    qtbot.waitUntil(lambda: "kept on this computer" in told(window, "saving"))
    window.saving.copy_to(str(tmp_path / "copy"))
    assert told(window, "copy") == "A copy was saved as “copy.bitext”."
    window.messages.bar("copy").findChild(QPushButton, "open_written").click()
    assert window.review.path == tmp_path / "copy.bitext"
    assert all(map(window.review.is_confirmed, (0, 5)))
    window.review.confirm(6)
    assert window.review.saving.flush()
    window.close_review()
    assert store.verify(tmp_path / "copy.bitext").status == 0


def test_of_a_file_that_was_cut_off_the_decisions_are_rescued(window, qtbot, project, tmp_path):
    window.open_project(project)
    project.write_bytes(project.read_bytes()[: 4 * PAGE])
    window.review.confirm(5)
    qtbot.waitUntil(lambda: "damaged" in told(window, "saving"))
    window.saving.copy_to(str(tmp_path / "copy"))
    assert not (tmp_path / "copy.bitext").exists()
    assert window.messages.bar("trouble").findChild(QPushButton, "rescue")
    window.rescuing.rescue_to(str(tmp_path / "rescued.bitext"))
    qtbot.waitUntil(lambda: "decisions" in told(window, "rescue"))
    with closing(store.open_project(tmp_path / "rescued.bitext")) as rescued:
        assert sum(event.kind == "verdict" for event in rescued.events()) == 2


def test_what_was_put_back_is_told_once_it_is(project, tmp_path):
    old = shutil.copyfile(project, tmp_path / "old copy")
    with closing(open_review(project, SETTINGS)) as review:
        review.confirm(7)
        assert review.saving.flush()
    shutil.copyfile(old, project)
    with closing(open_review(project, SETTINGS)) as review:
        assert review.is_confirmed(7)
        assert review.saving.saved.notice is None
        assert review.saving.flush()
        assert review.saving.saved.notice.endswith("were added to it: 1.")
