"""Which project files the worker reads, while the window stays usable.

Imports nothing, since the first page is to be painted before the rest is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LARGE = 32 << 20
"""Bytes of a project file from which the worker reads it: some 60,000 pairs, half a second."""


def is_large(path: Path) -> bool:
    """Return whether reading and checking a file takes longer than one waits for a window."""
    try:
        return path.stat().st_size > LARGE
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Read a project file and check every row of it, for the window to open.

    Attributes:
        viewer: the reviewer who will open it, 16 bytes.
    """

    project: Path
    viewer: bytes | None = None
