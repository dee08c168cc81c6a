"""Rules of the house that no linter knows."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "reviewer"
SOURCES = sorted(PACKAGE.rglob("*.py"))


def _calls(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def _name(call):
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_translated_is_a_plain_literal(path):
    for call in _calls(path):
        place = f"{path.name}:{call.lineno}"
        if _name(call) == "tr" and isinstance(call.func, ast.Attribute):
            assert isinstance(call.args[0], ast.Constant), place
        if _name(call) == "QT_TRANSLATE_NOOP":
            assert all(isinstance(argument, ast.Constant) for argument in call.args), place


COUNTED = re.compile(r"\{\d\} [a-z]*(decision|edit|finding|place|change|time|file|rule|way)s\b")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_counted_has_a_plural_in_every_language(path):
    for call in _calls(path):
        if _name(call) in {"tr", "QT_TRANSLATE_NOOP"} and len(call.args) < 3:
            texts = (a.value for a in call.args if isinstance(a, ast.Constant))
            assert not any(COUNTED.search(str(text)) for text in texts), (
                f"{path.name}:{call.lineno}"
            )


def test_settings_of_qt_hold_the_window_geometry_only():
    holders = {path.name for path in SOURCES if "QSettings" in path.read_text("utf-8")}
    assert holders <= {"main_window.py"}


@pytest.mark.parametrize(("room", "constant"), [("checks", "CHECK"), ("formats", "READER")])
def test_every_file_of_a_room_is_registered(room, constant):
    registered = (PACKAGE / room / "__init__.py").read_text("utf-8")
    for path in sorted((PACKAGE / room).rglob("*.py")):
        if re.search(rf"^{constant}\b", path.read_text("utf-8"), re.MULTILINE):
            assert re.search(rf"\b{path.stem}\b", registered), path.name


def test_no_event_is_ever_changed_or_taken_away():
    forbidden = re.compile(r"""["'\s](UPDATE|DELETE FROM|REPLACE INTO|DROP TABLE)\s""")
    for path in sorted((PACKAGE / "store").rglob("*.py")):
        assert not forbidden.search(path.read_text("utf-8")), path.name


def test_sentences_never_say_should():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node) in {"tr", "QT_TRANSLATE_NOOP"}:
                for argument in node.args:
                    text = argument.value if isinstance(argument, ast.Constant) else ""
                    assert not re.search(r"\bshould\b", str(text)), f"{path.name}:{node.lineno}"


def test_every_source_file_has_a_docstring():
    for path in SOURCES:
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal since Python 3.12")
def test_qt_keeps_the_references_to_none(qtbot):
    from PySide6.QtWidgets import QPlainTextEdit

    editor = QPlainTextEdit()
    qtbot.addWidget(editor)
    cursor = editor.textCursor()
    before = sys.getrefcount(None)
    for _ in range(200):
        cursor.insertText("x")
    assert sys.getrefcount(None) - before >= -20


def test_groups_are_made_possessive_by_regex_alone():
    """Until 3.11.5 Python's own `re` goes wrong where such a group can be matched in two ways."""
    wrong = re.compile(r"(?<!\\)\)(?:[*+?]|\{[\d,]*\})\+")
    for path in SOURCES:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("re."):
                texts = (n.value for a in call.args[:1] for n in ast.walk(a) if _is_text(n))
                assert not any(wrong.search(text) for text in texts), (path.name, call.lineno)


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
