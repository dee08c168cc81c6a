"""Many pairs of files into one project."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reviewer import paths, store
from reviewer.errors import Cancelled, FormatError, ProjectFileError, ReviewerError, system_reason
from reviewer.review.checking.pipeline import Watch
from reviewer.review.documents.bilingual import BY_KEYS
from reviewer.review.documents.importing import SUFFIX, Imported, ImportRequest, import_files

if TYPE_CHECKING:
    from pathlib import Path

    from reviewer.review.checking.pipeline import Reading

_MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class FolderRequest:
    """Make a project of pairs of files, or bring them into one.

    Attributes:
        request: of the first pair; the others are imported as it says. A `project` of None is
            one in `folder`, or among the person's projects where nothing can be written there.
        pairs: what is to be read of source and target, one of one file alike.
    """

    request: ImportRequest
    pairs: tuple[tuple[Reading, Reading], ...]
    folder: Path


def import_pairs(asked: FolderRequest, watch: Watch) -> Imported:
    """Import pair after pair; one that cannot be read is told among the notes and left out.

    A new project is made elsewhere and put in place when it is whole. Raises FormatError where
    none can be read; Cancelled; ReviewerError, which says what was added to a project before.
    """
    if asked.request.add:
        assert asked.request.project is not None
        return _import_into(asked.request.project, asked, watch)
    project = asked.request.project or _place(asked.folder)
    replaces = asked.request.replace
    with store.building(project, replace=replaces, hold=watch.writing) as path:
        imported = _import_into(path, asked, watch)
    return replace(imported, project=project)


def _import_into(project: Path, asked: FolderRequest, watch: Watch) -> Imported:
    made: list[Imported] = []
    names: list[str] = []
    notes: list[str] = []
    quiet = Watch(cancelled=watch.cancelled, hold=watch.hold)
    for number, (source, target) in enumerate(asked.pairs):
        watch.step("Importing documents", number, len(asked.pairs))
        add = asked.request.add or bool(made)
        request = replace(asked.request, source=source, target=target, project=project, add=add)
        try:
            made.append(import_files(request, quiet))
            names.append(target.path.name)
        except FormatError as error:
            notes.append(str(error))
        except Cancelled:
            raise
        except ReviewerError as error:
            if not (asked.request.add and names):
                raise
            message = f"{error} Added before: {_listed(names)}."
            raise ProjectFileError(message) from None
    if not made:
        message = notes[0] if len(notes) == 1 else f"None of the pairs can be read. {notes[0]}"
        raise FormatError(message)
    told = (note for imported in made for note in imported.notes if note != BY_KEYS)
    return replace(made[0], notes=tuple(dict.fromkeys((*notes, *told))), documents=len(made))


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_TOLD} more" if len(names) > _MOST_TOLD else ""
    return ", ".join(f"“{name}”" for name in names[:_MOST_TOLD]) + more


def _place(folder: Path) -> Path:
    """Return a free name for a project in a folder, else among the person's projects."""
    if not store.is_writable(folder):
        name, folder = folder.name, paths.projects_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"The folder “{folder}” cannot be made: {system_reason(error)}."
            raise ProjectFileError(message) from None
    else:
        name = folder.resolve().name
    name = name or "review"
    for number in range(1, 1000):
        path = folder / f"{name}{f' {number}' if number > 1 else ''}{SUFFIX}"
        if not path.exists():
            return path
    message = f"The folder “{folder}” holds too many projects of this name."
    raise ProjectFileError(message)
