"""Which findings stand: waivers, muted checks, and the drift of term groups as findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import (
    Finding,
    GroupKind,
    IssueType,
    Kind,
    Occurrence,
    Severity,
    Side,
    Span,
    WaiverScope,
    fingerprint,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reviewer.model import Event, Pair, Rendering, TermGroup
    from reviewer.review.fold import State


LEFTOVER = "untranslated"
"""Id of the check whose findings stand over those of drift in the same place."""


def _found_elsewhere(_pairs: Sequence[Pair], _context: object) -> Iterator[Finding]:
    """Yield nothing: the findings of drift are made from the term groups."""
    return iter(())


DRIFT = Check(
    id="drift",
    kind=Kind.TERMS,
    type=IssueType.INCONSISTENT_TERM,
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    title=QT_TRANSLATE_NOOP("checks", "Inconsistent term"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "“{0}” is “{1}” here and “{2}” {3} times elsewhere."),
        "stray": QT_TRANSLATE_NOOP("checks", "“{0}” is “{2}” {3} times elsewhere; here “{1}”."),
        "spelling": QT_TRANSLATE_NOOP("checks", "Spelt “{1}” here and “{2}” {3} times elsewhere."),
        "case": QT_TRANSLATE_NOOP("checks", "Written “{1}” here and “{2}” {3} times elsewhere."),
    },
    find=_found_elsewhere,
    examples=(),
)


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
    yield WaiverScope.TEXT, finding.check, fingerprint(finding.check, finding.words, None)
    if finding.words:
        yield WaiverScope.WORD, "", finding.words[0].casefold()
    yield WaiverScope.CHECK, finding.check, finding.check


def drift_findings(
    groups: Iterable[TermGroup],
    texts: Mapping[int, str],
    others: Callable[[int], Iterable[Finding]],
) -> Iterator[Finding]:
    """Yield a finding for each occurrence of a rendering that is not its group's first.

    A place that was left untranslated is no rendering: one trouble is one finding.

    Args:
        groups: with the preferred rendering first.
        texts: source texts of the pairs by number, for the fingerprints.
        others: gives the other checks' findings of a pair.
    """
    for group in groups:
        preferred = group.renderings[0]
        for rendering in group.renderings[1:]:
            for finding in _of_rendering(group, preferred, rendering, texts):
                if not any(_overlaps(finding.spans[0], other) for other in others(finding.pair)):
                    yield finding


def _overlaps(place: Span, other: Finding) -> bool:
    """Return whether a leftover stands in this place."""
    return other.check == LEFTOVER and any(
        span.side is place.side and span.start < place.end and place.start < span.end
        for span in other.spans
    )


def _of_rendering(
    group: TermGroup, preferred: Rendering, rendering: Rendering, texts: Mapping[int, str]
) -> Iterator[Finding]:
    variant = group.kind.value if group.kind is not GroupKind.TERM else ""
    words = (group.source, rendering.text, preferred.text)
    seen: dict[int, int] = {}
    for occurrence in rendering.occurrences:
        ordinal = seen[occurrence.pair] = seen.get(occurrence.pair, -1) + 1
        source = _source_span(group, occurrence, ordinal)
        yield Finding(
            check=DRIFT.id,
            pair=occurrence.pair,
            spans=(Span(Side.TARGET, occurrence.start, occurrence.end), *source),
            words=(*words, str(len(preferred.occurrences))),
            severity=DRIFT.severity,
            variant="stray" if group.stray and not variant else variant,
            suggestions=(preferred.text,),
            confidence=0.6 if group.stray else 0.9,
            fingerprint=fingerprint(DRIFT.id, words, texts.get(occurrence.pair, ""), ordinal),
        )


def _source_span(group: TermGroup, place: Occurrence, ordinal: int) -> tuple[Span, ...]:
    """Return the source term's place in the same pair; the last one where there are fewer."""
    places = [o for o in group.source_occurrences if o.pair == place.pair]
    if not places:
        return ()
    chosen = places[min(ordinal, len(places) - 1)]
    return (Span(Side.SOURCE, chosen.start, chosen.end),)
