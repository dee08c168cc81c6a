"""What was moved is found, and nothing else."""

import pytest

from reviewer.align import Column, align, find_moves
from reviewer.errors import Cancelled
from tests.align.texts import book


def moved(start, size, to, seed=4):
    """Return a book whose translation has some sentences elsewhere."""
    source, target = book(160, seed)
    block = target[start : start + size]
    rest = target[:start] + target[start + size :]
    return Column(source), Column(rest[:to] + block + rest[to:])


def found(source, target):
    beads = align(source, target, "en", "xx").beads
    return find_moves(source, target, beads, "en", "xx")


@pytest.mark.parametrize(("start", "size", "to"), [(30, 5, 110), (120, 1, 20), (80, 3, 150)])
def test_a_moved_paragraph_is_found(start, size, to):
    moves = found(*moved(start, size, to))
    places = [(m.source_start, m.source_end, m.target_start, m.target_end) for m in moves]
    assert places == [(start, start + size, to, to + size)]
    assert all(0.5 < move.confidence <= 1 for move in moves)


def test_nothing_was_moved():
    source, target = book(160, seed=5)
    assert found(Column(source), Column(target)) == ()


def test_what_was_left_out_and_put_in_was_not_moved():
    source, target = book(160, seed=6)
    other = book(6, seed=999)[1]
    assert found(Column(source), Column(target[:40] + target[46:] + other)) == ()


def test_what_is_repeated_belongs_to_no_single_place():
    source, target = book(160, seed=7)
    source[30] = source[90] = "Bade kilo."
    target[30] = target[90] = "Lomu napeki."
    del target[30]
    target.insert(140, "Lomu napeki.")
    assert found(Column(source), Column(target)) == ()


def test_of_what_is_repeated_the_copy_that_was_moved_is_found():
    source, target = book(160, seed=4)
    source[10], target[10] = source[120], target[120]
    heading = target.pop(120)
    target.insert(60, heading)
    (move,) = found(Column(source), Column(target))
    assert (move.source_start, move.target_start, move.source_end) == (120, 60, 121)


def test_of_two_copies_that_were_moved_none_is_offered():
    source, target = book(160, seed=4)
    source[30], target[30] = source[120], target[120]
    heading = target.pop(120)
    del target[30]
    target[70:70] = [heading]
    target.append(heading)
    assert found(Column(source), Column(target)) == ()


def test_little_text_tells_nothing():
    source, target = book(6, seed=8)
    assert found(Column(source), Column(target[3:] + target[:3])) == ()
    assert found(Column([]), Column([])) == ()


def test_the_search_can_be_stopped():
    source, target = moved(30, 5, 110)
    beads = align(source, target, "en", "xx").beads
    with pytest.raises(Cancelled):
        find_moves(source, target, beads, "en", "xx", cancelled=lambda: True)
