"""What a document does throughout is its own way: findings about it are less sure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviewer.checks.base import Context
    from reviewer.model import Finding, Pair

_WORD = re.compile(r"\w[\w.+-]*\w|\w")
_OFTEN = 3
_MOSTLY = 0.8
_RARE = -13.0
"""Logarithm of the frequency in the source's language below which a word is a term."""
_LESS = 0.6
"""Confidence of what the whole document has: below what the normal level shows."""


def without_habits(
    findings: Iterable[Finding], pairs: Sequence[Pair], context: Context
) -> list[Finding]:
    """Return the findings, those less sure that tell of a word kept or lost throughout.

    A rare word that stands untranslated wherever the source has it, at least three times, is kept
    on purpose (commands, products); a name that is lost as often is translated on purpose.
    """
    found = list(findings)
    counts = Counter(key for finding in found if (key := _key(finding)))
    often = {word for (_, word), count in counts.items() if count >= _OFTEN}
    if not often:
        return found
    there = Counter(
        word
        for pair in pairs
        for word in often.intersection(_WORD.findall(pair.source_text.casefold()))
    )
    kept = {
        key
        for key, count in counts.items()
        if key[1] in often and count >= _MOSTLY * there[key[1]] and _is_rare(key, context)
    }
    return [
        replace(f, confidence=min(f.confidence, _LESS)) if _key(f) in kept else f for f in found
    ]


def _key(finding: Finding) -> tuple[str, str] | None:
    """Return the check and the one word that a finding is about; None for others."""
    told = finding.check == "names" or (
        finding.check == "untranslated" and finding.variant == "source"
    )
    if not told or not finding.words or not _WORD.fullmatch(finding.words[0]):
        return None
    return finding.check, finding.words[0].casefold()


def _is_rare(key: tuple[str, str], context: Context) -> bool:
    if key[0] == "names":
        return True
    lexicon = context.lexicon(context.source.tag)
    frequency = lexicon.log_probability(key[1]) if lexicon.known else 0.0
    return frequency is None or frequency < _RARE
