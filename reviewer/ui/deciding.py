"""What a person decides with keys and menus, brought to the open review."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QRect, Signal

from reviewer.errors import ExportError
from reviewer.model import Side, WaiverScope
from reviewer.review.checking.spelling import own_words
from reviewer.ui.dialogs.comment_popover import CommentPopover
from reviewer.ui.dialogs.reason_popover import ReasonPopover
from reviewer.ui.dialogs.waive_popover import WaivePopover, is_of_word
from reviewer.ui.look.wording import counted, finding_message, isolated
from reviewer.ui.panels.side_panel import Tab

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from reviewer.model import Finding, TermGroup
    from reviewer.review.checking.judged import Waived
    from reviewer.review.decisions.history import HistoryLine
    from reviewer.review.decisions.rows import Comment
    from reviewer.review.decisions.then import Earlier
    from reviewer.review.session import Review
    from reviewer.terms.unify import Replacement
    from reviewer.ui.panels.review_page import ReviewPage
    from reviewer.ui.panels.side_panel import SidePanel


class Deciding(QObject):
    """Turns the window's commands into gestures; asks with popovers where something is open.

    Signals:
        told: a passing note for the person.
        undo_offered: a passing note about something that Undo takes back.
        stepped: a gesture was taken back, or brought back.
        panel_asked: a Tab of the side panel is to be seen.
    """

    told = Signal(str)
    undo_offered = Signal(str)
    stepped = Signal()
    panel_asked = Signal(object)

    def __init__(self, page: ReviewPage, panel: SidePanel, window: QWidget) -> None:
        super().__init__(window)
        self._page = page
        self._panel = panel
        self._window = window
        self._review: Review | None = None
        self._group: tuple[TermGroup, str] | None = None
        self._drafts: dict[bytes, str] = {}
        panel.findings.finding_chosen.connect(page.show_finding)
        panel.findings.unwaive_asked.connect(self._unwaive)
        panel.findings.mute_asked.connect(self._switch_check)
        panel.consistency.unify_asked.connect(self._unify)
        panel.consistency.decision_asked.connect(self._ask_reason)
        panel.consistency.move_asked.connect(self._move_rendering)
        panel.consistency.take_out_asked.connect(self._take_out)
        panel.history.again_asked.connect(self._say_again)
        panel.history.then_asked.connect(self._show_then)
        page.find_bar.replaced.connect(self._tell_replaced)

    def open(self, review: Review | None) -> None:
        """Decide on a review, or on none."""
        self._review = review

    # On the current pair

    def confirm(self) -> None:
        """Confirm the current pair with what stands in its editor, and go on."""
        review, number = self._review, self._page.current
        if review is not None and number >= 0:
            review.confirm(number, self._page.take_edit())
            self._page.next_open()

    def reject(self) -> None:
        """Say that the current pair is wrong."""
        review, number = self._review, self._page.current
        if review is not None and number >= 0:
            review.reject(number, self._page.take_edit())

    def reopen(self) -> None:
        """Take the verdict on the current pair back."""
        if self._review is not None and self._page.current >= 0:
            self._review.reopen(self._page.current)

    def edit(self) -> None:
        """Open the editor of the current pair."""
        self._page.view.edit_current()

    def comment(self) -> None:
        """Show the comments on the current pair and take a new one."""
        review, number = self._review, self._page.current
        if review is None or number < 0:
            return
        subject = review.columns.subject(number)
        draft = self._drafts.get(subject, "")
        popover = CommentPopover(number, review.comments(number), self._window, draft=draft)
        popover.added.connect(partial(self._add_comment, subject))
        popover.left.connect(partial(self._keep_draft, subject))
        popover.deleted.connect(self._delete_comment)
        popover.open_at(self._place(), popover.first)

    def _add_comment(self, subject: bytes, number: int, text: str) -> None:
        review = self._review
        if review is None:
            return
        if number >= review.count or review.columns.subject(number) != subject:
            # Pairs were merged or split elsewhere meanwhile.
            subjects = map(review.columns.subject, range(review.count))
            found = (at for at, other in enumerate(subjects) if other == subject)
            number = next(found, self._page.current)
        review.comment(number, text)

    def _keep_draft(self, subject: bytes, text: str) -> None:
        """Keep what was written about a pair and not added, to go on with later in this run."""
        self._drafts.pop(subject, None)
        if text.strip():
            self._drafts[subject] = text

    def _delete_comment(self, comment: Comment) -> None:
        if self._review is not None:
            self._review.delete_comment(comment)

    def _place(self) -> QRect:
        """Return where the current pair is, in the window."""
        view = self._page.view
        place, ground = view.place_of(view.current), view.viewport()
        rect = ground.rect()
        if place is not None:
            rect = QRect(rect.width() // 2, place.y, rect.width() // 2, place.bottom - place.y)
        return QRect(ground.mapTo(self._window, rect.topLeft()), rect.size())

    # On the active finding

    def apply(self, index: int) -> None:
        """Put the suggestion of a number, from 0, in its place."""
        self._page.view.choose_suggestion(index)

    def waive(self) -> None:
        """Ask how far the active finding is a false alarm."""
        finding, review = self._page.finding, self._review
        if review is None or finding is None:
            self.told.emit(self.tr("There is no finding here."))
            return
        popover = WaivePopover(finding, finding_message(review, finding), self._window)
        popover.chosen.connect(self._waive)
        popover.kept.connect(self._keep_word)
        popover.open_at(self._place(), popover.first)

    def _waive(self, finding: Finding, scope: WaiverScope, reason: str) -> None:
        if self._review is None:
            return
        before = len(self._review.findings())
        self._review.waive(finding, scope, reason)
        gone = before - len(self._review.findings())
        self.undo_offered.emit(counted(self.tr("%n finding(s) waived.", "", gone), gone))

    def accept_word(self) -> None:
        """Say that the word of the active finding is right everywhere in this project."""
        finding, review = self._page.finding, self._review
        if review is None or finding is None or not is_of_word(finding):
            self.told.emit(self.tr("There is no word to accept here."))
            return
        word = finding.words[0]
        self._page.view.record_edit()
        review.words.accept([word])
        self.undo_offered.emit(self.tr("“{0}” is right in this project.").format(isolated(word)))

    def _keep_word(self, word: str) -> None:
        """Put a word among the person's own."""
        review = self._review
        if review is None:
            return
        try:
            review.words.keep_own((*own_words(review.target_language), word))
        except ExportError as error:
            self.told.emit(str(error))
            return
        self.told.emit(self.tr("“{0}” is one of your words now.").format(isolated(word)))

    def _unwaive(self, waived: Waived) -> None:
        if self._review is not None:
            self._review.unwaive(waived)

    def _switch_check(self, check: str, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self._review is not None:
            self._review.settings.set_check(check, on=on)

    # On terms

    def show_group(self) -> None:
        """Show the term group of the active finding, ready to be unified."""
        finding = self._page.finding
        if finding is not None and finding.check == "termbase":
            # The verdict that wrote the termbase may have left a group behind.
            self.panel_asked.emit(Tab.CONSISTENCY)
            if self._panel.consistency.show_term(finding.words[0]):
                return
        if finding is None or finding.check != "drift":
            if self._panel.consistency.count:
                self.panel_asked.emit(Tab.CONSISTENCY)
                self._panel.consistency.take_focus()
            else:
                self.told.emit(self.tr("No term drifts here."))
            return
        self.panel_asked.emit(Tab.CONSISTENCY)
        self._panel.consistency.show_term(finding.words[0], finding.words[1])

    def _unify(self, group: TermGroup, preferred: str, chosen: Sequence[Replacement]) -> None:
        if self._review is None:
            return
        self._page.view.record_edit()
        count = self._review.terms.unify(group, preferred, chosen)
        text = counted(self.tr("%n place(s) changed to “{0}”.", "", count), count)
        # The button that had the keyboard is gone; Enter must not fall on Undo.
        self._page.take_focus()
        self.undo_offered.emit(text.format(preferred))

    def _ask_reason(self, group: TermGroup, decision: str) -> None:
        sentences = {
            "keep": (self.tr("Keep all renderings of “{0}”."), self.tr("Keep")),
            "different": (self.tr("“{0}” means several things here."), self.tr("Accept")),
            "not-a-term": (self.tr("“{0}” is not a term."), self.tr("Ignore it")),
        }
        sentence, button = sentences[decision]
        self._group = group, decision
        popover = ReasonPopover(sentence.format(group.source), button, self._window)
        popover.decided.connect(self._decide)
        part = self._panel.consistency.part
        asked = part.button(decision) if part is not None else self._panel
        corner = asked.mapTo(self._window, asked.rect().topLeft())
        popover.open_at(QRect(corner, asked.size()), popover.first)

    def _decide(self, reason: str) -> None:
        if self._review is None or self._group is None:
            return
        group, decision = self._group
        said = {
            "keep": self._review.terms.keep,
            "different": self._review.terms.different,
            "not-a-term": self._review.terms.not_a_term,
        }
        said[decision](group, reason)
        # The button that asked goes with its group.
        self._page.take_focus()

    def _move_rendering(self, group: TermGroup, text: str, to: TermGroup) -> None:
        if self._review is None:
            return
        self._review.terms.move_rendering(group, text, to)
        words = self.tr("“{0}” was moved to “{1}”.").format(text, to.source)
        self._page.take_focus()
        self.undo_offered.emit(words)

    def _take_out(self, group: TermGroup, text: str) -> None:
        if self._review is None:
            return
        self._review.terms.take_out(group, text)
        words = self.tr("“{0}” is no rendering of “{1}”.").format(text, group.source)
        self._page.take_focus()
        self.undo_offered.emit(words)

    # On what was decided earlier

    def _say_again(self, line: HistoryLine) -> None:
        if self._review is None:
            return
        self._page.view.record_edit()
        if self._review.past.say_again(line.event):
            self.undo_offered.emit(self.tr("The earlier text stands again."))
        else:
            self.told.emit(self.tr("That text stands already."))

    def _show_then(self, line: HistoryLine) -> None:
        from reviewer.ui.dialogs.then_dialog import ThenDialog

        if self._review is None:
            return
        self._page.view.record_edit()
        dialog = ThenDialog(self._review, line, self._window)
        dialog.chosen.connect(self._take_texts)
        dialog.place_chosen.connect(self._page.show_pair)
        dialog.open()

    def _take_texts(self, chosen: Sequence[Earlier]) -> None:
        if self._review is not None and chosen:
            self._review.past.take_texts(chosen)
            count = len(chosen)
            text = counted(self.tr("%n earlier text(s) stand again.", "", count), count)
            self.undo_offered.emit(text)

    # On everything

    def undo(self) -> None:
        """Take the newest gesture back, and show where."""
        self._step_back(redo=False)

    def redo(self) -> None:
        """Bring back what Undo took, and show where."""
        self._step_back(redo=True)

    def _step_back(self, *, redo: bool) -> None:
        review = self._review
        if review is None:
            return
        self._page.view.record_edit()
        label = review.redo_label if redo else review.undo_label
        if label is None:
            return
        numbers = review.redo() if redo else review.undo()
        if numbers:
            # Of two far apart that were linked, the one that the person is at.
            here = self._page.current
            self._page.show_pair(here if here in numbers else numbers[0])
        template = self.tr("Brought back: {0}") if redo else self.tr("Taken back: {0}")
        self.told.emit(template.format(QCoreApplication.translate("gestures", label)))
        self.stepped.emit()

    def _tell_replaced(self, count: int) -> None:
        text = counted(self.tr("%n place(s) replaced.", "", count), count)
        if count:
            self.undo_offered.emit(text)
        else:
            self.told.emit(text)

    def set_languages(self, source: str, target: str) -> None:
        """Say what the languages of the open document pair are."""
        review = self._review
        if review is None:
            return
        if source and source != review.source_language:
            review.settings.set_language(Side.SOURCE, source)
        if target and target != review.target_language:
            review.settings.set_language(Side.TARGET, target)
