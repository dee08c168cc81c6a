"""The wordings of a source phrase that are repeated phrases of the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.terms.cover import completed, cover, wording
from reviewer.terms.slots import split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.terms.bitext import Bitext
    from reviewer.terms.candidates import Candidate
    from reviewer.terms.reading import Reader
    from reviewer.terms.wording import Wording

_ANCHOR_COVERAGE = 0.8
_ANCHOR_PRECISION = 0.6
_COVER_PRECISION = 0.6
_MOST_PENALTY = 0.34


def repeated(bitext: Bitext, candidates: Sequence[Candidate], reader: Reader) -> list[Wording]:
    """Return the wordings that are repeated phrases; one, where one stands for the whole term."""
    anchor = max(
        (
            c
            for c in candidates
            if c.coverage >= _ANCHOR_COVERAGE and c.precision >= _ANCHOR_PRECISION
        ),
        key=lambda c: (c.weight, -len(c.keys), c.keys),
        default=None,
    )
    if anchor is not None:
        chosen = [wording(bitext, anchor, reader)]
    else:
        good = [
            c for c in candidates if c.precision >= _COVER_PRECISION and c.penalty < _MOST_PENALTY
        ]
        chosen = cover(bitext, good, reader)
    parts = [part for whole in chosen for part in split(bitext, reader, whole)]
    return [completed(bitext, candidates, reader, part) for part in parts]
