"""The Findings tab: open findings by check, what was waived, and which checks are muted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from reviewer.model import Finding
from reviewer.ui.look.controls import Label, draw_focus, inset
from reviewer.ui.look.theme import theme_of
from reviewer.ui.panels.findings_model import ENTRY, FindingsModel, Section, found_in

if TYPE_CHECKING:
    from collections.abc import Collection

    from reviewer.model import Kind
    from reviewer.review.checking.judged import Waived
    from reviewer.review.session import Review
    from reviewer.ui.look.wording import Excerpt

    Index = QModelIndex | QPersistentModelIndex

_PAD = 6
_NUMBER = 40
_BETWEEN = "  ·  "


class FindingsPanel(QWidget):
    """What is still to be looked at, what was waived, and the switch of each check.

    Signals:
        finding_chosen: a Finding, to go to.
        unwaive_asked: a Waived, to take back.
        mute_asked: id of a check, and whether it is to be on.
        waivers_asked: all waivers are to be seen.
        tune_asked: id of a check whose counts and level are to be seen.
    """

    finding_chosen = Signal(object)
    unwaive_asked = Signal(object)
    mute_asked = Signal(str, bool)
    tune_asked = Signal(str)
    waivers_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = FindingsModel(self)
        self._folded: set[str] = {""}
        self._empty = Label(dim=True, wrap=True)
        self._empty.setContentsMargins(16, 16, 16, 16)
        self._tree = QTreeView(self)
        self._tree.setModel(self._model)
        self._tree.setItemDelegate(_Delegate(self._model, self._tree))
        self._tree.setHeaderHidden(True)
        self._tree.setUniformRowHeights(True)
        self._tree.setIndentation(0)
        self._tree.setRootIsDecorated(False)
        self._tree.setFrameShape(QTreeView.Shape.NoFrame)
        self._tree.setMouseTracking(True)
        self._tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._tree.setAccessibleName(self.tr("Findings"))
        self._tree.clicked.connect(self._choose)
        self._tree.activated.connect(self._choose)
        self._tree.expanded.connect(self._unfolded)
        self._tree.collapsed.connect(self._folded_up)
        self._tree.customContextMenuRequested.connect(self._open_menu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._empty)
        layout.addWidget(self._tree, 1)
        self.setFocusProxy(self._tree)

    @property
    def model(self) -> FindingsModel:
        """The sections shown."""
        return self._model

    def refresh(self, review: Review | None, kinds: Collection[Kind] = ()) -> None:
        """Show the findings as they are now; folding and the current row stay."""
        current = self._tree.currentIndex().data(ENTRY)
        scrolled = self._tree.verticalScrollBar().value()
        if self._model.show(review, kinds):
            for row, section in enumerate(self._model.sections):
                folded = section.check in self._folded
                self._tree.setExpanded(self._model.index(row, 0), not folded)
            if isinstance(current, Finding):
                self.set_current(current, follow=False)
            # Only what is laid out can be scrolled.
            self._tree.doItemsLayout()
            self._tree.verticalScrollBar().setValue(scrolled)
        self._tell_nothing(review)

    def clear(self) -> None:
        """Show nothing for now: the pairs have other numbers."""
        self._model.clear()

    def set_current(self, finding: Finding | None, *, follow: bool = True) -> None:
        """Mark the finding that the grid is at; `follow` brings it into view."""
        index = QModelIndex() if finding is None else self._model.index_of(finding)
        self._tree.setAutoScroll(False)
        self._tree.setCurrentIndex(index)
        self._tree.setAutoScroll(True)
        if follow and index.isValid():
            self._tree.scrollTo(index)

    def _tell_nothing(self, review: Review | None) -> None:
        nothing = not any(section.check and section.entries for section in self._model.sections)
        self._empty.setVisible(nothing)
        if nothing:
            done = review is None or review.checked
            words = self.tr("Nothing found.")
            going_on = self.tr("Still checking: nothing found so far.")
            self._empty.setText(words if done else going_on)

    def _choose(self, index: QModelIndex) -> None:
        entry = self._model.entry(index)
        if entry is None:
            self._tree.setExpanded(index, not self._tree.isExpanded(index))
            return
        finding = found_in(entry)
        if finding is not None:
            self.finding_chosen.emit(finding)

    def _unfolded(self, index: QModelIndex) -> None:
        section = self._model.section(index)
        if section is not None:
            self._folded.discard(section.check)

    def _folded_up(self, index: QModelIndex) -> None:
        section = self._model.section(index)
        if section is not None:
            self._folded.add(section.check)

    def _open_menu(self, place: QPoint) -> None:
        index = self._tree.indexAt(place)
        menu = self.menu_for(index)
        menu.popup(self._tree.viewport().mapToGlobal(place))

    def menu_for(self, index: QModelIndex) -> QMenu:
        """Return what can be done with a row; the panel owns the menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entry, section = self._model.entry(index), self._model.section(index)
        if section is not None and section.check:
            text = self.tr("Switch this check on") if section.muted else self.tr("Mute this check")
            menu.addAction(text, self._switch_current)
            menu.addAction(self.tr("How often it is right…"), self._tune_current)
        elif section is not None:
            menu.addAction(self.tr("All waivers…"), self._show_waivers)
        elif entry is not None and not isinstance(entry, Finding):
            menu.addAction(self.tr("Take the waiver back"), self._unwaive_current)
            menu.addAction(self.tr("All waivers…"), self._show_waivers)
        elif entry is not None:
            menu.addAction(self.tr("Go to the pair"), self._go_to_current)
        self._tree.setCurrentIndex(index)
        return menu

    def _switch_current(self) -> None:
        section = self._model.section(self._tree.currentIndex())
        if section is not None:
            self.mute_asked.emit(section.check, section.muted)

    def _tune_current(self) -> None:
        section = self._model.section(self._tree.currentIndex())
        if section is not None:
            self.tune_asked.emit(section.check)

    def _show_waivers(self) -> None:
        self.waivers_asked.emit()

    def _unwaive_current(self) -> None:
        entry = self._model.entry(self._tree.currentIndex())
        if entry is not None:
            self.unwaive_asked.emit(entry)

    def _go_to_current(self) -> None:
        self._choose(self._tree.currentIndex())


