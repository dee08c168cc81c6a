"""The panel at the right: Findings, Consistency and History."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from reviewer.ui.look.controls import Label, Line, Sheet, draw_focus
from reviewer.ui.panels.consistency_panel import ConsistencyPanel
from reviewer.ui.panels.findings_panel import FindingsPanel
from reviewer.ui.panels.history_panel import HistoryPanel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

WIDTH = 372
_PAD = 12


class Tab(enum.IntEnum):
    """The tabs, in their order."""

    FINDINGS = 0
    CONSISTENCY = 1
    HISTORY = 2


class Tabs(QTabBar):
    """Words in a row; the one in front is underlined."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)

    def tabSizeHint(self, index: int) -> QSize:
        """Return the size of the word with room around it."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.tabText(index)) + 2 * _PAD
        return QSize(width, metrics.height() + 20)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return the same: words are not cut."""
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        for index in range(self.count()):
            rect = self.tabRect(index)
            chosen = index == self.currentIndex()
            role = QPalette.ColorRole.WindowText if chosen else QPalette.ColorRole.PlaceholderText
            painter.setPen(palette.color(role))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.tabText(index))
            if chosen:
                accent = palette.color(QPalette.ColorRole.Highlight)
                painter.fillRect(rect.adjusted(0, rect.height() - 2, 0, 0), accent)
                if self.hasFocus():
                    frame = QRectF(rect).adjusted(2, 4, -2, -6)
                    draw_focus(painter, frame, palette, 5)


class SidePanel(QWidget):
    """The three tabs and a reminder of the keys that are used most.

    Signals:
        tab_shown: a Tab came to the front.
        left: the person is done here and wants the keyboard back on the pairs.
    """

    tab_shown = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings = FindingsPanel()
        self.consistency = ConsistencyPanel()
        self.history = HistoryPanel()
        self._tabs = Tabs()
        self._tabs.setAccessibleName(self.tr("Panel"))
        self._stack = QStackedWidget()
        for part in (self.findings, self.consistency, self.history):
            self._stack.addWidget(part)
            self._tabs.addTab("")
        self._tabs.setTabText(Tab.HISTORY, self.tr("History"))
        self.show_counts(0, 0)
        self._tabs.currentChanged.connect(self._show)
        paper = Sheet()
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self._stack, 1)
        hint = self._keys = Label(self._hint(), dim=True, size=12, wrap=True)
        hint.setTextFormat(Qt.TextFormat.RichText)
        hint.setContentsMargins(16, 6, 16, 10)
        inside.addWidget(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tabs)
        layout.addWidget(Line())
        layout.addWidget(paper, 1)
        self.setMinimumWidth(300)

    def _hint(self) -> str:
        if self.tab is Tab.CONSISTENCY:
            return self._hint_of_terms()
        template = self.tr(
            "<b>{0}</b> next finding &nbsp; <b>{1}…9</b> apply &nbsp; <b>{2}</b> confirm"
        )
        native = QKeySequence.SequenceFormat.NativeText
        keys = [QKeySequence(key).toString(native) for key in ("F8", "Ctrl+1", "Ctrl+Enter")]
        return template.format(*keys)

    def _hint_of_terms(self) -> str:
        template = self.tr(
            "<b>{0}</b> here &nbsp; <b>{1}</b> unify &nbsp; <b>{2}</b> next term &nbsp; "
            "<b>{3}</b> back"
        )
        native = QKeySequence.SequenceFormat.NativeText
        names = ("Ctrl+U", "Return", "PgDown", "Esc")
        return template.format(*(QKeySequence(key).toString(native) for key in names))

    def sizeHint(self) -> QSize:
        """Return the width the panel has at first."""
        return QSize(WIDTH, 600)

    @property
    def tab(self) -> Tab:
        """The tab in front."""
        return Tab(self._tabs.currentIndex())

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        self._tabs.setCurrentIndex(tab)

    def take_focus(self) -> None:
        """Put the keyboard into the tab in front."""
        if self.tab is Tab.CONSISTENCY:
            self.consistency.take_focus()
        else:
            part = self.findings if self.tab is Tab.FINDINGS else self.history
            part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_counts(self, findings: int, groups: int) -> None:
        """Put the numbers behind the tabs' names."""
        self._tabs.setTabText(Tab.FINDINGS, self.tr("Findings {0}").format(findings))
        self._tabs.setTabText(Tab.CONSISTENCY, self.tr("Consistency {0}").format(groups))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self._keys.setText(self._hint())
        self.tab_shown.emit(Tab(index))
