"""Which segments of a document stand otherwise than delivered, counted in arrays.

Looking at half a million corrected texts one by one takes minutes. Here each register meets the
segment that it is about in one sorted join. What this cannot know, the review looks at: texts of
pieces, contested ones, what came since and what was taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reviewer.model import Side
from reviewer.review.alignment.subjects import Piece, segment_subject, text_hash
from reviewer.review.decisions.judged_beads import positions_of
from reviewer.review.decisions.log_index import SAID, keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from reviewer.model import Segment
    from reviewer.review.decisions.log_index import LogIndex
    from reviewer.store import Project

SIDES = {"edit": Side.TARGET, "insert": Side.SOURCE}
"""The side of whose segments the texts of a kind are."""
_NOTHING = bytes.fromhex(text_hash(""))
_BETWEEN = 1_000
"""Segments between two looks whether the person waits no more."""


@dataclass(frozen=True, slots=True)
class WrittenTexts:
    """The texts of a kind that were given to whole segments of a document, and stand.

    Attributes:
        ords: of the segments, in order.
        events: numbers in the log of the events that say what stands.
        differs: whether that is another text than the delivered one.
    """

    ords: NDArray[np.int64]
    events: NDArray[np.int64]
    differs: NDArray[np.bool_]

    def among(self, numbers: NDArray[np.int64]) -> WrittenTexts:
        """Return the same with events that have these numbers."""
        return replace(self, events=numbers[self.events])


def written_texts(
    project: Project,
    index: LogIndex,
    said: NDArray[np.bytes_],
    check: Callable[[], None] | None = None,
) -> dict[tuple[str, bytes], WrittenTexts]:
    """Return what was written for the segments of each document, by kind and its id.

    Args:
        project: checked, with its contents.
        index: of its log.
        said: `LogReader.said` of it.
        check: is called now and then, and may raise Cancelled.
    """
    pairs = [(each.source_doc, each.target_doc) for each in project.alignments]
    found = {}
    for kind, side in SIDES.items():
        known, numbers = index.heads(kind)
        ends = index.ords_of(numbers)
        ords = np.unique(ends[2] if side is Side.TARGET else ends[0])
        for document in dict.fromkeys(pair[side is Side.TARGET] for pair in pairs):
            segments = project.texts(document)
            wanted = ords[ords < len(segments)]
            subjects, delivered = _read(kind, document, segments, wanted, check)
            at = positions_of(known, keys(kind, subjects))
            events = numbers[at[at >= 0]]
            differs = _halves(said[events])[:, 0] != delivered[at >= 0]
            found[kind, document] = WrittenTexts(wanted[at >= 0], events, differs)
    return found


def _read(
    kind: str,
    document: bytes,
    segments: Sequence[Segment],
    wanted: NDArray[np.int64],
    check: Callable[[], None] | None,
) -> tuple[list[bytes], NDArray[np.bytes_]]:
    """Return the subjects of segments, and the hashes of what stands there where nobody wrote."""
    subjects, hashes = [], bytearray()
    for count, ord_ in enumerate(wanted.tolist()):
        if check is not None and not count % _BETWEEN:
            check()
        text = segments[ord_].text
        subjects.append(segment_subject(document, Piece(ord_, 0, len(text))))
        hashes += bytes.fromhex(text_hash(text)) if kind == "edit" else _NOTHING
    return subjects, np.frombuffer(bytes(hashes), f"S{SAID // 2}")


def _halves(said: NDArray[np.bytes_]) -> NDArray[np.bytes_]:
    halves: NDArray[np.bytes_] = said.view(f"S{SAID // 2}").reshape(-1, 2)
    return halves
