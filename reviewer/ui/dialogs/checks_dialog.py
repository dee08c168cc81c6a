"""How often each check was right in the open document, and how much of it is to be shown."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.checks.spelling import CHECK as SPELLING
from reviewer.model import Kind, Level
from reviewer.review.checking.own_checks import OWN
from reviewer.review.checking.precision import Tally
from reviewer.ui.dialogs.own_checks_list import OwnChecksList
from reviewer.ui.look.controls import Button, Label, Line, Look, RowChoice, resize_on_screen
from reviewer.ui.look.fonts import ui_font
from reviewer.ui.look.wording import counted, dictionary_words, kind_title, level_name, tally_words

if TYPE_CHECKING:
    from reviewer.checks.base import Check
    from reviewer.review.session import Review

_CHECK = Qt.ItemDataRole.UserRole
_OFF = 0
"""Id of the button that switches the check off; the levels follow in their order."""
_LEVELS = tuple(Level)


class ChecksDialog(QDialog):
    """A row per check with its counts; below, the levels of the current one with theirs.

    Nothing is recorded before the person accepts a choice. It stays open beside the document and
    follows what happens there.

    Signals:
        level_chosen: id of a check, and the Level to show; None switches it off.
        own_chosen: names of the person's own check files that are to run, a tuple.
    """

    level_chosen = Signal(str, object)
    own_chosen = Signal(object)

    def __init__(
        self, review: Review, own: tuple[str, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._review = review
        self.setWindowTitle(self.tr("Checks"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_on_screen(self, 640, 620)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._tree = self._make_tree()
        self._title = Label(bold=True)
        self._counts = Label(dim=True, wrap=True)
        self._own = OwnChecksList(own)
        self._own.chosen.connect(self.own_chosen)
        self._about = Label(wrap=True)
        self._folder = Button(self.tr("Show &folder"))
        self._folder.clicked.connect(self._show_folder)
        self._levels = QButtonGroup(self)
        self._levels.idToggled.connect(self._preview)
        self._preview_text = Label(wrap=True)
        self._accept = Button(self.tr("&Use this"), Look.PRIMARY)
        self._accept.clicked.connect(self._choose)
        close = Button(self.tr("&Close"))
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self._tree, 1)
        layout.addWidget(Line())
        layout.addWidget(self._title)
        layout.addWidget(self._counts)
        layout.addWidget(self._own)
        about = QHBoxLayout()
        about.addWidget(self._about, 1)
        about.addWidget(self._folder)
        layout.addLayout(about)
        layout.addLayout(self._buttons())
        bottom = QHBoxLayout()
        bottom.addWidget(self._preview_text, 1)
        bottom.addWidget(self._accept)
        bottom.addWidget(close)
        layout.addLayout(bottom)
        self.refresh()
        self._tree.setFocus()

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(self.tr("Checks"))
        tree.setHeaderLabels(
            [
                self.tr("Check"),
                self.tr("Found"),
                self.tr("Fixed"),
                self.tr("Waived"),
                self.tr("Shown"),
            ]
        )
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(72)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        meanings = (
            self.tr("There now, or gone by an edit since the text was delivered"),
            self.tr("Gone by an edit since the text was delivered"),
            self.tr("You or a colleague said it is a false alarm"),
        )
        for column, meaning in enumerate(meanings, 1):
            tree.headerItem().setTextAlignment(column, right)
            tree.headerItem().setToolTip(column, meaning)
        tree.headerItem().setTextAlignment(4, Qt.AlignmentFlag.AlignCenter)
        tree.currentItemChanged.connect(self._show_current)
        return tree

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        names = [level_name(level) for level in _LEVELS]
        for number, name in [*enumerate(names, _OFF + 1), (_OFF, self.tr("Off"))]:
            button = RowChoice(name)
            self._levels.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        return row

    # What is shown

    def refresh(self) -> None:
        """Count anew; the current row and a choice not accepted yet stay."""
        current, pending = self.current, self._levels.checkedId()
        self._tree.blockSignals(True)  # noqa: FBT003 - Qt's own parameter
        self._fill()
        self._tree.blockSignals(False)  # noqa: FBT003 - Qt's own parameter
        self.show_check(current.id if current is not None else "")
        if current is not None and self._levels.button(pending) is not None:
            self._levels.button(pending).setChecked(True)
            self._preview()

    def _fill(self) -> None:
        from reviewer.review.checking.catalogue import ALL_CHECKS

        self._tree.clear()
        self._items.clear()
        tallies, on = self._review.tallies(), self._review.settings.checks()
        for kind in Kind:
            heading = QTreeWidgetItem(self._tree, [kind_title(kind)])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setFont(0, ui_font(bold=True))
            for check in (check for check in ALL_CHECKS if check.kind is kind):
                tally = tallies.get(check.id, Tally())
                self._add(heading, check, tally, on=on[check.id])
            heading.setExpanded(True)

    def _add(self, heading: QTreeWidgetItem, check: Check, tally: Tally, *, on: bool) -> None:
        counts = (tally.found, tally.fixed, tally.waived)
        shown = [str(count) if count else "" for count in counts] if on else ["", "", ""]
        item = QTreeWidgetItem(heading, [_title(check), *shown, self._shown(check, on=on)])
        item.setData(0, _CHECK, check.id)
        self._items[check.id] = item
        for column in (1, 2, 3):
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            item.setTextAlignment(column, right)
        item.setTextAlignment(4, Qt.AlignmentFlag.AlignCenter)
        words = tally_words(tally) if on else self.tr("off")
        spoken = f"{_title(check)}: {words}"
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
        if not on:
            for column in range(5):
                item.setForeground(column, self.palette().placeholderText())

    def _shown(self, check: Check, *, on: bool) -> str:
        if not on:
            return self.tr("off")
        if len(check.levels) <= 1:
            return self.tr("on")
        return level_name(self._review.settings.level(check))

    @property
    def current(self) -> Check | None:
        """The check whose levels are shown."""
        item = self._tree.currentItem()
        check_id = item.data(0, _CHECK) if item is not None else None
        return self._review.check_by_id(check_id) if check_id else None

    def show_check(self, check_id: str) -> None:
        """Make a check the current one; the first with findings for an unknown id."""
        most = max(self._items.values(), key=lambda item: int(item.text(1) or 0))
        item = self._items.get(check_id, most)
        self._tree.setCurrentItem(item)
        self._show_current()

    def _show_current(self) -> None:
        check = self.current
        if check is None:
            return
        self._own.setVisible(check.id == OWN.id)
        on = self._review.settings.checks()[check.id]
        tally = self._review.tallies().get(check.id, Tally())
        self._show_dictionary(check)
        self._title.setText(_title(check))
        self._counts.setText(tally_words(tally) if on else self.tr("It is off in this project."))
        for number, level in enumerate(_LEVELS, _OFF + 1):
            button = self._levels.button(number)
            several = len(check.levels) > 1
            button.setVisible(level in check.levels)
            button.setText(level_name(level) if several else self.tr("On"))
        level = self._review.settings.level(check)
        number = _LEVELS.index(level) + 1 if on else _OFF
        self._levels.button(number).setChecked(True)
        for button in self._levels.buttons():  # Tab goes to the choice as it is, not to the first
            stop = Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(stop)
        self._preview()
        layout, item = self.layout(), self._tree.currentItem()
        if layout is not None and item is not None:
            layout.activate()
            self._tree.scrollToItem(item)

    def _show_dictionary(self, check: Check) -> None:
        """Say which dictionary the check of spelling has, or where one is to be put."""
        asks = check.id == SPELLING.id
        spelling = self._review.words.spelling if asks else None
        self._about.setText(dictionary_words(self._review, spelling) if spelling else "")
        self._about.setVisible(asks)
        missing = spelling is not None and spelling.installed and spelling.possible
        self._folder.setVisible(missing and not self._review.words.spelling.names)

    def _show_folder(self) -> None:
        folder = self._review.words.spelling.folder
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @property
    def chosen(self) -> Level | None:
        """The level that is ticked; None for off."""
        number = self._levels.checkedId()
        return _LEVELS[number - 1] if number > _OFF else None

    def _preview(self) -> None:
        """Say how many findings there are, and how many there would be."""
        check, level = self.current, self.chosen
        if check is None:
            return
        on = self._review.settings.checks()[check.id]
        now = self._review.settings.level(check) if on else None
        self._accept.setEnabled(level is not now)
        if not on:
            text = "" if level is None else self.tr("It is run when you accept.")
            self._preview_text.setText(text)
            return
        count = self._review.count_at(check, now or Level.STRICT)
        text = counted(self.tr("%n finding(s)", "", count), count)
        if level is not now:
            there = 0 if level is None else self._review.count_at(check, level)
            name = self.tr("it off") if level is None else level_name(level)
            text = self.tr("{0}, {1} with {2}").format(text, there, name)
        self._preview_text.setText(text)

    def _choose(self) -> None:
        check = self.current
        if check is not None:
            self.level_chosen.emit(check.id, self.chosen)


def _title(check: Check) -> str:
    return QCoreApplication.translate("checks", check.title)
