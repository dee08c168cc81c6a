"""The term groups of the open document: as arranged and judged, and the drift in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reviewer.model import Occurrence, Rendering, Side, Span, TermGroup
from reviewer.review.checking.drift import drift_findings
from reviewer.review.decisions.grouping import (
    Arrangement,
    arrangements,
    composed,
    group_key,
    judged_in,
    with_elsewhere,
    words_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reviewer.model import Finding, Pair
    from reviewer.review.alignment.beads import Key, Renumbering
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.decisions.fold import State
    from reviewer.review.tasks.across import Elsewhere, There

    Moved = Callable[[int, int], tuple[int, int] | None]
    """Where a range of the old target text stands in the new one; None where it was changed."""


@dataclass(frozen=True, slots=True)
class GroupView:
    """A term group and what a person said of it.

    Attributes:
        decision: "unify", "keep", "different", "not-a-term", or None while nobody did.
        preferred: the rendering chosen with "unify".
        arranged: a person put renderings into it or took some out.
        elsewhere: the renderings that stand in other documents of the project alone.
    """

    group: TermGroup
    decision: str | None = None
    preferred: str | None = None
    reason: str = ""
    arranged: bool = False
    elsewhere: tuple[There, ...] = ()


@dataclass(frozen=True, slots=True)
class _Placed:
    """What the drift of a group was last made from, and what came of it.

    Attributes:
        group, preferred: as they stood; another value of either asks for it anew.
        standing: the group with its preferred rendering first.
        found: its findings.
    """

    group: TermGroup
    preferred: str | None
    standing: TermGroup
    found: tuple[Finding, ...]


class TermGroups:
    """Groups of renderings, kept in step with texts, pairs and what people said of them.

    Attributes:
        drift: the findings of drift by the keys of their pairs, as of the last `place_drift`.
    """

    def __init__(self, state: State, columns: Columns, languages: tuple[str, str]) -> None:
        self._state = state
        self._columns = columns
        self._languages = languages
        self._groups: list[TermGroup] = []
        self._elsewhere: tuple[Elsewhere, ...] = ()
        self._arranged: tuple[Arrangement, ...] = ()
        # By the keys of pairs: their numbers change, and the groups follow later.
        self._groups_in: dict[Key, set[int]] = {}
        self._behind: list[Renumbering] = []
        self._placed: dict[int, _Placed] = {}
        self._preferred: dict[Key, tuple[Span, ...]] = {}
        self.drift: dict[Key, tuple[Finding, ...]] = {}

    def renew(self, groups: Iterable[TermGroup]) -> None:
        """Take the groups of a whole check in place of the earlier ones."""
        self._behind = []
        self._arrange(groups)

    def take(self, groups: Iterable[TermGroup]) -> bool:
        """Take groups in place of earlier ones that were caught up; return whether they differ."""
        before = self._groups
        self._arrange(groups)
        return self._groups != before

    def take_elsewhere(self, found: tuple[Elsewhere, ...]) -> bool:
        """Take what other documents render otherwise; return whether that changes a group."""
        self.catch_up()
        self._elsewhere = found
        return self.take(self._groups)

    def judge(self) -> None:
        """Hold the groups against what people put into them and took out of them."""
        if self._arranged != arrangements(self._state):
            self.catch_up()
            self._arrange(self._groups)

    def _arrange(self, groups: Iterable[TermGroup]) -> None:
        """Take groups, with what people put into them and took out of them."""
        self._arranged = arrangements(self._state)
        ours = composed(groups, self._arranged, self._pairs, self._languages)
        theirs = self._elsewhere
        self._groups = (
            with_elsewhere(ours, theirs, self._arranged, self._pairs, self._languages)
            if theirs
            else ours
        )
        self._groups_in, self._placed = {}, {}
        for index, group in enumerate(self._groups):
            for rendering in group.renderings:
                for place in rendering.occurrences:
                    self._groups_in.setdefault(self._key(place.pair), set()).add(index)

    def _pairs(self) -> list[Pair]:
        return [self._columns.pair(number) for number in range(len(self._columns))]

    def _key(self, number: int) -> Key:
        return self._columns.beads.key(number)

    # Following pairs and texts

    def renumber(self, renumbering: Renumbering) -> None:
        """Forget pairs that are no more; the places in the others follow with `catch_up`."""
        for key, _ in renumbering.lost:
            self.drift.pop(key, None)
            self._preferred.pop(key, None)
            self._groups_in.pop(key, None)
        self._behind.append(renumbering)

    def catch_up(self) -> bool:
        """Give places the numbers that their pairs have now; return whether any were lost.

        Where some were, the drift is to be placed anew.
        """
        behind, self._behind = self._behind, []
        if not behind or not self._groups:
            return False
        lost = False
        for index, group in enumerate(self._groups):
            moved = _renumbered(group, behind)
            if moved is group:
                continue
            self._groups[index] = moved
            lost |= _count(moved) != _count(group)
            kept = self._placed.pop(index, None)
            if kept is not None and _count(moved) == _count(group):
                again = _preferred_first(moved, kept.preferred)
                found = _moved_findings(kept.found, behind)
                self._placed[index] = _Placed(moved, kept.preferred, again, found)
        return lost

    def stand_in(self, number: int) -> bool:
        """Return whether a rendering of any group stands in a pair."""
        return bool(self._groups_in.get(self._key(number)))

    def move(self, number: int, moved: Moved) -> None:
        """Follow an edit of a pair's target, in groups that were caught up."""
        for index in self._groups_in.get(self._key(number), ()):
            self._groups[index] = _shifted(self._groups[index], number, moved)

    # What is shown

    def views(self) -> tuple[GroupView, ...]:
        """Return the groups with at least two renderings left, best first.

        One that a person made or changed may have a single one.
        """
        views = (self._decision(group) for group in self._groups if group.renderings)
        return tuple(v for v in views if v.arranged or len(v.group.renderings) > 1)

    def _decision(self, group: TermGroup) -> GroupView:
        register = self._state.register(*group_key(group.source, group.kind))
        elsewhere = self._there(group)
        if register is None:
            return GroupView(group, elsewhere=elsewhere)
        content = self._state.content(register.chosen)
        arranged = bool(words_in(content, "with"))
        verdict = content.get("verdict")
        judged = set(judged_in(content))
        known = {rendering.text for rendering in group.renderings} <= judged
        # What is no term is none however it is rendered.
        known |= verdict == "not-a-term"
        if not known or verdict not in {"unify", "keep", "different", "not-a-term"}:
            return GroupView(group, arranged=arranged, elsewhere=elsewhere)
        chosen = content.get("preferred")
        return GroupView(
            group,
            str(verdict),
            chosen if isinstance(chosen, str) else None,
            str(content.get("reason") or ""),
            arranged,
            elsewhere,
        )

    def _there(self, group: TermGroup) -> tuple[There, ...]:
        """Return where the renderings stand that stand nowhere in the open document."""
        absent = {r.text for r in group.renderings if not r.occurrences}
        if not absent:
            return ()
        mine = (each for each in self._elsewhere if each.source == group.source)
        return tuple(there for each in mine for there in each.there if there.text in absent)

    def preferred(self, number: int) -> tuple[Span, ...]:
        """Return where the dominant renderings of open groups stand in a pair."""
        return self._preferred.get(self._key(number), ())

    # Drift

    def place_drift(self, found_in: Callable[[int], Sequence[Finding]]) -> set[Key]:
        """Find the drift in groups that were caught up; return the pairs where it is another.

        Args:
            found_in: gives what the checks of one pair found in it.
        """
        before = self.drift
        drift: dict[int, list[Finding]] = {}
        preferred: dict[int, list[Span]] = {}
        for index, group in enumerate(self._groups):
            view = self._decision(group)
            # The lower tier stays in its panel: one guess in three is too many for the list.
            if len(group.renderings) < 2 or group.stray or view.decision not in {None, "unify"}:
                continue
            placed = self._drift_of(index, view, found_in)
            for finding in placed.found:
                drift.setdefault(finding.pair, []).append(finding)
            for place in placed.standing.renderings[0].occurrences:
                span = Span(Side.TARGET, place.start, place.end)
                preferred.setdefault(place.pair, []).append(span)
        self.drift = {self._key(number): tuple(found) for number, found in drift.items()}
        self._preferred = {self._key(number): tuple(spans) for number, spans in preferred.items()}
        either = {*before, *self.drift}
        return {key for key in either if before.get(key) != self.drift.get(key)}

    def _drift_of(
        self, index: int, view: GroupView, found_in: Callable[[int], Sequence[Finding]]
    ) -> _Placed:
        """Return the findings of a group.

        They are kept until the group is another value, as it is after each edit that touches it.
        """
        kept = self._placed.get(index)
        if kept is not None and kept.group is view.group and kept.preferred == view.preferred:
            return kept
        standing = _preferred_first(view.group, view.preferred)
        found = drift_findings([standing], self._columns.pair, found_in, self._languages[1])
        placed = _Placed(view.group, view.preferred, standing, tuple(found))
        self._placed[index] = placed
        return placed


