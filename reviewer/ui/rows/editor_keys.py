"""Which keys belong to the text in the editor; all others are for the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QTextCursor, QTextDocument

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_Key = QKeySequence.StandardKey
# Qt's editor would take more on some systems: Ctrl+K, Ctrl+U and Ctrl+E.
_TEXT_KEYS = (
    _Key.Copy,
    _Key.Cut,
    _Key.Paste,
    _Key.SelectAll,
    _Key.MoveToNextWord,
    _Key.MoveToPreviousWord,
    _Key.SelectNextWord,
    _Key.SelectPreviousWord,
    _Key.MoveToStartOfDocument,
    _Key.MoveToEndOfDocument,
    _Key.SelectStartOfDocument,
    _Key.SelectEndOfDocument,
    _Key.DeleteStartOfWord,
    _Key.DeleteEndOfWord,
)
CHORD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
LEAVING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape})
_PAGES = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_Move = QTextCursor.MoveOperation
_DELETING = {
    Qt.Key.Key_Backspace: (_Move.PreviousCharacter, _Move.PreviousWord),
    Qt.Key.Key_Delete: (_Move.NextCharacter, _Move.NextWord),
}


def is_for_text(event: QKeyEvent, text: QTextDocument) -> bool:
    """Return whether a key press is for the text; undo only while there is something to undo."""
    if event.matches(_Key.Undo):
        return text.isUndoAvailable()
    if event.matches(_Key.Redo):
        return text.isRedoAvailable()
    chord = event.modifiers() & CHORD
    if not chord:
        return event.key() not in _PAGES and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
    typed = event.text()
    if chord != Qt.KeyboardModifier.ControlModifier and typed and typed.isprintable():
        # AltGr, or Option on a Mac.
        return chord != Qt.KeyboardModifier.AltModifier or not typed.isascii()
    return any(event.matches(key) for key in _TEXT_KEYS)


def is_cut(event: QKeyEvent) -> bool:
    """Return whether a key press cuts the selection."""
    return event.matches(_Key.Cut)


def deletes(event: QKeyEvent) -> QTextCursor.MoveOperation | None:
    """Return what a key press would delete where nothing is selected; None for other keys."""
    moves = _DELETING.get(Qt.Key(event.key()))
    return moves[bool(event.modifiers() & CHORD)] if moves else None


def goes_back(move: QTextCursor.MoveOperation) -> bool:
    """Return whether a deletion is before the caret."""
    return move in {_Move.PreviousCharacter, _Move.PreviousWord}


def is_by_word(move: QTextCursor.MoveOperation) -> bool:
    """Return whether a deletion reaches to the end of a word."""
    return move in {_Move.PreviousWord, _Move.NextWord}
