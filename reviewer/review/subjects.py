"""What an event is about: 16 bytes derived from texts, the same in everybody's copy."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.model import Segment


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
    return _digest(["segment", document.hex(), [piece.ord, piece.start, piece.end]])


def pair_subject(
    source_document: bytes,
    source: Sequence[Piece],
    target_document: bytes,
    target: Sequence[Piece],
) -> bytes:
    """Return the subject of a pair; verdicts, comments and issues hang here."""
    sides = [[[p.ord, p.start, p.end] for p in side] for side in (source, target)]
    return _digest(["pair", source_document.hex(), sides[0], target_document.hex(), sides[1]])


def text_hash(text: str) -> str:
    """Return 32 hex digits of a text, for "this is what I saw"."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _digest(value: object) -> bytes:
    return blake2b(json.dumps(value, separators=(",", ":")).encode(), digest_size=16).digest()
