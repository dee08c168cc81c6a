"""Different source segments with one and the same translation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import Levenshtein

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.sameness import bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.text.languages import Language

_SENTENCE = 30
"""Letters, as of English, from which two sources that differ do not become one by chance."""
_ALIKE = 0.6
_LONGEST = 1000
_COMPARED = 20
"""Earlier pairs with the same target that a pair is compared with."""


def find_equal_targets(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each pair whose target an earlier, quite different source has as well.

    Short segments, and sources that say nearly the same in other words, are left out: one
    translation for two wordings is no mistake. The rest was mostly pasted into the wrong place.
    """
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(bare(pair.target_text), []).append(pair)
    for target, group in groups.items():
        if target and len(group) > 1:
            yield from _in_group(target, group, context.source)


def _in_group(target: str, group: Sequence[Pair], language: Language) -> Iterator[Finding]:
    """Yield the findings of the pairs with one target."""
    earlier: list[tuple[str, Pair]] = []
    for pair in group:
        source = bare(pair.source_text)
        if not source or source == target:
            continue
        for before, other in earlier[:_COMPARED]:
            if _differ(source, before, language):
                yield _finding(pair, other)
                break
        earlier.append((source, pair))


def _differ(source: str, other: str, language: Language) -> bool:
    size = min(len(source), len(other)) / language.density
    if size < _SENTENCE:
        return False
    return Levenshtein.ratio(source[:_LONGEST], other[:_LONGEST]) < _ALIKE


def _finding(pair: Pair, other: Pair) -> Finding:
    spans = (
        Span(Side.TARGET, 0, len(pair.target_text)),
        Span(Side.SOURCE, 0, len(pair.source_text)),
    )
    return Finding(
        "same-target",
        pair.number,
        spans,
        (other.source_text,),
        confidence=0.7,
    )


CHECK = Check(
    id="same-target",
    kind=Kind.TERMS,
    type=IssueType.MISTRANSLATION,
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    title=QT_TRANSLATE_NOOP("checks", "Same translation, different sources"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "Another source has the same translation: “{0}”."),
    },
    find=find_equal_targets,
    examples=(
        Example(
            "Delete the file",
            "Supprimer le fichier",
            (),
            before=(("Remove the file", "Supprimer le fichier"),),
        ),
        Example(
            "The harbour will be dredged before the winter storms.",
            "Le conseil a voté le budget de l'année prochaine.",
            ("Le conseil a voté le budget de l'année prochaine.",),
            before=(
                (
                    "The council voted on the budget for next year.",
                    "Le conseil a voté le budget de l'année prochaine.",
                ),
            ),
        ),
        Example(
            "The council has voted on the budget for next year.",
            "Le conseil a voté le budget de l'année prochaine.",
            (),
            before=(
                (
                    "The council voted on the budget of the next year.",
                    "Le conseil a voté le budget de l'année prochaine.",
                ),
            ),
        ),
        Example("Oui", "はい", (), "fr", "ja", before=(("D'accord", "はい"),)),
    ),
)
