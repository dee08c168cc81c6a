"""A project file that is damaged: saying so, and bringing back what is whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer.ui.look.file_dialogs import ask_where_to_save
from reviewer.ui.panels.message_bar import Message, Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reviewer.review.session import Review
    from reviewer.review.tasks.rescuing import Rescued
    from reviewer.settings import Settings
    from reviewer.ui.worker import Worker

_SUFFIX = ".bitext"


class Rescuing(QObject):
    """Verifies the open project, and offers to rescue the decisions of a damaged one.

    Attributes:
        settings: who rescues.

    Signals:
        told: a Message for the bars.
        rescued: path of a project that was made of a damaged one and holds its documents.
    """

    told = Signal(object)
    rescued = Signal(object)

    def __init__(self, worker: Worker, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self.settings = settings
        self._worker = worker
        self._window = window
        self._review: Review | None = None
        self._damaged: Path | None = None

    def open(self, review: Review | None) -> None:
        """Verify the file of a review, or of none."""
        self._review = review

    def offer(self, damaged: Path, sentence: str) -> None:
        """Say why a project cannot be opened, and offer to rescue what is in it."""
        self._damaged = damaged
        actions = (("rescue", self.tr("Rescue the decisions…")),)
        self.told.emit(Message("trouble", sentence, Tone.WARNING, actions))

    def verify(self) -> None:
        """Have every row of the open project compared with its hash."""
        if self._review is not None:
            self._review.saving.flush()
            self._submit(self._review.path, None)

    def ask(self) -> None:
        """Ask where the rescued project goes."""
        if self._damaged is None:
            return
        start = self._damaged.with_name(
            self.tr("{0} rescued").format(self._damaged.stem) + _SUFFIX
        )
        kinds = (self.tr("Projects (*.bitext)"),)
        ask_where_to_save(
            self._window,
            self.tr("Rescue the decisions"),
            self.rescue_to,
            kinds=kinds,
            start=start,
            suffix=_SUFFIX,
        )

    def rescue_to(self, name: str) -> None:
        """Have the worker make a project of what is whole in the damaged one."""
        if self._damaged is not None:
            out = Path(name)
            self._submit(self._damaged, out if out.suffix else out.with_suffix(_SUFFIX))

    def _submit(self, project: Path, out: Path | None) -> None:
        from reviewer.review.tasks.rescuing import RescueRequest

        me = bytes.fromhex(self.settings.reviewer_id)
        self._worker.hurry(RescueRequest(project, out, me), self._done, self._fail)

    def _fail(self, sentence: str) -> None:
        self.told.emit(Message("rescue", sentence, Tone.WARNING))

    def _done(self, rescued: Rescued) -> None:
        request = rescued.request
        text = " ".join(rescued.sentences)
        if request.out is None:
            self._damaged = request.project
            actions = () if rescued.sound else (("rescue", self.tr("Rescue the decisions…")),)
            tone = Tone.NOTE if rescued.sound else Tone.WARNING
            self.told.emit(Message("rescue", text, tone, actions, passing=rescued.sound))
            return
        if rescued.documents:
            self.rescued.emit(request.out)
        else:
            more = self.tr(
                "The documents are lost: begin a review of the two texts anew, and load “{0}” "
                "into it."
            )
            text = f"{text} {more.format(request.out.name)}"
        self.told.emit(Message("rescue", text))
