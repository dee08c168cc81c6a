"""The commands that are the window's own: what each does, by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from reviewer.ui.pair_menu import pair_menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from reviewer.model import Finding
    from reviewer.ui.main_window import MainWindow


class WindowCommands:
    """Runs commands of the menus, and what is answered in the bars, for one window.

    Before a command reads the review, what stands in the editor is recorded.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    @property
    def slots(self) -> dict[str, Callable[[], object]]:
        """What commands do here, by their names."""
        window = self._window
        return {
            "open": window.opening.ask_files,
            "open_folder": window.opening.ask_folder,
            "paste": window.opening.ask_texts,
            "sample": window.opening.open_sample,
            "add": window.opening.ask_more_files,
            "new_target": self._ask_new_target,
            "new_source": self._ask_new_source,
            "proposals": window.renewing.ask_proposals,
            "save": self._save,
            "save_copy": window.saving.ask_copy,
            "send_review": window.saving.ask_review,
            "load": self._load,
            "load_table": self._load_table,
            "share": window.sharing.ask,
            "verify": window.rescuing.verify,
            "export": self._export,
            "export_table": self._export_table,
            "languages": self.ask_languages,
            "memories": self._show_memories,
            "close": window.close_review,
            "quit": window.close,
            "command_box": self._open_command_box,
            "go_to": self._go_to,
            "next_document": self._next_document,
            "previous_document": self._previous_document,
            "preferences": self._show_preferences,
            "check": window.checking.check,
            "panel": self._toggle_panel,
            "next_pane": self._next_pane,
            "zoom_in": window.preferring.zoom_in,
            "zoom_out": window.preferring.zoom_out,
            "zoom_reset": window.preferring.zoom_reset,
            "keys": self._show_keys,
            "about": self._show_about,
        }

    def run(self, name: str) -> None:
        """Run a command as if it was chosen in a menu."""
        self._window.commands[name].trigger()

    def fill_recent(self) -> None:
        """List the recent projects in their menu."""
        self._window.opening.fill_recent(self._window.commands.menu("recent"))

    def open_menu(self, _number: int, _finding: Finding | None, place: QPoint) -> None:
        """Offer what can be done with a pair; it is the current one by now."""
        pair_menu(self._window.commands, self._window).popup(place)

    # The project and its files

    def _record_edit(self) -> None:
        if self._window.desk is not None:
            self._window.desk.page.view.record_edit()

    def _save(self) -> None:
        self._record_edit()
        self._window.saving.save()

    def _load(self) -> None:
        self._record_edit()
        self._window.loading.ask()

    def _load_table(self) -> None:
        self._record_edit()
        self._window.tabling.ask()

    def _ask_new_target(self) -> None:
        self._record_edit()
        self._window.renewing.ask_target()

    def _ask_new_source(self) -> None:
        self._record_edit()
        self._window.renewing.ask_source()

    def _export(self) -> None:
        self._record_edit()
        self._window.saving.ask_export()

    def _export_table(self) -> None:
        self._record_edit()
        self._window.saving.ask_table()

    # Dialogs

    def ask_languages(self) -> None:
        """Ask what the languages are."""
        from reviewer.ui.dialogs.languages_popover import LanguagesPopover

        window = self._window
        review, desk = window.review, window.desk
        if review is None or desk is None:
            return
        popover = LanguagesPopover(review.source_language, review.target_language, window)
        popover.chosen.connect(desk.deciding.set_languages)
        popover.open_at(window.status.languages_place(window), popover.first)

    def _show_memories(self) -> None:
        review = self._window.review
        chosen = review.settings.memories if review is not None else None
        self._window.preferring.show_memories(chosen)

    def _show_preferences(self) -> None:
        self._window.preferring.show_dialog(in_project=self._window.review is not None)

    def _show_keys(self) -> None:
        from reviewer.ui.keys import KeysDialog

        KeysDialog(self._window).show()

    def _show_about(self) -> None:
        from reviewer.ui.dialogs.about_dialog import AboutDialog

        AboutDialog(self._window).open()

    # The documents of the project

    def _next_document(self) -> None:
        self._step_document(1)

    def _previous_document(self) -> None:
        self._step_document(-1)

    def _step_document(self, by: int) -> None:
        review = self._window.review
        if review is None:
            return
        count = len(review.documents)
        if count < 2:
            text = QCoreApplication.translate("WindowCommands", "There is no other document here.")
            self._window.status.tell(text)
            return
        self._window.open_document((review.document + by) % count)

    # Where the keyboard is

    def _open_command_box(self) -> None:
        self._window.command_box.open_with("")

    def _go_to(self) -> None:
        self._window.command_box.open_with("#")

    def _toggle_panel(self) -> None:
        if self._window.desk is not None:
            visible = self._window.commands["panel"].isChecked()
            self._window.desk.show_panel(visible=visible)

    def _next_pane(self) -> None:
        """Give the keyboard to the next part of the window."""
        window = self._window
        panes: list[tuple[QWidget, Callable[[], None]]]
        panes = [(window.start_page, self.take_focus_back)]
        if window.desk is not None and window.review is not None:
            panes = window.desk.panes()
        if window.messages.shown():
            panes.append((window.messages, window.messages.take_focus))
        focus = window.focusWidget()
        at = next(
            (n for n, (part, _) in enumerate(panes) if part is focus or part.isAncestorOf(focus)),
            -1,
        )
        panes[(at + 1) % len(panes)][1]()

    def take_focus_back(self) -> None:
        """Put the keyboard where the work is."""
        window = self._window
        if window.desk is not None and window.review is not None:
            window.desk.page.take_focus()
        else:
            window.start_page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # The bars

    def answer(self, about: str, action: str) -> None:
        """Do what a person chose in a bar about something."""
        window = self._window
        answers: dict[str, Callable[[], object]] = {
            "swap": self._swap,
            "show_folder": window.saving.show_folder,
            "open_written": window.saving.open_written,
            "accept_alignment": window.doubting.accept,
            "load_copies": self._load_copies,
            "rescue": window.rescuing.ask,
            "show_shared": window.sharing.show_folder,
            "show_came": self._show_came,
            "stop_sharing": window.sharing.stop,
            "without_row": self._show_without_row,
        }
        if window.desk is not None:
            answers["back_to_mark"] = window.desk.repairing.go_to_mark
        if action in answers:
            answers[action]()
        else:
            self.run(action)
            if about == "alignment":
                # What was only opened may be cancelled; the bar goes when the pairs are better.
                window.doubting.judge()

    def take_closed(self, about: str) -> None:
        """Take it for an answer that a bar about something was closed."""
        if about == "alignment":
            self._window.doubting.accept()

    def _swap(self) -> None:
        self._window.close_review()
        self._window.opening.swap()

    def _load_copies(self) -> None:
        self._window.loading.look_at(self._window.sharing.copies)

    def _show_came(self) -> None:
        self._window.messages.take_away("came")
        if self._window.sharing.came is not None:
            self._window.open_document(self._window.sharing.came)

    def _show_without_row(self) -> None:
        desk = self._window.desk
        if desk is not None:
            desk.show_history()
            desk.panel.history.show_without_row()
