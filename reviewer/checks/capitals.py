"""Capitals at the beginning of sentences, in whole segments, and in names of months."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span
from reviewer.text.date_names import find_months
from reviewer.text.links import mask_links
from reviewer.text.typography import final_mark, typography

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FIRST = re.compile(
    r"[\s\"'“”„«»‘’‹›¿¡(\[{*_\-–—•·…\u00a0\u202f\ue000-\uf8ff\U000f0000-\U000ffffd]{0,12}(?P<word>[^\W\d_][\w'’\-]*)"
)
_WORD = re.compile(r"[^\W\d_][^\W_]*")
_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
_SHORTEST = 3
_WORDS = 4
"""Words from which a line in small letters alone is a sentence written so by mistake."""
_SENTENCE = 6
_LETTERS = 8
_NO_WORD = -14.0
"""Logarithm of the frequency below which a copied word is a command or product."""
_DAY_AND_YEAR = re.compile(r"^(?:\s(?:de|del|di|do|de l['’])?\s?[0-9]{4}\b)")
_DAY = re.compile(r"[0-9]{1,2}\.?(?:º|°|er)?\s(?:de\s|d['’])?$")
_PARTICLES = frozenset({
    "de", "la", "le", "les", "von", "van", "der", "den", "d", "l", "al", "el", "ibn", "bin",
    "ben", "da", "do", "dos", "das", "di", "del", "della", "du", "'t", "'s", "ter", "ten", "zu",
    "af", "av", "y", "o'",
})  # fmt: skip
_GOES_ON = frozenset({"comma", "semicolon", "colon"})
_ENUMERATOR = re.compile(r"\W{0,3}[^\W\d_]\s?[).]")
_OPEN_START = frozenset("…")


def find_case_errors(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding where capitals of the target differ from what source and grammar ask for.

    Names such as iPhone, particles, codes and everything in scripts without capitals are left
    alone, and so are German words that become small in other languages.
    """
    if not context.target.scripts & _CASED:
        return
    for pair in pairs:
        source, target = pair.source_text, pair.target_text
        if not source or target == source or not _has_case(target):
            continue
        finding = _case_error(pair, context)
        if finding is not None:
            yield finding
        if typography(context.target).capital_dates is not None:
            yield from _months(pair, context)


def _case_error(pair: Pair, context: Context) -> Finding | None:
    """Return the finding about the whole or the beginning of a target, if any."""
    if _lost_names(pair):
        finding = _all_small(pair, context)
        if finding is not None:
            return finding
    if pair.target_text.isupper():
        return _all_large(pair)
    return _small_start(pair, context)


def _lost_names(pair: Pair) -> bool:
    """Whether the target has no capital, and the source more than that of its first word."""
    if not pair.target_text.islower():
        return False
    first = _FIRST.match(pair.source_text)
    rest = pair.source_text[first.end() :] if first else pair.source_text
    return not _has_case(rest) or any(map(str.isupper, rest))


def _all_small(pair: Pair, context: Context) -> Finding | None:
    """Return a finding for a sentence without any capital whose source has some, or no case."""
    target, source = mask_links(pair.target_text), pair.source_text
    if not _has_case(source):
        wrong = len(_WORD.findall(target)) >= _WORDS and _is_sentence(pair, context)
    else:
        wrong = any(map(str.isupper, source)) and sum(map(str.isalpha, target)) > _LETTERS
        wrong = wrong and _starts_large(source) is not False
    start = _FIRST.match(target)
    if not wrong or start is None or _is_excused(start.group("word"), pair, context):
        return None
    if context.source.code == "de" and not final_mark(source, context.source)[0]:
        return None
    span = Span(Side.TARGET, 0, len(target))
    word, at = start.group("word"), start.start("word")
    fixed = pair.target_text[:at] + word[0].upper() + pair.target_text[at + 1 :]
    # A verse or a line of a list may go on with the sentence of the one before.
    ends = final_mark(pair.target_text, context.target)[0]
    sure = bool(ends) and not _is_command(word, pair, context) and not _is_entry(pair, context)
    return Finding(
        "capitals",
        pair.number,
        (span,),
        (word,),
        variant="small",
        suggestions=(fixed,),
        confidence=1.0 if sure else 0.6,
    )


