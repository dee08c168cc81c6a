"""Codes that both sides of a unit share: the same code is the same character in both texts."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from reviewer.errors import FormatError
from reviewer.formats.layout import Piece  # noqa: TC001 - a field of a NamedTuple
from reviewer.model import FIRST_CODE, LAST_CODE, Code, CodeKind


class Parsed(NamedTuple):
    """A stretch of a file as text.

    Attributes:
        codes: in the order of their placeholders.
        pieces: where each character comes from in the stretch; see `layout.Piece`.
    """

    text: str
    codes: tuple[Code, ...]
    pieces: tuple[Piece, ...]


class CodeTable:
    """Which character stands for which code of a unit, on either side."""

    def __init__(self) -> None:
        self._characters: dict[tuple[CodeKind, str, int], str] = {}

    def side(self) -> Side:
        """Return what numbers the codes of one side, in their order."""
        return Side(self)

    def character(self, kind: CodeKind, id_: str, number: int) -> str:
        """Return the character of the n-th code of a kind and id; raises FormatError."""
        key = kind, id_, number
        if key not in self._characters:
            place = FIRST_CODE + len(self._characters)
            if place > LAST_CODE:
                message = "a sentence holds more inline codes than can be read."
                raise FormatError(message)
            self._characters[key] = chr(place)
        return self._characters[key]


class Side:
    """The codes of one side of a unit, as they come."""

    def __init__(self, table: CodeTable) -> None:
        self._table = table
        self._seen: Counter[tuple[CodeKind, str]] = Counter()

    def code(self, kind: CodeKind, id_: str, data: str, shown: str = "") -> Code:
        """Return the next code of this side."""
        number = self._seen[kind, id_]
        self._seen[kind, id_] += 1
        return Code(self._table.character(kind, id_, number), id_, kind, data, shown)
