"""Spelling in the window: suggestions that come later, words that are right, the dictionaries."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from review_sample import open_sample
from window_worker import IdleWorker

from reviewer.model import WaiverScope
from reviewer.review.checking.pipeline import Watch
from reviewer.review.checking.spelling import own_words, own_words_file
from reviewer.review.tasks.requests import CheckRequest
from reviewer.review.tasks.whole_check import check
from reviewer.text.dictionaries import own_folder
from reviewer.text.speller import close_spellers
from reviewer.ui.desk import Desk
from reviewer.ui.dialogs.checks_dialog import ChecksDialog
from reviewer.ui.dialogs.waive_popover import WaivePopover
from reviewer.ui.dialogs.words_dialog import WordsDialog
from reviewer.ui.panels.findings_model import FindingsModel
from tests.text.dictionary import write_dictionary

pytest.importorskip("hunspell")

TEXTS = (
    ("Anak itu pergi ke perpustakaan.", "L’enfant est allé à la biblothèque."),
    ("Rumah itu besar.", "La maisson est grande."),
    ("Rumah itu tua.", "La maisson est vieille."),
    ("Rumah itu kecil.", "La maisson est petite, dans le vilage."),
)
KNOWN = """l' enfant est allé à la bibliothèque maison grande vieille petite dans le village"""


class _Reports:
    revision = 0

    def found(self, findings):
        pass

    def compared(self, groups):
        pass


def check_again(review):
    """Check the whole document as the worker does."""
    request = CheckRequest(
        review.path, review.pair_of_documents.align_id, review.saving.on_its_way, review.revision
    )
    done = check(request, Watch(), _Reports())
    assert review.take(done.analysis, review.revision)
    review.words.find_dictionaries()
    return done


@pytest.fixture
def dictionary():
    write_dictionary(own_folder(), "fr", KNOWN, "TRY abcdefghilmnopqrstuvèé\n")
    yield own_folder()
    close_spellers()


@pytest.fixture
def spelt(dictionary, tmp_path):
    review = open_sample(tmp_path, TEXTS, checked=False)
    check_again(review)
    yield review
    review.close()


def words(review):
    return [f.words[0] for f in review.findings() if f.check == "spelling"]


def test_misspelt_words_are_found_and_come_back_after_an_edit(spelt):
    assert words(spelt) == ["biblothèque", "maisson", "maisson", "maisson", "vilage"]
    assert spelt.words.spelling.speller.is_ready(20)
    spelt.edit(1, "La maison est granfde.")
    assert words(spelt) == ["biblothèque", "granfde", "maisson", "maisson", "vilage"]
    spelt.undo()
    assert words(spelt) == ["biblothèque", "maisson", "maisson", "maisson", "vilage"]


def test_suggestions_come_when_the_finding_is_the_active_one(spelt, qtbot):
    desk = Desk(IdleWorker(), None)
    qtbot.addWidget(desk)
    spelt.listen(desk.follow)
    desk.open(spelt)
    desk.resize(1100, 700)
    desk.show()
    finding = next(f for f in spelt.findings() if f.words[0] == "maisson")
    assert finding.suggestions == ()
    desk.page.show_finding(finding)
    qtbot.waitUntil(lambda: bool(desk.page.finding.suggestions))
    assert desk.page.finding.suggestions[0] == "maison"
    desk.deciding.apply(0)
    assert spelt.pair(1).target_text == "La maison est grande."
    assert words(spelt) == ["biblothèque", "maisson", "maisson", "vilage"]
    desk.hide()


def test_one_key_accepts_the_word_and_undo_takes_that_back(spelt, qtbot):
    desk = Desk(IdleWorker(), None)
    qtbot.addWidget(desk)
    spelt.listen(desk.follow)
    desk.open(spelt)
    desk.page.show_finding(next(f for f in spelt.findings() if f.words[0] == "maisson"))
    desk.deciding.accept_word()
    assert words(spelt) == ["biblothèque", "vilage"]
    assert [waiver.key for waiver in spelt.words.accepted()] == ["maisson"]
    check_again(spelt)
    assert words(spelt) == ["biblothèque", "vilage"]
    spelt.undo()
    check_again(spelt)
    assert words(spelt)[1:4] == ["maisson"] * 3


