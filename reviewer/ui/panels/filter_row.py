"""The row above the text: how much was found, a chip per kind to filter by, and which rows."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QComboBox, QHBoxLayout, QSizePolicy, QWidget

from reviewer.model import Kind
from reviewer.ui.look.controls import ElidedLabel, draw_focus, inset, mixed
from reviewer.ui.look.fonts import ui_font
from reviewer.ui.look.theme import light, theme_of
from reviewer.ui.look.wording import counted, kind_title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

_HEIGHT = 25
_PAD = 11
_NO_ROOM = 1 << 30


class Rows(enum.Enum):
    """Which pairs the grid shows."""

    ALL = "all"
    WITH_FINDINGS = "findings"
    UNCONFIRMED = "unconfirmed"
    EDITED = "edited"
    COMMENTED = "commented"
    DOUBTFUL = "doubtful"
    UNSETTLED = "unsettled"
    DISPUTED = "disputed"
    APART = "apart"


class Chip(QAbstractButton):
    """One kind of finding: glyph, name, count; pressed while it filters."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._count = 0
        self._compact = False
        self._glyph = light().kinds[kind].glyph
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFont(ui_font(12))
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Show how many findings are open; a chip with none is dim."""
        self._count = count
        text = self.tr("{0}  {1}").format(kind_title(self.kind), count)
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    @property
    def count(self) -> int:
        """How many findings are open."""
        return self._count

    def set_compact(self, *, compact: bool) -> None:
        """Show the glyph and the count alone; the name is in the tool tip."""
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()
            self.update()

    def full_width(self) -> int:
        """Return the width of glyph, name and count."""
        text = f"{self._glyph} {self.text()}"
        return self.fontMetrics().horizontalAdvance(text) + 2 * _PAD

    def sizeHint(self) -> QSize:
        """Return the size of the text in a pill."""
        return self.minimumSizeHint() if self._compact else QSize(self.full_width(), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the size of glyph and count."""
        text = f"{self._glyph} {self._count}"
        return QSize(self.fontMetrics().horizontalAdvance(text) + 2 * _PAD, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill; tinted and edged in the kind's colour while there is something."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme_of(self.palette()).kinds[self.kind].color
        base = self.palette().color(QPalette.ColorRole.Base)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = frame.height() / 2
        share = (0.28 if self.isChecked() else 0.12) if self._count else 0.0
        if self.underMouse():
            share += 0.06
        painter.setBrush(mixed(base, colour, share))
        line = colour if self._count else self.palette().color(QPalette.ColorRole.Mid)
        painter.setPen(QPen(line, 2 if self.isChecked() else 1))
        painter.drawRoundedRect(frame, radius, radius)
        if self.hasFocus():
            draw_focus(painter, frame, self.palette(), radius)
        self._draw_text(painter)

    def _draw_text(self, painter: QPainter) -> None:
        metrics, palette = self.fontMetrics(), self.palette()
        sign = self._glyph
        text = str(self._count) if self._compact else self.text()
        whole = metrics.horizontalAdvance(f"{sign} {text}")
        left = (self.width() - whole) / 2
        rest = QRect(round(left), 0, whole + 2, self.height())
        role = QPalette.ColorRole.WindowText if self._count else QPalette.ColorRole.PlaceholderText
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(
            theme_of(palette).kinds[self.kind].color if self._count else palette.color(role)
        )
        painter.drawText(rest, centre, sign)
        painter.setPen(palette.color(role))
        sign_width = metrics.horizontalAdvance(f"{sign} ")
        painter.drawText(inset(rest, self.layoutDirection(), sign_width), centre, text)


class FilterRow(QWidget):
    """Chips and the choice of rows.

    Signals:
        changed: another filter was chosen.
        document_chosen: number of the document pair to open.
    """

    changed = Signal()
    document_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._documents = QComboBox()
        self._documents.setAccessibleName(self.tr("Document"))
        self._documents.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._documents.setMinimumContentsLength(12)
        self._documents.activated.connect(self.document_chosen)
        self._documents.hide()
        self._total = ElidedLabel(bold=True)
        self._chips = {kind: Chip(kind, self) for kind in Kind}
        self._rows = QComboBox()
        self._rows.setAccessibleName(self.tr("Which pairs"))
        self._rows.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        # The count at the end of its text is not cut off.
        self._rows.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        for text, rows in (
            (self.tr("All pairs"), Rows.ALL),
            (self.tr("With findings"), Rows.WITH_FINDINGS),
            (self.tr("Unconfirmed"), Rows.UNCONFIRMED),
            (self.tr("Edited"), Rows.EDITED),
            (self.tr("With comments"), Rows.COMMENTED),
            (self.tr("Doubtful pairs"), Rows.DOUBTFUL),
            (self.tr("To decide again"), Rows.UNSETTLED),
            (self.tr("Disagreements"), Rows.DISPUTED),
        ):
            self._rows.addItem(text, rows)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addWidget(self._documents)
        layout.addWidget(self._total)
        layout.addSpacing(8)
        for chip in self._chips.values():
            layout.addWidget(chip)
            chip.toggled.connect(self.changed)
        layout.addStretch(1)
        layout.addWidget(self._rows)
        self._rows.currentIndexChanged.connect(self.changed)

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds to show; empty for no restriction."""
        return frozenset(kind for kind, chip in self._chips.items() if chip.isChecked())

    @property
    def rows(self) -> Rows:
        """Which pairs to show."""
        return Rows(self._rows.currentData())

    @property
    def restricts(self) -> bool:
        """Whether some pairs are left out."""
        return bool(self.kinds) or self.rows is not Rows.ALL

    def chip(self, kind: Kind) -> Chip:
        """Return the chip of a kind."""
        return self._chips[kind]

    def show_documents(self, titles: Sequence[str], current: int) -> None:
        """Offer the document pairs of the project where there are several."""
        self._documents.clear()
        self._documents.addItems(list(titles))
        self._documents.setCurrentIndex(current)
        self._documents.setVisible(len(titles) > 1)

    def show_counts(self, counts: Mapping[Kind, int], pairs: int, *, checked: bool = True) -> None:
        """Show how many findings are open per kind, in how many pairs altogether.

        Before a check has found something or come to its end, none are known: that is not none.
        """
        total = sum(counts.values())
        findings = counted(self.tr("%n finding(s)", "", total), total)
        where = counted(self.tr("%n pair(s)", "", pairs), pairs)
        if total or checked:
            self._total.setWhole(
                self.tr("{0} in {1}").format(findings, where), findings, str(total)
            )
        else:
            self._total.setWhole(self.tr("{0}, not checked yet").format(where), where)
        for kind, chip in self._chips.items():
            chip.set_count(counts.get(kind, 0))
        self._fit()

    def show_row_counts(self, doubtful: int, unsettled: int, disputed: int) -> None:
        """Show how many pairs are doubtful, to be decided again, and disagreed about."""
        texts = {
            Rows.DISPUTED: (self.tr("Disagreements"), disputed),
            Rows.DOUBTFUL: (self.tr("Doubtful pairs"), doubtful),
            Rows.UNSETTLED: (self.tr("To decide again"), unsettled),
        }
        for index in range(self._rows.count()):
            text, count = texts.get(Rows(self._rows.itemData(index)), ("", 0))
            if text:
                told = self.tr("{0} ({1})").format(text, count) if count else text
                self._rows.setItemText(index, told)

    def offer_apart(self, count: int) -> None:
        """Offer the pairs that reviewers judged differently, with how many; not at all for 0."""
        with QSignalBlocker(self._rows):
            at = self._rows.findData(Rows.APART)
            if not count and at >= 0:
                self._rows.removeItem(at)
            elif count:
                text = self.tr("{0} ({1})").format(self.tr("Judged differently"), count)
                if at < 0:
                    self._rows.addItem(text, Rows.APART)
                else:
                    self._rows.setItemText(at, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the chips' names out where there is no room for all of them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        gaps = (len(self._chips) + 3) * 6 + 24
        documents = self._documents.sizeHint().width() if self._documents.isVisibleTo(self) else 0
        fixed = documents + self._total.sizeHint().width() + self._rows.sizeHint().width() + gaps
        chips = self._chips.values()
        for least in (-1, 0, _NO_ROOM):
            # First the chips of which there are none lose their names, then all.
            for chip in chips:
                chip.set_compact(compact=chip.count <= least)
            if fixed + sum(chip.sizeHint().width() for chip in chips) <= self.width():
                return

    def choose_rows(self, rows: Rows) -> None:
        """Show these pairs, of whichever kind their findings are."""
        with QSignalBlocker(self):
            for chip in self._chips.values():
                chip.setChecked(False)
            self._rows.setCurrentIndex(self._rows.findData(rows))
        self.changed.emit()

    def take_focus(self) -> None:
        """Put the keyboard onto the first chip."""
        self._chips[Kind.UNTRANSLATED].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Show everything again."""
        if not self.restricts:
            return
        with QSignalBlocker(self):
            for chip in self._chips.values():
                chip.setChecked(False)
            self._rows.setCurrentIndex(0)
        self.changed.emit()
