"""Quotation marks without a partner, or with one of another kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.links import mask_links
from reviewer.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.text.languages import Language

_QUOTES = re.compile(
    r"[\"“”„‟«»「」『』《》〈〉＂'](?:(?<!')|(?<![^\W\d_]')(?=\w)|(?<=\w')(?![^\W_]))"
)
_ALL_PAIRS = frozenset({
    "“”", "„“", "„”", "«»", "»«", "””", "»»", "「」", "『』", "《》", "〈〉", '""',
    "＂＂", "‟”", "“„",
})  # fmt: skip
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_CLIPPED = frozenset({"an", "ol", "th", "po", "mo"})
_NO_FINAL_APOSTROPHE = frozenset({
    "en", "de", "es", "fr", "pt", "id",
})  # fmt: skip
_NEAR = 12
"""Pairs through which a quotation may go on before a mark of it is seen again."""
_MEASURE = re.compile(r"[0-9][0-9½¼¾./\s]*$")


class Quote(NamedTuple):
    """A quotation mark with its offset."""

    start: int
    mark: str


class _Loose(NamedTuple):
    """The one quotation mark of a pair that has no partner there.

    Attributes:
        place: of the pair among all pairs.
        opens: whether it stands where a quotation begins.
        told: False where the source lacks a partner as well.
        quoted: whether the source quotes something here.
    """

    place: int
    pair: Pair
    quote: Quote
    opens: bool
    told: bool
    quoted: bool


def find_quote_errors(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each quotation mark that lacks its partner, and for ill-matched pairs.

    Any pair that some language uses is right. A quotation may go on through the next pairs, each
    paragraph of it opened anew; where the source lacks the partner as well, nothing is told.
    """
    alone: list[_Loose] = []
    for place, pair in enumerate(pairs):
        target = mask_links(pair.target_text)
        quotes = _quotes(target, context.target)
        if not quotes:
            continue
        loose, mixed = match_quotes(quotes, target, context.target)
        if len(loose) == 1:
            opens = _opens(loose[0], target, context.target)
            source = mask_links(pair.source_text)
            there = _quotes(source, context.source)
            told = not match_quotes(there, source, context.source)[0]
            alone.append(_Loose(place, pair, loose[0], opens, told, bool(there)))
        for first, second in mixed:
            yield from _mixed(pair, first, second, context)
    for loose_one in _without_partner(alone):
        if loose_one.told:
            yield _unpaired(loose_one)


def _without_partner(alone: Sequence[_Loose]) -> Iterator[_Loose]:
    """Yield the marks that no mark of a pair nearby opens or closes."""
    waiting: list[_Loose] = []
    for loose in alone:
        if waiting and loose.place - waiting[-1].place > _NEAR:
            yield from waiting
            waiting = []
        if loose.opens:
            waiting.append(loose)
        elif waiting and waiting[-1].quote.mark + loose.quote.mark in _ALL_PAIRS:
            waiting = []
        else:
            yield loose
    yield from waiting


def _quotes(text: str, language: Language) -> list[Quote]:
    """Return the quotation marks of a text, without signs of inches and apostrophes."""
    found: list[Quote] = []
    for match in _QUOTES.finditer(text):
        mark, start = match.group(), match.start()
        if mark == '"' and _MEASURE.search(text[max(start - 8, 0) : start]):
            before = sum(quote.mark == '"' for quote in found)
            if before % 2 == 0:
                continue
        if mark == "'" and language.code not in _NO_FINAL_APOSTROPHE:
            continue
        found.append(Quote(start, mark))
    singles = [quote for quote in found if quote.mark == "'"]
    if singles and _are_apostrophes(singles, text, language):
        found = [quote for quote in found if quote.mark != "'"]
    return found


def _are_apostrophes(singles: Sequence[Quote], text: str, language: Language) -> bool:
    """Whether one of the straight single marks may be an apostrophe ("the boys' room", "'90s")."""
    clipped = _CLIPPED | language.words("terms", "elided")
    for quote in singles:
        before = _LAST_LETTERS.search(text[max(quote.start - 12, 0) : quote.start])
        word = before.group().lower() if before else ""
        if len(word) < 2 or word[-1] in "sxz" or word.endswith("in") or word in clipped:
            return True
    return False


def match_quotes(
    quotes: Sequence[Quote], text: str, language: Language
) -> tuple[list[Quote], list[tuple[Quote, Quote]]]:
    """Return the marks without a partner, and the pairs whose marks do not belong together."""
    alike = "””" in typography(language).quotes
    open_marks: list[Quote] = []
    loose: list[Quote] = []
    mixed: list[tuple[Quote, Quote]] = []
    for quote in quotes:
        partner = _partner(open_marks, quote)
        if partner is not None:
            del open_marks[open_marks.index(partner) :]
        elif _may_open(quote, text, alike=alike or not open_marks):
            open_marks.append(quote)
        elif open_marks:
            mixed.append((open_marks.pop(), quote))
        else:
            loose.append(quote)
    return loose + open_marks, mixed


