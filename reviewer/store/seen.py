"""How far a reader has read the log, so that it can ask for what came since."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewer.store import queries

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from reviewer.model import Event
    from reviewer.store.hardened import Stamp

_NEXT_SESSION = "SELECT min(session) FROM event WHERE session > ?"
_HIGHEST = "SELECT max(seq) FROM event WHERE session = ?"
_COUNT = "SELECT count(*) FROM event WHERE session = ?"
_ALL = "SELECT count(*) FROM event"


@dataclass(frozen=True, slots=True)
class Reach:
    """Of one session: how many events were read, and the highest number among them."""

    count: int
    highest: int


@dataclass(frozen=True)
class Seen:
    """What was read of a log.

    Attributes:
        sessions: reach of each session.
        hlc: the latest time among the events, 0 where there were none.
        stamp: of the file when it was read; None where it was not noted.
    """

    sessions: Mapping[bytes, Reach] = field(default_factory=dict)
    hlc: int = 0
    stamp: Stamp | None = None

    def with_events(self, events: Iterable[Event], stamp: Stamp | None) -> Seen:
        """Return what is known after these events, which were not known before."""
        sessions = dict(self.sessions)
        latest = self.hlc
        for event in events:
            old = sessions.get(event.session, Reach(0, 0))
            sessions[event.session] = Reach(old.count + 1, max(old.highest, event.seq))
            latest = max(latest, event.hlc)
        return Seen(sessions, latest, stamp)

    @property
    def count(self) -> int:
        """How many events were read."""
        return sum(reach.count for reach in self.sessions.values())


def newer_events(
    connection: sqlite3.Connection, seen: Seen, stamp: Stamp | None
) -> tuple[list[Event], Seen]:
    """Return the events that were not seen, and what is seen then.

    Sessions grow at their ends, which costs a look at each session. Where the counts tell that
    something came in between (a merge), the whole session is returned, known events included.
    """
    found: list[Event] = []
    for session in sessions(connection):
        known = seen.sessions.get(session, Reach(0, 0)).highest
        if highest(connection, session) > known:
            where = "WHERE session = ? AND seq > ?"
            found += queries.read_events(connection, where, (session, known))
    after = seen.with_events(found, stamp)
    (total,) = connection.execute(_ALL).fetchone()
    if total == after.count:
        return found, after
    return _recounted(connection, seen, stamp)


def _recounted(
    connection: sqlite3.Connection, seen: Seen, stamp: Stamp | None
) -> tuple[list[Event], Seen]:
    found: list[Event] = []
    reached: dict[bytes, Reach] = {}
    for session in sessions(connection):
        (count,) = connection.execute(_COUNT, (session,)).fetchone()
        reached[session] = Reach(count, highest(connection, session))
        if reached[session] != seen.sessions.get(session):
            found += queries.read_events(connection, "WHERE session = ?", (session,))
    latest = max((event.hlc for event in found), default=0)
    return found, Seen(reached, max(seen.hlc, latest), stamp)


def sessions(connection: sqlite3.Connection) -> Iterator[bytes]:
    """Yield the sessions of the log by leaping from one to the next in its key."""
    session = b""
    while True:
        (session,) = connection.execute(_NEXT_SESSION, (session,)).fetchone()
        if session is None:
            return
        yield session


def row_counts(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """Return how many segments, beads and events a file says that it holds, counting none."""
    segments, beads = (
        int(connection.execute(query).fetchone()[0] or 0)
        for query in ("SELECT sum(n_seg) FROM document", "SELECT sum(n_bead) FROM alignment")
    )
    return segments, beads, sum(highest(connection, each) for each in sessions(connection))


def highest(connection: sqlite3.Connection, session: bytes) -> int:
    """Return the highest number in a session that the log holds."""
    (found,) = connection.execute(_HIGHEST, (session,)).fetchone()
    return int(found)
