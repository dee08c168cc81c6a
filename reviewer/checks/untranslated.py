"""Words, phrases and segments of the target that were left untranslated."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import (
    SEGMENT_BREAK,
    Finding,
    IssueType,
    Kind,
    Pair,
    Severity,
    Side,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.checks.leftovers.search import Leftover

_ID = "untranslated"
_SHORT, _TYPED = 4, 6
"""Words up to which a leftover may be a code, or the original term behind its translation."""
_CODE_BEFORE, _CODE_AFTER = re.compile(r"[._^%\\/@$]$"), re.compile(r"[_\\@]|:[0-9]| --?[A-Za-z]")
_OPTION = re.compile(r" --?[A-Za-z]")
_ROMAN = re.compile(r"[ivxlcdm]+(?:[.,; ]+[ivxlcdm]+)*", re.IGNORECASE)
_INNER_NUMBER = re.compile(r"(?<!\w)[0-9]+(?!\w)")
_JOINED = re.compile(r"[a-z0-9]+(?:[-/+.][a-z0-9]+)+")
"""Signs of code around and inside of words; a name made of several, in lower case."""
_SMALL_WORDS = frozenset({
    "a", "an", "the", "of", "and", "for", "in", "on", "to", "de", "la", "le", "les", "des", "du",
    "et", "von", "und", "der",
})  # fmt: skip
_OPENED = re.compile(r"[“„«‹「『《\"]\s?$")
_KEYS = frozenset({"Enter", "Shift", "Ctrl", "Control", "Alt", "Esc", "Escape", "Tab", "Delete"})
"""What is printed on keys."""
_LESS = 0.6
"""Confidence, below what the normal level shows, of what mostly is on purpose."""


def find_untranslated(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each stretch of a target that is in another language."""
    # The parts load numpy and the word lists, which the start of the program need not wait for.
    from reviewer.checks.leftovers.han import are_written_otherwise
    from reviewer.checks.leftovers.search import find_leftovers, find_other_writing
    from reviewer.text.lexicon import list_code

    tags = context.source.tag, context.target.tag
    if list_code(tags[0]) != list_code(tags[1]):
        found = find_leftovers(pairs, context)
    elif are_written_otherwise(*tags):
        found = find_other_writing(pairs, context)
    else:
        return
    for leftover in found:
        yield _finding(pairs[leftover.pair], leftover, context)


def _finding(pair: Pair, leftover: Leftover, context: Context) -> Finding:
    before = pair.target[: leftover.segment]
    offset = sum(len(segment.text) + len(SEGMENT_BREAK) for segment in before)
    start, end = offset + leftover.start, offset + leftover.end
    text = pair.target_text[start:end]
    spans = [Span(Side.TARGET, start, end)]
    place = _in_source(text, pair.source_text)
    if place is not None:
        spans.append(Span(Side.SOURCE, *place))
    return Finding(
        check=_ID,
        pair=pair.number,
        spans=tuple(spans),
        words=(text, leftover.language),
        severity=Severity.MAJOR,
        variant=leftover.variant,
        suggestions=tuple(
            each
            for each in context.renderings.get(text.lower(), ())
            if each.lower() != text.lower()
        ),
        confidence=_sureness(leftover, pair, (start, end), context, copied=place is not None),
    )


def _sureness(
    leftover: Leftover, pair: Pair, place: tuple[int, int], context: Context, *, copied: bool
) -> float:
    """Return how sure a leftover is none on purpose, 0-1; `copied` says that the source has it."""
    sure = _confidence(leftover.score)
    if leftover.variant in {"source", "third"} and (
        _is_gloss(pair, place) or _is_code(pair, place, context)
    ):
        return min(sure, _LESS)
    if leftover.variant == "third" and _is_title(pair.target_text, *place):
        return min(sure, _LESS)
    if pair.target_text[slice(*place)] in _KEYS:
        return min(sure, _LESS)
    # A small list lacks most forms of words, so that any language may seem to know them better.
    small = leftover.variant == "third" and not context.lexicon(context.target.tag).large
    return min(sure, _LESS) if small and not copied and leftover.language != "English" else sure


def _is_gloss(pair: Pair, place: tuple[int, int]) -> bool:
    """Whether the range is a whole parenthesis that the source has not: the term translated."""
    text, (start, end) = pair.target_text, place
    bare = start > 0 and text[start - 1] in "(（" and text[end : end + 1] in {")", "）"}
    inside = text[start:end]
    if not bare or len(inside.split()) > _SHORT or not text[: start - 1].strip():
        return False
    return (
        re.search(rf"[(（]\s*{re.escape(inside)}\s*[)）]", pair.source_text, re.IGNORECASE) is None
    )


