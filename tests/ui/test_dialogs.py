"""Import, paste, preferences, keys, crash and about."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
)

from reviewer.review.checking.pipeline import Reading
from reviewer.review.tasks.requests import Look
from reviewer.settings import Settings
from reviewer.ui.actions import Actions
from reviewer.ui.commands import COMMANDS, MENUS, Menu
from reviewer.ui.dialogs.about_dialog import AboutDialog
from reviewer.ui.dialogs.crash_dialog import CrashDialog, CrashReporter, describe
from reviewer.ui.dialogs.import_dialog import ImportDialog
from reviewer.ui.dialogs.paste_dialog import PasteDialog
from reviewer.ui.dialogs.preferences_dialog import PreferencesDialog
from reviewer.ui.keys import KeysDialog, key_table
from reviewer.ui.look.controls import resize_on_screen
from reviewer.ui.look.language_combo import LanguageCombo
from reviewer.ui.look.open_dialog import OpenDialog
from reviewer.ui.pair_menu import PAIR_MENU
from reviewer.ui.panels.find_bar import FindBar

SOURCE = Look(
    Reading(Path("sumber.txt")),
    "text",
    "utf-8",
    "breaks",
    "id",
    sure=True,
    segments=2,
    preview=("Satu dua.", "Tiga."),
)
TARGET = Look(
    Reading(Path("cible.txt")),
    "text",
    "windows-1252",
    "wrapped",
    "fr",
    sure=False,
    segments=2,
    preview=("Un deux.", "Trois."),
)


def dialog_for(qtbot, source, target):
    dialog = ImportDialog(source, target)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    return dialog


def test_import_is_possible_once_nothing_is_missing(qtbot):
    dialog = dialog_for(qtbot, SOURCE, replace(TARGET, language="und"))
    assert not dialog._import.isEnabled()
    dialog._target.language.set_tag("fr")
    assert dialog._import.isEnabled()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog._import.click()
    source, target = chosen.args
    assert (source.language, source.encoding, source.lines) == ("id", "utf-8", "breaks")
    assert (target.language, target.encoding, target.lines) == ("fr", "windows-1252", "wrapped")


def test_swap_exchanges_files_and_languages(qtbot):
    dialog = dialog_for(qtbot, SOURCE, TARGET)
    dialog.swap()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog._import.click()
    assert [reading.path.name for reading in chosen.args] == ["cible.txt", "sumber.txt"]
    assert [reading.language for reading in chosen.args] == ["fr", "id"]


def test_unknown_encoding_must_be_chosen_and_is_tried(qtbot):
    unread = Look(Reading(Path("cible.txt")), error="It fits none.", ask_encoding=True)
    dialog = dialog_for(qtbot, SOURCE, unread)
    box = dialog._target._encoding
    assert not dialog._import.isEnabled()
    box.setCurrentIndex(box.findData("koi8-r"))
    with qtbot.waitSignal(dialog.look_asked) as asked:
        box.activated.emit(box.currentIndex())
    assert asked.args[0][1].encoding == "koi8-r"
    dialog.show_looks(SOURCE, replace(TARGET, encoding="koi8-r"))
    assert dialog._import.isEnabled()


def test_chosen_language_survives_a_second_look(qtbot):
    dialog = dialog_for(qtbot, SOURCE, TARGET)
    dialog._target.language.set_tag("ca")
    dialog._target.language.activated.emit(0)
    dialog.show_looks(SOURCE, TARGET)
    assert dialog._target.reading.language == "ca"


def test_language_is_found_by_typing(qtbot):
    combo = LanguageCombo()
    qtbot.addWidget(combo)
    assert combo.tag == ""
    combo.lineEdit().setText("Indone")
    combo.lineEdit().editingFinished.emit()
    assert (combo.tag, combo.currentText()) == ("id", "Indonesian")
    combo.set_tag("fr-CA")
    assert combo.currentText() == "French (Canada)"
    combo.lineEdit().setText("no such language")
    combo.lineEdit().editingFinished.emit()
    assert combo.tag == "fr-CA"


def test_two_texts_are_pasted(qtbot):
    dialog = PasteDialog()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    source, target = dialog.findChildren(QPlainTextEdit)
    source.setPlainText("Satu.")
    assert not dialog._review.isEnabled()
    target.setPlainText("Un.")
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog._review.click()
    assert chosen.args == ["Satu.", "Un."]


@pytest.fixture
def preferences(qtbot):
    dialog = PreferencesDialog(Settings(reviewer_name="Ana"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    return dialog


def test_preferences_take_effect_at_once(preferences, qtbot):
    with qtbot.waitSignal(preferences.settings_changed) as changed:
        preferences._theme.setCurrentIndex(preferences._theme.findData("dark"))
    assert changed.args[0].theme == "dark"
    with qtbot.waitSignal(preferences.settings_changed) as changed:
        preferences._zoom.setValue(150)
    assert (changed.args[0].theme, changed.args[0].zoom) == ("dark", 150)


def test_every_command_stands_in_one_menu():
    def names(menu):
        for entry in menu.entries:
            if isinstance(entry, Menu):
                yield from names(entry)
            elif entry is not None:
                yield entry

    listed = [name for menu in MENUS for name in names(menu)]
    assert sorted(listed) == sorted(command.name for command in COMMANDS)


def test_no_key_means_two_things(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window)
    actions.fill_menu_bar(window.menuBar())
    keys = [key.toString() for action in window.actions() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert {"F8", "Ctrl+U", "Ctrl+1", "Ctrl+9", "Alt+Down"} <= set(keys)
    assert "Ctrl+Space" not in keys


def test_keys_are_listed_and_narrowed(qtbot):
    dialog = KeysDialog()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    listed = [words for _, lines in key_table() for words, _ in lines]
    assert "Next finding" in listed
    dialog.show()
    dialog._search.setText("unify")
    shown = [name.text() for _, name, _ in dialog._lines if name.isVisible()]
    assert shown == ["Unify the term"]


def raised():
    try:
        int("text of the document")
    except ValueError:
        return sys.exc_info()


def test_report_holds_places_but_no_text_of_the_document():
    kind, _, trace = raised()
    report = describe(kind, trace)
    assert "in raised" in report
    assert "ValueError" in report
    assert "text of the document" not in report


def test_one_crash_dialog_at_a_time(qtbot):
    reporter = CrashReporter()
    reporter.report(*raised())
    dialog = reporter._dialog
    reporter.report(*raised())
    assert reporter._dialog is dialog
    dialog._copy()
    assert "ValueError" in QApplication.clipboard().text()
    dialog.accept()
    assert reporter._dialog is None


def test_crash_dialog_can_quit(qtbot):
    dialog = CrashDialog("report", Path("/var/log/x"))
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.quit_asked):
        dialog.quit_asked.emit()


def test_about_names_the_licence(qtbot):
    from PySide6.QtWidgets import QLabel

    dialog = AboutDialog()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "General Public License" in told


def texts_of(dialog):
    return [field.toPlainText() for field in dialog.findChildren(QPlainTextEdit)]


def test_review_comes_after_the_second_text(qtbot):
    dialog = PasteDialog(texts=("Satu.", "Un."))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    dialog._target.setFocus()
    qtbot.keyClick(dialog._target, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog._review
    qtbot.keyClick(dialog._review, Qt.Key.Key_Tab)
    assert dialog.focusWidget().text() == "Cancel"


def test_texts_of_a_closed_dialog_are_kept(qtbot):
    dialog = PasteDialog()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog._source.setPlainText("Satu.")
    with qtbot.waitSignal(dialog.left) as left:
        dialog.reject()
    again = PasteDialog(texts=tuple(left.args))
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(again)
    assert texts_of(again) == ["Satu.", ""]


def test_what_is_cut_in_the_preview_ends_in_dots(qtbot):
    dialog = dialog_for(qtbot, replace(SOURCE, preview=("a" * 300, "Tiga.")), TARGET)
    assert texts_of(dialog)[0] == "a" * 300 + "…\n\nTiga."


def test_keyboard_is_where_something_must_be_asked(qtbot):
    unread = Look(Reading(Path("cible.txt")), error="It fits none.", ask_encoding=True)
    dialog = dialog_for(qtbot, SOURCE, unread)
    dialog.show()
    dialog.activateWindow()
    assert dialog.focusWidget() is dialog._target._encoding
    other = dialog_for(qtbot, SOURCE, replace(TARGET, language="und"))
    other.show()
    other.activateWindow()
    assert other.focusWidget() is other._target.language


def mnemonics(titles):
    marked = (QKeySequence.mnemonic(title).toString() for title in titles)
    return [letter for letter in marked if letter]


def test_no_letter_means_two_things_in_a_menu(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window)
    actions.fill_menu_bar(window.menuBar())
    menus = [window.menuBar(), *window.menuBar().findChildren(QMenu)]
    for menu in menus:
        letters = mnemonics(action.text() for action in menu.actions())
        assert sorted(set(letters)) == sorted(letters), menu
    letters = mnemonics(actions[name].text() for name in PAIR_MENU if name is not None)
    assert sorted(set(letters)) == sorted(letters)


def test_find_bar_takes_no_letter_of_the_menus(qtbot):
    bar = FindBar()
    qtbot.addWidget(bar)
    titles = [menu.title for menu in MENUS]
    titles += [button.text() for button in bar.findChildren(QAbstractButton)]
    letters = mnemonics(titles)
    assert sorted(set(letters)) == sorted(letters)


def test_export_has_a_key():
    listed = {words: key for _, lines in key_table() for words, key in lines}
    assert listed["Export the translation"] == "Ctrl+Shift+E"


def test_keys_that_are_promised_are_free():
    keys = [QKeySequence(key).toString() for command in COMMANDS for key in command.keys]
    # Suggestions, what the editor takes, and what is promised to commands to come.
    taken = [f"Ctrl+{n}" for n in range(1, 10)]
    taken += ["Ctrl+A", "Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+Space"]
    assert sorted({*keys, *taken}) == sorted(keys + taken)
    assert not [key for key in keys if "Ctrl+Alt" in key or key == "Ctrl+Shift+U"]


@pytest.mark.parametrize(
    ("field", "files", "wanted"),
    [
        ("encoder", ("model.onnx", "spiece.model"), "ONNX"),
        ("dictionaries", ("fr.aff", "fr.dic"), "NAME.aff"),
    ],
)
def test_a_folder_is_looked_at_before_it_is_kept(
    qtbot, tmp_path, monkeypatch, field, files, wanted
):
    monkeypatch.setattr("reviewer.review.checking.spelling.is_available", lambda: True)
    dialog = PreferencesDialog(Settings(reviewer_id="ab" * 16))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    choice = getattr(dialog, f"_{field}")
    assert choice._none.isHidden()
    choice.take(str(tmp_path))
    assert wanted in choice._trouble.text()
    assert not choice._trouble.isHidden()
    for name in files:
        (tmp_path / name).write_bytes(b"x")
    with qtbot.waitSignal(dialog.settings_changed) as changed:
        choice.take(str(tmp_path))
    assert getattr(changed.args[0], field) == str(tmp_path)
    assert choice._trouble.isHidden()
    assert choice._path.whole() == str(tmp_path)
    with qtbot.waitSignal(dialog.settings_changed) as changed:
        choice._none.click()
    assert getattr(changed.args[0], field) == ""


def test_dictionaries_are_switched_on(qtbot):
    dialog = PreferencesDialog(Settings(), None)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.settings_changed) as changed:
        dialog._term_dictionaries.setChecked(True)
    assert changed.args[0].term_dictionaries is True


@pytest.mark.parametrize(("asked", "got"), [((300, 200), (300, 200)), ((9999, 9999), None)])
def test_a_dialog_is_no_larger_than_its_screen(qtbot, asked, got):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    resize_on_screen(dialog, *asked)
    room = dialog.screen().availableSize()
    width, height = got or (room.width() - 16, room.height() - 48)
    assert (dialog.width(), dialog.height()) == (width, height)


def test_a_dialog_takes_the_place_of_the_one_before(qtbot):
    one, other, question = QDialog(), QDialog(), OpenDialog()
    for dialog in (one, other):
        qtbot.addWidget(dialog)
        question.hold(dialog).open()
    assert not one.isVisible()
    assert question.now is other
    question.close()
    assert question.now is None
    assert not other.isVisible()
