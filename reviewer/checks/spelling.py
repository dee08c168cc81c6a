"""Words of the target that the person's dictionaries do not know."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from reviewer.checks.orthography.forms import Form, Writing

_ID = "spelling"
OFTEN = 3
"""Times from which on a word is hardly a slip."""
_NORMAL, _LENIENT, _OFTEN_CONFIDENCE = 0.7, 0.9, 0.5
_MANY, _MOST_UNKNOWN = 200, 0.5
"""Of so many different words at most this share is unknown, or the dictionary is another
language's."""


def find_misspelt(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield a finding for each word of a target that no dictionary knows and nothing speaks for.

    Nothing is found without dictionaries (`Context.unknown`).
    """
    # The parts load numpy and more, which the start of the program need not wait for.
    from reviewer.checks.orthography.doubts import Doubts
    from reviewer.checks.orthography.forms import writing

    if context.unknown is None:
        return
    written = writing(context.target)
    found = [written.words(pair.target_text) for pair in pairs]
    strange = _strange(set().union(*found), written, context)
    if not strange:
        return
    links, endings = (context.target.words("spelling", key) for key in ("links", "endings"))
    doubts = Doubts(context, written, context.unknown, links, endings)
    for pair, held in zip(pairs, found, strict=True):
        if strange.keys().isdisjoint(held):
            continue
        forms = written.forms(pair.target_text)
        wrong = [part.moved(form.start) for form in forms for part in strange.get(form.text, ())]
        for form, confidence in doubts.confidences(pair, wrong) if wrong else ():
            yield _finding(pair, form, confidence)


def _strange(
    forms: Collection[str], written: Writing, context: Context
) -> Mapping[str, tuple[Form, ...]]:
    """Return the forms that are unknown, each with those of its parts that are."""
    from reviewer.checks.orthography.forms import Form

    assert context.unknown is not None
    distinct = [form for form in forms if written.may_be_misspelt(form)]
    spelled = {form: written.spelled(form) for form in distinct}
    unknown = set(context.unknown(set(spelled.values())))
    whole = [form for form in distinct if spelled[form] in unknown]
    if len(distinct) >= _MANY and len(whole) > _MOST_UNKNOWN * len(distinct):
        return {}
    parts = {form: tuple(written.parts(Form(0, len(form), form))) for form in whole}
    unknown |= set(
        context.unknown({written.spelled(p.text) for found in parts.values() for p in found})
    )
    return {
        form: tuple(part for part in found if written.spelled(part.text) in unknown)
        for form, found in parts.items()
    }


def often_found(findings: Iterable[Finding]) -> frozenset[str]:
    """Return the words that the check finds in so many places that they are hardly slips."""
    times = Counter(finding.words[0] for finding in findings if finding.check == _ID)
    return frozenset(word for word, count in times.items() if count >= OFTEN)


def less_sure(findings: Iterable[Finding], often: frozenset[str]) -> list[Finding]:
    """Return findings, of which words found often are less sure, unless a common one is meant."""
    return [
        replace(finding, confidence=min(finding.confidence, _OFTEN_CONFIDENCE))
        if finding.check == _ID and finding.words[0] in often and finding.confidence < _LENIENT
        else finding
        for finding in findings
    ]


def _finding(pair: Pair, form: Form, confidence: float) -> Finding:
    return Finding(
        check=_ID,
        pair=pair.number,
        spans=(Span(Side.TARGET, form.start, form.end),),
        words=(form.text,),
        confidence=confidence,
    )


CHECK = Check(
    id=_ID,
    kind=Kind.SPELLING,
    type=IssueType.SPELLING,
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Spelling"),
    messages={"": QT_TRANSLATE_NOOP("checks", "“{0}” is not in the dictionary.")},
    find=find_misspelt,
    normal=_NORMAL,
    lenient=_LENIENT,
    examples=(
        Example(
            "The children went to the library.",
            "Les enfants sont allés à la biliothèque.",
            found=("biliothèque",),
            dictionary="les enfants sont allés à la bibliothèque",
        ),
        Example(
            "Serdyukov spoke of the water.",
            "Serdyukov a parlé de l’eau.",
            dictionary="a parlé de eau",
        ),
        Example(
            "He thinks that the law of 1905 is dead.",
            "Il pense qu’une loi de 1905 est mrote.",
            found=("mrote",),
            dictionary="il pense une loi de est morte",
        ),
        Example("See www.example.org, p. 3.", "Voir www.example.org, p. 3.", dictionary="voir"),
    ),
)
