"""Word keys for the comparison of terms: inflection off, meaning kept.

A key is no dictionary form: two words with one key are forms of one word, as far as rules can
tell. Full stemmers merge words that a termbase keeps apart (settings and set, Indonesian menjaga
and penjaga), so English loses its plural only, and languages with `endings` and `beginnings` in
their data file lose those only (but not words that are listed as `whole`); for Arabic these are
the affixes of light10 (Larkey et al. 2007). The others go through Snowball (Porter 2001,
snowballstem.org).
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import Levenshtein

from reviewer.text.languages import language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SNOWBALL = {
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
_ROOTS = {"id": "indonesian", "ms": "indonesian"}
_IRREGULAR_PLURALS = {"pt": {"ões": "ão", "ães": "ão", "ais": "al", "éis": "el", "óis": "ol"}}
_SHORTEST_STEM = 4
_SHORTEST_ROOT = 3
_LONGEST_ENDING = 3
_LONGEST_CHAIN = 3
_ARABIC_PERSONS = frozenset("يتنأ")
_ARABIC_LONG_VOWELS = str.maketrans("", "", "اويىآأإؤئ")
_FEWEST_RADICALS = 3
_POINTS = str.maketrans(
    {
        **dict.fromkeys((*range(0x610, 0x61B), 0x640, *range(0x64B, 0x660), 0x670), None),
        **dict.fromkeys((*range(0x6D6, 0x6EE), *range(0x591, 0x5C8)), None),
        0x671: "ا",
    }
)
"""Vowel points and signs of reading of Arabic and Hebrew, which most texts do without."""


def stemmer(code: str) -> Callable[[str], str]:
    """Return the function from lower-cased word to key of a language ("fr").

    It gives the word itself for a language without rules.
    """
    return _stemmer(code)


@cache
def _stemmer(code: str) -> Callable[[str], str]:
    data = language(code)
    whole = data.words("terms", "whole")
    beginnings, endings = (
        tuple(sorted(data.words("terms", key), key=lambda affix: (-len(affix), affix)))
        for key in ("beginnings", "endings")
    )
    if code == "en":
        return lru_cache(maxsize=1 << 17)(_english_singular)
    if endings:
        least = _SHORTEST_STEM if not beginnings else _SHORTEST_ROOT

        def light(word: str) -> str:
            if word in whole:
                return word
            return _without_ending(_without_beginning(word, beginnings, least), endings, least)

        return lru_cache(maxsize=1 << 17)(light)
    if code in _SNOWBALL:
        stem = _snowball(_SNOWBALL[code])
        irregular = _IRREGULAR_PLURALS.get(code, {})
        if irregular:
            return lru_cache(maxsize=1 << 17)(lambda word: stem(_singular(word, irregular)))
        return lru_cache(maxsize=1 << 17)(stem)
    return str


@cache
def _snowball(algorithm: str) -> Callable[[str], str]:
    """Return a stemmer; it leaves halves of characters (lone surrogates) as they are."""
    import snowballstemmer

    stem = snowballstemmer.stemmer(algorithm).stemWord

    def stemmed(word: str) -> str:
        try:
            return str(stem(word))
        except UnicodeEncodeError:
            return word

    return stemmed


def _singular(word: str, endings: Mapping[str, str]) -> str:
    for plural, singular in endings.items():
        if word.endswith(plural):
            return word[: -len(plural)] + singular
    return word


def _english_singular(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def _without_ending(word: str, endings: tuple[str, ...], least: int) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)]
    return word


def _without_beginning(word: str, beginnings: tuple[str, ...], least: int) -> str:
    for beginning in beginnings:
        if word.startswith(beginning) and len(word) - len(beginning) >= least:
            return word[len(beginning) :]
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
    """Tell whether two words of one language derive from one word (lire, lecteur are missed).

    They share their beginning, at least 4 letters, up to 3 letters of the shorter one. Spellings
    that differ inside ("Tokayev", "Tokaiev") are no family.
    """
    first, second = fold(first.lower()), fold(second.lower())
    if first == second:
        return True
    shorter = min(len(first), len(second))
    shared = common_prefix(first, second)
    if _differ_inside(first, second, shared):
        return False
    return shared >= max(_SHORTEST_STEM, 0.6 * shorter, shorter - 3)


def same_lexeme(first: str, second: str, code: str) -> bool:
    """Tell whether two words as written are forms of one word, or of a name and its adjective.

    A family whose members differ in three letters at the end or fewer ("copie", "copier"), have
    one root where affixes are many (Indonesian), differ in the prefix of the person (Arabic), in
    endings that the language's data file lists as `inflections`, or are a name and a word with a
    small letter ("Kazakhstan", "kazakhe").
    """
    if is_inflected(first, second, code):
        return True
    if code == "ar" and first[1:] == second[1:] and {first[:1], second[:1]} <= _ARABIC_PERSONS:
        return True
    if _english_singular(first.lower()) == _english_singular(second.lower()):
        return True
    if code in _ROOTS and _root(first.lower(), code) == _root(second.lower(), code):
        return True
    if not same_family(first, second):
        return False
    if first[:1].isupper() != second[:1].isupper():
        return True
    longer = max(len(first), len(second))
    return longer - common_prefix(fold(first.lower()), fold(second.lower())) <= _LONGEST_ENDING


@lru_cache(maxsize=1 << 16)
def is_inflected(first: str, second: str, code: str) -> bool:
    """Tell whether two words differ in endings of inflection alone, as far as they are listed.

    They share three letters or more, and what follows in each is made of three listed endings at
    most (Hungarian "falu-k-ban" and "falu"). Arabic words share their consonants, for many
    plurals differ in long vowels.
    """
    if code == "ar":
        return _radicals(first) == _radicals(second) is not None
    endings = _inflections(code)
    if not endings:
        return False
    first, second = fold(first.lower()), fold(second.lower())
    shared = common_prefix(first, second)
    return any(
        _is_chain(first[size:], endings) and _is_chain(second[size:], endings)
        for size in range(shared, _SHORTEST_ROOT - 1, -1)
    )


@cache
def _inflections(code: str) -> frozenset[str]:
    return frozenset(map(fold, language(code).words("terms", "inflections")))


def _is_chain(rest: str, endings: frozenset[str], most: int = _LONGEST_CHAIN) -> bool:
    """Tell whether letters are a row of so many endings at most; none is one too."""
    if not rest or rest in endings:
        return True
    return most > 1 and any(
        rest[:cut] in endings and _is_chain(rest[cut:], endings, most - 1)
        for cut in range(1, len(rest))
    )


def unpointed(word: str) -> str:
    """Return an Arabic or Hebrew word without vowel points and signs of reading."""
    return word.translate(_POINTS)


def _radicals(word: str) -> str | None:
    """Return the consonants of an Arabic word, None where they are too few to tell words apart."""
    bare = unpointed(word).removeprefix("ال").removesuffix("ة").translate(_ARABIC_LONG_VOWELS)
    return bare if len(bare) >= _FEWEST_RADICALS else None


def _differ_inside(first: str, second: str, shared: int) -> bool:
    """Tell whether two words come together again behind the letters in which they differ."""
    ending = common_prefix(first[shared:][::-1], second[shared:][::-1])
    middle = max(len(first), len(second)) - shared - ending
    return ending >= 2 and middle <= 2


@lru_cache(maxsize=1 << 16)
def _root(word: str, code: str) -> str:
    stem = _snowball(_ROOTS[code])
    # Once more, for it leaves "damai" of "perdamaian" and "dama" of "damai".
    return stem(stem(word))
