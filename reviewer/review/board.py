"""The findings and term groups of an open review, as decided and as still open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reviewer.checks import CHECKS
from reviewer.checks.base import Scope
from reviewer.checks.failed import CHECK as FAILED
from reviewer.model import Kind, Occurrence, Rendering, Side, Span, TermGroup
from reviewer.review.drift import DRIFT, drift_findings
from reviewer.review.grouping import (
    Arrangement,
    arrangements,
    composed,
    group_key,
    judged_in,
    with_elsewhere,
    words_in,
)
from reviewer.review.judged import Waived, Waivers, word_of
from reviewer.review.levels import cuts_of, is_shown
from reviewer.review.moved import MOVED
from reviewer.review.own_checks import OWN
from reviewer.review.precision import Tally, is_edited, unified_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reviewer.checks.base import Check
    from reviewer.model import Finding, Level, Pair
    from reviewer.review.across import Elsewhere, There
    from reviewer.review.beads import Key, Renumbering
    from reviewer.review.columns import Columns
    from reviewer.review.fold import State
    from reviewer.review.pipeline import Analysis

    Moved = Callable[[int, int], tuple[int, int] | None]
    """Where a range of the old target text stands in the new one; None where it was changed."""

ALL_CHECKS: tuple[Check, ...] = (*CHECKS, DRIFT, MOVED, OWN)
CHECK_BY_ID: Mapping[str, Check] = {check.id: check for check in ALL_CHECKS}


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


def check_of(finding: Finding) -> Check:
    """Return the check that made a finding."""
    return CHECK_BY_ID.get(finding.check, FAILED)


class Board:
    """What checks and terms found in the open document pair, held against what people said."""

    def __init__(self, state: State, columns: Columns, languages: tuple[str, str]) -> None:
        self._state = state
        self._languages = languages
        self._arranged: tuple[Arrangement, ...] = ()
        self._columns = columns
        # By the keys of pairs: their numbers change, and what was found goes along.
        self._local: dict[Key, tuple[Finding, ...]] = {}
        self._whole: dict[Key, tuple[Finding, ...]] = {}
        self._before: dict[Key, tuple[Finding, ...]] = {}
        self._groups: list[TermGroup] = []
        self._elsewhere: tuple[Elsewhere, ...] = ()
        self._groups_in: dict[Key, set[int]] = {}
        self._behind: list[Renumbering] = []
        self._drifted = False
        self._listing: tuple[Finding, ...] | None = None
        self._placed: dict[int, tuple[TermGroup, str | None, TermGroup, tuple[Finding, ...]]] = {}
        self._drift: dict[Key, tuple[Finding, ...]] = {}
        self._preferred: dict[Key, tuple[Span, ...]] = {}
        self._open: dict[Key, tuple[Finding, ...]] = {}
        self._tallies: dict[Key, Mapping[str, Tally]] = {}
        self._total: Mapping[str, Tally] | None = None
        self._more: Mapping[str, int] = {}
        self._cuts = cuts_of(state, ALL_CHECKS)
        self.waivers = Waivers(state)
        self.off: frozenset[str] = frozenset()
        self.own_words: frozenset[str] = frozenset()

    def take(self, analysis: Analysis) -> None:
        """Take the results of a whole check in place of the earlier ones."""
        self._local, self._whole, self._before = {}, {}, {}
        self._more = analysis.more
        for finding in analysis.before:
            key = self._key(finding.pair)
            self._before[key] = (*self._before.get(key, ()), finding)
        for finding in analysis.findings:
            local = check_of(finding).scope is Scope.BEAD
            board, key = self._local if local else self._whole, self._key(finding.pair)
            board[key] = (*board.get(key, ()), finding)
        self._behind = []
        self._arrange(analysis.groups)
        self.judge()

    def take_groups(self, groups: Iterable[TermGroup]) -> bool:
        """Take term groups in place of the earlier ones; return whether they are others."""
        self._catch_up()
        before = self._groups
        self._arrange(groups)
        if self._groups == before:
            return False
        self._place_drift()
        return True

    def take_elsewhere(self, found: tuple[Elsewhere, ...]) -> bool:
        """Take what other documents render otherwise; return whether that changes a group."""
        self._catch_up()
        before, self._elsewhere = self._groups, found
        self._arrange(before)
        self._place_drift()
        return self._groups != before

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
        key = self._key(number)
        self._local[key] = tuple(findings)
        self._close(key)

    def suggest(self, finding: Finding, suggestions: tuple[str, ...]) -> None:
        """Put suggestions that came later into a finding of one pair."""
        key = self._key(finding.pair)
        self._local[key] = tuple(
            replace(f, suggestions=suggestions) if f == finding else f
            for f in _at(self._local, key, finding.pair)
        )
        self._close(key)

    def knows_before(self, number: int) -> bool:
        """Return whether it is known what was found in a pair as it was delivered."""
        return self._key(number) in self._before

    def replace_before(self, number: int, findings: Sequence[Finding]) -> None:
        """Put in what the checks of one pair alone find in a pair as it was delivered."""
        key = self._key(number)
        whole = (f for f in self._before.get(key, ()) if check_of(f).scope is Scope.DOCUMENT)
        self._before[key] = (*findings, *whole)
        self._close(key)

    def renumber(self, renumbering: Renumbering) -> None:
        """Drop what was found in pairs that are no more; the rest goes along with its pairs.

        The places of the groups follow when they are asked for.
        """
        boards = (self._local, self._whole, self._drift, self._open, self._before)
        for key, _ in renumbering.lost:
            for board in boards:
                board.pop(key, None)
            self._preferred.pop(key, None)
            self._groups_in.pop(key, None)
            self._tallies.pop(key, None)
        self._behind.append(renumbering)
        self._listing = self._total = None

    def _catch_up(self) -> None:
        """Give the places of the groups the numbers that their pairs have now."""
        behind, self._behind = self._behind, []
        if not behind or not self._groups:
            return
        lost = False
        for index, group in enumerate(self._groups):
            moved = _renumbered(group, behind)
            if moved is group:
                continue
            self._groups[index] = moved
            lost |= _count(moved) != _count(group)
            kept = self._placed.pop(index, None)
            if kept is not None and _count(moved) == _count(group):
                again = _preferred_first(moved, kept[1])
                self._placed[index] = moved, kept[1], again, _moved_findings(kept[3], behind)
        if lost:
            self._place_drift()

    def judge(self) -> None:
        """Hold everything against what people said anew."""
        if self._arranged != arrangements(self._state):
            self._catch_up()
            self._arrange(self._groups)
        self.waivers = Waivers(self._state)
        self._cuts = cuts_of(self._state, ALL_CHECKS)
        self._open.clear()
        self._tallies.clear()
        self._listing = self._total = None
        self._place_drift()

    def drop_move(self, number: int) -> None:
        """Take an offer of a move away: somebody said what the pair is."""
        key = self._key(number)
        found = self._whole.get(key, ())
        kept = tuple(finding for finding in found if finding.check != MOVED.id)
        if kept != found:
            self._whole[key] = kept
            self._close(key)

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
        key = self._key(number)
        for index in self._groups_in.get(key, ()):
            self._catch_up()
            self._groups[index] = _shifted(self._groups[index], number, moved)
            self._drifted = True
        for board in (self._local, self._whole):
            if key in board:
                found = _at(board, key, number)
                kept = (_shifted_finding(finding, moved) for finding in found)
                board[key] = tuple(finding for finding in kept if finding is not None)
                self._drifted = True
        self._close(key)

    def settle(self) -> None:
        """Bring the drift in step with the groups as they stand now."""
        if self._drifted:
            self._place_drift()

    def _place_drift(self) -> None:
        self._catch_up()
        self._drifted = False
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
        self._drift = {self._key(number): tuple(found) for number, found in drift.items()}
        self._preferred = {self._key(number): tuple(spans) for number, spans in preferred.items()}
        for key in {*before, *self._drift}:
            if before.get(key) != self._drift.get(key):
                self._close(key)

    def _drift_of(self, index: int, view: GroupView) -> tuple[TermGroup, tuple[Finding, ...]]:
        """Return a group with its preferred rendering first, and its findings.

        They are kept until the group is another value, as it is after each edit that touches it.
        """
        kept = self._placed.get(index)
        if kept is not None and kept[0] is view.group and kept[1] == view.preferred:
            return kept[2], kept[3]
        standing = _preferred_first(view.group, view.preferred)
        found = tuple(
            drift_findings([standing], self._columns.pair, self._found_in, self._languages[1])
        )
        self._placed[index] = (view.group, view.preferred, standing, found)
        return standing, found

    def _found_in(self, number: int) -> tuple[Finding, ...]:
        return _at(self._local, self._key(number), number)

    def groups(self) -> tuple[GroupView, ...]:
        """Return the groups with at least two renderings left, best first.

        One that a person made or changed may have a single one.
        """
        self._catch_up()
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

    def _all_at(self, key: Key, number: int) -> tuple[Finding, ...]:
        boards = (self._local, self._whole, self._drift)
        return tuple(f for board in boards for f in _at(board, key, number))

    def open_of(self, number: int) -> tuple[Finding, ...]:
        """Return the open findings of a pair, by place."""
        return self._open_at(self._key(number), number)

    def _open_at(self, key: Key, number: int) -> tuple[Finding, ...]:
        if key in self._open:
            return _at(self._open, key, number)
        standing = (f for f in self._all_at(key, number) if self._stands(f))
        found = self._open[key] = tuple(sorted(standing, key=_place))
        return found

    def _stands(self, finding: Finding) -> bool:
        return self._counts(finding) and self.waivers.covering(finding) is None

    def _counts(self, finding: Finding) -> bool:
        """Return whether a finding's check is on, and it is sure enough and no own word's."""
        if finding.check in self.off or not is_shown(finding, self._cuts):
            return False
        return not self.own_words or word_of(finding) not in self.own_words

    def _numbered(self) -> list[tuple[int, Key]]:
        """Return number and key of every pair in which something was found, in order."""
        self._catch_up()
        number = self._columns.beads.number
        found = {*self._local, *self._whole, *self._drift}
        return sorted((number(key), key) for key in found)

    def open(self) -> tuple[Finding, ...]:
        """Return all open findings, by pair, then place."""
        if self._listing is None:
            found = (f for number, key in self._numbered() for f in self._open_at(key, number))
            self._listing = tuple(found)
        return self._listing

    def _close(self, key: Key) -> None:
        """Forget which findings of a pair are open."""
        self._open.pop(key, None)
        self._tallies.pop(key, None)
        self._listing = self._total = None

    def counts(self) -> Mapping[Kind, int]:
        """Return how many findings are open per chip, those that are not listed too."""
        counts = Counter(check_of(finding).kind for finding in self.open())
        for check, more in self.more().items():
            counts[CHECK_BY_ID[check].kind] += more
        return counts

    def more(self) -> Mapping[str, int]:
        """Return, by check, how many findings a long document has beside those that are listed.

        As of the last whole check; the next one lists some in place of those that are settled.
        """
        return {check: more for check, more in self._more.items() if check not in self.off}

    def tallies(self) -> Mapping[str, Tally]:
        """Return what became of the findings of each check; checks that found nothing left out.

        What a check of document scope found in a text as delivered is known as of the last
        whole check.
        """
        if self._total is not None:
            return self._total
        tallies: dict[str, Tally] = {}
        number = self._columns.beads.number
        for key in {*self._local, *self._whole, *self._drift, *self._before}:
            if key not in self._tallies:
                self._tallies[key] = self._tallied(key, number(key))
            for check, tally in self._tallies[key].items():
                tallies[check] = tallies.get(check, Tally()) + tally
        for check, more in self.more().items():
            tallies[check] = tallies.get(check, Tally()) + Tally(open=more)
        unified = unified_sentences(self._state, self._columns)
        if unified and DRIFT.id not in self.off:
            tallies[DRIFT.id] = tallies.get(DRIFT.id, Tally()) + Tally(fixed=unified)
        self._total = tallies
        return tallies

    def _tallied(self, key: Key, number: int) -> Mapping[str, Tally]:
        now = {(f.check, f.fingerprint): f for f in self._all_at(key, number)}
        found = self._before.get(key, ())
        # Where no edit stands any more, nothing was fixed.
        delivered = found if found and is_edited(self._columns, number) else ()
        was = {(f.check, f.fingerprint): f for f in delivered}
        tallies: dict[str, Tally] = {}
        for mark, finding in {**was, **now}.items():
            if not self._counts(finding):
                continue
            if self.waivers.covering(finding) is not None:
                one = Tally(waived=1)
            else:
                one = Tally(open=1) if mark in now else Tally(fixed=1)
            tallies[finding.check] = tallies.get(finding.check, Tally()) + one
        return tallies

    def count_at(self, check: Check, level: Level) -> int:
        """Return how many findings of a check would be open at a level."""
        cut = {check.id: check.cut(level) or 0.0}
        found = (f for n, key in self._numbered() for f in self._all_at(key, n))
        standing = (f for f in found if f.check == check.id and is_shown(f, cut))
        return sum(self.waivers.covering(finding) is None for finding in standing)

    def waived(self) -> tuple[Waived, ...]:
        """Return the waivers that stand, each with the first finding it covers, if any is left.

        A finding that several cover counts for the narrowest.
        """
        covered: dict[bytes, Finding] = {}
        counts: Counter[bytes] = Counter()
        for number, key in self._numbered() if any(self.waivers) else ():
            for finding in self._all_at(key, number):
                waiver = self.waivers.covering(finding)
                if waiver is not None:
                    covered.setdefault(waiver.event.hash, finding)
                    counts[waiver.event.hash] += 1
        marked = ((waiver, waiver.event.hash) for waiver in self.waivers)
        return tuple(replace(w, finding=covered.get(h), count=counts[h]) for w, h in marked)


def _at(board: dict[Key, tuple[Finding, ...]], key: Key, number: int) -> tuple[Finding, ...]:
    """Return the findings of a pair, whose number may be another since they were found."""
    found = board.get(key, ())
    if found and found[0].pair != number:
        found = board[key] = tuple(replace(finding, pair=number) for finding in found)
    return found


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
        if occurrences or not rendering.occurrences:
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
