"""The window as a person uses it: open, walk, decide, take back, export, close."""

from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeView,
)
from review_sample import SETTINGS, SOURCE_TERM, add_documents, analysis, make_project
from window_worker import IdleWorker, ThreadWorker, serve

from reviewer import store
from reviewer.errors import Cancelled, ProjectFileError
from reviewer.model import Kind, Verdict, WaiverScope
from reviewer.review.checking.pipeline import Watch
from reviewer.review.documents.export import Exported
from reviewer.review.tasks.errands import copy_project
from reviewer.review.tasks.requests import CheckRequest, ExportRequest, Unread
from reviewer.ui.dialogs.memories_dialog import MemoriesDialog
from reviewer.ui.dialogs.paste_dialog import PasteDialog
from reviewer.ui.dialogs.then_dialog import ThenDialog
from reviewer.ui.look.popover import Popover
from reviewer.ui.main_window import MainWindow
from reviewer.ui.panels.message_bar import Message
from reviewer.ui.panels.side_panel import Tab
from reviewer.ui.worker import Worker

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot):
    yield from shown(qtbot, ThreadWorker())


def shown(qtbot, worker):
    window = MainWindow(SETTINGS, worker)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    yield window
    window.close()


@pytest.fixture
def checked(window, qtbot, tmp_path):
    """Return a window with the sample open, checked by the worker."""
    window.open_project(make_project(tmp_path))
    with qtbot.waitSignal(window.checking.checked):
        pass
    window.desk.refresh()
    return window


