"""What a project has chosen: its checks and their levels, its languages, its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.model import Side
from reviewer.review.checking import checklists
from reviewer.review.checking.catalogue import ALL_CHECKS
from reviewer.review.checking.levels import level_key, level_of
from reviewer.review.decisions import gestures
from reviewer.review.decisions.project import (
    MEMORIES,
    checks_off,
    checks_on,
    language_key,
    memories_of,
)
from reviewer.review.decisions.registers import INDEPENDENT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reviewer.checks.base import Check
    from reviewer.model import Level
    from reviewer.review.session import Review


class ProjectSettings:
    """The settings of a project, whoever wrote them; every change is a gesture of the review."""

    def __init__(self, review: Review) -> None:
        self._review = review

    def off(self) -> frozenset[str]:
        """Return the checks that are off."""
        on = checks_on(self._review.state)
        shy = {check.id for check in ALL_CHECKS if not check.by_default and check.id not in on}
        return checks_off(self._review.state) | shy

    def checks(self) -> Mapping[str, bool]:
        """Return for every check whether it is on in this project."""
        off = self.off()
        return {check.id: check.id not in off for check in ALL_CHECKS}

    def level(self, check: Check) -> Level:
        """Return how much of what a check finds is shown in this project."""
        return level_of(self._review.state, check)

    def set_check(self, check_id: str, *, on: bool) -> None:
        """Record whether a check is on in this project."""
        self._set({f"check:{check_id}": on})

    def set_level(self, check: Check, level: Level) -> None:
        """Record how much of what a check finds is shown in this project; it is on from then."""
        said: dict[str, object] = {}
        if check.id in self.off():
            said[f"check:{check.id}"] = True
        if level is not self.level(check):
            said[level_key(check.id)] = level.value
        self._set(said)

    def set_language(self, side: Side, tag: str) -> None:
        """Record the language of a column of the open document pair."""
        pair = self._review.pair_of_documents
        document = pair.source if side is Side.SOURCE else pair.target
        self._set({language_key(document): tag})

    @property
    def independent(self) -> bool:
        """Whether what a reviewer decides counts for that reviewer alone."""
        return self._review.state.is_independent

    def set_independent(self, *, on: bool) -> None:
        """Record whether reviewers decide without seeing what the others decided."""
        if on != self.independent:
            self._set({INDEPENDENT[1]: on})

    @property
    def memories(self) -> tuple[str, ...]:
        """The paths of the project's translation memories, whoever wrote them."""
        return memories_of(self._review.state)

    def set_memories(self, paths: Sequence[str]) -> None:
        """Record the translation memories of this project."""
        if tuple(paths) != self.memories:
            named = [gestures.sound(path) for path in paths]
            self._set({MEMORIES: named})

    @property
    def checklists(self) -> tuple[str, ...]:
        """The names of the project's checklists, whoever wrote them."""
        return checklists.chosen_of(self._review.state)

    def set_checklists(self, names: Sequence[str]) -> None:
        """Record which checklists this project uses."""
        if tuple(names) != self.checklists:
            named = [gestures.sound(name) for name in names]
            self._set({checklists.CHECKLISTS: named})

    def _set(self, said: Mapping[str, object]) -> None:
        """Record settings by their keys, as one gesture."""
        state = self._review.state
        self._review.record([gestures.setting(state, key, said[key]) for key in said], None)
