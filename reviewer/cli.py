"""The commands; a stage is imported only when its command runs.

Offsets are code points, numbers of segments and pairs start at 0, files are UTF-8. Exit status:
0 done, 1 findings at or above --fail-on, 2 bad input or usage, told in one line.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from contextlib import closing, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from reviewer import __version__
from reviewer.errors import (
    EncodingError,
    ExportError,
    LanguageError,
    ProjectFileError,
    ReviewerError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reviewer.checks.rule import Rule
    from reviewer.model import Bead, Pair
    from reviewer.review.disagreements import Disagreement
    from reviewer.review.importing import Imported
    from reviewer.review.opening import OpenedPairs
    from reviewer.review.pipeline import Column, Reading, Watch
    from reviewer.review.project import PairOfDocuments
    from reviewer.review.term_knowledge import KnownTerms
    from reviewer.settings import Settings

_COMMANDS = (
    *("new", "add", "align", "check", "check-pairs", "terms", "merge", "export", "export-log"),
    *("import-log", "copy", "share", "verify", "salvage"),
)
_RUN_CHECK = "run-check"
"""A command for this program alone: it runs a check file of the person in another process."""
_SEVERITIES = ("neutral", "minor", "major", "critical")


class UsageError(ReviewerError):
    """The command line asks for something that is not there."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        sentence = f"{self.prog}: {message}"
        raise UsageError(sentence)


def run(arguments: Sequence[str]) -> int:
    """Run one command; return 0, 1 or 2. Errors of the world are one line on standard error."""
    try:
        if arguments[:1] == [_RUN_CHECK]:
            return _run_check(arguments[1:])
        if arguments and arguments[0] in _COMMANDS:
            parsed = _parser().parse_args(arguments)
            _refuse_odd_tags(parsed)
            _refuse_out(parsed)
            _refuse_missing(parsed)
            return int(parsed.run(parsed))
        parsed = _window_parser().parse_args(arguments)
        _refuse_odd_tags(parsed)
        return _window(parsed)
    except EncodingError as error:
        _tell(f"{error} (--encoding NAME)")
        return 2
    except ReviewerError as error:
        _tell(str(error))
        return 2
    except BrokenPipeError:
        _give_up_output()
        return 0
    except OSError as error:
        _give_up_output()
        _tell(f"The output cannot be written: {error.strerror or type(error).__name__}.")
        return 2
    except KeyboardInterrupt:
        return 130


