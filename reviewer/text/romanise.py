"""Words of any script in plain Latin letters, and their bare consonants: for comparing names.

Rough on purpose: two spellings of one name shall meet, whichever scholarly system each follows.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from reviewer import paths

_FIRST_U = re.compile("(?<![a-z])u<(?=[ieo])")
_VIRAMA, _NUKTA = "\u094d", "\u093c"
_HANGUL = range(0xAC00, 0xD7A4)
_HIRAGANA = range(0x3041, 0x3097)
_FIRST_KANA = "\u3041"
_INITIALS = (
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t",
    "p", "h",
)  # fmt: skip
_VOWELS = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo",
    "we", "wi", "yu", "eu", "ui", "i",
)  # fmt: skip
_FINALS = (
    "", "k", "k", "ks", "n", "nj", "nh", "t", "l", "lk", "lm", "lb", "ls", "lt", "lp", "lh", "m",
    "p", "ps", "t", "t", "ng", "t", "t", "k", "t", "p", "t",
)  # fmt: skip

_SOUNDS = (
    ("sch", "s"), ("shch", "s"), ("tch", "s"), ("sh", "s"), ("zh", "s"), ("ch", "s"), ("ph", "f"),
    ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("ck", "k"), ("qu", "k"),
    ("x", "ks"), ("tz", "s"), ("ts", "s"), ("dj", "s"), ("ng", "n"), ("ce", "se"), ("ci", "si"),
    ("ge", "se"), ("gi", "si"),
)  # fmt: skip
_SILENT = frozenset("aeiouyh")
_SINGLE = str.maketrans(
    {"c": "k", "q": "k", "z": "s", "w": "v", "b": "v", "j": "s", "l": "r", "g": "k", "d": "t",
     "p": "f", "v": "f", "m": "n"} | dict.fromkeys(_SILENT)
)  # fmt: skip


_DOUBLED = re.compile(r"(.)\1+", re.DOTALL)


@cache
def _letters() -> dict[int, str]:
    """Return the Latin letters of each letter that has some, without regard to marks."""
    found: dict[int, str] = {}
    for line in paths.resource("names", "letters.tsv").read_text("utf-8").splitlines():
        letters, _, latin = line.partition("\t")
        if not line.startswith("#"):
            found.update(zip(map(ord, letters), latin.replace(".", "").split(" "), strict=True))
    return found


def romanise(word: str) -> str:
    """Return a word in lower-case Latin letters without marks; what has no table stays out."""
    lower = word.lower()
    if lower.isascii():
        return lower if lower.isalpha() else "".join(filter(str.isalpha, lower))
    if max(lower) >= _FIRST_KANA:
        lower = "".join(map(_east_asian, lower))
    elif "\u0900" <= max(lower) <= "\u097f":
        lower = lower.replace(_NUKTA, "").replace(_VIRAMA, "")
    lower = lower.translate(_letters())
    if "<" in lower:
        lower = _join_small_kana(lower)
    if not lower.isascii():
        lower = unicodedata.normalize("NFKD", lower).lower().translate(_letters())
    if lower.isascii() and lower.isalpha() and lower.islower():
        return lower
    return "".join(letter for letter in lower if "a" <= letter <= "z")


def _east_asian(character: str) -> str:
    """Return Latin letters for Hangul, Han and kana, else the character."""
    code = ord(character)
    if code in _HIRAGANA:
        return _letters().get(code + 0x60, "")
    if code in _HANGUL:
        initial, rest = divmod(code - 0xAC00, 588)
        vowel, final = divmod(rest, 28)
        return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]
    return readings().get(character, character)


def _join_small_kana(text: str) -> str:
    """Let a small vowel take the place of the vowel before it: "fu<a" is "fa"."""
    text = _FIRST_U.sub("w", text)
    while (at := text.find("<")) >= 0:
        keep = at - 1 if at and text[at - 1] in "aiueo" else at
        glide = text[at + 1 : at + 2] == "y" and text[max(keep - 1, 0) : keep] in {"h", "j"}
        text = text[:keep] + text[at + 1 + glide :]
    return text


@cache
def readings() -> dict[str, str]:
    """Return the toneless Mandarin readings of the common Chinese characters."""
    found: dict[str, str] = {}
    for line in paths.resource("names", "pinyin.txt").read_text("utf-8").splitlines():
        syllable, _, characters = line.partition(" ")
        if not syllable.startswith("#"):
            found.update(dict.fromkeys(characters, syllable))
    return found


def skeleton(romanised: str) -> str:
    """Return the consonants of a romanised word in broad classes, doubled ones once.

    A vowel at the beginning is kept as "a": "Alexander" and "Iskander" stay apart.
    """
    text = romanised
    for sounds, sound in _SOUNDS:
        if sounds in text:
            text = text.replace(sounds, sound)
    bare = text.translate(_SINGLE)
    first = "a" if text[:1] in _SILENT else ""
    return first + _DOUBLED.sub(r"\1", bare)
