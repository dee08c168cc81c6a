"""Taking part in a project that a colleague shares through a folder."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import PurePath
from typing import TYPE_CHECKING

from reviewer import paths, store
from reviewer.errors import ProjectFileError, system_reason
from reviewer.review.decisions.fold import State
from reviewer.review.decisions.project import document_pairs
from reviewer.store import is_shared_documents

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["is_shared_documents", "joined"]

_SUFFIX = ".bitext"
_LONGEST = 80
_MOST = 1000


def joined(documents: Path, known: Iterable[Path]) -> Path:
    """Return the own copy of a project that is shared; made now unless one is known.

    Args:
        documents: what the shared folder holds of the documents.
        known: projects that were open on this computer, newest first.

    Raises ProjectFileError.
    """
    project_id = documents.parent.name
    for path in known:
        with suppress(ProjectFileError):
            if path.exists() and store.project_id_of(path) == project_id:
                store.share_through(project_id, documents.parent.parent.absolute())
                return path
    with closing(store.open_project(documents)) as project:
        title = document_pairs(project, State(project.events()))[0].title
    folder = paths.projects_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"“{folder}” cannot be made: {system_reason(error)}."
        raise ProjectFileError(message) from None
    out = _free_name(folder, title)
    store.join(documents, out)
    return out


def _free_name(folder: Path, title: str) -> Path:
    """Return a name that is not taken; of the document's label only letters and digits are used.

    The label comes from somebody's file: it never chooses a folder or a kind of file.
    """
    label = PurePath(title).stem
    stem = "".join(c if c.isalnum() or c in " -_." else "_" for c in label)[:_LONGEST].strip(" .")
    stem = stem or "review"
    names = (f"{stem}{_SUFFIX}", *(f"{stem} {number}{_SUFFIX}" for number in range(2, _MOST)))
    free = next((name for name in names if not (folder / name).exists()), names[0])
    return folder / free
