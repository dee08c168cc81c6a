"""Aligning a stretch anew, around what people said of it."""

import random
import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from desk import Desk
from events import event
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer import store
from reviewer.model import DOUBTFUL, Bead, Document, Origin, Segment, Side, Unit, Verdict
from reviewer.review.alignment import anew, realign
from reviewer.review.alignment.alignment_edits import MOST_PLACES
from reviewer.review.alignment.anew import align_anew, is_large, new_alignment
from reviewer.review.alignment.places import written
from reviewer.review.documents.lessons import lessons_around, surroundings
from reviewer.review.tasks.opened_pairs import read_pairs
from reviewer.review.tasks.opening import open_review
from reviewer.review.tasks.realigning import align_request, take_realigned
from reviewer.review.tasks.requests import Realigned
from reviewer.settings import Settings
from reviewer.store.outbox import outbox_root
from tests.align.texts import book

ME = Settings(reviewer_id="11" * 16, reviewer_name="Ayu")
OTHER = Settings(reviewer_id="22" * 16, reviewer_name="Béa")
SIZE = 40
SOURCE, TARGET = book(SIZE, seed=3)


def shifted(first, last, by=1):
    """Return beads that pair each sentence from `first` to `last` with one further down."""
    beads = [Bead(n, n + 1, n, n + 1, 0.99) for n in range(first)]
    beads += [Bead(first, first, n, n + 1, 0.5) for n in range(first, first + by)]
    beads += [Bead(n, n + 1, n + by, n + by + 1, 0.4) for n in range(first, last - by)]
    beads += [Bead(n, n + 1, last, last, 0.5) for n in range(last - by, last)]
    return beads + [Bead(n, n + 1, n, n + 1, 0.99) for n in range(last, SIZE)]


def broken():
    return Desk(SOURCE, TARGET, shifted(10, 30))


def plain(desk):
    return [n for n in range(SIZE) if [n, n + 1] * 2 in desk.places]


def anew_of(desk, numbers, kept=(), given=()):
    return align_anew(desk.columns, ("en", "fr"), numbers, frozenset(kept), given)


def test_a_stretch_finds_its_way_again_and_the_rest_stays():
    desk = broken()
    swap = anew_of(desk, range(8, 34))
    desk.realign(swap)
    assert len(plain(desk)) == SIZE
    assert all(place.source[0][0] >> 32 >= 8 for place in swap.remove)
    assert {bead.origin for bead in desk.columns.beads} == {Origin.AUTO}


def test_what_is_right_already_is_not_touched():
    desk = Desk(SOURCE, TARGET)
    assert anew_of(desk, range(SIZE)).remove == ()


def test_kept_pairs_are_anchors_even_where_they_are_wrong():
    desk = broken()
    wrong = desk.columns.place(20)
    desk.realign(anew_of(desk, range(SIZE), kept=[wrong]))
    assert desk.columns.row_of(wrong) is not None
    assert len(plain(desk)) >= SIZE - 6


def test_crossing_and_cut_pairs_stay_apart():
    desk = broken()
    columns = desk.columns
    source, target = columns.place(2).source, columns.place(36).target
    desk.realign(realign.link(columns.beads, source, target))
    desk.split(5, 4, 4)
    kept = [bead.place for bead in columns.beads.added if bead.origin is Origin.MANUAL]
    swap = anew_of(desk, range(len(columns)), kept)
    desk.realign(swap)
    assert all(columns.row_of(place) is not None for place in kept)
    assert len(plain(desk)) >= SIZE - 8


