"""What the search for terms knows of a language: the `[terms]` section of its data file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reviewer.text.languages import Language, language

if TYPE_CHECKING:
    from collections.abc import Mapping

GENDERS = ("masculine", "feminine", "neuter", "plural")
_UNINFLECTED = frozenset({"id", "ja", "ms", "th", "vi", "zh"})
_HEAD_LAST = frozenset({"de", "en", "nl", "sv", "da", "nb", "no"})
_COMPOUNDING = frozenset({"de", "nl", "sv", "da", "nb", "no", "fi", "hu"})
_NOUNS_CAPITAL = frozenset({"de", "lb"})


@dataclass(frozen=True)
class Grammar:
    """Closed classes of words and habits of a language; empty where its file says nothing.

    Attributes:
        code: primary subtag.
        stop: function words, lower-cased.
        determiners: stop words after which a noun phrase begins.
        connectors: stop words that may stand inside a source term ("point of sale").
        elided: what may stand before an apostrophe as a word of its own ("l", "qu").
        boundaries: words over which no phrase reaches.
        before_nouns: words that mostly stand before a noun phrase, beside determiners.
        after_nouns: words that mostly stand right after a noun.
        before_verbs: words that mostly stand before a verb or an adjective that says something.
        verb_beginnings: prefixes of verbs.
        affixes: whether function words are written as the beginnings of others (Arabic).
        spaced: whether words are separated by spaces.
        compounds: whether terms are written as one word (German, Dutch, Swedish).
        nouns_capital: whether every noun begins with a capital (German).
        inflects: whether words have number, gender or case.
        plural_endings: by which the plural of a noun is known; empty where it is not.
        head_last: whether the head of a noun phrase is its last word.
        genders: determiner -> what may follow it: "masculine", "feminine", "neuter", "plural".
    """

    code: str
    stop: frozenset[str]
    determiners: frozenset[str]
    connectors: frozenset[str]
    elided: frozenset[str]
    boundaries: frozenset[str]
    before_nouns: frozenset[str]
    after_nouns: frozenset[str]
    before_verbs: frozenset[str]
    verb_beginnings: tuple[str, ...]
    affixes: bool
    spaced: bool
    compounds: bool
    nouns_capital: bool
    inflects: bool
    plural_endings: frozenset[str]
    head_last: bool
    genders: Mapping[str, frozenset[str]]


@cache
def grammar(tag: str) -> Grammar:
    """Return what is known of a language."""
    data = language(tag)

    def words(key: str) -> frozenset[str]:
        return data.words("terms", key)

    return Grammar(
        code=data.code,
        stop=words("stop") | words("determiners") | words("boundaries"),
        determiners=words("determiners"),
        connectors=words("connectors"),
        elided=words("elided"),
        boundaries=words("boundaries"),
        before_nouns=words("before_nouns"),
        after_nouns=words("after_nouns"),
        before_verbs=words("before_verbs"),
        verb_beginnings=tuple(sorted(words("verb_beginnings"))),
        affixes=bool(words("beginnings")),
        spaced=data.spaced,
        compounds=data.code in _COMPOUNDING,
        nouns_capital=data.code in _NOUNS_CAPITAL,
        inflects=data.code not in _UNINFLECTED,
        plural_endings=words("plural_endings"),
        head_last=data.code in _HEAD_LAST,
        genders=_genders(data),
    )


def _genders(data: Language) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for gender in GENDERS:
        for word in data.words("terms", gender):
            found[word] = found.get(word, frozenset()) | {gender}
    return found
