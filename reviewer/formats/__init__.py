"""Files to units and back, one file per format."""

from __future__ import annotations

import stat
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from reviewer.errors import FormatError, system_reason
from reviewer.formats import (
    android,
    apple_strings,
    docx,
    docx_table,
    html,
    json_resource,
    markdown,
    odt,
    pdf,
    po,
    pptx,
    properties,
    resx,
    rtf,
    srt,
    stringsdict,
    table,
    text,
    tmx_document,
    vtt,
    workbook,
    xliff,
    yaml_resource,
)
from reviewer.formats.refusal import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reviewer.formats.base import BilingualContent, BilingualReader, Content, Reader, Writer
    from reviewer.formats.keyed import KeyedContent, KeyedFormat

KEYED = (
    json_resource.FORMAT,
    yaml_resource.FORMAT,
    android.FORMAT,
    apple_strings.FORMAT,
    stringsdict.FORMAT,
    properties.FORMAT,
    resx.FORMAT,
)
"""Resources: two files of one of these formats are paired by their keys."""
READERS: tuple[Reader, ...] = (
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
    *(each.reader for each in KEYED),
)
BILINGUAL_READERS = (
    xliff.READER,
    tmx_document.READER,
    po.READER,
    table.READER,
    workbook.READER,
)
TABLE_READERS = (docx_table.READER,)
"""Documents that hold both columns where they are read alone, and one where they are not."""
WRITERS: tuple[Writer, ...] = (
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
    docx_table.WRITER,
    *(each.writer for each in KEYED),
)

LARGEST = 256 * 1024 * 1024
"""Bytes of the largest file that is read."""


def read_file(path: Path, options: Mapping[str, Any]) -> tuple[bytes, Reader, Content]:
    """Read a file; options as in `formats.base.Read`, or a recipe.

    Raises FormatError for what is missing, unreadable, empty, too large or no text, and
    EncodingError where the encoding must be asked for.
    """
    data = file_bytes(path)
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
    data, name = file_bytes(path), path.name
    _refuse_size(name, data)
    reader = bilingual_reader_of(name) or _table_reader_of(name)
    if reader is None:
        message = f"“{name}” holds one text, not a text and its translation."
        raise FormatError(message)
    try:
        return data, reader, reader.read(data, options)
    except FormatError as error:
        message = f"“{name}”: {error}"
        raise type(error)(message) from None


def read_keyed(
    paths: tuple[Path, Path], options: tuple[Mapping[str, Any], Mapping[str, Any]]
) -> tuple[KeyedFormat, tuple[bytes, bytes], KeyedContent]:
    """Read two resource files of one format by their keys; options as in `read_file`.

    Raises FormatError, EncodingError, both naming the file.
    """
    first, second = (file_bytes(path) for path in paths)
    return read_keyed_bytes((paths[0].name, paths[1].name), (first, second), options)


def read_keyed_bytes(
    names: tuple[str, str],
    files: tuple[bytes, bytes],
    options: tuple[Mapping[str, Any], Mapping[str, Any]],
) -> tuple[KeyedFormat, tuple[bytes, bytes], KeyedContent]:
    """Read the contents of two resource files, as `read_keyed` does."""
    format_ = keyed_format_of(*names)
    if format_ is None:
        message = f"“{names[0]}” and “{names[1]}” are no resources of one format."
        raise FormatError(message)
    laid_out = []
    for name, data, said in zip(names, files, options, strict=True):
        _refuse_size(name, data)
        reason = refusal(name, data)
        if reason:
            message = f"“{name}” {reason}."
            raise FormatError(message)
        try:
            laid_out.append(format_.lay_out(data, said))
        except FormatError as error:
            message = f"“{name}”: {error}"
            raise type(error)(message) from None
    return format_, files, format_.paired(files, (laid_out[0], laid_out[1]))


def keyed_format_of(source: str, target: str) -> KeyedFormat | None:
    """Return the format in which two files are paired by their keys, by their names."""
    for format_ in KEYED:
        if all(name.lower().endswith(format_.suffixes) for name in (source, target)):
            return format_
    return None


def bilingual_reader_of(name: str) -> BilingualReader | None:
    """Return the reader of a file that holds both columns, by its name; None for other files."""
    lowered = name.lower()
    return next((r for r in BILINGUAL_READERS if lowered.endswith(r.suffixes)), None)


def _table_reader_of(name: str) -> BilingualReader | None:
    lowered = name.lower()
    return next((r for r in TABLE_READERS if lowered.endswith(r.suffixes)), None)


def may_hold_both(name: str) -> bool:
    """Return whether a document of that name may be a table of both columns; see `holds_both`."""
    return _table_reader_of(name) is not None


def holds_both(path: Path) -> bool:
    """Return whether a file that is read alone holds a text and its translation.

    By its name, or, of a document that may be a table, by what it holds. False for what cannot
    be read.
    """
    if bilingual_reader_of(path.name) is not None:
        return True
    if not may_hold_both(path.name):
        return False
    try:
        return docx_table.is_table(file_bytes(path))
    except FormatError:
        return False


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
    known = (*BILINGUAL_READERS, *TABLE_READERS)
    readers: tuple[Reader | BilingualReader, ...] = (*READERS, *known)
    reader = next((reader for reader in readers if reader.name == format_), None)
    writer = next((writer for writer in WRITERS if writer.name == format_), None)
    if reader is None or writer is None:
        return ()
    own = PurePath(name).suffix.lower()
    if writer.suffix:
        return (writer.suffix,)
    return (own,) if writer.keeps_suffix else tuple(dict.fromkeys((own, *reader.suffixes)))


def file_bytes(path: Path) -> bytes:
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
        message = f"“{path}” could not be read: {system_reason(error)}."
    except ValueError:
        message = f"“{path.name!r}” is no name of a file."
    raise FormatError(message)


def _too_large(name: str, size: int) -> str:
    mega = 1024 * 1024
    return f"“{name}” is too large: {size // mega} MB, where {LARGEST // mega} MB can be read."