def test_given_pairs_stand_over_kept_ones():
    desk = broken()
    kept = desk.columns.place(12)
    given = realign.whole_segments([(11, 12)]), realign.whole_segments([(11, 12)])
    desk.realign(anew_of(desk, range(SIZE), [kept], [anew.Place(*given)]))
    number = desk.columns.beads.number_at(Side.SOURCE, given[0][0][0])
    assert written(desk.columns.place(number)) == [11, 12, 11, 12]
    assert desk.columns.beads[number].origin is Origin.MANUAL


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 39), st.integers(0, 39))
def test_nothing_is_lost_and_what_is_kept_stays(dice, first, last):
    desk = broken()
    for _ in range(6):
        columns = desk.columns
        one, other = (dice.randrange(len(columns)) for _ in range(2))
        match dice.randrange(4):
            case 0:
                desk.realign(realign.merge(columns.beads, one, one + 1))
            case 1:
                source, target = columns.place(one).source, columns.place(other).target
                desk.realign(realign.link(columns.beads, source, target))
            case 2:
                desk.split(one, dice.randrange(9), dice.choice([None, dice.randrange(9)]))
            case _:
                desk.realign(realign.unlink(columns.beads, one))
    columns = desk.columns
    first, last = sorted((min(first, len(columns) - 1), min(last, len(columns) - 1)))
    kept = {bead.place for bead in columns.beads.added if dice.randrange(2)}
    inside = {columns.place(n) for n in range(first, last + 1)} & kept
    outside = [columns.place(n) for n in range(len(columns)) if not first <= n <= last]
    swap = anew_of(desk, range(first, last + 1), kept)
    desk.realign(swap if swap.remove else None)
    assert not columns.beads.passed_over
    assert all(columns.row_of(place) is not None for place in [*inside, *outside])


def test_a_wrong_anchor_is_linked_and_leaves_its_neighbours_alone():
    desk = Desk(SOURCE, TARGET)
    given = realign.whole_segments([(15, 16)]), realign.whole_segments([(20, 21)])
    swap = anew_of(desk, range(SIZE), given=[anew.Place(*given)])
    desk.realign(swap)
    assert [15, 16, 20, 21] in desk.places
    assert len(plain(desk)) == SIZE - 2


def test_a_wrong_pair_that_a_person_made_leaves_its_neighbours_alone():
    desk = Desk(SOURCE, TARGET)
    columns = desk.columns
    desk.realign(realign.link(columns.beads, columns.place(15).source, columns.place(17).target))
    kept = [bead.place for bead in columns.beads.added]
    before = desk.places
    desk.realign(anew_of(desk, range(len(columns)), kept))
    assert [15, 16, 17, 18] in desk.places
    assert len(plain(desk)) >= SIZE - 2
    assert desk.places == before


def test_a_right_anchor_among_wrong_pairs_is_followed():
    desk = broken()
    given = realign.whole_segments([(15, 16)]), realign.whole_segments([(15, 16)])
    desk.realign(anew_of(desk, range(SIZE), given=[anew.Place(*given)]))
    assert len(plain(desk)) == SIZE


def test_a_short_stretch_that_is_right_stays():
    source, target = book(200, seed=7)
    # Pairs of which the lengths alone say little: short ones and one that was translated freely.
    desk = Desk(source, [*target[:101], "Eh bien.", *target[102:]])
    numbers = range(100, 103)
    around = surroundings(desk.columns, desk.state, numbers)
    assert len(around) > 100
    assert not set(around) & set(numbers)
    swap = align_anew(desk.columns, ("en", "fr"), numbers, (), around=around)
    assert {place.key for place in swap.remove} == {place.key for place in swap.add}


def test_surroundings_are_sure_pairs_in_order_on_both_sides():
    desk = broken()
    columns = desk.columns
    desk.realign(realign.link(columns.beads, columns.place(2).source, columns.place(36).target))
    numbers = range(12, 20)
    around = surroundings(columns, desk.state, numbers)
    places = [columns.place(n) for n in around]
    assert around == sorted(around)
    assert [p.target for p in places] == sorted(p.target for p in places)
    assert min(columns.confidence(n) for n in around) > 0.8
    assert not set(around) & set(numbers)
    assert len(around) > 15


# Larger than one edit


