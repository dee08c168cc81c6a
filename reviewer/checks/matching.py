"""The rules of a checklist at work: compiled, and never for longer than a moment.

A pattern comes from a person or from a file of anybody. It is searched for by `regex` with a
timeout and never executed; one that takes too long is switched off for the run.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

import regex

from reviewer.checks.rule import Condition
from reviewer.text.scripts import script

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewer.checks.rule import Rule

LONGEST = 2000
"""Characters of a pattern."""
TIMEOUT = 0.2
"""Seconds that a pattern may take in the texts of one pair."""
_BUDGET = 2.0
"""Seconds of computing that a pattern may take in a run."""
_MOST = 5
"""Findings of a rule in one pair."""
_FLAGS = regex.VERSION1 | regex.MULTILINE
_UNSPACED = frozenset({"Hani", "Hira", "Kana", "Thai", "Laoo", "Khmr", "Mymr", "Hang"})
"""Scripts whose words have no edges that can be seen, or hang together with others."""

Place = tuple[int, int]


class PatternError(ValueError):
    """A pattern that cannot be used; `str()` is what is wrong with it, without a full stop."""


class TooSlow(Exception):  # noqa: N818 - what happened, not a mistake
    """A pattern took too long."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a rule has something to say.

    Attributes:
        source, target: places of its matches; the first is meant where the others explain.
    """

    source: tuple[Place, ...] = ()
    target: tuple[Place, ...] = ()


class Matcher:
    """A rule at work, with what it has cost so far.

    Attributes:
        off: it took too long and is not tried again in this run.
    """

    __slots__ = ("_must", "_needle", "_source", "_spent", "_target", "_timeout", "off", "rule")

    def __init__(self, rule: Rule, timeout: float = TIMEOUT) -> None:
        """Take a rule whose patterns are sound; raises PatternError."""
        self.rule = rule
        self.off = False
        self._timeout = timeout
        self._spent = 0.0
        self._must = rule.condition is Condition.MUST
        self._needle = _needle(rule)
        sides = (rule.source, rule.target)
        self._source, self._target = (
            compiled(side, case=rule.case, plain=rule.plain) if side else None for side in sides
        )

    def may_match(self, source: str, target: str) -> bool:
        """Return whether it is worth looking at two texts, given case-folded; a quick look."""
        return self._needle in (source if self.rule.source else target)

    def look(self, source: str, target: str) -> Seen | None:
        """Return where the rule has something to say of two texts; None where it has nothing.

        Raises:
            TooSlow: the first time that the rule takes too long; it is off from then.
        """
        if self.off:
            return None
        sources: tuple[Place, ...] = ()
        if self._source is not None:
            sources = self._places(self._source, source)
            if not sources:
                return None
        if self._target is None:
            return Seen(sources)
        targets = self._places(self._target, target)
        if self._must:
            return None if targets or not target else Seen(sources)
        return Seen(sources, targets) if targets else None

    def _places(self, pattern: regex.Pattern[str], text: str) -> tuple[Place, ...]:
        """Return the first matches of a pattern that are not empty."""
        began = time.thread_time()
        try:
            # Most rules have nothing to say of most texts.
            if pattern.search(text, timeout=self._timeout) is None:
                return self._after(began, ())
            matches = pattern.finditer(text, timeout=self._timeout)
            spans = (match.span() for match in matches)
            found = tuple(islice((span for span in spans if span[0] < span[1]), _MOST))
        except TimeoutError:
            raise self._too_slow() from None
        return self._after(began, found)

    def _after(self, began: float, found: tuple[Place, ...]) -> tuple[Place, ...]:
        self._spent += time.thread_time() - began
        if self._spent > _BUDGET:
            raise self._too_slow()
        return found

    def _too_slow(self) -> TooSlow:
        self.off = True
        return TooSlow(self.rule.name)


class Rules:
    """Rules of a run; those that took too long are switched off until the next."""

    def __init__(self, rules: Iterable[Rule] = (), timeout: float = TIMEOUT) -> None:
        """Take rules whose patterns are sound; raises PatternError."""
        self._matchers = [Matcher(rule, timeout) for rule in rules]

    def __bool__(self) -> bool:
        return bool(self._matchers)

    def at_work(self, source: str, target: str) -> list[Matcher]:
        """Return the rules for a language pair that are not switched off."""
        return [m for m in self._matchers if not m.off and m.rule.is_for(source, target)]

    def switch_off(self, names: Iterable[str]) -> None:
        """Switch off rules that another run found too slow, by name."""
        slow = set(names)
        for matcher in self._matchers:
            matcher.off |= matcher.rule.name in slow


@lru_cache(maxsize=20_000)
def compiled(pattern: str, *, case: bool, plain: bool) -> regex.Pattern[str]:
    """Return a pattern ready for use; raises PatternError."""
    if len(pattern) > LONGEST:
        message = f"a pattern of more than {LONGEST} characters"
        raise PatternError(message)
    written = _of_words(pattern) if plain else pattern
    flags = _FLAGS if case else _FLAGS | regex.IGNORECASE
    try:
        return regex.compile(written, flags, cache_pattern=False)
    except regex.error as error:
        raise PatternError(str(error)[:200]) from None
    except (RecursionError, OverflowError, MemoryError, ValueError, KeyError, IndexError):
        raise PatternError("a pattern that cannot be read") from None


def _needle(rule: Rule) -> str:
    """Return what a text holds that the rule has something to say of, case-folded; or nothing."""
    if not rule.plain or (not rule.source and rule.condition is Condition.MUST):
        return ""
    return max((rule.source or rule.target).casefold().split(), key=len, default="")


def _of_words(text: str) -> str:
    """Return the pattern for words as they are: whole ones, whatever spaces stand between."""
    words = text.split()
    written = r"\s+".join(regex.escape(word) for word in words)
    if not words:
        return written
    first, last = words[0][0], words[-1][-1]
    before = r"(?<!\w)" if _has_edges(first) else ""
    behind = r"(?!\w)" if _has_edges(last) else ""
    return before + written + behind


def _has_edges(character: str) -> bool:
    return character.isalnum() and script(character) not in _UNSPACED
