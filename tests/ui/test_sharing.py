"""Reviews of colleagues come into the window, and what is disagreed about is decided there."""

import os
import shutil
from contextlib import closing

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from review_sample import SETTINGS, TEXTS, add_documents, make_project
from window_worker import ThreadWorker

from reviewer import paths, store
from reviewer.review.decisions.disagreements import Version
from reviewer.review.saving import Company
from reviewer.review.tasks.joining import joined
from reviewer.review.tasks.opening import open_review
from reviewer.settings import Settings
from reviewer.store import Stuck
from reviewer.text.differences import alike_around, differing
from reviewer.ui.main_window import MainWindow
from reviewer.ui.panels.filter_row import Rows
from reviewer.ui.panels.message_bar import Message
from reviewer.ui.panels.version_card import VersionCard

BEN = Settings(reviewer_id="cd" * 16, reviewer_name="Ben")
OURS = "La Croix-Rouge réclame un accès sûr à l’hôpital."
THEIRS = "La Croix-Rouge demande un accès sans danger à l’hôpital."


@pytest.fixture
def ben(tmp_path, monkeypatch):
    """Return a copy of the project in which Ben has decided otherwise, on his own computer."""
    path = make_project(tmp_path)
    add_documents(path)
    other = shutil.copyfile(path, tmp_path / "ben.bitext")
    home = os.environ["XDG_DATA_HOME"]
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "ben"))
    review = open_review(other, BEN)
    review.edit(9, THEIRS)
    review.reject(3)
    review.confirm(0)
    review.open_document(1)
    review.edit(1, "Selon des témoins, les forces russes ont tiré.")
    assert review.saving.flush()
    review.close()
    monkeypatch.setenv("XDG_DATA_HOME", home)
    return other


@pytest.fixture
def window(qtbot, ben):
    """Return a window in which Ana has decided the same places her way."""
    window = MainWindow(SETTINGS, ThreadWorker())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.open_project(ben.with_name("konflik-perbatasan.bitext"))
    window.review.edit(9, OURS)
    window.review.confirm(3)
    window.open_document(1)
    window.review.edit(1, "Selon des témoins, des soldats russes ont tiré.")
    window.open_document(0)
    yield window
    window.close()


@pytest.fixture
def loaded(window, qtbot, ben):
    """Return the window after Ben's review was added."""
    window.loading.look_at([ben])
    qtbot.waitUntil(lambda: window.loading.question.now is not None)
    with qtbot.waitSignal(window.loading.disagreeing):
        window.loading.question.now.add.click()
    window.desk.refresh()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is bar(window))
    return window


def press(qtbot, key):
    qtbot.keyClick(QApplication.focusWidget(), key)


def bar(window):
    return window.desk.page.disagreements


def texts(window):
    return [card.words for card in bar(window).cards]


def test_the_preview_says_what_would_come(window, qtbot, ben):
    window.loading.look_at([ben])
    qtbot.waitUntil(lambda: window.loading.question.now is not None)
    dialog = window.loading.question.now
    item = dialog._tree.topLevelItem(0)
    assert [item.text(column) for column in range(3)] == ["Ben", "4", "0"]
    assert dialog.sentences()[0] == "3 disagreements: both versions are kept until you choose."
    dialog.reject()
    assert window.review.disagreements() == ()


def test_loading_opens_the_filter_with_both_versions(loaded):
    page = loaded.desk.page
    assert page.filter_row.rows is Rows.DISPUTED
    assert bar(loaded).isVisible()
    assert bar(loaded)._title.text() == "Verdict of pair 4"
    assert sorted(texts(loaded)) == ["Confirmed", "Rejected"]
    told = {message.about: message.text for message in loaded.messages.shown()}
    assert told == {"load": "4 decisions added from “ben.bitext”."}
    assert page.current == 3


