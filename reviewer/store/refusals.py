"""Files of a shared folder that cannot be taken: when each is tried again, and what is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import DamagedProjectError

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from reviewer.errors import ProjectFileError
    from reviewer.store.hardened import Stamp

PATIENCE = 15
"""Looks after which a file that could not be taken is tried again, though it looks alike."""
_SENT_AGAIN = "Whoever has its documents sends them again while the project is open there."


@dataclass
class _Refusal:
    """A file that was tried.

    Attributes:
        stamp: how it looked.
        waits: looks until it is tried again.
        tries: how often it was, as it looks.
    """

    stamp: Stamp
    error: ProjectFileError
    waits: int = PATIENCE
    tries: int = 1


class Refusals:
    """What could not be taken, by its file.

    A file that is on its way looks other every time, or is whole at the second attempt: what is
    told was still so then.
    """

    def __init__(self) -> None:
        self._found: dict[Path, _Refusal] = {}

    def is_due(self, file: Path, stamp: Stamp) -> bool:
        """Return whether a file is to be tried now; each asking is a look."""
        known = self._found.get(file)
        if known is None or known.stamp != stamp or known.waits <= 0:
            return True
        known.waits -= 1
        return False

    def note(self, file: Path, stamp: Stamp, error: ProjectFileError) -> None:
        """Remember that a file could not be taken, and why."""
        known = self._found.get(file)
        again = known is not None and known.stamp == stamp
        tries = known.tries + 1 if known is not None and again else 1
        self._found[file] = _Refusal(stamp, error, tries=tries)

    def forget(self, file: Path) -> None:
        """Forget a file that was taken, or that holds nothing that is wanted."""
        self._found.pop(file, None)

    def keep(self, files: Container[Path]) -> None:
        """Forget all others: they are gone."""
        self._found = {file: known for file, known in self._found.items() if file in files}

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return why files cannot be taken, a sentence or two each."""
        stand = (known.error for _, known in sorted(self._found.items()) if known.tries > 1)
        told = (
            f"{error} {_SENT_AGAIN}" if isinstance(error, DamagedProjectError) else str(error)
            for error in stand
        )
        return tuple(dict.fromkeys(told))
