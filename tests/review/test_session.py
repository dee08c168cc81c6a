"""The open review on a real project file."""

import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import replace

import pytest

from reviewer.errors import DamagedProjectError, ProjectFileError
from reviewer.model import (
    Bead,
    Document,
    Finding,
    GroupKind,
    Occurrence,
    Rendering,
    Segment,
    Side,
    Span,
    TermGroup,
    Unit,
    Verdict,
    WaiverScope,
    fingerprint,
)
from reviewer.review.checking.pipeline import Analysis
from reviewer.review.tasks.opened_pairs import read_pairs
from reviewer.review.tasks.opening import open_review, read_project
from reviewer.settings import Settings
from reviewer.store import ImportedPair, create_project

SOURCE = ["Tim penyelamat tiba.", "Tim penyelamat bekerja.", "Selesai."]
TARGET = ["Les secouristes arrivent.", "Les sauveteurs travaillent.", "Fin."]
ME = Settings(reviewer_id="11" * 16, reviewer_name="Ayu")
OTHER = Settings(reviewer_id="22" * 16, reviewer_name="Béa")
LONG = ("id", "fr")


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "a.bitext"
    pair = ImportedPair(
        *_document("a.id.txt", "id", SOURCE),
        *_document("a.fr.txt", "fr", TARGET),
        [Bead(n, n + 1, n, n + 1, 0.99) for n in range(3)],
    )
    create_project(path, [pair], reviewer=bytes.fromhex(ME.reviewer_id), reviewer_name="Ayu")
    return path


def _document(name, language, texts):
    original = "\n".join(texts).encode()
    document = Document(name, "text", language, tuple(map(Unit, texts)), original, {})
    segments = tuple(Segment(n, n, 0, len(text), text) for n, text in enumerate(texts))
    return document, segments


@pytest.fixture
def review(project):
    opened = open_review(project, ME)
    yield opened
    opened.close()


def finding(number, text, *, check="spacing"):
    start = TARGET[number].index(text)
    span = Span(Side.TARGET, start, start + len(text))
    named = fingerprint(check, (text,), SOURCE[number])
    return Finding(check, number, (span,), (text,), fingerprint=named)


def group():
    places = [("Les secouristes", 0), ("Les sauveteurs", 1)]
    renderings = tuple(
        Rendering(text, (Occurrence(number, 0, len(text)),)) for text, number in places
    )
    spots = tuple(Occurrence(number, 0, 14) for number in range(2))
    return TermGroup("tim penyelamat", GroupKind.TERM, 5.0, renderings, spots)


def test_decisions_are_there_again_after_reopening(project, review):
    review.edit(0, "Les secouristes sont arrivés.")
    review.confirm(1)
    review.comment(2, "Trop sec ?")
    assert review.saving.flush()
    review.close()
    again = open_review(project, ME)
    assert again.pair(0).target_text == "Les secouristes sont arrivés."
    assert again.row(1).verdict is Verdict.CONFIRMED
    assert [c.text for c in again.comments(2)] == ["Trop sec ?"]
    assert again.comments(2)[0].reviewer == "Ayu"
    assert again.confirmed_count == 1
    again.close()


def test_an_edit_after_confirming_shows_as_changed(review):
    review.confirm(0)
    review.edit(0, "Autre chose.")
    assert review.row(0).changed
    assert review.confirmed_count == 0
    review.undo()
    assert not review.row(0).changed
    assert review.confirmed_count == 1


def test_undo_and_redo_name_what_they_do_and_say_where(review):
    assert review.undo_label is None
    review.confirm(1, "Les sauveteurs sont à l’œuvre.")
    assert review.undo_label == "verdict"
    assert review.undo() == (1,)
    assert review.pair(1).target_text == TARGET[1]
    assert review.row(1).verdict is Verdict.OPEN
    assert review.redo() == (1,)
    assert review.row(1).verdict is Verdict.CONFIRMED


