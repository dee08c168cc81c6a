"""The process around the window: display, dress, translations, garbage, the start."""

import gc
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFileOpenEvent

from reviewer.settings import Settings, load_settings
from reviewer.ui import app
from reviewer.ui.app import Application, Collector, Dresser, NoDisplayError, require_display
from reviewer.ui.look import theme


def test_missing_display_is_one_sentence(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(NoDisplayError, match="no display"):
        require_display()
    monkeypatch.setenv("DISPLAY", ":1")
    require_display()


def test_settings_dress_the_application_and_are_kept(qapp):
    palette, font = qapp.palette(), qapp.font()
    dresser = Dresser(qapp, Settings(theme="light"))
    assert theme.theme_of(qapp.palette()) is theme.light()
    dresser.take(Settings(theme="dark", reviewer_name="Ana"))
    assert theme.theme_of(qapp.palette()) is theme.dark()
    assert load_settings().reviewer_name == "Ana"
    dresser.take(replace(load_settings(), theme="light"))
    assert theme.theme_of(qapp.palette()) is theme.light()
    dresser.deleteLater()
    qapp.setPalette(palette)
    qapp.setFont(font)


def test_garbage_is_collected_on_the_window_s_thread_alone(qapp):
    try:
        collector = Collector(qapp)
        assert not gc.isenabled()
        for _ in range(20):
            collector._collect()
        assert gc.get_freeze_count() > 0
        collector.start_over()
        assert gc.get_freeze_count() == 0
        collector.deleteLater()
    finally:
        gc.enable()


def test_no_translation_is_no_error(qapp):
    for language in ("xq", "en"):
        assert app.install_translations(qapp, Settings(interface_language=language)) == []


def test_a_window_speaks_one_language(qapp, monkeypatch, tmp_path):
    monkeypatch.setattr(app.paths, "resource", lambda *_: tmp_path)
    arabic = Settings(interface_language="ar")
    assert app.install_translations(qapp, arabic) == []
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight
    source = tmp_path / "reviewer_ar.ts"
    source.write_text(
        '<?xml version="1.0"?><!DOCTYPE TS><TS version="2.1" language="ar"><context>'
        "<name>x</name><message><source>Open</source><translation>افتح</translation>"
        "</message></context></TS>",
        "utf-8",
    )
    command = [Path(sys.executable).parent / "pyside6-lrelease", source]
    subprocess.run(command, check=True, capture_output=True)
    kept = app.install_translations(qapp, arabic)
    try:
        assert [translator.language() for translator in kept] == ["ar", "ar"]
        assert qapp.translate("x", "Open") == "افتح"
        assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
    finally:
        for translator in kept:
            qapp.removeTranslator(translator)


def test_file_handed_over_by_the_system_is_asked_for(qapp, qtbot):
    if not isinstance(qapp, Application):
        pytest.skip("another test made the application")
    with qtbot.waitSignal(qapp.file_asked) as asked:
        qapp.event(QFileOpenEvent(QUrl.fromLocalFile("/tmp/x.bitext")))
    assert asked.args == ["/tmp/x.bitext"]


def test_empty_window_needs_neither_numpy_nor_sql():
    code = (
        "import sys; from reviewer.ui.app import Application; import reviewer.ui.main_window;"
        "print([m for m in ('numpy', 'sqlite3', 'multiprocessing', 'regex') if m in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert found.stdout.strip() == "[]", found.stderr


def test_what_was_copied_outlives_the_program_s_python():
    code = (
        "from PySide6.QtCore import QMimeData; from PySide6.QtWidgets import QTextEdit;"
        "from reviewer.ui.app import Application, leave_clipboard\n"
        "class Text(QTextEdit):\n"
        "    def createMimeDataFromSelection(self):\n"
        "        data = QMimeData(); data.setText('copied'); return data\n"
        "app = Application([]); text = Text('x'); text.selectAll(); text.copy()\n"
        "leave_clipboard(app.clipboard()); print(app.clipboard().text())\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout.strip()) == (0, "copied"), found.stderr
