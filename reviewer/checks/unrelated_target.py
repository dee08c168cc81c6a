"""Targets that are the translation of something else."""

from __future__ import annotations

import re
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.correspondence import (
    correspondence,
    is_name_like,
    least_score,
    share_sounds,
)
from reviewer.text.length import size
from reviewer.text.number_words import word_values
from reviewer.text.numbers import find_numbers
from reviewer.text.words import is_only_latin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.text.correspondence import Correspondence

_LIMIT, _DOUBTFUL_LIMIT, _TRUSTED_LIMIT = -3.7, -2.0, -3.5
"""Sums of logarithms below which a target belongs elsewhere; for doubtful and for sure beads."""

_DOUBTFUL, _TRUSTED = 0.5, 0.9
_SETTLED = 6.0
"""Sum that lost numbers and places will not turn into a negative one."""
_SHORTEST = 30
_TRANSLATED = 1.3
"""What a missing name is given back that turns out to be a word to be translated."""
_OWN = 2.0
_SHARED_WORD = 2.0
_SMALL = 2
_LONG_WORD = re.compile(r"[^\W\d_]{6,}")
_BEGINNING = re.compile(r"([^\W\d_]{6})[^\W\d_]*")
_LATIN_BEGINNING = re.compile("([a-zß-öø-ɏ]{6})[a-zß-öø-ɏ]*")
"""The beginnings of long words; the same for a text of Latin letters, in half the time."""
_ENOUGH = 2


def find_unrelated_targets(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each target that shares nothing with its source that it would share.

    A bead that the aligner doubts needs less evidence. Short segments say too little.
    """
    for pair in pairs:
        source, target = pair.source_text, pair.target_text
        if min(size(source, context.source), size(target, context.target)) < _SHORTEST:
            continue
        limit = _limit(pair.confidence)
        if _is_plainly_related(source, target):
            continue
        if least_score(source, target, context.source, context.target) > limit:
            continue
        if share_sounds(*map(_long_words, (source, target))):
            continue
        found = correspondence(source, target, context.source, context.target, enough=_SETTLED)
        if found.score > limit:
            continue
        score = found.score + _second_thoughts(found, source, target, context)
        if score <= limit:
            spans = Span(Side.TARGET, 0, len(target)), Span(Side.SOURCE, 0, len(source))
            yield Finding(
                "unrelated-target",
                pair.number,
                spans,
                (),
                Severity.MAJOR,
                confidence=1 - exp(score / 3),
            )


def _limit(confidence: float) -> float:
    """Return the sum below which a bead of that confidence is told; 1 is "not aligned by us"."""
    if confidence < _DOUBTFUL:
        return _DOUBTFUL_LIMIT
    return _LIMIT if confidence == 1 or confidence < _TRUSTED else _TRUSTED_LIMIT


def _is_plainly_related(source: str, target: str) -> bool:
    """Whether a quick look finds what only translations share: numbers, several words."""
    if source == target:
        return True
    numbers = {number.key for number in find_numbers(source) if len(number.key) >= _SMALL}
    if numbers and any(number.key in numbers for number in find_numbers(target)):
        return True
    return len(_beginnings(source) & _beginnings(target)) >= _ENOUGH


def _beginnings(text: str) -> set[str]:
    lowered = text.lower()
    pattern = _LATIN_BEGINNING if is_only_latin(lowered) else _BEGINNING
    return set(pattern.findall(lowered))


def _long_words(text: str) -> set[str]:
    return set(_LONG_WORD.findall(text.lower()))


def _second_thoughts(found: Correspondence, source: str, target: str, context: Context) -> float:
    """Return what word frequencies and number words take back of the evidence against."""
    matched = {match.source for match in found.matches}
    scripts = {word.script for word in found.target_words}
    names = [
        word.text
        for at, word in enumerate(found.source_words)
        if at not in matched and word.script in scripts and is_name_like(word, at)
    ]
    score = 0.0
    if names and context.source.code != "de":
        own = context.lexicon(context.source.tag).log_probabilities(names)
        other = context.lexicon(context.target.tag).log_probabilities(names)
        known = ~np.isnan(own)
        translated = known & (np.isnan(other) | (own - np.nan_to_num(other, nan=-30.0) > _OWN))
        score += _TRANSLATED * float(translated.sum())
    shared = word_values(source, context.source) & word_values(target, context.target)
    large = [value for value in shared if value[0] > _SMALL or value[1]]
    return score + _SHARED_WORD * len(large)


CHECK = Check(
    id="unrelated-target",
    kind=Kind.UNTRANSLATED,
    type=IssueType.MISTRANSLATION,
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Unrelated translation"),
    messages={
        "": QT_TRANSLATE_NOOP(
            "checks", "Source and translation seem to speak of different things."
        ),
    },
    find=find_unrelated_targets,
    normal=0.82,
    lenient=0.92,
    examples=(
        Example(
            "President Tokayev spoke in Almaty on Wednesday about the Collective Security Treaty.",
            "Le président Tokayev a parlé mercredi à Almaty du Traité de sécurité collective.",
        ),
        Example(
            "President Tokayev spoke in Almaty on Wednesday about the Collective Security Treaty.",
            "Les pommes se conservent mieux dans une cave fraîche et sèche, loin des oignons ?",
            ("Les pommes se conservent mieux dans une cave fraîche et sèche, loin des oignons ?",),
        ),
        Example("It is raining.", "Les pommes sont mûres."),
        Example(
            "Президент Токаев и министр Лавров посетили Москву и Париж 12 января 2024 года.",
            "The cake is best eaten warm, with a little cream and some fresh berries on top.",
            ("The cake is best eaten warm, with a little cream and some fresh berries on top.",),
            "ru",
            "en",
        ),
        Example(
            "他们昨天在家里吃了一顿丰盛的晚饭，然后很早就睡了。",
            "Yesterday they had a big dinner at home and then went to bed very early.",
            (),
            "zh",
            "en",
        ),
    ),
)
