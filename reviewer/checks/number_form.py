"""Numbers written with the separators of the source's language, which mean something else here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.links import mask_links
from reviewer.text.numbers import (
    components,
    decimal_mark,
    find_numbers,
    meaning,
    readings,
    strict,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.text.numbers import Number

_MEASURE = re.compile(
    r"[\s\u00a0\u202f]?(?:%|‰|°|[€$£¥]|(?:km|kg|g|mg|cm|mm|m|m²|ha|l|ml|GB|MB|kW|MW|GW|kWh|mph|Mio|mln)\b)"
)
_LABEL = re.compile(r"(?:[A-Z]\w*\.?|§|n°|Nr\.|No\.|v)[\s\u00a0\u202f]?$")
_FEW = 2


def find_foreign_numbers(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each number that has the source's separators and so another meaning.

    Languages whose texts use both conventions are left alone.
    """
    own, foreign = decimal_mark(context.target), decimal_mark(context.source)
    if own == foreign or not (strict(context.source) and strict(context.target)):
        return
    for pair in pairs:
        target = pair.target_text
        numbers = [
            number
            for number in find_numbers(mask_links(target))
            if number.key.count(".") + number.key.count(",") == 1
        ]
        if not numbers:
            continue
        copied = {number.key for number in find_numbers(mask_links(pair.source_text))}
        for number in numbers:
            value = meaning(number.key, context.source)
            if number.key in copied and value and _is_foreign(number, target, own):
                yield Finding(
                    "number-form",
                    pair.number,
                    (Span(Side.TARGET, number.start, number.end),),
                    (number.text, form := written(value, context.target)),
                    Severity.MINOR,
                    suggestions=(form,),
                    confidence=0.8,
                )


def _is_foreign(number: Number, text: str, own: str) -> bool:
    """Whether the separator cannot be the language's own, nor that of a date or a version."""
    if text[max(number.start - 1, 0) : number.start] in {".", "/", "_"}:
        return False  # "db.192.168" is a name
    if len(readings(number.key)) == _FEW:
        return True
    if own in number.key or number.key[-2:] in {".0", ",0"}:
        return False
    if _MEASURE.match(text, number.end):
        return True
    label = _LABEL.search(text[max(number.start - 20, 0) : number.start])
    return not components(number.key) and label is None and number.start > 0


CHECK = Check(
    id="number-form",
    kind=Kind.NUMBER,
    type=IssueType.NUMBER,
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Number in foreign form"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "{0} is written as in the source; here it is {1}."),
    },
    find=find_foreign_numbers,
    examples=(
        Example("It costs 1,250 euros.", "Il coûte 1,250 euros.", ("1,250",)),
        Example("It costs 1,250 euros.", "Il coûte 1 250 euros."),
        Example("It costs 1,250 euros.", "Es kostet 1.250 Euro.", (), "en", "de"),
        Example("It rose by 3.5 %.", "Es stieg um 3.5 %.", ("3.5",), "en", "de"),
        Example("It rose by 3.5 %.", "Es stieg um 3,5 %.", (), "en", "de"),
        Example("Install Python 3.5.", "Installieren Sie Python 3.5.", (), "en", "de"),
        Example("At 17.30.", "Um 17.30 Uhr.", (), "en", "de"),
        Example("Es kostet 12.500 Euro.", "It costs 12.500 euros.", ("12.500",), "de", "en"),
        Example("Es wiegt 2,5 kg.", "It weighs 2,5 kg.", ("2,5",), "de", "en"),
        Example("Это 2,5 кг.", "这是2,5 kg。", ("2,5",), "ru", "zh"),
        Example("It costs 1,250 euros.", "这要花1,250欧元。", (), "en", "zh"),
        Example("It costs 1,250 pesos.", "Cuesta 1,250 pesos.", (), "en", "es"),
    ),
)
