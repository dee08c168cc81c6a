"""Which findings stand: waivers, and how far each of them reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.checks.checklist import CHECK as CHECKLIST
from reviewer.model import WaiverScope, fingerprint
from reviewer.review.drift import DRIFT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.model import Event, Finding
    from reviewer.review.fold import State

_NAMED_BY = {check.id: check.identified_by for check in (DRIFT, CHECKLIST)}
"""How many words name a finding; what changes with edits, or with a rule, is no part of it."""


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver that stands, with the finding it covers where the finding is still there."""

    event: Event
    scope: WaiverScope
    check: str
    key: str
    reason: str
    finding: Finding | None = None


class Waivers:
    """The waivers of a project, ready to be asked."""

    def __init__(self, state: State) -> None:
        self._standing: dict[tuple[WaiverScope, str, str], Waived] = {}
        for _, register in state.registers("waive"):
            event = register.chosen
            content = state.content(event)
            if content.get("on") is not True:
                continue
            scope = next((s for s in WaiverScope if s.value == content.get("scope")), None)
            if scope is None:
                continue
            check, key = str(content.get("check")), str(content.get("key"))
            reason = str(content.get("reason") or "")
            self._standing[scope, check, key] = Waived(event, scope, check, key, reason)

    def covering(self, finding: Finding) -> Waived | None:
        """Return the waiver that covers a finding, the narrowest one, or None."""
        if not self._standing:
            # Digests are not for nothing: a document may have ten thousand findings.
            return None
        for scope, check, key in waiver_keys(finding):
            waived = self._standing.get((scope, check, key))
            if waived is not None:
                return waived
        return None

    def words(self) -> frozenset[str]:
        """Return the words, lower-cased, that a person accepted for every check."""
        return frozenset(key for scope, _, key in self._standing if scope is WaiverScope.WORD)

    def __iter__(self) -> Iterator[Waived]:
        return iter(self._standing.values())


def waiver_keys(finding: Finding) -> Iterator[tuple[WaiverScope, str, str]]:
    """Yield (scope, check, key) of each waiver that would cover a finding, narrowest first."""
    yield WaiverScope.HERE, finding.check, finding.fingerprint
    words = finding.words[: _NAMED_BY.get(finding.check)]
    yield WaiverScope.TEXT, finding.check, fingerprint(finding.check, words, None)
    if finding.words and finding.check not in _NAMED_BY:  # a term or a rule is no word to accept
        yield WaiverScope.WORD, "", finding.words[0].casefold()
    yield WaiverScope.CHECK, finding.check, finding.check
