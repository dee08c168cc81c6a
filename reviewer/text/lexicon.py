"""How frequent a word is in a language: compact word lists, mapped into memory.

A list is an array of 64-bit numbers, sorted: 48 bits of a hash of the word, 16 bits of its
frequency in centibels. A word that is not in the list is taken for another one about once in a
hundred million times.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from math import isnan, log
from typing import TYPE_CHECKING

import numpy as np
import regex

from reviewer.text.languages import is_language_tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

CENTIBEL = log(10) / 100
"""Natural logarithm of one step of a list's frequencies."""

_LISTS = {
    "fil": "fil", "tl": "fil", "hr": "sh", "bs": "sh", "sr": "sh", "no": "nb", "nn": "nb",
    "iw": "he", "in": "id",
}  # fmt: skip
_DOTLESS = frozenset({"tr", "az", "kk"})
_ABJAD = frozenset({"ar", "fa", "ur", "he", "iw"})
_MARK = regex.compile(r"[\p{Mn}\u0640\u200c\u200d]")
_SERBIAN = str.maketrans(
    dict(zip("абвгдђежзијклљмнњопрстћуфхцчџш", [*"abvgdđežzijkl", "lj", "m", "n", "nj",
    *"oprstćufhcč", "dž", "š"], strict=True))
)  # fmt: skip

_FOLDED_OTHERWISE = {
    "dotless": re.compile("[IİȘșȚț\u0326]"),
    "ro": re.compile("[ŞşŢţ\u0327]"),
}
"""What a word has that is folded otherwise than "plain": few do."""
_LONGEST = 128
_BASE = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xD6E8FEB86659FD93)
_POWERS = np.array([pow(_BASE, n + 1, 1 << 64) for n in range(_LONGEST + 1)], np.uint64)
_HASH = np.uint64(0xFFFF_FFFF_FFFF_0000)
_VALUE = np.uint64(0xFFFF)


def list_code(tag: str) -> str:
    """Return the code of the word list of a language: "pt-BR" -> "pt", "hr" -> "sh"."""
    code = tag.replace("_", "-").split("-")[0].lower()
    return _LISTS.get(code, code)


def folding(tag: str) -> str:
    """Return how words of a language are folded: "plain", "dotless", "abjad", "ro" or "sr"."""
    code = tag.replace("_", "-").split("-")[0].lower()
    if code in _DOTLESS:
        return "dotless"
    if code in _ABJAD:
        return "abjad"
    return code if code in {"ro", "sr"} else "plain"


def fold(word: str, how: str = "plain") -> str:
    """Return a word as the lists spell it: case-folded, composed, without marks in abjads."""
    if how == "dotless":
        word = word.replace("İ", "i").replace("I", "ı")
    if word.isascii():
        return word.lower()
    word = word.replace("’", "'").replace("\u00ad", "")
    if how == "abjad":
        return str(_MARK.sub("", unicodedata.normalize("NFKC", word)))
    word = unicodedata.normalize("NFC", word).casefold()
    if how == "dotless":
        return word.replace("ș", "ş").replace("ț", "ţ")
    if how == "ro":
        return word.replace("ş", "ș").replace("ţ", "ț")
    return word.translate(_SERBIAN) if how == "sr" else word


def fold_all(words: Sequence[str], how: str = "plain") -> list[str]:
    """Return the words as `fold` does."""
    dotless = how == "dotless"
    return [
        word.lower() if word.isascii() and not (dotless and "I" in word) else fold(word, how)
        for word in words
    ]


def hash_words(folded: Sequence[str]) -> NDArray[np.uint64]:
    """Return the hashes of folded words, in the upper 48 bits."""
    if not folded:
        return np.empty(0, np.uint64)
    letters, lengths = _encoded(folded)
    starts = np.cumsum(lengths) - lengths
    places = np.arange(len(letters)) - np.repeat(starts, lengths)
    hashes: NDArray[np.uint64] = np.add.reduceat(letters * _POWERS[places], starts)
    hashes ^= hashes >> np.uint64(32)
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(29)
    hashes *= _MIX
    return hashes & _HASH


