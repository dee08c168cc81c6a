"""A box to choose a language from: those we know something of first, then all others."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QComboBox, QCompleter

from reviewer.ui.look.wording import language_name

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@cache
def _other_languages(known: tuple[str, ...]) -> tuple[str, ...]:
    languages = [QLocale.languageToCode(language) for language in QLocale.Language]
    return tuple(sorted({code for code in languages if code and code not in {*known, "C"}}))


class LanguageCombo(QComboBox):
    """Languages by name; typing finds one. Tags it does not list are added when they are set."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from reviewer.text.languages import known_languages

        known = known_languages()
        self._fill(known)
        self.insertSeparator(self.count())
        self._fill(_other_languages(known))
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(16)
        completer, line = self.completer(), self.lineEdit()
        assert completer is not None
        assert line is not None
        self._line = line
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._line.editingFinished.connect(self._settle)
        self.setCurrentIndex(-1)
        self._line.setPlaceholderText(self.tr("Choose a language"))

    def _fill(self, tags: tuple[str, ...]) -> None:
        named = sorted((language_name(tag), tag) for tag in tags)
        for name, tag in named:
            self.addItem(name, tag)

    @property
    def tag(self) -> str:
        """The BCP 47 tag chosen; empty while none is."""
        return str(self.currentData() or "")

    def set_tag(self, tag: str) -> None:
        """Choose a language; an unknown one ("", "und") leaves the box empty."""
        if tag in {"", "und"}:
            self.setCurrentIndex(-1)
            return
        index = self.findData(tag)
        if index < 0:
            self.insertItem(0, language_name(tag), tag)
            index = 0
        self.setCurrentIndex(index)

    def _settle(self) -> None:
        """Take what was typed for the language whose name begins so; else put the old one back."""
        typed = self._line.text().strip()
        flags = Qt.MatchFlag.MatchStartsWith
        index = self.findText(typed, flags) if typed else -1
        if index >= 0 and self.itemData(index):
            self.setCurrentIndex(index)
        self._line.setText(self.itemText(self.currentIndex()))
