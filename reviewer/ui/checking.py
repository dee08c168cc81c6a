"""Whole checks of the open document, in the worker: after opening, after edits, on F5."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from reviewer.model import Level
    from reviewer.review.decisions.change import Change
    from reviewer.review.session import Review
    from reviewer.review.tasks.across import Elsewhere
    from reviewer.review.tasks.requests import Checked, Compared, Found
    from reviewer.ui.worker import Job, Worker

_log = logging.getLogger(__name__)
_PAUSE = 300
"""Milliseconds after a decision before the document is checked as a whole."""
_SHORT = 5.0
"""Seconds: a document whose check takes longer is checked again on F5 alone."""
_LARGE = 200_000
"""Pairs, from which on the memory of a check is given back: some 2.4 GB for a million."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The settings that say what a check looks for."""

    languages: tuple[str, str]
    on: frozenset[str]
    lists: tuple[str, ...]
    terms: tuple[str, ...]
    own: tuple[str, ...]
    levels: tuple[Level, ...]


def _asked_of(review: Review, own: tuple[str, ...]) -> _Asked:
    from reviewer.review.checking.catalogue import ALL_CHECKS

    on = frozenset(check for check, is_on in review.settings.checks().items() if is_on)
    terms = (*review.terms.termbases, review.terms.stamp)
    languages = review.source_language, review.target_language
    levels = tuple(review.settings.level(check) for check in ALL_CHECKS)
    return _Asked(languages, on, review.settings.checklists, terms, own, levels)


