"""What is written where: the tick in the status bar, Ctrl+S, copies, and the export."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from reviewer.errors import DamagedProjectError, ReviewerError
from reviewer.ui.look.file_dialogs import ask_where_to_save
from reviewer.ui.look.wording import counted, finding_message
from reviewer.ui.opening import PROJECT
from reviewer.ui.panels.message_bar import Message, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from reviewer.review.documents.export import Exported, Remark
    from reviewer.review.session import Review
    from reviewer.review.tasks.requests import Unread
    from reviewer.ui.worker import Worker

_log = logging.getLogger(__name__)
_LOOK = 200
"""Milliseconds between two looks at what the writer thread has to say."""
_SOON = 10
"""The same, between two parts of very many decisions that came."""


class Saving(QObject):
    """Asks the writer thread how it is doing, and writes what the person asks for.

    Attributes:
        states: whether an export says verdicts in a bilingual file's own states.

    Signals:
        state_changed: a `SavedState`.
        told: a Message for the bars.
        settled: what a message was about that no longer holds.
        noted: a passing word for the status bar.
        open_asked: path of a copy to go on in.
        damaged: path of the project, and a sentence: it cannot be copied, only rescued.
    """

    state_changed = Signal(object)
    told = Signal(object)
    settled = Signal(str)
    noted = Signal(str)
    open_asked = Signal(object)
    damaged = Signal(object, str)

    def __init__(self, worker: Worker, window: QWidget) -> None:
        super().__init__(window)
        self.states = False
        self._worker = worker
        self._window = window
        self._review: Review | None = None
        self._notice: str | None = None
        self._problem: str | None = None
        self._written: Path | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._poll)

    def open(self, review: Review | None) -> None:
        """Watch over a review, or stop with None."""
        self._review, self._notice, self._problem = review, None, None
        if review is None:
            self._timer.stop()
        else:
            self._timer.start(_LOOK)
            self.state_changed.emit(review.saving.saved)

    def _poll(self) -> None:
        saving = self._review.saving if self._review is not None else None
        came = saving.poll() if saving is not None else 0
        if came:
            _log.info("%d decisions came", came)
        if saving is not None:
            self._timer.setInterval(_SOON if saving.is_catching_up else _LOOK)

    def follow(self) -> None:
        """Tell what changed in the saving; called when the review says so."""
        if self._review is None:
            return
        saved = self._review.saving.saved
        self.state_changed.emit(saved)
        if not saved.pending and saved.time is not None:
            _log.info("saved")
        if saved.problem is not None and saved.problem != self._problem:
            _log.warning("cannot save")
            safe = self.tr(
                "Your decisions are kept on this computer until the file can be written."
            )
            actions = (("save_copy", self.tr("Save a copy…")),)
            self.told.emit(Message("saving", f"{saved.problem} {safe}", Tone.WARNING, actions))
        elif saved.problem is None and self._problem is not None:
            self.settled.emit("saving")
        self._problem = saved.problem
        if saved.notice is not None and saved.notice != self._notice:
            self.told.emit(Message("notice", saved.notice))
        self._notice = saved.notice

    def save(self) -> None:
        """Wait until everything is in the file; mostly it is already."""
        review = self._review
        if review is None:
            return
        waiting = bool(review.saving.unsaved)
        if review.saving.flush():
            self.noted.emit(self.tr("✓ Saved") if waiting else self.tr("✓ Already saved"))

    def ask_copy(self) -> None:
        """Ask where a copy of the project goes."""
        if self._review is None:
            return
        path = self._review.path
        start = path.with_name(self.tr("{0} copy").format(path.stem) + path.suffix)
        kinds = [self.tr("Projects (*.bitext)")]
        self._ask(self.tr("Save a copy"), start, kinds, self.copy_to)

    def copy_to(self, name: str) -> None:
        """Write a copy of the project, everything decided so far included."""
        self._write_copy(name, self.tr("A copy was saved as “{0}”."), whole=True)

    def ask_review(self) -> None:
        """Ask where the decisions go, without the documents."""
        if self._review is None:
            return
        path = self._review.path
        start = path.with_name(self.tr("{0} review").format(path.stem) + path.suffix)
        kinds = [self.tr("Reviews (*.bitext)")]
        self._ask(self.tr("Send my review only"), start, kinds, self.review_to)

    def review_to(self, name: str) -> None:
        """Write every decision so far without the documents: a small file to send."""
        told = self.tr(
            "Your review was saved as “{0}”, without the documents. A colleague who has them "
            "loads it with File > Load review from file."
        )
        self._write_copy(name, told, whole=False)

    def _write_copy(self, name: str, told: str, *, whole: bool) -> None:
        """Write a file that other people can load; of a large project, have the worker do it.

        A file that is replaced is kept among the backups: there may be decisions in it.
        """
        from reviewer.review.tasks.large import is_large
        from reviewer.store import REPLACED, back_up

        review = self._review
        if review is None:
            return
        out, typed = _with_suffix(name, PROJECT)
        if review.saving.flush() and is_large(review.path):
            self._have_copied(review, out, told, whole=whole, replace=typed)
            return
        try:
            if typed and out.exists():
                back_up(out, REPLACED)
            review.saving.save_copy(out, whole=whole, replace=typed)
        except DamagedProjectError as error:
            self.damaged.emit(review.path, str(error))
            return
        except ReviewerError as error:
            self._not_copied(str(error))
            return
        # Where the project cannot be written, the copy is where the work goes on.
        self._tell_written("copy", told, out, to_open=whole and self._problem is not None)

    def _have_copied(
        self, review: Review, out: Path, told: str, *, whole: bool, replace: bool
    ) -> None:
        from reviewer.review.tasks.requests import CopyRequest

        project_id, known = review.project.project_id, review.saving.on_its_way
        request = CopyRequest(review.path, project_id, known, out, whole, replace)
        self._worker.hurry(request, partial(self._copied, told, out), self._not_copied)

    def _copied(self, told: str, out: Path, unread: Unread | None) -> None:
        if unread is not None:
            self.damaged.emit(unread.project, unread.sentence)
        else:
            self._tell_written("copy", told, out)

    def _not_copied(self, message: str) -> None:
        self.told.emit(Message("copy", message, Tone.WARNING))

    def ask_export(self) -> None:
        """Ask where the corrected translation goes."""
        review = self._review
        if review is None:
            return
        from reviewer.formats.conversion import CONVERSIONS

        name = Path(review.pair_of_documents.export_name)
        start = review.path.with_name(f"{name.stem}.{self.tr('reviewed')}{name.suffix}")
        own = name.suffix.lower() or ".txt"
        kinds = [self.tr("Same format (*{0})").format(own)]
        for each in CONVERSIONS:
            if own not in each.suffixes:
                title = QCoreApplication.translate("formats", each.title)
                kinds.append(f"{title} (*{' *'.join(each.suffixes)})")
        kinds.append(self.tr("Terms, TBX (*.tbx)"))
        self._ask(self.tr("Export the translation"), start, kinds, self.export_to)

    def ask_table(self) -> None:
        """Ask where the review goes as a table that a client can read and edit."""
        review = self._review
        if review is None:
            return
        stem = Path(review.pair_of_documents.export_name).stem
        start = review.path.with_name(f"{stem}.{self.tr('review')}.docx")
        kinds = [
            self.tr("Word (*.docx)"),
            self.tr("Excel (*.xlsx)"),
            self.tr("Web page (*.html)"),
            self.tr("Table (CSV) (*.csv)"),
            self.tr("Table (TSV) (*.tsv)"),
        ]
        self._ask(self.tr("Export the review as a table"), start, kinds, self.table_to)

    def table_to(self, name: str) -> None:
        """Have the worker write the review as a table."""
        out, typed = _with_suffix(name, ".docx")
        self._write_other(out, "table", self._table_written, force=typed)

    def _table_written(self, exported: Exported) -> None:
        self._tell_written("export", self.tr("The review was written: “{0}”."), exported.path)

    def _terms_written(self, exported: Exported) -> None:
        template = self.tr("%n concept(s) written: “{0}”.", "", exported.edits)
        self._tell_written("export", counted(template, exported.edits), exported.path)

    def _write_other(
        self, out: Path, what: str, done: Callable[[Exported], None], *, force: bool
    ) -> None:
        """Have the worker write something beside the corrected translation."""
        from reviewer.review.documents.export import Wishes
        from reviewer.review.tasks.requests import ExportRequest

        review = self._review
        if review is None:
            return
        align_id = review.pair_of_documents.align_id
        wishes = Wishes(what=what)
        request = ExportRequest(
            review.path, align_id, review.saving.on_its_way, out, force, wishes
        )
        self._worker.hurry(request, done, self._not_exported)

    def export_to(self, name: str) -> None:
        """Have the worker write the corrected translation.

        A file of exactly this name is replaced: the dialog has asked. One that is only met by
        adding the suffix is not.
        """
        from reviewer.review.documents.export import Wishes
        from reviewer.review.tasks.requests import ExportRequest

        review = self._review
        if review is None:
            return
        out, typed = _with_suffix(name, Path(review.pair_of_documents.export_name).suffix)
        if out.suffix.lower() == ".tbx":
            self._write_other(out, "terms", self._terms_written, force=typed)
            return
        align_id = review.pair_of_documents.align_id
        wishes = Wishes(self.states, _remarks(review) if _holds_remarks(review, out) else ())
        request = ExportRequest(
            review.path, align_id, review.saving.on_its_way, out, force=typed, wishes=wishes
        )
        self._worker.hurry(request, partial(self._exported, review), self._not_exported)

    def _exported(self, review: Review, exported: Exported) -> None:
        """Tell what was written, and note it in the review it is of unless that was closed."""
        changes = exported.edits + exported.insertions
        if self._review is review:
            # A file that is gone again already cannot be known by its contents.
            with suppress(OSError):
                digest = blake2b(exported.path.read_bytes(), digest_size=16).hexdigest()
                review.note_export(exported.path.name, changes, digest)
        _log.info("exported with %d changes", changes)
        template = self.tr("Written with %n change(s) and no other: “{0}”.", "", changes)
        if not (changes or exported.made or exported.states or exported.others):
            template = self.tr("Written as it was delivered, nothing is changed: “{0}”.")
        elif exported.made:
            template = self.tr(
                "Written in another format, %n change(s) in it: “{0}”.", "", changes
            )
        elif exported.states:
            template = self.tr(
                "Written with %n change(s), {1} state(s), and no other: “{0}”.", "", changes
            )
        elif exported.others:
            template = self.tr(
                "Written with %n change(s); other paragraphs that differ: {1}. “{0}”", "", changes
            )
        more = exported.others or exported.states
        self._tell_written("export", counted(template, changes), exported.path, more)

    def _not_exported(self, message: str) -> None:
        self.told.emit(Message("export", message, Tone.WARNING))

    def _tell_written(
        self, about: str, template: str, path: Path, more: int = 0, *, to_open: bool = False
    ) -> None:
        self._written = path
        actions = [("show_folder", self.tr("Show in its folder"))]
        if to_open:
            actions.insert(0, ("open_written", self.tr("Open it")))
        self.told.emit(Message(about, template.format(path.name, more), actions=tuple(actions)))

    def open_written(self) -> None:
        """Have the copy that was written last opened instead of the project."""
        if self._written is not None:
            self.open_asked.emit(self._written)

    def show_folder(self) -> None:
        """Open the folder of the file that was written last."""
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))

    def _follow_kind(self, kind: str) -> None:
        """Give the name the suffix of the chosen kind of files."""
        dialog, suffix = self.sender(), _suffix_of(kind)
        if isinstance(dialog, QFileDialog) and suffix:
            dialog.setDefaultSuffix(suffix)
            for name in dialog.selectedFiles()[:1]:
                dialog.selectFile(str(Path(name).with_suffix(f".{suffix}")))

    def _ask(
        self, title: str, start: Path, kinds: Sequence[str], write: Callable[[str], None]
    ) -> None:
        dialog = ask_where_to_save(
            self._window, title, write, kinds=kinds, start=start, suffix=start.suffix
        )
        dialog.filterSelected.connect(self._follow_kind)


def _suffix_of(kind: str) -> str:
    """Return the first suffix that a kind of files names in its brackets, without the dot."""
    found = re.search(r"\(\*\.(\w+)", kind)
    return found[1] if found else ""


def _with_suffix(name: str, suffix: str) -> tuple[Path, bool]:
    """Return the path of a name, with a suffix if it has none, and whether it was whole before."""
    path = Path(name)
    if path.suffix or not suffix:
        return path, True
    return path.with_suffix(suffix), False


def _holds_remarks(review: Review, out: Path) -> bool:
    """Return whether what is written has a place for findings: XLIFF that is made anew."""
    from reviewer.formats.xliff import READER

    made = review.pair_of_documents.target.format != READER.name
    return made and out.suffix.lower() in {".xlf", ".xliff"}


def _remarks(review: Review) -> tuple[Remark, ...]:
    """Return the open findings in the words that the window shows."""
    from reviewer.review.documents.export import Remark

    return tuple(
        Remark(
            finding.pair,
            next(iter(finding.spans), None),
            review.check(finding).type,
            finding.severity,
            finding_message(review, finding),
        )
        for finding in review.findings()
    )
