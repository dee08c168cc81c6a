"""The words of target segments in columns, each with what is to be known of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewer.checks.leftovers.opaque import UNITS, opaque_ranges
from reviewer.checks.leftovers.source import (
    CAPITAL,
    INITIAL,
    LOWER,
    case_says_nothing,
    is_capitalised,
    name_blocks,
    quoted_copies,
    starts_sentence,
)
from reviewer.text.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.checks.leftovers.opaque import Phrases
    from reviewer.checks.leftovers.source import SourceWords
    from reviewer.text.words import Word

CAP = 1 << 0
"""Capitalised, and case says something."""
UPPER = 1 << 1
"""In capitals throughout, two letters or more."""
STARTS = 1 << 2
"""Where a sentence may begin."""
COPY = 1 << 3
"""Stands in the source too."""
SOURCE_LOWER = 1 << 4
SOURCE_STARTS = 1 << 5
SOURCE_CAP = 1 << 6
BLOCK = 1 << 7
"""Part of a name that stands in the source in the same case."""
QUOTED = 1 << 8
"""In quotes that stand in the source, and short or written like a title."""
IN_COPIED_QUOTE = 1 << 9
PARENTHESIS = 1 << 10
OWN_SCRIPT = 1 << 11
"""In a script of the target language."""
SOURCE_SCRIPT = 1 << 12
LATIN = 1 << 13
SHORT = 1 << 14
"""Of two letters."""
NEUTRAL = 1 << 15
"""Says nothing of its language: single letters, units, type numbers, accepted words."""
FIXED = 1 << 16
"""Certainly target: a run of the target's own ideographs."""
BREAK = 1 << 17
"""The end of a sentence or clause stands before it."""
PARTICLE = 1 << 18
"""Stands before a capitalised word as names have them: "von", "da"."""

_CASE_FLAGS = ((LOWER, SOURCE_LOWER), (INITIAL, SOURCE_STARTS), (CAPITAL, SOURCE_CAP))
_IDEOGRAPHS = frozenset({"Hani", "Hira", "Kana"})
_PARENTHESES = re.compile(r"[(（][^()（）]*[)）]")
_CLAUSE_END = re.compile(r"[.!?;。！？；]")
_DIGIT_BEFORE = re.compile(r"\d[-\u2011]?$")
_NUMBER_BEFORE = re.compile(r"\d[\s\u00a0\u202f]?$")
_DIGIT_BEHIND = re.compile(r"[-\u2011]?\d")
_LETTER_BEHIND = re.compile(r"[-\u2011][^\W\d_]")
_JOINTS = frozenset("-'’\u2011")
_ACRONYM = 6


