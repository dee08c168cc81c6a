"""How frequent words are in the target language, the source language and third languages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from reviewer.checks.leftovers.spelling import telling
from reviewer.checks.leftovers.weights import WEIGHTS
from reviewer.text.languages import language
from reviewer.text.lexicon import Hashed, list_code, small_lexicon
from reviewer.text.scripts import script, scripts
from reviewer.text.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reviewer.checks.base import Context
    from reviewer.text.lexicon import Lexicon

# Languages that a fragment may be in beside the source's, by script; those with a word list.
_THIRD = {
    "Latn": "en fr de es it pt id nl sv pl tr cs da nb fi ro hu vi ca ms sh sk sl lt lv is fil",
    "Cyrl": "ru uk bg mk",
    "Arab": "ar fa ur",
    "Hebr": "he",
    "Grek": "el",
    "Deva": "hi",
    "Beng": "bn",
    "Taml": "ta",
}
_SIBLINGS = ("id ms", "nb da", "cs sk", "sh sl mk", "es ca", "ar fa ur", "fa ur")
"""Languages too alike for one to be told in a text of the other, word by word."""

_INTERNATIONAL = ("en", "fr", "de", "es", "pt", "it", "id")
"""Languages whose common words are international."""

_NAMES = {
    "bn": "Bengali", "fil": "Filipino", "is": "Icelandic", "lt": "Lithuanian", "lv": "Latvian",
    "mk": "Macedonian", "sh": "Serbo-Croatian", "sk": "Slovak", "sl": "Slovenian", "ta": "Tamil",
    "ur": "Urdu", "zh-Hant": "Traditional Chinese", "zh-Hans": "Simplified Chinese",
}  # fmt: skip
_SCRIPT_NAMES = {
    "Hani": "Chinese", "Hira": "Japanese", "Kana": "Japanese", "Hang": "Korean", "Thai": "Thai",
    "Cyrl": "Cyrillic", "Arab": "Arabic", "Hebr": "Hebrew", "Grek": "Greek", "Deva": "Devanagari",
    "Armn": "Armenian", "Geor": "Georgian", "Beng": "Bengali", "Taml": "Tamil", "Latn": "Latin",
    "Khmr": "Khmer", "Laoo": "Lao", "Mymr": "Burmese", "Ethi": "Amharic", "Sinh": "Sinhala",
    "Telu": "Telugu", "Knda": "Kannada", "Mlym": "Malayalam", "Gujr": "Gujarati",
    "Guru": "Punjabi", "Tibt": "Tibetan", "Mong": "Mongolian",
}  # fmt: skip


def language_name(code: str) -> str:
    """Return the English name of a language, or of a script's language by its ISO 15924 code."""
    return _SCRIPT_NAMES.get(code) or _NAMES.get(code) or language(code).name


def language_of_script(text: str) -> str:
    """Return the English name of the likeliest language of a text by its script and words."""
    counts = scripts(text)
    if not counts:
        return "an unknown script"
    written = "Hira" if {"Hira", "Kana"} & counts.keys() else max(counts, key=counts.__getitem__)
    forms = [word.text for word in words(text)]
    fits = {
        code: float(np.nan_to_num(small_lexicon(code).log_probabilities(forms), nan=_RARE).sum())
        for code in _THIRD.get(written, "").split()
    }
    best = max(fits, key=fits.__getitem__, default="")
    known = best and fits[best] > _RARE * len(forms)
    return language_name(best if known else written)


@cache
def third_languages(source: str, target: str) -> tuple[str, ...]:
    """Return the codes of the languages that are looked for, by script then by likelihood."""
    near = {source, target}
    for group in _SIBLINGS:
        if {source, target} & set(group.split()):
            near.update(group.split())
    codes = " ".join(_THIRD.values()).split()
    return tuple(code for code in codes if code not in near)


