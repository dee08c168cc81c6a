"""Align the documents of one project together, so that each profits from what all teach."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from reviewer.align.anchors import first_pieces
from reviewer.align.cognates import cognates
from reviewer.align.column import Alignment, Column
from reviewer.align.engine import Engine, Texts
from reviewer.align.furniture import page_furniture
from reviewer.align.lexicon import (
    PairLexicon,
    WeightedBeads,
    first_lexicon,
    known_pairs,
    pair_lexicon,
)
from reviewer.align.marks import mark_tables
from reviewer.align.tokens import joined, token_table
from reviewer.errors import Cancelled
from reviewer.model import Bead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from reviewer.align.bands import Piece
    from reviewer.align.column import Cancelled as IsCancelled
    from reviewer.align.column import Progress
    from reviewer.align.evidence import Witness
    from reviewer.align.tokens import TokenTable

DOUBTFUL = 0.5


def align_project(
    documents: Sequence[tuple[Column, Column]],
    source_language: str,
    target_language: str,
    *,
    lexicon: PairLexicon | None = None,
    anchors: Sequence[Sequence[Bead]] = (),
    witnesses: Sequence[Witness] = (),
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> list[Alignment]:
    """Align documents of one language pair, learning one lexicon from all of them.

    Args:
        documents: (source, target) columns.
        source_language: BCP 47 tag.
        target_language: BCP 47 tag.
        lexicon: what earlier documents taught.
        anchors: per document, beads that stand; empty where there are none.
        witnesses: who else may know which sentences belong together.
        progress: as in `align`.
        cancelled: as in `align`.

    Raises:
        ValueError: the anchors of a document cross or reach beyond its columns.
    """

    def check() -> None:
        if cancelled is not None and cancelled():
            raise Cancelled("The alignment was stopped.")

    def step(done: int, total: int) -> None:
        if progress is not None:
            progress(done, total)

    check()
    if _much_taller(documents):
        return _turned(
            documents,
            (source_language, target_language),
            lexicon=lexicon,
            anchors=anchors,
            witnesses=witnesses,
            progress=progress,
            cancelled=cancelled,
        )
    # Of a long text the words are looked at for seconds before the first chunk is done.
    step(0, 1)
    together = _together(documents, anchors, check)
    lexicon = (lexicon or PairLexicon()).for_languages(source_language, target_language)
    learned, found = lexicon, together.standing
    alone = np.ones(together.source.size), np.ones(together.target.size)
    if together.source.size and together.target.size:
        engine = _engine(together, lexicon, witnesses, check, step)
        result = engine.run()
        found, alone = _beads(result.beads) + found, result.alone
        if engine.learned is not None:
            learned = pair_lexicon(
                lexicon.languages, together.source, together.target, engine.learned
            )
    found = sorted(found, key=lambda bead: (bead.source_start, bead.target_start))
    return _by_document(found, documents, together.places, alone, learned)


@dataclass(frozen=True, slots=True)
class _Together:
    """Documents as one text on either side; sentences are counted over all of them.

    Attributes:
        places: the first source and target sentence of each document.
        anchors: per document, the beads that stand.
        source_texts, target_texts: every sentence.
        source, target: their tokens.
    """

    documents: Sequence[tuple[Column, Column]]
    places: Sequence[tuple[int, int]]
    anchors: Sequence[Sequence[Bead]]
    source_texts: Sequence[str]
    target_texts: Sequence[str]
    source: TokenTable
    target: TokenTable

    @property
    def standing(self) -> list[Bead]:
        """The beads that stand, of all documents."""
        return [bead for beads in self.anchors for bead in beads]

    def ranges(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield the ranges of sentences between the beads that stand, and between documents."""
        for each in zip(self.anchors, self.documents, self.places, strict=True):
            yield from _between(*each)


def _together(
    documents: Sequence[tuple[Column, Column]],
    anchors: Sequence[Sequence[Bead]],
    check: Callable[[], None],
) -> _Together:
    given = [tuple(beads) for beads in anchors] or [() for _ in documents]
    places = _places(documents)
    fixed = [_shifted(*each) for each in zip(given, documents, places, strict=True)]
    ours = list(joined([source.texts for source, _ in documents]))
    theirs = list(joined([target.texts for _, target in documents]))
    tables = token_table(ours, check), token_table(theirs, check)
    return _Together(documents, places, fixed, ours, theirs, *tables)


