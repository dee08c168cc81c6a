"""Independent reviewers, switched on and off, and how far they agree."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer.errors import ReviewerError
from reviewer.review.decisions.independent import is_judged, rows_judged
from reviewer.ui.look.file_dialogs import ask_where_to_save

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from reviewer.review.decisions.agreement import Agreement, Agreements, Apart
    from reviewer.review.session import Review
    from reviewer.ui.dialogs.agreement_dialog import AgreementDialog
    from reviewer.ui.panels.review_page import ReviewPage
    from reviewer.ui.worker import Worker


class Comparing(QObject):
    """Switches independence, and shows the agreement of reviewers.

    While reviewers are independent, pairs that the person has not judged are counted and not
    shown.

    Signals:
        told: a sentence in passing.
        undo_offered: the same of a decision that was just made.
        failed: a sentence for the person.
        switched: whether reviewers are independent now.
        document_asked: number of a document pair to open.
    """

    told = Signal(str)
    undo_offered = Signal(str)
    failed = Signal(str)
    switched = Signal(bool)
    document_asked = Signal(int)

    def __init__(self, worker: Worker, page: ReviewPage, window: QWidget) -> None:
        super().__init__(window)
        self._worker = worker
        self._page = page
        self._window = window
        self._review: Review | None = None
        self._independent = False
        self._found: Agreements | None = None
        self._dialog: AgreementDialog | None = None

    @property
    def slots(self) -> dict[str, Callable[[], object]]:
        """What commands do here, by their names."""
        return {"independent": self.switch, "agreement": self.compare}

    @property
    def dialog(self) -> AgreementDialog | None:
        """The agreement that is shown, if one is."""
        return self._dialog

    def open(self, review: Review | None) -> None:
        """Compare in a review, or in none; a dialog about another one closes."""
        if self._dialog is not None and (review is None or review is not self._review):
            self._dialog.close()
        self._review = review
        self._independent = review is not None and review.settings.independent
        self.switched.emit(self._independent)

    def refresh(self) -> None:
        """Say it where a colleague switched independence."""
        review = self._review
        now = review is not None and review.settings.independent
        if now != self._independent:
            self._independent = now
            self.switched.emit(now)
            self.told.emit(self._words(on=now))

    def switch(self) -> None:
        """Let reviewers be independent, or no longer."""
        review = self._review
        if review is None:
            return
        self._page.view.record_edit()
        self._independent = not review.settings.independent
        review.settings.set_independent(on=self._independent)
        self.switched.emit(self._independent)
        self.undo_offered.emit(self._words(on=self._independent))

    def _words(self, *, on: bool) -> str:
        if on:
            return self.tr(
                "Independent reviewers: others’ decisions show once you have judged a pair."
            )
        return self.tr("Everybody’s decisions are shown again.")

    # How far they agree

    def compare(self) -> None:
        """Have what reviewers said compared, and show it."""
        from reviewer.review.tasks.requests import AgreementRequest

        review = self._review
        if review is None:
            return
        self._page.view.record_edit()
        request = AgreementRequest(review.path, review.saving.on_its_way)
        self._worker.hurry(request, partial(self._show, review), self.failed.emit)

    def _show(self, review: Review, found: Agreements) -> None:
        from reviewer.ui.dialogs.agreement_dialog import AgreementDialog

        if review is not self._review:
            return
        if self._dialog is not None:
            self._dialog.close()
        shown = [self._shown(review, each) for each in found.pairs]
        hidden = [
            len(all_.apart) - len(some.apart)
            for all_, some in zip(found.pairs, shown, strict=True)
        ]
        self._found = found._replace(pairs=tuple(shown))
        titles = [documents.title for documents in review.documents]
        dialog = self._dialog = AgreementDialog(self._found, titles, hidden, self._window)
        dialog.pair_chosen.connect(self._go_to)
        dialog.pairs_chosen.connect(self._show_pairs)
        dialog.saving_asked.connect(self._ask_where)
        dialog.finished.connect(self._forget)
        dialog.show()

    def _shown(self, review: Review, agreement: Agreement) -> Agreement:
        """Return an agreement without the pairs that are not to be seen yet."""
        if not review.settings.independent:
            return agreement
        apart = (each for each in agreement.apart if is_judged(review.state, each.subject))
        return replace(agreement, apart=tuple(apart))

    def _forget(self) -> None:
        self._dialog = None

    def _go_to(self, apart: Apart) -> None:
        """Go to a pair; others may have been merged since they were compared."""
        review = self._review
        if review is None or apart.document is None or apart.document >= len(review.documents):
            return
        if apart.document != review.document:
            self.document_asked.emit(apart.document)
        rows = rows_judged(review.state, review.columns, [apart.subject])
        if rows:
            self._page.show_pair(min(rows), focus=True)

    def _show_pairs(self, apart: tuple[Apart, ...]) -> None:
        review = self._review
        if review is None:
            return
        here = [each for each in apart if each.document == review.document]
        there = apart[0].document
        if not here and there is not None and there < len(review.documents):
            self.document_asked.emit(there)
        self._page.show_apart(frozenset(each.subject for each in apart))

    # The report

    def _ask_where(self) -> None:
        review = self._review
        if review is None or self._dialog is None:
            return
        kinds = (self.tr("Web page (*.html)"), self.tr("Table (*.csv)"))
        name = self.tr("{0} agreement.html").format(review.path.stem)
        title = self.tr("Save the agreement of the reviewers")
        start, suffix = review.path.with_name(name), ".html"
        ask_where_to_save(self._dialog, title, self._save, kinds=kinds, start=start, suffix=suffix)

    def _save(self, name: str) -> None:
        from reviewer.formats.whole_file import write_whole
        from reviewer.review.documents.agreement_report import written

        review, found, out = self._review, self._found, Path(name)
        if review is None or found is None:
            return
        titles = [documents.title for documents in review.documents]
        try:
            write_whole(
                out, written(found, titles, review.path.stem, out.suffix.lower()), force=True
            )
        except ReviewerError as error:
            self.failed.emit(str(error))
            return
        self.told.emit(self.tr("Saved: {0}").format(out.name))
