"""Names of the source that the target does not have."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import Levenshtein

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.correspondence import sentence_words, sound
from reviewer.text.date_names import find_days, find_months
from reviewer.text.links import mask_links
from reviewer.text.places import places
from reviewer.text.romanise import romanise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.text.lexicon import Lexicon
    from reviewer.text.words import Word

_CAPITAL = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-ÞĀ-ſΑ-ΩЀ-Я]\w{3,40}(?=(?P<more>[ -][A-ZÀ-ÞΑ-ΩЀ-Я])?)")
_SHORTEST = 4
_ACRONYM = 3
_KEYS = frozenset({
    "shift", "enter", "return", "backspace", "escape", "delete", "insert", "home", "page", "space",
})  # fmt: skip
"""Keys, which have names of their own in other languages."""
_JOINTS = frozenset({" ", "-", "\u00a0", "’", "'"})
"""What may stand between the words of a name."""
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
    if "Latn" not in context.target.scripts:
        return
    for pair in pairs:
        source = mask_links(pair.source_text[:_LONGEST])
        target = pair.target_text[:_LONGEST]
        if target and source != target and _misses_capitals(source, target.lower()):
            yield from _lost(pair.number, source, target, context)


def _misses_capitals(source: str, target: str) -> bool:
    """Whether a quick look finds a capital that may begin a name and nothing like it."""
    return any(
        _stem(match.group()) not in target and (match.start() or match.group("more"))
        for match in _CAPITAL.finditer(source)
    )


def _stem(word: str) -> str:
    """Return a word without the last letters, lower-cased; inflection changes those."""
    return word.lower()[: max(len(word) - 2, _SHORTEST)]


def _names(found: Sequence[Word], text: str) -> Iterator[_Name]:
    """Yield the runs of words with a capital, joined by a space or hyphen."""
    run: list[Word] = []
    first, last = True, -1
    for at in [at for at, word in enumerate(found) if word[2][0].isupper()]:
        word = found[at]
        joined = at == last + 1 and text[run[-1].end : word.start] in _JOINTS if run else False
        if run and not joined:
            yield _Name(tuple(run), first)
            run = []
        if not run:
            first = at == 0 or _opens(text, word.start)
        run.append(word)
        last = at
    if run:
        yield _Name(tuple(run), first)


def _opens(text: str, start: int) -> bool:
    """Whether a sentence or a quotation begins here."""
    before = text[max(start - 3, 0) : start].rstrip(" \u00a0\u202f")
    return not before or before[-1] in '.!?:\n"“„«¿¡–—-•('


def _lost(pair: int, source: str, target: str, context: Context) -> Iterator[Finding]:
    lower = target.lower()
    missing = [
        name
        for name in _names(sentence_words(source), source)
        if not any(_stem(word.text) in lower for word in name.words)
        and any(_may_be_name(word, context) for word in name.words)
    ]
    missing = [name for name in _true_names(missing, context) if not _is_heard(name, target)]
    if missing:
        skipped = _known_starts(source, target, context)
        for name in missing:
            if skipped.isdisjoint(word.start for word in name.words):
                yield _finding(pair, name, source, context)


def _known_starts(source: str, target: str, context: Context) -> set[int]:
    """Return where days, months and places stand that the target has in its own words."""
    there = places(target, context.target)
    found = {at for row, at in places(source, context.source).items() if row in there}
    found |= {name.start for name in find_days(source, context.source)}
    return found | {name.start for name in find_months(source, context.source)}


def _finding(pair: int, name: _Name, source: str, context: Context) -> Finding:
    start, end = name.words[0].start, name.words[-1].end
    span = Span(Side.SOURCE, start, end)
    sure = _sureness(name, context)
    return Finding("names", pair, (span,), (source[start:end],), Severity.MAJOR, confidence=sure)


def _sureness(name: _Name, context: Context) -> float:
    """Return how sure it is that these words are a name, 0-1; from reading findings.

    German nouns and words in capitals (AVERAGE) are often none, several capitals mostly are one.
    """
    if any(word.text.isupper() for word in name.words):
        return 0.5
    if len(name.words) == 1:
        return 0.5 if context.source.code == "de" else 0.7
    return 0.7 if name.first else 0.85


def _may_be_name(word: Word, context: Context) -> bool:
    is_acronym = word.text.isupper() and len(word.text) <= _ACRONYM
    lowered = word.text.lower()
    known = lowered in context.accepted or lowered in _KEYS
    return len(word.text) >= _SHORTEST and not is_acronym and not known


def _is_heard(name: _Name, target: str) -> bool:
    """Whether a word of the target looks or sounds like one of the name."""
    own = [(*heard, word.script) for word in name.words if (heard := _sound(word))]
    others = [(*heard, word.script) for word in sentence_words(target) if (heard := _sound(word))]
    return any(_are_alike(one, other) for one in own for other in others)


def _sound(word: Word) -> tuple[str, str] | None:
    return sound(word.text, word.script)


def _are_alike(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """Whether two words, as (Latin letters, consonants, script), can be one name."""
    if one[2] == other[2]:
        return one[0] in other[0] or Levenshtein.jaro_winkler(one[0], other[0]) >= _ALIKE
    likeness = Levenshtein.ratio(one[1], other[1]) + Levenshtein.ratio(one[0], other[0])
    return likeness / 2 >= _SOUNDS_ALIKE


def _true_names(names: Sequence[_Name], context: Context) -> list[_Name]:
    """Return those of which the frequencies say that they are the same in both languages."""
    found = [(name, word) for name in names for word in name.words if _may_be_name(word, context)]
    if not found:
        return []
    lexicon = context.lexicon(context.source.tag)
    if not lexicon.known:
        return []
    own = _frequencies([word.text for _, word in found], lexicon)
    latin = [word.text if word.script == "Latn" else romanise(word.text) for _, word in found]
    other = _frequencies(latin, context.lexicon(context.target.tag))
    true = {
        id(name)
        for (name, word), here, there in zip(found, own, other, strict=True)
        if _is_name(name, word, (here, there), context) and (lexicon.large or here != there)
    }
    return [name for name in names if id(name) in true]


def _is_name(name: _Name, word: Word, frequencies: tuple[float, float], context: Context) -> bool:
    """Whether a word of a name is one by its frequencies in the source's and target's language."""
    here, there = frequencies
    crossing = word.script != "Latn"
    foreign = "Latn" not in context.source.scripts and not crossing
    if name.first and not foreign and (crossing or len(name.words) == 1):
        return False
    if here == there == _UNKNOWN:
        german = context.source.code == "de"
        return not (crossing or foreign or german) and len(word.text) > _SHORTEST
    limit = _RARE_NOUN if context.source.code in _NOUNS and not crossing else _RARE
    gap = _CROSSING_GAP if crossing else _NAME_GAP
    return _UNKNOWN < there < limit and (foreign or there >= here - gap)


def _frequencies(forms: Sequence[str], lexicon: Lexicon) -> list[float]:
    return [_frequency(form, lexicon) for form in forms]


@lru_cache(maxsize=8192)
def _frequency(form: str, lexicon: Lexicon) -> float:
    value = lexicon.log_probability(form)
    return _UNKNOWN if value is None else value


CHECK = Check(
    id="names",
    kind=Kind.SPELLING,
    type=IssueType.MISTRANSLATION,
    severity=Severity.MAJOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Lost name"),
    messages={"": QT_TRANSLATE_NOOP("checks", "“{0}” is not in the translation.")},
    find=find_lost_names,
    normal=0.65,
    lenient=0.8,
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