@dataclass(slots=True)
class Tokens:
    """Words of many segments in columns.

    Attributes:
        segment: index of the segment.
        start, end: its range in the segment's text.
        form: index into `forms`, of the word as written.
        whole: index of the compound it is part of ("aujourd'hui"), else of the word itself.
        parts: of how many words its hyphenated compound is; 1 where it stands alone.
        flags: the constants of this module, added up.
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
    """

    source: frozenset[str]
    target: frozenset[str]
    accepted: frozenset[str]
    phrases: Phrases

    def read(self, tokens: Tokens, segment: int, text: str, source: SourceWords) -> None:
        """Append the words of a segment."""
        found = _outside(words(text), opaque_ranges(text))
        if not found:
            return
        places = self._places(text, found, source)
        caseless = case_says_nothing(text)
        before = 0
        for index, word in enumerate(found):
            flags = places[index] | self._script_flags(word)
            flags |= _case_flags(word, source, caseless=caseless)
            if starts_sentence(text, before, word.start):
                flags |= STARTS
            if word.text in _PARTICLES and _is_before_name(found, index):
                flags |= PARTICLE
            if index and _CLAUSE_END.search(text, before, word.start):
                flags |= BREAK
            if not flags & FIXED and self._is_neutral(text, word, flags):
                flags |= NEUTRAL
            tokens.segment.append(segment)
            tokens.start.append(word.start)
            tokens.end.append(word.end)
            tokens.form.append(tokens.index(word.text))
            tokens.flags.append(flags)
            before = word.end
        for whole, parts in _wholes(text, found, tokens):
            tokens.whole.append(whole)
            tokens.parts.append(parts)

    def _places(self, text: str, found: Sequence[Word], source: SourceWords) -> list[int]:
        """Return the flags that depend on where a word stands."""
        flags = [0] * len(found)
        if not case_says_nothing(text):
            for start, end in name_blocks(text, found, source):
                for index in range(start, end):
                    flags[index] |= BLOCK
        if "(" in text or "（" in text:
            for match in _PARENTHESES.finditer(text):
                _mark(flags, found, match.span(), PARENTHESIS)
        for span in quoted_copies(text, source):
            inside = [word for word in found if span[0] <= word.start < span[1]]
            capitals = sum(is_capitalised(word.text) for word in inside)
            title = len(inside) <= _TITLE or 2 * capitals >= len(inside)
            _mark(flags, found, span, IN_COPIED_QUOTE | (QUOTED if title else 0))
        self._mark_phrases(flags, found)
        return flags

    def _mark_phrases(self, flags: list[int], found: Sequence[Word]) -> None:
        for index, word in enumerate(found):
            for rest in self.phrases.get(word.text.lower(), ()):
                end = index + 1 + len(rest)
                if [other.text.lower() for other in found[index + 1 : end]] == list(rest):
                    flags[index:end] = [flag | NEUTRAL for flag in flags[index:end]]
                    break

    def _script_flags(self, word: Word) -> int:
        flags = SHORT if len(word.text) == 2 else 0
        if word.script == "Latn":
            flags |= LATIN
        if word.script in self.target:
            flags |= OWN_SCRIPT | (FIXED if word.script in _IDEOGRAPHS else 0)
        return flags | (SOURCE_SCRIPT if word.script in self.source else 0)

    def _is_neutral(self, text: str, word: Word, flags: int) -> bool:
        form, start, end = word.text, word.start, word.end
        if form.lower() in self.accepted or (len(form) == 1 and not _is_word(word, flags)):
            return True
        before = text[max(0, start - 3) : start]
        if before and before[-1] in _BEFORE_NUMBERS:
            if flags & (UPPER | SHORT) and _DIGIT_BEFORE.search(before):
                return True
            if form.lower() in UNITS and _NUMBER_BEFORE.search(before):
                return True
        if _DIGIT_BEHIND.match(text, end):
            return True
        if not flags & UPPER or len(form) > _ACRONYM:
            return False
        beside = not flags & OWN_SCRIPT and _LETTER_BEHIND.match(text, end)
        return bool(flags & COPY or beside)


_TITLE = 3
_PARTICLE_WORDS = """
von van der den dem het ter ten vom zum zur zu de da di del della dello dei degli delle dos das do
du des la le les lo el los las al bin bint ibn ben abu ad as e y i och og und af av"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_BEFORE_NUMBERS = frozenset("0123456789 -\u2011\u00a0\u202f")


def _is_word(letter: Word, flags: int) -> bool:
    """Whether a single letter tells a language: an ideograph, or a copied one of its script."""
    copied = flags & COPY and flags & SOURCE_SCRIPT and not flags & (OWN_SCRIPT | LATIN)
    return letter.script in _IDEOGRAPHS or bool(copied)


def _is_before_name(found: Sequence[Word], index: int) -> bool:
    for word in found[index + 1 : index + 3]:
        if word.text not in _PARTICLES:
            return is_capitalised(word.text)
    return False


def _outside(found: list[Word], opaque: Sequence[tuple[int, int]]) -> list[Word]:
    if not opaque:
        return found
    return [w for w in found if not any(w.start < end and start < w.end for start, end in opaque)]


def _mark(flags: list[int], found: Sequence[Word], span: tuple[int, int], flag: int) -> None:
    for index, word in enumerate(found):
        if span[0] <= word.start and word.end <= span[1]:
            flags[index] |= flag


def _case_flags(word: Word, source: SourceWords, *, caseless: bool) -> int:
    flags = 0
    if not caseless:
        if is_capitalised(word.text):
            flags = CAP
        if len(word.text) > 1 and word.text.isupper():
            flags |= UPPER
    cases = source.cases.get(word.text.lower(), 0)
    if not cases:
        return flags | (COPY if word.script in _IDEOGRAPHS and word.text in source.text else 0)
    for case, flag in _CASE_FLAGS:
        if cases & case:
            flags |= flag
    return flags | COPY


def _wholes(text: str, found: Sequence[Word], tokens: Tokens) -> list[tuple[int, int]]:
    """Return the form of the compound that each word is part of, and its hyphenated parts."""
    wholes = [(tokens.index(word.text), 1) for word in found]
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
