"""Which part of the lattice is looked at, and pieces of texts packed side by side.

A node (i, j) of the lattice says: the first i source sentences correspond to the first j target
sentences. A piece is a rectangle of it, a band a range of j for each i. Pieces of like size are
packed into one batch, so that one numpy call serves all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

MOST_CELLS = 300_000
"""Cells of one batch; bounds the memory."""
MOST_PIECES = 48


@dataclass(frozen=True)
class Piece:
    """A range of source sentences that corresponds to a range of target sentences.

    Attributes:
        source_start, source_end, target_start, target_end: the ranges.
        lows: for each source node from `source_start` to `source_end`, the lowest target node of
            the band; never falling.
        width: nodes of the band per source node.
    """

    source_start: int
    source_end: int
    target_start: int
    target_end: int
    lows: NDArray[np.int64]
    width: int

    @property
    def rows(self) -> int:
        """Number of source nodes."""
        return self.source_end - self.source_start + 1

    @property
    def cells(self) -> int:
        """Number of nodes in the band."""
        return self.rows * self.width


def full_piece(source_start: int, source_end: int, target_start: int, target_end: int) -> Piece:
    """Return a piece whose band is the whole rectangle."""
    lows = np.full(source_end - source_start + 1, target_start, np.int64)
    return Piece(
        source_start, source_end, target_start, target_end, lows, target_end - target_start + 1
    )


def banded_piece(
    ranges: tuple[int, int, int, int],
    lowest: NDArray[np.int64],
    highest: NDArray[np.int64],
    reach: int,
) -> Piece:
    """Return a piece whose band holds a path and `reach` nodes around it, in both directions.

    `lowest` and `highest` are the path's target nodes at each source node, never falling.
    """
    source_start, source_end, target_start, target_end = ranges
    rows = np.arange(source_end - source_start + 1)
    low = lowest[np.maximum(rows - reach, 0)] - reach
    high = highest[np.minimum(rows + reach, len(rows) - 1)] + reach
    low, high = np.maximum(low, target_start), np.minimum(high, target_end)
    low[0], high[-1] = target_start, target_end
    width = int((high - low).max()) + 1
    # The last rows give up what lies beyond the end for what lies before it.
    low = np.maximum(np.minimum(low, target_end + 1 - width), target_start)
    return Piece(source_start, source_end, target_start, target_end, low, width)


@dataclass(frozen=True)
class Batch:
    """Pieces side by side, padded to the longest and widest.

    Attributes:
        pieces: at least one.
        rows: source nodes of the longest piece.
        width: nodes of the widest band.
        lows: (rows, pieces) lowest target nodes; rows behind a piece's end repeat its last.
    """

    pieces: tuple[Piece, ...]
    rows: int
    width: int
    lows: NDArray[np.int64]

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> Batch:
        """Pack pieces."""
        rows = max(piece.rows for piece in pieces)
        lows = np.empty((rows, len(pieces)), np.int64)
        for column, piece in enumerate(pieces):
            lows[: piece.rows, column] = piece.lows
            lows[piece.rows :, column] = piece.lows[-1]
        return cls(tuple(pieces), rows, max(piece.width for piece in pieces), lows)

    @property
    def source_starts(self) -> NDArray[np.int64]:
        """First source node of each piece."""
        return np.array([piece.source_start for piece in self.pieces])

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Source sentences of each piece."""
        return np.array([piece.rows - 1 for piece in self.pieces])

    @property
    def target_starts(self) -> NDArray[np.int64]:
        """First target node of each piece."""
        return np.array([piece.target_start for piece in self.pieces])

    @property
    def target_ends(self) -> NDArray[np.int64]:
        """Last target node of each piece."""
        return np.array([piece.target_end for piece in self.pieces])


def batches(pieces: Sequence[Piece]) -> Iterator[Batch]:
    """Pack all pieces into batches of like width and length."""
    order = sorted(pieces, key=lambda piece: (piece.width, piece.rows, piece.source_start))
    waiting: list[Piece] = []
    rows = 0
    for piece in order:
        rows = max(rows, piece.rows)
        full = len(waiting) == MOST_PIECES
        if waiting and (full or rows * piece.width * (len(waiting) + 1) > MOST_CELLS):
            yield Batch.of(waiting)
            waiting, rows = [], piece.rows
        waiting.append(piece)
    if waiting:
        yield Batch.of(waiting)
