"""The beads as they stand: the delivered ones, less those that people took away, plus theirs.

The delivered beads are never copied: what people changed lies over them, so that a change costs
what it touches and not what the document holds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from reviewer.model import Bead, Origin, Side
from reviewer.review.alignment.alignment_edits import AlignmentEdit, StandingBead
from reviewer.review.alignment.matched import Matched, sizes_of
from reviewer.review.alignment.overlay import Overlay, with_added
from reviewer.review.alignment.places import Place, agree, ord_of, position, whole
from reviewer.store.bead_table import BeadTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Literal

    from numpy.typing import NDArray

    from reviewer.review.alignment.overlay import Entry


_BOTH_ENDS: tuple[Literal["left", "right"], ...] = ("left", "right")

Key = int | Place
"""Names a bead whatever its number is: the index of a delivered one, the place of another."""


@dataclass(frozen=True, slots=True)
class Renumbering:
    """How numbers of pairs changed.

    Attributes:
        gone: old numbers of the pairs that are no more, in order.
        come: new numbers of the pairs that are new, in order.
        lost: keys and beads of those that are no more.
    """

    gone: tuple[int, ...] = ()
    come: tuple[int, ...] = ()
    lost: tuple[tuple[Key, StandingBead], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gone or self.come)

    def __call__(self, old: int) -> int | None:
        """Return the number that a pair has now; None for one that is no more."""
        before = bisect_left(self.gone, old)
        if before < len(self.gone) and self.gone[before] == old:
            return None
        return with_added(old - before, self.come)


@dataclass(frozen=True, slots=True)
class _Applied:
    """An edit that was looked at, and what it took away; None where it did not fit."""

    edit: AlignmentEdit
    took: tuple[tuple[Key, StandingBead], ...] | None


class Beads:
    """The beads of a document pair by number, in the order of the source.

    Attributes:
        work: how many beads were looked at or moved by edits so far.
    """

    def __init__(
        self,
        delivered: Iterable[Bead],
        sizes: tuple[int, int],
        is_sound: Callable[[Place], bool] = lambda _place: True,
    ) -> None:
        """Lay nothing over the delivered beads yet.

        Args:
            delivered: in order on both sides.
            sizes: numbers of segments of both sides; what no bead holds gets one of its own.
            is_sound: whether a place lies within the texts.
        """
        self._delivered = complete(delivered, *sizes)
        self._count = len(self._delivered)
        self._starts = {
            Side.SOURCE: self._delivered.ends[0],
            Side.TARGET: self._delivered.ends[2],
        }
        self._is_sound = is_sound
        self._over = Overlay()
        self._by_place: dict[Place, Entry] = {}
        self._tiles: dict[Side, list[tuple[int, int, Place]]] = {side: [] for side in Side}
        self._applied: list[_Applied] = []
        self._as_delivered_matched: Matched | None = None
        self.work = 0

    def __len__(self) -> int:
        return self._count - len(self._over.removed) + len(self._over.added)

    @property
    def delivered_count(self) -> int:
        """How many beads were delivered."""
        return self._count

    def delivered(self, number: int) -> Bead | None:
        """Return a bead as it was delivered; None for one that people put in its place."""
        key = self.key(number)
        return self._delivered[key] if isinstance(key, int) else None

    def stand(self, delivered: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return of each delivered bead, told by its index, whether it still stands."""
        return np.isin(delivered, self._over.removed, invert=True)

    def numbers_of(self, delivered: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the numbers of delivered beads that stand, told by their indexes."""
        over = self._over
        if not over.removed and not over.added:
            return delivered
        gone = np.searchsorted(over.removed, delivered)
        come = np.searchsorted(over.boundaries, delivered, "right")
        numbers: NDArray[np.int64] = delivered - gone + come
        return numbers

    def odd(self) -> NDArray[np.int64]:
        """Return the numbers of the delivered beads that are not one segment beside one."""
        low = np.flatnonzero((self._delivered.sizes != 1).any(axis=0))
        return self.numbers_of(low[self.stand(low)])

    @property
    def numbers_made(self) -> Sequence[int]:
        """The numbers of the beads that are not as delivered, in order."""
        return self._over.numbers

    def indexes_at(self, side: Side, ords: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the indexes of the delivered beads of segments, told by their `ord`s.

        -1 where that bead stands no more.
        """
        indexes = np.searchsorted(self._starts[side], ords, "right") - 1
        return np.where(self.stand(indexes), indexes, -1)

    def doubt_in(self, delivered: NDArray[np.int64]) -> list[float]:
        """Return, per side, what `matched` counts less for these delivered beads than if sure."""
        sizes, doubt = (
            self._delivered.sizes[:, delivered],
            1 - self._delivered.confidence[delivered],
        )
        both = (sizes > 0).all(axis=0)
        return [float((sizes[side] * doubt)[both].sum()) for side in (0, 1)]

    def __getitem__(self, number: int) -> StandingBead:
        key = self.key(number)
        return self._standing(key)

    def __iter__(self) -> Iterator[StandingBead]:
        return map(self.__getitem__, range(len(self)))

    def key(self, number: int) -> Key:
        """Return what names a bead; raises IndexError."""
        over = self._over
        if not over.removed and not over.added and 0 <= number < self._count:
            return number
        if not 0 <= number < len(self):
            raise IndexError(number)
        before = bisect_left(over.numbers, number)
        if before < len(over.numbers) and over.numbers[before] == number:
            return over.added[before][2].place
        return over.delivered_at(number - before)

    def number(self, key: Key) -> int:
        """Return the number of a bead that stands; raises KeyError."""
        if isinstance(key, int):
            return self._over.number_of_delivered(key)
        return self._over.number_of_added(self._by_place[key][:2])

    def number_at(self, side: Side, place: int) -> int | None:
        """Return the number of the bead that holds a position; None beyond the column."""
        key = self._key_at(side, place)
        return None if key is None else self.number(key)

    def end_at(self, side: Side, place: int) -> int:
        """Return where the range that holds a position ends."""
        key = self._key_at(side, place)
        ranges = self._standing(key).place.side(side) if key is not None else ()
        return next((end for start, end in ranges if start <= place < end), place + 1)

    def _key_at(self, side: Side, place: int) -> Key | None:
        tiles = self._tiles[side]
        at = bisect_right(tiles, place, key=lambda tile: tile[0]) - 1
        if at >= 0 and place < tiles[at][1]:
            return tiles[at][2]
        index = int(np.searchsorted(self._starts[side], ord_of(place), "right")) - 1
        if index < 0 or self._over.is_removed(index):
            return None
        bead = self._delivered[index]
        end = bead.source_end if side is Side.SOURCE else bead.target_end
        return index if ord_of(place) < end else None

    def _standing(self, key: Key) -> StandingBead:
        return self._as_delivered(key) if isinstance(key, int) else self._by_place[key][2]

    def _as_delivered(self, index: int) -> StandingBead:
        bead = self._delivered[index]
        return StandingBead(whole(bead), bead.confidence, bead.origin)

    def below(self, confidence: float) -> Iterator[Key]:
        """Yield the keys of the beads that a machine made with less confidence."""
        low = np.flatnonzero(self._delivered.confidence < confidence).tolist()
        yield from (index for index in low if not self._over.is_removed(index))
        for standing in self.added:
            if standing.origin is Origin.AUTO and standing.confidence < confidence:
                yield standing.place

    def alone(self, confidence: float) -> int:
        """Return how many beads of at least this confidence hold segments of one side alone."""
        table = self._delivered
        is_alone = ~table.sizes.all(axis=0) & (table.confidence >= confidence)
        left = int(is_alone.sum() - is_alone[self._over.removed].sum())
        return left + sum(
            bead.confidence >= confidence and not all(sizes_of(bead)) for bead in self.added
        )

    def matched(self) -> tuple[list[float], list[int]]:
        """Return how many segments of either side have a counterpart, and how many there are.

        Each counts by the confidence of its bead.
        """
        if self._as_delivered_matched is None:
            self._as_delivered_matched = Matched.of(self._delivered)
        found = self._as_delivered_matched.copy()
        for index in self._over.removed:
            found.take_away(self._delivered[index])
        for standing in self.added:
            found.add(standing)
        return found.matched, found.total

    @property
    def added(self) -> Iterator[StandingBead]:
        """The beads that are not as delivered."""
        return (entry[2] for entry in self._over.added)

    # Edits

    @property
    def stamp(self) -> bytes:
        """Tells whether beads made elsewhere of the same delivered ones are these; 16 bytes."""
        hashes = b"".join(done.edit.hash for done in self._applied)
        return blake2b(hashes, digest_size=16).digest()

    @property
    def passed_over(self) -> frozenset[bytes]:
        """Hashes of the edits that do not fit: others changed the same pairs before."""
        return frozenset(done.edit.hash for done in self._applied if done.took is None)

    def follow(self, edits: Sequence[AlignmentEdit]) -> Renumbering:
        """Apply these edits and no others, in this order; return what that did to the numbers.

        One whose beads do not stand, or that would lose or double text, is passed over. What was
        applied before and stands in the same order costs nothing.
        """
        same = 0
        for done, edit in zip(self._applied, edits, strict=False):
            if done.edit.hash != edit.hash:
                break
            same += 1
        before, self._over = self._over, self._over.copy()
        gone: dict[Key, StandingBead] = {}
        come: dict[Key, None] = {}
        while len(self._applied) > same:
            self._take_back(self._applied.pop(), gone, come)
        for edit in edits[same:]:
            self._applied.append(self._apply(edit, gone, come))
        self._over.count()
        old = (self._number_in(before, key) for key in gone)
        come_now = tuple(sorted(map(self.number, come)))
        return Renumbering(tuple(sorted(old)), come_now, tuple(gone.items()))

    def _number_in(self, overlay: Overlay, key: Key) -> int:
        if isinstance(key, int):
            return overlay.number_of_delivered(key)
        return overlay.number_of_added((self._boundary(key), key.order))

    def _apply(
        self, edit: AlignmentEdit, gone: dict[Key, StandingBead], come: dict[Key, None]
    ) -> _Applied:
        self.work += len(edit.remove) + len(edit.add)
        keys = [self._key_of(place) for place in edit.remove]
        new = [bead.place for bead in edit.add]
        fits = (
            bool(keys)
            and None not in keys
            and len({*keys}) == len(keys)
            and agree(edit.remove, new)
            and all(map(self._is_sound, new))
        )
        if not fits:
            return _Applied(edit, None)
        took = tuple((key, self._standing(key)) for key in keys if key is not None)
        for key, _ in took:
            self._take(key, gone, come)
        for bead in edit.add:
            self._put(bead.place, bead, gone, come)
        return _Applied(edit, took)

    def _take_back(
        self, done: _Applied, gone: dict[Key, StandingBead], come: dict[Key, None]
    ) -> None:
        if done.took is None:
            return
        self.work += len(done.took) + len(done.edit.add)
        for bead in done.edit.add:
            self._take(bead.place, gone, come)
        for key, bead in done.took:
            self._put(key, bead, gone, come)

    def _key_of(self, place: Place) -> Key | None:
        """Return the bead that stands at exactly this place; None where there is none."""
        if place in self._by_place:
            return place
        key = self._key_at(*place.first)
        return key if isinstance(key, int) and whole(self._delivered[key]) == place else None

    def _take(self, key: Key, gone: dict[Key, StandingBead], come: dict[Key, None]) -> None:
        bead = self._standing(key)
        if isinstance(key, int):
            self._over.remove(key)
        else:
            before, order, _ = self._by_place.pop(key)
            self._over.drop((before, order))
            for side in Side:
                for start, end in key.side(side):
                    if start < end:
                        tiles = self._tiles[side]
                        del tiles[bisect_left(tiles, start, key=lambda tile: tile[0])]
        if key in come:
            del come[key]
        else:
            gone[key] = bead

    def _put(
        self, key: Key, bead: StandingBead, gone: dict[Key, StandingBead], come: dict[Key, None]
    ) -> None:
        if isinstance(key, int):
            self._over.bring_back(key)
        else:
            entry = (self._boundary(key), key.order, bead)
            self._by_place[key] = entry
            self._over.add(entry)
            for side in Side:
                for start, end in key.side(side):
                    if start < end:
                        insort(self._tiles[side], (start, end, key), key=lambda tile: tile[0])
        if key in gone and isinstance(key, int):
            # An added one comes back with other words: who made it, how sure it is.
            del gone[key]
        else:
            come[key] = None

    def _boundary(self, place: Place) -> int:
        """Return how many delivered beads stand before a place in the order of the source."""
        start, _, _ = place.order
        starts, ord_ = self._starts[Side.SOURCE], ord_of(start)
        if start != position(ord_):
            return int(np.searchsorted(starts, ord_, "right"))
        low, high = (int(np.searchsorted(starts, ord_, end)) for end in _BOTH_ENDS)
        return (
            bisect_left(
                range(low, high),
                place.order,
                key=lambda index: whole(self._delivered[index]).order,
            )
            + low
        )


def complete(beads: Iterable[Bead], sources: int, targets: int) -> BeadTable:
    """Return beads of which every segment is in one; those given where that is so already."""
    table = BeadTable.of(beads)
    if table.is_complete(sources, targets):
        return table
    found: list[Bead] = []
    source = target = 0
    for bead in (*table, Bead(sources, sources, targets, targets)):
        found += [Bead(n, n + 1, target, target, 0.0) for n in range(source, bead.source_start)]
        source = bead.source_start
        found += [Bead(source, source, n, n + 1, 0.0) for n in range(target, bead.target_start)]
        found.append(bead)
        source, target = bead.source_end, bead.target_end
    return BeadTable.of(found[:-1])
