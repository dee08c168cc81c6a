"""Whether a file lies on a network drive, where SQLite's locks may not hold between computers."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = re.compile(
    r"nfs4?|cifs|smb\w*|ncpfs|afs|ceph|9p|davfs|fuse\.(sshfs|gvfsd-fuse|rclone|smb\w*|davfs\w*)"
)
_ESCAPED = re.compile(r"\\([0-7]{3})")


def is_on_share(path: Path, mounts: Path = _MOUNTS) -> bool:
    """Return whether a file lies on a network drive, as far as the system tells.

    Windows resolves such a path to one that begins with its server; Linux lists what is mounted
    (`mounts`).
    Elsewhere nothing is told, and the answer is False.
    """
    with suppress(OSError):
        whole = path.resolve()
        if os.name == "nt":
            return whole.drive.startswith("\\\\")
        return bool(_NETWORK.fullmatch(_file_system(whole, mounts)))
    return False


def _file_system(path: Path, mounts: Path) -> str:
    """Return the kind of file system that a path is on: that of the innermost mount."""
    kind, depth = "", 0
    for line in mounts.read_text("utf-8", "surrogateescape").splitlines():
        before, _dash, after = line.partition(" - ")
        fields = before.split()
        if len(fields) < 5 or not after:
            continue
        place = Path(_ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields[4]))
        # Of two mounts at one place the later one hides the other.
        if path.is_relative_to(place) and len(place.parts) >= depth:
            kind, depth = after.split()[0], len(place.parts)
    return kind
