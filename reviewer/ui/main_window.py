"""The window: what stands where, and how a review comes into it and goes."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QSettings, QSize, Qt, QTimer, Signal
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
from reviewer.errors import DamagedProjectError, ReviewerError
from reviewer.ui.actions import Actions
from reviewer.ui.checking import Checking
from reviewer.ui.command_box import CommandBox
from reviewer.ui.controls import Line, ToolBar, resize_on_screen
from reviewer.ui.doubting import Doubting
from reviewer.ui.finding_commands import FindingCommands
from reviewer.ui.job_teller import JobTeller
from reviewer.ui.loading import Loading
from reviewer.ui.message_bar import MessageBars
from reviewer.ui.opening import Opening, dropped
from reviewer.ui.pair_menu import pair_menu
from reviewer.ui.preferring import Preferring
from reviewer.ui.reading import Reading
from reviewer.ui.renewing import Renewing
from reviewer.ui.rescuing import Rescuing
from reviewer.ui.saving import Saving
from reviewer.ui.sharing import Sharing
from reviewer.ui.start_page import DropOverlay, StartPage
from reviewer.ui.status_bar import StatusBar
from reviewer.ui.tabling import Tabling
from reviewer.ui.telling import Telling
from reviewer.ui.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent

    from reviewer.model import Finding
    from reviewer.review.change import Change
    from reviewer.review.importing import Imported
    from reviewer.review.opening import ReadProject
    from reviewer.review.requests import FirstPairs
    from reviewer.review.session import Review
    from reviewer.settings import Settings
    from reviewer.ui.aligning import Aligning
    from reviewer.ui.desk import Desk
    from reviewer.ui.first_rows import FirstRowsPage

_log = logging.getLogger(__name__)
_WARM_UP = 600
"""Milliseconds after the start before the worker process is started, for the first job."""
_IDLE = 400
"""Milliseconds after a whole check before the first edit is made ready for."""


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
        self._first_rows: FirstRowsPage | None = None
        self._aligning: Aligning | None = None
        self._warm: Path | None = None
        self._then: Callable[[Review], None] | None = None
        self._documents = (b"", b"")
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE)
        self._idle.timeout.connect(self._warm_up)
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
        self.commands = Actions(self)
        self.finding_commands = FindingCommands(self.commands)
        self.setWindowTitle(self.tr("Bitext Reviewer"))
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self._build()
        self._connect_commands()
        self._connect_parts()
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

    def _connect_commands(self) -> None:
        self.commands.connect_to(
            {
                "open": self.opening.ask_files,
                "open_folder": self.opening.ask_folder,
                "paste": self.opening.ask_texts,
                "sample": self.opening.open_sample,
                "add": self.opening.ask_more_files,
                "new_target": self._ask_new_target,
                "new_source": self._ask_new_source,
                "proposals": self.renewing.ask_proposals,
                "save": self.save,
                "save_copy": self.saving.ask_copy,
                "send_review": self.saving.ask_review,
                "load": self.load,
                "load_table": self.load_table,
                "share": self.sharing.ask,
                "verify": self.rescuing.verify,
                "export": self.export,
                "export_table": self.export_table,
                "languages": self.ask_languages,
                "memories": self.show_memories,
                "close": self.close_review,
                "quit": self.close,
                "command_box": self._open_command_box,
                "preferences": self.show_preferences,
                "check": self.checking.check,
                "next_pane": self.next_pane,
                "zoom_in": self.preferring.zoom_in,
                "zoom_out": self.preferring.zoom_out,
                "zoom_reset": self.preferring.zoom_reset,
                "keys": self.show_keys,
                "about": self.show_about,
            }
        )
        self.commands.menu("recent").aboutToShow.connect(self._fill_recent)

    def _connect_parts(self) -> None:
        self.start_page.open_asked.connect(self.opening.ask_files)
        self.start_page.paste_asked.connect(self.opening.ask_texts)
        self.start_page.sample_asked.connect(self.opening.open_sample)
        self.start_page.recent_chosen.connect(self.opening.open_name)
        self.preferring.changed.connect(self._take_settings)
        self.checking.own_checks = self.preferring.settings.own_checks
        self.preferring.checks_asked.connect(self.commands["checks"].trigger)
        self.preferring.memories_chosen.connect(self._set_memories)
        self.opening.importing.columns_chosen.connect(self.preferring.note_columns)
        self.opening.project_asked.connect(self.open_project)
        self.opening.failed.connect(self._tell_trouble)
        self.reading.read.connect(self._open_read)
        self.reading.damaged.connect(self._offer_rescue)
        self.reading.failed.connect(self._tell_trouble)
        self.reading.stopped.connect(self._end_first)
        self.reading.hurrying.connect(self.checking.make_way)
        self.opening.importing.imported.connect(self._imported)
        self.opening.importing.first_read.connect(self._show_first)
        self.opening.importing.ended.connect(self._end_first)
        self.opening.importing.hurrying.connect(self.telling.no_trouble)
        self.opening.importing.hurrying.connect(self.checking.make_way)
        self.saving.hurrying.connect(self.checking.make_way)
        self.loading.hurrying.connect(self.checking.make_way)
        self.renewing.hurrying.connect(self.checking.make_way)
        self.renewing.told.connect(self.messages.tell)
        self.renewing.settled.connect(self.messages.take_away)
        self.loading.told.connect(self.messages.tell)
        self.tabling.hurrying.connect(self.checking.make_way)
        self.tabling.told.connect(self.messages.tell)
        self.loading.open_asked.connect(self.open_project)
        self.loading.disagreeing.connect(self.commands["disagreements"].trigger)
        self.opening.load_asked.connect(self.loading.look_at)
        self.rescuing.told.connect(self.messages.tell)
        self.rescuing.rescued.connect(self.open_project)
        self.rescuing.hurrying.connect(self.checking.make_way)
        self.sharing.told.connect(self.messages.tell)
        self.sharing.settled.connect(self.messages.take_away)
        self.sharing.company_changed.connect(self.status.show_company)
        self.sharing.warned.connect(self.preferring.note_warned)
        self.commands["disagreements"].triggered.connect(self.sharing.forget_news)
        self.checking.failed.connect(self.telling.unchecked)
        self.checking.noted.connect(self.telling.of_checklists)
        self.checking.troubled.connect(self.telling.of_dictionary)
        self.checking.checked.connect(self._idle.start)
        self.saving.state_changed.connect(self.status.show_saved)
        self.saving.told.connect(self.messages.tell)
        self.saving.settled.connect(self.messages.take_away)
        self.saving.noted.connect(self.status.tell)
        self.saving.open_asked.connect(self.open_project)
        self.saving.damaged.connect(self.rescuing.offer)
        self.status.languages_asked.connect(self.ask_languages)
        self.messages.left.connect(self._take_focus_back)
        self.messages.chosen.connect(self._answer)
        self.messages.closed.connect(self._bar_closed)
        self.command_box.command_chosen.connect(self._run)
        self.worker.crashed.connect(self.telling.crashed)
        JobTeller(self.worker, self.checking, self.status)

    def _make_desk(self) -> Desk:
        """Build the part for an open review; the first one pays for it, not the start."""
        from reviewer.ui.aligning import Aligning
        from reviewer.ui.desk import Desk

        desk = self._desk = Desk(self.worker, self)
        self.stack.addWidget(desk)
        page, deciding = desk.page, desk.deciding
        aligning = self._aligning = Aligning(self.worker, page, desk.repairing, self)
        self.commands.connect_to(desk.slots)
        self.commands.connect_to(
            {
                "go_to": self._go_to,
                "realign": aligning.ask,
                "anchors": aligning.ask_anchors,
                "panel": self._toggle_panel,
            }
        )
        self.commands.suggestion_chosen.connect(deciding.apply)
        self.command_box.pair_chosen.connect(page.show_pair)
        self.command_box.find_asked.connect(desk.find_text)
        self.command_box.look_up_asked.connect(desk.terming.look_up_words)
        deciding.told.connect(self.status.tell)
        deciding.undo_offered.connect(self.telling.offer_undo)
        deciding.stepped.connect(self.doubting.judge_later)
        self.renewing.pair_chosen.connect(page.show_pair)
        desk.repairing.told.connect(self.status.tell)
        desk.terming.told.connect(self.status.tell)
        desk.terming.undo_offered.connect(self.telling.offer_undo)
        desk.tuning.check_asked.connect(self.checking.check)
        desk.tuning.own_chosen.connect(self.preferring.choose_own_checks)
        desk.tuning.own_checks = self.preferring.settings.own_checks
        desk.tuning.failed.connect(self._tell_trouble)
        aligning.told.connect(self.status.tell)
        aligning.undo_offered.connect(self.telling.offer_undo)
        aligning.failed.connect(self._tell_trouble)
        aligning.hurrying.connect(self.checking.make_way)
        desk.terming.hurrying.connect(self.checking.make_way)
        aligning.aligned.connect(self.doubting.judge)
        desk.repairing.marked.connect(self.telling.offer_link)
        desk.repairing.unmarked.connect(self.telling.no_mark)
        self.messages.closed.connect(desk.repairing.forget_mark_of)
        desk.pair_shown.connect(self._show_position)
        desk.finding_shown.connect(self._show_finding)
        desk.refreshed.connect(self._show_state)
        desk.panel_toggled.connect(self.commands["panel"].setChecked)
        page.filter_row.document_chosen.connect(self.open_document)
        page.document_asked.connect(self.open_document)
        page.view.zoom_changed.connect(self.preferring.zoom_to)
        page.view.context_menu_requested.connect(self._open_menu)
        page.view.set_zoom(self.preferring.settings.zoom)
        page.view.set_density(self.preferring.settings.density)
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
        from reviewer.review.large import is_large

        path, was_reading = path.absolute(), self.reading.busy
        if self._review is not None and self._review.path == path:
            # Read anew, with everything decided so far in it.
            self.close_review()
        self.reading.stop()
        # What was shown of another project that was being read goes with it.
        if was_reading:
            self._end_first()
        self._then = then
        if is_large(path):
            self._show_last(path)
            self.reading.start(path)
        else:
            self._open(path)

    def _open_read(self, read: ReadProject) -> None:
        self._open(read.path, read)

    def _open(self, path: Path, read: ReadProject | None = None) -> None:
        from reviewer.review.opening import open_review

        try:
            review = open_review(path, self.preferring.settings, read)
        except DamagedProjectError as error:
            self._offer_rescue(path, str(error))
            self._end_first()
            return
        except ReviewerError as error:
            self._tell_trouble(str(error))
            self._end_first()
            return
        # What is told while the other one closes stays.
        self.messages.clear()
        self.close_review()
        self.preferring.note_project(path)
        self.show_review(review)
        if self._then is not None:
            self._then(review)

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
        self.saving.open(review)
        self.loading.open(review)
        self.tabling.open(review)
        self.renewing.open(review)
        self.sharing.open(review)
        self.rescuing.open(review)
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
        from reviewer.review import last_page

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
        self.saving.open(None)
        self.loading.open(None)
        self.tabling.open(None)
        self.renewing.open(None)
        self.sharing.open(None)
        self.rescuing.open(None)
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
        if not review.unsaved or review.flush():
            return 0
        return sum(event.kind != "reviewer.profile" for event in review.unsaved)

    def _imported(self, imported: Imported) -> None:
        added = self._review is not None and self._review.path == imported.project
        self.open_project(imported.project, partial(self._welcome, imported, added))

    def _welcome(self, imported: Imported, added: bool, review: Review) -> None:  # noqa: FBT001
        if added:
            self.open_document(len(review.documents) - imported.documents)
        self.telling.welcome(imported, review.count)

    def _show_first(self, first: FirstPairs, name: str) -> None:
        """Show the beginning of a file that is being read, unless a review is open."""
        if self._review is not None:
            return
        page = self._page_to_read()
        page.show_first(first, name)
        self.stack.setCurrentWidget(page)

    def _show_last(self, path: Path) -> None:
        """Show where the person left a project while it is checked, unless a review is open."""
        from reviewer.review.last_page import last_page

        found = last_page(path) if self._review is None else None
        if found is not None:
            page = self._page_to_read()
            page.show_last(found, path.name)
            self.stack.setCurrentWidget(page)
            # The worker may have to be started next, which takes a while.
            self.repaint()

    def _page_to_read(self) -> FirstRowsPage:
        if self._first_rows is None:
            from reviewer.ui.first_rows import FirstRowsPage

            self._first_rows = FirstRowsPage()
            self.stack.addWidget(self._first_rows)
        settings = self.preferring.settings
        self._first_rows.dress(settings.zoom, settings.density)
        return self._first_rows

    def _end_first(self) -> None:
        """Go back to the start page, unless the project that was made is being read."""
        shown = self._first_rows is not None and self.stack.currentWidget() is self._first_rows
        if self._review is None and shown and not self.reading.busy:
            self.stack.setCurrentWidget(self.start_page)

    def _bar_closed(self, about: str) -> None:
        if about == "alignment":
            self.doubting.accept()

    # Following the review

    def _warm_up(self) -> None:
        review = self._review
        if review is not None and self._warm != review.path:
            self._warm = review.path
            review.warm_up()

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
            self.telling.no_undo()
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

    def _tell_trouble(self, sentence: str) -> None:
        _log.warning("told of trouble")
        self.telling.trouble(sentence)

    def _answer(self, about: str, action: str) -> None:
        answers: dict[str, Callable[[], object]] = {
            "swap": self._swap,
            "show_folder": self.saving.show_folder,
            "open_written": self.saving.open_written,
            "accept_alignment": self.doubting.accept,
            "load_copies": self._load_copies,
            "rescue": self.rescuing.ask,
            "show_shared": self.sharing.show_folder,
            "show_came": self._show_came,
            "stop_sharing": self.sharing.stop,
            "without_row": self._show_without_row,
        }
        if self._desk is not None:
            answers["back_to_mark"] = self._desk.repairing.go_to_mark
        if action in answers:
            answers[action]()
        else:
            self.commands[action].trigger()
            if about == "alignment":
                # What was only opened may be cancelled; the bar goes when the pairs are better.
                self.doubting.judge()

    def _swap(self) -> None:
        self.close_review()
        self.opening.swap()

    # Commands

    def _fill_recent(self) -> None:
        self.opening.fill_recent(self.commands.menu("recent"))

    def _record_edit(self) -> None:
        if self._desk is not None:
            self._desk.page.view.record_edit()

    def save(self) -> None:
        """Record what stands in the editor, and wait until it is written."""
        self._record_edit()
        self.saving.save()

    def load(self) -> None:
        """Record what stands in the editor, and ask for reviews to load."""
        self._record_edit()
        self.loading.ask()

    def load_table(self) -> None:
        """Record what stands in the editor, and ask for a table that came back."""
        self._record_edit()
        self.tabling.ask()

    def _ask_new_target(self) -> None:
        self._record_edit()
        self.renewing.ask_target()

    def _ask_new_source(self) -> None:
        self._record_edit()
        self.renewing.ask_source()

    def _show_without_row(self) -> None:
        if self._desk is not None:
            self._desk.show_history()
            self._desk.panel.history.show_without_row()

    def _load_copies(self) -> None:
        self.loading.look_at(self.sharing.copies)

    def _show_came(self) -> None:
        self.messages.take_away("came")
        if self.sharing.came is not None:
            self.open_document(self.sharing.came)

    def export(self) -> None:
        """Record what stands in the editor, and ask where the translation goes."""
        self._record_edit()
        self.saving.ask_export()

    def export_table(self) -> None:
        """Record what stands in the editor, and ask where the review goes as a table."""
        self._record_edit()
        self.saving.ask_table()

    def ask_languages(self) -> None:
        """Ask what the languages are."""
        from reviewer.ui.languages_popover import LanguagesPopover

        review, desk = self._review, self._desk
        if review is None or desk is None:
            return
        popover = LanguagesPopover(review.source_language, review.target_language, self)
        popover.chosen.connect(desk.deciding.set_languages)
        popover.open_at(self.status.languages_place(self), popover.first)

    def _open_command_box(self) -> None:
        self.command_box.open_with("")

    def _go_to(self) -> None:
        self.command_box.open_with("#")

    def _run(self, name: str) -> None:
        self.commands[name].trigger()

    def _open_menu(self, _number: int, _finding: Finding | None, place: QPoint) -> None:
        """Offer what can be done with a pair; it is the current one by now."""
        pair_menu(self.commands, self).popup(place)

    def _toggle_panel(self) -> None:
        if self._desk is not None:
            self._desk.show_panel(visible=self.commands["panel"].isChecked())

    def next_pane(self) -> None:
        """Give the keyboard to the next part of the window."""
        panes: list[tuple[QWidget, Callable[[], None]]]
        panes = [(self.start_page, self._take_focus_back)]
        if self._desk is not None and self._review is not None:
            panes = self._desk.panes()
        if self.messages.shown():
            panes.append((self.messages, self.messages.take_focus))
        focus = self.focusWidget()
        at = next(
            (n for n, (part, _) in enumerate(panes) if part is focus or part.isAncestorOf(focus)),
            -1,
        )
        panes[(at + 1) % len(panes)][1]()

    def _take_focus_back(self) -> None:
        """Put the keyboard where the work is."""
        if self._desk is not None and self._review is not None:
            self._desk.page.take_focus()
        else:
            self.start_page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_keys(self) -> None:
        """Show all keys."""
        from reviewer.ui.keys import KeysDialog

        KeysDialog(self).show()

    def show_about(self) -> None:
        """Say what this is."""
        from reviewer.ui.about_dialog import AboutDialog

        AboutDialog(self).open()

    def show_preferences(self) -> None:
        """Let the person choose."""
        self.preferring.show_dialog(in_project=self._review is not None)

    def show_memories(self) -> None:
        """Let the person choose which translation memories help."""
        self.preferring.show_memories(
            self._review.settings.memories if self._review is not None else None
        )

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

    def _restore_place(self) -> None:
        geometry = _place_store().value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    def fit_screen(self) -> None:
        """Become no larger than the screen has room for, the window's frame included."""
        if not self.isMaximized():
            resize_on_screen(self, self.width(), self.height())

    # Events

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
