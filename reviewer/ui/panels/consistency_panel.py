"""The Consistency tab: drifting terms, one at a time, to unify or to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer.model import Kind
from reviewer.ui.look.controls import Button, KindSign, Label, Look, Sheet
from reviewer.ui.look.icons import icon
from reviewer.ui.panels.rendering_drag import RENDERING, Held, RenderingMover
from reviewer.ui.panels.term_group import TermGroupPart

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
        QShowEvent,
    )

    from reviewer.model import TermGroup
    from reviewer.review.checking.term_groups import GroupView
    from reviewer.review.session import Review


class ConsistencyPanel(QWidget):
    """Walks through the term groups: the sure ones first, the others when they are asked for.

    Signals:
        place_chosen: number of a pair, start and end of the place in its target text.
        unify_asked: the group, the preferred text, the chosen Replacements.
        decision_asked: the group, and "keep", "different" or "not-a-term".
        move_asked: a group, the text of a rendering of it, the group it goes to.
        take_out_asked: a group and the text of a rendering that is none of it.
        look_up_asked: text of a rendering for the concordance.
    """

    place_chosen = Signal(int, int, int)
    unify_asked = Signal(object, str, object)
    decision_asked = Signal(object, str)
    move_asked = Signal(object, str, object)
    take_out_asked = Signal(object, str)
    look_up_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review: Review | None = None
        self._views: list[GroupView] = []
        self._at = 0
        self._count = 0
        self._stale = False
        self._part: TermGroupPart | None = None
        self._mover = RenderingMover(self)
        self._mover.moved.connect(self.move_asked)
        self._mover.taken_out.connect(self.take_out_asked)
        self._mover.look_up_asked.connect(self.look_up_asked)
        self._mover.page_asked.connect(self._step)
        self._nothing = Label(dim=True, wrap=True)
        self._strays = QCheckBox()
        self._decided = QCheckBox()
        for box in (self._strays, self._decided):
            box.toggled.connect(self._refresh)
        self._sheet = Sheet()
        self._body = QVBoxLayout(self._sheet)
        self._body.setContentsMargins(16, 14, 16, 12)
        self._body.setSpacing(7)
        self._body.addLayout(self._head())
        self._body.addWidget(self._nothing)
        self._body.addStretch(1)
        self._body.addWidget(self._strays)
        self._body.addWidget(self._decided)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(_scrolling(self._sheet))
        self.show_review(None)

    def _head(self) -> QHBoxLayout:
        """Return the term with the buttons that turn to others."""
        self._sign = KindSign(Kind.TERMS)
        self._sign.setFixedHeight(20)
        self._term = Label(bold=True, size=15, wrap=True)
        self._where = Label(dim=True, size=12)
        self._where.setFixedHeight(24)
        self._previous = self._step_button("previous", self.tr("Previous term"), self.previous)
        self._next = self._step_button("next", self.tr("Next term"), self.next)
        head = QHBoxLayout()
        head.setSpacing(6)
        above = Qt.AlignmentFlag.AlignTop
        for part in (self._sign, self._term, self._where, self._previous, self._next):
            head.addWidget(part, 1 if part is self._term else 0, above)
        return head

    def _step_button(self, picture: str, name: str, slot: object) -> Button:
        button = Button("", Look.QUIET)
        button.setIcon(icon(picture))
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(slot)
        return button

    def show_review(self, review: Review | None) -> None:
        """Show the groups of a review, or none."""
        self._review, self._at = review, 0
        self._refresh()

    def refresh(self) -> None:
        """Show the groups as they are now; the one in view stays. Put off while it is hidden."""
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was decided while the tab was hidden."""
        super().showEvent(event)
        if self._stale:
            self._show()

    @property
    def count(self) -> int:
        """How many sure groups are still to be decided."""
        return self._count

    @property
    def part(self) -> TermGroupPart | None:
        """The group in view."""
        return self._part

    def show_term(self, source: str, rendering: str = "") -> bool:
        """Put the group of a source term into view, and the keyboard on its choice.

        `rendering` tells apart groups of the same term. False where there is none.
        """
        groups = self._review.groups() if self._review is not None else ()
        wanted = [view for view in groups if view.group.source == source]
        exact = [v for v in wanted if any(r.text == rendering for r in v.group.renderings)]
        view = next(iter(exact or wanted), None)
        if view is None:
            return False
        if view.group.stray:
            self._strays.setChecked(True)
        if _settled(view):
            self._decided.setChecked(True)
        self._at = self._views.index(view)
        self._show()
        self.take_focus()
        return True

    def take_focus(self) -> None:
        """Put the keyboard on the choice of the group in view."""
        target = self._part.first if self._part is not None else self._next
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next(self) -> None:
        """Put the next group into view."""
        self._step(1)

    def previous(self) -> None:
        """Put the group before into view."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._views:
            self._at = (self._at + by) % len(self._views)
            self._show()

    def _refresh(self) -> None:
        groups = self._review.groups() if self._review is not None else ()
        current = self._part.view.group.source if self._part is not None else ""
        open_ones = [view for view in groups if not _settled(view)]
        strays = [view for view in open_ones if view.group.stray]
        settled = [view for view in groups if _settled(view)]
        self._views = [view for view in open_ones if not view.group.stray]
        self._offer(self._strays, self.tr("Show %n less certain", "", len(strays)), strays)
        self._offer(self._decided, self.tr("Show %n decided", "", len(settled)), settled)
        places = [n for n, view in enumerate(self._views) if view.group.source == current]
        self._at = places[0] if places else min(self._at, max(len(self._views) - 1, 0))
        self._count = len(open_ones) - len(strays)
        self._show()

    def _offer(self, box: QCheckBox, text: str, views: list[GroupView]) -> None:
        box.setText(text)
        box.setVisible(bool(views))
        if box.isChecked():
            self._views += views

    def _show(self) -> None:
        # The preview of a large group takes a while; nobody sees it behind another tab.
        self._stale = self._review is not None and not self.isVisible()
        if self._stale:
            return
        view = self._views[self._at] if self._views else None
        for widget in (self._sign, self._term, self._where, self._previous, self._next):
            widget.setVisible(view is not None)
        self._nothing.setVisible(view is None)
        if view is None:
            self._tell_nothing()
        else:
            self._term.setText(view.group.source)
            where = self.tr("{0} of {1}").format(self._at + 1, len(self._views))
            self._where.setText(where)
            several = len(self._views) > 1
            self._previous.setEnabled(several)
            self._next.setEnabled(several)
        if self._part is None or view is None or self._part.view != view:
            self._replace_part(view)

    def _tell_nothing(self) -> None:
        checked = self._review is not None and self._review.checked
        text = self.tr("Every term that was compared is translated the same way throughout.")
        self._nothing.setText(text if checked else self.tr("Terms that drift appear here."))

    def _replace_part(self, view: GroupView | None) -> None:
        focused = self._has_focus_inside()
        if self._part is not None:
            self._body.removeWidget(self._part)
            self._part.hide()
            self._part.deleteLater()
            self._part = None
        if view is None or self._review is None:
            return
        self._part = TermGroupPart(self._review, view)
        self._part.place_chosen.connect(self.place_chosen)
        self._part.unify_asked.connect(self.unify_asked)
        self._part.decision_asked.connect(self.decision_asked)
        self._part.menu_asked.connect(self._open_menu)
        self._part.rendering_dragged.connect(self._drag)
        self._part.turn_asked.connect(self._step)
        self._body.insertWidget(1, self._part)
        if focused:
            self.take_focus()

    # Renderings on their way

    def _held(self, text: str) -> Held | None:
        return Held(self._part.view.group, text) if self._part is not None else None

    def _others(self) -> list[TermGroup]:
        """Return the groups that a rendering of the one in view may go to."""
        here = self._part.view.group if self._part is not None else None
        groups = self._review.groups() if self._review is not None else ()
        return [view.group for view in groups if view.group != here]

    def _open_menu(self, text: str, place: QPoint) -> None:
        held = self._held(text)
        if held is not None:
            self._mover.open_menu(held, self._others(), place)

    def _drag(self, text: str) -> None:
        held = self._held(text)
        if held is not None:
            self._mover.drag(held)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a rendering, nothing else."""
        if event.mimeData().hasFormat(RENDERING) and self._mover.held is not None:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Turn to another group where the mouse stays over an arrow."""
        place = event.position().toPoint()
        steps = {self._previous: -1, self._next: 1}
        over = (b for b in steps if b.rect().contains(b.mapFrom(self, place)))
        button = next(over, None)
        self._mover.hover(steps[button] if button is not None else 0)
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Stay at the group in view."""
        self._mover.hover(0)

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the rendering into the group in view."""
        self._mover.hover(0)
        if self._mover.drop_on(self._part.view.group if self._part is not None else None):
            event.acceptProposedAction()

    def _has_focus_inside(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a rendering unifies to it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._part is not None:
            self._part.ask_unify()
        else:
            super().keyPressEvent(event)


def _settled(view: GroupView) -> bool:
    return view.decision in {"keep", "different", "not-a-term"}


def _scrolling(sheet: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(sheet)
    return area
