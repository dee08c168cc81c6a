"""Number and gender of a noun as its articles show them, and the article a change asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from reviewer.model import FIRST_CODE, LAST_CODE
from reviewer.terms.determiners import Standing, hides_gender, sound, standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewer.terms.grammar import Grammar

PLURAL = "plural"
_COMMON = frozenset({"masculine", "feminine"})
_COMMON_GENDER = frozenset({"nl", "sv", "da", "nb", "no"})
"""Languages in which masculine and feminine have one article."""
_LAST_WORD = regex.compile(r"(?:(?<=^|[\s(«“\"])|\b)(\p{L}+)(['’]|[ \u00a0\u202f]+)$")
_BETWEEN = f"«“„‘\"'( \u00a0\u202f{chr(FIRST_CODE)}-{chr(LAST_CODE)}"
_OPENING = regex.compile(
    rf"(?<=[ \u00a0\u202f'’])[{_BETWEEN}]*[^ \u00a0\u202f'’\p{{L}}][{_BETWEEN}]*$"
)
_FIRST_WORDS = regex.compile(r"[\p{L}\p{M}]+")
_LONGEST_ACRONYM = 4
_ONE_IN_S = ("ss", "us", "is")
_NUMBERLESS_ENGLISH = frozenset(
    {"children", "data", "feet", "men", "mice", "news", "people", "police"}
    | {"series", "species", "staff", "teeth", "women"}
)
_GERMAN_SAME_PLURAL = regex.compile(r"(?:er|el|en|chen|lein)$")
_LETTER_NAMES_IN_VOWELS = frozenset("aefhilmnorsx")
_AGREEING = {
    "fr": regex.compile(r"[^.;:!?\n]{0,40}\p{L}{2}ée?s\b"),
    "es": regex.compile(r"[^.;:!?\n]{0,40}\p{L}[ai]d[oa]s\b"),
    "it": regex.compile(r"[^.;:!?\n]{0,40}\p{L}[aiu]t[ie]\b"),
    "pt": regex.compile(r"[^.;:!?\n]{0,40}\p{L}[ai]d[oa]s\b"),
}
"""Plural participles soon after a noun, which show its gender."""
_ARABIC_ENDING = regex.compile("(?<=\\p{L}{3})(?:ون|ين|ات|ة)$")
_CONJUNCTIONS = {
    "y": ("e", regex.compile(r"h?[ií](?![aeo])")),
    "e": ("y", regex.compile(r"(?!h?[ií](?![aeo]))")),
    "o": ("u", regex.compile(r"h?[oó]")),
    "u": ("o", regex.compile(r"(?!h?[oó])")),
}
"""Spanish "and" and "or" before their own sounds (Nueva gramática de la lengua española, 31)."""


@dataclass(frozen=True, slots=True)
class Noun:
    """What is known of a rendering.

    Attributes:
        plural: of the form as written; None where neither its ending nor its articles tell.
        genders: those that all its articles allow; empty when no article was seen.
    """

    plural: bool | None
    genders: frozenset[str]

    @property
    def gender(self) -> str:
        """The gender, empty where it is not known."""
        return next(iter(self.genders)) if len(self.genders) == 1 else ""


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
    numbers: set[bool] = set()
    heads = list(heads)
    for head in heads:
        allowed, number = _shown(head, rules)
        if number is not None:
            numbers.add(number)
        if allowed and not (hides_gender(rules.code, text) and "masculine" in allowed):
            genders = allowed if genders is None else genders & allowed
    if rules.code in _COMMON_GENDER and genders is not None and genders >= _COMMON:
        genders = frozenset({"common"})
    noun = Noun(None, genders or frozenset())
    known = (_germanic_number(_article(head)[0], text, noun, rules) for head in heads)
    numbers |= {number for number in known if number is not None}
    plural = _is_plural(text, rules)
    if plural is None and len(numbers) == 1 and not rules.plural_endings:
        plural = numbers.pop()
    return Noun(plural, genders or frozenset())


def _shown(head: str, rules: Grammar) -> tuple[frozenset[str], bool | None]:
    """Return the genders that the determiner at the end of a text allows, and whether a plural.

    None where it stands before both.
    """
    found = standing(rules.code, head)
    if found is not None:
        return found.genders, found.determiner.plural
    allowed = rules.genders.get(_article(head)[0], frozenset())
    if not allowed or (PLURAL in allowed and len(allowed) > 1):
        return allowed - {PLURAL}, None
    return allowed - {PLURAL}, PLURAL in allowed


def _is_plural(text: str, rules: Grammar) -> bool | None:
    """Tell the number from the ending of the head: the last word in English, else the first."""
    words = _FIRST_WORDS.findall(text.lower())
    if not words or not rules.plural_endings:
        return None
    head = words[-1] if rules.head_last else words[0]
    if rules.code == "en" and head in _NUMBERLESS_ENGLISH:
        return None
    if len(head) <= _LONGEST_ACRONYM and head.upper() in text:
        return False
    return head.endswith(tuple(rules.plural_endings)) and not head.endswith(
        _ONE_IN_S if rules.code == "en" else "ss"
    )


def plural_at(head: str, old: str, shown: str, noun: Noun, rules: Grammar) -> bool | None:
    """Tell the number of a form where it stands; None where nothing does.

    Args:
        head: the text before it.
        old: the form.
        shown: the form that its rendering is shown in.
        noun: what is known of that form.
        rules: of the language.
    """
    _, number = _shown(head, rules)
    if number is not None:
        return number
    if rules.plural_endings:
        return _is_plural(old, rules)
    word = _article(head)[0]
    if PLURAL in rules.genders.get(word, frozenset()):
        return _germanic_number(word, old, noun, rules)
    return noun.plural if old == shown else None


def same_in_plural(form: str, rules: Grammar) -> bool:
    """Tell whether a noun has one form for both numbers as far as its ending tells (German)."""
    return rules.code == "de" and _GERMAN_SAME_PLURAL.search(form) is not None


def _germanic_number(word: str, old: str, noun: Noun, rules: Grammar) -> bool | None:
    """Tell the number after a German or Dutch article that stands before both."""
    if rules.code == "nl" and word in {"de", "die", "deze"}:
        return old.endswith(("en", "s"))
    if rules.code != "de":
        return None
    if word == "den":
        return old.endswith("n") if noun.gender != "masculine" or old.endswith("n") else False
    if word == "der" and noun.gender == "masculine":
        return None if _GERMAN_SAME_PLURAL.search(old) else False
    if word == "die" and noun.gender in {"masculine", "neuter"}:
        return True
    if word == "die" and noun.gender == "feminine":
        return old.endswith(("en", "eln", "ern"))
    return None


def _article(head: str) -> tuple[str, int]:
    """Return the lower-cased word just before a place, and where it begins; "" for none."""
    match = _LAST_WORD.search(head)
    return (match.group(1).lower(), match.start(1)) if match else ("", len(head))


def before(
    text: str,
    place: tuple[int, int],
    new: str,
    nouns: tuple[Noun, Noun],
    rules: Grammar,
    *,
    plural: bool,
    same: bool,
) -> Article:
    """Return what stands before a term once `new` takes its place.

    Args:
        text: of the pair.
        place: the range of the term in it.
        new: the form that comes.
        nouns: what is known of the new and of the old rendering.
        rules: of the language.
        plural: a plural stands there.
        same: it is the same word in another spelling, so that nothing around it changes.
    """
    (preferred, replaced), (start, end) = nouns, place
    if rules.code == "en":
        return _english(text, start, new)
    agrees = same or _agrees(preferred.gender, replaced.gender, text[end:], rules, plural=plural)
    agrees = agrees or (rules.code == "ar" and _have_one_ending(text[start:end], new))
    head, opened = _unopened(text[:start])
    found = standing(rules.code, head)
    if found is None:
        return _conjunction(text, start, new, rules, certain=agrees)
    gender = preferred.gender or (replaced.gender if same else "")
    shape = found.determiner.before(sound(rules.code, new), gender)
    if shape is None:
        return Article(start, "", certain=False)
    if shape == found.shape:
        return Article(start, "", certain=agrees)
    if opened:
        # A code or a quotation mark stands between: the person sees to both.
        return Article(start, "", certain=False)
    return Article(found.start, _as_written(shape, found, text[:start], new), certain=agrees)


def _agrees(one: str, other: str, after: str, rules: Grammar, *, plural: bool) -> bool:
    """Tell whether what agrees with a noun stays right; of a plural, where it shows no gender.

    Where determiners tell no gender at all, nothing is known.
    """
    if one and other:
        return one == other
    seen = _AGREEING.get(rules.code)
    return plural and bool(rules.genders) and (seen is None or seen.match(after) is None)


def _have_one_ending(old: str, new: str) -> bool:
    """Tell whether the heads of two Arabic wordings show the same gender, number and case."""
    endings = [_ARABIC_ENDING.search(form.partition(" ")[0]) for form in (old, new)]
    shown = [ending.group() if ending else "" for ending in endings]
    same_length = old.count(" ") == new.count(" ")
    return shown[0] == shown[1] != "" and same_length


def _unopened(head: str) -> tuple[str, bool]:
    """Return a text without codes and opening marks at its end, and whether it had some."""
    match = _OPENING.search(head)
    return (head[: match.start()], True) if match else (head, False)


def _as_written(shape: str, found: Standing, head: str, new: str) -> str:
    """Return a determiner in the capitals and with the apostrophe of the text around it."""
    if "'" in head and "’" not in head:
        shape = shape.replace("’", "'")
    letters = head[found.start :].strip(" '’\u00a0\u202f")
    return shape.upper() if len(new) > 1 and new.isupper() and letters.isupper() else shape


def _conjunction(text: str, start: int, new: str, rules: Grammar, *, certain: bool) -> Article:
    """Return the Spanish "and" or "or" before a form, where one stands there."""
    word, at = _article(text[:start])
    if rules.code == "es" and word in _CONJUNCTIONS:
        other, sounds = _CONJUNCTIONS[word]
        if sounds.match(new.lower()):
            return Article(at, f"{other} ", certain=certain)
    return Article(start, "", certain=certain)


def _english(text: str, start: int, new: str) -> Article:
    """Return "a" or "an" before a form; u, h, eu, one, capitals and digits sound both ways."""
    word, at = _article(text[:start])
    if word not in {"a", "an"}:
        return Article(start, "", certain=True)
    first = new.partition(" ")[0]
    lowered = first.lower()
    if not lowered[:1].isalpha() or lowered.startswith(("u", "h", "eu", "one", "once")):
        return Article(start, "", certain=False)
    vowel = lowered[0] in "aeio"
    if len(first) > 1 and first.isupper() and vowel != (lowered[0] in _LETTER_NAMES_IN_VOWELS):
        return Article(start, "", certain=False)
    if (word == "an") == vowel:
        return Article(start, "", certain=True)
    shape = "an " if vowel else "a "
    return Article(at, shape.upper() if text[at:start].strip() == "AN" else shape, certain=True)
