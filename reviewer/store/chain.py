"""The log read once from end to end: every hash, every chain, and what others rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewer.store.canonical import parsed
from reviewer.store.sealing import ID, true_body

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewer.model import Event
    from reviewer.store.contents import Note
    from reviewer.store.rows import EventRow, StoredDocument


@dataclass
class Summary:
    """What a log says of itself.

    Attributes:
        false: how many events are not what their hashes say.
        missing: how many numbers lack their event, between the others of a session.
        broken: how many events name another one before them than the one that stands there.
        founders: of each session's first event: half its hash, its time, its reviewer; as texts.
        added: what the events `doc.add` say of documents; see `added_document`.
        rescued: ids of projects that were salvaged.
    """

    false: int = 0
    missing: int = 0
    broken: int = 0
    founders: set[tuple[str, str | None, str | None]] = field(default_factory=set)
    added: set[tuple[str, ...]] = field(default_factory=set)
    rescued: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, rows: Iterable[EventRow], take: Note | None = None) -> Summary:
        """Read event rows in the order of (session, seq, hash), whose types were checked.

        `take` is handed every true one.
        """
        summary = cls()
        last_session, last_seq = b"", 0
        before: set[bytes] = set()  # the events of the number before
        here: set[bytes] = set()  # a machine set back in time may use a number twice
        for row in rows:
            content = true_body(row)
            if content is None:
                summary.false += 1
                continue
            if take is not None:
                take(row, content)
            session, seq, hash_, prev, hlc, reviewer, kind, _, _, body = row
            if session != last_session:
                last_session, last_seq, here = session, 0, {b""}
            if seq > last_seq:
                summary.missing += seq - last_seq - 1
                before, here = (here if seq == last_seq + 1 else set()), set()
                last_seq = seq
            if before and prev not in before:
                summary.broken += 1
            here.add(hash_)
            if seq == 1:
                summary.founders.add((hash_[:ID].hex(), str(hlc), reviewer.hex()))
            if kind in _CONSULTED:
                summary._consult(kind, body)
        return summary

    def _consult(self, kind: str, body: str) -> None:
        if kind == "doc.add":
            self.added.add(added_document(body))
        else:
            self.rescued.add(str(parsed(body).get("project")))


_CONSULTED = frozenset({"doc.add", "salvage.done"})


def added_document(body: str) -> tuple[str, ...]:
    """Return what an event `doc.add` says of a document: id, role, language, format, name."""
    said = parsed(body)
    return tuple(str(said.get(key)) for key in ("doc_id", "role", "language", "format", "name"))


def was_added(document: StoredDocument, events: Iterable[Event]) -> bool:
    """Return whether an event `doc.add` says what a document's row says of it."""
    labels = document.role, document.language, document.format, document.name
    said = (document.doc_id.hex(), *labels)
    return any(added_document(event.body) == said for event in events)


def named_alignment(body: str) -> bytes:
    """Return the id of the alignment that an event `align.use` names; empty where it has none."""
    try:
        return bytes.fromhex(str(parsed(body).get("align_id")))
    except ValueError:
        return b""


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun: "1 decision", "2 decisions"."""
    return f"{number} {one if number == 1 else many}"
