"""Hashes over blocks of rows of documents and alignments that were wholly verified here.

A document has one hash for all of its rows, which says nothing of a few of them. While all are
verified, a hash over every `rows.BLOCK` of them is taken and kept in the cache folder by the id of
the document, which stands for its content: they hold for every file that has the document.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from hashlib import blake2b
from struct import Struct
from typing import TYPE_CHECKING

from reviewer import paths
from reviewer.store.rows import BLOCK
from reviewer.store.schema import MAX_SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_log = logging.getLogger(__name__)
_HASH = 32
_HEAD = Struct(">8s32sQ")
"""What it is, whose blocks they are, how many rows those have."""
_MAGIC = b"blocks 1"
_LARGEST = _HEAD.size + _HASH * (2 * MAX_SEGMENTS // BLOCK + 2)
"""Bytes of a file; an alignment can have a bead for every segment of either side."""
_MOST_KEPT = 200


class Blocks:
    """The hashes over the blocks of one document or alignment.

    Attributes:
        count: how many rows they are taken over.
    """

    def __init__(self, count: int = 0, hashes: bytes = b"") -> None:
        self.count = count
        self._hashes = bytearray(hashes)

    def add(self, count: int, written: bytes) -> None:
        """Take the next block: `rows.BLOCK` rows, fewer at the end alone, and their bytes."""
        assert self.count % BLOCK == 0
        self.count += count
        self._hashes += _hash(written)

    def size(self, number: int) -> int:
        """Return how many rows a block has."""
        return max(0, min(BLOCK, self.count - number * BLOCK))

    def holds(self, number: int, written: bytes) -> bool:
        """Return whether these are the bytes of a block."""
        at = number * _HASH
        return self._hashes[at : at + _HASH] == _hash(written)

    def packed(self, id_: bytes) -> bytes:
        """Return what is kept, with a hash over it at its end."""
        said = _HEAD.pack(_MAGIC, id_, self.count) + self._hashes
        return said + _hash(said)

    @classmethod
    def unpacked(cls, id_: bytes, data: bytes) -> Blocks | None:
        """Return what was packed of this id; None where that is in doubt."""
        said, hash_ = data[:-_HASH], data[-_HASH:]
        if len(said) < _HEAD.size or _hash(said) != hash_:
            return None
        magic, whose, count = _HEAD.unpack_from(said)
        hashes = said[_HEAD.size :]
        if (magic, whose) != (_MAGIC, id_) or len(hashes) != -(-count // BLOCK) * _HASH:
            return None
        return cls(count, hashes)


def _hash(data: bytes) -> bytes:
    return blake2b(data, digest_size=_HASH, person=b"bitext block").digest()


def keep(found: Mapping[bytes, Blocks]) -> None:
    """Keep blocks by the ids of what they are of; all of it was verified to the last hash."""
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for id_, blocks in found.items():
            path = _file_of(id_)
            new = path.with_suffix(f".{os.getpid()}")
            new.write_bytes(blocks.packed(id_))
            new.replace(path)
        for old in sorted(folder.iterdir(), key=os.path.getmtime)[:-_MOST_KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        _log.info("the hashes of blocks are not kept: %s", type(error).__name__)


def find(id_: bytes) -> Blocks | None:
    """Return the blocks of a document or alignment; None where it was not verified here."""
    path = _file_of(id_)
    with suppress(OSError):
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        blocks = Blocks.unpacked(id_, data) if len(data) <= _LARGEST else None
        if blocks is None:
            path.unlink(missing_ok=True)
        else:
            os.utime(path)  # the one that was used last stays longest
        return blocks
    return None


def _folder() -> Path:
    return paths.cache_folder() / "verified-blocks"


def _file_of(id_: bytes) -> Path:
    return _folder() / f"{id_.hex()}.bin"