def test_a_waiver_takes_the_finding_out_and_undo_brings_it_back(review):
    review.take(Analysis(findings=(finding(0, "arrivent"),)), review.revision)
    review.waive(review.findings()[0], WaiverScope.HERE, "voulu")
    assert review.findings() == ()
    assert [w.reason for w in review.waived()] == ["voulu"]
    review.undo()
    assert len(review.findings()) == 1


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        (WaiverScope.HERE, 2),
        (WaiverScope.TEXT, 1),
        (WaiverScope.WORD, 0),
        (WaiverScope.CHECK, 1),
    ],
)
def test_a_waiver_reaches_as_far_as_its_scope(review, scope, left):
    same = replace(finding(0, "Les"), pair=1, fingerprint=fingerprint("spacing", ("Les",), "x"))
    other = finding(0, "Les", check="caps")
    review.take(Analysis(findings=(finding(0, "Les"), other, same)), review.revision)
    review.waive(finding(0, "Les"), scope)
    assert len(review.findings()) == left


def test_drift_is_a_finding_until_it_is_kept(review):
    review.take(Analysis(groups=(group(),)), review.revision)
    assert [f.check for f in review.findings()] == ["drift"]
    assert review.row(0).preferred == (Span(Side.TARGET, 0, 15),)
    review.terms.keep(group(), "synonymes")
    assert review.findings() == ()
    assert review.groups()[0].decision == "keep"


def test_unify_is_one_step_to_undo(review):
    review.take(Analysis(groups=(group(),)), review.revision)
    proposed = review.terms.replacements(group(), "Les secouristes")
    assert [(r.pair, r.old, r.new) for r in proposed] == [(1, "Les sauveteurs", "Les secouristes")]
    review.terms.unify(group(), "Les secouristes", proposed)
    assert review.pair(1).target_text == "Les secouristes travaillent."
    assert review.findings() == ()
    review.undo()
    assert review.pair(1).target_text == TARGET[1]


def test_marks_follow_an_edit_before_them(review):
    review.take(Analysis(groups=(group(),)), review.revision)
    review.edit(1, "Hier, les sauveteurs travaillent.")
    review.edit(1, TARGET[1])
    review.take(Analysis(groups=(group(),)), review.revision)
    review.edit(1, TARGET[1] + " Vite.")
    (drift,) = review.findings()
    assert drift.spans[0] == Span(Side.TARGET, 0, 14)


def test_results_of_an_older_revision_are_dropped(review):
    old = review.revision
    review.confirm(0)
    assert not review.take(Analysis(findings=(finding(0, "arrivent"),)), old)
    assert review.findings() == ()


def test_two_programs_on_one_file_see_each_other(project, review):
    theirs = open_review(project, OTHER)
    theirs.confirm(2, "Terminé.")
    assert theirs.saving.flush()
    theirs.close()
    deadline = time.monotonic() + 20
    while review.pair(2).target_text != "Terminé." and time.monotonic() < deadline:
        review.saving.poll()
        time.sleep(0.02)
    assert review.pair(2).target_text == "Terminé."
    assert review.row(2).verdict is Verdict.CONFIRMED
    assert review.undo_label is None


def test_the_worker_sees_what_is_not_saved_yet(project, review):
    review.edit(0, "Les secouristes sont là.")
    opened = read_pairs(project, None, review.saving.on_its_way)
    assert opened.pairs[0].target_text == "Les secouristes sont là."
    assert opened.languages == ("id", "fr")


def test_replacing_in_many_pairs_is_one_step(review):
    hits = review.search("les", side=Side.TARGET, replacement="Nos")
    assert hits.run()
    assert len(hits) == 2
    review.replace_all(hits)
    assert review.pair(0).target_text == "Nos secouristes arrivent."
    assert review.pair(1).target_text == "Nos sauveteurs travaillent."
    review.undo()
    assert review.pair(1).target_text == TARGET[1]


def test_undoing_very_many_edits_reads_no_pair_and_asks_for_a_check(review, monkeypatch):
    monkeypatch.setattr("reviewer.review.open_document._AT_ONCE", 1)
    hits = review.search("les", side=Side.TARGET, replacement="Nos")
    assert hits.run()
    told = []
    review.listen(told.append)
    made = review.columns.made
    review.replace_all(hits)
    assert told[-1].renewed
    # Once for the hit, which is shown with what stands around it, and once to be changed.
    assert review.columns.made - made == 2 * len(hits)
    made = review.columns.made
    for act in (review.undo, review.redo):
        act()
        assert told[-1].renewed
    assert review.columns.made == made
    assert review.pair(1).target_text == "Nos sauveteurs travaillent."
    review.edit(1, "Rien.")
    assert not told[-1].renewed


