"""The window: what stands where, and how a review comes into it and goes."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from reviewer import paths
from reviewer.ui.actions import Actions
from reviewer.ui.arriving import Arriving
from reviewer.ui.checking import Checking
from reviewer.ui.command_box import CommandBox
from reviewer.ui.doubting import Doubting
from reviewer.ui.finding_commands import FindingCommands
from reviewer.ui.loading import Loading
from reviewer.ui.look.controls import Line, ToolBar, resize_on_screen
from reviewer.ui.opening import Opening, dropped
from reviewer.ui.panels.message_bar import MessageBars
from reviewer.ui.panels.start_page import DropOverlay, StartPage
from reviewer.ui.panels.status_bar import StatusBar
from reviewer.ui.preferring import Preferring
from reviewer.ui.reading import Reading
from reviewer.ui.renewing import Renewing
from reviewer.ui.rescuing import Rescuing
from reviewer.ui.saving import Saving
from reviewer.ui.sharing import Sharing
from reviewer.ui.tabling import Tabling
from reviewer.ui.telling import Telling
from reviewer.ui.warming_up import WarmingUp
from reviewer.ui.window_commands import WindowCommands
from reviewer.ui.wiring import connect_commands, connect_desk, connect_parts
from reviewer.ui.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent

    from reviewer.model import Finding
    from reviewer.review.decisions.change import Change
    from reviewer.review.documents.importing import Imported
    from reviewer.review.session import Review
    from reviewer.settings import Settings
    from reviewer.ui.aligning import Aligning
    from reviewer.ui.desk import Desk

_log = logging.getLogger(__name__)
_WARM_UP = 600
"""Milliseconds after the start before the worker process is started, for the first job."""


class _Attends(Protocol):
    """A part that works on the open review."""

    def open(self, review: Review | None) -> None:
        """Work on a review, or on none."""


class MainWindow(QMainWindow):
    """One window, one project.

    Signals:
        settings_changed: the new Settings; the application dresses itself by them and keeps them.
        review_closed: no project is open any more.
    """

    settings_changed = Signal(object)
    review_closed = Signal()

    def __init__(self, settings: Settings, worker: Worker | None = None) -> None:
        super().__init__()
        self._review: Review | None = None
        self._desk: Desk | None = None
        self._aligning: Aligning | None = None
        self._documents = (b"", b"")
        self.worker = worker or Worker()
        self.worker.setParent(self)
        self.preferring = Preferring(settings, self)
        self.opening = Opening(self.worker, settings, self)
        self.reading = Reading(self.worker, self)
        self.checking = Checking(self.worker, self)
        self.saving = Saving(self.worker, self)
        self.saving.states = settings.export_states
        self.loading = Loading(self.worker, settings, self)
        self.tabling = Tabling(self.worker, settings, self)
        self.renewing = Renewing(self.worker, settings, self)
        self.sharing = Sharing(settings, self)
        self.rescuing = Rescuing(self.worker, settings, self)
        self.warming_up = WarmingUp(self)
        self.commands = Actions(self)
        self.finding_commands = FindingCommands(self.commands)
        self.setWindowTitle(self.tr("Bitext Reviewer"))
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self._build()
        self.arriving = Arriving(self.reading, self.preferring, self.start_page, self.stack)
        self._attending: tuple[_Attends, ...] = (
            self.arriving,
            self.saving,
            self.loading,
            self.tabling,
            self.renewing,
            self.sharing,
            self.rescuing,
            self.warming_up,
        )
        self.own_commands = WindowCommands(self)
        connect_commands(self)
        connect_parts(self)
        self._connect_reviews()
        self.checking.own_checks = settings.own_checks
        self.checking.use_dictionaries(on=settings.term_dictionaries)
        self._restore_place()
        self.commands.set_open(opened=False)
        self.start_page.show_recent(settings.recent)
        QTimer.singleShot(_WARM_UP, self.worker.warm_up)

    # What stands where

    def _build(self) -> None:
        self.command_box = CommandBox(self.commands)
        self.commands.fill_menu_bar(self.menuBar())
        self.addToolBar(self._tool_bar())
        self.messages = MessageBars()
        self.telling = Telling(self.messages)
        self.doubting = Doubting(self.telling, self.opening.importing)
        self.start_page = StartPage()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start_page)
        self.status = StatusBar()
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (Line(), self.messages, self.stack, Line(), self.status):
            column.addWidget(part, 1 if part is self.stack else 0)
        self.setCentralWidget(centre)
        self._overlay = DropOverlay(self)

    def _tool_bar(self) -> QToolBar:
        bar = ToolBar(self.tr("Tools"))
        bar.setMovable(False)
        bar.setIconSize(QSize(18, 18))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.setContentsMargins(6, 4, 8, 4)
        self.commands.fill_tool_bar(bar)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(space)
        bar.addWidget(self.command_box)
        bar.add_sign(self.commands["panel"])
        return bar

    def _connect_reviews(self) -> None:
        """Connect what brings reviews, and the settings that they follow."""
        self.preferring.changed.connect(self._take_settings)
        self.preferring.memories_chosen.connect(self._set_memories)
        self.arriving.opened.connect(self._take_opened)
        self.arriving.damaged.connect(self._offer_rescue)
        self.opening.importing.imported.connect(self._imported)

    def _make_desk(self) -> Desk:
        """Build the part for an open review; the first one pays for it, not the start."""
        from reviewer.ui.aligning import Aligning
        from reviewer.ui.desk import Desk

        desk = self._desk = Desk(self.worker, self)
        self.stack.addWidget(desk)
        self._aligning = Aligning(self.worker, desk.page, desk.repairing, self)
        connect_desk(self, desk, self._aligning)
        desk.pair_shown.connect(self._show_position)
        desk.finding_shown.connect(self._show_finding)
        desk.refreshed.connect(self._show_state)
        desk.page.view.set_zoom(self.preferring.settings.zoom)
        desk.page.view.set_density(self.preferring.settings.density)
        desk.tuning.own_checks = self.preferring.settings.own_checks
        return desk

    @property
    def desk(self) -> Desk | None:
        """The part that shows a review; None before the first was opened."""
        return self._desk

    @property
    def review(self) -> Review | None:
        """The open review."""
        return self._review

    # How a review comes and goes

    def open_project(self, path: Path, then: Callable[[Review], None] | None = None) -> None:
        """Open a project file in place of what is open, and go on with `then`.

        A large one is read by the worker; what is open stays usable meanwhile.
        """
        path = path.absolute()
        if self._review is not None and self._review.path == path:
            # Read anew, with everything decided so far in it.
            self.close_review()
        self.arriving.start(path, then)

    def _take_opened(self, path: Path, review: Review) -> None:
        # What is told while the other one closes stays.
        self.messages.clear()
        self.close_review()
        self.preferring.note_project(path)
        self.show_review(review)

    def _offer_rescue(self, path: Path, sentence: str) -> None:
        _log.warning("told of trouble")
        self.rescuing.offer(path, sentence)

    def show_review(self, review: Review) -> None:
        """Put an open review into the window and have it checked."""
        desk = self._desk or self._make_desk()
        self._review = review
        self.opening.project = review.path
        review.listen(self._follow)
        review.before_realigning(desk.page.before_realigning)
        document, number = self.preferring.settings.place_in(review.project.project_id)
        if document != review.document and document < len(review.documents):
            review.open_document(document)
        desk.open(review)
        if document == review.document:
            desk.page.show_pair(number)
        self._open_aligning(review)
        self.command_box.show_review(review)
        self.stack.setCurrentWidget(desk)
        self.commands.set_open(opened=True)
        self.commands["panel"].setChecked(desk.panel.isVisibleTo(desk))
        self.setWindowFilePath(str(review.path))
        self._show_document(desk, review)
        for part in self._attending:
            part.open(review)
        desk.page.take_focus()
        self.checking.open(review)
        _log.info("opened a project of %d pairs", review.count)

    def open_document(self, index: int) -> None:
        """Put another document pair of the project into the window."""
        review, desk = self._review, self._desk
        if review is None or desk is None or index == review.document:
            return
        desk.page.view.record_edit()
        # It tells of the change, and `_follow` shows it.
        review.open_document(index)

    def _show_other_document(self, desk: Desk, review: Review) -> None:
        desk.open(review)
        self._open_aligning(review)
        self._show_document(desk, review)
        self.checking.open(review)

    def _open_aligning(self, review: Review | None) -> None:
        if self._aligning is not None:
            self._aligning.open(review)
        self.doubting.open(review)

    def _show_document(self, desk: Desk, review: Review) -> None:
        self._documents = review.pair_of_documents.documents
        self.setWindowTitle(self.tr("{0} — Bitext Reviewer").format(review.title))
        self._show_position(desk.page.current)
        self._show_finding(desk.page.finding)
        self._show_state()

    def close_review(self) -> bool:
        """Write what is still to be written, and go back to the start page.

        Return False where something could not be written; the person is told that it waits.
        """
        from reviewer.review.tasks import last_page

        review, self._review = self._review, None
        self.opening.project = None
        if review is None:
            return True
        page = None
        if self._desk is not None:
            self._desk.page.view.record_edit()
            here = review.document, max(self._desk.page.current, 0)
            self.preferring.note_place(review.project.project_id, *here)
            page = last_page.noted(review, here[1])
            self._desk.open(None)
        self._open_aligning(None)
        self.checking.open(None)
        for part in self._attending:
            part.open(None)
        self.command_box.show_review(None)
        self.status.show_nothing()
        self.telling.part_from_project()
        kept = self._kept(review)
        review.close()
        if page is not None and not kept:
            last_page.keep(page)
        if kept:
            self.telling.kept(kept, review.path.name)
        self.commands.set_open(opened=False)
        self.setWindowTitle(self.tr("Bitext Reviewer"))
        self.setWindowFilePath("")
        self.start_page.show_recent(self.preferring.settings.recent)
        self.stack.setCurrentWidget(self.start_page)
        self.start_page.setFocus()
        self.review_closed.emit()
        return not kept

    def _kept(self, review: Review) -> int:
        """Return how many decisions cannot be written now, although it was waited for them."""
        if not review.saving.unsaved or review.saving.flush():
            return 0
        return sum(event.kind != "reviewer.profile" for event in review.saving.unsaved)

    def _imported(self, imported: Imported) -> None:
        added = self._review is not None and self._review.path == imported.project
        self.open_project(imported.project, partial(self._welcome, imported, added))

    def _welcome(self, imported: Imported, added: bool, review: Review) -> None:  # noqa: FBT001
        if added:
            self.open_document(len(review.documents) - imported.documents)
        self.telling.welcome(imported, review.count)

    # Following the review

    def _follow(self, change: Change) -> None:
        review, desk = self._review, self._desk
        now = review.pair_of_documents.documents if review is not None else self._documents
        if desk is not None and review is not None and now != self._documents:
            self.messages.take_away("version")
            self._show_other_document(desk, review)
        if desk is not None:
            desk.follow(change)
        if change.realigned and self.messages.shows("alignment"):
            self.doubting.judge_later()
        self.checking.follow(change)
        if change.renewed:
            self.checking.check()
        if change.history:
            self.telling.decided()
            # Its words follow with the panels; the key works at once.
            self.commands["undo"].setEnabled(True)
        if change.saved:
            self.saving.follow()
            self.sharing.follow()

    def _show_position(self, number: int) -> None:
        if self._review is not None:
            self.status.show_position(number, self._review.count)

    def _show_finding(self, finding: Finding | None) -> None:
        self.finding_commands.show(finding, self._review)

    def _show_state(self) -> None:
        review, desk = self._review, self._desk
        if review is None or desk is None:
            return
        self.doubting.judge_if_due()
        self._show_position(desk.page.current)
        self.status.show_confirmed(review.confirmed_count)
        self.status.show_languages(review.source_language, review.target_language)
        for name, text, label in (
            ("undo", self.tr("&Undo: {0}"), review.undo_label),
            ("redo", self.tr("&Redo: {0}"), review.redo_label),
        ):
            self.commands.show_step(name, text, label)

    # What the person prefers

    def _set_memories(self, paths: tuple[str, ...]) -> None:
        if self._review is not None:
            self._review.settings.set_memories(paths)

    def _take_settings(self, settings: Settings) -> None:
        self.opening.settings = self.loading.settings = settings
        self.renewing.settings = self.sharing.settings = settings
        self.rescuing.settings = self.tabling.settings = settings
        self.saving.states = settings.export_states
        self.checking.use_dictionaries(on=settings.term_dictionaries)
        if self._desk is not None:
            self._desk.page.view.set_zoom(settings.zoom)
            self._desk.page.view.set_density(settings.density)
            self._desk.tuning.own_checks = settings.own_checks
        asked = self.checking.own_checks != settings.own_checks
        self.checking.own_checks = settings.own_checks
        if self._review is not None:
            self._review.reviewer_name = settings.reviewer_name
            asked |= self._review.words.dictionaries != settings.dictionaries_folder
            self._review.words.dictionaries = settings.dictionaries_folder
        if asked:
            self.checking.check()
        self.settings_changed.emit(settings)

    # Where the window is, and what comes to it from outside

    def _restore_place(self) -> None:
        geometry = _place_store().value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    def fit_screen(self) -> None:
        """Become no larger than the screen has room for, the window's frame included."""
        if not self.isMaximized():
            resize_on_screen(self, self.width(), self.height())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what is still to be written, and let everything end in order.

        Where something cannot be written the window stays once, to say so.
        """
        _place_store().setValue("geometry", self.saveGeometry())
        application = QGuiApplication.instance()
        ending = isinstance(application, QGuiApplication) and application.isSavingSession()
        if not self.close_review() and not ending:
            event.ignore()
            return
        self.worker.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say what dropping would do."""
        names = dropped(event)
        if names:
            self._overlay.show_over(self.opening.would_do(names))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the veil away."""
        self._overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self._overlay.hide()
        event.acceptProposedAction()
        self.opening.open_dropped(dropped(event))


def _place_store() -> QSettings:
    """Return where the window's place on the screen is kept; nothing else is."""
    path = paths.config_folder() / "window.ini"
    return QSettings(str(path), QSettings.Format.IniFormat)
