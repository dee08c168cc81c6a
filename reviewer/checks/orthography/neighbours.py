"""Words of which an unknown one may be a slip: one letter less, more, other, or two changed."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from reviewer.text.lexicon import fold, hash_words, list_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.text.lexicon import Lexicon

_PLAIN = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS = {
    "fr": _PLAIN + "àâæçéèêëîïôœùûü", "de": _PLAIN + "äöü", "es": _PLAIN + "áéíóúüñ",
    "it": _PLAIN + "àèéìòù", "pt": _PLAIN + "áâãàçéêíóôõú", "ca": _PLAIN + "àçèéíïòóúü",
    "nl": _PLAIN + "ëïöüé", "sv": _PLAIN + "åäöé", "da": _PLAIN + "æøåé", "nb": _PLAIN + "æøåé",
    "fi": _PLAIN + "äö", "pl": _PLAIN + "ąćęłńóśźż", "cs": _PLAIN + "áčďéěíňóřšťúůýž",
    "sk": _PLAIN + "áäčďéíĺľňóôŕšťúýž", "sl": _PLAIN + "čšž", "sh": _PLAIN + "čćđšž",
    "hu": _PLAIN + "áéíóöőúüű", "ro": _PLAIN + "ăâîșț", "tr": _PLAIN + "çğıöşü",
    "lt": _PLAIN + "ąčęėįšųūž", "lv": _PLAIN + "āčēģīķļņšūž",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя", "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ",
}  # fmt: skip
_TWINS = {
    "a": "àáâãäåăąā", "c": "çćč", "d": "ďđ", "e": "éèêëěęėē", "g": "ğģ", "i": "íìîïīįı",
    "l": "łľĺļ", "n": "ñńňņ", "o": "óòôõöőø", "r": "řŕ", "s": "śšșş", "t": "ťțţ",
    "u": "úùûüůűūų", "y": "ýÿ", "z": "źžż", "е": "ё",
}  # fmt: skip
_PLAIN_OF = {accented: plain for plain, all_of in _TWINS.items() for accented in all_of}
_LONGEST, _SHORT = 24, 8
"""Letters of a word whose neighbours are looked for, and of one with two other accents: longer
ones have too many."""
_KEPT = 20_000
"""Words whose neighbours are remembered: a document has its unknown words again and again."""


@lru_cache(_KEPT)
def frequency(word: str, lexicon: Lexicon) -> float | None:
    """Return ln P of a word, None outside of the lexicon's list."""
    return lexicon.log_probability(word)


@lru_cache(_KEPT)
def best_neighbour(word: str, lexicon: Lexicon) -> tuple[str, float] | None:
    """Return the most frequent word one slip away and its ln P; None where there is none.

    It is spelt as the lexicon folds it.
    """
    alphabet = _alphabet(list_code(lexicon.tag))
    if not lexicon.known or not alphabet or len(word) > _LONGEST:
        return None
    return _most_frequent([*_slips(fold(word, lexicon.folding), alphabet)], lexicon)


@lru_cache(_KEPT)
def accent_twin(word: str, lexicon: Lexicon) -> tuple[str, float] | None:
    """Return the most frequent word that differs in accents alone, and its ln P.

    They are one in long words, one or two in short ones; None where there is none.
    """
    alphabet = set(_alphabet(list_code(lexicon.tag)))
    if not lexicon.known or len(word) > _LONGEST:
        return None
    word = fold(word, lexicon.folding)
    forms = set(_other_accents(word, alphabet))
    if len(word) <= _SHORT:
        forms |= {other for form in forms for other in _other_accents(form, alphabet)}
    return _most_frequent(sorted(forms - {word}), lexicon)


@cache
def _alphabet(code: str) -> str:
    return _ALPHABETS.get(code, _PLAIN if code in {"en", "id", "ms", "fil"} else "")


def _most_frequent(words: list[str], lexicon: Lexicon) -> tuple[str, float] | None:
    if not words:
        return None
    values = lexicon.look_up(hash_words(words))
    if np.isnan(values).all():
        return None
    best = int(np.nanargmax(values))
    return words[best], float(values[best])


def _slips(word: str, alphabet: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        yield from (head + letter + tail for letter in alphabet)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in alphabet if letter != tail[0])
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1] + tail[0] + tail[2:]


def _other_accents(word: str, alphabet: set[str]) -> Iterator[str]:
    for place, letter in enumerate(word):
        plain = _PLAIN_OF.get(letter, letter)
        for other in (plain, *_TWINS.get(plain, "")):
            if other != letter and other in alphabet:
                yield word[:place] + other + word[place + 1 :]
