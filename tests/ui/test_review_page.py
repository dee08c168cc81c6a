"""The page over a real review: walking where there is nothing, languages that change."""

from dataclasses import replace

import pytest
from review_sample import analysis, open_sample

from reviewer.model import Side, Span
from reviewer.review.tasks.requests import Progress
from reviewer.ui.panels.filter_row import Rows
from reviewer.ui.panels.review_page import ReviewPage
from reviewer.ui.telling import Telling


@pytest.fixture
def page(qtbot, review):
    page = ReviewPage()
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.open(review)
    review.listen(page.follow)
    review.before_realigning(page.before_realigning)
    page.show()
    return page


def test_walking_without_a_review_goes_nowhere(qtbot):
    page = ReviewPage()
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.wrapped):
        page.next_finding()
    page.previous_pair()
    page.next_open()
    assert page.current == -1


def test_no_findings_are_told(page, qtbot, tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    review = open_sample(folder, checked=False)
    page.open(review)
    with qtbot.waitSignal(page.wrapped) as told:
        page.previous_finding()
    assert told.args == ["Still checking: nothing found so far."]
    review.take(replace(analysis(), findings=(), groups=()), review.revision)
    with qtbot.waitSignal(page.wrapped) as told:
        page.previous_finding()
    assert told.args == ["There are no findings."]
    page.open(None)
    review.close()


def test_the_end_of_the_unconfirmed_pairs_is_told(page, review, qtbot):
    def told(walk):
        with qtbot.waitSignal(page.wrapped) as said:
            walk()
        return said.args[0]

    last = review.count - 1
    page.view.set_current(last)
    assert told(page.next_open) == f"No unconfirmed pair below this one; {last} above it."
    review.confirm(last)
    assert told(page.next_open) == f"No unconfirmed pair below this one; {last} above it."
    for number in range(1, last):
        review.confirm(number)
    page.view.set_current(0)
    assert told(page.previous_open) == "This is the only unconfirmed pair."
    page.view.set_current(5)
    assert told(page.next_open) == "No unconfirmed pair below this one; 1 above it."
    review.confirm(0)
    assert told(page.next_open) == "Every pair is confirmed."
    page.filter_row.choose_rows(Rows.WITH_FINDINGS)
    assert told(page.previous_open) == "Every pair shown is confirmed."


def test_a_row_that_grows_by_a_remark_stays_in_view(page, review):
    page.view.set_current(8, focus=True)
    row = page.view.place_of(8)
    page.resize(900, 600 + row.bottom - page.view.viewport().height())
    assert page.view.place_of(8).bottom == page.view.viewport().height()
    review.comment(8, "Ask the client.")
    row = page.view.place_of(8)
    assert 0 <= row.y < row.bottom <= page.view.viewport().height()


def test_ends_are_walked_around_and_told(page, qtbot):
    with qtbot.waitSignal(page.wrapped) as told:
        page.previous_finding()
    assert told.args == ["On to the last finding."]
    with qtbot.waitSignal(page.wrapped) as told:
        page.next_finding()
    assert told.args == ["Back at the first finding."]


def test_findings_are_walked_through_within_the_filter(page, review, qtbot):
    numbers = sorted({finding.pair for finding in review.findings()})
    with_one, without = numbers[1], next(n for n in range(review.count) if n not in numbers)
    review.comment(with_one, "Hm.")
    review.comment(without, "Hm.")
    page.show_pair(without)
    page.filter_row._rows.setCurrentIndex(page.filter_row._rows.findData(Rows.COMMENTED))
    for _ in range(3):
        page.next_finding()
        assert page.current == with_one
    assert page.filter_row.restricts


def test_a_filter_that_is_left_is_told(page, review, qtbot):
    review.comment(3, "Hm.")
    page.show_pair(3)
    page.filter_row._rows.setCurrentIndex(page.filter_row._rows.findData(Rows.COMMENTED))
    with qtbot.waitSignal(page.wrapped) as told:
        page.show_pair(5)
    assert "all pairs are shown again" in told.args[0]
    assert not page.filter_row.restricts


def test_last_pair_is_the_end(page):
    page.show_pair(13)
    page.next_pair()
    page.next_open()
    assert page.current == 13


def test_a_place_is_selected(page):
    page.show_pair(11, Span(Side.TARGET, 4, 22))
    assert page.view.hand.selected_text() == "soldats de la paix"


def test_language_that_changes_keeps_the_place(page, review):
    page.show_pair(9)
    review.settings.set_language(Side.TARGET, "ar")
    assert page.current == 9
    assert not page.grab().isNull()


def test_a_pair_that_does_not_exist_is_not_gone_to(page):
    page.show_pair(3)
    page.show_pair(99)
    assert page.current == 3


def test_active_finding_follows_its_fingerprint(page, review):
    first = review.findings()[0]
    page.show_finding(first)
    review.edit(first.pair, "Donc, " + review.pair(first.pair).target_text)
    assert page.finding is None or page.finding.pair == first.pair
    assert page.current == first.pair


def test_welcome_says_each_note_once(qtbot, tmp_path):
    from reviewer.review.documents.importing import Imported
    from reviewer.ui.panels.message_bar import MessageBars

    bars = MessageBars()
    qtbot.addWidget(bars)
    note = "Each line is read as a paragraph of its own."
    made = Imported(tmp_path, False, "id", "fr", sure=True, notes=(note, note))
    Telling(bars).welcome(made, 2)
    assert [message.about for message in bars.shown()] == ["welcome"]
    assert bars.shown()[0].text == f"Indonesian → French, 2 pairs. {note}"
    Telling(bars).welcome(Imported(tmp_path, True, "id", "fr", sure=True), 2)
    assert "You had reviewed" in bars.bar("welcome").message.text


def test_jobs_are_told_and_cancelled(qtbot):
    from window_worker import IdleWorker

    from reviewer.ui.checking import Checking
    from reviewer.ui.job_teller import JobTeller
    from reviewer.ui.panels.status_bar import StatusBar
    from reviewer.ui.worker import Job

    status, worker = StatusBar(), IdleWorker()
    qtbot.addWidget(status)
    status.show()
    teller = JobTeller(worker, Checking(worker, worker), status)
    job = Job(worker, 1, None)
    worker.started.emit(job)
    job.progressed.emit(Progress(1, "Aligning", 3, 9))
    assert status._job.whole() == "Aligning 3 / 9"
    status.cancel_asked.emit()
    worker.idle.emit()
    assert status._cancel.isHidden()
    assert teller.parent() is status


def write(page, number, text):
    """Write at the start of a pair, and leave it unrecorded."""
    page.view.set_current(number, focus=True)
    page.view.edit_current()
    page.view._active.editor.select(0, 0)
    page.view._active.editor.insertPlainText(text)


def test_replacing_records_what_is_being_written_first(page, review):
    page.find_bar.open_for(review, "paix", replace=True)
    page.find_bar._new.setText("PAIX")
    page.find_bar.search()
    write(page, 11, "Ah, ")
    page.find_bar.replace_all()
    page.view.leave_editor()
    text = review.pair(11).target_text
    assert text == "Ah, Les soldats de la PAIX escorteront le convoi humanitaire."


def test_what_is_being_written_stays_with_its_sentence_when_pairs_are_merged(page, review):
    was = review.pair(5).target_text
    write(page, 5, "Ah, ")
    review.alignment.merge_with_next(1)
    assert review.pair(4).target_text == "Ah, " + was
    assert page.current == 4
    assert page.view.is_editing
    page.view._active.editor.insertPlainText("oh, ")
    page.view.leave_editor()
    assert review.pair(4).target_text == "Ah, oh, " + was
    assert not review.row(5).edited


def test_pair_that_is_merged_away_is_found_in_the_one_that_holds_it(page, review):
    page.show_pair(5)
    review.alignment.merge_with_next(4)
    assert page.current == 4
