"""The event log of an open review: decisions are sealed at once and written by a thread."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import ReviewerError, system_reason
from reviewer.store import outbox
from reviewer.store.around import Around, AroundNews
from reviewer.store.chain import counted
from reviewer.store.outbox import Outbox
from reviewer.store.sealing import Clock, Sealer
from reviewer.store.seen import Seen
from reviewer.store.writer import ProjectWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reviewer.model import Draft, Event
    from reviewer.store.hardened import Stamp
    from reviewer.store.recovering import Lost
    from reviewer.store.rows import NewAlignment
    from reviewer.store.writer import Noticed

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 2.0
_RETRY_SECONDS = 5.0
_CLOSE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """These events are in the outbox and in the project file, on the disk.

    Without events it says that an alignment is, or that a problem told before is over.
    """

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class SaveProblem:
    """Something could not be written; it is tried again. One sentence for the person."""

    message: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Events that another program wrote; known ones may be among them."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """The file had lost decisions and has them again. One sentence for the person."""

    message: str


News = Acknowledged | SaveProblem | Foreign | Replaced | AroundNews


class EventLog:
    """Takes decisions at once, and has them written: outbox first, then the project file.

    The thread is started by the first `append`, `resend` or `poll`; the file is opened for
    writing by the first append. All methods are for one thread, the window's.
    """

    def __init__(
        self,
        path: Path,
        project_id: str,
        reviewer: bytes,
        outbox_folder: Path | None = None,
        *,
        seen: Seen | None = None,
        name: str = "",
        wall: Callable[[], float] = time.time,
    ) -> None:
        """Start a session.

        Args:
            path: the project file.
            project_id: 32 hex digits; a file of another project is never written to.
            reviewer: 16 bytes.
            outbox_folder: where the outboxes of all projects lie; None is the data folder.
            seen: `Project.seen`, so that only what is new is told as foreign.
            name: of the reviewer, for others who have the project open.
            wall: seconds since 1970.
        """
        self.path = path
        self.reviewer = reviewer
        clock = Clock(wall)
        clock.observe(seen.hlc if seen else 0)
        self._sealer = Sealer(reviewer, clock)
        self._clock = clock
        box = Outbox(outbox.project_folder(project_id, outbox_folder), self._sealer.session)
        writer = ProjectWriter(path, project_id, outbox_folder, seen or Seen())
        session = self._sealer.session
        self._around = Around(path, project_id, session, name, self._take_shared)
        self._thread = _WriterThread(box, writer, self._around.took)

    def append(
        self, drafts: Sequence[Draft], alignment: NewAlignment | None = None
    ) -> tuple[Event, ...]:
        """Seal the events of one gesture and return them at once; they are written soon.

        An alignment goes into the file with the events that name it. Raises what `canonical`
        raises; then nothing was recorded.
        """
        events = self._sealer.seal(drafts)
        made = () if alignment is None else (alignment,)
        self._thread.add(events, own=True, alignments=made)
        return events

    def resend(self, lost: Lost) -> None:
        """Have written to the project file what lies in the outbox (`recover`)."""
        self._thread.add(lost.events, own=False, alignments=lost.alignments)

    def poll(self) -> list[News]:
        """Return what the writer thread had to say since; never waits."""
        self._thread.begin()
        self._around.begin()
        news = [*self._thread.take_news(), *self._around.take_news()]
        for told in news:
            if isinstance(told, Foreign):
                for event in told.events:
                    self._clock.observe(event.hlc)
        return news

    def share(self, folder: Path | None) -> None:
        """Exchange events through a shared folder, or no longer with None."""
        self._around.share(folder)

    def _take_shared(self, came: Lost) -> None:
        """Have written what came through the shared folder; for the thread that looks there."""
        self._thread.receive(came)

    @property
    def pending(self) -> int:
        """How many events are not acknowledged yet."""
        return self._thread.pending

    def retry(self) -> None:
        """Try at once to write what could not be written."""
        self._thread.hurry()

    @property
    def whole(self) -> Stamp | None:
        """The stamp that the file has if nothing came to it since it was known to be whole."""
        return self._thread.whole

    def flush(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds; return whether everything is written.

        Returns early when an attempt has failed.
        """
        return self._thread.wait_written(timeout)

    def close(self) -> None:
        """Write what waits, once, and stop the thread; what cannot be written is in the outbox.

        The last news can be polled afterwards.
        """
        self._thread.stop()
        self._around.stop()


