"""Words, phrases and segments of the target that were left untranslated."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import (
    SEGMENT_BREAK,
    Finding,
    IssueType,
    Kind,
    Pair,
    Severity,
    Side,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.checks.leftovers.search import Leftover

_ID = "untranslated"


def find_untranslated(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each stretch of a target that is in another language."""
    # The parts load numpy and the word lists, which the start of the program need not wait for.
    from reviewer.checks.leftovers.search import find_leftovers
    from reviewer.text.lexicon import list_code

    if list_code(context.source.tag) == list_code(context.target.tag):
        return
    for leftover in find_leftovers(pairs, context):
        yield _finding(pairs[leftover.pair], leftover, context)


def _finding(pair: Pair, leftover: Leftover, context: Context) -> Finding:
    before = pair.target[: leftover.segment]
    offset = sum(len(segment.text) + len(SEGMENT_BREAK) for segment in before)
    start, end = offset + leftover.start, offset + leftover.end
    text = pair.target_text[start:end]
    spans = [Span(Side.TARGET, start, end)]
    place = _in_source(text, pair.source_text)
    if place is not None:
        spans.append(Span(Side.SOURCE, *place))
    return Finding(
        check=_ID,
        pair=pair.number,
        spans=tuple(spans),
        words=(text, leftover.language),
        severity=Severity.MAJOR,
        variant=leftover.variant,
        suggestions=context.renderings.get(text.lower(), ()),
        confidence=_confidence(leftover.score),
    )


def _in_source(text: str, source: str) -> tuple[int, int] | None:
    """Return where the fragment stands in the source, in the same case if possible."""
    for where, what in ((source, text), (source.lower(), text.lower())):
        start = where.find(what) if len(where) == len(source) else -1
        while start >= 0:
            end = start + len(what)
            if not where[start - 1 : start].isalnum() and not where[end : end + 1].isalnum():
                return start, end
            start = where.find(what, start + 1)
    return None


def _confidence(score: float) -> float:
    """Return the share of findings of such a score that were right on development data."""
    return 1.0 / (1.0 + math.exp(-(score + 1.0) / 2.0))


CHECK = Check(
    id=_ID,
    kind=Kind.UNTRANSLATED,
    type=IssueType.UNTRANSLATED,
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Untranslated text"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "“{0}” was left untranslated ({1})."),
        "source": QT_TRANSLATE_NOOP("checks", "“{0}” was left untranslated ({1})."),
        "third": QT_TRANSLATE_NOOP("checks", "“{0}” is neither source nor target language: {1}."),
        "script": QT_TRANSLATE_NOOP("checks", "“{0}” is in another script: {1}."),
        "segment": QT_TRANSLATE_NOOP("checks", "The whole segment is in another language: {1}."),
    },
    find=find_untranslated,
    normal=0.73,
    lenient=0.88,
    examples=(
        Example(
            "Pasukan Rusia tiba di bandara.",
            "Les pasukan rusia sont arrivées à l’aéroport.",
            found=("pasukan rusia",),
            source_language="id",
        ),
        Example(
            "Kolonel Jenderal Andrei Serdyukov tiba di Almaty (Wikimedia Commons).",
            "Le colonel général Andrei Serdyukov est arrivé à Almaty (Wikimedia Commons).",
            source_language="id",
        ),
        Example(
            "The valley was settled early.",
            "La vallée fut peuplée tôt durch die Siedler.",
            found=("durch die Siedler",),
        ),
        Example(
            "The committee approved the budget.",
            "Комитет утвердил budget.",
            found=("budget",),
            target_language="ru",
        ),
        Example(
            "Please close the window before you leave.",
            "Please close the window before you leave.",
            found=("Please close the window before you leave.",),
        ),
        Example("Paris, France", "Paris, France"),
        Example(
            "Their de facto leader wrote to info@example.org.",
            "Leur chef de facto a écrit à info@example.org.",
        ),
    ),
)
