"""A hypothesis: one source term, several wordings in the target."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewer.terms.words import Words


class Method(enum.Enum):
    """What made a hypothesis."""

    WORDING = "wording"
    SURFACE = "surface"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A phrase where it stands: its first token and its length in tokens."""

    token: int
    length: int

    def tokens(self) -> range:
        """Return its tokens."""
        return range(self.token, self.token + self.length)


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """An occurrence of the source phrase, by its first token, and what renders it.

    Attributes:
        fit: how well they fit, about 0-2.
    """

    source: int
    place: Place
    fit: float


@dataclass(frozen=True)
class Wording:
    """Occurrences of one rendering.

    Attributes:
        keys: of its tokens; occurrences that are forms of each other share them.
        matches: in order of the source.
        outside: the number of pairs in which it stands without the source phrase.
        read: whether it was read off single places, not found as a repeated phrase.
        lead: of what was read, how much better it fits than what else stands there; about 0-2.
    """

    keys: tuple[int, ...]
    matches: tuple[Match, ...]
    outside: int = 0
    read: bool = False
    lead: float = 2.0

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it stands."""
        return tuple(match.place for match in self.matches)

    def pairs(self, words: Words) -> frozenset[int]:
        """Return the pairs it stands in."""
        return frozenset(int(words.pair[match.place.token]) for match in self.matches)


@dataclass(frozen=True)
class Found:
    """What a source phrase may show, before it is judged.

    Attributes:
        wordings: two or more renderings, or none.
        surface: one rendering in several spellings.
    """

    wordings: tuple[Wording, ...] = ()
    surface: Hypothesis | None = None


@dataclass(frozen=True)
class Hypothesis:
    """A source phrase and the wordings it may have received.

    Attributes:
        source: number of the source phrase.
        wordings: two or more, most frequent first.
        score: the probability that a reviewer calls it drift.
    """

    source: int
    wordings: tuple[Wording, ...]
    method: Method
    score: float = 0.0
