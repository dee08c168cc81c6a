"""What stands in the list when a check itself fails: our mistake, told instead of hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def _find_nothing(_pairs: Sequence[Pair], _context: Context) -> Iterator[Finding]:
    """Yield nothing; `checks.run` makes these findings."""
    yield from ()


CHECK = Check(
    id="failed-check",
    kind=Kind.FORM,
    type=IssueType.TYPOGRAPHY,
    severity=Severity.NEUTRAL,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "A check that failed"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "The check “{0}” could not look at this pair ({1})."),
    },
    find=_find_nothing,
    examples=(),
)
