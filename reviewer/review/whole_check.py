"""The whole check of a document pair, from its project file to what is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer.review.importing import uncollected
from reviewer.review.pipeline import Analysis, Watch, analyse, check_context
from reviewer.review.requests import Checked, CheckRequest, Reports

if TYPE_CHECKING:
    from reviewer.checks.matching import Rules
    from reviewer.checks.term_index import TermIndex
    from reviewer.model import Finding
    from reviewer.review.opening import OpenedPairs
    from reviewer.review.recheck import Remembered
    from reviewer.review.spelling import Spelling


@uncollected()
def check(
    request: CheckRequest,
    watch: Watch,
    reports: Reports,
    remembered: Remembered | None = None,
) -> Checked:
    """Check a document pair, of it what is not `remembered`; findings go out as they come."""
    from reviewer.checks.matching import Rules
    from reviewer.review.opening import read_pairs
    from reviewer.review.spelling import spelling_for
    from reviewer.review.term_knowledge import known_terms

    watch.step("Reading", 0, 1, request.project.name)
    opened = read_pairs(request.project, request.align_id, request.unsaved)
    reports.revision = request.revision
    rules = Rules(opened.checklists.rules)
    watch.step("Reading termbases", 0, 1)
    known = known_terms(opened, watch, dictionaries=request.term_dictionaries)
    spelling = spelling_for(opened.checks, opened.languages[1], request.dictionaries)
    spelling.wait(watch)
    analysis = analyse(
        opened.pairs,
        opened.languages,
        opened.checks,
        accepted=opened.accepted,
        rules=rules,
        terms=known.index,
        known=known.priors,
        unknown=spelling.unknown,
        watch=watch,
        found=reports.found,
        compared=reports.compared,
        remembered=remembered,
    )
    watch.step("Checking", len(opened.pairs), len(opened.pairs))
    before = _before(analysis, opened, rules, known.index, spelling)
    analysis = replace(analysis, before=before, concepts=known.concepts)
    analysis, notes = _with_own(analysis, opened, request.own, watch)
    notes = (*opened.checklists.notes, *known.notes, *notes)
    analysis = _with_moves(analysis, opened, watch)
    return Checked(analysis, request.revision, notes, spelling.trouble)


def _before(
    analysis: Analysis, opened: OpenedPairs, rules: Rules, terms: TermIndex, spelling: Spelling
) -> tuple[Finding, ...]:
    """Return what the checks find in the edited pairs as they were delivered."""
    from reviewer.checks.spelling import less_sure
    from reviewer.review.precision import edited_pairs, found_as_delivered

    numbers = edited_pairs(opened.state, opened.columns)
    context = check_context(
        *opened.languages,
        accepted=opened.accepted,
        length_ratio=analysis.length_ratio,
        rules=rules,
        terms=terms,
        unknown=spelling.unknown,
    )
    edited = [opened.columns.delivered_pair(number) for number in numbers]
    found = found_as_delivered(opened.pairs, edited, context, opened.checks)
    return tuple(less_sure(found, analysis.often))


def _with_own(
    analysis: Analysis, opened: OpenedPairs, names: tuple[str, ...], watch: Watch
) -> tuple[Analysis, tuple[str, ...]]:
    """Return what was found with what the person's own files find, and what is to be told."""
    from reviewer.review.own_checks import OWN, find_with_own_checks

    if not names or OWN not in opened.checks:
        return analysis, ()
    context = check_context(
        *opened.languages, accepted=opened.accepted, length_ratio=analysis.length_ratio
    )
    own = find_with_own_checks(names, opened.pairs, context, watch)
    return replace(analysis, findings=(*analysis.findings, *own.findings)), own.notes


def _with_moves(analysis: Analysis, opened: OpenedPairs, watch: Watch) -> Analysis:
    """Return what was found with the sentences that were translated elsewhere."""
    from reviewer.review.moved import MOVED, find, moved_findings

    if MOVED not in opened.checks:
        return analysis
    watch.step("Looking for what was moved", 0, 1)
    moves = find(opened.columns, opened.languages, watch.cancelled)
    found = moved_findings(opened.columns, moves)
    return replace(analysis, findings=(*analysis.findings, *found))
