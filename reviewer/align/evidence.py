"""What else may tell which sentences belong together: known translations, an encoder.

A witness is brought by the caller and knows nothing of the texts yet; before the first pass it
gives evidence on them, which adds to the scores of the beads in every pass.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

import numpy as np

from reviewer.align.lattice import LARGEST_GROUP, TYPES
from reviewer.align.tokens import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from reviewer.align.bands import Batch
    from reviewer.align.lexicon import WeightedBeads

    Landmarks = tuple[NDArray[np.int64], NDArray[np.int64]]

KNOWN_PAIR = 6.0
KNOWN_LETTER = 0.2
MOST_KNOWN = 20.0
"""Log likelihood ratio of a pair that a memory knows: so much, more by letters, up to that.

Divided by the number of places where it may stand.
"""
LANDMARK = 10.0
_MOST_PLACES = 100
"""A text at more places, both sides multiplied, tells nothing."""
_OTHERS = re.compile(r"[\W_]+")
_KINDS = {kind: number for number, kind in enumerate(TYPES)}


class Evidence(Protocol):
    """What a witness says about two texts."""

    def add(self, batch: Batch, scores: NDArray[np.float32], check: Callable[[], None]) -> None:
        """Add log likelihood ratios to (rows, types, pieces, width): beads by their end nodes.

        `check` is called every few milliseconds and may raise.
        """

    def updated(self, beads: WeightedBeads) -> Evidence:
        """Return it as re-estimated from the beads of a pass."""

    @property
    def trust(self) -> float:
        """How far it can be believed where it finds nothing in common, as `Scorer.trust`."""

    def landmarks(self) -> Landmarks:
        """Return source and target sentences that belong together beyond doubt, in any order."""


class Witness(Protocol):
    """Somebody who may know."""

    def evidence(
        self, source: Sequence[str], target: Sequence[str], check: Callable[[], None]
    ) -> Evidence:
        """Return what it says about these sentences."""

    def turned(self) -> Witness:
        """Return the same for the other direction."""


class KnownPairs:
    """A witness who knows translations by heart: those of a memory.

    They count where source and target both stand in the texts, compared by letters and digits,
    in one sentence or in several that follow each other.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._targets: dict[int, set[int]] = {}
        for source, target in pairs:
            self._targets.setdefault(text_key(source), set()).add(text_key(target))

    def evidence(
        self, source: Sequence[str], target: Sequence[str], check: Callable[[], None]
    ) -> KnownPlaces:
        """Find the known pairs in two texts."""
        theirs = {key for keys in self._targets.values() for key in keys}
        places = _places(target, theirs, check)
        hits = []
        for key, runs in _places(source, set(self._targets), check).items():
            for wanted in sorted(self._targets[key] & places.keys()):
                many = len(runs) * len(places[wanted])
                if many <= _MOST_PLACES:
                    start, size = runs[0]
                    letters = sum(len(text) for text in source[start : start + size])
                    worth = min(MOST_KNOWN, KNOWN_PAIR + KNOWN_LETTER * letters) - np.log(many)
                    hits += [(*one, *other, worth) for one in runs for other in places[wanted]]
        return KnownPlaces(np.array(sorted(hits), np.float64).reshape(-1, 5))

    def turned(self) -> KnownPairs:
        """Return the pairs seen from the other side."""
        other = KnownPairs(())
        for source, targets in self._targets.items():
            for target in targets:
                other._targets.setdefault(target, set()).add(source)
        return other


class KnownPlaces:
    """Where known pairs stand: rows of source, sentences, target, sentences, worth."""

    def __init__(self, hits: NDArray[np.float64]) -> None:
        places = hits[:, :4].astype(np.int64)
        kinds = [_KINDS.get((a, b), -1) for _, a, _, b in places.tolist()]
        fit = np.array(kinds, np.int64) >= 0
        self._source, self._size, self._target, self._target_size = places[fit].T
        self._kind = np.array(kinds, np.int64)[fit]
        self._worth = hits[fit, 4].astype(np.float32)

    def add(self, batch: Batch, scores: NDArray[np.float32], check: Callable[[], None]) -> None:
        """Add what the known pairs are worth."""
        for column, piece in enumerate(batch.pieces):
            check()
            inside = slice(*np.searchsorted(self._source, (piece.source_start, piece.source_end)))
            row = self._source[inside] + self._size[inside] - piece.source_start
            end = self._target[inside] + self._target_size[inside]
            fit = (row < piece.rows) & (self._target[inside] >= piece.target_start)
            row, end = row[fit], end[fit]
            place = end - piece.lows[row]
            seen = (place >= 0) & (place < piece.width)
            where = row[seen], self._kind[inside][fit][seen], column, place[seen]
            np.add.at(scores, where, self._worth[inside][fit][seen])

    def updated(self, beads: WeightedBeads) -> KnownPlaces:  # noqa: ARG002 - nothing to learn
        """Return itself."""
        return self

    @property
    def trust(self) -> float:
        """None: a memory knows little of the text."""
        return 0.0

    def landmarks(self) -> Landmarks:
        """Return the pairs of single sentences, long ones, that stand at one place only."""
        sure = (self._size == 1) & (self._target_size == 1) & (self._worth >= LANDMARK)
        return self._source[sure], self._target[sure]


def text_key(text: str) -> int:
    """Return a number that texts of the same letters and digits share."""
    return hash(_letters(text))


def text_keys(texts: Sequence[str], check: Callable[[], None]) -> Iterator[tuple[int, int, int]]:
    """Yield first sentence, number of sentences and key of every run of up to LARGEST_GROUP."""
    window: list[str] = []
    for end, text in enumerate(texts, 1):
        if end % 200 == 0:
            check()
        window = [*window[1 - LARGEST_GROUP :], _letters(text)]
        run = ""
        for size, letters in enumerate(reversed(window), 1):
            run = letters + run
            if run:
                yield end - size, size, hash(run)


def _letters(text: str) -> str:
    return _OTHERS.sub("", folded(text))


def _places(
    texts: Sequence[str], wanted: set[int], check: Callable[[], None]
) -> dict[int, list[tuple[int, int]]]:
    """Return where runs of sentences with a wanted key stand: first sentence and number."""
    found: dict[int, list[tuple[int, int]]] = {}
    for start, size, key in text_keys(texts, check):
        if key in wanted:
            found.setdefault(key, []).append((start, size))
    return found
