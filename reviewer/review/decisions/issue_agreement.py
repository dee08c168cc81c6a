"""How far two reviewers marked the same issues: MQM's top categories, and penalties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from reviewer.model import Severity

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from reviewer.review.decisions.fold import State

_HEAVIEST = 1_000
"""Of weights; a mark with more is none that a person made."""


@dataclass(frozen=True, slots=True)
class IssueAgreement:
    """How far two reviewers marked the same issues in the pairs that both looked at.

    Attributes:
        pairs: in which at least one of them marked an issue.
        same: of these, in which both marked issues of the same top categories.
        penalties: what each gave in them, by the weights of the severities.
        difference: of both penalties in a pair, absolute, on average.
    """

    pairs: int
    same: int
    penalties: tuple[float, float]
    difference: float


class Mark(NamedTuple):
    """An issue that a reviewer marked: the top of its path in MQM, and its penalty."""

    category: str
    penalty: float


Marks = dict[bytes, dict[bytes, list[Mark]]]
"""The marks by reviewer, then by the subject of their pair."""


def marks_of(state: State) -> Marks:
    """Return the issues that count."""
    found: Marks = {}
    for event in state.listed("issue"):
        amended = state.register("amend", event.hash.hex())
        fields = state.content(amended.chosen).get("fields") if amended else None
        content = {**state.content(event), **(fields if isinstance(fields, dict) else {})}
        if event.subject is not None and content.get("deleted") is not True:
            of_pair = found.setdefault(event.reviewer, {}).setdefault(event.subject, [])
            of_pair.append(Mark(str(content.get("type")).split("/")[0], _penalty(content)))
    return found


def _penalty(content: Mapping[str, Any]) -> float:
    """Return the weight that a mark gives, else that of its severity; 0 for an unknown one."""
    weight, severity = content.get("weight"), str(content.get("severity")).upper()
    if type(weight) is int and 0 <= weight <= _HEAVIEST:
        return weight
    return Severity[severity] if severity in Severity.__members__ else Severity.NEUTRAL


def compared(
    marks: Marks,
    one: bytes,
    other: bytes,
    judged: tuple[Container[bytes], Container[bytes]],
) -> IssueAgreement | None:
    """Compare the marks of two reviewers; None where there are none in what both looked at.

    `judged` are the subjects that each gave a verdict on; marking is looking, too.
    """
    own = marks.get(one, {}), marks.get(other, {})
    both = [
        (own[0].get(subject, ()), own[1].get(subject, ()))
        for subject in own[0].keys() | own[1].keys()
        if all(subject in own[n] or subject in judged[n] for n in (0, 1))
    ]
    if not both:
        return None
    same = sum(_categories(first) == _categories(second) for first, second in both)
    penalties = [(_sum(first), _sum(second)) for first, second in both]
    return IssueAgreement(
        len(both),
        same,
        (sum(first for first, _ in penalties), sum(second for _, second in penalties)),
        sum(abs(first - second) for first, second in penalties) / len(both),
    )


def _categories(marks: Sequence[Mark]) -> set[str]:
    return {mark.category for mark in marks}


def _sum(marks: Sequence[Mark]) -> float:
    return sum(mark.penalty for mark in marks)
