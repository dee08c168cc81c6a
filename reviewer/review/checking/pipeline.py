"""The stages in their order: files to documents, segments, beads, findings and term groups."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reviewer.checks.base import Context, Scope
from reviewer.errors import Cancelled, FormatError
from reviewer.model import (
    Document,
    GroupKind,
    Occurrence,
    Pair,
    Rendering,
    Side,
    Span,
    TermGroup,
)
from reviewer.text.languages import language

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from reviewer.align import Alignment, PairLexicon, Witness
    from reviewer.checks.base import Check
    from reviewer.checks.matching import Rules
    from reviewer.checks.term_index import TermIndex
    from reviewer.formats.base import Content, Reader
    from reviewer.model import Bead, Concept, Finding, Segment
    from reviewer.review.checking.recheck import Remembered
    from reviewer.terms import Bitext, LastRead, Priors

    Unknown = Callable[[Collection[str]], Collection[str]]
    """Of words, those in no dictionary; see `checks.base.Context.unknown`."""

_ANEW = frozenset({"checklist", "spelling", "termbase"})
"""Checks that look at every pair each time: a slow rule is tried again, a dictionary is new."""
_CHUNK = 200
"""Pairs checked between two looks at the Cancel button: about 50 ms."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Which file to read, and what the person said of it.

    Attributes:
        encoding: None to tell it from the bytes.
        lines: "breaks" or "wrapped"; None to tell it from the text.
        language: BCP 47 tag; None to tell it from the text.
        text: a pasted text; `path` then only names it.
        column: number of the column of a bilingual table, from 0; None to tell it.
    """

    path: Path
    encoding: str | None = None
    lines: str | None = None
    language: str | None = None
    text: str | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A document as read and cut into segments.

    Attributes:
        sure: whether its language was given or could be told with confidence.
        notes: what the person may want to know, one sentence each.
        choices: what the columns of a bilingual table are called; empty for what is no table.
        chosen: the number of the one that was read.
    """

    document: Document
    segments: tuple[Segment, ...]
    sure: bool
    notes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    chosen: int | None = None


def read_column(reading: Reading, watch: Watch | None = None) -> Column:
    """Read a file, tell its language and cut it into segments; raises FormatError, Cancelled.

    Blanks alone make a column without segments: its translation may be still to come.
    """
    from reviewer.segment import segment_units

    watch = watch or Watch()
    original, reader, content = read_contents(reading)
    watch.check()
    tag, sure = reading.language, True
    if tag is None:
        tag, sure = _told(reading, content)
    segments = segment_units(content.units, tag, cancelled=watch.cancelled)
    if not segments and any(unit.text for unit in content.units):
        message = f"“{reading.path.name}” holds no text."
        raise FormatError(message)
    document = Document(
        reading.path.name, reader.name, tag, content.units, original, content.recipe
    )
    return Column(document, segments, sure, content.notes)


def _told(reading: Reading, content: Content) -> tuple[str, bool]:
    """Return the language of a text, and whether it is sure; of resources as they are called."""
    from reviewer.formats import keyed_format_of
    from reviewer.review.checking.naming import language_in_name

    named = content.language
    if not named and keyed_format_of(reading.path.name, reading.path.name) is not None:
        named = language_in_name(reading.path)
    if named:
        return named, True
    return detected(unit.text for unit in content.units if unit.translatable)


def read_contents(reading: Reading) -> tuple[bytes, Reader, Content]:
    """Read a file or a pasted text; raises FormatError, EncodingError."""
    from reviewer.formats import read_bytes, read_file

    options = {"encoding": reading.encoding, "lines": reading.lines}
    given = {key: value for key, value in options.items() if value}
    if reading.text is None:
        return read_file(reading.path, given)
    original = reading.text.encode("utf-8", "replace")
    reader, content = read_bytes(reading.path.name, original, given)
    return original, reader, content


def detected(texts: Iterable[str]) -> tuple[str, bool]:
    """Return the language of texts, "und" where it cannot be told, and whether that is sure."""
    from reviewer.text.detect import detect

    guess = detect("\n".join(texts)[:20_000])
    return guess.language or "und", guess.sure


