"""Files that are ZIP archives, opened without trust, and given back with some parts changed.

Nothing is ever unpacked to a disk. Every part is inflated once and counted while it is, so that
neither a bomb nor a directory that lies about sizes gets past; limits as in `formats.md`.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reviewer.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_PARTS = 10_000
LARGEST_PART = 100 * 1024 * 1024
"""Bytes of one part, unpacked."""
LARGEST_SUM = 500 * 1024 * 1024
"""Bytes of all parts, unpacked."""
HIGHEST_RATIO = 200
"""Unpacked size over packed size of a part above 1 MB."""
_MEGA = 1024 * 1024
_ENCRYPTED, _DESCRIPTOR, _UTF_8 = 0x1, 0x8, 0x800
_LINK = 0xA
_ZIP_64 = 1
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_UNSAFE = re.compile(r"^/|^[A-Za-z]:|\\|\0|(?:^|/)\.\.(?:/|$)")


@dataclass(frozen=True, slots=True)
class Archive:
    """A ZIP archive whose every part was seen to be whole and of a bearable size.

    Attributes:
        data: the bytes of the file.
        parts: the directory, by name, in the order of the file.
    """

    data: bytes
    parts: Mapping[str, zipfile.ZipInfo]

    def __contains__(self, name: str) -> bool:
        return name in self.parts

    def read(self, name: str) -> bytes:
        """Return the contents of a part; raises FormatError where it is missing."""
        if name not in self.parts:
            message = "A part that belongs to such a file is missing."
            raise FormatError(message)
        return _inflated(self.data, self.parts[name], self.parts[name].file_size)

    def with_parts(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the archive with new contents of some parts, all the rest byte for byte."""
        if not changed:
            return self.data
        return _rewritten(self.data, list(self.parts.values()), changed)


def open_archive(data: bytes) -> Archive:
    """Check an archive and every part of it; raises FormatError with one sentence."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = file.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, EOFError, OSError):
        raise FormatError(_DAMAGED) from None
    _check_directory(parts)
    _check_places(data, parts)
    unpacked = 0
    for part in parts:
        room = min(LARGEST_PART, LARGEST_SUM - unpacked)
        unpacked += len(_inflated(data, part, room))
    return Archive(data, {part.filename: part for part in parts})


_DAMAGED = "The file is damaged: it is no whole ZIP archive."
_TOO_LARGE = "Unpacked, it would be far too large; such a file is not read."


def _check_directory(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse what the directory alone shows: too many, doubled, locked, unsafe parts."""
    if len(parts) > MOST_PARTS:
        message = f"The archive has {len(parts)} parts, where {MOST_PARTS} can be read."
        raise FormatError(message)
    if len({part.filename for part in parts}) < len(parts):
        message = "The archive has two parts of one name; such a file is not read."
        raise FormatError(message)
    if sum(part.file_size for part in parts) > LARGEST_SUM:
        raise FormatError(_TOO_LARGE)
    for part in parts:
        _check_part(part)


def _check_part(part: zipfile.ZipInfo) -> None:
    if part.flag_bits & _ENCRYPTED:
        message = "The file is protected by a password; save it without one."
        raise FormatError(message)
    if _UNSAFE.search(part.orig_filename) or part.external_attr >> 28 == _LINK:
        message = "A part of the archive points outside of it; such a file is not read."
        raise FormatError(message)
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        message = "The archive is packed in a way that is not read; save the file anew."
        raise FormatError(message)
    ratio = part.file_size / max(1, part.compress_size)
    if part.file_size > LARGEST_PART or (part.file_size > _MEGA and ratio > HIGHEST_RATIO):
        raise FormatError(_TOO_LARGE)


