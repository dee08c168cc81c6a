"""Taking a new version of the text or its translation, and what its old decisions propose."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer.model import Side
from reviewer.ui.look.file_dialogs import ask_for_files
from reviewer.ui.look.open_dialog import OpenDialog
from reviewer.ui.look.wording import counted
from reviewer.ui.panels.message_bar import Message, Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reviewer.review.decisions.carrying import Carried, Proposal
    from reviewer.review.session import Review
    from reviewer.review.tasks.renewing import Version
    from reviewer.settings import Settings
    from reviewer.ui.dialogs.proposals_dialog import ProposalsDialog
    from reviewer.ui.worker import Worker

_log = logging.getLogger(__name__)


class Renewing(QObject):
    """Asks for the file, has the worker read and align it, and tells what came of the decisions.

    Attributes:
        settings: whose review it is.
        question: which decisions are said again.

    Signals:
        told: a Message for the bars.
        settled: what was told of is over.
        pair_chosen: number of a pair to go to.
    """

    told = Signal(object)
    settled = Signal(str)
    pair_chosen = Signal(int)

    def __init__(self, worker: Worker, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self.settings = settings
        self._worker = worker
        self._window = window
        self._review: Review | None = None
        self._side = Side.TARGET
        self.question: OpenDialog[ProposalsDialog] = OpenDialog()

    def open(self, review: Review | None) -> None:
        """Renew the documents of a review, or of none; a question about another one closes."""
        self._review = review
        self.question.close()

    def ask_target(self) -> None:
        """Ask for a new version of the translation."""
        self._ask(Side.TARGET, self.tr("Choose the new version of the translation"))

    def ask_source(self) -> None:
        """Ask for a new version of the source text."""
        self._ask(Side.SOURCE, self.tr("Choose the new version of the source text"))

    def _ask(self, side: Side, title: str) -> None:
        if self._review is None:
            return
        self._side = side
        folder = self._review.path.parent
        ask_for_files(self._window, title, self._take_names, start=folder, several=False)

    def _take_names(self, names: list[str]) -> None:
        if names:
            self.take(Path(names[0]), self._side)

    def take(self, file: Path, side: Side) -> None:
        """Take a file as the new version of a side; of both where one file holds both."""
        from reviewer.review.checking.pipeline import Reading
        from reviewer.review.tasks.renewing import VersionRequest

        review = self._review
        if review is None:
            return
        settings = self.settings
        request = VersionRequest(
            review.path,
            review.pair_of_documents.align_id,
            side,
            Reading(file),
            bytes.fromhex(settings.reviewer_id),
            review.saving.on_its_way,
            frozenset(settings.known_memories),
            Path(settings.encoder) if settings.encoder else None,
        )
        self._worker.hurry(request, partial(self._take, review), self._fail)

    def _fail(self, sentence: str) -> None:
        self.told.emit(Message("version", sentence, Tone.WARNING))

    def _take(self, review: Review, version: Version) -> None:
        from reviewer.review.tasks.renewing import take_version

        if review is not self._review:
            return
        if review.pair_of_documents.documents != version.was:
            self._fail(self.tr("Another document is open now; the new version was not taken."))
            return
        before = review.title
        carried = take_version(review, version)
        _log.info("took a new version: %d decisions carried over", len(carried.kept))
        self._tell(before, review.title, carried, version.notes)

    def _tell(self, before: str, now: str, carried: Carried, notes: tuple[str, ...]) -> None:
        """Say what became of the decisions; parts of which there are none are left out."""
        kept, taken = len(carried.kept), len(carried.taken_over)
        close, gone = len(carried.proposals), len(carried.gone)
        parts = [
            self.tr("“{0}” now stands in the place of “{1}”.").format(now, before),
            counted(self.tr("%n decision(s) carried over.", "", kept), kept),
        ]
        if taken:
            text = self.tr("The new version has taken over %n correction(s).", "", taken)
            parts.append(counted(text, taken))
        actions = []
        if close:
            text = self.tr("%n decision(s) on texts that changed a little.", "", close)
            parts.append(counted(text, close))
            actions.append(("proposals", self.tr("Look at them…")))
        if gone:
            text = self.tr("%n decision(s) on texts that are gone.", "", gone)
            parts.append(counted(text, gone))
            actions.append(("without_row", self.tr("List them")))
        actions.append(("undo", self.tr("Undo")))
        self.told.emit(Message("version", " ".join((*parts, *notes)), actions=tuple(actions)))

    def ask_proposals(self) -> None:
        """Show the decisions on earlier versions whose texts are close to those of now."""
        from reviewer.review.tasks.renewing import left_behind
        from reviewer.ui.dialogs.proposals_dialog import ProposalsDialog

        review = self._review
        if review is None:
            return
        proposals = left_behind(review).proposals
        if not proposals:
            text = self.tr("No decision on an earlier version waits for a text that is close.")
            self.told.emit(Message("version", text, passing=True))
            return
        dialog = self.question.hold(ProposalsDialog(review, proposals, self._window))
        dialog.chosen.connect(self._say_again)
        dialog.place_chosen.connect(self.pair_chosen)
        dialog.open()

    def _say_again(self, chosen: tuple[Proposal, ...]) -> None:
        from reviewer.review.tasks.renewing import take_proposals

        if self._review is not None:
            take_proposals(self._review, chosen)
            self.settled.emit("version")
