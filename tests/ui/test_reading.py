"""Large projects: the worker reads and checks them while the window stays usable."""

import pytest
from review_sample import SETTINGS, make_project
from window_worker import ThreadWorker

from reviewer.review import opening, worker
from reviewer.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot, monkeypatch):
    monkeypatch.setattr(opening, "LARGE", 0)
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
    assert window.review.flush()
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
    monkeypatch.setitem(worker._ANSWERS, worker.OpenRequest, damaged)
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
    first, second = make_project(tmp_path), make_project(tmp_path, name="other")
    leave(window, qtbot, first)
    window.open_project(first)
    assert window.stack.currentWidget() is window.arriving.page
    window.open_project(second)
    assert window.stack.currentWidget() is window.start_page
    with qtbot.waitSignal(window.reading.read):
        pass
    assert window.review.path == second
