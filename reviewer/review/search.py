"""Find and replace over the pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from reviewer.errors import ReviewerError
from reviewer.model import Pair, Side, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

_SECONDS = 2.0
"""A pattern that takes longer on one text is given up: it would hang the window."""


class SearchError(ReviewerError):
    """A search pattern cannot be used."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a search found.

    Attributes:
        old: the text there.
        replacement: what would stand there instead; None where nothing is to be replaced.
    """

    number: int
    span: Span
    old: str
    replacement: str | None = None


def find(
    pairs: Iterable[Pair],
    text: str,
    *,
    case: bool = False,
    is_pattern: bool = False,
    side: Side | None = None,
    replacement: str | None = None,
) -> list[Hit]:
    r"""Return where a text or pattern stands; raises SearchError for a pattern that is none.

    With `replacement`, each hit says what would stand in its place; in a pattern's replacement
    \1 or \g<name> stand for its groups.
    """
    if not text:
        return []
    pattern = _pattern(text, case=case, is_pattern=is_pattern)
    sides = (side,) if side else (Side.SOURCE, Side.TARGET)
    hits = []
    try:
        for pair in pairs:
            for column in sides:
                for match in pattern.finditer(pair.text(column), timeout=_SECONDS):
                    if match.end() > match.start():
                        span = Span(column, match.start(), match.end())
                        new = _new(match, replacement, is_pattern=is_pattern)
                        hits.append(Hit(pair.number, span, match.group(), new))
    except TimeoutError:
        message = f"The pattern “{text}” takes too long; a simpler one may do."
        raise SearchError(message) from None
    return hits


def _pattern(text: str, *, case: bool, is_pattern: bool) -> regex.Pattern[str]:
    flags = regex.VERSION1 | (0 if case else regex.IGNORECASE | regex.FULLCASE)
    try:
        return regex.compile(text if is_pattern else regex.escape(text), flags)
    except regex.error as error:
        message = f"“{text}” is no valid pattern: {error}."
        raise SearchError(message) from None


def _new(match: regex.Match[str], replacement: str | None, *, is_pattern: bool) -> str | None:
    if replacement is None or not is_pattern:
        return replacement
    try:
        return str(match.expand(replacement))
    except (regex.error, IndexError) as error:
        message = f"“{replacement}” is no valid replacement: {error}."
        raise SearchError(message) from None