class _Delegate(QStyledItemDelegate):
    """Two lines a row: the sentence, and the place with what stands around it."""

    def __init__(self, model: FindingsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of two lines."""
        return QSize(100, 2 * QFontMetrics(option.font).height() + 2 * _PAD + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        self.initStyleOption(option, index)
        option.text = ""
        section = self._model.section(index)
        painter.save()
        if section is not None:
            unfolded = bool(option.state & QStyle.StateFlag.State_Open)
            self._paint_section(painter, option, section, unfolded=unfolded)
        else:
            if option.state & QStyle.StateFlag.State_Selected and not option.widget.hasFocus():
                # Strong where the keyboard is, and there alone.
                option.state &= ~QStyle.StateFlag.State_Selected
                painter.fillRect(option.rect, theme_of(option.palette).active)
            style = option.widget.style()
            style.drawPrimitive(
                QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
            )
            entry = self._model.entry(index)
            if entry is not None:
                self._paint_entry(painter, option, entry)
        painter.restore()

    def _paint_section(
        self, painter: QPainter, option: QStyleOptionViewItem, section: Section, *, unfolded: bool
    ) -> None:
        palette, room, way = option.palette, option.rect, option.direction
        painter.fillRect(room, palette.color(QPalette.ColorRole.AlternateBase))
        if option.state & QStyle.StateFlag.State_HasFocus:
            frame = QRectF(room).adjusted(1, 1, -1, -1)
            draw_focus(painter, frame, palette, 4)
        metrics = QFontMetrics(option.font)
        centre = Qt.AlignmentFlag.AlignVCenter
        dim = palette.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(dim)
        folded = "▸" if way == Qt.LayoutDirection.LeftToRight else "◂"
        painter.drawText(inset(room, way, 8), centre, "▾" if unfolded else folded)
        if section.kind is not None:
            look = theme_of(palette).kinds[section.kind]
            painter.setPen(look.color)
            painter.drawText(inset(room, way, 24), centre, look.glyph)
        font = QFont(option.font)
        font.setBold(True)
        bold = QFontMetrics(font)
        left = room.width() - 72
        note = self.note(section, left - bold.horizontalAdvance(section.title), metrics)
        painter.setPen(dim)
        right = centre | Qt.AlignmentFlag.AlignRight
        painter.drawText(inset(room, way, 0, 14), right, note)
        painter.setFont(font)
        painter.setPen(dim if section.muted else palette.color(QPalette.ColorRole.Text))
        left -= metrics.horizontalAdvance(note)
        title = bold.elidedText(section.title, Qt.TextElideMode.ElideRight, left)
        painter.drawText(inset(room, way, 44), centre, title)

    def note(self, section: Section, room: int, metrics: QFontMetrics) -> str:
        """Return what stands beside a title: as much as fits, and how many there are at least."""
        parts = self._parts(section)
        while len(parts) > 1 and metrics.horizontalAdvance(_BETWEEN.join(parts)) > room:
            # All of it is in the tool tip.
            parts.pop()
        return _BETWEEN.join(parts)

    def _parts(self, section: Section) -> list[str]:
        if section.muted:
            return [self.tr("muted")]
        parts = [str(len(section.entries))]
        if section.more:
            locale = QLocale()
            listed, all_ = len(section.entries), len(section.entries) + section.more
            parts = [self.tr("{0} of {1}").format(*map(locale.toString, (listed, all_)))]
        if section.tally.fixed:
            parts.append(self.tr("%n fixed", "", section.tally.fixed))
        if section.tally.waived:
            parts.append(self.tr("%n waived", "", section.tally.waived))
        if section.level:
            parts.append(section.level)
        return parts

    def _paint_entry(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: Finding | Waived
    ) -> None:
        palette, metrics, way = option.palette, QFontMetrics(option.font), option.direction
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        roles = QPalette.ColorRole
        text = palette.color(roles.HighlightedText if chosen else roles.Text)
        dim = text if chosen else palette.color(roles.PlaceholderText)
        room = inset(option.rect, way, 8, 10).adjusted(0, _PAD, 0, -_PAD)
        finding = found_in(entry)
        if finding is not None:
            painter.setPen(dim)
            number = inset(room, way, 0, room.width() - _NUMBER + 6)
            painter.drawText(number, Qt.AlignmentFlag.AlignRight, str(finding.pair + 1))
        line = inset(room, way, _NUMBER + 4)
        line.setHeight(metrics.height())
        place = theme_of(palette).kinds[self._model.kind(entry)].color
        self._paint_place(
            painter, line, way, self._model.detail(entry), (text, text if chosen else place)
        )
        line.translate(0, metrics.height() + 2)
        painter.setPen(dim)
        message = self._model.message(entry)
        shown = metrics.elidedText(message, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_place(
        self,
        painter: QPainter,
        line: QRect,
        way: Qt.LayoutDirection,
        cut: Excerpt,
        colours: tuple[QColor, QColor],
    ) -> None:
        """Draw an excerpt as one line, its place in the stronger colour.

        It is laid out as a whole: in a text with both directions, parts do not stand in turn.
        """
        shown = painter.fontMetrics().elidedText(
            str(cut), Qt.TextElideMode.ElideRight, line.width()
        )
        layout = QTextLayout(shown, painter.font())
        side = QStyle.visualAlignment(way, Qt.AlignmentFlag.AlignLeft)
        option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        mark = QTextLayout.FormatRange()
        mark.start = len(cut.before.encode("utf-16-le")) // 2
        mark.length = len(cut.place.encode("utf-16-le")) // 2
        mark.format.setForeground(colours[1])
        layout.setFormats([mark])
        layout.beginLayout()
        layout.createLine().setLineWidth(line.width())
        layout.endLayout()
        painter.setPen(colours[0])
        layout.draw(painter, QPointF(line.topLeft()))
