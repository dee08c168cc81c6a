"""What becomes of decisions once they are made: the file, copies of it, other programs."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reviewer.errors import ProjectFileError
from reviewer.review.decisions import arriving
from reviewer.review.decisions.change import Change
from reviewer.review.decisions.project import misses_alignment
from reviewer.store import (
    Acknowledged,
    Beside,
    DocumentsCame,
    Foreign,
    Present,
    Reached,
    Replaced,
    SaveProblem,
    Stuck,
    save_open,
    save_open_review,
    share_through,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reviewer.model import Draft, Event
    from reviewer.review.session import Review
    from reviewer.store import EventLog, Lost, NewAlignment, Person, Stamp


@dataclass(frozen=True, slots=True)
class SavedState:
    """Whether everything decided is safe.

    Attributes:
        time: when the last decision reached the project file; None before the first.
        pending: events on their way.
        problem: why the file could not be written, one sentence; None while all is well.
        notice: something to tell once, such as "the file was replaced"; None mostly.
    """

    time: datetime | None = None
    pending: int = 0
    problem: str | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """Who and what else is around the project.

    Attributes:
        people: who has it open too, here or through the shared folder.
        afar: those of them who have the same file open from another computer.
        copies: of a sync program, with decisions that are not in the project.
        folder: that the project is shared through; None for none.
        reached: whether that folder can be read and written now.
        why: what keeps it from being written, as `Reached` has it.
        stuck: what documents do not travel through it, and why.
    """

    people: tuple[Person, ...] = ()
    afar: tuple[Person, ...] = ()
    copies: tuple[Path, ...] = ()
    folder: Path | None = None
    reached: bool = False
    why: str = ""
    stuck: Stuck = field(default_factory=Stuck)


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What the window knows and the file may not hold yet, and who looks at the project.

    Attributes:
        viewer: the reviewer as whom the project is read; see `State`.
    """

    events: tuple[Event, ...] = ()
    alignments: tuple[NewAlignment, ...] = ()
    viewer: bytes | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the writer thread had to say since it was last asked.

    Attributes:
        foreign: events from elsewhere.
        changed: whether it had anything to say.
        documents: how many documents came through the shared folder.
    """

    foreign: tuple[Event, ...] = ()
    changed: bool = False
    documents: int = 0


class Saving:
    """Between an open review and the writer thread, which alone writes its project file.

    Attributes:
        company: who and what else is around the project.
    """

    def __init__(self, review: Review, log: EventLog, lost: Lost | None = None) -> None:
        """Save what is decided in a review; `lost` is what was added to the file at opening."""
        self._review = review
        self._log = log
        self._state = review.state
        self._unsaved = {event.hash: event for event in lost.events} if lost else {}
        self._time: datetime | None = None
        self._problem: str | None = None
        self._notice: str | None = None
        self._late = Outcome()
        self._arriving: deque[tuple[Event, ...]] = deque()
        self.company = Company()
        self._alignments = lost.alignments if lost else ()
        self._once_written = ""  # what is true, and told, from then on
        if lost and lost.events:
            self._once_written = (
                "Decisions that were made on this computer and were not in this file were added "
                f"to it: {len(lost.events)}."
            )
        elif lost:
            self._once_written = (
                "An alignment that was made on this computer and was not in this file was added "
                "to it."
            )
        if misses_alignment(review.project, review.state):
            # Told rather than the other: what was added is there to be seen.
            self._once_written = ""
            self._notice = (
                "An alignment that was made anew is not in this file; the one before it is shown. "
                "Texts and verdicts are kept; “Align anew” makes it again."
            )

    def append(
        self, drafts: Sequence[Draft], alignment: NewAlignment | None = None
    ) -> tuple[Event, ...]:
        """Hand a gesture to the writer; it stands at once, and is safe when acknowledged."""
        events = self._log.append(drafts, alignment)
        if alignment is not None:
            self._alignments = (*self._alignments, alignment)
        for event in events:
            self._state.add(event)
            self._unsaved[event.hash] = event
        return events

    def poll(self) -> int:
        """Take what the writer thread has to say; called a few times a second.

        Return how many decisions came from elsewhere. Of very many, one part is taken each time.
        """
        news, review = self._news(), self._review
        if news.foreign or news.documents:
            review.past.expect_others()
        if news.documents:
            with suppress(ProjectFileError):  # the writer finds the same, and tells it
                review.take_in_documents()
        review.following.follow_others(news.foreign)
        if news.changed and not news.foreign:
            review.tell(Change(saved=True))
        return len(news.foreign) + self._take_part()

    @property
    def is_catching_up(self) -> bool:
        """Whether decisions that came from elsewhere wait to be taken."""
        return bool(self._arriving)

    def _take_part(self) -> int:
        """Take the next part of what came; return how many decisions were not known."""
        if not self._arriving:
            return 0
        came = tuple(self._state.add_all(self._arriving.popleft()))
        self._review.past.expect_others()
        self._review.following.follow_part(came, is_last=not self._arriving)
        return len(came)

    def _news(self) -> Outcome:
        foreign: list[Event] = []
        changed, documents = False, 0
        for news in self._log.poll():
            changed = True
            if isinstance(news, Acknowledged):
                for event in news.events:
                    self._unsaved.pop(event.hash, None)
                if not self._unsaved:
                    self._alignments = ()
                self._time, self._problem = datetime.now(UTC), None
                self._notice, self._once_written = self._once_written or self._notice, ""
            elif isinstance(news, SaveProblem):
                self._problem = news.message
            elif isinstance(news, Foreign):
                foreign += news.events
            elif isinstance(news, Replaced):
                self._notice = news.message
            elif isinstance(news, DocumentsCame):
                documents += news.count
            else:
                self._meet(news)
        if self._arriving or len(foreign) > arriving.MANY:
            self._arriving += arriving.parts(foreign)
            foreign = []
        foreign = self._state.add_all(foreign)
        late, self._late = self._late, Outcome()
        changed = changed or bool(late.foreign or late.documents)
        return Outcome((*late.foreign, *foreign), changed, late.documents + documents)

    def _meet(self, news: Beside | Present | Reached | Stuck) -> None:
        if isinstance(news, Beside):
            self.company = replace(self.company, copies=news.paths)
        elif isinstance(news, Stuck):
            self.company = replace(self.company, stuck=news)
        elif isinstance(news, Present):
            self.company = replace(self.company, people=news.people, afar=news.afar)
        else:
            self.company = replace(
                self.company, folder=news.folder, reached=news.reached, why=news.why
            )

    @property
    def unsaved(self) -> tuple[Event, ...]:
        """Events that are not known to be in the project file yet."""
        return tuple(self._unsaved.values())

    @property
    def on_its_way(self) -> Unsaved:
        """Events and alignments that may not be in the project file yet, for the worker."""
        return Unsaved(self.unsaved, self._alignments, self._state.viewer)

    @property
    def saved(self) -> SavedState:
        """Whether everything decided is safe."""
        return SavedState(self._time, len(self._unsaved), self._problem, self._notice)

    def flush(self) -> bool:
        """Wait until everything decided is in the file; False where that is not possible now.

        That is after five seconds, or as soon as the writer says so.
        """
        self._log.flush(5.0)
        # What another program decided meanwhile is followed at the next look.
        self._late = self._news()
        self._review.tell(Change(saved=True))
        return not self._unsaved

    @property
    def whole(self) -> Stamp | None:
        """The stamp of the file where nothing but our own was written since it was checked."""
        return self._log.whole

    def look(self) -> None:
        """Have the writer look at once for what other programs wrote; `poll` brings it."""
        self._log.retry()

    def share(self, folder: Path | None) -> None:
        """Share the project through a folder from now on, or no longer with None.

        Raises ProjectFileError where that cannot be remembered.
        """
        share_through(self._review.project.project_id, folder)
        self._log.share(folder)

    def save_copy(self, out: Path, *, whole: bool = True, replace: bool = False) -> None:
        """Copy the project with all that was decided, or not `whole`, the decisions alone.

        The project file itself may be full, locked or gone. Raises ProjectFileError.
        """
        while self.is_catching_up:
            self._take_part()
        project, events = self._review.project, self._state.events()
        if whole:
            save_open(project, out, events, self._alignments, replace=replace)
        else:
            save_open_review(project, out, events, replace=replace)

    def close(self) -> None:
        """Wait for the writer and stop it."""
        self._log.close()
