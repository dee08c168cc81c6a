"""Marks in the middle of a sentence where nothing calls for one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.links import mask_links
from reviewer.text.typography import has_abbreviations, is_abbreviation, typography

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_GLUED = re.compile(
    r"(?P<word>\b[^\W\d_]{1,40}(?:['’]s)?)(?P<mark>[_~^@|\\#*=<>{}\[\]&!?;:,.-])"
    r"(?=[ \u00a0][(\"“«„]?(?P<next>[^\W_]))"
)
"""A mark at the end of a word, and the first letter of the next word."""
_GLUED_MARK = re.compile(r"[_~^@|\\#*=<>{}\[\]&!?;:,.-](?=[ \u00a0][(\"“«„]?[^\W_])")
_WORD_BEFORE = re.compile(r"\b[^\W\d_]{1,40}(?:['’]s)?$")
_LONGEST_WORD = 42
"""The same begun with the mark, which most of a text is passed over for, and the word before."""
_CROWDED = re.compile(r"(?P<mark>[,;:،；，、](?<=[^\W\d_].)[.,;:!?،؛؟。，、；：！？-]+)(?=\s|$)")
"""Two marks one behind the other, of which one is too many."""
_CODE_AFTER = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)+")
_STYLE = 0.6
_BEFORE_UNIT = re.compile(r"[0-9](?P<mark>[,;:])(?=[ \u00a0](?:km|cm|mm|kg|mg|%|°|€|kW|MW|GW)\b)")
_HANGING = re.compile(r"[^\W\d_]-(?=[ \u00a0][^\W_])")
_SYMBOLS = frozenset("_~^@|\\#*=<>{}[]&")
_OPENINGS = {"]": "[", "}": "{", ">": "<", "_": "_", "*": "*"}
_WIDE = {"!": "!！", "?": "?？؟;", ";": ";；؛·", ":": ":：", "-": "-‐‑–—", ".": ".。．।"}
_WORD_AFTER = re.compile(r"[ \u00a0]([^\W\d_]+)")
_COMPOUND_FOLLOWS = re.compile(r"(?:[ \u00a0][^\W_]+){0,3}?[ \u00a0][^\W_]+-")
_SUSPENDED = frozenset({
    "and", "or", "und", "oder", "bis", "et", "ou", "à", "y", "o", "e", "u", "i", "и", "или",
    "та", "або", "och", "eller", "og", "en", "of", "dan", "atau", "a", "nebo", "lub", "ili",
    "i/o", "sau", "ja", "tai", "és", "vagy", "ve", "veya", "και", "ή", "nor", "versus",
    "through", "but", "als", "sowie", "beziehungsweise", "bzw", "sino", "ma",
})  # fmt: skip
_WORD_LENGTH = 4
_KNOWN, _COMMON = -13.0, -9.5
"""Logarithms of the frequency from which letters are a word, no abbreviation: long, short."""
_IN_QUOTES = re.compile("[“„«「(][^”“»」)]*$")


def find_stray_marks(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each mark inside a sentence that neither grammar nor source explains."""
    for pair in pairs:
        target = mask_links(pair.target_text)
        for match in _CROWDED.finditer(target):
            mark = match.group("mark")
            if mark not in pair.source_text and not _lists_marks(mark):
                yield _finding(pair, match.start("mark"), match.end("mark"), (mark[:1], mark[-1:]))
        for match in _BEFORE_UNIT.finditer(target):
            yield _finding(pair, match.start("mark"), match.end("mark"), ("",))
        for match in _glued(target):
            mark = match.group("mark")
            word = match.group("word")
            if word + mark in pair.source_text or _closes(match, target):
                continue
            if _is_command(match, pair):
                continue
            if _RULES[mark](match, target, context) and _is_new(mark, pair):
                found = _finding(pair, match.start(), match.end("mark"), (word,))
                yield found if context.target.code == "en" else _doubted(found, mark)


def _glued(text: str) -> Iterator[re.Match[str]]:
    """Yield the marks at the ends of words that another word follows."""
    for mark in _GLUED_MARK.finditer(text):
        at = mark.start()
        word = _WORD_BEFORE.search(text, max(at - _LONGEST_WORD, 0), at)
        match = _GLUED.match(text, word.start()) if word else None
        if match and match.start("mark") == at:
            yield match


