"""Take a rendering out of its group and into another: by a menu, or by dragging it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QMenu

from reviewer.ui.look.wording import isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from reviewer.model import TermGroup

RENDERING = "application/x-bitext-rendering"
"""What is dragged says nothing outside of this window."""
_MOST_OFFERED = 20
_HOVER = 600
"""Milliseconds over an arrow after which a drag turns the page."""


@dataclass(frozen=True, slots=True)
class Held:
    """A rendering on its way and the group it comes from."""

    group: TermGroup
    text: str


class RenderingMover(QObject):
    """What can be done with one rendering.

    Signals:
        moved: the group it comes from, its text, the group it goes to.
        taken_out: the group and the text.
        look_up_asked: the text.
        page_asked: 1 or -1, the group to show while something is dragged.
    """

    moved = Signal(object, str, object)
    taken_out = Signal(object, str)
    look_up_asked = Signal(str)
    page_asked = Signal(int)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._held: Held | None = None
        self._targets: dict[QAction, TermGroup] = {}
        self._out: QAction | None = None
        self._look: QAction | None = None
        self._step = 0
        self._hover = QTimer(self)
        self._hover.setSingleShot(True)
        self._hover.setInterval(_HOVER)
        self._hover.timeout.connect(self._turn)

    def menu(self, held: Held, others: Sequence[TermGroup]) -> QMenu:
        """Return a menu of what can be done; it goes when it is closed."""
        self._held = held
        menu = QMenu(self._owner)
        self._look = menu.addAction(self.tr("&Concordance"))
        self._out = menu.addAction(self.tr("&Not a rendering of this term"))
        into = menu.addMenu(self.tr("&Move to"))
        self._targets = {
            into.addAction(_plain(group.source)): group for group in others[:_MOST_OFFERED]
        }
        into.setEnabled(bool(self._targets))
        menu.triggered.connect(self._choose)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def open_menu(self, held: Held, others: Sequence[TermGroup], place: QPoint) -> None:
        """Offer what can be done with a rendering."""
        self.menu(held, others).popup(place)

    def _choose(self, action: QAction) -> None:
        held = self._held
        if held is None:
            return
        if action is self._look:
            self.look_up_asked.emit(held.text)
        elif action is self._out:
            self.taken_out.emit(held.group, held.text)
        elif action in self._targets:
            self.moved.emit(held.group, held.text, self._targets[action])

    # Dragging

    def drag(self, held: Held) -> None:
        """Let the mouse carry a rendering until it is let go."""
        self._held = held
        data = QMimeData()
        data.setData(RENDERING, b"")
        drag = QDrag(self._owner)
        drag.setMimeData(data)
        # Only meanwhile: what else is dragged over it, files above all, is for the window.
        self._owner.setAcceptDrops(True)
        drag.exec()
        self._owner.setAcceptDrops(False)
        self._hover.stop()
        self._held = None

    @property
    def held(self) -> Held | None:
        """What is dragged."""
        return self._held

    def drop_on(self, group: TermGroup | None) -> bool:
        """Put what is dragged into a group; False where it comes from there."""
        held = self._held
        if held is None or group is None:
            return False
        if (group.source, group.kind) == (held.group.source, held.group.kind):
            return False
        self.moved.emit(held.group, held.text, group)
        return True

    def hover(self, step: int) -> None:
        """Turn the page in a moment where a drag stays over an arrow; 0 where it left."""
        if step == self._step and self._hover.isActive():
            return
        self._step = step
        if step:
            self._hover.start()
        else:
            self._hover.stop()

    def _turn(self) -> None:
        self.page_asked.emit(self._step)
        self._hover.start()


def _plain(source: str) -> str:
    """Return a term for a menu: an ampersand of the text would mark a mnemonic."""
    return isolated(source[:60]).replace("&", "&&")
