"""What goes on around an open project file: copies beside it, people at it, a shared folder."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import paths
from reviewer.errors import ReviewerError
from reviewer.store.kinship import conflicted_copies
from reviewer.store.live import LiveFolder
from reviewer.store.presence import Presence
from reviewer.store.recovering import Lost

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reviewer.model import Event
    from reviewer.store.presence import Person
    from reviewer.store.rows import NewAlignment

_COPIES_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Beside:
    """Copies that a sync program made, and that hold decisions that are not in the project."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """Who else has the project open, here or through the shared folder."""

    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """Whether the shared folder can be reached; None where nothing is shared."""

    folder: Path | None
    reached: bool


class Around:
    """Looks around now and then, and exchanges events with the shared folder.

    Used by the writer thread; `share` by the window's.
    """

    def __init__(self, path: Path, project_id: str, session: bytes, name: str) -> None:
        self._path = path
        self._project_id = project_id
        self._session = session
        self._name = name
        self._copies_at = 0.0
        self._copies: tuple[Path, ...] = ()
        self._people: tuple[Person, ...] | None = None
        self._reached: Reached | None = None
        self._here = Presence(paths.data_folder() / "here" / project_id, session, name, own=True)
        self._wanted: Path | None = None
        self._live: LiveFolder | None = None
        self._there: Presence | None = None
        self._unshared: dict[bytes, Event] = {}
        self._came: dict[bytes, Event] = {}  # from the folder, not in the file yet
        self._alignments: dict[bytes, NewAlignment] = {}
        self._found_folder = False

    def share(self, folder: Path | None) -> None:
        """Exchange events through a folder from the next look on, or no longer."""
        self._wanted = folder

    def look(self) -> list[Beside | Present | Reached]:
        """Return what is otherwise than at the last look."""
        self._follow_wish()
        news: list[Beside | Present | Reached] = []
        now = time.monotonic()
        if now - self._copies_at >= _COPIES_SECONDS or not self._copies_at:
            self._copies_at = now
            news += self._new_copies()
        news += self._who_is_here()
        return news

    def _follow_wish(self) -> None:
        if self._live is not None and self._live.place.parent == self._wanted:
            return
        if self._live is None and self._wanted is None:
            return
        self._leave_live()
        if self._wanted is not None:
            self._live = LiveFolder(self._wanted, self._path, self._project_id, self._session)
            self._there = Presence(self._live.place, self._session, self._name)

    def _leave_live(self) -> None:
        if self._live is not None:
            self._live.close()
        if self._there is not None:
            self._there.leave()
        self._live = self._there = None

    def _new_copies(self) -> list[Beside]:
        found: tuple[Path, ...] = ()
        with suppress(OSError, ReviewerError):
            found = conflicted_copies(self._path)
        before, self._copies = self._copies, found
        return [Beside(found)] if set(found) - set(before) else []

    def _who_is_here(self) -> list[Present]:
        people: set[Person] = set()
        for presence in (self._here, self._there):
            if presence is not None and (presence is self._here or self._is_reached):
                presence.beat()
                people.update(presence.others())
        now = tuple(sorted(people))
        if now == (self._people or ()):
            return []
        self._people = now
        return [Present(now)]

    @property
    def _is_reached(self) -> bool:
        return self._reached is not None and self._reached.reached

    # The shared folder

    def took(self, events: Sequence[Event]) -> None:
        """Note events that are in the project file now, to be shared."""
        if self._wanted is not None:
            self._unshared |= {event.hash: event for event in events}

    def incoming(self) -> Lost:
        """Return what the project lacks of the shared folder; raises ReviewerError.

        It comes again until it is told to be in the file (`wrote`).
        """
        if self._live is None:
            return Lost()
        self._found_folder = False
        with suppress(OSError):
            came = self._live.incoming()
            self._came |= {event.hash: event for event in came.events}
            self._alignments |= {new.align_id: new for new in came.alignments}
            self._found_folder = True
        return Lost(tuple(self._came.values()), tuple(self._alignments.values()))

    def wrote(self) -> None:
        """Note that what came is in the project file."""
        self._came.clear()
        self._alignments.clear()

    def exchange(self) -> list[Reached]:
        """Share what was decided since; return whether the folder can be reached, if it is news.

        What cannot be shared now waits. Raises ReviewerError.
        """
        now = Reached(None, reached=False)
        if self._live is not None:
            if self._found_folder:
                self._found_folder = self._publish(self._live)
            now = Reached(self._live.place.parent, self._found_folder)
        before, self._reached = self._reached, now
        return [now] if now != (before or Reached(None, reached=False)) else []

    def _publish(self, live: LiveFolder) -> bool:
        events = tuple(self._unshared.values())
        try:
            live.publish(events)
        except OSError:
            return False
        for event in events:
            self._unshared.pop(event.hash, None)
        return True

    def close(self) -> None:
        """Take the notes away."""
        self._here.leave()
        self._leave_live()
