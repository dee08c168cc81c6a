"""The History tab: who decided what when, of one pair or of the whole project."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QListView,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.review.decisions.disagreements import TEXTS
from reviewer.text.differences import differing
from reviewer.ui.look.controls import Button, Label
from reviewer.ui.look.fonts import right_to_left, text_font
from reviewer.ui.look.wording import filled, isolated, moment
from reviewer.ui.panels.version_card import with_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviewer.model import Event
    from reviewer.review.decisions.history import HistoryLine
    from reviewer.review.session import Review

    Index = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()
_LINE = Qt.ItemDataRole.UserRole + 1
_PAD = 6
_AT_ONCE = 200
"""Decisions that are read at once."""
_DETAIL = 140
"""Pixels of the chosen text; a longer one is scrolled."""


class HistoryModel(QAbstractListModel):
    """The decisions, newest first; the next ones are read when the list comes to its end."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[HistoryLine] = []
        self._more: Iterator[HistoryLine] = iter(())
        self._is_all = True

    def show(self, lines: Iterable[HistoryLine], at_least: int = 0) -> None:
        """Show other decisions, so many of them at once."""
        self.beginResetModel()
        self._more = iter(lines)
        self._lines = self._next(max(at_least, _AT_ONCE))
        self.endResetModel()

    def _next(self, count: int) -> list[HistoryLine]:
        found = list(islice(self._more, count))
        self._is_all = len(found) < count
        return found

    def canFetchMore(self, parent: Index) -> bool:
        """Return whether there may be older decisions."""
        return not (parent.isValid() or self._is_all)

    def fetchMore(self, parent: Index) -> None:
        """Read some older decisions."""
        found = self._next(_AT_ONCE) if not parent.isValid() else []
        if found:
            first = len(self._lines)
            self.beginInsertRows(_NO_INDEX, first, first + len(found) - 1)
            self._lines += found
            self.endInsertRows()

    def row_of(self, event: Event) -> int | None:
        """Return the row of a decision, of those that were read."""
        return next((n for n, line in enumerate(self._lines) if line.event == event), None)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Return how many decisions there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what was decided, or by whom and when as the detail."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == _LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return sentence(line)
        spoken = {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}
        return f"{sentence(line)}\n{detail(line)}" if role in spoken else None


def sentence(line: HistoryLine) -> str:
    """Return what was decided, as one line."""
    return " ".join(filled("history", line.what, line.words).split())


def detail(line: HistoryLine) -> str:
    """Return where it was decided, by whom and when."""
    parts = [isolated(line.reviewer), moment(line.time)]
    if line.number is not None:
        pair = QT_TRANSLATE_NOOP("history", "Pair {0}")
        parts.insert(0, QCoreApplication.translate("history", pair).format(line.number + 1))
    if line.passed_over:
        other = QT_TRANSLATE_NOOP("history", "another change of the same pairs stands")
        parts.append(QCoreApplication.translate("history", other))
    if line.undone:
        undone = QT_TRANSLATE_NOOP("history", "taken back")
        parts.append(QCoreApplication.translate("history", undone))
    return "  ·  ".join(parts)


