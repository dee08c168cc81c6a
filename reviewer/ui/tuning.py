"""The dialogs about checks: how often they are right, what is waived, which words are right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer.errors import ExportError
from reviewer.ui.look.open_dialog import OpenDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from reviewer.model import Level
    from reviewer.review.checking.judged import Waived
    from reviewer.review.session import Review
    from reviewer.ui.dialogs.checklists_dialog import ChecklistsDialog
    from reviewer.ui.dialogs.checks_dialog import ChecksDialog
    from reviewer.ui.dialogs.waivers_dialog import WaiversDialog
    from reviewer.ui.dialogs.words_dialog import WordsDialog


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
        self._checks: OpenDialog[ChecksDialog] = OpenDialog()
        self._checklists: OpenDialog[ChecklistsDialog] = OpenDialog()
        self._waivers: OpenDialog[WaiversDialog] = OpenDialog()
        self._words: OpenDialog[WordsDialog] = OpenDialog()

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
            dialog.close()

    def refresh(self) -> None:
        """Count anew: the findings are others."""
        for dialog in (self._checks.now, self._waivers.now, self._words.now):
            if dialog is not None:
                dialog.refresh()

    def show_checks(self) -> None:
        """Show how often each check was right."""
        self.show_check("")

    def show_check(self, check_id: str) -> None:
        """Show how often each check was right, beginning with one."""
        from reviewer.ui.dialogs.checks_dialog import ChecksDialog

        if self._review is None:
            return
        dialog = self._checks.now
        if dialog is None:
            dialog = self._checks.hold(ChecksDialog(self._review, self.own_checks, self._window))
            dialog.own_chosen.connect(self.own_chosen)
            dialog.level_chosen.connect(self._set_level)
        if check_id:
            dialog.show_check(check_id)
        self._checks.show()

    def show_checklists(self) -> None:
        """Show the person's checklists."""
        from reviewer.ui.dialogs.checklists_dialog import ChecklistsDialog

        if self._review is None:
            return
        if self._checklists.now is None:
            dialog = self._checklists.hold(ChecklistsDialog(self._review, self._window))
            dialog.chosen.connect(self._choose_lists)
            dialog.rewritten.connect(self.check_asked)
            dialog.place_chosen.connect(self.place_chosen)
        self._checklists.show()

    def show_waivers(self) -> None:
        """Show everything that was waived in the project."""
        from reviewer.ui.dialogs.waivers_dialog import WaiversDialog

        if self._review is None:
            return
        if self._waivers.now is None:
            dialog = self._waivers.hold(WaiversDialog(self._review, self._window))
            dialog.reason_changed.connect(self._set_reason)
            dialog.taken_back.connect(self._unwaive)
            dialog.finding_chosen.connect(self.finding_chosen)
        self._waivers.show()

    def show_words(self) -> None:
        """Show the words that are right whatever a check says."""
        from reviewer.ui.dialogs.words_dialog import WordsDialog

        if self._review is None:
            return
        if self._words.now is None:
            dialog = self._words.hold(WordsDialog(self._review, self._window))
            dialog.accepted_in_project.connect(self._accept_words)
            dialog.dropped_in_project.connect(self._drop_words)
            dialog.own_changed.connect(self._keep_own_words)
        self._words.show()

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

    def _set_reason(self, waived: Waived, reason: str) -> None:
        if self._review is not None:
            self._review.set_reason(waived, reason)

    def _unwaive(self, waived: Waived) -> None:
        if self._review is not None:
            self._review.unwaive(waived)

    def _choose_lists(self, names: tuple[str, ...]) -> None:
        if self._review is not None:
            self._review.settings.set_checklists(names)

    def _set_level(self, check_id: str, level: Level | None) -> None:
        if self._review is None:
            return
        if level is None:
            self._review.settings.set_check(check_id, on=False)
        else:
            self._review.settings.set_level(self._review.check_by_id(check_id), level)
