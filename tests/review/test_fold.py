"""The fold is a function of the set of events."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from events import edit, event, retract

from reviewer.review.decisions.arriving import parts
from reviewer.review.decisions.fold import State

SUBJECT = (b"t" * 16).hex()


def text_of(state):
    register = state.register("edit", SUBJECT)
    return state.content(register.chosen)["text"] if register else None


def test_a_later_edit_supersedes_the_one_it_names():
    first = edit("un", seq=1)
    second = edit("deux", seq=2, parents=[first])
    state = State([second, first])
    assert text_of(state) == "deux"
    assert not state.register("edit", SUBJECT).disagreement


def test_two_edits_that_know_nothing_of_each_other_disagree():
    ours = edit("un", session=b"a" * 16, seq=1)
    theirs = edit("deux", session=b"b" * 16, seq=1, hlc=5 << 16)
    state = State([ours, theirs])
    assert state.register("edit", SUBJECT).disagreement
    assert text_of(state) == "deux"
    assert [key for key, _ in state.disagreements()] == [("edit", SUBJECT)]


def test_equal_edits_of_two_people_agree():
    state = State([edit("un", session=b"a" * 16), edit("un", session=b"b" * 16)])
    assert not state.register("edit", SUBJECT).disagreement


def test_a_merging_decision_settles_a_disagreement():
    ours, theirs = edit("un", session=b"a" * 16), edit("deux", session=b"b" * 16)
    settled = edit("trois", session=b"a" * 16, seq=2, parents=[ours, theirs])
    state = State([ours, theirs, settled])
    assert text_of(state) == "trois"
    assert not list(state.disagreements())


def test_retracting_brings_back_what_stood_before_and_redo_brings_it_again():
    first = edit("un", seq=1)
    second = edit("deux", seq=2, parents=[first])
    undo = retract(second, seq=3)
    redo = retract(undo, seq=4)
    assert text_of(State([first, second, undo])) == "un"
    assert text_of(State([first, second, undo, redo])) == "deux"


def test_what_follows_an_edit_that_was_taken_back_disagrees_with_the_one_before():
    first = edit("un", seq=1)
    second = edit("deux", seq=2, parents=[first])
    state = State([first, second, retract(second, seq=3)])
    assert not list(state.disagreements())
    state.add(edit("trois", session=b"b" * 16, seq=1, parents=[second]))
    assert [key for key, _ in state.disagreements()] == [("edit", SUBJECT)]


def test_a_long_chain_of_retracts_ends():
    chain = [edit("un", seq=1)]
    for seq in range(2, 5003):
        chain.append(retract(chain[-1], seq=seq))
    assert text_of(State(chain)) is None
    assert text_of(State(chain[:-1])) == "un"


def test_unknown_kinds_and_broken_bodies_are_kept_and_change_nothing():
    strange = event("dance", {"steps": 3})
    broken = event("edit", ["no", "object"], subject=b"t" * 16)
    state = State([strange, broken, edit("un")])
    assert len(state) == 3
    assert text_of(state) == "un"


@pytest.mark.parametrize("parents", [None, 7, ["zz" * 32], [None], ["ab"]])
def test_parents_that_are_no_hashes_are_passed_over(parents):
    assert text_of(State([event("edit", {"text": "un", "parents": parents}, subject=b"t" * 16)]))


@st.composite
def logs(draw):
    """A log in which edits name earlier ones, and undo and redo happen."""
    made = []
    for seq in range(1, draw(st.integers(1, 12)) + 1):
        session = draw(st.sampled_from([b"a" * 16, b"b" * 16]))
        if made and draw(st.integers(0, 3)) == 0:
            made.append(retract(draw(st.sampled_from(made)), seq=seq, session=session))
        else:
            edits = [e for e in made if e.kind == "edit"]
            parents = draw(st.lists(st.sampled_from(edits), max_size=2)) if edits else []
            word = draw(st.sampled_from(["un", "deux", "trois"]))
            made.append(edit(word, seq=seq, session=session, parents=parents))
    return made


def shown(state):
    register = state.register("edit", SUBJECT)
    return register and [e.hash for e in register.heads]


@given(logs(), st.randoms(use_true_random=False))
def test_order_and_duplicates_do_not_matter(log, random):
    shuffled = [*log, *random.sample(log, len(log) // 2)]
    random.shuffle(shuffled)
    assert shown(State(shuffled)) == shown(State(log))


@given(logs(), st.integers(0, 12))
def test_adding_one_by_one_equals_adding_all(log, cut):
    state = State(log[:cut])
    shown(state)  # fills what is remembered between questions
    for later in log[cut:]:
        state.add(later)
    assert shown(state) == shown(State(log))


@given(logs(), st.randoms(use_true_random=False))
def test_disagreements_are_those_of_the_registers_in_any_order(log, random):
    shuffled = list(log)
    random.shuffle(shuffled)
    state = State()
    for one in shuffled:
        state.add(one)
        register = state.register("edit", SUBJECT)
        expected = register is not None and register.disagreement
        assert [key for key, _ in state.disagreements()] == [("edit", SUBJECT)] * expected
        assert state.disputed_count == expected
    assert list(state.disagreements()) == list(State(log).disagreements())


@given(logs(), st.lists(st.integers(1, 5), max_size=12), st.integers(1, 4))
def test_what_comes_in_parts_breaks_no_register_off_and_is_the_same_in_the_end(
    log, elsewhere, at_once
):
    places = enumerate(elsewhere, 100)
    log = [*log, *(edit("un", subject=bytes([n]) * 16, seq=seq) for seq, n in places)]
    taken = [*parts(log, at_once)]
    assert sorted(e.hash for part in taken for e in part) == sorted(e.hash for e in log)
    registers = [{e.subject for e in part if e.kind == "edit"} for part in taken]
    assert sum(map(len, registers)) == len(set().union(*registers))
    state = State()
    for part in taken:
        state.add_all(part)
        assert state.disputed_count == len([*state.disagreements()])
    assert shown(state) == shown(State(log))
    assert list(state.disagreements()) == list(State(log).disagreements())
