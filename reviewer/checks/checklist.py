"""What the person's own checklists have rules for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.checks.base import Check, Context, Example, Scope
from reviewer.checks.rule import Condition, Rule
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Finding, IssueType, Kind, Pair, Severity, Side, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.checks.matching import Matcher, Place

_ID = "checklist"


def find_by_rules(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    """Yield what the rules of the context see; each rule that takes too long is told once."""
    rules = context.rules
    if not rules:
        return
    from reviewer.checks.matching import TooSlow

    at_work = rules.at_work(context.source.tag, context.target.tag)
    for pair in pairs:
        folded = pair.source_text.casefold(), pair.target_text.casefold()
        for matcher in at_work:
            if not matcher.may_match(*folded):
                continue
            try:
                yield from found_by(matcher, pair)
            except TooSlow:
                words = (matcher.rule.name, "")
                yield Finding(_ID, pair.number, (), words, Severity.NEUTRAL, "slow")


def found_by(matcher: Matcher, pair: Pair) -> Iterator[Finding]:
    """Yield what one rule sees in a pair; raises TooSlow."""
    seen = matcher.look(pair.source_text, pair.target_text)
    if seen is None:
        return
    rule = matcher.rule
    if rule.condition is Condition.MUST_NOT and rule.target:
        for place in seen.target:
            spans = (_target(place), *map(_source, seen.source[:1]))
            yield _finding(rule, pair, spans, "present")
    elif seen.source:
        where = "source" if rule.condition is Condition.MUST_NOT else "missing"
        # The same words several times are one thing to look at.
        for place in seen.source if where == "source" else seen.source[:1]:
            yield _finding(rule, pair, (_source(place),), where)
    else:
        yield _finding(rule, pair, (Span(Side.TARGET, 0, len(pair.target_text)),), "lacking")


def _finding(rule: Rule, pair: Pair, spans: tuple[Span, ...], variant: str) -> Finding:
    first = spans[0]
    text = pair.text(first.side)[first.start : first.end]
    shown = "" if variant == "lacking" else text
    words = (rule.name, shown, rule.message or rule.target)
    told = "" if rule.message else variant
    return Finding(_ID, pair.number, spans, words, rule.severity, told)


def _source(place: Place) -> Span:
    return Span(Side.SOURCE, *place)


def _target(place: Place) -> Span:
    return Span(Side.TARGET, *place)


_TERM = Rule("Peacekeepers", "penjaga perdamaian", "Casques bleus", Condition.MUST, plain=True)
_SPELLING = Rule("Spelling", target=r"\bco-?operation\b", message="coopération")
_DOUBLE = Rule("False friend", "eventually", r"éventuellement\w*")

CHECK = Check(
    id=_ID,
    kind=Kind.FORM,
    type=IssueType.INCONSISTENT_STYLE,
    severity=Severity.MINOR,
    scope=Scope.BEAD,
    title=QT_TRANSLATE_NOOP("checks", "Checklist"),
    messages={
        "": QT_TRANSLATE_NOOP("checks", "{0}: {2}"),
        "missing": QT_TRANSLATE_NOOP(
            "checks", "{0}: “{1}” stands in the source, “{2}” not in the translation."
        ),
        "present": QT_TRANSLATE_NOOP("checks", "{0}: “{1}” stands in the translation."),
        "source": QT_TRANSLATE_NOOP("checks", "{0}: “{1}” stands in the source."),
        "lacking": QT_TRANSLATE_NOOP("checks", "{0}: “{2}” is not in the translation."),
        "slow": QT_TRANSLATE_NOOP(
            "checks", "The pattern of “{0}” takes too long here; this check goes on without it."
        ),
    },
    find=find_by_rules,
    examples=(
        Example(
            "Pasukan penjaga perdamaian tiba.",
            "Les soldats de la paix arrivent.",
            ("penjaga perdamaian",),
            "id",
            "fr",
            rules=(_TERM,),
        ),
        Example(
            "Pasukan penjaga  perdamaian tiba.",
            "Les casques bleus arrivent.",
            (),
            "id",
            "fr",
            rules=(_TERM,),
        ),
        Example("Cooperation", "Co-operation", ("Co-operation",), rules=(_SPELLING,)),
        Example("Cooperation", "Coopération", rules=(_SPELLING,)),
        Example(
            "It will eventually stop.",
            "Cela s'arrêtera éventuellement.",
            ("éventuellement",),
            rules=(_DOUBLE,),
        ),
        Example("It may stop.", "Cela s'arrêtera éventuellement.", rules=(_DOUBLE,)),
        Example("It will eventually stop.", "Cela finira par s'arrêter.", rules=(_DOUBLE,)),
    ),
    identified_by=2,
)
