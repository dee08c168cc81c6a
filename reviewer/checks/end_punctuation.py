"""The mark that ends a target, against that of its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.links import find_links
from reviewer.text.typography import (
    CLOSERS,
    NO_BREAK,
    SPACES,
    final_mark,
    is_abbreviation,
    mark_class,
    own_mark,
    typography,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.text.languages import Language

_SENTENCE = frozenset({"stop", "question", "exclamation", "ellipsis"})
_MARKED_SCRIPTS = frozenset({"Latn", "Cyrl", "Grek"})
"""Scripts whose languages mark each question."""
_QUESTION_ENDS = {"ja": "か", "ko": "까"}
_LAST_WORD = re.compile(r"[^\s\u00a0\u202f]{1,60}$")
_TAIL = 80
_HEADING = 60
"""Characters up to which a source without a final mark is a heading, not a forgotten mark."""
_LABEL = 3
"""Source words up to which a stop may belong to an abbreviation or be left out in a label."""


def find_end_errors(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding where the target lacks the final mark of its source, adds or changes it.

    A stop for an exclamation mark or an ellipsis is a matter of style. Both sides without a mark
    (headings, captions) are equal.
    """
    for pair in pairs:
        source, target = pair.source_text.rstrip(), pair.target_text.rstrip()
        if not source or not any(map(str.isalnum, target)):
            continue
        was, _ = final_mark(source, context.source)
        is_now, end = final_mark(target, context.target)
        if was != is_now and not _same_end(source, target, was, is_now):
            yield from _compare(pair, (source, target), (was, is_now), end, context)
        if typography(context.target).opening and is_now in {"question", "exclamation"}:
            yield from _missing_opening(pair, target, end, is_now, context)


def _same_end(source: str, target: str, was: str, is_now: str) -> bool:
    """Whether the kinds differ only in the order of marks, as in “?!” and “!?”."""
    return was in _kinds(target) and is_now in _kinds(source)


def _kinds(text: str) -> set[str]:
    """Return the kinds of all marks in the run that ends a text."""
    found: set[str] = set()
    for at in range(len(text) - 1, max(len(text) - 8, -1), -1):
        kind = mark_class(text, at)
        if kind:
            found.add(kind)
        elif text[at] not in CLOSERS and text[at] not in SPACES:
            break
    return found


def _compare(
    pair: Pair, texts: tuple[str, str], kinds: tuple[str, str], end: int, context: Context
) -> Iterator[Finding]:
    source, target = texts
    was, is_now = kinds
    if not is_now and was in _SENTENCE | {"colon"}:
        if _misses_mark(source, target, was, context):
            yield _missing(pair, target, was, context)
    elif not was and is_now in _SENTENCE | {"colon"}:
        if _has_extra_mark(source, target, end, context):
            yield _finding(pair, end - 1, end, (target[end - 1],), "added", 0.6, ("",))
    elif "question" in kinds and is_now in _SENTENCE and was in _SENTENCE:
        if _may_ask_otherwise(source, target, kinds, context):
            return
        mark = own_mark(was, context.target)
        yield _finding(
            pair, end - 1, end, (_shown(source, was), target[end - 1]), "", 0.75, (mark,)
        )
    elif was in _SENTENCE and is_now == "comma":
        mark = own_mark(was, context.target)
        yield _finding(
            pair, end - 1, end, (_shown(source, was), target[end - 1]), "", 0.7, (mark,)
        )


def _may_ask_otherwise(source: str, target: str, kinds: tuple[str, str], context: Context) -> bool:
    """Whether a question may have become a statement, or the reverse, without a mistake.

    Reported speech loses its quotes and its question mark, a question that expects no answer
    becomes an exclamation; languages with particles for questions
    often do without the mark.
    """
    if _asks(source, context.source) or _asks(target, context.target) or "exclamation" in kinds:
        return True
    if kinds[0] == "question":
        return source[-1] in CLOSERS and target[-1] not in CLOSERS
    return not context.source.scripts & _MARKED_SCRIPTS


def _asks(text: str, language: Language) -> bool:
    """Whether the last word makes a question, so that a stop may end it (Japanese, Korean).

    Armenian sets its question mark inside the word that is asked for.
    """
    return "՞" in text or text.rstrip("".join(CLOSERS) + ".。?？ ").endswith(
        _QUESTION_ENDS.get(language.code, "\0")
    )


def _shown(source: str, kind: str) -> str:
    """Return the source's final mark itself."""
    for at in range(len(source) - 1, -1, -1):
        if mark_class(source, at) == kind:
            return source[at]
    return ""


def _breaks_off(text: str) -> bool:
    """Whether a dash ends the text: a sentence that is interrupted."""
    return text.rstrip("".join(CLOSERS))[-1:] in {"—", "–", "―"}


def _misses_mark(source: str, target: str, was: str, context: Context) -> bool:
    if _breaks_off(target):
        return False
    if was == "stop":
        if not typography(context.target).final_stop or _ends_with_abbreviation(
            source, context.source
        ):
            return False
        if len(source.split(maxsplit=_LABEL)) < _LABEL and context.source.spaced:
            return False
    links = list(find_links(target[-_TAIL * 4 :]))
    return not links or links[-1].end < len(target[-_TAIL * 4 :])


