"""Say that a finding is a false alarm: how far that reaches, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton

from reviewer.model import WaiverScope
from reviewer.ui.look.controls import Button, Label, Look
from reviewer.ui.look.popover import Popover

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from reviewer.model import Finding

_LONGEST = 300
"""Code points of a message that are shown; a finding may quote a whole paragraph."""
_WIDTH = 420
_OF_WORDS = frozenset({"untranslated", "spelling", "names", "capitals", "repeated-words"})
"""Checks that find fault with a word, which a person may accept."""
_OWN = len(WaiverScope)
"""Id of the button that puts the word among the person's own."""


def is_of_word(finding: Finding) -> bool:
    """Return whether a finding is about a word that a person may accept.

    A sentence that was left as a whole is no word.
    """
    return finding.check in _OF_WORDS and bool(finding.words) and finding.variant != "segment"


class WaivePopover(Popover):
    """Asks for the scope and the reason of a waiver; Enter waives.

    Signals:
        chosen: the finding, the WaiverScope, the reason (may be empty).
        kept: a word that is right in every project of the person.
    """

    chosen = Signal(object, object, str)
    kept = Signal(str)

    def __init__(self, finding: Finding, title: str, window: QWidget) -> None:
        super().__init__(window)
        self._finding = finding
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(self.tr("Waive the finding"))
        self.body.addWidget(Label(self.tr("A false alarm?"), bold=True))
        shown = title if len(title) <= _LONGEST else f"{title[:_LONGEST]}…"
        self.body.addWidget(Label(shown, dim=True, wrap=True))
        self._scopes = QButtonGroup(self)
        self._by_id = dict(enumerate(self._choices()))
        for number, scope in self._by_id.items():
            self._offer(number, self._text(scope))
            if scope is WaiverScope.WORD:
                own = self.tr("“{0}” is a word of &mine, right in all my projects")
                self._offer(_OWN, own.format(self._word()))
        self._scopes.button(0).setChecked(True)
        self._reason = QLineEdit(self)
        self._reason.setPlaceholderText(self.tr("Reason (optional)"))
        self._reason.setAccessibleName(self.tr("Reason"))
        self.body.addWidget(self._reason)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.dismiss)
        buttons.addWidget(cancel)
        waive = Button(self.tr("Waive"), Look.PRIMARY)
        waive.clicked.connect(self._waive)
        buttons.addWidget(waive)
        self.body.addLayout(buttons)

    @property
    def first(self) -> QWidget:
        """The control that gets the keyboard."""
        return self._scopes.button(0)

    def _choices(self) -> tuple[WaiverScope, ...]:
        finding = self._finding
        if not finding.words:
            return (WaiverScope.HERE, WaiverScope.CHECK)
        words = (WaiverScope.WORD,) if is_of_word(finding) else ()
        return (WaiverScope.HERE, WaiverScope.TEXT, *words, WaiverScope.CHECK)

    def _text(self, scope: WaiverScope) -> str:
        texts = {
            WaiverScope.HERE: self.tr("&Here only"),
            WaiverScope.TEXT: self.tr("This &text, wherever this check meets it"),
            WaiverScope.WORD: self.tr("“{0}” is a &word to accept everywhere"),
            WaiverScope.CHECK: self.tr("Everything this &check finds in this project"),
        }
        return texts[scope].format(self._word())

    def _word(self) -> str:
        """Return the word as a button shows it, where an ampersand would mark a mnemonic."""
        word = self._finding.words[0] if self._finding.words else ""
        shown = word if len(word) <= 24 else word[:23] + "…"
        return shown.replace("&", "&&")

    def _offer(self, number: int, text: str) -> None:
        button = QRadioButton(text, self)
        self._scopes.addButton(button, number)
        self.body.addWidget(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Waive on Enter; what is typed beside the scopes is the beginning of the reason."""
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._waive()
        elif event.text().isprintable() and event.text() and not event.modifiers() & commands:
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
            self._reason.insert(event.text())
        else:
            super().keyPressEvent(event)

    def _waive(self) -> None:
        if self._scopes.checkedId() == _OWN:
            self.kept.emit(self._finding.words[0])
            self.dismiss()
            return
        scope = self._by_id[self._scopes.checkedId()]
        self.chosen.emit(self._finding, scope, self._reason.text().strip())
        self.dismiss()
