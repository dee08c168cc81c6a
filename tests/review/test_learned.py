"""What a document teaches of its words tells whether a pair is one."""

import random

import pytest

from reviewer.model import Finding, Severity, Side, Span
from reviewer.review.checking.habits import without_habits
from reviewer.review.checking.learned import Learned, in_order, stems
from tests.checks.pairs import context, pair

WORDS = {
    "harbour": "port", "winter": "hiver", "bridge": "pont", "sailor": "marin", "letter": "lettre",
    "garden": "jardin", "market": "foire", "school": "école", "window": "fenêtre",
    "river": "fleuve", "teacher": "maître", "bread": "pain", "cheese": "fromage",
    "mountain": "montagne", "island": "île", "kitchen": "cuisine", "doctor": "médecin",
    "forest": "forêt", "village": "hameau", "cloud": "nuage",
}  # fmt: skip


def _texts(words):
    return " ".join(words), " ".join(WORDS[word] for word in words)


def _document(last):
    """Pairs of six words each, their translations in the same order, and a pair at the end."""
    chance = random.Random(4)
    texts = [_texts(chance.sample(sorted(WORDS), 6)) for _ in range(80)]
    # Each word is in a third of these pairs; a thin text around keeps that from being common.
    texts += [(f"Week {n}", f"Semaine {n}") for n in range(300)]
    return [pair(*both, number) for number, both in enumerate([*texts, last])]


SIX = ["harbour", "winter", "bridge", "sailor", "letter", "garden"]
OTHERS = ["forest", "village", "cloud", "doctor", "kitchen", "island"]


@pytest.mark.parametrize(
    ("last", "source", "target"),
    [
        (_texts(SIX), (6, 6), (6, 6)),
        ((_texts(SIX)[0], _texts(OTHERS)[1]), (6, 0), (6, 0)),
        ((_texts(SIX)[0], _texts(SIX[:3])[1]), (6, 3), (3, 3)),
        (("Quite unknown words", "Des mots tout neufs"), (0, 0), (0, 0)),
    ],
    ids=["translated", "another text", "half of it", "nothing known"],
)
def test_words_are_covered_by_their_translations(last, source, target):
    pairs = _document(last)
    assert Learned(pairs).covers(pairs[-1]) == (source, target)


def test_what_is_told_of_a_source_stands_in_its_order():
    pairs = _document((_texts(SIX)[0], _texts([*SIX[:2], SIX[4]])[1]))
    assert Learned(pairs).told(pairs[-1]) == [True, True, False, False, True, False]


def test_short_documents_teach_nothing():
    pairs = _document(_texts(SIX))[-50:]
    assert Learned(pairs).covers(pairs[-1]) == ((0, 0), (0, 0))


def test_words_are_compared_by_their_beginnings():
    assert stems("Ships, shipwrecks; 船長です an") == {"ships", "shipw", "船長", "長で", "です"}
    assert in_order("Ships, shipwrecks and ships; 船長") == ["ships", "shipw", "and", "船長"]


def _judged(check, last, confidence):
    pairs = _document(last)
    told = Finding(check, pairs[-1].number, (), (), Severity.MAJOR, confidence=confidence)
    return [one.confidence for one in without_habits([told], pairs, context())]


SEVEN = [*SIX, "market"]
OTHER_TEXT = _texts(SIX)[0], _texts(OTHERS)[1]


@pytest.mark.parametrize(
    ("check", "last", "before", "after"),
    [
        ("unrelated-target", OTHER_TEXT, 0.7, [0.9]),
        ("unrelated-target", _texts(SIX), 0.95, []),
        ("unrelated-target", ("Unknown words", "Des mots"), 0.7, [0.7]),
        ("addition", _texts(SIX), 0.95, [0.6]),
        ("addition", OTHER_TEXT, 0.95, [0.95]),
        ("omission", (_texts(SEVEN)[0], WORDS["bridge"]), 0.82, [0.9]),
        ("omission", (_texts(SEVEN)[0], WORDS["bridge"]), 0.7, [0.7]),
        ("omission", _texts(SIX), 0.82, [0.82]),
        ("omission", (_texts(SEVEN)[0], _texts(SEVEN[:4])[1]), 0.75, [0.9]),
        ("omission", (_texts(SEVEN)[0], _texts(SEVEN[:4])[1]), 0.7, [0.7]),
        ("omission", (_texts(SEVEN)[0], _texts(SEVEN[:5])[1]), 0.75, [0.75]),
        ("omission", (_texts(SEVEN)[0], _texts(SEVEN[::2])[1]), 0.75, [0.75]),
    ],
)
def test_contents_are_judged_by_what_the_document_teaches(check, last, before, after):
    assert _judged(check, last, before) == after


@pytest.mark.parametrize(
    ("target", "sure"),
    [("Le port est là (ou harbour)", False), ("Le harbour est fermé", True)],
    ids=["beside its translation", "in its place"],
)
def test_an_original_beside_its_translation_is_a_gloss(target, sure):
    pairs = _document(("The harbour is here", target))
    start = target.index("harbour")
    told = Finding(
        "untranslated",
        pairs[-1].number,
        (Span(Side.TARGET, start, start + 7),),
        ("harbour", "English"),
        Severity.MAJOR,
        "source",
        confidence=0.95,
    )
    (one,) = without_habits([told], pairs, context())
    assert (one.confidence > 0.6) is sure