def _is_code(pair: Pair, place: tuple[int, int], context: Context) -> bool:
    """Whether what stands around the range, or inside of it, is written like code."""
    text, (start, end) = pair.target_text, place
    inside = text[start:end]
    if len(inside.split()) > (_TYPED if _OPTION.search(inside) else _SHORT):
        return False
    if _CODE_BEFORE.search(text[:start]) or _CODE_AFTER.match(text, end) or _OPTION.search(inside):
        return True
    if "Latn" in context.target.scripts or inside not in pair.source_text:
        return False
    return _is_set_apart(pair, inside, text[start - 1 : start], text[end : end + 1])


def _is_set_apart(pair: Pair, inside: str, before: str, behind: str) -> bool:
    """Whether a copy in a text of another script is written as a name or value, not as a word.

    Names made of several by hyphens ("apt-cache"), with a capital or a number inside, glued to a
    number ("8bpp"), Roman numerals, single words in brackets on both sides ("(false)").
    """
    if _JOINED.fullmatch(inside) or _ROMAN.fullmatch(inside) or _INNER_NUMBER.search(inside):
        return True
    single = inside.isalpha()
    if single and inside[0].isupper() and not pair.source_text.startswith(inside):
        return True
    bracketed = (
        before in {"(", "（"} and behind in {")", "）"} and f"({inside})" in pair.source_text
    )
    return before.isdigit() or (single and bracketed)


def _is_title(text: str, start: int, end: int) -> bool:
    """Whether several words are written with capitals, or quoted: the title of something."""
    words = re.findall(r"[^\W\d_]+", text[start:end])
    if len(words) > 1 and words[0][0].isupper() and _OPENED.search(text[:start]):
        return True
    large = [word for word in words if word.lower() not in _SMALL_WORDS]
    return len(large) > 1 and all(word[0].isupper() for word in large)


def _in_source(text: str, source: str) -> tuple[int, int] | None:
    """Return where the fragment stands in the source, in the same case if possible."""
    for where, what in ((source, text), (source.lower(), text.lower())):
        start = where.find(what) if len(where) == len(source) else -1
        while start >= 0:
            end = start + len(what)
            if not where[start - 1 : start].isalnum() and not where[end : end + 1].isalnum():
                return start, end
            start = where.find(what, start + 1)
    return None


def _confidence(score: float) -> float:
    """Return the share of findings of such a score that were right on development data."""
    return 1.0 / (1.0 + math.exp(-(score + 1.0) / 2.0))


CHECK = Check(
    id=_ID,
    kind=Kind.UNTRANSLATED,
    type=IssueType.UNTRANSLATED,
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Untranslated text"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "“{0}” was left untranslated ({1})."),
        "source": QT_TRANSLATE_NOOP("checks", "“{0}” was left untranslated ({1})."),
        "third": QT_TRANSLATE_NOOP("checks", "“{0}” is neither source nor target language: {1}."),
        "script": QT_TRANSLATE_NOOP("checks", "“{0}” is in another script: {1}."),
        "segment": QT_TRANSLATE_NOOP("checks", "The whole segment is in another language: {1}."),
    },
    find=find_untranslated,
    normal=0.73,
    lenient=0.88,
    examples=(
        Example(
            "Pasukan Rusia tiba di bandara.",
            "Les pasukan rusia sont arrivées à l’aéroport.",
            found=("pasukan rusia",),
            source_language="id",
        ),
        Example(
            "Kolonel Jenderal Andrei Serdyukov tiba di Almaty (Wikimedia Commons).",
            "Le colonel général Andrei Serdyukov est arrivé à Almaty (Wikimedia Commons).",
            source_language="id",
        ),
        Example(
            "The valley was settled early.",
            "La vallée fut peuplée tôt durch die Siedler.",
            found=("durch die Siedler",),
        ),
        Example(
            "The committee approved the budget.",
            "Комитет утвердил budget.",
            found=("budget",),
            target_language="ru",
        ),
        Example(
            "Please close the window before you leave.",
            "Please close the window before you leave.",
            found=("Please close the window before you leave.",),
        ),
        Example("Paris, France", "Paris, France"),
        Example(
            "Their de facto leader wrote to info@example.org.",
            "Leur chef de facto a écrit à info@example.org.",
        ),
    ),
)
