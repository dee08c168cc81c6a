"""What a check is: a value with a function, its words and its examples."""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewer.model import Finding, IssueType, Kind, Level, Pair, Severity

if TYPE_CHECKING:
    from reviewer.checks.matching import Rules
    from reviewer.checks.rule import Rule
    from reviewer.checks.term_index import TermIndex
    from reviewer.model import Concept
    from reviewer.text.languages import Language
    from reviewer.text.lexicon import Lexicon


class Scope(enum.Enum):
    """Whether calling a check again with the changed pairs alone is enough."""

    BEAD = "bead"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may know beside the pairs.

    Attributes:
        source, target: the languages' data (`text.languages.language(tag)`).
        lexicon: word frequencies by language tag; a Lexicon without data answers every
            question with "unknown" (`Lexicon.known` is False).
        accepted: words, lower-cased, that a person accepted as names or loan words.
        renderings: source phrase, lower-cased -> how the document itself translates it elsewhere,
            best first. Made by `terms`, empty where nobody asked.
        length_ratio: target characters per source character of the document; None for single
            pairs without a document.
        rules: of the person's checklists; None where there are none.
        terms: of the termbases; None where there are none.
        unknown: returns those of words, spelt as dictionaries do, that are in no dictionary of
            the target language; None where there is none.
    """

    source: Language
    target: Language
    lexicon: Callable[[str], Lexicon]
    accepted: frozenset[str] = frozenset()
    renderings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    length_ratio: float | None = None
    rules: Rules | None = None
    terms: TermIndex | None = None
    unknown: Callable[[Collection[str]], Collection[str]] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of sentences and what the check finds in it: its first test and its help.

    Attributes:
        found: the texts of the first spans, in order; empty means that nothing may be found.
        before: pairs that stand earlier in the document, for checks of document scope.
        rules: of a checklist, for the check that needs one.
        concepts: of a termbase, likewise.
        dictionary: the words that are known, for the check that asks a dictionary.
    """

    source: str
    target: str
    found: tuple[str, ...] = ()
    source_language: str = "en"
    target_language: str = "fr"
    before: tuple[tuple[str, str], ...] = ()
    rules: tuple[Rule, ...] = ()
    concepts: tuple[Concept, ...] = ()
    dictionary: str = ""


Find = Callable[[Sequence[Pair], Context], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check.

    Attributes:
        id: as in fingerprints and on the command line; never changed.
        kind: the chip it belongs to.
        type: what an MQM mark made from it would be.
        title: a few words, marked for translation in the context "checks".
        messages: variant -> sentence with {0}, {1} for the finding's words; says what was seen,
            never "should". The key "" is the main one.
        find: order of pairs in, order of findings out; never filters by settings or decisions.
        by_default: False for checks that a person switches on.
        normal, lenient: confidences, 0-1, from which a finding is shown to a person who wants
            fewer and surer ones; None where the level would make no difference. Both are None
            where all findings of the check are equally sure.
        alone: whether it says something about a pair without its document, though its scope
            is the document.
        identified_by: how many of a finding's words its fingerprint is made of; None for all.
    """

    id: str
    kind: Kind
    type: IssueType
    severity: Severity
    scope: Scope
    title: str
    messages: Mapping[str, str]
    find: Find
    examples: tuple[Example, ...]
    by_default: bool = True
    normal: float | None = None
    lenient: float | None = None
    alone: bool = False
    identified_by: int | None = None

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that make a difference, the one that shows most first."""
        return tuple(level for level in Level if self.cut(level) is not None)

    def cut(self, level: Level) -> float | None:
        """Return the confidence, 0-1, from which a level shows a finding; None for no level."""
        return {Level.STRICT: 0.0, Level.NORMAL: self.normal, Level.LENIENT: self.lenient}[level]
