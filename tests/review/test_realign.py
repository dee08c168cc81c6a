"""Repairing an alignment: every text stays in one pair, every decision stays in sight."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from desk import Desk

from reviewer.model import Bead, Draft, Side, Verdict
from reviewer.review.alignment import realign
from reviewer.review.alignment.columns import Columns
from reviewer.review.alignment.places import held, read, whole, written
from reviewer.review.decisions import gestures, undo
from reviewer.review.decisions.decisions import Decisions
from reviewer.review.decisions.fold import State

ME, OTHER = b"r" * 16, b"o" * 16
SOURCE = ["Satu dua.", "Tiga empat.", "Lima enam.", "Tujuh delapan."]
TARGET = ["Un deux.", "Trois quatre.", "Cinq six.", "Sept huit."]


def desk():
    return Desk(SOURCE, TARGET)


def texts(at_work):
    pairs = map(at_work.columns.pair, range(len(at_work.columns)))
    return [(pair.source_text, pair.target_text) for pair in pairs]


def undo_last(at_work, who=ME):
    found = undo.undoable(at_work.state, who)
    if found:
        at_work.record(*gestures.retracts(found), reviewer=who)


def redo_last(at_work, who=ME):
    found = undo.redoable(at_work.state, who)
    if found:
        at_work.record(*gestures.retracts(found), reviewer=who)


def edit(at_work, number, text, who=ME):
    drafts = gestures.edit(at_work.state, at_work.columns, number, text)
    return at_work.record(*drafts, reviewer=who)


def judge(at_work, number, said=Verdict.CONFIRMED, who=ME):
    text = at_work.columns.pair(number).target_text
    earlier = [e.event for e in at_work.decisions.earlier(number) if e.event.kind == "verdict"]
    drafts = gestures.verdict(at_work.state, at_work.columns, number, said, text, earlier)
    return at_work.record(*drafts, reviewer=who)


# Splitting inside of a segment


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (None, 3, [("Satu dua.", "Un"), ("", "deux.")]),
        (5, 3, [("Satu", "Un"), ("dua.", "deux.")]),
        (4, 2, [("Satu", "Un"), ("dua.", "deux.")]),
        (5, None, [("Satu", "Un deux."), ("dua.", "")]),
        (9, 2, [("Satu dua.", "Un"), ("", "deux.")]),
        (0, 8, [("", "Un deux."), ("Satu dua.", "")]),
    ],
)
def test_a_pair_is_split_at_the_carets(source, target, expected):
    at_work = desk()
    at_work.split(0, source, target)
    assert sorted(texts(at_work)[:2]) == sorted(expected)
    undo_last(at_work)
    assert texts(at_work) == list(zip(SOURCE, TARGET, strict=True))


@pytest.mark.parametrize("offsets", [(0, 0), (9, 8), (0, None), (None, 8)])
def test_a_split_that_leaves_nothing_on_one_side_is_none(offsets):
    assert desk().split(0, *offsets) == []


def test_a_caret_in_one_side_divides_the_other_between_its_sentences():
    at_work = Desk(["Satu.", "Dua."], ["Un, deux."], [Bead(0, 2, 0, 1)])
    at_work.split(0, None, 3)
    assert texts(at_work) == [("Satu.", "Un,"), ("Dua.", "deux.")]


def test_splitting_an_edited_segment_divides_the_edit_at_the_caret():
    at_work = desk()
    edit(at_work, 0, "Une, puis deux !")
    at_work.split(0, None, 10)
    assert [target for _, target in texts(at_work)[:2]] == ["Une, puis", "deux !"]
    assert all(not at_work.decisions.earlier(number) for number in range(2))
    undo_last(at_work)
    assert texts(at_work)[0][1] == "Une, puis deux !"


def test_pieces_merged_back_are_the_whole_with_what_was_written_in_them():
    at_work = desk()
    at_work.split(0, 5, 3)
    edit(at_work, 1, "deux fois.")
    at_work.realign(realign.merge(at_work.columns.beads, 0, 1))
    assert texts(at_work)[0] == ("Satu dua.", "Un deux fois.")
    assert written(at_work.columns.place(0)) == [0, 1, 0, 1]
    assert not at_work.decisions.earlier(0)
    edit(at_work, 0, "Un, deux fois.")
    assert texts(at_work)[0][1] == "Un, deux fois."


def test_an_added_translation_stays_with_the_first_piece_of_its_source():
    at_work = Desk(["Satu dua.", "Tiga."], ["Trois."], [Bead(0, 1, 0, 0), Bead(1, 2, 0, 1)])
    edit(at_work, 0, "Un deux.")
    at_work.split(0, 5, 8)
    assert texts(at_work)[:2] == [("Satu", "Un deux."), ("dua.", "")]
    edit(at_work, 0, "Un.")
    edit(at_work, 1, "Deux.")
    at_work.realign(realign.merge(at_work.columns.beads, 0, 1))
    assert texts(at_work)[0] == ("Satu dua.", "Un. Deux.")


@pytest.mark.parametrize(
    ("split", "expected"),
    [
        ((5, 3), [("Satu", "Un"), ("dua.\nTiga.", "deux. Trois.")]),
        ((9, 8), [("Satu dua.", "Un deux."), ("Tiga.", "Trois.")]),
        ((9, 9), [("Satu dua.", "Un deux."), ("Tiga.", "Trois.")]),
        ((None, 8), [("Satu dua.", "Un deux."), ("Tiga.", "Trois.")]),
        ((12, 9), [("Satu dua.\nTi", "Un deux."), ("ga.", "Trois.")]),
    ],
)
def test_an_added_translation_is_divided_with_its_source(split, expected):
    at_work = Desk(["Satu dua.", "Tiga.", "Empat."], ["Quatre."], [Bead(0, 2, 0, 0)])
    edit(at_work, 0, "Un deux. Trois.")
    before = texts(at_work)
    at_work.split(0, *split)
    assert texts(at_work)[:2] == expected
    undo_last(at_work)
    assert texts(at_work) == before
    redo_last(at_work)
    at_work.realign(realign.merge(at_work.columns.beads, 0, 1))
    assert texts(at_work)[0][1].replace("\n", " ") == "Un deux. Trois."


def test_an_added_translation_without_source_for_a_half_is_not_divided():
    at_work = Desk(["Satu dua.", "Tiga."], ["Trois."], [Bead(0, 1, 0, 0), Bead(1, 2, 0, 1)])
    edit(at_work, 0, "Un deux.")
    assert at_work.split(0, None, 3) == []
    assert at_work.split(0, 9, 3) == []


def test_an_edit_of_the_whole_made_beside_a_split_is_in_sight_on_both_pieces():
    ours, theirs = desk(), desk()
    split = ours.split(0, 5, 3)
    (edited,) = edit(theirs, 0, "Une deux !", who=OTHER)
    ours.record_all([edited])
    assert [target for _, target in texts(ours)[:2]] == ["Une", "deux !"]
    assert [e.event for n in range(2) for e in ours.decisions.earlier(n)] == [edited, edited]
    theirs.record_all(split)
    assert texts(ours) == texts(theirs)
    edit(ours, 0, "Une seule")
    assert [target for _, target in texts(ours)[:2]] == ["Une seule", "deux !"]
    assert not ours.decisions.earlier(0)
    assert not ours.decisions.earlier(1)


# Moving, linking


def test_a_segment_moves_over_the_edge_on_either_side():
    at_work = desk()
    at_work.realign(realign.move(at_work.columns, 0, Side.TARGET, 1))
    assert texts(at_work)[:2] == [("Satu dua.", ""), ("Tiga empat.", "Un deux.\nTrois quatre.")]
    at_work.realign(realign.move(at_work.columns, 1, Side.SOURCE, -1))
    assert texts(at_work)[:2] == [
        ("Satu dua.\nTiga empat.", ""),
        ("", "Un deux.\nTrois quatre."),
    ]


def test_unlinking_leaves_each_side_alone_and_linking_brings_them_together():
    at_work = desk()
    before = at_work.places
    at_work.realign(realign.unlink(at_work.columns.beads, 1))
    assert texts(at_work)[1:3] == [("Tiga empat.", ""), ("", "Trois quatre.")]
    source, target = at_work.columns.place(1).source, at_work.columns.place(2).target
    at_work.realign(realign.link(at_work.columns.beads, source, target))
    assert at_work.places == before


def test_linking_across_takes_both_out_of_their_pairs():
    at_work = desk()
    source, target = at_work.columns.place(0).source, at_work.columns.place(3).target
    at_work.realign(realign.link(at_work.columns.beads, source, target))
    assert ("Satu dua.", "Sept huit.") in texts(at_work)
    assert ("", "Un deux.") in texts(at_work)
    assert ("Tujuh delapan.", "") in texts(at_work)
    linked = texts(at_work).index(("Satu dua.", "Sept huit."))
    assert at_work.columns.crossed(linked)
    assert [n for n in range(len(at_work.columns)) if at_work.columns.crossed(n)] == [linked]
    assert texts(at_work)[at_work.columns.neighbour_of(linked, -1)][1] == "Cinq six."


def test_a_sentence_out_of_the_middle_of_a_pair_leaves_the_others_together():
    at_work = Desk(
        ["Satu.", "Dua.", "Tiga."], ["Un.", "Deux."], [Bead(0, 3, 0, 1), Bead(3, 3, 1, 2)]
    )
    at_work.realign(
        realign.link(
            at_work.columns.beads,
            realign.whole_segments([(1, 2)]),
            realign.whole_segments([(1, 2)]),
        )
    )
    assert texts(at_work) == [("Satu.\nTiga.", "Un."), ("Dua.", "Deux.")]


# Decisions follow the text


def test_a_verdict_applies_to_its_text_alone_and_comes_back_with_it():
    at_work = desk()
    (verdict,) = judge(at_work, 0)
    at_work.realign(realign.merge(at_work.columns.beads, 0, 1))
    (earlier,) = at_work.decisions.earlier(0)
    assert (earlier.event, earlier.open) == (verdict, True)
    undo_last(at_work)
    assert not at_work.decisions.earlier(0)


def test_a_verdict_on_a_pair_that_was_split_is_shown_on_both_until_it_is_answered():
    at_work = desk()
    judge(at_work, 0)
    at_work.split(0, 5, 3)
    assert all(at_work.decisions.earlier(number)[0].open for number in range(2))
    judge(at_work, 0)
    assert not at_work.decisions.earlier(0)
    assert at_work.decisions.earlier(1)
    judge(at_work, 0, Verdict.REJECTED)
    assert not at_work.decisions.earlier(0)


def test_a_remark_is_shown_on_every_pair_that_shares_its_text():
    at_work = desk()
    at_work.record(gestures.comment(at_work.columns, 0, "Hm."))
    at_work.realign(realign.merge(at_work.columns.beads, 0, 1))
    (earlier,) = at_work.decisions.earlier(0)
    assert (earlier.event.kind, earlier.open) == ("comment", False)


def test_a_decision_on_no_text_of_these_documents_is_kept_apart():
    at_work, elsewhere = desk(), Desk(["Lain."], ["Autre."])
    stranger = elsewhere.record(gestures.comment(elsewhere.columns, 0, "Hm."))
    at_work.record_all(stranger)
    assert at_work.decisions.without_row() == tuple(stranger)


# Two people at once


def test_of_two_changes_of_the_same_pairs_one_stands_and_the_other_waits():
    ours, theirs = desk(), desk()
    first = ours.realign(realign.merge(ours.columns.beads, 0, 1))
    second = theirs.realign(realign.merge(theirs.columns.beads, 1, 2), reviewer=OTHER)
    ours.record_all(second)
    theirs.record_all(first)
    assert ours.places == theirs.places
    assert len(ours.columns.beads.passed_over) == 1
    ours.record(*gestures.retracts(first))
    assert ours.places == [[0, 1, 0, 1], [1, 3, 1, 3], [3, 4, 3, 4]]
    assert not ours.columns.beads.passed_over


def test_what_somebody_built_upon_is_not_undone():
    at_work = desk()
    at_work.realign(realign.merge(at_work.columns.beads, 0, 1))
    at_work.realign(realign.merge(at_work.columns.beads, 0, 1), reviewer=OTHER)
    assert undo.undoable(at_work.state, ME) == []


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "edit",
                "split",
                "merge",
                "move",
                "unlink",
                "link",
                "verdict",
                "comment",
                "undo",
                "redo",
                "other",
            ]
        ),
        st.integers(0, 30),
        st.integers(0, 30),
        st.sampled_from([ME, OTHER]),
    ),
    max_size=14,
)


def take(at_work, step, one, other, who):
    """Take a step as a person would, as far as it is possible there."""
    count = len(at_work.columns)
    number, there = one % count, other % count
    columns, beads = at_work.columns, at_work.columns.beads
    side = Side.SOURCE if other % 2 else Side.TARGET
    if step == "edit":
        edit(at_work, number, f"Autre texte {other}.\nEt {one}", who)
    elif step == "split":
        pair = columns.pair(number)
        offsets = [other % (len(t) + 1) for t in (pair.source_text, pair.target_text)]
        offsets[one % 2] = None if other % 3 else offsets[one % 2]
        at_work.split(number, *offsets, reviewer=who)
    elif step == "merge":
        at_work.realign(realign.merge(beads, number, number + 1), reviewer=who)
    elif step == "move":
        at_work.realign(realign.move(columns, number, side, 1 - other % 3), reviewer=who)
    elif step == "unlink":
        at_work.realign(realign.unlink(beads, number), reviewer=who)
    elif step == "link":
        source, target = columns.place(number).source, columns.place(there).target
        at_work.realign(realign.link(beads, source, target), reviewer=who)
    elif step == "verdict":
        judge(at_work, number, list(Verdict)[other % 3], who)
    elif step == "comment":
        at_work.record(gestures.comment(columns, number, f"Hm {other}."), reviewer=who)
    elif step == "undo":
        undo_last(at_work, who)
    elif step == "redo":
        redo_last(at_work, who)


def assert_whole(at_work):
    """Every character of both columns is in exactly one pair, and the pairs are in order."""
    columns = at_work.columns
    for side, all_texts in ((Side.SOURCE, SOURCE), (Side.TARGET, TARGET)):
        pieces = [
            (p.ord, p.start, p.end)
            for number in range(len(columns))
            for p in columns.pieces(side, number)
        ]
        covered = {n: sorted((a, b) for ord_, a, b in pieces if ord_ == n) for n in range(4)}
        for n, text in enumerate(all_texts):
            ends = [0, *(b for _, b in covered[n])]
            assert [a for a, _ in covered[n]] == ends[:-1]
            assert ends[-1] == len(text)
    orders = [bead.place.order for bead in columns.beads]
    assert orders == sorted(orders)
    for number, bead in enumerate(columns.beads):
        assert columns.row_of(bead.place) == number
        assert columns.beads.number(columns.beads.key(number)) == number
        assert read(written(bead.place)) == bead.place


def assert_in_sight(at_work):
    """Every decision that counts applies to a pair or is shown on all that share its text."""
    state, columns = at_work.state, at_work.columns
    shown = {n: {e.event.hash for e in at_work.decisions.earlier(n)} for n in range(len(columns))}
    decided = [e for _, register in state.registers("verdict") for e in register.heads]
    for event in [*decided, *state.listed("comment")]:
        place = columns.located(event, state.content(event))
        if columns.row_of(place) is not None:
            continue
        for number in columns.rows_of(place):
            own = state.register("verdict", columns.subject(number).hex())
            answered = own and event.hash.hex() in state.content(own.chosen)["parents"]
            assert answered or event.hash in shown[number]
    for _, register in state.registers("edit"):
        event = register.chosen
        rows = columns.rows_about(event, state.content(event))
        superseded = any(o.subject != event.subject for o in state.built_upon(event.hash))
        text = state.content(event)["text"]
        exact = any(
            columns.delivered.subject_of_part(Side.TARGET, part.piece) == event.subject
            and part.now.text == text
            for number in rows
            for part in columns.parts(number)
        )
        everywhere = all(event.hash in shown[number] for number in rows)
        assert exact or superseded or everywhere


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_every_text_stays_in_one_pair_and_every_decision_in_sight(steps):
    ours, theirs = desk(), desk()
    for step, one, other, who in steps:
        if step == "other":
            # The two people exchange what they did since.
            mine, his = list(ours.state.events()), list(theirs.state.events())
            ours.record_all(his)
            theirs.record_all(mine)
            assert texts(ours) == texts(theirs)
        else:
            take(ours if who == ME else theirs, step, one, other, who)
        for at_work in (ours, theirs):
            assert_whole(at_work)
            assert_in_sight(at_work)


@settings(max_examples=100, deadline=None)
@given(STEPS, st.randoms(use_true_random=False))
def test_what_stands_follows_from_the_set_of_events_alone(steps, random):
    at_work = desk()
    for step, one, other, who in steps:
        take(at_work, step, one, other, who)
    events = list(at_work.state.events())
    random.shuffle(events)
    state = State(events)
    columns = Columns(at_work.columns.delivered, state)
    decisions = Decisions(state, columns)
    assert [written(bead.place) for bead in columns.beads] == at_work.places
    for number in range(len(columns)):
        assert columns.pair(number) == at_work.columns.pair(number)
        assert decisions.earlier(number) == at_work.decisions.earlier(number)


def test_undo_of_everything_gives_back_what_was_delivered():
    at_work = desk()
    for n, step in enumerate(("edit", "split", "merge", "move", "link", "split", "unlink")):
        take(at_work, step, n, n + 3, ME)
    while undo.undoable(at_work.state, ME):
        undo_last(at_work)
    assert texts(at_work) == list(zip(SOURCE, TARGET, strict=True))
    assert [held(bead.place.source) for bead in at_work.columns.beads] == [
        held(whole(Bead(n, n + 1, n, n + 1)).source) for n in range(4)
    ]


@pytest.mark.parametrize("size", [1_000, 100_000])
def test_a_repair_costs_what_it_touches_and_not_what_the_document_holds(size):
    at_work = Desk(["Satu."] * size, ["Un."] * size)
    columns = at_work.columns
    at_work.realign(realign.merge(columns.beads, size // 2, size // 2 + 1))
    undo_last(at_work)
    assert columns.beads.work == 6


def test_subjects_are_those_of_earlier_versions():
    # What hangs on them is in people's files: these bytes never change.
    at_work = desk()
    assert at_work.columns.subject(1).hex() == "2d320204dc1f26e9dcc70d5a0e047588"
    piece = at_work.columns.pieces(Side.TARGET, 1)[0]
    assert (
        at_work.columns.delivered.subject_of_part(Side.TARGET, piece).hex()
        == "741a1d1a1aec007925aa34b74e3f2754"
    )


_NUMBERS = st.integers(-1, 12)
_SIDES = st.lists(st.lists(_NUMBERS, min_size=4, max_size=4), max_size=3)
_SENSELESS = st.one_of(
    st.lists(_NUMBERS, min_size=4, max_size=4),
    st.lists(_SIDES, min_size=2, max_size=2),
    st.none(),
    st.lists(st.text(max_size=2), max_size=3),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.lists(_SENSELESS, max_size=4), st.integers(0, 4)), max_size=3))
def test_no_edit_that_a_file_may_hold_loses_or_doubles_text(edits):
    at_work = desk()
    for add, count in edits:
        remove = at_work.places[:count]
        body = {"align_id": "41" * 32, "parents": [], "remove": remove, "add": add}
        at_work.record(Draft("align.edit", None, body))
        assert_whole(at_work)
        for number in range(len(at_work.columns)):
            assert at_work.columns.pair(number).number == number


@pytest.mark.parametrize(
    "add",
    [
        [[[[0, 0, 0, 4]], [[0, 0, 1, 0]]], [[[0, 4, 1, 0]], [[1, 0, 1, 0]]]],
        [[[[0, 0, 0, 99]], [[0, 0, 1, 0]]], [[[0, 99, 1, 0]], [[1, 0, 1, 0]]]],
        [[[[0, 0, 0, 9]], [[0, 0, 1, 0]]], [[[0, 9, 1, 0]], [[1, 0, 1, 0]]]],
        [[[[0, 0, 0, 4], [0, 2, 1, 0]], [[0, 0, 1, 0]]]],
        [[0, 1, 0, 1], [1, 1, 1, 1]],
    ],
)
def test_cuts_outside_of_a_text_or_before_its_first_word_are_none(add):
    at_work = desk()
    body = {"align_id": "41" * 32, "parents": [], "remove": [[0, 1, 0, 1]], "add": add}
    at_work.record(Draft("align.edit", None, body))
    assert_whole(at_work)
    assert len(at_work.columns) == (5 if add[0] == [[[0, 0, 0, 4]], [[0, 0, 1, 0]]] else 4)
