"""Placeholders and tags that the target lost, changed or added."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.links import find_placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_BLANK = re.compile(r"</?([^\W\d_]{2,30})(?:\s[^<>=]{0,300})?>")
_NUMBERED = re.compile(r"(?<![\w%])%[1-9](?![\w%]|[.,][0-9])")
_PERCENT_FIRST = frozenset({"eu", "tr"})
"""Languages that write the sign before the number: "%5"."""
_MARKUP = frozenset({
    "abbr", "address", "article", "aside", "audio", "big", "body", "br", "center", "cite", "code",
    "col", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "font", "footer", "form",
    "frame", "head", "header", "hr", "html", "iframe", "img", "input", "ins", "kbd", "label",
    "legend", "li", "link", "main", "map", "mark", "menu", "meta", "nav", "ol", "option", "para",
    "param", "picture", "pre", "samp", "script", "section", "select", "small", "source", "span",
    "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td",
    "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "ul", "var",
    "video", "wbr",
})  # fmt: skip
_MOST = 200
"""Placeholders of a side that are counted; a segment of more is no text."""


def find_placeholder_errors(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each placeholder or tag that one side has more often than the other."""
    plain = {context.source.code, context.target.code} & _PERCENT_FIRST
    for pair in pairs:
        source, target = pair.source_text, pair.target_text
        if not target or not source:
            continue
        first, second = (_placeholders(text, numbered=not plain) for text in (source, target))
        if not first and not second:
            continue
        lost = Counter(match.group() for match in first)
        extra = Counter(match.group() for match in second)
        common = lost & extra
        lost -= common
        extra -= common
        if target.count("<") == source.count("<"):  # "<Name>", to be filled in by the reader
            lost = Counter({text: n for text, n in lost.items() if not _is_blank(text)})
            extra = Counter({text: n for text, n in extra.items() if not _is_blank(text)})
        only = next(iter(lost)) if lost.total() == extra.total() == 1 else ""
        for match in second:
            if extra[match.group()] > 0:
                extra[match.group()] -= 1
                span = Span(Side.TARGET, match.start(), match.end())
                yield _finding(pair, span, (only or match.group(), match.group()), only)
        for match in first:
            if not only and lost[match.group()] > 0:
                lost[match.group()] -= 1
                span = Span(Side.SOURCE, match.start(), match.end())
                yield Finding(
                    "placeholders",
                    pair.number,
                    (span,),
                    (match.group(),),
                    Severity.CRITICAL,
                    "lost",
                )


def _placeholders(text: str, *, numbered: bool) -> list[re.Match[str]]:
    """Return the placeholders of a text in order, "%1" among them if that is one."""
    found = list(islice(find_placeholders(text), _MOST))
    if numbered and "%" in text:
        found += islice(_NUMBERED.finditer(text), _MOST)
        found.sort(key=re.Match.start)
    return found


def _is_blank(text: str) -> bool:
    """Whether a placeholder is text in brackets that stands for what the reader writes."""
    words = _BLANK.fullmatch(text)
    return words is not None and words.group(1).lower() not in _MARKUP


def _finding(pair: Pair, span: Span, words: tuple[str, str], right: str) -> Finding:
    if right:
        return Finding(
            "placeholders", pair.number, (span,), words, Severity.CRITICAL, suggestions=(right,)
        )
    return Finding("placeholders", pair.number, (span,), words[1:], Severity.CRITICAL, "extra")


CHECK = Check(
    id="placeholders",
    kind=Kind.NUMBER,
    type=IssueType.MARKUP,
    severity=Severity.CRITICAL,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Lost or changed placeholder"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "The placeholder {0} became {1}."),
        "lost": QT_TRANSLATE_NOOP("checks", "The placeholder {0} is not in the translation."),
        "extra": QT_TRANSLATE_NOOP("checks", "The placeholder {0} is not in the source."),
    },
    find=find_placeholder_errors,
    examples=(
        Example("Hello {name}, you have %d messages.", "Bonjour {name}, vous avez %d messages."),
        Example("Hello {name}!", "Bonjour {nom} !", ("{nom}",)),
        Example("%1$s of %2$s", "%2$s 的 %1$s", (), "en", "zh"),
        Example("%s of %s", "%s", ("%s",)),
        Example("Press <b>OK</b>.", "Appuyez sur <b>OK</b>."),
        Example("Press <b>OK</b>.", "Appuyez sur <b>OK.", ("</b>",)),
        Example("It rose by 20 % since May.", "Es stieg um 20 % seit Mai.", (), "en", "de"),
        Example("a < b and c > d", "a < b et c > d"),
        Example("Welcome to %PRODUCTNAME.", "Bienvenue dans %PRODUCTNAME."),
        Example("Welcome to %PRODUCTNAME.", "Bienvenue.", ("%PRODUCTNAME",)),
        Example("Cannot open “$name$”.", "Impossible d'ouvrir « $name ».", ("$name$",)),
        Example("Copying %1 to %2", "Copie de %1", ("%2",)),
        Example("It rose by 5 %.", "%5 arttı.", (), "en", "tr"),
        Example("<Press 'Add' to begin>", "<Appuyez sur « Ajouter »>"),
        Example("Set ${path} first.", "Définissez d'abord le chemin.", ("${path}",)),
        Example("Save it.", "Enregistrez {0}.", ("{0}",)),
        Example("100% sure", "sûr à 100 % de soi"),
        Example("R&D; the rest", "R et D; le reste"),
        Example("{{count}} файлов", "{{count}} files", (), "ru", "en"),
    ),
)
