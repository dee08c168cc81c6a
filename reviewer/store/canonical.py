"""Canonical JSON and length-prefixed digests: the same facts give the same bytes everywhere."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from reviewer.errors import ReviewerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_BODY = 1_000_000
"""Bytes of UTF-8 that the body of one event may have."""
MAX_DEPTH = 32
"""How deep objects and lists may nest."""
_LARGEST = 2**63 - 1
_DECODER = json.JSONDecoder()
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(body: Mapping[str, Any]) -> str:
    """Return canonical JSON: keys sorted, no spaces, no escapes but the needed ones.

    Raises:
        ValueError: floats, other types than JSON's, whole numbers beyond 64 bits, lone
            surrogates, deeper nesting than MAX_DEPTH.
        ReviewerError: more than MAX_BODY bytes.
    """
    _refuse_unstable(body, MAX_DEPTH)
    text = written(body)
    if len(text.encode("utf-8")) > MAX_BODY:
        message = "A decision may hold one megabyte of text at most; nothing was recorded."
        raise ReviewerError(message)
    return text


def written(value: object) -> str:
    """Return a JSON value in the canonical form, unchecked."""
    return _ENCODER.encode(value)


def _refuse_unstable(value: object, depth: int) -> None:
    """Raise ValueError for what two programs could write differently."""
    if depth < 0:
        raise ValueError("JSON nested too deep")
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise ValueError("JSON key that is no text")  # noqa: TRY004 - one kind for callers
            _refuse_unstable(inner, depth - 1)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_unstable(inner, depth - 1)
    elif isinstance(value, int):
        if abs(value) > _LARGEST:
            raise ValueError("whole number beyond 64 bits")
    elif value is not None and not isinstance(value, str):
        message = f"{type(value).__name__} in canonical JSON"
        raise ValueError(message)


def parsed(text: str) -> Any:  # Any: JSON of a file
    """Return the value of JSON from a file; raises ValueError, also for too deep nesting."""
    if text.count("[") + text.count("{") > MAX_DEPTH:
        _refuse_deep(text)
    try:
        value, end = _DECODER.raw_decode(text)
    except IndexError:
        raise ValueError("JSON that ends too soon") from None
    # White space around it, which no program of ours writes, takes the long way.
    return value if end == len(text) else _DECODER.decode(text)


def _refuse_deep(text: str) -> None:
    """Raise ValueError for deep nesting before the parser recurses into it."""
    depth, quoted, escaped = 0, False, False
    for character in text:
        if quoted:
            quoted = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            if depth > MAX_DEPTH + 1:
                raise ValueError("JSON nested too deep")
        elif character in "]}":
            depth -= 1


def digest(label: bytes, parts: Iterable[bytes]) -> bytes:
    """Return the BLAKE2b-256 of length-prefixed parts; `label`, up to 16 bytes, says of what."""
    state = blake2b(digest_size=32, person=label)
    for part in parts:
        state.update(len(part).to_bytes(4, "big"))
        state.update(part)
    return state.digest()
