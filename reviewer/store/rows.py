"""Rows of a project file as values, values as rows, and the hashes over them."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from reviewer.model import Bead, Code, CodeKind, Segment, UnitState
from reviewer.store import schema
from reviewer.store.canonical import digest, parsed, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reviewer.model import Document, Event

SegmentRow = tuple[int, int, str, str, str, str]
"""ord, para, text, codes, loc, state."""
BeadRow = tuple[int, int, int, int, int, float | None]
"""ord, s0, s1, t0, t1, score."""
EventRow = tuple[bytes, int, bytes, bytes, int, bytes, str, int, bytes | None, str]
"""As `EVENT_COLUMNS`."""

EVENT_COLUMNS = "session, seq, hash, prev, hlc, reviewer, kind, gesture, subject, body"
BLOCK = 1_024
"""Rows that are read at once, and that `blocks` takes one hash over."""
BILINGUAL = "bilingual"
"""Role of a document that is one side of a file that holds both."""
_SEGMENT_FIELDS = 6
_BEAD = struct.Struct(">qqqqq?d")
_PLACE = re.compile(r"[0-9]{1,12}:[0-9]{1,12}")
_KEPT = 1_024
"""Lists of codes that are remembered: those of most segments are alike."""
_LONGEST_KEPT = 4_000
"""Characters of one that is remembered: a code may hold a picture, and is hardly there twice."""
_ENTRY = 40
"""Characters of a code's row beside its texts."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as it lies in a project file.

    Attributes:
        doc_id: 32 bytes: of the original's bytes, the recipe and the segments.
        role: "source", "target" or "bilingual".
        language: BCP 47 tag, as imported.
        format: name of the reader.
        name: a label, never a path.
        recipe: what reads the original the same way again.
        blob: hash of the original.
    """

    doc_id: bytes
    role: str
    language: str
    format: str
    name: str
    recipe: Mapping[str, Any]
    segment_count: int
    blob: bytes = b""

    @property
    def is_bilingual(self) -> bool:
        """Whether it is one side of a file that holds both: unit for unit they correspond."""
        return self.role == BILINGUAL


@dataclass(frozen=True, slots=True)
class StoredAlignment:
    """An automatic alignment as it lies in a project file; `align_id` has 32 bytes."""

    align_id: bytes
    source_doc: bytes
    target_doc: bytes
    bead_count: int


@dataclass(frozen=True, slots=True)
class ImportedPair:
    """Two documents with their segments and the beads between them, about to be stored.

    Attributes:
        bilingual: both are the sides of one file. Their recipes differ then, so that their ids
            do; the original is stored once.
        version_of: ids of the source and target that these are a new version of; None for none.
    """

    source: Document
    source_segments: Sequence[Segment]
    target: Document
    target_segments: Sequence[Segment]
    beads: Sequence[Bead]
    recipe: Mapping[str, Any] = field(default_factory=dict)
    bilingual: bool = False
    version_of: tuple[bytes, bytes] | None = None


@dataclass(frozen=True, slots=True)
class NewAlignment:
    """Another alignment of two documents of a project, about to be stored.

    Attributes:
        align_id: 32 bytes; see `new_alignment`.
        source_doc, target_doc: ids of the documents.
    """

    align_id: bytes
    source_doc: bytes
    target_doc: bytes
    beads: tuple[Bead, ...]
    recipe: str

    @property
    def stored(self) -> StoredAlignment:
        """What stands in the file when it is stored."""
        ids = self.align_id, self.source_doc, self.target_doc
        return StoredAlignment(*ids, len(self.beads))


def new_alignment(
    source_doc: bytes, target_doc: bytes, beads: Sequence[Bead], recipe: Mapping[str, Any]
) -> NewAlignment:
    """Return an alignment of two documents with its identity; `recipe` says how it was made."""
    hash_ = beads_hash(bead_row(number, bead) for number, bead in enumerate(beads))
    told = written(recipe)
    id_ = alignment_id(source_doc, target_doc, told, hash_)
    return NewAlignment(id_, source_doc, target_doc, tuple(beads), told)


# Events, segments and beads as rows


def row_of(event: Event) -> EventRow:
    """Return the row of an event."""
    return (
        event.session,
        event.seq,
        event.hash,
        event.prev,
        event.hlc,
        event.reviewer,
        event.kind,
        event.gesture,
        event.subject,
        event.body,
    )


def segment_row(segment: Segment) -> SegmentRow:
    """Return the row of a segment."""
    codes = _codes_row(segment.codes) if segment.codes else ""
    place = f"{segment.start}:{segment.end}"
    return segment.ord, segment.unit, segment.text, codes, place, _state_row(segment.state)


def _state_row(state: UnitState | None) -> str:
    """Return what stands in the column `state`: nothing, or an object without empty values."""
    if state is None:
        return ""
    said = {"state": state.state, "locked": state.locked, "notes": list(state.notes)}
    return written({key: value for key, value in said.items() if value})


def _codes_row(codes: tuple[Code, ...]) -> str:
    """Return what stands in the column `codes`; both sides, and many segments, have the same."""
    length = sum(_ENTRY + len(code.id) + len(code.data) + len(code.shown) for code in codes)
    return (_kept_row if length <= _LONGEST_KEPT else _kept_row.__wrapped__)(codes)


@lru_cache(maxsize=_KEPT)
def _kept_row(codes: tuple[Code, ...]) -> str:
    return written([_code_row(code) for code in codes])


def _code_row(code: Code) -> list[str | bool]:
    return [
        code.character,
        code.id,
        code.kind.value,
        code.data,
        code.shown,
        code.can_delete,
        code.can_copy,
        code.can_reorder,
    ]


def to_segment(row: SegmentRow) -> Segment:
    """Return the segment of a row; raises ValueError where the row says nothing sensible."""
    ord_, unit, text, codes, location, state = row
    start, _colon, end = location.partition(":")
    return Segment(
        ord_,
        unit,
        int(start),
        int(end),
        text,
        _to_codes(codes) if codes else (),
        _to_state(state) if state else None,
    )


def _to_state(text: str) -> UnitState | None:
    """Return what a bilingual file says; None where another version wrote it in another way."""
    try:
        said = parsed(text)
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    state, notes = said.get("state"), said.get("notes")
    return UnitState(
        state if isinstance(state, str) else "",
        said.get("locked") is True,
        tuple(n for n in notes if isinstance(n, str)) if isinstance(notes, list) else (),
    )


def refuse_odd_segments(batch: Sequence[SegmentRow], first: int) -> None:
    """Raise ValueError for rows that are not numbered from `first` on or make no segments."""
    if [row[0] for row in batch] != list(range(first, first + len(batch))):
        raise ValueError("segment out of order")
    for _ord, unit, _text, codes, location, _state in batch:
        if unit < 0 or not _PLACE.fullmatch(location):
            raise ValueError("segment without a place")
        if codes:
            _to_codes(codes)


def _to_codes(text: str) -> tuple[Code, ...]:
    """Return the codes of a row; raises ValueError where it says nothing sensible."""
    return (_kept_codes if len(text) <= _LONGEST_KEPT else _kept_codes.__wrapped__)(text)


@lru_cache(maxsize=_KEPT)
def _kept_codes(text: str) -> tuple[Code, ...]:
    entries = parsed(text)
    if not isinstance(entries, list):
        raise ValueError("inline codes of another form")  # noqa: TRY004 - one kind for callers
    return tuple(_to_code(entry) for entry in entries)


def _to_code(entry: object) -> Code:
    if not isinstance(entry, list) or len(entry) != 8:
        raise ValueError("inline code of another form")
    texts, flags = entry[:5], entry[5:]
    if not all(isinstance(text, str) for text in texts) or len(texts[0]) != 1:
        raise ValueError("inline code of another form")
    if not all(isinstance(flag, bool) for flag in flags):
        raise ValueError("inline code of another form")
    character, id_, kind, data, shown = texts
    return Code(character, id_, CodeKind(kind), data, shown, *flags)


def bead_row(ord_: int, bead: Bead) -> BeadRow:
    """Return the row of a bead."""
    return (
        ord_,
        bead.source_start,
        bead.source_end,
        bead.target_start,
        bead.target_end,
        float(bead.confidence),
    )


def to_bead(row: BeadRow) -> Bead:
    """Return the bead of a row."""
    _ord, s0, s1, t0, t1, score = row
    return Bead(s0, s1, t0, t1, 1.0 if score is None else score)


# Hashes


def segments_hash(rows: Sequence[SegmentRow]) -> bytes:
    """Return the hash over all segment rows of a document in order; see `SegmentsHash`."""
    state = SegmentsHash()
    state.add(rows)
    return state.digest()


def written_segments(batch: Sequence[SegmentRow]) -> bytes:
    """Return the bytes that are hashed of rows.

    Raises ValueError for one that holds a null character, or what is no Unicode.
    """
    lines = [
        f"{ord_}\0{unit}\0{text}\0{codes}\0{place}\0{state}\0"
        for ord_, unit, text, codes, place, state in batch
    ]
    fields = "".join(lines)
    if fields.count("\0") != _SEGMENT_FIELDS * len(batch):
        raise ValueError("null character in a segment")
    return fields.encode()


class SegmentsHash:
    """A hash over segment rows that come in batches.

    Every field ends with a null character, which no field may hold; so different rows never make
    the same bytes, and a batch costs one join instead of a length for each field.
    """

    def __init__(self) -> None:
        self._state = blake2b(digest_size=32, person=b"bitext segments")

    def add(self, batch: Sequence[SegmentRow]) -> bytes:
        """Add rows; return the bytes that are hashed of them. Raises as `written_segments`."""
        data = written_segments(batch)
        self._state.update(data)
        return data

    def digest(self) -> bytes:
        """Return the hash, 32 bytes."""
        return self._state.digest()


def beads_hash(rows: Iterable[BeadRow]) -> bytes:
    """Return the hash over all bead rows of an alignment in order."""
    state = beads_state()
    for *numbers, score in rows:
        state.update(_BEAD.pack(*numbers, score is not None, score or 0.0))
    return state.digest()


def beads_state() -> blake2b:
    """Return the beginning of a hash over bead rows; `bead_table.BeadRows` writes them for it."""
    return blake2b(digest_size=32, person=b"bitext beads")


def blob_hash(data: bytes) -> bytes:
    """Return the BLAKE2b-256 of an original's bytes."""
    return blake2b(data, digest_size=32).digest()


