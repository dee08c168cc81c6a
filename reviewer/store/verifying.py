"""Verifying a file: what is wrong with it, in sentences."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.errors import DamagedProjectError, ProjectFileError
from reviewer.store import carving, checked, hardened, queries
from reviewer.store.chain import counted
from reviewer.store.project import settle
from reviewer.store.soundness import flaws
from reviewer.store.telling import damaged, told

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Report:
    """What verifying found.

    Attributes:
        status: 0 sound; 1 one of ours, with something missing or damaged; 2 refused.
        sentences: what was found, at least one.
    """

    status: int
    sentences: tuple[str, ...]


def verify(path: Path) -> Report:
    """Check pages, indexes and the hash of every row; the file is not changed."""
    try:
        settle(path)
        before = checked.mark(path)
        with closing(hardened.open_hardened(path)) as connection:
            hardened.check_integrity(path, connection, thorough=True)
            with told(path):
                found = list(flaws(connection))
                count = queries.count_events(connection)
        if not found:
            checked.note_whole(path, before)
    except DamagedProjectError as error:
        return _damaged(path, str(error))
    except ProjectFileError as error:
        return Report(2, (str(error),))
    if not found:
        held = counted(count, "decision", "decisions")
        return Report(0, (f"“{path.name}” is sound: {held}, each as it was written.",))
    sentences = [str(damaged(path, flaw.sentence)) for flaw in found if flaw.fatal]
    sentences += [f"In “{path.name}” {flaw.sentence}." for flaw in found if not flaw.fatal]
    return Report(1, tuple(sentences))


def _damaged(path: Path, sentence: str) -> Report:
    with told(path):
        found = carving.carve(path)
    if not found.events:
        return Report(2, (sentence, "No decision in it can be read."))
    return Report(1, (sentence, f"Salvage can bring back {carving.share(found)}."))
