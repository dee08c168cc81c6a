"""What the person sees when the program made a mistake, and the log that tells us which."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit

from reviewer import __version__
from reviewer.ui.dialogs.logbook import log_file
from reviewer.ui.look.controls import Button, Label, Look, dialog_column, resize_on_screen

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtWidgets import QWidget

_log = logging.getLogger(__name__)


def describe(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return what happened without the error's own words: they may quote the document."""
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    lines = [f"Bitext Reviewer {__version__}, {system}, Qt {qVersion()}"]
    frames = traceback.extract_tb(trace)
    lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    lines.append(f"{kind.__module__}.{kind.__qualname__}")
    return "\n".join(lines)


class CrashDialog(QDialog):
    """Says that it was our mistake, that decisions are safe, and what to send us.

    Signals:
        quit_asked: the person wants to end the program.
    """

    quit_asked = Signal()

    def __init__(self, report: str, log: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self.setWindowTitle(self.tr("Bitext Reviewer"))
        resize_on_screen(self, 640, 380)
        title = Label(self.tr("The program made a mistake."), bold=True, size=15)
        safe = Label(
            self.tr(
                "Your decisions are saved. You can go on; if the window behaves oddly, quit and "
                "start again."
            ),
            wrap=True,
        )
        where = self.tr("The report below holds no text of your documents. Nothing was sent.")
        if log is not None:
            where += " " + self.tr("It was also written to {0}").format(log)
        told = Label(where, dim=True, wrap=True)
        details = QPlainTextEdit(report)
        details.setReadOnly(True)
        details.setAccessibleName(self.tr("Report"))
        copy = Button(self.tr("&Copy the report"))
        copy.clicked.connect(self._copy)
        leave = Button(self.tr("&Quit"))
        leave.clicked.connect(self.quit_asked)
        go_on = Button(self.tr("&Go on"), Look.PRIMARY)
        go_on.setDefault(True)
        go_on.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(leave)
        buttons.addWidget(go_on)
        layout = dialog_column(self, 10)
        layout.addWidget(title)
        layout.addWidget(safe)
        layout.addWidget(told)
        layout.addWidget(details, 1)
        layout.addLayout(buttons)
        go_on.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._report)


class CrashReporter:
    """Catches what nobody else caught; shows one dialog at a time."""

    def __init__(self) -> None:
        self._dialog: CrashDialog | None = None
        self.window: QWidget | None = None

    def install(self) -> None:
        """Become the program's last resort."""
        sys.excepthook = self.report

    def report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log an error and tell the person."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        text = describe(kind, trace)
        _log.error("%s", text)
        log = log_file()
        if self._dialog is not None or QApplication.instance() is None:
            return
        self._dialog = CrashDialog(text, log if log.exists() else None, self.window)
        self._dialog.finished.connect(self._closed)
        self._dialog.quit_asked.connect(QApplication.quit)
        self._dialog.open()

    def _closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None
