"""Tells how far the search is, and stops it when the person says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeVar

    Item = TypeVar("Item")

WHOLE = 100


@dataclass(frozen=True)
class Watch:
    """The caller's two callbacks, and the part of the work that is being done.

    Attributes:
        progress: called with (done, whole) in percent; None if nobody asks.
        cancelled: asked now and then; None for never.
        start, end: percent at the beginning and at the end of this part.
    """

    progress: Callable[[int, int], None] | None = None
    cancelled: Callable[[], bool] | None = None
    start: float = 0.0
    end: float = WHOLE

    def part(self, start: float, end: float) -> Watch:
        """Return the watch over a part of this one, given as shares of it."""
        size = self.end - self.start
        return Watch(
            self.progress, self.cancelled, self.start + start * size, self.start + end * size
        )

    def each(self, items: Iterable[Item], total: int, step: int = 64) -> Iterator[Item]:
        """Yield the items; between them, tell how many of the total are done.

        Raises:
            Cancelled: when `cancelled` says so.
        """
        for number, item in enumerate(items):
            if number % step == 0:
                self.look(number / max(1, total))
            yield item

    def look(self, share: float) -> None:
        """Tell that a share of this part is done; raise Cancelled when that is wanted."""
        if self.cancelled is not None and self.cancelled():
            raise Cancelled("The search for terms was stopped.")
        if self.progress is not None:
            self.progress(int(self.start + share * (self.end - self.start)), WHOLE)
