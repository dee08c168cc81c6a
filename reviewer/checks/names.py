"""Names of the source that the target does not have."""

from __future__ import annotations

import re
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

import Levenshtein

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.date_names import find_days, find_months
from reviewer.text.links import mask_links
from reviewer.text.places import places
from reviewer.text.romanise import romanise, skeleton
from reviewer.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.text.lexicon import Lexicon
    from reviewer.text.words import Word

_CAPITAL = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-ÞĀ-ſΑ-ΩЀ-Я]\w{3,}")
_SHORTEST = 4
_ACRONYM = 3
_ALIKE = 0.8
_SOUNDS_ALIKE = 0.62
_NAME_GAP, _CROSSING_GAP = 1.0, 2.5
"""A name is not much rarer in the target's language than in the source's, in its own script and
in another one; other words are."""
_RARE, _RARE_NOUN = -9.0, -11.5
"""Logarithms of frequency above which a capital says little; the second where nouns have capitals,
or where the target's language has borrowed many."""
_NOUNS = frozenset({"de", "en"})
_UNKNOWN = -25.0
_LONGEST = 4000


class _Name(NamedTuple):
    """Neighbouring words with capitals."""

    words: tuple[Word, ...]
    first: bool


def find_lost_names(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each name of the source of which the target has no word in any spelling.

    Words that both languages use about as often are names (Guildford); those that the target's
    language hardly knows are translated (Londres, Cour suprême) and stay out, as do acronyms.
    """
    for pair in pairs:
        source = mask_links(pair.source_text[:_LONGEST])
        target = pair.target_text[:_LONGEST]
        if not target or source == target:
            continue
        lower = target.lower()
        if all(_stem(match.group()) in lower for match in _CAPITAL.finditer(source)):
            continue
        missing = [
            name
            for name in _names(words(source), source)
            if not any(_stem(word.text) in lower for word in name.words)
        ]
        if missing:
            yield from _lost(pair.number, missing, source, target, context)


def _stem(word: str) -> str:
    """Return a word without the last letters, lower-cased; inflection changes those."""
    return word.lower()[: max(len(word) - 2, _SHORTEST)]


def _names(found: Sequence[Word], text: str) -> Iterator[_Name]:
    """Yield the runs of words with a capital, joined by a space or hyphen."""
    run: list[Word] = []
    first = True
    for at, word in enumerate(found):
        capital = word.text[0].isupper()
        joined = bool(run) and text[run[-1].end : word.start] in {" ", "-", "\u00a0", "’", "'"}
        if run and not (capital and joined):
            yield _Name(tuple(run), first)
            run = []
        if capital:
            if not run:
                first = at == 0 or _opens(text, word.start)
            run.append(word)
    if run:
        yield _Name(tuple(run), first)


def _opens(text: str, start: int) -> bool:
    """Whether a sentence or a quotation begins here."""
    before = text[max(start - 3, 0) : start].rstrip(" \u00a0\u202f")
    return not before or before[-1] in '.!?:\n"“„«¿¡–—-•('


def _lost(
    pair: int, names: Sequence[_Name], source: str, target: str, context: Context
) -> Iterator[Finding]:
    sounds = _sounds(target)
    known_places = places(target, context.target)
    source_places = places(source, context.source)
    skipped = {at for row, at in source_places.items() if row in known_places}
    skipped |= {name.start for name in find_days(source, context.source)}
    skipped |= {name.start for name in find_months(source, context.source)}
    for name in names:
        if any(word.start in skipped for word in name.words):
            continue
        candidates = [word for word in name.words if _may_be_name(word, context)]
        if not candidates or any(_is_heard(word, sounds) for word in name.words):
            continue
        if _are_names(candidates, name, context):
            start, end = candidates[0].start, candidates[-1].end
            yield Finding(
                "names",
                pair,
                (Span(Side.SOURCE, start, end),),
                (source[start:end],),
                Severity.MAJOR,
                confidence=0.7,
            )


def _may_be_name(word: Word, context: Context) -> bool:
    is_acronym = word.text.isupper() and len(word.text) <= _ACRONYM
    accepted = word.text.lower() in context.accepted
    return len(word.text) >= _SHORTEST and not is_acronym and not accepted


def _sounds(target: str) -> list[tuple[str, str, str]]:
    """Return (plain, consonants, script) of the words of the target."""
    found = []
    for word in words(target):
        plain = romanise(word.text)
        if plain:
            found.append((plain, skeleton(plain), word.script))
    return found


def _is_heard(word: Word, sounds: Sequence[tuple[str, str, str]]) -> bool:
    """Whether a word of the target looks or sounds like this one."""
    plain = romanise(word.text)
    bones = skeleton(plain)
    for other, other_bones, script in sounds:
        if script == word.script:
            if Levenshtein.jaro_winkler(plain, other) >= _ALIKE or plain in other:
                return True
        elif script in {"Hani", "Thai"}:
            if plain in other or bones in other_bones:
                return True
        elif (Levenshtein.ratio(bones, other_bones) + Levenshtein.ratio(plain, other)) / 2 >= (
            _SOUNDS_ALIKE
        ):
            return True
    return False


def _are_names(candidates: Sequence[Word], name: _Name, context: Context) -> bool:
    """Whether the frequencies say that these words are the same in both languages."""
    if "Latn" not in context.target.scripts:
        return False
    crossing = candidates[0].script != "Latn"
    foreign = "Latn" not in context.source.scripts and not crossing
    if name.first and not foreign and (crossing or len(name.words) == 1):
        return False
    forms = [word.text for word in candidates]
    lexicon = context.lexicon(context.source.tag)
    own = _frequencies(forms, lexicon)
    romanised = [romanise(form) for form in forms] if crossing else forms
    other = _frequencies(romanised, context.lexicon(context.target.tag))
    gap = _CROSSING_GAP if crossing else _NAME_GAP
    limit = _RARE_NOUN if context.source.code in _NOUNS and not crossing else _RARE
    unheard = lexicon.large and context.source.code != "de" and not crossing and not foreign
    return any(
        (_UNKNOWN < there < limit and (foreign or there >= here - gap))
        or (unheard and here == there == _UNKNOWN and len(form) > _SHORTEST)
        for form, here, there in zip(forms, own, other, strict=True)
    )


def _frequencies(forms: Sequence[str], lexicon: Lexicon) -> list[float]:
    values = lexicon.log_probabilities(forms)
    return [_UNKNOWN if isnan(value) else float(value) for value in values]


CHECK = Check(
    id="names",
    kind=Kind.SPELLING,
    type=IssueType.MISTRANSLATION,
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Lost name"),
    messages={"": QT_TRANSLATE_NOOP("checks", "“{0}” is not in the translation.")},
    find=find_lost_names,
    examples=(
        Example(
            "Ils ont reçu Schwarzenegger à Paris.",
            "They received Schwarzenegger in Paris.",
            (),
            "fr",
            "en",
        ),
        Example(
            "Ils ont reçu Schwarzenegger hier.",
            "They received the visitor yesterday.",
            ("Schwarzenegger",),
            "fr",
            "en",
        ),
        Example(
            "Il vit à Londres avec sa mère.", "He lives in London with his mother.", (), "fr", "en"
        ),
        Example(
            "Der Präsident traf Tokajew am Montag.",
            "The president met Tokayev on Monday.",
            (),
            "de",
            "en",
        ),
        Example(
            "Die Oppositionsfraktion war dagegen.",
            "The opposition group was against it.",
            (),
            "de",
            "en",
        ),
        Example("En la Corte Suprema se habló.", "They spoke in the High Court.", (), "es", "en"),
        Example("Il travaille à l'ONU.", "He works at the UN.", (), "fr", "en"),
        Example("他在Fisk大学学习。", "He studied at Fisk University.", (), "zh", "en"),
    ),
)
