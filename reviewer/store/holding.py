"""Whether the program that made a file still runs: it holds the file until its end.

The system lets go of it when the program ends, however it ends; so a note that a crash left behind
is told from that of a program at work. For files of this computer, which nobody else can hold.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import FileIO
    from pathlib import Path

if sys.platform == "win32":

    def hold(path: Path) -> FileIO:
        """Make a file and hold it until what is returned is closed; raises OSError."""
        return path.open("ab", buffering=0)

    def is_held(path: Path) -> bool:
        """Return whether a program holds a file; one that nobody holds is taken away."""
        try:
            path.unlink(missing_ok=True)  # Windows refuses it while the file is open
        except OSError:
            return True
        return False

else:
    import fcntl

    def hold(path: Path) -> FileIO:
        """Make a file and hold it until what is returned is closed; raises OSError."""
        file = path.open("ab", buffering=0)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            raise
        return file

    def is_held(path: Path) -> bool:
        """Return whether a program holds a file; one that nobody holds is taken away."""
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink(missing_ok=True)
        except FileNotFoundError:
            return False
        except OSError:  # held, or a file system without locks: then it fades in time
            return True
        return False
