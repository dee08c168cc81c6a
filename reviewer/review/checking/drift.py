"""The drift of term groups as findings, each with what would stand there instead."""

from __future__ import annotations

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
    fingerprint,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reviewer.model import Pair, TermGroup
    from reviewer.terms.unify import Replacement

_MOST_PROPOSED = 300
"""Places of a group for which replacements are worked out beforehand: some milliseconds."""

OVER_DRIFT = frozenset({"untranslated", "termbase"})
"""Ids of the checks whose findings stand over those of drift in the same place."""


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
        "": QT_TRANSLATE_NOOP("checks", "“{0}” is “{1}” here and “{2}” elsewhere ({3}×)."),
        "stray": QT_TRANSLATE_NOOP("checks", "“{0}” is “{2}” elsewhere ({3}×); here “{1}”."),
        "spelling": QT_TRANSLATE_NOOP("checks", "Spelt “{1}” here and “{2}” elsewhere ({3}×)."),
        "case": QT_TRANSLATE_NOOP("checks", "Written “{1}” here and “{2}” elsewhere ({3}×)."),
    },
    find=_found_elsewhere,
    examples=(),
    identified_by=3,
)


def drift_findings(
    groups: Iterable[TermGroup],
    pair_of: Callable[[int], Pair],
    others: Callable[[int], Iterable[Finding]],
    target_language: str,
) -> Iterator[Finding]:
    """Yield a finding for each occurrence of a rendering that is not its group's first.

    A place that was left untranslated is no rendering, and of a deprecated term the termbase
    tells: one trouble is one finding.

    Args:
        groups: with the preferred rendering first.
        pair_of: gives a pair by its number.
        others: gives the other checks' findings of a pair.
        target_language: BCP 47 tag.
    """
    for group in groups:
        for finding in _of_group(group, pair_of, target_language):
            if not any(_overlaps(finding.spans[0], other) for other in others(finding.pair)):
                yield finding


def _overlaps(place: Span, other: Finding) -> bool:
    """Return whether a leftover or a deprecated term stands in this place."""
    return other.check in OVER_DRIFT and any(
        span.side is place.side and span.start < place.end and place.start < span.end
        for span in other.spans
    )


def _of_group(
    group: TermGroup, pair_of: Callable[[int], Pair], target_language: str
) -> Iterator[Finding]:
    variant = group.kind.value if group.kind is not GroupKind.TERM else ""
    preferred = group.renderings[0]
    proposed = _proposed(group, pair_of, target_language)
    sources = _sources(group)
    for rendering in group.renderings[1:]:
        words = (group.source, rendering.text, preferred.text)
        seen: dict[int, int] = {}
        for place in rendering.occurrences:
            ordinal = seen[place.pair] = seen.get(place.pair, -1) + 1
            replacement = proposed.get((place.pair, place.end))
            start = replacement.start if replacement else place.start
            source_text = pair_of(place.pair).source_text
            yield Finding(
                check=DRIFT.id,
                pair=place.pair,
                spans=(Span(Side.TARGET, start, place.end), *sources.get(place, ())),
                words=(*words, str(len(preferred.occurrences))),
                severity=DRIFT.severity,
                variant="stray" if group.stray and not variant else variant,
                suggestions=(replacement.new,) if replacement else (),
                confidence=0.6 if group.stray else 0.9,
                fingerprint=fingerprint(DRIFT.id, words, source_text, ordinal),
            )


def _proposed(
    group: TermGroup, pair_of: Callable[[int], Pair], target_language: str
) -> Mapping[tuple[int, int], Replacement]:
    """Return what may stand in place of an occurrence, by pair and end, where that is sure.

    One key puts a suggestion into the text: articles and number are right, or nothing is offered.
    """
    from reviewer.terms.unify import replacements

    numbers = sorted({o.pair for r in group.renderings for o in r.occurrences})
    if sum(len(r.occurrences) for r in group.renderings) > _MOST_PROPOSED:
        return {}
    pairs = [pair_of(number) for number in numbers]
    found = replacements(group, group.renderings[0].text, pairs, target_language)
    return {(r.pair, r.end): r for r in found if r.selected}


def _sources(group: TermGroup) -> Mapping[Occurrence, tuple[Span, ...]]:
    """Return the source term that each occurrence renders: in a pair, the nth the nth.

    Where a pair has the term more or less often than its renderings, the last one stands for all
    that are left over.
    """
    sources = _by_pair(group.source_occurrences)
    found = {}
    for number, places in _by_pair([o for r in group.renderings for o in r.occurrences]).items():
        of_pair = sources.get(number, [])
        for nth, place in enumerate(places):
            if of_pair:
                chosen = of_pair[min(nth, len(of_pair) - 1)]
                found[place] = (Span(Side.SOURCE, chosen.start, chosen.end),)
    return found


def _by_pair(places: Sequence[Occurrence]) -> Mapping[int, list[Occurrence]]:
    found: dict[int, list[Occurrence]] = {}
    for place in sorted(places, key=lambda o: (o.pair, o.start)):
        found.setdefault(place.pair, []).append(place)
    return found
