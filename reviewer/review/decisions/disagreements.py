"""Where reviewers said different things without knowing of each other, and what each said."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import Draft, Side
from reviewer.review.alignment.subjects import Piece, segment_subject
from reviewer.review.decisions import history
from reviewer.review.decisions.project import is_about
from reviewer.review.decisions.registers import said
from reviewer.review.decisions.rows import name_of, time_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from reviewer.model import Event
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.decisions.fold import State
    from reviewer.review.decisions.project import PairOfDocuments
    from reviewer.review.decisions.registers import Key, Register
    from reviewer.store import Project

TEXTS = frozenset({"edit", "insert"})
"""Kinds of which the versions are texts that a third can be written beside."""


@dataclass(frozen=True, slots=True)
class Version:
    """One of the things that were said.

    Attributes:
        event: the latest that says it.
        what: an English sentence (context "history") with {0}, {1} for `words`.
        authors: who said it and when, latest first; equal versions are one.
    """

    event: Event
    what: str
    words: tuple[str, ...]
    authors: tuple[tuple[str, datetime], ...]


@dataclass(frozen=True)
class Disagreement:
    """A place in which different things stand beside each other.

    Attributes:
        key: names the register.
        register: what stands there.
        document: which document pair of the project it is about; None for no one alone.
        number: its pair, where that document pair is the open one and has one for it.
    """

    key: Key
    register: Register
    document: int | None
    number: int | None
    state: State = field(compare=False, repr=False)

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """What was said, the one that is shown first; at least two."""
        return versions(self.state, self.register)

    @property
    def kind(self) -> str:
        """Of the events: "edit", "verdict", "waive", ..."""
        return self.key[0]


class Disagreements:
    """The disagreements of a project, found anew only where something changed."""

    def __init__(
        self, project: Project, state: State, documents: Sequence[PairOfDocuments]
    ) -> None:
        self._project = project
        self._state = state
        self._documents = documents
        self._homes: dict[Key, int | None] = {}

    def found(self, columns: Columns | None, document: int) -> tuple[Disagreement, ...]:
        """Return them all, in the order of the documents and their pairs.

        `columns` are those of the open document pair, whose number is given; of it alone the
        pairs are told. What is about no pair comes last.
        """
        found = [
            self._told(key, register, columns, document)
            for key, register in self._state.disagreements()
        ]
        last = len(self._documents), len(columns) if columns is not None else 0
        return tuple(sorted(found, key=lambda each: (*_place(each, last), each.key)))

    def _told(
        self, key: Key, register: Register, columns: Columns | None, document: int
    ) -> Disagreement:
        event = register.chosen
        content = self._state.content(event)
        rows = columns.rows_about(event, content) if columns is not None else []
        home = document if rows else self._home(key, event)
        return Disagreement(key, register, home, next(iter(rows), None), self._state)

    def _home(self, key: Key, event: Event) -> int | None:
        if key not in self._homes:
            content = self._state.content(event)
            self._homes[key] = next(
                (
                    number
                    for number, pair in enumerate(self._documents)
                    if _is_in(self._project, pair, event, content)
                ),
                None,
            )
        return self._homes[key]


def _place(each: Disagreement, last: tuple[int, int]) -> tuple[int, int]:
    document, number = each.document, each.number
    return (last[0] if document is None else document, last[1] if number is None else number)


def _is_in(
    project: Project, pair: PairOfDocuments, event: Event, content: Mapping[str, Any]
) -> bool:
    """Return whether an event is about a text of a document pair."""
    if event.kind not in TEXTS:
        return is_about(project, pair, event, content)
    document = pair.target if event.kind == "edit" else pair.source
    at, cut = content.get("at"), content.get("range")
    if not isinstance(at, int) or not 0 <= at < document.segment_count:
        return False
    (segment,) = project.segments(document.doc_id, at, 1)
    start, end = (0, len(segment.text)) if cut is None else _range(cut)
    return segment_subject(document.doc_id, Piece(at, start, end)) == event.subject


def _range(value: object) -> tuple[int, int]:
    """Return a range as a body has it; one that no piece has where it is none."""
    if isinstance(value, list) and [type(each) for each in value] == [int, int]:
        return value[0], value[1]
    return -1, -1


def versions(state: State, register: Register) -> tuple[Version, ...]:
    """Return the different things that stand in a register, the one that is shown first."""
    alike: dict[str, list[Event]] = {}
    for event in register.heads:
        alike.setdefault(said(event), []).append(event)
    return tuple(
        Version(
            events[0],
            *_words(state, events[0]),
            tuple((name_of(state, event), time_of(event)) for event in events),
        )
        for events in alike.values()
    )


_WAIVED = QT_TRANSLATE_NOOP("history", "Waived")
_FOUND = QT_TRANSLATE_NOOP("history", "Not waived")


def _words(state: State, event: Event) -> tuple[str, tuple[str, ...]]:
    """Return what a version says, as a template and its words."""
    content = state.content(event)
    if event.kind in TEXTS:
        return "{0}", (str(content.get("text")),)
    if event.kind == "setting":
        value = content.get("value")
        return "{0}", (value if isinstance(value, str) else json.dumps(value),)
    if event.kind == "waive":
        return (_WAIVED if content.get("on") is True else _FOUND), ()
    return history.told(event.kind, content)


def take(state: State, disagreement: Disagreement, version: Version) -> Draft:
    """Return the decision that a version stands: the same said again, knowing all of them."""
    event = version.event
    body = {**state.content(event), "parents": state.parents(*disagreement.key)}
    return Draft(event.kind, event.subject, body)


def about(state: State, disagreement: Disagreement) -> tuple[Side, str]:
    """Return the side that a text stands on, and what else names the place: a key, a term."""
    content = state.content(disagreement.register.chosen)
    side = Side.SOURCE if disagreement.kind == "insert" else Side.TARGET
    return side, str(content.get("key") or content.get("source") or content.get("check") or "")