@pytest.fixture
def large(tmp_path):
    """A project whose every pair is off by one, with more pairs than an edit may name."""
    path, size = tmp_path / "large.bitext", MOST_PLACES + 400
    dice = random.Random(5)
    sides = []
    for name, tag in (("s", "en"), ("t", "fr")):
        texts = [f"{name}{n} {dice.random()}." for n in range(size)]
        segments = tuple(Segment(n, n, 0, len(text), text) for n, text in enumerate(texts))
        original = "\n".join(texts).encode()
        sides += [Document(f"{name}.txt", "text", tag, tuple(map(Unit, texts)), original)]
        sides += [segments]
    beads = [Bead(0, 0, 0, 1, 0.5)]
    beads += [Bead(n, n + 1, n + 1, n + 2, 0.4) for n in range(size - 1)]
    beads += [Bead(size - 1, size, size, size, 0.5)]
    pair = store.ImportedPair(*sides, beads)
    store.create_project(path, [pair], reviewer=b"\x11" * 16, reviewer_name="Ayu")
    return path


def straightened(review):
    """Return what the worker would answer if it paired every n-th with the n-th."""
    request = align_request(review, 0, review.count - 1)
    columns, size = review.columns, len(review.columns.delivered.source)
    kept = request.kept
    taken = [anew.held(place.side(side)) for place in kept for side in Side]
    gone = {r[0] >> 32 for ranges in taken for r in ranges}
    add = [
        anew.Place(realign.whole_segments([(n, n + 1)]), realign.whole_segments([(n, n + 1)]))
        for n in range(size)
        if n not in gone
    ]
    remove = [bead.place for bead in columns.beads if bead.place not in kept]
    left = _left(remove, add)
    return Realigned(realign.Swap(tuple(remove), (*add, *left), (990,) * len(add + left)), request)


def _left(remove, add):
    """Return the text that is removed and not added, a sentence each."""
    found = []
    for side in Side:
        had = anew.joined(r for place in remove for r in anew.held(place.side(side)))
        has = anew.joined(r for place in add for r in anew.held(place.side(side)))
        for start, end in realign.without(had, has):
            for n in range(start >> 32, end >> 32):
                whole, none = realign.whole_segments([(n, n + 1)]), ((n << 32, n << 32),)
                sides = (whole, none) if side is Side.SOURCE else (none, whole)
                found.append(anew.Place(*sides))
    return found


def test_a_large_change_is_an_alignment_of_its_own(large):
    with closing(open_review(large, ME)) as review:
        review.confirm(7)
        review.alignment.split(20, 3, 3)
        review.alignment.link(review.columns.place(30).source, review.columns.place(900).target)
        before = [written(bead.place) for bead in review.columns.beads]
        realigned = straightened(review)
        assert is_large(realigned.swap)
        told = []
        review.listen(told.append)
        assert take_realigned(review, realigned)
        assert told[-1].realigned
        assert told[-1].renumbering is None
        after = [written(bead.place) for bead in review.columns.beads]
        assert after.count([40, 41, 40, 41]) == 1
        for place in realigned.request.kept:
            number = review.columns.row_of(place)
            assert number is not None
        number = review.columns.row_of(next(p for p in realigned.request.kept if len(p.key) == 2))
        assert review.confirmed_count == 1
        assert review.saving.flush()
        review.undo()
        assert [written(bead.place) for bead in review.columns.beads] == before
        assert review.confirmed_count == 1
        review.redo()
        assert [written(bead.place) for bead in review.columns.beads] == after
        assert review.saving.flush()
    assert store.verify(large).status == 0
    with closing(open_review(large, ME)) as again:
        assert [written(bead.place) for bead in again.columns.beads] == after
        assert again.confirmed_count == 1
        (shown,) = [line for line in again.past.lines() if line.what == "Aligned anew"]
        assert not shown.undone
    assert len(read_pairs(large, None).pairs) == len(after)


