"""What every alignment promises, whatever the texts."""

import random
import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.align import Column, PairLexicon, align, align_project
from reviewer.align.bands import banded_piece
from reviewer.align.engine import narrowed
from reviewer.align.lexicon import WeightedBeads
from reviewer.errors import Cancelled
from reviewer.model import Bead
from tests.align.texts import book, pairs_of

sentence = st.text(
    st.sampled_from("aeinorst дом 人水字 0123456789.,!?\u0301\u200b\U000f0000"),
    min_size=0,
    max_size=40,
)
column = st.lists(sentence, max_size=12)


def assert_covers(alignment, source, target):
    i = j = 0
    for bead in alignment.beads:
        assert (bead.source_start, bead.target_start) == (i, j)
        assert bead.source_end >= i
        assert bead.target_end >= j
        assert (bead.source_end, bead.target_end) != (i, j)
        assert 0.0 <= bead.confidence <= 1.0
        i, j = bead.source_end, bead.target_end
    assert (i, j) == (len(source), len(target))
    assert 0.0 <= alignment.quality <= 1.0


@settings(deadline=None, max_examples=60)
@given(column, column)
def test_beads_cover_both_sides_once_in_order(source, target):
    assert_covers(align(Column(source), Column(target), "en", "ru"), source, target)


@settings(deadline=None, max_examples=40)
@given(column, column, st.data())
def test_anchors_come_back_untouched(source, target, data):
    i = data.draw(st.integers(0, len(source)))
    k = data.draw(st.integers(i, len(source)))
    j = data.draw(st.integers(0, len(target)))
    m = data.draw(st.integers(j, len(target)))
    anchors = [Bead(i, k, j, m, 0.2)] if (i, j) != (k, m) else []
    alignment = align(Column(source), Column(target), "en", "ru", anchors=anchors)
    assert_covers(alignment, source, target)
    for anchor in anchors:
        assert Bead(i, k, j, m, 1.0, anchor.origin) in alignment.beads


@settings(deadline=None, max_examples=20)
@given(column, column)
def test_the_same_texts_give_the_same_beads(source, target):
    first = align(Column(source), Column(target), "en", "ru")
    again = align(Column(source), Column(target), "en", "ru")
    assert first.beads == again.beads


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ([], []),
        (["One."], []),
        ([], ["Eins.", "Zwei."]),
        (["", " ", "\u200b"], ["", ""]),
        (["1 2 3", "4 5 6"], ["1 2 3", "4 5 6", "7"]),
        (["..."] * 30, ["!"] * 20),
    ],
)
def test_poor_input_gives_a_result(source, target):
    assert_covers(align(Column(source), Column(target), "en", "de"), source, target)


def test_one_sentence_against_thousands():
    source, target = ["The whole book."], [f"Satz Nummer {k}." for k in range(10_000)]
    assert_covers(align(Column(source), Column(target), "en", "de"), source, target)
    assert_covers(align(Column(target), Column(source), "de", "en"), target, source)


def test_a_line_of_a_hundred_thousand_words():
    source = ["Good day.", "word " * 100_000, "Good night."]
    target = ["Guten Tag.", "Wort " * 100_000, "Gute Nacht."]
    alignment = align(Column(source), Column(target), "en", "de")
    assert_covers(alignment, source, target)


def test_a_band_without_beads_does_not_grow():
    """Texts that have nothing in common would else be searched whole, in gigabytes."""
    diagonal = np.arange(4001)
    piece = banded_piece((0, 4000, 0, 4000), diagonal, diagonal, 100)
    for chain in (beads_at([]), beads_at([1000, 1001]), beads_at([50, 3900])):
        narrower = narrowed([piece], chain, 25, cut=False)
        assert sum(one.cells for one in narrower) <= piece.cells
    (around,) = narrowed([piece], beads_at(range(4000)), 25, cut=False)
    assert around.cells < piece.cells


def beads_at(places):
    """Return 1-1 beads on the diagonal."""
    starts = np.array(places, np.int64)
    ones = np.ones(len(starts), np.int64)
    return WeightedBeads(starts, ones, starts, ones, np.ones(len(starts)))


def test_identical_sides_align_one_to_one():
    source, _ = book(60, seed=3)
    alignment = align(Column(source), Column(list(source)), "en", "en")
    assert pairs_of(alignment) == [((k,), (k,)) for k in range(60)]
    assert not alignment.doubtful


def test_crossing_anchors_are_refused():
    anchors = [Bead(0, 1, 1, 2), Bead(1, 2, 0, 1)]
    with pytest.raises(ValueError, match="anchors"):
        align(Column(["a", "b"]), Column(["a", "b"]), "en", "de", anchors=anchors)
    with pytest.raises(ValueError, match="anchors"):
        align(Column(["a"]), Column(["a"]), "en", "de", anchors=[Bead(0, 2, 0, 1)])


def test_paragraph_numbers_fit_the_sentences():
    with pytest.raises(ValueError, match="paragraph"):
        Column(["a", "b"], [0])


def test_the_person_can_stop_it():
    source, target = book(1500, seed=1)
    asked = []

    def cancelled():
        asked.append(time.thread_time())
        return len(asked) > 200

    with pytest.raises(Cancelled):
        align(Column(source), Column(target), "en", "xx", cancelled=cancelled)
    assert max(b - a for a, b in pairwise(asked)) < 0.2


def test_progress_rises_to_the_end():
    source, target = book(300, seed=1)
    told = []
    align(Column(source), Column(target), "en", "xx", progress=lambda *step: told.append(step))
    shares = [done / total for done, total in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_documents_of_a_project_stay_apart():
    documents = [book(40, seed=seed) for seed in range(3)]
    documents.insert(1, ([], ["Nur hier."]))
    columns = [(Column(source), Column(target)) for source, target in documents]
    found = align_project(columns, "en", "xx")
    for alignment, (source, target) in zip(found, documents, strict=True):
        assert_covers(alignment, source, target)
    assert align_project([], "en", "xx") == []


def test_a_lexicon_passes_on_and_turns_round():
    source, target = book(200, seed=5)
    learned = align(Column(source), Column(target), "en-GB", "xx").lexicon
    assert learned.languages == ("en", "xx")
    assert len(learned) > 50
    turned = learned.for_languages("xx", "en-US")
    assert turned.source_words == learned.target_words
    assert len(learned.for_languages("en", "fr")) == 0
    dice = random.Random(1)
    source, target = book(12, seed=77)
    gone = dice.randrange(12)
    del target[gone]
    alignment = align(Column(source), Column(target), "en", "xx", lexicon=learned)
    expected = [((k,), (k - (k > gone),)) if k != gone else ((k,), ()) for k in range(12)]
    assert pairs_of(alignment) == expected
    assert isinstance(alignment.lexicon, PairLexicon)


def test_a_sentence_on_each_line_hinders_nothing():
    """Lines that are read as paragraphs say nothing of which sentences were put together."""
    source, whole = book(80, seed=17)
    target: list[str] = []
    gold = []
    for number, text in enumerate(whole):
        words = text.split()
        middle = len(words) // 2 if number % 3 == 0 and len(words) > 7 else 0
        parts = [" ".join(words[:middle]) + ".", " ".join(words[middle:])] if middle else [text]
        gold.append(((number,), tuple(range(len(target), len(target) + len(parts)))))
        target += parts
    plain = align(Column(source), Column(target), "en", "fr")
    lines = align(
        Column(source, range(len(source))), Column(target, range(len(target))), "en", "fr"
    )
    assert len(set(pairs_of(plain)) & set(gold)) > 0.9 * len(gold)
    assert pairs_of(lines) == pairs_of(plain)
