"""How much of what each check finds is shown: checks find, the review decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reviewer.checks.base import Check
    from reviewer.model import Finding
    from reviewer.review.decisions.fold import State


def level_key(check_id: str) -> str:
    """Return the key of the setting that holds the level of a check."""
    return f"threshold:{check_id}"


def level_of(state: State, check: Check) -> Level:
    """Return the level of a check in a project: normal, unless a person chose another."""
    register = state.register("setting", level_key(check.id))
    said = state.content(register.chosen).get("value") if register else None
    chosen = next((level for level in check.levels if level.value == said), None)
    return chosen or usual_level(check)


def usual_level(check: Check) -> Level:
    """Return the level of a check of which a person chose none."""
    return Level.NORMAL if Level.NORMAL in check.levels else Level.STRICT


def cuts_of(state: State, checks: Iterable[Check]) -> Mapping[str, float]:
    """Return by check the confidence, 0-1, from which findings are shown; checks with all out."""
    cuts = ((check.id, check.cut(level_of(state, check))) for check in checks if check.levels)
    return {check: cut for check, cut in cuts if cut}


def is_shown(finding: Finding, cuts: Mapping[str, float]) -> bool:
    """Return whether a finding is sure enough for the level of its check.

    The confidence of a doubtful pair's findings was halved to put them last, not to hide them.
    """
    sure = 2 * finding.confidence if finding.doubtful else finding.confidence
    return sure >= cuts.get(finding.check, 0.0)
