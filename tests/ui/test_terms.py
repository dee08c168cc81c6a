"""Termbase, concordance and groups by hand in the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog
from review_sample import SOURCE_TERM, analysis, make_project
from window_worker import IdleWorker, ThreadWorker

from reviewer.formats.term_tables import Column, Holds
from reviewer.formats.termbases import read_termbase
from reviewer.model import ANY_LANGUAGE, Concept, Side, Term, TermStatus
from reviewer.review.terminology import termbase
from reviewer.review.terminology.termbase_files import TermbaseRequest
from reviewer.review.terminology.termbase_files import read as read_file
from reviewer.ui.dialogs.concept_dialog import ConceptDialog
from reviewer.ui.dialogs.concordance_dialog import ConcordanceDialog
from reviewer.ui.dialogs.term_columns_dialog import TermColumnsDialog
from reviewer.ui.dialogs.termbase_dialog import TermbaseDialog
from reviewer.ui.main_window import MainWindow
from reviewer.ui.panels.consistency_panel import ConsistencyPanel
from reviewer.ui.panels.rendering_drag import Held
from reviewer.ui.terming import Terming

PEACE = Concept(
    (
        Term("id", "penjaga perdamaian"),
        Term("fr", "Casque bleu", note="ONU"),
        Term("fr", "soldat", TermStatus.DEPRECATED),
    )
)


def kept(qtbot, dialog):
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def worker():
    worker = ThreadWorker()
    yield worker
    worker.close()


def read_whole(qtbot, dialog):
    """Wait until everything that the dialog asked for is read."""
    qtbot.waitUntil(lambda: not dialog._reading.busy)


@pytest.fixture
def dialog(qtbot, review, worker):
    review.terms.set_concept(PEACE)
    review.terms.set_concept(Concept((Term(ANY_LANGUAGE, "PBB"),)))
    dialog = kept(qtbot, TermbaseDialog(review, worker))
    dialog.concept_changed.connect(review.terms.set_concept)
    dialog.concepts_removed.connect(review.terms.remove_concepts)
    dialog.concepts_imported.connect(review.terms.import_concepts)
    dialog.files_chosen.connect(review.terms.set_termbases)
    review.listen(lambda _change: dialog.refresh())
    yield dialog
    dialog.done(0)


@pytest.fixture
def window(qtbot, tmp_path):
    from review_sample import SETTINGS

    window = MainWindow(SETTINGS, IdleWorker())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.open_project(make_project(tmp_path))
    window.review.take(analysis(), window.review.revision)
    window.desk.refresh()
    yield window
    window.close()


def press(dialog, words):
    next(b for b in dialog.findChildren(QAbstractButton) if words in b.text()).click()


def rows(dialog):
    model = dialog._model
    return [
        tuple(model.data(model.index(row, column)) for column in range(4))
        for row in range(model.rowCount())
    ]


# The termbase


def test_concepts_are_listed_and_filtered(dialog):
    assert rows(dialog) == [
        ("penjaga perdamaian", "Casque bleu", "soldat", "ONU"),
        ("PBB", "stays as it is", "", ""),
    ]
    QTest.keyClicks(dialog._filter, "SOLDAT perda")
    assert [row[0] for row in rows(dialog)] == ["penjaga perdamaian"]
    assert dialog._count.text() == "1 of 2 concepts"


def test_a_concept_is_changed_and_deleted_and_undo_brings_it_back(dialog, review):
    dialog.edit()
    editor = dialog.findChild(ConceptDialog)
    editor._lines[1].text.setText("soldat de l'ONU")
    press(editor, "Save")
    assert rows(dialog)[-1][1] == "soldat de l'ONU"
    dialog._select(1)
    dialog.activateWindow()
    dialog._view.setFocus()
    QTest.keyClick(dialog._view, Qt.Key.Key_Delete)
    assert [row[0] for row in rows(dialog)] == ["PBB"]
    review.undo()
    assert len(rows(dialog)) == 2


def test_an_empty_termbase_says_what_fills_it(dialog, review):
    assert not dialog._reading._told.isVisible()
    review.terms.remove_concepts([entry.concept for entry in review.terms.entries()])
    assert (
        dialog._reading._told.text()
        == "Verdicts on terms write concepts here, and so does Ctrl+E."
    )


def test_a_new_concept_is_written_by_keyboard(dialog, review):
    press(dialog, "New")
    editor = dialog.findChild(ConceptDialog)
    press(editor, "Save")
    assert editor._trouble.text() == "No term is written yet."
    QTest.keyClicks(editor._lines[0].text, "warga")
    QTest.keyClicks(editor._lines[1].text, "habitant")
    press(editor, "Add a ")
    QTest.keyClicks(editor._lines[2].text, "citoyen")
    QTest.keyClick(editor._lines[2].text, Qt.Key.Key_Return)
    assert rows(dialog)[-1][:2] == ("warga", "habitant · citoyen")


def test_files_have_an_order_and_are_looked_into(dialog, review, tmp_path, qtbot):
    (tmp_path / "a.csv").write_text("id,fr\nwarga,habitant\n", "utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "b.csv").write_text("id,fr\ndesa,village\n", "utf-8")
    dialog._add_files([str(tmp_path / "a.csv"), str(elsewhere / "b.csv")])
    read_whole(qtbot, dialog)
    assert review.terms.termbases == ("a.csv", "b.csv")
    assert (termbase.folder() / "b.csv").is_file()
    assert not (termbase.folder() / "a.csv").exists()
    assert rows(dialog) == [("desa", "village", "", "")]
    assert not dialog._edit.isEnabled()
    dialog.files.move_up()
    assert review.terms.termbases == ("b.csv", "a.csv")
    dialog.files.drop()
    assert review.terms.termbases == ("a.csv",)
    review.undo()
    assert review.terms.termbases == ("b.csv", "a.csv")


def test_a_file_that_is_none_is_told_and_not_added(dialog, review, tmp_path, qtbot):
    (tmp_path / "bad.tbx").write_text("<nothing/>", "utf-8")
    dialog._add_files([str(tmp_path / "bad.tbx")])
    read_whole(qtbot, dialog)
    assert "no termbase" in dialog._reading._told.text()
    assert review.terms.termbases == ()


def test_a_file_that_fails_does_not_stop_the_others(dialog, review, tmp_path, qtbot):
    texts = {"1.tbx": "<nothing/>", "2.csv": "id,fr\nwarga,habitant\n", "3.tbx": "<no"}
    texts["4.tsv"] = "id\tfr\ndesa\tvillage\n"
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    dialog._add_files([str(tmp_path / name) for name in texts])
    qtbot.waitUntil(lambda: len(review.terms.termbases) == 2)
    read_whole(qtbot, dialog)
    assert review.terms.termbases == ("2.csv", "4.tsv")
    assert rows(dialog) == [("desa", "village", "", "")]
    told = dialog._reading._told.text().splitlines()
    assert ["1.tbx" in told[0], "3.tbx" in told[1], len(told)] == [True, True, 2]
    # What failed once is no news when something else is read.
    dialog._add_files([str(tmp_path / "2.csv")])
    read_whole(qtbot, dialog)
    assert not dialog._reading._told.text()


def test_what_was_imported_beside_a_file_that_failed_is_told(dialog, review, tmp_path, qtbot):
    good, bad = tmp_path / "good.tbx", tmp_path / "bad.tbx"
    dialog.export_to(good)
    bad.write_text("<nothing/>", "utf-8")
    review.terms.remove_concepts([entry.concept for entry in review.terms.entries()])
    dialog._import_files([str(bad), str(good)])
    qtbot.waitUntil(lambda: len(review.terms.entries()) == 2)
    told = dialog._reading._told.text().splitlines()
    assert "bad.tbx" in told[0]
    assert told[1:] == ["2 concepts imported."]


def test_reading_is_told_cancelled_and_leaves_the_dialog_usable(qtbot, review, tmp_path):
    (tmp_path / "a.csv").write_text("id,fr\nwarga,habitant\n", "utf-8")
    busy = IdleWorker()
    dialog = kept(qtbot, TermbaseDialog(review, busy))
    dialog.concept_changed.connect(review.terms.set_concept)
    review.listen(lambda _change: dialog.refresh())
    dialog._add_files([str(tmp_path / "a.csv")])
    assert "a.csv" in dialog._reading._told.text()
    assert dialog._reading._stop.isVisible()
    dialog.concept_changed.emit(PEACE)
    assert [row[0] for row in rows(dialog)] == ["penjaga perdamaian"]
    assert dialog._reading._stop.isVisible()
    press(dialog, "Cancel")
    assert not dialog._reading._stop.isVisible()
    assert not dialog._reading._told.isVisible()
    assert review.terms.termbases == ()
    dialog._add_files([str(tmp_path / "a.csv")])
    job = dialog._reading._job
    dialog.done(0)
    assert job.cancelled


def test_a_file_that_is_shown_is_read_once(dialog, worker, review, tmp_path, qtbot, monkeypatch):
    (tmp_path / "a.csv").write_text("id,fr\nwarga,habitant\n", "utf-8")
    dialog._add_files([str(tmp_path / "a.csv")])
    read_whole(qtbot, dialog)
    assert rows(dialog) == [("warga", "habitant", "", "")]
    monkeypatch.setattr(worker, "submit", None)
    review.terms.set_concept(Concept((Term("id", "desa"), Term("fr", "village"))))
    assert rows(dialog) == [("warga", "habitant", "", "")]


def test_a_file_that_is_none_leaves_no_copy(dialog, review, tmp_path, qtbot):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name, text in (("bad.tbx", "<nothing/>"), ("other.csv", "sv,fi\nord,sana\n")):
        (elsewhere / name).write_text(text, "utf-8")
        dialog._add_files([str(elsewhere / name)])
        read_whole(qtbot, dialog)
        assert dialog._reading._told.text()
        assert not (termbase.folder() / name).exists()
    dialog._add_files([str(elsewhere / "missing.csv")])
    read_whole(qtbot, dialog)
    assert "missing.csv" in dialog._reading._told.text()
    assert review.terms.termbases == ()


def test_what_the_window_shows_of_a_file_a_check_does_not_read_again(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text("id,fr\nwarga,habitant\ndesa,village\n", "utf-8")
    request = TermbaseRequest(tmp_path / "a.csv", ("id", "fr"), 1, used=True)
    read = read_file(request)
    assert len(read.concepts) == 1
    assert "more than 1" in read.notes[0]
    monkeypatch.setattr("reviewer.formats.termbases.read_termbase", None)
    gathered = termbase.gather_files([tmp_path / "a.csv"], ("id", "fr"))
    assert len(gathered.termbases[0]) == 2


def test_columns_are_guessed_shown_and_chosen(dialog, review, qtbot, tmp_path):
    path = tmp_path / "c.csv"
    path.write_text("Begriff;Wort;Rem\nwarga;habitant;ok\n", "utf-8")
    dialog._import_files([str(path)])
    read_whole(qtbot, dialog)
    columns = dialog.findChild(TermColumnsDialog)
    assert [c.holds for c in columns.columns] == [Holds.TERM, Holds.TERM, Holds.NOTE]
    assert not columns._head.isChecked()
    columns._head.setChecked(True)
    press(columns, "Import")
    read_whole(qtbot, dialog)
    concept = review.terms.entries()[-1].concept
    assert [(t.language, t.text, t.note) for t in concept.terms] == [
        ("id", "warga", ""),
        ("fr", "habitant", "ok"),
    ]


def test_columns_of_one_table_are_chosen_while_another_is_read(dialog, review, qtbot, tmp_path):
    for name, line in (("c.csv", "warga;habitant"), ("d.csv", "desa;village")):
        (tmp_path / name).write_text(line + "\n", "utf-8")
    dialog._import_files([str(tmp_path / "c.csv"), str(tmp_path / "d.csv")])
    read_whole(qtbot, dialog)
    asked = dialog.findChildren(TermColumnsDialog)
    assert len(asked) == 2
    for columns in asked:
        press(columns, "Import")
    read_whole(qtbot, dialog)
    said = {term.text for entry in review.terms.entries() for term in entry.concept.terms}
    assert {"habitant", "village"} <= said


def test_no_column_of_terms_is_told(qtbot, tmp_path):
    path = tmp_path / "c.csv"
    path.write_text("1;2\n", "utf-8")
    rows = TermbaseRequest(path, ("id", "fr"), 10, only_rows=True)
    columns = kept(qtbot, TermColumnsDialog(read_file(rows)))
    for box in columns._boxes:
        box.setCurrentIndex(0)
    assert set(columns.columns) == {Column(Holds.NOTHING)}
    press(columns, "Import")
    assert columns._trouble.text() == "No column of terms is chosen."


def test_import_and_export_lead_round(dialog, review, tmp_path, qtbot):
    path = tmp_path / "out.tbx"
    dialog.export_to(path)
    assert [t.text for t in read_termbase(path).concepts[0].terms][1] == "Casque bleu"
    review.terms.remove_concepts([entry.concept for entry in review.terms.entries()])
    dialog._import_files([str(path)])
    read_whole(qtbot, dialog)
    assert [row[0] for row in rows(dialog)] == ["penjaga perdamaian", "PBB"]
    assert dialog._reading._told.text() == "2 concepts imported."


def test_files_are_asked_for_beside_the_project(dialog, review, qtbot):
    dialog._ask_export()
    asked = dialog.findChild(QFileDialog)
    assert Path(asked.selectedFiles()[0]) == review.path.with_suffix(".tbx")
    asked.reject()
    qtbot.waitUntil(lambda: not dialog.findChildren(QFileDialog))
    dialog._ask_import()
    asked = dialog.findChild(QFileDialog)
    assert Path(asked.directory().path()) == review.path.parent
    asked.reject()


# From the texts


def select_both(window):
    """Select the term in the source and, after it, its rendering in the translation."""
    view = window.desk.page.view
    view.read_source()
    view._active.reader.select(8, 26)
    view.edit_current()
    view._active.editor.select(4, 17)


def test_what_is_selected_in_both_columns_becomes_a_concept(window, qtbot):
    window.desk.page.show_pair(0, focus=True)
    select_both(window)
    window.commands["add_term"].trigger()
    editor = window.findChild(ConceptDialog)
    assert [line.text.text() for line in editor._lines] == ["penjaga perdamaian", "Casques bleus"]
    press(editor, "Save")
    assert [t.text for t in window.review.terms.entries()[0].concept.terms][1] == "Casques bleus"
    window.commands["undo"].trigger()
    assert window.review.terms.entries() == ()


def looked_up(window, qtbot):
    """Return the concordance when it has looked everywhere."""
    dialog = window.findChild(ConcordanceDialog)
    qtbot.waitUntil(lambda: dialog._looking is None)
    return dialog


def test_the_term_that_drifts_here_is_in_hand_without_a_selection(window, qtbot):
    page = window.desk.page
    while page.finding is None or page.finding.check != "drift":
        page.next_finding()
    term = page.finding.words[0]
    window.commands["add_term"].trigger()
    editor = window.findChild(ConceptDialog)
    assert editor._lines[0].text.text() == term
    editor.reject()
    window.commands["concordance"].trigger()
    dialog = looked_up(window, qtbot)
    assert (dialog._words.text(), dialog._side.currentData()) == (term, Side.SOURCE)
    assert dialog._model.rowCount()


def test_a_concordance_of_nothing_says_why(window, qtbot):
    window.desk.terming.look_up("", Side.SOURCE)
    dialog = looked_up(window, qtbot)
    assert dialog._nothing.text().startswith("Every pair that has")
    dialog.show_words("qwerty", Side.TARGET)
    looked_up(window, qtbot)
    assert dialog._nothing.text() == "“qwerty” is nowhere in the translation."
    dialog.show_words("warga", Side.TARGET)
    looked_up(window, qtbot)
    assert dialog._nothing.text().startswith(
        "“warga” is nowhere in the translation; the source has it in "
    )
    dialog.show_words("warga", Side.SOURCE)
    looked_up(window, qtbot)
    assert dialog._view.isVisible()
    assert not dialog._nothing.isVisible()


def test_what_is_selected_in_both_columns_becomes_a_group(window):
    window.desk.page.show_pair(0, focus=True)
    select_both(window)
    window.commands["make_group"].trigger()
    view = window.desk.panel.consistency.part.view
    assert view.group.source == "penjaga perdamaian"
    assert [len(r.occurrences) for r in view.group.renderings] == [2]


def test_without_two_selections_it_is_told_what_is_wanted(window, qtbot):
    window.desk.page.show_pair(0, focus=True)
    with qtbot.waitSignal(window.desk.terming.told) as told:
        window.commands["make_group"].trigger()
    assert told.args[0].startswith("Select a term in the source")


def test_the_word_at_the_caret_is_looked_up(window, qtbot):
    window.desk.page.show_pair(0, focus=True)
    view = window.desk.page.view
    view.edit_current()
    view._active.editor.select(6, 6)
    window.commands["concordance"].trigger()
    dialog = looked_up(window, qtbot)
    assert (dialog._words.text(), dialog._side.currentData()) == ("Casques", Side.TARGET)
    assert [dialog._model.line(row).pair for row in range(dialog._model.rowCount())] == [0, 5]
    dialog._view.setCurrentIndex(dialog._model.index(1, 1))
    QTest.keyClick(dialog._view, Qt.Key.Key_Return)
    assert window.desk.page.current == 5
    assert dialog.isVisible()


def test_the_command_box_leads_to_the_concordance(window, qtbot):
    window.command_box.look_up_asked.emit("Palang Merah")
    dialog = looked_up(window, qtbot)
    assert dialog._count.text() == "2 pairs"
    assert dialog._side.currentData() is Side.SOURCE


def test_nothing_to_look_up_leaves_the_keyboard_in_the_line(window, qtbot):
    window.desk.terming.look_up("", Side.SOURCE)
    dialog = looked_up(window, qtbot)
    assert dialog.focusWidget() is dialog._words
    QTest.keyClicks(dialog._words, "warga")
    QTest.keyClick(dialog._words, Qt.Key.Key_Return)
    looked_up(window, qtbot)
    assert dialog.focusWidget() is dialog._view
    assert dialog._model.rowCount() == 3


def test_dialogs_close_with_the_project(window):
    window.commands["termbase"].trigger()
    window.commands["concordance"].trigger()
    window.commands["close"].trigger()
    terming = window.desk.terming
    assert isinstance(terming, Terming)
    assert (terming._termbase.now, terming._concordance.now) == (None, None)


# Renderings on their way


@pytest.fixture
def panel(qtbot, review):
    panel = ConsistencyPanel()
    qtbot.addWidget(panel)
    panel.resize(372, 700)
    panel.show_review(review)
    panel.show()
    return panel


def test_the_menu_of_a_rendering_moves_it(panel, qtbot):
    group = panel.part.view.group
    menu = panel._mover.menu(Held(group, "soldats de la paix"), panel._others())
    into = next(action.menu() for action in menu.actions() if action.menu())
    assert [action.text() for action in into.actions()] == ["Palang Merah"]
    with qtbot.waitSignal(panel.move_asked) as asked:
        into.actions()[0].trigger()
    assert (asked.args[0].source, asked.args[1]) == (SOURCE_TERM, "soldats de la paix")
    assert asked.args[2].source == "Palang Merah"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_key_on_a_rendering_moves_it(panel, qtbot):
    panel.activateWindow()
    panel.take_focus()
    radio = panel.part._parts[1].radio
    radio.setFocus()
    centre = radio.rect().center()
    reason = QContextMenuEvent.Reason.Keyboard
    event = QContextMenuEvent(reason, centre, radio.mapToGlobal(centre))
    QApplication.sendEvent(radio, event)
    menu = QApplication.activePopupWidget()
    QTest.keyClick(menu, Qt.Key.Key_M)
    into = QApplication.activePopupWidget()
    assert into is not menu
    with qtbot.waitSignal(panel.move_asked) as asked:
        QTest.keyClick(into, Qt.Key.Key_Return)
    assert asked.args[1:] == ["soldats de la paix", panel._others()[0]]


def test_a_rendering_is_taken_out_by_its_menu(panel, qtbot):
    menu = panel._mover.menu(Held(panel.part.view.group, "Casques bleus"), [])
    with qtbot.waitSignal(panel.take_out_asked) as asked:
        next(a for a in menu.actions() if a.text().startswith("&Not")).trigger()
    assert asked.args[1] == "Casques bleus"


def test_what_is_dragged_is_dropped_on_another_group_only(panel, qtbot):
    group = panel.part.view.group
    panel._mover._held = Held(group, "soldats de la paix")
    assert not panel._mover.drop_on(group)
    other = panel._others()[0]
    with qtbot.waitSignal(panel.move_asked):
        assert panel._mover.drop_on(other)


def test_pulling_a_rendering_begins_a_drag(panel, qtbot):
    part = panel.part._parts[1]
    with qtbot.waitSignal(panel.part.rendering_dragged) as pulled:
        panel.part.rendering_dragged.disconnect(panel._drag)
        radio = part.radio
        QTest.mousePress(radio, Qt.MouseButton.LeftButton, pos=radio.rect().center())
        QTest.mouseMove(radio, radio.rect().center() + radio.rect().bottomRight())
    assert pulled.args == ["soldats de la paix"]
    QTest.mouseRelease(part.radio, Qt.MouseButton.LeftButton)


def test_a_place_shows_its_pair_when_hovered(panel):
    part = panel.part._parts[0]
    part._places.linkHovered.emit("0")
    assert "Pasukan penjaga" in part._places.toolTip()
    part._places.linkHovered.emit("")
    assert part._places.toolTip() == ""
