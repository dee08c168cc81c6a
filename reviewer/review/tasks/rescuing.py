"""Whether a project file is whole, and what of a damaged one can be brought back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer import store

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class RescueRequest:
    """Verify a project file, or bring back what is whole of it.

    Attributes:
        out: the project to be made of a damaged one; None only verifies.
        reviewer: who rescues, 16 bytes.
    """

    project: Path
    out: Path | None
    reviewer: bytes


@dataclass(frozen=True, slots=True)
class Rescued:
    """What was found.

    Attributes:
        sentences: for the person, at least one.
        sound: the file is whole.
        documents: how many documents were brought back; 0 where it was only verified.
    """

    request: RescueRequest
    sentences: tuple[str, ...]
    sound: bool = False
    documents: int = 0


def rescue(request: RescueRequest) -> Rescued:
    """Verify, or salvage; raises ProjectFileError where nothing can be brought back."""
    if request.out is None:
        found = store.verify(request.project)
        return Rescued(request, found.sentences, sound=found.status == 0)
    report = store.salvage(request.project, request.out, reviewer=request.reviewer)
    return Rescued(request, report.sentences, documents=report.documents)