def _has_case(text: str) -> bool:
    return text.lower() != text.upper() and any(
        character.islower() or character.isupper() for character in text
    )


def _starts_large(text: str) -> bool | None:
    """Whether the first word begins with a capital; None without case or with a digit first."""
    first = _FIRST.match(text)
    if first is None:
        return None
    letter = first.group("word")[0]
    return letter.isupper() if letter.islower() or letter.isupper() else None


def _small_start(pair: Pair, context: Context) -> Finding | None:
    """Return a finding for a sentence that begins with a small letter, unlike its source's."""
    target = pair.target_text
    start = _FIRST.match(mask_links(target))
    if start is None or not start.group("word")[0].islower():
        return None
    large = _starts_large(mask_links(pair.source_text))
    is_sentence = _is_sentence(pair, context)
    if large is False or (not large and not is_sentence):
        return None
    if large and not is_sentence and (context.source.code == "de" or _is_label(pair)):
        return None
    if not large and _FIRST.match(pair.source_text) is None:
        return None
    word = start.group("word")
    if _is_excused(word, pair, context):
        return None
    at = start.start("word")
    return Finding(
        "capitals",
        pair.number,
        (Span(Side.TARGET, at, at + len(word)),),
        (word,),
        suggestions=(word[0].upper() + word[1:],),
        confidence=0.9 if is_sentence and not _is_command(word, pair, context) else 0.6,
    )


def _is_sentence(pair: Pair, context: Context) -> bool:
    """Whether the target ends as a sentence and the source is not in the middle of one."""
    ends = final_mark(pair.target_text, context.target)[0]
    return bool(ends) and final_mark(pair.source_text, context.source)[0] not in _GOES_ON


def _is_label(pair: Pair) -> bool:
    """Whether the source is a single word: an entry of a list, often a name or an acronym."""
    return len(pair.source_text.split()) < 2 or pair.source_text.isupper()


def _is_excused(word: str, pair: Pair, context: Context) -> bool:
    """Whether a word begins small everywhere: iPhone, e-mail addresses, name particles."""
    return (
        (len(word) == 1 and _ENUMERATOR.match(pair.target_text) is not None)
        or any(map(str.isupper, word))
        or any(map(str.isdigit, word))
        or word.lower() in context.accepted
        or (word.lower() in _PARTICLES and word in re.split(r"[\s'’]", pair.source_text))
        or pair.target_text.lstrip()[:1] in _OPEN_START
        or pair.target_text.lstrip().startswith(("...", "'s ", "'t ", "’s ", "’t "))
    )


def _is_entry(pair: Pair, context: Context) -> bool:
    """Whether a German line is an entry of a list: its capital may be that of any noun."""
    ends = pair.source_text.rstrip()[-1:]
    few = len(_WORD.findall(pair.source_text)) < _SENTENCE
    return context.source.code == "de" and (ends == ";" or few)


def _is_command(word: str, pair: Pair, context: Context) -> bool:
    """Whether a sentence begins with a word that the source has small and the language has not."""
    if not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", pair.source_text):
        return False
    lexicon = context.lexicon(context.target.tag)
    frequency = lexicon.log_probability(word) if lexicon.known else 0.0
    return frequency is None or frequency < _NO_WORD


def _all_large(pair: Pair) -> Finding | None:
    """Return a finding for a target in capitals whose source is not."""
    source, target = pair.source_text, pair.target_text
    words = [word for word in _WORD.findall(target) if len(word) > _SHORTEST]
    if len(words) < 2 or not _has_case(source) or source.isupper():
        return None
    capitals = sum(map(str.isupper, source))
    if capitals * 2 > sum(map(str.isalpha, source)):
        return None
    span = Span(Side.TARGET, 0, len(target))
    return Finding("capitals", pair.number, (span,), (), variant="large", confidence=0.6)


