"""The units of a document cut into segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.errors import Cancelled
from reviewer.model import Segment
from reviewer.segment.engine import breaks
from reviewer.segment.rules import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reviewer.model import Unit
    from reviewer.segment.rules import Rules

_BETWEEN = 20_000
"""Code points between two looks at the Cancel button: a few milliseconds."""


def segment_units(
    units: Sequence[Unit],
    language: str,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Segment, ...]:
    """Return the segments of the translatable units, numbered from 0, none of them blank.

    Ranges leave out the white space around a sentence. `progress` is called with how many
    units are done and of how many. Raises Cancelled when `cancelled` says so.
    """
    known = rules(language)
    segments: list[Segment] = []
    since = 0
    for number, unit in enumerate(units):
        if not unit.translatable:
            continue
        for start, end in _ranges(unit.text, known):
            segments.append(_segment(len(segments), number, unit, start, end))
            since += end - start
            if since > _BETWEEN:
                since = 0
                _look_up(number, len(units), progress, cancelled)
    _look_up(len(units), len(units), progress, cancelled)
    return tuple(segments)


def _ranges(text: str, known: Rules) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the sentences of a text without the white space around them."""
    last = 0
    for place in (*breaks(text, known), len(text)):
        sentence = text[last:place]
        stripped = sentence.strip()
        if stripped:
            start = last + len(sentence) - len(sentence.lstrip())
            yield start, start + len(stripped)
        last = place


def _segment(number: int, place: int, unit: Unit, start: int, end: int) -> Segment:
    text = unit.text[start:end]
    codes = tuple(code for code in unit.codes if code.character in text) if unit.codes else ()
    return Segment(number, place, start, end, text, codes, unit.state)


def _look_up(
    done: int,
    total: int,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> None:
    if cancelled is not None and cancelled():
        raise Cancelled("Stopped.")
    if progress is not None:
        progress(done, total)
