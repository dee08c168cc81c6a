"""The live shared folder: everybody's events in files that only their writer touches.

    FOLDER/<project id>/documents.bitext   the project as it was when it was shared; written once
    FOLDER/<project id>/<session>.jsonl    one per opening: an event a line, as in the outbox
    FOLDER/<project id>/<session>.here     who is there; see `presence`
    FOLDER/<project id>/*.documents        what was added since; see `parcels`

Any sync client may keep the folder: since nobody writes another's file, no conflict can arise.
What is read is the union of all whole and true lines, whenever and however often they arrive.
The documents' file is for who joins: every event stands in somebody's lines as well. So does
every alignment that was made anew, before the events that put it in use.
"""

from __future__ import annotations

import os
import secrets
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer import paths
from reviewer.errors import ProjectFileError
from reviewer.model import Event
from reviewer.store import copying, hardened, inserts, packing, queries
from reviewer.store.chain import named_alignment
from reviewer.store.hardened import transaction
from reviewer.store.outbox import Outbox, is_project_id
from reviewer.store.parcels import DOCUMENTS, Parcels
from reviewer.store.project import open_checked
from reviewer.store.recovering import Lost, missing, missing_alignments
from reviewer.store.refusals import PATIENCE
from reviewer.store.rows import bead_row
from reviewer.store.sealing import ID, from_line
from reviewer.store.soundness import are_in_order
from reviewer.store.telling import sensible, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reviewer.store.rows import NewAlignment

_ONE_READING = 16 << 20
"""Bytes of one file that are read at once; the rest comes next time."""
_LONGEST_LINE = 64 << 20
_MOST_FILES = 10_000


