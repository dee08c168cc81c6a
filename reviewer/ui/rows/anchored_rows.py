"""Which rows are in view: scrolled from an anchor row, so that content moves exactly as told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.ui.rows.row_heights import RowHeights

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in the view: its index, upper edge and height in pixels."""

    index: int
    y: int
    height: int

    @property
    def bottom(self) -> int:
        """First pixel below the row."""
        return self.y + self.height


class AnchoredRows:
    """Rows of different heights in a view of a given height.

    Rows are measured when they come into view. What is above the anchor may have wrong estimates:
    the scroll bar then corrects itself, the content stays where it is.

    Attributes:
        top: the anchor, the first row in view.
        offset: pixels of it that are above the view.
        places: the rows in view, from the top; as of the last call that moved or settled.
    """

    def __init__(self, measure: Callable[[int], int]) -> None:
        self._measure = measure
        self._view = 0
        self.heights = RowHeights()
        self.top = 0
        self.offset = 0
        self.places: list[Place] = []

    def reset(self, count: int, estimate: int) -> None:
        """Start with other rows, or with rows that are all to be measured anew."""
        self.heights.reset(count, estimate)
        self.top = min(self.top, max(0, count - 1))
        if not count:
            self.offset = 0

    @property
    def position(self) -> int:
        """Where the upper edge of the view is, as the scroll bar counts."""
        return self.heights.top_of(self.top) + self.offset if len(self.heights) else 0

    @property
    def furthest(self) -> int:
        """The largest position."""
        return max(0, self.heights.total - self._view)

    def height_of(self, index: int) -> int:
        """Return the height of a row, measured now if it was not yet."""
        if not self.heights.is_measured(index):
            self.heights[index] = self._measure(index)
        return self.heights[index]

    def settle(self, view: int) -> None:
        """Measure what is in a view of this height and keep the ends in place."""
        self._view = view
        if len(self.heights):
            self.offset = min(self.offset, self.height_of(self.top) - 1)
        self._place()
        if self.places and self.places[-1].bottom < view and (self.top or self.offset):
            self._show_end()

    def scroll_by(self, delta: int) -> None:
        """Move the view down by `delta` pixels, or up if it is negative."""
        if not len(self.heights):
            return
        if abs(delta) >= 2 * max(self._view, 1):
            self.scroll_to(self.position + delta)
            return
        self._walk(self.top, self.offset + delta)
        self.settle(self._view)

    def scroll_to(self, position: int) -> None:
        """Move the view to a position of the scroll bar."""
        if not len(self.heights):
            return
        if position >= self.furthest:
            # The furthest position is an estimate; whoever goes there wants the last row.
            self._show_end()
            return
        position = max(position, 0)
        self.top = self.heights.row_at(position)
        self.offset = max(0, position - self.heights.top_of(self.top))
        self.settle(self._view)

    def put(self, index: int, y: int) -> None:
        """Move the view so that a row begins `y` pixels below its upper edge."""
        self._walk(index, -y)
        self.settle(self._view)

    def place_of(self, index: int) -> Place | None:
        """Return where a row is in view; None where it is not."""
        if not self.places:
            return None
        number = index - self.places[0].index
        return self.places[number] if 0 <= number < len(self.places) else None

    def at(self, y: int) -> Place | None:
        """Return the row that covers a pixel of the view; None below the last one."""
        return next((place for place in self.places if place.y <= y < place.bottom), None)

    def _walk(self, top: int, offset: int) -> None:
        """Take `offset` pixels from the upper edge of a row to the row that is there."""
        while offset < 0 and top > 0:
            top -= 1
            offset += self.height_of(top)
        while top < len(self.heights) - 1 and offset >= self.height_of(top):
            offset -= self.height_of(top)
            top += 1
        self.top, self.offset = top, max(0, offset)

    def _place(self) -> None:
        y, index, self.places = -self.offset, self.top, []
        while index < len(self.heights) and y < self._view:
            place = Place(index, y, self.height_of(index))
            self.places.append(place)
            y, index = place.bottom, index + 1

    def _show_end(self) -> None:
        top, room = len(self.heights), self._view
        while top > 0 and room > 0:
            top -= 1
            room -= self.height_of(top)
        self.top, self.offset = top, max(0, -room)
        self._place()