def test_a_large_change_survives_a_merge_into_another_copy(large, tmp_path):
    mine = tmp_path / "mine.bitext"
    mine.write_bytes(large.read_bytes())
    with closing(open_review(large, OTHER)) as theirs:
        assert take_realigned(theirs, straightened(theirs))
        after = [written(bead.place) for bead in theirs.columns.beads]
        assert theirs.saving.flush()
    store.merge(mine, [large], reviewer=b"\x11" * 16)
    assert store.verify(mine).status == 0
    with closing(open_review(mine, ME)) as review:
        assert [written(bead.place) for bead in review.columns.beads] == after
        assert review.undo_label is None


def written_out(review):
    return [written(bead.place) for bead in review.columns.beads]


def test_a_large_change_comes_back_where_the_file_loses_it(large, tmp_path):
    old = tmp_path / "old"
    old.write_bytes(large.read_bytes())
    with closing(open_review(large, ME)) as review:
        assert take_realigned(review, straightened(review))
        after = written_out(review)
        assert review.saving.flush()
    old.replace(large)
    for _ in range(2):  # what was put back is there from then on
        with closing(open_review(large, ME)) as again:
            assert written_out(again) == after
            assert again.saving.flush()
    assert not store.recover(large)
    assert store.verify(large).status == 0


def test_a_large_change_outlives_a_program_that_could_not_write_the_file(large):
    away = large.with_suffix(".away")
    with closing(open_review(large, ME)) as review:
        large.rename(away)
        assert take_realigned(review, straightened(review))
        after = written_out(review)
        assert not review.saving.flush()
        assert review.saving.saved.problem
    away.rename(large)
    with closing(open_review(large, ME)) as again:
        assert written_out(again) == after
        assert again.saving.flush()
    assert not store.recover(large)


def test_a_large_change_is_salvaged_with_the_outbox(large, tmp_path):
    old, new = tmp_path / "old.bitext", tmp_path / "new.bitext"
    shutil.copy(large, old)
    with closing(open_review(large, ME)) as review:
        assert take_realigned(review, straightened(review))
        after = written_out(review)
        assert review.saving.flush()
    assert store.salvage(old, new).alignments == 2
    with closing(open_review(new, ME)) as review:
        assert written_out(review) == after


def pass_on_the_log(path, other):
    with closing(store.open_project(path)) as project:
        store.import_log(other, store.export_log(project))


def test_beads_alone_are_put_back(large):
    """The file has the events, from a log without beads, and not what they name."""
    other = large.with_name("other.bitext")
    other.write_bytes(large.read_bytes())
    with closing(open_review(other, ME)) as review:
        assert take_realigned(review, straightened(review))
        after = written_out(review)
        assert review.saving.flush()
    pass_on_the_log(other, large)
    assert not store.recover(large).events
    with closing(open_review(large, ME)) as again:
        assert written_out(again) == after
        assert again.saving.flush()
        assert again.saving.saved.time is not None
    assert not store.recover(large)
    assert store.verify(large).status == 0


def test_another_program_sees_the_new_alignment(large):
    with closing(open_review(large, ME)) as review, closing(open_review(large, OTHER)) as theirs:
        assert take_realigned(theirs, straightened(theirs))
        assert theirs.saving.flush()
        from tests.e2e.screen import wait_for

        wait_for(
            lambda: review.saving.poll() or review.count == theirs.count, "the other alignment"
        )


def test_an_old_result_is_dropped(large):
    with closing(open_review(large, ME)) as review:
        realigned = straightened(review)
        review.confirm(3)
        assert not take_realigned(review, realigned)
        review.reopen(3)
        assert review.row(3).verdict is Verdict.OPEN
        assert take_realigned(review, straightened(review))


