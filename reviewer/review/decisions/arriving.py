"""Very many decisions that come at once, parted so that the window goes on between the parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.review.decisions.registers import BY_SUBJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewer.model import Event

MANY = 2_000
"""Events from elsewhere beyond which they are taken in parts."""
_AT_ONCE = 500
"""Events of a part, some 0.1 s; a register that holds more is still one part."""


def parts(events: Iterable[Event], at_once: int = _AT_ONCE) -> Iterator[tuple[Event, ...]]:
    """Yield events in parts, none of which breaks a register off.

    What is decided between two parts would else supersede what nobody has seen. First comes all
    that is no text and no verdict: what takes others back, alignments, settings.
    """
    registers: dict[tuple[str, bytes | None], list[Event]] = {}
    others: list[Event] = []
    for event in events:
        if event.kind in BY_SUBJECT:
            registers.setdefault((event.kind, event.subject), []).append(event)
        else:
            others.append(event)
    if others:
        yield tuple(others)
    part: list[Event] = []
    for register in registers.values():
        part += register
        if len(part) >= at_once:
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)