def align_columns(
    source: Column,
    target: Column,
    *,
    lexicon: PairLexicon | None = None,
    anchors: Sequence[Bead] = (),
    witnesses: Sequence[Witness] = (),
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Alignment:
    """Align two documents, with what is known before (`align.align`); raises Cancelled."""
    from reviewer import align

    return align.align(
        align.Column([s.text for s in source.segments], [s.unit for s in source.segments]),
        align.Column([s.text for s in target.segments], [s.unit for s in target.segments]),
        source.document.language,
        target.document.language,
        lexicon=lexicon,
        anchors=anchors,
        witnesses=witnesses,
        progress=progress,
        cancelled=cancelled,
    )


@dataclass(frozen=True, slots=True)
class Analysis:
    """What checks and terms found in a document pair.

    Attributes:
        findings: of the checks, ordered by pair and place; without drift.
        groups: best first, the lower tier last.
        renderings: how the document translates what was left untranslated, by source phrase.
        length_ratio: target characters per source character.
        before: what the checks find in the pairs that were edited, as they were delivered.
        often: words that no dictionary knows and that are hardly slips; see `checks.spelling`.
        concepts: of each termbase file, what matters to the document.
        more: by check, how many findings a long document has beside those that are told.
        more_fixed: the same of those that edits took away, beside those in `before`.
    """

    findings: tuple[Finding, ...] = ()
    groups: tuple[TermGroup, ...] = ()
    renderings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    length_ratio: float | None = None
    before: tuple[Finding, ...] = ()
    often: frozenset[str] = frozenset()
    concepts: tuple[tuple[Concept, ...], ...] = ()
    more: Mapping[str, int] = field(default_factory=dict)
    more_fixed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Watch:
    """How a long job tells where it is and learns that it is to stop.

    Attributes:
        tell: called with what is being done, how much is done, and of how much.
        cancelled: asked often; True ends the job with Cancelled.
        hold: entered while files are written; a process is not killed meanwhile.
        show: given the first pairs of a large file and its languages while the rest is read.
        at: called with the name of the file that is read; empty for none.
    """

    tell: Callable[[str, int, int], None] = lambda _label, _done, _total: None
    cancelled: Callable[[], bool] = lambda: False
    hold: Callable[[], AbstractContextManager[object]] = nullcontext
    show: Callable[[Sequence[Pair], tuple[str, str]], None] = lambda _pairs, _languages: None
    at: Callable[[str], None] = lambda _name: None

    def step(self, label: str, done: int, total: int, name: str = "") -> None:
        """Tell progress, and the file that is read now; raises Cancelled."""
        self.check()
        self.at(name)
        self.tell(label, done, total)

    def check(self) -> None:
        """Raise Cancelled where the person stopped the work."""
        if self.cancelled():
            raise Cancelled("Stopped.")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep whoever would kill the process away from a file that is written; see `check`."""
        with self.hold():
            self.check()
            yield


def check_context(
    source_language: str,
    target_language: str,
    *,
    accepted: frozenset[str] = frozenset(),
    renderings: Mapping[str, tuple[str, ...]] | None = None,
    length_ratio: float | None = None,
    rules: Rules | None = None,
    terms: TermIndex | None = None,
    unknown: Unknown | None = None,
) -> Context:
    """Return what the checks may know of a language pair and a document."""
    from reviewer.text.lexicon import lexicon

    return Context(
        language(source_language),
        language(target_language),
        lexicon,
        accepted,
        renderings or {},
        length_ratio,
        rules,
        terms,
        unknown,
    )


def length_ratio(pairs: Sequence[Pair]) -> float | None:
    """Return target characters per source character over the 1-1 pairs; None below ten of them."""
    matched = [p for p in pairs if len(p.source) == 1 and len(p.target) == 1]
    source = sum(len(pair.source_text) for pair in matched)
    target = sum(len(pair.target_text) for pair in matched)
    return target / source if len(matched) >= 10 and source and target else None


class Watched(list[Pair]):
    """Pairs; whoever walks through them looks at the Cancel button now and then."""

    def __init__(self, pairs: Iterable[Pair], watch: Watch) -> None:
        super().__init__(pairs)
        self._check = watch.check

    def __iter__(self) -> Iterator[Pair]:
        """Walk through them; raises Cancelled where the person stopped the work."""
        for start in range(0, len(self), _CHUNK):
            self._check()
            yield from self[start : start + _CHUNK]


def analyse(
    pairs: Sequence[Pair],
    languages: tuple[str, str],
    checks: Sequence[Check],
    *,
    accepted: frozenset[str] = frozenset(),
    rules: Rules | None = None,
    terms: TermIndex | None = None,
    known: Priors | None = None,
    unknown: Unknown | None = None,
    watch: Watch | None = None,
    found: Callable[[Sequence[Finding]], None] = lambda _findings: None,
    compared: Callable[[Sequence[TermGroup]], None] = lambda _groups: None,
    remembered: Remembered | None = None,
    ratio: float | None = None,
) -> Analysis:
    """Run the checks and look for drift; `found` is given the findings chunk by chunk.

    `known` are terms with their translations, as evidence for the drift; pairs that are
    `remembered` from the last time are not checked again, and then the terms come first: an edit
    may have settled what drifts, and `compared` is given the groups. `ratio` is the length ratio
    of the whole document, where the pairs are a stretch of it. Raises Cancelled.
    """
    from reviewer.checks import once, run
    from reviewer.checks.spelling import less_sure, often_found
    from reviewer.review.checking.habits import without_habits
    from reviewer.review.checking.recheck import Remembered, stepped

    watch, remembered = watch or Watch(), remembered or Remembered()
    ratio = stepped(ratio or length_ratio(pairs))
    context = check_context(
        *languages,
        accepted=accepted,
        length_ratio=ratio,
        rules=rules,
        terms=terms,
        unknown=unknown,
    )
    local = [check for check in checks if check.scope is Scope.BEAD]
    whole = [check for check in checks if check.scope is Scope.DOCUMENT]
    findings: list[Finding] = []
    anew = [check for check in local if check.id in _ANEW]
    local = [check for check in local if check.id not in _ANEW]
    remembered.begin(context, local)
    comparison: tuple[Bitext, list[TermGroup]] | None = None
    if not remembered.is_empty:
        comparison = compare_terms(pairs, languages, known, remembered.read, watch)
        compared(comparison[1])
    for start in range(0, len(pairs), _CHUNK):
        watch.step("Checking", start, len(pairs))
        some = pairs[start : start + _CHUNK]
        chunk = once(remembered.run(some, context, local) + run_on(some, context, anew))
        findings += chunk
        found(chunk)
    pairs = Watched(pairs, watch)
    findings += run(pairs, context, whole)
    findings = without_habits(findings, pairs, context)
    bitext, groups = comparison or compare_terms(pairs, languages, known, remembered.read, watch)
    renderings = _renderings(findings, bitext)
    findings = [_with_suggestions(finding, renderings) for finding in findings]
    findings.sort(key=lambda f: (f.pair, f.spans[0].start if f.spans else 0))
    often = often_found(findings)
    findings = less_sure(findings, often)
    return Analysis(tuple(findings), tuple(groups), renderings, ratio, often=often)


def compare_terms(
    pairs: Sequence[Pair],
    languages: tuple[str, str],
    known: Priors | None,
    last: LastRead | None,
    watch: Watch,
) -> tuple[Bitext, list[TermGroup]]:
    """Return the pairs as the terms read them, and the groups in them."""
    from reviewer import terms

    watch.step("Comparing terms", 0, len(pairs))
    tell = terms.Watch(
        lambda done, total: watch.tell("Comparing terms", done, total), watch.cancelled
    )
    bitext = terms.read_bitext(pairs, *languages, known, tell.part(0, 0.4), last)
    search = last.search if last is not None else None
    return bitext, terms.groups_of(bitext, tell.part(0.4, 1), search)


def run_on(pairs: Sequence[Pair], context: Context, checks: Sequence[Check]) -> list[Finding]:
    """Return what checks find, with what would stand in place of a deprecated term."""
    from reviewer.checks import run

    by_number = {pair.number: pair for pair in pairs}
    tag = context.target.tag
    return [_with_preferred(f, by_number[f.pair], tag) for f in run(pairs, context, checks)]


def _with_preferred(finding: Finding, pair: Pair, language: str) -> Finding:
    """Return a finding of a deprecated term with the preferred one in its shape, if that is sure.

    The article before it may have to change with it; then it is part of the place.
    """
    if finding.check != "termbase" or not finding.variant.startswith("deprecated"):
        return finding
    from reviewer.terms import replacements

    span, (source, preferred, term) = finding.spans[0], finding.words[:3]
    place = Occurrence(pair.number, span.start, span.end)
    group = TermGroup(source, GroupKind.TERM, 1.0, (Rendering(term, (place,)),))
    for found in replacements(group, preferred, [pair], language):
        if found.selected:
            wider = Span(Side.TARGET, found.start, found.end)
            spans = (wider, *finding.spans[1:])
            return replace(finding, spans=spans, suggestions=(found.new,))
    return finding


def _renderings(findings: Iterable[Finding], bitext: Bitext) -> Mapping[str, tuple[str, ...]]:
    """Ask the terms how the document translates elsewhere what was left in the source language."""
    from reviewer import terms

    left = {
        finding.words[0].lower()
        for finding in findings
        if finding.check == "untranslated" and finding.variant == "source" and finding.words
    }
    short = [phrase for phrase in left if len(phrase) <= 80]
    return terms.renderings(short, bitext) if short else {}


def _with_suggestions(finding: Finding, renderings: Mapping[str, tuple[str, ...]]) -> Finding:
    if finding.check != "untranslated" or finding.suggestions or not finding.words:
        return finding
    text = finding.words[0].lower()
    known = tuple(each for each in renderings.get(text, ()) if each.lower() != text)
    on_target = any(span.side is Side.TARGET for span in finding.spans)
    return replace(finding, suggestions=known) if known and on_target else finding
