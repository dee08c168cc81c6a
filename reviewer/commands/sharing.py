"""The commands that exchange decisions, copy projects and rescue them."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from reviewer.commands.arguments import AddCommand, UsageError, add_out
from reviewer.commands.input import reading_lines, reviewer_id
from reviewer.commands.output import counted, output, print_line, tell, watching

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from reviewer.review.decisions.agreement import Agreement
    from reviewer.review.decisions.disagreements import Disagreement


def add_commands(add: AddCommand) -> None:
    """Add the commands of this file."""
    merge = add("merge", _merge, "Load other people's reviews into a project.")
    merge.add_argument("project", type=Path)
    merge.add_argument("others", nargs="+", type=Path, metavar="OTHER")
    merge.add_argument("--only-look", action="store_true", help="say what would come; add nothing")
    add_out(merge)
    agreement = add("agreement", _agreement, "Say how far the reviewers of a project agree.")
    agreement.add_argument("project", type=Path)
    add_out(agreement)
    agreement.add_argument("--json", action="store_true", help="for programs")
    table = add("import-table", _import_table, "Take over a table of the review that was edited.")
    table.add_argument("project", type=Path)
    table.add_argument("file", type=Path, help="a table: DOCX, XLSX, HTML, CSV or TSV")
    table.add_argument("--by", default="", metavar="NAME", help="who edited it")
    table.add_argument("--only-look", action="store_true", help="say what would come; add nothing")
    table.add_argument("--document", type=int, default=1, metavar="N", help="which pair, from 1")
    add_out(table)
    log = add("export-log", _export_log, "Print every decision of a project, as JSON Lines.")
    log.add_argument("project", type=Path)
    add_out(log)
    load = add("import-log", _import_log, "Add decisions that export-log printed.")
    load.add_argument("project", type=Path)
    load.add_argument("file", type=Path)
    copy = add("copy", _copy, "Copy a project, also while it is open, or the decisions alone.")
    copy.add_argument("project", type=Path)
    copy.add_argument("out", type=Path, metavar="OUT")
    copy.add_argument("--review-only", action="store_true", help="without the documents")
    share = add("share", _share, "Exchange decisions with a shared folder, once.")
    share.add_argument("project", type=Path)
    share.add_argument("folder", type=Path)
    add_out(share)
    verify = add("verify", _verify, "Say whether a project file is whole.")
    verify.add_argument("project", type=Path)
    add_out(verify)
    salvage = add("salvage", _salvage, "Rescue what is left of a damaged project into a new one.")
    salvage.add_argument("file", type=Path)
    salvage.add_argument("project", type=Path)
    add_out(salvage)


def _merge(parsed: argparse.Namespace) -> int:
    from reviewer.review.tasks.errands import disagreements
    from reviewer.review.tasks.loading import LoadRequest, load

    request = LoadRequest(parsed.project, tuple(parsed.others), reviewer_id(), parsed.only_look)
    loaded = load(request)
    with output(parsed.out) as out:
        for person in loaded.reviewers:
            name = person.name or person.reviewer.hex()[:6]
            print_line(f"{name}: {person.new} new, {person.already} already here", out)
        print_line(f"{counted(loaded.new, 'new decision')}, {loaded.already} already here", out)
        if loaded.displaced:
            print_line(f"{loaded.displaced} on rows whose alignment changed", out)
        if parsed.only_look:
            print_line(counted(loaded.disagreements, "new disagreement"), out)
        else:
            _print_disagreements(disagreements(parsed.project), out)
        for note in loaded.notes:
            print_line(note, out)
    return 0


def _print_disagreements(found: Sequence[Disagreement], out: TextIO) -> None:
    """Print a line for each: kind, document and pair, and who said what."""
    print_line(counted(len(found), "disagreement"), out)
    for each in found:
        place = "-" if each.document is None else f"{each.document}:{each.number}"
        said = (
            f"{version.authors[0][0]}: {version.what.format(*version.words)}"
            for version in each.versions
        )
        print_line("\t".join((each.kind, place, *said)).replace("\n", " "), out)


def _agreement(parsed: argparse.Namespace) -> int:
    from reviewer.review.documents.agreement_report import record
    from reviewer.review.tasks.errands import agreement

    with watching() as watch:
        watch.step("Reading", 0, 1)
        found = agreement(parsed.project, None, watch)
    with output(parsed.out) as out:
        if parsed.json:
            print_line(json.dumps(record(found), ensure_ascii=False), out)
            return 0
        for judge in found.judges:
            print_line(f"{judge.name}: {counted(judge.judged, 'pair')} judged", out)
        for each in found.pairs:
            _print_agreement(each, out)
    return 0


def _print_agreement(found: Agreement, out: TextIO) -> None:
    """Print what two reviewers agree about, and a line for each pair of which they do not."""
    from reviewer.review.documents.agreement_report import decimals, percent

    names = found.first.name, found.second.name
    print_line(
        f"{names[0]}, {names[1]}: {counted(found.both, 'pair')} judged by both, "
        f"{percent(found.observed)} the same verdict, kappa {decimals(found.kappa)}, "
        f"{found.same_text} with the same translation",
        out,
    )
    if found.issues is not None:
        print_line(
            f"{counted(found.issues.pairs, 'pair')} with issues, {found.issues.same} of the same "
            f"categories, penalties {found.issues.penalties[0]} and {found.issues.penalties[1]}, "
            f"{decimals(found.issues.difference)} apart in a pair",
            out,
        )
    for apart in found.apart:
        place = "-" if apart.document is None else f"{apart.document}:{apart.number}"
        said = [f"{n}: {v.value}" for n, v in zip(names, apart.said, strict=True)]
        more = ("other translations",) if apart.texts else ()
        print_line("\t".join((place, *said, *more)).replace("\n", " "), out)


def _import_table(parsed: argparse.Namespace) -> int:
    """Say what a table changes, pairs with the numbers of its "#" column, and take it over."""
    from reviewer.review.tasks.errands import compare_table, contents, take_table

    held = contents(parsed.project)
    if not 1 <= parsed.document <= len(held):
        message = f"“{parsed.project}” holds {len(held)} document pairs; there is no such pair."
        raise UsageError(message)
    align_id = held[parsed.document - 1].align_id
    compared = compare_table(parsed.project, align_id, None, parsed.file)
    wanted = [each for each in compared.proposed if not each.is_doubtful]
    with output(parsed.out) as out:
        for each in compared.proposed:
            left = "empty" if each.is_emptying else "stood here before"
            why = f" ({left}; left alone)" if each.is_doubtful else ""
            line = f"{each.number + 1}\t{each.kind}\t{each.now}\t{each.then}{why}"
            print_line(line.replace("\n", " "), out)
        count, word = len(wanted), "would come"
        if not parsed.only_look:
            me = reviewer_id()
            count = take_table(parsed.project, align_id, wanted, me, parsed.by)
            word = "taken"
        print_line(f"{counted(count, 'change')} {word}, {compared.alike} rows alike", out)
        for number in compared.locked:
            print_line(f"Pair {number + 1} is locked in the file and stays.", out)
        for row, text in compared.unmatched:
            print_line(f"Row {row} matches no pair: {text}", out)
    return 0


def _export_log(parsed: argparse.Namespace) -> int:
    from reviewer import store

    with closing(store.open_project(parsed.project)) as project, output(parsed.out) as out:
        for line in store.export_log(project):
            print_line(line, out)
    return 0


def _import_log(parsed: argparse.Namespace) -> int:
    from reviewer import store

    with reading_lines(parsed.file) as lines:
        result = store.import_log(parsed.project, lines)
    tell(f"{counted(result.new, 'new decision')}, {result.already} already here")
    for note in result.notes:
        tell(note)
    return 0


def _copy(parsed: argparse.Namespace) -> int:
    from reviewer import store

    write = store.save_review if parsed.review_only else store.save_copy
    write(parsed.project, parsed.out)
    return 0


def _share(parsed: argparse.Namespace) -> int:
    from reviewer import store

    came, gone = store.exchange(parsed.project, parsed.folder)
    with output(parsed.out) as out:
        print_line(f"{came} came, {gone} shared", out)
    return 0


def _verify(parsed: argparse.Namespace) -> int:
    from reviewer import store

    report = store.verify(parsed.project)
    with output(parsed.out) as out:
        for sentence in report.sentences:
            print_line(sentence, out)
    return report.status


def _salvage(parsed: argparse.Namespace) -> int:
    from reviewer import store

    report = store.salvage(parsed.file, parsed.project)
    with output(parsed.out) as out:
        for sentence in report.sentences:
            print_line(sentence, out)
    return 0