def _engine(
    together: _Together,
    lexicon: PairLexicon,
    witnesses: Sequence[Witness],
    check: Callable[[], None],
    step: Callable[[int, int], None],
) -> Engine:
    """Return what aligns the pieces between the beads that stand, not yet run."""
    source, target = together.source, together.target
    pairs = cognates(source, target, check)
    priors = replace(known_pairs(lexicon, source, target), cognates=pairs)
    texts = together.source_texts, together.target_texts
    evidence = [each.evidence(*texts, check) for each in witnesses]
    landmarks = [each.landmarks() for each in evidence]
    pieces: list[Piece] = []
    for ranges in together.ranges():
        pieces += first_pieces(source, target, pairs, ranges, landmarks)
    first = first_lexicon(source, target, priors)
    columns = [ours for ours, _ in together.documents], [other for _, other in together.documents]
    marks = mark_tables(*columns, check)
    read = Texts(source, target, marks, page_furniture(source, target, check))
    standing = _weighted(together.standing)
    return Engine(read, priors, first, pieces, standing, check, step, evidence)


def _much_taller(documents: Sequence[tuple[Column, Column]]) -> bool:
    """Return whether the sources are so much longer that working sideways saves time."""
    ours = sum(len(source.texts) for source, _ in documents)
    return ours > 3 * sum(len(target.texts) for _, target in documents) + 100


def _turned(
    documents: Sequence[tuple[Column, Column]],
    languages: tuple[str, str],
    *,
    lexicon: PairLexicon | None,
    anchors: Sequence[Sequence[Bead]],
    witnesses: Sequence[Witness],
    progress: Progress | None,
    cancelled: IsCancelled | None,
) -> list[Alignment]:
    """Align with the sides changed over, and change them back."""
    found = align_project(
        [(theirs, ours) for ours, theirs in documents],
        languages[1],
        languages[0],
        lexicon=lexicon,
        anchors=[[_flipped(bead) for bead in beads] for beads in anchors],
        witnesses=[each.turned() for each in witnesses],
        progress=progress,
        cancelled=cancelled,
    )
    return [
        replace(
            one,
            beads=tuple(_flipped(bead) for bead in one.beads),
            lexicon=one.lexicon.for_languages(*languages),
        )
        for one in found
    ]


def _flipped(bead: Bead) -> Bead:
    return replace(
        bead,
        source_start=bead.target_start,
        source_end=bead.target_end,
        target_start=bead.source_start,
        target_end=bead.source_end,
    )


def _places(documents: Sequence[tuple[Column, Column]]) -> list[tuple[int, int]]:
    """Return the first source and target sentence of each document, counted over all."""
    ours = accumulate((len(source.texts) for source, _ in documents), initial=0)
    theirs = accumulate((len(target.texts) for _, target in documents), initial=0)
    return list(zip(ours, theirs, strict=True))[: len(documents)]


def _moved(bead: Bead, source: int, target: int) -> Bead:
    return replace(
        bead,
        source_start=bead.source_start + source,
        source_end=bead.source_end + source,
        target_start=bead.target_start + target,
        target_end=bead.target_end + target,
    )


def _shifted(
    beads: Sequence[Bead], document: tuple[Column, Column], place: tuple[int, int]
) -> list[Bead]:
    """Return a document's anchors counted over all documents; refuse impossible ones."""
    ordered = sorted(
        beads, key=lambda b: (b.source_start, b.target_start, b.source_end, b.target_end)
    )
    source = target = 0
    for bead in ordered:
        if not (source <= bead.source_start <= bead.source_end <= len(document[0].texts)):
            raise ValueError("anchors cross or reach beyond the source")
        if not (target <= bead.target_start <= bead.target_end <= len(document[1].texts)):
            raise ValueError("anchors cross or reach beyond the target")
        source, target = bead.source_end, bead.target_end
    return [replace(_moved(bead, *place), confidence=1.0) for bead in ordered]


