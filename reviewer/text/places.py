"""Countries, regions, languages and cities: which of them a text names, in any language we know.

The same row of the table under two names tells that two texts speak of one thing, also where the
names have nothing in common: Allemagne and Germany. Inflected forms and adjectives are found by
their beginnings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from reviewer import paths
from reviewer.text.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reviewer.text.languages import Language
    from reviewer.text.words import Word

_KEY = 3
_ENDING = 2
_LONG = 7
_MIDDLE = 5
_REMEMBERED = 1 << 13
"""Words of a language that are kept with the names they may begin."""


@dataclass(frozen=True, slots=True)
class _Name:
    row: int
    stems: tuple[str, ...]
    exact: bool
    capital: bool


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of one language, by their first letters.

    Attributes:
        spaced: for languages that separate words: from a word as written to the names that it
            may begin, mostly none; None where there are none.
        runs: for those that do not: first two characters -> names, the longest first.
    """

    spaced: Callable[[str], tuple[_Name, ...]] | None = None
    runs: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)


@cache
def _rows() -> tuple[dict[str, int], list[list[str]]]:
    lines = paths.resource("names", "places.tsv").read_text("utf-8").splitlines()
    table = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {code: column for column, code in enumerate(table[0])}, table[1:]


@cache
def _names(code: str, spaced: bool) -> _Names:  # noqa: FBT001 - the cache's key
    columns, rows = _rows()
    if code not in columns:
        return _Names()
    column = columns[code]
    pairs = [(row, name) for row, cells in enumerate(rows) for name in cells[column].split("|")]
    if not spaced:
        runs: dict[str, list[tuple[str, int]]] = {}
        for row, name in sorted(pairs, key=lambda pair: -len(pair[1])):
            if len(name) > 1:
                runs.setdefault(name[:2], []).append((name, row))
        return _Names(runs=runs)
    found: dict[str, list[_Name]] = {}
    for row, text in pairs:
        stems = tuple(_stem(word) for word in text.replace("-", " ").split())
        if stems and len(text) > 1:
            entry = _Name(row, stems, len(text) < _MIDDLE, text[0].isupper())
            found.setdefault(stems[0][:_KEY], []).append(entry)
    return _Names(spaced=_beginnings(found))


def _beginnings(names: Mapping[str, Sequence[_Name]]) -> Callable[[str], tuple[_Name, ...]]:
    """Return the function from a word as written to the names that it may begin."""

    @lru_cache(maxsize=_REMEMBERED)
    def begun_by(form: str) -> tuple[_Name, ...]:
        lowered = form.lower()
        capital = form[0].isupper() or lowered == form.upper()
        return tuple(
            name
            for name in names.get(lowered[:_KEY], ())
            if lowered.startswith(name.stems[0]) and (capital or not name.capital)
        )

    return begun_by


def _stem(word: str) -> str:
    """Return what a word keeps in its inflected forms."""
    lower = word.lower()
    if len(lower) >= _LONG:
        return lower[:-2]
    return lower[:-1] if len(lower) >= _MIDDLE else lower


def places(text: str, language: Language, found: Sequence[Word] | None = None) -> dict[int, int]:
    """Return the rows of the places that `text` names, each with the place of its first mention.

    `found` are its words, if they are known already.
    """
    names = _names(language.code, language.spaced)
    if names.runs:
        return _in_runs(text, names.runs)
    if names.spaced is None:
        return {}
    rows: dict[int, int] = {}
    for row, start in _in_words(words(text) if found is None else found, names.spaced):
        rows.setdefault(row, start)
    return rows


def _in_words(
    found: Sequence[Word], begun_by: Callable[[str], tuple[_Name, ...]]
) -> Iterator[tuple[int, int]]:
    begun = list(map(begun_by, [word[2] for word in found]))
    if not any(begun):
        return
    lowered = [word.text.lower() for word in found]
    for at, names in enumerate(begun):
        for name in names:
            if _is_at(lowered, at, name):
                yield name.row, found[at].start


def _is_at(lowered: Sequence[str], at: int, name: _Name) -> bool:
    if name.exact:
        extra = len(lowered[at]) - len(name.stems[0])
        inflected = extra <= _ENDING and len(name.stems[0]) > _KEY
        return lowered[at].startswith(name.stems[0]) and (not extra or inflected)
    if len(lowered) < at + len(name.stems):
        return False
    return all(lowered[at + step].startswith(stem) for step, stem in enumerate(name.stems))


def _in_runs(text: str, names: Mapping[str, Sequence[tuple[str, int]]]) -> dict[int, int]:
    rows: dict[int, int] = {}
    at = 0
    while at < len(text) - 1:
        for name, row in names.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                rows.setdefault(row, at)
                at += len(name) - 1
                break
        at += 1
    return rows
