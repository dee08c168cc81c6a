"""What would stand in place of each other rendering once a person has chosen one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.model import GroupKind
from reviewer.terms.articles import Noun, before, describe, plural_at, same_in_plural
from reviewer.terms.clitics import carried_over
from reviewer.terms.grammar import grammar
from reviewer.terms.wrapping import in_title, is_in_title, plain, with_codes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from reviewer.model import Occurrence, Pair, TermGroup
    from reviewer.terms.grammar import Grammar

SINGULAR = "singular"
CHECK_AGREEMENT = "check agreement"
CHECK_CODES = "check codes"
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
        note: "", "singular" (the plural of the preferred form is not known), "check agreement"
            (articles or adjectives beside it may have to change) or "check codes" (codes stood
            between its words).
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
    preferred: str,
    old: str,
    target_language: str,
    known_forms: Iterable[str],
    *,
    wanted: bool | None = None,
) -> tuple[str, str]:
    """Return the preferred rendering in the shape of the form it replaces, and a note.

    Args:
        preferred: the rendering that a person chose.
        old: the form that stands in the text.
        target_language: BCP 47 tag.
        known_forms: the forms of the preferred rendering that the document shows.
        wanted: whether a plural stands there; None to tell it from the form.
    """
    if old.lower() == preferred.lower():
        return preferred, ""
    rules = grammar(target_language)
    if wanted is None:
        wanted = describe(old, rules).plural
    form, note = _in_number(preferred, rules, known_forms, wanted=wanted)
    if old.isupper() and len(old) > 1 and not form.isupper():
        form = form.upper()
    return form, note


def _in_number(
    preferred: str, rules: Grammar, known_forms: Iterable[str], *, wanted: bool | None
) -> tuple[str, str]:
    forms = [preferred, *sorted(set(known_forms) - {preferred})]
    if not rules.inflects:
        return preferred, ""
    if not rules.plural_endings:
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
    same = group.kind is not GroupKind.TERM
    new = _Known(preferred, _noun(preferred, kept, texts, target_language), known)
    found = []
    for rendering in group.renderings:
        if rendering is chosen:
            continue
        noun = _noun(rendering.text, rendering.occurrences, texts, target_language)
        was = _Known(rendering.text, noun)
        found += [
            _replacement(o, texts[o.pair], (new, was), target_language, same=same)
            for o in rendering.occurrences
            if o.pair in texts
        ]
    return tuple(sorted(found, key=lambda r: (r.pair, r.start)))


@dataclass(frozen=True, slots=True)
class _Known:
    """A rendering, what its articles tell of it, and the forms that the document shows."""

    text: str
    noun: Noun
    forms: Collection[str] = ()


def _replacement(
    place: Occurrence,
    text: str,
    renderings: tuple[_Known, _Known],
    target_language: str,
    *,
    same: bool,
) -> Replacement:
    rules = grammar(target_language)
    preferred, replaced = renderings
    start, old = place.start, text[place.start : place.end]
    wanted = plural_at(text[:start], plain(old), replaced.text, replaced.noun, rules)
    new, note = matching_form(
        preferred.text, plain(old), target_language, preferred.forms, wanted=wanted
    )
    new = carried_over(rules.code, new, plain(old), replaced.text)
    if rules.inflects and plain(old).lower() != new.lower():
        nouns = preferred.noun, replaced.noun
        article = before(
            text,
            (start, place.end),
            new,
            nouns,
            rules,
            plural=wanted is True,
            same=same,
        )
        if article.text:
            start, new = article.start, article.text + new
        known = article.certain and (same or _is_number_known(renderings, rules, wanted=wanted))
        note = note or ("" if known else CHECK_AGREEMENT)
    if text[start].isupper() and _opens_sentence(text, start):
        new = new[:1].upper() + new[1:]
    elif rules.code == "en" and is_in_title(text, start, place.end):
        new = in_title(new)
    new, kept = with_codes_of(text[start : place.end], new)
    note = note or ("" if kept else CHECK_CODES)
    return Replacement(place.pair, start, place.end, text[start : place.end], new, note, not note)


def _is_number_known(
    renderings: tuple[_Known, _Known], rules: Grammar, *, wanted: bool | None
) -> bool:
    """Tell whether the form that comes surely has the number of the one that goes.

    Where endings do not tell, articles have to; German adjectives follow the case. Of Arabic, what
    agrees has the same ending.
    """
    if rules.plural_endings or rules.affixes:
        return True
    words = [rendering.text for rendering in renderings]
    if rules.nouns_capital and any(" " in word and word[0].islower() for word in words):
        return False
    if all(same_in_plural(word, rules) for word in words):
        return True
    return wanted is not None and renderings[0].noun.plural == wanted


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
