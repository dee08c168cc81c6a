"""How the texts of a project were at an earlier moment, and taking them back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from reviewer.model import Draft, Side
from reviewer.review.disagreements import TEXTS
from reviewer.review.fold import State
from reviewer.review.registers import register_key, said
from reviewer.review.subjects import hashes_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reviewer.model import Event
    from reviewer.review.columns import Columns
    from reviewer.review.registers import Key


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


def earlier_texts(state: State, columns: Columns, event: Event) -> tuple[Earlier, ...]:
    """Return the texts that were others just after an event, by pair; the pairs' first.

    By the clocks of the reviewers' computers: what came from elsewhere later but was made
    before counts as made before.
    """
    moment = event.hlc, event.hash
    keys = _touched_since(state, moment)
    known = [*state.retracts(), *state.members(keys)]
    then, now = State(e for e in known if (e.hlc, e.hash) <= moment), State(known)
    # In the order of the texts, which are quick to read then.
    ordered = sorted(keys, key=lambda key: keys[key])
    found = [each for key in ordered if (each := _compared(columns, (then, now), key))]
    none = len(columns)
    return tuple(sorted(found, key=lambda e: (none if e.number is None else e.number, e.key)))


def _touched_since(state: State, moment: tuple[int, bytes]) -> dict[Key, int]:
    """Return the registers of texts that later events are in, or take something back in.

    With the segment that each is about. All others are as they were.
    """
    found: dict[Key, int] = {}
    looked: set[bytes] = set()
    later = takewhile(lambda e: (e.hlc, e.hash) > moment, state.events(newest_first=True))
    for event in later:
        waiting: list[Event | None] = [event]
        while waiting:
            one = waiting.pop()
            if one is None or one.hash in looked:
                continue
            content = state.content(one)
            if one.kind == "retract":
                looked.add(one.hash)
                waiting += map(state.event, hashes_in(content.get("of")))
            elif one.kind in TEXTS and (key := register_key(one, content)) is not None:
                at = content.get("at")
                found[key] = at if isinstance(at, int) else -1
    return found


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
    body = {name: value for name, value in content.items() if name != "parents"}
    return Earlier(key, number, then, now, body | {"text": then}, heads[-1].subject)


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
