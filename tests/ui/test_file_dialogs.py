"""Files and folders that are asked for."""

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from reviewer.ui.look.file_dialogs import ask_for_files, ask_for_folder, ask_where_to_save

MODE = QFileDialog.FileMode


@pytest.mark.parametrize(
    ("ask", "mode"),
    [
        (lambda parent, take: ask_for_files(parent, "A", take), MODE.ExistingFiles),
        (lambda parent, take: ask_for_files(parent, "A", take, several=False), MODE.ExistingFile),
        (lambda parent, take: ask_for_folder(parent, "A", take), MODE.Directory),
        (lambda parent, take: ask_where_to_save(parent, "A", take, suffix=".txt"), MODE.AnyFile),
    ],
)
def test_a_dialog_asks_takes_and_goes(qtbot, tmp_path, ask, mode):
    parent = QWidget()
    qtbot.addWidget(parent)
    taken = []
    ask(parent, taken.append)
    (dialog,) = parent.findChildren(QFileDialog)
    assert dialog.fileMode() is mode
    place = str(tmp_path / "a")
    dialog.filesSelected.emit([place])
    dialog.fileSelected.emit(place)
    assert taken in ([[place]], [place])
    dialog.reject()
    qtbot.waitUntil(lambda: not parent.findChildren(QFileDialog))


def test_a_file_to_write_gets_its_suffix_and_kind(qtbot, tmp_path):
    parent = QWidget()
    qtbot.addWidget(parent)
    kinds = ("Texts (*.txt)", "All files (*)")
    dialog = ask_where_to_save(
        parent, "A", print, kinds=kinds, start=tmp_path / "b.txt", suffix=".txt"
    )
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert (dialog.defaultSuffix(), tuple(dialog.nameFilters())) == ("txt", kinds)
    assert dialog.directory().absolutePath() == str(tmp_path)
    dialog.reject()
