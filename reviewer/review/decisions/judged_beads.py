"""What the verdicts of a log say of the beads of an alignment, counted in arrays.

Looking at half a million verdicts one by one takes a minute. Here each register meets the
delivered bead that it is about in one sorted join, and only the texts of those beads are read.
What this cannot know, the review looks at: pairs that people made, texts of pieces, decisions
that were taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reviewer.model import SEGMENT_BREAK
from reviewer.review.alignment.subjects import pair_subject, pieces, segment_subject, text_hash
from reviewer.review.decisions.log_index import SAID, keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from reviewer.model import Segment
    from reviewer.review.decisions.log_index import LogIndex
    from reviewer.store import Project

    Numbers = NDArray[np.int64]

_BITS = 32
_BETWEEN = 1_000
"""Beads between two looks whether the person waits no more."""


@dataclass(frozen=True, slots=True)
class JudgedBeads:
    """The verdicts on the delivered beads of an alignment.

    Attributes:
        beads: indexes of those that have one, in order.
        events: number in the log of one event of the register of each.
        settled: confirmed, and the texts are those that were seen, by what is indexed.
        unsure: has to be looked at, whatever `settled` says.
        rest: one event of each register that is about no delivered bead of these documents.
        elsewhere: the same of those that are about beads of other documents.
    """

    beads: Numbers
    events: Numbers
    settled: NDArray[np.bool_]
    unsure: NDArray[np.bool_]
    rest: Numbers
    elsewhere: Numbers

    def among(self, numbers: Numbers) -> JudgedBeads:
        """Return the same with events that have these numbers."""
        events, rest, elsewhere = numbers[self.events], numbers[self.rest], numbers[self.elsewhere]
        return replace(self, events=events, rest=rest, elsewhere=elsewhere)


_NONE, _FALSE = np.empty(0, np.int64), np.empty(0, bool)
NO_BEADS = JudgedBeads(_NONE, _NONE, _FALSE, _FALSE, _NONE, _NONE)
"""Of an alignment of which nobody said anything."""


class _Texts:
    """What is told of the texts of some beads, in columns."""

    def __init__(self) -> None:
        self.subjects: list[bytes] = []
        self.seen = bytearray()
        self.edits: dict[int, bytes] = {}
        self.unsure: list[bool] = []
        self.contested: list[bool] = []


def judged_beads(
    project: Project,
    index: LogIndex,
    said: NDArray[np.bytes_],
    check: Callable[[], None] | None = None,
) -> dict[bytes, JudgedBeads]:
    """Return what the verdicts say of each alignment, by its id.

    Args:
        project: checked, with its contents.
        index: of its log.
        said: `LogReader.said` of it.
        check: is called now and then, and may raise Cancelled.
    """
    registers = _Registers(index)
    if not len(registers.numbers):
        return {}
    met = {}
    for alignment in project.alignments:
        ids = alignment.source_doc, alignment.target_doc
        sides = project.texts(ids[0]), project.texts(ids[1])
        table = project.beads(alignment.align_id)
        if table.is_complete(*map(len, sides)):
            beads = _named(index, table.ends)
            texts = _read(index, ids, sides, table.ends[:, beads], check)
            met[alignment.align_id] = ids, _joined(index, said, registers, beads, texts)
    return {id_: _with_rest(registers, met, id_) for id_ in met}


class _Registers:
    """The verdicts of a log: one event of each register, in the order of their subjects."""

    def __init__(self, index: LogIndex) -> None:
        numbers = index.one_of_each("verdict")
        named = keys("verdict", index.subjects_of(numbers))
        order = np.argsort(named)
        self.keys, self.numbers = named[order], numbers[order]


def _with_rest(
    registers: _Registers, met: Mapping[bytes, tuple[tuple[bytes, bytes], JudgedBeads]], id_: bytes
) -> JudgedBeads:
    """Add the registers that an alignment does not meet."""
    ids, here = met[id_]
    others = [judged.events for theirs, judged in met.values() if theirs != ids]
    rest = np.setdiff1d(registers.numbers, here.events)
    of_others = np.isin(rest, np.concatenate(others)) if others else np.zeros(len(rest), bool)
    return replace(here, rest=rest[~of_others], elsewhere=rest[of_others])


def _named(index: LogIndex, ends: NDArray[np.int64]) -> Numbers:
    """Return the beads that begin where some verdict says that its pair does."""
    named = index.ords("verdict")
    found = np.isin(ends[0] << _BITS | ends[2], named[0] << _BITS | named[2])
    beads: Numbers = np.flatnonzero(found)
    return beads


def _read(
    index: LogIndex,
    ids: tuple[bytes, bytes],
    sides: tuple[Sequence[Segment], Sequence[Segment]],
    ends: NDArray[np.int64],
    check: Callable[[], None] | None,
) -> _Texts:
    """Read the texts of beads, as delivered, and note which of them may have others now."""
    edited = set(index.ords("edit")[2].tolist())
    added = set(index.ords("insert")[0].tolist())
    contested = {subject for kind, subject in index.contested if kind == "verdict"}
    texts = _Texts()
    for number, (s0, s1, t0, t1) in enumerate(ends.T.tolist()):
        if check is not None and not number % _BETWEEN:
            check()
        source, target = sides[0][s0:s1], sides[1][t0:t1]
        subject = pair_subject(ids[0], pieces(source), ids[1], pieces(target))
        texts.subjects.append(subject)
        for side in (source, target):
            text = SEGMENT_BREAK.join(segment.text for segment in side)
            texts.seen += bytes.fromhex(text_hash(text))
        touched = not edited.isdisjoint(range(t0, t1))
        if touched and len(target) == 1:
            texts.edits[number] = segment_subject(ids[1], *pieces(target))
        given = not added.isdisjoint(range(s0, s1))
        texts.unsure.append(given or (touched and len(target) != 1))
        texts.contested.append(subject.hex() in contested)
    return texts


def _joined(
    index: LogIndex,
    said: NDArray[np.bytes_],
    registers: _Registers,
    beads: Numbers,
    texts: _Texts,
) -> JudgedBeads:
    """Put verdicts, edits and beads together by their subjects."""
    subjects = keys("verdict", texts.subjects)
    verdicts, heads = index.heads("verdict")
    at = positions_of(verdicts, subjects)
    now = _as_edited(index, said, texts)
    settled = np.zeros(len(beads), bool)
    settled[at >= 0] = said[heads[at[at >= 0]]] == now[at >= 0]
    unsure = np.array(texts.unsure, bool) | np.array(texts.contested, bool)
    unsure[_of_contested_edits(index, texts)] = True
    event = positions_of(registers.keys, subjects)
    has, nothing = event >= 0, np.empty(0, np.int64)
    events = registers.numbers[event[has]]
    return JudgedBeads(beads[has], events, settled[has], unsure[has], nothing, nothing)


def _as_edited(index: LogIndex, said: NDArray[np.bytes_], texts: _Texts) -> NDArray[np.bytes_]:
    """Return the hashes of both texts of each bead as they stand, by what is indexed."""
    edits, last = index.heads("edit")
    at = positions_of(edits, keys("edit", texts.edits.values()))
    numbers = np.fromiter(texts.edits, np.int64, len(texts.edits))
    seen = np.frombuffer(bytes(texts.seen), f"S{SAID}").copy()
    halves = f"S{SAID // 2}"
    written = said[last[at[at >= 0]]].view(halves).reshape(-1, 2)
    seen.view(halves).reshape(-1, 2)[numbers[at >= 0], 1] = written[:, 0]
    return seen


def _of_contested_edits(index: LogIndex, texts: _Texts) -> list[int]:
    contested = {subject for kind, subject in index.contested if kind == "edit"}
    return [n for n, subject in texts.edits.items() if contested and subject.hex() in contested]


def positions_of(known: NDArray[np.bytes_], wanted: NDArray[np.bytes_]) -> Numbers:
    """Return where each value stands among sorted ones; -1 where it does not."""
    if not len(known):
        return np.full(len(wanted), -1)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    found: Numbers = np.where(known[at] == wanted, at, -1)
    return found
