"""Quotation marks and apostrophes in another style than in the rest of the translation."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.links import mask_links
from reviewer.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OPENING = re.compile(
    '["“„«「»”](?:(?<![»”])(?<![\\w.,!?»”].)(?=[\\s\u00a0\u202f]?\\w)|(?<=[»”])(?<!\\w.)(?=\\w))'
)
_APOSTROPHE = re.compile(r"['’](?<=[^\W\d_].)(?=[^\W\d_])")
_PARTNERS = {
    '"': '"', "“": "”", "„": "“”", "«": "»", "»": "«»", "”": "”", "「": "」",
}  # fmt: skip
_RARE = 0.2
_ENOUGH = 4


class _Use(NamedTuple):
    pair: int
    start: int
    end: int
    style: str
    text: str


def find_other_styles(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each quotation or apostrophe in a style that is rare in the document.

    Only the outer quotation counts; at least four uses make a style.
    """
    for variant, uses in (
        ("", [use for pair in pairs for use in _quotations(pair)]),
        ("apostrophe", [use for pair in pairs for use in _apostrophes(pair)]),
    ):
        counts = Counter(use.style for use in uses)
        if len(counts) < 2:
            continue
        usual, number = counts.most_common(1)[0]
        if number < _ENOUGH or len(uses) - number > _RARE * number:
            continue
        for use in uses:
            if use.style != usual:
                yield _finding(use, variant, usual, context)


def _quotations(pair: Pair) -> Iterator[_Use]:
    """Yield the outer quotations that open and close in the pair."""
    text = mask_links(pair.target_text)
    at = 0
    while (opened := _OPENING.search(text, at)) is not None:
        partners = _PARTNERS[opened.group()]
        ends = [end for mark in partners if (end := text.find(mark, opened.end())) >= 0]
        if not ends:
            return
        end = min(ends)
        if opened.group() in "”»" and _OPENING.search(text, opened.end(), end):
            return  # the end of a quotation that began elsewhere was taken for a beginning
        style = opened.group() + text[end]
        yield _Use(pair.number, opened.start(), end + 1, style, text[opened.start() : end + 1])
        at = end + 1


def _apostrophes(pair: Pair) -> Iterator[_Use]:
    for match in _APOSTROPHE.finditer(pair.target_text):
        yield _Use(pair.number, match.start(), match.end(), match.group(), match.group())


def _finding(use: _Use, variant: str, usual: str, context: Context) -> Finding:
    if variant:
        suggestion = usual
    else:
        inner = use.text[1:-1].strip(" \u00a0\u202f")
        space = "\u00a0" if usual == "«»" and typography(context.target).spaced else ""
        suggestion = usual[0] + space + inner + space + usual[1]
    return Finding(
        "quotation-style",
        use.pair,
        (Span(Side.TARGET, use.start, use.end),),
        (use.text, usual),
        variant=variant,
        suggestions=(suggestion,),
        confidence=0.75,
    )


CHECK = Check(
    id="quotation-style",
    kind=Kind.FORM,
    type=IssueType.TYPOGRAPHY,
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    title=QT_TRANSLATE_NOOP("checks", "Mixed quotation marks"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "{0}: elsewhere the translation quotes with {1}."),
        "apostrophe": QT_TRANSLATE_NOOP("checks", "{0}: elsewhere the apostrophe is {1}."),
    },
    find=find_other_styles,
    normal=0.65,
    examples=(
        Example("He said “no”.", 'Er sagte "nein".', (), "en", "de"),
        Example(
            "He said “no”.",
            'Er sagte "nein".',
            ('"nein"',),
            "en",
            "de",
            before=tuple((f"He said “{n}”.", f"Er sagte „{n}“.") for n in "abcde"),
        ),
        Example(
            "He said “no”.",
            "Er sagte „nein“.",
            (),
            "en",
            "de",
            before=tuple((f"He said “{n}”.", f"Er sagte „{n}, so ‚{n}‘“.") for n in "abcde"),
        ),
        Example(
            "the bridge",
            "l'arche",
            ("'",),
            before=tuple(
                (f"the {n}", f"l’{n}") for n in ("abordage", "arbre", "été", "eau", "école")
            ),
        ),
        Example(
            "the bridge",
            "l'arche",
            (),
            before=tuple(
                (f"the {n}", f"l'{n}") for n in ("abordage", "arbre", "été", "eau", "école")
            ),
        ),
    ),
)
