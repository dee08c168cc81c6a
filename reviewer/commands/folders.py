"""Folders of pairs on the command line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer.commands.arguments import UsageError
from reviewer.commands.output import counted, tell, tell_languages, watching

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from reviewer.review.checking.pipeline import Reading
    from reviewer.review.documents.folders import Matched
    from reviewer.review.documents.importing import ImportRequest

_MOST_TOLD = 20


def folders_of(parsed: argparse.Namespace) -> tuple[Path, ...]:
    """Return the folders that were named in place of files; empty where files were."""
    named = [path for path in (parsed.source, parsed.target) if path is not None]
    are_folders = [path.is_dir() for path in named]
    if any(are_folders) and not all(are_folders):
        raise UsageError("Give a folder of pairs, two folders, or two files.")
    return tuple(named) if all(are_folders) else ()


def import_folders(
    parsed: argparse.Namespace, folders: Sequence[Path], request: ImportRequest
) -> None:
    """Import the pairs of a folder, or of two; say which they are and what was left."""
    from reviewer.review.documents.folder_import import FolderRequest, import_pairs
    from reviewer.review.documents.folders import match

    matched = match(folders, parsed.source_language or "", parsed.target_language or "")
    _tell_matched(matched)
    if not matched.pairs:
        names = " and ".join(f"“{folder}”" for folder in folders)
        message = f"{names}: no two files belong together by their names."
        raise UsageError(message)
    asked = FolderRequest(request, readings_of(matched, request), folders[-1])
    with watching() as watch:
        imported = import_pairs(asked, watch)
    for note in imported.notes:
        tell(note)
    tell_languages(parsed, imported.source_language, imported.target_language)
    tell(f"{counted(imported.documents, 'pair')} of documents: {imported.project}")


def readings_of(matched: Matched, request: ImportRequest) -> tuple[tuple[Reading, Reading], ...]:
    """Return what is to be read; languages as they were given, else as the names tell them."""
    source, target = request.source, request.target
    languages = source.language or matched.languages[0], target.language or matched.languages[1]
    return tuple(
        (
            replace(source, path=pair.source, language=languages[0]),
            replace(target, path=pair.target, language=languages[1]),
        )
        for pair in matched.pairs
    )


def _tell_matched(matched: Matched) -> None:
    from reviewer.review.documents.folders import shown

    for pair in matched.pairs[:_MOST_TOLD]:
        tell(" + ".join(dict.fromkeys(shown(matched, path) for path in pair)))
    if len(matched.pairs) > _MOST_TOLD:
        tell(f"... and {counted(len(matched.pairs) - _MOST_TOLD, 'pair')} more")
    if matched.left:
        names = ", ".join(shown(matched, path) for path in matched.left[:_MOST_TOLD])
        more = ", ..." if len(matched.left) > _MOST_TOLD else ""
        tell(f"No counterpart: {names}{more}")
    others = [role for role in matched.roles if role not in {matched.source, matched.target}]
    if any(others):
        tell(f"Left out: {', '.join(filter(None, others))}; --from and --to choose.")