def test_quick_keys_decide_one_after_another(loaded, qtbot):
    apart = len(loaded.review.disagreements())
    bar(loaded).setFocus()
    for left in range(apart - 1, 0, -1):
        press(qtbot, Qt.Key.Key_A)
        assert len(loaded.review.disagreements()) == left


def test_everything_is_decided_by_keyboard(loaded, qtbot):
    page = loaded.desk.page
    ours = texts(loaded).index("Confirmed")
    press(qtbot, Qt.Key.Key_A if ours == 0 else Qt.Key.Key_2)
    loaded.desk.refresh()
    assert loaded.review.is_confirmed(3)
    assert bar(loaded)._title.text() == "Translation of pair 10"
    assert page.current == 9
    # A third version is written in the text.
    press(qtbot, Qt.Key.Key_Return)
    assert page.view.is_editing
    qtbot.keyClicks(QApplication.focusWidget(), "Oui. ")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    loaded.desk.refresh()
    assert 9 not in loaded.review.disputed()
    # The next one is in the other document, which is opened for it.
    assert loaded.review.document == 1
    assert bar(loaded)._title.text() == "Translation of pair 2"
    bar(loaded).setFocus()
    theirs = texts(loaded).index("Selon des témoins, les forces russes ont tiré.")
    press(qtbot, Qt.Key.Key_1 + theirs)
    loaded.desk.refresh()
    assert loaded.review.disagreements() == ()
    assert not bar(loaded).isVisible()
    assert page.filter_row.rows is Rows.ALL
    assert "forces russes" in loaded.review.pair(1).target_text
    assert loaded.review.saving.flush()
    assert store.verify(loaded.review.path).status == 0


def test_a_decision_can_be_taken_back(loaded, qtbot):
    before = texts(loaded)
    press(qtbot, Qt.Key.Key_A)
    loaded.desk.refresh()
    loaded.commands["undo"].trigger()
    loaded.desk.refresh()
    loaded.commands["disagreements"].trigger()
    assert len(loaded.review.disagreements()) == 3
    bar(loaded).show_pair(3)
    assert texts(loaded) == before


def test_escape_leaves_the_versions_and_the_row_says_that_they_are_there(loaded, qtbot):
    press(qtbot, Qt.Key.Key_Escape)
    assert not bar(loaded).isVisible()
    assert loaded.desk.page.filter_row.rows is Rows.ALL
    loaded.desk.page.show_pair(9)
    notes = loaded.desk.page.view._active.strip.hint.notes
    assert notes[0].text == "Reviewers disagree here: Ctrl+D shows what each said."
    loaded.commands["disagreements"].trigger()
    assert bar(loaded)._title.text() == "Translation of pair 10"


def test_what_is_known_already_is_told(loaded, qtbot, ben):
    loaded.loading.look_at([ben])
    told = "Every decision in “ben.bitext” is here already."
    qtbot.waitUntil(lambda: loaded.messages.bar("load").message.text == told)


def test_of_a_damaged_review_is_told_how_much_could_be_read(window, qtbot, ben, tmp_path):
    sent = tmp_path / "sent.bitext"
    store.save_copy(ben, sent)
    assert store.merge(window.review.path, [ben], reviewer=b"b" * 16).new
    sent.write_bytes(sent.read_bytes()[:-3000])
    window.loading.look_at([sent])
    qtbot.waitUntil(lambda: told(window, "load") is not None)
    assert told(window, "load").startswith("Every decision that could be read in “sent.bitext”")
    assert "is damaged" in told(window, "load")


def test_other_documents_are_refused_by_name(window, qtbot, tmp_path):
    (tmp_path / "far").mkdir()
    stranger = make_project(tmp_path / "far", name="lain-lagi", texts=(("Satu.", "Un."),))
    window.loading.look_at([stranger])
    qtbot.waitUntil(lambda: any(m.about == "load" for m in window.messages.shown()))
    assert "“lain-lagi.id.txt”" in window.messages.bar("load").message.text


