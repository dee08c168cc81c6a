"""The line at the bottom: where one is, what is confirmed and saved, what runs, the languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from reviewer.ui.look.controls import Button, ElidedLabel, Label, Look
from reviewer.ui.look.wording import clock, counted, isolated, language_name

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from reviewer.review.saving import SavedState
    from reviewer.review.tasks.requests import Progress


_PER_CENT = 100
_NOTE_STAYS = 6000
"""Milliseconds that a passing note is shown."""


class ProgressLine(QWidget):
    """A thin bar; without a total it is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedSize(130, 7)

    def set_share(self, share: float) -> None:
        """Show how much is done, 0-1."""
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groove and the part that is done."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        if self._share:
            painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
            done = QRectF(0, 0, max(7.0, self.width() * self._share), self.height())
            painter.drawRoundedRect(done, 3, 3)


class StatusBar(QWidget):
    """The line at the bottom of the window.

    Signals:
        cancel_asked: the running job is to stop.
        languages_asked: the person wants to change the languages.
    """

    cancel_asked = Signal()
    languages_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._position = Label(dim=True, size=12)
        self._confirmed = Label(dim=True, size=12)
        self._saved = Label(dim=True, size=12)
        self._company = ElidedLabel(dim=True, size=12)
        self._note = ElidedLabel(dim=True, size=12)
        self._note_timer = QTimer(self)
        self._note_timer.setSingleShot(True)
        self._note_timer.setInterval(_NOTE_STAYS)
        self._note_timer.timeout.connect(self._forget_note)
        self._job = ElidedLabel(dim=True, size=12)
        self._progress = ProgressLine()
        self._cancel = Button(self.tr("Cancel"), Look.QUIET)
        self._cancel.clicked.connect(self.cancel_asked)
        self._languages = Button("", Look.QUIET)
        self._languages.setToolTip(self.tr("Change the languages"))
        self._languages.clicked.connect(self.languages_asked)
        row = QHBoxLayout()
        row.setContentsMargins(12, 2, 6, 2)
        row.setSpacing(18)
        for label in (self._position, self._confirmed, self._saved):
            row.addWidget(label)
        row.addWidget(self._company)
        row.addWidget(self._note, 1)
        row.addWidget(self._job)
        row.addWidget(self._progress)
        row.addWidget(self._cancel)
        row.addWidget(self._languages)
        self.setLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_nothing()
        self.show_job(None)

    def sizeHint(self) -> QSize:
        """Return a height that does not change when a job comes and goes."""
        return QSize(400, self._cancel.sizeHint().height() + 5)

    def show_nothing(self) -> None:
        """Show that no project is open."""
        self._position.setText(self.tr("Ready"))
        for label in (self._confirmed, self._saved):
            label.setText("")
        self._forget_note()
        self._languages.hide()
        self.show_company("")

    def show_position(self, number: int, count: int) -> None:
        """Show at which pair one is, `number` from 0."""
        text = self.tr("Pair {0} of {1}") if count else self.tr("No pairs")
        self._position.setText(text.format(number + 1, count))

    def show_confirmed(self, count: int) -> None:
        """Show how many pairs are confirmed."""
        self._confirmed.setText(self.tr("%n confirmed", "", count))

    def show_saved(self, saved: SavedState) -> None:
        """Show since when everything is safe, or what is still on its way."""
        if saved.problem:
            count = saved.pending
            text = counted(self.tr("Not saved yet: %n decision(s) waiting", "", count), count)
        elif saved.pending:
            text = self.tr("Saving…")
        elif saved.time is not None:
            text = self.tr("✓ Saved {0}").format(clock(saved.time))
        else:
            text = ""
        self._saved.setText(text)

    def show_company(self, text: str) -> None:
        """Show who else is at the project and how the sharing goes; nothing where one is alone."""
        if text != self._company.whole():
            self._company.setWhole(text)
        self._company.setVisible(bool(text))

    def tell(self, text: str) -> None:
        """Say something in passing; what is saved meanwhile does not take it away."""
        self._note.setWhole(text)
        self._note_timer.start()

    @property
    def note(self) -> str:
        """What is said in passing; empty where nothing is."""
        return self._note.whole()

    def _forget_note(self) -> None:
        self._note_timer.stop()
        self._note.setWhole("")

    def show_languages(self, source: str, target: str) -> None:
        """Show the languages of the open document pair, BCP 47 tags."""
        names = language_name(source), language_name(target)
        self._languages.setText(self.tr("{0} → {1}").format(*names))
        self._languages.show()

    def languages_place(self, window: QWidget) -> QRect:
        """Return where the languages stand in the window; the whole line while it is hidden."""
        part = self._languages if self._languages.isVisible() else self
        return QRect(part.mapTo(window, part.rect().topLeft()), part.size())

    def show_job(self, label: str | None) -> None:
        """Show that a job has begun, or with None that none runs."""
        running = label is not None
        self._job.setWhole(label or "")
        self._progress.set_share(0)
        for widget in (self._job, self._progress, self._cancel):
            widget.setVisible(running)

    def show_progress(self, progress: Progress) -> None:
        """Show where the running job is."""
        label = QCoreApplication.translate("progress", progress.label)
        if progress.name and progress.label == "Reading":
            label = self.tr("Reading “{0}”").format(isolated(progress.name))
        if progress.total == _PER_CENT:
            label = self.tr("{0} {1} %").format(label, progress.done)
        elif progress.total > 1:
            template = self.tr("{0} {1} / {2}")
            label = template.format(label, progress.done, progress.total)
        self._job.setWhole(label)
        self._progress.set_share(progress.done / progress.total if progress.total else 0)
