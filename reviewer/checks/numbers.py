"""Numbers that the target lost, changed or added."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import Levenshtein

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.links import mask_links
from reviewer.text.number_match import compare_numbers
from reviewer.text.number_words import scale_after
from reviewer.text.numbers import find_numbers, meaning, plain, readings, whole, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.text.number_match import NumberGap
    from reviewer.text.numbers import Number

_SMALL = 12
_MARK = 0.6
"""Confidence of lost marks of notes, of small numbers and of those that are part of a name."""
_CLOSING = frozenset({")", "）"})
_LONGEST = 20_000
"""Characters of a side that are compared; more is no sentence."""


def find_number_errors(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each number written with digits that one side has and not the other.

    A lost and an added number become one finding: a changed number.
    """
    for pair in pairs:
        source, target = pair.source_text[:_LONGEST], pair.target_text[:_LONGEST]
        if not any(map(str.isalnum, target)) or not source:
            continue
        gap = compare_numbers(source, target, context.source, context.target)
        if gap.lost or gap.extra:
            yield from _findings(pair, gap, context)
        elif gap.shared:
            yield from _wrong_scales(pair.number, source, target, context)


def _findings(pair: Pair, gap: NumberGap, context: Context) -> Iterator[Finding]:
    partners = _partners(gap.lost, gap.extra)
    for number in gap.lost:
        other = partners.get(number)
        if other is None:
            lost = _finding(pair, "lost", number)
            yield replace(lost, confidence=_MARK) if _is_note(pair, number) else lost
        else:
            yield Finding(
                "numbers",
                pair.number,
                (_span(Side.TARGET, other), _span(Side.SOURCE, number)),
                (number.text, other.text),
                Severity.MAJOR,
                suggestions=_own_form(pair, number, other, context),
                confidence=0.95,
            )
    for number in gap.extra:
        if number not in partners.values():
            yield _finding(pair, "extra", number)


def _finding(pair: Pair, variant: str, number: Number) -> Finding:
    """Return the finding of a number that one side alone has.

    Small ones may be said in words, and one behind a letter ("amd64") is part of a name.
    """
    side = Side.SOURCE if variant == "lost" else Side.TARGET
    text = pair.source_text if variant == "lost" else pair.target_text
    spans, words = (_span(side, number),), (number.text,)
    amount = min((whole(one) or _SMALL + 1 for one in readings(number.key)), default=_SMALL + 1)
    glued = spans[0].start and text[spans[0].start - 1].isalpha()
    confidence = _MARK if amount <= _SMALL or glued else 0.8
    return Finding(
        "numbers", pair.number, spans, words, Severity.MAJOR, variant, confidence=confidence
    )


def _is_note(pair: Pair, number: Number) -> bool:
    """Whether a number is the mark of a note: glued to a word, before a bracket: "so.12)"."""
    text = pair.source_text
    before, behind = text[max(number.start - 1, 0) : number.start], text[number.end :]
    glued = bool(before) and not before.isspace() and before not in "([{（［#-–+/=*"
    return glued and behind[:1] in _CLOSING and not behind[1:2].isdigit()


def _span(side: Side, number: Number) -> Span:
    return Span(side, number.start, number.end)


def _partners(lost: Sequence[Number], extra: Sequence[Number]) -> dict[Number, Number]:
    """Return which added number took the place of which lost one: the most alike first."""
    if len(lost) == len(extra) == 1:
        return {lost[0]: extra[0]}
    if len(lost) * len(extra) > 1000:  # a table; in order is as good
        return dict(zip(lost, extra, strict=False))
    ranked = sorted(
        (Levenshtein.distance(one.key, other.key), abs(i - j), i, j)
        for i, one in enumerate(lost)
        for j, other in enumerate(extra)
    )
    partners: dict[Number, Number] = {}
    taken: set[int] = set()
    for _, _, i, j in ranked:
        if lost[i] not in partners and j not in taken:
            partners[lost[i]] = extra[j]
            taken.add(j)
    return partners


def _own_form(pair: Pair, number: Number, other: Number, context: Context) -> tuple[str, ...]:
    """Return the source's number as the target's language writes it, where that is certain.

    It is not where "million" or 万 follows: languages count in other powers of ten.
    """
    value = meaning(number.key, context.source)
    scaled = scale_after(plain(pair.source_text), number.end, context.source) or scale_after(
        plain(pair.target_text), other.end, context.target
    )
    return () if value is None or scaled else (written(value, context.target),)


