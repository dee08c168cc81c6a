"""A hypothesis: one source term, several wordings in the target."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewer.terms.words import Words


class Method(enum.Enum):
    """What made a hypothesis."""

    COVER = "cover"
    SLOT = "slot"
    STRAY = "stray"
    SURFACE = "surface"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A phrase where it stands: its first token and its length in tokens."""

    token: int
    length: int


@dataclass(frozen=True)
class Wording:
    """Occurrences of one rendering.

    Attributes:
        keys: of its tokens; occurrences that are forms of each other share them.
        places: in order.
        outside: the number of pairs in which it stands without the source phrase.
    """

    keys: tuple[int, ...]
    places: tuple[Place, ...]
    outside: int = 0

    def pairs(self, words: Words) -> frozenset[int]:
        """Return the pairs it stands in."""
        return frozenset(int(words.pair[place.token]) for place in self.places)


@dataclass(frozen=True)
class Hypothesis:
    """A source phrase and the wordings it may have received.

    Attributes:
        source: number of the source phrase.
        wordings: two or more, most frequent first.
        uncovered: pairs of the source phrase that hold none of them.
    """

    source: int
    wordings: tuple[Wording, ...]
    method: Method
    score: float
    uncovered: int = 0
