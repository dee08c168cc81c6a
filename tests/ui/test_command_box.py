"""The box at the top, by keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow, QVBoxLayout, QWidget

from reviewer.ui.actions import Actions
from reviewer.ui.command_box import CommandBox, What


@pytest.fixture
def box(qtbot, review):
    window = QMainWindow()
    actions = Actions(window)
    actions.fill_menu_bar(window.menuBar())
    actions.set_open(opened=True)
    centre = QWidget()
    column = QVBoxLayout(centre)
    box = CommandBox(actions)
    box.other = QLineEdit()
    column.addWidget(box)
    column.addWidget(box.other)
    column.addStretch(1)
    window.setCentralWidget(centre)
    window.resize(900, 600)
    box.show_review(review)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    box.other.setFocus()
    yield box
    window.close()


def typed(box, text):
    box.open_with("")
    box.setText(text)
    return box.offers()


def test_number_goes_to_a_pair(box, qtbot):
    assert [(offer.what, offer.number) for offer in typed(box, "#12")] == [(What.GO, 11)]
    with qtbot.waitSignal(box.pair_chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == [11, None]
    assert box.text() == ""
    assert box.other.hasFocus()


def test_number_beyond_the_end_offers_nothing(box):
    assert typed(box, "#99") == ()
    assert typed(box, "#0") == ()


def test_text_is_found(box, qtbot):
    offers = typed(box, "Palang")
    assert offers[0].what is What.FIND
    assert [offer.number for offer in offers if offer.what is What.GO] == [9, 13]
    box.open_with("Palang")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.pair_chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    number, span = chosen.args
    assert (number, span.start, span.end) == (9, 0, 6)


def test_first_offer_opens_the_find_bar(box, qtbot):
    box.open_with("Palang")
    with qtbot.waitSignal(box.find_asked) as asked:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert asked.args == ["Palang"]


def test_command_is_run(box, qtbot):
    names = [offer.command for offer in typed(box, ">unify")]
    assert names == ["unify"]
    box.open_with(">check")
    with qtbot.waitSignal(box.command_chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == ["check"]


def test_typing_opens_the_list_after_a_pause(box, qtbot):
    box.open_with("")
    qtbot.keyClicks(box, "paix")
    qtbot.waitUntil(lambda: box._list is not None and box._list.isVisible())
    assert box.window().rect().contains(box._list.geometry())
    assert not box.window().grab().isNull()


def test_escape_gives_the_keyboard_back(box, qtbot):
    box.open_with(">")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.other.hasFocus()
    assert box._list.isHidden()


def test_without_a_review_commands_are_still_there(box):
    box.show_review(None)
    assert typed(box, "#1") == ()
    assert "open" in [offer.command for offer in typed(box, ">open")]


def test_one_place_is_one_place(box):
    assert typed(box, "Croix")[0].text == "Find “Croix”: 1 place"
    assert typed(box, "soldats")[0].text == "Find “soldats”: 2 places"


def test_a_command_stands_before_what_is_nowhere_in_the_texts(box):
    assert [offer.what for offer in typed(box, "termbase")] == [What.RUN, What.RUN, What.FIND]
    assert typed(box, "qwerty")[0].what is What.FIND


def test_the_dots_of_a_menu_do_not_hide_its_command(box):
    assert [offer.command for offer in typed(box, "Termbase...")][:1] == ["termbase"]
    assert [offer.command for offer in typed(box, "> Checks…")] == ["checks"]


def test_a_command_that_is_called_so_comes_first(box):
    names = [offer.command for offer in typed(box, "termbase") if offer.what is What.RUN]
    assert names[:2] == ["termbase", "add_term"]
