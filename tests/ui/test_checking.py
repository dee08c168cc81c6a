"""When the document is checked as a whole: after what changes findings, and only then."""

from dataclasses import replace

import pytest
from review_sample import SOURCE_TERM, TEXTS, add_documents, analysis, open_sample

from reviewer.model import Level, Side, WaiverScope
from reviewer.review.decisions.change import Change
from reviewer.review.saving import SavedState
from reviewer.review.tasks.across import AcrossRequest, Elsewhere, There
from reviewer.review.tasks.requests import Checked, CheckRequest, Compared, Found
from reviewer.ui.checking import Checking
from reviewer.ui.worker import Job, Worker


class ByHand(Worker):
    """A worker whose jobs begin and end when the test says so."""

    def __init__(self):
        super().__init__()
        self.jobs = []
        self.fresh = 0

    def start_over(self):
        self.fresh += 1

    def submit(self, request):
        self.jobs.append(Job(self, len(self.jobs) + 1, request))
        return self.jobs[-1]

    def cancel(self, job):
        pass

    def finish(self):
        """Begin the newest job and end it, with the findings of the sample."""
        job = self.jobs[-1]
        assert isinstance(job.request, CheckRequest)
        self.started.emit(job)
        job.done.emit(Checked(analysis(), job.request.revision))
        job.ended.emit()


@pytest.fixture
def worker():
    return ByHand()


