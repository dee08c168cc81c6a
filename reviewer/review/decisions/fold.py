"""The fold: from the set of events to what stands now.

A pure function of the set: order of arrival, duplicates and partition into files do not matter.
Nothing is stored but the events and who names whom; every answer is derived from that.
"""

from __future__ import annotations

from heapq import merge
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from reviewer.review.alignment.subjects import hashes_in
from reviewer.review.decisions.log_index import NOTHING, UNTOLD
from reviewer.review.decisions.registers import (
    BY_SUBJECT,
    INDEPENDENT,
    LISTED,
    OWN,
    RANGED,
    Register,
    by_time,
    read_body,
    register_key,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from reviewer.model import Event
    from reviewer.review.decisions.judged_beads import JudgedBeads
    from reviewer.review.decisions.log_index import (
        Counted,
        Indexed,
        LogIndex,
        Moment,
        Numbers,
        Range,
    )
    from reviewer.review.decisions.registers import Key
    from reviewer.review.decisions.written_texts import WrittenTexts

_MOST_KEPT = 50_000
"""Answers that are remembered; a longer document is asked for again."""
_MOST_READ = 1_000
"""Bodies of indexed events that are remembered."""
_DEEP = 4
"""Undo of redo of undo of a gesture; only a hostile log goes deeper, and is derived anew."""
_NO_DISPUTE = -1


class State:
    """The events known so far and what follows from them.

    Those of an indexed log are made when they are asked for; what came since is kept as it is.
    """

    def __init__(
        self,
        events: Iterable[Event] = (),
        log: LogIndex = NOTHING,
        *,
        viewer: bytes | None = None,
    ) -> None:
        """Take events, and those that a log has indexed.

        Where reviewers are independent, what stands is told as `viewer` decided; None for all.
        """
        self.viewer = viewer
        self._log = log
        self._read: dict[bytes, Mapping[str, Any]] = {}  # bodies of indexed events
        self._events: dict[bytes, Event] = {}
        self._content: dict[bytes, Mapping[str, Any]] = {}
        self._retractors: dict[bytes, set[bytes]] = {}
        self._members: dict[Key, set[bytes]] = {}
        self._listed: dict[str, set[bytes]] = {}
        self._registers: dict[Key, Register | None] = {}
        # To be looked at for disagreements:
        self._unsettled: set[Key] = set(log.contested)
        self._disputed: set[Key] = set()
        self._tips: dict[Key, bytes] = {}  # of registers in which each event follows the last
        self._dispute_stamp = 0
        self._children: dict[bytes, set[bytes]] = {}
        self._gestures: dict[tuple[bytes, int], list[Event]] = {}
        self._ranged: dict[tuple[str, int], set[Key]] = {}
        self._in_order: list[Event] = []
        self._sorted = True
        for event in events:
            self.add(event)

    def __len__(self) -> int:
        return len(self._events) + len(self._log)

    def __contains__(self, event_hash: bytes) -> bool:
        return event_hash in self._events or self._log.find(event_hash) is not None

    def add(self, event: Event) -> None:
        """Add one event; a known one changes nothing, an unreadable or unknown one only counts."""
        if event.hash not in self:
            self._take(event)

    def add_all(self, events: Sequence[Event]) -> list[Event]:
        """Add many events at once; return those that were not known."""
        indexed = self._log.holds([event.hash for event in events])
        new = {
            event.hash: event
            for event, is_known in zip(events, indexed, strict=True)
            if not is_known and event.hash not in self._events
        }
        for event in new.values():
            self._take(event)
        return list(new.values())

    def _take(self, event: Event) -> None:
        self._events[event.hash] = event
        content = read_body(event.body)
        self._content[event.hash] = content
        self._gestures.setdefault((event.session, event.gesture), []).append(event)
        self._sorted &= not self._in_order or by_time(self._in_order[-1]) < by_time(event)
        self._in_order.append(event)
        parents = hashes_in(content.get("parents"))
        for parent in parents:
            self._children.setdefault(parent, set()).add(event.hash)
        if event.kind == "retract":
            self._retract(event, content)
        elif event.kind in LISTED:
            self._listed.setdefault(event.kind, set()).add(event.hash)
        else:
            key = register_key(event, content)
            if key is not None:
                self._join(key, event.hash, parents)
                self._note_range(key, content)

    def _join(self, key: Key, event_hash: bytes, parents: Sequence[bytes]) -> None:
        """Add an event to a register, which may be disputed then unless it follows the last one.

        Of decisions that follow each other, as most do, none is looked at before it is asked for.
        """
        members = self._members.get(key)
        if members is None:
            members = self._members[key] = self._take_over(key)
        if members:
            tip = next(iter(members)) if len(members) == 1 else self._tips.get(key)
            # What somebody took back brings another one to the end.
            if tip is not None and tip not in self._retractors and list(parents) == [tip]:
                self._tips[key] = event_hash
            else:
                self._tips.pop(key, None)
                self._unsettled.add(key)
        members.add(event_hash)
        self._look_anew(key)

    def _look_anew(self, key: Key) -> None:
        """Forget what stood in a register; and in all where it says whose decisions count."""
        self._registers.pop(key, None)
        if key == INDEPENDENT:
            self._registers.clear()

    def _take_over(self, key: Key) -> set[bytes]:
        """Return the indexed events of a register that grows, and note the one at its end."""
        chain = self._chain(key)
        if chain is not None:
            self._tips[key] = self._log.moment(chain[0])[1]
            return set(chain[1])
        found = self._indexed(key)
        named = {p for event in found.values() for p in self._parents(event)}
        ends = found.keys() - named
        if len(ends) == 1:
            self._tips[key] = next(iter(ends))
        return set(found)

    def _indexed(self, key: Key) -> dict[bytes, Event]:
        """Return the indexed events of a register by their hashes."""
        if not self._log or key[0] not in BY_SUBJECT:
            return {}
        numbers = self._log.register(key[0], bytes.fromhex(key[1]))
        return {event.hash: event for event in map(self._log.event, numbers)}

    def _chain(self, key: Key) -> tuple[int, list[bytes]] | None:
        """Return the end and the hashes of an indexed register whose events follow each other."""
        if not self._log or key[0] not in BY_SUBJECT:
            return None
        return self._log.chain(key[0], bytes.fromhex(key[1]))

    def _end(self, key: Key) -> Event | None:
        """Return what stands in a register whose events follow each other, none taken back.

        None where that has to be looked at.
        """
        if key[0] in OWN and self.viewer is not None and self.is_independent:
            return None
        members = self._members.get(key)
        if members is not None:
            tip = self._tips.get(key)
            is_chain = tip is not None and members.isdisjoint(self._retractors)
            return self.event(tip) if is_chain and tip is not None else None
        chain = self._chain(key)
        if chain is None or not self._retractors.keys().isdisjoint(chain[1]):
            return None
        return self._log.event(chain[0])

    def _parents(self, event: Event) -> list[bytes]:
        return hashes_in(self.content(event).get("parents"))

    def _note_range(self, key: Key, content: Mapping[str, Any]) -> None:
        """Remember that a text is about a piece of a segment."""
        at = content.get("at")
        if key[0] in RANGED and "range" in content and isinstance(at, int):
            self._ranged.setdefault((key[0], at), set()).add(key)

    def _retract(self, event: Event, content: Mapping[str, Any]) -> None:
        for target in hashes_in(content.get("of")):
            self._retractors.setdefault(target, set()).add(event.hash)
        self._forget(event.hash)

    def _forget(self, retract: bytes) -> None:
        """Drop the answers that a retract changes, also those that it brings back to life."""
        level = {retract}
        for _ in range(_DEEP):
            below: set[bytes] = set()
            for event in filter(None, map(self.event, level)):
                content = self.content(event)
                key = register_key(event, content)
                if key is not None:
                    self._look_anew(key)
                    self._unsettled.add(key)
                elif event.kind == "retract":
                    below.update(hashes_in(content.get("of")))
            level = below
        if level:
            self._registers.clear()
            self._unsettled.update(self._members)
            for kind in BY_SUBJECT:
                self._unsettled.update(self.keys(kind))

    def live(self, event_hash: bytes) -> bool:
        """Return whether an event counts: no live retract names it.

        Hashes cannot form a circle, but a hostile file may nest retracts deeply: no recursion.
        """
        if event_hash not in self._retractors:
            return True
        known: dict[bytes, bool] = {}
        stack = [event_hash]
        while stack:
            current = stack[-1]
            naming = self._retractors.get(current, ())
            waiting = [retract for retract in naming if retract not in known]
            if waiting:
                stack.extend(waiting)
            else:
                known[current] = not any(known[retract] for retract in naming)
                stack.pop()
        return known[event_hash]

    def register(self, *key: str) -> Register | None:
        """Return what stands in a register, or None where nobody said anything that counts."""
        try:
            return self._registers[key]
        except KeyError:
            found = self._derive(key)
        if len(self._registers) >= _MOST_KEPT:
            self._registers.clear()
        self._registers[key] = found
        return found

    def _derive(self, key: Key) -> Register | None:
        end = self._end(key)
        if end is not None:
            return Register((end,))
        found = self._of_register(key).values()
        return self._standing([event for event in found if self.counts(event)])

    def _standing(self, events: Iterable[Event]) -> Register | None:
        """Return what stands by some events of a register alone."""
        live = {event.hash: event for event in events if self.live(event.hash)}
        superseded = {p for event in live.values() for p in self._parents(event)}
        heads = [live[h] for h in live.keys() - superseded]
        return Register(tuple(sorted(heads, key=by_time, reverse=True))) if heads else None

    # Whose decisions count

    @property
    def is_independent(self) -> bool:
        """Whether what a reviewer decides counts for that reviewer alone."""
        register = self.register(*INDEPENDENT)
        return register is not None and self.content(register.chosen).get("value") is True

    def counts(self, event: Event) -> bool:
        """Return whether an event is the viewer's, or one that counts for everybody."""
        if self.viewer in (None, event.reviewer) or event.kind not in OWN:
            return True
        return not self.is_independent

    def by_reviewer(self, *key: str) -> Mapping[bytes, Register]:
        """Return what stands in a register by each reviewer's own decisions alone."""
        own: dict[bytes, list[Event]] = {}
        for event in self._of_register(key).values():
            own.setdefault(event.reviewer, []).append(event)
        found = {reviewer: self._standing(events) for reviewer, events in own.items()}
        return {reviewer: told for reviewer, told in sorted(found.items()) if told is not None}

    def _of_register(self, key: Key) -> Mapping[bytes, Event]:
        members = self._members.get(key)
        if members is None:
            return self._indexed(key)
        found = {h: self.event(h) for h in members}
        return {h: event for h, event in found.items() if event is not None}

    def members(self, keys: Iterable[Key]) -> Iterator[Event]:
        """Yield all events of registers that count for the viewer, the dead ones too.

        Those of the file come in its order.
        """
        numbers: list[int] = []
        for key in keys:
            if key in self._members:
                yield from filter(self.counts, self._of_register(key).values())
            elif self._log and key[0] in BY_SUBJECT:
                numbers += self._log.register(key[0], bytes.fromhex(key[1]))
        yield from filter(self.counts, self.numbered(sorted(numbers)))

    def retracts(self) -> Iterator[Event]:
        """Yield the events that take others back, in no order."""
        return (event for event in self._events.values() if event.kind == "retract")

    def retracts_of(self, hashes: Iterable[bytes]) -> list[Event]:
        """Return the events that take these back, and those that take these back in turn."""
        found: dict[bytes, Event] = {}
        waiting = list(hashes)
        while waiting:
            for retract in self._retractors.get(waiting.pop(), ()):
                if retract not in found:
                    found[retract] = self._events[retract]
                    waiting.append(retract)
        return list(found.values())

    def not_indexed(self) -> Iterable[Event]:
        """Return the events that are in no index of a log, in no order."""
        return self._events.values()

    def registers(self, kind: str) -> Iterator[tuple[Key, Register]]:
        """Yield every register of a kind that holds something, ordered by key."""
        for key in self.keys(kind):
            register = self.register(*key)
            if register is not None:
                yield key, register

    def keys(self, kind: str) -> Iterator[Key]:
        """Yield the registers of a kind that anybody said anything in, in order."""
        indexed = ((kind, subject.hex()) for subject in self._log.subjects(kind))
        before: Key = ()
        for key in merge(sorted(key for key in self._members if key[0] == kind), indexed):
            if key != before:
                yield key
            before = key

    def parents(self, *key: str) -> list[str]:
        """Return the hashes, in hex, that a new event of this register supersedes."""
        register = self.register(*key)
        return sorted(event.hash.hex() for event in register.heads) if register else []

    def ranged(self, kind: str, at: int) -> Sequence[Key]:
        """Return the registers of texts for pieces of the segments with this `ord`."""
        return sorted(self._ranged.get((kind, at), ()))

    def subjects(self, kinds: Container[str]) -> Iterator[Event]:
        """Yield one event of these kinds for each thing that any of them is about."""
        yield from self.subjects_since(kinds)
        for kind in sorted(kind for kind in BY_SUBJECT if kind in kinds):
            yield from (self._log.event(each.number) for each in self.indexed(kind))

    def subjects_since(self, kinds: Container[str]) -> Collection[Event]:
        """Return the same of the events that are not indexed."""
        known = {e.subject: e for e in self._in_order if e.subject and e.kind in kinds}
        return known.values()

    def indexed(self, kind: str) -> Iterator[Indexed]:
        """Yield one indexed event of a kind for each thing that any of them is about.

        They come in the order of the texts, which are quick to read then.
        """
        return self._log.one_each(kind)

    def judged(self, align_id: bytes) -> JudgedBeads | None:
        """Return what the indexed verdicts say of an alignment; None where nobody counted."""
        counted = self._counted()
        return counted.judged.get(align_id) if counted is not None else None

    def _counted(self) -> LogIndex | Counted | None:
        """Return what was counted of the events that count for the viewer."""
        log, viewer = self._log, self.viewer
        if viewer is None or not log.reviewers - {viewer} or not self.is_independent:
            return log
        return log.own.get(viewer)

    def written(self, kind: str, document: bytes) -> WrittenTexts | None:
        """Return what the indexed texts of a kind say of a document; None where nobody counted."""
        counted = self._counted()
        return counted.written.get((kind, document)) if counted is not None else None

    def contested(self, kind: str) -> list[int]:
        """Return the numbers of the indexed events of a kind that do not follow each other."""
        subjects = (bytes.fromhex(key[1]) for key in self._log.contested if key[0] == kind)
        return [number for subject in subjects for number in self._log.register(kind, subject)]

    @property
    def indexed_count(self) -> int:
        """How many events are indexed."""
        return len(self._log)

    def stood_at(self, moment: Moment) -> Numbers:
        """Return what stood in the registers of the log just after a moment; see `LogIndex`.

        Where not all that is indexed counts for the viewer, it tells of none.
        """
        stood = self._log.stood_at(moment)
        if self._counted() is not self._log:
            stood[:] = UNTOLD
        return stood

    def marks(self, numbers: Numbers) -> NDArray[np.uint64]:
        """Return marks of the texts that indexed events write: equal for equal ones."""
        return self._log.marks(numbers)

    def registered(self, event: Event) -> list[int]:
        """Return the numbers of the indexed events in the register of a text or verdict."""
        return self._log.register(event.kind, event.subject) if event.subject else []

    def came_after(self, moment: Moment) -> Iterator[Event]:
        """Yield the events behind a moment that are not indexed, newest first."""
        return takewhile(lambda e: by_time(e) > moment, reversed(self._sorted_events()))

    def numbered(self, numbers: Iterable[int]) -> Iterator[Event]:
        """Yield indexed events by their numbers."""
        return map(self._log.event, numbers)

    def subjects_numbered(self, numbers: Numbers) -> list[bytes]:
        """Return what indexed events are about."""
        return self._log.subjects_of(numbers)

    def joined_since(self, kind: str) -> list[int]:
        """Return the numbers of indexed events in whose registers others are too."""
        grown = [bytes.fromhex(key[1]) for key in self._members if key[0] == kind]
        return [number for subject in grown for number in self._log.register(kind, subject)]

    def taken_back(self) -> Iterator[Event]:
        """Yield the events that a retract names, whether it counts or not."""
        return filter(None, map(self.event, self._retractors))

    def indexed_event(self, indexed: Indexed) -> Event:
        """Return an indexed event."""
        return self._log.event(indexed.number)

    def listed(self, kind: str, *, dead: bool = False) -> list[Event]:
        """Return the events of a kind of `LISTED`, oldest first: the live ones, or all."""
        found = (self._events[h] for h in self._listed.get(kind, ()) if dead or self.live(h))
        return sorted(found, key=by_time)

    def content(self, event: Event) -> Mapping[str, Any]:
        """Return the parsed body; empty where it cannot be read."""
        known = self._content.get(event.hash)
        if known is None:
            known = self._read.get(event.hash)
        if known is None:
            if len(self._read) >= _MOST_READ:
                self._read.clear()
            known = self._read[event.hash] = read_body(event.body)
        return known

    def event(self, event_hash: bytes) -> Event | None:
        """Return a known event."""
        known = self._events.get(event_hash)
        number = self._log.find(event_hash) if known is None and self._log else None
        return known if number is None else self._log.event(number)

    def events(self, *, newest_first: bool = False) -> Iterator[Event]:
        """Yield all events, oldest first unless asked otherwise, the dead ones too."""
        came = self._sorted_events()
        came = came[::-1] if newest_first else came
        return merge(
            self._log.in_order(reverse=newest_first), came, key=by_time, reverse=newest_first
        )

    def made_by(self, reviewer: bytes) -> Iterator[Event]:
        """Yield all events of a reviewer, newest first, the dead ones too."""
        came = self._sorted_events()[::-1]
        own = (event for event in came if event.reviewer == reviewer)
        return merge(self._log.of(reviewer), own, key=by_time, reverse=True)

    def near(self, source: Range, target: Range) -> Iterator[Event]:
        """Yield the events that may be about these segments, newest first, the dead ones too.

        The others that are texts of whole segments or verdicts are left out.
        """
        came = self._sorted_events()[::-1]
        return merge(self._log.near(source, target), came, key=by_time, reverse=True)

    def _sorted_events(self) -> Sequence[Event]:
        if not self._sorted:
            self._in_order.sort(key=by_time)
            self._sorted = True
        return self._in_order

    def gesture(self, event: Event) -> list[Event]:
        """Return the events of an event's gesture, in the order in which they were made."""
        of_gesture = [*self._gestures.get((event.session, event.gesture), ())]
        of_gesture += map(self._log.event, self._log.gesture(event.session, event.gesture))
        return sorted(of_gesture, key=lambda other: other.seq)

    def built_upon(self, event_hash: bytes) -> list[Event]:
        """Return the live events that name this one as parent."""
        found = [self._events[h] for h in self._children.get(event_hash, ())]
        found += map(self._log.event, self._log.children(event_hash))
        return sorted((e for e in found if self.live(e.hash)), key=lambda e: e.hash)

    @property
    def dispute_stamp(self) -> int:
        """A number that is another one when a disagreement came, changed or went.

        Among independent reviewers there is none; what they said is compared when they are done.
        """
        if self.is_independent:
            return _NO_DISPUTE
        for key in self._unsettled:
            register = self.register(*key)
            disputed = register is not None and register.disagreement
            self._dispute_stamp += disputed or key in self._disputed
            (self._disputed.add if disputed else self._disputed.discard)(key)
        self._unsettled.clear()
        return self._dispute_stamp

    @property
    def disputed(self) -> frozenset[Key]:
        """The registers in which reviewers said different things."""
        return frozenset(self._disputed if self.dispute_stamp != _NO_DISPUTE else ())

    @property
    def disputed_count(self) -> int:
        """In how many registers reviewers said different things; none of them is read."""
        return len(self._disputed) if self.dispute_stamp != _NO_DISPUTE else 0

    def disagreements(self) -> Iterator[tuple[Key, Register]]:
        """Yield the registers in which reviewers said different things, ordered by key.

        Only what changed since it was last asked is looked at.
        """
        if self.dispute_stamp != _NO_DISPUTE:
            for key in sorted(self._disputed):
                register = self.register(*key)
                if register is not None:
                    yield key, register
