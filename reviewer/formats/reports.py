"""What is told and shown of a large bilingual file while it is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer.formats.base import Onlooker
    from reviewer.formats.pairs import Skeleton
    from reviewer.model import Unit

FIRST = 60
"""Units that are shown while the rest is read: more than a window has room for."""


@dataclass(slots=True)
class Reports:
    """Tells an onlooker, if there is one, how far the reading of a file is.

    The walk through the file is one half of the work, the making of the units the other.

    Attributes:
        size: bytes of the file.
    """

    onlooker: Onlooker | None
    size: int
    _shown: bool = False

    def walked(
        self, place: int, found: int, first: Callable[[], tuple[Skeleton, tuple[str, str]]]
    ) -> None:
        """Tell how far the walk is, and show the first units once that many were found.

        `first` gives what was found so far, and the languages.
        """
        if self.onlooker is None:
            return
        # The last one may not be whole.
        if not self._shown and found > FIRST:
            self._shown = True
            skeleton, languages = first()
            some = replace(skeleton, places=skeleton.places[:FIRST])
            self.onlooker.show(*some.units(), languages)
        self.onlooker.tell(place, 2 * self.size)

    def units(self, skeleton: Skeleton) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
        """Return the units of both sides, telling how many there are."""
        onlooker = self.onlooker
        if onlooker is None:
            return skeleton.units()
        count = len(skeleton.places) or 1
        return skeleton.units(lambda number: onlooker.tell(count + number, 2 * count))
