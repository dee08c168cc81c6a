"""The files behind the lexicons: made from wordfreq's data, kept in the cache folder.

A file is a header of 32 bytes and the sorted array that `lexicon` describes. Packaged programs
ship the files as the resource folder `lexicons` and need neither wordfreq nor the cache.
"""

from __future__ import annotations

import contextlib
import gzip
import mmap
import os
import shutil
import struct
import tempfile
import zlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reviewer import paths
from reviewer.text.lexicon import hash_words

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

VERSION = "1"
_MAGIC = b"BitxtLx1"
_HEADER = struct.Struct("<8sIII12x")
_SIZES = frozenset({"small", "large"})
_AT_ONCE = 1 << 16
_MOST_LEVELS = 0xFFFF


@dataclass(frozen=True, slots=True)
class WordList:
    """An opened list.

    Attributes:
        table: hash << 16 | frequency in centibels below 1, sorted.
        levels: the number of frequencies the list tells apart, in centibels.
    """

    table: NDArray[np.uint64]
    levels: int


def open_list(code: str, size: str) -> WordList | None:
    """Open a list, "small" or "large"; None where there is none.

    It is looked for among the resources, then in the cache, then built. A damaged file is built
    again; where the cache cannot be written the list lives in memory.
    """
    name = f"{size}_{code}.lexicon"
    shipped = _mapped(paths.resource("lexicons", name))
    if shipped is not None:
        return shipped
    folder = paths.cache_folder() / "lexicon" / VERSION
    kept = _mapped(folder / name)
    if kept is not None:
        return kept
    data = _data_folder()
    source = None if data is None else data / f"{size}_{code}.msgpack.gz"
    if source is None or not source.is_file():
        return None
    content = pack(*_read_wordfreq(source))
    if _store(content, folder / name):
        _store(paths.resource("notices", "wordfreq.txt").read_bytes(), folder / "NOTICE.txt")
        return _mapped(folder / name) or _parsed(content)
    return _parsed(content)


def build_lists(folder: Path, codes: Collection[str] | None = None) -> tuple[str, ...]:
    """Build lists into `folder`, with the notice of their licence; return their names.

    `codes` are the languages, None for all that there are.
    """
    data = _data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for source in [] if data is None else sorted(data.glob("*.msgpack.gz")):
        stem = source.name.partition(".")[0]
        size, _, code = stem.partition("_")
        if size in _SIZES and (codes is None or code in codes):
            names.append(f"{stem}.lexicon")
            (folder / names[-1]).write_bytes(pack(*_read_wordfreq(source)))
    shutil.copyfile(paths.resource("notices", "wordfreq.txt"), folder / "NOTICE.txt")
    return tuple(names)


def _data_folder() -> Path | None:
    """Return the folder of wordfreq's data without importing the package; None if missing."""
    spec = find_spec("wordfreq")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))) / "data"


def _read_wordfreq(path: Path) -> tuple[NDArray[np.uint64], int]:
    """Read a list in wordfreq's "cB" format: a header, then the words of each centibel."""
    import msgpack

    with gzip.open(path, "rb") as file:
        header, *groups = msgpack.load(file, raw=False)
    if header != {"format": "cB", "version": 1}:
        message = f"{path.name}: not a word list of the known format"
        raise ValueError(message)
    words = [word for group in groups for word in group]
    hashes = [
        hash_words(words[start : start + _AT_ONCE]) for start in range(0, len(words), _AT_ONCE)
    ]
    levels = np.repeat(np.arange(len(groups), dtype=np.uint64), [len(group) for group in groups])
    table = np.concatenate([np.empty(0, np.uint64), *hashes]) | levels
    table.sort()
    return table, min(len(groups), _MOST_LEVELS)


def pack(table: NDArray[np.uint64], levels: int) -> bytes:
    """Return the file of a sorted table."""
    body = table.astype("<u8").tobytes()
    return _HEADER.pack(_MAGIC, levels, len(table), zlib.crc32(body)) + body


def _parsed(content: bytes | mmap.mmap) -> WordList | None:
    """Return the list in the bytes of a file; None if they are damaged."""
    if len(content) < _HEADER.size:
        return None
    magic, levels, count, checksum = _HEADER.unpack_from(content)
    if magic != _MAGIC or len(content) != _HEADER.size + 8 * count:
        return None
    if zlib.crc32(memoryview(content)[_HEADER.size :]) != checksum:
        return None
    return WordList(np.frombuffer(content, "<u8", offset=_HEADER.size), levels)


def _mapped(path: Path) -> WordList | None:
    try:
        with path.open("rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # missing; empty
        return None
    return _parsed(content)


def _store(content: bytes, path: Path) -> bool:
    """Write a file in one step, whoever else writes it; False where that is impossible."""
    draft = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".new")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).replace(path)
    except OSError:
        # On Windows a file that another process maps is not replaced; theirs is as good.
        if draft is not None:
            with contextlib.suppress(OSError):
                Path(draft).unlink()
        return False
    return True
