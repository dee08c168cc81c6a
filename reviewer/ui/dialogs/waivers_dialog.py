"""Every waiver of a project in one list: what, how far, why, by whom; to change or take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
)

from reviewer.model import WaiverScope
from reviewer.ui.look.controls import Button, Label, Look, dialog_column, resize_on_screen
from reviewer.ui.look.wording import finding_message, gone_message, isolated, moment
from reviewer.ui.panels.findings_model import scope_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reviewer.review.checking.judged import Waived
    from reviewer.review.session import Review

_WHAT, _REACH, _COVERS, _REASON, _WHO, _WHEN = range(6)
_ROW = Qt.ItemDataRole.UserRole


class WaiversDialog(QDialog):
    """A row per waiver; the reason is changed in its place. Undo brings everything back.

    Signals:
        reason_changed: a Waived and its new reason.
        taken_back: a Waived.
        finding_chosen: a Finding to go to.
    """

    reason_changed = Signal(object, str)
    taken_back = Signal(object)
    finding_chosen = Signal(object)

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self._waivers: tuple[Waived, ...] = ()
        self._behind = False
        self.setWindowTitle(self.tr("Waivers"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 900, 480)
        self._filter = QComboBox()
        self._filter.setAccessibleName(self.tr("Check"))
        self._filter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._filter.activated.connect(self._fill)
        self._tree = self._make_tree()
        self._nothing = Label(self.tr("Nothing is waived in this project."), dim=True)
        self._go = Button(self.tr("&Go to it"))
        self._go.clicked.connect(self.go)
        self._change = Button(self.tr("Change the &reason"))
        self._change.clicked.connect(self.change_reason)
        self._back = Button(self.tr("&Take back"))
        self._back.clicked.connect(self.take_back)
        close = Button(self.tr("&Close"), Look.PRIMARY)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        for button in (self._go, self._change, self._back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        top = QHBoxLayout()
        top.addWidget(self._filter)
        top.addStretch(1)
        layout = dialog_column(self, 12)
        layout.addLayout(top)
        layout.addWidget(self._nothing)
        layout.addWidget(self._tree, 1)
        layout.addLayout(buttons)
        self.refresh()
        self._tree.setFocus()

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(self.tr("Waivers"))
        tree.setHeaderLabels(
            [
                self.tr("Finding"),
                self.tr("Reach"),
                self.tr("Covers"),
                self.tr("Reason"),
                self.tr("By"),
                self.tr("When"),
            ]
        )
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_REASON, QHeaderView.ResizeMode.Stretch)
        tree.headerItem().setTextAlignment(_COVERS, Qt.AlignmentFlag.AlignCenter)
        tree.itemDelegate().closeEditor.connect(self._catch_up)
        tree.itemDoubleClicked.connect(self._edit)
        tree.itemChanged.connect(self._take)
        tree.currentItemChanged.connect(self._update)
        QShortcut(Qt.Key.Key_F2, tree, self.change_reason)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), tree)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.take_back)
        return tree

    # What is shown

    def refresh(self) -> None:
        """Show the waivers as they stand now; the filter and the current row stay.

        Where a reason is being written, that comes first.
        """
        self._behind = self._tree.state() == QAbstractItemView.State.EditingState
        if self._behind:
            return
        self._waivers = self._review.waived()
        chosen = self._filter.currentData()
        with QSignalBlocker(self._filter):
            self._filter.clear()
            self._filter.addItem(self.tr("All checks ({0})").format(len(self._waivers)), None)
            for check in dict.fromkeys(waiver.check for waiver in self._waivers):
                count = sum(waiver.check == check for waiver in self._waivers)
                text = self.tr("{0} ({1})").format(self._title(check), count)
                self._filter.addItem(text, check)
            self._filter.setCurrentIndex(max(0, self._filter.findData(chosen)))
        self._fill()

    def _title(self, check: str) -> str:
        if not check:
            return self.tr("Accepted words")
        known = self._review.check_by_id(check)
        return QCoreApplication.translate("checks", known.title)

    def _fill(self) -> None:
        current = self.current
        only = self._filter.currentData()
        with QSignalBlocker(self._tree):
            self._tree.clear()
            for row, waiver in enumerate(self._waivers):
                if only is None or waiver.check == only:
                    item = self._add(row, waiver)
                    if current is not None and waiver.place == current.place:
                        self._tree.setCurrentItem(item)
            if not self._tree.currentIndex().isValid():
                self._tree.setCurrentIndex(self._tree.model().index(0, _WHAT))
        self._nothing.setVisible(not self._waivers)
        self._update()

    def _add(self, row: int, waiver: Waived) -> QTreeWidgetItem:
        who, when = self._review.author(waiver.event)
        texts = [
            self._what(waiver),
            scope_text(waiver.scope),
            self._covers(waiver),
            waiver.reason,
            isolated(who),
            moment(when),
        ]
        item = QTreeWidgetItem(self._tree, texts)
        item.setData(_WHAT, _ROW, row)
        item.setTextAlignment(_COVERS, Qt.AlignmentFlag.AlignCenter)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        if self._covers(waiver) == "0":
            item.setForeground(_WHAT, self.palette().placeholderText())
        return item

    def _covers(self, waiver: Waived) -> str:
        if waiver.scope is WaiverScope.WORD and not waiver.count:
            # Checks pass over accepted words: how often they would be found is not known.
            return self.tr("–")
        return str(waiver.count)

    def _what(self, waiver: Waived) -> str:
        if waiver.scope is WaiverScope.CHECK:
            return self.tr("Everything of “{0}”").format(self._title(waiver.check))
        if waiver.scope is WaiverScope.WORD:
            return self.tr("“{0}”").format(isolated(waiver.key))
        if waiver.finding is not None:
            number: int | None = waiver.finding.pair
            message = finding_message(self._review, waiver.finding)
        else:
            # It was waived of a pair, and there may be two of the same words.
            number = min(self._review.shown.numbers([waiver.event]), default=None)
            message = gone_message(self._review.check_by_id(waiver.check), waiver)
        return message if number is None else self.tr("{0}: {1}").format(number + 1, message)

    @property
    def current(self) -> Waived | None:
        """The waiver of the current row."""
        row = self._tree.currentIndex().siblingAtColumn(_WHAT).data(_ROW)
        return self._waivers[row] if row is not None and row < len(self._waivers) else None

    def _update(self) -> None:
        waiver = self.current
        self._go.setEnabled(waiver is not None and waiver.finding is not None)
        self._change.setEnabled(waiver is not None)
        self._back.setEnabled(waiver is not None)

    # What can be done

    def go(self) -> None:
        """Go to the first finding that the current waiver covers."""
        waiver = self.current
        if waiver is not None and waiver.finding is not None:
            self.finding_chosen.emit(waiver.finding)

    def change_reason(self) -> None:
        """Open the reason of the current waiver for writing."""
        if self.current is not None:
            self._tree.edit(self._tree.currentIndex().siblingAtColumn(_REASON))

    def _edit(self, item: QTreeWidgetItem, _column: int) -> None:
        self._tree.editItem(item, _REASON)

    def _take(self, item: QTreeWidgetItem, column: int) -> None:
        waiver = self._waivers[item.data(_WHAT, _ROW)]
        reason = item.text(_REASON).strip()
        if column == _REASON and reason != waiver.reason:
            self.reason_changed.emit(waiver, reason)

    def _catch_up(self) -> None:
        if self._behind:
            # The editor is still there while it says that it closes.
            QTimer.singleShot(0, self.refresh)

    def take_back(self) -> None:
        """Take the current waiver back: its findings are open again."""
        waiver = self.current
        if waiver is not None:
            self.taken_back.emit(waiver)
