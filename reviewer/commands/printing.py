"""The commands that print what was seen: alignment, findings, terms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from reviewer.commands.arguments import (
    AddCommand,
    UsageError,
    add_encoder,
    add_memories,
    add_out,
    add_reading,
    add_several,
    add_termbases,
    add_texts,
)
from reviewer.commands.input import memories, read_columns, read_pairs, reading_lines, records
from reviewer.commands.output import counted, output, print_line, tell, tell_quality, watching
from reviewer.errors import ExportError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from reviewer.checks.rule import Rule
    from reviewer.model import Bead, Pair
    from reviewer.review.checking.pipeline import Watch
    from reviewer.review.tasks.opened_pairs import OpenedPairs
    from reviewer.review.terminology.term_knowledge import KnownTerms

_SEVERITIES = ("neutral", "minor", "major", "critical")


def add_commands(add: AddCommand) -> None:
    """Add the commands of this file."""
    align = add("align", _align, "Print which sentences belong together, as JSON Lines.")
    add_texts(align, segmented=True)
    add_memories(align)
    add_encoder(align)
    add_out(align)
    check = add("check", _check, "Print what the checks see.")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add_reading(check, segmented=True)
    add_out(check)
    check.add_argument("--json", action="store_true")
    check.add_argument("--sarif", action="store_true")
    add_several(
        check, "--checklist", "checklists", "rules to check as well (TOML, CSV, TSV, .xbckl)"
    )
    add_termbases(check)
    add_several(
        check, "--check-file", "check_files", "a check of your own to run as well (Python)"
    )
    check.add_argument(
        "--dictionaries",
        type=Path,
        metavar="FOLDER",
        help="Hunspell dictionaries to look into before those of this computer",
    )
    check.add_argument("--fail-on", choices=_SEVERITIES, help="exit with 1 at or above this")
    table = add("check-pairs", _check_pairs, "Check a table of sentence pairs, as JSON Lines.")
    table.add_argument("table", type=Path)
    table.add_argument("--out", type=Path, required=True)
    terms = add("terms", _terms, "Print which terms were translated in more than one way.")
    terms.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add_reading(terms, segmented=True)
    add_out(terms)
    terms.add_argument("--beads", type=Path, help="an alignment as `reviewer align` prints it")
    add_memories(terms)
    add_termbases(terms)
    terms.add_argument(
        "--dictd",
        action="store_true",
        help="the bilingual dictionaries of dictd on this computer are evidence as well",
    )
    terms.add_argument(
        "--export-termbase",
        dest="written_termbase",
        type=Path,
        metavar="FILE",
        help="write a project's own termbase as well (.tbx, .csv, .tsv, .xlsx, .txt)",
    )
    terms.add_argument("--force", action="store_true", help="replace an existing termbase")
    terms.add_argument("--all", action="store_true", help="the lower tier too")


def _align(parsed: argparse.Namespace) -> int:
    from reviewer.formats.keyed import WITH
    from reviewer.review.checking.pipeline import align_columns
    from reviewer.review.documents.bilingual import unit_beads
    from reviewer.review.documents.knowledge import known_before

    source, target = read_columns(parsed, parsed.source, parsed.target)
    if WITH in source.document.recipe:
        with watching() as watch, output(parsed.out) as out:
            for bead in unit_beads(source, target, watch):
                print_line(json.dumps(_bead_record(bead)), out)
        return 0
    with watching() as watch:
        knowledge = known_before(memories(parsed), source, target, watch, encoder=parsed.encoder)
        alignment = align_columns(
            source,
            target,
            lexicon=knowledge.lexicon,
            witnesses=knowledge.witnesses,
            progress=lambda done, total: watch.tell("Aligning", done, total),
        )
    for note in knowledge.notes:
        tell(note)
    tell_quality(alignment.quality)
    with output(parsed.out) as out:
        for bead in alignment.beads:
            print_line(json.dumps(_bead_record(bead)), out)
    return 0


def _bead_record(bead: Bead) -> list[object]:
    source = list(range(bead.source_start, bead.source_end))
    target = list(range(bead.target_start, bead.target_end))
    return [source, target, round(bead.confidence, 4)]


def _check(parsed: argparse.Namespace) -> int:
    from reviewer.model import Severity
    from reviewer.review.tasks.reading import checked
    from reviewer.review.tasks.table import finding_record

    more = _rules(parsed.checklists or ())
    records: list[dict[str, Any]] = []
    worst, segments = Severity.NEUTRAL - 1, 0
    with watching() as watch:
        texts = read_pairs(parsed, watch)
        for number, text in enumerate(texts):
            for note in text[2].checklists.notes if text[2] else ():
                tell(note)
            result = checked(
                *text,
                watch,
                more,
                _known_terms(parsed, *text, watch),
                parsed.dictionaries,
                check_files=parsed.check_files or (),
            )
            for note in (*result.notes, *([result.trouble] if result.trouble else ())):
                tell(note)
            pairs = {pair.number: pair for pair in result.pairs}
            for finding in result.findings:
                record = finding_record(finding, pairs[finding.pair])
                records.append(record | {"document": number})
                worst = max(worst, finding.severity)
            segments += sum(len(pair.target) for pair in result.pairs)
    with output(parsed.out) as out:
        if parsed.sarif or parsed.json:
            print_line(_as_json(parsed, records, segments), out)
        else:
            _print_findings(records, out, several=len(texts) > 1)
    if parsed.fail_on is None:
        return 0
    return int(worst >= Severity[parsed.fail_on.upper()])


def _as_json(parsed: argparse.Namespace, records: list[dict[str, Any]], segments: int) -> str:
    """Return findings for programs: as SARIF, or as the command line's contract has them."""
    from reviewer.review.checking.sarif import sarif

    if parsed.sarif:
        return json.dumps(sarif(records, [str(file) for file in parsed.files]), indent=1)
    return json.dumps({"findings": records, "segments": segments}, ensure_ascii=False)


