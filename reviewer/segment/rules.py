"""What the engine knows of a language, from the `[segment]` section of its data file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reviewer.text.languages import Language, language

# Written alike in most languages of the Latin alphabet; a data file adds its own.
_NEVER = "dr prof mr mrs ms st vs cf ca mme mlle"
_NUMERIC = "no nos nr p pp vol art fig ch vol §"
_ABBREVIATIONS = "inc ltd co corp jr sr al ed col gen lt sgt capt rev hon approx eds ibid"
_FINAL = "etc"
_BRACKETS = ("()", "[]", "（）")
_LISTS = ("never", "abbreviations", "numeric", "final")


@dataclass(frozen=True, slots=True)
class Rules:
    """How sentences end in a language.

    Attributes:
        never: abbreviations, lower-case, without the last dot, that never end a sentence.
        abbreviations: those that end a sentence only before one of the starters.
        numeric: abbreviations before a number, ordinary words elsewhere ("no", "p").
        final: abbreviations, in their own case, that end a sentence before any capital
            ("etc.", "p.m.").
        starters: words, lower-case, that begin a sentence when they have a capital.
        ordinals: whether a dot makes a number an ordinal ("19. Jahrhundert").
        lower: whether a sentence may begin with a small letter after a plain word.
        unspaced: whether sentences follow each other without a space.
        terminators: characters that end a sentence in this language alone (Greek ";").
        quoting: characters that carry on the sentence behind a closed quotation (Japanese と).
        speech: matches "he said" behind a closed quotation; None where no word order tells.
        enclosing: pairs of brackets that hold whole sentences as part of another one.
    """

    never: frozenset[str]
    abbreviations: frozenset[str]
    numeric: frozenset[str]
    final: frozenset[str]
    starters: frozenset[str]
    ordinals: bool
    lower: bool
    unspaced: bool
    terminators: str
    quoting: frozenset[str]
    speech: re.Pattern[str] | None
    enclosing: tuple[tuple[str, str], ...]


@cache
def rules(tag: str) -> Rules:
    """Return the rules of a language; one without data gets those of most languages."""
    known = language(tag)
    table = known.table.get("segment", {})
    verbs = str(table.get("speech", ""))
    return Rules(
        _words(known, "never", _NEVER),
        _words(known, "abbreviations", _ABBREVIATIONS),
        _words(known, "numeric", _NUMERIC),
        _words(known, "final", _FINAL),
        known.words("segment", "starters") or known.words("terms", "stop"),
        bool(table.get("ordinals", False)),
        bool(table.get("lower", False)),
        not known.spaced,
        str(table.get("terminators", "")),
        frozenset(table.get("quoting", "")),
        re.compile(rf"[^\s，。！？：、“「]{{0,6}}[{verbs}](?=[，。！？；])") if verbs else None,
        tuple((pair[0], pair[1]) for pair in (*_BRACKETS, *table.get("enclosing", ()))),
    )


def _words(known: Language, key: str, everywhere: str) -> frozenset[str]:
    """Return a list of the data file with what holds everywhere, unless another list has it."""
    own = known.words("segment", key)
    elsewhere = {word for other in _LISTS for word in known.words("segment", other)}
    return own | (frozenset(everywhere.split()) - elsewhere)
