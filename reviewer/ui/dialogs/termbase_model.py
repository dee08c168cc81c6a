"""The concepts of termbases as a table: source, renderings, status, note, where from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from reviewer.model import ANY_LANGUAGE, TermStatus
from reviewer.ui.look.wording import isolated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtWidgets import QWidget

    from reviewer.model import Concept, Term

SOURCE, USED, DEPRECATED, NOTE, FROM = range(5)
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class TermRow:
    """A concept and where it came from.

    Attributes:
        own: it is of the project and can be changed.
    """

    concept: Concept
    origin: str
    own: bool


class TermbaseModel(QAbstractTableModel):
    """Rows that hold the words of a filter."""

    def __init__(self, languages: tuple[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._languages = languages
        self._all: list[TermRow] = []
        self._texts: list[tuple[str, ...]] = []
        self._shown: list[int] = []
        self._words: tuple[str, ...] = ()

    def show_rows(self, rows: Iterable[TermRow]) -> None:
        """Show other rows; the filter stays."""
        self.beginResetModel()
        self._all = list(rows)
        self._texts = [self._texts_of(row) for row in self._all]
        self._shown = self._fitting()
        self.endResetModel()

    def filter(self, words: str) -> None:
        """Show the rows alone that hold all these words."""
        self.beginResetModel()
        self._words = tuple(words.casefold().split())
        self._shown = self._fitting()
        self.endResetModel()

    def _fitting(self) -> list[int]:
        found = []
        for number, texts in enumerate(self._texts):
            whole = "\n".join(texts).casefold()
            if all(word in whole for word in self._words):
                found.append(number)
        return found

    def row_at(self, row: int) -> TermRow | None:
        """Return what stands in a row."""
        return self._all[self._shown[row]] if 0 <= row < len(self._shown) else None

    def row_of(self, concept_id: str) -> int:
        """Return the row of a concept of the project; -1 where it is not shown."""
        rows = enumerate(self._all[number] for number in self._shown)
        return next((n for n, row in rows if row.own and row.concept.id == concept_id), -1)

    def concepts(self) -> list[Concept]:
        """Return the concepts of all rows, whatever the filter."""
        return [row.concept for row in self._all]

    @property
    def total(self) -> int:
        """How many rows there are without the filter."""
        return len(self._all)

    def _texts_of(self, row: TermRow) -> tuple[str, ...]:
        concept, (source, target) = row.concept, self._languages
        kept = concept.of(ANY_LANGUAGE)
        targets = concept.of(target)
        used = [t for t in targets if t.status is not TermStatus.DEPRECATED]
        bad = [t for t in targets if t.status is TermStatus.DEPRECATED]
        notes = dict.fromkeys(t.note for t in concept.terms if t.note)
        first = _joined((*concept.of(source), *kept))
        same = self.tr("stays as it is") if kept and not used else _joined(used)
        return first, same, _joined(bad), _BETWEEN.join(notes), row.origin

    # What Qt asks

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else FROM + 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        """Return the text of a cell."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        text = self._texts[self._shown[index.row()]][index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return isolated(text)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        names: Sequence[str] = (
            self.tr("Source"),
            self.tr("Translation"),
            self.tr("Deprecated"),
            self.tr("Note"),
            self.tr("From"),
        )
        return names[section]


def _joined(terms: Iterable[Term]) -> str:
    return _BETWEEN.join(term.text for term in terms)
