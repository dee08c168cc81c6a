"""The names of the cells of a workbook: a column's letters and a row's number, like "AB12"."""

from __future__ import annotations

import re

_NAME = re.compile(r"([A-Z]{1,3})[0-9]+")


def column_of(name: str, otherwise: int) -> int:
    """Return the number of a cell's column, from 0; `otherwise` where it has no such name."""
    found = _NAME.fullmatch(name)
    if found is None:
        return otherwise
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def letters_of(column: int) -> str:
    """Return the letters of a column by its number from 0: A, B ... Z, AA ..."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
