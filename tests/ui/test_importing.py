"""From two files to a project: what is asked and what is not."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from review_sample import SETTINGS
from window_worker import ThreadWorker

from reviewer.review.checking.pipeline import Reading
from reviewer.review.documents.bilingual import layout_name
from reviewer.review.documents.folder_import import FolderRequest
from reviewer.review.documents.folders import FilePair, Matched
from reviewer.review.documents.importing import Imported
from reviewer.review.tasks.requests import (
    Done,
    Failed,
    HoldsBothRequest,
    Look,
    LookRequest,
    MatchRequest,
)
from reviewer.ui.dialogs.import_dialog import ImportDialog
from reviewer.ui.importing import Importing
from reviewer.ui.look.controls import Button
from reviewer.ui.worker import Worker


def serve(connection, cancel, writing):
    """Tell languages by the files' names."""
    while (message := connection.recv()) is not None:
        job, request = message
        if isinstance(request, HoldsBothRequest):
            connection.send(Done(job, request.path.stem == "both"))
        elif isinstance(request, MatchRequest):
            pairs = (FilePair(Path("a.en.txt"), Path("a.fr.txt")),)
            connection.send(Done(job, Matched(request.folders, pairs, ())))
        elif isinstance(request, FolderRequest):
            made = Imported(Path("x.bitext"), False, "en", "fr", True, documents=1)
            connection.send(Done(job, made))
        elif isinstance(request, LookRequest):
            connection.send(Done(job, tuple(_look(reading) for reading in request.readings)))
        elif request.target.path.name == "full.fr":
            connection.send(Failed(job, "The disk is full."))
        else:
            languages = request.source.language, request.target.language
            made = Imported(Path("x.bitext"), False, *languages, True, False)
            connection.send(Done(job, made))


def _look(reading):
    name = reading.path
    if name.stem == "gone":
        return Look(reading, error="It is not there.")
    if name.stem == "bytes" and reading.encoding is None:
        return Look(reading, error="Which encoding?", ask_encoding=True)
    language = reading.language or name.suffix[1:]
    return Look(reading, "text", language=language, sure=name.stem != "unsure")


