"""Sentence alignment: two columns of sentences to beads with confidence.

The aligner learns everything from the texts themselves (and from a lexicon of earlier documents):
length ratio, word translations, how often sentences are merged or left out. Nothing is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.align.column import Alignment, Column
from reviewer.align.lexicon import PairLexicon
from reviewer.align.project import align_project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviewer.align.column import Cancelled, Progress
    from reviewer.model import Bead

__all__ = ["Alignment", "Column", "PairLexicon", "align", "align_project"]


def align(
    source: Column,
    target: Column,
    source_language: str,
    target_language: str,
    *,
    lexicon: PairLexicon | None = None,
    anchors: Sequence[Bead] = (),
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
        progress: told (done, total) after each chunk of the work.
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
        progress=progress,
        cancelled=cancelled,
    )[0]
