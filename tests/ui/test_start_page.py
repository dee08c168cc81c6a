"""The ways into a review."""

from PySide6.QtWidgets import QPushButton, QWidget

from reviewer.ui.panels.start_page import DropOverlay, StartPage


def buttons(page):
    return {button.text(): button for button in page.findChildren(QPushButton)}


def test_the_three_ways_in(qtbot):
    page = StartPage()
    qtbot.addWidget(page)
    for text, signal in (
        ("Open files…", page.open_asked),
        ("Paste two texts", page.paste_asked),
        ("Try a sample", page.sample_asked),
    ):
        with qtbot.waitSignal(signal):
            buttons(page)[text].click()


def test_recent_projects_that_are_gone_are_left_out(qtbot, tmp_path):
    there = tmp_path / "konflik.bitext"
    there.write_text("")
    page = StartPage()
    qtbot.addWidget(page)
    page.show_recent([str(there), str(tmp_path / "gone.bitext")])
    recent = [button for button in buttons(page).values() if button.objectName()]
    assert [button.objectName() for button in recent] == [str(there)]
    with qtbot.waitSignal(page.recent_chosen) as chosen:
        recent[0].click()
    assert chosen.args == [str(there)]


def test_long_name_of_a_project_does_not_widen_the_page(qtbot, tmp_path):
    there = tmp_path / ("x" * 200 + ".bitext")
    there.write_text("")
    page = StartPage()
    qtbot.addWidget(page)
    page.show_recent([str(there)])
    page.resize(700, 500)
    page.show()
    assert page.minimumSizeHint().width() < 700
    assert not page.grab().isNull()


def test_veil_covers_the_window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    overlay = DropOverlay(window)
    window.show()
    overlay.show_over("Review these two texts")
    assert overlay.geometry() == window.rect()
    assert not window.grab().isNull()
