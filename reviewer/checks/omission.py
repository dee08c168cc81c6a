"""Source text that has no translation."""

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
from reviewer.text.typography import final_mark, typography

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.text.correspondence import Correspondence

_SUSPICIOUS = -1.0
"""Deviation of the length from which on the contents are compared at all."""

_BRACKET = re.compile(r"[(（\[［]")
_LABEL = 1.0
"""What headings, labels and verses are excused: what is no sentence is shortened freely."""
_LIMIT = 2.7
_LONGEST_WAIT = 5.0
_WHOLE = 0.92
"""Confidence of what stands alone, whatever the aligner thinks of it."""
_SHORTEST = 40
"""Characters, as of English, of the longer side up to which any ratio may be right."""
_LAST_WORD = re.compile(r"(?:^|[\s\"“«„(])([^\W\d_]+)[\s.!?…\"'”’»)]*$")
_UNFINISHED, _TRAILING = 2.0, 1.5
"""What it says that a target ends with a word that no sentence ends with, that few do."""


def find_omissions(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each source without any target, and for targets that are far too short.

    How short is told by the document's own ratio of lengths; lost numbers, places and names and a
    sentence that breaks off make a little shortness enough.
    """
    languages = context.source, context.target
    for pair in pairs:
        source, target = pair.source_text, pair.target_text
        if not pair.target:
            if has_content(source) and any(map(str.isalpha, source)):
                yield _whole(pair)
            continue
        if not has_content(target) or size(source, context.source) < _SHORTEST:
            continue
        deviated = deviation(source, target, languages, context.length_ratio)
        if deviated > _SUSPICIOUS or source == target:
            continue
        if _most_evidence(source, target, context) - deviated <= _LIMIT:
            continue
        found = correspondence(source, target, *languages)
        strength = -deviated + evidence(found, target, context)
        if strength > _LIMIT:
            strength -= _excused(source, target, deviated, context)
            strength -= 0.0 if final_mark(source.rstrip(), context.source)[0] else _LABEL
            yield _partial(pair, found, strength)


def _excused(source: str, target: str, deviated: float, context: Context) -> float:
    """Return how much of a deviation is due to brackets, in its unit.

    What stands in them is an explanation that either side may do without.
    """
    if not _BRACKET.search(source):
        return 0.0
    bare = without_brackets(source), without_brackets(target)
    languages = context.source, context.target
    return max(deviation(*bare, languages, context.length_ratio) - deviated, 0.0)


def evidence(found: Correspondence, target: str, context: Context) -> float:
    """Return what the contents add to a deviation of the length, in its unit.

    Fitted to 1,600 translations cut at 30 to 60 % of their words.
    """
    matched = {match.source for match in found.matches}
    names = sum(
        is_name_like(word, at) and at not in matched for at, word in enumerate(found.source_words)
    )
    lost_place = found.source_places.keys() - found.target_places.keys()
    lost = bool(found.numbers.lost), bool(lost_place), names
    return _weighed(lost, found.score, target, context)


def _most_evidence(source: str, target: str, context: Context) -> float:
    """Return what the contents can add at most: if no name, number or place had a counterpart."""
    names = sum(is_name_like(word, at) for at, word in enumerate(sentence_words(source)))
    score = least_score(source, target, context.source, context.target)
    return _weighed((has_digits(source), True, names), score, target, context)


def _weighed(lost: tuple[bool, bool, int], score: float, target: str, context: Context) -> float:
    """Return what lost numbers, lost places and so many lost names add, with a correspondence."""
    numbers, place, names = lost
    last = _LAST_WORD.search(target[-80:])
    ending = last.group(1).lower() if last else ""
    marks = typography(context.target)
    broken_off = _UNFINISHED * (ending in marks.unfinished) + _TRAILING * (
        ending in marks.trailing
    )
    score = max(min(score / 10, 2.0), -2.0)
    return (
        1.2 * numbers
        + 0.3 * place
        + 0.35 * min(names if context.source.code != "de" else 0, 3)
        + broken_off
        - 0.7 * score
    )


def _whole(pair: Pair) -> Finding:
    span = Span(Side.SOURCE, 0, len(pair.source_text))
    sure = _WHOLE + (1 - _WHOLE) * pair.confidence
    return Finding("omission", pair.number, (span,), (), Severity.MAJOR, "whole", confidence=sure)


def _partial(pair: Pair, found: Correspondence, strength: float) -> Finding:
    """Return the finding, its source span from behind what the target still has to the end."""
    ends = [found.source_words[match.source].end for match in found.matches if match.weight > 1]
    start = max(ends, default=0)
    source = pair.source_text
    if len(source) - start < _SHORTEST:
        start = 0
    start += len(source[start:]) - len(source[start:].lstrip(" ,;:.\n"))
    spans = Span(Side.TARGET, 0, len(pair.target_text)), Span(Side.SOURCE, start, len(source))
    confidence = min(max(0.4 + 0.6 * strength / _LONGEST_WAIT, 0.4), 0.95)
    return Finding("omission", pair.number, spans, (), Severity.MAJOR, confidence=confidence)


CHECK = Check(
    id="omission",
    kind=Kind.OMISSION,
    type=IssueType.OMISSION,
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Possible omission"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "The translation is much shorter than its source."),
        "whole": QT_TRANSLATE_NOOP("checks", "Nothing in the translation corresponds to this."),
    },
    find=find_omissions,
    normal=0.85,
    lenient=0.92,
    examples=(
        Example(
            "The harbour will be dredged before the winter, and the quay is to be raised by far.",
            "Le port sera dragué avant l'hiver, et le quai sera nettement rehaussé.",
        ),
        Example(
            "The harbour will be dredged before the winter, and the quay is to be raised by far.",
            "Le port sera dragué.",
            ("Le port sera dragué.",),
        ),
        Example(
            "港口将在冬季风暴之前疏浚，码头将抬高两米，费用由省政府承担。",
            "The harbour.",
            ("The harbour.",),
            "zh",
            "en",
        ),
        Example(
            "港口将在冬季之前疏浚。", "The harbour will be dredged before winter.", (), "zh", "en"
        ),
        Example("Yes.", "Oui."),
        Example("Donaudampfschifffahrtsgesellschaft", "Danube line", (), "de", "en"),
    ),
)
