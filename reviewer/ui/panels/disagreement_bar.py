"""The bar above the text in which two versions stand side by side until one is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reviewer.model import Side
from reviewer.review.decisions.disagreements import TEXTS, about
from reviewer.text.differences import alike_around, differing
from reviewer.ui.look.controls import Button, ElidedLabel, Label, Look
from reviewer.ui.look.fonts import right_to_left
from reviewer.ui.look.icons import icon
from reviewer.ui.panels.version_card import LETTERS, VersionCard

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent

    from reviewer.review.decisions.disagreements import Disagreement
    from reviewer.review.decisions.registers import Key
    from reviewer.review.session import Review

_HIGHEST = 240
"""Pixels of the cards; longer texts are scrolled."""
_LONG = 300
"""Code points from which a version is shown without what is alike far from the difference."""
_BACK = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Up})
_ON = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Down})


class DisagreementBar(QWidget):
    """Walks through what reviewers disagree about; each is settled by one more decision.

    Signals:
        reached: a Disagreement to show in the text.
        taken: a Disagreement and the Version that is to stand.
        third_asked: a Disagreement that the person wants to decide in the text.
        settled: none is left.
        left: the person is done here.
    """

    reached = Signal(object)
    taken = Signal(object, object)
    third_asked = Signal(object)
    settled = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review: Review | None = None
        self._found: tuple[Disagreement, ...] = ()
        self._at = 0
        self._cards: list[VersionCard] = []
        self._title = Label(bold=True)
        self._where = ElidedLabel(dim=True)
        self._count = Label(dim=True)
        self._third = Button("", Look.NORMAL)
        self._third.clicked.connect(self._ask_third)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._title)
        top.addWidget(self._where, 1)
        top.addWidget(self._third)
        top.addWidget(self._count)
        for name, picture, slot in (
            (self.tr("Previous disagreement"), "previous", self.previous),
            (self.tr("Next disagreement"), "next", self.next),
            (self.tr("Close"), "close", self.leave),
        ):
            button = Button("", Look.QUIET)
            button.setIcon(icon(picture))
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(slot)
            top.addWidget(button)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget()
        self._row = QHBoxLayout(ground)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._area.setWidget(ground)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 8)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self._area)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    # What is shown

    def open_for(self, review: Review, number: int) -> bool:
        """Show the disagreement about a pair, else the first; False where there is none."""
        self._review = review
        self._found = review.disagreements()
        self._at = next((at for at, d in enumerate(self._found) if d.number == number), 0)
        if not self._found:
            return False
        self.show()
        self._show()
        return True

    def forget(self) -> None:
        """Close: another document is open, or none."""
        self._review, self._found, self._at = None, (), 0
        self._drop_cards()
        self.hide()

    def refresh(self) -> None:
        """Show what is still apart; the one in view stays, or the next takes its place."""
        if self._review is None:
            return
        before = self.current
        self._found = self._review.disagreements()
        if not self._found:
            self.forget()
            self.settled.emit()
            return
        if before in self._found:
            self._at = self._found.index(before)
            self._tell_count()
            return
        same = [at for at, d in enumerate(self._found) if before and d.key == before.key]
        self._at = same[0] if same else min(self._at, len(self._found) - 1)
        self._show()
        if not same:
            self.reached.emit(self._found[self._at])

    def show_pair(self, number: int) -> None:
        """Follow the grid to a pair that reviewers disagree about."""
        current = self.current
        if current is None or current.number == number:
            return
        found = [at for at, d in enumerate(self._found) if d.number == number]
        if found:
            self._at = found[0]
            self._show()

    def show_key(self, key: Key) -> None:
        """Show the disagreement in a register, if there is one still."""
        found = [at for at, each in enumerate(self._found) if each.key == key]
        if found:
            self._at = found[0]
            self._show()

    @property
    def current(self) -> Disagreement | None:
        """The disagreement in view."""
        return self._found[self._at] if self._at < len(self._found) else None

    @property
    def cards(self) -> tuple[VersionCard, ...]:
        """The versions in view."""
        return tuple(self._cards)

    def _show(self) -> None:
        review, current = self._review, self.current
        if review is None or current is None:
            return
        focused = self._holds_focus()
        self._drop_cards()
        side, name = about(review.state, current)
        self._title.setText(self._named(current))
        self._where.setWhole(*self._place(current, name))
        self._third.setText(self._third_words(current))
        self._third.setVisible(bool(self._third_words(current)))
        languages = review.source_language, review.target_language
        tag = languages[side is Side.TARGET or current.kind in TEXTS]
        texts = [each.words[0] if current.kind in TEXTS else "" for each in current.versions]
        long = max(map(len, texts), default=0) > _LONG
        left_out = alike_around(texts[: len(LETTERS)]) if long else (0, 0)
        for number, version in enumerate(current.versions[: len(LETTERS)]):
            marks = differing(texts[number], texts[1 if number == 0 else 0])
            card = VersionCard(
                number,
                version,
                differing=marks if current.kind in TEXTS else None,
                language=tag,
                right_to_left=current.kind in TEXTS and right_to_left(tag),
                left_out=left_out,
            )
            card.taken.connect(self.take)
            self._cards.append(card)
            self._row.addWidget(card, 1)
            card.show()
        self._tell_count()
        self._fit()
        if focused:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_cards(self) -> None:
        for card in self._cards:
            # A button of it may be what has just been pressed.
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = []

    def _holds_focus(self) -> bool:
        return self.hasFocus() or self.isAncestorOf(self.window().focusWidget())

    def _tell_count(self) -> None:
        self._count.setText(self.tr("{0} of {1}").format(self._at + 1, len(self._found)))

    def _named(self, current: Disagreement) -> str:
        names = {
            "edit": self.tr("Translation"),
            "insert": self.tr("Added translation"),
            "verdict": self.tr("Verdict"),
            "waive": self.tr("Waiver"),
            "setting": self.tr("Setting"),
            "group": self.tr("Term"),
            "term": self.tr("Termbase entry"),
            "amend": self.tr("Comment"),
        }
        name = names.get(current.kind, current.kind)
        if current.number is None:
            return name
        return self.tr("{0} of pair {1}").format(name, current.number + 1)

    def _place(self, current: Disagreement, name: str) -> tuple[str, ...]:
        """Return where it is, or by which keys one goes on; then shorter, if that can be."""
        review = self._review
        if review is None or current.document in {None, review.document}:
            keys = self.tr("A, B … take a version; the arrow keys go on")
            shorter = self.tr("A, B …")
            return (name,) if current.number is None and name else (keys, shorter)
        return (review.documents[current.document or 0].title,)

    def _third_words(self, current: Disagreement) -> str:
        if current.kind in TEXTS:
            return self.tr("Write a third")
        return self.tr("Decide in the text") if current.kind == "verdict" else ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys are here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys are elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark the side while the keys are here."""
        if self.hasFocus():
            accent = self.palette().color(QPalette.ColorRole.Highlight)
            QPainter(self).fillRect(0, 0, 4, self.height(), accent)

    def sizeHint(self) -> QSize:
        """Return the height of the cards and the line above them."""
        return QSize(400, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the texts anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = self._row.heightForWidth(max(self.width() - 20, 100))
        self._area.setFixedHeight(min(max(height, 40), _HIGHEST))

    # What can be done

    def take(self, number: int) -> None:
        """Have the version of a number, from 0, stand."""
        current = self.current
        if current is not None and number < len(self._cards):
            self.taken.emit(current, current.versions[number])

    def _ask_third(self) -> None:
        if self.current is not None:
            self.third_asked.emit(self.current)

    def next(self) -> None:
        """Show the next disagreement, after the last one the first."""
        self._step(1)

    def previous(self) -> None:
        """Show the disagreement before, before the first one the last."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._found:
            self._at = (self._at + by) % len(self._found)
            self._show()
            current = self.current
            if current is not None:
                self.reached.emit(current)

    def leave(self) -> None:
        """Close the bar."""
        self.forget()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A, B ... or 1, 2 ... take a version, the arrows walk, Enter writes, Esc leaves."""
        key = event.key()
        letters = [ord(letter) for letter in LETTERS]
        digits = [Qt.Key.Key_1 + number for number in range(len(LETTERS))]
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _BACK or key in _ON:
            self._step(1 if key in _ON else -1)
        elif key in letters or key in digits:
            self.take(letters.index(key) if key in letters else digits.index(key))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._ask_third()
        else:
            super().keyPressEvent(event)
