"""Who decided what when, told in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.review.rows import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewer.model import Event
    from reviewer.review.columns import Columns
    from reviewer.review.fold import State

_LATEST = 253402300799
"""The last second of the year 9999; a clock beyond it is a damaged or forged one."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One decision.

    Attributes:
        time: by the clock of the reviewer's computer, in UTC.
        what: an English sentence (context "history") with {0}, {1} for `words`.
        number: the pair it is about; None for the project as a whole.
        undone: it was taken back since.
    """

    time: datetime
    reviewer: str
    what: str
    words: tuple[str, ...]
    number: int | None
    undone: bool
    event: Event


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
}
_SENTENCES = {
    "edit": (QT_TRANSLATE_NOOP("history", "Changed to: {0}"), ("text",)),
    "insert": (QT_TRANSLATE_NOOP("history", "Added: {0}"), ("text",)),
    "comment": (QT_TRANSLATE_NOOP("history", "Comment: {0}"), ("text",)),
    "amend": (QT_TRANSLATE_NOOP("history", "Comment taken away"), ()),
    "align.edit": (QT_TRANSLATE_NOOP("history", "Changed the alignment"), ()),
    "setting": (QT_TRANSLATE_NOOP("history", "Changed a setting"), ()),
    "export.done": (QT_TRANSLATE_NOOP("history", "Exported to {0}"), ("name",)),
    "merge.done": (QT_TRANSLATE_NOOP("history", "Loaded another review"), ()),
    "salvage.done": (QT_TRANSLATE_NOOP("history", "Rescued from a damaged file"), ()),
}
_WAIVED = QT_TRANSLATE_NOOP("history", "Waived a finding {0}")
_UNWAIVED = QT_TRANSLATE_NOOP("history", "Took a waiver back")
_UNKNOWN = QT_TRANSLATE_NOOP("history", "Made by a newer version")
_SILENT = frozenset({"retract", "doc.add", "align.add", "align.use", "reviewer.profile"})


def lines(state: State, columns: Columns, number: int | None) -> tuple[HistoryLine, ...]:
    """Return the decisions, newest first; of one pair, or of the whole project with None."""
    found = []
    for event in reversed(state.events()):
        if event.kind in _SILENT:
            continue
        content = state.content(event)
        about = columns.number_of(event, content)
        if number is not None and about != number:
            continue
        what, words = _told(event.kind, content)
        found.append(
            HistoryLine(
                _time(event),
                name_of(state, event),
                what,
                words,
                about,
                not state.live(event.hash),
                event,
            )
        )
    return tuple(found)


def _told(kind: str, content: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    if kind == "verdict":
        return _VERDICTS.get(str(content.get("v")), _UNKNOWN), ()
    if kind == "group":
        words = (str(content.get("source")), str(content.get("preferred") or ""))
        return _GROUPS.get(str(content.get("verdict")), _UNKNOWN), words
    if kind == "waive":
        reason = str(content.get("reason") or "")
        told = f"({reason})" if reason else ""
        return (_WAIVED, (told,)) if content.get("on") is True else (_UNWAIVED, ())
    sentence, keys = _SENTENCES.get(kind, (_UNKNOWN, ()))
    return sentence, tuple(str(content.get(key) or "") for key in keys)


def _time(event: Event) -> datetime:
    return datetime.fromtimestamp(min((event.hlc >> 16) / 1000, _LATEST), UTC)
