"""What events `align.edit` ask for: beads that people, or a realignment, put in others' place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reviewer.model import Origin
from reviewer.review.alignment.places import Place, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewer.model import Event

MOST_PLACES = 2000
"""Pairs that one edit may name (`project-file.md`); a larger realignment is a new alignment."""


@dataclass(frozen=True, slots=True)
class StandingBead:
    """A bead as it stands.

    Attributes:
        confidence: 0-1; 1.0 where a person made it.
        edit: hash of the event that made it; None for a delivered one.
    """

    place: Place
    confidence: float = 1.0
    origin: Origin = Origin.AUTO
    edit: bytes | None = None


@dataclass(frozen=True, slots=True)
class AlignmentEdit:
    """What an event `align.edit` asks for: these beads instead of those."""

    hash: bytes
    remove: tuple[Place, ...]
    add: tuple[StandingBead, ...]


def read_edit(event: Event, content: Mapping[str, Any]) -> AlignmentEdit:
    """Return what an alignment edit asks for; what cannot be read asks for nothing."""
    remove, add = _places(content.get("remove")), _places(content.get("add"))
    told = content.get("confidence")
    sure = told if isinstance(told, list) and len(told) == len(add) else [None] * len(add)
    made = [_made(place, each, event) for place, each in zip(add, sure, strict=True)]
    return AlignmentEdit(event.hash, tuple(remove), tuple(made))


def _made(place: Place, thousandths: object, event: Event) -> StandingBead:
    """Return a bead of an edit: a machine's where it says how sure it is, else a person's."""
    if isinstance(thousandths, int) and 0 <= thousandths <= 1000:
        return StandingBead(place, thousandths / 1000, Origin.AUTO, event.hash)
    return StandingBead(place, 1.0, Origin.MANUAL, event.hash)


def _places(value: object) -> list[Place]:
    entries = value if isinstance(value, list) and len(value) <= MOST_PLACES else []
    places = [read(entry) for entry in entries]
    return [] if None in places else [place for place in places if place is not None]