def test_dropping_a_review_loads_it_and_another_project_opens(window, qtbot, ben, tmp_path):
    (tmp_path / "far").mkdir()
    stranger = make_project(tmp_path / "far", name="lain-lagi", texts=(("Satu.", "Un."),))
    assert window.opening.would_do([stranger]) == "Open this project"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(ben))])
    spot, action = QPoint(50, 50), Qt.DropAction.CopyAction
    none, unmodified = Qt.MouseButton.NoButton, Qt.KeyboardModifier(0)
    window.dragEnterEvent(QDragEnterEvent(spot, action, data, none, unmodified))
    assert window.opening.would_do([ben]) == "Load this review"
    window.dropEvent(QDropEvent(spot, action, data, none, unmodified))
    qtbot.waitUntil(lambda: window.loading.question.now is not None)
    window.loading.question.now.open_instead.click()
    assert window.review.path == ben


def test_a_review_without_documents_is_sent_and_loaded(window, qtbot, tmp_path, ben, monkeypatch):
    out = tmp_path / "for ben"
    window.saving.review_to(str(out))
    sent = out.with_suffix(".bitext")
    with closing(store.open_project(sent)) as review:
        assert review.documents == ()
    assert "without the documents" in window.messages.bar("copy").message.text
    assert store.merge(ben, [sent], reviewer=b"b" * 16).new == 3


# What goes on around the project


def test_a_copy_of_a_sync_program_is_offered(window, qtbot, ben):
    window.close_review()
    path = ben.with_name("konflik-perbatasan.bitext")
    ben.rename(path.with_name("konflik-perbatasan (Ben's conflicted copy 2026-11-27).bitext"))
    window.open_project(path)
    qtbot.waitUntil(lambda: any(m.about == "copies" for m in window.messages.shown()))
    bar = window.messages.bar("copies")
    assert "Ben's conflicted copy" in bar.message.text
    bar.findChild(QPushButton, "load_copies").click()
    qtbot.waitUntil(lambda: window.loading.question.now is not None)
    assert window.loading.question.now._would.new == 4
    window.loading.question.now.reject()


def test_who_is_at_the_same_file_is_seen_and_what_they_decide(window, qtbot, tmp_path):
    other = open_review(window.review.path, BEN)
    other.saving.poll()
    qtbot.waitUntil(lambda: window.status._company.whole() == "Also here: Ben")
    other.confirm(0)
    qtbot.waitUntil(lambda: window.review.is_confirmed(0))
    window.review.confirm(5)
    while not other.is_confirmed(5):
        other.saving.poll()
        qtbot.wait(20)
    other.close()
    qtbot.waitUntil(lambda: window.status._company.whole() == "")


def test_two_computers_at_one_file_on_a_network_drive_are_told_of_it_once(
    window, qtbot, tmp_path, monkeypatch
):
    monkeypatch.setattr("reviewer.store.around.is_on_share", lambda _path: True)
    path = window.review.path
    note = path.with_name(f".{path.name}.here")
    window.open_project(path)
    qtbot.waitUntil(note.exists)
    with monkeypatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path / "ben's computer"))
        ben = open_review(path, BEN)
        ben.saving.poll()
    qtbot.waitUntil(lambda: told(window, "network") is not None)
    assert told(window, "network").startswith("Ben has this file open from another computer.")
    window.open_project(path)
    qtbot.waitUntil(lambda: window.status._company.whole() == "Also here: Ben")
    assert told(window, "network") is None
    ben.close()
    window.close_review()
    assert not note.exists()


def test_who_is_at_the_same_computer_is_no_reason_to_warn(window, qtbot, monkeypatch):
    monkeypatch.setattr("reviewer.store.around.is_on_share", lambda _path: True)
    window.open_project(window.review.path)
    ben = open_review(window.review.path, BEN)
    ben.saving.poll()
    qtbot.waitUntil(lambda: window.status._company.whole() == "Also here: Ben")
    assert window.review.saving.company.afar == ()
    ben.close()


