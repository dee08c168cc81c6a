"""The commands that make a project, add to it, and write its corrected text."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.commands.arguments import (
    AddCommand,
    UsageError,
    add_encoder,
    add_files,
    add_memories,
)
from reviewer.commands.folders import folders_of, import_folders
from reviewer.commands.input import memories, own_settings, readings, reviewer_id
from reviewer.commands.output import counted, tell, tell_imported, watching
from reviewer.errors import ExportError, ProjectFileError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from reviewer.review.decisions.project import PairOfDocuments
    from reviewer.review.documents.importing import ImportRequest


def add_commands(add: AddCommand) -> None:
    """Add the commands of this file."""
    new = add("new", _new, "Make a project of a text and its translation.")
    new.add_argument("project", type=Path)
    add_files(new)
    new.add_argument("--force", action="store_true", help="replace an existing project")
    add_memories(new)
    add_encoder(new)
    more = add("add", _add, "Bring another text and its translation into a project.")
    more.add_argument("project", type=Path)
    add_files(more)
    more.add_argument(
        "--new-version-of",
        choices=("source", "target"),
        help="the one file is a new version of that side; decisions are carried over",
    )
    _add_document(more)
    add_memories(more)
    add_encoder(more)
    export = add("export", _export, "Write the corrected text in the original's format.")
    export.add_argument("project", type=Path)
    export.add_argument("out", type=Path)
    export.add_argument(
        "--table",
        action="store_true",
        help="the review as a table: number, texts, status, comments (.docx, .xlsx, .html, .csv)",
    )
    export.add_argument("--force", action="store_true", help="replace an existing file")
    export.add_argument(
        "--states",
        action="store_true",
        help="say in a bilingual file's own states what is confirmed and what rejected",
    )
    _add_document(export)


def _add_document(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--document", type=int, default=1, metavar="N", help="which pair, from 1")


def _new(parsed: argparse.Namespace) -> int:
    from dataclasses import replace

    from reviewer.review.documents.importing import ImportRequest
    from reviewer.settings import save_settings

    settings = own_settings()
    request = ImportRequest(
        *readings(parsed, parsed.source, parsed.target),
        project=parsed.project,
        reviewer=bytes.fromhex(settings.reviewer_id),
        reviewer_name=settings.reviewer_name,
        memories=memories(parsed),
        encoder=parsed.encoder,
    )
    request = replace(request, replace=parsed.force)
    _import(parsed, request)
    if request.memories:
        known = [str(path) for path in request.memories]
        save_settings(settings.knowing(known))
    return 0


def _import(parsed: argparse.Namespace, request: ImportRequest) -> None:
    """Import two files, one that holds both texts, or the pairs of folders."""
    from reviewer.review.documents.importing import import_files

    folders = folders_of(parsed)
    if folders:
        import_folders(parsed, folders, request)
        return
    with watching() as watch:
        imported = import_files(request, watch)
    tell_imported(parsed, imported)


def _add(parsed: argparse.Namespace) -> int:
    return _add_version(parsed) if parsed.new_version_of else _add_pair(parsed)


def _add_version(parsed: argparse.Namespace) -> int:
    from reviewer.model import Side
    from reviewer.review.checking.pipeline import Reading
    from reviewer.review.tasks.errands import contents
    from reviewer.review.tasks.opening import open_review
    from reviewer.review.tasks.renewing import VersionRequest, read_version, take_version

    if parsed.target is not None:
        message = "A new version is one file: of the source, of the target, or of both columns."
        raise UsageError(message)
    settings = own_settings()
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
    with watching() as watch, closing(open_review(parsed.project, settings)) as review:
        version = read_version(request, watch)
        carried = take_version(review, version)
        if not review.saving.flush():
            message = f"“{parsed.project}” cannot be written now; the decisions are kept."
            raise ProjectFileError(message)
    for note in version.notes:
        tell(note)
    tell(
        f"{counted(len(carried.kept), 'decision')} carried over, "
        f"{len(carried.taken_over)} in the new version already, "
        f"{len(carried.proposals)} to look at, {len(carried.gone)} without a text."
    )
    return 0


def _add_pair(parsed: argparse.Namespace) -> int:
    from reviewer.review.documents.importing import ImportRequest

    settings = own_settings()
    request = ImportRequest(
        *readings(parsed, parsed.source, parsed.target),
        project=parsed.project,
        reviewer=bytes.fromhex(settings.reviewer_id),
        add=True,
        memories=memories(parsed) or None,
        known_memories=frozenset(settings.known_memories),
        encoder=parsed.encoder,
    )
    _import(parsed, request)
    return 0


def _export(parsed: argparse.Namespace) -> int:
    from reviewer.review.documents.export import Wishes
    from reviewer.review.saving import Unsaved
    from reviewer.review.tasks.errands import contents, export_pair

    held = contents(parsed.project)
    chosen = _chosen(held, parsed)
    out = parsed.out / _file_name(chosen.export_name) if parsed.out.is_dir() else parsed.out
    try:
        what = "table" if parsed.table else "terms" if out.suffix.lower() == ".tbx" else ""
        wishes = Wishes(states=parsed.states, what=what)
        me = Unsaved(viewer=reviewer_id())
        done = export_pair(
            parsed.project, chosen.align_id, me, out, force=parsed.force, wishes=wishes
        )
    except ExportError as error:
        if len(held) == 1 or out.suffix.lower() == Path(chosen.export_name).suffix.lower():
            raise
        message = f"{error} --document N chooses another of the {len(held)} documents."
        raise ExportError(message) from None
    if what == "terms":
        tell(f"{counted(done.edits, 'concept')}: {out}")
        return 0
    edits = counted(done.edits + done.insertions, "edit")
    others = "in it" if done.made else f", {counted(done.others, 'other change')}"
    states = f", {counted(done.states, 'state')}" if parsed.states and not done.made else ""
    tell(f"{edits}{' ' * done.made}{states}{others}: {out}")
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
