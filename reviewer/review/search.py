"""Find and replace over the pairs, a little at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np
import regex

from reviewer.errors import ReviewerError
from reviewer.model import Pair, Side, Span
from reviewer.review.decisions import gradual

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

MOST_MARKED = 2_000
"""Places of a pair that are shown as marked."""
_SECONDS = 0.3
"""A pattern that takes longer on one text is given up: it would hang the window."""
_APART = 1_000
"""Places of a pair between those that are remembered to go on from."""
_WHOLE: Mapping[Side, int | None] = {}


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


class Search(Sequence[Hit]):
    """The places where a text or pattern stands, in order, as far as it was searched so far.

    Of a pair that was searched only the number of its places is kept, so that millions cost
    little; a place is looked for again when it is asked for.
    """

    def __init__(
        self,
        pair: Callable[[int], Pair],
        count: int,
        text: str,
        *,
        case: bool = False,
        is_pattern: bool = False,
        side: Side | None = None,
        replacement: str | None = None,
    ) -> None:
        r"""Prepare to search; raises SearchError for a pattern that is none.

        With `replacement`, each hit says what would stand in its place; in a pattern's
        replacement \1 or \g<name> stand for its groups.

        `pair` returns a pair by its number, of so many, with the texts as they stand. `side`
        None searches both.
        """
        self._pair = pair
        self._count = count if text else 0
        self._text = text
        self._pattern = _pattern(text, case=case, is_pattern=is_pattern)
        self._is_pattern = is_pattern
        self._sides = (side,) if side else (Side.SOURCE, Side.TARGET)
        self._replacement = replacement
        self._found = np.zeros(self._count, np.int64)
        self._marks: dict[int, list[_Mark]] = {}
        self._ends: NDArray[np.int64] | None = None
        self._total = 0
        self._reached = 0
        self._steps = self._search()

    # Searching

    @property
    def reached(self) -> float:
        """How much was searched, 0-1."""
        return self._reached / self._count if self._count else 1.0

    def run(self, seconds: float | None = None) -> bool:
        """Search on for about so long, to the end with None; return whether that is reached.

        Raises SearchError for a pattern that takes too long.
        """
        return gradual.run(self._steps, seconds)

    def again(self, numbers: Iterable[int]) -> None:
        """Search pairs whose texts are others now; raises SearchError as `run` does."""
        for number in numbers:
            if number < self._reached:
                for _ in self._count_in(number):
                    pass

    def _too_long(self) -> SearchError:
        message = f"The pattern “{self._text}” takes too long; a simpler one may do."
        return SearchError(message)

    def _search(self) -> Iterator[None]:
        while self._reached < self._count:
            yield from self._count_in(self._reached)
            self._reached += 1
            yield

    def _count_in(self, number: int) -> Iterator[None]:
        """Count the places in a pair, with a step for each thousand."""
        count = 0
        marks: list[_Mark] = []
        for side, match in self._matches(self._pair(number)):
            count += 1
            if not count % _APART:
                marks.append(_Mark(count, side, match.end()))
                yield
        self._marks.pop(number, None)
        if marks:
            self._marks[number] = marks
        self._total += count - int(self._found[number])
        self._found[number] = count
        self._ends = None

    def _matches(
        self, pair: Pair, begin: _Mark | None = None, ends: Mapping[Side, int | None] = _WHOLE
    ) -> Iterator[tuple[Side, regex.Match[str]]]:
        """Yield the places in a pair, from behind one of them; up to offsets of the sides."""
        at = self._sides.index(begin.side) if begin else 0
        for side in self._sides[at:]:
            start = begin.end if begin is not None and side is begin.side else 0
            text = pair.text(side)[: ends.get(side)]
            yield from ((side, match) for match in self._in_text(text, start))

    def _in_text(self, text: str, start: int) -> Iterator[regex.Match[str]]:
        """Yield the places in a text that are not empty; each thousand has its own time.

        Raises SearchError where that is up, as does whatever asks for a place.
        """
        while True:
            matches = self._pattern.finditer(text, start, timeout=_SECONDS)
            last, count = None, 0
            try:
                for last in islice(matches, _APART):
                    count += 1
                    if last.end() > last.start():
                        yield last
            except TimeoutError:
                raise self._too_long() from None
            if last is None or count < _APART:
                return
            start = max(last.end(), last.start() + 1)

    # The places

    def __len__(self) -> int:
        return self._total

    @overload
    def __getitem__(self, index: int) -> Hit: ...

    @overload
    def __getitem__(self, index: slice) -> list[Hit]: ...

    def __getitem__(self, index: int | slice) -> Hit | list[Hit]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        number = int(np.searchsorted(self._counted(), at, "right"))
        inside = at - self.before(number)
        marks = self._marks.get(number, [])
        mark = marks[inside // _APART - 1] if inside >= _APART else None
        left = inside - mark.found if mark else inside
        matches = self._matches(self._pair(number), mark)
        return self._hit(number, *next(islice(matches, left, None)))

    def __iter__(self) -> Iterator[Hit]:
        for number in np.flatnonzero(self._found).tolist():
            for match in self._matches(self._pair(number)):
                yield self._hit(number, *match)

    def before(self, number: int) -> int:
        """Return how many places were found in the pairs before one."""
        return int(self._counted()[number - 1]) if number and self._count else 0

    def has_searched(self, number: int) -> bool:
        """Return whether a pair was searched."""
        return number < self._reached

    def index_from(self, hit: Hit) -> int:
        """Return the index of the first place at or behind one, which may be no more."""
        if hit.number >= self._count:
            return len(self)
        is_before = (
            match.start() < hit.span.start if side is hit.span.side else side is Side.SOURCE
            for side, match in self._matches(self._pair(hit.number))
        )
        return self.before(hit.number) + len([*takewhile(bool, is_before)])

    def in_pair(self, pair: Pair, ends: Mapping[Side, int | None] = _WHOLE) -> list[Span]:
        """Return the first places in a pair, searched or not, two thousand at most.

        `ends` says up to which offset a side is looked at, None for all of it.
        """
        if not self._count:
            return []
        try:
            matches = islice(self._matches(pair, None, ends), MOST_MARKED)
            return [Span(side, match.start(), match.end()) for side, match in matches]
        except SearchError:
            return []

    def _counted(self) -> NDArray[np.int64]:
        if self._ends is None:
            self._ends = np.cumsum(self._found)
        return self._ends

    def _hit(self, number: int, side: Side, match: regex.Match[str]) -> Hit:
        span = Span(side, match.start(), match.end())
        new = _new(match, self._replacement, is_pattern=self._is_pattern)
        return Hit(number, span, match.group(), new)


class _Mark(NamedTuple):
    """So many places of a pair end on a side at an offset or before."""

    found: int
    side: Side
    end: int


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
