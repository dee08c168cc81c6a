"""The concordance: a word, every pair that has it, and what renders it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
)

from reviewer.model import Kind, Side, Span
from reviewer.review.terminology.concordance import MOST_LINES
from reviewer.text.languages import language
from reviewer.ui.look.controls import Label, resize_on_screen
from reviewer.ui.look.theme import theme_of
from reviewer.ui.look.wording import Excerpt, counted, excerpt

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from reviewer.model import Pair
    from reviewer.review.session import Review
    from reviewer.review.terminology.concordance import Concordance, Line, LookUp, Place

NUMBER, SOURCE, TARGET = range(3)
_EXCERPT = Qt.ItemDataRole.UserRole
_MOMENT = 0.012
"""Seconds for which it is looked between what else the window has to do."""
_AT_ONCE = 0.05
"""The same at first: in most documents it is found by then, and nothing flickers."""
_PAUSE = 250
_AROUND = 48
_BOLD = 16
"""Pixels that a place in bold may be wider."""


class ConcordanceModel(QAbstractTableModel):
    """Lines of a concordance: number, source, target."""

    def __init__(self, review: Review, parent: QWidget) -> None:
        super().__init__(parent)
        self._review = review
        self._lines: list[Line] = []

    def show_lines(self, lines: list[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """Return the line of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else TARGET + 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        """Return the number, or an Excerpt of a side."""
        line = self.line(index.row())
        if line is None:
            return None
        if index.column() == NUMBER:
            shown = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return str(line.pair + 1) if shown else None
        side = Side.SOURCE if index.column() == SOURCE else Side.TARGET
        if role == _EXCERPT:
            return self._excerpt(line, side)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._pair(line).text(side)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Pair"), self.tr("Source"), self.tr("Translation"))[section]

    def _pair(self, line: Line) -> Pair:
        return self._review.pair(min(line.pair, self._review.count - 1))

    def _excerpt(self, line: Line, side: Side) -> Excerpt:
        places: tuple[Place, ...] = line.source if side is Side.SOURCE else line.target
        text = self._pair(line).text(side)
        if not places:
            return excerpt(text, 0, 0, 2 * _AROUND)
        return excerpt(text, *places[0], _AROUND)


