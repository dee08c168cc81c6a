"""A caret in one side alone: where the other side divides."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from desk import Desk
from review_sample import open_sample

from reviewer.model import Side
from reviewer.review.halving import matching_offset
from tests.align.texts import book

SOURCE, TARGET = book(160, seed=7)
FIRST, SECOND = (SOURCE[80].rstrip("."), TARGET[80].rstrip(".")), (SOURCE[81], TARGET[81])


def desk(source, target):
    """Return a desk with other texts in place of the two pairs in the middle."""
    return Desk([*SOURCE[:80], source, *SOURCE[82:]], [*TARGET[:80], target, *TARGET[82:]])


def asked(at_work, side, offset):
    languages = "en", "fr"
    return matching_offset(at_work.columns, at_work.state, 80, side, offset, languages)


@pytest.mark.parametrize("side", Side)
def test_a_translation_of_both_halves_is_cut_at_its_mark(side):
    both = [f"{one}, {other}" for one, other in zip(FIRST, SECOND, strict=True)]
    own, other = list(Side).index(side), 1 - list(Side).index(side)
    assert asked(desk(*both), side, len(FIRST[own]) + 1) == len(FIRST[other]) + 2


def test_of_several_marks_the_one_that_fits_is_taken():
    words = FIRST[1].split()
    first = f"{' '.join(words[:2])}, {' '.join(words[2:])}"
    at_work = desk(f"{FIRST[0]} {SECOND[0]}", f"{first}; {SECOND[1]}")
    assert asked(at_work, Side.SOURCE, len(FIRST[0])) == len(first) + 2


@pytest.mark.parametrize(
    ("translated", "expected"), [(FIRST[1] + ".", len(FIRST[1]) + 1), (SECOND[1], 0)]
)
def test_a_translation_of_one_half_goes_there_as_a_whole(translated, expected):
    at_work = desk(f"{FIRST[0]}, {SECOND[0]}", translated)
    assert asked(at_work, Side.SOURCE, len(FIRST[0]) + 1) == expected


def test_without_any_sure_pair_around_the_whole_stays_above():
    at_work = Desk(["Satu dua."], ["Un deux."])
    assert matching_offset(at_work.columns, at_work.state, 0, Side.SOURCE, 4, ("id", "fr")) == 8


@pytest.mark.parametrize("offset", [0, 200_000])
def test_an_offset_that_divides_nothing_says_nothing(offset):
    assert asked(desk(FIRST[0], FIRST[1]), Side.SOURCE, offset) is None


def test_a_review_splits_both_sides_at_one_caret(tmp_path):
    review = open_sample(tmp_path)
    pair = review.pair(3)
    source, target = pair.source_text.index(", ") + 2, pair.target_text.index(", ") + 2
    assert review.alignment.split(3, source, None)
    halves = [review.pair(n).target_text for n in (3, 4)]
    assert halves == [pair.target_text[:target].rstrip(), pair.target_text[target:]]
    review.undo()
    assert review.pair(3).target_text == pair.target_text
    review.close()