def _wrong_scales(pair: int, source: str, target: str, context: Context) -> Iterator[Finding]:
    """Yield a finding where the number is right, and the million after it is a billion."""
    sides = [
        {
            number.key: (number, scale)
            for number in find_numbers(mask_links(text))
            if (scale := scale_after(plain(text), number.end, language))
        }
        for text, language in ((source, context.source), (target, context.target))
    ]
    for key, (number, scale) in sides[0].items():
        other, other_scale = sides[1].get(key, (number, scale))
        if scale != other_scale:
            yield Finding(
                "numbers",
                pair,
                (_span(Side.TARGET, other), _span(Side.SOURCE, number)),
                (number.text,),
                Severity.MAJOR,
                "scale",
                confidence=0.85,
            )


CHECK = Check(
    id="numbers",
    kind=Kind.NUMBER,
    type=IssueType.MISTRANSLATION,
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Lost or changed number"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "{0} became {1}."),
        "lost": QT_TRANSLATE_NOOP("checks", "{0} is not in the translation."),
        "extra": QT_TRANSLATE_NOOP("checks", "{0} is not in the source."),
        "scale": QT_TRANSLATE_NOOP("checks", "{0}: another power of ten (million, billion …)."),
    },
    find=find_number_errors,
    normal=0.7,
    lenient=0.9,
    examples=(
        Example("It costs 1,250 euros.", "Il coûte 1 250 euros."),
        Example("It costs 1,250 euros.", "Il coûte 1\u202f250 euros."),
        Example("It costs 1,250 euros.", "Es kostet 1.250 Euro.", (), "en", "de"),
        Example("It costs 1,250 euros.", "Es kostet 1.520 Euro.", ("1.520",), "en", "de"),
        Example("It costs 1,250 euros.", "Es kostet viel Geld.", ("1,250",), "en", "de"),
        Example("Much money.", "Cela coûte 1 250 euros.", ("1 250",)),
        Example("1.4 million people came.", "140万人来了。", (), "en", "zh"),
        Example("1.4 million people came.", "14万人来了。", ("14",), "en", "zh"),
        Example(
            "警方于7月13日17时07分查获36人。",
            "Police caught 36 people at 5:07 pm on July 13.",
            (),
            "zh",
            "en",
        ),
        Example("他有三十六本书。", "He has 36 books.", (), "zh", "en"),
        Example("El índice subió un 3,5 %.", "Индекс вырос на 3,5 %.", (), "es", "ru"),
        Example("En el siglo XIX.", "In the 19th century.", (), "es", "en"),
        Example("Les années 60.", "The 1960s.", (), "fr", "en"),
        Example("1960-х годах", "Les années soixante", (), "ru", "fr"),
        Example(
            "Brigade ke-45 dan Divisi ke-98.", "La 45e brigade et la 98e division.", (), "id", "fr"
        ),
        Example("70 pesawat Il-76", "70 Il-76", (), "id", "fr"),
        Example("Sechs Kinder und 12 Frauen.", "6 children and twelve women.", (), "de", "en"),
        Example("Es waren 28 Männer.", "There were twenty-eight men.", (), "de", "en"),
        Example("Es waren 92 Männer.", "Ils étaient quatre-vingt-douze.", (), "de", "fr"),
        Example("The meeting is at 3 pm.", "La réunion est à 15 h."),
        Example("The meeting is at 3 pm.", "La réunion est à 16 h.", ("16",)),
        Example("Le 13.07.2020.", "On 13 July 2020.", (), "fr", "en"),
        Example("It is 5 miles away.", "C'est à 8 km."),
        Example("٢٥ كتابا", "25 books", (), "ar", "en"),
        Example("५ लाख लोग", "500,000 people", (), "hi", "en"),
        Example("12,34,567 rupees", "1 234 567 roupies"),
        Example("令和2年に始まった。", "It began in 2020.", (), "ja", "en"),
        Example("From 3–5 days.", "De 3 à 5 jours."),
        Example("Au moins 4 à 6 places.", "Mindestens 4 bis 9 Plätze.", ("9",), "fr", "de"),
        Example("The fund has 3 million euros.", "Le fonds a 3 milliards d'euros.", ("3",)),
        Example("The fund has 3 billion euros.", "Le fonds a 3 milliards d'euros."),
        Example("See https://example.org/2024.", "Voir https://example.org/2025."),
        Example("1 year", "un an"),
        Example("5 pommes", "pięć jabłek", (), "fr", "pl"),
    ),
)
