"""The beginning of a large file stands in the window while the rest is read."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from review_sample import SETTINGS
from window_worker import ThreadWorker

from reviewer.model import Pair, Segment
from reviewer.review.tasks.requests import Failed, FirstPairs, Progress, Stopped
from reviewer.ui.look.controls import Button
from reviewer.ui.main_window import MainWindow


def serve(connection, cancel, writing):
    """Show a beginning, and read on until it is told to stop; “broken” is damaged further on."""
    while (message := connection.recv()) is not None:
        job, request = message
        pairs = tuple(
            Pair(n, (Segment(n, n, 0, 8, f"Boat {n:3}"),), (Segment(n, n, 0, 6, "Bateau"),))
            for n in range(60)
        )
        connection.send(FirstPairs(job, pairs, ("en", "fr")))
        connection.send(Progress(job, "Reading", 4, 100))
        if request.request.source.path.stem == "broken":
            connection.send(Failed(job, "It is damaged."))
        else:
            cancel.wait()
            connection.send(Stopped(job))


@pytest.fixture
def window(qtbot):
    window = MainWindow(SETTINGS, ThreadWorker(serve=serve))
    qtbot.addWidget(window)
    window.show()
    with closing(window.worker):
        yield window


def read(window, qtbot, path):
    with qtbot.waitSignal(window.opening.importing.first_read):
        window.opening.open_paths([path])
    return window.arriving.page


def test_the_beginning_can_be_read_until_the_work_is_cancelled(window, qtbot, tmp_path):
    page = read(window, qtbot, tmp_path / "large.xlf")
    assert window.stack.currentWidget() is page
    assert "large.xlf" in page._told.text()
    assert page._rows.count == 60
    assert not page.grab().toImage().isNull()
    assert "Boat   0" in page._rows.spoken(0)
    assert QAccessible.queryAccessibleInterface(page._rows).childCount() > 3
    before = page._rows.places[0].index
    qtbot.keyClick(page._rows, Qt.Key.Key_PageDown)
    assert page._rows.places[0].index > before
    cancel = next(b for b in window.status.findChildren(Button) if b.text() == "Cancel")
    qtbot.waitUntil(cancel.isVisible)
    with qtbot.waitSignal(window.opening.importing.ended):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.start_page


def test_a_file_that_is_damaged_further_on_leaves_the_start_page(window, qtbot, tmp_path):
    with qtbot.waitSignal(window.opening.importing.ended):
        window.opening.open_paths([tmp_path / "broken.xlf"])
    assert window.stack.currentWidget() is window.start_page
    assert "It is damaged." in {message.text for message in window.messages.shown()}
