"""The outbox: every own event on the local disk, before it goes to the project file.

`<data folder>/outbox/<project id>/<session>.jsonl`, one event a line; an alignment that was made
anew is a line of its own before the events that name it. What the project file loses (a sync
client, an old copy put back, a stick pulled out) is put back from here.
"""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

from reviewer import paths
from reviewer.model import Event
from reviewer.store import packing
from reviewer.store.hardened import sync_folder
from reviewer.store.sealing import from_line, to_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from io import FileIO
    from pathlib import Path

    from reviewer.store.rows import NewAlignment

_PROJECT_ID = re.compile(r"[0-9a-f]{32}")
_KEPT_SECONDS = 90 * 24 * 60 * 60
_KEPT_OPENINGS = 2


def outbox_root() -> Path:
    """Return the folder that holds the outbox of every project."""
    return paths.data_folder() / "outbox"


def is_project_id(text: str) -> bool:
    """Return whether a text has the form of a project id; only then it may name a folder."""
    return bool(_PROJECT_ID.fullmatch(text))


def project_folder(project_id: str, root: Path | None = None) -> Path:
    """Return the outbox folder of a project; raises ValueError for what is no project id."""
    if not is_project_id(project_id):
        raise ValueError("a project id has 32 hex digits")
    return (root or outbox_root()) / project_id


def knows(project_id: str, root: Path | None = None) -> bool:
    """Return whether somebody on this computer has decided anything in a project."""
    return is_project_id(project_id) and project_folder(project_id, root).is_dir()


class Outbox:
    """The outbox file of one session; made at the first write."""

    def __init__(self, folder: Path, session: bytes) -> None:
        self._path = folder / f"{session.hex()}.jsonl"
        self._file: FileIO | None = None
        self._whole = 0

    def write(self, entries: Sequence[Event | NewAlignment]) -> None:
        """Append events and alignments and wait until they are on the disk; raises OSError.

        After an error the file is cut back to its last whole line, so that nothing is half.
        """
        if self._file is None:
            self._file = self._create()
        lines = "".join(_line(entry) + "\n" for entry in entries).encode()
        try:
            rest = memoryview(lines)
            while rest:
                rest = rest[self._file.write(rest) :]
            os.fsync(self._file.fileno())
        except OSError:
            self._cut_back()
            raise
        self._whole += len(lines)

    def _create(self) -> FileIO:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("ab", buffering=0)
        sync_folder(self._path.parent)
        sync_folder(self._path.parent.parent)
        self._whole = file.seek(0, os.SEEK_END)
        if self._whole:  # an earlier write broke off; its half line ends here
            self._whole += file.write(b"\n")
        return file

    def _cut_back(self) -> None:
        assert self._file is not None
        try:
            os.ftruncate(self._file.fileno(), self._whole)
        except OSError:
            self.close()

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _line(entry: Event | NewAlignment) -> str:
    return to_line(entry) if isinstance(entry, Event) else packing.to_line(entry)


def outbox_events(folder: Path) -> Iterator[Event]:
    """Yield the whole and true events of all sessions in an outbox folder."""
    for path in sorted(folder.glob("*.jsonl")):
        yield from read_lines(path)


def read_lines(path: Path) -> Iterator[Event]:
    """Yield the whole and true events of one outbox file; a half line is passed over."""
    with path.open("rb") as file:
        for line in file:
            event = None if packing.is_alignment(line) else from_line(line)
            if event is not None:
                yield event


def outbox_alignments(folder: Path) -> Iterator[NewAlignment]:
    """Yield the whole and true alignments of all sessions in an outbox folder."""
    for path in sorted(folder.glob("*.jsonl")):
        yield from read_alignments(path)


def read_alignments(path: Path) -> Iterator[NewAlignment]:
    """Yield the whole and true alignments of one outbox file."""
    with path.open("rb") as file:
        for line in file:
            new = packing.from_line(line) if packing.is_alignment(line) else None
            if new is not None:
                yield new


def tidy(folder: Path, present: Collection[str]) -> None:
    """Note that the project held everything of these sessions; drop what is old and safe.

    A session's file goes when the project was seen to hold it at two openings, and nothing was
    added to it for 90 days. `present` holds file stems.
    """
    for stem in present:
        path, note = folder / f"{stem}.jsonl", folder / f"{stem}.seen"
        openings = len(note.read_bytes()) if note.exists() else 0
        old = time.time() - path.stat().st_mtime > _KEPT_SECONDS
        if openings >= _KEPT_OPENINGS and old:
            path.unlink()
            note.unlink()
        elif openings < _KEPT_OPENINGS:
            with note.open("ab") as file:
                file.write(b".")
