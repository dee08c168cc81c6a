"""Repairing an alignment in the window, by keyboard and mouse."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication
from review_sample import SETTINGS, TEXTS, analysis, make_project
from window_worker import IdleWorker

from reviewer.model import Finding, Kind, Side, Verdict
from reviewer.review.checking.moved import moved_findings
from reviewer.review.checking.pipeline import Analysis
from reviewer.ui.main_window import MainWindow
from reviewer.ui.pair_menu import pair_menu
from reviewer.ui.panels.filter_row import Rows

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
SURE = [0.99] * len(TEXTS)


@pytest.fixture
def opened(qtbot, tmp_path):
    """Return a window with the sample open, pairs 3 and 6 doubtful and 9 not quite sure."""
    confidence = [*SURE]
    confidence[2], confidence[5], confidence[8] = 0.4, 0.5, 0.8
    window = MainWindow(SETTINGS, IdleWorker())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.open_project(make_project(tmp_path, confidence=confidence))
    window.review.take(analysis(), window.review.revision)
    window.desk.refresh()
    yield window
    window.close()


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def texts(window, *numbers):
    pairs = map(window.review.pair, numbers)
    return [(pair.source_text, pair.target_text) for pair in pairs]


def told(window):
    return window.status.note


# Doubtful pairs


def test_doubtful_pairs_are_walked_through_and_around(opened, qtbot):
    page = opened.desk.page
    seen = []
    for key, modifier in [(Qt.Key.Key_F7, SHIFT)] + [(Qt.Key.Key_F7, Qt.KeyboardModifier(0))] * 3:
        press(qtbot, key, modifier)
        seen.append(page.current)
    assert seen == [5, 2, 5, 2]
    assert "Back at the first" in told(opened)


def choose_rows(window, rows):
    box = window.desk.page.filter_row._rows
    box.setCurrentIndex(box.findData(rows))


def test_doubtful_pairs_are_walked_through_within_the_filter(opened, qtbot):
    page = opened.desk.page
    opened.review.comment(5, "Hm.")
    opened.review.comment(7, "Hm.")
    opened.desk.refresh()
    page.show_pair(7, focus=True)
    choose_rows(opened, Rows.COMMENTED)
    seen = []
    for _ in range(2):
        press(qtbot, Qt.Key.Key_F7)
        seen.append(page.current)
    assert seen == [5, 5]
    assert page.filter_row.restricts
    assert "Back at the first" in told(opened)


def test_that_no_pair_shown_is_doubtful_is_told(opened, qtbot):
    page = opened.desk.page
    page.show_pair(7, focus=True)
    opened.review.comment(7, "Hm.")
    opened.desk.refresh()
    choose_rows(opened, Rows.COMMENTED)
    press(qtbot, Qt.Key.Key_F7)
    assert (page.current, told(opened)) == (7, "None of the pairs shown is doubtful.")
    press(qtbot, Qt.Key.Key_F7, CONTROL)
    assert (page.current, told(opened)) == (7, "All pairs shown are 1-1.")
    assert page.filter_row.restricts


def test_a_confirmed_pair_is_not_doubtful(opened, qtbot):
    opened.review.confirm(2)
    press(qtbot, Qt.Key.Key_F7)
    assert opened.desk.page.current == 5
    opened.review.reject(2)
    assert opened.review.doubtful().tolist() == [2, 5]


def test_a_pair_that_a_person_made_is_not_doubtful(opened, qtbot):
    opened.review.alignment.merge_with_next(2)
    assert opened.review.doubtful().tolist() == [4]


def test_doubts_are_told_in_words(opened, qtbot):
    press(qtbot, Qt.Key.Key_F7)
    view = opened.desk.page.view
    assert "may not belong together" in view._active.strip.hint.notes[0].text
    assert "may not belong together" in view.spoken(2)
    assert "not quite sure" in view.spoken(8)
    assert "sure" not in view.spoken(0)
    place = view.place_of(2)
    assert "may not belong" in view._tip(QPoint(view._shown.columns.divider, place.y + 5))


def test_a_doubt_stands_alone_where_nothing_was_found(opened):
    page = opened.desk.page
    number = next(n for n in (2, 5) if not opened.review.row(n).findings)
    page.show_pair(number, focus=True)
    strip = page.view._active.strip
    shown = [child for child in strip.children() if child.isVisible()]
    assert [child.text() for child in shown] == ["These two may not belong together."]


def test_doubtful_pairs_are_counted_and_can_be_left_alone_on_the_screen(opened):
    page = opened.desk.page
    row = page.filter_row._rows
    at = row.findData(Rows.DOUBTFUL)
    assert row.itemText(at) == "Doubtful pairs (2)"
    page.view.set_current(2)
    row.setCurrentIndex(at)
    assert [page.view.number_at(n) for n in range(page.view.count)] == [2, 5]
    opened.review.confirm(5)
    opened.desk.refresh()
    assert page.view.count == 1
    assert row.itemText(at) == "Doubtful pairs (1)"


def test_the_overview_ticks_doubtful_pairs_and_a_click_goes_there(opened, qtbot):
    view = opened.desk.page.view
    view._show_marks()
    assert view._ruler._doubts.tolist() == [2, 5]
    row = view._ruler._row_at(float(view._ruler._pixels(view._ruler._doubt_tops)[1]))
    assert row == 5


def test_pairs_that_are_not_one_to_one_are_walked_through(opened, qtbot):
    press(qtbot, Qt.Key.Key_F7, CONTROL)
    assert "All pairs are 1-1" in told(opened)
    opened.review.alignment.merge_with_next(4)
    press(qtbot, Qt.Key.Key_F7, CONTROL)
    assert opened.desk.page.current == 4


# Repair


def test_split_at_the_caret_of_the_translation(opened, qtbot):
    view = opened.desk.page.view
    press(qtbot, Qt.Key.Key_F2)
    view._active.editor.select(31, 31)
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert texts(opened, 0, 1) == [
        (TEXTS[0][0], TEXTS[0][1][:31].rstrip()),
        ("", TEXTS[0][1][31:].lstrip()),
    ]
    assert view.current == 0
    press(qtbot, Qt.Key.Key_Escape)
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert texts(opened, 0) == [TEXTS[0]]


def test_split_at_the_carets_of_both_sides(opened, qtbot):
    view = opened.desk.page.view
    press(qtbot, Qt.Key.Key_F2)
    view._active.editor.select(31, 31)
    press(qtbot, Qt.Key.Key_F2, SHIFT)
    assert not view.is_editing
    assert view._active.reader.hasFocus()
    for _ in range(3):
        press(qtbot, Qt.Key.Key_Right, CONTROL)
    cut = view._active.reader.selected_range()[0]
    assert TEXTS[0][0][:cut] == "Pasukan penjaga perdamaian "
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert texts(opened, 0, 1) == [
        ("Pasukan penjaga perdamaian", TEXTS[0][1][:31].rstrip()),
        ("PBB tiba di desa itu pada Selasa pagi.", TEXTS[0][1][31:].lstrip()),
    ]


def test_esc_forgets_the_carets(opened, qtbot):
    view = opened.desk.page.view
    press(qtbot, Qt.Key.Key_F2)
    view._active.editor.select(31, 31)
    press(qtbot, Qt.Key.Key_F2, SHIFT)
    view._active.reader.select(8, 8)
    press(qtbot, Qt.Key.Key_Escape)
    assert view.hasFocus()
    assert view.hand.cuts() == (None, None)
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert texts(opened, 0) == [TEXTS[0]]


def test_a_split_takes_the_carets_with_it(opened, qtbot):
    view = opened.desk.page.view
    press(qtbot, Qt.Key.Key_F2, SHIFT)
    view._active.reader.select(8, 8)
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert texts(opened, 0)[0][0] == "Pasukan"
    assert view.hand.cuts() == (None, None)


def test_esc_forgets_a_caret_that_was_clicked_into_the_source(opened, qtbot):
    view = opened.desk.page.view
    view.hand.keep_cut(Side.SOURCE, 8)
    press(qtbot, Qt.Key.Key_Escape)
    assert view.hand.cuts() == (None, None)


def test_the_translation_is_entered_with_the_caret_of_the_source_kept(opened, qtbot):
    view = opened.desk.page.view
    press(qtbot, Qt.Key.Key_F2, SHIFT)
    view._active.reader.select(8, 8)
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_F2)
    view._active.editor.select(31, 31)
    assert view.hand.cuts() == (8, 31)


def test_split_records_what_is_being_written(opened, qtbot):
    view = opened.desk.page.view
    press(qtbot, Qt.Key.Key_F2)
    view._active.editor.select(0, 0)
    qtbot.keyClicks(QApplication.focusWidget(), "Hier, ")
    view._active.editor.select(6, 6)
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert [target for _, target in texts(opened, 0, 1)] == ["Hier,", TEXTS[0][1]]


def test_the_caret_in_the_source_reads_and_changes_nothing(opened, qtbot):
    press(qtbot, Qt.Key.Key_F2, SHIFT)
    press(qtbot, Qt.Key.Key_Right, CONTROL | SHIFT)
    qtbot.keyClicks(QApplication.focusWidget(), "x")
    press(qtbot, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text().strip() == "Pasukan"
    press(qtbot, Qt.Key.Key_Escape)
    assert opened.desk.page.view.hasFocus()
    assert texts(opened, 0) == [TEXTS[0]]


def test_a_click_into_the_source_of_the_current_row_says_where_it_is_split(opened, qtbot):
    view = opened.desk.page.view
    place = view.place_of(0)
    cell = view._shown[0].cells[Side.SOURCE]
    x = cell.boxes(8, 8)[0].left() + view._shown.columns.left(Side.SOURCE)
    point = QPoint(round(x), place.y + view._shown.columns.pad + 4)
    view.set_current(0)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert view.hand.cuts() == (8, None)
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert texts(opened, 0)[0][0] == "Pasukan"


@pytest.mark.parametrize(
    ("key", "modifiers", "expected"),
    [
        (Qt.Key.Key_Down, ALT, ["", "{1}\n{2}"]),
        (Qt.Key.Key_Up, ALT, ["{0}\n{1}", ""]),
    ],
)
def test_a_sentence_moves_between_pairs(opened, qtbot, key, modifiers, expected):
    opened.desk.page.view.set_current(1, focus=True)
    first = 1 if key == Qt.Key.Key_Down else 0
    press(qtbot, key, modifiers)
    targets = [target for _, target in texts(opened, first, first + 1)]
    assert targets == [e.format(*(target for _, target in TEXTS)) for e in expected]


def test_source_sentences_move_too(opened, qtbot):
    opened.desk.page.view.set_current(1, focus=True)
    press(qtbot, Qt.Key.Key_Up, ALT | SHIFT)
    assert [s for s, _ in texts(opened, 0, 1)] == [f"{TEXTS[0][0]}\n{TEXTS[1][0]}", ""]


def test_merging_upwards_stays_at_the_pair(opened, qtbot):
    opened.desk.page.view.set_current(4, focus=True)
    press(qtbot, Qt.Key.Key_J, CONTROL | SHIFT)
    assert opened.desk.page.current == 3
    assert texts(opened, 3)[0][0] == f"{TEXTS[3][0]}\n{TEXTS[4][0]}"


def test_linking_across_by_keyboard(opened, qtbot):
    page = opened.desk.page
    press(qtbot, Qt.Key.Key_L, CONTROL)
    (message,) = opened.messages.shown()
    assert "source of pair 1" in message.text
    page.show_pair(9, focus=True)
    press(qtbot, Qt.Key.Key_L, CONTROL)
    assert texts(opened, 0) == [(TEXTS[0][0], TEXTS[9][1])]
    assert page.current == 0
    assert opened.messages.shown() == ()
    assert "behind pair 10" in page.view.spoken(0)
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert texts(opened, 0, 9) == [TEXTS[0], TEXTS[9]]


def test_a_mark_is_forgotten_with_escape_or_with_its_bar(opened, qtbot):
    for forget in (
        lambda: press(qtbot, Qt.Key.Key_Escape),
        lambda: opened.messages.bar("link").close_bar(),
        lambda: press(qtbot, Qt.Key.Key_L, CONTROL),
    ):
        press(qtbot, Qt.Key.Key_L, CONTROL)
        assert opened.desk.repairing.mark == 0
        forget()
        assert opened.desk.repairing.mark is None
        assert opened.messages.shown() == ()


def test_a_mark_goes_along_with_its_text(opened, qtbot):
    opened.desk.page.view.set_current(5, focus=True)
    press(qtbot, Qt.Key.Key_L, CONTROL)
    opened.review.alignment.merge_with_next(0)
    assert opened.desk.repairing.mark == 4


def test_linking_with_a_side_that_is_not_there_is_told(opened, qtbot):
    opened.review.alignment.unlink(9)
    press(qtbot, Qt.Key.Key_L, CONTROL)
    opened.desk.page.show_pair(9, focus=True)
    press(qtbot, Qt.Key.Key_L, CONTROL)
    assert "no translation" in told(opened)
    opened.desk.page.show_pair(10, focus=True)
    press(qtbot, Qt.Key.Key_L, CONTROL)
    assert texts(opened, 0) == [(TEXTS[0][0], TEXTS[9][1])]


def test_shift_and_arrows_mark_a_range(opened, qtbot):
    for _ in range(3):
        press(qtbot, Qt.Key.Key_Down, SHIFT)
    assert opened.desk.repairing.mark == 0
    assert opened.desk.page.view._marked_range() == range(4)


# Decisions and findings go along


def test_findings_stay_with_their_pairs(opened, qtbot):
    before = {finding.fingerprint: finding.pair for finding in opened.review.findings()}
    opened.review.alignment.merge_with_next(5)
    after = {finding.fingerprint: finding.pair for finding in opened.review.findings()}
    assert after == {
        mark: pair - (pair > 6) for mark, pair in before.items() if pair not in {5, 6}
    }
    for finding in opened.review.findings():
        assert finding in opened.review.row(finding.pair).findings


def test_a_verdict_from_before_is_open_and_answered_with_one_key(opened, qtbot):
    opened.review.confirm(0)
    opened.review.alignment.merge_with_next(0)
    opened.desk.refresh()
    view = opened.desk.page.view
    assert opened.review.confirmed_count == 0
    assert "Confirmed before the alignment changed: Ana" in view.spoken(0)
    assert "Confirmed before" in view._active.strip.hint.notes[0].text
    row = opened.desk.page.filter_row._rows
    assert row.itemText(row.findData(Rows.UNSETTLED)) == "To decide again (1)"
    view.set_current(0, focus=True)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert opened.review.row(0).verdict is Verdict.CONFIRMED
    assert opened.review.confirmed_count == 1
    assert "before the alignment" not in view.spoken(0)


def test_undoing_the_repair_brings_the_verdict_back(opened, qtbot):
    opened.review.confirm(0)
    opened.review.alignment.merge_with_next(0)
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert opened.review.confirmed_count == 1
    assert not opened.review.row(0).earlier


def test_findings_of_doubtful_pairs_stand_last_and_say_so(opened, qtbot):
    doubted = [
        Finding("numbers", 2, (), ("7",), doubtful=True, fingerprint="a" * 32),
        Finding("numbers", 4, (), ("8",), fingerprint="b" * 32),
    ]
    opened.review.take(Analysis(tuple(doubted)), opened.review.revision)
    opened.desk.refresh()
    model = opened.desk.panel.findings.model
    (section,) = [s for s in model.sections if s.check == "numbers"]
    assert [finding.pair for finding in section.entries] == [4, 2]
    assert model.message(section.entries[1]).endswith("These two may not belong together.")
    assert "belong together" not in model.message(section.entries[0])


def test_confirming_a_doubtful_pair_takes_the_doubt_from_its_findings(opened, qtbot):
    review = opened.review
    review.edit(5, "Le 7 mai.")
    doubted = [f for f in review.row(5).findings if f.doubtful]
    assert doubted
    review.confirm(5)
    assert not any(f.doubtful for f in review.row(5).findings)
    assert {f.check for f in doubted} <= {f.check for f in review.row(5).findings}


def test_carets_stay_while_findings_come_in(opened, qtbot):
    view = opened.desk.page.view
    press(qtbot, Qt.Key.Key_F2)
    view._active.editor.select(31, 31)
    press(qtbot, Qt.Key.Key_F2, SHIFT)
    view._active.reader.select(8, 8)
    opened.review.take(analysis(), opened.review.revision)
    assert view._active.reader.hasFocus()
    assert view.hand.cuts() == (8, 31)
    press(qtbot, Qt.Key.Key_Return)
    assert view.hand.cuts() == (8, 31)
    opened.review.edit(0, "Autre.")
    assert view.hand.cuts() == (None, None)


def test_the_caret_of_a_changed_translation_is_remembered(opened, qtbot):
    view = opened.desk.page.view
    press(qtbot, Qt.Key.Key_F2)
    view._active.editor.select(0, 0)
    qtbot.keyClicks(QApplication.focusWidget(), "Hier, ")
    press(qtbot, Qt.Key.Key_F2, SHIFT)
    assert view.hand.cuts() == (0, 6)


def test_what_was_translated_elsewhere_is_linked_with_one_key(opened, qtbot):
    review = opened.review
    review.alignment.unlink(9)
    review.alignment.unlink(3)
    target = review.columns.beads.number_at(Side.TARGET, review.columns.place(11).target[0][0])
    move = SimpleNamespace(
        source_start=3, source_end=4, target_start=9, target_end=10, confidence=0.9
    )
    (offer,) = moved_findings(review.columns, [move])
    review.take(Analysis((offer,)), review.revision)
    opened.desk.refresh()
    assert opened.desk.page.filter_row.chip(Kind.OMISSION).count == 1
    press(qtbot, Qt.Key.Key_F8)
    strip = opened.desk.page.view._active.strip.hint
    assert f"translated in pair {target + 1}" in strip.message
    press(qtbot, Qt.Key.Key_1, CONTROL)
    assert texts(opened, 3) == [(TEXTS[3][0], TEXTS[9][1])]


def test_undo_of_a_repair_shows_where_it_was(opened, qtbot):
    opened.review.alignment.merge_with_next(9)
    opened.desk.page.view.set_current(0, focus=True)
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert opened.desk.page.current == 9
    opened.desk.refresh()
    press(qtbot, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert opened.desk.page.current == 9
    assert opened.review.past.lines(9)[0].what == "Changed the alignment"


def test_what_undo_took_back_is_told_also_once_it_is_saved(opened, qtbot):
    press(qtbot, Qt.Key.Key_J, CONTROL)
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert opened.review.saving.flush()
    opened.desk.refresh()
    assert "Saved" in opened.status._saved.text()
    assert told(opened).startswith("Taken back: ")


def test_the_status_bar_counts_the_pairs_there_are_now(opened, qtbot):
    press(qtbot, Qt.Key.Key_J, CONTROL)
    opened.desk.refresh()
    assert opened.status._position.text() == f"Pair 1 of {len(TEXTS) - 1}"


def test_undo_of_a_link_stays_at_the_pair_it_was_made_at(opened, qtbot):
    page = opened.desk.page
    page.show_pair(9, focus=True)
    press(qtbot, Qt.Key.Key_L, CONTROL)
    page.show_pair(3, focus=True)
    press(qtbot, Qt.Key.Key_L, CONTROL)
    assert texts(opened, page.current) == [(TEXTS[9][0], TEXTS[3][1])]
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert texts(opened, page.current) == [TEXTS[9]]


def test_menus_survive_the_menu_of_a_pair(opened, qtbot):
    for _ in range(2):
        menu = pair_menu(opened.commands, opened)
        titles = [action.text() for action in menu.actions() if action.menu()]
        assert titles == ["Appl&y a suggestion", "Mo&ve a sentence"]
        menu.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert opened.commands.menu("move").actions()
    press(qtbot, Qt.Key.Key_F8)
    assert opened.desk.page.finding is not None
