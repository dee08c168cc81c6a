"""What the window shows of a large file while it is read: its first texts, or its last page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer.model import Verdict
from reviewer.review.decisions.rows import Row
from reviewer.ui.look.controls import Label, Line
from reviewer.ui.look.wording import isolated
from reviewer.ui.rows import accessible_grid
from reviewer.ui.rows.rows_area import RowsArea

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from reviewer.model import Finding, Kind, Pair
    from reviewer.review.decisions.rows import Comment
    from reviewer.review.tasks.last_page import LastPage
    from reviewer.review.tasks.requests import FirstPairs


class _Rows:
    """Pairs of which not all is known yet, numbered from 0 here; see `pair_rows.Rows`."""

    def __init__(
        self, pairs: Sequence[Pair], rows: Sequence[Row], languages: tuple[str, str]
    ) -> None:
        self._pairs = pairs
        self._rows = rows
        self.source_language, self.target_language = languages

    @property
    def highest(self) -> int:
        """How many pairs there are up to the last one."""
        return self._rows[-1].number + 1 if self._rows else 0

    @property
    def count(self) -> int:
        return len(self._pairs)

    def pair(self, number: int) -> Pair:
        return self._pairs[number]

    def row(self, number: int) -> Row:
        return self._rows[number]

    def comments(self, _number: int) -> Sequence[Comment]:
        return ()

    def findings(self) -> Sequence[Finding]:
        return ()

    def doubtful(self) -> Sequence[int]:
        return ()

    def check_kind(self, _finding: Finding) -> Kind:
        raise LookupError

    def message(self, _finding: Finding) -> str:
        raise LookupError


def _unknown(pair: Pair) -> Row:
    """Return the row of a pair of which nothing is known but its texts."""
    locked = pair.is_locked
    return Row(pair.number, Verdict.OPEN, False, False, 0, (), (), locked=locked)  # noqa: FBT003


class _RowsToRead(RowsArea):
    """Rows without a current one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._highest = self._wanted = 0

    def set_rows(self, rows: _Rows, wanted: int = 0) -> None:
        """Show other rows, from the top, or with a wanted one in view."""
        self._highest, self._wanted = rows.highest, wanted
        self._take_rows(rows)
        self._redress()
        self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wanted and self.viewport().height():
            self._reveal(self._wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the wanted row in view: the page is given its size after its rows."""
        super().resizeEvent(event)
        self._show_wanted()

    def scroll_by(self, delta: int) -> None:
        """Leave the wanted row: the person goes elsewhere."""
        self._wanted = 0
        super().scroll_by(delta)

    def _count_to_number(self) -> int:
        return self._highest


class FirstRowsPage(QWidget):
    """The first texts of a file, to be read; they can be worked on once all of it is there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible_grid.install()
        self._told = Label(dim=True, wrap=True)
        self._told.setContentsMargins(14, 9, 14, 9)
        self._line = Line()
        self._rows = _RowsToRead()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self._told, self._line, self._rows):
            layout.addWidget(part, 1 if part is self._rows else 0)

    def dress(self, zoom: int, density: str) -> None:
        """Set the size of the texts and the space between the rows, as in a review."""
        self._rows.set_zoom(zoom)
        self._rows.set_density(density)

    def take_focus(self) -> None:
        """Give the focus to the rows; else Cancel would have it, and the next Enter."""
        (self._rows if self._rows.isVisibleTo(self) else self).setFocus()

    def _tell(self, text: str, *, rows: bool) -> None:
        """Say something above the rows, or in the middle where there are none."""
        self._told.setText(text)
        self._told.setAlignment(
            Qt.AlignmentFlag.AlignVCenter if rows else Qt.AlignmentFlag.AlignCenter
        )
        for part in (self._line, self._rows):
            part.setVisible(rows)

    def show_first(self, first: FirstPairs, name: str) -> None:
        """Show the first pairs of the file of that name."""
        text = self.tr("The beginning of “{0}”; the rest is being read.")
        self._tell(text.format(isolated(name)), rows=True)
        self._rows.setAccessibleName(self.tr("The first texts of the file"))
        rows = tuple(map(_unknown, first.pairs))
        self._rows.set_rows(_Rows(first.pairs, rows, first.languages))

    def show_none(self, name: str) -> None:
        """Say that the project of that name is checked, before which no row of it is shown."""
        text = self.tr("“{0}” is being read and checked; it is shown after that.")
        self._tell(text.format(isolated(name)), rows=False)

    def show_last(self, page: LastPage, name: str) -> None:
        """Show the page where the person left the project of that name."""
        text = self.tr("“{0}” where you left it; it can be worked on once it is checked.")
        self._tell(text.format(isolated(name)), rows=True)
        self._rows.setAccessibleName(self.tr("The texts where you left them"))
        rows = _Rows(page.pairs, page.rows, page.languages)
        self._rows.set_rows(rows, page.current - page.pairs[0].number)
