"""What the window shows of a large file while the rest of it is read: its first texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer.model import Verdict
from reviewer.review.rows import Row
from reviewer.ui import accessible_grid
from reviewer.ui.controls import Label, Line
from reviewer.ui.rows_area import RowsArea

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.model import Finding, Kind, Pair
    from reviewer.review.requests import FirstPairs
    from reviewer.review.rows import Comment


class _Rows:
    """Pairs of which nothing is known yet but their texts; see `pair_rows.Rows`."""

    def __init__(self, first: FirstPairs) -> None:
        self._pairs = first.pairs
        self.source_language, self.target_language = first.languages

    @property
    def count(self) -> int:
        return len(self._pairs)

    def pair(self, number: int) -> Pair:
        return self._pairs[number]

    def row(self, number: int) -> Row:
        locked = self._pairs[number].is_locked
        return Row(number, Verdict.OPEN, False, False, 0, (), (), locked=locked)  # noqa: FBT003

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


class _RowsToRead(RowsArea):
    """Rows without a current one."""

    def set_rows(self, rows: _Rows) -> None:
        """Show other rows, from the top."""
        self._take_rows(rows)
        self._redress()


class FirstRowsPage(QWidget):
    """The first texts of a file, to be read; they can be worked on once all of it is there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible_grid.install()
        self._told = Label(dim=True, wrap=True)
        self._told.setContentsMargins(14, 9, 14, 9)
        self._rows = _RowsToRead()
        self._rows.setAccessibleName(self.tr("The first texts of the file"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self._told, Line(), self._rows):
            layout.addWidget(part, 1 if part is self._rows else 0)

    def dress(self, zoom: int, density: str) -> None:
        """Set the size of the texts and the space between the rows, as in a review."""
        self._rows.set_zoom(zoom)
        self._rows.set_density(density)

    def show_first(self, first: FirstPairs, name: str) -> None:
        """Show the first pairs of the file of that name."""
        text = self.tr("The beginning of “{0}”; the rest is being read.")
        self._told.setText(text.format(name))
        self._rows.set_rows(_Rows(first))