def _check_places(data: bytes, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse parts that lie over each other: a few bytes may unpack to a great deal so."""
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            raise FormatError(_DAMAGED)
        end = part.header_offset + len(_packed(data, part))


def _packed(data: bytes, part: zipfile.ZipInfo) -> memoryview:
    """Return the packed bytes of a part; raises FormatError."""
    head = data[part.header_offset : part.header_offset + _LOCAL.size]
    if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
        raise FormatError(_DAMAGED)
    *_, name_length, extra_length = _LOCAL.unpack(head)
    start = part.header_offset + _LOCAL.size
    name = data[start : start + name_length]
    if name != _name_bytes(part):
        raise FormatError(_DAMAGED)
    start += name_length + extra_length
    packed = memoryview(data)[start : start + part.compress_size]
    if len(packed) < part.compress_size:
        raise FormatError(_DAMAGED)
    return packed


def _inflated(data: bytes, part: zipfile.ZipInfo, room: int) -> bytes:
    """Return a part's contents of at most `room` bytes; raises FormatError."""
    packed = _packed(data, part)
    if part.file_size > room:
        raise FormatError(_TOO_LARGE)
    if part.compress_type == zipfile.ZIP_STORED:
        found, whole = bytes(packed), True
    else:
        # One byte more than the directory says shows a directory that lies.
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            found = inflater.decompress(packed, part.file_size + 1)
        except zlib.error:
            raise FormatError(_DAMAGED) from None
        whole = inflater.eof or not part.file_size
    if len(found) != part.file_size or not whole or zlib.crc32(found) != part.CRC:
        raise FormatError(_DAMAGED)
    return found


def _name_bytes(part: zipfile.ZipInfo) -> bytes:
    """Return a part's name as it stands in the file."""
    encoding = "utf-8" if part.flag_bits & _UTF_8 else "cp437"
    return part.orig_filename.encode(encoding, "replace")


def _rewritten(data: bytes, parts: list[zipfile.ZipInfo], changed: Mapping[str, bytes]) -> bytes:
    """Return an archive with new contents; what is not changed is copied, header and all."""
    directory_start, comment = _end_of(data)
    in_place = sorted(parts, key=lambda part: part.header_offset)
    ends = [b.header_offset for _, b in pairwise(in_place)] + [directory_start]
    out = [data[: in_place[0].header_offset]]
    length = len(out[0])
    records: dict[str, bytes] = {}
    for part, end in zip(in_place, ends, strict=True):
        if part.filename in changed:
            record = _new_part(part, changed[part.filename])
            head = record.local + record.packed
        else:
            record = _Record(part.CRC, part.compress_size, part.file_size, part.flag_bits)
            head = data[part.header_offset : end]
        records[part.filename] = _directory_entry(part, record, length)
        out.append(head)
        length += len(head)
    entries = b"".join(records[part.filename] for part in parts)
    count = len(parts)
    end_record = _END.pack(b"PK\5\6", 0, 0, count, count, len(entries), length, len(comment))
    return b"".join((*out, entries, end_record, comment))


def _end_of(data: bytes) -> tuple[int, bytes]:
    """Return where the directory begins and the comment of the archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.start_dir, file.comment


@dataclass(frozen=True, slots=True)
class _Record:
    """What a header says of a part's contents, and of a new part the bytes to write."""

    crc: int
    packed_size: int
    size: int
    flags: int
    local: bytes = b""
    packed: bytes = b""


def _new_part(part: zipfile.ZipInfo, contents: bytes) -> _Record:
    packed = contents
    if part.compress_type == zipfile.ZIP_DEFLATED:
        deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        packed = deflater.compress(contents) + deflater.flush()
    name, extra = _name_bytes(part), _without_sizes(part.extra)
    crc, flags = zlib.crc32(contents), part.flag_bits & ~_DESCRIPTOR
    local = _LOCAL.pack(
        b"PK\3\4",
        part.extract_version,
        flags,
        part.compress_type,
        *_when(part),
        crc,
        len(packed),
        len(contents),
        len(name),
        len(extra),
    )
    return _Record(crc, len(packed), len(contents), flags, local + name + extra, packed)


def _directory_entry(part: zipfile.ZipInfo, record: _Record, offset: int) -> bytes:
    name, extra = _name_bytes(part), _without_sizes(part.extra)
    head = _CENTRAL.pack(
        b"PK\1\2",
        part.create_version,
        part.create_system,
        part.extract_version,
        part.reserved,
        record.flags,
        part.compress_type,
        *_when(part),
        record.crc,
        record.packed_size,
        record.size,
        len(name),
        len(extra),
        len(part.comment),
        0,
        part.internal_attr,
        part.external_attr,
        offset,
    )
    return head + name + extra + part.comment


def _when(part: zipfile.ZipInfo) -> tuple[int, int]:
    """Return time and date as MS-DOS counts them."""
    year, month, day, hour, minute, second = part.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def _without_sizes(extra: bytes) -> bytes:
    """Return the extra fields without the sizes of ZIP64, which these files do not need."""
    kept, place = [], 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        if kind != _ZIP_64:
            kept.append(extra[place : place + 4 + size])
        place += 4 + size
    return b"".join(kept)
