"""A document too long to be held is checked stretch by stretch: what is found is the same."""

import sys
import weakref
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from review_sample import SETTINGS, make_project

from reviewer import store
from reviewer.checks import CHECKS, check_by_id, run
from reviewer.checks.failed import CHECK as FAILED
from reviewer.errors import Cancelled
from reviewer.model import Finding, GroupKind, Occurrence, Rendering, Side, TermGroup
from reviewer.review.alignment.columns import Columns
from reviewer.review.checking import stretches
from reviewer.review.checking.pipeline import Watch
from reviewer.review.checking.recheck import Remembered
from reviewer.review.checking.stretches import Repeats, Told, best_groups
from reviewer.review.saving import Unsaved
from reviewer.review.tasks import large, opened_pairs, worker
from reviewer.review.tasks.opening import open_review, read_project
from reviewer.review.tasks.requests import CheckRequest, OpenRequest
from reviewer.review.tasks.whole_check import check
from tests.checks.pairs import context, pair

NOTHING = Unsaved((), ())
WHAT = ("jembatan", "pasar", "sekolah", "pelabuhan", "kantor pos", "stasiun", "taman", "menara")
WHICH = ("le pont", "le marché", "l’école", "le port", "la poste", "la gare", "le parc", "la tour")
TELL = (
    (
        "Pada tahun {n} {what} itu dibangun kembali oleh warga.",
        "En {n}, les habitants rebâtirent {which}.",
    ),
    (
        "Sebanyak {n} orang melihat {what} kemarin sore.",
        "Hier soir, {n} personnes ont vu {which}.",
    ),
    (
        "Mengapa {what} ditutup selama {n} hari?",
        "Pourquoi {which} est-il resté fermé {n} jours ?",
    ),
)


def texts(count):
    """So many pairs that differ, of which some have a mistake each."""
    made = []
    for number in range(count):
        source, target = TELL[number % 3]
        told = {"n": 1200 + number, "what": WHAT[number % 8], "which": WHICH[number * 7 % 8]}
        target = target.format(**told)
        if number % 11 == 5:
            target = target.replace(str(told["n"]), str(told["n"] + 1))
        if number % 17 == 3:
            target = f"{target[:-1]} dibangun kembali oleh warga{target[-1]}"
        if number % 23 == 7:
            target = target.replace(" ", "  ", 1)
        made.append((source.format(**told), target))
    # The same source far away, translated otherwise; the same target of another source.
    made[2] = ("Gerbang timur tetap terkunci.", "La porte orientale reste fermée.")
    made[count - 3] = ("Gerbang timur tetap terkunci.", "Le portail de l’est demeure clos.")
    made[4] = (
        "Dewan kota menolak anggaran tahun depan.",
        "Le conseil a rejeté le budget de 2031.",
    )
    made[count - 5] = ("Hujan turun sepanjang malam di lembah.", made[4][1])
    return made


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path, texts(180))


def asked(path, remembered=None, watch=None, found=lambda _findings: None):
    """Check a project as the worker does, of which the file holds everything."""
    with closing(store.open_project(path)) as opened:
        request = CheckRequest(path, opened.alignments[0].align_id, NOTHING, 0)
    reports = SimpleNamespace(found=found, compared=lambda _groups: None, revision=0)
    return check(request, watch or Watch(), reports, remembered).analysis


@pytest.fixture
def short(monkeypatch):
    """Make every document a long one."""
    monkeypatch.setattr(stretches, "LONG", 0)
    monkeypatch.setattr(large, "LARGE", 0)
    monkeypatch.setattr(stretches, "STRETCH", 60)


def test_the_same_is_found_as_in_one_piece(project, monkeypatch):
    whole = asked(project)
    monkeypatch.setattr(stretches, "LONG", 0)
    monkeypatch.setattr(large, "LARGE", 0)
    monkeypatch.setattr(stretches, "STRETCH", 60)
    parts = asked(project)
    assert {"numbers", "untranslated", "spacing", "same-source", "same-target"} <= {
        finding.check for finding in whole.findings
    }
    assert sorted(parts.findings, key=repr) == sorted(whole.findings, key=repr)
    assert [f.pair for f in parts.findings] == sorted(f.pair for f in whole.findings)
    assert parts.more == {}


