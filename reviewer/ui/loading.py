"""Loading colleagues' reviews into the open project: chosen, dropped, or found beside it."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer.errors import ReviewerError
from reviewer.ui.look.file_dialogs import ask_for_files
from reviewer.ui.look.open_dialog import OpenDialog
from reviewer.ui.look.wording import counted
from reviewer.ui.panels.message_bar import Message, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from reviewer.review.session import Review
    from reviewer.review.tasks.loading import Loaded
    from reviewer.settings import Settings
    from reviewer.ui.dialogs.load_dialog import LoadDialog
    from reviewer.ui.worker import Worker

_log = logging.getLogger(__name__)
_OF_THE_SAME = "is another project of the same documents."
_LOOK = 50
"""Milliseconds between two looks whether what was added has come into the open review."""


class Loading(QObject):
    """Shows what a review would bring, has the worker add it, and tells what came of it.

    The worker writes; the open review learns of it as of everything another program writes.

    Attributes:
        settings: who loads.
        question: whether what would come is added.

    Signals:
        told: a Message for the bars.
        disagreeing: something was added that disagrees with what is here.
        open_asked: path of a project to open instead.
    """

    told = Signal(object)
    disagreeing = Signal()
    open_asked = Signal(object)

    def __init__(self, worker: Worker, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self.settings = settings
        self._worker = worker
        self._window = window
        self._review: Review | None = None
        self._added: Loaded | None = None
        self.question: OpenDialog[LoadDialog] = OpenDialog()
        self._look = QTimer(self)
        self._look.setInterval(_LOOK)
        self._look.timeout.connect(self._see_whether_it_came)

    def open(self, review: Review | None) -> None:
        """Load into a review, or into none; a question about another one closes."""
        self._review, self._added = review, None
        self._look.stop()
        self.question.close()

    def ask(self) -> None:
        """Ask for the files."""
        if self._review is None:
            return
        title = self.tr("Choose reviews of these documents")
        kinds = (self.tr("Projects and reviews (*.bitext)"),)
        folder = self._review.path.parent
        ask_for_files(self._window, title, self._load_names, kinds=kinds, start=folder)

    def _load_names(self, names: list[str]) -> None:
        self.look_at([Path(name) for name in names])

    def look_at(self, files: Sequence[Path]) -> None:
        """Find out what files would bring, and ask; they are told of where they bring nothing."""
        from reviewer.review.tasks.loading import LoadRequest

        review = self._review
        if review is None:
            return
        review.saving.flush()
        me = bytes.fromhex(self.settings.reviewer_id)
        request = LoadRequest(review.path, tuple(files), me, known=review.saving.whole)
        self._worker.hurry(request, partial(self._looked, review), self._fail)

    def _fail(self, sentence: str) -> None:
        self.told.emit(Message("load", sentence, Tone.WARNING))

    def _looked(self, review: Review, would: Loaded) -> None:
        from reviewer.ui.dialogs.load_dialog import LoadDialog

        if review is not self._review:
            return
        if would.brings_nothing:
            self._tell_nothing(would)
            return
        dialog = self.question.hold(LoadDialog(would, self._window))
        dialog.accepted_load.connect(self._add)
        dialog.open_asked.connect(self.open_asked)
        dialog.open()
        _log.info("asking about %d decisions", would.new)

    def _tell_nothing(self, would: Loaded) -> None:
        """Say that everything is here; of a damaged file that is true of what could be read."""
        text = self.tr("Every decision in {0} is here already.").format(_names(would))
        damage = [note for note in would.notes if not note.endswith(_OF_THE_SAME)]
        if damage:
            text = self.tr("Every decision that could be read in {0} is here already. {1}")
            text = text.format(_names(would), " ".join(damage))
        tone = Tone.WARNING if damage else Tone.NOTE
        self.told.emit(Message("load", text, tone, passing=not damage))

    def _add(self, would: Loaded) -> None:
        if self._review is not None:
            request = replace(would.request, only_look=False)
            done = partial(self._load_done, self._review)
            self._worker.hurry(request, done, self._fail)

    def _load_done(self, review: Review, loaded: Loaded) -> None:
        if review is self._review:
            self._added = loaded
            _log.info("loaded %d decisions", loaded.new)
            review.saving.look()
            self._look.start()

    def _see_whether_it_came(self) -> None:
        review, added = self._review, self._added
        if review is None or added is None:
            self._look.stop()
            return
        review.saving.poll()
        if review.saving.is_catching_up:
            return
        if added.last is None or added.last in review.state:
            self._look.stop()
            self._added = None
            if added.documents:
                try:
                    review.take_in_documents()
                except ReviewerError as error:
                    self.told.emit(Message("load", str(error), Tone.WARNING))
                    return
            self._tell(added)

    def _tell(self, added: Loaded) -> None:
        text = counted(self.tr("%n decision(s) added from {0}.", "", added.new), added.new)
        self.told.emit(Message("load", text.format(_names(added)), passing=True))
        if added.disagreements:
            self.disagreeing.emit()


def _names(loaded: Loaded) -> str:
    return ", ".join(f"“{path.name}”" for path in loaded.request.others)
