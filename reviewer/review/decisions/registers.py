"""Registers: the places in which one decision replaces another, and what was said there.

An event of another kind is a line of a list, or takes others back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewer.model import Event

Key = tuple[str, ...]
"""Names a register: its kind, then what tells it from others of its kind."""

BY_SUBJECT = frozenset({"edit", "insert", "verdict"})
"""Kinds whose register is told by what they are about."""
RANGED = frozenset({"edit", "insert"})
"""Kinds that may be about a piece of a segment."""
_BY_FIELDS: Mapping[str, tuple[str, ...]] = {
    "waive": ("scope", "check", "key"),
    "setting": ("key",),
    "term": ("concept",),
    "group": ("source",),
    "amend": ("of",),
}
"""Fields of the body that tell the register of the other kinds."""
_MUST_HOLD: Mapping[str, tuple[str, type]] = {
    "edit": ("text", str),
    "insert": ("text", str),
    "verdict": ("v", str),
    "waive": ("on", bool),
    "group": ("verdict", str),
    "term": ("terms", list),
    "amend": ("fields", dict),
}
"""What a body of the kind is nothing without."""
_SAYS: Mapping[str, tuple[str, ...]] = {
    "edit": ("text", "codes"),
    "insert": ("text", "codes"),
    "verdict": ("v",),
    "waive": ("on",),
    "group": ("verdict", "preferred"),
    "setting": ("value",),
}
"""What two people must say alike to agree; what they saw and their reasons may differ."""
LISTED = frozenset(
    {"comment", "issue", "align.edit", "align.use", "align.add", "doc.add", "doc.hide"}
    | {"doc.version"}
    | {"project.note", "reviewer.profile", "export.done", "merge.done", "salvage.done"}
)
"""Kinds whose events stand side by side instead of replacing each other."""
OWN = frozenset({"edit", "insert", "verdict", "waive", "group"})
"""Kinds that count for who decided alone where reviewers are independent."""
INDEPENDENT: Key = ("setting", "independent")
"""The register that says whether they are (`project-file.md` A3)."""


@dataclass(frozen=True, slots=True)
class Register:
    """What stands in one place.

    Attributes:
        heads: live events that no live event of the register names as parent; latest first.
    """

    heads: tuple[Event, ...]

    @property
    def chosen(self) -> Event:
        """The head that is shown: the latest, ties broken by hash."""
        return self.heads[0]

    @property
    def disagreement(self) -> bool:
        """Whether two heads say different things."""
        return len(self.heads) > 1 and len({said(event) for event in self.heads}) > 1


def register_key(event: Event, content: Mapping[str, Any]) -> Key | None:
    """Return the register an event belongs to; None for kinds and bodies we do not know."""
    field, wanted = _MUST_HOLD.get(event.kind, ("", object))
    if not isinstance(content.get(field), wanted):
        return None
    if event.kind in BY_SUBJECT:
        return (event.kind, event.subject.hex()) if event.subject else None
    names = _BY_FIELDS.get(event.kind)
    if names is None:
        return None
    values = [content.get(name) for name in names]
    if not all(isinstance(value, str) for value in values):
        return None
    key = (event.kind, *(str(value) for value in values))
    kind = content.get("kind")
    if event.kind == "group" and isinstance(kind, str) and kind not in {"", "term"}:
        # One term may drift in wording and in spelling: these are decided apart.
        return (*key, kind)
    return key


def said(event: Event) -> str:
    """Return what an event says: equal for two that do not disagree."""
    content = read_body(event.body)
    names = _SAYS.get(event.kind) or tuple(key for key in content if key != "parents")
    return json.dumps([content.get(name) for name in sorted(names)], sort_keys=True)


def read_body(body: str) -> Mapping[str, Any]:  # Any: JSON
    """Return what a body holds; nothing where it cannot be read."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def by_time(event: Event) -> tuple[int, bytes]:
    """Sort events from the oldest to the latest, ties by hash."""
    return event.hlc, event.hash
