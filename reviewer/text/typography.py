"""How a language is typeset: its marks, quotes and spaces, from the `[typography]` sections."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reviewer.model import FIRST_CODE, LAST_CODE
from reviewer.text.languages import language as data_of

if TYPE_CHECKING:
    from reviewer.text.languages import Language

STOPS = frozenset(".。．｡।॥۔։።။។៕།")
QUESTIONS = frozenset("?？؟\u037e⁇፧")
EXCLAMATIONS = frozenset("!！")
ELLIPSES = frozenset("…⋯‥")
COLONS = frozenset(":：﹕៖፦")
SEMICOLONS = frozenset(";；؛\u0387፤")
COMMAS = frozenset(",，、،﹑၊፣՝")
CLOSERS = frozenset("\"'”’»›」』》〉)）]］】〕}*_“‘«")
"""What may follow the mark that ends a sentence; „…“ and »…« end with what opens elsewhere."""

NO_BREAK = "\u00a0"
NARROW = "\u202f"
SPACES = frozenset(" \u00a0\u202f\u2009")

_LATIN_MARKS = ".?!:;,"


@dataclass(frozen=True, slots=True)
class Typography:
    """How a language is typeset.

    Attributes:
        stop, question, exclamation, colon, semicolon, comma: its own form of each mark.
        final_stop: False where sentences end without a mark (Thai).
        opening: marks that open a question and an exclamation (Spanish), or nothing.
        spaced: marks that a space stands before (French).
        quotes: pairs of quotation marks, the usual one first.
        capital_dates: whether names of months and days begin with a capital; None where the
            script has none or both are seen.
        doubles: words that may stand twice in a row.
        reduplicates: whether any word may, but for those in `single`.
        unfinished: words that no sentence ends with.
        clinging: words that no mark follows.
        trailing: words that a sentence seldom ends with.
        known: whether there is data at all.
    """

    stop: str
    question: str
    exclamation: str
    colon: str
    semicolon: str
    comma: str
    final_stop: bool
    opening: str
    spaced: frozenset[str]
    quotes: tuple[str, ...]
    capital_dates: bool | None
    doubles: frozenset[str]
    reduplicates: bool
    single: frozenset[str]
    unfinished: frozenset[str]
    clinging: frozenset[str]
    trailing: frozenset[str]
    known: bool


def typography(language: Language) -> Typography:
    """Return how a language is typeset; what its file leaves out is as in English."""
    return _typography(language.tag)


@cache
def _typography(tag: str) -> Typography:
    language = data_of(tag)
    table = language.table.get("typography", {})
    stop, question, exclamation, colon, semicolon, comma = table.get("marks", _LATIN_MARKS)
    return Typography(
        stop=stop,
        question=question,
        exclamation=exclamation,
        colon=colon,
        semicolon=semicolon,
        comma=comma,
        final_stop=bool(table.get("final_stop", True)),
        opening=str(table.get("opening", "")),
        spaced=frozenset(table.get("spaced", "")),
        quotes=tuple(table.get("quotes", ("“”", "‘’"))),
        capital_dates=table.get("capital_dates"),
        doubles=language.words("typography", "doubles"),
        reduplicates=bool(table.get("reduplicates", False)),
        single=language.words("typography", "single"),
        unfinished=language.words("typography", "unfinished"),
        clinging=language.words("typography", "clinging"),
        trailing=language.words("typography", "trailing"),
        known=bool(table),
    )


def mark_class(text: str, at: int) -> str:
    """Return the kind of the mark at an offset: "stop", "question", ... or "" for others.

    Three stops in a row are an ellipsis.
    """
    character = text[at]
    if character in STOPS:
        return "ellipsis" if text[max(at - 1, 0) : at] == "." else "stop"
    for name, marks in _CLASSES:
        if character in marks:
            return name
    return ""


_CLASSES = (
    ("question", QUESTIONS),
    ("exclamation", EXCLAMATIONS),
    ("ellipsis", ELLIPSES),
    ("colon", COLONS),
    ("semicolon", SEMICOLONS),
    ("comma", COMMAS),
)


def own_mark(kind: str, language: Language) -> str:
    """Return the form that a language gives a kind of mark."""
    marks = typography(language)
    return {
        "stop": marks.stop,
        "question": marks.question,
        "exclamation": marks.exclamation,
        "colon": marks.colon,
        "semicolon": marks.semicolon,
        "comma": marks.comma,
        "ellipsis": "…",
    }[kind]


def final_mark(text: str, language: Language) -> tuple[str, int]:
    """Return the kind of the mark that ends a text, and the offset after its last character.

    Closing quotes and brackets behind it are skipped. Without a mark the kind is "" and the
    offset that of the end. The Greek question mark is a semicolon.
    """
    end = len(text.rstrip())
    at = end
    while at and _is_skipped(text[at - 1]):
        at -= 1
    kind = mark_class(text, at - 1) if at else ""
    if kind == "semicolon" and language.code == "el":
        kind = "question"
    return (kind, at) if kind else ("", end)


def _is_skipped(character: str) -> bool:
    """Whether a character behind a final mark belongs to it: a closer, a space, an inline code."""
    return character in CLOSERS or character in SPACES or FIRST_CODE <= ord(character) <= LAST_CODE


_ABBREVIATION_LISTS = ("never", "abbreviations", "numeric", "final")


@cache
def _abbreviations(code: str) -> frozenset[str]:
    language = data_of(code)
    return frozenset().union(*(language.words("segment", key) for key in _ABBREVIATION_LISTS))


def has_abbreviations(language: Language) -> bool:
    """Whether the language's abbreviations are known."""
    return bool(_abbreviations(language.code))


def is_abbreviation(word: str, language: Language) -> bool:
    """Whether the stop after a word may be its own: initials, "p.m", "Inc"."""
    bare = word.rstrip(".").lower()
    return len(bare) <= 1 or "." in bare or bare in _abbreviations(language.code)
