"""The whole check of a document too long to be held: one stretch of it after the other.

What a document does throughout (its quotation marks, its habits, its terms) is told from a stretch
as it would be from a document of that length. What may stand anywhere is looked for everywhere:
texts that are there twice, by a number for each, and terms, in pairs from all over the document.
Of one check no more than `MOST_TOLD` findings are told at a time, and how many more there are.
"""

from __future__ import annotations

import gc
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, overload

import numpy as np

from reviewer.checks import same_source, same_target
from reviewer.checks.spelling import CHECK as SPELLING
from reviewer.checks.spelling import OFTEN, less_sure
from reviewer.model import Finding, Pair, Side, TermGroup
from reviewer.review.checking.judged import Waivers
from reviewer.review.checking.levels import cuts_of, is_shown
from reviewer.review.checking.pipeline import Analysis, Watched, compare_terms, length_ratio
from reviewer.text.sameness import bare

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from numpy.typing import NDArray

    from reviewer.checks.base import Check, Context
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.checking.pipeline import Watch
    from reviewer.review.decisions.fold import State
    from reviewer.terms import Priors

LONG = 100_000
"""Pairs up to which a document is checked as a whole."""
STRETCH = 50_000
"""Pairs of a longer one that are held at once."""
MOST_TOLD = 2_000
"""Findings of one check that are told at a time."""
MOST_BEFORE = 500
"""Findings of one check in texts as delivered that are told; the others are counted."""
_MOST_PLACES = 50_000
"""Places of all term groups that are told."""
_SAMPLE = 1_000
"""Pairs that tell how long a translation is."""
_ALIKE = {same_source.CHECK.id: Side.SOURCE, same_target.CHECK.id: Side.TARGET}
"""Checks of pairs that have the text of this side in common, wherever they stand."""


def is_long(count: int) -> bool:
    """Return whether a document of so many pairs is checked in stretches."""
    return count > LONG


