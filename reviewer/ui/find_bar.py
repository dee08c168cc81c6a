"""Find and replace, above the text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from reviewer.errors import ReviewerError
from reviewer.model import Side
from reviewer.ui.controls import Button, Label, Look
from reviewer.ui.icons import icon
from reviewer.ui.wording import counted

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from reviewer.review.search import Hit
    from reviewer.review.session import Review

_PAUSE = 120
"""Milliseconds after a key before the search runs."""
MOST_WHILE_TYPING = 20_000
"""Pairs; in a larger document the search waits for Enter: it would stop the typing."""


class FindBar(QWidget):
    """Finds in one column or both, replaces in the translation.

    Signals:
        hit_chosen: the Hit to go to.
        hits_changed: other places are found now, or none; see `hits`.
        replaced: how many places were changed.
        reading: the texts are about to be read; what is being written is to be recorded first.
        closed: the bar was left.
    """

    hit_chosen = Signal(object)
    hits_changed = Signal()
    replaced = Signal(int)
    reading = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review: Review | None = None
        self._hits: list[Hit] = []
        self._at = -1
        self._gone_to: _Known | None = None
        self._stale = False
        self._revision = -1
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.search)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 6, 8, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        self._text = self._field(self.tr("Find"))
        self._new = self._field(self.tr("Replace with"))
        self._count = Label(dim=True)
        self._count.setMinimumWidth(120)
        self._build_find(grid)
        self._replace_row = self._build_replace(grid)
        grid.setColumnStretch(0, 1)
        fields = (self._text, *self._replace_row, *self._walk_buttons, *self._options)
        for before, after in pairwise(fields):
            self.setTabOrder(before, after)
        self.hide()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(name)
        field.setAccessibleName(name)
        field.setClearButtonEnabled(True)
        field.textChanged.connect(self._search_soon)
        return field

    def _build_find(self, grid: QGridLayout) -> None:
        self._case = QCheckBox(self.tr("Match &case"))
        self._regex = QCheckBox(self.tr("Regular e&xpression"))
        self._side = QComboBox()
        self._side.setAccessibleName(self.tr("Where"))
        for text, side in (
            (self.tr("Both columns"), None),
            (self.tr("Source"), Side.SOURCE),
            (self.tr("Translation"), Side.TARGET),
        ):
            self._side.addItem(text, side)
        self._case.toggled.connect(self.search)
        self._regex.toggled.connect(self.search)
        self._side.currentIndexChanged.connect(self.search)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._options = (self._side, self._case, self._regex)
        for widget in (self._count, *self._options):
            row.addWidget(widget)
        buttons = []
        for name, shown, slot in (
            (self.tr("Previous"), "previous", self.previous),
            (self.tr("Next"), "next", self.next),
            (self.tr("Close"), "close", self.leave),
        ):
            button = Button("", Look.QUIET)
            button.setIcon(icon(shown))
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(slot)
            row.addWidget(button)
            buttons.append(button)
        self._walk_buttons = tuple(buttons)
        grid.addWidget(self._text, 0, 0)
        grid.addLayout(row, 0, 1)

    def _build_replace(self, grid: QGridLayout) -> tuple[QWidget, ...]:
        replace = Button(self.tr("Re&place"))
        replace.clicked.connect(self.replace)
        everything = Button(self.tr("Replace a&ll"))
        everything.clicked.connect(self.replace_all)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(replace)
        row.addWidget(everything)
        row.addStretch(1)
        grid.addWidget(self._new, 1, 0)
        grid.addLayout(row, 1, 1)
        return (self._new, replace, everything)

    def open_for(self, review: Review, text: str = "", *, replace: bool = False) -> None:
        """Show the bar; a text takes the place of what was looked for last."""
        self._review = review
        for widget in self._replace_row:
            widget.setVisible(replace)
        if replace:
            self._side.setCurrentIndex(self._side.findData(Side.TARGET))
        if text:
            self._text.setText(text)
        self.show()
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._text.selectAll()
        self.search()

    def go_from(self, number: int) -> None:
        """Go to the first hit in a pair or after it, else to the first of all."""
        if self._hits:
            later = [at for at, hit in enumerate(self._hits) if hit.number >= number]
            self._go(later[0] if later else 0)

    def leave(self) -> None:
        """Close the bar."""
        self._pause.stop()
        self.hide()
        self.hits_changed.emit()
        self.closed.emit()

    def forget(self) -> None:
        """Let go of the review: it is about to be closed."""
        self._review, self._hits, self._at = None, [], -1
        self._gone_to = None
        self._pause.stop()
        self.hide()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What the last search found; nothing while the bar is closed."""
        return () if self.isHidden() else tuple(self._hits)

    def _search_soon(self) -> None:
        if self._review is None:
            return
        if self._review.count <= MOST_WHILE_TYPING:
            self._pause.start()
        else:
            self._hits, self._at, self._stale = [], -1, True
            self.hits_changed.emit()
            self._count.setText(self.tr("Enter finds"))

    def search(self) -> None:
        """Look for the text; the first hit at or after the last one becomes the current one."""
        self._pause.stop()
        self._stale = False
        if self._review is None or self.isHidden():
            return
        last = self._current()
        self._revision = self._review.revision
        try:
            self._hits = self._review.find(
                self._text.text(),
                case=self._case.isChecked(),
                regex=self._regex.isChecked(),
                side=self._side.currentData(),
                replacement=self._replacement(),
            )
        except ReviewerError as error:
            self._hits, self._at = [], -1
            self._count.setText(str(error))
            self.hits_changed.emit()
            return
        self._at = -1
        if last is not None and self._hits:
            later = [n for n, hit in enumerate(self._hits) if _place(hit) >= _place(last)]
            self._at = later[0] if later else 0
        self.hits_changed.emit()
        self._tell()

    def _replacement(self) -> str | None:
        return None if self._new.isHidden() else self._new.text()

    def next(self) -> None:
        """Go to the next hit, after the last one to the first."""
        self._step(1)

    def previous(self) -> None:
        """Go to the hit before, before the first one to the last."""
        self._step(-1)

    def _current(self) -> Hit | None:
        return self._hits[self._at] if 0 <= self._at < len(self._hits) else None

    def _catch_up(self) -> bool:
        """Search again where hits may be out of date; return whether the current one is shown."""
        self.reading.emit()
        old = self._review is not None and self._review.revision != self._revision
        if old or self._pause.isActive() or self._stale:
            self.search()
        return self._is_shown

    @property
    def _is_shown(self) -> bool:
        """Whether the current hit is the one that was gone to."""
        hit = self._current()
        return hit is not None and _known(hit) == self._gone_to

    def _step(self, by: int) -> None:
        shown = self._catch_up()
        if self._hits:
            start = -1 if self._at < 0 and by > 0 else max(self._at, 0)
            if not shown and self._at >= 0 and by > 0:
                # The one that was gone to is no more: this is the next already.
                start -= 1
            self._go((start + by) % len(self._hits))
        else:
            self._tell()

    def _go(self, at: int) -> None:
        self._at = at
        self._gone_to = _known(self._hits[at])
        self.hit_chosen.emit(self._hits[at])
        self._tell()

    def replace(self) -> None:
        """Replace the current hit, if it is in the translation, and go to the next.

        Where the text has changed so that another hit is the current one, that one is shown first.
        """
        shown, hit = self._catch_up(), self._current()
        if hit is not None and not shown:
            self._go(self._at)
            return
        if hit is None or hit.span.side is not Side.TARGET or self._review is None:
            self.next()
            return
        self._review.replace_all([hit])
        self._gone_to = None
        self.search()
        self.next()

    def replace_all(self) -> None:
        """Replace every hit in the translation, as one gesture."""
        self._catch_up()
        places = [hit for hit in self._hits if hit.span.side is Side.TARGET]
        count = 0
        if self._review is not None and places:
            count = self._review.replace_all(places)
            self.search()
        self.replaced.emit(count)

    def _tell(self) -> None:
        if not self._text.text():
            self._count.setText("")
        elif not self._hits:
            self._count.setText(self.tr("Nothing found"))
        elif not self._is_shown:
            count = len(self._hits)
            self._count.setText(counted(self.tr("%n place(s)", "", count), count))
        else:
            self._count.setText(self.tr("{0} of {1}").format(self._at + 1, len(self._hits)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter back, Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(-1 if back else 1)
        else:
            super().keyPressEvent(event)


_Known = tuple[tuple[int, bool, int], str]


def _place(hit: Hit) -> tuple[int, bool, int]:
    """Return what hits are in the order of."""
    return hit.number, hit.span.side is Side.TARGET, hit.span.start


def _known(hit: Hit) -> _Known:
    """Return what a hit is known by when the texts are searched again."""
    return _place(hit), hit.old
