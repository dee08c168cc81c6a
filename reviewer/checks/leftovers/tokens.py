"""The words of target segments in columns, each with what is to be known of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewer.checks.leftovers import flags as flag
from reviewer.checks.leftovers.opaque import UNITS, opaque_ranges
from reviewer.checks.leftovers.places import place_flags
from reviewer.checks.leftovers.source import (
    CAPITAL,
    INITIAL,
    LOWER,
    case_says_nothing,
    is_capitalised,
    starts_sentence,
)
from reviewer.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.checks.leftovers.opaque import Phrases
    from reviewer.checks.leftovers.source import SourceWords
    from reviewer.text.words import Word

_IDEOGRAPHS = frozenset({"Hani", "Hira", "Kana"})
_CLAUSE_END = re.compile(r"[.!?;。！？；]")
_BEFORE_NUMBERS = frozenset("0123456789 -\u2011\u00a0\u202f")
_DIGIT = re.compile(r"\d")
_DIGIT_BEFORE = re.compile(r"\d[-\u2011]?$")
_NUMBER_BEFORE = re.compile(r"\d[\s\u00a0\u202f]?$")
_HYPHENS = frozenset("-\u2011")
_LETTER_BEHIND = re.compile(r"[-\u2011][^\W\d_]")
_JOINTS = frozenset("-'’\u2011")
_JOINT = re.compile("[-'’\u2011]")
_ACRONYM = 6

# The flags of the cases in which a word occurs in the source.
_SOURCE_CASES = tuple(
    (flag.COPY if cases else 0)
    | (flag.SOURCE_LOWER if cases & LOWER else 0)
    | (flag.SOURCE_STARTS if cases & INITIAL else 0)
    | (flag.SOURCE_CAP if cases & CAPITAL else 0)
    for cases in range(LOWER + INITIAL + CAPITAL + 1)
)


@dataclass(slots=True)
class Tokens:
    """Words of many segments in columns.

    Attributes:
        segment: index of the segment.
        start, end: its range in the segment's text.
        form: index into `forms`, of the word as written.
        whole: index of the compound it is part of ("aujourd'hui"), else of the word itself.
        parts: of how many words its hyphenated compound is; 1 where it stands alone.
        flags: the constants of `flags`, added up.
        forms: every different word.
    """

    segment: list[int] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    form: list[int] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    forms: dict[str, int] = field(default_factory=dict)

    def index(self, form: str) -> int:
        """Return the index of a form, new or known."""
        return self.forms.setdefault(form, len(self.forms))


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads target segments of one language pair.

    Attributes:
        source, target: ISO 15924 codes of the scripts of the languages.
        accepted: words, lower-cased, that a person accepted.
        phrases: what is accepted as a sequence of words, Latin phrases among them.
        shapes: what was found out of forms already, to be left empty.
    """

    source: frozenset[str]
    target: frozenset[str]
    accepted: frozenset[str]
    phrases: Phrases
    shapes: dict[str, tuple[str, int]] = field(default_factory=dict)

    def read(self, tokens: Tokens, segment: int, text: str, source: SourceWords) -> None:
        """Append the words of a segment."""
        found, opaque = words(text), opaque_ranges(text)
        if opaque:
            found = list(_outside(found, opaque))
        if not found:
            return
        caseless = case_says_nothing(text)
        hidden = flag.CAP | flag.UPPER if caseless else 0
        shapes = [self.shapes.get(word.text) or self._shape(word) for word in found]
        lowered = [lower for lower, _ in shapes]
        flags = place_flags(text, found, lowered, source, self.phrases, caseless=caseless)
        cases, numbers = source.cases, _DIGIT.search(text)
        before = 0
        for index, word in enumerate(found):
            form, start = word.text, word.start
            flags[index] |= shapes[index][1] & ~hidden
            if lowered[index] in cases:
                flags[index] |= _SOURCE_CASES[cases[lowered[index]]]
            if word.script in _IDEOGRAPHS and form in source.text:
                flags[index] |= flag.COPY
            # Between most words is nothing but a blank.
            if not before or start - before != 1 or text[before] != " ":
                flags[index] |= _after_gap(text, before, start)
            if lowered[index] in self.accepted or (
                # Other words are neutral beside digits only.
                (numbers or len(form) == 1 or flags[index] & flag.UPPER)
                and _is_neutral(text, word, lowered[index], flags[index])
            ):
                flags[index] |= flag.NEUTRAL
            before = word.end
        tokens.segment += [segment] * len(found)
        tokens.start += [word.start for word in found]
        tokens.end += [word.end for word in found]
        forms = tokens.forms
        tokens.form += [forms.setdefault(word.text, len(forms)) for word in found]
        tokens.flags += flags
        for whole, parts in _wholes(text, found, tokens):
            tokens.whole.append(whole)
            tokens.parts.append(parts)

    def _shape(self, word: Word) -> tuple[str, int]:
        """Return a word in lower case, and the flags that it has wherever it stands."""
        form, flags = word.text, 0
        if is_capitalised(form):
            flags = flag.CAP
            if len(form) > 1 and form.isupper():
                flags |= flag.UPPER
        if len(form) == 2:
            flags |= flag.SHORT
        if word.script == "Latn":
            flags |= flag.LATIN
        if word.script in self.target:
            flags |= flag.OWN_SCRIPT | (flag.FIXED if word.script in _IDEOGRAPHS else 0)
        if word.script in self.source:
            flags |= flag.SOURCE_SCRIPT
        self.shapes[form] = shape = form.lower(), flags
        return shape


