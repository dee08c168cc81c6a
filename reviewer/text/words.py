"""Words of a text with their places: letter runs of one script each."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import regex

from reviewer.text.scripts import COMMON, INHERITED, script

_WORD = regex.compile(
    r"""
    ( [A-Za-zÀ-ÖØ-öø-ɏ]++ ) (?! [\p{L}\p{M}\u00ad\u200c\u200d·] )  # nearly every Latin word
  | \p{L} (?: [\p{L}\p{M}]
      | [\u00ad\u200c\u200d] (?=\p{L})                     # soft hyphen, (non-)joiner
      | (?<=\p{Cyrillic}) ['’] (?=\p{Cyrillic})            # Ukrainian п'ять
      | (?<=\p{Hebrew}) ["'] (?=\p{Hebrew})                # Hebrew abbreviations
      | (?<=[Ll]) · (?=[Ll])                               # Catalan col·legi
    )*+""",
    regex.VERBOSE,
)


_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ]+")
_ONLY_LATIN = re.compile(r"[\x00-\xa9\xab\xac\xae-\xb4\xb6\xb8\xb9\xbb-\u024f\u2010-\u205e€]*")
"""A text without letters of other scripts, marks and joiners: its words are found much faster."""
_SENTENCE = 2000
"""Characters up to which the words of a text are remembered: several checks ask for them."""


def is_only_latin(text: str) -> bool:
    """Return whether a text has no letters of other scripts, no marks and no joiners."""
    return text.isascii() or _ONLY_LATIN.fullmatch(text) is not None


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        start, end: its range in the text.
        text: as written.
        script: ISO 15924 code of its letters.
    """

    start: int
    end: int
    text: str
    script: str


_new = tuple.__new__
"""Makes a word without the call of Python that `Word(...)` is: there are very many."""


def words(text: str) -> list[Word]:
    """Return the words of a text in order.

    Apostrophes, hyphens, digits and changes of script divide words ("l'eau" is two); where a
    script has no spaces, a word is the whole run of one script.
    """
    return list(_remembered(text)) if len(text) <= _SENTENCE else _words(text)


@lru_cache(maxsize=1024)
def _remembered(text: str) -> tuple[Word, ...]:
    return tuple(_words(text))


def _words(text: str) -> list[Word]:
    if is_only_latin(text):
        return [
            _new(Word, (match.start(), match.end(), match[0], "Latn"))
            for match in _LATIN.finditer(text)
        ]
    found: list[Word] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if match.lastindex:
            found.append(Word(start, end, text[start:end], "Latn"))
        else:
            _split(start, text[start:end], found)
    return found


def _split(offset: int, form: str, found: list[Word]) -> None:
    """Append the pieces of one script each of a letter run."""
    start, current = 0, ""
    for place, character in enumerate(form):
        code = script(character)
        if code in {COMMON, INHERITED, current}:
            continue
        if current:
            found.append(Word(offset + start, offset + place, form[start:place], current))
            start = place
        current = code
    found.append(Word(offset + start, offset + len(form), form[start:], current or COMMON))