def _months(pair: Pair, context: Context) -> Iterator[Finding]:
    """Yield a finding for each month of a full date whose first letter has the wrong case."""
    large = typography(context.target).capital_dates
    for name in find_months(pair.target_text, context.target, any_case=True):
        before = pair.target_text[max(name.start - 12, 0) : name.start]
        after = pair.target_text[name.end : name.end + 12]
        if name.text[0].isupper() == large or name.text.isupper():
            continue
        if not _DAY.search(before) or not _DAY_AND_YEAR.match(after) or pair.target_text.isupper():
            continue
        right = name.text[0].upper() if large else name.text[0].lower()
        yield Finding(
            "capitals",
            pair.number,
            (Span(Side.TARGET, name.start, name.end),),
            (name.text,),
            variant="month",
            suggestions=(right + name.text[1:],),
            confidence=0.85,
        )


CHECK = Check(
    id="capitals",
    kind=Kind.FORM,
    type=IssueType.SPELLING,
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Capitals"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "The sentence begins with a small letter: “{0}”."),
        "small": QT_TRANSLATE_NOOP("checks", "The sentence has small letters alone."),
        "large": QT_TRANSLATE_NOOP("checks", "All is in capitals, other than in the source."),
        "month": QT_TRANSLATE_NOOP("checks", "“{0}”: months are written otherwise here."),
    },
    find=find_case_errors,
    normal=0.7,
    lenient=0.9,
    examples=(
        Example("The bridge is closed.", "Le pont est fermé."),
        Example("The bridge in Paris is closed.", "le pont à Paris est fermé.", ("le",)),
        Example(
            "The bridge in Paris is closed.",
            "le pont à paris est fermé.",
            ("le pont à paris est fermé.",),
        ),
        Example("桥今天关闭了。", "the bridge in Paris is closed.", ("the",), "zh", "en"),
        Example(
            "桥今天关闭了。",
            "the bridge is closed today.",
            ("the bridge is closed today.",),
            "zh",
            "en",
        ),
        Example("桥", "bridge", (), "zh", "en"),
        Example("iPhones are here.", "iPhones sind da.", (), "en", "de"),
        Example("The eBay site is slow.", "eBay est lent."),
        Example("Haus", "house", (), "de", "en"),
        Example("Das alte Haus", "the old house", (), "de", "en"),
        Example("price list", "liste de prix"),
        Example("Price List for May", "liste de prix de mai pour Paris", ("liste",)),
        Example("and so he left.", "et il partit."),
        Example("… and so he left.", "… et il partit."),
        Example("20 bridges are closed.", "20 ponts sont fermés."),
        Example("“The bridge is closed.”", "« le pont de Paris est fermé. »", ("le",)),
        Example("The bridge is closed.", "LE PONT EST FERMÉ.", ("LE PONT EST FERMÉ.",)),
        Example("NATO and UNO", "OTAN et ONU"),
        Example("WARNING", "ATTENTION"),
        Example("On 5 January 2020.", "El 5 de Enero de 2020.", ("Enero",), "en", "es"),
        Example("On 5 January 2020.", "El 5 de enero de 2020.", (), "en", "es"),
        Example("Plaza de Mayo", "Plaza de Mayo", (), "en", "es"),
        Example("On 5 January 2020.", "Pada 5 januari 2020.", ("januari",), "en", "id"),
        Example("On 5 January 2020.", "Le 5 Janvier 2020.", ("Janvier",)),
        Example("The bridge is closed.", "الجسر مغلق.", (), "en", "ar"),
        Example("https://example.org is slow.", "https://example.org est lent."),
        Example("Van Gogh painted it.", "van Gogh l'a peint.", ("van",)),
        Example("In the morning he left.", "'s Morgens vertrok hij.", (), "en", "nl"),
    ),
)