def test_a_project_is_shared_through_a_folder_and_a_colleague_joins(
    window, qtbot, tmp_path, monkeypatch
):
    folder = tmp_path / "Nextcloud"
    folder.mkdir()
    window.sharing.share_through(str(folder))
    assert "documents.bitext" in window.messages.bar("sharing").message.text
    documents = folder / window.review.project.project_id / "documents.bitext"
    qtbot.waitUntil(documents.exists)
    qtbot.waitUntil(lambda: window.status._company.whole() == "⇄ Shared")

    home = os.environ["XDG_DATA_HOME"]
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "cho"))
    monkeypatch.setattr(paths, "projects_folder", lambda: tmp_path / "Documents")
    copy = joined(documents, ())
    assert copy == tmp_path / "Documents" / "konflik-perbatasan.fr.bitext"
    assert joined(documents, [copy]) == copy
    cho = open_review(copy, Settings(reviewer_id="ef" * 16, reviewer_name="Cho"))
    monkeypatch.setenv("XDG_DATA_HOME", home)
    cho.confirm(7)
    cho.edit(9, "Un autre texte.")
    cho.saving.poll()
    qtbot.waitUntil(lambda: window.review.is_confirmed(7))
    qtbot.waitUntil(lambda: "Cho" in window.status._company.whole())
    cho.close()
    window.commands["share"].trigger()
    window.messages.bar("sharing").findChild(QPushButton, "stop_sharing").click()
    qtbot.waitUntil(lambda: window.status._company.whole() == "")


def test_decisions_that_arrive_and_disagree_are_told(window, qtbot, tmp_path, monkeypatch):
    other = open_review(window.review.path, BEN)
    window.review.edit(7, "Un texte.")
    other.edit(7, "Un autre.")
    qtbot.waitUntil(lambda: any(m.about == "apart" for m in window.messages.shown()))
    assert window.messages.bar("apart").message.text == "1 new disagreement."
    window.desk.page.show_pair(3)
    window.commands["disagreements"].trigger()
    assert told(window, "apart") is None
    assert window.desk.page._shown == [7]
    other.close()


def test_documents_that_do_not_travel_are_told_once_and_why(window, monkeypatch):
    def company(**stuck):
        monkeypatch.setattr(window.review.saving, "company", Company(stuck=Stuck(**stuck)))
        window.sharing.follow()

    company(refused=("“x” is too large.",))
    assert told(window, "refused") == (
        "Documents in the shared folder cannot be taken into this project. “x” is too large. "
        "It is tried again by itself."
    )
    window.messages.take_away("refused")
    company(refused=("“x” is too large.",))
    assert told(window, "refused") is None
    company(refused=("“x” is too large.",), unsent="“y” is damaged.")
    assert "“y” is damaged." in told(window, "unsent")
    company()
    assert told(window, "unsent") is None


# Documents that a colleague adds


@pytest.fixture
def shared(window, qtbot, tmp_path, monkeypatch):
    """Return the folder of a window that shares, and a colleague's project that takes part."""
    folder = tmp_path / "Nextcloud"
    folder.mkdir()
    window.sharing.share_through(str(folder))
    place = folder / window.review.project.project_id
    qtbot.waitUntil((place / "documents.bitext").exists)
    qtbot.waitUntil(lambda: window.status._company.whole() == "⇄ Shared")
    copy = tmp_path / "cho.bitext"
    with monkeypatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path / "cho"))
        store.join(place / "documents.bitext", copy)
    return folder, copy


def told(window, about):
    return next((m.text for m in window.messages.shown() if m.about == about), None)


def switch(window):
    documents = window.desk.page.filter_row._documents
    return [documents.itemText(number) for number in range(documents.count())]


