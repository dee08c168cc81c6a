"""How often each check was right in a document: found, fixed, waived.

Nothing is counted on the way. What a check finds in the texts as delivered is compared with what
it finds now: a finding that is there no more was fixed by an edit. The rest is in the events.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.checks.base import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewer.checks.base import Check, Context
    from reviewer.model import Finding, Pair
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.checking.pipeline import Watch
    from reviewer.review.decisions.fold import State

_CHUNK = 200
"""Pairs checked between two looks at the Cancel button."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the findings of a check in the open document.

    Attributes:
        open: there now, and nobody waived them.
        fixed: there in the text as delivered, and gone from the text as it stands. For drifting
            terms: sentences that Unify changed.
        waived: covered by a waiver, whether an edit took them away since or not. Words accepted
            for every check are passed over by a whole check, and are in no count from then.
    """

    open: int = 0
    fixed: int = 0
    waived: int = 0

    @property
    def found(self) -> int:
        """All of them."""
        return self.open + self.fixed + self.waived

    def __add__(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(self.open + other.open, self.fixed + other.fixed, self.waived + other.waived)


def edited_pairs(state: State, columns: Columns) -> list[int]:
    """Return the numbers of the pairs whose target is not as delivered, in order."""
    texts = (event for event in state.events() if event.kind in {"edit", "insert"})
    about = {n for event in texts for n in columns.rows_about(event, state.content(event))}
    return sorted(number for number in about if is_edited(columns, number))


def is_edited(columns: Columns, number: int) -> bool:
    """Return whether the target of a pair is not as delivered."""
    return columns.pair(number).target_text != columns.delivered_text(number)


def found_as_delivered(
    pairs: Sequence[Pair],
    edited: Sequence[Pair],
    context: Context,
    checks: Iterable[Check],
    watch: Watch,
) -> tuple[Finding, ...]:
    """Return what checks find in pairs as delivered; `pairs` are all pairs as they stand.

    Raises Cancelled.
    """
    from reviewer.checks import run
    from reviewer.review.checking.pipeline import Watched

    if not edited:
        return ()
    checks = list(checks)
    local = [check for check in checks if check.scope is Scope.BEAD]
    found: list[Finding] = []
    for start in range(0, len(edited), _CHUNK):
        watch.check()
        found += run(edited[start : start + _CHUNK], context, local)
    delivered = {pair.number: pair for pair in edited}
    whole = Watched((delivered.get(pair.number, pair) for pair in pairs), watch)
    found += run(whole, context, [check for check in checks if check.scope is Scope.DOCUMENT])
    return tuple(finding for finding in found if finding.pair in delivered)


def unified_sentences(state: State, columns: Columns) -> int:
    """Return how many sentences of the document Unify changed, by decisions that stand."""
    count = 0
    for _, register in state.registers("group"):
        if state.content(register.chosen).get("verdict") != "unify":
            continue
        for event in state.gesture(register.chosen):
            if event.kind == "edit" and state.live(event.hash):
                count += bool(columns.rows_about(event, state.content(event)))
    return count