@cache
def _script_of(code: str) -> str:
    return next(name for name, codes in _THIRD.items() if code in codes.split())


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Natural logarithms of word probabilities, one row per form; NaN outside a list.

    Attributes:
        target, source: in the languages of the pair.
        stem: of the longest beginning of the form that the target's list knows, cut by one to
            three letters; NaN for short forms and for those the list knows themselves.
        third: one column per language of `codes`.
        international: median over the languages whose common words are international.
        length: letters of the form.
        alien: it has a letter that words of the target have not.
        spelt: such a form, and the language of the column has all its letters; the last column
            is the source's.
    """

    target: NDArray[np.float64]
    source: NDArray[np.float64]
    stem: NDArray[np.float64]
    third: NDArray[np.float64]
    international: NDArray[np.float64]
    length: NDArray[np.intp]
    alien: NDArray[np.bool_]
    spelt: NDArray[np.bool_]
    codes: tuple[str, ...]
    target_list: Lexicon
    source_list: Lexicon

    def at_best(self) -> Frequencies:
        """Return the same with one third language that knows each form as well as any may."""
        spelt = np.where(self.spelt[:, :-1].any(axis=1), WEIGHTS.third_spelt, -np.inf)
        third = np.nanmax(self.third, axis=1, initial=-np.inf)
        third = np.maximum(third, spelt)[:, None]
        return replace(
            self,
            third=np.where(np.isinf(third), np.nan, third),
            spelt=np.column_stack([np.zeros(len(spelt), np.bool_), self.spelt[:, -1]]),
            codes=("",),
        )

    def with_rows(self, more: Frequencies) -> Frequencies:
        """Return these rows and those of more forms of the same languages behind them."""
        return replace(
            self,
            target=np.concatenate([self.target, more.target]),
            source=np.concatenate([self.source, more.source]),
            stem=np.concatenate([self.stem, more.stem]),
            third=np.concatenate([self.third, more.third]),
            international=np.concatenate([self.international, more.international]),
            length=np.concatenate([self.length, more.length]),
            alien=np.concatenate([self.alien, more.alien]),
            spelt=np.concatenate([self.spelt, more.spelt]),
        )


_CUTS = (1, 2, 3)
_LONG = 6
_RARE = -20.5


def frequencies(forms: Sequence[str], context: Context) -> Frequencies:
    """Look all forms up in all lists at once."""
    target_list = context.lexicon(context.target.tag)
    source_list = context.lexicon(context.source.tag)
    codes = third_languages(list_code(context.source.tag), list_code(context.target.tag))
    hashed = Hashed(forms)
    target = hashed.log_probabilities(target_list)
    third = np.full((len(forms), len(codes)), np.nan)
    by_script: dict[str, list[int]] = {}
    for index, form in enumerate(forms):
        by_script.setdefault(script(form[0]), []).append(index)
    for written in by_script.keys() & _THIRD.keys():
        rows = np.array(by_script[written])
        columns = [n for n, code in enumerate(codes) if _script_of(code) == written]
        mine = hashed if len(rows) == len(forms) else Hashed([forms[row] for row in rows])
        for column in columns:
            third[rows, column] = mine.log_probabilities(small_lexicon(codes[column]))
    spellers = (*codes, list_code(context.source.tag))
    alien, spelt = telling(forms, list_code(context.target.tag), spellers)
    return Frequencies(
        target=target,
        source=hashed.log_probabilities(source_list),
        stem=_stems(forms, target, target_list),
        third=third,
        international=_median(third, codes),
        length=np.fromiter(map(len, forms), np.intp, len(forms)),
        alien=alien,
        spelt=spelt,
        codes=codes,
        target_list=target_list,
        source_list=source_list,
    )


def _median(third: NDArray[np.float64], codes: tuple[str, ...]) -> NDArray[np.float64]:
    columns = [codes.index(code) for code in _INTERNATIONAL if code in codes]
    known = np.sort(np.nan_to_num(third[:, columns], nan=_RARE), axis=1)
    return np.array(known[:, len(columns) // 2])


def _stems(
    forms: Sequence[str], target: NDArray[np.float64], target_list: Lexicon
) -> NDArray[np.float64]:
    stems = np.full(len(forms), np.nan)
    rows = [n for n in np.flatnonzero(np.isnan(target)).tolist() if len(forms[n]) >= _LONG]
    cut_forms = [forms[n][:-cut] for cut in reversed(_CUTS) for n in rows]
    for values in np.split(target_list.log_probabilities(cut_forms), len(_CUTS)):
        stems[rows] = np.where(np.isnan(values), stems[rows], values)
    return stems
