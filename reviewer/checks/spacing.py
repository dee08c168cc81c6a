"""Spaces too many, in the wrong place, or missing."""

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

_S = r"[ \t\u00a0\u202f\u2009]"
# Patterns that begin with one set of characters pass over most of a text many times as fast.
_DOUBLE = re.compile(rf"{_S}(?<=\S{_S}){_S}{{1,39}}(?=\S)")
_BEFORE = re.compile(
    rf"{_S}(?<=[\w)\]»”’\"'%°]{_S}){_S}{{0,39}}(?P<mark>[.,;:!?])(?=\s|$|[\"”’»)\]]|(?<=,)[^\W\d_])"
)
_INSIDE = re.compile(rf"(?<![:;])[(\[]{_S}{{1,40}}(?=[^\s)\]])|(?<=[^\s(\[]){_S}{{1,40}}[)\]]")
_MISSING = re.compile(
    r"(?P<before>[^\W\d_]{2}|[)”»])(?P<mark>[,;!?])(?=[^\W\d_]{2})"
    r"|(?P<low>[^\W\d_]{3})(?P<stop>[.:])(?=(?P<cap>[^\W\d_])[^\W\d_])"
)
_MARK_AND_LETTER = re.compile(r"[,;!?.:](?=[^\W\d_])")
"""What a missing space leaves."""
_SPLIT_WORD = re.compile(rf"\w{_S}['’](?:s|re|ve|ll|d|m)\b|\w{_S}n['’]t\b")
_HINT = re.compile(
    r"[\s(\[,;!?.:\u3000-\u9fff\uff00-\uffef](?:(?<=^\s)|(?<=\s)$"
    r"|(?<=[ \t\u00a0\u202f\u2009])[\s\u00a0\u202f.,;:!?)\]'’]|(?<=[(\[])\s"
    r"|(?<=[,;!?.:])[^\W\d_]|(?<=\s)n['’]t|(?<=[\u3000-\u9fff\uff00-\uffef]) )"
)
"""What a text without any slip does not have: a quick look, one set of characters first."""
_SPLIT = re.compile(r"\S (?:[,;](?=\s|$)|\.$)")
_GLUED = re.compile(r"\w(?:[,;](?=\s|$)|\.$)")
_AROUND = 3
_RUN_BEFORE, _RUN_AFTER = re.compile(r"\S{1,60}$"), re.compile(r"\S{1,60}")
_ELLIPSIS = re.compile(r"[.]{2}|[.]\s[.]")
_CJK = "\u3040-\u30ff\u3400-\u9fff"
_CJK_SPACE = re.compile(
    rf"(?<=[{_CJK}]) +(?=[，。、；：？！）」』》])|(?<=[，。、；：？！（「『《]) +(?=[{_CJK}])"
    rf"|(?<=[{_CJK}]) +(?=[{_CJK}])"
)


class _Slip(NamedTuple):
    start: int
    end: int
    variant: str
    suggestion: str


