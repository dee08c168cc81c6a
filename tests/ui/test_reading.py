"""Large projects: the worker reads and checks them while the window stays usable."""

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from review_sample import SETTINGS, TEXTS, make_project
from window_worker import ThreadWorker

from reviewer import store
from reviewer.review.tasks import large, worker
from reviewer.review.tasks.opening import open_review
from reviewer.settings import Settings
from reviewer.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(large, "LARGE", 0)
    window = MainWindow(SETTINGS, ThreadWorker(serve=worker.serve))
    window.checking.check = lambda: None
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


def test_a_large_project_is_read_by_the_worker_and_can_be_edited(window, qtbot, tmp_path):
    path = make_project(tmp_path)
    window.open_project(path)
    assert window.review is None
    with qtbot.waitSignal(window.reading.read):
        pass
    assert window.review.path == path
    assert window.stack.currentWidget() is window.desk
    window.review.edit(0, "Un autre texte.")
    window.review.confirm(1)
    assert window.review.saving.flush()
    window.open_project(path)
    with qtbot.waitSignal(window.reading.read):
        pass
    assert window.review.pair(0).target_text == "Un autre texte."
    assert window.review.is_confirmed(1)


def test_what_is_open_stays_until_the_next_one_is_read(window, qtbot, tmp_path):
    first, second = make_project(tmp_path), make_project(tmp_path, name="other")
    window.open_project(first)
    with qtbot.waitSignal(window.reading.read):
        pass
    window.open_project(second)
    assert window.review.path == first
    window.review.edit(0, "Jusqu'au bout.")
    with qtbot.waitSignal(window.reading.read):
        pass
    assert window.review.path == second


def test_only_the_last_of_two_is_opened(window, qtbot, tmp_path):
    first, second = make_project(tmp_path), make_project(tmp_path, name="other")
    window.open_project(first)
    window.open_project(second)
    with qtbot.waitSignal(window.worker.idle):
        pass
    assert window.review.path == second


def test_reading_can_be_cancelled(window, qtbot, tmp_path):
    window.open_project(make_project(tmp_path))
    with qtbot.waitSignal(window.reading.stopped):
        window.reading._job.cancel()
    assert not window.reading.busy
    assert window.review is None
    assert window.messages.shown() == ()


@pytest.mark.parametrize("damage", ["text", "gone"])
def test_what_cannot_be_opened_is_told(window, qtbot, tmp_path, damage):
    path = make_project(tmp_path)
    data = path.read_bytes()
    if damage == "text":
        path.write_bytes(data.replace(b"Ratusan", b"Ratusam"))
    window.open_project(path)
    if damage == "gone":
        path.unlink()
    with qtbot.waitSignal(window.worker.idle):
        pass
    assert window.review is None
    (message,) = window.messages.shown()
    assert path.name in message.text
    assert bool(message.actions) == (damage == "text")


def leave(window, qtbot, path):
    """Open a project, work in it, and close it."""
    window.open_project(path)
    with qtbot.waitSignal(window.reading.read):
        pass
    window.review.edit(8, "Un autre texte.")
    window.review.confirm(9)
    window.desk.page.show_pair(8)
    window.close_review()


def test_the_page_where_one_left_is_shown_at_once(window, qtbot, tmp_path):
    path = make_project(tmp_path)
    leave(window, qtbot, path)
    window.open_project(path)
    page = window.stack.currentWidget()
    assert page is window.arriving.page
    assert path.name in page._told.text()
    assert "Un autre texte." in page._rows.spoken(8)
    assert "confirmed" in page._rows.spoken(9)
    assert page._rows.place_of(8) is not None
    assert not page.grab().toImage().isNull()
    with qtbot.waitSignal(window.reading.read):
        pass
    assert window.stack.currentWidget() is window.desk
    assert window.desk.page.current == 8


def test_the_page_goes_when_the_file_is_not_whole(window, qtbot, tmp_path, monkeypatch):
    path = make_project(tmp_path)
    leave(window, qtbot, path)
    monkeypatch.setattr(worker, "read", damaged)
    window.open_project(path)
    assert window.stack.currentWidget() is window.arriving.page
    with qtbot.waitSignal(window.reading.stopped):
        pass
    assert window.stack.currentWidget() is window.start_page
    assert window.messages.shown()


