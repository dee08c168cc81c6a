"""Whether another file is about the same as a project: its other copies, and sync conflicts."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import ProjectFileError
from reviewer.store import hardened, queries
from reviewer.store.chain import added_document
from reviewer.store.project import settle
from reviewer.store.telling import sensible

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

_CONFLICT = re.compile(
    r"[ _.(-].*(conflict|konflikt|conflit|conflitto|conflito|conflicto|conflicten|冲突|衝突|競合)"
    r"|\ ?\(\d{1,2}\)$|\ \d{1,2}$|-[^ ]{1,40}$",
    re.IGNORECASE,
)
"""What sync programs put behind the name of a file that two computers changed.

Dropbox "(x's conflicted copy 2026-11-27)", Nextcloud "(conflicted copy 2026-11-27 101500)" and
"_conflict-20261127-101500", Syncthing ".sync-conflict-20261127-101500-ABCDEFG", Seafile
"(SFConflict x 2026-11-27)", Resilio ".Conflict", OneDrive "-COMPUTER", Google Drive " (1)",
iCloud " 2". What they share with other names is decided by the project's id.
"""


@dataclass(frozen=True, slots=True)
class Kin:
    """What tells whether two files are about the same.

    Attributes:
        project_id: 32 hex digits.
        documents: ids, in hex, of the documents that its decisions are about.
        sessions: how many events of each session it holds, and the highest number among them.
    """

    project_id: str
    documents: frozenset[str]
    sessions: dict[bytes, tuple[int, int]]

    def is_akin(self, other: Kin) -> bool:
        """Return whether the decisions of one can be loaded into the other."""
        return self.project_id == other.project_id or bool(self.documents & other.documents)

    def brings(self, other: Kin) -> bool:
        """Return whether the other one holds events that are not here."""
        nothing = (0, 0)
        return any(
            count > self.sessions.get(session, nothing)[0]
            or highest > self.sessions.get(session, nothing)[1]
            for session, (count, highest) in other.sessions.items()
        )


def kin_of(path: Path) -> Kin:
    """Return what a file is about; header and schema are compared, no hash is.

    Enough for an offer; what is loaded is verified then. Raises ProjectFileError.
    """
    settle(path)
    with sensible(path), closing(hardened.open_hardened(path)) as connection:
        return _read(connection)


def _read(connection: sqlite3.Connection) -> Kin:
    added = queries.read_events(connection, "WHERE kind = ?", ("doc.add",))
    counts = connection.execute("SELECT session, count(*), max(seq) FROM event GROUP BY session")
    return Kin(
        queries.read_meta(connection).get("project_id", ""),
        frozenset(added_document(event.body)[0] for event in added),
        {session: (count, highest) for session, count, highest in counts},
    )


def project_id_of(path: Path) -> str:
    """Return which project a file says it is; raises ProjectFileError."""
    return kin_of(path).project_id


def are_akin(path: Path, other: Path) -> bool:
    """Return whether another file's decisions can be loaded into a project; never fails."""
    try:
        return not path.samefile(other) and kin_of(path).is_akin(kin_of(other))
    except (OSError, ProjectFileError):
        return False


def is_conflict_name(name: str, other: str) -> bool:
    """Return whether one of two names without suffix is what a sync program makes of the other."""
    short, long = sorted((name, other), key=len)
    return long.startswith(short) and bool(_CONFLICT.match(long, len(short)))


def conflicted_copies(path: Path) -> tuple[Path, ...]:
    """Return files beside a project that a sync program made of it and that hold more than it.

    Raises ProjectFileError where the project itself cannot be read, OSError for its folder.
    """
    beside = [
        other
        for other in sorted(path.parent.glob(f"*{path.suffix}"))
        if other != path and is_conflict_name(path.stem, other.stem)
    ]
    if not beside:
        return ()
    ours = kin_of(path)
    return tuple(other for other in beside if _is_copy(ours, other))


def _is_copy(ours: Kin, other: Path) -> bool:
    try:
        theirs = kin_of(other)
    except ProjectFileError:
        return False
    return theirs.project_id == ours.project_id and ours.brings(theirs)
