"""What an indexed log says is what the fold says of the same events."""

import json
import pickle
import sys
from dataclasses import astuple
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from desk import Desk
from events import event, retract

from reviewer.model import Verdict
from reviewer.review.alignment import realign
from reviewer.review.alignment.columns import Columns
from reviewer.review.checking.board import Board
from reviewer.review.decisions import gestures
from reviewer.review.decisions.decisions import Decisions
from reviewer.review.decisions.fold import State
from reviewer.review.decisions.log_index import LogReader
from reviewer.review.decisions.rows import Rows
from reviewer.store.contents import to_event
from reviewer.store.packed import Packed

SUBJECTS = [bytes([n]) * 16 for n in (0, 1, 255)]
PEOPLE = [b"a" * 16, b"b" * 16]
KINDS = ("edit", "verdict", "comment", "waive")


def body_of(kind, word, number, parents):
    """Return what somebody says of the segment or pair of this number."""
    parents = [parent.hash.hex() for parent in parents]
    return {
        "edit": {"text": word, "at": number, "parents": parents},
        "verdict": {"v": word, "anchor": [number, number + 1, 0, 1], "parents": parents},
        "comment": {"text": word},
        "waive": {"scope": "here", "check": "x", "key": word, "on": True, "parents": parents},
    }[kind]


@st.composite
def logs(draw):
    """A log of several people in which decisions name others, and undo and redo happen."""
    made = []
    for seq in range(1, draw(st.integers(1, 14)) + 1):
        session = draw(st.sampled_from(PEOPLE))
        where = {"seq": seq, "session": session, "reviewer": session}
        if made and draw(st.integers(0, 5)) == 0:
            made.append(retract(draw(st.sampled_from(made)), **where))
            continue
        kind, number = draw(st.sampled_from(KINDS)), draw(st.integers(0, 2))
        parents = draw(st.lists(st.sampled_from(made), max_size=2)) if made else []
        word = draw(st.sampled_from(["un", "deux"]))
        body = body_of(kind, word, number, parents)
        if kind == "edit" and draw(st.integers(0, 4)) == 0:
            body["range"] = [0, 1]
        made.append(event(kind, body, subject=SUBJECTS[number], **where))
    return made


def indexed(log, later=(), viewer=None):
    """Return the state of a log read from a file, and of what came later, for who looks."""
    rows = [astuple(e) for e in sorted(log, key=lambda e: (e.session, e.seq, e.hash))]
    reader = LogReader()
    for row in rows:
        reader.take(row, json.loads(row[-1]))
    packed = Packed(to_event, rows)
    others = [packed[n] for n in reader.others]
    # As it comes from the worker.
    log = pickle.loads(pickle.dumps(reader.index(packed)))
    state = State(others, log, viewer=viewer)
    for each in later:
        state.add(each)
    return state


def everything(state, log):
    """Return all that a state answers."""
    keys = [(kind, subject.hex()) for kind in ("edit", "verdict") for subject in SUBJECTS]
    return {
        "all": list(state.events()),
        "newest": list(state.events(newest_first=True)),
        "by": [list(state.made_by(person)) for person in PEOPLE],
        "registers": [state.register(*key) for key in keys],
        "of each": [dict(state.by_reviewer(*key)) for key in keys],
        "parents": [state.parents(*key) for key in keys],
        "members": [{e.hash for e in state.members([key])} for key in keys],
        "of kinds": [list(state.registers(kind)) for kind in KINDS],
        "apart": list(state.disagreements()),
        "listed": state.listed("comment"),
        "about": {each.subject for each in state.subjects({"verdict", "comment"})},
        "gestures": [state.gesture(each) for each in log],
        "upon": [state.built_upon(each.hash) for each in log],
        "known": [(state.event(e.hash), e.hash in state, state.content(e)) for e in log],
        "count": len(state),
    }


@given(logs(), st.integers(0, 14))
def test_an_indexed_log_gives_the_same_state(log, cut):
    state = indexed(log[:cut], log[cut:])
    assert everything(state, log) == everything(State(log), log)


