"""What goes into the aligner and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reviewer.align.lexicon import PairLexicon
    from reviewer.model import Bead

    Progress = Callable[[int, int], None]
    Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Column:
    """One side of a document.

    Attributes:
        texts: its sentences, in order.
        paragraphs: the paragraph number of each sentence, never falling; None where unknown.
            Paragraphs are evidence for the aligner, never a constraint.
    """

    texts: Sequence[str]
    paragraphs: Sequence[int] | None = None

    def __post_init__(self) -> None:
        """Refuse paragraph numbers that do not fit the sentences."""
        if self.paragraphs is not None and len(self.paragraphs) != len(self.texts):
            raise ValueError("one paragraph number per sentence")


@dataclass(frozen=True)
class Alignment:
    """The aligned document.

    Attributes:
        beads: in order; monotone; they cover every sentence of both sides exactly once.
        quality: mean confidence over the sentences of the shorter side, 0-1; those without a
            counterpart count nothing (`project.quality`).
        lexicon: the translations learned from all documents aligned together and those given;
            pass it to the next document of the same language pair.
        doubtful: the two texts do not look like translations of each other, or the aligner
            lost its way: show the beads as a guess.
    """

    beads: tuple[Bead, ...]
    quality: float
    lexicon: PairLexicon
    doubtful: bool