def document_id(blob: bytes, recipe: str, segments: bytes) -> bytes:
    """Return the identity of a document: the same file read the same way, whatever its name."""
    return digest(b"bitext document", (blob, recipe.encode(), segments))


def alignment_id(source: bytes, target: bytes, recipe: str, beads: bytes) -> bytes:
    """Return the identity of an alignment."""
    return digest(b"bitext align", (source, target, recipe.encode(), beads))


# Recipes and originals


def to_recipe(text: str) -> Mapping[str, Any]:
    """Return a recipe; raises ValueError where it is no object."""
    recipe = parsed(text)
    if not isinstance(recipe, dict):
        raise ValueError("recipe that is no object")  # noqa: TRY004 - one kind for callers
    return recipe


def unpacked(row: tuple[bytes, str, int, bytes]) -> bytes:
    """Return the bytes of a row (hash, codec, size, data); raises ValueError.

    The declared size is believed by nobody: unpacking stops one byte behind it.
    """
    hash_, codec, size, data = row
    if size > schema.MAX_BLOB:
        raise ValueError("original over the limit")
    if codec == "zlib":
        unpacker = zlib.decompressobj()
        try:
            data = unpacker.decompress(data, size + 1)
        except zlib.error:
            raise ValueError("original that cannot be unpacked") from None
    if len(data) != size or blob_hash(data) != hash_:
        raise ValueError("original with another hash")
    return data
