"""One drifting term: its renderings to choose from, what can be said of it, and the preview."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reviewer.model import GroupKind, Kind
from reviewer.ui.controls import Button, Label, Line, Look
from reviewer.ui.replacement_list import ReplacementList
from reviewer.ui.theme import theme_of
from reviewer.ui.wording import counted, in_words, isolated, pair_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from reviewer.model import Rendering
    from reviewer.review.across import There
    from reviewer.review.session import Review
    from reviewer.review.term_groups import GroupView
    from reviewer.terms.unify import Replacement

_FEW_PLACES = 6
_INDICATOR = 26


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
        if self._elsewhere:
            template = self.tr("{0}× in “{1}”")
            told = ", ".join(
                template.format(there.count, isolated(there.document)) for there in self._elsewhere
            )
            dim = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
            self._places.setText(f'<span style="color:{dim}">{escape(told)}</span>')
            return
        most = 10_000 if self._every else _FEW_PLACES
        numbers, rest = pair_numbers([o.pair for o in self._rendering.occurrences], most)
        dim = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        style = f'style="color:{dim}"'
        links = ", ".join(f'<a href="{n}" {style}>{n + 1}</a>' for n in numbers)
        text = self.tr("pair {0}") if len(numbers) == 1 else self.tr("pairs {0}")
        told = text.format(links)
        if rest:
            more = self.tr("and {0} more").format(rest)
            told += f' <a href="all" {style}>{more}</a>'
        self._places.setText(f"<span {style}>{told}</span>")

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


class TermGroupPart(QWidget):
    """Everything about one drifting term.

    Signals:
        place_chosen: number of a pair, start and end of the place in its target text.
        unify_asked: the group, the preferred text, the chosen Replacements.
        decision_asked: the group, and "keep", "different" or "not-a-term".
        menu_asked: text of a rendering whose menu is wanted, and where.
        rendering_dragged: text of a rendering that is pulled away.
        turn_asked: 1 for the next term, -1 for the one before.
    """

    place_chosen = Signal(int, int, int)
    unify_asked = Signal(object, str, object)
    decision_asked = Signal(object, str)
    menu_asked = Signal(str, object)
    rendering_dragged = Signal(str)
    turn_asked = Signal(int)

    def __init__(self, review: Review, view: GroupView) -> None:
        super().__init__()
        self.view = view
        self._review = review
        self._radios = QButtonGroup(self)
        self._parts: list[RenderingPart] = []
        self._buttons: list[Button] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addWidget(Label(self._sentence(), dim=True, wrap=True))
        self._add_renderings(layout)
        self._unify = Button("", Look.PRIMARY)
        self._unify.clicked.connect(self._ask_unify)
        layout.addWidget(self._unify)
        layout.addLayout(self._decisions())
        layout.addSpacing(6)
        layout.addWidget(Line())
        self._changes = ReplacementList()
        self._changes.changed.connect(self._name_outcome)
        self._changes.place_chosen.connect(self._go_to_change)
        layout.addWidget(self._changes)
        self._radios.idToggled.connect(self._choose)
        self._choose(self._radios.checkedId(), on=True)
        # Of one rendering, nothing can be unified.
        several = len(view.group.renderings) > 1
        self._unify.setVisible(several)
        self._changes.setVisible(several)

    def _sentence(self) -> str:
        group, decision = self.view.group, self.view.decision
        pairs = len({o.pair for r in group.renderings for o in r.occurrences})
        where = counted(self.tr("%n pair(s)", "", pairs), pairs)
        count = len(group.renderings)
        ways = in_words(count)
        if count == 1 and decision is None:
            told = self.tr(
                "Translated one way in {0}. To put another rendering here, select the term in the "
                "source and the rendering in the translation, then press {1}."
            )
            keys = QKeySequence("Ctrl+Shift+G").toString(QKeySequence.SequenceFormat.NativeText)
            return told.format(where, keys)
        sentences = {
            GroupKind.TERM: self.tr(
                "Translated {0} ways in {1}. Pick one to use everywhere.", "", count
            ),
            GroupKind.SPELLING: self.tr(
                "Spelt {0} ways in {1}. Pick one to use everywhere.", "", count
            ),
            GroupKind.CASE: self.tr(
                "Capitalised {0} ways in {1}. Pick one to use everywhere.", "", count
            ),
        }
        told = sentences[group.kind].format(ways, where)
        said = {
            "keep": self.tr("Kept as it is."),
            "different": self.tr("Said to be different concepts."),
            "not-a-term": self.tr("Said not to be a term."),
            "unify": self.tr("To be “{0}”; these places are left."),
        }
        if decision is not None:
            told = said[decision].format(self.view.preferred or "")
        return f"{told} {self.view.reason}".strip()

    def _add_renderings(self, layout: QVBoxLayout) -> None:
        renderings = self.view.group.renderings
        most = max(len(rendering.occurrences) for rendering in renderings)
        preferred = self.view.preferred or renderings[0].text
        for number, rendering in enumerate(renderings):
            there = [each for each in self.view.elsewhere if each.text == rendering.text]
            part = RenderingPart(
                rendering, most, self._review, leading=number == 0, elsewhere=there
            )
            part.place_chosen.connect(self.place_chosen)
            part.menu_asked.connect(self._ask_menu)
            part.dragged.connect(self._drag)
            self._radios.addButton(part.radio, number)
            part.radio.setChecked(rendering.text == preferred)
            self._parts.append(part)
            layout.addWidget(part)
        if self._radios.checkedId() < 0:
            self._parts[0].radio.setChecked(True)

    def _decisions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(7)
        for name, text, hint in (
            ("keep", self.tr("Keep as is"), self.tr("All these renderings are right")),
            ("different", self.tr("Differs"), self.tr("The source word means several things")),
            ("not-a-term", self.tr("Not a term"), self.tr("Ignore this word")),
        ):
            button = Button(text)
            button.setObjectName(name)
            button.setToolTip(hint)
            button.clicked.connect(self._ask_decision)
            self._buttons.append(button)
            row.addWidget(button, 1)
        return row

    def _ask_menu(self, place: QPoint) -> None:
        part = self.sender()
        if isinstance(part, RenderingPart):
            self.menu_asked.emit(part.text, place)

    def _drag(self) -> None:
        part = self.sender()
        if isinstance(part, RenderingPart):
            self.rendering_dragged.emit(part.text)

    @property
    def first(self) -> QWidget:
        """The control that gets the keyboard: the rendering that is chosen."""
        return self._parts[max(self._radios.checkedId(), 0)].radio

    @property
    def changes(self) -> ReplacementList:
        """The preview."""
        return self._changes

    @property
    def preferred(self) -> str:
        """The rendering that is chosen."""
        return self.view.group.renderings[self._radios.checkedId()].text

    def button(self, name: str) -> Button:
        """Return the button of a decision, or of "unify"."""
        if name == "unify":
            return self._unify
        found = self.findChild(Button, name)
        assert isinstance(found, Button)
        return found

    def _choose(self, number: int, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if number < 0 or not on:
            return
        for place, part in enumerate(self._parts):
            part.mark(chosen=place == number)
        from reviewer.text.languages import language

        self._changes.show_changes(
            self._review,
            self._review.terms.replacements(self.view.group, self.preferred),
            right_to_left=language(self._review.target_language).right_to_left,
        )
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let Tab lead from the choice over what can be done to the boxes, and then to places."""
        stops = [
            *(part.radio for part in self._parts),
            self._unify,
            *self._buttons,
            *self._changes.stops,
            *(part.places for part in self._parts),
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _name_outcome(self) -> None:
        shown = isolated(self.preferred).replace("&", "&&")
        text = self.tr("Unify to “{0}”").format(shown)
        self._unify.setText(text)
        self._unify.setEnabled(bool(self._changes.chosen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn to another term with Page Down and Page Up, before they scroll."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() in steps:
            self.turn_asked.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def ask_unify(self) -> None:
        """Ask for the chosen changes."""
        self._ask_unify()

    def _ask_unify(self) -> None:
        chosen: tuple[Replacement, ...] = self._changes.chosen
        if chosen:
            self.unify_asked.emit(self.view.group, self.preferred, chosen)
        else:
            # Every place is for the person to look at: the boxes come next.
            self._changes.take_focus()

    def _ask_decision(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.decision_asked.emit(self.view.group, button.objectName())

    def _go_to_change(self, number: int) -> None:
        change = next(c for c in self._changes.rows if c.replacement.pair == number).replacement
        self.place_chosen.emit(change.pair, change.start, change.end)
