"""Documents on their way through a shared folder: what was added after the project was shared.

    FOLDER/<project id>/documents.bitext           the project as it was when it was shared
    FOLDER/<project id>/<session>-<n>.documents    what an opening had beyond it; written once

Both are project files: a parcel holds documents, their originals and alignments, and the events
that name them. Everything of it is verified before a row is copied into the own project.
"""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import ProjectFileError
from reviewer.store import hardened, inserts, queries
from reviewer.store.hardened import transaction
from reviewer.store.merging import copy_documents
from reviewer.store.outbox import is_project_id
from reviewer.store.placing import new_file
from reviewer.store.project import check_connection, open_checked
from reviewer.store.refusals import Refusals
from reviewer.store.sealing import ID
from reviewer.store.soundness import refuse_other_project
from reviewer.store.telling import sensible, told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Set
    from pathlib import Path

    from reviewer.store.hardened import Stamp

DOCUMENTS = "documents.bitext"
SUFFIX = ".documents"
_MOST_FILES = 1000
_NAMING = (
    "WHERE kind IN ('doc.add', 'align.add', 'align.use', 'salvage.done')"
    f" OR substr(hash, 1, {ID}) = ?"
)


@dataclass(frozen=True, slots=True)
class _Holds:
    """What a file says it holds; verified before it is relied on."""

    stamp: Stamp
    documents: frozenset[bytes] = frozenset()
    alignments: frozenset[bytes] = frozenset()


class Parcels:
    """The documents of a shared project, as one opening of it sees them.

    Used by one thread. Methods raise OSError while the folder is out of reach, ProjectFileError
    where the project cannot be read or a file cannot be written.
    """

    def __init__(self, place: Path, path: Path, project_id: str, session: bytes) -> None:
        """Look at nothing yet.

        Args:
            place: the project's own part of the shared folder.
            path: the project file.
            project_id: 32 hex digits.
            session: of this opening; begins the names of the files that it writes.
        """
        if not is_project_id(project_id):
            raise ValueError("a project id has 32 hex digits")
        self._place = place
        self._path = path
        self._project_id = project_id
        self._session = session
        self._files: dict[Path, _Holds] = {}
        self._held: _Holds | None = None  # by the project itself
        self._refusals = Refusals()
        self._verified: dict[Path, tuple[Stamp, bool]] = {}  # and whether it was whole

    def take(self) -> int:
        """Copy into the project what it lacks and the folder has; return how many documents.

        What is not whole yet, or cannot be taken, is tried again later.
        """
        self._look()
        taken = 0
        for file, holds in self._files.items():
            if not holds.documents - self._own():
                self._refusals.forget(file)
            elif self._refusals.is_due(file, holds.stamp):
                try:
                    taken += take_documents(self._path, file)
                    self._held = None
                except ProjectFileError as error:
                    self._refusals.note(file, holds.stamp, error)
        return taken

    @property
    def refused(self) -> tuple[str, ...]:
        """Why files of the folder cannot be taken, for people; those on their way left out."""
        return self._refusals.sentences

    def send(self) -> int:
        """Write what the project has and the folder lacks into a new file; return how many.

        What stands in a parcel that is damaged is lacking: nobody can take it from there.
        """
        self._look()
        known = {id_ for holds in self._whole() for id_ in holds.documents}
        lacking = self._own() - known
        if lacking:
            write_parcel(self._path, self._free_name(), lacking)
            self._look()
        return len(lacking)

    def alignments(self) -> set[bytes]:
        """Return the ids of the alignments that stand in the folder with their documents."""
        self._look()
        return {id_ for holds in self._whole() for id_ in holds.alignments}

    def _whole(self) -> list[_Holds]:
        """Return what the files hold, without the damaged parcels of the project's documents."""
        own = self._own()
        return [
            holds
            for file, holds in self._files.items()
            if file.name == DOCUMENTS
            or not holds.documents & own
            or self._is_whole(file, holds.stamp)
        ]

    def _is_whole(self, file: Path, stamp: Stamp) -> bool:
        before, whole = self._verified.get(file, (None, False))
        if before != stamp:
            whole = _is_sound(file)
            self._verified[file] = stamp, whole
        return whole

    def _look(self) -> None:
        """Read what the files hold that are new or were written since."""
        found = {}
        there = set()
        for entry in sorted(self._place.iterdir())[:_MOST_FILES]:
            if entry.name == DOCUMENTS or entry.suffix == SUFFIX:
                there.add(entry)
                with suppress(OSError):  # half renamed by a sync client; it comes again
                    holds = self._read(entry)
                    if holds is not None:
                        found[entry] = holds
        self._files = found
        self._refusals.keep(there)

    def _read(self, file: Path) -> _Holds | None:
        """Return what a file says it holds; None for one that is half written, or too large."""
        stamp = hardened.stamp(file)
        known = self._files.get(file)
        if known is not None and known.stamp == stamp:
            return known
        if not self._refusals.is_due(file, stamp):
            return None
        try:
            return self._holds(file, known)
        except ProjectFileError as error:
            self._refusals.note(file, stamp, error)
            return None

    def _holds(self, file: Path, known: _Holds | None) -> _Holds:
        with told(file):
            stamp = hardened.stamp(file)
        if known is not None and known.stamp == stamp:
            return known
        with sensible(file), closing(hardened.open_hardened(file)) as connection:
            if queries.read_meta(connection).get("project_id") != self._project_id:
                return _Holds(stamp)
            alignments = queries.read_alignments(connection).values()
            return _Holds(
                stamp,
                frozenset(queries.read_document_ids(connection)),
                frozenset(alignment.align_id for alignment in alignments),
            )

    def _own(self) -> frozenset[bytes]:
        self._held = self._holds(self._path, self._held)
        return self._held.documents

    def _free_name(self) -> Path:
        names = (f"{self._session.hex()}-{number}{SUFFIX}" for number in range(1, _MOST_FILES))
        return next(self._place / name for name in names if not (self._place / name).exists())