class LiveFolder:
    """A project's part of a shared folder, as one opening of the project sees it.

    Used by one thread. Every method raises OSError while the folder is out of reach, and does
    what was left out when it is there again.
    """

    def __init__(self, folder: Path, path: Path, project_id: str, session: bytes) -> None:
        """Take part; nothing is read or written yet.

        Args:
            folder: the shared folder; the project's own is below it.
            path: the project file.
            project_id: 32 hex digits.
            session: of this opening; names the one file that it writes.
        """
        if not is_project_id(project_id):
            raise ValueError("a project id has 32 hex digits")
        self.place = folder / project_id
        self._path = path
        self._session = session
        self._parcels = Parcels(self.place, path, project_id, session)
        self._begin()

    def _begin(self) -> None:
        self._shared: set[bytes] = set()
        self._tails: dict[str, _Tail] = {}
        self._box = Outbox(self.place, self._session)
        self._came: list[Event] = []  # and not held against the project yet
        self._homeless: list[NewAlignment] = []  # the same, or of documents that are not here yet
        self._left: tuple[int, int] | None = None  # size and time of the own file as written
        self._told = False  # everything the project held at first
        self._unsent: ProjectFileError | None = None  # why documents could not be put there
        self._waits = 0  # looks until that is tried again
        self._joined = False

    @property
    def file(self) -> Path:
        """The one file that this opening writes."""
        return self.place / f"{self._session.hex()}.jsonl"

    def take_documents(self) -> int:
        """Copy into the project what documents it lacks; return how many.

        Raises ProjectFileError where the project cannot be read.
        """
        self._join()
        return self._parcels.take()

    def incoming(self) -> Lost:
        """Return events and alignments of the folder that the project file does not hold.

        Raises ProjectFileError where the project cannot be read.
        """
        self._join()
        # A drive that was unmounted leaves an empty folder in its place.
        if not self.place.is_dir():
            raise FileNotFoundError(str(self.place))
        if self._left is not None and self._own_file() != self._left:
            # An old state of the folder was put back: read all anew, and tell what is not there.
            self._box.close()
            self._begin()
            self._join()
        for entry in self._read():
            if isinstance(entry, Event):
                if entry.hash not in self._shared:
                    self._shared.add(entry.hash)
                    self._came.append(entry)
            elif entry.align_id not in self._shared:
                self._shared.add(entry.align_id)
                self._homeless.append(entry)
        return self._absent()

    def _join(self) -> None:
        """Have the project's own part of the folder there."""
        if self._joined:
            return
        # A folder that is out of reach is not made anew: its drive may be gone.
        if not self.place.parent.is_dir():
            raise FileNotFoundError(str(self.place.parent))
        self.place.mkdir(exist_ok=True)
        self._joined = True

    def _own_file(self) -> tuple[int, int]:
        try:
            status = self.file.stat()
        except FileNotFoundError:
            return (-1, -1)
        return status.st_size, status.st_mtime_ns

    def _read(self) -> Iterator[Event | NewAlignment]:
        for entry in sorted(self.place.iterdir())[:_MOST_FILES]:
            if entry.suffix == ".jsonl":
                with suppress(OSError):  # half renamed by a sync client; it comes again
                    yield from self._tails.setdefault(entry.name, _Tail()).read(entry)

    def _absent(self) -> Lost:
        """Return what came and the project lacks; where that cannot be told now, all waits."""
        events, alignments = self._came, self._homeless
        if not events and not alignments:
            return Lost()
        with sensible(self._path), closing(hardened.open_hardened(self._path)) as connection:
            sizes = {
                d.doc_id: d.segment_count for d in queries.read_documents(connection).values()
            }
            lacked = missing_alignments(connection, alignments)
            sound = tuple(new for new in lacked if _is_sound(new, sizes))
            lost = Lost(tuple(missing(connection, events)), sound)
        self._came = []
        self._homeless = [
            new for new in alignments if not {new.source_doc, new.target_doc} <= sizes.keys()
        ]
        return lost

    def publish(self, events: Iterable[Event]) -> int:
        """Append events that the folder does not hold; the first time also what is in the file.

        Documents that the folder lacks go before the events; where they cannot, `unsent` tells,
        and they follow. Return how many events. Raises ProjectFileError where the project cannot
        be read.
        """
        wanted = {event.hash: event for event in events if event.hash not in self._shared}
        if not self._told:
            wanted |= self._held()
        added = any(event.kind == "doc.add" for event in wanted.values())
        if not self._told or added or self._is_due():
            self._send_documents()
        if wanted:
            alignments = self._alignments_of(wanted.values())
            self._box.write((*alignments, *wanted.values()))
            self._left = self._own_file()
            self._shared.update(wanted, (new.align_id for new in alignments))
        self._told = True
        return len(wanted)

    def _is_due(self) -> bool:
        """Return whether documents that could not be sent are to be tried again."""
        self._waits -= 1
        return self._unsent is not None and self._waits <= 0

    def _send_documents(self) -> None:
        """Have the documents there, once for everybody, all of them verified."""
        documents = self.place / DOCUMENTS
        self._unsent = None
        try:
            if not documents.exists():
                self._put(documents)
            self._parcels.send()
        except ProjectFileError as error:
            self._unsent, self._waits = error, PATIENCE

    def _put(self, documents: Path) -> None:
        try:
            copying.save_copy(self._path, documents, whole=True)
        except ProjectFileError:
            if not documents.exists():  # else another one was quicker
                raise

    @property
    def unsent(self) -> ProjectFileError | None:
        """Why documents could not be put into the folder when that was last tried."""
        return self._unsent

    @property
    def refused(self) -> tuple[str, ...]:
        """Why documents of the folder cannot be taken, for people; see `Parcels.refused`."""
        return self._parcels.refused

    def _held(self) -> dict[bytes, Event]:
        with sensible(self._path), closing(hardened.open_hardened(self._path)) as connection:
            rows = queries.event_rows(connection)
            return {row[2]: Event(*row) for row in rows if row[2] not in self._shared}

    def _alignments_of(self, events: Iterable[Event]) -> list[NewAlignment]:
        """Return the alignments that events put in use and that who joins would not have."""
        named = {named_alignment(event.body) for event in events if event.kind == "align.use"}
        if not named:
            return []
        named -= self._parcels.alignments()
        with sensible(self._path), closing(hardened.open_hardened(self._path)) as connection:
            return [
                new
                for number, known in queries.read_alignments(connection).items()
                if known.align_id in named - self._shared
                for new in (queries.read_new_alignment(connection, number),)
            ]

    def close(self) -> None:
        """Let go of the file."""
        self._box.close()