def _partner(open_marks: Sequence[Quote], quote: Quote) -> Quote | None:
    """Return the innermost open mark that this one closes."""
    for opened in reversed(open_marks[-3:]):
        if opened.mark + quote.mark in _ALL_PAIRS or (opened.mark == quote.mark == "'"):
            return opened
    return None


def _may_open(quote: Quote, text: str, *, alike: bool) -> bool:
    """Whether a mark stands where a quotation begins: not glued to the end of a word.

    `alike` says whether ” can open.
    """
    if quote.mark == "”" and not alike:
        return False
    if quote.mark in "“„«‟「『《〈»":
        return True
    if quote.mark in "」』》〉":
        return False
    before = text[quote.start - 1 : quote.start]
    return not before or not (before.isalnum() or before in ".,!?…%)")


def _opens(quote: Quote, text: str, language: Language) -> bool:
    """Whether a mark without a partner opens a quotation: by the language, or by its place."""
    pairs = typography(language).quotes
    first, last = any(quote.mark == p[0] for p in pairs), any(quote.mark == p[1] for p in pairs)
    return first if first is not last else _may_open(quote, text, alike=True)


def _unpaired(loose: _Loose) -> Finding:
    """Return the finding; a source without quotes often marks speech in another way."""
    text, start = loose.pair.target_text, loose.quote.start
    inside = text[start - 1 : start].isalnum() and text[start + 1 : start + 2].isspace()
    return Finding(
        "quotes",
        loose.pair.number,
        (Span(Side.TARGET, start, start + 1),),
        (loose.quote.mark,),
        variant="unpaired",
        suggestions=("",),
        confidence=0.8 if loose.quoted or inside else 0.6,
    )


def _mixed(pair: Pair, first: Quote, second: Quote, context: Context) -> Iterator[Finding]:
    own = {marks[0]: marks[1] for marks in typography(context.target).quotes}
    right = own.get(first.mark, '"' if first.mark == '"' else "")
    yield Finding(
        "quotes",
        pair.number,
        (Span(Side.TARGET, second.start, second.start + 1),),
        (first.mark, second.mark),
        suggestions=(right,) if right and right != second.mark else (),
        confidence=0.8,
    )


CHECK = Check(
    id="quotes",
    kind=Kind.FORM,
    type=IssueType.PUNCTUATION,
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    title=QT_TRANSLATE_NOOP("checks", "Unpaired quotation mark"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "The quotation opens with {0} and closes with {1}."),
        "unpaired": QT_TRANSLATE_NOOP("checks", "The quotation mark {0} has no partner."),
    },
    find=find_quote_errors,
    normal=0.7,
    lenient=0.8,
    alone=True,
    examples=(
        Example("He said “yes”.", "Il a dit « oui »."),
        Example("He said “yes”.", "Il a dit « oui.", ("«",)),
        Example("He said “yes”.", "Il a dit « oui ”.", ("”",)),
        Example("He said “yes”.", "Er sagte „ja“.", (), "en", "de"),
        Example("He said “yes”.", "Er sagte »ja«.", (), "en", "de"),
        Example("He said “yes”.", "Powiedział „tak”.", (), "en", "pl"),
        Example("He said “yes”.", "Han sa ”ja”.", (), "en", "sv"),
        Example("He said “yes”.", "他说“是”。", (), "en", "zh"),
        Example("He said “yes”.", "彼は「はい」と言った。", (), "en", "ja"),
        Example("He said “yes”.", "彼は「はい』と言った。", ("』",), "en", "ja"),
        Example("“He said “yes”.", "“Il a dit oui."),
        Example(
            "Then he left.", "Puis il partit. »", before=(("He said: yes.", "Il dit : « Oui."),)
        ),
        Example("The crowd ran.", 'The" crowd ran.', ('"',), "fr", "en"),
        Example('A 5" screen', 'Un écran de 5"'),
        Example("Les chaussures des garçons.", "The boys' shoes.", (), "fr", "en"),
        Example("Dans les années 90", "In the '90s", (), "fr", "en"),
        Example("Le nombre de personnes", "The number' of people", ("'",), "fr", "en"),
        Example("C'est un po de pain.", "È un po' di pane.", (), "fr", "it"),
        Example("Il a dit « oui ».", "He said 'yes'.", (), "fr", "en"),
        Example("Il a dit « oui ».", "Er sagte: „Ja, ‚so‘ ist es.“", (), "fr", "de"),
        Example("Он сказал «да».", "He said «yes».", (), "ru", "en"),
        Example("Il a dit « oui ».", "Он сказал: «Да, „так“ и есть».", (), "fr", "ru"),
    ),
)
