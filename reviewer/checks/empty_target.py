"""Targets that hold nothing but punctuation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def find_empty_targets(pairs: Sequence[Pair], _context: Context) -> Iterator[Finding]:
    """Yield a finding for each target without a letter or digit whose source has one.

    Source segments that nothing corresponds to at all are omissions.
    """
    for pair in pairs:
        if not pair.target or has_content(pair.target_text) or not has_content(pair.source_text):
            continue
        spans = (
            Span(Side.TARGET, 0, len(pair.target_text)),
            Span(Side.SOURCE, 0, len(pair.source_text)),
        )
        yield Finding("empty-target", pair.number, spans, (), Severity.CRITICAL)


def has_content(text: str) -> bool:
    """Whether a text holds a letter or a digit."""
    return any(map(str.isalnum, text))


CHECK = Check(
    id="empty-target",
    kind=Kind.UNTRANSLATED,
    type=IssueType.OMISSION,
    severity=Severity.CRITICAL,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Empty translation"),
    messages={"": QT_TRANSLATE_NOOP("checks", "The translation holds no word.")},
    find=find_empty_targets,
    examples=(
        Example("The bridge is closed.", "Le pont est fermé."),
        Example("The bridge is closed.", ".", found=(".",)),
        Example("The bridge is closed.", "- …", found=("- …",)),
        Example("* * *", "* * *"),
        Example("Room 12", "12"),
        Example("Спасибо!", "。", ("。",), "ru", "zh"),
        Example("谢谢。", "!", ("!",), "zh", "en"),
        Example("?", "؟", (), "en", "ar"),
    ),
)
