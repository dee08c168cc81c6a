"""Pairs and contexts for the tests of checks."""

from reviewer.checks.base import Context
from reviewer.model import Pair, Segment
from reviewer.text.languages import language
from reviewer.text.lexicon import lexicon


def side(*texts):
    return tuple(Segment(place, place, 0, len(text), text) for place, text in enumerate(texts))


def pair(source, target, number=0, confidence=1.0):
    """A pair of two texts, or of two sequences of texts, one per segment."""
    sides = [(text,) if isinstance(text, str) else text for text in (source, target)]
    sources, targets = (side(*(text for text in texts if text)) for texts in sides)
    return Pair(number, sources, targets, confidence)


def context(source="en", target="fr", **more):
    return Context(language(source), language(target), lexicon, **more)


def unknown_to(words):
    """Return what a dictionary of these words, told as one text, answers: those not in it."""
    known = frozenset(words.lower().split())
    return lambda asked: {word for word in asked if word.lower() not in known}
