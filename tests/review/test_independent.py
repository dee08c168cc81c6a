"""Independent reviewers: each sees what he or she decided, until all of it is compared."""

import os
import random
import shutil
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from events import edit, event, retract
from test_loading import ANN, BEN, decided, opened, pair

from reviewer import store
from reviewer.model import Side, Verdict, WaiverScope
from reviewer.review.checking.pipeline import Reading, Watch
from reviewer.review.decisions.decisions import Decisions
from reviewer.review.decisions.fold import State
from reviewer.review.decisions.registers import INDEPENDENT
from reviewer.review.tasks.loading import LoadRequest, load
from reviewer.review.tasks.opened_pairs import read_pairs
from reviewer.review.tasks.opening import read_project
from reviewer.review.tasks.renewing import VersionRequest, read_version, take_version
from reviewer.settings import Settings

SUBJECT = (b"t" * 16).hex()
PEOPLE = ANA, BO = b"a" * 16, b"b" * 16


def setting(value, *, seq=1, parents=()):
    body = {"key": INDEPENDENT[1], "value": value, "parents": [p.hash.hex() for p in parents]}
    return event("setting", body, seq=seq, session=b"z" * 16, reviewer=b"z" * 16)


@st.composite
def logs(draw):
    """A log in which two people edit one segment, take back, and switch independence."""
    made = []
    for seq in range(1, draw(st.integers(1, 14)) + 1):
        who = draw(st.sampled_from(PEOPLE))
        place = {"session": who, "reviewer": who, "seq": seq}
        edits = [e for e in made if e.kind == "edit"]
        what = draw(st.sampled_from(["edit", "edit", "edit", "retract", "setting"]))
        if what == "retract" and made:
            made.append(retract(draw(st.sampled_from(made)), **place))
        elif what == "setting":
            named = [e for e in made if e.kind == "setting"]
            parents = draw(st.lists(st.sampled_from(named), max_size=2)) if named else ()
            made.append(setting(draw(st.booleans()), seq=seq, parents=parents))
        else:
            parents = draw(st.lists(st.sampled_from(edits), max_size=2)) if edits else []
            word = draw(st.sampled_from(["un", "deux", "trois"]))
            made.append(edit(word, parents=parents, **place))
    return made


def shown(state):
    register = state.register("edit", SUBJECT)
    heads = register and [e.hash for e in register.heads]
    return heads, list(state.disagreements()), state.is_independent, state.parents("edit", SUBJECT)


