"""Brackets without a partner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.links import mask_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OPEN = {"(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "【": "】", "〔": "〕"}
_CLASS = (
    {mark: index % 3 for index, mark in enumerate("([{（［｛")}
    | {mark: index % 3 for index, mark in enumerate(")]}）］｝")}
    | {"【": 3, "】": 3, "〔": 4, "〕": 4}
)
_BRACKETS = re.compile(r"[()\[\]{}（）［］【】〔〕]")
_ENUMERATOR = re.compile(
    r"(?:^|[;,:\n]\s?)[0-9]{1,3}\s?$|(?:^|[\s\u00a0(,;])(?:[^\W\d_]|[ivx]{1,5}|[IVX]{1,5})\s?$"
)
_FACE = re.compile(r"[:;=8xX]['’]?-?$")


def find_bracket_errors(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each bracket of the target without a partner.

    A source with an unpaired bracket excuses its target: the bracket closes in another segment.
    Enumerators such as “a)” need no partner; the width of a bracket does not matter.
    """
    del context
    for pair in pairs:
        loose = unpaired_brackets(pair.target_text)
        if not loose or unpaired_brackets(pair.source_text):
            continue
        for at in loose[:3]:
            yield Finding(
                "brackets",
                pair.number,
                (Span(Side.TARGET, at, at + 1),),
                (pair.target_text[at],),
                suggestions=("",),
                confidence=0.85 if len(loose) == 1 else 0.6,
            )


def unpaired_brackets(text: str) -> list[int]:
    """Return the offsets of the brackets without a partner, in order."""
    if not _BRACKETS.search(text):
        return []
    masked = mask_links(text)
    opened: list[int] = []
    loose: list[int] = []
    for match in _BRACKETS.finditer(masked):
        mark, at = match.group(), match.start()
        if mark in _OPEN:
            opened.append(at)
        elif opened and _CLASS[masked[opened[-1]]] == _CLASS[mark]:
            opened.pop()
        elif not _is_excused(masked, at):
            loose.append(at)
    return sorted(loose + [at for at in opened if not _is_face(masked, at)])


def _is_excused(text: str, at: int) -> bool:
    before = text[max(at - 12, 0) : at]
    return text[at] in ")）" and bool(_ENUMERATOR.search(before) or _FACE.search(before))


def _is_face(text: str, at: int) -> bool:
    return bool(_FACE.search(text[max(at - 3, 0) : at]))


CHECK = Check(
    id="brackets",
    kind=Kind.FORM,
    type=IssueType.PUNCTUATION,
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Unpaired bracket"),
    messages={"": QT_TRANSLATE_NOOP("checks", "The bracket {0} has no partner.")},
    find=find_bracket_errors,
    lenient=0.8,
    examples=(
        Example("It fell (see page 3).", "Il est tombé (voir page 3)."),
        Example("It fell (see page 3).", "Il est tombé (voir page 3.", ("(",)),
        Example("It fell (see page 3).", "Il est tombé voir page 3).", (")",)),
        Example("It fell (see page 3).", "它倒了（见第3页）。", (), "en", "zh"),
        Example("It fell (see page 3).", "它倒了(见第3页）。", (), "en", "zh"),
        Example("It fell (see page 3).", "它倒了（见第3页。", ("（",), "en", "zh"),
        Example("a) the price; b) the date", "a) le prix ; b) la date"),
        Example("1) Open the file.", "1) Ouvrez le fichier."),
        Example("(The bridge is closed.", "(Le pont est fermé."),
        Example("See you :)", "À bientôt :)"),
        Example("Use [a] or [b].", "Nehmen Sie [a] oder [b].", (), "en", "de"),
        Example("Use [a] or [b].", "Nehmen Sie [a oder [b].", ("[",), "en", "de"),
        Example("الجسر (القديم) مغلق", "The (old bridge is closed", ("(",), "ar", "en"),
    ),
)