@pytest.fixture
def checking(worker, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("reviewer.ui.checking._PAUSE", 1)
    review = open_sample(tmp_path, checked=False)
    checking = Checking(worker)
    review.listen(checking.follow)
    checking.open(review)
    checking.review = review
    yield checking
    checking.open(None)
    review.close()


@pytest.fixture
def slow(checking, worker, monkeypatch):
    """Return the checking of a document that takes longer than is checked after every edit."""
    monkeypatch.setattr("reviewer.ui.checking._SHORT", -1.0)
    worker.finish()
    return checking


def checks(worker, qtbot):
    """Return how many checks were asked for, once nothing more follows."""
    qtbot.wait(30)
    return len(worker.jobs)


def test_an_edit_is_checked(checking, worker, qtbot):
    worker.finish()
    checking.review.edit(1, "Autre chose.")
    assert checks(worker, qtbot) == 2


def test_the_memory_of_a_large_check_is_given_back(checking, worker, monkeypatch):
    worker.finish()
    assert worker.fresh == 0
    monkeypatch.setattr("reviewer.ui.checking._LARGE", checking.review.count - 1)
    checking.check()
    worker.finish()
    assert worker.fresh == 1


def test_verdicts_comments_and_exports_are_not(checking, worker, qtbot):
    worker.finish()
    review = checking.review
    review.confirm(0)
    review.comment(1, "Hm.")
    review.note_export("out.txt", 1, "00")
    review.undo()
    assert checks(worker, qtbot) == 1


def test_a_running_check_is_taken_although_something_was_confirmed(checking, worker, qtbot):
    checking.review.confirm(0)
    worker.jobs[0].found.emit(Found(1, analysis().findings[:1], 0))
    assert len(checking.review.findings()) == 1
    checking.review.reject(3)
    worker.finish()
    assert checking.review.checked
    assert len(checking.review.findings()) == 6
    assert checks(worker, qtbot) == 1


def test_a_running_check_begins_anew_after_an_edit(checking, worker, qtbot):
    checking.review.edit(1, "Autre chose.")
    worker.finish()
    assert not checking.review.checked
    assert checks(worker, qtbot) == 2
    worker.finish()
    assert checking.review.checked


def test_terms_are_brought_up_to_date_before_the_whole_check_is_done(checking, worker, qtbot):
    worker.finish()
    review = checking.review
    groups = analysis().groups
    assert len(review.groups()) == len(groups) > 1
    review.edit(1, "Autre chose.")
    assert checks(worker, qtbot) == 2
    told = []
    review.listen(told.append)
    worker.jobs[1].compared.emit(Compared(2, groups[:1], 0))
    assert [view.group for view in review.groups()] == [groups[0]]
    assert {f.words[0] for f in review.findings() if f.check == "drift"} == {groups[0].source}
    assert [change.groups for change in told] == [True]
    worker.jobs[1].compared.emit(Compared(2, groups[:1], 0))
    assert len(told) == 1


def test_terms_of_texts_that_have_changed_since_are_not_shown(checking, worker, qtbot):
    worker.finish()
    checking.check()
    checking.review.edit(1, "Autre chose.")
    worker.jobs[1].compared.emit(Compared(2, (), 0))
    assert checking.review.groups()


def test_other_documents_are_compared_once_and_after_every_check(
    checking, worker, qtbot, tmp_path
):
    add_documents(checking.review.path)
    checking.review.take_in_documents()
    worker.finish()
    assert checks(worker, qtbot) == 2
    assert isinstance(worker.jobs[1].request, AcrossRequest)
    checking.review.edit(1, "Autre chose.")
    assert checks(worker, qtbot) == 3
    assert worker.jobs[1].cancelled
    worker.finish()
    across = worker.jobs[3]
    assert isinstance(across.request, AcrossRequest)
    there = There("Heaumes", "annexe", 2)
    across.done.emit((Elsewhere(SOURCE_TERM, ("Casques bleus",), (there,)),))
    across.ended.emit()
    views = {view.group.source: view for view in checking.review.groups()}
    assert views[SOURCE_TERM].elsewhere == (there,)
    checking.check()
    worker.finish()
    assert checks(worker, qtbot) == 5


def test_a_document_that_arrives_is_compared_with_the_open_one(checking, worker):
    worker.finish()
    assert [type(job.request) for job in worker.jobs] == [CheckRequest]
    add_documents(checking.review.path)
    checking.review.take_in_documents()
    across = worker.jobs[-1]
    assert isinstance(across.request, AcrossRequest)
    # Another one while they are compared: once more when that is done.
    add_documents(checking.review.path, TEXTS[:2], "nanti")
    checking.review.take_in_documents()
    assert worker.jobs[-1] is across
    across.ended.emit()
    worker.idle.emit()
    again = worker.jobs[-1]
    assert again is not across
    again.ended.emit()
    worker.idle.emit()
    assert worker.jobs[-1] is again


def test_a_document_that_arrives_during_a_check_is_compared_after_it(checking, worker):
    add_documents(checking.review.path)
    checking.review.take_in_documents()
    assert [type(job.request) for job in worker.jobs] == [CheckRequest]
    worker.finish()
    assert isinstance(worker.jobs[-1].request, AcrossRequest)


def test_a_comparison_that_broke_off_is_forgotten(checking, worker):
    add_documents(checking.review.path)
    checking.review.take_in_documents()
    worker.finish()
    across = worker.jobs[-1]
    assert isinstance(across.request, AcrossRequest)
    across.failed.emit("It broke off.")
    across.ended.emit()
    checking.check()
    assert not across.cancelled


def test_comparing_makes_way_comes_back_and_stops_when_it_is_cancelled(checking, worker, qtbot):
    add_documents(checking.review.path)
    checking.review.take_in_documents()
    worker.finish()
    assert checks(worker, qtbot) == 2
    checking.make_way()
    assert worker.jobs[1].cancelled
    worker.jobs[1].ended.emit()
    worker.idle.emit()
    assert checks(worker, qtbot) == 3
    assert isinstance(worker.jobs[2].request, AcrossRequest)
    worker.jobs[2].stopped.emit()
    worker.jobs[2].ended.emit()
    worker.idle.emit()
    assert checks(worker, qtbot) == 3
    assert not checking.again


def test_a_check_that_is_due_is_not_forgotten_when_it_makes_way(checking, worker, qtbot):
    worker.finish()
    checking.review.edit(1, "Autre chose.")
    checking.make_way()
    assert checks(worker, qtbot) == 1
    worker.idle.emit()
    assert checks(worker, qtbot) == 2


def test_an_edit_of_a_large_document_waits_for_f5(slow, worker, qtbot):
    slow.review.edit(1, "Autre chose.")
    assert checks(worker, qtbot) == 1


def test_a_repair_of_a_large_document_keeps_what_was_found(slow, worker, qtbot):
    slow.review.alignment.merge_with_next(1)
    assert checks(worker, qtbot) == 1


def test_a_large_document_is_checked_when_nothing_found_holds(slow, worker, qtbot):
    slow.review.settings.set_language(Side.TARGET, "it")
    assert checks(worker, qtbot) == 2
    worker.finish()
    slow.review.undo()
    assert checks(worker, qtbot) == 3


def test_a_large_document_is_checked_for_a_check_that_is_switched_on(slow, worker, qtbot):
    slow.review.settings.set_check("spacing", on=False)
    assert checks(worker, qtbot) == 1
    slow.review.settings.set_check("numbers", on=False)
    slow.check()
    worker.finish()
    slow.review.settings.set_check("numbers", on=True)
    assert checks(worker, qtbot) == 3


def test_a_large_document_is_checked_for_another_checklist(slow, worker, qtbot):
    slow.review.settings.set_checklists(["House.toml"])
    assert checks(worker, qtbot) == 2


def test_a_level_of_a_large_document_needs_no_check(slow, worker, qtbot):
    numbers = slow.review.check_by_id("numbers")
    slow.review.settings.set_level(numbers, Level.LENIENT)
    assert checks(worker, qtbot) == 1


def test_a_level_is_checked_for_where_not_all_findings_are_listed(slow, worker, qtbot):
    review = slow.review
    review.take(replace(analysis(), more={"numbers": 7}), review.revision)
    review.settings.set_level(review.check_by_id("numbers"), Level.LENIENT)
    assert checks(worker, qtbot) == 2


def test_what_is_to_be_known_of_checklists_is_told(checking, worker, qtbot):
    job = worker.jobs[-1]
    worker.started.emit(job)
    notes = ("“House.toml” was not found. It was not used.",)
    with qtbot.waitSignal(checking.noted) as told:
        job.done.emit(Checked(analysis(), job.request.revision, notes))
    assert told.args == [notes]


def test_time_in_the_queue_does_not_count(checking, worker, qtbot, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("reviewer.ui.checking.time.monotonic", lambda: now[0])
    now[0] = 60.0
    worker.finish()
    checking.review.edit(1, "Autre chose.")
    assert checks(worker, qtbot) == 2


def test_a_finding_that_is_waived_in_its_place_is_not_checked(checking, worker, qtbot):
    worker.finish()
    found = next(f for f in checking.review.findings() if f.check == "untranslated")
    checking.review.waive(found, WaiverScope.HERE)
    assert checks(worker, qtbot) == 1


def failing(worker, sentence="“p.bitext” cannot be used."):
    worker.jobs[-1].failed.emit(sentence)
    worker.jobs[-1].ended.emit()


def saved(checking, monkeypatch, problem):
    state = SavedState(problem=problem)
    monkeypatch.setattr(type(checking.review.saving), "saved", property(lambda _: state))
    checking.follow(Change(saved=True))


def test_a_failure_is_told_until_a_check_comes_to_its_end(checking, worker):
    told = []
    checking.failed.connect(told.append)
    failing(worker)
    checking.check()
    worker.finish()
    assert told == ["“p.bitext” cannot be used.", ""]


def test_a_check_that_goes_on_after_a_failure_is_not_begun_anew(checking, worker, monkeypatch):
    failing(worker)
    for _ in range(3):
        saved(checking, monkeypatch, None)
    assert len(worker.jobs) == 2


def test_a_file_that_cannot_be_saved_is_checked_once_it_is_back(checking, worker, monkeypatch):
    told = []
    checking.failed.connect(told.append)
    failing(worker)
    saved(checking, monkeypatch, "The file is gone.")
    assert (told, len(worker.jobs)) == (["“p.bitext” cannot be used.", ""], 1)
    saved(checking, monkeypatch, None)
    assert len(worker.jobs) == 2
    worker.finish()
    saved(checking, monkeypatch, None)
    assert len(worker.jobs) == 2