def test_places_that_hold_another_text_by_now_are_not_replaced(review):
    hits = review.search("les", side=Side.TARGET, replacement="Nos")
    assert hits.run()
    hits = list(hits)
    review.edit(0, "Hier, les secouristes arrivent.")
    assert review.replace_all(hits) == 1
    assert review.pair(0).target_text == "Hier, les secouristes arrivent."
    assert review.pair(1).target_text == "Nos sauveteurs travaillent."


def test_places_beyond_the_last_pair_are_not_replaced(review):
    hits = review.search("Fin", side=Side.TARGET, replacement="Bon")
    assert hits.run()
    hits = list(hits)
    review.alignment.merge_with_next(0)
    assert review.replace_all(hits) == 0


def test_unify_leaves_alone_what_was_edited_since(review):
    review.take(Analysis(groups=(group(),)), review.revision)
    proposed = review.terms.replacements(group(), "Les secouristes")
    review.edit(1, "Nos sauveteurs travaillent.")
    assert review.terms.unify(group(), "Les secouristes", proposed) == 0
    assert review.pair(1).target_text == "Nos sauveteurs travaillent."


def test_what_is_being_written_is_recorded_before_pairs_get_other_numbers(project, review):
    review.before_realigning(lambda: review.edit(2, "Fini."))
    theirs = open_review(project, OTHER)
    theirs.alignment.merge_with_next(0)
    assert theirs.saving.flush()
    theirs.close()
    deadline = time.monotonic() + 20
    while review.count == 3 and time.monotonic() < deadline:
        review.saving.poll()
        time.sleep(0.02)
    assert [review.pair(n).target_text for n in range(2)] == ["\n".join(TARGET[:2]), "Fini."]


def test_merging_pairs_changes_the_rows_and_keeps_the_edit(review):
    review.edit(1, "Les sauveteurs peinent.")
    assert review.alignment.merge_with_next(0)
    assert review.count == 2
    assert review.pair(0).target_text == "Les secouristes arrivent.\nLes sauveteurs peinent."
    review.undo()
    assert review.count == 3
    review.redo()
    assert review.count == 2


def test_the_history_tells_who_and_what(review):
    review.confirm(0)
    review.comment(1, "Hm.")
    review.undo()
    lines = review.past.lines()
    assert [(line.what, line.number, line.undone) for line in lines[:2]] == [
        ("Comment: {0}", 1, True),
        ("Confirmed", 0, False),
    ]
    assert {line.reviewer for line in lines} == {"Ayu"}
    assert len(review.past.lines(0)) == 1


def test_a_check_can_be_switched_off_and_on(review):
    review.take(Analysis(groups=(group(),)), review.revision)
    review.settings.set_check("drift", on=False)
    assert review.findings() == ()
    assert not review.settings.checks()["drift"]
    review.undo()
    assert len(review.findings()) == 1


def test_a_language_can_be_corrected(review):
    review.settings.set_language(Side.TARGET, "it")
    assert review.target_language == "it"
    assert review.pair_of_documents.target_language == "it"


def test_a_deleted_comment_is_told_of(review):
    review.comment(1, "Hm.")
    told = []
    review.listen(told.append)
    review.delete_comment(review.comments(1)[0])
    assert review.comments(1) == ()
    assert told[-1].rows is None or 1 in told[-1].rows


def test_a_verdict_leaves_the_texts_alone_and_an_edit_does_not(review):
    told = []
    review.listen(told.append)
    review.confirm(0)
    assert not told[-1].texts
    review.edit(1, "Autre.")
    assert told[-1].texts


def test_findings_that_stream_in_twice_stand_once(review):
    for _ in range(2):
        review.take_some([finding(0, "arrivent")], review.revision)
    assert len(review.findings()) == 1


