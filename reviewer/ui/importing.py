"""From two files, or a bilingual one, to a project: look, ask what could not be told, import."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer.ui.look.open_dialog import OpenDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from reviewer.review.checking.pipeline import Reading
    from reviewer.review.documents.folders import FilePair, Matched
    from reviewer.review.documents.importing import Imported, ImportRequest
    from reviewer.review.tasks.requests import FirstPairs, Request
    from reviewer.review.tasks.requests import Look as Looked
    from reviewer.settings import Settings
    from reviewer.ui.dialogs.folder_dialog import FolderDialog
    from reviewer.ui.dialogs.import_dialog import ImportDialog
    from reviewer.ui.worker import Job, Worker


class Importing(QObject):
    """Leads two files into a project; asks only where it is unsure.

    Attributes:
        question: what could not be told of the two files.
        matching: which files of folders belong together.

    Signals:
        imported: the `review.importing.Imported`.
        failed: a sentence for the person.
        first_read: the `review.requests.FirstPairs` of a file that is being read, and its name.
        ended: a job has ended, in whatever way.
        began: a job begins; what was told of the one before is over.
        both_told: a path that was asked about, and whether it holds both texts.
        columns_chosen: layout of a table, numbers of source and target, as the person chose.
    """

    imported = Signal(object)
    failed = Signal(str)
    first_read = Signal(object, str)
    ended = Signal()
    began = Signal()
    columns_chosen = Signal(str, int, int)
    both_told = Signal(object, bool)

    def __init__(self, worker: Worker, window: QWidget) -> None:
        super().__init__(window)
        self._worker = worker
        self._window = window
        self._settings: Settings | None = None
        self._project: Path | None = None
        self.question: OpenDialog[ImportDialog] = OpenDialog()
        self.matching: OpenDialog[FolderDialog] = OpenDialog()
        self._readings: tuple[Reading, Reading] | None = None
        self._job: Job | None = None

    @property
    def readings(self) -> tuple[Reading, Reading] | None:
        """Source and target of the import that was made last."""
        return self._readings

    @property
    def can_swap(self) -> bool:
        """Whether the last import was of two files, which could be the other way round."""
        from reviewer.review.documents.bilingual import is_one_file

        return self._readings is not None and not is_one_file(*self._readings)

    def start(
        self, source: Reading, target: Reading, settings: Settings, project: Path | None = None
    ) -> None:
        """Bring two files in, or one that both readings name.

        `project` is one that they are added to, None for a new one.
        """
        from reviewer.review.documents.bilingual import is_one_file
        from reviewer.review.tasks.requests import ImportIfSure, LookRequest

        self._settings, self._project = settings, project
        if is_one_file(source, target):
            self._readings = source, target
            asked = ImportIfSure(self._request(source, target), settings.tables)
            self._submit(asked, self._imported_or_looked)
            return
        self._submit(LookRequest((source, target)), self._looked)

    def find_out(self, path: Path) -> None:
        """Find out whether a document that stands alone holds a text and its translation."""
        from reviewer.review.tasks.requests import HoldsBothRequest

        self._submit(HoldsBothRequest(path), partial(self._found_out, path))

    def _found_out(self, path: Path, both: bool) -> None:  # noqa: FBT001 - a job's result
        self.both_told.emit(path, both)

    def start_folders(
        self, folders: tuple[Path, ...], settings: Settings, project: Path | None = None
    ) -> None:
        """Look which files of a folder, or of two, belong together, and let the person see."""
        from reviewer.review.tasks.requests import MatchRequest

        self._settings, self._project, self._readings = settings, project, None
        self._submit(MatchRequest(folders), self._matched)

    def _matched(self, matched: Matched) -> None:
        from reviewer.ui.dialogs.folder_dialog import FolderDialog

        if not self._is_wanted():
            return
        if self.matching.now is not None:
            self.matching.now.show_matched(matched)
            return
        if not matched.pairs and len(matched.left) < 2:
            self.failed.emit(self.tr("No two files there belong together by their names."))
            return
        dialog = self.matching.hold(FolderDialog(matched, self._window))
        dialog.match_asked.connect(partial(self._match_again, matched.folders))
        dialog.chosen.connect(partial(self._import_pairs, matched.folders[-1]))
        dialog.open()

    def _match_again(self, folders: tuple[Path, ...], source: str, target: str) -> None:
        from reviewer.review.tasks.requests import MatchRequest

        self._submit(MatchRequest(folders, source, target), self._matched)

    def _import_pairs(
        self, folder: Path, pairs: Sequence[FilePair], source: str, target: str
    ) -> None:
        from reviewer.review.checking.pipeline import Reading
        from reviewer.review.documents.folder_import import FolderRequest

        readings = tuple(
            (
                Reading(pair.source, language=source or None),
                Reading(pair.target, language=target or None),
            )
            for pair in pairs
        )
        asked = FolderRequest(self._request(*readings[0]), readings, folder)
        self._submit(asked, self._done)

    def paste(self, source: str, target: str, settings: Settings) -> None:
        """Bring two pasted texts in."""
        from reviewer.review.checking.pipeline import Reading

        names = self.tr("Pasted source.txt"), self.tr("Pasted translation.txt")
        self.start(
            Reading(Path(names[0]), text=source), Reading(Path(names[1]), text=target), settings
        )

    def swap(self, settings: Settings) -> None:
        """Import the last two files again, the other way round."""
        if self.can_swap:
            assert self._readings is not None
            source, target = self._readings
            self._settings, self._project = settings, None
            self._import(target, source)

    def _submit(self, request: Request, done: Callable[..., object]) -> None:
        if self._job is not None:
            self._job.cancel()
        self.began.emit()
        job = self._job = self._worker.hurry(request, done, self._fail)
        job.first.connect(self._show_first)
        job.ended.connect(self._forget)

    def _forget(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self.ended.emit()

    def _show_first(self, first: FirstPairs) -> None:
        if self._is_wanted() and self._readings is not None:
            self.first_read.emit(first, self._readings[0].path.name)

    def _is_wanted(self) -> bool:
        """Return whether what a job tells is still waited for; it may end although cancelled."""
        return self._job is not None and self.sender() is self._job and not self._job.cancelled

    def _fail(self, message: str) -> None:
        if self._is_wanted():
            self.failed.emit(message)

    def _looked(self, looks: tuple[Looked, Looked]) -> None:
        if not self._is_wanted():
            return
        source, target = looks
        for look in looks:
            if look.error is not None and not look.ask_encoding:
                self.failed.emit(look.error)
                return
        if all(_settled(look) for look in looks) and source.language != target.language:
            self._import(_with_language(source), _with_language(target))
        else:
            self._ask(source, target)

    def _imported_or_looked(self, result: Imported | tuple[Looked, Looked]) -> None:
        if not self._is_wanted():
            return
        if not isinstance(result, tuple):
            self.imported.emit(result)
            return
        source, target = result
        self._ask(source, target)

    def _ask(self, source: Looked, target: Looked) -> None:
        from reviewer.ui.dialogs.import_dialog import ImportDialog

        dialog = self.question.hold(ImportDialog(source, target, self._window))
        dialog.look_asked.connect(self._look_again)
        dialog.columns_chosen.connect(self.columns_chosen)
        dialog.chosen.connect(self._import)
        dialog.open()

    def _look_again(self, readings: tuple[Reading, Reading]) -> None:
        from reviewer.review.tasks.requests import LookRequest

        self._submit(LookRequest(readings), self._looked_again)

    def _looked_again(self, looks: tuple[Looked, Looked]) -> None:
        if self.question.now is not None and self._is_wanted():
            self.question.now.show_looks(*looks)

    def _import(self, source: Reading, target: Reading) -> None:
        self._readings = source, target
        self._submit(self._request(source, target), self._done)

    def _request(self, source: Reading, target: Reading) -> ImportRequest:
        from reviewer.review.documents.importing import ImportRequest

        assert self._settings is not None
        settings, new = self._settings, self._project is None
        return ImportRequest(
            source,
            target,
            self._project,
            bytes.fromhex(settings.reviewer_id),
            settings.reviewer_name,
            add=not new,
            memories=tuple(map(Path, settings.memories)) if new else None,
            known_memories=frozenset(settings.known_memories),
            encoder=Path(settings.encoder) if settings.encoder else None,
        )

    def _done(self, imported: Imported) -> None:
        if self._is_wanted():
            self.imported.emit(imported)


def _settled(look: Looked) -> bool:
    return look.error is None and look.sure


def _with_language(look: Looked) -> Reading:
    return replace(look.reading, language=look.language)
