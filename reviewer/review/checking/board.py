"""The findings of an open review, as decided and as still open."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer.checks.base import Scope
from reviewer.checks.failed import CHECK as FAILED
from reviewer.model import Kind, Side, Span
from reviewer.review.checking.catalogue import ALL_CHECKS, CHECK_BY_ID, check_of
from reviewer.review.checking.drift import DRIFT
from reviewer.review.checking.judged import Waived, Waivers, word_of
from reviewer.review.checking.levels import cuts_of, is_shown
from reviewer.review.checking.moved import MOVED
from reviewer.review.checking.precision import Tally, is_edited, unified_sentences
from reviewer.review.checking.term_groups import TermGroups

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reviewer.checks.base import Check
    from reviewer.model import Finding, Level, TermGroup
    from reviewer.review.alignment.beads import Key, Renumbering
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.checking.pipeline import Analysis
    from reviewer.review.checking.term_groups import GroupView, Moved
    from reviewer.review.decisions.fold import State
    from reviewer.review.tasks.across import Elsewhere


class Board:
    """What checks and terms found in the open document pair, held against what people said."""

    def __init__(self, state: State, columns: Columns, languages: tuple[str, str]) -> None:
        self._state = state
        self._columns = columns
        # By the keys of pairs: their numbers change, and what was found goes along.
        self._local: dict[Key, tuple[Finding, ...]] = {}
        self._whole: dict[Key, tuple[Finding, ...]] = {}
        self._before: dict[Key, tuple[Finding, ...]] = {}
        self._terms = TermGroups(state, columns, languages)
        self._drifted = False
        self._listing: tuple[Finding, ...] | None = None
        self._open: dict[Key, tuple[Finding, ...]] = {}
        self._tallies: dict[Key, Mapping[str, Tally]] = {}
        self._total: Mapping[str, Tally] | None = None
        self._more: dict[str, int] = {}
        self._more_fixed: Mapping[str, int] = {}
        self._filled: set[Key] = set()
        self._cuts = cuts_of(state, ALL_CHECKS)
        self.waivers = Waivers(state)
        self.off: frozenset[str] = frozenset()
        self.own_words: frozenset[str] = frozenset()

    def take(self, analysis: Analysis) -> None:
        """Take the results of a whole check in place of the earlier ones."""
        self._local, self._whole, self._before = {}, {}, {}
        self._more, self._filled = dict(analysis.more), set()
        self._more_fixed = analysis.more_fixed
        for finding in analysis.before:
            key = self._key(finding.pair)
            self._before[key] = (*self._before.get(key, ()), finding)
        for finding in analysis.findings:
            local = check_of(finding).scope is Scope.BEAD
            board, key = self._local if local else self._whole, self._key(finding.pair)
            board[key] = (*board.get(key, ()), finding)
        self._terms.renew(analysis.groups)
        self.judge()

    def take_groups(self, groups: Iterable[TermGroup]) -> bool:
        """Take term groups in place of the earlier ones; return whether they are others."""
        self._catch_up()
        changed = self._terms.take(groups)
        if changed:
            self._place_drift()
        return changed

    def take_elsewhere(self, found: tuple[Elsewhere, ...]) -> bool:
        """Take what other documents render otherwise; return whether that changes a group."""
        changed = self._terms.take_elsewhere(found)
        self._place_drift()
        return changed

    def _catch_up(self) -> None:
        """Give the places of the groups the numbers that their pairs have now."""
        if self._terms.catch_up():
            self._place_drift()

    def _place_drift(self) -> None:
        self._terms.catch_up()
        self._drifted = False
        for key in self._terms.place_drift(self._found_in):
            self._close(key)

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

    def may_lack(self, number: int) -> bool:
        """Return whether findings of a pair may be among those that are not listed; see `more`."""
        return any(self.more().values()) and self._key(number) not in self._filled

    def fill_in(self, number: int, findings: Iterable[Finding]) -> bool:
        """Put in findings of a pair that are not listed yet; return whether there are any."""
        key, more = self._key(number), self.more()
        self._filled.add(key)
        listed = _at(self._local, key, number)
        known = {(finding.check, finding.fingerprint) for finding in listed}
        new = [f for f in findings if more.get(f.check) and (f.check, f.fingerprint) not in known]
        for finding in filter(self._stands, new):
            self._more[finding.check] = max(self._more[finding.check] - 1, 0)
        if new:
            self._local[key] = (*listed, *new)
            self._close(key)
        return bool(new)

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
        for key, _ in renumbering.lost:
            for board in (self._local, self._whole, self._open, self._before):
                board.pop(key, None)
            self._tallies.pop(key, None)
        self._terms.renumber(renumbering)
        self._listing = self._total = None

    def judge(self) -> None:
        """Hold everything against what people said anew."""
        self._terms.judge()
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
        if self._terms.stand_in(number):
            self._catch_up()
            self._terms.move(number, moved)
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

    def _found_in(self, number: int) -> tuple[Finding, ...]:
        return _at(self._local, self._key(number), number)

    def groups(self) -> tuple[GroupView, ...]:
        """Return the term groups with their decisions, best first."""
        self._catch_up()
        return self._terms.views()

    def preferred(self, number: int) -> tuple[Span, ...]:
        """Return where the dominant renderings of open groups stand in a pair."""
        return self._terms.preferred(number)

    def _all_at(self, key: Key, number: int) -> tuple[Finding, ...]:
        boards = (self._local, self._whole, self._terms.drift)
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
        found = {*self._local, *self._whole, *self._terms.drift}
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
            counts[CHECK_BY_ID.get(check, FAILED).kind] += more
        return counts

    def more(self) -> Mapping[str, int]:
        """Return, by check, how many findings a long document has beside those that are listed.

        As of the last whole check; the next one lists some in place of those that are settled.
        """
        passed = self.off | self.waivers.checks()
        return {check: more for check, more in self._more.items() if check not in passed}

    def tallies(self) -> Mapping[str, Tally]:
        """Return what became of the findings of each check; checks that found nothing left out.

        What a check of document scope found in a text as delivered is known as of the last
        whole check.
        """
        if self._total is not None:
            return self._total
        tallies: dict[str, Tally] = {}
        number = self._columns.beads.number
        for key in {*self._local, *self._whole, *self._terms.drift, *self._before}:
            if key not in self._tallies:
                self._tallies[key] = self._tallied(key, number(key))
            for check, tally in self._tallies[key].items():
                tallies[check] = tallies.get(check, Tally()) + tally
        for check, more in self.more().items():
            tallies[check] = tallies.get(check, Tally()) + Tally(open=more)
        for check, fixed in self._more_fixed.items():
            if check not in self.off:
                tallies[check] = tallies.get(check, Tally()) + Tally(fixed=fixed)
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


def _common(a: str, b: str) -> int:
    """Return the length of the common beginning."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((i for i, (x, y) in pairs if x != y), min(len(a), len(b)))


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