def _encoded(folded: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """Return the bytes of the words, each with a nought behind it, and their numbers by word."""
    together = ("\0".join(folded) + "\0").encode("utf-8", "surrogatepass")
    letters = np.frombuffer(together, np.uint8)
    lengths = np.diff(np.flatnonzero(letters == 0), prepend=-1)
    if len(lengths) != len(folded) or lengths.max() > _LONGEST + 1:  # no words
        encoded = [word.encode("utf-8", "surrogatepass")[:_LONGEST] + b"\0" for word in folded]
        letters = np.frombuffer(b"".join(encoded), np.uint8)
        lengths = np.fromiter(map(len, encoded), np.intp, len(encoded))
    return letters.astype(np.uint64), lengths


class Hashed:
    """Words that are to be looked up in several lists: folded, hashed and sorted once.

    Attributes:
        words: as written.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._hashes: dict[str, NDArray[np.uint64]] = {}
        self._sorted: dict[str, tuple[NDArray[np.intp], NDArray[np.uint64]]] = {}

    def log_probabilities(self, lexicon: Lexicon) -> NDArray[np.float64]:
        """Return ln P of each word in a language, NaN for those outside its list."""
        order, hashes = self._in_order(lexicon.folding)
        values = np.empty(len(hashes))
        values[order] = lexicon.look_up(hashes)
        return values

    def _in_order(self, how: str) -> tuple[NDArray[np.intp], NDArray[np.uint64]]:
        if how not in self._sorted:
            hashes = self._hashed(how)
            same = how != "plain" and hashes is self._hashes.get("plain")
            order = self._in_order("plain")[0] if same else np.argsort(hashes)
            self._sorted[how] = order, hashes[order]
        return self._sorted[how]

    def _hashed(self, how: str) -> NDArray[np.uint64]:
        """Return the hashes; those that few words have otherwise than plain are made anew."""
        if how not in self._hashes:
            other = _FOLDED_OTHERWISE.get(how)
            if other is None:
                self._hashes[how] = hash_words(fold_all(self.words, how))
            else:
                rows = [n for n, word in enumerate(self.words) if other.search(word)]
                hashes = self._hashed("plain")
                if rows:
                    hashes = hashes.copy()
                    hashes[rows] = hash_words(fold_all([self.words[n] for n in rows], how))
                self._hashes[how] = hashes
        return self._hashes[how]


class Lexicon:
    """The word frequencies of one language.

    Attributes:
        tag: of the language asked for.
        known: False where there is no list; then every word is unknown.
        large: whether the list holds hundreds of thousands of words, not tens.
        floor: natural logarithm of the probability of its rarest words; 0 without a list.
    """

    def __init__(
        self,
        tag: str,
        table: NDArray[np.uint64] | None = None,
        levels: int = 0,
        *,
        large: bool = False,
    ) -> None:
        self.tag = tag
        self.known = table is not None and len(table) > 0
        self.large = large
        self.floor = -levels * CENTIBEL
        self.folding = folding(tag)
        self._table = table if table is not None else np.empty(0, np.uint64)

    def __len__(self) -> int:
        return len(self._table)

    def __contains__(self, word: str) -> bool:
        return self.log_probability(word) is not None

    def log_probability(self, word: str) -> float | None:
        """Return ln P(word), or None for a word outside the list; case does not matter."""
        value = float(self.log_probabilities([word])[0])
        return None if isnan(value) else value

    def log_probabilities(self, words: Sequence[str]) -> NDArray[np.float64]:
        """Return ln P of each word, NaN for those outside the list."""
        return Hashed(words).log_probabilities(self)

    def look_up(self, hashes: NDArray[np.uint64]) -> NDArray[np.float64]:
        """Return ln P of words by `hash_words` of their folded forms, NaN for unknown ones.

        Sorted hashes are looked up several times as fast.
        """
        if not self.known:
            return np.full(len(hashes), np.nan)
        places = np.searchsorted(self._table, hashes)
        entries = self._table[np.minimum(places, len(self._table) - 1)]
        values = (entries & _VALUE).astype(np.float64) * -CENTIBEL
        return np.where((entries & _HASH) == hashes, values, np.nan)


@cache
def lexicon(tag: str) -> Lexicon:
    """Return the best word list of a language, built at its first use."""
    return _opened(tag, ("large", "small"))


@cache
def small_lexicon(tag: str) -> Lexicon:
    """Return the word list of some 30,000 words of a language, built at its first use."""
    return _opened(tag, ("small", "large"))


def _opened(tag: str, sizes: tuple[str, ...]) -> Lexicon:
    from reviewer.text import wordlists

    code = list_code(tag)
    if not is_language_tag(code):  # it would become the name of a file
        return Lexicon(tag)
    for size in sizes:
        found = wordlists.open_list(code, size)
        if found is not None:
            return Lexicon(tag, found.table, found.levels, large=size == "large")
    return Lexicon(tag)
