"""What the window shows before a project is open: one place to drop files, and the ways in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from reviewer.ui.look.controls import Button, ElidedLabel, Label, Look
from reviewer.ui.look.icons import icon
from reviewer.ui.look.theme import theme_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

_MOST_RECENT = 5
_ICON = 52


class _Area(QFrame):
    """The dashed frame that files can be dropped on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(420, 300)
        self.setMaximumWidth(680)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw paper with a dashed edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.palette().color(QPalette.ColorRole.Mid), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 14, 14)


class StartPage(QWidget):
    """The ways into a review.

    Signals:
        open_asked: choose files.
        paste_asked: paste two texts.
        sample_asked: open the sample.
        recent_chosen: path of a project.
    """

    open_asked = Signal()
    paste_asked = Signal()
    sample_asked = Signal()
    recent_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = Label(
            self.tr("Drop a source file and its translation here"),
            bold=True,
            size=19,
            wrap=True,
        )
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        about = Label(
            self.tr(
                "Or a bilingual file, a folder of pairs, a project. Nothing leaves this computer."
            ),
            dim=True,
            wrap=True,
        )
        about.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        area = _Area()
        inside = QVBoxLayout(area)
        inside.setContentsMargins(40, 36, 40, 32)
        inside.setSpacing(10)
        inside.addStretch(1)
        inside.addWidget(self._picture)
        inside.addWidget(title)
        inside.addWidget(about)
        inside.addSpacing(8)
        inside.addLayout(self._buttons())
        inside.addSpacing(8)
        inside.addLayout(self._recent)
        inside.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(area, 6)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(1)
        self._show_picture()

    def _buttons(self) -> QHBoxLayout:
        self._open = Button(self.tr("Open files…"), Look.PRIMARY)
        self._open.clicked.connect(self.open_asked)
        paste = Button(self.tr("Paste two texts"))
        paste.clicked.connect(self.paste_asked)
        sample = Button(self.tr("Try a sample"))
        sample.clicked.connect(self.sample_asked)
        row = QHBoxLayout()
        row.setSpacing(9)
        row.addStretch(1)
        for button in (self._open, paste, sample):
            row.addWidget(button)
        row.addStretch(1)
        self.setFocusProxy(self._open)
        return row

    def show_recent(self, paths: Sequence[str]) -> None:
        """List the newest projects; those that are gone are left out."""
        while (entry := self._recent.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.deleteLater()
        there = [path for path in paths if Path(path).exists()][:_MOST_RECENT]
        if not there:
            return
        heading = Label(self.tr("Recent"), dim=True, size=12)
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._recent.addWidget(heading)
        for path in there:
            button = Button(_short(path), Look.QUIET)
            button.setObjectName(path)
            button.setToolTip(path)
            button.setAccessibleName(path)
            button.clicked.connect(self._choose_recent)
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _choose_recent(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.recent_chosen.emit(button.objectName())

    def _show_picture(self) -> None:
        drawing = icon("open", theme_of(self.palette()).dim)
        size = QSize(_ICON, _ICON)
        self._picture.setPixmap(drawing.pixmap(size, self.devicePixelRatio()))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the picture in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_picture()


def _short(path: str) -> str:
    """Return a project's name and the folder it is in."""
    known = Path(path)
    return f"{known.stem}  ·  {known.parent.name}" if known.parent.name else known.stem


class DropOverlay(QWidget):
    """Covers the window while files are dragged over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ElidedLabel(bold=True, size=19)
        layout = QHBoxLayout(self)
        layout.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._text)
        self.hide()

    def show_over(self, text: str) -> None:
        """Cover the parent, with a text that says what will happen."""
        parent = self.parentWidget()
        assert parent is not None
        self._text.setWhole(text)
        self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a veil and a frame in the accent's colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = self.palette().color(QPalette.ColorRole.Base)
        veil.setAlphaF(0.92)
        painter.fillRect(self.rect(), veil)
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(accent, 3, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(12, 12, -12, -12), 14, 14)