def _doubted(finding: Finding, mark: str) -> Finding:
    """Return a finding, less sure of marks that many languages have inside of sentences."""
    return replace(finding, confidence=_STYLE) if mark in "!?;:" else finding


def _is_command(match: re.Match[str], pair: Pair) -> bool:
    """Whether a stop is followed by a name in small letters that the source has: "gnome-shell"."""
    following = _CODE_AFTER.match(pair.target_text, match.start("next"))
    return (
        match.group("mark") == "." and following is not None and following[0] in pair.source_text
    )


def _lists_marks(marks: str) -> bool:
    """Whether the second of two marks is one that is spoken of: "按 +，- 或 _"."""
    return marks[0] in "，、；：" and marks[-1] == "-"


def _closes(match: re.Match[str], text: str) -> bool:
    """Whether the mark is the second half of a pair of brackets or emphasis: "[of it]"."""
    mark, before = match.group("mark"), text[: match.start("mark")]
    opening = _OPENINGS.get(mark)
    if opening == mark:
        return before.count(mark) % 2 == 1
    return opening is not None and before.count(opening) > before.count(mark)


def _is_new(mark: str, pair: Pair) -> bool:
    """Whether the target has more of these marks than the source, whatever their width."""
    if mark in ".,":
        return True
    if mark == "-":
        return len(_HANGING.findall(pair.target_text)) > len(_HANGING.findall(pair.source_text))
    forms = _WIDE.get(mark, mark)
    source = sum(pair.source_text.count(form) for form in forms)
    if mark in "!?":  # one call among others is a matter of style
        return not source
    return sum(pair.target_text.count(form) for form in forms) > source


def _is_symbol(match: re.Match[str], text: str, context: Context) -> bool:
    """Whether a symbol hangs on a word; "R& D" and "C# is" are no words in this sense."""
    del text, context
    return len(match.group("word")) > 1


def _clings(match: re.Match[str], text: str, context: Context) -> bool:
    """Whether the mark stands behind an article or another word that no mark follows."""
    enclitic = text[max(match.start() - 1, 0) : match.start()] in {"-", "'", "’"}
    return not enclitic and match.group("word").lower() in typography(context.target).clinging


def _ends_sentence_inside(match: re.Match[str], text: str, context: Context) -> bool:
    """Whether “!” or “?” is followed by a small letter or a number, outside of quotes."""
    if _clings(match, text, context):
        return True
    word, following = match.group("word").lower(), match.group("next")
    marks = typography(context.target)
    if text[max(match.start() - 1, 0) : match.start()] in {"-", "'", "’"}:
        return False  # "Qur'an?"
    if word in marks.unfinished or word in marks.trailing:
        return True
    before = text[: match.start()]
    return (
        (following.islower() or following.isdigit())
        and before.count('"') % 2 == 0
        and not _IN_QUOTES.search(before[-200:])
    )


def _follows_open_word(match: re.Match[str], text: str, context: Context) -> bool:
    """Whether “;” or “:” stands behind an article, “;” behind a preposition or conjunction."""
    if _clings(match, text, context):
        return True
    word, marks = match.group("word").lower(), typography(context.target)
    return match.group("mark") == ";" and word in marks.unfinished | marks.trailing


def _is_stop_inside(match: re.Match[str], text: str, context: Context) -> bool:
    """Whether a stop is followed by a small letter and is none of an abbreviation."""
    word = match.group("word")
    before = text[max(match.start() - 2, 0) : match.start()]
    follows = match.start("next") == match.end("mark") + 1
    if not follows or not match.group("next").islower():
        return False
    if before[-1:] == "." or before[:1].isdigit():
        return False
    if "'" in word or "’" in word:
        return True
    if word[0].isupper() or is_abbreviation(word, context.target):
        return False
    if word in typography(context.target).unfinished:
        return True
    limit = _KNOWN
    if len(word) < _WORD_LENGTH:
        limit = _COMMON if has_abbreviations(context.target) else 0.0
    known = context.lexicon(context.target.tag).log_probability(word)
    return known is not None and known > limit