class _WriterThread:
    """The thread, its queue of events and its queue of news."""

    def __init__(
        self, box: Outbox, writer: ProjectWriter, took: Callable[[Sequence[Event]], None]
    ) -> None:
        self._box = box
        self._writer = writer
        self._took = took  # is told what is in the file now
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._news: deque[News] = deque()
        # Guarded by the condition:
        self._unboxed: list[Event | NewAlignment] = []
        self._waiting: list[Event] = []
        self._hurried = False
        self._stopping = False
        self._busy = False
        self._attempts = 0
        # Of the thread alone:
        self._problem = ""

    # For the window's thread

    def begin(self) -> None:
        """Start the thread unless it runs or was stopped."""
        if self._thread is None and not self._stopping:
            self._thread = threading.Thread(target=self._run, name="project file", daemon=True)
            self._thread.start()

    def add(
        self, events: Sequence[Event], *, own: bool, alignments: Sequence[NewAlignment] = ()
    ) -> None:
        """Queue events and the alignments they name; own ones go to the outbox first."""
        with self._wake:
            if self._stopping:
                raise RuntimeError("the event log is closed")
            for alignment in alignments:
                self._writer.expect(alignment)
            if own:
                self._unboxed += [*alignments, *events]
            self._waiting += events
            self._hurried = True
            self._wake.notify_all()
        self.begin()

    def receive(self, came: Lost) -> None:
        """Queue what came through the shared folder, and tell of it; nothing once stopped."""
        with self._wake:
            if self._stopping:
                return
        self._news.append(Foreign(came.events))
        self.add(came.events, own=False, alignments=came.alignments)

    def take_news(self) -> list[News]:
        """Return the news so far."""
        return [self._news.popleft() for _ in range(len(self._news))]

    @property
    def pending(self) -> int:
        """How many events wait."""
        with self._wake:
            return len(self._waiting)

    @property
    def whole(self) -> Stamp | None:
        """What the writer says of the file."""
        return self._writer.whole

    def hurry(self) -> None:
        """Have the thread try at once."""
        with self._wake:
            self._hurried = True
            self._wake.notify_all()

    def wait_written(self, timeout: float) -> bool:
        """Wait until nothing waits, an attempt begun after this call failed, or time is up."""
        with self._wake:
            if self._is_done():
                return True
            # The attempt that runs now may have begun before the last event came.
            enough = self._attempts + (2 if self._busy else 1)
            self._hurried = True
            self._wake.notify_all()
            self._wake.wait_for(
                lambda: self._is_done() or self._attempts >= enough or self._stopping, timeout
            )
            return self._is_done()

    def _is_done(self) -> bool:
        return not self._waiting and not self._writer.lacks_alignment

    def stop(self) -> None:
        """End the thread after one more attempt."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        if self._thread is not None:
            self._thread.join(_CLOSE_SECONDS)

    # For the thread itself

    def _run(self) -> None:
        stopping = False
        while not stopping:
            with self._wake:
                pause = _LOOK_SECONDS if self._is_done() else _RETRY_SECONDS
                self._wake.wait_for(lambda: self._hurried or self._stopping, pause)
                stopping = self._stopping
                self._hurried, self._busy = False, True
                unboxed, events = tuple(self._unboxed), tuple(self._waiting)
            self._attempt(unboxed, events)
        self._writer.leave()
        self._box.close()

    def _attempt(
        self, unboxed: tuple[Event | NewAlignment, ...], events: tuple[Event, ...]
    ) -> None:
        told = bool(events or self._writer.lacks_alignment)
        boxed = self._fill_outbox(unboxed)
        written = self._fill_project(events)
        with self._wake:
            if boxed:
                del self._unboxed[: len(unboxed)]
            if boxed and written:
                del self._waiting[: len(events)]
            if boxed and written and (told or self._problem):
                self._problem = ""
                self._news.append(Acknowledged(events))
                self._took(events)
            self._attempts += 1
            self._busy = False
            self._wake.notify_all()

    def _fill_outbox(self, entries: tuple[Event | NewAlignment, ...]) -> bool:
        if not entries:
            return True
        try:
            self._box.write(entries)
        except OSError as error:
            reason = system_reason(error)
            self._say(f"Decisions cannot be kept in the outbox on this computer: {reason}.")
            return False
        except Exception as error:  # noqa: BLE001 - a dead thread would lose all later decisions
            self._say_mistake("Decisions cannot be kept in the outbox on this computer", error)
            return False
        return True

    def _fill_project(self, events: tuple[Event, ...]) -> bool:
        try:
            if events or self._writer.lacks_alignment:
                noticed = self._writer.write(events)
            elif self._writer.is_touched():
                noticed = self._writer.look()
            else:
                return True
            self._tell(noticed)
        except ReviewerError as error:
            self._say(str(error))
            return False
        except Exception as error:  # noqa: BLE001 - as above; the outbox must go on being written
            self._writer.close()
            self._say_mistake("Decisions cannot be written to the project file", error)
            return False
        return True

    def _tell(self, noticed: Noticed) -> None:
        if noticed.foreign:
            self._news.append(Foreign(noticed.foreign))
            self._took(noticed.foreign)
        if noticed.restored:
            what = counted(len(noticed.restored), "decision was", "decisions were")
            self._news.append(
                Replaced(f"The file was replaced by another version; {what} added again.")
            )

    def _say_mistake(self, what: str, error: Exception) -> None:
        """Tell of a mistake of ours; its message may hold a document's text, its type does not."""
        problem = f"{what}: a mistake of the program ({type(error).__name__})."
        if problem != self._problem:
            _log.error("%s", problem)
        self._say(problem)

    def _say(self, problem: str) -> None:
        """Tell a problem once, not at every retry."""
        if problem != self._problem:
            self._problem = problem
            self._news.append(SaveProblem(problem))
