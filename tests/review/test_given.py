"""Anchors that a person pastes."""

import random
import sys
from pathlib import Path

import pytest
from hypothesis import given as tried
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from desk import Desk

from reviewer.model import Bead
from reviewer.review.alignment import realign
from reviewer.review.alignment.given import Crossings, read_anchors
from reviewer.review.alignment.places import written
from reviewer.review.decisions import gestures

SOURCE = ["Satu.", "Dua  dua.", "Tiga.", "Satu lagi.", "Ya.", "Ya."]
TARGET = ["Un.", "Deux.", "Trois.", "Encore un.", "Oui.", "Oui."]


def desk():
    beads = [Bead(0, 1, 0, 0), Bead(1, 1, 0, 1)]
    beads += [Bead(n, n + 1, n, n + 1) for n in range(1, 6)]
    return Desk(SOURCE, TARGET, beads)


def read_lines(text):
    given = read_anchors(text, desk().columns)
    told = [unfit.text.format(*unfit.words) for unfit in given.unfit]
    return [written(place) for place in given.places], told


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("1 = 2", [[0, 1, 0, 1]]),
        ("  3=4\n\n5 = 5\n", [[1, 2, 2, 3], [3, 4, 3, 4]]),
        ("Dua dua.\tTrois.", [[1, 2, 2, 3]]),
        ("Satu lagi.\t Encore  un. ", [[3, 4, 3, 4]]),
    ],
)
def test_lines_of_numbers_and_of_texts_are_understood(text, places):
    assert read_lines(text) == (places, [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("something", "Line 1 is neither"),
        ("\n9 = 1", "Line 2: there is no pair 9."),
        ("0 = 1", "Line 1: there is no pair 0."),
        ("2 = 3", "Line 1: pair 2 has no source."),
        ("3 = 1", "Line 1: pair 1 has no translation."),
        ("Lima.\tUn.", "Line 1: “Lima.” stands nowhere."),
        ("Satu.\tOui.", "Line 1: “Oui.” stands in more than one place."),
        ("\tOui.", "stands nowhere"),
        ("3 = 3\n4 = 3", "Line 2 names a sentence that an earlier line has linked."),
        ("999999999 = 1", "no pair 999999999"),
        ("1 = 2 = 3", "is neither"),
        ("x" * 100_000 + "\ty", "stands nowhere"),
    ],
)
def test_what_does_not_fit_is_one_sentence(text, said):
    places, told = read_lines(text)
    assert any(said in sentence for sentence in told)
    assert len(places) <= 1
    assert all(len(sentence) < 200 for sentence in told)


def test_lines_that_cross_are_linked_and_told():
    places, told = read_lines("3 = 4\n4 = 3")
    assert len(places) == 2
    assert "crosses" in told[0]


def test_a_part_of_a_sentence_is_no_anchor_by_number():
    at_work = desk()
    at_work.split(2, 4, None)
    (unfit,) = read_anchors("3 = 5", at_work.columns).unfit
    assert "part of a sentence" in unfit.text


def test_a_corrected_sentence_is_found_as_it_is_shown():
    at_work = desk()
    at_work.record(*gestures.edit(at_work.state, at_work.columns, 4, "Trois fois."))
    at_work.realign(realign.merge(at_work.columns.beads, 2, 3))
    given = read_anchors("Tiga.\tTrois.", at_work.columns)
    assert [written(place) for place in given.places] == [[2, 3, 2, 3]]


@tried(st.permutations(range(12)))
def test_a_link_crosses_where_any_earlier_one_does(targets):
    dice = random.Random(repr(targets))
    links = list(enumerate(targets))
    dice.shuffle(links)
    crossings = Crossings()
    for number, (source, target) in enumerate(links):
        over = any((s < source) != (t < target) for s, t in links[:number])
        assert crossings.add(source, target) is over


class Counted(int):
    """Counts how often numbers are compared."""

    compared = 0

    def __lt__(self, other):
        Counted.compared += 1
        return int(self) < int(other)

    def __gt__(self, other):
        Counted.compared += 1
        return int(self) > int(other)

    def __neg__(self):
        return Counted(-int(self))


@pytest.mark.parametrize("order", ["in order", "backwards", "anyhow"])
def test_many_anchors_cost_a_few_looks_each(order):
    size = 5_000
    targets = list(range(size))
    if order == "backwards":
        targets.reverse()
    if order == "anyhow":
        random.Random(1).shuffle(targets)
    crossings = Crossings()
    Counted.compared = 0
    for source, target in enumerate(targets):
        crossings.add(Counted(source), Counted(target))
    assert Counted.compared < 150 * size
