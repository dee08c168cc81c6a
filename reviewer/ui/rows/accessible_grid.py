"""The side-by-side view for screen readers: the rows in view are the children of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget

from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Verdict
from reviewer.ui.look.cell_text import readable
from reviewer.ui.look.wording import crossing_words, doubt_words, earlier_words, kind_title

if TYPE_CHECKING:
    from reviewer.ui.rows.current_row import CurrentRowArea
    from reviewer.ui.rows.pair_rows import Rows
    from reviewer.ui.rows.rows_area import RowsArea

_VERDICTS = {
    Verdict.CONFIRMED: QT_TRANSLATE_NOOP("accessible", "confirmed"),
    Verdict.REJECTED: QT_TRANSLATE_NOOP("accessible", "rejected"),
}
# Qt holds no reference to what Python made for it.
_kept: dict[int, AccessibleGrid] = {}
_installed = False


def _tr(text: str) -> str:
    return QCoreApplication.translate("accessible", text)


def install() -> None:
    """Make screen readers see the rows of every view; more than once does no harm."""
    global _installed  # noqa: PLW0603 - Qt keeps factories for the whole program
    if not _installed:
        _installed = True
        QAccessible.installFactory(_interface_of)


def tell_focus(view: CurrentRowArea) -> None:
    """Tell screen readers that the current row has the keyboard."""
    place = view.place_of(view.current)
    if place is None or not QAccessible.isActive() or not view.hasFocus():
        return
    event = QAccessibleEvent(view, QAccessible.Event.Focus)
    event.setChild(place.index - view.places[0].index)
    QAccessible.updateAccessibility(event)


def _interface_of(_name: str, thing: QObject) -> QAccessibleInterface | None:
    from reviewer.ui.rows.rows_area import RowsArea

    if not isinstance(thing, RowsArea):
        return None
    key = id(thing)
    if key not in _kept:
        _kept[key] = AccessibleGrid(thing)
        thing.destroyed.connect(lambda: _kept.pop(key, None))
    return _kept[key]


class AccessibleGrid(QAccessibleWidget):
    """The view as a list of the rows that are in view."""

    def __init__(self, view: RowsArea) -> None:
        super().__init__(
            view, QAccessible.Role.List, _tr(QT_TRANSLATE_NOOP("accessible", "Pairs"))
        )
        self._view = view
        self._children: dict[int, AccessibleRow] = {}

    def childCount(self) -> int:
        """Return how many rows are in view."""
        return len(self._view.places)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return a row in view."""
        places = self._view.places
        if not 0 <= index < len(places):
            return None
        numbers = {self._view.number_at(place.index) for place in places}
        for gone in self._children.keys() - numbers:
            del self._children[gone]
        number = self._view.number_at(places[index].index)
        return self._children.setdefault(number, AccessibleRow(self._view, number))

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return where a row is among those in view; -1 if it is not."""
        if not isinstance(child, AccessibleRow):
            return -1
        numbers = [self._view.number_at(place.index) for place in self._view.places]
        return numbers.index(child.number) if child.number in numbers else -1

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the current row."""
        numbers = [self._view.number_at(place.index) for place in self._view.places]
        current = getattr(self._view, "current", -1)
        return self.child(numbers.index(current)) if current in numbers else None


class AccessibleRow(QAccessibleInterface):
    """A pair: its number, both texts, its findings and the verdict as one name."""

    def __init__(self, view: RowsArea, number: int) -> None:
        super().__init__()
        self._view = view
        self.number = number

    def isValid(self) -> bool:
        """Return whether the pair is still shown."""
        return self._view.index_of(self.number) is not None

    def object(self) -> QObject | None:  # type: ignore[override]
        """Return None: a row is no widget."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """Return the window of the view."""
        return self._view.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        """Return the view."""
        return QAccessible.queryAccessibleInterface(self._view)

    def role(self) -> QAccessible.Role:
        """Return the role of an entry of a list."""
        return QAccessible.Role.ListItem

    def text(self, kind: QAccessible.Text) -> str:
        """Return the name of the row; nothing else is known of it."""
        return self._view.spoken(self.number) if kind == QAccessible.Text.Name else ""

    def state(self) -> QAccessible.State:
        """Return that the row can be made current, and whether it is."""
        state = QAccessible.State()
        state.focusable = state.selectable = 1
        if getattr(self._view, "current", -1) == self.number:
            state.selected = 1
            state.focused = int(self._view.hasFocus())
        return state

    def rect(self) -> QRect:
        """Return where the row is on the screen."""
        place = self._view.place_of(self.number)
        if place is None:
            return QRect()
        corner = self._view.viewport().mapToGlobal(QPoint(0, place.y))
        return QRect(corner.x(), corner.y(), self._view.viewport().width(), place.height)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return None: the texts are in the name."""
        return None

    def childCount(self) -> int:
        """Return 0."""
        return 0

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return None."""
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return -1."""
        return -1

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Do nothing: texts are changed in the editor."""


def name_of(rows: Rows, number: int) -> str:
    """Return what is said of a row."""
    pair, row = rows.pair(number), rows.row(number)
    template = _tr(QT_TRANSLATE_NOOP("accessible", "row {0}, source: {1}, translation: {2}"))
    parts = [template.format(number + 1, readable(pair.source_text), readable(pair.target_text))]
    kinds = dict.fromkeys(rows.check_kind(finding) for finding in row.findings)
    parts += [kind_title(kind) for kind in kinds]
    if row.verdict in _VERDICTS:
        parts.append(_tr(_VERDICTS[row.verdict]))
    words = (doubt_words(row), crossing_words(row), *map(earlier_words, row.earlier))
    parts += [text for text in words if text]
    if row.disputed:
        parts.append(_tr(QT_TRANSLATE_NOOP("accessible", "reviewers disagree")))
    if row.comments:
        parts.append(_tr(QT_TRANSLATE_NOOP("accessible", "with remarks")))
    if row.locked:
        parts.append(_tr(QT_TRANSLATE_NOOP("accessible", "locked in the file")))
    return ", ".join(parts)