def _number_now(number: int, behind: Sequence[Renumbering]) -> int | None:
    now: int | None = number
    for renumbering in behind:
        if now is not None:
            now = renumbering(now)
    return now


def _renumbered(group: TermGroup, behind: Sequence[Renumbering]) -> TermGroup:
    """Return a group whose places have the numbers of now; itself where none has another."""
    renderings = tuple(
        Rendering(rendering.text, _moved_places(rendering.occurrences, behind))
        for rendering in group.renderings
    )
    sources = _moved_places(group.source_occurrences, behind)
    if renderings == group.renderings and sources == group.source_occurrences:
        return group
    # What stands in other documents alone stays.
    kept = tuple(
        now
        for now, was in zip(renderings, group.renderings, strict=True)
        if now.occurrences or not was.occurrences
    )
    return replace(group, renderings=kept, source_occurrences=sources)


def _moved_places(
    places: Iterable[Occurrence], behind: Sequence[Renumbering]
) -> tuple[Occurrence, ...]:
    return tuple(
        place if now == place.pair else Occurrence(now, place.start, place.end)
        for place in places
        if (now := _number_now(place.pair, behind)) is not None
    )


def _moved_findings(
    found: Iterable[Finding], behind: Sequence[Renumbering]
) -> tuple[Finding, ...]:
    numbers = ((finding, _number_now(finding.pair, behind)) for finding in found)
    return tuple(
        finding if now == finding.pair else replace(finding, pair=now)
        for finding, now in numbers
        if now is not None
    )


def _count(group: TermGroup) -> int:
    return sum(len(rendering.occurrences) for rendering in group.renderings)


def _preferred_first(group: TermGroup, chosen: str | None) -> TermGroup:
    first = [rendering for rendering in group.renderings if rendering.text == chosen]
    others = [rendering for rendering in group.renderings if rendering.text != chosen]
    return replace(group, renderings=(*first, *others))


def _shifted(group: TermGroup, number: int, moved: Moved) -> TermGroup:
    kept = []
    for rendering in group.renderings:
        occurrences = []
        for place in rendering.occurrences:
            if place.pair != number:
                occurrences.append(place)
            elif (to := moved(place.start, place.end)) is not None:
                occurrences.append(Occurrence(number, *to))
        if occurrences or not rendering.occurrences:
            kept.append(Rendering(rendering.text, tuple(occurrences)))
    return replace(group, renderings=tuple(kept))
