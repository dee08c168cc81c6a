"""The ways into a review: files chosen, dropped, handed over or pasted, the sample, the recent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer import paths
from reviewer.ui.importing import Importing
from reviewer.ui.look.file_dialogs import ask_for_files, ask_for_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QAction, QDropEvent
    from PySide6.QtWidgets import QMenu, QWidget

    from reviewer.review.checking.pipeline import Reading
    from reviewer.settings import Settings
    from reviewer.ui.worker import Worker

PROJECT = ".bitext"


class Opening(QObject):
    """Turns what a person points at into a project to open or an import.

    Attributes:
        settings: whose review it will be, and the recent projects.
        project: the open project, which documents can be added to; None without one.
        importing: leads two files into a project.

    Signals:
        project_asked: path of a project to open.
        load_asked: paths of reviews to load into the open project.
        failed: a sentence for the person.
    """

    project_asked = Signal(object)
    load_asked = Signal(object)
    failed = Signal(str)

    def __init__(self, worker: Worker, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._at_start: tuple[Sequence[Path], dict[str, str | None]] = ((), {})
        self._choices: dict[str, str | None] = {}
        self._adding: Path | None = None
        self._first = Path()
        self._pasted = ("", "")
        self.settings = settings
        self.project: Path | None = None
        self.importing = Importing(worker, window)
        self.importing.failed.connect(self.failed)
        self.importing.both_told.connect(self._open_alone)
        self.importing.imported.connect(self._forget_pasted)

    # Files that are known

    def open_paths(self, names: Sequence[Path], **choices: str | None) -> None:
        """Open a project, or review two texts; `choices` are those of the command line."""
        if len(names) == 1 and is_project(names[0]):
            self._open_project(names[0])
        elif names and len(names) <= 2 and all(name.is_dir() for name in names):
            self.importing.start_folders(tuple(names), self.settings)
        elif any(name.is_dir() for name in names):
            self.failed.emit(
                self.tr("A folder of pairs is opened alone, or two folders together.")
            )
        elif len(names) == 2 or (names and is_bilingual(names[0])):
            if any(map(is_bilingual, names)) and len(names) == 2:
                self.failed.emit(self.tr("A file that holds both texts is opened alone."))
                return
            self._import(*_readings(names, choices))
        elif len(names) == 1 and may_hold_both(names[0].name):
            self._choices, self._adding = choices, None
            self.importing.find_out(names[0])
        elif len(names) == 1:
            self._ask_translation(names[0])
        elif names:
            self.failed.emit(
                self.tr("A text and its translation make a review, or one file that holds both.")
            )

    def _open_alone(self, path: Path, both: bool) -> None:  # noqa: FBT001 - of a signal
        """Open a document that holds both texts; of one that does not, ask for the other."""
        if both:
            self.importing.start(*_readings([path], self._choices), self.settings, self._adding)
        elif self._adding is not None:
            self._refuse_lone()
        else:
            self._ask_translation(path)

    def _refuse_lone(self) -> None:
        self.failed.emit(
            self.tr("Choose a text and its translation, or one file that holds both.")
        )

    def _open_project(self, path: Path) -> None:
        """Open a project; of one in a shared folder, the copy that takes part in the sharing."""
        from reviewer.errors import ReviewerError
        from reviewer.review.tasks.joining import is_shared_documents, joined

        if is_shared_documents(path):
            try:
                path = joined(path, map(Path, self.settings.recent))
            except ReviewerError as error:
                self.failed.emit(str(error))
                return
        self.project_asked.emit(path)

    def open_dropped(self, names: Sequence[Path]) -> None:
        """Load what is a review of the open project's documents; open anything else."""
        if self._are_reviews(names):
            self.load_asked.emit(tuple(names))
        else:
            self.open_paths(names)

    def _are_reviews(self, names: Sequence[Path]) -> bool:
        """Return whether these can be loaded into the open project."""
        if self.project is None or not names or not all(map(is_project, names)):
            return False
        from reviewer.store import are_akin

        return all(are_akin(self.project, name) for name in names)

    def open_later(self, names: Sequence[Path], **choices: str | None) -> None:
        """Open files once the window stands."""
        self._at_start = tuple(names), choices
        if names:
            QTimer.singleShot(0, self._open_at_start)

    def _open_at_start(self) -> None:
        names, choices = self._at_start
        self.open_paths(names, **choices)

    def open_name(self, name: str) -> None:
        """Open a file that the system or a list hands over."""
        self.open_paths([Path(name)])

    def open_sample(self) -> None:
        """Review the two texts that come with the program."""
        from reviewer.review.checking.pipeline import Reading

        source, target = (
            Reading(file, text=file.read_text("utf-8"), language=tag)
            for file, tag in (
                (paths.resource("sample", "banjir-lembah-sari.txt"), "id"),
                (paths.resource("sample", "inondation-lembah-sari.txt"), "fr"),
            )
        )
        self._import(source, target)

    def swap(self) -> None:
        """Import the last two files again, the other way round."""
        self.importing.swap(self.settings)

    def _import(self, source: Reading, target: Reading) -> None:
        self.importing.start(source, target, self.settings)

    # Files and texts that are asked for

    def ask_files(self) -> None:
        """Ask for a project or for two texts."""
        title = self.tr("Open a text and its translation, a bilingual file or a project")
        self._ask(title, self._open_names)

    def _open_names(self, names: list[str]) -> None:
        self.open_paths([Path(name) for name in names])

    def _ask_translation(self, source: Path) -> None:
        self._first = source
        title = self.tr("Which file is the translation of “{0}”?").format(source.name)
        self._ask(title, self._open_second, several=False)

    def _open_second(self, names: list[str]) -> None:
        if names:
            self.open_paths([self._first, Path(names[0])])

    def ask_folder(self) -> None:
        """Ask for a folder of texts and translations."""
        title = self.tr("Choose a folder of texts and their translations")
        folder = self.project.parent if self.project is not None else None
        ask_for_folder(self._window, title, self._open_folder, folder)

    def _open_folder(self, name: str) -> None:
        self.open_paths([Path(name)])

    def ask_more_files(self) -> None:
        """Ask for two more texts to be reviewed in the open project."""
        self._ask(self.tr("Choose a text and its translation"), self._add_names)

    def _add_names(self, names: list[str]) -> None:
        if self.project is None:
            return
        paths = [Path(name) for name in names]
        if len(paths) == 1 and may_hold_both(paths[0].name):
            self._choices, self._adding = {}, self.project
            self.importing.find_out(paths[0])
            return
        if len(paths) != 2 and not (len(paths) == 1 and is_bilingual(paths[0])):
            self._refuse_lone()
            return
        self.importing.start(*_readings(paths, {}), self.settings, self.project)

    def _ask(self, title: str, slot: Callable[[list[str]], None], *, several: bool = True) -> None:
        folder = self.project.parent if self.project is not None else None
        ask_for_files(self._window, title, slot, start=folder, several=several)

    def ask_texts(self) -> None:
        """Ask for two pasted texts; those of a dialog that led to nothing stand there again."""
        from reviewer.ui.dialogs.paste_dialog import PasteDialog

        dialog = PasteDialog(self._window, self._pasted)
        dialog.chosen.connect(self._paste)
        dialog.left.connect(self._keep_pasted)
        dialog.open()

    def _keep_pasted(self, source: str, target: str) -> None:
        self._pasted = source, target

    def _forget_pasted(self) -> None:
        readings = self.importing.readings or ()
        if {reading.text for reading in readings} == set(self._pasted):
            self._pasted = ("", "")

    def _paste(self, source: str, target: str) -> None:
        self.importing.paste(source, target, self.settings)

    # The recent projects

    def fill_recent(self, menu: QMenu) -> None:
        """List the recent projects in a menu."""
        menu.clear()
        for name in self.settings.recent:
            # In a menu, an ampersand of the name would mark a mnemonic.
            action = menu.addAction(Path(name).name.replace("&", "&&"), self._open_listed)
            action.setData(name)
            action.setToolTip(name)

    def _open_listed(self) -> None:
        action: QAction = self.sender()  # type: ignore[assignment]  # those of the menu alone
        self.open_name(action.data())

    def would_do(self, names: Sequence[Path]) -> str:
        """Return what dropping these files on the window would do."""
        if self._are_reviews(names):
            return self.tr("Load this review")
        if len(names) == 1 and is_project(names[0]):
            return self.tr("Open this project")
        if len(names) == 1 and is_bilingual(names[0]):
            return self.tr("Review this bilingual file")
        if len(names) == 1 and may_hold_both(names[0].name):
            return self.tr("Review this document")
        if names and len(names) <= 2 and all(name.is_dir() for name in names):
            return self.tr("Review the pairs in this folder")
        if len(names) == 2:
            if is_keyed(*names):
                return self.tr("Review these two files by their keys")
            return self.tr("Review these two texts")
        return self.tr("Drop a text and its translation")


def is_project(path: Path) -> bool:
    """Return whether a file is called as projects are."""
    return path.suffix.lower() == PROJECT


def is_keyed(source: Path, target: Path) -> bool:
    """Return whether two files are called as resources are that are paired by their keys."""
    from reviewer.formats import keyed_format_of

    return keyed_format_of(source.name, target.name) is not None


def may_hold_both(name: str) -> bool:
    """Return whether a document of that name may be a table of a text and its translation."""
    from reviewer.formats import may_hold_both as may

    return may(name)


def is_bilingual(path: Path) -> bool:
    """Return whether a file is called as those that hold both columns are."""
    from reviewer.formats import bilingual_reader_of

    return bilingual_reader_of(path.name) is not None


def _readings(names: Sequence[Path], choices: Mapping[str, str | None]) -> tuple[Reading, Reading]:
    """Return what is to be read: two files, or both columns of one."""
    from reviewer.review.checking.pipeline import Reading

    more = choices.get("encoding"), choices.get("lines")
    return (
        Reading(names[0], *more, choices.get("source_language")),
        Reading(names[-1], *more, choices.get("target_language")),
    )


def dropped(event: QDropEvent) -> list[Path]:
    """Return the files of this computer that are dragged."""
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