def write_parcel(path: Path, out: Path, doc_ids: Set[bytes]) -> None:
    """Write documents of a project, and those they are aligned with, into a file of their own.

    It is verified before it has its name: a project that was damaged since it was opened sends
    nothing. Raises ProjectFileError.
    """
    with told(path), closing(hardened.open_hardened(path)) as source:
        meta = queries.read_meta(source)
        founder = bytes.fromhex(meta["project_id"])
        events = queries.read_events(source, _NAMING, (founder,))
        with new_file(out, named=out.parent.parent) as parcel:
            with transaction(parcel):
                inserts.insert_meta(parcel, meta)
                inserts.insert_events(parcel, events)
                copy_documents(source, parcel, only=_with_partners(source, doc_ids))
            check_connection(path, parcel, "full")


def _with_partners(source: sqlite3.Connection, doc_ids: Set[bytes]) -> set[bytes]:
    """Return documents and what they are aligned with: an alignment is verified with both."""
    pairs = (
        {alignment.source_doc, alignment.target_doc}
        for alignment in queries.read_alignments(source).values()
    )
    return set(doc_ids).union(*(pair for pair in pairs if pair & doc_ids))


def _is_sound(parcel: Path) -> bool:
    try:
        open_checked(parcel, write=False).close()
    except ProjectFileError:
        return False
    return True


def take_documents(path: Path, parcel: Path) -> int:
    """Copy into a project the documents of a file that it lacks; return how many.

    The file is verified to the last hash before. Raises ProjectFileError; then nothing was
    copied.
    """
    with (
        closing(open_checked(parcel, write=False)) as source,
        closing(hardened.open_hardened(path, write=True)) as connection,
    ):
        refuse_other_project(path, connection, queries.read_meta(source)["project_id"])
        before = queries.read_document_ids(connection)
        with told(path), transaction(connection):
            copy_documents(source, connection)
            inserts.insert_events(connection, queries.read_events(source))
        return len(queries.read_document_ids(connection) - before)
