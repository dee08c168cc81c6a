"""Months and days of the week that became others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.date_names import find_days, find_months

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.text.date_names import DateName


def find_changed_dates(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding where a side names one month or day, and the other side another one.

    Sides that name several say little: one of them may be told as "the day after".
    """
    for pair in pairs:
        for variant, find in (("", find_days), ("month", find_months)):
            source = find(pair.source_text, context.source)
            target = find(pair.target_text, context.target) if source else []
            if not source or not target:
                continue
            first, second = {name.place for name in source}, {name.place for name in target}
            if len(first) == len(second) == 1 and first != second:
                yield _finding(pair, source[0], target[0], variant)


def _finding(pair: Pair, source: DateName, target: DateName, variant: str) -> Finding:
    return Finding(
        "dates",
        pair.number,
        (
            Span(Side.TARGET, target.start, target.end),
            Span(Side.SOURCE, source.start, source.end),
        ),
        (source.text, target.text),
        Severity.MAJOR,
        variant,
        confidence=0.85,
    )


CHECK = Check(
    id="dates",
    kind=Kind.NUMBER,
    type=IssueType.MISTRANSLATION,
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Changed month or day"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "The day “{0}” became “{1}”."),
        "month": QT_TRANSLATE_NOOP("checks", "The month “{0}” became “{1}”."),
    },
    find=find_changed_dates,
    examples=(
        Example("pada hari Kamis", "jeudi", (), "id", "fr"),
        Example("pada hari Kamis", "vendredi", ("vendredi",), "id", "fr"),
        Example("Il est arrivé le 5 août.", "He arrived on August 5.", (), "fr", "en"),
        Example("Il est arrivé le 5 août.", "He arrived on July 5.", ("July",), "fr", "en"),
        Example("Am Montagabend kam er.", "He came on Monday evening.", (), "de", "en"),
        Example("В среду, 3 мая", "On Wednesday, 3 May", (), "ru", "en"),
        Example("В среду, 3 мая", "On Tuesday, 3 May", ("Tuesday",), "ru", "en"),
        Example("周三", "Wednesday", (), "zh", "en"),
        Example("周三", "Thursday", ("Thursday",), "zh", "en"),
        Example("水曜日に", "On Monday", ("Monday",), "ja", "en"),
        Example("Selama dua minggu.", "For two weeks, until Monday.", (), "id", "en"),
        Example("March on, you may go.", "Avancez, vous pouvez partir."),
        Example("March on, said May.", "Avancez, dit-elle le 3 août."),
        Example("Sunday and Monday", "dimanche et mardi"),
        Example("On 3 March", "Le 3 mars"),
        Example("На планете Марс", "Sur la planète Mars", (), "ru", "fr"),
        Example("On 3 May", "2 Mei", (), "en", "id"),
        Example("On 3 May", "3 Juni", ("Juni",), "en", "id"),
    ),
)
