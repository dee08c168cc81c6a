"""Gestures become events, events become what stands."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from desk import Desk

from reviewer.model import Bead, Draft, Verdict, WaiverScope
from reviewer.review.alignment import realign
from reviewer.review.alignment.subjects import text_hash
from reviewer.review.decisions import gestures, undo

ME, OTHER = b"r" * 16, b"o" * 16


def desk():
    return Desk(["Satu.", "Dua.", "Tiga."], ["Un.", "Deux.", "Trois."])


def edit(desk, number, text, reviewer=ME):
    return desk.record(*gestures.edit(desk.state, desk.columns, number, text), reviewer=reviewer)


def test_an_edit_changes_one_pair_and_names_what_was_delivered():
    at_work = desk()
    (event,) = edit(at_work, 1, "Deux !")
    assert at_work.columns.pair(1).target_text == "Deux !"
    assert at_work.columns.pair(0).target_text == "Un."
    assert at_work.columns.delivered_text(1) == "Deux."
    assert at_work.state.content(event)["was"] == text_hash("Deux.")


def test_the_same_text_makes_no_event():
    at_work = desk()
    assert gestures.edit(at_work.state, at_work.columns, 0, "Un.") == []


def test_segments_of_one_cell_are_edited_apart():
    at_work = Desk(["Satu dua."], ["Un.", "Deux."], [Bead(0, 1, 0, 2)])
    made = edit(at_work, 0, "Un.\nDeux !")
    assert len(made) == 1
    assert [s.text for s in at_work.columns.pair(0).target] == ["Un.", "Deux !"]


@pytest.mark.parametrize("typed", ["Un.", "Un.\nDeux.\nTrois.", "\n\n\n", ""])
def test_boundaries_between_segments_survive_any_text(typed):
    at_work = Desk(["Satu dua."], ["Un.", "Deux."], [Bead(0, 1, 0, 2)])
    edit(at_work, 0, typed)
    assert len(at_work.columns.pair(0).target) == 2


def test_a_missing_translation_is_inserted_and_can_be_emptied():
    at_work = Desk(["Satu.", "Dua."], ["Un."], [Bead(0, 1, 0, 1), Bead(1, 2, 1, 1)])
    edit(at_work, 1, "Deux.")
    assert at_work.columns.pair(1).target_text == "Deux."
    edit(at_work, 1, "")
    assert at_work.columns.pair(1).target == ()


def test_a_verdict_is_recorded_once():
    at_work = desk()
    said = gestures.verdict(at_work.state, at_work.columns, 0, Verdict.CONFIRMED, "Un.")
    at_work.record(*said)
    assert not gestures.verdict(at_work.state, at_work.columns, 0, Verdict.CONFIRMED, "Un.")


def test_merging_and_splitting_come_back_to_where_they_began():
    at_work = desk()
    before = at_work.places
    at_work.realign(realign.merge(at_work.columns.beads, 0, 1))
    assert at_work.columns.pair(0).source_text == "Satu.\nDua."
    at_work.split(0, None, None)
    assert at_work.places == before


def test_an_edit_follows_its_segment_through_a_merge():
    at_work = desk()
    edit(at_work, 1, "Deux !")
    at_work.realign(realign.merge(at_work.columns.beads, 0, 1))
    assert at_work.columns.pair(0).target_text == "Un.\nDeux !"


def test_an_alignment_edit_that_loses_a_segment_is_not_applied():
    at_work = desk()
    body = {"align_id": "41" * 32, "parents": []}
    places = {"remove": [[0, 1, 0, 1], [1, 2, 1, 2]], "add": [[0, 2, 0, 1]]}
    at_work.record(Draft("align.edit", None, body | places))
    assert len(at_work.columns) == 3


def test_undo_walks_back_and_redo_forward():
    at_work = desk()
    edit(at_work, 0, "Une.")
    edit(at_work, 0, "Une !")
    seen = []
    for _ in range(2):
        at_work.record(*gestures.retracts(undo.undoable(at_work.state, ME)))
        seen.append(at_work.columns.pair(0).target_text)
    for _ in range(2):
        at_work.record(*gestures.retracts(undo.redoable(at_work.state, ME)))
        seen.append(at_work.columns.pair(0).target_text)
    assert seen == ["Une.", "Un.", "Une.", "Une !"]
    assert undo.redoable(at_work.state, ME) == []


def test_after_a_new_gesture_there_is_nothing_to_redo():
    at_work = desk()
    edit(at_work, 0, "Une.")
    at_work.record(*gestures.retracts(undo.undoable(at_work.state, ME)))
    edit(at_work, 1, "Deux !")
    assert undo.redoable(at_work.state, ME) == []
    assert undo.label(at_work.state, undo.undoable(at_work.state, ME)) == "edit"


def test_what_somebody_else_built_upon_is_not_undone():
    at_work = desk()
    edit(at_work, 0, "Une.")
    edit(at_work, 0, "Une !", reviewer=OTHER)
    assert undo.undoable(at_work.state, ME) == []
    assert len(undo.undoable(at_work.state, OTHER)) == 1


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=20))
def test_undo_and_redo_are_those_of_every_editor(steps):
    at_work, past, future, count = desk(), ["Un."], [], 0
    for step in steps:
        if step == "edit":
            count += 1
            edit(at_work, 0, f"Un {count}.")
            past.append(f"Un {count}.")
            future.clear()
        found = {"undo": undo.undoable, "redo": undo.redoable}.get(step)
        if found is None:
            continue
        events = found(at_work.state, ME)
        assert bool(events) == bool(len(past) > 1 if step == "undo" else future)
        if events:
            at_work.record(*gestures.retracts(events))
            if step == "undo":
                future.append(past.pop())
            else:
                past.append(future.pop())
        assert at_work.columns.pair(0).target_text == past[-1]


def test_a_waiver_of_a_place_says_where():
    at_work = desk()
    about = at_work.columns.subject(0), at_work.columns.anchor(0)
    place = (WaiverScope.HERE, "numbers", "ab")
    (event,) = at_work.record(gestures.waive(at_work.state, place, "ok", on=True, about=about))
    assert at_work.columns.rows_about(event, at_work.state.content(event)) == [0]


def test_an_inserted_translation_survives_a_merge():
    at_work = Desk(["Satu.", "Dua."], ["Un."], [Bead(0, 1, 0, 1), Bead(1, 2, 1, 1)])
    edit(at_work, 1, "Deux.")
    at_work.realign(realign.merge(at_work.columns.beads, 0, 1))
    assert at_work.columns.pair(0).target_text == "Un.\nDeux."
    edit(at_work, 0, "Un !\nDeux !")
    assert [s.text for s in at_work.columns.pair(0).target] == ["Un !", "Deux !"]


@pytest.mark.parametrize(
    "places",
    [
        [[0, 1, 0, 1], [0, 1, 0, 1]],
        [[0, 5000, 0, 5000]] * 1999,
        [[0, 1]],
        "all",
        [[0, True, None, 1]],
    ],
)
def test_a_senseless_alignment_edit_changes_nothing(places):
    at_work = desk()
    body = {"align_id": ("41" * 32), "parents": [], "remove": places, "add": places}
    at_work.record(Draft("align.edit", None, body))
    assert len(at_work.columns) == 3


def test_what_no_file_can_hold_is_replaced():
    at_work = desk()
    edit(at_work, 0, "a\ud800b")
    assert at_work.columns.pair(0).target_text == "a?b"
