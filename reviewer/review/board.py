"""The findings and term groups of an open review, as decided and as still open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from reviewer.checks import CHECKS
from reviewer.checks.failed import CHECK as FAILED
from reviewer.model import Kind, Occurrence, Rendering, Side, Span, TermGroup
from reviewer.review.drift import DRIFT, drift_findings
from reviewer.review.judged import Waived, Waivers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reviewer.checks.base import Check
    from reviewer.model import Finding
    from reviewer.review.beads import Renumbering
    from reviewer.review.columns import Columns
    from reviewer.review.fold import State
    from reviewer.review.pipeline import Analysis

    Moved = Callable[[int, int], tuple[int, int] | None]
    """Where a range of the old target text stands in the new one; None where it was changed."""

T = TypeVar("T")
ALL_CHECKS: tuple[Check, ...] = (*CHECKS, DRIFT)
CHECK_BY_ID: Mapping[str, Check] = {check.id: check for check in ALL_CHECKS}


@dataclass(frozen=True, slots=True)
class GroupView:
    """A term group and what a person said of it.

    Attributes:
        decision: "unify", "keep", "different", "not-a-term", or None while nobody did.
        preferred: the rendering chosen with "unify".
    """

    group: TermGroup
    decision: str | None = None
    preferred: str | None = None
    reason: str = ""


def check_of(finding: Finding) -> Check:
    """Return the check that made a finding."""
    return CHECK_BY_ID.get(finding.check, FAILED)


class Board:
    """What checks and terms found in the open document pair, held against what people said."""

    def __init__(self, state: State, columns: Columns, target_language: str) -> None:
        self._state = state
        self._target_language = target_language
        self._columns = columns
        self._local: dict[int, tuple[Finding, ...]] = {}
        self._whole: dict[int, tuple[Finding, ...]] = {}
        self._groups: list[TermGroup] = []
        self._groups_in: dict[int, set[int]] = {}
        self._placed: dict[int, tuple[TermGroup, str | None, TermGroup, tuple[Finding, ...]]] = {}
        self._drift: dict[int, tuple[Finding, ...]] = {}
        self._preferred: dict[int, tuple[Span, ...]] = {}
        self._open: dict[int, tuple[Finding, ...]] = {}
        self.waivers = Waivers(state)
        self.off: frozenset[str] = frozenset()

    def take(self, analysis: Analysis) -> None:
        """Take the results of a whole check in place of the earlier ones."""
        from reviewer.checks.base import Scope

        self._local, self._whole = {}, {}
        for finding in analysis.findings:
            local = check_of(finding).scope is Scope.BEAD
            board = self._local if local else self._whole
            board[finding.pair] = (*board.get(finding.pair, ()), finding)
        self._groups = list(analysis.groups)
        self._groups_in, self._placed = {}, {}
        for index, group in enumerate(self._groups):
            for rendering in group.renderings:
                for place in rendering.occurrences:
                    self._groups_in.setdefault(place.pair, set()).add(index)
        self.judge()

    def add(self, findings: Iterable[Finding]) -> set[int]:
        """Take findings that stream in, all of a pair at once; return the pairs they are in."""
        by_pair: dict[int, list[Finding]] = {}
        for finding in findings:
            by_pair.setdefault(finding.pair, []).append(finding)
        for number, found in by_pair.items():
            self.replace_local(number, found)
        return set(by_pair)

    def replace_local(self, number: int, findings: Sequence[Finding]) -> None:
        """Put in the findings of a pair that was checked again."""
        self._local[number] = tuple(findings)
        self._open.pop(number, None)

    def clear(self) -> None:
        """Forget everything found: the pairs' numbers have changed."""
        self._local, self._whole, self._groups, self._groups_in = {}, {}, [], {}
        self._placed = {}
        self.judge()

    def renumber(self, renumbering: Renumbering) -> None:
        """Follow pairs to their new numbers; what was found in those that are no more is dropped.

        The findings themselves follow when they are asked for.
        """
        for found in (self._local, self._whole, self._drift, self._open):
            _renumber_keys(found, renumbering)
        _renumber_keys(self._preferred, renumbering)
        _renumber_keys(self._groups_in, renumbering)
        for index, group in enumerate(self._groups):
            moved = _renumbered(group, renumbering)
            if moved is group:
                continue
            self._groups[index] = moved
            kept = self._placed.pop(index, None)
            if kept is not None and _count(moved) == _count(group):
                again = _preferred_first(moved, kept[1])
                found_again = tuple(_moved_findings(kept[3], renumbering))
                self._placed[index] = moved, kept[1], again, found_again
        self._place_drift()

    def judge(self) -> None:
        """Hold everything against what people said anew."""
        self.waivers = Waivers(self._state)
        self._open.clear()
        self._place_drift()

    def shift(self, number: int, before: str, after: str) -> None:
        """Follow an edit of a pair's target: what stands unchanged moves, the rest is dropped.

        `settle` is called once all edits of a gesture were followed.
        """
        head = _common(before, after)
        tail = _common(before[head:][::-1], after[head:][::-1])
        change, end = len(after) - len(before), len(before) - tail

        def moved(start: int, stop: int) -> tuple[int, int] | None:
            if stop <= head:
                return start, stop
            return (start + change, stop + change) if start >= end else None

        self._move(number, moved)

    def lift(self, number: int) -> None:
        """Drop what stands in a pair whose text changed from one that is not known any more."""
        self._move(number, lambda _start, _stop: None)

    def _move(self, number: int, moved: Moved) -> None:
        for index in self._groups_in.get(number, ()):
            self._groups[index] = _shifted(self._groups[index], number, moved)
        for board in (self._local, self._whole):
            kept = (_shifted_finding(finding, moved) for finding in _at_number(board, number))
            board[number] = tuple(finding for finding in kept if finding is not None)
        self._open.pop(number, None)

    def settle(self) -> None:
        """Bring the drift in step with the groups as they stand now."""
        self._place_drift()

    def _place_drift(self) -> None:
        before = self._drift
        drift: dict[int, list[Finding]] = {}
        preferred: dict[int, list[Span]] = {}
        for index, group in enumerate(self._groups):
            view = self._decision(group)
            # The lower tier stays in its panel: one guess in three is too many for the list.
            if len(group.renderings) < 2 or group.stray or view.decision not in {None, "unify"}:
                continue
            standing, found = self._drift_of(index, view)
            for finding in found:
                drift.setdefault(finding.pair, []).append(finding)
            for place in standing.renderings[0].occurrences:
                span = Span(Side.TARGET, place.start, place.end)
                preferred.setdefault(place.pair, []).append(span)
        self._drift = {number: tuple(found) for number, found in drift.items()}
        self._preferred = {number: tuple(spans) for number, spans in preferred.items()}
        for number in {*before, *self._drift}:
            if before.get(number) != self._drift.get(number):
                self._open.pop(number, None)

    def _drift_of(self, index: int, view: GroupView) -> tuple[TermGroup, tuple[Finding, ...]]:
        """Return a group with its preferred rendering first, and its findings.

        They are kept until the group is another value, as it is after each edit that touches it.
        """
        kept = self._placed.get(index)
        if kept is not None and kept[0] is view.group and kept[1] == view.preferred:
            return kept[2], kept[3]
        standing = _preferred_first(view.group, view.preferred)
        found = tuple(
            drift_findings([standing], self._columns.pair, self._found_in, self._target_language)
        )
        self._placed[index] = (view.group, view.preferred, standing, found)
        return standing, found

    def _found_in(self, number: int) -> tuple[Finding, ...]:
        return _at_number(self._local, number)

    def groups(self) -> tuple[GroupView, ...]:
        """Return the groups with at least two renderings left, best first."""
        return tuple(self._decision(group) for group in self._groups if len(group.renderings) > 1)

    def _decision(self, group: TermGroup) -> GroupView:
        register = self._state.register("group", group.source)
        if register is None:
            return GroupView(group)
        content = self._state.content(register.chosen)
        renderings = content.get("renderings")
        forms = (
            [form for form in renderings or () if isinstance(form, list)]
            if isinstance(renderings, list)
            else []
        )
        decided = {text for form in forms for text in form if isinstance(text, str)}
        verdict = content.get("verdict")
        known = {rendering.text for rendering in group.renderings} <= decided
        if not known or verdict not in {"unify", "keep", "different", "not-a-term"}:
            return GroupView(group)
        chosen = content.get("preferred")
        return GroupView(
            group,
            str(verdict),
            chosen if isinstance(chosen, str) else None,
            str(content.get("reason") or ""),
        )

    def preferred(self, number: int) -> tuple[Span, ...]:
        """Return where the dominant renderings of open groups stand in a pair."""
        return self._preferred.get(number, ())

    def all_of(self, number: int) -> tuple[Finding, ...]:
        """Return every finding of a pair, waived ones too."""
        boards = (self._local, self._whole, self._drift)
        return tuple(f for board in boards for f in _at_number(board, number))

    def open_of(self, number: int) -> tuple[Finding, ...]:
        """Return the open findings of a pair, by place."""
        found = _at_number(self._open, number) if number in self._open else None
        if found is None:
            standing = (f for f in self.all_of(number) if self._stands(f))
            found = self._open[number] = tuple(sorted(standing, key=_place))
        return found

    def _stands(self, finding: Finding) -> bool:
        return finding.check not in self.off and self.waivers.covering(finding) is None

    def _numbers(self) -> list[int]:
        return sorted({*self._local, *self._whole, *self._drift})

    def open(self) -> tuple[Finding, ...]:
        """Return all open findings, by pair, then place."""
        return tuple(f for number in self._numbers() for f in self.open_of(number))

    def counts(self) -> Mapping[Kind, int]:
        """Return how many findings are open per chip."""
        return Counter(check_of(finding).kind for finding in self.open())

    def found_by(self, check_id: str) -> tuple[int, int]:
        """Return how many findings of a check there are now, and how many of them are waived."""
        every = [f for n in self._numbers() for f in self.all_of(n) if f.check == check_id]
        return len(every), sum(self.waivers.covering(f) is not None for f in every)

    def waived(self) -> tuple[Waived, ...]:
        """Return the waivers that stand, each with the first finding it covers, if any is left."""
        covered: dict[bytes, Finding] = {}
        for number in self._numbers() if any(self.waivers) else ():
            for finding in self.all_of(number):
                waiver = self.waivers.covering(finding)
                if waiver is not None:
                    covered.setdefault(waiver.event.hash, finding)
        return tuple(replace(w, finding=covered.get(w.event.hash)) for w in self.waivers)


