"""Which findings stand: waivers, and how far each of them reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reviewer.checks.checklist import CHECK as CHECKLIST
from reviewer.model import WaiverScope, fingerprint
from reviewer.review.checking.drift import DRIFT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reviewer.model import Event, Finding
    from reviewer.review.decisions.fold import State

MOST_WORDS = 4
"""Words of a finding that its waiver keeps."""
_NAMED_BY = {check.id: check.identified_by for check in (DRIFT, CHECKLIST)}
"""How many words name a finding; what changes with edits, or with a rule, is no part of it."""


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver that stands, with the finding it covers where the finding is still there.

    Attributes:
        words, variant: of the finding that was waived, to say what it was when it is gone; empty
            in waivers of earlier versions.
        finding: the first that it covers.
        count: how many findings it covers in the open document.
    """

    event: Event
    scope: WaiverScope
    check: str
    key: str
    reason: str
    words: tuple[str, ...] = ()
    variant: str = ""
    finding: Finding | None = None
    count: int = 0

    @property
    def place(self) -> tuple[WaiverScope, str, str]:
        """What tells a waiver from all others."""
        return self.scope, self.check, self.key


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
            words, variant = _told(content)
            self._standing[scope, check, key] = Waived(
                event, scope, check, key, reason, words, variant
            )

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

    def checks(self) -> frozenset[str]:
        """Return the checks of which a person waived whatever they find."""
        return frozenset(check for scope, check, _ in self._standing if scope is WaiverScope.CHECK)

    def __iter__(self) -> Iterator[Waived]:
        return iter(self._standing.values())


def word_of(finding: Finding) -> str | None:
    """Return the word, case-folded, that a person may accept for every check; None for none.

    A term or a rule is no such word.
    """
    return (
        finding.words[0].casefold() if finding.words and finding.check not in _NAMED_BY else None
    )


def _told(content: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    """Return what a waiver says of its finding; a log from elsewhere may say anything."""
    words, variant = content.get("words"), content.get("variant")
    listed = words if isinstance(words, list) else []
    return (
        tuple(word for word in listed if isinstance(word, str))[:MOST_WORDS],
        variant if isinstance(variant, str) else "",
    )


def waiver_keys(finding: Finding) -> Iterator[tuple[WaiverScope, str, str]]:
    """Yield (scope, check, key) of each waiver that would cover a finding, narrowest first."""
    yield WaiverScope.HERE, finding.check, finding.fingerprint
    words = finding.words[: _NAMED_BY.get(finding.check)]
    yield WaiverScope.TEXT, finding.check, fingerprint(finding.check, words, None)
    word = word_of(finding)
    if word is not None:
        yield WaiverScope.WORD, "", word
    yield WaiverScope.CHECK, finding.check, finding.check
