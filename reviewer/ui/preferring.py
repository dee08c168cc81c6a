"""What a person prefers, as the window asks for it and follows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from reviewer.settings import Settings

_ZOOMS = (50, 60, 70, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)


class Preferring(QObject):
    """Holds the settings; every change is told at once.

    Signals:
        changed: the new Settings.
        check_switched: id of a check, and whether it is on in the open project.
    """

    changed = Signal(object)
    check_switched = Signal(str, bool)

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

    def show_dialog(self, checks: Mapping[str, bool] | None) -> None:
        """Let the person choose; `checks` are those of the open project, None without one."""
        from reviewer.ui.preferences_dialog import PreferencesDialog

        dialog = PreferencesDialog(self._settings, checks, self._window)
        dialog.settings_changed.connect(self._take)
        dialog.check_switched.connect(self.check_switched)
        dialog.show()

    def _take(self, settings: Settings) -> None:
        # A project may have been opened since the dialog was.
        self._change(replace(settings, recent=self._settings.recent))

    def _change(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.changed.emit(settings)
