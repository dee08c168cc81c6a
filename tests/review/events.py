"""Events made by hand, for tests of the fold."""

import json
from hashlib import blake2b

from reviewer.model import Event


def event(kind, body, *, session=b"s" * 16, seq=1, subject=None, hlc=None, reviewer=b"r" * 16):
    """Return an event whose hash follows from everything in it."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    clock = seq << 16 if hlc is None else hlc
    named = repr((session, seq, clock, reviewer, kind, subject, text)).encode()
    digest = blake2b(named, digest_size=32).digest()
    return Event(session, seq, digest, b"", clock, reviewer, kind, seq, subject, text)


def edit(text, *, parents=(), subject=b"t" * 16, **place):
    """Return an edit of a segment."""
    body = {"text": text, "codes": "", "parents": [p.hash.hex() for p in parents]}
    return event("edit", body, subject=subject, **place)


def retract(*events, **place):
    """Return an event that takes others back."""
    return event("retract", {"of": [e.hash.hex() for e in events]}, **place)
