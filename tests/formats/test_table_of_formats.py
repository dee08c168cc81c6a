"""The table of docs/formats.md has every format, and every test that it names is there."""

import ast
import re
from pathlib import Path

from reviewer.formats import BILINGUAL_READERS, READERS, TABLE_READERS
from reviewer.formats.conversion import CONVERSIONS

TESTS = Path(__file__).parent.parent
TEXT = (TESTS.parent / "docs" / "formats.md").read_text("utf-8")
COLUMNS = 6


def rows():
    """Return the cells of each row of the first table."""
    lines = [line for line in TEXT.splitlines() if re.search(r"\(`[\w-]+`\) \|", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def functions(stem):
    """Return the names of the tests in the files of a name."""
    return {
        node.name
        for file in TESTS.rglob(f"{stem}.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }


def test_every_format_has_a_full_row():
    named = {re.search(r"\(`([\w-]+)`\)", row[0])[1] for row in rows()}
    assert named == {reader.name for reader in (*READERS, *BILINGUAL_READERS, *TABLE_READERS)}
    for row in rows():
        assert len(row) == COLUMNS
        assert all(row)
        assert "::" in row[1]


def test_every_named_test_is_there():
    named = re.findall(r"(test_\w+)::(test_\w+)", TEXT)
    assert len(named) > 50
    missing = {f"{stem}::{name}" for stem, name in named if name not in functions(stem)}
    assert not missing


def test_every_other_format_of_an_export_is_named():
    table = TEXT.partition("written anew")[2]
    words = {".xlf": "XLIFF 2.1", ".tmx": "TMX", ".xlsx": "XLSX", ".csv": "CSV", ".tsv": "TSV"}
    words |= {".html": "Web page", ".txt": "Plain text"}
    for conversion in CONVERSIONS:
        assert words[conversion.suffixes[0]] in table