class ExcerptDelegate(QStyledItemDelegate):
    """Draws an excerpt with its place in bold and in the colour of terms."""

    def __init__(self, languages: tuple[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._right_to_left = [language(tag).right_to_left for tag in languages]

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return a line with room around it."""
        number = str(index.data() or "")
        width = option.fontMetrics.horizontalAdvance(number) + 16
        return QSize(width, option.fontMetrics.height() + 12)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the row's ground and the text."""
        super().paint(painter, option, index)
        shown = index.data(_EXCERPT)
        if not isinstance(shown, Excerpt):
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        painter.save()
        painter.setPen(option.palette.color(role))
        layout = self._layout(option, shown, index.column() - SOURCE, selected=selected)
        height = layout.boundingRect().height()
        area = option.rect.adjusted(6, 0, -6, 0)
        painter.setClipRect(area)
        layout.draw(painter, QPointF(area.x(), area.y() + (area.height() - height) / 2))
        painter.restore()

    def _head(self, option: QStyleOptionViewItem, shown: Excerpt, room: int) -> str:
        """Return what stands before the place, cut where the place would not be seen."""
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.Bold)
        metrics = option.fontMetrics
        place = QFontMetrics(bold).horizontalAdvance(shown.place)
        after = min(metrics.horizontalAdvance(shown.after), room // 4)
        most = max(40, room - place - after)
        return metrics.elidedText(shown.before, Qt.TextElideMode.ElideLeft, most)

    def _layout(
        self, option: QStyleOptionViewItem, shown: Excerpt, side: int, *, selected: bool
    ) -> QTextLayout:
        right_to_left = self._right_to_left[side]
        room = option.rect.width() - 12
        before = self._head(option, shown, room)
        metrics = option.fontMetrics
        left = room - metrics.horizontalAdvance(f"{before}{shown.place}") - _BOLD
        after = metrics.elidedText(shown.after, Qt.TextElideMode.ElideRight, left)
        text = f"{before}{shown.place}{after}"
        layout = QTextLayout(text, option.font)
        way = QTextOption()
        way.setWrapMode(QTextOption.WrapMode.NoWrap)
        direction = Qt.LayoutDirection
        way.setTextDirection(direction.RightToLeft if right_to_left else direction.LeftToRight)
        layout.setTextOption(way)
        mark = QTextLayout.FormatRange()
        mark.start = len(before.encode("utf-16-le")) // 2
        mark.length = len(shown.place.encode("utf-16-le")) // 2
        mark.format.setFontWeight(QFont.Weight.Bold)
        if not selected:
            mark.format.setForeground(theme_of(option.palette).kinds[Kind.TERMS].color)
        layout.setFormats([mark])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(room)
        layout.endLayout()
        return layout


class ConcordanceDialog(QDialog):
    """Stands beside the work: Enter goes to the pair and leaves it open.

    Signals:
        place_chosen: number of a pair, and the Span in it.
    """

    place_chosen = Signal(int, object)

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self._concordance: Concordance | None = None
        self._revision = -1
        self._looking: LookUp | None = None
        self._elsewhere: LookUp | None = None
        self._is_entering = False
        self.setWindowTitle(self.tr("Concordance"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 920, 420)
        self._words = QLineEdit()
        self._words.setPlaceholderText(self.tr("A word or a phrase, in any form"))
        self._words.setAccessibleName(self.tr("Word or phrase"))
        self._words.setClearButtonEnabled(True)
        self._side = QComboBox()
        self._side.setAccessibleName(self.tr("Side"))
        self._side.addItem(self.tr("In the source"), Side.SOURCE)
        self._side.addItem(self.tr("In the translation"), Side.TARGET)
        self._count = Label(dim=True)
        top = QHBoxLayout()
        top.addWidget(self._words, 1)
        top.addWidget(self._side)
        top.addWidget(self._count)
        self._model = ConcordanceModel(review, self)
        self._view = self._make_view()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addLayout(top)
        self._nothing = Label(dim=True, wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._nothing, 1)
        layout.addWidget(self._view, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.look_up)
        self._turns = QTimer(self)
        self._turns.timeout.connect(self._turn)
        self._words.textEdited.connect(self._pause.start)
        self._words.returnPressed.connect(self._enter)
        self._side.activated.connect(self.look_up)

    def _make_view(self) -> QTreeView:
        view = QTreeView()
        view.setAccessibleName(self.tr("Pairs"))
        view.setModel(self._model)
        languages = self._review.source_language, self._review.target_language
        view.setItemDelegate(ExcerptDelegate(languages, view))
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(NUMBER, QHeaderView.ResizeMode.ResizeToContents)
        for column in (SOURCE, TARGET):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        view.activated.connect(self._go)
        view.clicked.connect(self._go)
        return view

    def show_words(self, words: str, side: Side) -> None:
        """Look words up and give the keyboard to what was found; without words, to the line."""
        self._words.setText(words)
        self._side.setCurrentIndex(self._side.findData(side))
        self._words.setFocus()
        self._is_entering = True
        self.look_up()

    def look_up(self) -> None:
        """Show the pairs that have the words as the texts stand now.

        What is not found at once is looked for between what else the window has to do.
        """
        self._pause.stop()
        words = self._words.text().strip()
        if self._concordance is None or self._revision != self._review.revision:
            self._concordance = self._review.terms.concordance()
            self._revision = self._review.revision
        self._elsewhere = None
        self._looking = self._concordance.look_up(words, self._side.currentData())
        self._turns.start()
        self._turn(_AT_ONCE)
        if self._looking is not None:
            self._show(words, [], self.tr("Looking…"))

    def _turn(self, seconds: float = _MOMENT) -> None:
        """Look on for a moment; show what was found when all was looked for."""
        if self._revision != self._review.revision:
            self.look_up()
            return
        if self._looking is None or not self._looking.run(seconds):
            return
        words, lines = self._words.text().strip(), self._looking.lines
        if words and not lines and self._concordance is not None:
            # It may stand on the other side.
            if self._elsewhere is None:
                self._elsewhere = self._concordance.look_up(words, self._other_side())
            if not self._elsewhere.run(seconds):
                return
        self._turns.stop()
        self._looking = None
        self._show(words, lines, "" if lines else self._why_nothing(words))
        if self._is_entering and lines:
            self._view.setFocus()
        self._is_entering = False

    def _other_side(self) -> Side:
        return Side.TARGET if self._side.currentData() is Side.SOURCE else Side.SOURCE

    def _show(self, words: str, lines: list[Line], nothing: str) -> None:
        """Show lines, or in the place of them a sentence."""
        self._model.show_lines(lines)
        if lines:
            self._view.setCurrentIndex(self._model.index(0, SOURCE))
        count = len(lines)
        text = counted(self.tr("%n pair(s)", "", count), count)
        if count == MOST_LINES:
            text = self.tr("the first {0} pairs").format(count)
        self._count.setText(text if words and self._looking is None else "")
        self._nothing.setText(nothing)
        self._nothing.setVisible(not lines)
        self._view.setVisible(bool(lines))

    def _why_nothing(self, words: str) -> str:
        if not words:
            return self.tr(
                "Every pair that has the word or phrase is listed here, with what renders it."
            )
        side: Side = self._side.currentData()
        count = len(self._elsewhere.lines) if self._elsewhere is not None else 0
        if side is Side.SOURCE and count:
            told = self.tr(
                "“{0}” is nowhere in the source; the translation has it in %n pair(s).", "", count
            )
        elif side is Side.SOURCE:
            told = self.tr("“{0}” is nowhere in the source.")
        elif count:
            told = self.tr(
                "“{0}” is nowhere in the translation; the source has it in %n pair(s).", "", count
            )
        else:
            told = self.tr("“{0}” is nowhere in the translation.")
        return counted(told, count).format(words)

    def done(self, result: int) -> None:
        """Close, and look for nothing more."""
        self._turns.stop()
        super().done(result)

    def _go(self, index: QModelIndex) -> None:
        line = self._model.line(index.row())
        if line is None or line.pair >= self._review.count:
            return
        side: Side = self._side.currentData()
        place = (line.source if side is Side.SOURCE else line.target)[0]
        self.place_chosen.emit(line.pair, Span(side, *place))

    def _enter(self) -> None:
        """Look up at once, and go to what was found."""
        self._is_entering = True
        self.look_up()
