"""Equal source segments with different translations."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.sameness import bare, bare_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LETTERS = 2
_WORD = re.compile(r"\w+")
_SHORT, _SAID = 3, frozenset(".!?…")
_REPLY = 0.6
"""Confidence of what is said in many ways by rights."""


def find_different_targets(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each pair whose source is translated otherwise more often elsewhere.

    Where no translation leads, all but the first are told. Missing and untranslated targets, and
    differences in form or in numbers, do not count.
    """
    del context
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(bare(pair.source_text), []).append(pair)
    found = [
        finding
        for key, group in groups.items()
        if len(group) > 1 and sum(map(str.isalpha, key)) >= _LETTERS
        for finding in _in_group([pair for pair in group if _is_translated(pair, key)])
    ]
    order = {pair.number: place for place, pair in enumerate(pairs)}
    yield from sorted(found, key=lambda finding: order[finding.pair])


def _is_translated(pair: Pair, key: str) -> bool:
    target = bare(pair.target_text)
    return bool(target) and target != key


def _in_group(group: Sequence[Pair]) -> Iterator[Finding]:
    if len(group) < 2:
        return
    keys = [bare_words(pair.target_text).replace(" ", "") for pair in group]
    counts = Counter(keys)
    if len(counts) < 2:
        return
    usual = counts.most_common(1)[0][0]
    model = group[keys.index(usual)]
    for pair, key in zip(group, keys, strict=True):
        if key != usual:
            spans = (
                Span(Side.TARGET, 0, len(pair.target_text)),
                Span(Side.SOURCE, 0, len(pair.source_text)),
            )
            yield Finding(
                "same-source",
                pair.number,
                spans,
                (pair.target_text, model.target_text),
                suggestions=(model.target_text,) if _fits(pair, model) else (),
                confidence=_REPLY
                if _is_reply(pair.source_text)
                else 0.5 + 0.4 * counts[usual] / len(group),
            )


def _is_reply(source: str) -> bool:
    """Whether a source is a word or two that somebody says, as in “Good.” and “You too!”."""
    return len(_WORD.findall(source)) <= _SHORT and source.rstrip(" \u00a0”’»\"'")[-1:] in _SAID


def _fits(pair: Pair, model: Pair) -> bool:
    """Whether the other translation can stand here: as many segments and codes."""
    return len(pair.target) == len(model.target) and not any(
        segment.codes for segment in (*pair.target, *model.target)
    )


CHECK = Check(
    id="same-source",
    kind=Kind.TERMS,
    type=IssueType.INCONSISTENT_STYLE,
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    title=QT_TRANSLATE_NOOP("checks", "Same source, different translations"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "Elsewhere the same source became “{1}”."),
    },
    find=find_different_targets,
    normal=0.65,
    lenient=0.8,
    examples=(
        Example(
            "Opening hours",
            "Heures d'ouverture",
            (),
            before=(("Opening hours", "Heures d’ouverture"),),
        ),
        Example(
            "Opening hours",
            "Horaires",
            ("Horaires",),
            before=(("Opening hours", "Heures d'ouverture"),),
        ),
        Example(
            "Opening hours.",
            "Horaires",
            ("Horaires",),
            before=(("Opening hours", "Heures d'ouverture"),),
        ),
        Example(
            "Opening hours", "Opening hours", (), before=(("Opening hours", "Heures d'ouverture"),)
        ),
        Example("Page 3", "Page 3", (), before=(("Page 2", "Seite 2"),), target_language="de"),
        Example("3 files", "3 fichiers", (), before=(("3 files", "3 fichiers."),)),
        Example("* * *", "***", (), before=(("* * *", "—"),)),
        Example(
            "保存",
            "Speichern",
            ("Speichern",),
            "zh",
            "de",
            before=(("保存", "Sichern"), ("保存", "Sichern")),
        ),
    ),
)
