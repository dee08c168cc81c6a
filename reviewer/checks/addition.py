"""Target text that nothing in the source calls for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.checks.empty_target import has_content
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.correspondence import (
    correspondence,
    is_name_like,
    least_score,
    sentence_words,
)
from reviewer.text.length import deviation, size, without_brackets
from reviewer.text.numbers import has_digits
from reviewer.text.typography import final_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.text.correspondence import Correspondence

_SUSPICIOUS = 1.0
_BRACKET = re.compile(r"[(（\[［]")
_LABEL = 1.0
"""What headings, labels and verses are excused: what is no sentence is explained freely."""
_LIMIT = 3.4
_LONGEST_WAIT = 5.0
_WHOLE = 0.92
"""Confidence of what stands alone, whatever the aligner thinks of it."""
_SHORTEST = 40
"""Characters, as of English, of the longer side up to which any ratio may be right."""
_SENTENCE_END = re.compile(
    r"(?<=[^\W\d_]{3})[.!?…][\"'”’»)]*\s+(?=[\"“«„(]?[^\W\d_a-z])|[。！？।؟]+[”」』）]?(?=.)|\n"
)


def find_additions(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each target without any source, and for targets that are far too long.

    Numbers, places and names that the source does not have, and sentences too many, make a
    little length enough.
    """
    languages = context.source, context.target
    for pair in pairs:
        source, target = pair.source_text, pair.target_text
        if not pair.source:
            if any(map(str.isalpha, target)):
                yield _whole(pair)
            continue
        if not has_content(source) or size(target, context.target) < _SHORTEST:
            continue
        deviated = deviation(source, target, languages, context.length_ratio)
        if deviated < _SUSPICIOUS or source == target:
            continue
        sentences = len(sentence_starts(target)) - len(sentence_starts(source))
        # The sentences of a bead of several segments were put together by the aligner.
        sentences -= max(len(pair.target) - len(pair.source), 0)
        if deviated + _most_evidence(source, target, sentences, context) <= _LIMIT:
            continue
        found = correspondence(source, target, *languages)
        strength = deviated + evidence(found, sentences)
        if strength > _LIMIT:
            strength -= _excused(source, target, deviated, context)
            strength -= 0.0 if final_mark(source.rstrip(), context.source)[0] else _LABEL
            yield _partial(pair, found, strength)


def _excused(source: str, target: str, deviated: float, context: Context) -> float:
    """Return how much of a deviation is due to brackets, in its unit.

    What stands in them is an explanation that either side may do without.
    """
    if not _BRACKET.search(target):
        return 0.0
    bare = without_brackets(source), without_brackets(target)
    languages = context.source, context.target
    return max(deviated - deviation(*bare, languages, context.length_ratio), 0.0)


def evidence(found: Correspondence, sentences: int) -> float:
    """Return what contents and added sentences add to a deviation of the length, in its unit."""
    matched = {match.target for match in found.matches}
    names = sum(
        is_name_like(word, at) and at not in matched for at, word in enumerate(found.target_words)
    )
    new_place = found.target_places.keys() - found.source_places.keys()
    new = bool(found.numbers.extra), bool(new_place), names
    return _weighed(new, found.score, sentences)


def _most_evidence(source: str, target: str, sentences: int, context: Context) -> float:
    """Return what contents can add at most: if no name, number or place had a counterpart."""
    names = sum(is_name_like(word, at) for at, word in enumerate(sentence_words(target)))
    score = least_score(source, target, context.source, context.target)
    return _weighed((has_digits(target), True, names), score, sentences)


def _weighed(new: tuple[bool, bool, int], score: float, sentences: int) -> float:
    """Return what new numbers, new places and so many new names add, with a correspondence."""
    numbers, place, names = new
    score = max(min(score / 10, 2.0), -2.0)
    return (
        1.2 * numbers
        + 0.5 * place
        + 0.3 * min(names, 3)
        + 1.2 * min(max(sentences, 0), 2)
        - 0.7 * score
    )


def sentence_starts(text: str) -> list[int]:
    """Return where the sentences of a text begin, roughly: for counting."""
    return [0, *(match.end() for match in _SENTENCE_END.finditer(text.rstrip()))]


def _whole(pair: Pair) -> Finding:
    span = Span(Side.TARGET, 0, len(pair.target_text))
    sure = _WHOLE + (1 - _WHOLE) * pair.confidence
    return Finding("addition", pair.number, (span,), (), Severity.MAJOR, "whole", confidence=sure)


def _partial(pair: Pair, found: Correspondence, strength: float) -> Finding:
    """Return the finding, its target span on the last sentences without counterpart, or all."""
    ends = [found.target_words[match.target].end for match in found.matches if match.weight > 1]
    last = max(ends, default=0)
    starts = [start for start in sentence_starts(pair.target_text) if start >= last]
    start = starts[0] if starts and starts[0] else 0
    spans = (
        Span(Side.TARGET, start, len(pair.target_text)),
        Span(Side.SOURCE, 0, len(pair.source_text)),
    )
    confidence = min(max(0.4 + 0.6 * strength / _LONGEST_WAIT, 0.4), 0.95)
    return Finding("addition", pair.number, spans, (), Severity.MAJOR, confidence=confidence)


CHECK = Check(
    id="addition",
    kind=Kind.OMISSION,
    type=IssueType.ADDITION,
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Possible addition"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "The translation is much longer than its source."),
        "whole": QT_TRANSLATE_NOOP("checks", "Nothing in the source corresponds to this."),
    },
    find=find_additions,
    normal=0.9,
    lenient=0.92,
    examples=(
        Example("The harbour will be dredged.", "Le port sera dragué."),
        Example(
            "The harbour will be dredged.",
            "Le port sera dragué. À Marseille, le conseil a voté 20 millions pour un théâtre.",
            ("Le port sera dragué. À Marseille, le conseil a voté 20 millions pour un théâtre.",),
        ),
        Example("好。", "Good, let us do it that way.", (), "zh", "en"),
        Example(
            "The harbour will be dredged. The quay is to be raised.",
            "Le port sera dragué et le quai sera rehaussé.",
        ),
        Example(
            "The harbour will be dredged and the quay is to be raised.",
            "Le port sera dragué. Le quai sera rehaussé.",
        ),
    ),
)
