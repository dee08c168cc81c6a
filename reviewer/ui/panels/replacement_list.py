"""What unifying a term would change, place by place, each with a check box."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reviewer.ui.look.controls import Button, Label, Look
from reviewer.ui.look.theme import theme_of
from reviewer.ui.look.wording import counted, excerpt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.review.session import Review
    from reviewer.terms.unify import Replacement

_AT_ONCE = 20
"""Rows shown before "and N more" is asked for."""
_AROUND = 22


class ReplacementRow(QWidget):
    """One change: a check box with the pair's number, and the text before and after.

    Signals:
        toggled: the box was set or cleared.
        place_chosen: the pair's number, to go there.
    """

    toggled = Signal()
    place_chosen = Signal(int)

    def __init__(self, replacement: Replacement, text: str, *, right_to_left: bool) -> None:
        super().__init__()
        self.replacement = replacement
        self._cut = excerpt(text, replacement.start, replacement.end, _AROUND)
        self._right_to_left = right_to_left
        self.box = QCheckBox()
        self.box.setChecked(replacement.selected)
        self.box.toggled.connect(self.toggled)
        number = str(replacement.pair + 1)
        go = Button(number, Look.QUIET)
        go.setToolTip(self.tr("Go to pair {0}").format(number))
        go.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        # Numbers of one to four digits leave the texts on one line.
        go.setFixedWidth(max(46, go.sizeHint().width()))
        go.clicked.connect(self._go)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._text.setMargin(4)
        told = f"{replacement.old} → {replacement.new} {self._note()}"
        self.box.setAccessibleName(self.tr("Pair {0}: {1}").format(number, told))
        top = Qt.AlignmentFlag.AlignTop
        box_column = QVBoxLayout()
        box_column.setContentsMargins(0, 5, 0, 0)
        box_column.addWidget(self.box, 0, top)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(box_column)
        layout.addWidget(go, 0, top)
        layout.addWidget(self._text, 1)
        self._show_text()

    def _note(self) -> str:
        notes = {
            "singular": self.tr("(singular)"),
            "check agreement": self.tr("(check agreement)"),
            "check codes": self.tr("(check the codes)"),
        }
        return notes.get(self.replacement.note, "")

    def _show_text(self) -> None:
        theme = theme_of(self.palette())
        old, new, dim = theme.bad.name(), theme.good.name(), theme.dim.name()
        parts = [
            escape(self._cut.before),
            f'<s style="color:{old}">{escape(self._cut.place)}</s> ',
            f'<b style="color:{new}">{escape(self.replacement.new)}</b>',
            escape(self._cut.after),
        ]
        if note := self._note():
            # Its brackets belong to it, whichever way the text runs.
            parts.append(f' <span style="color:{dim}">\u2068{escape(note)}\u2069</span>')
        side = "rtl" if self._right_to_left else "ltr"
        self._text.setText(f'<p dir="{side}" style="margin:0">{"".join(parts)}</p>')

    def changeEvent(self, event: QEvent) -> None:
        """Write in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_text"):
            self._show_text()

    def _go(self) -> None:
        self.place_chosen.emit(self.replacement.pair)


class ReplacementList(QWidget):
    """All changes, the first twenty shown at once.

    Signals:
        changed: other places are chosen.
        place_chosen: number of a pair to go to.
    """

    changed = Signal()
    place_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review: Review | None = None
        self._right_to_left = False
        self._all: list[Replacement] = []
        self._rows: list[ReplacementRow] = []
        self._title = Label(bold=True)
        self._every = Button("", Look.QUIET)
        self._every.clicked.connect(self._toggle_every)
        self._more = Button("", Look.QUIET)
        self._more.clicked.connect(self._show_more)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._every)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addLayout(self._list)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_changes(
        self, review: Review, replacements: Sequence[Replacement], *, right_to_left: bool
    ) -> None:
        """Show other changes."""
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        self._review, self._right_to_left = review, right_to_left
        self._all = list(replacements)
        self._show_more()

    @property
    def chosen(self) -> tuple[Replacement, ...]:
        """The changes whose box is set; those not shown yet as they were proposed."""
        shown = [row.replacement for row in self._rows if row.box.isChecked()]
        hidden = [change for change in self._all[len(self._rows) :] if change.selected]
        return (*shown, *hidden)

    @property
    def rows(self) -> tuple[ReplacementRow, ...]:
        """The rows shown."""
        return tuple(self._rows)

    def take_focus(self) -> None:
        """Put the keyboard on the first box, where nothing is chosen yet."""
        if self._rows:
            self._rows[0].box.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self._every, *(row.box for row in self._rows), self._more)

    def _show_more(self) -> None:
        assert self._review is not None
        first = len(self._rows)
        for change in self._all[first : first + _AT_ONCE]:
            text = self._review.pair(change.pair).target_text
            row = ReplacementRow(change, text, right_to_left=self._right_to_left)
            row.toggled.connect(self._tell)
            row.place_chosen.connect(self.place_chosen)
            self._rows.append(row)
            self._list.addWidget(row)
        self._tell()

    def _toggle_every(self) -> None:
        while len(self._rows) < len(self._all):
            self._show_more()
        on = len(self.chosen) < len(self._all)
        for row in self._rows:
            row.box.setChecked(on)

    def _tell(self) -> None:
        count, chosen = len(self._all), len(self.chosen)
        self._title.setText(counted(self.tr("%n replacement(s)", "", count), count))
        everything = self.tr("all selected") if chosen == count else self.tr("{0} of {1} selected")
        self._every.setText(everything.format(chosen, count))
        self._every.setVisible(count > 0)
        rest = count - len(self._rows)
        self._more.setText(self.tr("and {0} more").format(rest))
        self._more.setVisible(rest > 0)
        self.changed.emit()
