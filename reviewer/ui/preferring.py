"""What a person prefers, as the window asks for it and follows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from reviewer.settings import Settings

_ZOOMS = (50, 60, 70, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)
_MOST_WARNED = 100


class Preferring(QObject):
    """Holds the settings; every change is told at once.

    Signals:
        changed: the new Settings.
        checks_asked: the checks of the open project are to be seen.
        memories_chosen: a tuple of the paths of translation memories.
    """

    changed = Signal(object)
    checks_asked = Signal()
    memories_chosen = Signal(object)

    def __init__(self, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        return self._settings

    def note_project(self, path: Path) -> None:
        """Make a project the newest of the recent ones."""
        self._change(self._settings.with_recent(path))

    def note_columns(self, layout: str, source: int, target: int) -> None:
        """Remember which columns of a bilingual table were chosen."""
        self._change(self._settings.with_table(layout, source, target))

    def note_place(self, project: str, document: int, pair: int) -> None:
        """Remember where a project was left."""
        self._change(self._settings.with_place(project, document, pair))

    def note_warned(self, project: str) -> None:
        """Remember that the person was told of a project on a network drive."""
        warned = (project, *self._settings.warned)
        self._change(replace(self._settings, warned=warned[:_MOST_WARNED]))

    def zoom_in(self) -> None:
        """Make the texts larger."""
        larger = [zoom for zoom in _ZOOMS if zoom > self._settings.zoom]
        self.zoom_to((larger or _ZOOMS[-1:])[0])

    def zoom_out(self) -> None:
        """Make the texts smaller."""
        smaller = [zoom for zoom in _ZOOMS if zoom < self._settings.zoom]
        self.zoom_to((smaller or _ZOOMS[:1])[-1])

    def zoom_reset(self) -> None:
        """Give the texts their usual size."""
        self.zoom_to(100)

    def zoom_to(self, percent: int) -> None:
        """Give the texts a size in per cent."""
        self._change(replace(self._settings, zoom=percent))

    def show_dialog(self, *, in_project: bool) -> None:
        """Let the person choose; in a project there is a way to its checks."""
        from reviewer.ui.dialogs.preferences_dialog import PreferencesDialog

        dialog = PreferencesDialog(self._settings, self._window, in_project=in_project)
        dialog.settings_changed.connect(self._take)
        dialog.checks_asked.connect(self.checks_asked)
        dialog.show()

    def choose_own_checks(self, names: tuple[str, ...]) -> None:
        """Let these check files of the person run, and no others."""
        self._change(replace(self._settings, own_checks=names))

    def show_memories(self, named: Sequence[str] | None) -> None:
        """Let the person choose memories; `named` are those of the project, None without one."""
        from reviewer.ui.dialogs.memories_dialog import MemoriesDialog

        settings = self._settings
        dialog = MemoriesDialog(
            settings.memories if named is None else named,
            frozenset(settings.known_memories),
            in_project=named is not None,
            parent=self._window,
        )
        dialog.changed.connect(self._take_memories)
        dialog.open()

    def _take_memories(self, paths: tuple[str, ...], chosen_here: tuple[str, ...]) -> None:
        # What only a project from elsewhere names is nothing that the person chose.
        self._change(self._settings.with_memories(chosen_here))
        self.memories_chosen.emit(paths)

    def _take(self, settings: Settings) -> None:
        # A project may have been opened since the dialog was, or memories chosen.
        now = self._settings
        settings = replace(settings, recent=now.recent, memories=now.memories)
        settings = replace(settings, own_checks=now.own_checks, tables=now.tables)
        settings = replace(settings, places=now.places, warned=now.warned)
        self._change(replace(settings, known_memories=now.known_memories))

    def _change(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.changed.emit(settings)