def test_what_was_found_before_the_edits_is_known(project, short):
    with closing(open_review(project, SETTINGS)) as review:
        wrong = next(n for n in range(100, 180) if n % 11 == 5)
        review.edit(wrong, texts(180)[wrong][1].replace(str(1201 + wrong), str(1200 + wrong)))
        assert review.saving.flush()
    analysis = asked(project)
    assert [(f.check, f.pair) for f in analysis.before if f.check == "numbers"] == [
        ("numbers", wrong)
    ]
    assert not [f for f in analysis.findings if (f.check, f.pair) == ("numbers", wrong)]


def test_what_edits_have_fixed_is_counted_beyond_what_is_told(project, short, monkeypatch):
    wrong = [n for n in range(180) if n % 11 == 5 and n not in {175, 177}]
    with closing(open_review(project, SETTINGS)) as review:
        for n in wrong[::2]:
            review.edit(n, texts(180)[n][1].replace(str(1201 + n), str(1200 + n)))
        review.edit(wrong[1], texts(180)[wrong[1]][1] + " ")
        assert review.saving.flush()
    asked_for = asked(project)
    assert asked_for.more_fixed == {}
    monkeypatch.setattr("reviewer.review.tasks.whole_check.MOST_BEFORE", 2)
    fewer = asked(project)
    assert len([f for f in fewer.before if f.check == "numbers"]) == 2
    told = {f.pair for f in fewer.before if f.check == "numbers"}
    assert fewer.more_fixed["numbers"] == len(set(wrong[::2]) - told)
    with closing(open_review(project, SETTINGS)) as review:
        for analysis in (asked_for, fewer):
            review.take(analysis, review.revision)
            assert review.tallies()["numbers"].fixed == len(wrong[::2])


def test_no_more_pairs_are_held_than_a_stretch_has(project, short, monkeypatch):
    alive, most = weakref.WeakSet(), []
    make = Columns._make

    def counted(self, number):
        made = make(self, number)
        alive.add(made)
        most.append(len(alive))
        return made

    monkeypatch.setattr(Columns, "_make", counted)
    monkeypatch.setattr(stretches, "STRETCH", 20)
    monkeypatch.setattr(stretches, "_SAMPLE", 20)
    asked(project)
    assert len(most) > 180
    assert max(most) <= 45


def test_first_findings_come_before_the_stretch_is_read(project, short, monkeypatch):
    monkeypatch.setattr(stretches, "STRETCH", 180)
    monkeypatch.setattr(stretches, "_SAMPLE", 10)
    monkeypatch.setattr("reviewer.review.checking.pipeline._CHUNK", 20)
    made, at = [], []
    make = Columns._make

    def counted(self, number):
        made.append(number)
        return make(self, number)

    monkeypatch.setattr(Columns, "_make", counted)
    asked(project, found=lambda findings: at.append(len(made)) if findings else None)
    assert at[0] <= 40


def test_no_more_of_a_check_is_told_than_a_person_reads(project, short, monkeypatch):
    whole = asked(project)
    monkeypatch.setattr("reviewer.review.tasks.whole_check.MOST_TOLD", 5)
    streamed = []
    analysis = asked(project, found=streamed.extend)
    for told in (analysis.findings, [f for f in streamed if f.check == "numbers"]):
        assert len([f for f in told if f.check == "numbers"]) == 5
    count = sum(f.check == "numbers" for f in whole.findings)
    assert analysis.more["numbers"] == count - 5
    first = [f for f in whole.findings if f.check == "numbers"][:5]
    assert [f for f in analysis.findings if f.check == "numbers"] == first