def _has_extra_mark(source: str, target: str, end: int, context: Context) -> bool:
    kind = mark_class(target, end - 1)
    if not typography(context.source).final_stop or not any(map(str.isalpha, source)):
        return False
    if kind == "stop" and (
        source[-1].isdigit() or _ends_with_abbreviation(target[:end], context.target)
    ):
        return False  # "Chapter 5", "5. fejezet"
    if _breaks_off(source):
        return False
    is_heading = len(source) <= _HEADING
    return is_heading and (source[-1].isalnum() or source[-1] in CLOSERS)


def _ends_with_abbreviation(text: str, language: Language) -> bool:
    last = _LAST_WORD.search(text[-_TAIL:])
    word = last.group().strip("".join(CLOSERS)) if last else ""
    return language.spaced and is_abbreviation(word, language)


def _missing(pair: Pair, target: str, kind: str, context: Context) -> Finding:
    """Return the finding of a missing mark, with the last word and the mark as suggestion."""
    last = _LAST_WORD.search(target[-_TAIL:])
    piece = last.group() if last and context.target.spaced else target[-1:]
    mark = own_mark(kind, context.target)
    space = NO_BREAK if mark in typography(context.target).spaced else ""
    start = len(target) - len(piece)
    return _finding(pair, start, len(target), (mark,), "missing", 0.9, (piece + space + mark,))


def _missing_opening(
    pair: Pair, target: str, end: int, kind: str, context: Context
) -> Iterator[Finding]:
    """Yield a finding for a Spanish question that is not opened; "?" alone means it is unsure."""
    mark = typography(context.target).opening[kind == "exclamation"]
    if mark in target or "¿" in target or "¡" in target or len(target) < _LABEL:
        return
    yield _finding(pair, end - 1, end, (mark,), "opening", 0.8, ())


def _finding(
    pair: Pair,
    start: int,
    end: int,
    words: tuple[str, ...],
    variant: str,
    confidence: float,
    suggestions: tuple[str, ...],
) -> Finding:
    source = pair.source_text.rstrip()
    spans = (
        Span(Side.TARGET, start, end),
        Span(Side.SOURCE, max(len(source) - 1, 0), len(source)),
    )
    return Finding(
        "end-punctuation",
        pair.number,
        spans,
        words,
        variant=variant,
        suggestions=suggestions,
        confidence=confidence,
    )


CHECK = Check(
    id="end-punctuation",
    kind=Kind.FORM,
    type=IssueType.PUNCTUATION,
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Final punctuation"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "The source ends with “{0}”, the translation with “{1}”."),
        "missing": QT_TRANSLATE_NOOP(
            "checks", "The source ends with a mark; “{0}” is missing here."
        ),
        "added": QT_TRANSLATE_NOOP(
            "checks", "The source ends without a mark, the translation with “{0}”."
        ),
        "opening": QT_TRANSLATE_NOOP("checks", "“{0}” does not open this sentence."),
    },
    find=find_end_errors,
    normal=0.7,
    lenient=0.85,
    examples=(
        Example("The bridge is closed today.", "Le pont est fermé aujourd'hui."),
        Example("The bridge is closed today.", "Le pont est fermé aujourd'hui", ("aujourd'hui",)),
        Example("The bridge is closed today.", "桥今天关闭。", (), "en", "zh"),
        Example("The bridge is closed today.", "桥今天关闭", ("闭",), "en", "zh"),
        Example("橋は今日閉まっています。", "The bridge is closed today", ("today",), "ja", "en"),
        Example("पुल आज बंद है।", "The bridge is closed today.", (), "hi", "en"),
        Example("The bridge is closed today.", "الجسر مغلق اليوم.", (), "en", "ar"),
        Example("Is it closed?", "هل هو مغلق؟", (), "en", "ar"),
        Example("Is it closed now?", "Είναι κλειστό;", (), "en", "el"),
        Example("Is it closed now?", "Est-ce fermé ?"),
        Example("Is it closed now?", "C'est fermé.", (".",)),
        Example("Is it closed now?", "¿Está cerrado?", (), "en", "es"),
        Example("Is it closed now?", "Está cerrado?", ("?",), "en", "es"),
        Example("The bridge is closed today.", "สะพานปิดวันนี้", (), "en", "th"),
        Example("He said: “Come in.”", "Il a dit : « Entrez. »"),
        Example("He said: “Come in.”", "Il a dit : « Entrez ».", ()),
        Example("Opening hours", "Heures d'ouverture"),
        Example("Opening hours today", "Heures d'ouverture du jour.", (".",)),
        Example("He works for Example Inc.", "Il travaille chez Example"),
        Example("Bread, milk and the rest", "Brot, Milch usw.", (), "en", "de"),
        Example("Read our page for more.", "En savoir plus : https://example.org/more"),
        Example("Kommen Sie her!", "Come here.", (), "de", "en"),
        Example("He waited and waited...", "Il attendait, attendait…"),
        Example("Bagikan:", "Partager :", (), "id", "fr"),
        Example("Bagikan:", "Partager", ("Partager",), "id", "fr"),
        Example("What?!", "Quoi !?"),
        Example("He left the town,", "Он покинул город,", (), "en", "ru"),
        Example("He left the old town.", "Он покинул старый город,", (",",), "en", "ru"),
        Example("Fig.", "Abb", (), "en", "de"),
        Example("Almaty. (Photo: AP)", "Almaty. (Photo : AP)"),
    ),
)
