"""Carving: rows taken from the raw pages of a file that SQLite cannot read any more.

SQLite file format, sections 1.6 (b-tree pages, cells, overflow) and 2.1 (records). Nothing above
a page is believed: every leaf and interior page is decoded by itself, and an event is kept only
when its own hash proves it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewer.model import Event
from reviewer.store import schema
from reviewer.store.sealing import is_true

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

    from reviewer.store.rows import BeadRow, SegmentRow

Value = None | int | float | bytes | str
Record = tuple[Value, ...]

_PAGE = schema.PAGE_SIZE
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR = 0x0D, 0x0A, 0x02
_FILE_HEADER = 100
_CELLS = _PAGE // 4
_INTEGER_SIZES = (0, 1, 2, 3, 4, 6, 8)
_FIRST_PAGES = 256
_OVERFLOW_SHARE = 4
"""How many times the file may be read through overflow pages: a forged one ties knots in them."""

_EVENT = (bytes, int, bytes, bytes, int, bytes, str, int, (bytes, type(None)), str)
_SEGMENT = (int, int, int, str, str, str, str)
_BEAD = (int, int, int, int, int, int, (float, int, type(None)))
_DOCUMENT = (type(None), bytes, bytes, str, str, str, str, str, int, bytes)
_ALIGNMENT = (type(None), bytes, bytes, bytes, str, int, bytes)
_BLOB = (bytes, str, int, bytes)
_META = (str, str)


@dataclass
class Carved:
    """What was found; only the events are proven by then.

    Attributes:
        events: by hash.
        segments, beads: by local number of their document or alignment, then by position.
        documents, alignments: rows by local number, in the order of the columns behind it.
        blobs: rows (hash, codec, size, data) by hash.
    """

    events: dict[bytes, Event] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    segments: dict[int, dict[int, SegmentRow]] = field(default_factory=dict)
    beads: dict[int, dict[int, BeadRow]] = field(default_factory=dict)
    documents: dict[int, Record] = field(default_factory=dict)
    alignments: dict[int, Record] = field(default_factory=dict)
    blobs: dict[bytes, Record] = field(default_factory=dict)


def carve(path: Path) -> Carved:
    """Return every row that can still be read from a file; raises OSError."""
    found = Carved()
    with path.open("rb") as file:
        for rowid, record in _records(file, path.stat().st_size // _PAGE + 1):
            _sort_in(found, rowid, record)
    return found


def holds_decisions(path: Path) -> bool:
    """Return whether the first pages of a file hold an event of ours, whatever its header says."""
    found = Carved()
    with path.open("rb") as file:
        for rowid, record in _records(file, _FIRST_PAGES):
            _sort_in(found, rowid, record)
            if found.events:
                return True
    return False


def share(found: Carved) -> str:
    """Return how much of the log was found: "2998 of 3000 decisions"."""
    highest: dict[bytes, int] = {}
    for event in found.events.values():
        highest[event.session] = max(event.seq, highest.get(event.session, 0))
    return f"{len(found.events)} of {max(len(found.events), sum(highest.values()))} decisions"


def _sort_in(found: Carved, rowid: int, record: Record) -> None:
    """Put a record where its form belongs; what has no known form is dropped."""
    # The `Any`s of the unpacked rows were just proven by `_fits`.
    values: tuple = record  # type: ignore[type-arg]
    if _fits(record, _EVENT):
        event = Event(*values)
        if is_true(event):
            found.events[event.hash] = event
    elif _fits(record, _SEGMENT):
        found.segments.setdefault(values[0], {})[values[1]] = values[1:]
    elif _fits(record, _BEAD):
        score = values[6] if values[6] is None else float(values[6])
        found.beads.setdefault(values[0], {})[values[1]] = (*values[1:6], score)
    elif _fits(record, _DOCUMENT):
        found.documents[rowid] = record[1:]
    elif _fits(record, _ALIGNMENT):
        found.alignments[rowid] = record[1:]
    elif _fits(record, _BLOB):
        found.blobs[values[0]] = record
    elif _fits(record, _META):
        found.meta[values[0]] = values[1]


def _fits(record: Record, form: tuple[type | tuple[type, ...], ...]) -> bool:
    return len(record) == len(form) and all(map(isinstance, record, form))


def _records(file: BufferedReader, pages: int) -> Iterator[tuple[int, Record]]:
    """Yield (row number or 0, record) of every cell of every b-tree page that decodes."""
    budget = [pages * _OVERFLOW_SHARE]
    for number in range(pages):
        file.seek(number * _PAGE)
        page = file.read(_PAGE)
        start = _FILE_HEADER if number == 0 else 0
        if len(page) > start + 12 and page[start] in {_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR}:
            for cell in _cells(page, start):
                try:
                    rowid, payload = _payload(file, page, cell, page[start], budget)
                    yield rowid, _record(payload)
                except (ValueError, IndexError, struct.error):
                    continue


def _cells(page: bytes, start: int) -> Iterator[int]:
    """Yield where the cells of a page begin."""
    count = min(int.from_bytes(page[start + 3 : start + 5], "big"), _CELLS)
    array = start + (12 if page[start] == _INDEX_INTERIOR else 8)
    for place in range(array, array + 2 * count, 2):
        yield int.from_bytes(page[place : place + 2], "big")


def _payload(
    file: BufferedReader, page: bytes, cell: int, kind: int, budget: list[int]
) -> tuple[int, bytes]:
    """Return (row number or 0, payload) of a cell; raises ValueError, IndexError."""
    place = cell + 4 if kind == _INDEX_INTERIOR else cell
    size, place = _varint(page, place)
    rowid = 0
    if kind == _TABLE_LEAF:
        rowid, place = _varint(page, place)
    if size > schema.MAX_VALUE:
        raise ValueError("payload over the limit")
    local = _local_size(size, kind)
    payload = page[place : place + local]
    if local < size:
        following = int.from_bytes(page[place + local : place + local + 4], "big")
        payload += _overflow(file, following, size - local, budget)
    if len(payload) != size:
        raise ValueError("payload cut short")
    return rowid, payload


def _local_size(size: int, kind: int) -> int:
    """Return how much of a payload lies in its page (file format, 1.6, "X", "M", "K")."""
    most = _PAGE - 35 if kind == _TABLE_LEAF else (_PAGE - 12) * 64 // 255 - 23
    if size <= most:
        return size
    least = (_PAGE - 12) * 32 // 255 - 23
    kept = least + (size - least) % (_PAGE - 4)
    return kept if kept <= most else least


def _overflow(file: BufferedReader, number: int, size: int, budget: list[int]) -> bytes:
    parts = []
    while size > 0 and number:
        budget[0] -= 1
        if budget[0] < 0:
            raise ValueError("overflow pages in a knot")
        file.seek((number - 1) * _PAGE)
        page = file.read(_PAGE)
        number = int.from_bytes(page[:4], "big")
        part = page[4 : 4 + size]
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _record(payload: bytes) -> Record:
    """Decode a record; raises ValueError, IndexError."""
    end, place = _varint(payload, 0)
    if not place <= end <= min(len(payload), _PAGE):
        raise ValueError("record without a header")
    types = []
    while place < end:
        code, place = _varint(payload, place)
        types.append(code)
    values: list[Value] = []
    for code in types:
        value, place = _value(payload, place, code)
        values.append(value)
    if place != len(payload):
        raise ValueError("record of another length")
    return tuple(values)


def _value(payload: bytes, place: int, code: int) -> tuple[Value, int]:
    if code >= 12:
        end = place + (code - 12) // 2
        data = payload[place:end]
        return (data if code % 2 == 0 else data.decode("utf-8")), end
    if code == 7:
        return struct.unpack(">d", payload[place : place + 8])[0], place + 8
    if code in {10, 11}:
        raise ValueError("reserved type")
    if code in {8, 9}:
        return code - 8, place
    if code == 0:
        return None, place
    end = place + _INTEGER_SIZES[code]
    return int.from_bytes(payload[place:end], "big", signed=True), end


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """Return a number of 1-9 bytes and the place behind it."""
    value = 0
    for _ in range(8):
        byte = data[place]
        place += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place
    return value << 8 | data[place], place + 1