def damaged(request, watch):
    return worker.Unread(request.project, "It is damaged.")


def test_the_page_goes_when_reading_is_cancelled(window, qtbot, tmp_path):
    path = make_project(tmp_path)
    leave(window, qtbot, path)
    window.open_project(path)
    with qtbot.waitSignal(window.reading.stopped):
        window.reading._job.cancel()
    assert window.stack.currentWidget() is window.start_page


def test_the_page_of_one_goes_when_another_is_opened(window, qtbot, tmp_path):
    first, second = make_project(tmp_path), make_project(tmp_path, TEXTS[:3], name="other")
    leave(window, qtbot, first)
    window.open_project(first)
    assert window.stack.currentWidget() is window.arriving.page
    window.open_project(second)
    assert not window.arriving.page._rows.isVisible()
    assert second.name in window.arriving.page._told.text()
    with qtbot.waitSignal(window.reading.read):
        pass
    assert window.review.path == second


def test_what_cannot_be_shown_before_it_is_checked_is_named(window, qtbot, tmp_path):
    path = make_project(tmp_path)
    window.activateWindow()
    window.start_page.setFocus()
    window.open_project(path)
    page = window.stack.currentWidget()
    assert page is window.arriving.page
    assert path.name in page._told.text()
    assert not page._rows.isVisible()
    assert page.hasFocus()
    assert not page.grab().toImage().isNull()
    with qtbot.waitSignal(window.reading.stopped):
        window.reading._job.cancel()
    assert window.stack.currentWidget() is window.start_page


def shown_at_once(window, path):
    """Open a project; return the page that stands before the worker has read it."""
    window.open_project(path)
    page = window.stack.currentWidget()
    assert page is window.arriving.page
    return page


def test_the_page_is_known_after_an_import(window, qtbot, tmp_path):
    source, target = tmp_path / "kapal.en.txt", tmp_path / "kapal.fr.txt"
    source.write_text("The boat lies in the harbour.\n\nNobody was on board.\n")
    target.write_text("Le bateau est au port.\n\nPersonne n'était à bord.\n")
    window.opening.open_paths([source, target])
    with qtbot.waitSignal(window.reading.read, timeout=20_000):
        pass
    path = window.review.path
    window.close_review()
    assert "Nobody was on board." in shown_at_once(window, path)._rows.spoken(1)


def test_the_page_is_known_after_a_merge(window, qtbot, tmp_path, monkeypatch):
    path = make_project(tmp_path)
    other = with_a_decision_of_ben(path, "De Ben.", monkeypatch)
    leave(window, qtbot, path)
    window.open_project(path)
    with qtbot.waitSignal(window.reading.read):
        pass
    window.loading.look_at([other])
    qtbot.waitUntil(lambda: window.loading.question.now is not None)
    window.loading.question.now.add.click()
    qtbot.waitUntil(lambda: window.review.pair(7).target_text == "De Ben.")
    window.close_review()
    assert "De Ben." in shown_at_once(window, path)._rows.spoken(7)


def test_the_page_is_known_after_another_program_merged(window, qtbot, tmp_path, monkeypatch):
    path = make_project(tmp_path)
    leave(window, qtbot, path)
    other = with_a_decision_of_ben(path, "De Ben.", monkeypatch)
    store.merge(path, [other], reviewer=b"c" * 16)
    page = shown_at_once(window, path)
    assert "De Ben." in page._rows.spoken(7)
    assert "Un autre texte." in page._rows.spoken(8)


def with_a_decision_of_ben(path, text, monkeypatch):
    """Return a copy of a project in which Ben changed a pair, on his own computer."""
    other = Path(shutil.copyfile(path, path.with_name("ben.bitext")))
    with monkeypatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(path.with_name("ben")))
        with closing(open_review(other, Settings("cd" * 16, "Ben"))) as review:
            review.edit(7, text)
            assert review.saving.flush()
    return other


def test_the_page_is_painted_before_the_rest_is_loaded():
    """What is imported for the page, and to ask the worker for the project."""
    code = (
        "import sys, reviewer.ui.reading, reviewer.ui.panels.first_rows;"
        "import reviewer.review.tasks.last_page;"
        "print([m for m in ('formats', 'checks', 'align', 'terms', 'review.tasks.requests')"
        " if f'reviewer.{m}' in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert found.stdout.strip() == "[]", found.stderr
