"""Names of months and of days of the week in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reviewer.text.languages import language as data_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reviewer.text.languages import Language

_WORD = re.compile(r"[^\W\d_]{2,}(?:['’ʼ-][^\W\d_]{2,})?")
_NEAR = re.compile(r"[0-9٠-٩०-९]")
_DISTANCE = 8
_SURE = 7
"""Letters from which a month's name is nothing else ("March" may be, "February" is not)."""


class DateName(NamedTuple):
    """A name of a month or day with its place; `place` counts from 0."""

    start: int
    end: int
    text: str
    place: int


@dataclass(frozen=True, slots=True)
class _Names:
    exact: Mapping[str, int]
    stems: Mapping[str, int]
    substrings: tuple[tuple[str, int], ...]
    capital: bool
    needles: tuple[str, ...] = ()


@cache
def _names(code: str, key: str) -> _Names:
    language = data_of(code)
    rows = language.table.get("numbers", {}).get(key, ())
    forms = [(form, index) for index, row in enumerate(rows) for form in row.split()]
    capital = bool(language.table.get("typography", {}).get("capital_dates", False))
    if not language.spaced or code == "ko":
        return _Names({}, {}, tuple(forms), capital=False)
    needles = {form.rstrip("*").lower() for form, _ in forms}
    return _Names(
        {form.lower(): index for form, index in forms if not form.endswith("*")},
        {form[:-1].lower(): index for form, index in forms if form.endswith("*")},
        (),
        capital,
        # A text without "mar" has no "march" either.
        tuple(one for one in needles if not any(o in one for o in needles - {one})),
    )


def find_days(text: str, language: Language) -> list[DateName]:
    """Return the days of the week that `text` names, Monday is 0."""
    names = _names(language.code, "weekdays")
    return list(_find(text, names, capital=names.capital))


def find_months(text: str, language: Language, *, any_case: bool = False) -> list[DateName]:
    """Return the months that `text` names, January is 0; doubtful ones only beside a number.

    `any_case` takes “march” for a month too, where the language writes “March”.
    """
    names = _names(language.code, "months")
    return [
        name
        for name in _find(text, names, capital=names.capital and not any_case)
        if len(name.text) >= _SURE or _is_near_number(text, name)
    ]


def _is_near_number(text: str, name: DateName) -> bool:
    around = text[max(name.start - _DISTANCE, 0) : name.start], text[name.end :][:_DISTANCE]
    return any(_NEAR.search(piece) for piece in around)


def _find(text: str, names: _Names, *, capital: bool) -> Iterator[DateName]:
    """Yield the names in a text; `capital` passes over what is written small."""
    if names.substrings:
        yield from _find_substrings(text, names.substrings)
        return
    lower = text.lower()
    if not any(map(lower.__contains__, names.needles)):
        return
    for match in _WORD.finditer(text):
        word = match.group()
        if capital and word[0].islower():
            continue
        index = names.exact.get(word.lower())
        if index is None:
            index = _by_stem(word.lower(), names.stems)
        if index is not None:
            yield DateName(match.start(), match.end(), word, index)


def _by_stem(word: str, stems: Mapping[str, int]) -> int | None:
    for length in range(min(len(word), 14), 2, -1) if stems else ():
        if word[:length] in stems:
            return stems[word[:length]]
    return None


def _find_substrings(text: str, names: Iterable[tuple[str, int]]) -> Iterator[DateName]:
    for name, index in names:
        start = text.find(name)
        if start >= 0:
            yield DateName(start, start + len(name), name, index)