def _renumber_keys(found: dict[int, T], renumbering: Renumbering) -> None:
    """Give the entries of a dictionary by pair the numbers that the pairs have now."""
    if not renumbering.shifts:
        for number in renumbering.gone:
            found.pop(number, None)
        return
    moved = {
        now: entry for number, entry in found.items() if (now := renumbering(number)) is not None
    }
    found.clear()
    found.update(moved)


def _renumbered(group: TermGroup, renumbering: Renumbering) -> TermGroup:
    """Return a group whose places have the numbers of now; itself where none has another."""
    renderings = tuple(
        Rendering(rendering.text, _moved_places(rendering.occurrences, renumbering))
        for rendering in group.renderings
    )
    sources = _moved_places(group.source_occurrences, renumbering)
    if renderings == group.renderings and sources == group.source_occurrences:
        return group
    kept = tuple(rendering for rendering in renderings if rendering.occurrences)
    return replace(group, renderings=kept, source_occurrences=sources)


def _moved_places(
    places: Iterable[Occurrence], renumbering: Renumbering
) -> tuple[Occurrence, ...]:
    return tuple(
        place if now == place.pair else Occurrence(now, place.start, place.end)
        for place in places
        if (now := renumbering(place.pair)) is not None
    )


def _moved_findings(found: Iterable[Finding], renumbering: Renumbering) -> Iterator[Finding]:
    for finding in found:
        now = renumbering(finding.pair)
        if now is not None:
            yield replace(finding, pair=now)


