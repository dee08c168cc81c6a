"""Taking over a table of the review that a client edited: looked at, chosen, then decided."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer.ui.look.file_dialogs import ask_for_files
from reviewer.ui.look.open_dialog import OpenDialog
from reviewer.ui.look.wording import counted
from reviewer.ui.panels.message_bar import Message, Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reviewer.review.documents.table_import import Proposed, TableChanges
    from reviewer.review.session import Review
    from reviewer.settings import Settings
    from reviewer.ui.dialogs.table_dialog import TableDialog
    from reviewer.ui.worker import Worker


class Tabling(QObject):
    """Shows what a table would change, and records what is chosen.

    Changes of a named author are written by the worker, under that name; those of nobody else
    are the reviewer's own decisions, and one undo takes them back.

    Attributes:
        settings: who takes them over.
        question: what of a table is taken.

    Signals:
        told: a Message for the bars.
    """

    told = Signal(object)

    def __init__(self, worker: Worker, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self.settings = settings
        self._worker = worker
        self._window = window
        self._review: Review | None = None
        self.question: OpenDialog[TableDialog] = OpenDialog()

    def open(self, review: Review | None) -> None:
        """Take over into a review, or into none; a question about another one closes."""
        self._review = review
        self.question.close()

    def ask(self) -> None:
        """Ask for the file."""
        if self._review is None:
            return
        title = self.tr("Choose the table that came back")
        kinds = (self.tr("Tables (*.docx *.xlsx *.html *.htm *.csv *.tsv)"),)
        folder = self._review.path.parent
        ask_for_files(
            self._window, title, self._look_at_names, kinds=kinds, start=folder, several=False
        )

    def _look_at_names(self, names: list[str]) -> None:
        for name in names[:1]:
            self.look_at(Path(name))

    def look_at(self, path: Path) -> None:
        """Find out what a table would change, and show it."""
        from reviewer.review.tasks.requests import CompareTableRequest

        review = self._review
        if review is None:
            return
        align_id = review.pair_of_documents.align_id
        request = CompareTableRequest(review.path, align_id, review.saving.on_its_way, path)
        compared = partial(self._compared, review, align_id, path)
        self._worker.hurry(request, compared, self._fail)

    def _fail(self, sentence: str) -> None:
        self.told.emit(Message("table", sentence, Tone.WARNING))

    def _compared(
        self, review: Review, align_id: bytes, path: Path, compared: TableChanges
    ) -> None:
        from reviewer.ui.dialogs.table_dialog import TableDialog

        if review is not self._review or review.pair_of_documents.align_id != align_id:
            return
        if not compared.proposed and not compared.unmatched:
            text = self.tr("“{0}” changes nothing: every row says what stands.")
            self.told.emit(Message("table", text.format(path.name), passing=True))
            return
        language, window = review.target_language, self._window
        dialog = self.question.hold(TableDialog(path.name, compared, language, window))
        dialog.taken.connect(partial(self._take, align_id))
        dialog.open()

    def _take(self, align_id: bytes, chosen: tuple[Proposed, ...], name: str) -> None:
        from reviewer.review.documents.table_import import drafts_of, still_there
        from reviewer.review.tasks.requests import TakeTableRequest

        review = self._review
        if review is None or review.pair_of_documents.align_id != align_id:
            return
        if not name or name == self.settings.reviewer_name:
            possible = still_there(chosen, review.columns)
            parts = review.state, review.columns, review.decisions
            review.record(drafts_of(possible, *parts, review.target_language), None)
            self._tell(len(possible), len(chosen))
            return
        if not review.saving.flush():
            self._fail(self.tr("The project cannot be written now. The table changed nothing."))
            return
        me = bytes.fromhex(self.settings.reviewer_id)
        request = TakeTableRequest(review.path, align_id, chosen, me, name)
        self._worker.hurry(request, partial(self._taken, review, len(chosen)), self._fail)

    def _taken(self, review: Review, asked: int, count: int) -> None:
        if review is self._review:
            review.saving.look()
            self._tell(count, asked)

    def _tell(self, count: int, asked: int) -> None:
        text = counted(self.tr("%n change(s) taken from the table.", "", count), count)
        left = asked - count
        if left:
            more = self.tr("%n left out: the pairs were changed meanwhile.", "", left)
            text = f"{text} {counted(more, left)}"
        self.told.emit(Message("table", text, passing=not left))
