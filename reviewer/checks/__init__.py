"""Beads to findings: the checks, in the order of the settings, and how they are run."""

from __future__ import annotations

import logging
import traceback
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer.checks import (
    addition,
    brackets,
    capitals,
    characters,
    checklist,
    dates,
    empty_target,
    end_punctuation,
    failed,
    identifiers,
    inline_codes,
    links,
    names,
    number_form,
    numbers,
    omission,
    placeholders,
    punctuation_form,
    punctuation_spaces,
    quotation_style,
    quotes,
    repeated_words,
    same_source,
    same_target,
    spacing,
    spelling,
    stray_punctuation,
    termbase,
    units,
    unrelated_target,
    untranslated,
)
from reviewer.checks.base import Check, Context, Scope
from reviewer.errors import Cancelled
from reviewer.model import DOUBTFUL, Finding, Kind, Severity, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewer.model import Pair

# One line per check, in the order in which the settings list them.
CHECKS: tuple[Check, ...] = (
    untranslated.CHECK,
    empty_target.CHECK,
    unrelated_target.CHECK,
    termbase.CHECK,
    omission.CHECK,
    addition.CHECK,
    numbers.CHECK,
    number_form.CHECK,
    dates.CHECK,
    units.CHECK,
    links.CHECK,
    placeholders.CHECK,
    inline_codes.CHECK,
    identifiers.CHECK,
    names.CHECK,
    spelling.CHECK,
    same_source.CHECK,
    same_target.CHECK,
    repeated_words.CHECK,
    end_punctuation.CHECK,
    stray_punctuation.CHECK,
    punctuation_form.CHECK,
    brackets.CHECK,
    quotes.CHECK,
    quotation_style.CHECK,
    spacing.CHECK,
    punctuation_spaces.CHECK,
    capitals.CHECK,
    characters.CHECK,
    checklist.CHECK,
)

_COMPARING = frozenset({Kind.NUMBER, Kind.OMISSION})
"""Kinds whose checks hold one side against the other: of a doubtful pair they say little."""
_ALSO_COMPARING = frozenset(
    check.CHECK.id for check in (end_punctuation, names, termbase, unrelated_target)
)

_MOST = 1000
"""Findings of one check in one pair: nobody reads more, and a file may hold a line without end."""

_log = logging.getLogger(__name__)


def check_by_id(check: str) -> Check:
    """Return the check of an id; raises KeyError."""
    for known in (*CHECKS, failed.CHECK):
        if known.id == check:
            return known
    raise KeyError(check)


def run(
    pairs: Sequence[Pair], context: Context, checks: Iterable[Check] = CHECKS
) -> list[Finding]:
    """Return what the checks find in the pairs, in the order of the pairs and the places.

    A check that fails costs no other check its findings: it becomes a finding about itself.
    Of one check in one pair no more than the first thousand are told.
    """
    order = {pair.number: place for place, pair in enumerate(pairs)}
    by_number = {pair.number: pair for pair in pairs}
    findings: list[Finding] = []
    for check in checks:
        found = _guarded(check, pairs, context)
        findings += _finished(found, check, by_number)
    findings = once(findings)
    return sorted(findings, key=lambda finding: (order[finding.pair], *_place(finding)))


def once(findings: list[Finding]) -> list[Finding]:
    """Return the findings without words that no dictionary knows for they were left untranslated.

    Such a word is one finding, and its waiver covers it.
    """
    left: dict[int, list[tuple[int, int]]] = {}
    for finding in findings:
        if finding.check == untranslated.CHECK.id:
            left.setdefault(finding.pair, []).append(_place(finding))

    def is_left(finding: Finding) -> bool:
        start, end = _place(finding)
        return any(first < end and start < last for first, last in left.get(finding.pair, ()))

    return [f for f in findings if f.check != spelling.CHECK.id or not is_left(f)]


def _place(finding: Finding) -> tuple[int, int]:
    if not finding.spans:
        return -1, -1
    return finding.spans[0].start, finding.spans[0].end


def _guarded(check: Check, pairs: Sequence[Pair], context: Context) -> list[Finding]:
    """Return a check's findings; pair by pair where it fails, to lose no more than it must."""
    try:
        return list(check.find(pairs, context))
    except Cancelled:
        raise
    except Exception as error:  # noqa: BLE001 - the one guard between a check and the review
        if check.scope is Scope.BEAD and len(pairs) > 1:
            return [finding for pair in pairs for finding in _guarded(check, [pair], context)]
        # The message of the error may hold text of the document, so only places are logged.
        places = [f"{f.filename}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
        name = type(error).__name__
        _log.error("check %s failed: %s at %s", check.id, name, " < ".join(reversed(places)))
        return [
            Finding(failed.CHECK.id, pair.number, (), (check.id, name), Severity.NEUTRAL)
            for pair in pairs[:1]
        ]


def _finished(
    findings: Iterable[Finding], check: Check, pairs: dict[int, Pair]
) -> Iterable[Finding]:
    """Yield the findings with their fingerprints, the doubt of their pairs taken over."""
    seen: Counter[tuple[int, tuple[str, ...]]] = Counter()
    number: Counter[int] = Counter()
    for finding in findings:
        number[finding.pair] += 1
        if number[finding.pair] > _MOST:
            continue
        pair = pairs[finding.pair]
        words = finding.words[: check.identified_by]
        ordinal = seen[finding.pair, words]
        seen[finding.pair, words] += 1
        mark = fingerprint(finding.check, words, pair.source_text, ordinal)
        comparing = check.kind in _COMPARING or finding.check in _ALSO_COMPARING
        if comparing and pair.confidence < DOUBTFUL:
            yield replace(
                finding,
                fingerprint=mark,
                doubtful=True,
                confidence=finding.confidence / 2,
                severity=min(finding.severity, Severity.MINOR),
            )
        else:
            yield replace(finding, fingerprint=mark)