def _give_up_output() -> None:
    """Let what standard output still holds go nowhere: the flush at exit would complain again."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse_odd_tags(parsed: argparse.Namespace) -> None:
    from reviewer.text.languages import is_language_tag

    for name in ("source_language", "target_language"):
        tag = getattr(parsed, name, None)
        if tag is not None and not is_language_tag(tag):
            message = f"{tag[:40]!r} is no language tag; one looks like “fr” or “pt-BR”."
            raise LanguageError(message)


def _refuse_out(parsed: argparse.Namespace) -> None:
    """Refuse to write over what is read, and over a project."""
    out = getattr(parsed, "out", None)
    if out is None:
        return
    if out.suffix.lower() == ".bitext" and out.exists():
        message = f"“{out}” is a project; it is not written over."
        raise UsageError(message)
    given = [value for name, value in vars(parsed).items() if name != "out"]
    for value in given:
        for path in value if isinstance(value, list) else [value]:
            if isinstance(path, Path) and _is_same_file(path, out):
                message = f"“{out}” is what is read; it is not written over."
                raise UsageError(message)


def _refuse_missing(parsed: argparse.Namespace) -> None:
    """Refuse files and folders that are named and not there: who names them wants them."""
    names = ("memories", "termbases", "check_files")
    for path in chain.from_iterable(getattr(parsed, name, None) or () for name in names):
        if not path.is_file():
            message = f"“{path}” was not found."
            raise UsageError(message)
    if getattr(parsed, "encoder", None) is not None:
        from reviewer.align.encoder import encoder_files

        encoder_files(parsed.encoder)
    if getattr(parsed, "dictionaries", None) is not None:
        from reviewer.review.spelling import require_dictionaries

        require_dictionaries(parsed.dictionaries)


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()


# The parsers


def _window_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="reviewer",
        description="Review a translation beside its source.",
        epilog=f"Commands that need no window: {', '.join(_COMMANDS)}. "
        "Each explains itself with --help.",
    )
    parser.add_argument("--version", action="version", version=f"reviewer {__version__}")
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="a project, a bilingual file, or two texts"
    )
    _add_languages(parser)
    return parser


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="reviewer")
    commands = parser.add_subparsers(required=True, parser_class=_Parser)

    def add(name: str, run: Callable[[Any], int], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    _add_project_commands(add)
    _add_printing_commands(add)
    _add_sharing_commands(add)
    return parser


def _add_project_commands(add: Any) -> None:  # Any: argparse has no name for what `add` returns
    new = add("new", _new, "Make a project of a text and its translation.")
    new.add_argument("project", type=Path)
    _add_files(new)
    new.add_argument("--force", action="store_true", help="replace an existing project")
    _add_memories(new)
    _add_encoder(new)
    more = add("add", _add, "Bring another text and its translation into a project.")
    more.add_argument("project", type=Path)
    _add_files(more)
    more.add_argument(
        "--new-version-of",
        choices=("source", "target"),
        help="the one file is a new version of that side; decisions are carried over",
    )
    _add_document(more)
    _add_memories(more)
    _add_encoder(more)
    export = add("export", _export, "Write the corrected text in the original's format.")
    export.add_argument("project", type=Path)
    export.add_argument("out", type=Path)
    export.add_argument("--force", action="store_true", help="replace an existing file")
    _add_document(export)


def _add_document(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--document", type=int, default=1, metavar="N", help="which pair, from 1")


def _add_printing_commands(add: Any) -> None:  # Any: as above
    align = add("align", _align, "Print which sentences belong together, as JSON Lines.")
    _add_texts(align, segmented=True)
    _add_memories(align)
    _add_encoder(align)
    _add_out(align)
    check = add("check", _check, "Print what the checks see.")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _add_reading(check, segmented=True)
    _add_out(check)
    check.add_argument("--json", action="store_true")
    check.add_argument("--sarif", action="store_true")
    check.add_argument(
        "--checklist",
        dest="checklists",
        action="append",
        type=Path,
        metavar="FILE",
        help="rules to check as well (TOML, CSV, TSV, .xbckl); may be given several times",
    )
    _add_termbases(check)
    check.add_argument(
        "--check-file",
        dest="check_files",
        action="append",
        type=Path,
        metavar="FILE",
        help="a check of your own to run as well (Python); may be given several times",
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
    _add_reading(terms, segmented=True)
    _add_out(terms)
    terms.add_argument("--beads", type=Path, help="an alignment as `reviewer align` prints it")
    _add_memories(terms)
    _add_termbases(terms)
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


def _add_sharing_commands(add: Any) -> None:  # Any: as above
    merge = add("merge", _merge, "Load other people's reviews into a project.")
    merge.add_argument("project", type=Path)
    merge.add_argument("others", nargs="+", type=Path, metavar="OTHER")
    merge.add_argument("--only-look", action="store_true", help="say what would come; add nothing")
    _add_out(merge)
    log = add("export-log", _export_log, "Print every decision of a project, as JSON Lines.")
    log.add_argument("project", type=Path)
    _add_out(log)
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
    _add_out(share)
    verify = add("verify", _verify, "Say whether a project file is whole.")
    verify.add_argument("project", type=Path)
    _add_out(verify)
    salvage = add("salvage", _salvage, "Rescue what is left of a damaged project into a new one.")
    salvage.add_argument("file", type=Path)
    salvage.add_argument("project", type=Path)
    _add_out(salvage)


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, help="a text, or a file that holds both columns")
    parser.add_argument("target", type=Path, nargs="?", help="its translation")
    _add_reading(parser, segmented=False)


def _add_texts(parser: argparse.ArgumentParser, *, segmented: bool = False) -> None:
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    _add_reading(parser, segmented=segmented)


def _add_reading(parser: argparse.ArgumentParser, *, segmented: bool) -> None:
    _add_languages(parser)
    parser.add_argument(
        "--columns",
        type=_columns_of,
        metavar="S,T",
        help="of a bilingual table: the numbers of source and target, from 1",
    )
    if segmented:
        parser.add_argument("--segmented", action="store_true", help="a line is a segment")


def _add_languages(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="source_language", metavar="TAG", help="source language")
    parser.add_argument("--to", dest="target_language", metavar="TAG", help="target language")
    parser.add_argument("--encoding", help="of texts that are not UTF-8 or marked otherwise")
    parser.add_argument("--lines", choices=("breaks", "wrapped"), help="what a line break means")


def _columns_of(text: str) -> tuple[int, int]:
    """Return two numbers of columns, from 0."""
    numbers = [int(number) for number in text.split(",") if number.isdigit()]
    if len(numbers) != 2 or min(numbers) < 1 or numbers[0] == numbers[1]:
        message = f"{text[:40]!r} names no two columns; “1,2” does."
        raise argparse.ArgumentTypeError(message)
    return numbers[0] - 1, numbers[1] - 1


def _add_memories(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--memory",
        dest="memories",
        action="append",
        type=Path,
        metavar="FILE",
        help="a translation memory (TMX) to learn from; may be given several times",
    )


def _add_termbases(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--termbase",
        dest="termbases",
        action="append",
        type=Path,
        metavar="FILE",
        help="a termbase (TBX, CSV, TSV, XLSX, a list with tabs); may be given several times",
    )


def _add_encoder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--encoder", type=Path, metavar="FOLDER", help="a sentence encoder in ONNX to align with"
    )


def _add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")


# The window


def _window(parsed: argparse.Namespace) -> int:
    if len(parsed.files) > 2:
        raise UsageError("reviewer takes a project, a bilingual file, or two texts.")
    for name in parsed.files:
        if not Path(name).exists():
            message = f"“{name}” was not found; it is neither a file nor a command."
            raise UsageError(message)
    try:
        from reviewer.ui import app
    except ImportError as error:
        message = f"The window cannot be opened: {error}. The commands work without it."
        raise UsageError(message) from None
    return app.main(
        [Path(name) for name in parsed.files],
        source_language=parsed.source_language,
        target_language=parsed.target_language,
        encoding=parsed.encoding,
        lines=parsed.lines,
    )


# Projects


def _new(parsed: argparse.Namespace) -> int:
    from dataclasses import replace

    from reviewer.review.importing import ImportRequest, import_files
    from reviewer.settings import save_settings

    settings = _settings()
    request = ImportRequest(
        *_readings(parsed, parsed.source, parsed.target),
        project=parsed.project,
        reviewer=bytes.fromhex(settings.reviewer_id),
        reviewer_name=settings.reviewer_name,
        memories=_memories(parsed),
        encoder=parsed.encoder,
    )
    with _watching() as watch:
        imported = import_files(replace(request, replace=parsed.force), watch)
    if request.memories:
        known = [str(path) for path in request.memories]
        save_settings(settings.knowing(known))
    _tell_imported(parsed, imported)
    return 0


def _memories(parsed: argparse.Namespace) -> tuple[Path, ...]:
    """Return the memories that were named, with paths that hold from any folder."""
    return tuple(path.absolute() for path in parsed.memories or ())


def _add(parsed: argparse.Namespace) -> int:
    return _add_version(parsed) if parsed.new_version_of else _add_pair(parsed)


def _add_version(parsed: argparse.Namespace) -> int:
    from reviewer.model import Side
    from reviewer.review.opening import contents, open_review
    from reviewer.review.pipeline import Reading
    from reviewer.review.renewing import VersionRequest, read_version, take_version

    if parsed.target is not None:
        message = "A new version is one file: of the source, of the target, or of both columns."
        raise UsageError(message)
    settings = _settings()
    align_id = _chosen(contents(parsed.project), parsed).align_id
    file = Reading(parsed.source, parsed.encoding, parsed.lines)
    request = VersionRequest(
        parsed.project,
        align_id,
        Side(parsed.new_version_of),
        file,
        bytes.fromhex(settings.reviewer_id),
        known_memories=frozenset(settings.known_memories),
        encoder=parsed.encoder,
    )
    with _watching() as watch, closing(open_review(parsed.project, settings)) as review:
        version = read_version(request, watch)
        carried = take_version(review, version)
        if not review.flush():
            message = f"“{parsed.project}” cannot be written now; the decisions are kept."
            raise ProjectFileError(message)
    for note in version.notes:
        _tell(note)
    _tell(
        f"{_counted(len(carried.kept), 'decision')} carried over, "
        f"{len(carried.taken_over)} in the new version already, "
        f"{len(carried.proposals)} to look at, {len(carried.gone)} without a text."
    )
    return 0


def _add_pair(parsed: argparse.Namespace) -> int:
    from reviewer.review.importing import ImportRequest, import_files

    settings = _settings()
    request = ImportRequest(
        *_readings(parsed, parsed.source, parsed.target),
        project=parsed.project,
        reviewer=bytes.fromhex(settings.reviewer_id),
        add=True,
        memories=_memories(parsed) or None,
        known_memories=frozenset(settings.known_memories),
        encoder=parsed.encoder,
    )
    with _watching() as watch:
        imported = import_files(request, watch)
    _tell_imported(parsed, imported)
    return 0


def _export(parsed: argparse.Namespace) -> int:
    from reviewer.review.opening import contents, export_pair

    held = contents(parsed.project)
    chosen = _chosen(held, parsed)
    out = parsed.out / _file_name(chosen.export_name) if parsed.out.is_dir() else parsed.out
    try:
        done = export_pair(parsed.project, chosen.align_id, None, out, force=parsed.force)
    except ExportError as error:
        if len(held) == 1 or out.suffix.lower() == Path(chosen.export_name).suffix.lower():
            raise
        message = f"{error} --document N chooses another of the {len(held)} documents."
        raise ExportError(message) from None
    edits = _counted(done.edits + done.insertions, "edit")
    others = "in it" if done.made else f", {_counted(done.others, 'other change')}"
    _tell(f"{edits}{' ' * done.made}{others}: {out}")
    return 0


def _chosen(held: Sequence[PairOfDocuments], parsed: argparse.Namespace) -> PairOfDocuments:
    """Return the document pair that --document names; the first one without it."""
    number: int = parsed.document
    if not 1 <= number <= len(held):
        message = f"“{parsed.project}” holds {len(held)} document pairs; there is no {number}."
        raise UsageError(message)
    return held[number - 1]


def _file_name(label: str) -> str:
    """Return a document's label as a file's name; a foreign project may say anything."""
    name = label.replace("\\", "/").rsplit("/", 1)[-1]
    if name in {"", ".", ".."} or "\0" in name:
        message = f"{label[:60]!r} is no name of a file; give one."
        raise UsageError(message)
    return name


# What prints


def _align(parsed: argparse.Namespace) -> int:
    from reviewer.review.knowledge import known_before
    from reviewer.review.pipeline import align_columns

    source, target = _columns(parsed, parsed.source, parsed.target)
    with _watching() as watch:
        knowledge = known_before(_memories(parsed), source, target, watch, encoder=parsed.encoder)
        alignment = align_columns(
            source,
            target,
            lexicon=knowledge.lexicon,
            witnesses=knowledge.witnesses,
            progress=lambda done, total: watch.tell("Aligning", done, total),
        )
    for note in knowledge.notes:
        _tell(note)
    _tell_quality(alignment.quality)
    with _output(parsed.out) as out:
        for bead in alignment.beads:
            _print(json.dumps(_bead_record(bead)), out)
    return 0


def _bead_record(bead: Bead) -> list[object]:
    source = list(range(bead.source_start, bead.source_end))
    target = list(range(bead.target_start, bead.target_end))
    return [source, target, round(bead.confidence, 4)]


def _check(parsed: argparse.Namespace) -> int:
    from reviewer.model import Severity
    from reviewer.review.reading import checked
    from reviewer.review.sarif import sarif
    from reviewer.review.table import finding_record

    more = _rules(parsed.checklists or ())
    records: list[dict[str, Any]] = []
    worst, segments = Severity.NEUTRAL - 1, 0
    with _watching() as watch:
        texts = _pairs(parsed, watch)
        for number, text in enumerate(texts):
            for note in text[2].checklists.notes if text[2] else ():
                _tell(note)
            result = checked(
                *text,
                watch,
                more,
                _known_terms(parsed, *text, watch),
                parsed.dictionaries,
                check_files=parsed.check_files or (),
            )
            for note in (*result.notes, *([result.trouble] if result.trouble else ())):
                _tell(note)
            pairs = {pair.number: pair for pair in result.pairs}
            for finding in result.findings:
                record = finding_record(finding, pairs[finding.pair])
                records.append(record | {"document": number})
                worst = max(worst, finding.severity)
            segments += sum(len(pair.target) for pair in result.pairs)
    with _output(parsed.out) as out:
        if parsed.sarif:
            _print(json.dumps(sarif(records, [str(file) for file in parsed.files]), indent=1), out)
        elif parsed.json:
            _print(
                json.dumps({"findings": records, "segments": segments}, ensure_ascii=False), out
            )
        else:
            _print_findings(records, out, several=len(texts) > 1)
    if parsed.fail_on is None:
        return 0
    return int(worst >= Severity[parsed.fail_on.upper()])


def _known_terms(
    parsed: argparse.Namespace,
    pairs: Sequence[Pair],
    languages: tuple[str, str],
    opened: OpenedPairs | None,
    watch: Watch,
) -> KnownTerms:
    """Return what termbases know, those of a project too, and tell of what cannot be used."""
    from reviewer.review.term_knowledge import known_terms, terms_of_files, with_dictionaries

    files = parsed.termbases or ()
    if opened is not None:
        known = known_terms(opened, watch, files)
    else:
        known = terms_of_files(files, pairs, languages, watch)
    if getattr(parsed, "dictd", False):
        known = with_dictionaries(known, pairs, languages, watch)
    for note in known.notes:
        _tell(note)
    return known


def _run_check(arguments: Sequence[str]) -> int:
    from reviewer.review.check_file import run_check_file

    for path in arguments[:1]:
        run_check_file(Path(path))
    return 0


def _rules(files: Sequence[Path]) -> list[Rule]:
    """Return the rules of checklists that were named, and tell of those that cannot be used."""
    if not files:
        return []
    from reviewer.review.rule_files import read_checklist

    rules: list[Rule] = []
    for path in files:
        checklist = read_checklist(path)
        rules += checklist.rules
        for note in checklist.notes:
            _tell(note)
    return rules


def _print_findings(records: Sequence[dict[str, Any]], out: TextIO, *, several: bool) -> None:
    for record in records:
        place = f"{record['segment']}:{record['start']}" if record["segment"] >= 0 else "-"
        place = f"{record['document']}:{place}" if several else place
        _print(f"{place}\t{record['severity']}\t{record['check']}\t{record['message']}", out)
    _print(_counted(len(records), "finding"), out)


def _check_pairs(parsed: argparse.Namespace) -> int:
    from reviewer.review.table import check_table

    with _reading_lines(parsed.table) as lines, _output(parsed.out) as out:
        for record in check_table(_records(lines, parsed.table)):
            _print(json.dumps(record, ensure_ascii=False), out)
    return 0


def _terms(parsed: argparse.Namespace) -> int:
    from reviewer.review.knowledge import remembered_terms
    from reviewer.review.reading import group_record, groups

    drifts = []
    with _watching() as watch:
        texts = _pairs(parsed, watch)
        if parsed.written_termbase is not None:
            _write_termbase(parsed, texts[0][2])
        for number, (pairs, languages, opened) in enumerate(texts):
            by_number = {pair.number: pair for pair in pairs}
            known = _known_terms(parsed, pairs, languages, opened, watch).priors
            remembered = remembered_terms(_memories(parsed), languages, watch)
            known = known.with_terms(remembered)
            drifts += [
                group_record(group, by_number) | {"document": number}
                for group in groups(pairs, languages, watch, known)
                if parsed.all or not group.stray
            ]
    with _output(parsed.out) as out:
        _print(json.dumps({"drifts": drifts}, ensure_ascii=False, indent=1), out)
    return 0


def _write_termbase(parsed: argparse.Namespace, opened: OpenedPairs | None) -> None:
    """Write the termbase that the decisions of a project make up; raises ExportError."""
    from reviewer.formats.termbases import written
    from reviewer.review.export import replacing
    from reviewer.review.termbase import entries

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
    _tell(f"{len(concepts)} concepts: {path}")


# Sharing and rescue


def _merge(parsed: argparse.Namespace) -> int:
    from reviewer.review.loading import LoadRequest, load
    from reviewer.review.opening import disagreements

    request = LoadRequest(parsed.project, tuple(parsed.others), _reviewer(), parsed.only_look)
    loaded = load(request)
    with _output(parsed.out) as out:
        for person in loaded.reviewers:
            name = person.name or person.reviewer.hex()[:6]
            _print(f"{name}: {person.new} new, {person.already} already here", out)
        _print(f"{_counted(loaded.new, 'new decision')}, {loaded.already} already here", out)
        if loaded.displaced:
            _print(f"{loaded.displaced} on rows whose alignment changed", out)
        if parsed.only_look:
            _print(_counted(loaded.disagreements, "new disagreement"), out)
        else:
            _print_disagreements(disagreements(parsed.project), out)
        for note in loaded.notes:
            _print(note, out)
    return 0


def _print_disagreements(found: Sequence[Disagreement], out: TextIO) -> None:
    """Print a line for each: kind, document and pair, and who said what."""
    _print(_counted(len(found), "disagreement"), out)
    for each in found:
        place = "-" if each.document is None else f"{each.document}:{each.number}"
        said = (
            f"{version.authors[0][0]}: {version.what.format(*version.words)}"
            for version in each.versions
        )
        _print("\t".join((each.kind, place, *said)).replace("\n", " "), out)


def _export_log(parsed: argparse.Namespace) -> int:
    from reviewer import store

    with closing(store.open_project(parsed.project)) as project, _output(parsed.out) as out:
        for line in store.export_log(project):
            _print(line, out)
    return 0


def _import_log(parsed: argparse.Namespace) -> int:
    from reviewer import store

    with _reading_lines(parsed.file) as lines:
        result = store.import_log(parsed.project, lines)
    _tell(f"{_counted(result.new, 'new decision')}, {result.already} already here")
    for note in result.notes:
        _tell(note)
    return 0


def _copy(parsed: argparse.Namespace) -> int:
    from reviewer import store

    write = store.save_review if parsed.review_only else store.save_copy
    write(parsed.project, parsed.out)
    return 0


def _share(parsed: argparse.Namespace) -> int:
    from reviewer import store

    came, gone = store.exchange(parsed.project, parsed.folder)
    with _output(parsed.out) as out:
        _print(f"{came} came, {gone} shared", out)
    return 0


def _verify(parsed: argparse.Namespace) -> int:
    from reviewer import store

    report = store.verify(parsed.project)
    with _output(parsed.out) as out:
        for sentence in report.sentences:
            _print(sentence, out)
    return report.status


def _salvage(parsed: argparse.Namespace) -> int:
    from reviewer import store

    report = store.salvage(parsed.file, parsed.project)
    with _output(parsed.out) as out:
        for sentence in report.sentences:
            _print(sentence, out)
    return 0


# Input


def _readings(
    parsed: argparse.Namespace, source: Path, target: Path | None
) -> tuple[Reading, Reading]:
    """Return what is to be read; without a target, both columns of one file."""
    from reviewer.review.pipeline import Reading

    if target is None:
        _refuse_lone(source)
        target = source
    more, columns = (parsed.encoding, parsed.lines), parsed.columns or (None, None)
    return (
        Reading(source, *more, parsed.source_language, column=columns[0]),
        Reading(target, *more, parsed.target_language, column=columns[1]),
    )


def _refuse_lone(file: Path) -> None:
    """Refuse a text without its translation."""
    if file.exists() and not _is_bilingual(file):
        message = f"“{file}” holds one text; give its translation too."
        raise UsageError(message)


def _columns(parsed: argparse.Namespace, source: Path, target: Path) -> tuple[Column, Column]:
    from reviewer.review.pipeline import read_column
    from reviewer.review.reading import read_segmented

    read = read_segmented if parsed.segmented else read_column
    first, second = (read(reading) for reading in _readings(parsed, source, target))
    _tell_languages(parsed, first.document.language, second.document.language)
    return first, second


def _pairs(
    parsed: argparse.Namespace, watch: Watch
) -> list[tuple[Sequence[Pair], tuple[str, str], OpenedPairs | None]]:
    """Return the pairs and languages of each document of a project, or of two texts."""
    from reviewer.review.knowledge import known_before
    from reviewer.review.opening import read_all_pairs
    from reviewer.review.reading import paired

    if len(parsed.files) == 1 and _is_bilingual(parsed.files[0]):
        return [_pairs_of_one(parsed, watch)]
    if len(parsed.files) == 1:
        held = read_all_pairs(parsed.files[0])
        if len(held) > 1:
            names = (f"{number} {each.documents.title}" for number, each in enumerate(held))
            _tell(f"Documents: {', '.join(names)}")
        return [(opened.pairs, opened.languages, opened) for opened in held]
    if len(parsed.files) != 2:
        raise UsageError("Give one project or bilingual file, or a text and its translation.")
    columns = _columns(parsed, *parsed.files)
    beads = None
    if getattr(parsed, "beads", None):
        with _reading_lines(parsed.beads) as lines:
            beads = [line for line in lines if line.strip()]
    languages = (columns[0].document.language, columns[1].document.language)
    memories = tuple(getattr(parsed, "memories", None) or ())
    knowledge = known_before(memories, *columns, watch)
    for note in knowledge.notes:
        _tell(note)
    return [(paired(*columns, beads, watch, knowledge), languages, None)]


def _is_bilingual(path: Path) -> bool:
    from reviewer.formats import bilingual_reader_of

    return bilingual_reader_of(path.name) is not None


def _pairs_of_one(
    parsed: argparse.Namespace, watch: Watch
) -> tuple[Sequence[Pair], tuple[str, str], OpenedPairs | None]:
    """Return the pairs of a file that holds both columns."""
    from reviewer.review.bilingual import read_both, unit_beads
    from reviewer.review.reading import as_pairs

    columns = read_both(*_readings(parsed, parsed.files[0], None), watch)
    languages = (columns[0].document.language, columns[1].document.language)
    if not (columns[0].sure and columns[1].sure):
        _tell_languages(parsed, *languages)
    for note in columns[0].notes:
        _tell(note)
    beads = unit_beads(*columns, watch)
    return as_pairs(*columns, beads, shares_codes=True), languages, None


def _records(lines: Iterable[str], path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if not isinstance(record, dict):
            message = f"Line {number} of “{path}” is no JSON object."
            raise UsageError(message)
        yield record


@contextmanager
def _reading_lines(path: Path) -> Iterator[TextIO]:
    try:
        with path.open(encoding="utf-8") as file:
            yield file
    except OSError as error:
        message = f"“{path}” cannot be read: {error.strerror}."
        raise UsageError(message) from None
    except UnicodeDecodeError:
        message = f"“{path}” is not UTF-8."
        raise UsageError(message) from None


def _settings() -> Settings:
    from reviewer.settings import load_settings, save_settings, settings_file

    settings = load_settings()
    if not settings_file().exists():
        save_settings(settings)
    return settings


def _reviewer() -> bytes:
    return bytes.fromhex(_settings().reviewer_id)


# Output


@contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        if isinstance(sys.stdout, TextIO) or hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
        return
    from reviewer.review.export import replacing

    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
        yield text
        text.flush()
        text.detach()


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _print(line: str, out: TextIO) -> None:
    out.write(line.encode("utf-8", "replace").decode("utf-8") + "\n")


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)  # noqa: T201 - the contract of the command line


def _tell_imported(parsed: argparse.Namespace, imported: Imported) -> None:
    """Name what was assumed and noticed; a file that names its languages is taken at its word."""
    if parsed.target is not None or not imported.sure:
        _tell_languages(parsed, imported.source_language, imported.target_language)
    for note in imported.notes:
        _tell(note)
    if imported.quality is not None:
        _tell_quality(imported.quality)


def _tell_quality(quality: float) -> None:
    """Say where the alignment of two texts is hardly to be trusted, as the window does."""
    from reviewer.review.realigning import BADLY_ALIGNED, UNRELATED

    if quality < UNRELATED:
        _tell("These two texts hardly match; is one the translation of the other?")
    elif quality < BADLY_ALIGNED:
        _tell("Much of the alignment is a guess.")


def _tell_languages(parsed: argparse.Namespace, source: str, target: str) -> None:
    """Name what was assumed: a wrong guess must be seen."""
    for side, tag, given, option in (
        ("source", source, parsed.source_language, "--from"),
        ("target", target, parsed.target_language, "--to"),
    ):
        if given is None and tag == "und":
            _tell(f"The language of the {side} could not be told; {option} names it.")
        elif given is None:
            _tell(f"Assumed that the {side} is {tag}; {option} says otherwise.")


@contextmanager
def _watching() -> Iterator[Watch]:
    """Show progress on a terminal; keep silent where standard error goes elsewhere."""
    from reviewer.review.pipeline import Watch

    if not sys.stderr.isatty():
        yield Watch()
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None)
        yield Watch(
            lambda label, done, total: bars.update(
                task, description=label, completed=done, total=total
            )
        )
