"""A rendering of a drifting term: to be chosen, with its count, its share and its places."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reviewer.model import Kind
from reviewer.ui.look.controls import Label
from reviewer.ui.look.theme import theme_of
from reviewer.ui.look.wording import counted, isolated, pair_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from reviewer.model import Rendering
    from reviewer.review.session import Review
    from reviewer.review.tasks.across import There

_FEW_PLACES = 6
"""Pairs whose numbers are shown before the others are asked for."""
_INDICATOR = 26
"""Pixels that the mark of a radio button takes."""


class ElidedRadio(QRadioButton):
    """A radio button whose text is cut where the room ends."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Return the least size in which something can be read."""
        return QSize(60, max(22, super().sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)
        room = self.width() - _INDICATOR
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, room)
        # An ampersand of the text would mark a mnemonic.
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(self._whole if shown != self._whole else "")


class ShareBar(QWidget):
    """How often a rendering occurs, beside the most frequent one."""

    def __init__(self, share: float, *, leading: bool) -> None:
        super().__init__()
        self._share = share
        self._leading = leading
        self.setFixedHeight(6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groove and the share."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        palette = self.palette()
        painter.setBrush(palette.color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        dim = palette.color(QPalette.ColorRole.PlaceholderText)
        painter.setBrush(theme_of(palette).kinds[Kind.TERMS].color if self._leading else dim)
        if self._share:
            painter.drawRoundedRect(QRectF(0, 0, max(6.0, self.width() * self._share), 6), 3, 3)


class RenderingPart(QWidget):
    """A rendering with its count, its share and its places.

    Signals:
        place_chosen: number of a pair, start and end of the place in its target text.
        menu_asked: what can be done with the rendering is wanted; place on the screen.
        dragged: the person pulls it away, to put it into another group.
    """

    place_chosen = Signal(int, int, int)
    menu_asked = Signal(object)
    dragged = Signal()

    def __init__(
        self,
        rendering: Rendering,
        most: int,
        review: Review,
        *,
        leading: bool,
        elsewhere: Sequence[There] = (),
    ) -> None:
        super().__init__()
        self._elsewhere = elsewhere
        self._rendering = rendering
        self._review = review
        self._pressed: QPoint | None = None
        self._every = False
        count = len(rendering.occurrences)
        self.radio = ElidedRadio(rendering.text)
        self.radio.setAccessibleDescription(counted(self.tr("%n place(s)", "", count), count))
        row = QHBoxLayout()
        row.addWidget(self.radio, 1)
        row.addWidget(Label(str(count), bold=True))
        self._places = QLabel()
        self._places.setTextFormat(Qt.TextFormat.RichText)
        self._places.setWordWrap(True)
        self._places.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._places.linkActivated.connect(self._follow)
        self._places.linkHovered.connect(self._show_pair)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(ShareBar(count / max(most, 1), leading=leading))
        layout.addWidget(self._places)
        self.setFocusProxy(self.radio)
        self.radio.installEventFilter(self)
        self._show_places()

    @property
    def text(self) -> str:
        """The rendering."""
        return self._rendering.text

    @property
    def places(self) -> QWidget:
        """The numbers of its pairs, to go there."""
        return self._places

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to drag where the mouse is pulled with its button down."""
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseButtonPress:
                self._pressed = event.position().toPoint()
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self._pressed = None
            elif event.type() == QEvent.Type.MouseMove and self._pressed is not None:
                way = event.position().toPoint() - self._pressed
                if way.manhattanLength() >= QApplication.startDragDistance():
                    self._pressed = None
                    self.radio.setDown(False)
                    self.dragged.emit()
                    return True
        return super().eventFilter(watched, event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, by mouse or by key."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        below = self.radio.mapToGlobal(self.radio.rect().bottomLeft())
        self.menu_asked.emit(below if by_key else event.globalPos())

    def _show_pair(self, link: str) -> None:
        """Show the sentence pair of a place below the mouse."""
        if not link.isdecimal() or int(link) >= self._review.count:
            self._places.setToolTip("")
            return
        pair = self._review.pair(int(link))
        sides = (escape(pair.source_text), escape(pair.target_text))
        self._places.setToolTip("".join(f"<p>{side}</p>" for side in sides))

    def mark(self, *, chosen: bool) -> None:
        """Make the chosen rendering bold."""
        font = self.radio.font()
        font.setBold(chosen)
        self.radio.setFont(font)

    def _show_places(self) -> None:
        dim = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        style = f'style="color:{dim}"'
        told = self._told_elsewhere() if self._elsewhere else self._links(style)
        self._places.setText(f"<span {style}>{told}</span>")

    def _told_elsewhere(self) -> str:
        """Return in which other documents the rendering stands, as rich text."""
        template = self.tr("{0}× in “{1}”")
        places = (template.format(o.count, isolated(o.document)) for o in self._elsewhere)
        return escape(", ".join(places))

    def _links(self, style: str) -> str:
        """Return the numbers of the pairs as rich text that leads there."""
        most = 10_000 if self._every else _FEW_PLACES
        numbers, rest = pair_numbers([o.pair for o in self._rendering.occurrences], most)
        links = ", ".join(f'<a href="{n}" {style}>{n + 1}</a>' for n in numbers)
        text = self.tr("pair {0}") if len(numbers) == 1 else self.tr("pairs {0}")
        told = text.format(links)
        if rest:
            more = self.tr("and {0} more").format(rest)
            told += f' <a href="all" {style}>{more}</a>'
        return told

    def changeEvent(self, event: QEvent) -> None:
        """Write in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_places"):
            self._show_places()

    def _follow(self, link: str) -> None:
        if link == "all":
            self._every = True
            self._show_places()
            return
        place = next(o for o in self._rendering.occurrences if o.pair == int(link))
        self.place_chosen.emit(place.pair, place.start, place.end)
