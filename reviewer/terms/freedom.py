"""How freely a document is translated: how few of its words have a sure counterpart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.terms.association import pair_counts

if TYPE_CHECKING:
    from reviewer.terms.links import Links
    from reviewer.terms.words import Words

_SURE = 0.4
_REPEATED = 2


def measure_freedom(source: Words, links: Links) -> float:
    """Return the share of the repeated content words of the source that are not surely linked.

    Words that stand in one pair only say nothing, for no count can link them; nor does the target
    side, where a translator adds words and says one thing in two.
    """
    repeated = source.content & (pair_counts(source)[source.key] >= _REPEATED)
    spots = links.target[repeated]
    if not len(spots):
        return 0.0
    linked = spots[spots >= 0]
    return 1 - float((links.strength[linked] >= _SURE).sum()) / len(spots)
