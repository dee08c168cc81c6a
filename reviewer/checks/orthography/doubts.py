"""What speaks for a word that no dictionary knows, and how sure it is that it is a slip."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from reviewer.checks.leftovers.opaque import UNITS, latin_phrases, opaque_ranges
from reviewer.checks.leftovers.source import case_says_nothing, is_capitalised
from reviewer.checks.orthography.forms import is_cut_off
from reviewer.checks.orthography.neighbours import accent_twin, best_neighbour, frequency
from reviewer.text.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from reviewer.checks.base import Context
    from reviewer.checks.orthography.forms import Form, Writing
    from reviewer.model import Pair

_COMMON, _USED = -13.8, -16.0
"""ln P of words that a language has, whatever its dictionary says: those that are common, and
those that are used and are no slip of a much more frequent one."""
_TWIN, _FAR, _FARTHER = 2.3, 3.4, 5.7
"""How much more frequent, as ln, another word is that a used one may be a slip of: one with other
accents, one a letter away, and the same of a word with a capital, which may be a name."""
_MEANT = -13.8
"""ln P of a word that may be meant: one that is common."""
_NEVER = -30.0
_CAPITAL_LETTERS, _MANY_LETTERS = 5, 7
"""Letters of a capitalised word from which on a slip can be told from a name, and from which on
that is likely: few long names are one letter away from a common word by chance."""
_ACRONYM = 6
_NUMERAL = re.compile(r"[IVXLCDM]+(?:e|es|er|re|th|st|nd|rd|º|ª|°)?", re.IGNORECASE)
_CAMEL = re.compile(r"[^\W\d_][^\W\d_]*[a-zß-ÿа-я][A-ZÀ-ÞА-Я]")
_PREFIX_WORDS = """
anti astro auto bio cyber eco electro elektro euro extra foto geo hidro hiper hydro hyper infra
inter intra iper macro makro maxi mega meta micro mikro mini mono multi nano neo neuro non para
photo pluri poly poli post pre pro pseudo psycho psico re semi socio sozio sub super supra techno
tele termo thermo trans ultra un video"""
_PREFIXES = tuple(_PREFIX_WORDS.split())
"""Beginnings that languages with Latin letters put before any word."""
_STEM, _ENDING = 4, 3
_SHORTEST_PART, _LONGEST_COMPOUND = 4, 60
_SURE, _LIKELY, _CAPITALISED = 0.95, 0.8, 0.6


@dataclass(frozen=True, slots=True)
class Doubts:
    """Weighs words that no dictionary knows; what was found out of a form is kept.

    Attributes:
        unknown: those of words that no dictionary knows.
        links: letters that join the parts of a compound; empty for languages without compounds.
        endings: what every word may take behind it.
    """

    context: Context
    writing: Writing
    unknown: Callable[[Collection[str]], Collection[str]]
    links: frozenset[str]
    endings: frozenset[str]
    _slips: dict[tuple[str, bool], float] = field(default_factory=dict)

    def confidences(self, pair: Pair, forms: Sequence[Form]) -> Iterator[tuple[Form, float]]:
        """Yield the forms that are taken for slips, each with a confidence, 0-1."""
        text = pair.target_text
        source = _Source(pair.source_text)
        caseless = case_says_nothing(text)
        for form in _outside(forms, opaque_ranges(text)):
            if self._is_pardoned(text, form, source, caseless=caseless):
                continue
            capital = is_capitalised(form.text) and not caseless
            confidence = self._confidence(form.text, capital=capital)
            if confidence:
                yield form, confidence

    def _is_pardoned(self, text: str, form: Form, source: _Source, *, caseless: bool) -> bool:
        """Whether a word is no word to judge: accepted, a name, an abbreviation, a number."""
        word, lowered = form.text, form.text.lower()
        if lowered in self.context.accepted or lowered in UNITS or lowered in _latin_words():
            return True
        if word.isupper() and not caseless and len(word) <= _ACRONYM:
            return True
        if _NUMERAL.fullmatch(word) or _CAMEL.match(word) or source.has(word):
            return True
        return is_cut_off(text, form) or (
            text[form.end : form.end + 1] == "." and lowered in self.writing.abbreviations
        )

    def _confidence(self, word: str, *, capital: bool) -> float:
        key = word, capital
        if key not in self._slips:
            self._slips[key] = self._weighed(word, capital=capital)
        return self._slips[key]

    def _weighed(self, word: str, *, capital: bool) -> float:
        """Return the confidence that a word is a slip; 0 where something speaks for it."""
        lowered = self.writing.spelled(word).lower()
        lexicon = self.context.lexicon(self.context.target.tag)
        used = frequency(lowered, lexicon)
        known = _NEVER if used is None else used
        twin = accent_twin(lowered, lexicon)
        twice = twin is not None and twin[1] > max(known + _TWIN, _MEANT)
        if twice and not (capital and used):
            return _SURE
        if known > _COMMON or self._has_ending(word) or self._is_compound(word):
            return 0.0
        meant = best_neighbour(lowered, lexicon)
        far = _FARTHER if capital else _FAR
        slip = meant is not None and meant[1] > max(known + far, _MEANT)
        if capital:
            if not slip or len(word) < _CAPITAL_LETTERS:
                return 0.0
            return _LIKELY if used is None and len(word) >= _MANY_LETTERS else _CAPITALISED
        if slip:
            return _SURE
        return _LIKELY if known < _USED and not self._has_prefix(lowered) else 0.0

    def _has_ending(self, word: str) -> bool:
        """Whether a word is a known one with an ending that every word may take."""
        return self._knows_any(word[: -len(end)] for end in self.endings if word.endswith(end))

    def _has_prefix(self, word: str) -> bool:
        """Whether a word is a known one behind an international prefix."""
        return self._knows_any(word[len(p) :] for p in _PREFIXES if word.startswith(p))

    def _knows_any(self, stems: Iterable[str]) -> bool:
        asked = {stem for stem in stems if len(stem) >= _SHORTEST_PART}
        return len(set(self.unknown(asked))) < len(asked)

    def _is_compound(self, word: str) -> bool:
        """Whether a word is two that are known: compounds are made as one needs them."""
        if not self.links or len(word) > _LONGEST_COMPOUND:
            return False
        cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        halves = [
            (head, word[cut:])
            for cut in cuts
            for link in ("", *self.links)
            if word[:cut].endswith(link) and len(head := word[: cut - len(link)]) >= _SHORTEST_PART
        ]
        forms = {form for half in halves for part in half for form in _cases(part)}
        strange = set(self.unknown(forms))
        return any(
            all(any(form not in strange for form in _cases(part)) for part in half)
            for half in halves
        )


def _cases(part: str) -> tuple[str, str]:
    return part.lower(), part.lower().capitalize()


@cache
def _latin_words() -> frozenset[str]:
    return frozenset(word for phrase in latin_phrases() for word in phrase.split())


class _Source:
    """What the source says of a word: that it stands there too, or the name it is a form of."""

    def __init__(self, text: str) -> None:
        self._written, self._text = text, text.casefold()
        self._known: dict[str, bool] = {}

    @cached_property
    def _names(self) -> set[str]:
        return {
            _stem(word.text.casefold())
            for word in words(self._written)
            if len(word.text) >= _STEM and is_capitalised(word.text)
        }

    def has(self, word: str) -> bool:
        """Whether the word stands in the source, or with a capital begins as a name there."""
        if word not in self._known:
            self._known[word] = self._holds(word)
        return self._known[word]

    def _holds(self, word: str) -> bool:
        lowered = word.casefold()
        if _stands_alone(lowered, self._text):
            return True
        ends = range(_STEM, len(lowered) + 1)
        return is_capitalised(word) and any(lowered[:end] in self._names for end in ends)


def _stands_alone(word: str, text: str) -> bool:
    """Return whether a word stands in a text with no letter, digit or underscore beside it."""
    start = text.find(word)
    while start >= 0:
        beside = text[start - 1 : start] + text[start + len(word) : start + len(word) + 1]
        if not any(character.isalnum() or character == "_" for character in beside):
            return True
        start = text.find(word, start + 1)
    return False


def _stem(name: str) -> str:
    """Return what stays of a name when it is inflected."""
    return name[: max(_STEM, len(name) - _ENDING)]


def _outside(forms: Sequence[Form], opaque: Sequence[tuple[int, int]]) -> Iterator[Form]:
    """Yield the forms, in order, that touch none of the ranges, sorted by their starts."""
    reached, place = 0, 0
    for form in forms:
        while place < len(opaque) and opaque[place][0] < form.end:
            reached = max(reached, opaque[place][1])
            place += 1
        if form.start >= reached:
            yield form