@pytest.fixture
def importing(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    worker = ThreadWorker(serve=serve)
    importing = Importing(worker, window)
    yield importing
    worker.close()


def start(importing, source, target):
    importing.start(Reading(Path(source)), Reading(Path(target)), SETTINGS)


def test_sure_files_are_imported_without_a_question(importing, qtbot):
    with qtbot.waitSignal(importing.imported) as imported:
        start(importing, "a.id", "a.fr")
    assert (imported.args[0].source_language, imported.args[0].target_language) == ("id", "fr")
    assert importing.question.now is None


@pytest.mark.parametrize("target", ["unsure.fr", "bytes.fr", "b.id"])
def test_what_cannot_be_told_is_asked(importing, qtbot, target):
    start(importing, "a.id", target)
    qtbot.waitUntil(lambda: importing.question.now is not None)
    dialog = importing.question.now
    source, second = dialog._source.reading, dialog._target.reading
    with qtbot.waitSignal(importing.imported):
        dialog.chosen.emit(source, replace(second, language="fr"))
        dialog.accept()
    assert importing.question.now is None


def test_an_encoding_is_tried_before_it_is_used(importing, qtbot):
    start(importing, "a.id", "bytes.fr")
    qtbot.waitUntil(lambda: importing.question.now is not None)
    dialog = importing.question.now
    box = dialog._target._encoding
    box.setCurrentIndex(box.findData("koi8-r"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(dialog._import.isEnabled)
    dialog.reject()


def test_trouble_is_one_sentence(importing, qtbot):
    with qtbot.waitSignal(importing.failed) as failed:
        start(importing, "gone.id", "a.fr")
    assert failed.args == ["It is not there."]
    with qtbot.waitSignal(importing.failed) as failed:
        start(importing, "a.id", "full.fr")
    assert failed.args == ["The disk is full."]


def test_sides_are_swapped(importing, qtbot):
    with qtbot.waitSignal(importing.imported):
        start(importing, "a.id", "a.fr")
    with qtbot.waitSignal(importing.imported) as imported:
        importing.swap(SETTINGS)
    assert (imported.args[0].source_language, imported.args[0].target_language) == ("fr", "id")


def test_pasted_texts_carry_their_text(importing, qtbot):
    importing.paste("Satu.", "Un.", SETTINGS)
    qtbot.waitUntil(lambda: importing.question.now is not None)
    assert importing.question.now._source.reading.text == "Satu."
    importing.question.now.reject()


class TooLate(Worker):
    """A worker that is done with its jobs just when they are cancelled."""

    def _next(self):
        pass

    def cancel(self, job):
        pass


def test_an_import_that_was_cancelled_opens_nothing_although_it_was_done(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    importing = Importing(TooLate(), window)
    start(importing, "a.id", "a.fr")
    look = importing._job
    looks = tuple(_look(reading) for reading in look.request.readings)
    look.done.emit(looks)
    importing._job.cancel()
    with qtbot.assertNotEmitted(importing.imported):
        importing._job.done.emit(Imported(Path("x.bitext"), False, "id", "fr", True, False))
    start(importing, "a.id", "unsure.fr")
    importing._job.cancel()
    importing._job.done.emit(looks)
    assert importing.question.now is None


def test_only_the_newest_import_is_listened_to(importing, qtbot):
    start(importing, "a.id", "full.fr")
    old = importing._job
    start(importing, "a.id", "a.fr")
    with qtbot.waitSignal(importing.imported), qtbot.assertNotEmitted(importing.failed):
        old.failed.emit("The disk is full.")


def columns_of(*chosen):
    """Return what was seen of the two columns of a table."""
    reading = Reading(Path("a.csv"))
    return [
        Look(reading, "table", language=tag, sure=True, columns=("en", "note", "fr"), column=n)
        for n, tag in zip(chosen, ("en", "fr"), strict=True)
    ]


def test_the_columns_of_a_table_are_chosen_and_remembered(qtbot):
    dialog = ImportDialog(*columns_of(0, 1))
    qtbot.addWidget(dialog)
    asked = []
    dialog.look_asked.connect(asked.append)
    box = dialog._target._column
    assert [box.itemText(n) for n in range(box.count())] == ["1: en", "2: note", "3: fr"]
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert not dialog._import.isEnabled()
    box.setCurrentIndex(2)
    box.activated.emit(2)
    qtbot.waitUntil(lambda: bool(asked))
    assert [reading.column for reading in asked[-1]] == [0, 2]
    dialog.show_looks(*columns_of(0, 2))
    told, chosen = [], []
    dialog.columns_chosen.connect(lambda *args: told.append(args))
    dialog.chosen.connect(lambda *args: chosen.append(args))
    dialog._choose()
    assert told == [(layout_name(("en", "note", "fr")), 0, 2)]
    assert [reading.column for reading in chosen[0]] == [0, 2]


def test_one_file_has_no_sides_to_swap(qtbot, importing):
    dialog = ImportDialog(*columns_of(0, 2))
    qtbot.addWidget(dialog)
    texts = [button.text() for button in dialog.findChildren(Button) if not button.isHidden()]
    assert texts == ["Cancel", "&Import"]
    importing._readings = Reading(Path("a.xlf")), Reading(Path("a.xlf"))
    assert not importing.can_swap


@pytest.mark.parametrize("name", ["both.docx", "one.docx"])
def test_a_document_that_stands_alone_is_looked_into(importing, qtbot, name):
    with qtbot.waitSignal(importing.both_told) as told:
        importing.find_out(Path(name))
    assert told.args == [Path(name), name == "both.docx"]


def test_the_pairs_of_a_folder_are_shown_before_they_are_imported(importing, qtbot):
    importing.start_folders((Path("texts"),), SETTINGS)
    qtbot.waitUntil(lambda: importing.matching.now is not None)
    dialog = importing.matching.now
    with qtbot.waitSignal(importing.imported) as imported:
        dialog._choose()
    assert imported.args[0].documents == 1
    assert importing.matching.now is None
    assert not importing.can_swap
