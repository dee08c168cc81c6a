"""Sentence alignment: two columns of sentences to beads with confidence.

The aligner learns everything from the texts themselves (and from a lexicon of earlier documents):
length ratio, word translations, how often sentences are merged or left out. Nothing is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.align.column import Alignment, Column
from reviewer.align.encoder import Encoder, encoder_files
from reviewer.align.evidence import KnownPairs, Witness
from reviewer.align.learning import (
    MOST_LESSONS,
    Lesson,
    Relevance,
    are_translations,
    learned_from,
)
from reviewer.align.lexicon import PairLexicon
from reviewer.align.meaning import Meaning
from reviewer.align.moves import Move, find_moves
from reviewer.align.project import align_project, quality
from reviewer.align.weighing import Scale, chosen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.align.column import Cancelled, Progress
    from reviewer.model import Bead

__all__ = [
    "MOST_LESSONS",
    "Alignment",
    "Column",
    "Encoder",
    "KnownPairs",
    "Lesson",
    "Meaning",
    "Move",
    "PairLexicon",
    "Relevance",
    "Scale",
    "Witness",
    "align",
    "align_project",
    "are_translations",
    "chosen",
    "encoder_files",
    "find_moves",
    "learned_from",
    "quality",
]


def align(
    source: Column,
    target: Column,
    source_language: str,
    target_language: str,
    *,
    lexicon: PairLexicon | None = None,
    anchors: Sequence[Bead] = (),
    witnesses: Sequence[Witness] = (),
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Alignment:
    """Align one document.

    Args:
        source: the column of the original.
        target: the column of the translation.
        source_language: BCP 47 tag.
        target_language: BCP 47 tag.
        lexicon: what earlier documents of the language pair taught (`Alignment.lexicon`).
        anchors: beads that stand, such as confirmed ones; they come back with confidence 1.
        witnesses: who else may know which sentences belong together, such as `KnownPairs`.
        progress: told (done, total) at the start and after each chunk of the work.
        cancelled: asked every few milliseconds of work; when it says True, errors.Cancelled.

    Raises:
        ValueError: the anchors cross or reach beyond the columns.
    """
    return align_project(
        [(source, target)],
        source_language,
        target_language,
        lexicon=lexicon,
        anchors=[anchors],
        witnesses=witnesses,
        progress=progress,
        cancelled=cancelled,
    )[0]
