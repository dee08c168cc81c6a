"""Files that are no text, or whose text stands in a structure that this version cannot give back.

Reading them as plain text would show their markup as sentences and break it at export.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from reviewer.formats.encoding import utf_16_by_nuls

_ZIPPED = (
    (b"word/", "is a Word document, but not named .docx"),
    (b"xl/", "is an Excel workbook"),
    (b"ppt/", "is a PowerPoint presentation, but not named .pptx"),
    (b"opendocument.text", "is an OpenDocument text, but not named .odt"),
    (b"opendocument", "is an OpenDocument file"),
    (b"epub+zip", "is an e-book"),
)
_MAGIC = (
    (b"%PDF-", "is a PDF, but not named .pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an encrypted or an old Office document"),
    (b"{\\rtf", "is a Rich Text document, but not named .rtf"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"GIF8", "is a picture"),
    (b"SQLite format 3\0", "is a database, perhaps a review project"),
    (b"\x1f\x8b", "is a compressed file"),
    (b"BZh", "is a compressed file"),
    (b"\xfd7zXZ\0", "is a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "is a compressed file"),
    (b"Rar!", "is a compressed file"),
    (b"\x7fELF", "is a program"),
    (b"MZ\x90", "is a program"),
)
_OFFICE = {
    **dict.fromkeys((".docx", ".doc", ".docm", ".dotx"), "is a Word document"),
    **dict.fromkeys((".odt", ".ods", ".odp"), "is an OpenDocument file"),
    **dict.fromkeys((".xlsx", ".xls"), "is an Excel workbook"),
    **dict.fromkeys((".pptx", ".ppt"), "is a PowerPoint presentation"),
    ".rtf": "is a Rich Text document",
    ".pdf": "is a PDF",
    ".epub": "is an e-book",
    ".idml": "is an InDesign document",
    ".bitext": "is a review project",
}
_STRUCTURED = {
    **dict.fromkeys((".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"), "is an XLIFF file"),
    ".tmx": "is a translation memory",
    ".tbx": "is a termbase",
    **dict.fromkeys((".dita", ".ts", ".svg"), "is an XML file"),
    **dict.fromkeys((".po", ".pot"), "is a gettext catalogue"),
    **dict.fromkeys((".ass", ".ssa"), "is a subtitle file"),
    **dict.fromkeys((".csv", ".tsv"), "is a table"),
    ".toml": "is a data file",
    **dict.fromkeys((".tex", ".latex"), "is a LaTeX document"),
}
_READ_FROM_ARCHIVES = frozenset(
    {".docx", ".docm", ".dotx", ".odt", ".ott", ".pptx", ".pptm", ".ppsx"}
)
_READ_BY_SUFFIX = {b"%PDF-": ".pdf", b"{\\rtf": ".rtf"}
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x7f]")
_SAMPLE = 64 * 1024
_MARKED = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def refusal(name: str, data: bytes) -> str | None:
    """Return what a file is, where it is nothing that is read ("is a PDF"); else None."""
    suffix = PurePath(name).suffix.lower()
    if data.startswith(b"PK\x03\x04"):
        if suffix in _READ_FROM_ARCHIVES:
            return None
        head = data[:_SAMPLE] + data[-_SAMPLE:]
        found = next((kind for mark, kind in _ZIPPED if mark in head), None)
        return found or _OFFICE.get(suffix, "is a ZIP archive")
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return None if _READ_BY_SUFFIX.get(magic) == suffix else kind
    if suffix in _OFFICE:
        return f"{_OFFICE[suffix]} by its name, and damaged or something else inside"
    if suffix in _STRUCTURED:
        return _STRUCTURED[suffix]
    return "is not a text file" if _is_binary(data) else None


def _is_binary(data: bytes) -> bool:
    """Whether the bytes hold NULs or many control characters and are no UTF-16 or UTF-32."""
    if data.startswith(_MARKED) or utf_16_by_nuls(data, least=0.01):
        return False
    sample = data[:_SAMPLE]
    return b"\0" in data or len(_CONTROL.findall(sample)) * 20 > len(sample)
