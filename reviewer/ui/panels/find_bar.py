"""Find and replace, above the text."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from reviewer.errors import ReviewerError
from reviewer.model import Side
from reviewer.ui.look.controls import Button, Label, Look
from reviewer.ui.look.icons import icon
from reviewer.ui.look.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from reviewer.review.search import Hit, Search
    from reviewer.review.session import Review

_PAUSE = 120
"""Milliseconds after a key before the search runs."""
MOST_WHILE_TYPING = 20_000
"""Pairs; in a larger document the search waits for Enter."""
_MOMENT = 0.012
"""Seconds for which it is searched between what else the window has to do."""
_MOST_STEPS = 3
"""Steps that wait for a search to get there; a held key would make more."""


class FindBar(QWidget):
    """Finds in one column or both, replaces in the translation.

    Signals:
        hit_chosen: the Hit to go to.
        hits_changed: another text is looked for now, or none; see `hits`.
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
        self._found: Search | None = None
        self._at = -1
        self._hit: Hit | None = None  # as it was found
        # What waits for the search to get there; each says whether it could be done.
        self._wanted: list[Callable[[], bool]] = []
        self._gone_to: _Known | None = None
        self._stale = False
        self._revision = -1
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.search)
        self._turns = QTimer(self)
        self._turns.timeout.connect(self._turn)
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
        # A file that is dropped here is opened, like everywhere in the window.
        field.setAcceptDrops(False)
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
        self._want(partial(self._go_from, number))

    def _go_from(self, number: int) -> bool:
        found = self._found
        if found is None:
            return True
        later = found.before(number)
        if later < len(found):
            self._go(later)
        elif self._is_searching:
            return False
        elif len(found):
            self._go(0)
        return True

    def leave(self) -> None:
        """Close the bar."""
        self._stop()
        self.hide()
        self.hits_changed.emit()
        self.closed.emit()

    def forget(self) -> None:
        """Let go of the review: it is about to be closed."""
        self._review = self._gone_to = None
        self._lose()
        self._stop()
        self.hide()

    def _lose(self) -> None:
        self._found, self._at, self._hit = None, -1, None

    def _stop(self) -> None:
        """Search for nothing more."""
        self._pause.stop()
        self._turns.stop()
        self._wanted.clear()

    @property
    def hits(self) -> Search | None:
        """What the last search found so far; None while the bar is closed, or before one."""
        return None if self.isHidden() else self._found

    def _search_soon(self) -> None:
        if self._review is None:
            return
        self._stop()
        if self._review.count <= MOST_WHILE_TYPING:
            self._pause.start()
        else:
            self._lose()
            self._stale = True
            self.hits_changed.emit()
            self._count.setText(self.tr("Enter finds"))

    def search(self) -> None:
        """Look for the text; the first hit at or after the last one becomes the current one.

        What is not found at once is searched between what else the window has to do.
        """
        self._stop()
        self._stale = False
        if self._review is None or self.isHidden():
            return
        last = self._hit
        self._lose()
        self._revision = self._review.revision
        try:
            self._found = self._review.search(
                self._text.text(),
                case=self._case.isChecked(),
                regex=self._regex.isChecked(),
                side=self._side.currentData(),
                replacement=self._replacement(),
            )
        except ReviewerError as error:
            self._fail(error)
            return
        self.hits_changed.emit()
        self._turns.start()
        if last is not None:
            self._wanted.append(partial(self._go_on_from, last))
        self._turn()

    def _fail(self, error: ReviewerError) -> None:
        self._stop()
        self._lose()
        self._count.setText(str(error))
        self.hits_changed.emit()

    @property
    def _is_searching(self) -> bool:
        return self._turns.isActive()

    def _turn(self) -> None:
        """Search on for a moment, and do what waited for what was found."""
        if self._review is not None and self._review.revision != self._revision:
            # Pairs that were merged or split meanwhile have other numbers.
            before, waiting = self._found, [*self._wanted]
            self._search_changed()
            if self._found is not before:
                self._wanted += waiting
        if self._found is None:
            self._stop()
            return
        try:
            if self._found.run(_MOMENT):
                self._turns.stop()
        except ReviewerError as error:
            self._fail(error)
            return
        if self._do_wanted():
            self._tell()

    def _want(self, act: Callable[[], bool]) -> None:
        """Do something as soon as the search has got there, which may be now."""
        self._wanted.append(act)
        self._do_wanted()

    def _do_wanted(self) -> bool:
        """Do what can be done by now; return whether the search goes on to be of use."""
        while self._wanted:
            # What is being done is not waiting any more: it may ask for more itself.
            act = self._wanted.pop(0)
            try:
                if not act():
                    self._wanted.insert(0, act)
                    break
            except ReviewerError as error:
                self._fail(error)
                return False
        return True

    def _go_on_from(self, last: Hit) -> bool:
        """Make the first hit at or after a place the current one, without going there."""
        found = self._found
        if found is None:
            return True
        if self._is_searching and not found.has_searched(last.number):
            return False
        at = found.index_from(last)
        if at >= len(found) and self._is_searching:
            return False
        self._at = -1 if not len(found) else at % len(found)
        self._hit = found[self._at] if len(found) else None
        return True

    def _replacement(self) -> str | None:
        return None if self._new.isHidden() else self._new.text()

    def next(self) -> None:
        """Go to the next hit, after the last one to the first."""
        self._step(1)

    def previous(self) -> None:
        """Go to the hit before, before the first one to the last."""
        self._step(-1)

    def _catch_up(self) -> bool:
        """Search again where hits may be out of date; return whether the current one is shown."""
        self.reading.emit()
        self._search_changed()
        return self._is_shown

    def _search_changed(self) -> None:
        if self._pause.isActive() or self._stale or not self._follow_texts():
            self.search()

    def _follow_texts(self) -> bool:
        """Search the pairs again whose texts are others now; False where it may be all."""
        review, found, last = self._review, self._found, self._hit
        if review is None or found is None:
            return False
        changed = review.rewritten_since(self._revision)
        if changed is None:
            return False
        self._revision = review.revision
        if changed:
            try:
                found.again(changed)
            except ReviewerError as error:
                self._fail(error)
                return True
            if last is not None:
                self._want(partial(self._go_on_from, last))
        return True

    @property
    def _is_shown(self) -> bool:
        """Whether the current hit is the one that was gone to."""
        hit = self._hit
        return hit is not None and _known(hit) == self._gone_to

    def _step(self, by: int) -> None:
        self._catch_up()
        if len(self._wanted) < _MOST_STEPS:
            self._want(partial(self._step_now, by))

    def _step_now(self, by: int) -> bool:
        count = len(self._found) if self._found is not None else 0
        start = -1 if self._at < 0 and by > 0 else max(self._at, 0)
        if not self._is_shown and self._at >= 0 and by > 0:
            # The one that was gone to is no more: this is the next already.
            start -= 1
        if self._is_searching and not 0 <= start + by < count:
            return False
        if count:
            self._go((start + by) % count)
        else:
            self._tell()
        return True

    def _go(self, at: int) -> None:
        assert self._found is not None
        self._at, self._hit = at, self._found[at]
        self._gone_to = _known(self._hit)
        self.hit_chosen.emit(self._hit)
        self._tell()

    def replace(self) -> None:
        """Replace the current hit, if it is in the translation, and go to the next.

        Where the text has changed so that another hit is the current one, that one is shown first.
        """
        shown, hit = self._catch_up(), self._hit
        if hit is not None and not shown:
            self._go(self._at)
            return
        if hit is None or hit.span.side is not Side.TARGET or self._review is None:
            self.next()
            return
        self._review.replace_all([hit])
        self._gone_to = None
        self.next()

    def replace_all(self) -> None:
        """Replace every hit in the translation, as one gesture, when all are found."""
        self._catch_up()
        self._want(self._replace_all_now)

    def _replace_all_now(self) -> bool:
        if self._is_searching:
            return False
        # Somebody may have written on while it was searched.
        self.reading.emit()
        self._search_changed()
        if self._turns.isActive():
            return False
        if self._review is None or self._found is None:
            return True  # given up, which was told
        places = (hit for hit in self._found if hit.span.side is Side.TARGET)
        count = self._review.replace_all(places)
        self._search_changed()
        self.replaced.emit(count)
        self._tell()
        return True

    def _tell(self) -> None:
        count = len(self._found) if self._found is not None else 0
        if not self._text.text():
            self._count.setText("")
        elif self._is_searching:
            self._count.setText(counted(self.tr("%n place(s) so far…", "", count), count))
        elif not count:
            self._count.setText(self.tr("Nothing found"))
        elif not self._is_shown:
            self._count.setText(counted(self.tr("%n place(s)", "", count), count))
        else:
            self._count.setText(self.tr("{0} of {1}").format(self._at + 1, count))

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
