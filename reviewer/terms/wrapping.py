"""What a replacement takes over from the text it replaces: inline codes, capitals of a title."""

from __future__ import annotations

import regex

from reviewer.model import FIRST_CODE, LAST_CODE

_CODE = regex.compile(f"[{chr(FIRST_CODE)}-{chr(LAST_CODE)}]")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’]*")
_LONG = 4
_FEWEST = 3


def plain(text: str) -> str:
    """Return a text without codes."""
    kept: str = _CODE.sub("", text)
    return kept


def with_codes_of(old: str, new: str) -> tuple[str, bool]:
    """Return a new text with the codes of the old one, and whether they stand where they stood.

    Those before the first letter and behind the last one do; what stood between goes behind.
    """
    first, last = _WORD.search(old), 0
    for match in _WORD.finditer(old):
        last = match.end()
    if first is None or not _CODE.search(old):
        return new, True
    head, inside, tail = (
        "".join(_CODE.findall(part))
        for part in (old[: first.start()], old[first.start() : last], old[last:])
    )
    return f"{head}{new}{inside}{tail}", not inside


def is_in_title(text: str, start: int, end: int) -> bool:
    """Tell whether the words around a place have capitals as in an English title."""
    others = [
        match.group()
        for match in _WORD.finditer(text)
        if (match.end() <= start or match.start() >= end) and len(match.group()) >= _LONG
    ]
    return len(others) >= _FEWEST and all(word[0].isupper() for word in others)


def in_title(text: str) -> str:
    """Return a text whose longer words have capitals, and its first."""
    parts, last = [], 0
    for match in _WORD.finditer(text):
        word = match.group()
        if not match.start() or len(word) >= _LONG:
            word = word[0].upper() + word[1:]
        parts += [text[last : match.start()], word]
        last = match.end()
    return "".join((*parts, text[last:]))
