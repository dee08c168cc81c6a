"""An open review: the pairs at the left, the panel at the right, kept in step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QSplitter, QWidget

from reviewer.model import Side, Span
from reviewer.review.decisions.change import Change
from reviewer.ui.comparing import Comparing
from reviewer.ui.deciding import Deciding
from reviewer.ui.panels.review_page import ReviewPage
from reviewer.ui.panels.side_panel import WIDTH, SidePanel, Tab
from reviewer.ui.repairing import Repairing
from reviewer.ui.suggesting import Suggesting
from reviewer.ui.terming import Terming
from reviewer.ui.tuning import Tuning

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer.review.session import Review
    from reviewer.ui.worker import Worker

_PAUSE = 50
"""Milliseconds in which changes are gathered before the panels are filled again."""


class Desk(QSplitter):
    """Shows one review and follows its changes.

    Signals:
        pair_shown: number of the pair that is current now.
        finding_shown: the active Finding, or None.
        refreshed: the panels were filled again.
        panel_toggled: whether the panel is to be seen.
    """

    pair_shown = Signal(int)
    finding_shown = Signal(object)
    refreshed = Signal()
    panel_toggled = Signal(bool)

    def __init__(self, worker: Worker, window: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._review: Review | None = None
        self._waiting = Change()
        self._count = 0
        self._walking = True
        self.page = ReviewPage()
        self.panel = SidePanel()
        self.deciding = Deciding(self.page, self.panel, window)
        self.repairing = Repairing(self.page, window)
        self.tuning = Tuning(window)
        self.terming = Terming(worker, self.page, window)
        self.comparing = Comparing(worker, self.page, window)
        self.suggesting = Suggesting(self)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(self.page)
        self.addWidget(self.panel)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.setSizes([1000, WIDTH])
        self.handle(1).setAutoFillBackground(True)
        self.handle(1).setBackgroundRole(QPalette.ColorRole.Mid)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.refresh)
        self.page.pair_shown.connect(self._show_pair)
        self.page.finding_shown.connect(self._show_finding)
        self.page.finding_shown.connect(self.suggesting.show)
        self.page.filter_row.changed.connect(self._refresh_findings)
        self.page.wrapped.connect(self.deciding.told)
        self.page.noted.connect(self.deciding.told)
        self.panel.consistency.place_chosen.connect(self._show_place)
        self.panel.history.pair_chosen.connect(self.page.show_pair)
        self.panel.findings.tune_asked.connect(self.tuning.show_check)
        self.panel.findings.waivers_asked.connect(self.tuning.show_waivers)
        self.tuning.finding_chosen.connect(self.page.show_finding)
        self.tuning.place_chosen.connect(self.page.show_pair)
        self.panel.consistency.look_up_asked.connect(self.terming.look_up_rendering)
        self.terming.group_made.connect(self._show_group)
        self.panel.left.connect(self.page.take_focus)
        self.deciding.panel_asked.connect(self.show_tab)

    @property
    def slots(self) -> dict[str, Callable[[], object]]:
        """What commands do here, by their names."""
        page, deciding = self.page, self.deciding
        return {
            "undo": deciding.undo,
            "redo": deciding.redo,
            "edit": deciding.edit,
            "find": self.show_find,
            "replace": self.show_replace,
            "find_next": page.find_bar.next,
            "find_previous": page.find_bar.previous,
            "next_finding": page.next_finding,
            "previous_finding": page.previous_finding,
            "waive": deciding.waive,
            "accept_word": deciding.accept_word,
            "unify": deciding.show_group,
            "confirm": deciding.confirm,
            "reject": deciding.reject,
            "reopen": deciding.reopen,
            "comment": deciding.comment,
            "next_pair": page.next_pair,
            "previous_pair": page.previous_pair,
            "next_open": page.next_open,
            "previous_open": page.previous_open,
            "disagreements": page.show_disagreements,
            **self.repairing.slots,
            **self.tuning.slots,
            **self.terming.slots,
            **self.comparing.slots,
            "findings": self.show_findings,
            "consistency": self.show_consistency,
            "history": self.show_history,
        }

    @property
    def review(self) -> Review | None:
        """The review that is open."""
        return self._review

    def open(self, review: Review | None) -> None:
        """Show a review, or none."""
        self._pause.stop()
        self._review = review
        self.deciding.open(review)
        self.repairing.open(review)
        self.tuning.open(review)
        self.terming.open(review)
        self.comparing.open(review)
        self.suggesting.open(review)
        self._walking = False
        self.page.open(review)
        self._walking = True
        self.panel.consistency.show_review(review)
        self.panel.history.show_review(review)
        self._waiting = Change(findings=True)
        self.refresh()

    def follow(self, change: Change) -> None:
        """Show what a change touched: the rows at once, the panels a moment later."""
        if change.realigned:
            # It would look its findings up in pairs that are gone.
            self.panel.findings.clear()
        self._walking = False
        self.page.follow(change)
        self._walking = True
        self._waiting = replace(
            self._waiting,
            findings=self._waiting.findings or change.findings,
            groups=self._waiting.groups or change.groups,
            history=self._waiting.history or change.history,
        )
        if not self._pause.isActive():
            self._pause.start()

    def refresh(self) -> None:
        """Fill the panels again where something changed."""
        change, self._waiting = self._waiting, Change()
        if change.findings:
            counts = self._review.counts() if self._review is not None else {}
            self.page.show_counts(counts)
            self.repairing.follow()
            self._count = sum(counts.values())
            self._refresh_findings()
            self.tuning.refresh()
        if change.groups:
            self.panel.consistency.refresh()
        if change.history:
            self.terming.refresh()
            self.comparing.refresh()
            self.panel.history.refresh()
        self._show_counts()
        self.refreshed.emit()

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab of the panel to the front, and the panel into view."""
        self.show_panel(visible=True)
        self.panel.show_tab(tab)

    def show_panel(self, *, visible: bool) -> None:
        """Show or hide the panel."""
        if self.panel.isVisibleTo(self) != visible:
            if not visible and self.panel.isAncestorOf(self.focusWidget()):
                self.page.take_focus()
            self.panel.setVisible(visible)
            self.panel_toggled.emit(visible)

    def show_findings(self) -> None:
        """Bring the findings to the front and put the keyboard there."""
        self._show_and_enter(Tab.FINDINGS)

    def show_consistency(self) -> None:
        """Bring the drifting terms to the front and put the keyboard there."""
        self._show_and_enter(Tab.CONSISTENCY)

    def show_history(self) -> None:
        """Bring the history to the front and put the keyboard there."""
        self._show_and_enter(Tab.HISTORY)

    def _show_and_enter(self, tab: Tab) -> None:
        self.show_tab(tab)
        self.panel.take_focus()

    def panes(self) -> list[tuple[QWidget, Callable[[], None]]]:
        """Return the parts that F6 goes through, and how each takes the keyboard."""
        parts: list[tuple[QWidget, Callable[[], None]]] = [(self.page.view, self.page.take_focus)]
        if self.panel.isVisibleTo(self):
            parts.append((self.panel, self.panel.take_focus))
        if self.page.disagreements.isVisibleTo(self.page):
            bar = self.page.disagreements
            parts.append((bar, bar.setFocus))
        parts.append((self.page.filter_row, self.page.filter_row.take_focus))
        return parts

    def show_find(self) -> None:
        """Open the find bar."""
        self.find_text("")

    def find_text(self, text: str) -> None:
        """Open the find bar on a text, and go to where it stands next."""
        if self._review is not None:
            self.page.find_bar.open_for(self._review, text)
            if text:
                self.page.find_bar.go_from(self.page.current)

    def show_replace(self) -> None:
        """Open the find bar with its row for replacing."""
        if self._review is not None:
            self.page.find_bar.open_for(self._review, replace=True)

    def _refresh_findings(self) -> None:
        self.panel.findings.refresh(self._review, self.page.filter_row.kinds)
        self.panel.findings.set_current(self.page.finding, follow=False)

    def _show_counts(self) -> None:
        self.panel.show_counts(self._count, self.panel.consistency.count)

    def _show_pair(self, number: int) -> None:
        self.panel.history.show_pair(number)
        self.pair_shown.emit(number)
        if self._review is not None:
            self._review.come_to(number)

    def _show_finding(self, finding: object) -> None:
        self.panel.findings.set_current(self.page.finding, follow=self._walking)
        self.finding_shown.emit(finding)

    def _show_group(self, source: str) -> None:
        self.refresh()
        self.show_tab(Tab.CONSISTENCY)
        self.panel.consistency.show_term(source)

    def _show_place(self, number: int, start: int, end: int) -> None:
        self.page.show_pair(number, Span(Side.TARGET, start, end))
