"""A bilingual file in the window: its codes go from column to column, its locks hold."""

from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from review_sample import SETTINGS
from window_worker import IdleWorker

from reviewer.review.checking.pipeline import Reading, Watch
from reviewer.review.documents.importing import ImportRequest, import_files
from reviewer.ui.main_window import MainWindow

XLIFF = """<xliff version="1.2" xmlns:mq="MQXliff"><file original="a" source-language="en"
 target-language="fr" datatype="x"><body>
<trans-unit id="1"><source>The <g id="1" ctype="bold">bridge</g> fell.</source>
<target state="needs-review-translation">Le pont est tombé.</target><note>Short!</note>
</trans-unit>
<trans-unit id="2" mq:locked="locked"><source>The end.</source><target>Fin.</target></trans-unit>
<trans-unit id="3"><source>Press <x id="1" equiv-text="OK"/> now.</source></trans-unit>
</body></file></xliff>"""


@pytest.fixture
def window(qtbot, tmp_path):
    path = tmp_path / "a.xlf"
    path.write_text(XLIFF, "utf-8")
    request = ImportRequest(Reading(path), Reading(path), None, bytes(16))
    project = import_files(request, Watch()).project
    window = MainWindow(SETTINGS, IdleWorker())
    qtbot.addWidget(window)
    window.open_project(project)
    with closing(window.worker):
        yield window
        window.close_review()


def view_of(window):
    return window._desk.page.view


def test_codes_are_copied_from_the_source_into_the_translation(window, qtbot):
    view = view_of(window)
    for number, expected in ((0, "bridge"), (2, "Press")):
        source = window.review.pair(number).source_text
        view.set_current(number, focus=True)
        view._active.read_source(0, len(source))
        view.copy()
        view._active.close_source()
        view.edit_current()
        view._active.editor.selectAll()
        view.paste()
        qtbot.keyClick(view._active.editor, Qt.Key.Key_Escape)
        pair = window.review.pair(number)
        assert expected in pair.target_text
        assert pair.target_text == pair.source_text
        assert [c.id for s in pair.target for c in s.codes] == [
            code.id for segment in pair.source for code in segment.codes
        ]


def test_what_the_file_locks_is_read_and_not_edited(window):
    view = view_of(window)
    view.set_current(1, focus=True)
    view.edit_current()
    assert not view.is_editing
    assert window.review.row(1).locked
    notes = [note.text for note in view._active.strip.hint.notes]
    assert notes == ["Locked in the file: it can be read, not changed."]


def test_states_and_notes_of_the_file_stand_under_the_sentence(window):
    view = view_of(window)
    view.set_current(0)
    notes = [note.text for note in view._active.strip.hint.notes]
    assert notes == ["State in the file: needs-review-translation", "Note: Short!"]


def test_a_missing_alignment_is_no_bad_one(window):
    assert "alignment" not in [message.about for message in window.messages.shown()]


def test_codes_that_moved_to_the_end_are_told(window):
    view = view_of(window)
    view.codes_moved.emit(2)
    assert window.status.note.startswith("2 code")


def wishes_of_export(window, out, monkeypatch):
    asked = []
    submit = window.worker.submit
    monkeypatch.setattr(window.worker, "submit", lambda job: asked.append(job) or submit(job))
    window.saving.export_to(str(out))
    return asked[0].wishes


@pytest.mark.parametrize("states", [False, True])
def test_states_are_exported_where_the_person_asks_for_it(window, tmp_path, states, monkeypatch):
    window._take_settings(replace(SETTINGS, export_states=states))
    wishes = wishes_of_export(window, tmp_path / "out.xlf", monkeypatch)
    # The original is XLIFF: nothing is marked in it.
    assert (wishes.states, wishes.remarks) == (states, ())
