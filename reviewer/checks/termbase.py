"""What termbases say of the terms of a sentence: missing, deprecated, or not to be translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import (
    ANY_LANGUAGE,
    Concept,
    Finding,
    IssueType,
    Kind,
    Severity,
    Side,
    Span,
    Term,
    TermStatus,
)
from reviewer.text.inflection import written_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.checks.term_index import Entry, TermIndex, Text
    from reviewer.model import Pair

_ID = "termbase"
_SURE, _LESS_SURE = 0.9, 0.6


def find(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield what the termbases of the context say of each pair that has two sides."""
    terms = context.terms
    if not terms:
        return
    for pair in pairs:
        if pair.source and pair.target:
            yield from _of_pair(pair, terms)


def _of_pair(pair: Pair, terms: TermIndex) -> Iterator[Finding]:
    source, target = terms.source_of(pair.source_text), terms.target_of(pair.target_text)
    for entry, places in terms.standing_in(source):
        forbidden = list(_forbidden(pair, terms, entry, target, places))
        yield from forbidden
        if not forbidden and not terms.is_rendered(entry, target):
            yield _missing(pair, entry, source, places)
    for entry in terms.always_forbidden:
        yield from _forbidden(pair, terms, entry, target, ())
    for name in terms.kept:
        places = written_places(name, source.text)
        if places and not written_places(name, target.text):
            yield _finding(pair, [_span(Side.SOURCE, places[0])], (name, name), "kept")


def _missing(pair: Pair, entry: Entry, source: Text, places: Sequence[tuple[int, int]]) -> Finding:
    start, end = places[0]
    # A short word in small letters is often used outside of its meaning as a term.
    common = end - start < 6 and source.text[start:end].islower()
    words = (entry.source, entry.preferred)
    confidence = _LESS_SURE if common else _SURE
    return _finding(pair, [_span(Side.SOURCE, places[0])], words, "", confidence)


def _forbidden(
    pair: Pair,
    terms: TermIndex,
    entry: Entry,
    target: Text,
    places: Sequence[tuple[int, int]],
) -> Iterator[Finding]:
    for term, place in terms.forbidden_in(entry, target):
        spans = [_span(Side.TARGET, place), *(_span(Side.SOURCE, p) for p in places[:1])]
        words = (entry.source or term.text, entry.preferred, term.text, term.note)
        variant = "deprecated" if entry.preferred else "forbidden"
        yield _finding(pair, spans, words, f"{variant}-noted" if term.note else variant)


def _finding(
    pair: Pair,
    spans: Sequence[Span],
    words: tuple[str, ...],
    variant: str,
    confidence: float = _SURE,
) -> Finding:
    severity = Severity.MINOR if not variant else Severity.MAJOR
    return Finding(_ID, pair.number, tuple(spans), words, severity, variant, confidence=confidence)


def _span(side: Side, place: tuple[int, int]) -> Span:
    return Span(side, *place)


_PEACE = Concept(
    (
        Term("id", "penjaga perdamaian"),
        Term("fr", "Casque bleu"),
        Term("fr", "soldat de la paix", TermStatus.DEPRECATED),
    )
)
_PUMP = Concept((Term("en", "shut down"), Term("de", "abschalten")))
_ACCESS = Concept((Term("en", "access control"), Term("de", "Zugriffssteuerung")))
_NAME = Concept((Term(ANY_LANGUAGE, "Blue Gate"),))
_NEVER = Concept((Term("fr", "indigène", TermStatus.DEPRECATED, "offensive"),))

CHECK = Check(
    id=_ID,
    kind=Kind.TERMS,
    type=IssueType.WRONG_TERM,
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Termbase"),
    messages={
        "": QT_TRANSLATE_NOOP(
            "checks", "The termbase has “{1}” for “{0}”; it was not seen in this translation."
        ),
        "deprecated": QT_TRANSLATE_NOOP(
            "checks", "“{2}” is deprecated in the termbase, which has “{1}” for “{0}”."
        ),
        "deprecated-noted": QT_TRANSLATE_NOOP(
            "checks", "“{2}” is deprecated in the termbase, which has “{1}” for “{0}”. {3}"
        ),
        "forbidden": QT_TRANSLATE_NOOP("checks", "“{2}” is deprecated in the termbase."),
        "forbidden-noted": QT_TRANSLATE_NOOP("checks", "“{2}” is deprecated in the termbase. {3}"),
        "kept": QT_TRANSLATE_NOOP(
            "checks",
            "“{0}” stays as it is by the termbase; it was not seen in this translation.",
        ),
    },
    find=find,
    examples=(
        Example(
            "Pasukan penjaga perdamaian tiba.",
            "Les forces arrivent.",
            ("penjaga perdamaian",),
            "id",
            "fr",
            concepts=(_PEACE,),
        ),
        Example(
            "Pasukan penjaga perdamaian tiba.",
            "Les Casques bleus arrivent.",
            (),
            "id",
            "fr",
            concepts=(_PEACE,),
        ),
        Example(
            "Pasukan penjaga perdamaian tiba.",
            "Les soldats de la paix arrivent.",
            ("soldats de la paix",),
            "id",
            "fr",
            concepts=(_PEACE,),
        ),
        Example(
            "The pump shuts down. Shut down the pump.",
            "Die Pumpe schaltet ab. Schalten Sie die Pumpe ab.",
            target_language="de",
            concepts=(_PUMP,),
        ),
        Example(
            "Access control is on.",
            "Die Steuerung des Zugriffs ist ein.",
            target_language="de",
            concepts=(_ACCESS,),
        ),
        Example(
            "Access control is on.",
            "Der Zugang ist ein.",
            ("Access control",),
            target_language="de",
            concepts=(_ACCESS,),
        ),
        Example("Open Blue Gate.", "Ouvrez Porte bleue.", ("Blue Gate",), concepts=(_NAME,)),
        Example("Open Blue Gate.", "Ouvrez Blue Gate.", concepts=(_NAME,)),
        Example("The people of it", "Les indigènes", ("indigènes",), concepts=(_NEVER,)),
    ),
    lenient=0.7,
    identified_by=3,
)
