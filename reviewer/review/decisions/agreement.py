"""How far reviewers agree: pairs that two of them judged, and how often they said the same.

What counts is each one's own latest word, whoever knew of the other's. What was said again of a
new version of a document counts once, where it was said first.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from reviewer.model import Verdict
from reviewer.review.decisions.issue_agreement import IssueAgreement, Marks, compared, marks_of
from reviewer.review.decisions.project import columns, document_pairs
from reviewer.review.decisions.rows import first_said, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from reviewer.model import Event
    from reviewer.review.decisions.fold import State
    from reviewer.store import Project

_MOST_JUDGES = 20
"""Who judged most is compared; more are no team but a hostile file."""
_BETWEEN = 1_000
"""Pairs between two looks whether the person waits no more."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A reviewer, and of how many pairs that person said something."""

    reviewer: bytes
    name: str
    judged: int


@dataclass(frozen=True, slots=True)
class Apart:
    """A pair of which two reviewers said different things.

    Attributes:
        subject: 16 bytes that name the pair.
        said: the verdicts, in the order of the reviewers.
        texts: they had different translations before them when they judged.
        document: number of the document pair; None where no row of any holds it now.
        number: of the pair in it; likewise.
    """

    subject: bytes
    said: tuple[Verdict, Verdict]
    texts: bool
    document: int | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers agree.

    Attributes:
        counts: the pairs that both judged, by what the first and the second said.
        same_text: in how many of them both had the same translation before them.
        issues: in the pairs that both judged or marked; None where neither marked any.
        apart: the pairs of which they said different things, in order.
    """

    first: Judge
    second: Judge
    counts: Mapping[tuple[Verdict, Verdict], int]
    same_text: int
    issues: IssueAgreement | None
    apart: tuple[Apart, ...]

    @property
    def both(self) -> int:
        """How many pairs both judged."""
        return sum(self.counts.values())

    @property
    def same(self) -> int:
        """Of how many of these both said the same."""
        return sum(count for (one, other), count in self.counts.items() if one is other)

    @property
    def observed(self) -> float | None:
        """Their share, 0-1; None where both judged none."""
        return self.same / self.both if self.both else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa: agreement beyond chance, 1 for all, 0 for what chance would give.

        (p_o - p_e) / (1 - p_e), where p_o is the observed agreement and p_e that of two who say
        each verdict as often as these did, but anywhere: J. Cohen, A coefficient of agreement
        for nominal scales, Educational and Psychological Measurement 20 (1960), 37-46. None where
        both said one and the same of all pairs: it is not defined then.
        """
        whole = self.both**2
        chance = sum(self._said(0, verdict) * self._said(1, verdict) for verdict in Verdict)
        return (self.both * self.same - chance) / (whole - chance) if whole != chance else None

    def _said(self, side: int, verdict: Verdict) -> int:
        return sum(count for said, count in self.counts.items() if said[side] is verdict)


class Agreements(NamedTuple):
    """Who judged pairs of a project, most first, and each two who judged the same ones."""

    judges: tuple[Judge, ...]
    pairs: tuple[Agreement, ...]


class _Word(NamedTuple):
    """The last word of a reviewer on a pair, and the hash of the translation it is about."""

    verdict: Verdict
    text: object
    event: Event


_Words = dict[bytes, dict[bytes, _Word]]
"""By reviewer, then by the subject of the pair."""


def agreements(
    project: Project, state: State, check: Callable[[], None] = lambda: None
) -> Agreements:
    """Compare what the reviewers of a project said of its pairs, each two of them.

    `check` is called now and then, and may raise Cancelled.
    """
    words = _words(state, check)
    marks = marks_of(state)
    most = sorted(words, key=lambda reviewer: (-len(words[reviewer]), reviewer))[:_MOST_JUDGES]
    names = (name_of(state, next(iter(words[reviewer].values())).event) for reviewer in most)
    judges = [Judge(r, name, len(words[r])) for r, name in zip(most, names, strict=True)]
    found = [_compared(one, other, words, marks) for one, other in combinations(judges, 2)]
    told = [agreement for agreement in found if agreement.both or agreement.issues]
    subjects = {apart.subject for agreement in told for apart in agreement.apart}
    events = (words[r][s].event for s in subjects for r in most if s in words[r])
    places = _places(project, state, events, check)
    return Agreements(tuple(judges), tuple(_placed(each, places) for each in told))


def _words(state: State, check: Callable[[], None]) -> _Words:
    words: _Words = {}
    for number, key in enumerate(state.keys("verdict")):
        if not number % _BETWEEN:
            check()
        for reviewer, register in state.by_reviewer(*key).items():
            event = register.chosen
            content = state.content(event)
            if event.subject is not None and first_said(state, event) is event:
                saw = content.get("saw")
                text = saw.get("target") if isinstance(saw, dict) else None
                word = _Word(_verdict(content.get("v")), text, event)
                words.setdefault(reviewer, {})[event.subject] = word
    return words


def _verdict(value: object) -> Verdict:
    return next((verdict for verdict in Verdict if verdict.value == value), Verdict.OPEN)


def _compared(one: Judge, other: Judge, words: _Words, marks: Marks) -> Agreement:
    """Count what two reviewers said; where the pairs stand is not known yet."""
    first, second = words[one.reviewer], words[other.reviewer]
    counts: Counter[tuple[Verdict, Verdict]] = Counter()
    apart = []
    for subject in first.keys() & second.keys():
        said = first[subject].verdict, second[subject].verdict
        texts = first[subject].text != second[subject].text
        counts[said] += 1
        if texts or said[0] is not said[1]:
            apart.append(Apart(subject, said, texts))
    issues = compared(marks, one.reviewer, other.reviewer, (first, second))
    same_text = counts.total() - sum(each.texts for each in apart)
    return Agreement(one, other, counts, same_text, issues, tuple(apart))


def _places(
    project: Project, state: State, events: Iterable[Event], check: Callable[[], None]
) -> dict[bytes, tuple[int, int]]:
    """Return document and first row of the pairs that verdicts are about, by their subjects."""
    waiting = {event.subject: event for event in events if event.subject is not None}
    found: dict[bytes, tuple[int, int]] = {}
    for document, pair in enumerate(document_pairs(project, state) if waiting else ()):
        check()
        placed = columns(project, pair, state)
        for subject, event in waiting.items():
            rows = placed.rows_about(event, state.content(event)) if subject not in found else []
            if rows:
                found[subject] = document, rows[0]
    return found


def _placed(agreement: Agreement, places: Mapping[bytes, tuple[int, int]]) -> Agreement:
    """Return an agreement whose pairs know where they stand, in that order."""
    apart = [
        Apart(each.subject, each.said, each.texts, *places.get(each.subject, (None, None)))
        for each in agreement.apart
    ]
    apart.sort(key=_order)
    return replace(agreement, apart=tuple(apart))


def _order(apart: Apart) -> tuple[bool, int, int, bytes]:
    return apart.document is None, apart.document or 0, apart.number or 0, apart.subject
