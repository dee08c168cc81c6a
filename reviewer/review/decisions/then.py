"""How the texts of a project were at an earlier moment, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from reviewer.model import Draft, Side
from reviewer.review.alignment.subjects import hashes_in
from reviewer.review.decisions import gradual
from reviewer.review.decisions.disagreements import TEXTS
from reviewer.review.decisions.fold import State
from reviewer.review.decisions.log_index import UNTOLD
from reviewer.review.decisions.registers import register_key, said
from reviewer.review.decisions.written_texts import SIDES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from reviewer.model import Event
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.decisions.registers import Key

_SINGLY = len(SIDES)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A text that was another one.

    Attributes:
        key: names the register.
        number: the pair it stands in; None where it is in no pair of the open document.
        then, now: the texts; empty where there was none.
        body: of the decision that would take the earlier text back, without its parents.
        subject: of that decision.
    """

    key: Key
    number: int | None
    then: str
    now: str
    body: Mapping[str, Any]
    subject: bytes | None


class LookingBack(Sequence[Earlier]):
    """The texts that were others just after an event, by pair; the pairs' first.

    By the clocks of the reviewers' computers: what came from elsewhere later but was made
    before counts as made before. What the index of the log tells is known at once, in arrays; a
    text is read when it is asked for. The rest is looked at a little at a time with `run`, after
    which all of it is there.
    """

    def __init__(self, state: State, columns: Columns, event: Event) -> None:
        self._state = state
        self._columns = columns
        self._moment = event.hlc, event.hash
        self._then = State()
        self._stood: NDArray[np.int64] | None = None
        self._told: list[_Told] = []
        self._singly: list[Earlier] = []
        # Of each text the pair, the kind and the place among those of its kind.
        self._order = np.empty((3, 0), np.int64)
        self._steps = self._look()

    def run(self, seconds: float | None = None) -> bool:
        """Look on for about so long, to the end with None; return whether that is reached."""
        return gradual.run(self._steps, seconds)

    def __len__(self) -> int:
        return self._order.shape[1]

    @overload
    def __getitem__(self, index: int) -> Earlier: ...

    @overload
    def __getitem__(self, index: slice) -> list[Earlier]: ...

    def __getitem__(self, index: int | slice) -> Earlier | list[Earlier]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if index >= len(self):
            raise IndexError(index)
        number, kind, place = (int(each) for each in self._order[:, index])
        if kind == _SINGLY:
            return self._singly[place]
        return self._made(self._told[kind], place, number)

    # Looking

    def _look(self) -> Iterator[None]:
        singly: dict[Key, int] = {}
        for kind, side in SIDES.items():
            apart = np.zeros(self._state.indexed_count, bool)
            yield from self._set_apart(kind, singly, apart)
            self._told.append(self._tell(kind, side, singly, apart))
            yield
        yield from self._look_singly(singly)
        self._put_in_order()

    def _set_apart(
        self, kind: str, singly: dict[Key, int], apart: NDArray[np.bool_]
    ) -> Iterator[None]:
        """Note the registers of a kind that the index does not tell of, and their events."""
        state = self._state
        contested = state.numbered(state.contested(kind))
        # Kept as lists: more may be decided between two steps.
        came, taken = [*state.came_after(self._moment)], [*state.taken_back()]
        for event in chain(came, taken, contested):
            for one in self._with_taken_back(event):
                content = state.content(one)
                key = register_key(one, content) if one.kind == kind else None
                if key is not None:
                    apart[state.registered(one)] = True
                    singly[key] = _at_in(content)
            yield
        apart[state.joined_since(kind)] = True

    def _with_taken_back(self, event: Event) -> Iterator[Event]:
        """Yield an event, and those that it takes back or brings back."""
        waiting: list[Event | None] = [event]
        looked: set[bytes] = set()
        while waiting:
            one = waiting.pop()
            if one is not None and one.hash not in looked:
                looked.add(one.hash)
                yield one
                if one.kind == "retract":
                    waiting += map(
                        self._state.event, hashes_in(self._state.content(one).get("of"))
                    )

    def _tell(
        self, kind: str, side: Side, singly: dict[Key, int], apart: NDArray[np.bool_]
    ) -> _Told:
        """Return the texts of a kind that the index tells of; note the others to be looked at."""
        state, columns = self._state, self._columns
        written = state.written(kind, columns.delivered.document(side))
        if written is None:
            known = map(state.indexed_event, state.indexed(kind))
            singly |= {
                (kind, e.subject.hex()): _at_in(state.content(e)) for e in known if e.subject
            }
            return _Told(kind, *[np.empty(0, np.int64)] * 4)
        if self._stood is None:
            self._stood = state.stood_at(self._moment)
        then = self._stood[written.events]
        indexes = columns.beads.indexes_at(side, written.ords)
        changed = then != written.events
        sure = ~apart[written.events] & (then > UNTOLD) & (indexes >= 0)
        for event in state.numbered(written.events[changed & ~sure].tolist()):
            if event.subject is not None:
                singly[kind, event.subject.hex()] = _at_in(state.content(event))
        differs = written.differs.copy()
        had = then >= 0
        differs[had] = state.marks(then[had]) != state.marks(written.events[had])
        kept = changed & sure & differs
        numbers = columns.beads.numbers_of(indexes[kept])
        return _Told(kind, numbers, written.ords[kept], then[kept], written.events[kept])

    def _look_singly(self, singly: dict[Key, int]) -> Iterator[None]:
        """Look at registers one by one, in the order of the texts: they are quick to read then."""
        for event in [*self._state.retracts()]:
            self._add_to_then(event)
            yield
        for key in sorted(singly, key=lambda key: singly[key]):
            for event in self._state.members([key]):
                self._add_to_then(event)
            found = _compared(self._columns, (self._then, self._state), key)
            if found is not None:
                self._singly.append(found)
            yield

    def _add_to_then(self, event: Event) -> None:
        if (event.hlc, event.hash) <= self._moment:
            self._then.add(event)

    def _put_in_order(self) -> None:
        none = len(self._columns)
        singly = [none if each.number is None else each.number for each in self._singly]
        columns = [*(told.numbers for told in self._told), np.array(singly, np.int64)]
        numbers = np.concatenate(columns)
        kinds = np.repeat(np.arange(len(columns)), [len(column) for column in columns])
        places = np.concatenate([np.arange(len(column)) for column in columns])
        self._order = np.stack([numbers, kinds, places])[:, np.lexsort((places, kinds, numbers))]

    def _made(self, told: _Told, place: int, number: int) -> Earlier:
        """Return a text that the index tells of."""
        state = self._state
        (now,) = state.numbered([int(told.now[place])])
        content = state.content(now)
        key = (told.kind, now.subject.hex() if now.subject else "")
        if told.then[place] >= 0:
            (then,) = state.numbered([int(told.then[place])])
            text = str(state.content(then).get("text"))
        else:
            text = _delivered(self._columns, key, content)
        return _earlier(key, number, (text, str(content.get("text"))), now, content)


