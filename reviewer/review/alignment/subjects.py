"""What an event is about: 16 bytes derived from texts, the same in everybody's copy."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.model import Segment

HASH_SIZE = 32
"""Bytes of an event's hash."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A range of a segment; the whole one unless the segment was split."""

    ord: int
    start: int
    end: int


def pieces(segments: Sequence[Segment]) -> tuple[Piece, ...]:
    """Return the pieces of whole segments as delivered."""
    return tuple(Piece(segment.ord, 0, len(segment.text)) for segment in segments)


def segment_subject(document: bytes, piece: Piece) -> bytes:
    """Return the subject of one segment; corrected text hangs here."""
    return _digest(f'["segment","{document.hex()}",{_written(piece)}]')


def pair_subject(
    source_document: bytes,
    source: Sequence[Piece],
    target_document: bytes,
    target: Sequence[Piece],
) -> bytes:
    """Return the subject of a pair; verdicts, comments and issues hang here."""
    sides = [f"[{','.join(map(_written, side))}]" for side in (source, target)]
    ids = source_document.hex(), target_document.hex()
    return _digest(f'["pair","{ids[0]}",{sides[0]},"{ids[1]}",{sides[1]}]')


def text_hash(text: str) -> str:
    """Return 32 hex digits of a text, for "this is what I saw"."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _written(piece: Piece) -> str:
    return f"[{piece.ord},{piece.start},{piece.end}]"


def _digest(json: str) -> bytes:
    """Return 16 bytes of JSON without spaces; written by hand, since it is asked often."""
    return blake2b(json.encode(), digest_size=16).digest()


def hashes_in(value: object) -> list[bytes]:
    """Return the hashes of a list in a body; what is no hash is passed over."""
    found = []
    for text in value if isinstance(value, list) else ():
        if isinstance(text, str) and len(text) == 2 * HASH_SIZE:
            try:
                found.append(bytes.fromhex(text))
            except ValueError:
                continue
    return found
