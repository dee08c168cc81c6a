"""Word keys for the comparison of terms: inflection off, meaning kept.

A key is no dictionary form: two words with one key are forms of one word, as far as rules can
tell. Full stemmers merge words that a termbase keeps apart (settings and set, Indonesian menjaga
and penjaga), so English loses its plural only and languages with `endings` in their data file
lose those only (but not words that are listed as `whole`); the others go through Snowball (Porter 2001, snowballstem.org).
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import Levenshtein

from reviewer.text.languages import language

if TYPE_CHECKING:
    from collections.abc import Callable

_SNOWBALL = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
_SHORTEST_STEM = 4


def stemmer(code: str) -> Callable[[str], str]:
    """Return the function from lower-cased word to key of a language ("fr").

    It gives the word itself for a language without rules.
    """
    return _stemmer(code)


@cache
def _stemmer(code: str) -> Callable[[str], str]:
    whole = language(code).words("terms", "whole")
    endings = tuple(sorted(language(code).words("terms", "endings"), key=lambda e: (-len(e), e)))
    if code == "en":
        return lru_cache(maxsize=1 << 17)(_english_singular)
    if endings:
        return lru_cache(maxsize=1 << 17)(
            lambda word: word if word in whole else _without_ending(word, endings)
        )
    if code in _SNOWBALL:
        import snowballstemmer

        stem = snowballstemmer.stemmer(_SNOWBALL[code]).stemWord
        return lru_cache(maxsize=1 << 17)(lambda word: str(stem(word)))
    return str


def _english_singular(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def _without_ending(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """Return the word without its diacritics ("Tokaïev" -> "Tokaiev")."""
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def common_prefix(first: str, second: str) -> int:
    """Return how many characters the words share at their beginning."""
    shared = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        shared += 1
    return shared


@lru_cache(maxsize=1 << 18)
def cognate(first: str, second: str) -> bool:
    """Tell whether two lower-cased words of different languages look like one word.

    Four letters or more, and either a common beginning of 60 % of the longer one or a longest
    common subsequence of 72 % of it (LCSR, Melamed 1999), diacritics aside.
    """
    first, second = fold(first), fold(second)
    longer = max(len(first), len(second))
    if min(len(first), len(second)) < _SHORTEST_STEM:
        return False
    if common_prefix(first, second) >= 0.6 * longer:
        return True
    # Insertions and deletions alone: LCS = (|a| + |b| - distance) / 2.
    distance = Levenshtein.distance(first, second, weights=(1, 1, 2))
    return (len(first) + len(second) - distance) / 2 >= 0.72 * longer


@lru_cache(maxsize=1 << 16)
def same_family(first: str, second: str) -> bool:
    """Tell whether two keys of one language derive from one word (lire, lecteur are missed).

    They share their beginning, at least 4 letters, up to 3 letters of the shorter one. Spellings
    that differ inside ("Tokayev", "Tokaiev") are no family.
    """
    first, second = fold(first), fold(second)
    if first == second:
        return True
    shorter, longer = sorted((len(first), len(second)))
    shared = common_prefix(first, second)
    if longer - shorter <= 1 and _SHORTEST_STEM <= shared < shorter - 1:
        return False
    return shared >= max(_SHORTEST_STEM, 0.6 * shorter, shorter - 3)
