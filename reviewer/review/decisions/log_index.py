"""Where in a packed log the events of each register stand.

Of most events only texts and verdicts are many: half a million of them cost a few sorted columns
here, and become objects when somebody asks. All other kinds are left to the fold.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard

import numpy as np

from reviewer.model import SEGMENT_BREAK, Verdict
from reviewer.review.alignment.subjects import HASH_SIZE, hashes_in, text_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from reviewer.model import Event
    from reviewer.review.decisions.judged_beads import JudgedBeads
    from reviewer.review.decisions.written_texts import WrittenTexts
    from reviewer.store import EventRow

    Numbers = NDArray[np.int64]

_FIELD = {"edit": "text", "insert": "text", "verdict": "v"}
"""What a body of these kinds is nothing without, as the fold has it; a text."""
_CODES = {kind: number for number, kind in enumerate(sorted(_FIELD), 1)}
_SUBJECT, _ENDS = 16, 4
_MOST = 2**31 - 1
_AT_ONCE = 10_000
_BETWEEN = 1_000
"""Events between two looks whether the person waits no more."""
UNTOLD = -2
"""Of a register of which an index does not tell what stood in it."""
_NO_HASH = bytes(HASH_SIZE)
SAID = 32
_SAID_NOTHING = bytes(SAID)
_TEXT_HASH = re.compile(r"[0-9a-f]{32}")
"""As `subjects.text_hash` writes it."""
_KEYS = f"S{1 + _SUBJECT}"
_HASHES = f"S{HASH_SIZE}"
"""Sorts as the bytes do; all are of one length, so that the zeros it cuts do not matter."""


class LogReader:
    """Takes the events of a log in its order, and sorts out which of them are indexed.

    Attributes:
        others: places in the log of those that are not.
    """

    def __init__(self, check: Callable[[], None] | None = None) -> None:
        """Begin; `check` is called now and then, and may raise Cancelled."""
        self._check = check
        self.others: list[int] = []
        self._count = 0
        self._places = array("q")
        self._hashes = bytearray()
        self._keys = bytearray()
        self._times = array("q")
        self._gestures = array("q")
        self._sessions, self._reviewers = _Names(), _Names()
        self._parents = bytearray()
        self._ords = array("i")
        self._said = bytearray()
        self._more: dict[int, list[bytes]] = {}

    def take(self, row: EventRow, body: Mapping[str, Any]) -> None:
        """Take the next event: its row and its parsed body."""
        session, _seq, hash_, _prev, hlc, reviewer, kind, gesture, subject, _body = row
        place, self._count = self._count, self._count + 1
        if self._check is not None and not place % _BETWEEN:
            self._check()
        field = _FIELD.get(kind)
        ords = _ords_of(kind, body)
        if not (field and subject and ords and isinstance(body.get(field), str)):
            self.others.append(place)
            return
        self._ords.extend(ords)
        parents = hashes_in(body.get("parents"))
        is_single = len(parents) == 1 and len(parents[0]) == HASH_SIZE
        if parents and not is_single:
            self._more[len(self._places)] = parents
        self._parents += parents[0] if is_single else _NO_HASH
        self._said += _said(kind, body)
        self._places.append(place)
        self._hashes += hash_
        self._keys.append(_CODES[kind])
        self._keys += subject
        self._times.append(hlc)
        self._gestures.append(gesture)
        self._sessions.add(session)
        self._reviewers.add(reviewer)

    @property
    def said(self) -> NDArray[np.bytes_]:
        """What each indexed event says of texts; see `_said`."""
        return np.frombuffer(bytes(self._said), f"S{SAID}")

    def index(self, events: Sequence[Event]) -> LogIndex:
        """Return the index over a log, all of whose events were taken."""
        return self._index(events, slice(None), self._more)

    def own(self, events: Sequence[Event], reviewer: bytes) -> tuple[LogIndex, Numbers]:
        """Return the index over a reviewer's own events, and their numbers among all."""
        number = self._reviewers.known.get(reviewer, -1)
        numbers = np.flatnonzero(self._reviewers.column() == number)
        more = {n: self._more[was] for n, was in enumerate(numbers.tolist()) if was in self._more}
        return self._index(events, numbers, more), numbers

    def _index(
        self, events: Sequence[Event], of: slice | Numbers, more: Mapping[int, list[bytes]]
    ) -> LogIndex:
        return LogIndex(
            events,
            np.array(self._places)[of],
            np.frombuffer(bytes(self._hashes), _HASHES)[of],
            np.frombuffer(bytes(self._keys), _KEYS)[of],
            np.array(self._times)[of],
            np.array(self._gestures)[of],
            (self._sessions.known, self._sessions.column()[of]),
            (self._reviewers.known, self._reviewers.column()[of]),
            np.frombuffer(bytes(self._parents), _HASHES)[of],
            more,
            np.array(self._ords).reshape(-1, _ENDS)[of],
            self.said.view(np.uint64).reshape(-1, SAID // 8)[:, 0][of].copy(),
        )


def _ords_of(kind: str, body: Mapping[str, Any]) -> Sequence[int] | None:
    """Return the ranges of segments of source and target that an event is about.

    None for pieces of segments, and where the body does not tell.
    """
    at, anchor = body.get("at"), body.get("anchor")
    if kind != "verdict":
        if "range" in body or not _is_ord(at):
            return None
        return (0, 0, at, at + 1) if kind == "edit" else (at, at + 1, 0, 0)
    plain = isinstance(anchor, list) and len(anchor) == _ENDS and all(map(_is_ord, anchor))
    return anchor if plain else None


def _said(kind: str, body: Mapping[str, Any]) -> bytes:
    """Return the hashes of the texts that were confirmed, or of the one that was written.

    Nothing but zeros where nothing was confirmed, or where the body says it in another way.
    """
    if kind != "verdict":
        text = str(body.get("text")).replace(SEGMENT_BREAK, " ")
        return bytes.fromhex(text_hash(text)).ljust(SAID, b"\0")
    saw = body.get("saw")
    if body.get("v") != Verdict.CONFIRMED.value or not isinstance(saw, dict):
        return _SAID_NOTHING
    sides = saw.get("source"), saw.get("target")
    if len(saw) != len(sides) or not all(
        isinstance(side, str) and _TEXT_HASH.fullmatch(side) for side in sides
    ):
        return _SAID_NOTHING
    return bytes.fromhex("".join(map(str, sides)))


def _key(kind: str, more: int = 0) -> bytes:
    """Return what the keys of a kind begin with, or with 1 those behind them."""
    return bytes([_CODES.get(kind, 0) + more])


def _is_ord(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and 0 <= value < _MOST


class _Names:
    """A column of few different values."""

    def __init__(self) -> None:
        self.known: dict[bytes, int] = {}
        self._column = array("i")

    def add(self, name: bytes) -> None:
        self._column.append(self.known.setdefault(name, len(self.known)))

    def column(self) -> NDArray[np.int32]:
        return np.array(self._column)


class Indexed(NamedTuple):
    """An event of the index, before it is made.

    Attributes:
        ords: the segments that it says it is about: source from and to, target from and to.
    """

    number: int
    subject: bytes
    ords: tuple[int, ...]


Moment = tuple[int, bytes]
"""The clock of an event, and its hash, by which those of one time are ordered."""
Range = tuple[int, int]
"""Of the `ord`s of segments, half-open."""
Named = tuple["dict[bytes, int]", "NDArray[np.int32]"]


class Counted(NamedTuple):
    """What is counted of some events of a log, as `LogIndex` has it of all."""

    judged: dict[bytes, JudgedBeads]
    written: dict[tuple[str, bytes], WrittenTexts]


class LogIndex:
    """The edits, inserts and verdicts of a log that are about whole segments and pairs.

    They are named by their numbers, in the order of the log. Can be pickled with the log.

    Attributes:
        contested: the registers whose events do not follow each other one by one.
        judged: by the id of an alignment, what its verdicts say, where that was counted.
        own: the same, and what was written, by a reviewer's own events alone.
        written: by kind and the id of a document, what was written for its segments, the same.
    """

    def __init__(
        self,
        events: Sequence[Event],
        places: Numbers,
        hashes: NDArray[np.bytes_],
        keys: NDArray[np.bytes_],
        times: Numbers,
        gestures: Numbers,
        sessions: Named,
        reviewers: Named,
        parents: NDArray[np.bytes_],
        more: Mapping[int, Sequence[bytes]],
        ords: NDArray[np.int32],
        marks: NDArray[np.uint64],
    ) -> None:
        """Sort what the reader has taken.

        Args:
            events: the whole log.
            places: of the indexed ones in it.
            hashes: of each.
            keys: the code of the kind and the subject.
            times: `Event.hlc`.
            gestures: `Event.gesture`.
            sessions: which is which, and the column.
            reviewers: the same.
            parents: the single parent of each; zeros for none or several.
            more: the parents of those that have several.
            ords: the segments that each is about: source from and to, target from and to.
            marks: of the texts that each writes: equal for equal ones.
        """
        self._events = events
        self._places = places
        self._hashes = hashes
        self._keys = keys
        self._times = times
        self._gestures = gestures
        self._sessions = sessions
        self._reviewers = reviewers
        self._ords = ords
        self._marks = marks
        # As they come: numpy would convert other numbers at every search.
        self._by_hash = np.argsort(hashes)
        self._by_key = np.argsort(keys, kind="stable")
        self._by_time = np.lexsort((hashes, times))
        self._kinds = {kind for kind in _CODES if self._of_kind(kind).any()}
        self._parents = self._found(parents)
        self._children = self._children_elsewhere(parents, more)
        self._is_head = np.ones(len(places), bool)
        self.contested = frozenset(self._contested())
        self.judged: dict[bytes, JudgedBeads] = {}
        self.written: dict[tuple[str, bytes], WrittenTexts] = {}
        self.own: dict[bytes, Counted] = {}

    def __len__(self) -> int:
        return len(self._places)

    @property
    def reviewers(self) -> frozenset[bytes]:
        """Whose events are indexed."""
        return frozenset(self._reviewers[0])

    def event(self, number: int) -> Event:
        """Return an event by its number."""
        return self._events[int(self._places[number])]

    def find(self, event_hash: bytes) -> int | None:
        """Return the number of an event; None for one that is not indexed."""
        if not len(self):
            return None
        (number,) = self._found(np.array([event_hash], _HASHES)).tolist()
        return None if number < 0 else number

    def holds(self, hashes: Sequence[bytes]) -> list[bool]:
        """Return of each event whether it is indexed."""
        found: list[bool] = (self._found(np.array(hashes, _HASHES)) >= 0).tolist()
        return found

    def _found(self, hashes: NDArray[np.bytes_]) -> Numbers:
        """Return the numbers of the events with these hashes; -1 where there is none."""
        if not len(self):
            return np.full(len(hashes), -1)
        at = np.searchsorted(self._hashes, hashes, sorter=self._by_hash)
        numbers = self._by_hash[np.minimum(at, len(self) - 1)]
        return np.where(self._hashes[numbers] == hashes, numbers, -1)

    # Registers

    def register(self, kind: str, subject: bytes) -> list[int]:
        """Return the numbers of the events of a register."""
        if kind not in self._kinds:
            return []
        key = np.array([bytes([_CODES[kind]]) + subject], _KEYS)
        first = int(np.searchsorted(self._keys, key, "left", self._by_key)[0])
        numbers = []
        while first < len(self) and self._keys[self._by_key[first]] == key[0]:
            numbers.append(int(self._by_key[first]))
            first += 1
        return numbers

    def chain(self, kind: str, subject: bytes) -> tuple[int, list[bytes]] | None:
        """Return the end of a register and the hashes of all its events, unread.

        None where they do not follow each other one by one, or there are none.
        """
        numbers = self.register(kind, subject)
        end = next((number for number in numbers if self._is_head[number]), None)
        return None if end is None else (end, [self.moment(number)[1] for number in numbers])

    def subjects(self, kind: str) -> Iterator[bytes]:
        """Yield the subjects of a kind in order, each once."""
        before = b""
        first, last = np.searchsorted(
            self._keys, np.array([_key(kind), _key(kind, 1)], _KEYS), sorter=self._by_key
        ).tolist()
        for place in range(first, last):
            key = bytes(self._keys[self._by_key[place]]).ljust(1 + _SUBJECT, b"\0")
            if key != before:
                yield key[1:]
            before = key

    def one_each(self, kind: str) -> Iterator[Indexed]:
        """Yield the last event of each register of a kind, in the order of the texts."""
        numbers = self._last_of_each(kind)
        for first in range(0, len(numbers), _AT_ONCE):
            some = numbers[first : first + _AT_ONCE]
            for number, ords in zip(some.tolist(), self._ords[some].tolist(), strict=True):
                key = bytes(self._keys[number]).ljust(1 + _SUBJECT, b"\0")
                yield Indexed(number, key[1:], tuple(ords))

    def _last_of_each(self, kind: str) -> Numbers:
        if kind not in self._kinds:
            return np.empty(0, np.int64)
        keys = self._keys[self._by_key]
        ends = np.append(keys[1:] != keys[:-1], True)[: len(keys)]
        last: Numbers = self._by_key[ends]
        last = last[self._of_kind(kind)[last]]
        places = self._ords[last]
        return last[np.lexsort((places[:, 2], places[:, 0]))]

    def ords_of(self, numbers: Numbers) -> NDArray[np.int64]:
        """Return the segments that events are about; shape (4, events)."""
        return self._ords[numbers].T.astype(np.int64)

    def heads(self, kind: str) -> tuple[NDArray[np.bytes_], Numbers]:
        """Return what stands in the registers of a kind that are not contested, in their order.

        The subjects come behind the code of their kind, as `keys` makes them, and the numbers.
        """
        numbers: Numbers = self._by_key[(self._of_kind(kind) & self._is_head)[self._by_key]]
        return self._keys[numbers], numbers

    def stood_at(self, moment: Moment) -> Numbers:
        """Return, for the last event of each register, the one that stood just after a moment.

        Its number; -1 where there was none yet, and UNTOLD for all other events, and where the
        times do not tell because somebody's clock ran backwards.
        """
        found = np.full(len(self), UNTOLD)
        if not len(self):
            return found
        order, rank = self._by_key, np.empty(len(self), np.int64)
        rank[self._by_time] = np.arange(len(self))
        keys = self._keys[order]
        starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
        ranks = rank[order]
        before = np.where(ranks < self._ranked(moment), ranks, -1)
        then = np.maximum.reduceat(before, starts)
        last = self._by_time[np.maximum.reduceat(ranks, starts)]
        found[last] = np.where(then >= 0, self._by_time[then], -1)
        known = self._parents >= 0
        backwards = np.flatnonzero(known)[rank[self._parents[known]] > rank[known]]
        if len(backwards):
            found[last[np.isin(self._keys[last], self._keys[backwards])]] = UNTOLD
        return found

    def _ranked(self, moment: Moment) -> int:
        """Return how many events were made until a moment."""
        times = self._times[self._by_time]
        rank = int(np.searchsorted(times, moment[0], "left"))
        while rank < len(self) and self.moment(int(self._by_time[rank])) <= moment:
            rank += 1
        return rank

    def moment(self, number: int) -> Moment:
        """Return when an event was made, and its hash."""
        return int(self._times[number]), bytes(self._hashes[number]).ljust(HASH_SIZE, b"\0")

    def marks(self, numbers: Numbers) -> NDArray[np.uint64]:
        """Return marks of the texts that events write: equal for equal ones."""
        return self._marks[numbers]

    def one_of_each(self, kind: str) -> Numbers:
        """Return the number of one event of each register of a kind."""
        return self._last_of_each(kind)

    def ords(self, kind: str) -> NDArray[np.int64]:
        """Return the segments that events of a kind are about; shape (4, events)."""
        return self._ords[self._of_kind(kind)].T.astype(np.int64)

    def subjects_of(self, numbers: Numbers) -> list[bytes]:
        """Return the subjects of events."""
        data = self._keys[numbers].tobytes()
        size = 1 + _SUBJECT
        return [data[at + 1 : at + size] for at in range(0, len(data), size)]

    def _of_kind(self, kind: str) -> NDArray[np.bool_]:
        return (self._keys >= _key(kind)) & (self._keys < _key(kind, 1))

    def _contested(self) -> Iterator[tuple[str, str]]:
        """Yield the registers in which the events do not follow each other one by one.

        Where each but one names another of the register as its only parent, and no two the same
        one, they make a chain: hashes cannot form a circle.
        """
        order = self._by_key
        keys = self._keys[order]
        begins = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
        group = np.empty(len(keys), np.int64)
        group[order] = np.cumsum(begins) - 1
        known = self._parents >= 0
        inside = known.copy()
        inside[known] = group[self._parents[known]] == group[known]
        named = np.unique(self._parents[inside])
        count = int(begins.sum())
        members = np.bincount(group, minlength=count)
        follow = np.bincount(group[inside], minlength=count)
        chain = (follow == members - 1) & (np.bincount(group[named], minlength=count) == follow)
        self._is_head[named] = False
        self._is_head &= chain[group]
        kinds = {code: kind for kind, code in _CODES.items()}
        for key in keys[begins][~chain].tolist():
            subject = key[1:].ljust(_SUBJECT, b"\0")
            yield kinds[key[0]], subject.hex()

    # Who builds upon whom, in which order

    def _children_elsewhere(
        self, parents: NDArray[np.bytes_], more: Mapping[int, Sequence[bytes]]
    ) -> dict[bytes, list[int]]:
        """Return the children of parents that are not indexed, and those of several parents."""
        found: dict[bytes, list[int]] = {}
        for number in np.flatnonzero((self._parents < 0) & (parents != b"")).tolist():
            found.setdefault(bytes(parents[number]).ljust(HASH_SIZE, b"\0"), []).append(number)
        for number, named in more.items():
            for parent in set(named):
                found.setdefault(parent, []).append(number)
        return found

    def children(self, event_hash: bytes) -> list[int]:
        """Return the numbers of the events that name an event as parent."""
        found = list(self._children.get(event_hash, ()))
        number = self.find(event_hash)
        if number is not None:
            found += np.flatnonzero(self._parents == number).tolist()
        return found

    def gesture(self, session: bytes, gesture: int) -> list[int]:
        """Return the numbers of the events of a gesture."""
        known, column = self._sessions
        if session not in known:
            return []
        alike = (column == known[session]) & (self._gestures == gesture)
        return [int(number) for number in np.flatnonzero(alike)]

    def in_order(self, *, reverse: bool = False) -> Iterator[Event]:
        """Yield the events, oldest first."""
        return self._each(self._by_time[::-1] if reverse else self._by_time)

    def of(self, reviewer: bytes) -> Iterator[Event]:
        """Yield the events of a reviewer, newest first."""
        known, column = self._reviewers
        newest = self._by_time[::-1]
        return self._each(newest[column[newest] == known.get(reviewer, -1)])

    def near(self, source: Range, target: Range) -> Iterator[Event]:
        """Yield the events that are about some of these segments, newest first."""
        s0, s1, t0, t1 = self._ords.T
        about = (s0 < source[1]) & (s1 > source[0]) | (t0 < target[1]) & (t1 > target[0])
        newest = self._by_time[::-1]
        return self._each(newest[about[newest]])

    def _each(self, numbers: NDArray[np.integer]) -> Iterator[Event]:
        return map(self.event, map(int, numbers))


def keys(kind: str, subjects: Iterable[bytes]) -> NDArray[np.bytes_]:
    """Return subjects of a kind as `LogIndex.heads` has them."""
    return np.frombuffer(b"".join(_key(kind) + subject for subject in subjects), _KEYS)


NOTHING = LogReader().index(())
"""The index of a log that holds nothing."""