@given(logs(), st.integers(0, 14), st.integers(0, 14), st.sampled_from(PEOPLE))
def test_an_indexed_log_gives_independent_reviewers_the_same_state(log, at, cut, viewer):
    body = {"key": "independent", "value": True, "parents": []}
    log.insert(at, event("setting", body, seq=1, session=b"z" * 16, reviewer=b"z" * 16))
    state, plain = indexed(log[:cut], log[cut:], viewer), State(log, viewer=viewer)
    assert state.is_independent
    assert everything(state, log) == everything(plain, log)


@given(logs(), st.integers(0, 14))
def test_many_at_once_are_taken_as_one_after_the_other(log, cut):
    state = indexed(log[:cut])
    assert state.add_all([*log, *log]) == log[cut:]
    assert state.add_all(log) == state.add_all([]) == []
    assert everything(state, log) == everything(State(log), log)


@given(logs())
def test_events_that_are_known_change_nothing(log):
    state = indexed(log, log)
    assert len(state) == len(log)
    assert everything(state, log) == everything(State(log), log)


@given(logs(), st.integers(0, 2))
def test_what_is_near_a_pair_is_found_and_in_order(log, number):
    state = indexed(log)
    found = list(state.near((number, number + 1), (number, number + 1)))
    about = [e for e in state.events(newest_first=True) if e.subject == SUBJECTS[number]]
    assert [e for e in found if e.subject == SUBJECTS[number]] == about
    assert found == sorted(found, key=lambda e: (e.hlc, e.hash), reverse=True)


def test_decisions_of_an_indexed_log_are_those_of_the_same_events():
    """Confirmed pairs, one merged and one edited since, and verdicts on what stands no more."""
    texts = [f"Phrase {n}." for n in range(8)]
    desk = Desk(texts, texts)
    for number in (0, 2, 3, 5, 6):
        desk.record(*judged(desk, number))
    desk.realign(realign.merge(desk.columns.beads, 2, 3))
    desk.record(*judged(desk, 2))
    desk.record(*gestures.edit(desk.state, desk.columns, 0, "Autre."))
    other = event("verdict", {"v": "confirmed", "anchor": [1, 2, 1, 2]}, subject=b"x" * 16, seq=99)
    events = [*desk.state.events(), other]
    plain, packed = (open_desk(desk, state) for state in (State(events), indexed(events)))
    assert plain["confirmed"] == {2, 4, 5}
    assert plain == packed


def judged(desk, number):
    text = desk.columns.pair(number).target_text
    return gestures.verdict(desk.state, desk.columns, number, Verdict.CONFIRMED, text)


def open_desk(desk, state):
    """Return what a document shows of the decisions of a state."""
    columns = Columns(desk.columns.delivered, state)
    decisions = Decisions(state, columns)
    rows = Rows(state, columns, Board(state, columns, ("en", "fr")), decisions)
    return {
        "confirmed": set(rows.confirmed()),
        "rows": [rows.row(number) for number in range(len(columns))],
        "displaced": decisions.rows(),
        "without row": decisions.without_row(),
    }


def test_of_texts_that_follow_each_other_only_the_last_is_read():
    log, before = [], []
    for number, word in enumerate(("un", "deux", "trois", "quatre"), 1):
        where = {"seq": number, "session": PEOPLE[0], "reviewer": PEOPLE[0]}
        made = event("edit", body_of("edit", word, 0, before), subject=SUBJECTS[0], **where)
        log.append(made)
        before = [made]
    state, read = indexed(log), []
    find = state._log.event
    state._log.event = lambda number: read.append(number) or find(number)
    key = "edit", SUBJECTS[0].hex()
    assert state.register(*key).heads == (log[-1],)
    assert read == [3]
    where = {"seq": 5, "session": PEOPLE[0], "reviewer": PEOPLE[0]}
    last = event("edit", body_of("edit", "cinq", 0, before), subject=SUBJECTS[0], **where)
    state.add(last)
    assert state.register(*key).heads == (last,)
    assert read == [3]
    state.add(retract(last, seq=6, session=PEOPLE[0], reviewer=PEOPLE[0]))
    assert state.register(*key).heads == (log[-1],)