def test_cancel_is_looked_at_all_along(project, short):
    looks = []

    def cancelled():
        looks.append(1)
        return False

    asked(project, watch=Watch(cancelled=cancelled))
    for last in range(0, len(looks), len(looks) // 6):
        left = iter(range(last))

        def soon(left=left):
            return next(left, None) is None

        with pytest.raises(Cancelled):
            asked(project, watch=Watch(cancelled=soon))


def test_the_progress_counts_the_pairs_of_the_document(project, short):
    told = []
    asked(project, watch=Watch(lambda *step: told.append(step)))
    checking = [(done, total) for label, done, total in told if label == "Checking"]
    assert checking == [(0, 180), (60, 180), (120, 180)]


def test_a_check_that_is_stopped_has_not_failed():
    def find(_pairs, _context):
        raise Cancelled("Stopped.")
        yield

    stopped = replace(check_by_id("spacing"), find=find)
    with pytest.raises(Cancelled):
        run([pair("A", "B"), pair("C", "D", 1)], context(), [stopped])

    def broken(_pairs, _context):
        raise ValueError
        yield

    failing = replace(stopped, find=broken)
    assert run([pair("A", "B")], context(), [failing])[0].check == FAILED.id


# What was read for the window is not read again


def test_what_was_read_for_the_window_is_checked(project, short, monkeypatch):
    remembered = Remembered()
    whole = asked(project)
    request = OpenRequest(project)
    worker.read_to_check(request, Watch(), remembered)
    monkeypatch.setattr(opened_pairs, "read_project", lambda *_, **__: pytest.fail("read again"))
    assert asked(project, remembered) == whole


def test_a_short_document_is_read_at_once(project, monkeypatch):
    remembered = Remembered()
    remembered.project = read_project(project)
    monkeypatch.setattr(large, "LARGE", 0)
    monkeypatch.setattr(opened_pairs, "_held_pairs", lambda *_: pytest.fail("unpacked one by one"))
    assert asked(project, remembered).findings
    worker.read_to_check(OpenRequest(project), Watch(), remembered)
    assert remembered.project is None


def test_what_came_into_the_file_since_is_checked_too(project, short):
    remembered = Remembered()
    remembered.project = read_project(project)
    with closing(open_review(project, SETTINGS)) as review:
        review.edit(18, "Une phrase  tout autre.")
        assert review.saving.flush()
    found = asked(project, remembered).findings
    assert ("spacing", 18) in {(f.check, f.pair) for f in found}


def test_another_project_is_not_taken_for_the_one_that_was_read(project, short, tmp_path):
    other = make_project(tmp_path, texts(30), name="lain")
    remembered = Remembered()
    remembered.project = read_project(project)
    assert asked(other, remembered) == asked(other)
    assert remembered.project is None


# Parts


def finding(check="numbers", number=0, confidence=1.0):
    return Finding(check, number, (), (str(number),), confidence=confidence)


def test_what_nobody_sees_takes_no_place():
    told = Told(lambda one: one.confidence > 0.5, 3)
    hidden = [finding(number=n, confidence=0.2) for n in range(10)]
    seen = [finding(number=n) for n in range(10, 15)]
    assert told.take(hidden) == hidden[:3]
    assert told.take(seen) == seen[:3]
    assert told.take([finding("spacing")]) == [finding("spacing")]
    assert told.findings == [*hidden[:3], *seen[:3], finding("spacing")]
    assert told.more == {"numbers": 2}


@given(st.lists(st.sampled_from("abcdefgh"), max_size=60), st.integers(1, 9), st.integers(2, 9))
def test_all_pairs_with_one_text_are_looked_at_together(letters, stretch, most):
    pairs = [pair(f"text {letter}", f"texte {letter}", n) for n, letter in enumerate(letters)]
    repeats = Repeats()
    for start in range(0, len(pairs), stretch):
        repeats.take(pairs[start : start + stretch])
    batches = list(repeats.batches(Side.SOURCE, most))
    assert all(batch == sorted(batch) for batch in batches)
    for letter in set(letters):
        there = [n for n, other in enumerate(letters) if other == letter]
        holding = [batch for batch in batches if there[0] in batch]
        assert len(holding) == (len(there) > 1)
        for batch in holding:
            assert [n for n in batch if n in there] == there[:most]


def group(source, *counts, score=0.5, stray=False, kind=GroupKind.TERM):
    renderings = tuple(
        Rendering(f"{source} {n}", tuple(Occurrence(at, 0, 1) for at in range(count)))
        for n, count in enumerate(counts)
    )
    places = tuple(Occurrence(at, 0, 1) for at in range(sum(counts)))
    return TermGroup(source, kind, score, renderings, places, stray)


def test_the_group_that_shows_most_drift_stands_for_its_term(monkeypatch):
    few, many, stray = group("air", 9, 1), group("Air", 5, 4), group("air", 9, 9, stray=True)
    other = group("batu", 3, 2, score=0.9)
    spelling = group("air", 2, 2, kind=GroupKind.SPELLING, score=0.4)
    assert best_groups([few, many, other, spelling, stray]) == [other, many, spelling]
    monkeypatch.setattr(stretches, "_MOST_PLACES", 14)
    assert best_groups([few, many, other, spelling]) == [other, many]


def test_each_check_of_texts_that_are_there_twice_is_known():
    """Those whose examples need an earlier pair with the same text on one side."""
    alike = {
        one.id
        for one in CHECKS
        for example in one.examples
        if example.found
        and any(
            example.source == source or example.target == target
            for source, target in example.before
        )
    }
    assert alike == set(stretches._ALIKE)
