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
    starts_sentence,
)
from reviewer.checks.leftovers.vocabulary import IDEOGRAPHS
from reviewer.text.words import words

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from reviewer.checks.leftovers.opaque import Phrases
    from reviewer.checks.leftovers.source import SourceWords
    from reviewer.checks.leftovers.vocabulary import Shape, Vocabulary
    from reviewer.text.words import Word

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
        forms: of the vocabulary: word as written -> its index.
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


@dataclass(slots=True)
class Line:
    """The words of one segment.

    Attributes:
        text: of the segment.
        found: its words, but for what is no language.
        shapes: of these words.
        first: row of the first of them in the columns.
    """

    text: str
    found: list[Word]
    shapes: list[Shape]
    first: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads target segments of one language pair.

    Attributes:
        vocabulary: of the language pair.
        accepted: words, lower-cased, that a person accepted.
        phrases: what is accepted as a sequence of words, Latin phrases among them.
    """

    vocabulary: Vocabulary
    accepted: frozenset[str]
    phrases: Phrases

    def read(self, tokens: Tokens, segment: int, text: str, source: Container[str]) -> Line:
        """Append the words of a segment, with what is known of them wherever they stand.

        `source` has the words of the source, lower-cased.
        """
        found, opaque = words(text), opaque_ranges(text)
        if opaque:
            found = list(_outside(found, opaque))
        line = Line(text, found, [], len(tokens.form))
        if not found:
            return line
        starts, ends, _, _ = zip(*found, strict=True)
        known, shape = self.vocabulary.shapes, self.vocabulary.shape
        line.shapes = [known.get(word[2]) or shape(word) for word in found]
        tokens.segment += [segment] * len(found)
        tokens.start += starts
        tokens.end += ends
        indexes = [shape[2] for shape in line.shapes]
        tokens.form += indexes
        shown = ~(flag.CAP | flag.UPPER) if case_says_nothing(text) else ~0
        tokens.flags += [
            shape & shown | (flag.COPY if lowered in source else 0)
            for lowered, shape, _ in line.shapes
        ]
        _add_wholes(text, found, indexes, tokens)
        return line

    def place(self, tokens: Tokens, line: Line, source: SourceWords) -> None:
        """Add what the places of the words say."""
        if line.found:
            end = line.first + len(line.found)
            tokens.flags[line.first : end] = self._flags(
                line.text, line.found, line.shapes, source
            )

    def _flags(
        self, text: str, found: Sequence[Word], shapes: Sequence[Shape], source: SourceWords
    ) -> list[int]:
        caseless = case_says_nothing(text)
        shown = ~(flag.CAP | flag.UPPER) if caseless else ~0
        flags = place_flags(text, found, shapes, source, self.phrases, caseless=caseless)
        cases, accepted = source.cases, self.accepted
        # Other words are neutral beside digits only.
        looked_at = ~0 if _DIGIT.search(text) else flag.SINGLE | flag.UPPER
        before = 0
        for index, (start, end, form, _) in enumerate(found):
            lowered, shape, _ = shapes[index]
            mine = flags[index] | shape & shown
            if lowered in cases:
                mine |= _SOURCE_CASES[cases[lowered]]
            if mine & flag.IDEOGRAPH and form in source.text:
                mine |= flag.COPY
            # Between most words is nothing but a blank.
            if not before or start - before != 1 or text[before] != " ":
                mine |= _after_gap(text, before, start)
            if lowered in accepted or (
                mine & looked_at and _is_neutral(text, found[index], lowered, mine)
            ):
                mine |= flag.NEUTRAL
            flags[index] = mine
            before = end
        return flags


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
    return letter.script in IDEOGRAPHS or bool(copied and alien)


def _outside(found: Sequence[Word], opaque: Sequence[tuple[int, int]]) -> Iterator[Word]:
    """Yield the words that touch none of the ranges, which are sorted by their starts."""
    reached, place = 0, 0
    for word in found:
        while place < len(opaque) and opaque[place][0] < word.end:
            reached = max(reached, opaque[place][1])
            place += 1
        if word.start >= reached:
            yield word


def _add_wholes(text: str, found: Sequence[Word], indexes: Sequence[int], tokens: Tokens) -> None:
    """Append the form of the compound that each word is part of, and its hyphenated parts."""
    wholes, parts = list(indexes), [1] * len(found)
    start = 0
    for index in range(1, len(found) + 1) if _JOINT.search(text) else ():
        gap = text[found[index - 1].end : found[index].start] if index < len(found) else ""
        if gap and gap in _JOINTS:
            continue
        if index > start + 1:
            compound = text[found[start].start : found[index - 1].end]
            joined = compound.replace("-", "").replace("\u2011", "")
            size = index - start
            wholes[start:index] = [tokens.index(joined)] * size
            parts[start:index] = [1 + len(compound) - len(joined)] * size
        start = index
    tokens.whole += wholes
    tokens.parts += parts