def _after_gap(text: str, before: int, start: int) -> int:
    """Return the flags of a word by what stands between it and the word before, if any."""
    flags = flag.STARTS if starts_sentence(text, before, start) else 0
    if before and _CLAUSE_END.search(text, before, start):
        flags |= flag.BREAK
    return flags


def _is_neutral(text: str, word: Word, lowered: str, flags: int) -> bool:
    if flags & flag.FIXED:
        return False
    form, start, end = word.text, word.start, word.end
    if len(form) == 1 and not _is_word(word, flags):
        return True
    before = text[max(0, start - 3) : start]
    if before and before[-1] in _BEFORE_NUMBERS:
        if flags & (flag.UPPER | flag.SHORT) and _DIGIT_BEFORE.search(before):
            return True
        if lowered in UNITS and _NUMBER_BEFORE.search(before):
            return True
    behind = text[end : end + 2]
    if behind[:1].isdecimal() or (behind[:1] in _HYPHENS and behind[1:].isdecimal()):
        return True
    if not flags & flag.UPPER or len(form) > _ACRONYM:
        return False
    beside = not flags & flag.OWN_SCRIPT and _LETTER_BEHIND.match(text, end)
    return bool(flags & flag.COPY or beside)


def _is_word(letter: Word, flags: int) -> bool:
    """Whether a single letter tells a language: an ideograph, or a copied one of its script."""
    copied = flags & flag.COPY and flags & flag.SOURCE_SCRIPT
    alien = not flags & (flag.OWN_SCRIPT | flag.LATIN)
    return letter.script in _IDEOGRAPHS or bool(copied and alien)


def _outside(found: Sequence[Word], opaque: Sequence[tuple[int, int]]) -> Iterator[Word]:
    """Yield the words that touch none of the ranges, which are sorted by their starts."""
    reached, place = 0, 0
    for word in found:
        while place < len(opaque) and opaque[place][0] < word.end:
            reached = max(reached, opaque[place][1])
            place += 1
        if word.start >= reached:
            yield word


def _wholes(text: str, found: Sequence[Word], tokens: Tokens) -> list[tuple[int, int]]:
    """Return the form of the compound that each word is part of, and its hyphenated parts."""
    wholes = [(tokens.forms[word.text], 1) for word in found]
    if not _JOINT.search(text):
        return wholes
    start = 0
    for index in range(1, len(found) + 1):
        gap = text[found[index - 1].end : found[index].start] if index < len(found) else ""
        if gap and gap in _JOINTS:
            continue
        if index > start + 1:
            compound = text[found[start].start : found[index - 1].end]
            joined = compound.replace("-", "").replace("\u2011", "")
            parts = 1 + len(compound) - len(joined)
            wholes[start:index] = [(tokens.index(joined), parts)] * (index - start)
        start = index
    return wholes
