"""What goes on around an open project file: copies beside it, people at it, a shared folder."""

from __future__ import annotations

import errno
import logging
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import paths
from reviewer.errors import ReviewerError
from reviewer.store.kinship import conflicted_copies
from reviewer.store.live import LiveFolder
from reviewer.store.presence import Presence
from reviewer.store.shares import is_on_share

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reviewer.model import Event
    from reviewer.store.presence import Person
    from reviewer.store.recovering import Lost

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 2.0
_COPIES_SECONDS = 30.0
_CLOSE_SECONDS = 5.0
_WHY = dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "full")
_WHY |= dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), "locked")
"""What keeps a folder that is there from being written, by the number of the error."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Copies that a sync program made, and that hold decisions that are not in the project."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """Who else has the project open, here or through the shared folder.

    Attributes:
        people: all of them, by name.
        afar: those who have the same file open over the network, from another computer.
    """

    people: tuple[Person, ...]
    afar: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Reached:
    """Whether the shared folder can be reached; None where nothing is shared.

    Attributes:
        why: it cannot be written: "full", or "locked" where the system does not allow it; ""
            where it is gone, or nothing is known.
    """

    folder: Path | None
    reached: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class DocumentsCame:
    """So many documents were copied into the project from the shared folder."""

    count: int


@dataclass(frozen=True, slots=True)
class Stuck:
    """Documents that do not travel through the shared folder, and why, in sentences.

    Attributes:
        refused: of what lies there and cannot be taken into the project.
        unsent: of what the project holds and cannot be put there; empty for nothing.
    """

    refused: tuple[str, ...] = ()
    unsent: str = ""


AroundNews = Beside | Present | Reached | DocumentsCame | Stuck


class Around:
    """Looks around in a thread of its own: a network drive that hangs never holds up the saving.

    `share`, `took`, `begin`, `take_news` and `stop` are for other threads.
    """

    def __init__(
        self,
        path: Path,
        project_id: str,
        session: bytes,
        name: str,
        deliver: Callable[[Lost], None],
    ) -> None:
        """Look at nothing yet.

        Args:
            path: the project file.
            project_id: 32 hex digits.
            session: 16 bytes, of this opening.
            name: of the reviewer.
            deliver: takes what came through the shared folder, to be written.
        """
        self._path = path
        self._project_id = project_id
        self._session = session
        self._name = name
        self._deliver = deliver
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._news: deque[AroundNews] = deque()
        # Guarded by the condition:
        self._wanted: Path | None = None
        self._unshared: dict[bytes, Event] = {}
        self._hurried = False
        self._stopping = False
        # Of the thread alone:
        self._copies_at = float("-inf")
        self._copies: tuple[Path, ...] = ()
        self._present = Present(())
        self._reached = Reached(None, reached=False)
        self._here = Presence(paths.data_folder() / "here" / project_id, session, name, own=True)
        self._beside: Presence | None = None
        self._stuck = Stuck()
        self._live: LiveFolder | None = None
        self._there: Presence | None = None

    # For other threads

    def share(self, folder: Path | None) -> None:
        """Exchange events through a folder from now on, or no longer with None."""
        with self._wake:
            self._wanted = folder
        self.hurry()

    def took(self, events: Sequence[Event]) -> None:
        """Note events that are in the project file now, to be shared."""
        with self._wake:
            if self._wanted is not None:
                self._unshared |= {event.hash: event for event in events}
        self.hurry()

    def hurry(self) -> None:
        """Have it look at once."""
        with self._wake:
            self._hurried = True
            self._wake.notify_all()

    def begin(self) -> None:
        """Start the thread unless it runs or was stopped."""
        if self._thread is None and not self._stopping:
            self._thread = threading.Thread(target=self._run, name="around", daemon=True)
            self._thread.start()

    def take_news(self) -> list[AroundNews]:
        """Return what changed since."""
        return [self._news.popleft() for _ in range(len(self._news))]

    def stop(self) -> None:
        """Share what is left, if that can be done soon: the next opening shares the rest."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        if self._thread is not None:
            self._thread.join(_CLOSE_SECONDS)

    # For the thread itself

    def _run(self) -> None:
        stopping = False
        if is_on_share(self._path):
            # Programs on other computers do not see the notes of this one.
            place = self._path.with_name(f".{self._path.name}.here")
            self._beside = Presence(place, self._session, self._name)
        while not stopping:
            self._look()
            with self._wake:
                self._wake.wait_for(lambda: self._hurried or self._stopping, _LOOK_SECONDS)
                stopping, self._hurried = self._stopping, False
        self._look()
        self._here.leave()
        if self._beside is not None:
            self._beside.leave()
        self._leave_live()

    def _look(self) -> None:
        try:
            self._follow_wish()
            self._look_for_copies()
            self._exchange()
            self._look_for_people()
        except Exception as error:  # noqa: BLE001 - a dead thread would share nothing any more
            _log.error("looking around failed: %s", type(error).__name__)

    def _follow_wish(self) -> None:
        with self._wake:
            wanted = self._wanted
        if (self._live.place.parent if self._live is not None else None) == wanted:
            return
        self._leave_live()
        if wanted is not None:
            self._live = LiveFolder(wanted, self._path, self._project_id, self._session)
            self._there = Presence(self._live.place, self._session, self._name)

    def _leave_live(self) -> None:
        if self._live is not None:
            self._live.close()
        if self._there is not None:
            self._there.leave()
        self._live = self._there = None

    def _look_for_copies(self) -> None:
        now = time.monotonic()
        # One that was told of may be loaded or taken away any moment.
        if now - self._copies_at < (_LOOK_SECONDS if self._copies else _COPIES_SECONDS):
            return
        self._copies_at = now
        found: tuple[Path, ...] = ()
        with suppress(OSError, ReviewerError):
            found = conflicted_copies(self._path)
        if found != self._copies:
            self._copies = found
            self._news.append(Beside(found))

    def _look_for_people(self) -> None:
        self._here.beat()
        people = set(self._here.others())
        afar: set[Person] = set()
        if self._there is not None and self._reached.reached:
            self._there.beat()
            people.update(self._there.others(self._here.gone))
        if self._beside is not None:
            self._beside.beat()
            afar.update(self._beside.others(self._here.gone))
            # Who came in between, on this computer, stands here by now.
            people.update(self._here.others())
            afar -= people
        now = Present(tuple(sorted(people | afar)), tuple(sorted(afar)))
        if now != self._present:
            self._present = now
            self._news.append(now)

    def _exchange(self) -> None:
        """Take what the shared folder holds and give what was decided; tell if it is reached.

        What cannot be exchanged now waits.
        """
        now, stuck = Reached(None, reached=False), Stuck()
        if self._live is not None:
            reached, why = False, ""
            try:
                self._exchange_with(self._live)
                reached = True
            except OSError as error:
                why = _WHY.get(error.errno or 0, "")
            except ReviewerError:
                pass  # the project file is busy or gone: that is told by who writes it
            now = Reached(self._live.place.parent, reached, why)
            stuck = Stuck(self._live.refused, str(self._live.unsent or ""))
        if now != self._reached:
            self._reached = now
            self._news.append(now)
        if stuck != self._stuck:
            self._stuck = stuck
            self._news.append(stuck)

    def _exchange_with(self, live: LiveFolder) -> None:
        documents = live.take_documents()
        if documents:
            self._news.append(DocumentsCame(documents))
        came = live.incoming()
        if came:
            self._deliver(came)
        self._publish(live)

    def _publish(self, live: LiveFolder) -> None:
        with self._wake:
            events = tuple(self._unshared.values())
        live.publish(events)
        with self._wake:
            for event in events:
                self._unshared.pop(event.hash, None)
