"""Countries, regions, languages and cities: which of them a text names, in any language we know.

The same row of the table under two names tells that two texts speak of one thing, also where the
names have nothing in common: Allemagne and Germany. Inflected forms and adjectives are found by
their beginnings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from reviewer import paths
from reviewer.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reviewer.text.languages import Language
    from reviewer.text.words import Word

_KEY = 3
_ENDING = 2
_LONG = 7
_MIDDLE = 5
_OTHER_CAPITALS = {"i": "İ", "k": "\u212a", "å": "\u212b"}
"""Letters with a second capital: the dotted I, the signs of Kelvin and Ångström."""


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
        spaced: for languages that separate words.
        letters: with which these may begin, as written.
        runs: for those that do not: first two characters -> names, the longest first.
    """

    spaced: Mapping[str, Sequence[_Name]] = field(default_factory=dict)
    letters: frozenset[str] = frozenset()
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
    letters = _first_letters(name for same in found.values() for name in same)
    return _Names(spaced=found, letters=letters)


def _first_letters(names: Iterable[_Name]) -> frozenset[str]:
    """Return the letters, as written, with which the names may begin."""
    letters: set[str] = set()
    for name in names:
        small = name.stems[0][0]
        letters.update((small.upper(), small.title(), _OTHER_CAPITALS.get(small, "")))
        if not name.capital:
            letters.add(small)
    return frozenset(letters)


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
    if not names.spaced:
        return {}
    rows: dict[int, int] = {}
    for row, start in _in_words(words(text) if found is None else found, names):
        rows.setdefault(row, start)
    return rows


def _in_words(found: Sequence[Word], names: _Names) -> Iterator[tuple[int, int]]:
    letters = names.letters
    starts = [at for at, word in enumerate(found) if word[2][0] in letters]
    if not starts:
        return
    lowered = [word[2].lower() for word in found]
    for at in starts:
        word = lowered[at]
        for name in names.spaced.get(word[:_KEY], ()):
            if not word.startswith(name.stems[0]):
                continue
            capital = found[at].text[0].isupper() or word == found[at].text.upper()
            if (capital or not name.capital) and _is_at(lowered, at, name):
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
