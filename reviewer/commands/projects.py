"""The commands that make a project, add to it, and write its corrected text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.commands.arguments import (
    AddCommand,
    UsageError,
    add_encoder,
    add_files,
    add_memories,
)
from reviewer.commands.input import memories, own_settings, readings
from reviewer.commands.output import counted, tell, tell_imported, watching
from reviewer.errors import ExportError

if TYPE_CHECKING:
    import argparse


def add_commands(add: AddCommand) -> None:
    """Add the commands of this file."""
    new = add("new", _new, "Make a project of a text and its translation.")
    new.add_argument("project", type=Path)
    add_files(new)
    new.add_argument("--force", action="store_true", help="replace an existing project")
    add_memories(new)
    add_encoder(new)
    more = add("add", _add_pair, "Bring another text and its translation into a project.")
    more.add_argument("project", type=Path)
    add_files(more)
    add_memories(more)
    add_encoder(more)
    export = add("export", _export, "Write the corrected text in the original's format.")
    export.add_argument("project", type=Path)
    export.add_argument("out", type=Path)
    export.add_argument("--force", action="store_true", help="replace an existing file")
    export.add_argument("--document", type=int, default=1, metavar="N", help="which pair, from 1")


def _new(parsed: argparse.Namespace) -> int:
    from dataclasses import replace

    from reviewer.review.importing import ImportRequest, import_files
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
    with watching() as watch:
        imported = import_files(replace(request, replace=parsed.force), watch)
    if request.memories:
        known = [str(path) for path in request.memories]
        save_settings(settings.knowing(known))
    tell_imported(parsed, imported)
    return 0


def _add_pair(parsed: argparse.Namespace) -> int:
    from reviewer.review.importing import ImportRequest, import_files

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
    with watching() as watch:
        imported = import_files(request, watch)
    tell_imported(parsed, imported)
    return 0


def _export(parsed: argparse.Namespace) -> int:
    from reviewer.review.opening import contents, export_pair

    held = contents(parsed.project)
    if not 1 <= parsed.document <= len(held):
        message = (
            f"“{parsed.project}” holds {len(held)} document pairs; there is no {parsed.document}."
        )
        raise UsageError(message)
    chosen = held[parsed.document - 1]
    out = parsed.out / _file_name(chosen.export_name) if parsed.out.is_dir() else parsed.out
    try:
        done = export_pair(parsed.project, chosen.align_id, None, out, force=parsed.force)
    except ExportError as error:
        if len(held) == 1 or out.suffix.lower() == Path(chosen.export_name).suffix.lower():
            raise
        message = f"{error} --document N chooses another of the {len(held)} documents."
        raise ExportError(message) from None
    edits = counted(done.edits + done.insertions, "edit")
    others = "in it" if done.made else f", {counted(done.others, 'other change')}"
    tell(f"{edits}{' ' * done.made}{others}: {out}")
    return 0


def _file_name(label: str) -> str:
    """Return a document's label as a file's name; a foreign project may say anything."""
    name = label.replace("\\", "/").rsplit("/", 1)[-1]
    if name in {"", ".", ".."} or "\0" in name:
        message = f"{label[:60]!r} is no name of a file; give one."
        raise UsageError(message)
    return name
