"""What a table that came back would change, each to be ticked, and who edited it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit

from reviewer.review.documents.table_import import COMMENT, STATUS
from reviewer.ui.dialogs.ticked_dialog import TickedDialog, plain
from reviewer.ui.look.controls import ElidedLabel, Label
from reviewer.ui.look.wording import counted, isolated

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reviewer.review.documents.table_import import Proposed, TableChanges

_MOST_TOLD = 5


class TableDialog(TickedDialog):
    """A row per change; what stood here before and what empties a translation is not ticked.

    Signals:
        taken: a tuple of the changes that are ticked, and the name of who edited the table.
    """

    taken = Signal(object, str)

    def __init__(
        self, name: str, compared: TableChanges, language: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(language, parent)
        self.setWindowTitle(self.tr("Take over an edited table"))
        self.head.addWidget(ElidedLabel(isolated(name), bold=True))
        told = " ".join(self.sentences(compared))
        if told:
            self.head.addWidget(Label(told, wrap=True))
        self.author = QLineEdit()
        self.author.setAccessibleName(self.tr("Edited by"))
        self.author.setPlaceholderText(self.tr("Name of the client; empty for yourself"))
        self.author.setMaxLength(200)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Edited &by"), self.author)
        self.head.addLayout(form)
        self.tree.setAccessibleName(self.tr("Changes"))
        self.model.titles = self.tr("Pair"), self.tr("In the table"), self.tr("Now")
        self.begin(compared.proposed)
        sure = (n for n, each in enumerate(compared.proposed) if not each.is_doubtful)
        self.model.tick(sure)
        self.author.returnPressed.connect(self.take.click)
        self.author.setFocus()
        self.chosen.connect(self._take_named)

    def line(self, text: Proposed) -> tuple[str, str]:
        """Return what is shown of a change."""
        return self._said(text, text.then), self._said(text, text.now)

    def _said(self, proposed: Proposed, text: str) -> str:
        """Return what is shown of a side of a change."""
        names = {
            "Confirmed": self.tr("Confirmed"),
            "Rejected": self.tr("Rejected"),
            "Open": self.tr("Open"),
        }
        if proposed.kind == STATUS:
            return self.tr("Status: {0}").format(names.get(text, text))
        if proposed.kind == COMMENT:
            return self.tr("Comment: {0}").format(plain(text)) if text else ""
        return plain(text) if text.strip() else self.tr("(empty)")

    def sentences(self, compared: TableChanges) -> list[str]:
        """Return what is to be known beside the changes, one sentence each."""
        found = []
        if any(each.before for each in compared.proposed):
            found.append(self.tr("What stood here before is not ticked: the table may be older."))
        if any(each.is_emptying for each in compared.proposed):
            found.append(self.tr("What is empty in the table is not ticked."))
        if compared.locked:
            count = len(compared.locked)
            text = self.tr("%n pair(s) locked in the file, left as they are.", "", count)
            found.append(counted(text, count))
        if compared.unmatched:
            count = len(compared.unmatched)
            told = "; ".join(
                isolated(f"{line}: {text}") for line, text in compared.unmatched[:_MOST_TOLD]
            )
            more = "; …" if count > _MOST_TOLD else ""
            # It comes last and has no full stop: the texts bring their own.
            text = self.tr("%n row(s) without a pair, left out: {0}", "", count)
            found.append(counted(text, count).format(told + more))
        return found

    def taking(self, count: int) -> str:
        """Return what the button says."""
        return counted(self.tr("&Take %n change(s)", "", count), count)

    def _take_named(self, ticked: tuple[Proposed, ...]) -> None:
        self.taken.emit(ticked, self.author.text().strip())
