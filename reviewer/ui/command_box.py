"""The box at the top: finds text, goes to "#number", and runs a command after ">"."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from reviewer.errors import ReviewerError
from reviewer.ui.actions import keys_shown, plain
from reviewer.ui.look.controls import inset
from reviewer.ui.look.icons import icon
from reviewer.ui.look.wording import counted, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QWidget

    from reviewer.model import Span
    from reviewer.review.session import Review
    from reviewer.ui.actions import Actions

_MOST = 12
_MOST_DOCUMENTS = 3
_WIDTH = 350
_PAUSE = 120
_MOMENT = 0.04
"""Seconds for which the texts are searched for offers; the find bar searches all of them."""
_OFFER = Qt.ItemDataRole.UserRole + 1


class What(enum.Enum):
    """What choosing an offer does."""

    GO = "go"
    FIND = "find"
    LOOK_UP = "look-up"
    RUN = "run"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the list under the box.

    Attributes:
        note: shown at the right: a pair's number, or a key.
        number: of the pair, for GO.
        command: name of the command, for RUN.
    """

    what: What
    text: str
    note: str = ""
    number: int = -1
    span: Span | None = None
    command: str = ""


class CommandBox(QLineEdit):
    """A line with a list of offers below it.

    Signals:
        pair_chosen: number of a pair, and a Span or None.
        find_asked: a text to open the find bar with.
        look_up_asked: words for the concordance.
        command_chosen: name of a command.
        document_chosen: number of a document pair of the project.
    """

    pair_chosen = Signal(int, object)
    find_asked = Signal(str)
    look_up_asked = Signal(str)
    command_chosen = Signal(str)
    document_chosen = Signal(int)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._review: Review | None = None
        self._back_to: QWidget | None = None
        self.setPlaceholderText(self.tr("Find, go to pair, run a command…   Ctrl+K"))
        self.setAccessibleName(self.tr("Command box"))
        self.setToolTip(
            self.tr(
                "A text to find, #12 to go to a pair, the name of a document, > to run a command"
            )
        )
        self.addAction(icon("find"), QLineEdit.ActionPosition.LeadingPosition)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        # A file that is dropped here is opened, like everywhere in the window.
        self.setAcceptDrops(False)
        self.setMinimumWidth(120)
        self.setMaximumWidth(_WIDTH)
        self._list: QListWidget | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._offer)
        self.textEdited.connect(self._pause.start)

    def sizeHint(self) -> QSize:
        """Return a wide line."""
        return QSize(_WIDTH, 30)

    def show_review(self, review: Review | None) -> None:
        """Look in the texts of a review, or in none."""
        self._review = review

    def open_with(self, text: str) -> None:
        """Take the keyboard, with a beginning already typed."""
        if not self.hasFocus():
            self._back_to = self.window().focusWidget()
        self.setText(text)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text:
            self._offer()

    def leave(self) -> None:
        """Empty the box and give the keyboard back."""
        self._pause.stop()
        self.clear()
        self._hide_list()
        if self.hasFocus():
            back = self._back_to or self.parentWidget()
            # An editor that was left closed itself; the pairs that it stood in take the keys.
            while back is not None and not back.isVisible():
                back = back.parentWidget()
            if back is not None:
                back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._back_to = None

    def offers(self) -> tuple[Offer, ...]:
        """Return what the text in the box could mean, best first."""
        text = self.text().strip()
        if text.startswith(">"):
            return tuple(self._commands(text[1:].strip()))[:_MOST]
        if text.removeprefix("#").isdecimal():
            return self._numbers(int(text.removeprefix("#")), text)
        if not text or text == "#":
            return ()
        places, commands = self._places(text), tuple(self._commands(text))[:4]
        # What stands nowhere in the texts is more likely the name of a command.
        found = any(offer.what is not What.FIND for offer in places)
        documents = tuple(self._documents(text))[:_MOST_DOCUMENTS]
        if found:
            return (*places, *documents, *commands)
        return (*documents, *commands, *places)

    def _documents(self, text: str) -> Iterator[Offer]:
        """Yield the other documents of the project whose names hold the words of a text."""
        documents = self._review.documents if self._review is not None else ()
        wanted = text.casefold().split()
        for number, pair in enumerate(documents):
            here = self._review is not None and number == self._review.document
            if not here and all(word in pair.title.casefold() for word in wanted):
                yield Offer(What.OPEN, pair.title, self.tr("Document"), number)

    def _numbers(self, number: int, text: str) -> tuple[Offer, ...]:
        review = self._review
        if review is None:
            return ()
        found: tuple[Offer, ...] = ()
        if 1 <= number <= review.count:
            pair = review.pair(number - 1)
            shown = (pair.target_text or pair.source_text).replace("\n", " ")
            told = self.tr("Go to pair {0}").format(number)
            found = (Offer(What.GO, f"{told}  ·  {shown}", number=number - 1),)
        return found if text.startswith("#") else (*found, *self._places(text))

    def _places(self, text: str) -> tuple[Offer, ...]:
        if self._review is None:
            return ()
        try:
            found = self._review.search(text)
            is_whole = found.run(_MOMENT)
        except ReviewerError:
            return (Offer(What.FIND, self.tr("“{0}” is nowhere").format(text)),)
        count = len(found)
        told = counted(self.tr("Find “{0}”: %n place(s)", "", count), count)
        if not is_whole:
            told = self.tr("Find “{0}”")
        elif not count:
            told = self.tr("“{0}” is nowhere")
        offers = [Offer(What.FIND, told.format(text))]
        for hit in found[: _MOST - 6]:
            whole = self._review.pair(hit.number).text(hit.span.side)
            shown = str(excerpt(whole, hit.span.start, hit.span.end, 36))
            offers.append(Offer(What.GO, shown, str(hit.number + 1), hit.number, hit.span))
        if count:
            told = self.tr("Concordance of “{0}”").format(text)
            offers.append(Offer(What.LOOK_UP, told))
        return tuple(offers)

    def _commands(self, text: str) -> list[Offer]:
        # Menus write a command with dots that is called without them here.
        text = text.rstrip(" .…")
        wanted = text.casefold().split()
        found = []
        for command, action in self._actions:
            name = plain(action.text())
            if action.isEnabled() and all(part in name.casefold() for part in wanted):
                found.append(Offer(What.RUN, name, keys_shown(command), command=command.name))
        # A command that is called so comes before those that only hold the word.
        typed = text.casefold()
        return sorted(found, key=lambda offer: not offer.text.casefold().startswith(typed))

    def _offer(self) -> None:
        self._pause.stop()
        offers = self.offers()
        if not offers:
            self._hide_list()
            return
        listing = self._list or self._make_list()
        listing.clear()
        for offer in offers:
            entry = QListWidgetItem(offer.text, listing)
            entry.setData(_OFFER, offer)
            entry.setData(Qt.ItemDataRole.AccessibleTextRole, f"{offer.text} {offer.note}")
        listing.setCurrentRow(0)
        self._place_list(listing)

    def _make_list(self) -> QListWidget:
        listing = self._list = QListWidget(self.window())
        listing.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        listing.setFrameShape(QFrame.Shape.StyledPanel)
        listing.setItemDelegate(_Delegate(listing))
        listing.setUniformItemSizes(True)
        listing.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        listing.setAccessibleName(self.tr("Offers"))
        listing.itemClicked.connect(self._choose)
        return listing

    def _place_list(self, listing: QListWidget) -> None:
        window = self.window()
        width = min(max(self.width(), 460), window.width() - 16)
        height = listing.sizeHintForRow(0) * listing.count() + 2 * listing.frameWidth() + 2
        corner = self.mapTo(window, QPoint(self.width() - width, self.height() + 4))
        height = min(height, window.height() - corner.y() - 8)
        listing.setGeometry(max(8, corner.x()), corner.y(), width, height)
        listing.show()
        listing.raise_()

    def _hide_list(self) -> None:
        if self._list is not None:
            self._list.hide()

    def _choose(self) -> None:
        entry = self._list.currentItem() if self._list is not None else None
        if entry is None or self._list is None or self._list.isHidden():
            return
        offer, text = entry.data(_OFFER), self.text().strip()
        self.leave()
        if offer.what is What.GO:
            self.pair_chosen.emit(offer.number, offer.span)
        elif offer.what is What.FIND:
            self.find_asked.emit(text)
        elif offer.what is What.OPEN:
            self.document_chosen.emit(offer.number)
        elif offer.what is What.LOOK_UP:
            self.look_up_asked.emit(text)
        else:
            self.command_chosen.emit(offer.command)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with the arrows and Enter, leave with Esc."""
        listing = self._list
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._pause.isActive() or listing is None or listing.isHidden():
                self._offer()
            self._choose()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and listing is not None:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            listing.setCurrentRow((listing.currentRow() + step) % max(listing.count(), 1))
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: object) -> None:
        """Fold the list away."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self._hide_list()


class _Delegate(QStyledItemDelegate):
    """The text at the left, the key or number at the right."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return one comfortable line."""
        return QSize(100, option.fontMetrics.height() + 12)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw an offer."""
        offer = index.data(_OFFER)
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        text = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        dim = text if chosen else QPalette.ColorRole.PlaceholderText
        room = option.rect.adjusted(10, 0, -10, 0)
        note = option.fontMetrics.horizontalAdvance(offer.note)
        left = inset(room, option.direction, 0, note + 12 if note else 0)
        shown = option.fontMetrics.elidedText(
            offer.text, Qt.TextElideMode.ElideRight, left.width()
        )
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.save()
        painter.setPen(option.palette.color(text))
        painter.drawText(left, centre, shown)
        painter.setPen(option.palette.color(dim))
        painter.drawText(room, centre | Qt.AlignmentFlag.AlignRight, offer.note)
        painter.restore()
