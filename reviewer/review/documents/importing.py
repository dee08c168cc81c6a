"""From two files, or one that holds both columns, to a project file, or into one."""

from __future__ import annotations

import gc
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reviewer import paths, store
from reviewer.errors import FormatError, ProjectFileError, system_reason
from reviewer.formats.keyed import WITH
from reviewer.review.checking.pipeline import Column, Reading, Watch, align_columns, read_column
from reviewer.review.decisions.fold import State
from reviewer.review.decisions.project import MEMORIES, memories_of
from reviewer.review.documents.bilingual import (
    RECIPE,
    is_by_key,
    is_one_file,
    is_paired,
    read_both,
    read_by_key,
    unit_beads,
)
from reviewer.review.documents.knowledge import known_before, usable_memories

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reviewer.align import Lesson
    from reviewer.model import Bead, Document
    from reviewer.review.documents.knowledge import Knowledge

SUFFIX = ".bitext"


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """Make a project of two files, or of one that holds both: `source` and `target` name it.

    Attributes:
        project: where it goes; None for beside the target file.
        reviewer: 16 bytes; `reviewer_name` may be empty.
        add: bring the documents into the existing project instead of making one.
        replace: an existing file at `project` gives way.
        memories: TMX files that help to align, and that a new project remembers; None, when
            adding, for those that the project names and the person knows.
        known_memories: paths of memories that the person chose on this computer: a project may
            come from anywhere, and no other path in it is ever opened.
        encoder: folder of a sentence encoder; None for none.
    """

    source: Reading
    target: Reading
    project: Path | None
    reviewer: bytes
    reviewer_name: str = ""
    add: bool = False
    replace: bool = False
    memories: tuple[Path, ...] | None = None
    known_memories: frozenset[str] = frozenset()
    encoder: Path | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """A project was made, or was there already for these documents.

    Attributes:
        sure: whether both languages were given or could be told with confidence.
        bilingual: the documents are the columns of one file, or paired by their keys.
        documents: how many pairs of documents came in.
        quality: how well the two texts match, 0-1 (`align.Alignment`); None where the file says
            what corresponds, or the pairs were there already.
    """

    project: Path
    existed: bool
    source_language: str
    target_language: str
    sure: bool
    notes: tuple[str, ...] = ()
    bilingual: bool = False
    quality: float | None = None
    documents: int = 1


def import_files(request: ImportRequest, watch: Watch) -> Imported:
    """Read, segment and align two files and write a project; raises ReviewerError, Cancelled.

    Nothing is written before the alignment is done; a project of the same two documents that
    lies there already is opened instead of making another.
    """
    with uncollected():
        source, target = read_columns(request.source, request.target, watch)
        return import_columns(request, source, target, watch)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector away from what makes no cycles: it costs a tenth to a third."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def import_columns(
    request: ImportRequest, source: Column, target: Column, watch: Watch
) -> Imported:
    """Align two columns that were read and write a project, as `import_files` does."""
    place = None if request.add else _place(request, source, target)
    if isinstance(place, Existing):
        return _imported(place.path, source, target, existed=True)
    beads, quality, notes = _beads(request, source, target, watch)
    watch.step("Writing", 0, 1)
    with watch.writing():
        path = _write(request, place, source, target, beads, watch)
    imported = _imported(path, source, target, existed=False)
    imported = replace(imported, notes=(*imported.notes, *notes), quality=quality)
    if request.project is None and request.target.text is None and not _beside(path, request):
        elsewhere = f"Nothing can be written beside the translation; the project is “{path}”."
        imported = replace(imported, notes=(*imported.notes, elsewhere))
    return imported


def read_columns(source: Reading, target: Reading, watch: Watch) -> tuple[Column, Column]:
    """Read both columns, of two files or of one; raises FormatError, Cancelled."""
    if is_one_file(source, target):
        return read_both(source, target, watch)
    if is_by_key(source, target):
        return refuse_alike(*read_by_key(source, target, watch))
    watch.step("Reading", 0, 2, source.path.name)
    ours = read_column(source, watch)
    watch.step("Reading", 1, 2, target.path.name)
    theirs = read_column(target, watch)
    return refuse_alike(ours, theirs)


def refuse_alike(source: Column, target: Column) -> tuple[Column, Column]:
    """Return two columns; raises FormatError where they are the same text, or hold none."""
    if not source.segments and not target.segments:
        names = source.document.name, target.document.name
        message = f"“{names[0]}” and “{names[1]}” hold no text."
        raise FormatError(message)
    if source.document.original == target.document.original:
        message = f"“{source.document.name}” and “{target.document.name}” are the same text."
        raise FormatError(message)
    return source, target


