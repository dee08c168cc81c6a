"""What the document pairs of a project teach about the translation of the next one."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from reviewer.align import Lesson
from reviewer.model import Origin, Side, Verdict
from reviewer.review.alignment.places import held, rising
from reviewer.review.decisions.project import columns, document_pairs
from reviewer.text.languages import language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reviewer.review.alignment.alignment_edits import StandingBead
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.alignment.places import Place
    from reviewer.review.decisions.fold import State
    from reviewer.store import Project

NEAR = 300
"""Most pairs before a stretch, and behind it, that are read with it."""
SURE = 0.8
"""Confidence above which an automatic bead teaches, by its confidence."""


def project_lessons(
    project: Project,
    state: State,
    source_language: str,
    target_language: str,
    *,
    without: bytes | None = None,
) -> list[Lesson]:
    """Return the pairs of a project in a language pair, with the texts as they stand now.

    Confirmed pairs and those that a person aligned count whole, rejected ones not at all, others
    by their confidence where it is above SURE. Documents that were translated the other way round
    are turned.

    Args:
        project: an open project.
        state: what its events say.
        source_language: BCP 47 tag; its region does not matter.
        target_language: BCP 47 tag.
        without: id of an alignment that is to teach nothing, 32 bytes; None for all.
    """
    wanted = language(source_language).code, language(target_language).code
    said = _verdicts(state)
    lessons: list[Lesson] = []
    for pair in document_pairs(project, state):
        spoken = language(pair.source_language).code, language(pair.target_language).code
        if pair.align_id == without or wanted not in {spoken, spoken[::-1]}:
            continue
        found = _lessons(columns(project, pair, state), said)
        if spoken == wanted:
            lessons += found
        else:
            lessons += (Lesson(each.target, each.source, each.weight) for each in found)
    return lessons


def lessons_around(
    columns: Columns,
    state: State,
    numbers: range,
    kept: Collection[Place],
    apart: Collection[int] = (),
) -> list[Lesson]:
    """Return what a document pair teaches about some of its pairs: all others, and those kept.

    Those that are taken `apart`, by their numbers, teach in another way.
    """
    inside = (n for n in numbers if columns.place(n) not in kept)
    return list(_lessons(columns, _verdicts(state), frozenset(inside).union(apart)))


def surroundings(columns: Columns, state: State, numbers: range, most: int = NEAR) -> list[int]:
    """Return the numbers of sure pairs around a stretch, in order, at most so many on each side.

    They stand in the order of both sides, before the stretch and behind it.
    """
    said = _verdicts(state)

    def teaches(number: int) -> bool:
        verdict = said.get(columns.subject(number).hex(), "") if said else ""
        return _is_plain(columns.place(number)) and _weight(columns.beads[number], verdict) > SURE

    inside = [r for n in numbers for r in held(columns.place(n).target)]
    top = min((start for start, _ in inside), default=0)
    bottom = max((end for _, end in inside), default=top)
    above = islice(filter(teaches, reversed(range(numbers.start))), most)
    below = islice(filter(teaches, range(numbers.stop, len(columns))), most)
    found = [n for n in above if columns.place(n).target[0][1] <= top]
    found += [n for n in below if columns.place(n).target[0][0] >= bottom]
    chain = {place.key for place in rising(columns.place(n) for n in found)}
    return sorted(n for n in found if columns.place(n).key in chain)


def _is_plain(place: Place) -> bool:
    """Return whether a place has one range on either side."""
    return len(held(place.source)) == len(held(place.target)) == 1


def _lessons(
    opened: Columns, said: dict[str, str], but: frozenset[int] = frozenset()
) -> Iterator[Lesson]:
    for number, bead in enumerate(opened.beads):
        if number in but:
            continue
        if not (bead.place.holds(Side.SOURCE) and bead.place.holds(Side.TARGET)):
            continue
        weight = _weight(bead, said.get(opened.subject(number).hex(), "") if said else "")
        if weight > SURE:
            pair = opened.pair(number)
            yield Lesson(pair.source_text, pair.target_text, weight)


def _weight(bead: StandingBead, verdict: str) -> float:
    if verdict == Verdict.REJECTED.value:
        return 0.0
    if verdict == Verdict.CONFIRMED.value or bead.origin is Origin.MANUAL:
        return 1.0
    # By itself the aligner is never as sure as a person.
    return min(bead.confidence, 0.99)


def _verdicts(state: State) -> dict[str, str]:
    """Return what people said, by the subject of the pair in hexadecimal digits."""
    return {
        key[1]: str(state.content(register.chosen).get("v"))
        for key, register in state.registers("verdict")
    }
