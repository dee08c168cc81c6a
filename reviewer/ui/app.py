"""Start the window program: policy of the process, dress, translations, and the one window."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLibraryInfo,
    QLocale,
    QObject,
    QTimer,
    QTranslator,
    Signal,
)
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from reviewer import __version__, paths
from reviewer.errors import ReviewerError
from reviewer.settings import Settings, load_settings, save_settings
from reviewer.ui.dialogs.crash_dialog import CrashReporter
from reviewer.ui.dialogs.logbook import keep_log
from reviewer.ui.look import theme
from reviewer.ui.look.icons import icon
from reviewer.ui.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QClipboard

_COLLECT_EVERY = 1_000
_WHOLE_EVERY = 20


class NoDisplayError(ReviewerError):
    """There is no screen that a window could be opened on."""


class Application(QApplication):
    """The process with its event loop.

    Signals:
        file_asked: path of a file that the system asks to open.
    """

    file_asked = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Take the files that macOS hands over as events."""
        if isinstance(event, QFileOpenEvent):
            self.file_asked.emit(event.file())
            return True
        return super().event(event)


class Collector(QObject):
    """Runs Python's garbage collector on the window's thread alone.

    A widget that another thread happened to free would crash Qt. What survived a whole collection
    is set aside, so that the next one looks at what is new: a large project would else stop the
    window for half a second each time.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._count = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_COLLECT_EVERY)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def _collect(self) -> None:
        self._count += 1
        if self._count % _WHOLE_EVERY:
            gc.collect(1)
        else:
            gc.collect()
            gc.freeze()

    def start_over(self) -> None:
        """Look at everything again: a project was closed."""
        gc.unfreeze()
        gc.collect()


class Dresser(QObject):
    """Keeps the settings, and dresses the application by them."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        theme.apply(app, settings.theme)
        app.styleHints().colorSchemeChanged.connect(self._dress)

    def take(self, settings: Settings) -> None:
        """Keep other settings, and dress by them."""
        before, self._settings = self._settings, settings
        save_settings(settings)
        if settings.theme != before.theme:
            self._dress()

    def _dress(self) -> None:
        if self._settings.theme == "system" or not self._dressed():
            theme.apply(self._app, self._settings.theme)

    def _dressed(self) -> bool:
        wanted = {"light": theme.light(), "dark": theme.dark()}.get(self._settings.theme)
        return theme.theme_of(self._app.palette()) is wanted


def main(
    files: Sequence[Path] = (),
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    encoding: str | None = None,
    lines: str | None = None,
) -> int:
    """Open the window, with a project or two texts in it; return the exit status.

    Raises NoDisplayError.
    """
    require_display()
    keep_log()
    reporter = CrashReporter()
    reporter.install()
    settings = load_settings()
    app = Application(sys.argv[:1])
    app.setApplicationName("Bitext Reviewer")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("bitext-reviewer")
    app.setWindowIcon(icon("confirm"))
    translators = install_translations(app, settings)
    dresser = Dresser(app, settings)
    collector = Collector(app)
    window = MainWindow(settings)
    reporter.window = window
    window.settings_changed.connect(dresser.take)
    window.review_closed.connect(collector.start_over)
    app.file_asked.connect(window.opening.open_name)
    window.fit_screen()
    window.show()
    window.opening.open_later(
        files,
        source_language=source_language,
        target_language=target_language,
        encoding=encoding,
        lines=lines,
    )
    status = app.exec()
    leave_clipboard(app.clipboard())
    window.close()
    del window, translators
    return status


def leave_clipboard(clipboard: QClipboard) -> None:
    """Put what was copied from the program into data that Qt itself made.

    Data made in Python are asked for after Python has ended, which ends the process badly.
    """
    # The screenless platform has a clipboard of its own and says that it is not.
    if clipboard.ownsClipboard() or Application.platformName() == "offscreen":
        clipboard.setText(clipboard.text())


def require_display() -> None:
    """Raise NoDisplayError where Qt would end the process without a word that helps."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        message = "There is no display to open a window on; `reviewer --help` names the commands."
        raise NoDisplayError(message)


def install_translations(app: QCoreApplication, settings: Settings) -> list[QTranslator]:
    """Load the interface's language, and Qt's own words in it; return what is to be kept.

    Nothing is loaded where the program has no words in a language: Qt's alone would mix two,
    and would mirror a window in English on an Arabic computer.
    """
    language = settings.interface_language
    own = QTranslator(app)
    locale = QLocale(language) if language else QLocale()
    if not own.load(locale, "reviewer", "_", str(paths.resource("i18n"))):
        return []
    kept = [own]
    others = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if others.load(QLocale(own.language()), "qtbase", "_", folder):
        kept.insert(0, others)
    for translator in kept:
        app.installTranslator(translator)
    return kept
