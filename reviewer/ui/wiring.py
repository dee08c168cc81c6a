"""Which part of the window hears which: signals of one connected to slots of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.ui.job_teller import JobTeller

if TYPE_CHECKING:
    from reviewer.ui.aligning import Aligning
    from reviewer.ui.desk import Desk
    from reviewer.ui.main_window import MainWindow


def connect_commands(window: MainWindow) -> None:
    """Connect menus, command box and bars to what runs commands."""
    own, opening = window.own_commands, window.opening
    window.commands.connect_to(own.slots)
    window.commands.menu("recent").aboutToShow.connect(own.fill_recent)
    window.commands["disagreements"].triggered.connect(window.sharing.forget_news)
    window.command_box.command_chosen.connect(own.run)
    window.command_box.document_chosen.connect(window.open_document)
    window.start_page.open_asked.connect(opening.ask_files)
    window.start_page.paste_asked.connect(opening.ask_texts)
    window.start_page.sample_asked.connect(opening.open_sample)
    window.start_page.recent_chosen.connect(opening.open_name)
    window.status.languages_asked.connect(own.ask_languages)
    window.preferring.checks_asked.connect(window.commands["checks"].trigger)
    window.loading.disagreeing.connect(window.commands["disagreements"].trigger)
    window.messages.left.connect(own.take_focus_back)
    window.messages.chosen.connect(own.answer)
    window.messages.closed.connect(own.take_closed)


def connect_parts(window: MainWindow) -> None:
    """Connect the parts that are there as long as the window is."""
    opening, importing = window.opening, window.opening.importing
    saving, loading, tabling = window.saving, window.loading, window.tabling
    renewing, sharing, rescuing = window.renewing, window.sharing, window.rescuing
    importing.columns_chosen.connect(window.preferring.note_columns)
    importing.first_read.connect(window.arriving.show_first)
    importing.ended.connect(window.arriving.end)
    importing.began.connect(window.telling.no_trouble)
    for hurried in (window.worker.hurried, window.reading.hurrying):
        hurried.connect(window.checking.make_way)
    for told in (
        saving.told,
        loading.told,
        tabling.told,
        renewing.told,
        sharing.told,
        rescuing.told,
    ):
        told.connect(window.messages.tell)
    for settled in (saving.settled, renewing.settled, sharing.settled):
        settled.connect(window.messages.take_away)
    for open_asked in (saving.open_asked, loading.open_asked):
        open_asked.connect(window.open_project)
    opening.project_asked.connect(window.open_project)
    rescuing.rescued.connect(window.open_project)
    for failed in (opening.failed, window.arriving.failed):
        failed.connect(window.telling.trouble)
    opening.load_asked.connect(loading.look_at)
    saving.damaged.connect(rescuing.offer)
    saving.state_changed.connect(window.status.show_saved)
    saving.noted.connect(window.status.tell)
    sharing.company_changed.connect(window.status.show_company)
    sharing.warned.connect(window.preferring.note_warned)
    window.checking.checked.connect(window.warming_up.wait)
    window.checking.failed.connect(window.telling.unchecked)
    window.checking.noted.connect(window.telling.of_checklists)
    window.checking.troubled.connect(window.telling.of_dictionary)
    window.worker.crashed.connect(window.telling.crashed)
    JobTeller(window.worker, window.checking, window.status)


def connect_desk(window: MainWindow, desk: Desk, aligning: Aligning) -> None:
    """Connect the parts that show a review, once they are there."""
    page, deciding, repairing = desk.page, desk.deciding, desk.repairing
    terming, tuning, comparing = desk.terming, desk.tuning, desk.comparing
    window.commands.connect_to(desk.slots)
    window.commands.connect_to({"realign": aligning.ask, "anchors": aligning.ask_anchors})
    window.commands.suggestion_chosen.connect(deciding.apply)
    window.command_box.pair_chosen.connect(page.show_pair)
    window.command_box.find_asked.connect(desk.find_text)
    window.command_box.look_up_asked.connect(terming.look_up_words)
    window.renewing.pair_chosen.connect(page.show_pair)
    window.messages.closed.connect(repairing.forget_mark_of)
    for told in (deciding.told, repairing.told, terming.told, comparing.told, aligning.told):
        told.connect(window.status.tell)
    for undo_offered in (
        deciding.undo_offered,
        terming.undo_offered,
        comparing.undo_offered,
        aligning.undo_offered,
    ):
        undo_offered.connect(window.telling.offer_undo)
    for failed in (tuning.failed, comparing.failed, aligning.failed):
        failed.connect(window.telling.trouble)
    deciding.stepped.connect(window.doubting.judge_later)
    aligning.aligned.connect(window.doubting.judge)
    repairing.marked.connect(window.telling.offer_link)
    repairing.unmarked.connect(window.telling.no_mark)
    tuning.check_asked.connect(window.checking.check)
    tuning.own_chosen.connect(window.preferring.choose_own_checks)
    comparing.switched.connect(window.commands["independent"].setChecked)
    comparing.document_asked.connect(window.open_document)
    desk.panel_toggled.connect(window.commands["panel"].setChecked)
    page.filter_row.document_chosen.connect(window.open_document)
    page.document_asked.connect(window.open_document)
    page.view.zoom_changed.connect(window.preferring.zoom_to)
    page.view.context_menu_requested.connect(window.own_commands.open_menu)
