"""The whole check of a document pair, from its project file to what is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer.review.checking.pipeline import Analysis, Watch, Watched, analyse, check_context
from reviewer.review.checking.precision import edited_pairs, found_as_delivered
from reviewer.review.checking.recheck import Remembered
from reviewer.review.checking.stretches import (
    MOST_BEFORE,
    MOST_TOLD,
    Gathered,
    PairsInOrder,
    Told,
    in_stretches,
    standing,
)
from reviewer.review.documents.importing import uncollected
from reviewer.review.tasks.requests import Checked, CheckRequest, Reports

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reviewer.checks.base import Check, Context
    from reviewer.checks.matching import Rules
    from reviewer.model import Finding, Pair
    from reviewer.review.checking.spelling import Spelling
    from reviewer.review.tasks.opened_pairs import OpenedPairs
    from reviewer.review.terminology.term_knowledge import KnownTerms


@uncollected()
def check(
    request: CheckRequest,
    watch: Watch,
    reports: Reports,
    remembered: Remembered | None = None,
) -> Checked:
    """Check a document pair, of it what is not `remembered`; findings go out as they come."""
    from reviewer.checks.matching import Rules
    from reviewer.review.checking.spelling import spelling_for
    from reviewer.review.tasks.opened_pairs import read_pairs
    from reviewer.review.terminology.term_knowledge import known_terms

    watch.step("Reading", 0, 1, request.project.name)
    remembered = remembered or Remembered()
    held = remembered.project_at(request.project)
    opened = read_pairs(request.project, request.align_id, request.unsaved, held, watch)
    reports.revision = request.revision
    rules = Rules(opened.checklists.rules)
    watch.step("Reading termbases", 0, 1)
    known = known_terms(opened, watch, dictionaries=request.term_dictionaries)
    spelling = spelling_for(opened.checks, opened.languages[1], request.dictionaries)
    spelling.wait(watch)
    checking = _Checking(opened, rules, known, spelling, request.own, reports)
    if isinstance(opened.pairs, PairsInOrder):
        analysis = checking.in_stretches(opened.pairs, watch)
    else:
        analysis = checking.whole(watch, remembered)
    analysis = replace(analysis, concepts=known.concepts)
    notes = (*opened.checklists.notes, *known.notes, *checking.notes)
    return Checked(analysis, request.revision, notes, spelling.trouble)


class _Checking:
    """The checks of one document pair, with all that they are to know.

    Attributes:
        notes: of the person's own checks, one sentence each.
    """

    def __init__(
        self,
        opened: OpenedPairs,
        rules: Rules,
        known: KnownTerms,
        spelling: Spelling,
        own: tuple[str, ...],
        reports: Reports,
    ) -> None:
        self._opened = opened
        self._rules = rules
        self._known = known
        self._spelling = spelling
        self._own = own
        self._reports = reports
        self.notes: tuple[str, ...] = ()

    def whole(self, watch: Watch, remembered: Remembered) -> Analysis:
        """Check all pairs at once."""
        opened, pairs = self._opened, self._opened.pairs
        analysis = self._analysed(
            pairs, opened.checks, None, watch, self._reports.found, remembered
        )
        watch.step("Checking", len(pairs), len(pairs))
        edited = edited_pairs(opened.state, opened.columns)
        return self._with_more(analysis, pairs, edited, opened.checks, watch)

    def in_stretches(self, pairs: PairsInOrder, watch: Watch) -> Analysis:
        """Check the pairs of a long document, so many at once."""
        stands = standing(self._opened.state, self._opened.checks)
        streamed = Told(stands, MOST_TOLD)

        def found(findings: Sequence[Finding]) -> None:
            self._reports.found(streamed.take(findings))

        def look_at(
            stretch: Sequence[Pair], checks: Sequence[Check], ratio: float | None, part: Watch
        ) -> Analysis:
            analysis = self._analysed(stretch, checks, ratio, part, found)
            edited = [
                pair.number
                for pair in Watched(stretch, part)
                if self._opened.columns.delivered_text(pair.number) != pair.target_text
            ]
            return self._with_more(analysis, stretch, edited, checks, part)

        return in_stretches(
            pairs,
            self._opened.languages,
            self._opened.checks,
            Gathered(Told(stands, MOST_TOLD), Told(stands, MOST_BEFORE)),
            look_at,
            known=self._known.priors,
            context=self._context(None),
            watch=watch,
        )

    def _analysed(
        self,
        pairs: Sequence[Pair],
        checks: Sequence[Check],
        ratio: float | None,
        watch: Watch,
        found: Callable[[Sequence[Finding]], None],
        remembered: Remembered | None = None,
    ) -> Analysis:
        return analyse(
            pairs,
            self._opened.languages,
            checks,
            accepted=self._opened.accepted,
            rules=self._rules,
            terms=self._known.index,
            known=self._known.priors,
            unknown=self._spelling.unknown,
            watch=watch,
            found=found,
            compared=self._reports.compared,
            remembered=remembered,
            ratio=ratio,
        )

    def _with_more(
        self,
        analysis: Analysis,
        pairs: Sequence[Pair],
        edited: Sequence[int],
        checks: Sequence[Check],
        watch: Watch,
    ) -> Analysis:
        """Return what was found with what else is looked for in the same pairs."""
        before = self._before(analysis, pairs, edited, checks, watch)
        own = self._own_findings(analysis, pairs, watch)
        moved = self._moved(pairs, watch)
        findings = (*analysis.findings, *own, *moved)
        return replace(analysis, findings=findings, before=before)

    def _context(self, ratio: float | None) -> Context:
        return check_context(
            *self._opened.languages,
            accepted=self._opened.accepted,
            length_ratio=ratio,
            rules=self._rules,
            terms=self._known.index,
            unknown=self._spelling.unknown,
        )

    def _before(
        self,
        analysis: Analysis,
        pairs: Sequence[Pair],
        numbers: Sequence[int],
        checks: Sequence[Check],
        watch: Watch,
    ) -> tuple[Finding, ...]:
        """Return what the checks find in the edited pairs as they were delivered."""
        from reviewer.checks.spelling import less_sure

        edited = [self._opened.columns.delivered_pair(number) for number in numbers]
        context = self._context(analysis.length_ratio)
        found = found_as_delivered(pairs, edited, context, checks, watch)
        return tuple(less_sure(found, analysis.often))

    def _own_findings(
        self, analysis: Analysis, pairs: Sequence[Pair], watch: Watch
    ) -> tuple[Finding, ...]:
        """Return what the person's own files find; what is to be told of them becomes a note."""
        from reviewer.review.checking.own_checks import OWN, find_with_own_checks

        if not self._own or OWN not in self._opened.checks:
            return ()
        context = check_context(
            *self._opened.languages,
            accepted=self._opened.accepted,
            length_ratio=analysis.length_ratio,
        )
        own = find_with_own_checks(self._own, pairs, context, watch)
        self.notes = tuple(dict.fromkeys((*self.notes, *own.notes)))
        return own.findings

    def _moved(self, pairs: Sequence[Pair], watch: Watch) -> tuple[Finding, ...]:
        """Return the sentences that were translated elsewhere among the pairs."""
        from reviewer.review.checking.moved import MOVED, find, moved_findings

        if MOVED not in self._opened.checks:
            return ()
        watch.step("Looking for what was moved", 0, 1)
        columns = self._opened.columns
        numbers = range(pairs[0].number, pairs[-1].number + 1) if pairs else range(0)
        moves = find(columns, self._opened.languages, watch.cancelled, numbers)
        return tuple(moved_findings(columns, moves))