@given(logs(), st.sampled_from([None, *PEOPLE]), st.randoms(use_true_random=False))
def test_what_is_shown_follows_from_the_set_and_who_looks(log, viewer, random):
    shuffled = [*log, *random.sample(log, len(log) // 2)]
    random.shuffle(shuffled)
    state = State(viewer=viewer)
    for one in shuffled:
        state.add(one)
        shown(state)  # fills what is remembered between questions
    assert shown(state) == shown(State(log, viewer=viewer))


@given(logs(), st.sampled_from(PEOPLE))
def test_while_reviewers_are_independent_only_ones_own_counts(log, viewer):
    state = State(log, viewer=viewer)
    register = state.register("edit", SUBJECT)
    own = State([e for e in log if e.kind != "edit" or e.reviewer == viewer])
    if state.is_independent:
        assert register == own.register("edit", SUBJECT)
        assert not list(state.disagreements())
    else:
        assert shown(state) == shown(State(log))
    by_reviewer = state.by_reviewer("edit", SUBJECT)
    assert by_reviewer.get(viewer) == own.register("edit", SUBJECT)


@given(logs())
def test_switching_it_off_leaves_no_trace(log):
    on = setting(True, seq=50)
    off = setting(False, seq=51, parents=[on])
    plain = [e for e in log if e.kind != "setting"]
    state = State(plain, viewer=ANA)
    before = shown(state)
    state.add(on)
    shown(state)
    state.add(off)
    assert shown(state) == before


# In an open review


@pytest.fixture(autouse=True)
def computers(monkeypatch):
    """Have the variable that `opened` sets put back."""
    monkeypatch.setenv("XDG_DATA_HOME", os.environ["XDG_DATA_HOME"])


@pytest.fixture
def project(tmp_path):
    """Return a project in which Ann decided before reviewers became independent."""
    path = tmp_path / "rumah.bitext"
    me = bytes.fromhex(ANN.reviewer_id)
    store.create_project(path, [pair("a")], reviewer=me, reviewer_name="Ann")
    decided(
        path,
        ANN,
        0,
        lambda r: r.edit(1, "Deux demeures."),
        lambda r: r.confirm(1),
        lambda r: r.reject(2),
        lambda r: r.comment(2, "Trois ou quatre ?"),
        lambda r: r.settings.set_independent(on=True),
    )
    return path


@pytest.fixture
def ben(project):
    """Return Ben's review of it."""
    review = opened(project, BEN)
    yield review
    review.close()


def seen(review, number):
    row = review.row(number)
    return review.pair(number).target_text, row.verdict, row.comments, row.disputed


def told(review, number):
    return [(line.reviewer, line.what) for line in review.past.lines(number)]


def test_who_has_not_judged_a_pair_sees_nothing_of_the_other(ben):
    assert seen(ben, 1) == ("Deux maisons.", Verdict.OPEN, 0, False)
    assert seen(ben, 2) == ("Trois maisons.", Verdict.OPEN, 0, False)
    assert ben.confirmed_count == 0
    assert told(ben, 1) == told(ben, 2) == []
    lines = [(line.reviewer, line.what) for line in ben.past.lines()]
    assert lines == [("Ann", "Made reviewers independent")]
    assert "Deux demeures." not in str(ben.past.lines())
    # Deciding shows it, in the history and beside the text, but never in the cell.
    ben.reject(2)
    assert seen(ben, 2) == ("Trois maisons.", Verdict.REJECTED, 1, False)
    assert ("Ann", "Rejected") in told(ben, 2)
    assert told(ben, 1) == []


def test_what_others_remarked_is_not_among_the_rows_with_remarks(ben):
    assert ben.commented().tolist() == []
    ben.comment(1, "Demeures ?")
    assert ben.commented().tolist() == [1]
    ben.reject(2)
    assert ben.commented().tolist() == [1, 2]


def test_a_new_version_brings_no_hidden_remark_along(project, ben):
    ben.comment(0, "Une seule ?")
    ben.reject(3)
    assert ben.saving.flush()
    decided(project, ANN, 0, lambda r: r.comment(3, "Quatre ou cinq ?"))
    ben.saving.look()
    ben.close()
    review = opened(project, BEN)
    lines = [review.delivered(number) for number in range(4)]
    file = project.with_name("fr2.txt")
    file.write_text("\n".join(["Un titre de plus.", *lines]) + "\n", "utf-8")
    align_id = review.pair_of_documents.align_id
    me = bytes.fromhex(BEN.reviewer_id)
    asked = VersionRequest(
        project, align_id, Side.TARGET, Reading(file, lines="breaks"), me, review.saving.on_its_way
    )
    carried = take_version(review, read_version(asked, Watch(), prepare=False))
    said = [review.state.content(e).get("text") for e in (*carried.kept, *carried.left)]
    assert "Trois ou quatre ?" not in said
    # Of a pair that was judged all is shown.
    assert {"Une seule ?", "Quatre ou cinq ?"} <= set(said)
    remarks = [c.text for n in range(review.count) for c in review.comments(n)]
    assert "Trois ou quatre ?" not in remarks
    assert "Une seule ?" in remarks
    review.close()


def test_ones_own_decisions_stand(project, ben):
    ben.reject(1)
    assert ben.saving.flush()
    ann = opened(project, ANN)
    assert seen(ann, 1) == ("Deux demeures.", Verdict.CONFIRMED, 0, False)
    assert ann.confirmed() == {1}
    ann.close()


def test_nothing_is_a_disagreement_until_it_is_switched_off(ben):
    ben.edit(1, "Deux villas.")
    ben.confirm(1)
    ben.reject(2)
    assert ben.disagreements() == () == tuple(ben.disputed())
    assert ben.disagreement_count == 0
    ben.settings.set_independent(on=False)
    assert [(each.kind, each.number) for each in ben.disagreements()] == [("edit", 1)]
    assert ben.row(1).disputed
    assert ben.comments(2)
    ben.undo()
    assert ben.settings.independent
    assert ben.disagreements() == ()
    assert seen(ben, 1) == ("Deux villas.", Verdict.CONFIRMED, 0, False)


def test_a_setting_that_arrives_is_followed(project, tmp_path):
    copy = shutil.copyfile(project, tmp_path / "copy.bitext")
    decided(copy, ANN, 0, lambda r: r.settings.set_independent(on=False))
    review = opened(project, BEN)
    me = bytes.fromhex(BEN.reviewer_id)
    load(LoadRequest(project, (copy,), me, only_look=False))
    changes = []
    review.listen(changes.append)
    deadline = time.monotonic() + 20
    while review.settings.independent and time.monotonic() < deadline:
        review.saving.look()
        review.saving.poll()
    assert any(change.renewed for change in changes)
    assert seen(review, 1) == ("Deux demeures.", Verdict.CONFIRMED, 0, False)
    review.close()


def test_the_worker_and_the_index_see_what_the_window_sees(project, ben):
    ben.edit(0, "Une villa.")
    assert ben.saving.flush()
    texts = [pair.target_text for pair in read_pairs(project, None, ben.saving.on_its_way).pairs]
    assert texts == [ben.pair(number).target_text for number in range(4)]
    assert texts[:2] == ["Une villa.", "Deux maisons."]
    state = read_project(project).state((), bytes.fromhex(ANN.reviewer_id))
    assert state.is_independent
    kinds = {key[0] for kind in ("edit", "verdict") for key, _ in state.registers(kind)}
    assert kinds == {"edit", "verdict"}
    assert len(list(state.registers("edit"))) == 1


def test_a_waiver_is_ones_own(project, ben):
    waiver = {"scope": WaiverScope.WORD.value, "check": "", "key": "maisons", "on": True}
    state = State(
        [
            event("waive", {**waiver, "reason": ""}, reviewer=ANA),
            setting(True),
        ],
        viewer=BO,
    )
    key = ("waive", waiver["scope"], waiver["check"], waiver["key"])
    assert state.register(*key) is None
    assert ANA in state.by_reviewer(*key)


def test_what_was_then_is_told_of_ones_own_texts(project, tmp_path):
    decided(project, BEN, 0, lambda r: r.edit(1, "Deux villas."), lambda r: r.confirm(1))
    moment = min((e for e in store_log(project) if e.kind == "edit"), key=lambda e: e.hlc)
    decided(project, BEN, 0, lambda r: r.edit(1, "Deux chalets."), lambda r: r.edit(0, "Une."))
    review = opened(project, BEN)
    looking = review.past.look_back(moment)
    assert looking.run()
    texts = {(each.number, each.then, each.now) for each in looking}
    assert texts == {(0, "Une maison.", "Une."), (1, "Deux maisons.", "Deux chalets.")}
    review.close()


def store_log(path):
    with closing(store.open_project(path)) as project:
        return project.events()


@pytest.mark.parametrize("seed", range(6))
def test_what_is_counted_of_ones_own_is_what_looking_at_each_pair_says(tmp_path, seed):
    rng = random.Random(seed)
    path = tmp_path / "rumah.bitext"
    store.create_project(path, [pair("a")], reviewer=b"z" * 16, reviewer_name="Zoe")
    me = Settings(reviewer_id="33" * 16, reviewer_name="Cho") if seed == 5 else ANN
    for who in rng.choices([ANN, BEN], k=6):
        if rng.random() < 0.4:
            decided(path, who, 0, lambda r: r.settings.set_independent(on=True))
        gestures = ["confirm", "reject", "reopen", "edit", "undo", "merge"]
        for _ in range(5):
            kind, number = rng.choice(gestures), rng.randrange(3)
            if kind == "edit":
                decided(
                    path,
                    who,
                    0,
                    lambda r, n=number: r.edit(n % r.count, rng.choice(["Un.", "Deux."])),
                )
            elif kind == "undo":
                decided(path, who, 0, lambda r: r.undo())
            elif kind == "merge":
                if rng.random() < 0.2:
                    decided(path, who, 0, lambda r: r.count > 1 and r.alignment.merge_with_next(0))
            else:
                decided(path, who, 0, lambda r, k=kind, n=number: getattr(r, k)(n % r.count))
    decided(path, ANN, 0, lambda r: r.settings.set_independent(on=True))
    review = opened(path, me)
    assert review.settings.independent
    counted = review.state._counted()
    assert set(counted.judged) == set(review.state._log.judged)
    rows = review.shown.rows
    numbers = range(review.count)
    assert review.confirmed() == {n for n in numbers if rows.is_confirmed(n)}
    assert set(rows.edited().tolist()) == {n for n in numbers if rows.is_edited(n)}
    assert [e.event for e in review.decisions.earlier(0)] == [
        e.event
        for e in Decisions(
            State(review.state.events(), viewer=review.state.viewer), review.columns
        ).earlier(0)
    ]
    review.close()