def find_spacing_errors(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each superfluous, misplaced or missing space of the target.

    What a language spaces before its marks (French) is told by the check of those spaces. Runs
    of spaces that the source has as well lay out a table; spaces around marks in both are how
    the texts were written (split into words by a program).
    """
    for pair in pairs:
        text = pair.target_text
        if not _HINT.search(text) or text == pair.source_text:
            continue
        slips = list(_slips(text, context.target))
        for slip in _own_slips(slips, text, pair.source_text, context.source):
            words = (text[slip.start : slip.end],)
            yield Finding(
                "spacing",
                pair.number,
                (Span(Side.TARGET, slip.start, slip.end),),
                words,
                variant=slip.variant,
                suggestions=(slip.suggestion,),
                confidence=0.9,
            )


def _own_slips(
    slips: Sequence[_Slip], text: str, source: str, language: Language
) -> Iterator[_Slip]:
    """Leave out the slips and the edges that the source has too."""
    has_runs = bool(slips) and _DOUBLE.search(source) is not None
    split = bool(slips) and _is_split(source, language)
    for slip in slips:
        if (slip.variant == "double" and has_runs) or (
            slip.variant in {"before", "inside"} and split
        ):
            continue
        if slip.variant == "after" and _run_at(text, slip.start) in source:
            continue
        if slip.variant != "double" and _stands_in(source, text, slip):
            continue
        yield slip
    edges = (
        (text[:1].isspace(), source[:1].isspace()),
        (text[-1:].isspace(), source[-1:].isspace()),
    )
    if edges[0][0] and not edges[0][1]:
        yield _Slip(0, len(text) - len(text.lstrip()), "edge", "")
    if edges[1][0] and not edges[1][1] and text.strip():
        yield _Slip(len(text.rstrip()), len(text), "edge", "")


def _stands_in(source: str, text: str, slip: _Slip) -> bool:
    """Whether the source has the place letter by letter, as it has code: "ls | sort .", "a;b"."""
    around = text[max(slip.start - _AROUND, 0) : slip.end + 1]
    return around.isascii() and around in source


def _is_split(text: str, language: Language) -> bool:
    """Whether a program set spaces around all marks of a text."""
    return language.spaced and len(_SPLIT.findall(text)) > len(_GLUED.findall(text))


def _run_at(text: str, at: int) -> str:
    """Return what stands between the spaces around a place, the place itself included."""
    before, after = _RUN_BEFORE.search(text[:at]), _RUN_AFTER.match(text, at)
    return (before.group() if before else "") + (after.group() if after else text[at : at + 2])


def _slips(text: str, language: Language) -> Iterator[_Slip]:
    masked = mask_links(text)
    if masked is not text:  # blanked addresses are no spaces
        masked = "".join(
            "\ufffc" if new == " " != old else new for new, old in zip(masked, text, strict=True)
        )
    for match in _DOUBLE.finditer(masked):
        yield _Slip(match.start(), match.end(), "double", " ")
    if language.spaced:
        yield from _around_marks(masked, language)
    else:
        for match in _CJK_SPACE.finditer(masked) if _ends_as_sentence(masked) else ():
            yield _Slip(match.start(), match.end(), "cjk", "")


def _ends_as_sentence(text: str) -> bool:
    """Whether spaces between ideographs are none of a heading or a list of names."""
    return text.rstrip()[-1:] in {*"。！？」』）…"}


def _around_marks(text: str, language: Language) -> Iterator[_Slip]:
    spaced = typography(language).spaced
    known = typography(language).known
    for match in _BEFORE.finditer(text):
        mark = match.group("mark")
        if mark in spaced or not (known or mark in ".,"):
            continue
        if not _ELLIPSIS.match(text, match.start("mark")):
            yield _Slip(match.start(), match.end(), "before", mark)
    for match in _INSIDE.finditer(text) if any(map(text.__contains__, "()[]")) else ():
        yield _Slip(match.start(), match.end(), "inside", match.group().strip())
    if language.code == "en":
        for match in _SPLIT_WORD.finditer(text):
            yield _Slip(match.start(), match.end(), "before", re.sub(_S, "", match.group()))
    for match in _MISSING.finditer(text) if _MARK_AND_LETTER.search(text) else ():
        if _is_in_code(match, text):
            continue
        mark = "mark" if match.group("mark") else "stop"
        if mark == "mark" or _is_sentence_start(match, text):
            at = match.start(mark)
            yield _Slip(at, at + 1, "after", text[at] + " ")


def _is_in_code(match: re.Match[str], text: str) -> bool:
    """Whether a mark without a space is part of a list in code: "{one,two}", "vnc,listen=0"."""
    before = _RUN_BEFORE.search(text[max(match.start() - 60, 0) : match.end()])
    after = _RUN_AFTER.match(text, match.end())
    run = (before[0] if before else "") + (after[0] if after else "")
    return any(sign in run for sign in "{}=")


def _is_sentence_start(match: re.Match[str], text: str) -> bool:
    """Whether small letters, a stop and a capital are two sentences, no name ("Node.Js")."""
    end = match.end()
    after = text[end : end + 30].split(maxsplit=1)
    return (
        match.group("low").islower()
        and match.group("cap").isupper()
        and text[end + 1 : end + 2].islower()
        and bool(after)
        and "." not in after[0].rstrip(".")
        and text[max(match.start() - 1, 0)] != "."
    )


CHECK = Check(
    id="spacing",
    kind=Kind.FORM,
    type=IssueType.TYPOGRAPHY,
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Spaces"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "A space is wrong here."),
        "double": QT_TRANSLATE_NOOP("checks", "More than one space."),
        "before": QT_TRANSLATE_NOOP("checks", "“{0}”: there is a space in front."),
        "inside": QT_TRANSLATE_NOOP("checks", "“{0}”: there is a space inside the brackets."),
        "after": QT_TRANSLATE_NOOP("checks", "No space follows “{0}”."),
        "edge": QT_TRANSLATE_NOOP("checks", "A space at the edge that the source does not have."),
        "cjk": QT_TRANSLATE_NOOP("checks", "A space between characters that take none."),
    },
    find=find_spacing_errors,
    normal=0.65,
    examples=(
        Example("Es regnet, und es ist kalt.", "It rains, and it is cold.", (), "de", "en"),
        Example(
            "Es regnet, und es ist kalt.", "It rains , and it is cold .", (" ,", " ."), "de", "en"
        ),
        Example("Es regnet.", "It  rains.", ("  ",), "de", "en"),
        Example("Name:    Paul", "Nom :     Paul"),
        Example("Es regnet (oft).", "It rains ( often ).", ("( ", " )"), "de", "en"),
        Example("Es regnet,und wie.", "It rains,and how.", (",",), "de", "en"),
        Example("Type ls | sort .", "Tapez ls | sort ."),
        Example("In {eins,zwei}/", "In {eins,three}/ and --graphics vnc,listen=0", (), "de", "en"),
        Example("Es regnet. Es ist kalt.", "It rains.It is cold.", (".",), "de", "en"),
        Example("See DigitalSiber.id or Mil.ru.", "Voir DigitalSiber.id ou Mil.ru."),
        Example("We use Node.js and ASP.NET.", "Nous utilisons Node.js et ASP.NET."),
        Example("What? Really!", "Quoi ? Vraiment !"),
        Example("What? Really!", "Quoi\u202f? Vraiment\u202f!"),
        Example("Quoi ? Vraiment !", "What ? Really !", (" ?", " !"), "fr", "en"),
        Example("He said , yes.", "Il a dit , oui.", (" ,",)),
        Example("He waited …", "Er wartete …", (), "en", "de"),
        Example("He waited ...", "Esperaba ...", (), "en", "es"),
        Example(
            "The .NET library costs 1.5 million.",
            "Die .NET-Bibliothek kostet 1,5 Millionen.",
            (),
            "en",
            "de",
        ),
        Example("It is 10:30, i.e. late.", "Es ist 10:30, d.h. spät.", (), "en", "de"),
        Example("He does not know.", "He does n't know.", ("s n't",), "de", "en"),
        Example("He is here.", "他在 这里。", (" ",), "en", "zh"),
        Example("Chapter 1: The start", "第一章 开始", (), "en", "zh"),
        Example("Use Python 3 here.", "在这里使用 Python 3 吧。", (), "en", "zh"),
        Example("Tokyo is big.", "東京は 大きい。", (" ",), "en", "ja"),
        Example("Hello, world.", "Привет ,мир.", (" ,",), "en", "ru"),
        Example("Smile :)", "Souriez :)"),
        Example("Il a 3 , 5 ou 7.", "He has 3, 5 or 7.", (), "fr", "en"),
        Example("The bridge is closed.", "Le pont est fermé. ", (" ",)),
        Example("The bridge is closed.", "الجسر مغلق ، والطريق .", (" .",), "en", "ar"),
    ),
)
