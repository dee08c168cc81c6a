"""Events: their identity, their clock, and their form as a line of text."""

from __future__ import annotations

import secrets
import time
from dataclasses import replace
from hashlib import blake2b
from struct import Struct
from typing import TYPE_CHECKING, Any

from reviewer.model import Event
from reviewer.store.canonical import MAX_BODY, canonical, parsed, written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reviewer.model import Draft
    from reviewer.store.rows import EventRow

HASH, ID = 32, 16
_LARGEST = 2**63 - 1
_LABEL = b"bitext event"
# Each field with the length of the next one; see `event_hash`.
_SESSION_SEQ = Struct(">I16sIQI")
_HLC_REVIEWER = Struct(">IQI16sI")
_GESTURE = Struct(">IQI")
_DAY_MS = 24 * 60 * 60 * 1000
_COUNTER_BITS = 16


def event_hash(event: Event) -> bytes:
    """Return the identity of an event: BLAKE2b-256 over all its fields but `hash`.

    Each field is preceded by its length in four bytes; numbers have eight bytes, big-endian; no
    subject is an empty one. So every row verifies alone, and `prev` chains a session.
    """
    return row_hash(
        event.session,
        event.seq,
        event.prev,
        event.hlc,
        event.reviewer,
        event.kind,
        event.gesture,
        event.subject,
        event.body,
    )


def row_hash(
    session: bytes,
    seq: int,
    prev: bytes,
    hlc: int,
    reviewer: bytes,
    kind: str,
    gesture: int,
    subject: bytes | None,
    body: str,
) -> bytes:
    """Return what `event_hash` returns, of an event that is not made yet."""
    names = session, seq, prev, hlc, reviewer, kind.encode(), gesture, subject or b""
    return _digest(*names, body.encode())


def _digest(
    session: bytes,
    seq: int,
    prev: bytes,
    hlc: int,
    reviewer: bytes,
    what: bytes,
    gesture: int,
    about: bytes,
    said: bytes,
) -> bytes:
    fields = (
        _SESSION_SEQ.pack(ID, session, 8, seq, len(prev)),
        prev,
        _HLC_REVIEWER.pack(8, hlc, ID, reviewer, len(what)),
        what,
        _GESTURE.pack(8, gesture, len(about)),
        about,
        len(said).to_bytes(4, "big"),
        said,
    )
    return blake2b(b"".join(fields), digest_size=HASH, person=_LABEL).digest()


def true_body(row: EventRow) -> dict[str, Any] | None:
    """Return the parsed body of a row whose types were checked.

    None where the row is not what its hash says, or cannot be read.
    """
    session, seq, hash_, prev, hlc, reviewer, kind, gesture, subject, body = row
    what, said = kind.encode(), body.encode()
    names = session, seq, prev, hlc, reviewer, what, gesture, subject or b""
    if _digest(*names, said) != hash_ or len(said) > MAX_BODY or b"\0" in what:
        return None
    try:
        content = parsed(body)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def is_true(event: Event) -> bool:
    """Return whether an event is well-formed and its hash is that of its fields."""
    return _well_formed(event) and event_hash(event) == event.hash


def _well_formed(event: Event) -> bool:
    return (
        len(event.session) == ID
        and len(event.hash) == HASH
        and len(event.prev) in (0, HASH)
        and len(event.reviewer) == ID
        and (event.subject is None or len(event.subject) == ID)
        and 0 < event.seq <= _LARGEST
        and 0 < event.gesture <= _LARGEST
        and 0 <= event.hlc <= _LARGEST
        and is_readable(event.kind, event.body)
    )


def is_readable(kind: str, body: str) -> bool:
    """Return whether both are Unicode and the body is a JSON object within the limits."""
    try:
        kind.encode("utf-8")
        return (
            "\0" not in kind
            and len(body.encode("utf-8")) <= MAX_BODY
            and isinstance(parsed(body), dict)
        )
    except ValueError:
        return False


class Clock:
    """A hybrid logical clock: wall time, but later than everything seen.

    It orders the display and decides nothing. It never runs ahead of the wall clock by more than
    a day, whatever a file says.
    """

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._wall = wall
        self._last = 0

    def observe(self, hlc: int) -> None:
        """Let later times be later than `hlc`, unless that is more than a day ahead."""
        if hlc <= self._ceiling():
            self._last = max(self._last, hlc)

    def now(self) -> int:
        """Return milliseconds since 1970 << 16 | counter."""
        wall = max(0, int(self._wall() * 1000)) << _COUNTER_BITS
        later = self._last + 1
        self._last = max(wall, later) if later <= self._ceiling() else wall
        return self._last

    def _ceiling(self) -> int:
        return max(0, int(self._wall() * 1000) + _DAY_MS) << _COUNTER_BITS


class Sealer:
    """Gives drafts their place in a session, made in memory and never read from a file."""

    def __init__(self, reviewer: bytes, clock: Clock) -> None:
        self.session = secrets.token_bytes(ID)
        self._reviewer = reviewer
        self.clock = clock
        self._seq = 0
        self._prev = b""

    def seal(self, drafts: Sequence[Draft]) -> tuple[Event, ...]:
        """Return the events of one gesture; raises what `canonical` raises, and then gives none.

        A draft that cannot be sealed leaves the session as it was.
        """
        bodies = [canonical(draft.body) for draft in drafts]
        gesture = self._seq + 1
        events = []
        for draft, body in zip(drafts, bodies, strict=True):
            self._seq += 1
            event = Event(
                self.session,
                self._seq,
                b"",
                self._prev,
                self.clock.now(),
                self._reviewer,
                draft.kind,
                gesture,
                draft.subject,
                body,
            )
            self._prev = event_hash(event)
            events.append(replace(event, hash=self._prev))
        return tuple(events)


def to_line(event: Event) -> str:
    """Return an event as one line of canonical JSON, without the line end.

    A body that another program wrote in its own way stands as a string, so that it comes back
    byte for byte.
    """
    content = parsed(event.body)
    record = {
        "session": event.session.hex(),
        "seq": event.seq,
        "hash": event.hash.hex(),
        "prev": event.prev.hex(),
        "hlc": event.hlc,
        "reviewer": event.reviewer.hex(),
        "kind": event.kind,
        "gesture": event.gesture,
        "subject": None if event.subject is None else event.subject.hex(),
        "body": content if written(content) == event.body else event.body,
    }
    return written(record)


def from_line(line: bytes) -> Event | None:
    """Return the event of a line; None where it is incomplete, malformed or has another hash."""
    try:
        record = parsed(line.decode("utf-8"))
        subject, body = record["subject"], record["body"]
        event = Event(
            bytes.fromhex(record["session"]),
            int(record["seq"]),
            bytes.fromhex(record["hash"]),
            bytes.fromhex(record["prev"]),
            int(record["hlc"]),
            bytes.fromhex(record["reviewer"]),
            str(record["kind"]),
            int(record["gesture"]),
            None if subject is None else bytes.fromhex(subject),
            body if isinstance(body, str) else written(body),
        )
    except (ValueError, TypeError, KeyError, OverflowError):
        return None
    return event if is_true(event) else None