def _beads(
    request: ImportRequest, source: Column, target: Column, watch: Watch
) -> tuple[tuple[Bead, ...], float | None, tuple[str, ...]]:
    """Return what belongs together, how well, and what the person may want to know of it."""
    if is_paired(request.source, request.target):
        return unit_beads(source, target, watch), None, ()
    knowledge = knowledge_for(request, source, target, watch)
    alignment = align_columns(
        source,
        target,
        lexicon=knowledge.lexicon,
        witnesses=knowledge.witnesses,
        progress=lambda done, total: watch.tell("Aligning", done, total),
        cancelled=watch.cancelled,
    )
    return alignment.beads, alignment.quality, knowledge.notes


def knowledge_for(
    request: ImportRequest, source: Column, target: Column, watch: Watch
) -> Knowledge:
    """Return what the memories and the pairs already in the project know of the documents."""
    memories: tuple[Path, ...] = request.memories or ()
    notes: tuple[str, ...] = ()
    lessons: list[Lesson] = []
    if request.add and request.project is not None:
        from reviewer.review.documents.lessons import project_lessons

        watch.step("Reading", 2, 2, request.project.name)
        languages = source.document.language, target.document.language
        with closing(store.open_project(request.project)) as project:
            state = State(project.events())
            lessons = project_lessons(project, state, *languages)
        if request.memories is None:
            memories, notes = usable_memories(memories_of(state), request.known_memories)
    knowledge = known_before(memories, source, target, watch, lessons, request.encoder)
    return replace(knowledge, notes=(*notes, *knowledge.notes))


def _beside(path: Path, request: ImportRequest) -> bool:
    return path.parent.absolute() == request.target.path.parent.absolute()


def _write(
    request: ImportRequest,
    place: Path | None,
    source: Column,
    target: Column,
    beads: tuple[Bead, ...],
    watch: Watch,
) -> Path:
    bilingual = is_paired(request.source, request.target)
    pair = store.ImportedPair(
        source.document,
        source.segments,
        target.document,
        target.segments,
        beads,
        RECIPE if bilingual else {},
        bilingual,
    )
    if place is not None:
        store.create_project(
            place,
            [pair],
            reviewer=request.reviewer,
            reviewer_name=request.reviewer_name,
            replace=request.replace,
            settings=_settings_of(request),
            check=watch.check,
        )
        return place
    assert request.project is not None
    store.add_pair(request.project, pair, reviewer=request.reviewer, check=watch.check)
    return request.project


def _settings_of(request: ImportRequest) -> dict[str, list[str]]:
    """Return the settings that a new project begins with."""
    return {MEMORIES: [str(path) for path in request.memories]} if request.memories else {}


class Existing:
    """A project of the same two documents, found where the new one was to go."""

    def __init__(self, path: Path) -> None:
        self.path = path


def _place(request: ImportRequest, source: Column, target: Column) -> Path | Existing:
    """Return where the project goes: the given path, else beside the target, else Documents.

    An existing project of the same documents, read the same way, is used; another one is left
    alone and the new one gets a number (`project-file.md`, "Where things live").
    """
    if request.project is not None:
        return request.project
    folder = request.target.path.parent
    if request.target.text is not None or not store.is_writable(folder):
        folder = paths.projects_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"The folder “{folder}” cannot be made: {system_reason(error)}."
            raise ProjectFileError(message) from None
    for number in range(1, 1000):
        name = request.target.path.stem + (f" {number}" if number > 1 else "")
        path = folder / f"{name}{SUFFIX}"
        if not path.exists():
            return path
        if _holds(path, request, source, target):
            return Existing(path)
    message = f"The folder “{folder}” holds too many projects of this name."
    raise ProjectFileError(message)


def _holds(path: Path, request: ImportRequest, source: Column, target: Column) -> bool:
    """Return whether a file is a project in which these two are aligned, in these roles."""
    wanted = ((request.source, source.document), (request.target, target.document))
    try:
        with closing(store.open_project(path, check="quick")) as project:
            documents = {document.doc_id: document for document in project.documents}
            return any(
                all(
                    doc_id in documents and _is_same(project, documents[doc_id], *side)
                    for doc_id, side in zip(ids, wanted, strict=True)
                )
                for ids in ((each.source_doc, each.target_doc) for each in project.alignments)
            )
    except ProjectFileError:
        return False


def _is_same(
    project: store.Project, stored: store.StoredDocument, reading: Reading, read: Document
) -> bool:
    """Return whether a stored document is these bytes, read this way, in no other language."""
    return (
        reading.language in {None, stored.language}
        and store.canonical(stored.recipe) == store.canonical(read.recipe)
        and project.original(stored.doc_id) == read.original
    )


def _imported(path: Path, source: Column, target: Column, *, existed: bool) -> Imported:
    return Imported(
        path,
        existed,
        source.document.language,
        target.document.language,
        source.sure and target.sure,
        (*source.notes, *target.notes),
        source.document.original is target.document.original or WITH in source.document.recipe,
    )
