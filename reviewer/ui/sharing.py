"""The shared folder and who else is at the project: what is chosen, and what is told of it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from reviewer.errors import ReviewerError
from reviewer.ui.look.file_dialogs import ask_for_folder
from reviewer.ui.look.wording import counted, isolated
from reviewer.ui.panels.message_bar import Message, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from reviewer.review.saving import Company
    from reviewer.review.session import Review
    from reviewer.settings import Settings
    from reviewer.store import Person, Stuck

_log = logging.getLogger(__name__)
_ABOUT = "sharing"
_STUCK = "refused", "unsent"
_MOST_NAMES = 3


class Sharing(QObject):
    """Shares the open project through a folder, and tells of copies and people around it.

    Signals:
        told: a Message for the bars.
        settled: what a message was about that no longer holds.
        company_changed: a short text for the status bar; empty where one is alone.
        warned: id of a project of which the person was told that a network drive is not safe.
    """

    told = Signal(object)
    settled = Signal(str)
    company_changed = Signal(str)
    warned = Signal(str)

    def __init__(self, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self.settings = settings
        self._window = window
        self._review: Review | None = None
        self._copies: tuple[Path, ...] = ()
        self._apart = 0
        self._documents: set[tuple[bytes, bytes]] = set()
        self._absent: tuple[str, ...] = ()
        self._others = 0
        self._stuck = ("", "")  # what was told of documents that come, and of those that go
        self._came: tuple[bytes, bytes] | None = None

    def open(self, review: Review | None) -> None:
        """Watch over a review, or stop with None."""
        self._review, self._copies, self._absent, self._others = review, (), (), 0
        self._apart = review.disagreement_count if review is not None else 0
        self._documents = {pair.documents for pair in review.documents} if review else set()
        self.company_changed.emit(self.words(review.saving.company) if review is not None else "")
        self._stuck = ("", "")
        for about in ("copies", "absent", "came", "network", *_STUCK, _ABOUT):
            self.settled.emit(about)

    def follow(self) -> None:
        """Tell what is otherwise around the project; called when the review says so."""
        review = self._review
        if review is None:
            return
        company = review.saving.company
        if len(company.people) != self._others:
            self._others = len(company.people)
            _log.info("others here: %d", self._others)
        self.company_changed.emit(self.words(company))
        if company.copies != self._copies:
            self._tell_copies(company.copies)
        self._copies = company.copies
        self._tell_disagreements(review)
        self._tell_documents(review)
        self._tell_stuck(company.stuck)
        if company.afar and review.project.project_id not in self.settings.warned:
            self._warn_of_network(company.afar[0], review.project.project_id)

    def words(self, company: Company) -> str:
        """Return who is here and how the sharing goes, for the status bar."""
        names = [isolated(person.name or person.host) for person in company.people]
        told = ", ".join(dict.fromkeys(names[:_MOST_NAMES]))
        if len(names) > _MOST_NAMES:
            told = self.tr("{0} and {1} more").format(told, len(names) - _MOST_NAMES)
        parts = [self.tr("Also here: {0}").format(told)] if told else []
        if self._review is not None and self._review.settings.independent:
            parts.append(self.tr("Independent reviewers"))
        if company.folder is not None:
            out_of_reach = {
                "full": self.tr("⇄ Shared folder is full"),
                "locked": self.tr("⇄ Shared folder cannot be written"),
            }.get(company.why, self.tr("⇄ Shared folder out of reach"))
            parts.append(self.tr("⇄ Shared") if company.reached else out_of_reach)
        return "  ·  ".join(parts)

    def _tell_copies(self, copies: tuple[Path, ...]) -> None:
        if not copies:
            self.settled.emit("copies")
            return
        text = self.tr(
            "Beside this project lies “{0}”, a copy of it with decisions that are not here."
        ).format(copies[0].name)
        if len(copies) > 1:
            text = self.tr("{0} There are %n such copies.", "", len(copies)).format(text)
        actions = (("load_copies", self.tr("Load it…")),)
        self.told.emit(Message("copies", text, Tone.WARNING, actions))

    @property
    def copies(self) -> tuple[Path, ...]:
        """Copies of a sync program that hold more than the project."""
        return self._copies

    def _tell_disagreements(self, review: Review) -> None:
        """Say when somebody's decisions arrived that disagree with what is here."""
        apart = review.disagreement_count
        if review.saving.is_catching_up:
            return  # all of them are told at once
        more, self._apart = apart - self._apart, apart
        if more > 0:
            text = counted(self.tr("%n new disagreement(s).", "", more), more)
            actions = (("disagreements", self.tr("Show them")),)
            self.told.emit(Message("apart", text, actions=actions, passing=True))
        elif not apart:
            self.settled.emit("apart")

    def forget_news(self) -> None:
        """What stands side by side above the text need not be told beside it."""
        self.settled.emit("apart")

    def _warn_of_network(self, person: Person, project_id: str) -> None:
        """Say once per project that a network drive is no safe place for two at once."""
        text = self.tr(
            "{0} has this file open from another computer. Network drives do not always keep "
            "what two programs write to one file; through a shared folder each writes a file of "
            "its own."
        ).format(isolated(person.name or person.host))
        actions = (("share", self.tr("Share through a folder…")),)
        self.told.emit(Message("network", text, Tone.WARNING, actions))
        self.warned.emit(project_id)

    def _tell_documents(self, review: Review) -> None:
        """Say which documents came from elsewhere, and which are only heard of."""
        known, self._documents = self._documents, {pair.documents for pair in review.documents}
        # A new version that took the place of what is shown is seen.
        seen = {*known, review.pair_of_documents.documents}
        fresh = [pair for pair in review.documents if pair.documents not in seen]
        if fresh:
            _log.info("%d documents came", len(fresh))
            self._came = fresh[-1].documents
            text = self.tr("Added to this project: {0}.")
            actions = (("show_came", self.tr("Show it")),)
            told = text.format(_quoted(pair.title for pair in fresh))
            self.told.emit(Message("came", told, actions=actions))
        absent = review.absent_titles()
        if absent != self._absent:
            self._tell_absent(absent, shared=review.saving.company.folder is not None)
        self._absent = absent

    def _tell_absent(self, titles: tuple[str, ...], *, shared: bool) -> None:
        if not titles:
            self.settled.emit("absent")
            return
        text = self.tr(
            "Of this project, but not in this file: {0}. A copy of the whole project brings it, "
            "with File > Load review from file."
        )
        if shared:
            text = self.tr(
                "Added to this project, and still on its way through the shared folder: {0}."
            )
        self.told.emit(Message("absent", text.format(_quoted(titles))))

    def _tell_stuck(self, stuck: Stuck) -> None:
        """Say once which documents do not travel, why, and what happens with them."""
        before, self._stuck = self._stuck, (" ".join(stuck.refused[:_MOST_NAMES]), stuck.unsent)
        texts = (
            self.tr("Documents in the shared folder cannot be taken into this project."),
            self.tr("Documents of this project cannot be put into the shared folder."),
        )
        again = self.tr("It is tried again by itself.")
        for about, text, was, why in zip(_STUCK, texts, before, self._stuck, strict=True):
            if why and why != was:
                self.told.emit(Message(about, f"{text} {why} {again}", Tone.WARNING))
            elif not why and was:
                self.settled.emit(about)

    @property
    def came(self) -> int | None:
        """Number of the document that came last from elsewhere; None for none."""
        pairs = self._review.documents if self._review is not None else ()
        return next((n for n, pair in enumerate(pairs) if pair.documents == self._came), None)

    # The shared folder

    def ask(self) -> None:
        """Ask for a folder, or say through which one the project is shared."""
        review = self._review
        if review is None:
            return
        if review.saving.company.folder is not None:
            self._tell_shared(review.saving.company.folder)
            return
        title = self.tr("Choose a folder that all of you can write, such as one in Dropbox")
        ask_for_folder(self._window, title, self.share_through, review.path.parent)

    def share_through(self, name: str) -> None:
        """Share the project through a folder from now on."""
        review = self._review
        if review is None:
            return
        folder = Path(name)
        if folder.name == review.project.project_id:
            folder = folder.parent  # the project's own part of a folder was chosen
        if self._set(folder):
            self._tell_shared(folder)

    def stop(self) -> None:
        """Share the project no longer; what is in the folder stays there."""
        if self._set(None):
            self.settled.emit(_ABOUT)
            text = self.tr("The project is not shared any more; the folder keeps what was shared.")
            self.told.emit(Message(_ABOUT, text, passing=True))

    def show_folder(self) -> None:
        """Open the folder through which the project is shared."""
        review = self._review
        if review is not None and review.saving.company.folder is not None:
            place = review.saving.company.folder / review.project.project_id
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))

    def _set(self, folder: Path | None) -> bool:
        if self._review is None:
            return False
        try:
            self._review.saving.share(folder)
        except ReviewerError as error:
            self.told.emit(Message(_ABOUT, str(error), Tone.WARNING))
            return False
        return True

    def _tell_shared(self, folder: Path) -> None:
        review = self._review
        if review is None:
            return
        text = self.tr(
            "Shared through “{0}”. Colleagues open “documents.bitext” in its folder “{1}” and "
            "take part from then on; each needs only the shared folder."
        )
        actions = (
            ("show_shared", self.tr("Show the folder")),
            ("stop_sharing", self.tr("Stop sharing")),
        )
        told = text.format(folder.name or folder, review.project.project_id[:8] + "…")
        self.told.emit(Message(_ABOUT, told, actions=actions))


def _quoted(titles: Iterable[str]) -> str:
    """Return the first titles of documents as a list in a sentence."""
    listed = list(titles)
    words = ", ".join(f"“{isolated(title)}”" for title in listed[:_MOST_NAMES])
    return words + (" …" if len(listed) > _MOST_NAMES else "")