def test_a_word_of_ones_own_is_right_from_then_on(spelt, qtbot, tmp_path):
    desk = Desk(IdleWorker(), None)
    qtbot.addWidget(desk)
    spelt.listen(desk.follow)
    desk.open(spelt)
    finding = spelt.findings()[0]
    popover = WaivePopover(finding, "", desk)
    popover.kept.connect(desk.deciding._keep_word)
    button = next(b for b in popover.findChildren(QAbstractButton) if "all my" in b.text())
    button.click()
    QTest.keyClick(popover, Qt.Key.Key_Return)
    assert own_words("fr") == ("biblothèque",)
    assert "biblothèque" not in words(spelt)
    assert not spelt.words.accepted()
    spelt.edit(0, "La biblothèque est grande.")
    check_again(spelt)
    assert words(spelt) == ["maisson", "maisson", "maisson", "vilage"]
    other = open_sample(tmp_path / "..", TEXTS, checked=False)
    check_again(other)
    assert "biblothèque" not in words(other)
    other.close()


def test_a_word_found_often_stands_once_behind_the_others(spelt):
    model = FindingsModel()
    model.show(spelt, ())
    section = next(s for s in model.sections if s.check == "spelling")
    assert [entry.words[0] for entry in section.entries] == [
        "biblothèque",
        "vilage",
        *["maisson"] * 3,
    ]
    messages = [model.message(entry) for entry in section.entries]
    assert messages[0] == "“biblothèque” is not in the dictionary."
    assert messages[2] == "“maisson” is not in the dictionary. 3 times."


# The lists of words


@pytest.fixture
def dialog(spelt, qtbot):
    from reviewer.ui.tuning import Tuning

    tuning = Tuning(None)
    tuning.open(spelt)
    spelt.listen(lambda _change: tuning.refresh())
    tuning.show_words()
    dialog = tuning._words.now
    assert isinstance(dialog, WordsDialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    yield dialog
    dialog.close()


def listed(dialog):
    items = map(dialog._tree.topLevelItem, range(dialog._tree.topLevelItemCount()))
    return [item.data(0, Qt.ItemDataRole.UserRole) for item in items]


def enter(dialog, word):
    dialog._new.setText(word)
    QTest.keyClick(dialog._new, Qt.Key.Key_Return)


def test_words_of_the_project_are_added_and_removed(dialog, spelt):
    enter(dialog, "  Maisson ")
    enter(dialog, "Vilage")
    enter(dialog, "vilage")
    assert listed(dialog) == ["maisson", "vilage"]
    assert words(spelt) == ["biblothèque"]
    dialog._tree.topLevelItem(0).setSelected(True)
    dialog.activateWindow()
    dialog._tree.setFocus()
    QTest.keyClick(dialog._tree, Qt.Key.Key_Delete)
    assert listed(dialog) == ["vilage"]
    spelt.undo()
    assert listed(dialog) == ["maisson", "vilage"]
    assert all(waiver.scope is WaiverScope.WORD for waiver in spelt.words.accepted())


def test_a_list_is_imported_as_one_step_and_exported(dialog, spelt, tmp_path):
    mine = tmp_path / "words.txt"
    mine.write_text("3\nmaisson/S\n# a remark\nvilage\tvillage\nnasi goreng\n", "utf-8-sig")
    dialog._import([str(mine)])
    assert listed(dialog) == ["maisson", "nasi goreng", "vilage"]
    out = tmp_path / "out.txt"
    dialog._ask_export()
    asked = dialog.findChild(QFileDialog)
    assert Path(asked.selectedFiles()[0]).parent == spelt.path.parent
    asked.reject()
    dialog._export_to(str(out))
    assert out.read_text("utf-8") == "maisson\nnasi goreng\nvilage\n"
    spelt.undo()
    assert listed(dialog) == []


def test_the_own_list_of_libreoffice_is_read(dialog, tmp_path):
    mine = tmp_path / "standard.dic"
    mine.write_text("OOoUserDict1\nlang: <none>\ntype: positive\n---\nvilage\nmaisson\n", "utf-8")
    dialog._import([str(mine)])
    assert listed(dialog) == ["maisson", "vilage"]


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"\xff\xfe\x00", "is not UTF-8"), (b"a" * 9_000_000, "too large"), (None, "cannot be read")],
)
def test_a_list_that_cannot_be_read_is_told(dialog, tmp_path, content, told):
    path = tmp_path / "words.txt"
    if content is not None:
        path.write_bytes(content)
    dialog._import([str(path)])
    assert told in dialog._told.text()
    assert "\n" not in dialog._told.text()
    assert listed(dialog) == []


