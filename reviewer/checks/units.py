"""Units and currencies that changed while the number stayed."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from reviewer import paths
from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.links import mask_links
from reviewer.text.numbers import find_numbers, plain, readings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.text.numbers import Value

_LONGEST = 14
_NEAR_BEFORE, _NEAR_AFTER = 6, 16
"""Characters in which the unit of a number stands."""
_AFTER = re.compile(r"[\s\u00a0\u202f]?([%‰٪％$€£¥₽℃℉]|°[CFС]|[^\W\d_][^\W\d_.]{0,12})")
_BEFORE = re.compile(r"(US\$|[$€£¥₽]|USD|EUR|GBP|CHF|Rp|RMB)\.?[\s\u00a0\u202f]?$")
_UNSPACED = frozenset("百パ美ド円日元人公千米メ厘セ毫ミ英マ升吨欧歐ユ兆달유")


@cache
def _by_text() -> dict[str, str]:
    """Return the unit of each way to write one."""
    lines = paths.resource("names", "units.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {text: unit for unit, texts in rows for text in texts.split()}


def find_changed_units(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each number whose unit in the target is another one than in the source.

    Units that one side does not have, or that we do not know, say nothing.
    """
    del context
    for pair in pairs:
        source = _measures(pair.source_text)
        target = _measures(pair.target_text) if source else {}
        for value in source.keys() & target.keys():
            if source[value].keys().isdisjoint(target[value]):
                first, other = (next(iter(side[value].values())) for side in (source, target))
                yield _finding(pair, first, other)


def _finding(pair: Pair, source: tuple[int, int], target: tuple[int, int]) -> Finding:
    spans = Span(Side.TARGET, *target), Span(Side.SOURCE, *source)
    words = tuple(pair.text(span.side)[span.start : span.end] for span in reversed(spans))
    return Finding("units", pair.number, spans, words, Severity.MAJOR, confidence=0.85)


def _measures(text: str) -> dict[Value, dict[str, tuple[int, int]]]:
    """Return value -> unit -> (start, end) of its first number, for those with a known unit."""
    found: dict[Value, dict[str, tuple[int, int]]] = {}
    flat = plain(text)
    for number in find_numbers(mask_links(text)):
        start, end = number.start, number.end
        before, after = flat[max(start - _NEAR_BEFORE, 0) : start], flat[end : end + _NEAR_AFTER]
        unit, left, right = _unit(before, after)
        for value in readings(number.key) if unit else ():
            found.setdefault(value, {}).setdefault(unit, (start - left, end + right))
    return found


@lru_cache(maxsize=4096)
def _unit(before: str, after: str) -> tuple[str, int, int]:
    """Return the unit of a number by what stands beside it, and its characters on either side.

    The unit is empty where none is known.
    """
    match = _BEFORE.search(before)
    if match is not None and match[1] in _by_text():
        return _by_text()[match[1]], len(before) - match.start(), 0
    unit, end = _unit_behind(after)
    return unit, 0, end


def _unit_behind(text: str) -> tuple[str, int]:
    match = _AFTER.match(text)
    if match is None:
        return "", 0
    word = match[1]
    units = _by_text()
    if word in units:
        return units[word], match.end(1)
    if word[0] in _UNSPACED:
        for length in range(min(len(word), _LONGEST), 0, -1):
            if word[:length] in units:
                return units[word[:length]], match.start(1) + length
    return "", 0


CHECK = Check(
    id="units",
    kind=Kind.NUMBER,
    type=IssueType.MISTRANSLATION,
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Changed unit or currency"),
    messages={"": QT_TRANSLATE_NOOP("checks", "“{0}” became “{1}”.")},
    find=find_changed_units,
    examples=(
        Example("It costs $5.", "Cela coûte 5 $."),
        Example("It costs $5.", "Cela coûte 5 €.", ("5 €",)),
        Example("It costs $5.", "Cela coûte 5 dollars."),
        Example("It costs €5.", "Es kostet 5 Euro.", (), "en", "de"),
        Example("It is 12 km away.", "C'est à 12 km."),
        Example("It is 12 km away.", "C'est à 12 miles.", ("12 miles",)),
        Example("It is 12 km away.", "距离12公里。", (), "en", "zh"),
        Example("It is 12 km away.", "距离12英里。", ("12英里",), "en", "zh"),
        Example("It rose by 5 %.", "Es stieg um 5 Prozent.", (), "en", "de"),
        Example("It rose by 5%.", "Оно выросло на 5 процентов.", (), "en", "ru"),
        Example("Take 20 mg.", "Prenez 20 ml.", ("20 ml",)),
        Example("Take 20 mg.", "Возьмите 20 мг.", (), "en", "ru"),
        Example("A $20m deal.", "Un contrat de 20 millions de dollars."),
        Example("Between $5 and €5.", "Entre 5 € et 5 $."),
        Example("It is 30 °C.", "Il fait 30 °F.", ("30 °F",)),
        Example("It costs 500円.", "Cela coûte 500 yens.", (), "ja", "fr"),
    ),
)
