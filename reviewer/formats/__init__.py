"""Files to units and back, one file per format."""

from __future__ import annotations

import stat
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from reviewer.errors import FormatError
from reviewer.formats import (
    docx,
    html,
    markdown,
    odt,
    pdf,
    po,
    pptx,
    rtf,
    srt,
    table,
    text,
    tmx_document,
    vtt,
    workbook,
    xliff,
)
from reviewer.formats.refusal import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reviewer.formats.base import BilingualContent, BilingualReader, Content, Reader

READERS = (
    text.READER,
    markdown.READER,
    html.READER,
    docx.READER,
    odt.READER,
    pptx.READER,
    srt.READER,
    vtt.READER,
    rtf.READER,
    pdf.READER,
)
BILINGUAL_READERS = (
    xliff.READER,
    tmx_document.READER,
    po.READER,
    table.READER,
    workbook.READER,
)
WRITERS = (
    text.WRITER,
    markdown.WRITER,
    html.WRITER,
    docx.WRITER,
    odt.WRITER,
    pptx.WRITER,
    srt.WRITER,
    vtt.WRITER,
    rtf.WRITER,
    pdf.WRITER,
    xliff.WRITER,
    tmx_document.WRITER,
    po.WRITER,
    table.WRITER,
    workbook.WRITER,
)

LARGEST = 256 * 1024 * 1024
"""Bytes of the largest file that is read."""


def read_file(path: Path, options: Mapping[str, Any]) -> tuple[bytes, Reader, Content]:
    """Read a file; options as in `formats.base.Read`, or a recipe.

    Raises FormatError for what is missing, unreadable, empty, too large or no text, and
    EncodingError where the encoding must be asked for.
    """
    data = _bytes(path)
    reader, content = read_bytes(path.name, data, options)
    return data, reader, content


def read_bytes(name: str, data: bytes, options: Mapping[str, Any]) -> tuple[Reader, Content]:
    """Read the contents of a file of that name; raises FormatError, EncodingError."""
    _refuse_size(name, data)
    if bilingual_reader_of(name) is not None:
        message = f"“{name}” holds a text and its translation; it is opened alone."
        raise FormatError(message)
    reason = refusal(name, data)
    if reason:
        known = ", ".join(reader.suffixes[0] for reader in READERS)
        message = f"“{name}” {reason}; this version reads {known}."
        raise FormatError(message)
    reader = reader_of(name)
    try:
        content = reader.read(data, options)
    except FormatError as error:
        message = f"“{name}”: {error}"
        raise type(error)(message) from None
    if not any(unit.translatable for unit in content.units):
        message = f"“{name}” holds no text."
        raise FormatError(message)
    return reader, content


def read_bilingual(
    path: Path, options: Mapping[str, Any]
) -> tuple[bytes, BilingualReader, BilingualContent]:
    """Read a file that holds both columns; options as in `formats.base.ReadBilingual`.

    Raises FormatError for what is missing, unreadable, empty, too large, damaged or no such file,
    and EncodingError where the encoding must be asked for.
    """
    data, name = _bytes(path), path.name
    _refuse_size(name, data)
    reader = bilingual_reader_of(name)
    if reader is None:
        message = f"“{name}” is not a file that holds a text and its translation."
        raise FormatError(message)
    try:
        return data, reader, reader.read(data, options)
    except FormatError as error:
        message = f"“{name}”: {error}"
        raise type(error)(message) from None


def bilingual_reader_of(name: str) -> BilingualReader | None:
    """Return the reader of a file that holds both columns, by its name; None for other files."""
    lowered = name.lower()
    return next((r for r in BILINGUAL_READERS if lowered.endswith(r.suffixes)), None)


def _refuse_size(name: str, data: bytes) -> None:
    if len(data) > LARGEST:
        raise FormatError(_too_large(name, len(data)))
    if not data:
        message = f"“{name}” is empty."
        raise FormatError(message)


def reader_of(name: str) -> Reader:
    """Return the reader of a file's name; what has no known suffix is taken for plain text."""
    lowered = name.lower()
    found = (reader for reader in READERS if lowered.endswith(reader.suffixes))
    return next(found, text.READER)


def suffixes_of(name: str, format_: str) -> tuple[str, ...]:
    """Return the suffixes under which a document can be given back, the first being the usual.

    `name` is the file's, `format_` its reader's. Empty where it cannot be given back.
    """
    readers = (*READERS, *BILINGUAL_READERS)
    reader = next((reader for reader in readers if reader.name == format_), None)
    writer = next((writer for writer in WRITERS if writer.name == format_), None)
    if reader is None or writer is None:
        return ()
    own = PurePath(name).suffix.lower()
    if writer.suffix:
        return (writer.suffix,)
    return (own,) if writer.keeps_suffix else tuple(dict.fromkeys((own, *reader.suffixes)))


def _bytes(path: Path) -> bytes:
    """Return the contents of an ordinary file; raises FormatError."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            message = f"“{path.name or path}” is a folder, not a file."
            raise FormatError(message)
        if not stat.S_ISREG(status.st_mode):
            message = f"“{path.name}” is not an ordinary file."
            raise FormatError(message)
        if status.st_size > LARGEST:
            raise FormatError(_too_large(path.name, status.st_size))
        return path.read_bytes()
    except FileNotFoundError:
        message = f"“{path}” was not found."
    except OSError as error:
        message = f"“{path}” could not be read: {error.strerror or error}."
    except ValueError:
        message = f"“{path.name!r}” is no name of a file."
    raise FormatError(message)


def _too_large(name: str, size: int) -> str:
    mega = 1024 * 1024
    return f"“{name}” is too large: {size // mega} MB, where {LARGEST // mega} MB can be read."
