"""Number and gender of a noun as its articles show them, and the article a change asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from reviewer.text.stems import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewer.terms.grammar import Grammar

PLURAL = "plural"
_LAST_WORD = regex.compile(r"(?:(?<=^|[\s(«“\"])|\b)(\p{L}+)(['’]|[ \u00a0\u202f]+)$")
_FRENCH_TWO_WORDS = regex.compile(
    r"(?<!\p{L})(de|à)[ \u00a0](?:la[ \u00a0]|l['’])$", regex.IGNORECASE
)
_FIRST_WORDS = regex.compile(r"[\p{L}\p{M}]+")
_VOWELS = frozenset("aeiouy")

_FRENCH_ARTICLES = {
    # article: (before a vowel, masculine, feminine)
    "le": ("l’", "le ", "la "),
    "la": ("l’", "le ", "la "),
    "l": ("l’", "le ", "la "),
    "de": ("d’", "de ", "de "),
    "d": ("d’", "de ", "de "),
    "du": ("de l’", "du ", "de la "),
    "de la": ("de l’", "du ", "de la "),
    "au": ("à l’", "au ", "à la "),
    "à la": ("à l’", "au ", "à la "),
    "un": ("un ", "un ", "une "),
    "une": ("une ", "un ", "une "),
    "ce": ("cet ", "ce ", "cette "),
    "cet": ("cet ", "ce ", "cette "),
    "cette": ("cette ", "ce ", "cette "),
}
"""Grevisse, Le Bon Usage, § 50 (élision) and § 589 (contraction)."""


@dataclass(frozen=True, slots=True)
class Noun:
    """What is known of a rendering.

    Attributes:
        plural: of the form as written; None where its ending does not tell.
        genders: those that all its articles allow; empty when no article was seen.
    """

    plural: bool | None
    genders: frozenset[str]


@dataclass(frozen=True, slots=True)
class Article:
    """What stands before a replaced term.

    Attributes:
        start: where the replaced text begins: at the article, or at the term.
        text: the new article, "" where nothing changes.
        certain: False when the article or the words around may have to change.
    """

    start: int
    text: str
    certain: bool


def describe(text: str, rules: Grammar, heads: Iterable[str] = ()) -> Noun:
    """Return the number of a form, and the genders that its articles allow.

    Args:
        text: the form.
        rules: of its language.
        heads: the texts before its occurrences.
    """
    genders: frozenset[str] | None = None
    for head in heads:
        allowed = rules.genders.get(_article(head)[0], frozenset()) - {PLURAL}
        if allowed:
            genders = allowed if genders is None else genders & allowed
    return Noun(_is_plural(text, rules), genders or frozenset())


def _is_plural(text: str, rules: Grammar) -> bool | None:
    """Tell the number from the ending of the head: the last word in English, else the first."""
    words = _FIRST_WORDS.findall(text.lower())
    if not words or not rules.plural_endings:
        return None
    head = words[-1] if rules.head_last else words[0]
    return head.endswith(tuple(rules.plural_endings)) and not head.endswith("ss")


def _article(head: str) -> tuple[str, int]:
    """Return the lower-cased word just before a place, and where it begins; "" for none."""
    match = _LAST_WORD.search(head)
    return (match.group(1).lower(), match.start(1)) if match else ("", len(head))


def before(
    text: str, start: int, old: str, new: str, nouns: tuple[Noun, Noun], rules: Grammar
) -> Article:
    """Return what stands before a term once `new` takes the place of `old`.

    Args:
        text: of the pair.
        start: of the term in it.
        old: the form that stands there.
        new: the form that comes instead.
        nouns: what is known of the new and of the old rendering.
        rules: of the language.
    """
    word, article_start = _article(text[:start])
    preferred, replaced = nouns
    if rules.code == "en":
        return _english(word, article_start, start, old, new)
    one_each = len(preferred.genders) == len(replaced.genders) == 1
    if PLURAL in rules.genders.get(word, frozenset()) or _is_plural(old, rules):
        certain = not one_each or preferred.genders == replaced.genders
        if rules.code == "fr" and word in {"d", "de"}:
            elided = _french(word, article_start, start, new, "")
            return Article(elided.start, elided.text, certain=certain and elided.certain)
        return Article(start, "", certain=certain)
    same = one_each and preferred.genders == replaced.genders
    if rules.code == "fr" and (two := _FRENCH_TWO_WORDS.search(text[:start])) is not None:
        word, article_start = f"{two.group(1).lower()} la", two.start()
    if rules.code == "fr" and word in _FRENCH_ARTICLES:
        gender = next(iter(preferred.genders)) if len(preferred.genders) == 1 else ""
        found = _french(word, article_start, start, new, gender)
        return Article(found.start, found.text, certain=found.certain and same)
    return Article(start, "", certain=same or not rules.genders)


def _french(word: str, article_start: int, start: int, new: str, gender: str) -> Article:
    """Return the French article before a form; a mute h cannot be told from an aspirated one."""
    first = fold(new[:1].lower())
    elided, masculine, feminine = _FRENCH_ARTICLES[word]
    if first == "h" or (first not in _VOWELS and masculine != feminine and not gender):
        return Article(start, "", certain=False)
    text = elided if first in _VOWELS else masculine if gender != "feminine" else feminine
    return Article(article_start, text, certain=True)


def _english(word: str, article_start: int, start: int, old: str, new: str) -> Article:
    """Return "a" or "an" before a form; u, h and eu sound both ways."""
    vowels = "aeio"
    if word not in {"a", "an"}:
        return Article(start, "", certain=True)
    if new[:1].lower() in "uh" or old[:1].lower() in "uh" or new[:2].lower() == "eu":
        return Article(start, "", certain=False)
    return Article(article_start, "an " if new[:1].lower() in vowels else "a ", certain=True)