def _print_findings(records: Sequence[dict[str, Any]], out: TextIO, *, several: bool) -> None:
    for record in records:
        place = f"{record['segment']}:{record['start']}" if record["segment"] >= 0 else "-"
        place = f"{record['document']}:{place}" if several else place
        print_line(f"{place}\t{record['severity']}\t{record['check']}\t{record['message']}", out)
    print_line(counted(len(records), "finding"), out)


def _rules(files: Sequence[Path]) -> list[Rule]:
    """Return the rules of checklists that were named, and tell of those that cannot be used."""
    if not files:
        return []
    from reviewer.review.checking.rule_files import read_checklist

    rules: list[Rule] = []
    for path in files:
        checklist = read_checklist(path)
        rules += checklist.rules
        for note in checklist.notes:
            tell(note)
    return rules


def _check_pairs(parsed: argparse.Namespace) -> int:
    from reviewer.review.tasks.table import check_table

    with reading_lines(parsed.table) as lines, output(parsed.out) as out:
        for record in check_table(records(lines, parsed.table)):
            print_line(json.dumps(record, ensure_ascii=False), out)
    return 0


def _terms(parsed: argparse.Namespace) -> int:
    from reviewer.review.documents.knowledge import remembered_terms
    from reviewer.review.tasks.across import Compared, across
    from reviewer.review.tasks.reading import group_record, groups

    drifts, compared, known = [], [], None
    with watching() as watch:
        texts = read_pairs(parsed, watch)
        if parsed.written_termbase is not None:
            _write_termbase(parsed, texts[0][2])
        for number, (pairs, languages, opened) in enumerate(texts):
            by_number = {pair.number: pair for pair in pairs}
            known = _known_terms(parsed, pairs, languages, opened, watch).priors
            remembered = remembered_terms(memories(parsed), languages, watch)
            known = known.with_terms(remembered)
            found = groups(pairs, languages, watch, known)
            compared.append(Compared(number, pairs, languages, found))
            drifts += [
                group_record(group, by_number) | {"document": number}
                for group in found
                if parsed.all or not group.stray
            ]
        drifts += across(compared, watch, known)
    with output(parsed.out) as out:
        print_line(json.dumps({"drifts": drifts}, ensure_ascii=False, indent=1), out)
    return 0


def _known_terms(
    parsed: argparse.Namespace,
    pairs: Sequence[Pair],
    languages: tuple[str, str],
    opened: OpenedPairs | None,
    watch: Watch,
) -> KnownTerms:
    """Return what termbases know, those of a project too, and tell of what cannot be used."""
    from reviewer.review.terminology.term_knowledge import (
        known_terms,
        terms_of_files,
        with_dictionaries,
    )

    files = parsed.termbases or ()
    if opened is not None:
        known = known_terms(opened, watch, files)
    else:
        known = terms_of_files(files, pairs, languages, watch)
    if getattr(parsed, "dictd", False):
        known = with_dictionaries(known, pairs, languages, watch)
    for note in known.notes:
        tell(note)
    return known


def _write_termbase(parsed: argparse.Namespace, opened: OpenedPairs | None) -> None:
    """Write the termbase that the decisions of a project make up; raises ExportError."""
    from reviewer.formats.termbases import written
    from reviewer.formats.whole_file import replacing
    from reviewer.review.terminology.termbase import entries

    path = parsed.written_termbase
    if opened is None:
        raise UsageError("--export-termbase needs a project: decisions make its termbase.")
    if path.exists() and not parsed.force:
        message = f"“{path}” exists; --force replaces it."
        raise ExportError(message)
    concepts = [entry.concept for entry in entries(opened.state)]
    pieces = list(written(concepts, path, opened.languages))
    with replacing(path) as file:
        for piece in pieces:
            file.write(piece)
    tell(f"{len(concepts)} concepts: {path}")
