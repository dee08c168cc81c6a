"""A dialog of which there is one at most, known to whoever opened it until it is closed."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtWidgets import QDialog

_Dialog = TypeVar("_Dialog", bound=QDialog)


class OpenDialog(Generic[_Dialog]):
    """Knows a dialog as long as it is open.

    Attributes:
        now: the dialog; None while none is open.
    """

    def __init__(self) -> None:
        self.now: _Dialog | None = None

    def hold(self, dialog: _Dialog) -> _Dialog:
        """Know a dialog that is about to be shown; return it. One that is open is closed."""
        self.close()
        self.now = dialog
        dialog.finished.connect(self._forget)
        return dialog

    def show(self) -> None:
        """Show the dialog before all other windows, if there is one."""
        if self.now is not None:
            self.now.show()
            self.now.activateWindow()

    def close(self) -> None:
        """Close the dialog, if one is open, as Esc would."""
        if self.now is not None:
            self.now.close()

    def _forget(self) -> None:
        self.now = None
