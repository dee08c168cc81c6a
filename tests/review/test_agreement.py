"""How far reviewers agree."""

import csv
import io
import json
import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from events import event
from test_loading import ANN, BEN, decided, pair

from reviewer import store
from reviewer.cli import run
from reviewer.errors import ExportError
from reviewer.model import Verdict
from reviewer.review.decisions.agreement import Agreement, Judge
from reviewer.review.decisions.fold import State
from reviewer.review.decisions.issue_agreement import compared, marks_of
from reviewer.review.documents.agreement_report import record, written
from reviewer.review.tasks.errands import agreement
from reviewer.settings import Settings

CHO = Settings(reviewer_id="33" * 16, reviewer_name="Cho")
C, R, O = Verdict.CONFIRMED, Verdict.REJECTED, Verdict.OPEN  # noqa: E741 - as a table has it
ONE, OTHER = Judge(b"a" * 16, "Ann", 0), Judge(b"b" * 16, "Ben", 0)


def of(counts):
    return Agreement(ONE, OTHER, Counter(counts), 0, None, ())


@pytest.mark.parametrize(
    ("counts", "observed", "kappa"),
    [
        # The example of Wikipedia's article: 20 and 15 alike, 5 and 10 not.
        ({(C, C): 20, (C, R): 5, (R, C): 10, (R, R): 15}, 0.7, 0.4),
        # Cohen's own, with p_o .70 and p_e .41, of 200 cases.
        ({(C, C): 88, (C, R): 10, (C, O): 2, (R, C): 14, (R, R): 40, (R, O): 6,
          (O, C): 18, (O, R): 10, (O, O): 12}, 0.7, 0.4915),
        ({(C, C): 7, (R, R): 3}, 1.0, 1.0),
        ({(C, R): 1, (R, C): 1}, 0.0, -1.0),
        ({(C, C): 9}, 1.0, None),
        ({}, None, None),
    ],
)  # fmt: skip
def test_kappa_is_that_of_cohen(counts, observed, kappa):
    found = of(counts)
    assert found.observed == pytest.approx(observed)
    assert found.kappa == pytest.approx(kappa, abs=1e-4)


@given(st.dictionaries(st.sampled_from([(a, b) for a in Verdict for b in Verdict]),
                       st.integers(0, 10**6)))  # fmt: skip
def test_kappa_is_the_same_from_both_sides_and_never_above_one(counts):
    found, turned = of(counts), of({said[::-1]: count for said, count in counts.items()})
    assert found.kappa == turned.kappa
    assert found.kappa is None or -1 <= found.kappa <= 1
    assert (found.kappa == 1) == (found.kappa is not None and found.observed == 1)


@pytest.fixture(autouse=True)
def computers(monkeypatch):
    """Have the variable that `opened` sets put back."""
    monkeypatch.setenv("XDG_DATA_HOME", os.environ["XDG_DATA_HOME"])


@pytest.fixture
def project(tmp_path):
    """Return a project that two people reviewed independently, and a third looked into."""
    path = tmp_path / "rumah.bitext"
    me = bytes.fromhex(ANN.reviewer_id)
    store.create_project(path, [pair("a"), pair("b", " Ya.")], reviewer=me, reviewer_name="Ann")
    decided(path, ANN, 0, lambda r: r.settings.set_independent(on=True))
    decided(path, ANN, 0, *(lambda r, n=n: r.confirm(n) for n in range(4)))
    decided(path, ANN, 1, lambda r: r.confirm(0), lambda r: r.reject(2), lambda r: r.reject(3))
    decided(path, BEN, 0, lambda r: r.confirm(0), lambda r: r.confirm(1, "Deux villas."))
    decided(path, BEN, 0, lambda r: r.confirm(2), lambda r: r.reopen(3))
    decided(path, BEN, 1, lambda r: r.reject(2), lambda r: r.confirm(3), lambda r: r.reject(3))
    decided(path, BEN, 1, lambda r: r.reject(1), lambda r: r.undo())
    decided(path, CHO, 1, lambda r: r.confirm(2))
    return path


def test_each_two_reviewers_are_compared(project):
    found = agreement(project)
    told = [(judge.name, judge.judged) for judge in found.judges]
    assert told == [("Ann", 7), ("Ben", 6), ("Cho", 1)]
    ann_ben, ann_cho, ben_cho = found.pairs
    assert (ann_ben.both, ann_ben.same, ann_ben.same_text) == (6, 5, 5)
    assert ann_ben.counts == {(C, C): 3, (C, O): 1, (R, R): 2}
    places = [(a.document, a.number, a.said, a.texts) for a in ann_ben.apart]
    assert places == [(0, 1, (C, C), True), (0, 3, (C, O), False)]
    assert [(a.document, a.number) for a in ann_cho.apart] == [(1, 2)]
    assert (ben_cho.both, ben_cho.observed, ben_cho.kappa) == (1, 0.0, 0.0)