def _between(
    beads: Sequence[Bead], document: tuple[Column, Column], place: tuple[int, int]
) -> list[tuple[int, int, int, int]]:
    """Return the ranges between a document's anchors."""
    out = []
    source, target = place
    for bead in beads:
        out.append((source, bead.source_start, target, bead.target_start))
        source, target = bead.source_end, bead.target_end
    end = place[0] + len(document[0].texts), place[1] + len(document[1].texts)
    return [*out, (source, end[0], target, end[1])]


def _weighted(beads: Sequence[Bead]) -> WeightedBeads:
    """Return the beads with two sides, as arrays."""
    table = np.array(
        [
            (
                bead.source_start,
                bead.source_end - bead.source_start,
                bead.target_start,
                bead.target_end - bead.target_start,
            )
            for bead in beads
            if bead.source_end > bead.source_start and bead.target_end > bead.target_start
        ],
        np.int64,
    ).reshape(-1, 4)
    return WeightedBeads(table[:, 0], table[:, 1], table[:, 2], table[:, 3], np.ones(len(table)))


def _beads(found: WeightedBeads) -> list[Bead]:
    rows = zip(
        found.source.tolist(),
        (found.source + found.source_size).tolist(),
        found.target.tolist(),
        (found.target + found.target_size).tolist(),
        found.weight.tolist(),
        strict=True,
    )
    return [Bead(*row) for row in rows]


def _by_document(
    beads: Sequence[Bead],
    documents: Sequence[tuple[Column, Column]],
    places: Sequence[tuple[int, int]],
    alone: tuple[NDArray[np.float64], NDArray[np.float64]],
    learned: PairLexicon,
) -> list[Alignment]:
    """Deal the beads out to their documents and fill what is left with empty-sided beads."""
    out = []
    position = 0
    for (ours, theirs), (source, target) in zip(documents, places, strict=True):
        own: list[Bead] = []
        while position < len(beads) and beads[position].source_end <= source + len(ours.texts):
            if beads[position].target_end > target + len(theirs.texts):
                break
            own.append(_moved(beads[position], -source, -target))
            position += 1
        complete = _filled(
            own,
            alone[0][source : source + len(ours.texts)].tolist(),
            alone[1][target : target + len(theirs.texts)].tolist(),
        )
        good = quality(complete)
        out.append(Alignment(tuple(complete), good, learned, good < DOUBTFUL))
    return out


def _filled(
    beads: Sequence[Bead], source_alone: Sequence[float], target_alone: Sequence[float]
) -> list[Bead]:
    """Add a bead of its own for every sentence that no bead covers: sources first.

    `source_alone` and `target_alone` are the probabilities that they have no counterpart.
    """
    out: list[Bead] = []
    source = target = 0
    sizes = len(source_alone), len(target_alone)
    end = Bead(sizes[0], sizes[0], sizes[1], sizes[1])
    for bead in (*beads, end):
        out += [
            Bead(i, i + 1, target, target, source_alone[i])
            for i in range(source, bead.source_start)
        ]
        out += [
            Bead(bead.source_start, bead.source_start, j, j + 1, target_alone[j])
            for j in range(target, bead.target_start)
        ]
        if bead is not end:
            out.append(bead)
        source, target = bead.source_end, bead.target_end
    return out


def quality(beads: Iterable[Bead]) -> float:
    """Return how well two texts match: the mean confidence over the sentences of the shorter.

    Sentences without counterpart count nothing: a translation may leave half of a text out, or
    stand in a longer one, but most of what is there has to have its source. 1 for no text.
    """
    matched, total = [0.0, 0.0], [0, 0]
    for bead in beads:
        sizes = bead.source_end - bead.source_start, bead.target_end - bead.target_start
        for side in (0, 1):
            total[side] += sizes[side]
            matched[side] += sizes[side] * bead.confidence * (sizes[1 - side] > 0)
    shorter = 0 if total[0] <= total[1] else 1
    return matched[shorter] / total[shorter] if total[shorter] else float(not any(total))