def test_a_hidden_text_of_a_term_stays_hidden_when_counts_change(review):
    review.take(Analysis(groups=(group(),)), review.revision)
    review.waive(review.findings()[0], WaiverScope.TEXT)
    more = (*group().renderings[0].occurrences, Occurrence(2, 0, 3))
    grown = replace(group().renderings[0], occurrences=more)
    again = replace(group(), renderings=(grown, group().renderings[1]))
    review.take(Analysis(groups=(again,)), review.revision)
    assert review.findings() == ()


@pytest.mark.parametrize("renderings", [5, [[{}]], [[["x"]]], None, "x"])
def test_a_senseless_decision_on_a_term_is_ignored(review, renderings):
    review.take(Analysis(groups=(group(),)), review.revision)
    body = {"source": "tim penyelamat", "verdict": "keep", "renderings": renderings}
    from reviewer.model import Draft

    review.record([Draft("group", None, body | {"parents": []})], None)
    assert len(review.findings()) == 1


@pytest.mark.parametrize("size", [60, 3_000])
def test_a_repair_costs_what_it_touches(tmp_path, size):
    sides = [_document(f"a.{tag}.txt", tag, [f"{tag} {n}." for n in range(size)]) for tag in LONG]
    beads = [Bead(n, n + 1, n, n + 1, 0.4 if n % 7 else 0.99) for n in range(size)]
    path = tmp_path / "long.bitext"
    me = bytes.fromhex(ME.reviewer_id)
    pair = ImportedPair(*sides[0], *sides[1], beads)
    create_project(path, [pair], reviewer=me, reviewer_name="Ayu")
    review = open_review(path, ME)
    review.take(Analysis(), review.revision)
    seen = []
    for act in (
        lambda: review.alignment.merge_with_next(20),
        lambda: review.alignment.split(30, 3, 3),
        lambda: review.alignment.link(
            review.columns.place(5).source, review.columns.place(50).target
        ),
        review.undo,
        review.redo,
    ):
        before = review.columns.made + review.columns.beads.work
        act()
        review.doubtful()
        review.findings()
        seen.append(review.columns.made + review.columns.beads.work - before)
    review.close()
    assert max(seen) <= 16


def test_what_a_colleague_decided_while_documents_come_is_shown(review, project):
    told = []
    review.listen(told.append)
    with closing(open_review(project, OTHER)) as theirs:
        theirs.edit(1, "Les sauveteurs s’affairent.")
        theirs.confirm(2)
        assert theirs.saving.flush()
    assert review.pair(1).target_text == TARGET[1]
    assert review.confirmed_count == 0
    review.take_in_documents()
    assert review.pair(1).target_text == "Les sauveteurs s’affairent."
    assert review.confirmed_count == 1
    assert any(change.history and (change.rows is None or 1 in change.rows) for change in told)


def test_decisions_that_are_not_what_was_written_are_not_taken_in(review, project):
    with closing(open_review(project, OTHER)) as theirs:
        theirs.edit(1, "Les sauveteurs s’affairent.")
        assert theirs.saving.flush()
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute("UPDATE event SET body = replace(body, 'affairent', 'agitent')")
    with pytest.raises(ProjectFileError, match="not what was written"):
        review.take_in_documents()


def test_a_file_that_was_replaced_after_it_was_read_is_checked_again(project):
    read = read_project(project)
    damaged = project.with_name("b.bitext")
    shutil.copy(project, damaged)
    with closing(sqlite3.connect(damaged)) as connection, connection:
        connection.execute("UPDATE segment SET text = 'Autre.' WHERE ord = 0")
        connection.execute("UPDATE document SET name = 'other'")
    damaged.replace(project)
    with pytest.raises(DamagedProjectError):
        open_review(project, ME, read)


def test_what_was_written_since_it_was_read_is_in_the_review(project):
    read = read_project(project)
    with closing(open_review(project, OTHER)) as theirs:
        theirs.confirm(0)
        assert theirs.saving.flush()
    with closing(open_review(project, ME, read)) as review:
        deadline = time.monotonic() + 10
        while not review.confirmed_count and time.monotonic() < deadline:
            review.saving.poll()
            time.sleep(0.01)
        assert review.is_confirmed(0)
