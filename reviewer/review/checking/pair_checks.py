"""The checks that an edit is followed by at once: those that look at one pair alone."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

from reviewer.checks.spelling import less_sure
from reviewer.review.checking.catalogue import ALL_CHECKS
from reviewer.review.checking.checklists import project_rules
from reviewer.review.checking.precision import is_edited

if TYPE_CHECKING:
    from collections.abc import Container

    from reviewer.checks.matching import Rules
    from reviewer.checks.term_index import TermIndex
    from reviewer.model import Finding, Pair
    from reviewer.review.checking.pipeline import Analysis
    from reviewer.review.session import Review


class PairChecks:
    """Checks pairs of the open document by what its last whole check found out.

    Before the first whole check of the document nothing is checked.

    Attributes:
        analysis: the last whole check; None before the first.
    """

    def __init__(self, review: Review) -> None:
        self.analysis: Analysis | None = None
        self._review = review
        self._rules: Rules | None = None
        self._terms: TermIndex | None = None

    def take(self, analysis: Analysis) -> None:
        """Take what a whole check found out for the pairs that are checked from now."""
        self.analysis = analysis
        self._terms = None
        self._read_rules(analysis)

    def forget_terms(self) -> None:
        """Read the project's termbase anew before the next check."""
        self._terms = None

    def warm_up(self) -> None:
        """Have a thread open the word lists that checking needs: the first edit is quick then."""
        if self._review.count and self.analysis is not None:
            pair = self._review.pair(0)
            Thread(target=self._of, args=(pair, self.analysis), daemon=True).start()

    def again(self, number: int) -> None:
        """Run the checks that look at one pair alone, now and as it was delivered."""
        if self.analysis is None:
            return
        board, columns = self._review.board, self._review.columns
        found = self._of(columns.pair(number), self.analysis)
        if board.may_lack(number):
            # What was counted and not listed is listed from now.
            board.fill_in(number, found)
        board.replace_local(number, found)
        if is_edited(columns, number) and not board.knows_before(number):
            before = self._of(columns.delivered_pair(number), self.analysis)
            board.replace_before(number, before)

    def come_to(self, number: int) -> bool:
        """Find in a long document what of a pair is not listed; return whether something is."""
        board = self._review.board
        if self.analysis is None or not board.may_lack(number):
            return False
        found = self._of(self._review.columns.pair(number), self.analysis, board.more())
        return board.fill_in(number, found)

    def _of(
        self, pair: Pair, analysis: Analysis, only: Container[str] | None = None
    ) -> list[Finding]:
        """Return what the checks find that look at one pair alone, all or some by their ids."""
        from reviewer.checks.base import Scope
        from reviewer.review.checking.pipeline import check_context, run_on

        review = self._review
        context = check_context(
            review.source_language,
            review.target_language,
            accepted=review.words.forms(),
            renderings=analysis.renderings,
            length_ratio=analysis.length_ratio,
            rules=self._rules,
            terms=self._term_index(analysis),
            unknown=review.words.unknown,
        )
        local = [c for c in ALL_CHECKS if c.scope is Scope.BEAD and c.id not in review.board.off]
        if only is not None:
            local = [check for check in local if check.id in only]
        return less_sure(run_on([pair], context, local), analysis.often)

    def _term_index(self, analysis: Analysis) -> TermIndex:
        """Return the project's termbase and what of its files matters to the document."""
        if self._terms is None:
            from reviewer.checks.term_index import TermIndex

            own = [entry.concept for entry in self._review.terms.entries()]
            languages = self._review.source_language, self._review.target_language
            self._terms = TermIndex([own, *analysis.concepts], *languages)
        return self._terms

    def _read_rules(self, analysis: Analysis) -> None:
        """Read the rules of the project's checklists for the pairs that are checked from now."""
        if not self._review.settings.checklists:
            self._rules = None
            return
        from reviewer.checks.matching import Rules

        self._rules = Rules(project_rules(self._review.state).rules)
        slow = (f for f in analysis.findings if f.check == "checklist" and f.variant == "slow")
        self._rules.switch_off(finding.words[0] for finding in slow)
