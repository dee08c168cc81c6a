"""What a change of the review was, for those who show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewer.review.alignment.beads import Renumbering


@dataclass(frozen=True, slots=True)
class Change:
    """What a gesture, another program or the worker changed.

    Attributes:
        rows: pairs to paint anew; None for all.
        realigned: pairs were merged, split or aligned anew; they may have other numbers now.
        renumbering: how the numbers changed; None where all pairs are others.
        texts: what the checks look at has changed, so that what they found may have too.
        documents: the project has other document pairs.
        renewed: so much changed at once that what was found is not known any more.
    """

    rows: frozenset[int] | None = frozenset()
    findings: bool = False
    groups: bool = False
    history: bool = False
    saved: bool = False
    realigned: bool = False
    texts: bool = False
    renumbering: Renumbering | None = None
    documents: bool = False
    renewed: bool = False