@pytest.fixture
def opened(qtbot, tmp_path):
    """Return a window with the sample open and its findings there, without a worker."""
    for window in shown(qtbot, IdleWorker()):
        window.open_project(make_project(tmp_path))
        window.review.take(analysis(), window.review.revision)
        window.desk.refresh()
        yield window


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the keyboard is."""
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def popover(window):
    return next(p for p in window.findChildren(Popover) if p.isVisible())


# Opening


def test_start_page_stands_until_something_is_opened(window):
    assert window.stack.currentWidget() is window.start_page
    assert not window.commands["confirm"].isEnabled()
    assert window.commands["open"].isEnabled()


def test_project_opens_and_is_checked(checked):
    assert checked.stack.currentWidget() is checked.desk
    assert checked.windowTitle().startswith("konflik-perbatasan.fr.txt")
    assert checked.desk.page.filter_row.chip(Kind.TERMS).count == 3
    assert len(checked.review.findings()) == 6


def test_trouble_with_a_file_is_a_bar_and_the_window_stays(window, tmp_path):
    bad = tmp_path / "bad.bitext"
    bad.write_bytes(b"not a project")
    window.opening.open_paths([bad])
    assert [message.about for message in window.messages.shown()] == ["trouble"]
    assert window.stack.currentWidget() is window.start_page


def test_two_files_become_a_project(window, qtbot, tmp_path):
    names = [tmp_path / "konflik.id.txt", tmp_path / "konflik.fr.txt"]
    for name in names:
        name.write_text("Teks.")
    window.opening.open_paths(names)
    qtbot.waitUntil(lambda: window.review is not None)
    welcome = window.messages.shown()[0]
    assert welcome.text == "Indonesian → French, 14 pairs."
    assert [name for name, _ in welcome.actions] == ["languages", "swap"]
    window.review.confirm(2)
    assert not window.messages.shows("welcome")


def test_keys_go_through_the_documents(window, qtbot, tmp_path):
    path = make_project(tmp_path)
    window.open_project(path)
    window.commands["next_document"].trigger()
    assert window.review.document == 0
    window.close_review()
    add_documents(path)
    window.open_project(path)
    for name, document in (("next", 1), ("next", 0), ("previous", 1)):
        window.commands[f"{name}_document"].trigger()
        assert window.review.document == document
    window.command_box.open_with("konflik-perbatasan.fr")
    qtbot.keyClick(window.command_box, Qt.Key.Key_Return)
    assert window.review.document == 0


def test_texts_that_are_as_they_were_are_told_so(window, qtbot, tmp_path):
    window.open_project(make_project(tmp_path))
    window.review.edit(2, "Autrement.")
    line = window.review.past.lines()[0]
    window.desk.panel.history.then_asked.emit(line)
    dialog = window.findChild(ThenDialog)
    labels = dialog.findChildren(QLabel)
    qtbot.waitUntil(lambda: any("as it is now" in label.text() for label in labels))
    dialog.close()


def test_missing_file_is_told(window, qtbot, tmp_path):
    window.opening.open_paths([tmp_path / "a.id.txt", tmp_path / "b.fr.txt"])
    qtbot.waitUntil(lambda: bool(window.messages.shown()))
    assert "a.id.txt" in window.messages.shown()[0].text


def test_more_than_two_files_are_one_sentence(window, tmp_path):
    window.opening.open_paths([tmp_path / name for name in "abc"])
    assert "one file that holds both" in window.messages.shown()[0].text


def test_dropping_says_what_it_does_and_does_it(window, tmp_path):
    path = make_project(tmp_path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.MouseButton.NoButton
    spot, action = QPoint(50, 50), Qt.DropAction.CopyAction
    window.dragEnterEvent(QDragEnterEvent(spot, action, data, none, Qt.KeyboardModifier(0)))
    assert window._overlay.isVisible()
    window.dropEvent(QDropEvent(spot, action, data, none, Qt.KeyboardModifier(0)))
    assert window._overlay.isHidden()
    assert window.review.path == path


def test_a_folder_that_is_dropped_is_looked_through(opened, tmp_path, monkeypatch):
    asked = []
    importing = opened.opening.importing
    monkeypatch.setattr(importing, "start_folders", lambda folders, _: asked.append(folders))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    spot, action = QPoint(50, 50), Qt.DropAction.CopyAction
    none, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    for kind in (QDragEnterEvent, QDropEvent):
        event = kind(spot, action, data, none, keys)
        QApplication.sendEvent(opened, event)
        assert event.isAccepted()
    assert asked == [(tmp_path,)]


def test_closing_the_project_goes_back(opened, tmp_path):
    settings = []
    opened.settings_changed.connect(settings.append)
    opened.commands["close"].trigger()
    assert opened.stack.currentWidget() is opened.start_page
    assert opened.review is None
    assert not opened.commands["next_finding"].isEnabled()


def test_opening_another_project_replaces_it(opened, tmp_path, qtbot):
    other = make_project(tmp_path, name="lain")
    opened.open_project(other)
    assert opened.review.path == other


def test_documents_of_a_project_are_switched(opened, tmp_path):
    path = make_project(tmp_path, name="dua")
    add_documents(path)
    opened.open_project(path)
    box = opened.desk.page.filter_row._documents
    titles = [box.itemText(n) for n in range(box.count())]
    assert titles == ["dua.fr.txt", "lain.fr.txt"]
    box.activated.emit(1)
    assert opened.review.count == 3
    assert opened.windowTitle().startswith("lain.fr.txt")
    assert opened.status._position.text() == "Pair 1 of 3"


def test_one_document_needs_no_switch(opened):
    assert opened.desk.page.filter_row._documents.isHidden()


# Walking


def test_f8_walks_through_the_findings_and_around(opened, qtbot):
    seen = []
    for _ in range(7):
        press(qtbot, Qt.Key.Key_F8)
        finding = opened.desk.page.finding
        seen.append((finding.check, finding.pair))
    assert seen[0] == ("untranslated", 1)
    assert seen[1] == ("drift", 2)
    assert seen[6] == seen[0]
    press(qtbot, Qt.Key.Key_F8, SHIFT)
    assert opened.desk.page.finding.pair == 12


def test_findings_that_are_not_listed_come_with_their_pair(opened):
    told = analysis()
    fewer = tuple(finding for finding in told.findings if finding.check != "numbers")
    opened.review.take(replace(told, findings=fewer, more={"numbers": 3}), opened.review.revision)
    (left,) = [finding for finding in told.findings if finding.check == "numbers"]
    opened.desk.page.show_pair(left.pair)
    assert [finding.check for finding in opened.review.board.open_of(left.pair)] == ["numbers"]


def test_f8_keeps_to_the_chips(opened, qtbot):
    opened.desk.page.filter_row.chip(Kind.TERMS).click()
    opened.desk.page.take_focus()
    pairs = []
    for _ in range(3):
        press(qtbot, Qt.Key.Key_F8)
        pairs.append(opened.desk.page.finding.pair)
    assert sorted(pairs) == [2, 11, 12]


def test_pairs_are_walked_with_control_and_arrows(opened, qtbot):
    for _ in range(3):
        press(qtbot, Qt.Key.Key_Down, CONTROL)
    press(qtbot, Qt.Key.Key_Up, CONTROL)
    assert opened.desk.page.current == 2


def test_confirmed_pairs_are_passed_over(opened, qtbot):
    opened.review.confirm(1)
    press(qtbot, Qt.Key.Key_Down, CONTROL | SHIFT)
    assert opened.desk.page.current == 2
    press(qtbot, Qt.Key.Key_Up, CONTROL | SHIFT)
    assert opened.desk.page.current == 0


def test_position_is_told(opened, qtbot):
    press(qtbot, Qt.Key.Key_Down, CONTROL)
    assert opened.status._position.text() == "Pair 2 of 14"


def test_go_to_a_number(opened, qtbot):
    press(qtbot, Qt.Key.Key_G, CONTROL)
    qtbot.keyClicks(opened.command_box, "12")
    qtbot.keyClick(opened.command_box, Qt.Key.Key_Return)
    assert opened.desk.page.current == 11
    assert opened.desk.page.view.hasFocus()


def test_f6_goes_round_the_panes(opened, qtbot):
    desk = opened.desk
    assert desk.page.view.hasFocus()
    press(qtbot, Qt.Key.Key_F6)
    assert desk.panel.isAncestorOf(QApplication.focusWidget())
    press(qtbot, Qt.Key.Key_F6)
    assert desk.page.filter_row.isAncestorOf(QApplication.focusWidget())
    press(qtbot, Qt.Key.Key_F6)
    assert desk.page.view.hasFocus()


def test_find_goes_to_its_hits(opened, qtbot):
    press(qtbot, Qt.Key.Key_F, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), "Croissant")
    press(qtbot, Qt.Key.Key_Return)
    assert opened.desk.page.current == 13
    press(qtbot, Qt.Key.Key_Escape)
    assert opened.desk.page.view.hasFocus()


# Deciding


def test_control_enter_confirms_and_goes_on(opened, qtbot):
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert opened.review.row(0).verdict is Verdict.CONFIRMED
    assert opened.desk.page.current == 1


def test_typing_and_confirming_are_one_gesture(opened, qtbot):
    press(qtbot, Qt.Key.Key_F2)
    assert opened.desk.page.view.is_editing
    press(qtbot, Qt.Key.Key_End, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), " Enfin.")
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert opened.review.pair(0).target_text.endswith("matin. Enfin.")
    assert opened.review.row(0).verdict is Verdict.CONFIRMED
    opened.review.undo()
    assert opened.review.row(0).verdict is Verdict.OPEN
    assert not opened.review.row(0).edited


def test_reject_stays(opened, qtbot):
    press(qtbot, Qt.Key.Key_Return, CONTROL | SHIFT)
    assert opened.review.row(0).verdict is Verdict.REJECTED
    assert opened.desk.page.current == 0
    opened.commands["reopen"].trigger()
    assert opened.review.row(0).verdict is Verdict.OPEN


def test_suggestion_is_applied_by_its_number(opened, qtbot):
    press(qtbot, Qt.Key.Key_F8)
    press(qtbot, Qt.Key.Key_2, CONTROL)
    assert "troupes russes" in opened.review.pair(1).target_text
    assert [action.text() for action in opened.commands.menu("apply").actions()].count("") == 9


def test_waive_by_keyboard_alone(opened, qtbot):
    press(qtbot, Qt.Key.Key_F8)
    press(qtbot, Qt.Key.Key_I, CONTROL)
    assert popover(opened).isVisible()
    press(qtbot, Qt.Key.Key_Return)
    assert "untranslated" not in {finding.check for finding in opened.review.findings()}
    assert opened.desk.page.view.hasFocus()
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert "untranslated" in {finding.check for finding in opened.review.findings()}


def test_waive_without_a_finding_says_so(opened, qtbot):
    opened.desk.page.show_pair(6)
    opened.desk.deciding.waive()
    assert opened.status.note == "There is no finding here."


def test_comment_by_keyboard_alone(opened, qtbot):
    press(qtbot, Qt.Key.Key_M, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), "Who says so?")
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert [comment.text for comment in opened.review.comments(0)] == ["Who says so?"]
    assert opened.review.row(0).verdict is Verdict.OPEN


def test_comment_that_was_being_written_is_offered_again(opened, qtbot):
    press(qtbot, Qt.Key.Key_M, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), "Who says")
    opened.desk.page.take_focus()
    press(qtbot, Qt.Key.Key_Down, CONTROL)
    press(qtbot, Qt.Key.Key_M, CONTROL)
    assert popover(opened).first.toPlainText() == ""
    press(qtbot, Qt.Key.Key_Escape)
    opened.desk.page.show_pair(0)
    press(qtbot, Qt.Key.Key_M, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), " so?")
    press(qtbot, Qt.Key.Key_Escape)
    press(qtbot, Qt.Key.Key_M, CONTROL)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert [comment.text for comment in opened.review.comments(0)] == ["Who says so?"]
    press(qtbot, Qt.Key.Key_M, CONTROL)
    assert popover(opened).first.toPlainText() == ""


def test_comment_goes_to_its_pair_although_others_were_merged(opened, qtbot):
    opened.desk.page.show_pair(5)
    press(qtbot, Qt.Key.Key_M, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), "Who?")
    opened.review.alignment.merge_with_next(0)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert [comment.text for comment in opened.review.comments(4)] == ["Who?"]


def test_unify_by_keyboard_alone_and_back(opened, qtbot):
    press(qtbot, Qt.Key.Key_F8)
    press(qtbot, Qt.Key.Key_F8)
    press(qtbot, Qt.Key.Key_U, CONTROL)
    panel = opened.desk.panel
    assert panel.tab is Tab.CONSISTENCY
    assert panel.consistency.part.view.group.source == SOURCE_TERM
    press(qtbot, Qt.Key.Key_Return)
    assert "Casques bleus" in opened.review.pair(2).target_text
    assert "Casques bleus" in opened.review.pair(11).target_text
    assert opened.messages.bar("undo").message.text == "2 places changed to “Casques bleus”."
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert "soldats de la paix" in opened.review.pair(2).target_text
    assert "soldats de la paix" in opened.review.pair(11).target_text


def test_keep_asks_for_a_reason(opened, qtbot):
    opened.desk.show_consistency()
    opened.desk.panel.consistency.part.button("keep").click()
    qtbot.keyClicks(QApplication.focusWidget(), "both are right")
    press(qtbot, Qt.Key.Key_Return)
    decided = [view for view in opened.review.groups() if view.decision == "keep"]
    assert [view.reason for view in decided] == ["both are right"]


def test_merge_split_and_undo(opened, qtbot):
    press(qtbot, Qt.Key.Key_J, CONTROL)
    assert opened.review.count == 13
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert opened.review.count == 14
    press(qtbot, Qt.Key.Key_T, CONTROL)
    assert opened.review.count == 14
    assert "split at a caret" in opened.status.note


def test_undo_names_what_it_takes_back(opened, qtbot):
    assert not opened.commands["undo"].isEnabled()
    opened.review.reject(3)
    opened.desk.refresh()
    assert opened.commands["undo"].text() == "&Undo: verdict"
    assert opened.commands["undo"].iconText() == "Undo"
    opened.desk.page.show_pair(9)
    opened.commands["undo"].trigger()
    assert opened.desk.page.current == 3
    opened.desk.refresh()
    opened.commands["redo"].trigger()
    assert opened.review.row(3).verdict is Verdict.REJECTED


def test_keys_work_inside_the_editor_too(opened, qtbot):
    finding = opened.review.findings()[1]
    for name in (
        *("next_finding", "previous_finding", "waive", "comment", "unify", "command_box"),
        *("go_to", "find", "replace", "next_pair", "previous_pair", "next_open", "previous_open"),
        *("merge", "split", "move_down", "move_up", "panel", "next_pane", "save", "check"),
        *("confirm", "reject", "zoom_in", "zoom_reset"),
    ):
        action = opened.commands[name]
        action.triggered.disconnect()
        opened.desk.page.show_finding(finding, focus=True)
        press(qtbot, Qt.Key.Key_F2)
        pressed = action.shortcuts()[0][0]
        with qtbot.waitSignal(action.triggered, timeout=200):
            qtbot.keyClick(QApplication.focusWidget(), pressed.key(), pressed.keyboardModifiers())


def test_undo_inside_the_editor_takes_typing_back(opened, qtbot):
    press(qtbot, Qt.Key.Key_F2)
    press(qtbot, Qt.Key.Key_End, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), "x")
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    press(qtbot, Qt.Key.Key_Escape)
    assert not opened.review.row(0).edited
    assert opened.desk.page.view.hasFocus()


# The filter


def left(window):
    shown = window.desk.page.shown
    return None if shown is None else shown.tolist()


def test_chips_leave_only_their_pairs(opened):
    opened.desk.page.filter_row.chip(Kind.TERMS).click()
    assert left(opened) == [0, 2, 11, 12]
    opened.desk.page.filter_row.clear()
    assert left(opened) is None


def test_a_pair_that_is_filtered_out_is_shown_when_it_is_gone_to(opened):
    opened.desk.page.filter_row.chip(Kind.NUMBER).click()
    opened.desk.page.show_pair(10)
    assert opened.desk.page.current == 10
    assert left(opened) is None


def test_unconfirmed_pairs_alone(opened):
    from reviewer.ui.panels.filter_row import Rows

    opened.review.confirm(4)
    opened.review.confirm(5)
    box = opened.desk.page.filter_row._rows
    box.setCurrentIndex(box.findData(Rows.UNCONFIRMED))
    assert 4 not in left(opened)
    assert len(left(opened)) == 12


@pytest.mark.parametrize(
    ("key", "typed"), [(Qt.Key.Key_G, "8"), (Qt.Key.Key_K, "#8")], ids=["go to", "command box"]
)
def test_the_command_box_takes_the_keys_from_the_editor(opened, qtbot, key, typed):
    press(qtbot, Qt.Key.Key_F2)
    press(qtbot, key, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), typed)
    press(qtbot, Qt.Key.Key_Return)
    assert opened.desk.page.current == 7
    assert not opened.command_box.text()
    assert opened.desk.page.view.hasFocus()
    assert not opened.review.past.lines()


@pytest.mark.parametrize("width", [800, 1000, 1400])
def test_the_command_box_has_room_in_every_window(opened, qtbot, width):
    opened.resize(width, 600)
    qtbot.waitUntil(lambda: opened.width() == width and opened.command_box.isVisible())
    press(qtbot, Qt.Key.Key_F2)
    press(qtbot, Qt.Key.Key_G, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), "8")
    press(qtbot, Qt.Key.Key_Return)
    assert opened.desk.page.current == 7
    assert not opened.review.past.lines()


# Saving and the rest


def test_decisions_are_saved_without_being_asked(opened, qtbot):
    opened.review.confirm(0)
    qtbot.waitUntil(lambda: "Saved" in opened.status._saved.text())
    press(qtbot, Qt.Key.Key_S, CONTROL)
    assert "lready saved" in opened.status.note


def test_copy_is_written(opened, tmp_path, qtbot):
    opened.review.confirm(0)
    opened.saving.copy_to(str(tmp_path / "copy.bitext"))
    opened.open_project(tmp_path / "copy.bitext")
    assert opened.review.row(0).verdict is Verdict.CONFIRMED


@pytest.mark.parametrize("write", ["copy_to", "review_to"])
def test_of_a_large_project_the_worker_makes_the_copy(opened, tmp_path, monkeypatch, write):
    monkeypatch.setattr("reviewer.review.tasks.large.LARGE", 0)
    monkeypatch.setattr("reviewer.paths.data_folder", lambda: tmp_path / "data")
    out = make_project(tmp_path, name="other")
    opened.review.confirm(0)
    before = out.read_bytes()
    getattr(opened.saving, write)(str(out))
    job = opened.worker._waiting[-1]
    if write == "copy_to":
        with pytest.raises(Cancelled):
            copy_project(job.request, Watch(cancelled=lambda: True))
    assert out.read_bytes() == before
    copy_project(job.request, Watch())
    job.done.emit(None)
    assert "other.bitext" in opened.messages.bar("copy").message.text
    with closing(store.open_project(out)) as copy:
        assert sum(event.kind == "verdict" for event in copy.events()) == 1
        assert bool(copy.documents) == (write == "copy_to")
    kept = [*(tmp_path / "data" / "backups").rglob("*.bitext")]
    with closing(store.open_project(kept[-1])) as replaced:
        assert replaced.project_id != opened.review.project.project_id
    assert [path.suffix for path in tmp_path.glob("other*")] == [".bitext"]


def test_a_copy_that_cannot_be_made_is_told(opened, tmp_path, monkeypatch):
    monkeypatch.setattr("reviewer.review.tasks.large.LARGE", 0)
    opened.saving.copy_to(str(opened.review.path))
    job = opened.worker._waiting[-1]
    with pytest.raises(ProjectFileError, match="itself"):
        copy_project(job.request, Watch())
    job.failed.emit("There is no room.")
    assert opened.messages.bar("copy").message.text == "There is no room."
    job.done.emit(Unread(opened.review.path, "It is damaged."))
    assert opened.messages.bar("trouble").findChild(QPushButton, "rescue")


def test_copy_takes_no_other_project_s_place_by_a_name_without_suffix(opened, tmp_path):
    other = make_project(tmp_path, name="other")
    before = other.read_bytes()
    opened.saving.copy_to(str(tmp_path / "other"))
    assert other.read_bytes() == before
    assert "there already" in opened.messages.bar("copy").message.text


def test_project_that_a_copy_replaces_is_kept(opened, tmp_path, monkeypatch):
    monkeypatch.setattr("reviewer.paths.data_folder", lambda: tmp_path / "data")
    other = make_project(tmp_path, name="other")
    opened.review.confirm(0)
    opened.saving.copy_to(str(other))
    (kept,) = (tmp_path / "data" / "backups").rglob("*.bitext")
    opened.open_project(kept)
    assert opened.review.title == "other.fr.txt"
    opened.open_project(other)
    assert opened.review.row(0).verdict is Verdict.CONFIRMED


def test_export_replaces_only_the_file_that_was_named(opened, tmp_path):
    asked = []
    submit = opened.worker.submit
    opened.worker.submit = lambda request: asked.append(request) or submit(request)
    opened.saving.export_to(str(tmp_path / "keep"))
    opened.saving.export_to(str(tmp_path / "keep.txt"))
    assert [(request.out.name, request.force) for request in asked] == [
        ("keep.txt", False),
        ("keep.txt", True),
    ]


def test_a_check_makes_way_for_what_a_person_waits_for(opened, tmp_path):
    assert [type(job.request) for job in opened.worker._waiting] == [CheckRequest]
    opened.saving.export_to(str(tmp_path / "out.txt"))
    assert [type(job.request) for job in opened.worker._waiting] == [ExportRequest]


@pytest.mark.parametrize(("command", "suffix"), [("export", "txt"), ("save_copy", "bitext")])
def test_dialog_adds_the_suffix_before_it_asks_about_replacing(opened, command, suffix):
    opened.commands[command].trigger()
    dialog = opened.findChild(QFileDialog)
    assert dialog.defaultSuffix() == suffix
    dialog.reject()


def test_export_is_noted_in_the_project_it_is_of(opened, tmp_path):
    out = tmp_path / "out.txt"
    out.write_text("Les textes.")
    opened.saving.export_to(str(out))
    job = opened.worker._waiting[-1]
    opened.open_project(make_project(tmp_path, name="other"))
    job.done.emit(Exported(out, 2, 0))
    assert not [line for line in opened.review.past.lines() if line.what.startswith("Exported")]
    assert "export" in {message.about for message in opened.messages.shown()}


def test_export_that_is_gone_again_is_told_all_the_same(opened, tmp_path):
    opened.saving.export_to(str(tmp_path / "out.txt"))
    job = opened.worker._waiting[-1]
    job.done.emit(Exported(tmp_path / "out.txt", 2, 0))
    assert "out.txt" in opened.messages.bar("export").message.text


def test_export_without_changes_says_so(opened, tmp_path):
    opened.saving.export_to(str(tmp_path / "out.txt"))
    opened.worker._waiting[-1].done.emit(Exported(tmp_path / "out.txt", 0, 0))
    told = "Written as it was delivered, nothing is changed: “out.txt”."
    assert opened.messages.bar("export").message.text == told


def test_export_tells_what_it_wrote(checked, qtbot, tmp_path):
    checked.saving.export_to(str(tmp_path / "out.txt"))
    qtbot.waitUntil(lambda: "export" in {m.about for m in checked.messages.shown()})
    assert (
        checked.messages.bar("export").message.text
        == "Written with 2 changes and no other: “out.txt”."
    )
    assert checked.review.past.lines()[0].what.startswith("Exported")


def test_open_findings_go_into_xliff_that_is_made_anew(checked, tmp_path, monkeypatch):
    asked = []
    submit = checked.worker.submit
    monkeypatch.setattr(checked.worker, "submit", lambda job: asked.append(job) or submit(job))
    for name in ("out.txt", "out.xlf"):
        checked.saving.export_to(str(tmp_path / name))
    plain, xliff = (job.wishes.remarks for job in asked)
    assert plain == ()
    findings = checked.review.findings()
    assert [remark.number for remark in xliff] == [finding.pair for finding in findings]
    assert all(remark.text.endswith((".", "?", "”")) for remark in xliff)


def test_export_that_fails_is_a_sentence(checked, qtbot, tmp_path):
    checked.saving.export_to(str(tmp_path / "full.txt"))
    qtbot.waitUntil(lambda: bool(checked.messages.shown()))
    assert "the disk is full" in checked.messages.bar("export").message.text


@pytest.mark.parametrize("command", ["open", "add", "export", "save_copy"])
def test_file_dialogs_do_not_block(opened, command):
    opened.commands[command].trigger()
    dialog = opened.findChild(QFileDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_languages_are_changed_from_the_status_bar(opened, qtbot):
    opened.status.languages_asked.emit()
    popover(opened).chosen.emit("ms", "fr")
    assert opened.review.source_language == "ms"
    opened.desk.refresh()
    assert "Malay → French" in opened.status._languages.text()


def test_memories_are_kept_with_the_project_and_for_new_ones(opened, tmp_path):
    opened.commands["memories"].trigger()
    dialog = opened.findChild(MemoriesDialog)
    assert dialog.isVisible()
    assert dialog.paths == ()
    path = str(tmp_path / "m.tmx")
    dialog.add([path])
    dialog.accept()
    assert opened.review.settings.memories == (path,)
    assert opened.preferring.settings.memories == (path,)
    opened.commands["undo"].trigger()
    assert opened.review.settings.memories == ()


def test_memories_can_be_chosen_before_any_project(window):
    assert window.commands["memories"].isEnabled()
    window.commands["memories"].trigger()
    dialog = window.findChild(MemoriesDialog)
    dialog.add(["/m.tmx"])
    dialog.accept()
    assert window.opening.settings.memories == ("/m.tmx",)


def test_panel_is_toggled(opened, qtbot):
    press(qtbot, Qt.Key.Key_B, CONTROL)
    assert opened.desk.panel.isHidden()
    press(qtbot, Qt.Key.Key_U, CONTROL)
    assert opened.desk.panel.isVisible()
    assert opened.commands["panel"].isChecked()


def test_zoom_is_kept(opened, qtbot):
    changed = []
    opened.settings_changed.connect(changed.append)
    press(qtbot, Qt.Key.Key_Plus, CONTROL)
    press(qtbot, Qt.Key.Key_Plus, CONTROL)
    assert [settings.zoom for settings in changed] == [110, 125]
    assert opened.desk.page.view.zoom == 125
    press(qtbot, Qt.Key.Key_0, CONTROL)
    assert opened.desk.page.view.zoom == 100


def test_check_again_replaces_the_findings(checked, qtbot):
    checked.review.edit(1, "Selon des témoins, ils ont tiré.")
    with qtbot.waitSignal(checked.checking.checked):
        press(qtbot, Qt.Key.Key_F5)


def test_an_edit_is_followed_by_a_whole_check(checked, qtbot):
    with qtbot.waitSignal(checked.checking.checked):
        checked.review.edit(1, "Selon des témoins, ils ont tiré.")


def test_a_dead_worker_is_told_and_the_window_goes_on(qtbot, tmp_path):
    window = MainWindow(SETTINGS, Worker(serve=serve))
    qtbot.addWidget(window)
    window.open_project(make_project(tmp_path))
    qtbot.waitSignal(window.checking.checked).wait()
    window.worker._process.kill()
    window.worker._process.join()
    window.commands["check"].trigger()
    qtbot.waitUntil(lambda: "crashed" in {m.about for m in window.messages.shown()})
    with qtbot.waitSignal(window.checking.checked):
        window.commands["check"].trigger()
    window.close()


def test_command_box_runs_commands(opened, qtbot):
    press(qtbot, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(opened.command_box, ">side panel")
    qtbot.keyClick(opened.command_box, Qt.Key.Key_Return)
    assert opened.desk.panel.isHidden()


def test_keys_preferences_and_about_open_without_blocking(opened):
    from reviewer.ui.dialogs.about_dialog import AboutDialog
    from reviewer.ui.dialogs.preferences_dialog import PreferencesDialog
    from reviewer.ui.keys import KeysDialog

    for command, kind in (
        ("keys", KeysDialog),
        ("preferences", PreferencesDialog),
        ("about", AboutDialog),
    ):
        opened.commands[command].trigger()
        dialog = opened.findChild(kind)
        assert dialog.isVisible()
        dialog.close()


def test_preferences_lead_to_the_checks_of_the_project(opened, qtbot):
    opened.commands["preferences"].trigger()
    (dialog,) = (d for d in opened.findChildren(QDialog) if d.isVisible())
    (button,) = (b for b in dialog.findChildren(QPushButton) if "hecks" in b.text())
    button.click()
    shown = [type(d).__name__ for d in opened.findChildren(QDialog) if d.isVisible()]
    assert shown == ["ChecksDialog"]


def test_everything_is_written_when_the_window_closes(opened, tmp_path):
    opened.review.confirm(0)
    path = opened.review.path
    opened.close()
    opened.open_project(path)
    assert opened.review.row(0).verdict is Verdict.CONFIRMED


@pytest.fixture
def stuck(opened, monkeypatch):
    """Return a window whose project cannot be written."""

    def refuse(*_):
        raise ProjectFileError("It may not be written.")

    with monkeypatch.context() as patch:
        patch.setattr("reviewer.store.writer.ProjectWriter.write", refuse)
        opened.review.confirm(0)
        opened.review.reject(1)
        yield opened


def test_decisions_that_wait_are_told_when_the_project_is_closed(stuck):
    name = stuck.review.path.name
    stuck.commands["close"].trigger()
    assert stuck.stack.currentWidget() is stuck.start_page
    text = f"2 decisions kept on this computer will be added to “{name}” when it can be written."
    assert [m.text for m in stuck.messages.shown()] == [text]


def test_decisions_that_wait_are_told_before_the_window_closes(stuck):
    path = stuck.review.path
    assert not stuck.close()
    assert stuck.isVisible()
    assert "kept" in {message.about for message in stuck.messages.shown()}
    assert stuck.close()
    stuck.open_project(path)
    assert stuck.review.row(0).verdict is Verdict.CONFIRMED


def test_decisions_that_wait_are_told_when_another_project_is_opened(stuck, tmp_path):
    stuck.open_project(make_project(tmp_path, name="other"))
    assert "kept" in {message.about for message in stuck.messages.shown()}


def test_long_names_do_not_widen_the_window(window, qtbot, tmp_path):
    width = window.minimumSizeHint().width()
    window.open_project(make_project(tmp_path, name="n" * 120))
    assert window.minimumSizeHint().width() <= max(width, 1000)
    assert not window.grab().isNull()


def test_an_export_does_not_wait_for_a_check(checked, qtbot, tmp_path):
    checked.checking.check()
    with qtbot.waitSignal(checked.worker.started) as started:
        checked.saving.export_to(str(tmp_path / "out.txt"))
    assert started.args[0].request.out == tmp_path / "out.txt"
    with qtbot.waitSignal(checked.checking.checked):
        pass


# Small things that a person stumbles over


def test_waiving_with_a_reason_is_one_waiver(opened, qtbot):
    press(qtbot, Qt.Key.Key_F8)
    press(qtbot, Qt.Key.Key_I, CONTROL)
    reason = popover(opened).findChild(QLineEdit)
    reason.setFocus()
    qtbot.keyClicks(reason, "a name")
    press(qtbot, Qt.Key.Key_Return)
    assert opened.messages.bar("undo").message.text == "1 finding waived."
    assert len(opened.review.waived()) == 1
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert not opened.review.waived()


def test_a_text_from_the_command_box_is_gone_to(opened, qtbot):
    page = opened.desk.page
    page.show_pair(5)
    press(qtbot, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(opened.command_box, "soldats")
    qtbot.keyClick(opened.command_box, Qt.Key.Key_Return)
    assert page.current == 11
    assert page.view.hand.selected_text() == "soldats"
    assert page.find_bar._count.text() == "2 of 2"


def test_hits_are_marked_while_the_bar_is_open(opened, qtbot):
    bar, view = opened.desk.page.find_bar, opened.desk.page.view
    bar.open_for(opened.review, "zzz")
    plain = view.viewport().grab().toImage()
    bar.open_for(opened.review, "pasukan")
    assert view.viewport().grab().toImage() != plain
    bar.open_for(opened.review, "zzz")
    assert view.viewport().grab().toImage() == plain
    bar.open_for(opened.review, "Croix")
    assert len(view._hits_in(9)) == 1
    opened.review.edit(9, "Autre chose.")
    assert view._hits_in(9) == []
    press(qtbot, Qt.Key.Key_Escape)
    assert view._hits is None


def test_what_was_said_of_a_project_goes_with_it(window, qtbot, tmp_path):
    names = [tmp_path / "konflik.id.txt", tmp_path / "konflik.fr.txt"]
    for name in names:
        name.write_text("Teks.")
    window.opening.open_paths(names)
    qtbot.waitUntil(lambda: bool(window.messages.shown()))
    window.commands["close"].trigger()
    assert window.messages.shown() == ()


@pytest.mark.parametrize("tab", ["findings", "consistency", "history"])
def test_escape_leads_from_the_panel_back_to_the_pairs(opened, qtbot, tab):
    opened.commands[tab].trigger()
    assert opened.desk.panel.isAncestorOf(QApplication.focusWidget())
    press(qtbot, Qt.Key.Key_Escape)
    assert opened.desk.page.view.hasFocus()


@pytest.mark.parametrize("decision", ["keep", "different", "not-a-term"])
def test_a_decision_on_a_term_leads_back_to_the_pairs(opened, qtbot, decision):
    opened.commands["consistency"].trigger()
    opened.desk.panel.consistency.part.button(decision).click()
    press(qtbot, Qt.Key.Key_Return)
    opened.desk.refresh()
    assert opened.desk.page.view.hasFocus()
    assert len([view for view in opened.review.groups() if view.decision == decision]) == 1


def test_findings_stand_at_their_top_until_one_walks(opened, qtbot):
    opened.resize(1100, 380)
    bar = opened.desk.panel.findings.findChild(QTreeView).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    opened.desk.page.show_pair(8)
    bar.setValue(0)
    opened.review.take(analysis(), opened.review.revision)
    opened.desk.refresh()
    assert bar.value() == 0
    press(qtbot, Qt.Key.Key_F8, SHIFT)
    press(qtbot, Qt.Key.Key_F8)
    assert bar.value() > 0


def edge(window):
    """Return where the current row is, in the window."""
    view = window.desk.page.view
    place = view.place_of(view.current)
    return view.viewport().mapTo(window, QPoint(0, place.y)).y()


def test_a_message_leaves_the_current_row_where_it_is(opened, qtbot):
    opened.resize(900, 420)
    opened.desk.page.show_pair(8)
    qtbot.waitUntil(lambda: opened.desk.page.view._anchored.position > 60)
    before = edge(opened)
    opened.messages.tell(Message("undo", "Done."))
    QApplication.processEvents()
    view = opened.desk.page.view
    assert edge(opened) == before
    opened.messages.take_away("undo")
    QApplication.processEvents()
    assert edge(opened) == before
    assert view.place_of(view.current) is not None


def test_a_message_does_not_cover_the_current_row(opened, qtbot):
    opened.resize(900, 420)
    view = opened.desk.page.view
    opened.desk.page.show_pair(8)
    view.scroll_by(view.place_of(8).y)
    opened.messages.tell(Message("undo", "Done."))
    QApplication.processEvents()
    assert view.place_of(8).y >= 0


def test_the_first_edit_is_made_ready_for_once(checked, qtbot, monkeypatch):
    warmed = []
    monkeypatch.setattr(checked.review, "warm_up", lambda: warmed.append(1))
    checked.warming_up._idle.setInterval(1)
    qtbot.waitUntil(lambda: bool(warmed))
    with qtbot.waitSignal(checked.checking.checked):
        checked.commands["check"].trigger()
    qtbot.wait(50)
    assert warmed == [1]


def test_pasted_texts_stand_there_again(window, qtbot):
    window.commands["paste"].trigger()
    dialog = window.findChild(PasteDialog)
    dialog._source.setPlainText("Satu.")
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChild(PasteDialog) is None)
    window.commands["paste"].trigger()
    dialog = window.findChild(PasteDialog)
    assert dialog._source.toPlainText() == "Satu."
    dialog.reject()


# About checks


def test_dialogs_about_checks_stay_in_step_and_go_with_the_project(opened, qtbot):
    for name in ("checks", "waivers", "checklists"):
        opened.commands[name].trigger()
    dialogs = {type(d).__name__: d for d in opened.findChildren(QDialog) if d.isVisible()}
    assert set(dialogs) == {"ChecksDialog", "WaiversDialog", "ChecklistsDialog"}
    opened.review.waive(opened.review.findings()[0], WaiverScope.HERE, "a name")
    opened.desk.refresh()
    assert len(dialogs["WaiversDialog"]._waivers) == 1
    opened.commands["close"].trigger()
    assert not [d for d in opened.findChildren(QDialog) if d.isVisible()]


def test_a_level_is_accepted_and_the_panel_follows(opened):
    opened.commands["checks"].trigger()
    dialog = opened.findChild(QDialog)
    dialog.show_check("spacing")
    dialog._levels.button(0).click()
    dialog._accept.click()
    opened.desk.refresh()
    muted = [s.check for s in opened.desk.panel.findings.model.sections if s.muted]
    assert muted == ["spacing"]
    assert not [f for f in opened.review.findings() if f.check == "spacing"]


def test_what_is_wrong_with_checklists_is_told_once_and_leads_there(opened, qtbot):
    opened.checking.noted.emit(("“a.toml” was not found. It was not used.", "Another."))
    bar = opened.messages.bar("checklists")
    assert bar.message.text == "“a.toml” was not found. It was not used. … and 1 more"
    opened.messages.chosen.emit("checklists", "checklists")
    assert [type(d).__name__ for d in opened.findChildren(QDialog)] == ["ChecklistsDialog"]
    opened.checking.noted.emit(())
    assert "checklists" not in {message.about for message in opened.messages.shown()}


@pytest.mark.parametrize(
    ("command", "kinds"),
    [("save_copy", ["Projects (*.bitext)"]), ("send_review", ["Reviews (*.bitext)"])],
)
def test_a_file_to_write_is_of_one_kind(opened, command, kinds):
    opened.commands[command].trigger()
    dialog = opened.findChild(QFileDialog)
    assert dialog.nameFilters() == kinds
    dialog.close()


def test_the_window_starts_no_larger_than_the_screen(window):
    room = window.screen().availableSize()
    window.resize(room.width() + 300, room.height() + 300)
    window.fit_screen()
    assert window.width() < room.width()
    assert window.height() < room.height()


def test_a_project_is_opened_where_it_was_left(opened):
    path = opened.review.path
    opened.desk.page.show_pair(5)
    opened.close_review()
    opened.open_project(path)
    assert opened.desk.page.current == 5


def test_a_project_is_opened_in_the_document_where_it_was_left(qtbot, tmp_path):
    for window in shown(qtbot, IdleWorker()):
        path = make_project(tmp_path)
        add_documents(path)
        window.open_project(path)
        window.open_document(1)
        window.desk.page.show_pair(1)
        window.close_review()
        window.open_project(path)
        assert (window.review.document, window.desk.page.current) == (1, 1)
