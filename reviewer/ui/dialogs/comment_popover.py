"""The remarks on a pair, and a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from reviewer.ui.look.controls import Button, Label, Look, Sheet
from reviewer.ui.look.icons import icon
from reviewer.ui.look.popover import Popover

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.review.decisions.rows import Comment

_WIDTH = 400
_MOST_HEIGHT = 220


class CommentPopover(Popover):
    """Shows the remarks on a pair and takes a new one; Ctrl+Enter adds it.

    Signals:
        added: number of the pair, and the text.
        deleted: a Comment.
        left: the text that was written and not added when it closes; empty mostly.
    """

    added = Signal(int, str)
    deleted = Signal(object)
    left = Signal(str)

    def __init__(
        self, number: int, comments: Sequence[Comment], window: QWidget, *, draft: str = ""
    ) -> None:
        super().__init__(window)
        self._number = number
        self._told = False
        self._comments = {str(place): comment for place, comment in enumerate(comments)}
        self.setFixedWidth(_WIDTH)
        title = self.tr("Comments on pair {0}").format(number + 1)
        self.setAccessibleName(title)
        self.body.addWidget(Label(title, bold=True))
        if comments:
            self.body.addWidget(self._list())
        self._text = QPlainTextEdit(self)
        self._text.setPlaceholderText(self.tr("Write a comment"))
        self._text.setAccessibleName(self.tr("New comment"))
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(4 * self._text.fontMetrics().height() + 12)
        self._text.installEventFilter(self)
        self._text.setPlainText(draft)
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self.body.addWidget(self._text)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = Button(self.tr("Close"))
        cancel.clicked.connect(self.dismiss)
        buttons.addWidget(cancel)
        add = Button(self.tr("Add comment"), Look.PRIMARY)
        add.clicked.connect(self._add)
        buttons.addWidget(add)
        self.body.addLayout(buttons)

    @property
    def first(self) -> QWidget:
        """The control that gets the keyboard."""
        return self._text

    def _list(self) -> QScrollArea:
        sheet = Sheet()
        rows = QVBoxLayout(sheet)
        rows.setContentsMargins(0, 0, 0, 0)
        for name, comment in self._comments.items():
            row = QHBoxLayout()
            told = QVBoxLayout()
            told.setSpacing(0)
            told.addWidget(Label(comment.reviewer, dim=True, size=12))
            told.addWidget(Label(comment.text, wrap=True))
            row.addLayout(told, 1)
            delete = Button("", Look.QUIET)
            delete.setObjectName(name)
            delete.setIcon(icon("close"))
            delete.setAccessibleName(self.tr("Delete this comment"))
            delete.setToolTip(self.tr("Delete this comment"))
            delete.clicked.connect(self._delete)
            row.addWidget(delete, 0, Qt.AlignmentFlag.AlignTop)
            rows.addLayout(row)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setBackgroundRole(QPalette.ColorRole.Base)
        area.setWidget(sheet)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet.setFixedWidth(_WIDTH - 44)
        area.setFixedHeight(min(_MOST_HEIGHT, rows.totalHeightForWidth(_WIDTH - 44) + 2))
        return area

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Add the comment on Ctrl+Enter, close on Esc, also from inside the text."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                # Else Ctrl+Enter would confirm the pair below.
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._add()
                return True
        return super().eventFilter(watched, event)

    def _add(self) -> None:
        text = self._text.toPlainText().strip()
        if text:
            self.added.emit(self._number, text)
        self._text.clear()
        self.dismiss()

    def dismiss(self) -> None:
        """Close; what is written and was not added is told, so that it can be kept."""
        if not self._told:
            self._told = True
            self.left.emit(self._text.toPlainText())
        super().dismiss()

    def _delete(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.deleted.emit(self._comments[button.objectName()])
            self.dismiss()