class PairsInOrder(Sequence[Pair]):
    """The pairs of a document, each made when it is asked for and not kept."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def __len__(self) -> int:
        return len(self._columns)

    @overload
    def __getitem__(self, index: int) -> Pair: ...

    @overload
    def __getitem__(self, index: slice) -> list[Pair]: ...

    def __getitem__(self, index: int | slice) -> Pair | list[Pair]:
        numbers = range(len(self))[index]
        if isinstance(numbers, range):
            return [self._columns.glimpse(number) for number in numbers]
        return self._columns.glimpse(numbers)

    def spread(self, most: int) -> list[Pair]:
        """Return so many pairs at most, evenly from all over the document."""
        return self[:: -(-len(self) // most)]


class Stretch(Sequence[Pair]):
    """Pairs that follow each other, made as one comes to them and kept from then."""

    def __init__(self, pairs: PairsInOrder, start: int, stop: int) -> None:
        """Take `pairs[start:stop]`."""
        self._pairs = pairs
        self._numbers = range(len(pairs))[start:stop]
        self._made: list[Pair] = []

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Pair: ...

    @overload
    def __getitem__(self, index: slice) -> list[Pair]: ...

    def __getitem__(self, index: int | slice) -> Pair | list[Pair]:
        whole = range(len(self))
        last = max(whole[index], default=-1) if isinstance(index, slice) else whole[index]
        wanted = self._numbers[len(self._made) : last + 1]
        self._made += self._pairs[wanted.start : wanted.stop]
        return self._made[index]


class Told:
    """Findings, of each check the first ones, and how many more there are.

    Those that a person waived or that are not sure enough to be shown are counted apart, so that
    they take nobody's place.

    Attributes:
        stands: whether a finding is shown and nobody waived it.
        findings: those that were taken.
        more: by check, how many stand that were not taken.
    """

    def __init__(self, stands: Callable[[Finding], bool], most: int) -> None:
        self.stands = stands
        self._most = most
        self._count: Counter[tuple[str, bool]] = Counter()
        self.findings: list[Finding] = []
        self.more: Counter[str] = Counter()

    def take(self, findings: Iterable[Finding]) -> list[Finding]:
        """Take findings; return those that are told."""
        told = []
        for finding in findings:
            stands = self.stands(finding)
            key = finding.check, stands
            self._count[key] += 1
            if self._count[key] <= self._most:
                told.append(finding)
            elif stands:
                self.more[finding.check] += 1
        self.findings += told
        return told


def standing(state: State, checks: Iterable[Check]) -> Callable[[Finding], bool]:
    """Return what tells whether a finding is shown and nobody waived it."""
    waivers, cuts = Waivers(state), cuts_of(state, checks)
    return lambda finding: is_shown(finding, cuts) and waivers.covering(finding) is None


class Repeats:
    """Which texts stand in several pairs: a number is kept of each instead of the text."""

    def __init__(self) -> None:
        self._marks = {side: array("q") for side in Side}

    def take(self, pairs: Iterable[Pair]) -> None:
        """Take the next pairs of the document."""
        for pair in pairs:
            for side, marks in self._marks.items():
                marks.append(hash(bare(pair.text(side))))

    def batches(self, side: Side, most: int) -> Iterator[list[int]]:
        """Yield the numbers of all pairs that share a text of a side, in order.

        Pairs with one text are in one batch, but no more of them than `most`.
        """
        marks = np.frombuffer(self._marks[side], np.int64)
        order = np.argsort(marks, kind="stable")
        batch: list[NDArray[np.int64]] = []
        held = 0
        for alike in np.split(order, np.flatnonzero(np.diff(marks[order])) + 1):
            if len(alike) < 2:
                continue
            if held and held + len(alike) > most:
                yield np.sort(np.concatenate(batch)).tolist()
                batch, held = [], 0
            batch.append(alike[:most])
            held += len(alike)
        if batch:
            yield np.sort(np.concatenate(batch)).tolist()


@dataclass(slots=True)
class Gathered:
    """What was found in the stretches so far.

    Attributes:
        told: findings as the texts stand.
        before: findings of the edited pairs as they were delivered.
        often: how often each word was found that no dictionary knows.
        fixed: by check, how many of the findings that `before` did not take are there no more.
    """

    told: Told
    before: Told
    groups: list[TermGroup] = field(default_factory=list)
    renderings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    often: Counter[str] = field(default_factory=Counter)
    fixed: Counter[str] = field(default_factory=Counter)

    def take(self, analysis: Analysis) -> None:
        """Take what was found in a stretch."""
        self.take_findings(analysis.findings)
        self._take_before(analysis)
        self.groups += analysis.groups
        self.renderings |= {key: found for key, found in analysis.renderings.items() if found}

    def _take_before(self, analysis: Analysis) -> None:
        now = {(f.pair, f.check, f.fingerprint) for f in analysis.findings}
        taken = {(f.pair, f.check, f.fingerprint) for f in self.before.take(analysis.before)}
        known = now | taken
        for finding in filter(self.before.stands, analysis.before):
            if (finding.pair, finding.check, finding.fingerprint) not in known:
                self.fixed[finding.check] += 1

    def take_findings(self, findings: Collection[Finding]) -> None:
        """Take findings."""
        self.often.update(f.words[0] for f in findings if f.check == SPELLING.id)
        self.told.take(findings)

    def analysis(self, ratio: float | None) -> Analysis:
        """Return all of it."""
        often = frozenset(word for word, count in self.often.items() if count >= OFTEN)
        findings = less_sure(self.told.findings, often)
        findings.sort(key=lambda f: (f.pair, f.spans[0].start if f.spans else 0))
        return Analysis(
            tuple(findings),
            tuple(best_groups(self.groups)),
            self.renderings,
            ratio,
            before=tuple(less_sure(self.before.findings, often)),
            often=often,
            more=dict(self.told.more),
            more_fixed=dict(self.fixed),
        )


def in_stretches(
    pairs: PairsInOrder,
    languages: tuple[str, str],
    checks: Sequence[Check],
    gathered: Gathered,
    look_at: Callable[[Sequence[Pair], Sequence[Check], float | None, Watch], Analysis],
    *,
    known: Priors | None,
    context: Context,
    watch: Watch,
) -> Analysis:
    """Check a document stretch by stretch, each with `look_at`; raises Cancelled.

    Args:
        pairs: all of the document.
        languages: BCP 47 tags.
        checks: those that are on.
        gathered: takes what is found.
        look_at: returns what checks and terms find in a stretch, given the length ratio of the
            document.
        known: terms with their translations, as evidence for the drift.
        context: for the checks of texts that are there twice.
        watch: is told how far the work is, in pairs.
    """
    ratio = length_ratio(pairs.spread(_SAMPLE))
    repeats = Repeats()
    local = [check for check in checks if check.id not in _ALIKE]
    for start in range(0, len(pairs), STRETCH):
        stretch = Stretch(pairs, start, start + STRETCH)
        gathered.take(look_at(stretch, local, ratio, _part(watch, start, len(pairs))))
        repeats.take(Watched(stretch, watch))
        del stretch
        # The collector is off meanwhile, and some of what the terms make is in cycles.
        gc.collect()
    for check in checks:
        if check.id in _ALIKE:
            gathered.take_findings(_alike(check, repeats, pairs, context, watch))
    gathered.groups += compare_terms(pairs.spread(STRETCH), languages, known, None, watch)[1]
    return gathered.analysis(ratio)


def _alike(
    check: Check, repeats: Repeats, pairs: PairsInOrder, context: Context, watch: Watch
) -> list[Finding]:
    """Return what a check finds in the pairs that have a text in common."""
    from reviewer.checks import run

    found: list[Finding] = []
    for numbers in repeats.batches(_ALIKE[check.id], STRETCH):
        watch.check()
        found += run([pairs[number] for number in numbers], context, [check])
    return sorted(found, key=lambda finding: finding.pair)


def _part(watch: Watch, before: int, total: int) -> Watch:
    """Return a watch over a stretch: what is counted in pairs is counted from the beginning."""

    def tell(label: str, done: int, of: int) -> None:
        watch.tell(label, *((before + done, total) if label == "Checking" else (done, of)))

    return replace(watch, tell=tell)


def best_groups(groups: Iterable[TermGroup]) -> list[TermGroup]:
    """Return of the groups of one term the one that shows most drift; best first, not too many.

    Two stretches cut the forms of a word otherwise: put together, they would seem to drift.
    """
    best: dict[tuple[str, object], TermGroup] = {}
    for group in groups:
        key = group.source.casefold(), group.kind
        if key not in best or _rank(group) > _rank(best[key]):
            best[key] = group
    found: list[TermGroup] = []
    places = 0
    for group in sorted(best.values(), key=lambda group: (group.stray, -group.score)):
        places += len(group.source_occurrences)
        if found and places > _MOST_PLACES:
            break
        found.append(group)
    return found


def _rank(group: TermGroup) -> tuple[bool, int, float]:
    drift = sum(len(rendering.occurrences) for rendering in group.renderings[1:])
    return not group.stray, drift, group.score