class HistoryPanel(QWidget):
    """The decisions, with a choice between one pair, everything, and what has no row.

    Below them the chosen one in full; its text can be taken back, and the whole document looked
    at as it was then.

    Signals:
        pair_chosen: number of a pair to go to.
        again_asked: a HistoryLine whose text is to stand again.
        then_asked: a HistoryLine; the document is to be shown as it was just after it.
    """

    pair_chosen = Signal(int)
    again_asked = Signal(object)
    then_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review: Review | None = None
        self._number: int | None = None
        self._stale = False
        self._whole = QRadioButton(self.tr("Whole project"))
        self._pair = QRadioButton(self.tr("This pair"))
        self._tray = QRadioButton(self.tr("Without a row"))
        self._tray.setToolTip(self.tr("Decisions whose texts no pair of this document holds"))
        self._tray.hide()
        self._whole.setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self._whole)
        group.addButton(self._pair)
        group.addButton(self._tray)
        group.buttonToggled.connect(self._choose_lines)
        top = QHBoxLayout()
        top.setContentsMargins(16, 10, 8, 8)
        top.setSpacing(8)
        top.addWidget(self._whole)
        top.addWidget(self._pair)
        top.addWidget(self._tray)
        top.addStretch(1)
        self._empty = Label(self.tr("Nothing has been decided yet."), dim=True, wrap=True)
        self._empty.setContentsMargins(16, 6, 16, 0)
        self._model = HistoryModel(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(_Delegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QListView.Shape.NoFrame)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(self.tr("History"))
        self._list.clicked.connect(self._choose)
        self._list.activated.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._empty)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._make_detail())
        self._list.selectionModel().currentChanged.connect(self._show_detail)
        self.setFocusProxy(self._list)

    def _make_detail(self) -> QWidget:
        self._detail = QWidget()
        self._full = QLabel()
        self._full.setWordWrap(True)
        self._full.setTextFormat(Qt.TextFormat.RichText)
        self._full.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute)
        self._full.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        area = self._area = QScrollArea()
        area.setWidget(self._full)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._again = Button(self.tr("Use this text again"))
        self._again.clicked.connect(self._ask_again)
        self._then = Button(self.tr("As it was then…"))
        self._then.setToolTip(self.tr("All texts of the document as they were at this moment"))
        self._then.clicked.connect(self._ask_then)
        buttons = QHBoxLayout()
        buttons.addWidget(self._again)
        buttons.addWidget(self._then)
        buttons.addStretch(1)
        column = QVBoxLayout(self._detail)
        column.setContentsMargins(16, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(area)
        column.addLayout(buttons)
        self._detail.hide()
        return self._detail

    def _current(self) -> HistoryLine | None:
        line: HistoryLine | None = self._list.currentIndex().data(_LINE)
        return line

    def _show_detail(self) -> None:
        line, review = self._current(), self._review
        self._detail.setVisible(line is not None)
        if line is None or review is None:
            return
        is_text = line.event.kind in TEXTS
        self._again.setVisible(is_text and line.number is not None)
        tag = review.target_language if is_text else "en"
        words = line.words[0] if is_text else filled("history", line.what, line.words)
        now = words
        if is_text and line.number is not None:
            now = review.pair(line.number).target_text
        side = ("rtl", "right") if is_text and right_to_left(tag) else ("ltr", "left")
        marked = with_marks(words, differing(words, now), self.palette())
        self._full.setFont(text_font(tag))
        self._full.setText(f'<p dir="{side[0]}" align="{side[1]}" style="margin:0">{marked}</p>')
        # A sentence without words of its own is in the list already.
        self._area.setVisible(bool(line.words))
        height = self._full.heightForWidth(max(self.width() - 40, 100))
        self._area.setFixedHeight(min(height + 4, _DETAIL))

    def _ask_again(self) -> None:
        line = self._current()
        if line is not None:
            self.again_asked.emit(line)

    def _ask_then(self) -> None:
        line = self._current()
        if line is not None:
            self.then_asked.emit(line)

    @property
    def model(self) -> HistoryModel:
        """The decisions shown."""
        return self._model

    def show_review(self, review: Review | None) -> None:
        """Show the decisions of a review, or none."""
        self._review = review
        self._show()

    def show_without_row(self) -> None:
        """Show the decisions that no pair of the document can have."""
        self._show()
        if self._tray.isVisibleTo(self):
            self._tray.setChecked(True)

    def show_pair(self, number: int | None) -> None:
        """Follow the grid to a pair."""
        self._number = number
        if self._pair.isChecked():
            self._show()

    def refresh(self) -> None:
        """Read the decisions again; put off until the tab is looked at."""
        self._show()

    def showEvent(self, event: object) -> None:
        """Catch up with what was decided while the tab was hidden."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._stale:
            self._show()

    def _choose_lines(self, _button: object, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        if checked:
            self._show()

    def _show(self) -> None:
        self._stale = not self.isVisible() and self._review is not None
        lines: Iterable[HistoryLine] = ()
        stray = self._review.past.without_row() if self._review is not None else ()
        self._tray.setVisible(bool(stray))
        self._tray.setText(self.tr("Without a row ({0})").format(len(stray)))
        if not stray and self._tray.isChecked():
            self._whole.setChecked(True)
        if self._tray.isChecked():
            lines = stray
        elif self._review is not None and not self._stale:
            lines = self._review.past.each_line(self._number if self._pair.isChecked() else None)
        chosen = self._current()
        # What was chosen stands behind what was decided since.
        self._model.show(lines, self._list.currentIndex().row() + _AT_ONCE)
        self._empty.setVisible(not self._model.rowCount())
        place = self._model.row_of(chosen.event) if chosen is not None else None
        if place is not None:
            self._list.setCurrentIndex(self._model.index(place))
        else:
            self._detail.hide()

    def _choose(self, index: QModelIndex) -> None:
        line = index.data(_LINE)
        if line is not None and line.number is not None:
            self.pair_chosen.emit(line.number)


class _Delegate(QStyledItemDelegate):
    """Two lines a row: what, and by whom and when; what was taken back is struck out."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of two lines."""
        return QSize(100, 2 * QFontMetrics(option.font).height() + 2 * _PAD + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a decision."""
        line = index.data(_LINE)
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        text = option.palette.color(
            QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        )
        dim = text if chosen else option.palette.color(QPalette.ColorRole.PlaceholderText)
        painter.save()
        font = option.font
        metrics = QFontMetrics(font)
        room = option.rect.adjusted(16, _PAD, -12, -_PAD)
        upper = QRect(room.left(), room.top(), room.width(), metrics.height())
        lower = upper.translated(0, metrics.height() + 2)
        side = Qt.TextElideMode.ElideRight
        font.setStrikeOut(line.undone)
        painter.setFont(font)
        painter.setPen(dim if line.undone else text)
        told = metrics.elidedText(index.data(), side, upper.width())
        painter.drawText(upper, Qt.AlignmentFlag.AlignLeft, told)
        font.setStrikeOut(False)
        painter.setFont(font)
        painter.setPen(dim)
        painter.drawText(
            lower,
            Qt.AlignmentFlag.AlignLeft,
            metrics.elidedText(detail(line), side, lower.width()),
        )
        painter.restore()
