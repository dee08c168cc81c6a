"""Words as a dictionary is asked for them: with the apostrophes and hyphens inside."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from reviewer.text.lexicon import fold, folding
from reviewer.text.scripts import COMMON, INHERITED, script
from reviewer.text.words import is_only_latin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.text.languages import Language

# A letter run with its joints. Beside a digit, an underscore or a code it is no word.
_FORM = regex.compile(
    r"""(?<![\p{L}\p{M}\p{N}_\U000F0000-\U000FFFFD]|\d[-\u2010\u2011:]|\p{L}:)
    \p{L} [\p{L}\p{M}\u00ad\u200c\u200d]*+
    (?: (?: ['’ʼ`·\u2010\u2011-] | (?<=\p{Hebrew})["״׳] )
        \p{L} [\p{L}\p{M}\u00ad\u200c\u200d]*+ )*+
    (?! [\p{N}_\U000F0000-\U000FFFFD] | [-\u2010\u2011]\d )""",
    regex.VERBOSE,
)
_LETTER = "A-Za-zÀ-ÖØ-öø-ɏ"
_LATIN_FORM = re.compile(
    rf"""(?<![{_LETTER}0-9²³¹¼½¾_])(?<![0-9][-\u2010\u2011:])(?<![{_LETTER}]:)
    (?=(?P<form> [{_LETTER}]++ (?: ['’`\u2010\u2011-] [{_LETTER}]++ )* ))(?P=form)
    (?! [0-9²³¹¼½¾_] | [-\u2010\u2011][0-9] )""",
    re.VERBOSE,
)
"""The same for a text of Latin letters without marks, in half the time.

Looked ahead for and then repeated, a form is taken whole or not at all.
"""
_PART = regex.compile(r"[^'’ʼ`·\u2010\u2011-]+")
_UNHYPHENED = regex.compile(r"[^\u2010\u2011-]+")
_HYPHENS = frozenset("-\u2010\u2011\u2013")
_AS_DICTIONARIES_WRITE = str.maketrans(
    {"’": "'", "ʼ": "'", "`": "'", "\u2010": "-", "\u2011": "-", "\u00ad": None, "\u200d": None}
)
_APOSTROPHES = frozenset("'’ʼ`")
_SHORTEST = 2
_REMEMBERED = 1 << 12
"""Words that are kept with what was found of them: the common ones come again at once."""


_new = tuple.__new__
"""Makes a form without the call of Python that `Form(...)` is: there are very many."""


class Form(NamedTuple):
    """A word of a text.

    Attributes:
        start, end: its range in the text.
        text: as written.
    """

    start: int
    end: int
    text: str

    def moved(self, by: int) -> Form:
        """Return the same word further behind."""
        return Form(self.start + by, self.end + by, self.text)


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language writes its words.

    Attributes:
        scripts: ISO 15924 codes; words of others are nothing for its dictionary.
        clitics: lower-case pieces that stand before or behind an apostrophe.
        suffixes: what stands behind an apostrophe are endings (Turkish).
        abbreviations: lower-case words that a full stop follows.
        folding: as in `text.lexicon`.
    """

    scripts: frozenset[str]
    clitics: frozenset[str]
    suffixes: bool
    abbreviations: frozenset[str]
    folding: str

    def spelled(self, form: str) -> str:
        """Return a form as a dictionary spells it: composed, with plain apostrophes."""
        return form.replace("`", "'") if form.isascii() else _spelled(form, self.folding)

    def words(self, text: str) -> list[str]:
        """Return the words of a text as written, quickly."""
        found: list[str] = _pattern(text).findall(text)
        return found

    def forms(self, text: str) -> list[Form]:
        """Return the same words with their places."""
        found = []
        for match in _pattern(text).finditer(text):
            start, end = match.span()
            found.append(_new(Form, (start, end, text[start:end])))
        return found

    def may_be_misspelt(self, form: str) -> bool:
        """Whether a word is one that the dictionary may know: in its script, and no letter."""
        return len(form) >= _SHORTEST and self._is_own(form)

    def _is_own(self, form: str) -> bool:
        return ("Latn" in self.scripts and is_only_latin(form)) or _is_in(form, self.scripts)

    def parts(self, form: Form) -> Iterator[Form]:
        """Yield the parts of a form that are words of their own; itself where it is one word."""
        # In other scripts than Latin an apostrophe is a letter like others: п'ять.
        pattern = _PART if "Latn" in self.scripts else _UNHYPHENED
        pieces = list(pattern.finditer(form.text))
        for number, match in enumerate(pieces):
            start, end = match.span()
            piece = match.group()
            joined = form.text[start - 1 : start] in _APOSTROPHES if number else False
            elided = form.text[end : end + 1] in _APOSTROPHES and end < len(form.text)
            if len(piece) < _SHORTEST or (joined and self.suffixes):
                continue
            if (joined or elided) and piece.lower() in self.clitics:
                continue
            yield Form(start, end, piece).moved(form.start)


@lru_cache(maxsize=_REMEMBERED)
def _spelled(form: str, folding: str) -> str:
    form = unicodedata.normalize("NFC", form.translate(_AS_DICTIONARIES_WRITE))
    return fold(form, "abjad") if folding == "abjad" else form


@lru_cache(maxsize=_REMEMBERED)
def _is_in(form: str, scripts: frozenset[str]) -> bool:
    """Whether all letters of a form are in one of the scripts."""
    return all(
        script(letter) in scripts or script(letter) in {COMMON, INHERITED} for letter in form
    )


def _pattern(text: str) -> Any:  # Any: a pattern of re or of regex, which mypy does not know
    return _LATIN_FORM if is_only_latin(text) else _FORM


def writing(language: Language) -> Writing:
    """Return how a language writes its words."""
    short = ("never", "abbreviations", "numeric", "final")
    return Writing(
        language.scripts,
        language.words("spelling", "clitics"),
        bool(language.table.get("spelling", {}).get("suffixes", False)),
        frozenset().union(*(language.words("segment", key) for key in short)),
        folding(language.tag),
    )


def is_cut_off(text: str, form: Form) -> bool:
    """Whether a hyphen says that a part of the word stands elsewhere: "Vor- und Nachteile"."""
    before, after = text[form.start - 1 : form.start], text[form.end : form.end + 1]
    return (form.start > 0 and before in _HYPHENS) or (bool(after) and after in _HYPHENS)
