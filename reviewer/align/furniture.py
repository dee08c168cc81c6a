"""Lines that belong to the page and not to the text: running heads, page numbers, buttons."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from reviewer.align.tokens import TokenTable

LEAST_REPEATS = 3
MOST_TOKENS = 8
ONE_SIDED = 2
"""Repeated lines are furniture where one side has more than so many times the other's."""
_ANY_NUMBER = -1


def page_furniture(
    source: TokenTable, target: TokenTable, check: Callable[[], None]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each sentence of both sides 1 where it looks like furniture, else 0.

    Short lines that come again and again, numbers aside, on one side alone. Where both sides
    repeat themselves, as a refrain does, they are text. `check` raises Cancelled.
    """
    ours = _repeated(source)
    check()
    theirs = _repeated(target)
    check()
    return (
        ours * float(ours.sum() > ONE_SIDED * theirs.sum()),
        theirs * float(theirs.sum() > ONE_SIDED * ours.sum()),
    )


def _repeated(table: TokenTable) -> NDArray[np.float64]:
    """Return 1 for each short sentence that stands LEAST_REPEATS times or more."""
    words = np.where(table.is_number, _ANY_NUMBER, np.arange(len(table.words)))[table.tokens]
    short = np.flatnonzero(table.counts <= MOST_TOKENS)
    starts = table.starts[short].tolist()
    ends = table.starts[short + 1].tolist()
    forms = [words[a:b].tobytes() for a, b in zip(starts, ends, strict=True)]
    often = Counter(forms)
    out = np.zeros(table.size)
    out[short] = [float(often[form] >= LEAST_REPEATS) for form in forms]
    return out
