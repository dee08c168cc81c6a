"""Tell the aligner which sentences belong together, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from reviewer.review.alignment.given import read_anchors
from reviewer.ui.look.controls import Button, Label, Look, resize_on_screen
from reviewer.ui.look.wording import counted, filled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reviewer.review.alignment.given import Given
    from reviewer.review.session import Review

_PAUSE = 250
_MOST_TOLD = 6


class AnchorsDialog(QDialog):
    """A field for lines, and below it what does not fit, one sentence per line.

    Signals:
        chosen: places that belong together.
    """

    chosen = Signal(object)

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self.setWindowTitle(self.tr("Paste anchors"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 620, 440)
        words = self.tr(
            "One line for each two sentences that belong together: the numbers of their pairs as "
            "“12 = 14” (source = translation), or both sentences with a tab between them. The "
            "rest of the document is aligned anew around them."
        )
        self._field = QPlainTextEdit(self)
        self._field.setPlaceholderText(self.tr("12 = 14"))
        self._field.setAccessibleName(self.tr("Anchors"))
        self._field.setTabChangesFocus(True)
        self._told = Label("", dim=True, wrap=True)
        self._align = Button(self.tr("&Align"), Look.PRIMARY)
        self._align.setDefault(True)
        self._align.setEnabled(False)
        self._align.clicked.connect(self._choose)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._align)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(Label(words, wrap=True))
        layout.addWidget(self._field, 1)
        layout.addWidget(self._told)
        layout.addLayout(buttons)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._judge)
        self._field.textChanged.connect(self._pause.start)
        self._field.setFocus()

    def _read(self) -> Given:
        return read_anchors(self._field.toPlainText(), self._review.columns)

    def _judge(self) -> None:
        """Say how many lines fit, and what does not about the others."""
        given = self._read()
        count = len(given.places)
        told = [filled("given", unfit.text, unfit.words) for unfit in given.unfit]
        if len(told) > _MOST_TOLD:
            rest = len(told) - _MOST_TOLD
            more = counted(self.tr("%n more line(s) do not fit.", "", rest), rest)
            told = [*told[:_MOST_TOLD], more]
        if count:
            told.insert(0, counted(self.tr("%n line(s) understood.", "", count), count))
        self._told.setText("\n".join(told))
        self._align.setEnabled(count > 0)

    def _choose(self) -> None:
        places = self._read().places
        if places:
            self.accept()
            self.chosen.emit(places)