def _is_loose_hyphen(match: re.Match[str], text: str, context: Context) -> bool:
    """Whether a hyphen ends a word that no second half follows ("short- and long-term")."""
    after = _WORD_AFTER.match(text, match.end("mark"))
    rest = text[match.end("mark") :]
    return (
        context.target.spaced
        and context.target.code not in {"de", "nl", "sv", "da", "nb", "fi", "hu"}
        and after is not None
        and after.group(1).lower() not in _SUSPENDED
        and not _COMPOUND_FOLLOWS.match(rest)
        and len(match.group("word")) > 1
    )


_RULES: dict[str, Callable[[re.Match[str], str, Context], bool]] = {
    **dict.fromkeys(_SYMBOLS, _is_symbol),
    ",": _clings,
    "!": _ends_sentence_inside,
    "?": _ends_sentence_inside,
    ";": _follows_open_word,
    ":": _follows_open_word,
    ".": _is_stop_inside,
    "-": _is_loose_hyphen,
}


def _finding(pair: Pair, start: int, end: int, suggestions: tuple[str, ...]) -> Finding:
    return Finding(
        "stray-punctuation",
        pair.number,
        (Span(Side.TARGET, start, end),),
        (pair.target_text[start:end],),
        suggestions=tuple(dict.fromkeys(suggestions)),
        confidence=0.75,
    )


CHECK = Check(
    id="stray-punctuation",
    kind=Kind.FORM,
    type=IssueType.PUNCTUATION,
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Stray punctuation"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "“{0}”: nothing in the sentence calls for this mark.")
    },
    find=find_stray_marks,
    normal=0.65,
    examples=(
        Example("Il voit le pont.", "He sees the_ bridge.", ("the_",), "fr", "en"),
        Example("Il voit le pont.", "He sees the? bridge.", ("the?",), "fr", "en"),
        Example("« Viens ! » dit-elle.", '"Come!" she said.', (), "fr", "en"),
        Example("« Quoi ? » dit-elle.", "“What? really?” she said.", (), "fr", "en"),
        Example(
            "Il travaille pour Yahoo! depuis mai.",
            "He works for Yahoo! since May.",
            (),
            "fr",
            "en",
        ),
        Example("Il voit le pont.", "He sees. the bridge.", ("sees.",), "fr", "en"),
        Example("It is there. gnome-calls follows.", "C'est là. gnome-calls suit."),
        Example("A time, e.g. from noon", "Une durée, par ex. depuis midi"),
        Example("أفلا يقرؤون القرآن", "Do they not read the Qur'an? They do.", (), "ar", "en"),
        Example("Il voit env. dix ponts.", "He sees approx. ten bridges.", (), "fr", "en"),
        Example("Il est parti à 5 h du soir.", "He left at 5 p.m. yesterday.", (), "fr", "en"),
        Example(
            "Il voit le pont et la rue.",
            "He sees the bridge and; the street.",
            ("and;",),
            "fr",
            "en",
        ),
        Example(
            "Il voit trois choses : a, b, c.", "He sees three things: a, b, c.", (), "fr", "en"
        ),
        Example("À court et à long terme.", "Short- and long-term.", (), "fr", "en"),
        Example(
            "C'est possible ici.", "It is possible- to do it here.", ("possible-",), "fr", "en"
        ),
        Example("In den Vor- und Nachteilen.", "In the pros and cons.", (), "de", "en"),
        Example("In the pros and cons.", "In den Vor- und Nachteilen.", (), "en", "de"),
        Example("He came, then left.", "Il est venu,; puis parti.", (",;",)),
        Example("He came, then left.", "他来了，。", ("，。",), "en", "zh"),
        Example("It costs 5 euros.", "Es kostet 5,- Euro.", (), "en", "de"),
        Example("Smith, Jones etc., all left.", "Smith, Jones etc., alle gingen.", (), "en", "de"),
        Example("The C# compiler", "Le compilateur C# est là"),
        Example("See note* below", "Voir la note* ci-dessous"),
        Example("Bread, milk, etc. were there.", "Brot, Milch usw. waren da.", (), "en", "de"),
        Example("About 5 thousand people came.", "Пришло около 5 тыс. человек.", (), "en", "ru"),
        Example("L'arbre bien connu", "The, well-known tree", ("The,",), "fr", "en"),
        Example("Dites-les, ces mots.", "Say them, these words.", (), "fr", "en"),
        Example("It is 70 km thick.", "Il a 70, km d'épaisseur.", (",",)),
        Example("He said so.", "Lo dijo: así es.", (), "en", "es"),
    ),
)
