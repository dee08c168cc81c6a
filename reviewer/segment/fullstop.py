"""Whether a full stop ends a sentence or belongs to an abbreviation, a number or an initial."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from reviewer.segment.rules import Rules

_IN_NAMES = """
de da do dos das di del della dello degli dei du des d la le les lo los las el al van von der den
ten ter zu zum af av bin ibn ben san santa saint st"""
_PARTICLES = frozenset(_IN_NAMES.split())
"""Words inside names that are common words as well."""

_WORD_BEFORE = regex.compile(r"[\p{L}\p{M}\p{N}.'’/&\-]{1,40}", regex.REVERSE)
_WORD = regex.compile(r"[\p{L}\p{M}]{1,40}")
_SPACE = re.compile(r"\s*+")
_PARTS = re.compile(r"['’/&\-]")
_PIECES = re.compile(r"[.\-'’/&]+")
_ENUMERATOR = re.compile(r"(?:\d{1,3}|[^\W\d_])(?:[.\-]\d{1,3})*|[ivxlIVXL]{1,6}")
_ROMAN = re.compile(r"[IVXLCDM]{1,8}(?!\w)")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
_ABJAD = re.compile(r"[\u0590-\u06FF]")


class FullStop(NamedTuple):
    """A single full stop with white space behind it, and what stands around it.

    Attributes:
        begin: where the sentence began.
        start, end: the stop with the closing quotes and brackets behind it.
        first: where the next letter or digit stands.
    """

    text: str
    known: Rules
    begin: int
    start: int
    end: int
    first: int

    def ends_sentence(self, *, small: bool) -> bool:
        """Whether a sentence ends here; `small`: the next letter is a small one."""
        before = _WORD_BEFORE.match(self.text, self.begin, self.start)
        word = before.group() if before else ""
        if small:
            return self.known.lower and self._is_plain(word)
        if before is None:
            return True
        if is_first(self.text, self.begin, before.start()) and _is_enumerator(word):
            return False
        return self._ends_after(word, before.start())

    def _ends_after(self, word: str, place: int) -> bool:
        """Whether the sentence ends after a word that may be abbreviated."""
        known = self.known
        part = _PARTS.split(word)[-1]
        lowered = {word.lower(), part.lower()}
        if word in known.final or part in known.final:
            return True
        if lowered & known.never:
            return False
        if len(part) == 1 and (part.isupper() or (part.isalpha() and part not in known.numeric)):
            return self._ends_after_letter(part, place)
        if lowered & known.numeric:
            return not self._is_before_number()
        if lowered & known.abbreviations or _is_acronym(word):
            return self._is_before_starter() and ")" not in self.text[self.end - 1 : self.end]
        if known.ordinals and part.isdigit() and self._is_before_digit():
            return False
        if known.ordinals and (_ROMAN.fullmatch(part) or (part.isdigit() and len(part) <= 2)):
            return self._is_before_starter()
        return not _looks_abbreviated(part) or self._is_before_starter()

    def _ends_after_letter(self, letter: str, place: int) -> bool:
        """Whether the sentence ends after a single letter: an initial or "plan B"."""
        if letter.lower() == letter.upper():
            return not _ABJAD.match(letter)
        if not self._is_before_starter():
            return False
        before = _WORD_BEFORE.match(self.text, self.begin, max(self.begin, place - 1))
        plain = before is not None and before.group()[0].islower()
        return plain or self._next_word() not in _PARTICLES

    def _is_plain(self, word: str) -> bool:
        """Whether a word is surely not abbreviated."""
        known = self.known
        if not word.isalpha() or word.lower() in known.never | known.abbreviations:
            return False
        return len(word) > 4 or (len(word) == 4 and bool(_VOWEL.match(word[-1])))

    def _is_before_number(self) -> bool:
        if _ROMAN.match(self.text, self.first) and not self._is_before_starter():
            return True
        return self._is_before_digit()

    def _is_before_digit(self) -> bool:
        return self.text[self.first : self.first + 1].isdigit()

    def _is_before_starter(self) -> bool:
        """Whether the next word is one that sentences begin with."""
        word = self._next_word()
        if word not in self.known.starters or self.text[self.first].islower():
            return False
        return len(word) > 1 or self.text[self.first + 1 : self.first + 2] != "."

    def _next_word(self) -> str:
        found = _WORD.match(self.text, self.first)
        return found.group().lower() if found else ""


def end_of_space(text: str, start: int) -> int:
    """Return where the white space ends that begins at a place."""
    found = _SPACE.match(text, start)
    return found.end() if found else start


def is_first(text: str, begin: int, place: int) -> bool:
    """Whether only white space stands between the beginning of a sentence and a place."""
    return place <= begin or end_of_space(text, begin) >= place


def _is_enumerator(word: str) -> bool:
    """Whether a word numbers what follows: "1", "2.3", "b", "iv"."""
    caseless = word.lower() == word.upper() and word.isalpha()
    return not caseless and bool(_ENUMERATOR.fullmatch(word))


def _is_acronym(word: str) -> bool:
    """Whether a word is letters with dots: "U.S", "z.B", "J.-C", "S.Kom"."""
    if "." not in word:
        return False
    pieces = [piece for piece in _PIECES.split(word) if piece]
    short = all(len(piece) <= 3 and piece.isalpha() for piece in pieces)
    return short and bool(pieces) and len(pieces[0]) <= 2


def _looks_abbreviated(word: str) -> bool:
    """Whether a capitalised word has no vowel, like "Bldg" or "Tn"."""
    if not (2 <= len(word) <= 4 and word.isascii() and word.isalpha() and word.istitle()):
        return False
    return not _VOWEL.search(word)
