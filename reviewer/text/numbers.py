"""Numbers written with digits: where they stand, what they may mean, how a language writes them.

A number is compared by the set of its possible readings: "1.250" is 1250 to a German and 1.25 to
an Englishman, and texts do not always follow the book. Digits of all scripts count.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reviewer.text.languages import Language

Value = tuple[int, int]
"""Mantissa, not divisible by ten, and power of ten: 1.25 is (125, -2), 4000 is (4, 3)."""

_ZEROS = (
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6,
    0x0D66, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810, 0xFF10,
)  # fmt: skip
"""The zeros of the scripts whose digits stand in running text."""

_PLAIN = {zero + digit: ord("0") + digit for zero in _ZEROS for digit in range(10)} | {
    ord(character): ord(plain)
    for character, plain in zip("，．：％／٫٬٪﹪", ",.:%/.,%%", strict=True)
}
_OTHER = re.compile(f"[{''.join(map(chr, _PLAIN))}]")
_NUMBER = re.compile(
    r"""[0-9]{1,3}(?:[ \u00a0\u2007\u2009\u202f'’][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?
      | [0-9]+(?:[.,][0-9]+)*""",
    re.VERBOSE,
)
_DIGIT = re.compile(r"\d")
_SPACES = str.maketrans("", "", " \u00a0\u2007\u2009\u202f'’")
_SENTENCE = 2000
"""Characters up to which the numbers of a text are remembered: several checks ask for them."""
_MONTH_DAYS = 31
_MONTHS = 12


class Number(NamedTuple):
    """A number written with digits.

    Attributes:
        start, end: its range.
        text: as written.
        key: in ASCII, without grouping spaces; equal keys are equal numbers.
    """

    start: int
    end: int
    text: str
    key: str


_new = tuple.__new__
"""Makes a number without the call of Python that `Number(...)` is: a line may hold very many."""


def plain(text: str) -> str:
    """Return `text` with ASCII digits and separators; the length stays."""
    return text if text.isascii() or not _OTHER.search(text) else text.translate(_PLAIN)


def has_digits(text: str) -> bool:
    """Whether a text may hold numbers: a quick look."""
    return bool(_DIGIT.search(text))


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of `text` that are written with digits, in order."""
    return list(_remembered(text)) if len(text) <= _SENTENCE else _numbers(text)


@lru_cache(maxsize=1024)
def _remembered(text: str) -> tuple[Number, ...]:
    return tuple(_numbers(text))


def _numbers(text: str) -> list[Number]:
    if not has_digits(text):
        return []
    return [
        _new(Number, (*match.span(), text[match.start() : match.end()], key))
        for match in _NUMBER.finditer(plain(text))
        if (key := match[0].translate(_SPACES))
    ]


def value(mantissa: int, exponent: int = 0) -> Value:
    """Return the value `mantissa * 10 ** exponent`."""
    if not mantissa:
        return 0, 0
    while mantissa % 10 == 0:
        mantissa //= 10
        exponent += 1
    return mantissa, exponent


def whole(number: Value) -> int | None:
    """Return a value as an integer; None when it is none, or a very long one."""
    mantissa, exponent = number
    return mantissa * 10**exponent if 0 <= exponent < 16 else None  # quadrillions


@lru_cache(maxsize=4096)
def readings(key: str) -> frozenset[Value]:
    """Return all that a number may mean; nothing for what is no single number ("1.2.3")."""
    if len(key) > 40:  # no number; converting long digits is slow
        return frozenset()
    parts = re.split("[.,]", key)
    if len(parts) == 1:
        return frozenset((value(int(key)),))
    joined = int("".join(parts))
    separators = [character for character in key if character in ".,"]
    decimal = value(joined, -len(parts[-1]))
    if len(parts) == 2:  # one separator
        grouped = _groups(parts)
        return frozenset((value(joined), decimal)) if grouped else frozenset((decimal,))
    if len(set(separators)) == 1:
        return frozenset((value(joined),)) if _groups(parts) else frozenset()
    if separators[-1] not in separators[:-1] and _groups(parts[:-1]):
        return frozenset((decimal,))
    return frozenset()


def _groups(parts: list[str]) -> bool:
    """Whether these are groups of thousands, or of thousands and hundreds as in India."""
    return (
        0 < len(parts[0]) < 4
        and parts[0][0] != "0"
        and len(parts[-1]) == 3
        and len({len(part) for part in parts[1:-1]} | {3}) <= 2
        and all(len(part) in {2, 3} for part in parts[1:-1])
    )


def components(key: str) -> tuple[Value, ...]:
    """Return the numbers inside a date, time, sum or version ("13.07.2020"); else nothing."""
    parts = re.split("[.,]", key)
    if not 1 < len(parts) < 8 or max(map(len, parts)) > 8:
        return ()
    numbers = [int(part) for part in parts]
    is_date = numbers[0] <= _MONTH_DAYS and 0 < numbers[1] <= _MONTHS
    if len(parts) == 2 and len(parts[1]) != 2 and not is_date:
        return ()
    return tuple(value(number) for number in numbers)


def _marks(language: Language) -> tuple[str, str]:
    numbers = language.table.get("numbers", {})
    return str(numbers.get("decimal", ".")), str(numbers.get("group", ", "))


def decimal_mark(language: Language) -> str:
    """Return the mark that a language writes between a number and its fraction."""
    return _marks(language)[0][:1]


def strict(language: Language) -> bool:
    """Whether the language's numbers follow the book, so that its separators can be trusted."""
    numbers = language.table.get("numbers", {})
    return "decimal" in numbers and not numbers.get("loose", False)


def meaning(key: str, language: Language) -> Value | None:
    """Return what a number means by the rules of a language; None when they do not say."""
    decimal, group = _marks(language)
    found = readings(key)
    separators = {character for character in key if character in ".,"}
    if not separators or len(found) < 2:  # two readings
        return next(iter(found), None)
    separator = separators.pop()
    if separator in decimal and separator not in group:
        return min(found, key=lambda number: number[0] * 10.0 ** number[1])
    if separator in group and separator not in decimal:
        return max(found, key=lambda number: number[0] * 10.0 ** number[1])
    return None


def written(number: Value, language: Language) -> str:
    """Return a value in the language's own form: "1 250,5" in French."""
    decimal, group = _marks(language)
    mantissa, exponent = number
    digits = str(mantissa) + "0" * max(exponent, 0)
    fraction = ""
    if exponent < 0:
        digits = digits.rjust(1 - exponent, "0")
        digits, fraction = digits[:exponent], decimal[:1] + digits[exponent:]
    if len(digits) > 4:  # years and other short ones stay together
        head = len(digits) % 3
        groups = [digits[:head]] if head else []
        groups += [digits[at : at + 3] for at in range(head, len(digits), 3)]
        digits = group[:1].join(groups)
    return digits + fraction