@dataclass
class _Tail:
    """How far a file was read.

    Attributes:
        offset: where the first line begins that was not whole and true, in bytes.
        stamp: size and time of the file when it was read.
        waits: looks since, where a line was not true.
    """

    offset: int = 0
    stamp: tuple[int, int] = (-1, -1)
    waits: int = -1

    def changed(self, path: Path) -> bool:
        """Return whether a file looks otherwise than before, and note how it looks."""
        status = path.stat()
        now = (status.st_size, status.st_mtime_ns)
        same, self.stamp = now == self.stamp, now
        if now[0] < self.offset:
            self.offset = 0
        return not same

    def read(self, path: Path) -> Iterator[Event | NewAlignment]:
        """Yield the true events and alignments behind what was read.

        The place is kept before the first line that is not true: what a sync client has not
        written yet may stand there as zeros.
        """
        if not self.changed(path) and not self._is_due():
            return
        with path.open("rb") as file:
            file.seek(self.offset)
            data = file.read(_ONE_READING)
            if len(data) == _ONE_READING and b"\n" not in data:
                data += file.readline(_LONGEST_LINE)
        whole = data[: data.rfind(b"\n") + 1]
        if len(data) >= _ONE_READING and whole:
            self.stamp = (-1, -1)  # there is more
        self.waits = -1
        for line in whole.splitlines(keepends=True):
            entry = packing.from_line(line) if packing.is_alignment(line) else from_line(line)
            if entry is None and line.strip():
                self.waits = 0
            elif self.waits < 0:
                self.offset += len(line)
            if entry is not None:
                yield entry

    def _is_due(self) -> bool:
        if self.waits < 0:
            return False
        self.waits += 1
        return self.waits >= PATIENCE


def _is_sound(new: NewAlignment, sizes: Mapping[bytes, int]) -> bool:
    """Return whether the beads of an alignment fit the documents; its hash proves no sense."""
    rows = [bead_row(number, bead) for number, bead in enumerate(new.beads)]
    return are_in_order(rows, (sizes.get(new.source_doc, 0), sizes.get(new.target_doc, 0)))


# Which folder a project is shared through, on this computer


def shared_folder(project_id: str) -> Path | None:
    """Return the folder that a project is shared through from here; None for none."""
    try:
        name = _note(project_id).read_text("utf-8").strip()
    except (OSError, UnicodeError, ValueError):
        return None
    return Path(name) if name else None


def share_through(project_id: str, folder: Path | None) -> None:
    """Remember the folder for later openings, or with None forget it; raises ProjectFileError."""
    note = _note(project_id)
    with told(note):
        if folder is None:
            note.unlink(missing_ok=True)
            return
        note.parent.mkdir(parents=True, exist_ok=True)
        draft = note.with_suffix(".new")
        draft.write_text(str(folder), "utf-8")
        os.replace(draft, note)  # noqa: PTH105 - as Path.replace, which mypy knows less of


def _note(project_id: str) -> Path:
    if not is_project_id(project_id):
        raise ValueError("a project id has 32 hex digits")
    return paths.data_folder() / "shared" / f"{project_id}.txt"


def is_shared_documents(path: Path) -> bool:
    """Return whether a file is what a shared folder holds of the documents."""
    return path.name == DOCUMENTS and is_project_id(path.parent.name)


def exchange(path: Path, folder: Path) -> tuple[int, int]:
    """Exchange a project's events with a shared folder once.

    Return how many came and how many the folder lacked. Raises ProjectFileError.
    """
    with closing(open_checked(path, write=True)) as connection, told(path):
        project_id = queries.read_meta(connection)["project_id"]
    live = LiveFolder(folder, path, project_id, secrets.token_bytes(ID))
    with told(live.place), closing(live):
        live.take_documents()
        came = live.incoming()
        if came:
            with closing(open_checked(path, write=True)) as connection, transaction(connection):
                for new in came.alignments:
                    inserts.insert_new_alignment(connection, new)
                inserts.insert_events(connection, came.events)
        gone = live.publish(())
        if live.unsent is not None:
            raise live.unsent
        return len(came.events), gone


def join(documents: Path, out: Path) -> None:
    """Make an own copy of a project that is shared, and take part; raises ProjectFileError."""
    copying.save_copy(documents, out)
    share_through(documents.parent.name, documents.parent.parent.absolute())
