"""An alignment as one line of text, beside the events that name it."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from struct import Struct
from typing import TYPE_CHECKING

from reviewer.store import rows, schema
from reviewer.store.canonical import parsed, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewer.model import Bead
    from reviewer.store.rows import NewAlignment

_START = b'{"align_id":"'
_BEAD = Struct(">qqqqd")


def to_line(new: NewAlignment) -> str:
    """Return an alignment as one line of canonical JSON, without the line end.

    The beads stand in it packed: two hundred thousand would else be ten megabytes.
    """
    record = {
        "align_id": new.align_id.hex(),
        "beads": b64encode(zlib.compress(_packed(new.beads), 1)).decode(),
        "recipe": new.recipe,
        "source_doc": new.source_doc.hex(),
        "target_doc": new.target_doc.hex(),
    }
    return written(record)


def is_alignment(line: bytes) -> bool:
    """Return whether a line is meant to be an alignment."""
    return line.startswith(_START)


def from_line(line: bytes) -> NewAlignment | None:
    """Return the alignment of a line; None where it is half, malformed or has another id."""
    try:
        record = parsed(line.decode("utf-8"))
        new = rows.new_alignment(
            bytes.fromhex(record["source_doc"]),
            bytes.fromhex(record["target_doc"]),
            _unpacked(b64decode(record["beads"], validate=True)),
            rows.to_recipe(record["recipe"]),
        )
        return new if new.align_id.hex() == record["align_id"] else None
    except (ValueError, TypeError, KeyError, zlib.error):
        return None


def _packed(beads: Iterable[Bead]) -> bytes:
    packed = (rows.bead_row(number, bead)[1:] for number, bead in enumerate(beads))
    return b"".join(_BEAD.pack(*row) for row in packed)


def _unpacked(data: bytes) -> list[Bead]:
    """Return beads; raises ValueError for more than a project can hold, or half of one."""
    most = 2 * schema.MAX_SEGMENTS * _BEAD.size
    unpacker = zlib.decompressobj()
    packed = unpacker.decompress(data, most)
    if not unpacker.eof or len(packed) % _BEAD.size:
        raise ValueError("beads that end too early or never")
    return [rows.to_bead((number, *row)) for number, row in enumerate(_BEAD.iter_unpack(packed))]
