"""A rule of a person's checklist: what to look for in a source and in its translation."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from reviewer.model import Severity


class Condition(enum.Enum):
    """What the target has to be like where the source matches."""

    MUST = "must-match"
    MUST_NOT = "must-not-match"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; one of its two sides may be empty.

    Without a source it is about every target. Without a target and with MUST_NOT, every match of
    the source is a finding.

    Attributes:
        name: what a finding says it comes from; names it in waivers too.
        source, target: regular expressions, or with `plain` words to be found as they are.
        message: what a finding says; empty for what was seen and where.
        source_language, target_language: BCP 47 tags; one without a region and one with any go
            together, empty holds for all languages.
        case: whether upper and lower case differ.
    """

    name: str
    source: str = ""
    target: str = ""
    condition: Condition = Condition.MUST_NOT
    message: str = ""
    severity: Severity = Severity.MINOR
    source_language: str = ""
    target_language: str = ""
    case: bool = False
    plain: bool = False

    def is_for(self, source: str, target: str) -> bool:
        """Return whether the rule is about a language pair, given as BCP 47 tags."""
        return _covers(self.source_language, source) and _covers(self.target_language, target)


def _covers(wanted: str, tag: str) -> bool:
    wanted, tag = (each.lower().replace("_", "-") for each in (wanted, tag))
    # A document in "en" may be in any of its regions, and so may a rule.
    return not wanted or f"{tag}-".startswith(f"{wanted}-") or wanted.startswith(f"{tag}-")