def test_a_document_that_a_colleague_adds_arrives_and_is_shown_by_a_button(window, qtbot, shared):
    folder, copy = shared
    before = switch(window)
    window.desk.page.show_pair(5)
    # The tests' worker finds in every document what is in the sample.
    add_documents(copy, (*TEXTS[:-1], ("Selesai.", "Fin.")), name="kontrak")
    store.exchange(copy, folder)
    qtbot.waitUntil(lambda: told(window, "came") is not None)
    assert told(window, "came") == "Added to this project: “kontrak.fr.txt”."
    assert window.review.document == 0
    assert window.desk.page.current == 5
    assert switch(window) == [*before, "kontrak.fr.txt"]
    # By keyboard, and the keyboard is in the text again afterwards.
    while QApplication.focusWidget().objectName() != "show_came":
        press(qtbot, Qt.Key.Key_F6)
    press(qtbot, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is window.desk.page.view
    assert window.review.title == "kontrak.fr.txt"
    assert window.review.pair(window.review.count - 1).target_text == "Fin."
    assert told(window, "came") is None
    window.review.confirm(2)
    assert window.review.saving.flush()
    assert store.verify(window.review.path).status == 0


def test_escape_takes_a_message_away_and_gives_the_keyboard_back(window, qtbot):
    window.messages.tell(Message("x", "Something was seen."))
    window.messages.take_focus()
    press(qtbot, Qt.Key.Key_Escape)
    assert told(window, "x") is None
    assert QApplication.focusWidget() is window.desk.page.view


def test_a_document_whose_file_is_late_is_said_to_be_on_its_way(window, qtbot, shared, tmp_path):
    folder, copy = shared
    away = shutil.copytree(folder, tmp_path / "cho's Nextcloud")
    add_documents(copy, TEXTS[3:7], name="kontrak")
    store.exchange(copy, away)
    (parcel,) = away.rglob("*.documents")
    lines = parcel.with_name(parcel.stem.partition("-")[0] + ".jsonl")
    place = folder / parcel.parent.name
    shutil.copy(lines, place)
    qtbot.waitUntil(lambda: told(window, "absent") is not None)
    assert told(window, "absent").endswith("through the shared folder: “kontrak.fr.txt”.")
    shutil.copy(parcel, place)
    qtbot.waitUntil(lambda: told(window, "came") is not None)
    assert told(window, "absent") is None


def test_a_review_of_documents_that_are_not_here_says_so_until_a_copy_brings_them(
    window, qtbot, tmp_path, ben
):
    add_documents(ben, TEXTS[3:7], name="kontrak")
    sent = tmp_path / "sent.bitext"
    store.save_review(ben, sent)
    for file, about in ((sent, "absent"), (ben, "came")):
        window.loading.look_at([file])
        qtbot.waitUntil(lambda: window.loading.question.now is not None)
        window.loading.question.now.add.click()
        qtbot.waitUntil(lambda: told(window, about) is not None)  # noqa: B023 - waited for here
    assert told(window, "absent") is None
    assert told(window, "came").endswith("“kontrak.fr.txt”.")
    assert switch(window)[-1] == "kontrak.fr.txt"


def test_a_long_version_is_shown_where_it_differs(qtbot):
    same = "Une phrase qui est la même partout. " * 10
    versions = [Version(None, "", (same + end,), ()) for end in ("De moi.", "De Budi.")]
    cut = alike_around([version.words[0] for version in versions])
    card = VersionCard(
        0,
        versions[0],
        differing=differing(versions[0].words[0], versions[1].words[0]),
        language="fr",
        right_to_left=False,
        left_out=cut,
    )
    qtbot.addWidget(card)
    shown = card.findChild(QLabel, "text").text()
    assert "… partout" in shown or "… Une" in shown
    assert shown.count("Une phrase") <= 3
    assert ">moi</u>." in shown
    assert card.words == card.toolTip() == same + "De moi."
