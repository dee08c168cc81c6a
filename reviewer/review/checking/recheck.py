"""What the checks of one pair found the last time, so that only what changed is checked again."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log
from typing import TYPE_CHECKING

from reviewer.checks import run
from reviewer.terms import LastRead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reviewer.checks.base import Check, Context
    from reviewer.model import Finding, Pair
    from reviewer.review.tasks.opening import ReadProject

_STEPS = 40
"""Steps of the length ratio in a factor of e: an edit moves a document's ratio by far less."""


def stepped(ratio: float | None) -> float | None:
    """Return the nearest of the ratios that are 2.5 % apart: a few edits do not change it."""
    return exp(round(log(ratio) * _STEPS) / _STEPS) if ratio else None


class Remembered:
    """Findings of one document pair by the texts they are in; whatever else changes clears them.

    Checks of document scope are not kept: they look at all pairs together.

    Attributes:
        read: what the comparison of terms has read.
        project: the project that was read for the window; None where it read it itself.
    """

    def __init__(self) -> None:
        self.read = LastRead()
        self.project: ReadProject | None = None
        self._around: object = None
        self._kept: dict[object, tuple[Finding, ...]] = {}
        self._seen: dict[object, tuple[Finding, ...]] = {}

    def begin(self, context: Context, checks: Sequence[Check]) -> None:
        """Forget everything, unless texts are to be checked as the last time."""
        around = (
            context.source.tag,
            context.target.tag,
            context.accepted,
            context.length_ratio,
            tuple(check.id for check in checks),
        )
        self._kept = self._seen if around == self._around else {}
        self._around, self._seen = around, {}

    def project_at(self, path: Path) -> ReadProject | None:
        """Return the project of a path as it was read, unless another was; that is let go."""
        if self.project is not None and not self.project.held.is_of(path):
            self.project = None
        return self.project

    @property
    def is_empty(self) -> bool:
        """Whether nothing is remembered: nobody has seen anything of the document yet."""
        return not self._kept

    def run(
        self, pairs: Sequence[Pair], context: Context, checks: Sequence[Check]
    ) -> list[Finding]:
        """Return what checks of one pair find in the pairs, looking at the unknown ones alone."""
        keys = {pair.number: _key(pair) for pair in pairs}
        unknown = [pair for pair in pairs if keys[pair.number] not in self._kept]
        found: dict[int, list[Finding]] = {pair.number: [] for pair in unknown}
        for finding in run(unknown, context, checks) if unknown else ():
            found[finding.pair].append(finding)
        findings: list[Finding] = []
        for pair in pairs:
            key = keys[pair.number]
            mine = found.get(pair.number)
            kept = self._kept[key] if mine is None else tuple(mine)
            self._seen[key] = kept
            findings += (
                f if f.pair == pair.number else replace(f, pair=pair.number) for f in kept
            )
        return findings


def _key(pair: Pair) -> object:
    """Return what the findings of a pair depend on."""
    sides = (tuple((s.text, s.codes) for s in side) for side in (pair.source, pair.target))
    return (*sides, pair.confidence, pair.shares_codes)
