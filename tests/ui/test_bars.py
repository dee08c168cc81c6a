"""Message bars, status bar, filter row and find bar."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from reviewer.model import Kind
from reviewer.review.saving import SavedState
from reviewer.review.search import SearchError
from reviewer.review.tasks.requests import Progress
from reviewer.ui.look.controls import Label
from reviewer.ui.look.wording import clock
from reviewer.ui.panels.filter_row import FilterRow, Rows
from reviewer.ui.panels.find_bar import FindBar
from reviewer.ui.panels.message_bar import Message, MessageBars, Tone
from reviewer.ui.panels.status_bar import StatusBar


@pytest.fixture
def bars(qtbot):
    bars = MessageBars()
    qtbot.addWidget(bars)
    return bars


def test_newer_message_about_the_same_takes_the_place(bars):
    bars.tell(Message("saving", "The disk is full."))
    bars.tell(Message("export", "Written."))
    bars.tell(Message("saving", "The disk is still full.", Tone.WARNING))
    assert [message.text for message in bars.shown()] == ["Written.", "The disk is still full."]


def test_action_is_told_with_what_it_is_about(bars, qtbot):
    bars.tell(Message("welcome", "Indonesian → French", actions=(("swap", "Swap sides"),)))
    button = bars.bar("welcome").findChild(object, "swap")
    with qtbot.waitSignal(bars.chosen) as chosen:
        button.click()
    assert chosen.args == ["welcome", "swap"]
    assert not bars.shown()


def test_bars_take_no_room_without_messages(bars):
    assert bars.isHidden()
    bars.tell(Message("x", "Something."))
    assert not bars.isHidden()
    bars.bar("x").close_bar()
    assert bars.isHidden()


def test_long_message_wraps_instead_of_widening(bars):
    bars.tell(Message("x", "A sentence that is long. " * 30))
    assert bars.minimumSizeHint().width() < 500


@pytest.fixture
def status(qtbot):
    status = StatusBar()
    qtbot.addWidget(status)
    status.show()
    return status


def texts(status):
    from PySide6.QtWidgets import QLabel, QPushButton

    return [
        w.text()
        for kind in (QLabel, QPushButton)
        for w in status.findChildren(kind)
        if w.isVisible() and w.text()
    ]


def test_status_says_where_one_is(status):
    status.show_position(118, 214)
    status.show_confirmed(61)
    status.show_languages("id", "fr")
    for text in ("Pair 119 of 214", "61 confirmed", "Indonesian → French"):
        assert text in texts(status)


@pytest.mark.parametrize(
    ("saved", "text"),
    [
        (SavedState(pending=2), "Saving…"),
        (SavedState(pending=2, problem="Full."), "Not saved yet: 2 decisions waiting"),
        (SavedState(pending=1, problem="Full."), "Not saved yet: 1 decision waiting"),
        (SavedState(), ""),
    ],
)
def test_saving_is_told(status, saved, text):
    status.show_saved(saved)
    assert status._saved.text() == text


def test_saved_has_the_time(status):
    now = datetime.now(UTC)
    status.show_saved(SavedState(now))
    assert clock(now) in status._saved.text()


def test_job_is_told_with_a_cancel_button_only_while_it_runs(status, qtbot):
    assert "Cancel" not in texts(status)
    height = status.sizeHint().height()
    status.show_job("Working…")
    status.show_progress(Progress(1, "Checking", 137, 214))
    assert status._job.whole() == "Checking 137 / 214"
    status.show_progress(Progress(1, "Reading", 1, 2, "laporan.fr.docx"))
    assert status._job.whole() == "Reading “laporan.fr.docx” 1 / 2"
    with qtbot.waitSignal(status.cancel_asked):
        status._cancel.click()
    status.show_job(None)
    assert "Cancel" not in texts(status)
    assert status.sizeHint().height() == height


@pytest.fixture
def filters(qtbot):
    filters = FilterRow()
    qtbot.addWidget(filters)
    filters.resize(1200, 42)
    filters.show_counts({Kind.TERMS: 14, Kind.NUMBER: 1}, 214)
    filters.show()
    return filters


def test_total_and_chips(filters):
    assert filters._total.whole() == "15 findings in 214 pairs"
    assert filters.chip(Kind.TERMS).text() == "Terms  14"
    assert not filters.restricts


@pytest.mark.parametrize(
    ("count", "checked", "told"),
    [
        (0, False, "214 pairs, not checked yet"),
        (0, True, "0 findings in 214 pairs"),
        (3, False, "3 findings in 214 pairs"),
    ],
)
def test_what_is_not_known_yet_is_not_none(filters, count, checked, told):
    filters.show_counts({Kind.TERMS: count}, 214, checked=checked)
    assert filters._total.whole() == told


def test_chips_toggle_with_the_keyboard(filters, qtbot):
    chip = filters.chip(Kind.TERMS)
    with qtbot.waitSignal(filters.changed):
        qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert filters.kinds == {Kind.TERMS}
    filters.clear()
    assert not filters.restricts


def test_rows_are_chosen(filters, qtbot):
    box = filters._rows
    box.setCurrentIndex(box.findData(Rows.UNCONFIRMED))
    assert filters.rows is Rows.UNCONFIRMED
    assert filters.restricts


def test_the_total_says_less_before_it_is_cut(filters):
    seen = []
    for width in range(1200, filters.minimumSizeHint().width() - 1, -5):
        filters.resize(width, filters.height())
        QApplication.processEvents()
        if filters._total.text() not in seen:
            seen.append(filters._total.text())
    assert seen == ["15 findings in 214 pairs", "15 findings", "15"]


def test_names_of_chips_leave_before_the_total_is_cut(filters, qtbot):
    for width in (1200, 820, 640):
        filters.resize(width, 42)
        qtbot.waitUntil(lambda: filters._total.text() == filters._total.whole())
        assert not filters.grab().isNull()
    assert filters.chip(Kind.TERMS).width() < filters.chip(Kind.TERMS).full_width()


@pytest.fixture
def find_bar(qtbot, review):
    bar = FindBar()
    qtbot.addWidget(bar)
    bar.open_for(review, "paix")
    return bar


def places(bar):
    return [hit.number for hit in bar.hits or ()]


def test_find_walks_around(find_bar, qtbot):
    assert places(find_bar) == [2, 11, 12]
    gone = []
    find_bar.hit_chosen.connect(gone.append)
    for _ in range(4):
        qtbot.keyClick(find_bar._text, Qt.Key.Key_Return)
    assert [hit.number for hit in gone] == [2, 11, 12, 2]
    qtbot.keyClick(find_bar._text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert gone[-1].number == 12


@pytest.fixture
def slow_bar(find_bar, monkeypatch):
    """A bar that searches one pair at a time."""
    monkeypatch.setattr("reviewer.review.decisions.gradual.run.__defaults__", (None, 1))
    monkeypatch.setattr("reviewer.ui.panels.find_bar._MOMENT", 0)
    find_bar.search()
    assert find_bar._count.text() == "0 places so far…"
    return find_bar


def test_what_is_asked_of_a_search_waits_until_it_gets_there(slow_bar, qtbot):
    gone = []
    slow_bar.hit_chosen.connect(gone.append)
    for _ in range(2):
        qtbot.keyClick(slow_bar._text, Qt.Key.Key_Return)
    assert not gone
    qtbot.waitUntil(lambda: slow_bar._count.text() == "2 of 3")
    assert [hit.number for hit in gone] == [2, 11]
    slow_bar.search()
    slow_bar.previous()
    qtbot.waitUntil(lambda: slow_bar._count.text() == "1 of 3")


def test_the_last_hit_waits_for_the_end_of_a_search(slow_bar, qtbot):
    slow_bar.previous()
    qtbot.waitUntil(lambda: slow_bar._count.text() == "3 of 3")
    slow_bar._text.setText("soldats")
    slow_bar.search()
    slow_bar.go_from(14)
    qtbot.waitUntil(lambda: slow_bar._count.text() == "1 of 2")


def test_everything_is_replaced_when_all_is_found(slow_bar, review, qtbot):
    slow_bar.open_for(review, "paix", replace=True)
    slow_bar._new.setText("PAIX")
    with qtbot.waitSignal(slow_bar.replaced) as replaced:
        slow_bar.replace_all()
        assert not review.row(2).edited
    assert replaced.args == [3]


def test_a_search_ends_with_the_bar(slow_bar, review):
    slow_bar.next()
    slow_bar.leave()
    assert not slow_bar._is_searching
    slow_bar.open_for(review, "paix")
    slow_bar.forget()
    assert not slow_bar._is_searching


def test_an_edit_has_only_its_pair_searched_again(find_bar, review):
    find_bar.next()
    review.edit(3, "La paix.")
    found, asked = find_bar.hits, []
    pair = found._pair
    found._pair = lambda number: asked.append(number) or pair(number)
    find_bar.next()
    assert find_bar.hits is found
    assert set(asked) <= {2, 3}
    assert places(find_bar) == [2, 3, 11, 12]


def test_typing_searches_after_a_pause(find_bar, qtbot):
    find_bar._text.clear()
    qtbot.keyClicks(find_bar._text, "Palang")
    qtbot.waitUntil(lambda: places(find_bar) == [9, 13])


def test_column_case_and_pattern(find_bar):
    find_bar._text.setText(r"\d+ jam")
    find_bar._regex.setChecked(True)
    find_bar.search()
    assert places(find_bar) == [10]
    find_bar._side.setCurrentIndex(2)
    assert places(find_bar) == []


def test_bad_pattern_is_a_sentence(find_bar):
    find_bar._regex.setChecked(True)
    find_bar._text.setText("(")
    find_bar.search()
    assert "no valid pattern" in find_bar._count.text()


def test_replace_all_is_one_gesture(find_bar, review, qtbot):
    find_bar.open_for(review, "paix", replace=True)
    find_bar._new.setText("PAIX")
    with qtbot.waitSignal(find_bar.replaced) as replaced:
        find_bar.replace_all()
    assert replaced.args == [3]
    assert "PAIX" in review.pair(11).target_text
    review.undo()
    assert "PAIX" not in review.pair(11).target_text


def test_replace_one_goes_on_to_the_next(find_bar, review):
    find_bar.open_for(review, "paix", replace=True)
    find_bar._new.setText("P")
    find_bar.search()
    find_bar.next()
    gone = []
    find_bar.hit_chosen.connect(gone.append)
    find_bar.replace()
    assert (
        review.pair(2).target_text
        == "Le porte-parole des soldats de la P a refusé de commenter l’incident."
    )
    assert gone[-1].number == 11


def write_before(bar, review, number, text):
    """Have somebody write at the start of a pair, unrecorded until the bar asks for it."""
    whole = text + review.pair(number).target_text
    bar.reading.connect(lambda: review.edit(number, whole))


def test_replace_all_looks_again_after_what_was_being_written(find_bar, review, qtbot):
    find_bar.open_for(review, "paix", replace=True)
    find_bar._new.setText("PAIX")
    find_bar.search()
    write_before(find_bar, review, 11, "Ah, ")
    with qtbot.waitSignal(find_bar.replaced) as replaced:
        find_bar.replace_all()
    assert replaced.args == [3]
    text = review.pair(11).target_text
    assert text == "Ah, Les soldats de la PAIX escorteront le convoi humanitaire."


def test_what_is_put_in_is_not_replaced_again(find_bar, review, qtbot):
    find_bar.open_for(review, "paix", replace=True)
    find_bar.next()
    find_bar._new.setText("paix, paix")
    find_bar.search()
    told = []
    find_bar.replaced.connect(told.append)
    find_bar.replace_all()
    assert told == [3]
    assert review.pair(11).target_text.count("paix") == 2


def test_what_is_written_while_it_is_searched_is_in_the_texts_first(slow_bar, review, qtbot):
    slow_bar.open_for(review, "paix", replace=True)
    slow_bar._new.setText("PAIX")
    with qtbot.waitSignal(slow_bar.replaced) as replaced:
        slow_bar.replace_all()
        write_before(slow_bar, review, 11, "Ah, ")
    assert replaced.args == [3]
    text = review.pair(11).target_text
    assert text == "Ah, Les soldats de la PAIX escorteront le convoi humanitaire."


def test_what_was_asked_for_is_done_after_a_merge_while_it_is_searched(slow_bar, review, qtbot):
    slow_bar.open_for(review, "paix", replace=True)
    slow_bar._new.setText("PAIX")
    with qtbot.waitSignal(slow_bar.replaced) as replaced:
        slow_bar.replace_all()
        review.alignment.merge_with_next(0)
    assert replaced.args == [3]
    assert "soldats de la PAIX" in review.pair(10).target_text


def test_why_a_search_was_given_up_stays_told(find_bar, review, monkeypatch):
    def too_long(_self, _asked):
        raise SearchError("It takes too long.")

    find_bar.open_for(review, "paix", replace=True)
    told = []
    find_bar.replaced.connect(told.append)
    for way in ("again", "run"):
        monkeypatch.setattr(f"reviewer.review.search.Search.{way}", too_long)
    write_before(find_bar, review, 11, "Ah, ")
    find_bar.replace_all()
    assert find_bar._count.text() == "It takes too long."
    assert told == []


@pytest.mark.parametrize("ask", ["next", "replace", "replace_all"])
def test_bad_replacement_is_a_sentence(find_bar, review, ask):
    find_bar.open_for(review, "paix", replace=True)
    find_bar._regex.setChecked(True)
    find_bar._new.setText(r"\7")
    find_bar.search()
    getattr(find_bar, ask)()
    assert "no valid replacement" in find_bar._count.text()
    assert not review.row(2).edited


def test_replace_all_looks_again_after_a_merge(find_bar, review):
    find_bar.open_for(review, "paix", replace=True)
    find_bar._new.setText("PAIX")
    find_bar.search()
    review.alignment.merge_with_next(0)
    find_bar.replace_all()
    assert "soldats de la PAIX" in review.pair(10).target_text
    left = review.search("paix", case=True)
    assert left.run()
    assert not left


def test_a_hit_that_is_not_the_one_shown_is_shown_before_it_is_replaced(find_bar, review):
    find_bar.open_for(review, "paix", replace=True)
    find_bar._new.setText("PAIX")
    find_bar.search()
    find_bar.next()
    review.edit(2, "Rien.")
    gone = []
    find_bar.hit_chosen.connect(gone.append)
    find_bar.replace()
    assert [hit.number for hit in gone] == [11]
    assert not review.row(11).edited
    find_bar.replace()
    assert "PAIX" in review.pair(11).target_text


def test_next_passes_over_nothing_after_a_hit_was_corrected_by_hand(find_bar, review):
    gone = []
    find_bar.hit_chosen.connect(gone.append)
    find_bar.next()
    review.edit(2, "Rien.")
    find_bar.next()
    assert [hit.number for hit in gone] == [2, 11]


def test_large_document_is_searched_on_enter(find_bar, qtbot, monkeypatch):
    monkeypatch.setattr("reviewer.ui.panels.find_bar.MOST_WHILE_TYPING", 5)
    find_bar._text.clear()
    qtbot.keyClicks(find_bar._text, "Palang")
    assert places(find_bar) == []
    qtbot.keyClick(find_bar._text, Qt.Key.Key_Return)
    assert places(find_bar) == [9, 13]


def test_escape_leaves(find_bar, qtbot):
    with qtbot.waitSignal(find_bar.closed):
        qtbot.keyClick(find_bar._text, Qt.Key.Key_Escape)
    assert find_bar.isHidden()


def test_tab_goes_from_the_texts_to_the_buttons_and_then_to_the_options(find_bar, review, qtbot):
    find_bar.open_for(review, "paix", replace=True)
    find_bar.activateWindow()
    order = []
    for _ in range(10):
        focus = find_bar.focusWidget()
        order.append(focus.accessibleName() or focus.text().replace("&", ""))
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert order == [
        *("Find", "Replace with", "Replace", "Replace all", "Previous", "Next", "Close"),
        *("Where", "Match case", "Regular expression"),
    ]


def test_the_first_hit_from_a_pair_is_gone_to_once(find_bar, qtbot):
    gone = []
    find_bar.hit_chosen.connect(gone.append)
    find_bar.go_from(5)
    assert [hit.number for hit in gone] == [11]
    assert find_bar._count.text() == "2 of 3"
    qtbot.keyClick(find_bar._text, Qt.Key.Key_Return)
    assert gone[-1].number == 12
    find_bar.go_from(13)
    assert gone[-1].number == 2


def test_what_was_not_gone_to_is_not_told_as_the_place(find_bar, qtbot):
    find_bar.go_from(11)
    find_bar._text.setText("Croi")
    qtbot.waitUntil(lambda: places(find_bar) == [9, 13])
    assert find_bar._count.text() == "2 places"
    gone = []
    find_bar.hit_chosen.connect(gone.append)
    qtbot.keyClick(find_bar._text, Qt.Key.Key_Return)
    assert [hit.number for hit in gone] == [13]


def test_nothing_is_found_any_more_when_the_bar_is_left(find_bar, qtbot):
    with qtbot.waitSignal(find_bar.hits_changed):
        find_bar.leave()
    assert find_bar.hits is None


def test_a_sentence_that_needs_two_lines_gets_them(qtbot):
    page = QWidget()
    layout = QVBoxLayout(page)
    bars = MessageBars()
    layout.addWidget(bars)
    layout.addStretch(1)
    qtbot.addWidget(page)
    page.resize(500, 300)
    page.show()
    bars.tell(Message("x", "A long sentence of many words. " * 4, actions=(("a", "Show it"),)))
    label = bars.bar("x").findChild(Label)
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