def test_whoever_overruled_whom_the_own_word_counts(project):
    decided(project, ANN, 0, lambda r: r.settings.set_independent(on=False))
    decided(project, ANN, 0, lambda r: r.reject(0))
    first = agreement(project).pairs[0]
    assert first.counts[R, C] == 1


def test_a_pair_that_no_row_holds_any_more_is_counted(project):
    decided(project, ANN, 0, lambda r: r.alignment.merge_with_next(2))
    first = agreement(project).pairs[0]
    assert first.both == 6
    # The pair that holds it now.
    assert [(a.document, a.number) for a in first.apart] == [(0, 1), (0, 2)]


def test_the_command_line_says_it(project, capsys):
    assert run(["agreement", str(project)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Ann: 7 pairs judged"
    assert lines[3] == (
        "Ann, Ben: 6 pairs judged by both, 83.3 % the same verdict, kappa 0.70, "
        "5 with the same translation"
    )
    assert lines[4] == "0:1\tAnn: confirmed\tBen: confirmed\tother translations"
    assert lines[5] == "0:3\tAnn: confirmed\tBen: open"


def test_a_program_reads_it(project, tmp_path):
    out = tmp_path / "agreement.json"
    assert run(["agreement", str(project), "--json", "--out", str(out)]) == 0
    found = json.loads(out.read_text("utf-8"))
    assert found == record(agreement(project))
    assert [each["name"] for each in found["reviewers"]] == ["Ann", "Ben", "Cho"]
    first = found["agreement"][0]
    assert first["observed"] == 0.8333
    assert first["verdicts"]["confirmed"] == {"open": 1, "confirmed": 3, "rejected": 0}
    assert first["apart"][1] == {
        "document": 0,
        "pair": 3,
        "verdicts": ["confirmed", "open"],
        "same_text": True,
    }
    assert first["issues"] is None


def test_it_is_written_as_a_table_and_as_a_page(project):
    found, titles = agreement(project), ["a.fr.txt", "b.fr.txt"]
    text = written(found, titles, "Rumah", ".csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[6][:7] == ["Ann", "Ben", "6", "5", "83.3 %", "0.70", "5"]
    assert ["a.fr.txt", "2", "Ann", "Confirmed", "Ben", "Confirmed", "different"] in rows
    page = written(found, ["<a>", "b"], "Rumah & co", ".html").decode()
    assert "<td>&lt;a&gt;</td><td>4</td>" in page
    assert page.count("<table>") == 3
    with pytest.raises(ExportError, match=r"not as “\.pdf”"):
        written(found, titles, "Rumah", ".pdf")


def mark(reviewer, subject, type_, severity, **more):
    body = {"type": type_, "severity": severity, **more}
    return event("issue", body, reviewer=reviewer, subject=subject, seq=len(more) + 1)


def test_marked_issues_are_compared_by_category_and_penalty():
    ann, ben = ONE.reviewer, OTHER.reviewer
    p, q, r, s = (letter * 16 for letter in (b"p", b"q", b"r", b"s"))
    gone = mark(ben, p, "style/register", "minor")
    log = [
        mark(ann, p, "accuracy/omission", "major"),
        mark(ben, p, "accuracy/addition", "minor"),
        gone,
        event("amend", {"of": gone.hash.hex(), "fields": {"deleted": True}}, reviewer=ben),
        mark(ann, q, "terminology/wrong-term", "minor"),
        mark(ben, r, "accuracy/mistranslation", "minor", weight=3),
        # Ben never looked at this one.
        mark(ann, s, "accuracy", "critical"),
    ]
    found = compared(marks_of(State(log)), ann, ben, ({r}, {q}))
    assert (found.pairs, found.same, found.penalties) == (3, 1, (6, 4))
    assert found.difference == pytest.approx((4 + 1 + 3) / 3)
    assert compared(marks_of(State()), ann, ben, (set(), set())) is None


@pytest.mark.parametrize(
    "odd", [{"severity": 9}, {"weight": 10**400}, {"weight": "5"}, {"type": 1}]
)
def test_odd_marks_weigh_nothing(odd):
    ann = ONE.reviewer
    body = {"type": "accuracy", "severity": "none", **odd}
    found = marks_of(State([event("issue", body, reviewer=ann, subject=b"p" * 16)]))
    assert [one.penalty for one in found[ann][b"p" * 16]] == [0]
