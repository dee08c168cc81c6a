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
_BUDGET = 5.0
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


class Rules:
    """Rules of a run; those that took too long are switched off until the next."""

    def __init__(self, rules: Iterable[Rule] = (), timeout: float = TIMEOUT) -> None:
        """Take rules whose patterns are sound (`compiled`)."""
        self.rules = tuple(rules)
        self._timeout = timeout
        self._spent: dict[Rule, float] = {}
        self._off: set[Rule] = set()

    def __bool__(self) -> bool:
        return bool(self.rules)

    def at_work(self, source: str, target: str) -> list[Rule]:
        """Return the rules for a language pair that are not switched off."""
        return [r for r in self.rules if r not in self._off and r.is_for(source, target)]

    def switch_off(self, names: Iterable[str]) -> None:
        """Switch off rules that another run found too slow, by name."""
        slow = set(names)
        self._off |= {rule for rule in self.rules if rule.name in slow}

    def look(self, rule: Rule, source: str, target: str) -> Seen | None:
        """Return where a rule has something to say of two texts; None where it has nothing.

        Raises:
            TooSlow: the first time that the rule takes too long; it is off from then.
        """
        if rule in self._off:
            return None
        sources: tuple[Place, ...] = ()
        if rule.source:
            sources = self._places(rule, rule.source, source)
            if not sources:
                return None
        if not rule.target:
            return Seen(sources)
        targets = self._places(rule, rule.target, target)
        if rule.condition is Condition.MUST:
            return None if targets or not target else Seen(sources)
        return Seen(sources, targets) if targets else None

    def _places(self, rule: Rule, pattern: str, text: str) -> tuple[Place, ...]:
        """Return the first matches of a pattern that are not empty."""
        search = compiled(pattern, case=rule.case, plain=rule.plain)
        began = time.process_time()
        try:
            matches = search.finditer(text, timeout=self._timeout)
            spans = (match.span() for match in matches)
            found = tuple(islice((span for span in spans if span[0] < span[1]), _MOST))
        except TimeoutError:
            raise self._too_slow(rule) from None
        self._spent[rule] = self._spent.get(rule, 0.0) + time.process_time() - began
        if self._spent[rule] > _BUDGET:
            raise self._too_slow(rule)
        return found

    def _too_slow(self, rule: Rule) -> TooSlow:
        self._off.add(rule)
        return TooSlow(rule.name)


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
