"""The dialogs about checks: how often they are right, what is waived, which words are right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from reviewer.model import Level
    from reviewer.review.judged import Waived
    from reviewer.review.session import Review
    from reviewer.ui.checklists_dialog import ChecklistsDialog
    from reviewer.ui.checks_dialog import ChecksDialog
    from reviewer.ui.waivers_dialog import WaiversDialog
    from reviewer.ui.words_dialog import WordsDialog


class Tuning(QObject):
    """Opens the dialogs, keeps them in step with the review, and records what is chosen.

    Signals:
        check_asked: the rules are others, so that the findings may be.
        place_chosen: number of a pair to go to.
        finding_chosen: a Finding to go to.
        own_chosen: names of the person's own check files that are to run.
        failed: a sentence for the person.

    Attributes:
        own_checks: those that run now.
    """

    check_asked = Signal()
    place_chosen = Signal(int)
    finding_chosen = Signal(object)
    own_chosen = Signal(object)
    failed = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.own_checks: tuple[str, ...] = ()
        self._review: Review | None = None
        self._checks: ChecksDialog | None = None
        self._checklists: ChecklistsDialog | None = None
        self._waivers: WaiversDialog | None = None
        self._words: WordsDialog | None = None

    @property
    def slots(self) -> dict[str, Callable[[], object]]:
        """What commands do here, by their names."""
        return {
            "checks": self.show_checks,
            "checklists": self.show_checklists,
            "waivers": self.show_waivers,
            "words": self.show_words,
        }

    def open(self, review: Review | None) -> None:
        """Tune the checks of a review, or of none; dialogs about another one close."""
        self._review = review
        for dialog in (self._checks, self._checklists, self._waivers, self._words):
            if dialog is not None:
                dialog.close()

    def refresh(self) -> None:
        """Count anew: the findings are others."""
        if self._checks is not None:
            self._checks.refresh()
        if self._waivers is not None:
            self._waivers.refresh()
        if self._words is not None:
            self._words.refresh()

    def show_checks(self) -> None:
        """Show how often each check was right."""
        self.show_check("")

    def show_check(self, check_id: str) -> None:
        """Show how often each check was right, beginning with one."""
        from reviewer.ui.checks_dialog import ChecksDialog

        if self._review is None:
            return
        if self._checks is None:
            self._checks = ChecksDialog(self._review, self.own_checks, self._window)
            self._checks.own_chosen.connect(self.own_chosen)
            self._checks.level_chosen.connect(self._set_level)
            self._checks.finished.connect(self._forget_checks)
        if check_id:
            self._checks.show_check(check_id)
        self._checks.show()
        self._checks.activateWindow()

    def show_checklists(self) -> None:
        """Show the person's checklists."""
        from reviewer.ui.checklists_dialog import ChecklistsDialog

        if self._review is None:
            return
        if self._checklists is None:
            self._checklists = ChecklistsDialog(self._review, self._window)
            self._checklists.chosen.connect(self._choose_lists)
            self._checklists.rewritten.connect(self.check_asked)
            self._checklists.place_chosen.connect(self.place_chosen)
            self._checklists.finished.connect(self._forget_checklists)
        self._checklists.show()
        self._checklists.activateWindow()

    def show_waivers(self) -> None:
        """Show everything that was waived in the project."""
        from reviewer.ui.waivers_dialog import WaiversDialog

        if self._review is None:
            return
        if self._waivers is None:
            self._waivers = WaiversDialog(self._review, self._window)
            self._waivers.reason_changed.connect(self._set_reason)
            self._waivers.taken_back.connect(self._unwaive)
            self._waivers.finding_chosen.connect(self.finding_chosen)
            self._waivers.finished.connect(self._forget_waivers)
        self._waivers.show()
        self._waivers.activateWindow()

    def show_words(self) -> None:
        """Show the words that are right whatever a check says."""
        from reviewer.ui.words_dialog import WordsDialog

        if self._review is None:
            return
        if self._words is None:
            self._words = WordsDialog(self._review, self._window)
            self._words.accepted_in_project.connect(self._accept_words)
            self._words.dropped_in_project.connect(self._drop_words)
            self._words.own_changed.connect(self._keep_own_words)
            self._words.finished.connect(self._forget_words)
        self._words.show()
        self._words.activateWindow()

    def _forget_words(self) -> None:
        self._words = None

    def _accept_words(self, words: tuple[str, ...]) -> None:
        if self._review is not None:
            self._review.words.accept(words)

    def _drop_words(self, waived: tuple[Waived, ...]) -> None:
        if self._review is not None:
            self._review.words.drop(waived)

    def _keep_own_words(self, words: tuple[str, ...]) -> None:
        if self._review is None:
            return
        try:
            self._review.words.keep_own(words)
        except ExportError as error:
            self.failed.emit(str(error))

    def _forget_waivers(self) -> None:
        self._waivers = None

    def _set_reason(self, waived: Waived, reason: str) -> None:
        if self._review is not None:
            self._review.set_reason(waived, reason)

    def _unwaive(self, waived: Waived) -> None:
        if self._review is not None:
            self._review.unwaive(waived)

    def _forget_checklists(self) -> None:
        self._checklists = None

    def _choose_lists(self, names: tuple[str, ...]) -> None:
        if self._review is not None:
            self._review.settings.set_checklists(names)

    def _forget_checks(self) -> None:
        self._checks = None

    def _set_level(self, check_id: str, level: Level | None) -> None:
        if self._review is None:
            return
        if level is None:
            self._review.settings.set_check(check_id, on=False)
        else:
            self._review.settings.set_level(self._review.check_by_id(check_id), level)
