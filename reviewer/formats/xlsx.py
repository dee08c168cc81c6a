"""The first sheet of an Excel workbook (ISO/IEC 29500) as rows of texts, and back.

A workbook is a ZIP file from anywhere: sizes are looked at before anything is unpacked, and the
XML in it is read as `xml_stream` reads it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from reviewer.errors import FormatError, system_reason
from reviewer.formats.cell_names import column_of
from reviewer.formats.sheet_names import BOOK, LINKS, first_sheet
from reviewer.formats.xml_stream import XmlStream, local_name, opened_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from lxml import etree

MOST_COLUMNS = 100
_LARGEST_STRINGS = 256 * 1024 * 1024
_LARGEST_SHEET = 1024 * 1024 * 1024
"""Bytes of unpacked XML that are read at most."""
_LARGEST_BOOK = 16 * 1024 * 1024
_NUMBER = re.compile(r"\d+")
_LONGEST_CELL = 32_767
"""Characters that Excel takes."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def rows(path: Path, check: Callable[[], None] = lambda: None) -> Iterator[list[str]]:
    """Yield the rows of the first sheet, empty ones left out; raises FormatError."""
    opened_file(path).close()
    try:
        with zipfile.ZipFile(path) as book:
            yield from _rows(path, book, check)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError):
        # The last two are what zipfile says of broken and of encrypted files.
        message = f"“{path.name}” is no sound Excel workbook (.xlsx)."
        raise FormatError(message) from None
    except OSError as error:
        reason = system_reason(error) if error.errno else "it is damaged"
        message = f"“{path.name}” could not be read: {reason}."
        raise FormatError(message) from None


def _rows(path: Path, book: zipfile.ZipFile, check: Callable[[], None]) -> Iterator[list[str]]:
    parts = {info.filename: info for info in book.infolist()}
    sheets = [n for n in parts if n.startswith("xl/worksheets/") and n.endswith(".xml")]
    if not sheets:
        message = f"“{path.name}” is no Excel workbook (.xlsx)."
        raise FormatError(message)
    sheet = _first_sheet(path, book, parts, check) or min(sheets, key=_number)
    strings = _strings(path, book, parts, check)
    stream = _stream(path, book, parts[sheet], _LARGEST_SHEET, ("worksheet",), "row", check)
    for row, _line in stream.elements():
        cells = _cells(row, strings)
        if any(cells):
            yield cells


def _number(name: str) -> tuple[int, str]:
    """Return the number in the name of a sheet, where the workbook does not say which is first."""
    return int((_NUMBER.findall(name) or ["0"])[-1]), name


def _first_sheet(
    path: Path,
    book: zipfile.ZipFile,
    parts: dict[str, zipfile.ZipInfo],
    check: Callable[[], None],
) -> str | None:
    if BOOK not in parts or LINKS not in parts:
        return None
    tabs = [
        (sheet.get("state", "visible"), _by_local_name(sheet, "id"))
        for sheet, _line in _stream(
            path, book, parts[BOOK], _LARGEST_BOOK, ("workbook",), "sheet", check
        ).elements()
    ]
    links = _stream(
        path, book, parts[LINKS], _LARGEST_BOOK, ("Relationships",), "Relationship", check
    )
    targets = {link.get("Id", ""): link.get("Target", "") for link, _line in links.elements()}
    return first_sheet(tabs, targets, parts.__contains__)


def _by_local_name(element: etree._Element, name: str) -> str:
    found = (value for key, value in element.items() if str(key).endswith(f"}}{name}"))
    return str(next(found, ""))


def _strings(
    path: Path,
    book: zipfile.ZipFile,
    parts: dict[str, zipfile.ZipInfo],
    check: Callable[[], None],
) -> list[str]:
    """Return the texts that cells name by number; there may be none."""
    part = parts.get("xl/sharedStrings.xml")
    if part is None:
        return []
    stream = _stream(path, book, part, _LARGEST_STRINGS, ("sst",), "si", check)
    return [_text(element) for element, _line in stream.elements()]


def _stream(
    path: Path,
    book: zipfile.ZipFile,
    part: zipfile.ZipInfo,
    largest: int,
    roots: Sequence[str],
    unit: str,
    check: Callable[[], None],
) -> XmlStream:
    if part.file_size > largest:
        message = f"“{path.name}” is too large: more than {largest >> 20} MB when unpacked."
        raise FormatError(message)

    def opened() -> IO[bytes]:
        return book.open(part)

    return XmlStream(path, roots, (unit,), "Excel workbook", check, opened)


def _cells(row: etree._Element, strings: Sequence[str]) -> list[str]:
    found: list[str] = []
    for cell in row:
        if local_name(cell) != "c":
            continue
        column = column_of(cell.get("r") or "", len(found))
        if column >= MOST_COLUMNS:
            break
        found += [""] * (column + 1 - len(found))
        found[column] = _value(cell, strings)
    return found


def _value(cell: etree._Element, strings: Sequence[str]) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        return _text(cell)
    value = next((str(c.text or "") for c in cell if local_name(c) == "v"), "")
    if kind != "s":
        return value.strip()
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1
    return strings[number] if 0 <= number < len(strings) else ""


def _text(element: etree._Element) -> str:
    """Return the text of runs; how Japanese is read aloud is left out."""
    found = []
    for part in element.iter():
        parent = part.getparent()
        phonetic = parent is not None and local_name(parent) == "rPh"
        if local_name(part) == "t" and part.text and not phonetic:
            found.append(part.text)
    return "".join(found)


# Writing


def written(table: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook of one sheet; its first row is a head that stays in view."""
    import xlsxwriter

    out = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, plain)
    sheet = book.add_worksheet("Termbase")
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, _NO_XML.sub("", cell)[:_LONGEST_CELL])
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