def _at_number(board: dict[int, tuple[Finding, ...]], number: int) -> tuple[Finding, ...]:
    """Return the findings of a pair, whose number may be another since they were found."""
    found = board.get(number, ())
    if found and found[0].pair != number:
        found = board[number] = tuple(replace(finding, pair=number) for finding in found)
    return found


def _count(group: TermGroup) -> int:
    return sum(len(rendering.occurrences) for rendering in group.renderings)


def _preferred_first(group: TermGroup, chosen: str | None) -> TermGroup:
    first = [rendering for rendering in group.renderings if rendering.text == chosen]
    others = [rendering for rendering in group.renderings if rendering.text != chosen]
    return replace(group, renderings=(*first, *others))


def _common(a: str, b: str) -> int:
    """Return the length of the common beginning."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((i for i, (x, y) in pairs if x != y), min(len(a), len(b)))


def _shifted(group: TermGroup, number: int, moved: Moved) -> TermGroup:
    kept = []
    for rendering in group.renderings:
        occurrences = []
        for place in rendering.occurrences:
            if place.pair != number:
                occurrences.append(place)
            elif (to := moved(place.start, place.end)) is not None:
                occurrences.append(Occurrence(number, *to))
        if occurrences:
            kept.append(Rendering(rendering.text, tuple(occurrences)))
    return replace(group, renderings=tuple(kept))


def _shifted_finding(finding: Finding, moved: Moved) -> Finding | None:
    spans = []
    for span in finding.spans:
        if span.side is Side.SOURCE:
            spans.append(span)
        elif (to := moved(span.start, span.end)) is not None:
            spans.append(Span(Side.TARGET, *to))
        else:
            return None
    return replace(finding, spans=tuple(spans))


def _place(finding: Finding) -> tuple[int, int, str]:
    spans = [span for span in finding.spans if span.side is Side.TARGET] or finding.spans
    return (0 if spans else -1, spans[0].start if spans else 0, finding.check)
