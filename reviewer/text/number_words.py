"""Numbers without digits: words, Roman and Chinese numerals, months, scales."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from reviewer.text.languages import language as data_of
from reviewer.text.numbers import Value, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reviewer.text.languages import Language

_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0e31-\u0e4e"
_LETTERS = rf"(?:[^\W\d_]|[{_MARKS}])+"
"""Letters with the marks that Python's \\w leaves out."""
_WORD = re.compile(rf"{_LETTERS}(?:['’ʼ]{_LETTERS})?")
_ROMAN = re.compile(r"\b(?:[IVXLC]{2,12}|[IVX])(?=\b|e\b|er\b|ème\b|o\b|a\b)")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_HEBREW = re.compile(
    "(?:(?<=סעיף )|(?<=פרק )|(?<=סימן )|(?<=כרך )|(?<=חלק )|(?<=דף )|(?<=פסוק )|(?<=כיתה ))"
    "[א-ת]{1,3}(?![א-ת])|(?<![א-ת])[א-ת]{1,3}[\"״][א-ת](?![א-ת])|(?<![א-ת])[א-ת]['׳](?![א-ת])"
)
_HEBREW_VALUES = dict(
    zip(
        "אבגדהוזחטיכלמנסעפצקרשת",
        (*range(1, 10), *range(10, 100, 10), *range(100, 500, 100)),
        strict=True,
    )
)
_CHINESE = re.compile("[〇零一二两兩三四五六七八九十百千万萬亿億兆廿卅]+")
_CHINESE_DIGITS = {c: i % 10 for i, c in enumerate("〇一二三四五六七八九零")} | {"两": 2, "兩": 2}
_TENTHS = re.compile("([一二三四五六七八九])[成割]")
_CHINESE_TENS = {"十": 10, "百": 100, "千": 1000}
_CHINESE_SCALES = {
    "万": 4, "萬": 4, "만": 4, "亿": 8, "億": 8, "억": 8, "兆": 12, "조": 12, "천": 3, "千": 3,
}  # fmt: skip
_MIXED = re.compile(
    r"(?:[0-9]+(?:\.[0-9]+)?(?:千?[万萬亿億兆]+|천?[만억조][ ]?|千(?![瓦米克卡赫])))+(?:[0-9]+)?"
)
_MIXED_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)([千천]?[万萬亿億兆만억조]*)")
_AFTER = re.compile(rf"[\s\u00a0-]?({_LETTERS}\.?(?:[\s\u00a0]{_LETTERS})?)")
_SHORTEST_STEM = 3
_COMPOUND, _ENDING = 5, 4
"""Letters from which a word may be made of number words, and those of an ending behind them."""
_CONNECTORS = frozenset({
    "and", "et", "und", "y", "e", "i", "и", "і", "та", "og", "och", "ja", "en", "és", "și", "ו",
})  # fmt: skip
_TEN = 10
_TWENTY = 20
_HUNDRED = 100
_HUNDREDS = 2  # power of ten
_FOUR_SCORE = (4, 20)
_HALF = frozenset({(5, -1), (2, 0), (3, 1)})
_FRACTIONS = {"½": (5, -1), "¼": (25, -2), "¾": (75, -2), "⅛": (125, -3)}


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of a language.

    Attributes:
        units: word -> 0 to 20, or a number that stands for itself ("trescientos").
        tens: word -> 20 to 90.
        scales: word -> power of ten.
        adders, multipliers: Indonesian "belas" (+10), Vietnamese "mươi" (*10).
        ordinals: word -> 1 to 12; `stems` the same for the beginnings of words.
        months: word -> 1 to 12; `month_stems` the same for the beginnings of words.
        halves: words for a half: 0.5, and thirty minutes.
        prefixes: letters that are written together with the next word.
        unit_first: whether "five and forty" is 45 (Arabic).
        chinese: whether the language writes Chinese numerals.
        compound: whether it writes numbers of several words as one.
        forms: every word of these tables -> its kind and number.
        stem_starts: the first three letters of all stems.
        starts: the first two letters of all words and stems.
    """

    units: Mapping[str, int] = field(default_factory=dict)
    tens: Mapping[str, int] = field(default_factory=dict)
    scales: Mapping[str, int] = field(default_factory=dict)
    adders: Mapping[str, int] = field(default_factory=dict)
    multipliers: Mapping[str, int] = field(default_factory=dict)
    ordinals: Mapping[str, int] = field(default_factory=dict)
    stems: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    month_stems: Mapping[str, int] = field(default_factory=dict)
    halves: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    unit_first: bool = False
    chinese: bool = False
    compound: bool = False
    forms: Mapping[str, tuple[str, int]] = field(init=False)
    stem_starts: frozenset[str] = field(init=False)
    starts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        forms = {
            word: (kind, number)
            # A word of several tables is what the first one says.
            for kind, table in reversed(
                (
                    ("ten", self.tens),
                    ("unit", self.units),
                    ("scale", self.scales),
                    ("add", self.adders),
                    ("multiply", self.multipliers),
                    ("unit", self.ordinals),
                    ("month", self.months),
                )
            )
            for word, number in table.items()
        }
        stems = {stem for stem in (*self.stems, *self.month_stems) if len(stem) >= _SHORTEST_STEM}
        object.__setattr__(self, "forms", forms)
        object.__setattr__(self, "stem_starts", frozenset(s[:_SHORTEST_STEM] for s in stems))
        object.__setattr__(self, "starts", frozenset(word[:2] for word in (*forms, *stems)))

    @property
    def known(self) -> bool:
        """Whether small numbers that are words would be found."""
        return bool(self.units) or self.chinese


def _forms(rows: Iterable[str], first: int, step: int = 1) -> Iterator[tuple[str, int]]:
    for index, row in enumerate(rows):
        for form in row.split():
            yield form.lower(), first + index * step


def _table(text: str) -> dict[str, int]:
    pairs = (entry.split("=") for entry in text.split())
    return {word.lower(): int(number) for word, number in pairs if number.isdigit()}


def _exact(forms: dict[str, int]) -> dict[str, int]:
    return {form: number for form, number in forms.items() if not form.endswith("*")}


def _stems(forms: dict[str, int]) -> dict[str, int]:
    return {form[:-1]: number for form, number in forms.items() if form.endswith("*")}


def number_words(language: Language) -> NumberWords:
    """Return the number words of a language, from the `[numbers]` section of its file."""
    return _number_words(language.code)


@cache
def _number_words(code: str) -> NumberWords:
    table = data_of(code).table.get("numbers", {})
    if not table:
        return NumberWords()
    units = dict(_forms(table.get("cardinals", ()), 0)) | _table(table.get("extra", ""))
    tens = dict(_forms(table.get("tens", ()), _TWENTY, 10))
    ordinals = dict(_forms(table.get("ordinals", ()), 1))
    months = dict(_forms(table.get("months", ()), 1))
    grammar = [entry.split("=") for entry in table.get("grammar", "").split()]
    units |= {word: int(rule) for word, rule in grammar if rule.isdigit()}
    units |= dict(_fused(units, tens, table.get("fused", "")))
    stems = dict(_compound_stems(units, tens)) if table.get("fused") == "und" else {}
    return NumberWords(
        units=units,
        tens=tens,
        scales=_table(table.get("scales", "")),
        adders={word: int(rule[1:]) for word, rule in grammar if rule[0] == "+"},
        multipliers={word: int(rule[1:]) for word, rule in grammar if rule[0] == "*"},
        ordinals=_exact(ordinals),
        stems=stems | _stems(ordinals),
        months=_exact(months),
        month_stems=_stems(months),
        halves=frozenset(table.get("half", "").split()),
        chinese=code in {"zh", "ja"},
        compound=bool(table.get("fused")),
        prefixes=tuple(table.get("prefixes", "").split()),
        unit_first=bool(table.get("unit_first")),
    )


def _fused(
    units: Mapping[str, int], tens: Mapping[str, int], rule: str
) -> Iterator[tuple[str, int]]:
    """Yield the compounds that are written as one word: "einundzwanzig", "ventuno"."""
    small = [(word, number) for word, number in units.items() if 0 < number < 10]
    for ten, decade in tens.items():
        for unit, number in small if rule else ():
            if rule == "it":
                vowel = unit[0] in "uo"
                yield (ten[:-1] if vowel else ten) + unit.replace("tre", "tré"), decade + number
                yield (ten[:-1] if vowel else ten) + unit, decade + number
            elif rule == "nl":
                yield unit + ("ën" if unit.endswith("e") else "en") + ten, decade + number
            elif rule == "und":
                yield unit + rule + ten, decade + number


def _compound_stems(
    units: Mapping[str, int], tens: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    """Yield what German compounds begin with: "dreidimensional", "Neunzigerjahre"."""
    for word, number in tens.items():
        yield word + "er", number
    for word, number in units.items():
        if 1 < number <= _TWENTY and len(word) > 3:  # "elf" begins other words
            yield word, number
            yield word + "hundert", number * _HUNDRED
            yield word + "tausend", number * 1000


def word_values(text: str, language: Language) -> set[Value]:
    """Return what the numerals of `text` that have no digits may mean, months included."""
    found = {value(number) for number in _roman(text)}
    found |= {value(number) for number in chinese_values(text)}
    found |= {value(_CHINESE_DIGITS[digit] * 10) for digit in _TENTHS.findall(text)}
    found |= {_FRACTIONS[character] for character in _FRACTIONS.keys() & set(text)}
    words = number_words(language)
    if words.known or words.months or words.month_stems:
        found |= _spelt(text.lower(), words)
    if language.code == "he":
        found |= {value(number) for number in _hebrew(text)}
    if "半" in text and not language.spaced:
        found |= _HALF
    return found


def _hebrew(text: str) -> Iterator[int]:
    """Yield what letters are that number chapters, or have a gershayim: "סעיף ט", תשפ״ד."""
    for match in _HEBREW.finditer(text):
        yield sum(_HEBREW_VALUES.get(letter, 0) for letter in match.group())


def _roman(text: str) -> Iterator[int]:
    for match in _ROMAN.finditer(text):
        numerals = [_ROMAN_VALUES[letter] for letter in match.group()]
        following = [*numerals[1:], 0]
        yield sum(
            -one if one < after else one for one, after in zip(numerals, following, strict=True)
        )


def chinese_values(text: str) -> set[int]:
    """Return the values of the Chinese numerals in `text`, also the positional 二〇二〇."""
    found: set[int] = set()
    for match in _CHINESE.finditer(text):
        run = match.group()[:24]
        digits = [_CHINESE_DIGITS.get(character) for character in run]
        if None not in digits:
            found.add(int("".join(map(str, digits))))
        else:
            found.add(_chinese(run))
    return found


def _chinese(run: str) -> int:
    total = section = digit = 0
    for character in run.replace("廿", "二十").replace("卅", "三十"):
        if character in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[character]
        elif character in _CHINESE_TENS:
            section += (digit or 1) * _CHINESE_TENS[character]
            digit = 0
        else:
            total += ((section + digit) or 1) * 10 ** _CHINESE_SCALES[character]
            section = digit = 0
    return total + section + digit


def mixed_values(text: str) -> Iterator[tuple[int, int, Value]]:
    """Yield (start, end, value) of digits with scales, 13亿5000万 or 1만 5000; of plain text."""
    for match in _MIXED.finditer(text):
        total = 0
        for digits, scales in _MIXED_PART.findall(match.group()):
            exponent = sum(_CHINESE_SCALES[mark] for mark in scales)
            before, _, after = digits.partition(".")
            total += int(before + after) * 10 ** max(exponent - len(after) + 6, 0)
        yield match.start(), match.end(), value(total, -6)


def _spelt(text: str, words: NumberWords) -> set[Value]:
    """Return the values of the number words of lower-case text, and those of month names."""
    found: set[Value] = set()
    run = _Run(unit_first=words.unit_first)
    end = 0
    for match in _WORD.finditer(text):
        word = match.group()
        kind, number = _look_up(word, words)
        if word in words.halves or word[1:] in words.halves:
            found |= _HALF
        if kind == "month":
            found.add(value(number))
        elif kind:
            if match.start() - end > 1 or not run.fits(kind, number):
                found |= run.close()
            run.take(kind, number)
            end = match.end()
        elif words.compound and len(word) >= _COMPOUND:
            found |= _compound(word, words)
        elif word in _CONNECTORS and match.start() - end <= 1:
            end = match.end()
    return found | run.close()


def _compound(word: str, words: NumberWords) -> set[Value]:
    """Return the value of number words written as one, a short ending aside: "háromszáz"."""
    run = _Run()
    at = pieces = 0
    while word[at : at + 2] in words.starts:
        for length in range(min(len(word) - at, 14), 1, -1):
            kind, number = _look_up(word[at : at + length], words, bare=False)
            if kind and kind != "month" and (not pieces or run.fits(kind, number)):
                run.take(kind, number)
                at += length
                pieces += 1
                break
        else:
            break
    return run.close() if pieces > 1 and len(word) - at <= _ENDING else set()


def _look_up(word: str, words: NumberWords, *, bare: bool = True) -> tuple[str, int]:
    """Return what kind of number word this is and its number; ("", 0) for others."""
    known = words.forms.get(word)
    if known:
        return known
    if word[:_SHORTEST_STEM] in words.stem_starts:
        for kind, stems in (("unit", words.stems), ("month", words.month_stems)):
            for length in range(min(len(word), 15), _SHORTEST_STEM - 1, -1) if stems else ():
                if word[:length] in stems:
                    return kind, stems[word[:length]]
    for prefix in words.prefixes if bare else ():
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            found = _look_up(word[len(prefix) :], words, bare=False)
            if found[0]:
                return found
    return "", 0


class _Run:
    """Number words that follow each other, and what they add up to."""

    def __init__(self, *, unit_first: bool = False) -> None:
        self.unit_first = unit_first
        self.total = self.group = self.pending = 0
        self.last = ""

    def fits(self, kind: str, number: int) -> bool:
        """Whether a word can go on from the words before: "sixty" "two", not "two" "sixty"."""
        if kind == "unit":
            after_hundreds = self.pending >= _HUNDRED > number
            after_ten = self.pending == _TEN > number
            return self.last != "unit" or after_hundreds or after_ten
        if kind == "ten":
            if self.unit_first and self.last == "unit" and self.pending < _TEN:
                return True
            return self.last not in {"unit", "ten"} or (self.pending, number) == _FOUR_SCORE
        return True

    def take(self, kind: str, number: int) -> None:
        """Add a word."""
        if kind == "ten" and (self.pending, number) == _FOUR_SCORE:
            self.pending = 80
        elif kind in {"unit", "ten"}:
            self.group += self.pending
            self.pending = number
        elif kind == "add":  # "eleven" is one word and ten in some languages, "ten" alone is ten
            self.pending += number
        elif kind == "multiply":
            self.pending = max(self.pending, 1) * number
        elif number == _HUNDREDS:
            self.pending = max(self.pending, 1) * _HUNDRED
        else:
            self.total += max(self.group + self.pending, 1) * 10**number
            self.group = self.pending = 0
        self.last = kind

    def close(self) -> set[Value]:
        """Return the value so far, if any, and begin anew."""
        found = {value(self.total + self.group + self.pending)} if self.last else set()
        if self.last == "unit":
            found.add(value(self.pending))
        self.total = self.group = self.pending = 0
        self.last = ""
        return found


def scale_after(text: str, end: int, language: Language) -> int:
    """Return the power of ten of the scale words right after a number: 6 for "millions"."""
    scales = number_words(language).scales
    if not language.spaced or language.code == "ko":
        exponent = 0
        for character in text[end : end + 2].lstrip():
            if character not in scales:
                break
            exponent += scales[character]
        return exponent
    match = _AFTER.match(text, end, end + 40)
    if match is None:
        return 0
    exponent = 0
    for word in match.group(1).lower().replace(".", " ").split():
        if word not in scales:
            break
        exponent += scales[word]
    return exponent
