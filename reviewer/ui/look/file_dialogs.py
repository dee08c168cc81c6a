"""Asking for files and folders; a dialog is the window's own and goes when it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


def ask_for_files(
    parent: QWidget,
    title: str,
    take: Callable[[list[str]], None],
    *,
    kinds: Sequence[str] = (),
    start: Path | None = None,
    several: bool = True,
) -> None:
    """Ask for files that are there, of these kinds; `take` gets their names."""
    dialog = _dialog(parent, title, kinds, start)
    mode = QFileDialog.FileMode
    dialog.setFileMode(mode.ExistingFiles if several else mode.ExistingFile)
    dialog.filesSelected.connect(take)
    dialog.open()


def ask_for_folder(
    parent: QWidget, title: str, take: Callable[[str], None], start: Path | None = None
) -> None:
    """Ask for a folder; `take` gets its name."""
    dialog = _dialog(parent, title, (), start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(take)
    dialog.open()


def ask_where_to_save(
    parent: QWidget,
    title: str,
    take: Callable[[str], None],
    *,
    kinds: Sequence[str] = (),
    start: Path | None = None,
    suffix: str = "",
) -> QFileDialog:
    """Ask for the name of a file to be written; `take` gets it.

    The dialog asks before it lets a file be replaced, also one named without its `suffix`.
    """
    dialog = _dialog(parent, title, kinds, start)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix.removeprefix("."))
    dialog.fileSelected.connect(take)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, kinds: Sequence[str], start: Path | None) -> QFileDialog:
    place = str(start) if start is not None else ""
    dialog = QFileDialog(parent, title, place, ";;".join(kinds))
    dialog.finished.connect(dialog.deleteLater)
    return dialog