class Checking(QObject):
    """Keeps the findings of document scope in step with the texts.

    Attributes:
        own_checks: names of the check files that the person switched on.

    Signals:
        checked: a whole check is done and its findings are shown.
        failed: a sentence for the person; empty when that is over, or told already: where the
            project cannot be saved either, the check waits for that.
        noted: what is to be known of checklists and own checks, a tuple of sentences; often empty.
        troubled: why the dictionaries of this computer cannot be used; mostly empty.
    """

    checked = Signal()
    failed = Signal(str)
    noted = Signal(object)
    troubled = Signal(str)

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self.own_checks: tuple[str, ...] = ()
        self._review: Review | None = None
        self._dictionaries = False
        self._job: Job | None = None
        self._across: Job | None = None
        self._compared: tuple[bytes, ...] = ()  # the open alignment and all of the project
        self._comparing: tuple[bytes, ...] = ()
        self._made_way = False
        self._outdated = False
        self._asked: _Asked | None = None
        self._failure = ""
        self._began = 0.0
        self._took = 0.0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.check)
        worker.started.connect(self._note_begin)
        worker.idle.connect(self._come_back)

    def open(self, review: Review | None) -> None:
        """Check a review that was opened, or stop with None."""
        self._stop()
        self._review, self._took, self._compared, self._failure = review, 0.0, (), ""
        if review is not None:
            self.check()

    def check(self) -> None:
        """Check the whole document now; a check that runs begins anew."""
        from reviewer.review.tasks.requests import CheckRequest

        review = self._review
        if review is None:
            return
        self._stop()
        self._outdated, self._asked = False, _asked_of(review, self.own_checks)
        request = CheckRequest(
            review.path,
            review.pair_of_documents.align_id,
            review.saving.on_its_way,
            review.revision,
            review.words.dictionaries,
            term_dictionaries=self._dictionaries,
            own=self.own_checks,
        )
        job = self._job = self._worker.submit(request)
        job.found.connect(self._show_some)
        job.compared.connect(self._show_groups)
        job.done.connect(self._show)
        job.failed.connect(self._tell_failure)
        job.ended.connect(self._forget)

    def use_dictionaries(self, *, on: bool) -> None:
        """Take installed dictionaries as evidence from now, or no more."""
        if on != self._dictionaries:
            self._dictionaries = on
            self.check()

    def make_way(self) -> None:
        """Stop, since the person waits for another job; go on when the worker has none."""
        wanted = self._job is not None or self._pause.isActive()
        self._stop()
        self._made_way = wanted

    def _come_back(self) -> None:
        if self._made_way:
            self.check()
        elif self._review is not None and self._review.checked and not self._outdated:
            self._compare_documents(self._review)

    def follow(self, change: Change) -> None:
        """Check again after a pause where a decision may have changed the findings.

        What is said of a pair changes none; and a check that is not over yet goes on.
        """
        review = self._review
        if review is None:
            return
        if change.documents:
            self._follow_documents(review)
        if change.saved and self._failure:
            self._wait_for_file(review)
        if not (change.texts or change.realigned):
            return
        self._outdated = True
        anew = change.realigned and change.renumbering is None
        if anew or self._took < _SHORT or self._asks_more(review):
            self._pause.start()

    def _follow_documents(self, review: Review) -> None:
        """Compare the terms anew where a document came or went; after a check if one goes on."""
        if review.checked and not self._outdated and self._job is None:
            self._compare_documents(review)

    def _tell_failure(self, sentence: str) -> None:
        review = self._review
        if review is not None and self.sender() is self._job:
            self._failure = sentence
            self.failed.emit("" if review.saving.saved.problem else sentence)

    def _wait_for_file(self, review: Review) -> None:
        """Leave it to the saving to say what is wrong with the file, and check once it is well."""
        if review.saving.saved.problem:
            self.failed.emit("")
        elif not review.saving.saved.pending and self._job is None:
            self.check()

    def _end_failure(self) -> None:
        if self._failure:
            self._failure = ""
            self.failed.emit("")

    def _asks_more(self, review: Review) -> bool:
        """Return whether the settings ask for findings that the last check did not look for."""
        now, before = _asked_of(review, self.own_checks), self._asked
        if before is None or now.languages != before.languages:
            return True
        more = (now.lists, now.terms, now.own) != (before.lists, before.terms, before.own)
        # Of what is not listed nothing but the number at the levels of then is known.
        recounted = now.levels != before.levels and any(review.board.more().values())
        return not now.on <= before.on or more or recounted

    def _note_begin(self, job: Job) -> None:
        if job is self._job:
            self._began = time.monotonic()

    @property
    def again(self) -> bool:
        """Whether the running check is one after a decision, not worth telling."""
        if self._across is not None:
            return True
        return self._review is not None and self._review.checked and self._job is not None

    def _stop(self) -> None:
        self._made_way = False
        self._pause.stop()
        jobs = self._job, self._across
        self._job = self._across = None
        for job in jobs:
            if job is not None:
                job.cancel()

    def _show_some(self, found: Found) -> None:
        if self._review is None or self._outdated or self.sender() is not self._job:
            return
        self._review.take_some(found.findings, self._review.revision)

    def _show_groups(self, compared: Compared) -> None:
        if self._review is None or self._outdated or self.sender() is not self._job:
            return
        if self._review.take_groups(compared.groups, self._review.revision):
            _log.info("compared: %d groups", len(compared.groups))

    def _show(self, checked: Checked) -> None:
        if self._review is None or self.sender() is not self._job:
            return
        self._took = time.monotonic() - self._began
        self._end_failure()
        # Verdicts and remarks since then have made another revision, with the same texts.
        if not self._outdated and self._review.take(checked.analysis, self._review.revision):
            _log.info("checked: %d findings", len(self._review.findings()))
            self.noted.emit(checked.notes)
            self.troubled.emit(checked.trouble)
            self.checked.emit()
            self._compare_documents(self._review)
        else:
            self._pause.start()
        if self._review.count > _LARGE:
            self._worker.start_over()

    def _compare_documents(self, review: Review) -> None:
        """Compare the terms with those of the project's other documents.

        That is done once for each document, and again where the others are no longer the same.

        Nobody waits for it: a check that is asked for comes first.
        """
        from reviewer.review.tasks.across import AcrossRequest

        here = review.pair_of_documents.align_id
        all_of_them = (here, *(pair.align_id for pair in review.documents))
        if len(review.documents) < 2 or self._compared == all_of_them or self._across is not None:
            return
        self._comparing = all_of_them
        request = AcrossRequest(review.path, here, review.saving.on_its_way)
        self._across = self._worker.submit(request)
        self._across.done.connect(self._show_elsewhere)
        self._across.ended.connect(self._forget_comparing)

    def _show_elsewhere(self, found: tuple[Elsewhere, ...]) -> None:
        if self._review is None or self.sender() is not self._across:
            return
        self._review.take_elsewhere(found)

    def _forget_comparing(self) -> None:
        """Compare no more: it is done, or the person has cancelled it."""
        if self.sender() is not self._across:
            return
        self._across = None
        self._compared = self._comparing

    def _forget(self) -> None:
        if self.sender() is self._job:
            self._job = None
