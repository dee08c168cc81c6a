"""What known translations teach, and that what is no translation teaches nothing."""

import random

import numpy as np
import pytest

from reviewer.align import (
    Column,
    KnownPairs,
    Lesson,
    Relevance,
    align,
    are_translations,
    learned_from,
)
from reviewer.align.learning import LESSONS_OF_WORD
from tests.align.texts import book, pairs_of


def lessons(size, seed, weight=1.0):
    return [Lesson(*pair, weight) for pair in zip(*book(size, seed), strict=True)]


def shuffled(some):
    targets = [lesson.target for lesson in some]
    random.Random(1).shuffle(targets)
    return [Lesson(lesson.source, target) for lesson, target in zip(some, targets, strict=True)]


def without_one(size, seed, gone):
    """Return a book whose translation lacks a sentence, and the beads that are right."""
    source, target = book(size, seed)
    del target[gone]
    right = [((k,), ()) if k == gone else ((k,), (k - (k > gone),)) for k in range(size)]
    return source, target, right


def test_lessons_help_with_texts_too_short_to_learn_from():
    lexicon = learned_from(lessons(200, 5), "en-GB", "xx")
    alone = taught = 0
    for seed in range(20):
        source, target, right = without_one(8, 1000 + seed, seed % 6 + 1)
        texts = Column(source), Column(target), "en", "xx"
        alone += len(set(right) & set(pairs_of(align(*texts))))
        taught += len(set(right) & set(pairs_of(align(*texts, lexicon=lexicon))))
    assert taught > 1.05 * alone


def test_the_lexicon_holds_translations_and_weighs_them():
    known = learned_from(lessons(200, 5), "en", "xx")
    halved = learned_from(lessons(200, 5, weight=0.5), "en", "xx")
    assert known.languages == ("en", "xx")
    assert 0.3 < halved.forward.sum() / known.forward.sum() < 0.7
    best = int(np.argmax(known.forward * (np.array(known.source_words)[known.source] != ".")))
    pair = known.source_words[known.source[best]], known.target_words[known.target[best]]
    together = sum(
        pair[0] in lesson.source.lower() and pair[1] in lesson.target.lower()
        for lesson in lessons(200, 5)
    )
    assert together > 10


@pytest.mark.parametrize("some", [[], [Lesson("", "")], [Lesson("x " * 5000, "y " * 5000)]])
def test_poor_lessons_teach_nothing(some):
    assert len(learned_from(some, "en", "xx")) <= 1


@pytest.mark.parametrize(("size", "true"), [(100, True), (1000, True), (10, True)])
def test_translations_are_told_from_pairs_thrown_together(size, true):
    some = lessons(size, 3)
    assert are_translations(some) is true
    assert are_translations(shuffled(some)) is (size < 100)


def test_relevance_takes_what_the_texts_have_use_for():
    source, target = book(20, 1)
    useful = Relevance(source, target, lambda: None)
    assert useful.takes(source[3].upper(), target[3])
    assert not useful.takes(source[3], target[3]), "it was taken already"
    assert not useful.takes("Nothing of that.", "Nix davon.")
    assert not useful.takes(source[3].split()[0], "Nix davon.")
    word, other = source[3].split()[0], target[3].split()[0]
    taken = [useful.takes(f"{word} {n}x", f"{other} {n}y") for n in range(2 * LESSONS_OF_WORD)]
    assert sum(taken) <= LESSONS_OF_WORD
    assert taken[0]


def test_known_pairs_decide_where_words_cannot():
    # All sentences are alike in length, and none shares a word with another.
    source = [f"{chr(97 + k) * 5} {chr(98 + k) * 4}." for k in range(12)]
    target = [f"{chr(0x430 + k) * 5} {chr(0x431 + k) * 4}." for k in range(12)]
    del target[5]
    known = KnownPairs([(source[k].upper(), target[k - 1] + " ") for k in (6, 7)])
    alignment = align(Column(source), Column(target), "en", "ru", witnesses=[known])
    assert ((6,), (5,)) in pairs_of(alignment)
    assert ((7,), (6,)) in pairs_of(alignment)
    turned = align(Column(target), Column(source), "ru", "en", witnesses=[known.turned()])
    assert ((5,), (6,)) in pairs_of(turned)


def test_known_pairs_find_a_text_that_is_cut_another_way():
    source, target = book(8, 2)
    whole = [*target[:3], f"{target[3]} {target[4]}", *target[5:]]
    known = KnownPairs([(f"{source[3]} {source[4]}", whole[3])])
    evidence = known.evidence(source, whole, lambda: None)
    alignment = align(Column(source), Column(whole), "en", "xx", witnesses=[known])
    assert ((3, 4), (3,)) in pairs_of(alignment)
    assert [side.tolist() for side in evidence.landmarks()] == [[], []]


def test_a_much_longer_source_keeps_its_witnesses():
    source, target = book(200, 4)
    known = KnownPairs(zip(source[150:158], target[150:158], strict=True))
    alignment = align(Column(source), Column(target[150:158]), "en", "xx", witnesses=[known])
    assert ((153,), (3,)) in pairs_of(alignment)
