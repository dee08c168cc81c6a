"""The spaces that French sets before some marks and inside its quotes."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.links import mask_links
from reviewer.text.typography import NARROW, NO_BREAK, typography

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PLACE = re.compile(
    r"""
    (?<=[^\s\u00a0\u202f\u2009;:!?«(\[….\/\\])
    (?P<space>[\ \u00a0\u202f\u2009]?) (?P<mark>[;:!?»]) (?![\w\/){\-=])
    | (?P<open>«) (?P<after>[\ \u00a0\u202f\u2009]?) (?=[^\s\u00a0\u202f])
    """,
    re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"[\w'’-]{2,40}$")
_WORD_AFTER = re.compile(r"\s?[\w'’-]{2,40}")
_KINDS = {"": "none", " ": "plain", NO_BREAK: "nbsp", "\u2009": "narrow", NARROW: "narrow"}
_SPACES = {"plain": " ", "nbsp": NO_BREAK, "narrow": NARROW}
_GROUPS = {";": "high", "!": "high", "?": "high", ":": "colon", "«": "quote", "»": "quote"}

_BY_THE_BOOK = 2.5
"""How many places without a space a French text needs before they count as its style."""
_RARE = 0.2
_FEW = 4


class _Place(NamedTuple):
    pair: int
    start: int
    end: int
    mark: str
    kind: str
    text: str


def find_unspaced_marks(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each mark whose space differs from the document's own practice.

    French has a no-break space before ; : ! ? and inside « », the Swiss often a narrow one or
    none, Canadians none before ; ! ?. Whatever a text does throughout is right; a text too short
    to tell is held to the book of its country.
    """
    marks = typography(context.target)
    if not marks.spaced:
        return
    places = [place for pair in pairs for place in _places(pair)]
    region = context.target.tag.replace("_", "-").upper().partition("-")[2]
    styles = {
        group: _style([place for place in places if _GROUPS[place.mark] == group], group, region)
        for group in ("high", "colon", "quote")
    }
    usual, odd = _usual_space(places), _is_odd_one(places)
    for place in places:
        style = styles[_GROUPS[place.mark]]
        if style == "spaced" and place.kind == "none":
            yield _finding(place, "", _spaced(place, usual))
        elif style == "none" and place.kind != "none":
            yield _finding(place, "superfluous", place.mark)
        elif place.kind == "plain" and odd:
            yield _finding(place, "plain", _spaced(place, usual))


def _places(pair: Pair) -> Iterator[_Place]:
    text = pair.target_text
    if text == pair.source_text or not any(mark in text for mark in ";:!?«»"):
        return
    masked = mask_links(text)
    for match in _PLACE.finditer(masked):
        if match.group("open"):
            kind = _KINDS[match.group("after")]
            yield _Place(pair.number, match.start(), match.end(), "«", kind, match.group())
        elif text[match.end() : match.end() + 1] not in {"{", ":"} and not _is_copied(
            match, masked, pair.source_text
        ):
            kind = _KINDS[match.group("space")]
            mark = match.group("mark")
            yield _Place(pair.number, match.start(), match.end(), mark, kind, match.group())


def _is_copied(match: re.Match[str], text: str, source: str) -> bool:
    """Whether the mark stands inside a title that was left as it is ("Mission: Impossible")."""
    before = _WORD_BEFORE.search(text[max(match.start() - 40, 0) : match.start()])
    after = _WORD_AFTER.match(text, match.end())
    if before is None or after is None:
        return False
    return before.group() + match.group() + after.group() in source


def _style(places: Sequence[_Place], group: str, region: str) -> str:
    """Return "spaced", "none", or "" where the text mixes too much to tell."""
    none = sum(place.kind == "none" for place in places)
    spaced = len(places) - none
    book = _BY_THE_BOOK
    if region == "CA" and group == "high":
        book = -_BY_THE_BOOK
    elif region == "CH":
        book = 0.0
    if none > spaced + book:
        return "none" if not spaced or spaced <= _RARE * none else ""
    if spaced + book <= none:
        return ""
    return "spaced"


def _usual_space(places: Sequence[_Place]) -> str:
    kinds = Counter(place.kind for place in places if place.kind != "none")
    return _SPACES[kinds.most_common(1)[0][0]] if kinds else NO_BREAK


def _is_odd_one(places: Sequence[_Place]) -> bool:
    """Whether ordinary spaces are the exception among no-break ones."""
    plain = sum(place.kind == "plain" for place in places)
    kept = sum(place.kind in {"nbsp", "narrow"} for place in places)
    return kept >= _FEW and plain <= _RARE * kept


def _spaced(place: _Place, space: str) -> str:
    return place.mark + space if place.mark == "«" else space + place.mark


def _finding(place: _Place, variant: str, suggestion: str) -> Finding:
    return Finding(
        "punctuation-spaces",
        place.pair,
        (Span(Side.TARGET, place.start, place.end),),
        (place.mark,),
        variant=variant,
        suggestions=(suggestion,),
        confidence=0.7 if variant == "plain" else 0.85,
    )


CHECK = Check(
    id="punctuation-spaces",
    kind=Kind.FORM,
    type=IssueType.TYPOGRAPHY,
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    title=QT_TRANSLATE_NOOP("checks", "French spaces"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "No space at “{0}”, where French has one."),
        "superfluous": QT_TRANSLATE_NOOP(
            "checks", "A space at “{0}”; elsewhere the translation has none there."
        ),
        "plain": QT_TRANSLATE_NOOP(
            "checks", "An ordinary space at “{0}”; elsewhere the translation has no-break spaces."
        ),
    },
    find=find_unspaced_marks,
    normal=0.65,
    lenient=0.8,
    examples=(
        Example("Bagikan:", "Partager:", (":",), "id", "fr"),
        Example("Bagikan:", "Partager :", (), "id", "fr"),
        Example("What?", "Quoi\u202f?"),
        Example("What?", "Quoi?", ("?",)),
        Example("What?", "Quoi?", (), "en", "fr-CA"),
        Example("He said “yes”.", "Il a dit «oui».", ("«", "»")),
        Example("He said “yes”.", "Il a dit «\u00a0oui\u00a0»."),
        Example("He said “yes”.", "Il a dit «oui».", (), "en", "fr-CH"),
        Example(
            "At 10:30, see https://example.org:80/a?b", "À 10:30, voir https://example.org:80/a?b"
        ),
        Example("We saw Mission: Impossible.", "Nous avons vu Mission: Impossible."),
        Example("What? Really!", "Was? Wirklich!", (), "en", "de"),
        Example(
            "Why?",
            "Pourquoi?",
            (),
            before=(("Who?", "Qui?"), ("What?", "Quoi?"), ("Where?", "Où?"), ("How?", "Comment?")),
        ),
        Example(
            "Why?",
            "Pourquoi ?",
            (" ?",),
            before=(
                ("Who?", "Qui?"),
                ("What?", "Quoi?"),
                ("Where?", "Où?"),
                ("How?", "Comment?"),
                ("When?", "Quand?"),
            ),
        ),
        Example(
            "Why?",
            "Pourquoi ?",
            (" ?",),
            before=(
                ("Who?", "Qui\u00a0?"),
                ("What?", "Quoi\u00a0?"),
                ("Where?", "Où\u00a0?"),
                ("How?", "Comment\u00a0?"),
                ("When?", "Quand\u00a0?"),
            ),
        ),
    ),
)
