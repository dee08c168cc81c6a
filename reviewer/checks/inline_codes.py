"""Inline codes of the document's format that the target lost or doubled."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import CodeKind, Finding, IssueType, Kind, Pair, Severity, Side, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.model import Code, Segment


def find_code_errors(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each inline code that one side has more often, and for loose halves.

    Codes are compared by the markup they stand for; where the markup was never the same on both
    sides (two formats), only unpaired halves are told.
    """
    del context
    for pair in pairs:
        if not any(segment.codes for segment in (*pair.source, *pair.target)):
            continue
        if not pair.source or not pair.target:
            continue
        source, target = _codes(pair.source), _codes(pair.target)
        lost, extra = Counter(map(_mark, source)), Counter(map(_mark, target))
        common = lost & extra
        if common or not (source and target):
            yield from _unequal(pair, Side.SOURCE, source, lost - common, "lost")
            yield from _unequal(pair, Side.TARGET, target, extra - common, "extra")
        elif _is_unpaired(target) and not _is_unpaired(source):
            span = Span(Side.TARGET, 0, len(pair.target_text))
            yield Finding("inline-codes", pair.number, (span,), (), Severity.MAJOR, "unpaired")


def _codes(segments: Sequence[Segment]) -> list[Code]:
    return [code for segment in segments for code in segment.codes]


def _mark(code: Code) -> tuple[CodeKind, str]:
    return code.kind, code.data or code.id


def _unequal(
    pair: Pair,
    side: Side,
    codes: Sequence[Code],
    over: Counter[tuple[CodeKind, str]],
    variant: str,
) -> Iterator[Finding]:
    text = pair.text(side)
    for code in codes:
        if over[_mark(code)] <= 0:
            continue
        over[_mark(code)] -= 1
        start = text.find(code.character)
        if start >= 0:
            yield Finding(
                "inline-codes",
                pair.number,
                (Span(side, start, start + 1),),
                (code.shown or code.data or code.id,),
                Severity.MAJOR,
                variant,
                suggestions=("",) if variant == "extra" and code.can_delete else (),
            )


def _is_unpaired(codes: Sequence[Code]) -> bool:
    opened = Counter(code.id for code in codes if code.kind is CodeKind.OPEN)
    closed = Counter(code.id for code in codes if code.kind is CodeKind.CLOSE)
    return opened != closed


CHECK = Check(
    id="inline-codes",
    kind=Kind.NUMBER,
    type=IssueType.MARKUP,
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Lost or added code"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "The inline codes differ from those of the source."),
        "lost": QT_TRANSLATE_NOOP("checks", "The code {0} is not in the translation."),
        "extra": QT_TRANSLATE_NOOP("checks", "The code {0} is not in the source."),
        "unpaired": QT_TRANSLATE_NOOP(
            "checks", "A code is opened and not closed, or the reverse."
        ),
    },
    find=find_code_errors,
    examples=(Example("No codes here.", "Pas de codes ici."),),
)
