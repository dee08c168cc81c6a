"""What the command line reads and prints: segmented texts, pairs, groups and findings."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reviewer.checks.matching import Rules
from reviewer.errors import FormatError
from reviewer.formats.keyed import WITH
from reviewer.model import Bead, Document, Pair, Segment, Side, Span, Unit
from reviewer.review.checking.catalogue import ALL_CHECKS
from reviewer.review.checking.drift import drift_findings
from reviewer.review.checking.judged import Waivers
from reviewer.review.checking.levels import cuts_of, is_shown
from reviewer.review.checking.moved import MOVED, find, moved_findings, told_words
from reviewer.review.checking.own_checks import run_file
from reviewer.review.checking.pipeline import (
    Column,
    Reading,
    Watch,
    align_columns,
    analyse,
    check_context,
    detected,
    read_contents,
)
from reviewer.review.checking.spelling import own_words_lowered, spelling_for
from reviewer.review.documents.bilingual import unit_beads
from reviewer.review.documents.importing import uncollected
from reviewer.review.documents.knowledge import Knowledge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from reviewer.checks.rule import Rule
    from reviewer.model import Finding, TermGroup
    from reviewer.review.checking.pipeline import Analysis
    from reviewer.review.tasks.opened_pairs import OpenedPairs
    from reviewer.review.terminology.term_knowledge import KnownTerms
    from reviewer.terms import Priors


def read_segmented(reading: Reading) -> Column:
    """Read a text whose non-blank lines are segments and whose blank lines part paragraphs."""
    original, reader, content = read_contents(Reading(reading.path, reading.encoding, "breaks"))
    text = original.decode(str(content.recipe.get("encoding") or "utf-8")).removeprefix("\ufeff")
    units: list[Unit] = []
    segments: list[Segment] = []
    paragraph, fresh = 0, True
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped:
            fresh = True
            continue
        paragraph += fresh and bool(segments)
        fresh = False
        units.append(Unit(stripped))
        segments.append(Segment(len(segments), paragraph, 0, len(stripped), stripped))
    if not segments:
        message = f"“{reading.path.name}” holds no text."
        raise FormatError(message)
    tag, sure = reading.language, True
    if tag is None:
        tag, sure = detected(unit.text for unit in units)
    document = Document(reading.path.name, reader.name, tag, tuple(units), original)
    return Column(document, tuple(segments), sure, content.notes)


def paired(
    source: Column,
    target: Column,
    beads: Iterable[str] | None,
    watch: Watch,
    knowledge: Knowledge | None = None,
) -> tuple[Pair, ...]:
    """Return the pairs of two columns, by given beads (JSON Lines), by keys, or aligned now."""
    knowledge = knowledge or Knowledge()
    by_key = WITH in source.document.recipe
    if beads is None and by_key:
        found = unit_beads(source, target, watch)
    elif beads is None:
        found = align_columns(
            source,
            target,
            lexicon=knowledge.lexicon,
            witnesses=knowledge.witnesses,
            progress=lambda done, total: watch.tell("Aligning", done, total),
            cancelled=watch.cancelled,
        ).beads
    else:
        found = tuple(_bead(line, len(source.segments), len(target.segments)) for line in beads)
    return as_pairs(source, target, found, shares_codes=by_key)


def as_pairs(
    source: Column, target: Column, beads: Iterable[Bead], *, shares_codes: bool = False
) -> tuple[Pair, ...]:
    """Return the pairs of two columns; `shares_codes` as in `Pair`."""
    return tuple(
        Pair(
            number,
            source.segments[bead.source_start : bead.source_end],
            target.segments[bead.target_start : bead.target_end],
            bead.confidence,
            shares_codes,
        )
        for number, bead in enumerate(beads)
    )


def _bead(line: str, sources: int, targets: int) -> Bead:
    message = f"No bead of these texts: {line.strip()[:60]}"
    try:
        source, target, *rest = json.loads(line)
        return Bead(*_range(source, sources), *_range(target, targets), _confidence(rest))
    except (ValueError, TypeError, RecursionError):
        raise FormatError(message) from None


def _range(numbers: object, size: int) -> tuple[int, int]:
    """Return the range of consecutive numbers below `size`; raises ValueError for all else."""
    if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
        raise ValueError
    if not numbers:
        return 0, 0
    first, end = numbers[0], numbers[0] + len(numbers)
    # In this order: a range of hostile numbers may be too long to be made.
    if first < 0 or end > size or numbers != list(range(first, end)):
        raise ValueError
    return first, end


def _confidence(rest: Sequence[object]) -> float:
    if not rest:
        return 1.0
    value = rest[0]
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError
    return float(value)


@dataclass(frozen=True, slots=True)
class Checked:
    """Pairs and the findings that stand, drift included.

    Attributes:
        notes: check files that could not be used, and why, one sentence each.
        trouble: why dictionaries that are there cannot be used, one sentence; else empty.
    """

    pairs: Sequence[Pair]
    findings: tuple[Finding, ...]
    trouble: str = ""
    notes: tuple[str, ...] = ()


@uncollected()
def checked(
    pairs: Sequence[Pair],
    languages: tuple[str, str],
    opened: OpenedPairs | None,
    watch: Watch,
    more: Sequence[Rule] = (),
    known: KnownTerms | None = None,
    dictionaries: Path | None = None,
    check_files: Sequence[Path] = (),
) -> Checked:
    """Check pairs as the window does; of a project, what it does not show is left out.

    `more` are rules beside those of the project's own checklists, `known` its termbases,
    `dictionaries` a folder of dictionaries beside those of this computer, `check_files` checks
    that the person wrote.
    """
    checks = opened.checks if opened else tuple(c for c in ALL_CHECKS if c.by_default)
    accepted = opened.accepted if opened else own_words_lowered(languages[1])
    rules = Rules(dict.fromkeys((*(opened.checklists.rules if opened else ()), *more)))
    spelling = spelling_for(checks, languages[1], dictionaries)
    spelling.wait(watch)
    analysis = analyse(
        pairs,
        languages,
        checks,
        accepted=accepted,
        rules=rules,
        terms=known.index if known else None,
        known=known.priors if known else None,
        unknown=spelling.unknown,
        watch=watch,
    )
    context = check_context(*languages, accepted=accepted, length_ratio=analysis.length_ratio)
    own = [run_file(path, pairs, context, watch) for path in check_files]
    found = (
        *analysis.findings,
        *_drift(analysis, pairs, languages[1]),
        *_moved(opened, watch),
        *(finding for one in own for finding in one.findings),
    )
    standing = [_told(finding, opened) for finding in _open(found, opened)]
    standing.sort(key=lambda f: (f.pair, f.spans[0].start if f.spans else 0))
    trouble = spelling.trouble
    if dictionaries is not None and spelling.speller is None and spelling.asked:
        trouble = f"There is no dictionary for “{languages[1]}”; spelling is not checked."
    notes = tuple(note for one in own for note in one.notes)
    return Checked(pairs, tuple(standing), trouble, notes)


def _drift(analysis: Analysis, pairs: Sequence[Pair], language: str) -> Iterable[Finding]:
    """Return the findings of the terms that drift, beside those of the checks."""
    by_number = {pair.number: pair for pair in pairs}
    by_pair: dict[int, list[Finding]] = {}
    for finding in analysis.findings:
        by_pair.setdefault(finding.pair, []).append(finding)
    main = (group for group in analysis.groups if not group.stray)
    return drift_findings(
        main, by_number.__getitem__, lambda number: by_pair.get(number, ()), language
    )


def _open(found: Iterable[Finding], opened: OpenedPairs | None) -> Iterable[Finding]:
    """Return the findings that the window shows: no level hides them, and none is waived."""
    if opened is None:
        return found
    cuts, waivers = cuts_of(opened.state, opened.checks), Waivers(opened.state)
    shown = (finding for finding in found if is_shown(finding, cuts))
    return (finding for finding in shown if waivers.covering(finding) is None)


def _moved(opened: OpenedPairs | None, watch: Watch) -> tuple[Finding, ...]:
    """Return what was translated elsewhere in a document of a project."""
    if opened is None or MOVED not in opened.checks:
        return ()
    watch.step("Looking for what was moved", 0, 1)
    moves = find(opened.columns, opened.languages, watch.cancelled)
    return tuple(moved_findings(opened.columns, moves))


def _told(finding: Finding, opened: OpenedPairs | None) -> Finding:
    """Return a finding with the words of its sentence; a move knows its pair by place alone."""
    if opened is None or finding.check != MOVED.id:
        return finding
    return replace(finding, words=told_words(opened.columns, finding))


def groups(
    pairs: Sequence[Pair],
    languages: tuple[str, str],
    watch: Watch,
    known: Priors | None = None,
) -> list[TermGroup]:
    """Return the term groups, best first, the lower tier last.

    `known` are source terms with their translations, of memories, termbases and dictionaries.
    """
    from reviewer import terms

    return terms.find_groups(
        pairs,
        *languages,
        priors=known,
        progress=lambda done, total: watch.tell("Comparing terms", done, total),
        cancelled=watch.cancelled,
    )


def group_record(group: TermGroup, pairs: Mapping[int, Pair]) -> dict[str, Any]:
    """Return a group as the command line prints it; places are [target segment, start, end]."""
    return {
        "source": group.source,
        "kind": group.kind.value,
        "score": round(group.score, 4),
        "renderings": [
            {
                "text": rendering.text,
                "occurrences": [
                    list(pairs[o.pair].in_segment(Span(Side.TARGET, o.start, o.end)))
                    for o in rendering.occurrences
                ],
            }
            for rendering in group.renderings
        ],
    }