def test_beads_of_a_new_alignment_follow_each_other_and_the_rest_lies_over():
    desk = broken()
    columns = desk.columns
    desk.realign(realign.link(columns.beads, columns.place(2).source, columns.place(36).target))
    desk.split(5, 4, 4)
    before = desk.places
    made = new_alignment(columns, realign.Swap((), ()))
    again = Desk(SOURCE, TARGET, list(made.beads))
    for swap in made.edits:
        again.realign(swap)
    assert again.places == before
    ends = [(bead.source_start, bead.target_start) for bead in made.beads]
    assert ends == sorted(ends)


def test_a_doubtful_pair_that_is_found_again_is_surer():
    desk = Desk(SOURCE, TARGET, [Bead(n, n + 1, n, n + 1, 0.3) for n in range(SIZE)])
    swap = anew_of(desk, range(SIZE))
    assert swap.remove == swap.add
    desk.realign(swap)
    assert sum(bead.confidence >= DOUBTFUL for bead in desk.columns.beads) > 0.8 * SIZE


def test_a_large_change_comes_back_where_a_sync_program_puts_an_old_file_there(large, tmp_path):
    old = tmp_path / "old.bitext"
    shutil.copy(large, old)
    with closing(open_review(large, ME)) as review:
        assert take_realigned(review, straightened(review))
        after = [written(bead.place) for bead in review.columns.beads]
        assert review.saving.flush()
        old.replace(large)
        review.confirm(11)
        assert review.saving.flush()
    assert store.verify(large).status == 0
    with closing(open_review(large, ME)) as again:
        assert [written(bead.place) for bead in again.columns.beads] == after
        assert again.confirmed_count == 1


def test_a_large_change_of_which_only_the_log_came_is_told(large, tmp_path):
    other = tmp_path / "other.bitext"
    shutil.copy(large, other)
    with closing(open_review(other, ME)) as review:
        before = [written(bead.place) for bead in review.columns.beads]
        assert review.saving.saved.notice is None
        assert take_realigned(review, straightened(review))
        review.edit(11, "Autre chose.")
        assert review.saving.flush()
    pass_on_the_log(other, large)
    shutil.rmtree(outbox_root())  # of another computer
    with closing(open_review(large, ME)) as again:
        assert [written(bead.place) for bead in again.columns.beads] == before
        assert "made anew is not in this file" in (again.saving.saved.notice or "")
        pairs = (again.pair(number) for number in range(again.count))
        assert any(pair.target_text == "Autre chose." for pair in pairs)


def test_the_rest_of_the_document_teaches_and_what_is_aligned_does_not():
    desk = broken()
    kept = desk.columns.place(15)
    desk.state.add(event("edit", {"text": "x", "parents": [], "codes": ""}))  # of no pair here
    lessons = lessons_around(desk.columns, desk.state, range(8, 33), {kept})
    taught = [lesson.source for lesson in lessons]
    sure = [n for n in range(SIZE) if n < 8 or n >= 32]
    assert taught == [SOURCE[n] for n in sure]
    desk.realign(realign.unlink(desk.columns.beads, 15))
    source, target = desk.columns.place(15).source, desk.columns.place(16).target
    desk.realign(realign.link(desk.columns.beads, source, target))
    numbers = range(len(desk.columns))
    assert len(lessons_around(desk.columns, desk.state, numbers, {kept})) == 1


def test_a_short_stretch_is_aligned_by_what_the_rest_teaches():
    source, target = book(200, seed=7)
    beads = [Bead(n, n + 1, n, n + 1, 0.99) for n in range(200)]
    desk = Desk(source, target, beads)
    for number in range(100, 105):
        desk.realign(realign.move(desk.columns, number, Side.TARGET, 1))
    numbers = range(99, 106)
    lessons = lessons_around(desk.columns, desk.state, numbers, ())
    swap = align_anew(desk.columns, ("en", "fr"), numbers, (), lessons=lessons)
    desk.realign(swap)
    assert sum([n, n + 1] * 2 in desk.places for n in range(200)) >= 198
