"""Which numbers of two texts in two languages have no counterpart on the other side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.text.links import mask_links
from reviewer.text.number_words import mixed_values, number_words, scale_after, word_values
from reviewer.text.numbers import (
    Number,
    Value,
    components,
    find_numbers,
    plain,
    readings,
    value,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewer.text.languages import Language

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民国": 1911}
_BUDDHIST = 543
_CLOCK = re.compile(
    r"""\s?(?:[:h]|[ap]\.?\s?m\b|uhr|o.clock|[時时点點시час]|ч\b|godz|hod|बजे|hrs?\b|น\.)""",
    re.VERBOSE | re.IGNORECASE,
)
_CLOCK_BEFORE = re.compile(
    r"(?:[下午上後前晚]|오후|오전|pukul|jam|godz\.|klo|kl\.|الساعة|[0-9]\s?[:h.])\s?$",
    re.IGNORECASE,
)
_MILITARY = re.compile(r"\s?(?:GMT|UTC|hours|hrs|h\b|Uhr)")
_IMPERIAL = re.compile(
    r"\b(?:miles?|mi|mph|feet|foot|ft|inch(?:es)?|pounds?|lbs?|ounces?|oz|acres?|gallons?)\b"
    r"|°\s?F|Fahrenheit|英里|英尺|英寸|フィート|マイル|インチ|ポンド",
    re.IGNORECASE,
)
_FACTORS = (1.609, 0.3048, 2.54, 0.4536, 28.35, 0.4047, 3.785, 2.59)
_MIDNIGHT = re.compile(r"\s?[:.h]\s?00\b|\s?(?:h\b|Uhr|時|时|點|点|시|час)")
_KIND = re.compile(r"D\b|\s?[進进][数數制法]")
_HALF = value(5, -1)
_DUAL = frozenset({"ar", "he", "sl"})
"""Languages whose nouns have a form of their own for two."""
_TOLERANCE = 0.06
_BESIDE = 30
"""Characters within which a converted number stands beside its own."""
_CENTURY = 100
_DOZEN = 12


@dataclass(frozen=True, slots=True)
class NumberGap:
    """Numbers that only one side has.

    Attributes:
        lost: numbers of the source without an equal in the target.
        extra: numbers of the target without an equal in the source.
        shared: how many different numbers of the source have an equal.
    """

    lost: tuple[Number, ...] = ()
    extra: tuple[Number, ...] = ()
    shared: int = 0


def compare_numbers(
    source: str, target: str, source_language: Language, target_language: Language
) -> NumberGap:
    """Return the numbers written with digits that have no counterpart, in order.

    Number words, Roman and Chinese numerals, names of months, scale words, eras, the twelve-hour
    clock and two-digit years can all be the counterpart; they are never missed themselves.
    """
    source_numbers = find_numbers(mask_links(source))
    target_numbers = find_numbers(mask_links(target))
    if not source_numbers and not target_numbers:
        return NumberGap()
    keys = {number.key for number in source_numbers} & {number.key for number in target_numbers}
    lost = [number for number in source_numbers if number.key not in keys]
    extra = [number for number in target_numbers if number.key not in keys]
    if lost or extra:
        lost, extra = _other_forms(lost, extra, source_numbers, target_numbers)
    if lost or extra:
        sides = (
            _Side(source, source_language, source_numbers),
            _Side(target, target_language, target_numbers),
        )
        lost, extra = _by_context(lost, extra, *sides)
    shared = {number.key for number in source_numbers} - {number.key for number in lost}
    return NumberGap(tuple(lost), tuple(extra), len(shared))


def _other_forms(
    lost: Sequence[Number],
    extra: Sequence[Number],
    source_numbers: Iterable[Number],
    target_numbers: Iterable[Number],
) -> tuple[list[Number], list[Number]]:
    """Drop the numbers that are equal in another form: "1,250" and "1 250"."""
    in_source = {one for number in source_numbers for one in readings(number.key)}
    in_target = {one for number in target_numbers for one in readings(number.key)}
    return (
        [number for number in lost if readings(number.key).isdisjoint(in_target)],
        [number for number in extra if readings(number.key).isdisjoint(in_source)],
    )


class _Side:
    """A text, and all that its numbers may mean."""

    def __init__(self, text: str, language: Language, numbers: Sequence[Number]) -> None:
        self.text = text
        self.plain = plain(text)
        self.language = language
        self.meanings = {number: self._meanings(number) for number in numbers}
        self._add_mixed(numbers)
        self.values = word_values(text, language)
        if "元年" in text:
            self.values |= {value(base + 1) for era, base in _ERAS.items() if f"{era}元年" in text}
        for number, meanings in self.meanings.items():
            self.values |= meanings
            parts = components(number.key) or _split(number) or _military(number, self.plain)
            self.values.update(parts)

    def _meanings(self, number: Number) -> set[Value]:
        found = set(readings(number.key))
        if number.key == "24" and _MIDNIGHT.match(self.plain, number.end):
            found.add(value(0))
        scale = scale_after(self.plain, number.end, self.language)
        if scale:
            found |= {(mantissa, exponent + scale) for mantissa, exponent in found}
        before = self.text[max(number.start - 2, 0) : number.start]
        year = whole(next(iter(found))) if len(found) == 1 else None
        if year is not None and before in _ERAS:
            found.add(value(_ERAS[before] + year))
        if year is not None and self.language.code == "th":
            found.add(value(max(year - _BUDDHIST, 0)))
        after = self.text[number.end : number.end + 2].lstrip()[:1]
        if year is not None and after and after in "成割":
            found.add(value(year * 10))
        if year is not None and after and after in "½¼¾":
            found.add(value(year * 100 + {"½": 50, "¼": 25, "¾": 75}[after], -2))
        return {value(*one) for one in found}

    def _add_mixed(self, numbers: Sequence[Number]) -> None:
        """Let each part of 13亿5000万 mean the whole."""
        if self.text.isascii():
            return
        for start, end, total in mixed_values(self.plain):
            for number in numbers:
                if start <= number.start < end:
                    self.meanings[number].add(total)

    def is_hour(self, number: Number) -> bool:
        """Whether a number is written like the hour of a time of day."""
        before = self.plain[max(number.start - 6, 0) : number.start]
        return bool(_CLOCK.match(self.plain, number.end) or _CLOCK_BEFORE.search(before))


def _by_context(
    lost: Sequence[Number], extra: Sequence[Number], source: _Side, target: _Side
) -> tuple[list[Number], list[Number]]:
    """Drop the numbers whose counterpart is told by words or by what stands beside them."""
    left = [number for number in lost if not _is_covered(number, source, target)]
    left = [number for number in left if not _is_converted_beside(number, source)]
    over = [number for number in extra if not _is_covered(number, target, source)]
    pairs = [(one, other) for one in left for other in over]
    related = [pair for pair in pairs if _are_related(*pair, source, target)]
    done = {number for pair in related for number in pair}
    return [n for n in left if n not in done], [n for n in over if n not in done]


def _is_covered(number: Number, own: _Side, other: _Side) -> bool:
    hour = own.is_hour(number)
    if any(_is_told(meaning, other, hour=hour) for meaning in own.meanings[number]):
        return True
    if _is_decade(number, own, other) or _is_full_hour(number, own):
        return True
    parts = components(number.key) or _split(number) or _military(number, own.plain)
    if parts and all(
        _is_told(part, other, hour=hour and not place) for place, part in enumerate(parts)
    ):
        return True
    return _is_small_word(number, own, other) or _is_name_of_kind(number, own, other)


def _is_name_of_kind(number: Number, own: _Side, other: _Side) -> bool:
    """Whether a number is said without one: 3D, 16進, or "and a half"."""
    if _KIND.match(own.plain, number.end):
        return True
    halves = any(mantissa % 10 == 5 and power == -1 for mantissa, power in own.meanings[number])
    return halves and _HALF in other.values


def _is_told(meaning: Value, other: _Side, *, hour: bool) -> bool:
    """Whether the other side has a value; an hour also by the twelve-hour clock."""
    if meaning in other.values:
        return True
    amount = whole(meaning) if hour else None
    if amount is None or amount > 2 * _DOZEN:
        return False
    return any(value(abs(amount + half)) in other.values for half in (-_DOZEN, _DOZEN))


def _is_decade(number: Number, own: _Side, other: _Side) -> bool:
    """Whether the other side says the 1850s or the 19th century in its own way."""
    for meaning in own.meanings[number]:
        year = whole(meaning) or 0
        decade = year % 10 == 0
        if decade and 1000 <= year < 3000 and value(year % _CENTURY) in other.values:
            return bool(year % _CENTURY)
        if decade and 10 <= year < _CENTURY and _any_year(range(1000 + year, 2100, 100), other):
            return True
        if 0 < year < 30:  # a century
            first = (year - 1) * _CENTURY
            decades = [ten for ten in range(10, _CENTURY, 10) if value(ten) in own.values]
            if _any_year((first + ten for ten in decades), other):
                return True
            if other.language.code == "it" and value((year - 11) * _CENTURY) in other.values:
                return True  # the Quattrocento
    return False


def _any_year(years: Iterable[int], side: _Side) -> bool:
    return any(value(year) in side.values for year in years)


def _is_full_hour(number: Number, own: _Side) -> bool:
    """Whether these are the noughts of "12:00"."""
    return number.key == "00" and bool(_CLOCK_BEFORE.search(own.plain[: number.start][-6:]))


def _split(number: Number) -> tuple[Value, ...]:
    """Return the two numbers that a space may separate: "Il-76 200"."""
    parts = number.text.split(" ")
    if len(parts) == 1 or not all(part.isdecimal() for part in parts):
        return ()
    return tuple(value(int(part)) for part in parts)


def _military(number: Number, text: str) -> tuple[Value, ...]:
    """Return the hour and the minutes of "1730 GMT"."""
    if len(number.key) != 4 or not _MILITARY.match(text, number.end):
        return ()
    return tuple(value(int(part)) for part in (number.key[:2], number.key[2:]) if part != "00")


def _is_small_word(number: Number, own: _Side, other: _Side) -> bool:
    """Whether the number may be a word on the other side that we do not know."""
    amount = min((whole(one) or 0 for one in own.meanings[number]), default=0)
    if amount == 1 or (amount == 2 and other.language.code in _DUAL):
        return True
    return amount <= _DOZEN and not number_words(other.language).known


def _are_related(one: Number, other: Number, source: _Side, target: _Side) -> bool:
    """Whether two numbers say the same thing: 15 and 3 pm, 1998 and '98, 5 miles and 8 km."""
    for left in source.meanings[one]:
        for right in target.meanings[other]:
            first, second = whole(left), whole(right)
            if first is not None and second is not None:
                low, high = sorted((first, second))
                if high - low == _DOZEN and (source.is_hour(one) or target.is_hour(other)):
                    return True
                if low < _CENTURY and 1000 < high < 3000 and high % _CENTURY == low:
                    return True
            if _are_converted(left, right, source.text, target.text):
                return True
    return False


def _is_converted_beside(number: Number, own: _Side) -> bool:
    """Whether the source itself has the number in another unit: "5 miles (8 km)"."""
    near = own.text[max(number.start - _BESIDE, 0) : number.end + _BESIDE]
    return "(" in near and any(
        _are_converted(left, right, near, near)
        for other in own.meanings
        if other != number and abs(other.start - number.start) < _BESIDE
        for left in own.meanings[number]
        for right in own.meanings[other]
    )


def _are_converted(left: Value, right: Value, source: str, target: str) -> bool:
    if not (_IMPERIAL.search(source) or _IMPERIAL.search(target)):
        return False
    first, second = (one[0] * 10.0 ** max(min(one[1], 18), -18) for one in (left, right))
    low, high = sorted((abs(first), abs(second)))
    if not low:
        return False
    ratio = high / low
    factors = [factor if factor > 1 else 1 / factor for factor in _FACTORS]
    fahrenheit = abs(low * 1.8 + 32 - high) <= 1 + high * _TOLERANCE / 4
    return fahrenheit or any(abs(ratio / factor - 1) < _TOLERANCE for factor in factors)