@dataclass(frozen=True, slots=True)
class _Told:
    """Texts of a kind that are others now, in columns.

    Attributes:
        numbers: of the pairs.
        ords: of the segments.
        then, now: numbers of the events that said what stood and what stands; -1 for delivered.
    """

    kind: str
    numbers: NDArray[np.int64]
    ords: NDArray[np.int64]
    then: NDArray[np.int64]
    now: NDArray[np.int64]


def _at_in(content: Mapping[str, Any]) -> int:
    at = content.get("at")
    return at if isinstance(at, int) else -1


def _compared(columns: Columns, states: tuple[State, State], key: Key) -> Earlier | None:
    """Return how a text was where it is another one now, and is one of the open document."""
    heads = [register.chosen for each in states if (register := each.register(*key))]
    if not heads:
        return None
    content = states[1].content(heads[-1])
    if columns.located(heads[-1], content) is None:
        return None
    then, now = (_text(each, key, _delivered(columns, key, content)) for each in states)
    if then == now:
        return None
    number = next(iter(columns.rows_about(heads[-1], content)), None)
    return _earlier(key, number, (then, now), heads[-1], content)


def _earlier(
    key: Key,
    number: int | None,
    texts: tuple[str, str],
    event: Event,
    content: Mapping[str, Any],
) -> Earlier:
    """Return a text of then and now; the event is the last one of its register."""
    body = {name: value for name, value in content.items() if name != "parents"}
    return Earlier(key, number, *texts, body | {"text": texts[0]}, event.subject)


def _text(state: State, key: Key, delivered: str) -> str:
    register = state.register(*key)
    return str(state.content(register.chosen).get("text")) if register else delivered


def _delivered(columns: Columns, key: Key, content: Mapping[str, Any]) -> str:
    """Return what was delivered where a text stands: nothing where it was added."""
    if key[0] == "insert":
        return ""
    whole = columns.delivered.segments(Side.TARGET)[int(content["at"])].text
    cut = content.get("range")
    return whole[cut[0] : cut[1]] if isinstance(cut, list) else whole


def take_back(state: State, chosen: Iterable[Earlier]) -> list[Draft]:
    """Return the decisions that make these texts what they were, knowing what stands now."""
    return [
        Draft(each.key[0], each.subject, {**each.body, "parents": state.parents(*each.key)})
        for each in chosen
    ]


def again(state: State, event: Event) -> list[Draft]:
    """Return the decision that says a text once more; none where it stands already."""
    content = state.content(event)
    key = (event.kind, event.subject.hex()) if event.subject else None
    if event.kind not in TEXTS or key is None:
        return []
    register = state.register(*key)
    if register is not None and said(register.chosen) == said(event):
        return []
    return [Draft(event.kind, event.subject, {**content, "parents": state.parents(*key)})]
