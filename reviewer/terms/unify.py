"""What would stand in place of each other rendering once a person has chosen one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.terms.articles import Noun, before, describe
from reviewer.terms.grammar import grammar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reviewer.model import Occurrence, Pair, TermGroup

SINGULAR = "singular"
CHECK_AGREEMENT = "check agreement"
_SENTENCE_ENDS = ".!?…。！？؟:\n"
_OPENING = " \t\"'«“„‘(¿¡\u00a0\u202f"


@dataclass(frozen=True, slots=True)
class Replacement:
    """A change of one place, for a person to look at.

    Attributes:
        pair: number of the pair.
        start, end: range of the pair's joined target text; holds the article before the term
            where it changes too.
        old, new: the text there, and what would stand instead.
        note: "", "singular" (the plural of the preferred form is not known) or "check agreement"
            (articles or adjectives beside it may have to change).
        selected: whether it is safe enough to be chosen beforehand.
    """

    pair: int
    start: int
    end: int
    old: str
    new: str
    note: str
    selected: bool


def matching_form(
    preferred: str, old: str, target_language: str, known_forms: Iterable[str]
) -> tuple[str, str]:
    """Return the preferred rendering in the shape of the form it replaces, and a note.

    Args:
        preferred: the rendering that a person chose.
        old: the form that stands in the text.
        target_language: BCP 47 tag.
        known_forms: the forms of the preferred rendering that the document shows.
    """
    if old.lower() == preferred.lower():
        return preferred, ""
    form, note = _in_number(preferred, old, target_language, known_forms)
    if old.isupper() and len(old) > 1 and not form.isupper():
        form = form.upper()
    return form, note


def _in_number(
    preferred: str, old: str, target_language: str, known_forms: Iterable[str]
) -> tuple[str, str]:
    rules = grammar(target_language)
    if not rules.inflects:
        return preferred, ""
    wanted = describe(old, rules).plural
    forms = [preferred, *sorted(set(known_forms) - {preferred})]
    if wanted is None or not rules.plural_endings:
        return preferred, "" if len(forms) == 1 else CHECK_AGREEMENT
    for form in forms:
        if describe(form, rules).plural == wanted:
            return form, ""
    return preferred, SINGULAR if wanted else CHECK_AGREEMENT


def replacements(
    group: TermGroup, preferred: str, pairs: Sequence[Pair], target_language: str
) -> tuple[Replacement, ...]:
    """Return a replacement for every occurrence of the group's other renderings, in order.

    Args:
        group: as found in these pairs.
        preferred: text of one of its renderings, or a wording of the person's own.
        pairs: with the texts as they stand now.
        target_language: BCP 47 tag.
    """
    texts = {pair.number: pair.target_text for pair in pairs}
    chosen = next((r for r in group.renderings if r.text == preferred), None)
    kept = chosen.occurrences if chosen else ()
    known = {texts[o.pair][o.start : o.end] for o in kept if o.pair in texts}
    known = {_without_position(form, preferred) for form in known}
    noun = _noun(preferred, kept, texts, target_language)
    found = []
    for rendering in group.renderings:
        if rendering is chosen:
            continue
        other = _noun(rendering.text, rendering.occurrences, texts, target_language)
        found += [
            _replacement(o, texts[o.pair], preferred, known, (noun, other), target_language)
            for o in rendering.occurrences
            if o.pair in texts
        ]
    return tuple(sorted(found, key=lambda r: (r.pair, r.start)))


def _replacement(
    place: Occurrence,
    text: str,
    preferred: str,
    known: Iterable[str],
    nouns: tuple[Noun, Noun],
    target_language: str,
) -> Replacement:
    rules = grammar(target_language)
    old = text[place.start : place.end]
    new, note = matching_form(preferred, old, target_language, known)
    start = place.start
    if rules.inflects and old.lower() != new.lower():
        article = before(text, place.start, old, new, nouns, rules)
        if text[article.start : place.start].lower() != article.text:
            start, new = article.start, article.text + new
        note = note or ("" if article.certain else CHECK_AGREEMENT)
    if text[start].isupper() and _opens_sentence(text, start):
        new = new[:1].upper() + new[1:]
    return Replacement(place.pair, start, place.end, text[start : place.end], new, note, not note)


def _without_position(form: str, preferred: str) -> str:
    """Return a form without the capital that the shown form does not have."""
    if form[:1].isupper() and preferred[:1].islower():
        return form[:1].lower() + form[1:]
    return form


def _opens_sentence(text: str, start: int) -> bool:
    head = text[:start].rstrip(_OPENING)
    return not head or head[-1] in _SENTENCE_ENDS


def _noun(
    text: str, places: Iterable[Occurrence], texts: Mapping[int, str], target_language: str
) -> Noun:
    rules = grammar(target_language)
    heads = [texts[o.pair][: o.start] for o in places if o.pair in texts]
    return describe(text, rules, heads)
