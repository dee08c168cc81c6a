"""Tables of two columns: which columns hold the text and its translation, and what is no formula.

A cell that a spreadsheet would run as a formula gets an apostrophe when it is written, which is
taken off when it is read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reviewer.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FORMULA = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad ]*'*[=+\\-@\t\r＝＋－＠]")
_SOURCE = frozenset(
    (
        *("source", "src", "original", "source_text", "sourcetext", "msgid", "quelle"),
        *("quelltext", "origine", "fuente", "asli", "sumber", "原文", "源文", "ソース"),
    )
)
_TARGET = frozenset(
    (
        *("target", "tgt", "translation", "target_text", "targettext", "msgstr", "ziel"),
        *("zieltext", "übersetzung", "traduction", "traducción", "terjemahan"),
        *("译文", "翻译", "訳文"),
    )
)
WIDEST = 256
"""Columns that are looked at; a text and its translation stand further left."""
_SAMPLED = 200
_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a table both texts stand.

    Attributes:
        source, target: numbers of the columns, from 0.
        header: whether the first row names the columns.
        languages: BCP 47 tags that the header names; "" where it does not.
        titles: what each column is called, for choosing another.
        sure: whether the header says so, or the person.
    """

    source: int
    target: int
    header: bool
    languages: tuple[str, str]
    titles: tuple[str, ...]
    sure: bool


def find_columns(rows: Sequence[Sequence[str]], options: Mapping[str, Any]) -> Columns:
    """Return which columns are meant; raises FormatError where there are not two.

    Options: "columns", two numbers from 0, and "header". `rows` may be the first rows alone.
    """
    rows = [row[:WIDEST] for row in rows]
    width = max((len(row) for row in rows), default=0)
    if width < 2:
        message = "The table has no two columns; it holds no translation."
        raise FormatError(message)
    first = [cell.strip() for cell in rows[0]]
    named = _named(first, rows)
    header = named is not None or any(map(_is_title, first)) or _heads_numbers(rows)
    chosen = options.get("columns")
    if isinstance(options.get("header"), bool):
        header = options["header"]
    source, target = _fitting(chosen, width) or named or _fullest(rows, width)
    tags = tuple(_tag(first[n]) if header and n < len(first) else "" for n in (source, target))
    titles = [first[n] if header and n < len(first) else "" for n in range(width)]
    samples = [_sample(rows[1 if header else 0 :], n) for n in range(width)]
    told = tuple((t or s)[:_LONGEST_TITLE] for t, s in zip(titles, samples, strict=True))
    sure = named is not None or _fitting(chosen, width) is not None
    return Columns(source, target, header, (tags[0], tags[1]), told, sure)


def _fitting(chosen: object, width: int) -> tuple[int, int] | None:
    """Return two numbers of columns that a table has; None for anything else."""
    numbers = list(chosen) if isinstance(chosen, list | tuple) else []
    if len(numbers) != 2 or numbers[0] == numbers[1]:
        return None
    if not all(isinstance(n, int) and 0 <= n < width for n in numbers):
        return None
    return numbers[0], numbers[1]


def _named(first: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """Return the columns that a header names: as source and target, else by two languages."""
    lowered = [cell.lower() for cell in first]
    source = next((n for n, cell in enumerate(lowered) if cell in _SOURCE), None)
    target = next((n for n, cell in enumerate(lowered) if cell in _TARGET), None)
    if source is not None and target is not None:
        return source, target
    # "id" is Indonesian, or the column of the numbers.
    worded = [any(c.isalpha() for c in _sample(rows[1:], n)) for n in range(len(first))]
    tagged = [n for n, cell in enumerate(first) if _tag(cell) and worded[n]]
    return (tagged[0], tagged[1]) if len(tagged) == 2 else None


def _heads_numbers(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a column of numbers begins with a word: that row is a heading."""
    for number, title in enumerate(rows[0]):
        cells = [row[number].strip() for row in rows[1:_SAMPLED] if number < len(row)]
        if cells and all(map(str.isdigit, cells)) and not title.strip().isdigit():
            return True
    return False


def _is_title(cell: str) -> bool:
    return cell.lower() in _SOURCE | _TARGET


def _tag(cell: str) -> str:
    """Return a language tag of two or three letters, perhaps with a region; "" for other words."""
    found = re.fullmatch(r"([a-z]{2,3})(?:[-_]([A-Za-z]{2,4}|\d{3}))?", cell)
    if not found:
        return ""
    from reviewer.text.languages import is_language_tag

    tag = cell.replace("_", "-")
    return tag if is_language_tag(tag) and (len(found[1]) == 2 or found[2]) else ""


def _fullest(rows: Sequence[Sequence[str]], width: int) -> tuple[int, int]:
    """Return the two columns that hold most letters, in their order."""
    letters = [0] * width
    for row in rows[:_SAMPLED]:
        for number, cell in enumerate(row):
            letters[number] += sum(character.isalpha() for character in cell[:_SAMPLED])
    best = sorted(range(width), key=lambda number: -letters[number])[:2]
    return min(best), max(best)


def _sample(rows: Sequence[Sequence[str]], number: int) -> str:
    cells = (row[number].strip() for row in rows[:_SAMPLED] if number < len(row))
    return next((cell for cell in cells if cell), "")


def guarded(text: str) -> str:
    """Return what is written for a text, so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def guard_length(raw: str) -> int:
    """Return how many characters at the start of a cell are there only to guard it: 0 or 1."""
    return int(raw.startswith("'") and _FORMULA.match(raw, 1) is not None)
