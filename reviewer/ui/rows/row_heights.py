"""Heights of up to millions of rows, and which row stands at a height."""

from __future__ import annotations

import numpy as np

_BLOCK = 1024


class RowHeights:
    """Pixel heights in one array, with a sum per block of 1,024 rows.

    A row has an estimate until it is measured. Setting a height costs O(1), asking for a position
    or a row O(blocks + 1,024), all of it in numpy.
    """

    def __init__(self, count: int = 0, estimate: int = 1) -> None:
        self.reset(count, estimate)

    def reset(self, count: int, estimate: int) -> None:
        """Forget everything: `count` rows, all of them of the estimated height."""
        self._heights = np.full(count, estimate, np.int32)
        self._measured = np.zeros(count, np.bool_)
        blocks = max(1, -(-count // _BLOCK))
        self._sums = np.full(blocks, _BLOCK * estimate, np.int64)
        self._sums[-1] = (count - (blocks - 1) * _BLOCK) * estimate
        self._tops: np.ndarray[tuple[int], np.dtype[np.int64]] | None = None

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, index: int) -> int:
        return int(self._heights[index])

    def __setitem__(self, index: int, height: int) -> None:
        change = height - int(self._heights[index])
        self._measured[index] = True
        if change:
            self._heights[index] = height
            self._sums[index // _BLOCK] += change
            self._tops = None

    def is_measured(self, index: int) -> bool:
        """Return whether the height of a row is more than an estimate."""
        return bool(self._measured[index])

    def forget(self, index: int) -> None:
        """Take the height of a row for an estimate again."""
        self._measured[index] = False

    @property
    def total(self) -> int:
        """Height of all rows."""
        return int(self._block_tops()[-1])

    def top_of(self, index: int) -> int:
        """Return where a row begins; the total for `len`."""
        block = index // _BLOCK
        return int(self._block_tops()[block]) + int(self._heights[block * _BLOCK : index].sum())

    def row_at(self, position: int) -> int:
        """Return the row that covers a position; the nearest one beyond the ends, 0 if none."""
        tops = self._block_tops()
        block = int(np.searchsorted(tops, position, "right")) - 1
        block = min(max(block, 0), len(self._sums) - 1)
        first = block * _BLOCK
        bottoms = np.cumsum(self._heights[first : first + _BLOCK], dtype=np.int64)
        inside = int(np.searchsorted(bottoms, position - int(tops[block]), "right"))
        return max(0, first + min(inside, len(bottoms) - 1))

    def tops(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Return where each row begins, and the total at the end; costs O(rows)."""
        tops = np.zeros(len(self._heights) + 1, np.int64)
        np.cumsum(self._heights, dtype=np.int64, out=tops[1:])
        return tops

    def _block_tops(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        if self._tops is None:
            tops = np.zeros(len(self._sums) + 1, np.int64)
            np.cumsum(self._sums, out=tops[1:])
            self._tops = tops
        return self._tops
