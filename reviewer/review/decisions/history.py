"""Who decided what when, told in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import WaiverScope
from reviewer.review.alignment.places import ord_of
from reviewer.review.decisions.independent import hides
from reviewer.review.decisions.registers import INDEPENDENT
from reviewer.review.decisions.rows import name_of, time_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from datetime import datetime

    from reviewer.model import Event
    from reviewer.review.alignment.columns import Columns
    from reviewer.review.decisions.fold import State


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One decision.

    Attributes:
        time: by the clock of the reviewer's computer, in UTC.
        what: an English sentence (context "history") with {0}, {1} for `words`.
        number: the pair it is about, the first of several; None where it has no row.
        undone: it was taken back since.
        passed_over: it changes the alignment of pairs that others changed before.
    """

    time: datetime
    reviewer: str
    what: str
    words: tuple[str, ...]
    number: int | None
    undone: bool
    event: Event
    passed_over: bool = False


_VERDICTS = {
    "confirmed": QT_TRANSLATE_NOOP("history", "Confirmed"),
    "rejected": QT_TRANSLATE_NOOP("history", "Rejected"),
    "open": QT_TRANSLATE_NOOP("history", "Reopened"),
}
_GROUPS = {
    "unify": QT_TRANSLATE_NOOP("history", "Unified “{0}” to “{1}”"),
    "keep": QT_TRANSLATE_NOOP("history", "Kept the renderings of “{0}”"),
    "different": QT_TRANSLATE_NOOP("history", "Said that “{0}” is several concepts"),
    "not-a-term": QT_TRANSLATE_NOOP("history", "Said that “{0}” is not a term"),
    "open": QT_TRANSLATE_NOOP("history", "Arranged the renderings of “{0}”"),
}
_SENTENCES = {
    "edit": (QT_TRANSLATE_NOOP("history", "Changed to: {0}"), ("text",)),
    "insert": (QT_TRANSLATE_NOOP("history", "Added: {0}"), ("text",)),
    "comment": (QT_TRANSLATE_NOOP("history", "Comment: {0}"), ("text",)),
    "amend": (QT_TRANSLATE_NOOP("history", "Comment taken away"), ()),
    "align.edit": (QT_TRANSLATE_NOOP("history", "Changed the alignment"), ()),
    "align.use": (QT_TRANSLATE_NOOP("history", "Aligned anew"), ()),
    "issue": (QT_TRANSLATE_NOOP("history", "Marked an issue: {0}"), ("note",)),
    "doc.version": (QT_TRANSLATE_NOOP("history", "Took a new version: {0}"), ("title",)),
    "setting": (QT_TRANSLATE_NOOP("history", "Changed a setting"), ()),
    "export.done": (QT_TRANSLATE_NOOP("history", "Exported to {0}"), ("name",)),
    "merge.done": (QT_TRANSLATE_NOOP("history", "Loaded another review"), ()),
    "salvage.done": (QT_TRANSLATE_NOOP("history", "Rescued from a damaged file"), ()),
}
_WAIVED = QT_TRANSLATE_NOOP("history", "Waived a finding {0}")
_UNWAIVED = QT_TRANSLATE_NOOP("history", "Took a waiver back")
_WORD = QT_TRANSLATE_NOOP("history", "Accepted the word “{0}”")
_NO_WORD = QT_TRANSLATE_NOOP("history", "Took the word “{0}” off the list")
_TERM = QT_TRANSLATE_NOOP("history", "Termbase: {0}")
_NO_TERM = QT_TRANSLATE_NOOP("history", "Took an entry out of the termbase")
_APART = QT_TRANSLATE_NOOP("history", "Made reviewers independent")
_TOGETHER = QT_TRANSLATE_NOOP("history", "Showed everybody’s decisions again")
_UNKNOWN = QT_TRANSLATE_NOOP("history", "Made by a newer version")
_MOST_TERMS = 4
_SILENT = frozenset({"retract", "doc.add", "align.add", "reviewer.profile"})


def lines(state: State, columns: Columns, number: int | None) -> Iterator[HistoryLine]:
    """Yield the decisions, newest first; of one pair, or of the whole project with None.

    Each is read when it is asked for, as long as nothing more is decided.
    """
    passed_over = columns.beads.passed_over
    for event in _said_near(state, columns, number):
        if event.kind in _SILENT or _is_import(state, event):
            continue
        about = columns.rows_about(event, state.content(event))
        if hides(state, event, map(columns.subject, about)):
            continue
        if number is None or number in about:
            yield _line(state, event, next(iter(about), None), passed_over)


def _said_near(state: State, columns: Columns, number: int | None) -> Iterator[Event]:
    """Yield the events that may be about a pair, all with None, newest first."""
    if number is None:
        return state.events(newest_first=True)
    place = columns.place(number)
    source, target = (
        (ord_of(ranges[0][0]), ord_of(ranges[-1][1] - 1) + 1)
        for ranges in (place.source, place.target)
    )
    return state.near(source, target)


def _is_import(state: State, event: Event) -> bool:
    """Return whether an alignment came into use with its documents."""
    return event.kind == "align.use" and any(
        other.kind == "doc.add" for other in state.gesture(event)
    )


def line(state: State, event: Event) -> HistoryLine:
    """Return a decision that has no row."""
    return _line(state, event, None, ())


def _line(
    state: State, event: Event, number: int | None, passed_over: Container[bytes]
) -> HistoryLine:
    what, words = told(event.kind, state.content(event))
    return HistoryLine(
        time_of(event),
        name_of(state, event),
        what,
        words,
        number,
        not state.live(event.hash),
        event,
        event.hash in passed_over,
    )


def terms_in(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield the terms of a termbase entry."""
    terms = content.get("terms")
    for term in terms if isinstance(terms, list) else ():
        if isinstance(term, dict) and isinstance(term.get("text"), str):
            yield term["text"]


def told(kind: str, content: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return what a decision says: an English sentence (context "history") and its words."""
    if kind == "verdict":
        return _VERDICTS.get(str(content.get("v")), _UNKNOWN), ()
    if kind == "group":
        words = (str(content.get("source")), str(content.get("preferred") or ""))
        return _GROUPS.get(str(content.get("verdict")), _UNKNOWN), words
    if kind == "term":
        texts = tuple(terms_in(content))
        return (_TERM, (" – ".join(texts[:_MOST_TERMS]),)) if texts else (_NO_TERM, ())
    if kind == "waive":
        on = content.get("on") is True
        if content.get("scope") == WaiverScope.WORD.value:
            return _WORD if on else _NO_WORD, (str(content.get("key") or ""),)
        reason = str(content.get("reason") or "")
        because = f"({reason})" if reason else ""
        return (_WAIVED, (because,)) if on else (_UNWAIVED, ())
    if kind == "setting" and content.get("key") == INDEPENDENT[1]:
        return (_APART if content.get("value") is True else _TOGETHER), ()
    sentence, keys = _SENTENCES.get(kind, (_UNKNOWN, ()))
    return sentence, tuple(str(content.get(key) or "") for key in keys)
