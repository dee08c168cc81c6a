"""Text selected with the mouse in a cell, for reading and copying."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTextBoundaryFinder

if TYPE_CHECKING:
    from reviewer.model import Side


@dataclass(frozen=True, slots=True)
class Selection:
    """A range of the joined text of one side of a pair; `end` may be before `start`."""

    number: int
    side: Side
    start: int
    end: int

    @property
    def range(self) -> tuple[int, int]:
        """Both ends in order."""
        return min(self.start, self.end), max(self.start, self.end)

    def to(self, end: int) -> Selection:
        """Return the selection dragged to another end."""
        return replace(self, end=end)

    def is_in(self, number: int, side: Side) -> bool:
        """Return whether anything is selected in a cell."""
        return self.number == number and self.side is side and self.start != self.end


def word_around(text: str, offset: int) -> tuple[int, int]:
    """Return the word at an offset, as Unicode delimits words; offsets are code points."""
    if offset > 0 and text[offset - 1].isalnum() and not text[offset : offset + 1].isalnum():
        # The mouse was on the right half of the word's last letter.
        offset -= 1
    # UTF-32 would be simpler, but Qt counts UTF-16 units.
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if character > "\uffff" else 1))
    places = {unit: number for number, unit in enumerate(units)}
    kind = QTextBoundaryFinder.BoundaryType.Word
    finder = QTextBoundaryFinder(kind, text.encode("utf-16", "replace").decode("utf-16"))
    finder.setPosition(units[min(offset, len(text))])
    start = finder.position() if finder.isAtBoundary() else finder.toPreviousBoundary()
    finder.setPosition(max(start, 0))
    end = finder.toNextBoundary()
    if end < 0:
        end = units[-1]
    return places.get(max(start, 0), offset), places.get(end, offset)