def test_the_own_words_lie_in_a_file_per_language(dialog, spelt):
    dialog.show_own()
    enter(dialog, "Maisson")
    enter(dialog, "Bitext")
    assert own_words_file("fr").read_text("utf-8") == "Bitext\nMaisson\n"
    assert "maisson" not in words(spelt)
    assert not spelt.words.accepted()
    dialog._tree.topLevelItem(1).setSelected(True)
    dialog.remove()
    assert listed(dialog) == ["Bitext"]
    assert "maisson" in words(spelt)


def test_own_words_that_cannot_be_written_are_told(spelt, qtbot):
    folder = own_words_file("fr").parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way", "utf-8")
    desk = Desk(IdleWorker(), None)
    qtbot.addWidget(desk)
    spelt.listen(desk.follow)
    desk.open(spelt)
    told = []
    desk.deciding.told.connect(told.append)
    desk.tuning.failed.connect(told.append)
    before = words(spelt)
    desk.deciding._keep_word("maisson")
    desk.tuning._keep_own_words(("maisson",))
    assert len(told) == 2
    assert all(str(folder) in sentence for sentence in told)
    assert words(spelt) == before


# The dictionaries


def about(review, qtbot):
    dialog = ChecksDialog(review)
    qtbot.addWidget(dialog)
    dialog.show_check("spelling")
    return dialog._about.text(), dialog._folder.isHidden()


def test_the_dialog_of_checks_names_the_dictionary(spelt, qtbot):
    text, hidden = about(spelt, qtbot)
    assert str(own_folder() / "fr.dic") in text
    assert hidden


def test_without_a_dictionary_it_says_where_to_put_one(tmp_path, qtbot):
    review = open_sample(tmp_path, TEXTS)
    text, hidden = about(review, qtbot)
    assert str(own_folder()) in text
    assert "French" in text
    assert not hidden
    review.close()


def test_a_broken_dictionary_is_told(dictionary, tmp_path, qtbot):
    (dictionary / "fr.dic").write_text("what?", "utf-8")
    review = open_sample(tmp_path, TEXTS, checked=False)
    done = check_again(review)
    assert done.trouble
    assert "\n" not in done.trouble
    assert not words(review)
    assert review.words.spelling.speller.is_ready(20)
    assert about(review, qtbot)[0] == done.trouble
    review.close()


def test_without_the_package_everything_else_works(dictionary, tmp_path, qtbot, monkeypatch):
    for place in ("reviewer.review.checking.spelling", "reviewer.text.speller"):
        monkeypatch.setattr(f"{place}.is_available", lambda: False)
    review = open_sample(tmp_path, TEXTS, checked=False)
    assert not check_again(review).trouble
    assert not words(review)
    assert "bitext-reviewer[spelling]" in about(review, qtbot)[0]
    review.close()
