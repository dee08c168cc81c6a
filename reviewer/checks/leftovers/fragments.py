"""From states to fragments: stretches of foreign words, their score and their language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reviewer.checks.leftovers import flags as flag
from reviewer.checks.leftovers.emissions import NAME, TARGET
from reviewer.checks.leftovers.paths import entering

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from reviewer.checks.leftovers.emissions import Emissions
    from reviewer.checks.leftovers.tokens import Tokens
    from reviewer.checks.leftovers.weights import Weights

_BRIDGED = 3
WHOLE_LEAST = 3
"""Foreign words that a segment must have to be called foreign as a whole."""

_WHOLE_MOST_TARGET = 0.25
_WHOLE_FOREIGN = 0.6
_WHOLE_FOREIGN_WITHOUT_TARGET = 0.4

PASSED = -1
"""The label of a neutral word."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of a segment that is not in the target language.

    Attributes:
        segment: index of the segment.
        start, end: its range in the segment's text.
        score: how much better it fits there, in natural logarithms; above the threshold.
        state: SOURCE, SCRIPT or THIRD and above.
        whole: it is all of the segment.
    """

    segment: int
    start: int
    end: int
    score: float
    state: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one segment with their labels.

    Attributes:
        first: index of its first word in the tokens; the other columns count from there.
        label: a state, or PASSED.
        score: of the word's state over the better of target and name.
        margin: as in `Emissions`.
        breaks: a clause ends before the word.
        fixed: a word is certainly in the target language.
        own: words in the target's script that are not Latin and no fragment.
    """

    first: int
    label: Sequence[int]
    score: Sequence[float]
    margin: Sequence[float]
    breaks: Sequence[bool]
    fixed: bool
    own: int

    def is_foreign(self, place: int) -> bool:
        """Whether a word is in a state other than target and name."""
        return self.label[place] not in _HOME


_HOME = frozenset({PASSED, TARGET, NAME})


def find_fragments(
    tokens: Tokens,
    rows: NDArray[np.intp],
    weighed: Emissions,
    labels: NDArray[np.intp],
    weights: Weights,
) -> Iterator[Fragment]:
    """Yield the fragments in order; `rows` are the words that have labels."""
    segment = np.array(tokens.segment, np.intp)
    label, score, margin = _columns(len(segment), rows, weighed, labels)
    flags = np.array(tokens.flags, np.intp)
    breaks, fixed = (flags & flag.BREAK) != 0, (flags & flag.FIXED) != 0
    native = (flags & (flag.OWN_SCRIPT | flag.LATIN)) == flag.OWN_SCRIPT
    enter = entering(weights)
    for number in np.unique(segment[rows[(labels != TARGET) & (labels != NAME)]]).tolist():
        first, end = np.searchsorted(segment, [number, number + 1]).tolist()
        line = Line(
            first,
            label[first:end].tolist(),
            score[first:end].tolist(),
            margin[first:end].tolist(),
            breaks[first:end].tolist(),
            bool(fixed[first:end].any()),
            int((native[first:end] & (label[first:end] == TARGET)).sum()),
        )
        found = []
        for start, stop in _stretches(line, weights.trim):
            total = sum(line.score[n] for n in range(start, stop) if line.is_foreign(n))
            total += float(enter[line.label[start]])
            if total > weights.threshold:
                found.append(_fragment(tokens, line, (start, stop), total))
        yield from _widened(tokens, line, found)


def _columns(
    count: int, rows: NDArray[np.intp], weighed: Emissions, labels: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
    label = np.full(count, PASSED, np.intp)
    label[rows] = labels
    states = weighed.states
    chosen = np.take_along_axis(states, labels[:, None], axis=1)[:, 0]
    score, margin = np.zeros(count), np.zeros(count)
    score[rows] = chosen - np.maximum(states[:, TARGET], states[:, NAME])
    margin[rows] = weighed.margin
    return label, score, margin


def _stretches(line: Line, trim: float) -> Iterator[tuple[int, int]]:
    """Yield ranges of foreign words, a few neutral ones between them, the edges trimmed."""
    place, count = 0, len(line.label)
    while place < count:
        if not line.is_foreign(place):
            place += 1
            continue
        last = ahead = place
        while ahead + 1 < count:
            ahead += 1
            if line.is_foreign(ahead):
                last = ahead
            elif line.label[ahead] == TARGET or ahead - last > _BRIDGED or line.breaks[ahead]:
                break
        start, end = place, last + 1
        while start < end and not (line.is_foreign(start) and line.margin[start] >= trim):
            start += 1
        while start < end and not (line.is_foreign(end - 1) and line.margin[end - 1] >= trim):
            end -= 1
        if start < end:
            yield start, end
        place = last + 1


def _fragment(tokens: Tokens, line: Line, span: tuple[int, int], score: float) -> Fragment:
    states = Counter(line.label[n] for n in range(*span) if line.is_foreign(n))
    return Fragment(
        segment=tokens.segment[line.first],
        start=tokens.start[line.first + span[0]],
        end=tokens.end[line.first + span[1] - 1],
        score=score,
        state=states.most_common(1)[0][0],
        whole=False,
    )


def _widened(tokens: Tokens, line: Line, found: list[Fragment]) -> list[Fragment]:
    """Return the whole segment as one fragment where hardly a word of it is in the target."""
    informative = [n for n, label in enumerate(line.label) if label != PASSED]
    foreign = sum(line.is_foreign(n) for n in informative)
    target = sum(line.label[n] == TARGET for n in informative)
    mostly = foreign >= _WHOLE_FOREIGN * len(informative)
    mostly &= target <= _WHOLE_MOST_TARGET * len(informative) and not line.own
    rather = foreign >= _WHOLE_FOREIGN_WITHOUT_TARGET * len(informative) and not target
    if not found or line.fixed or foreign < WHOLE_LEAST or not (mostly or rather):
        return found
    states = Counter(line.label[n] for n in informative if line.is_foreign(n))
    return [
        Fragment(
            segment=found[0].segment,
            start=tokens.start[line.first],
            end=tokens.end[line.first + len(line.label) - 1],
            score=sum(fragment.score for fragment in found),
            state=states.most_common(1)[0][0],
            whole=True,
        )
    ]
