"""Parts of a text that are no language: addresses, file names, placeholders, markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_INSIDE = r"[^\s<>\"“”«»„\u0590-\u06ff\u0e00-\u0e7f\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef]"
"""Addresses end where a script without spaces, or one that no address is written in, begins."""
_URL = rf"(?:https?|ftp|file)://{_INSIDE}{{1,2000}}|\bwww\.{_INSIDE}{{3,2000}}"
_EMAIL = r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b"
_ADDRESS = re.compile(f"({_URL})|({_EMAIL})", re.ASCII)
_TRAILING = ".,;:!?)]}'’\"…"

_PLACEHOLDER = re.compile(
    r"""
    \$\{[\w.\-]{1,60}\} | \{\{\s?[\w.\-|]{1,60}\s?\}\} | \{[\w.\-:]{0,40}\} | %\{\w{1,40}\}
    | %\(\w{1,40}\)[sdifgr] | %[1-9]\$[sdif@] | %[sdifgxu@](?![\w]) | %\d?\.\d[fg] | %%(?=\s|$)
    | \$\$?[A-Z][A-Z_]{2,40}\b(?!\w) | %[A-Z][A-Z_]{2,40}\b%? | \$[a-z_]\w{1,40}\$
    | </?[A-Za-z][\w:-]{0,30}(?:\s[^<>]{0,300})?/?>
    """,
    re.VERBOSE,
)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|\#\d{2,6});")
_SENTENCE = 2000
"""Characters up to which a masked text is remembered: several checks ask for it."""
_HINT = re.compile(r"[@{%<&$:w](?:(?<![:w])|(?<=:)//|(?<=w)ww\.)")
"""What a text has that holds any; begun with one set of characters, most of it is passed over."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a text."""

    start: int
    end: int
    text: str
    email: bool


def find_links(text: str) -> Iterator[Link]:
    """Yield the web and e-mail addresses of `text`, without the punctuation that ends them."""
    if "@" not in text and "://" not in text and "www." not in text:
        return
    for match in _ADDRESS.finditer(text):
        found = match.group().rstrip(_TRAILING)
        if ")" in match.group() and found.count("(") > found.count(")"):
            found = match.group()[: len(found) + 1]
        yield Link(match.start(), match.start() + len(found), found, match.group(2) is not None)


def find_placeholders(text: str) -> Iterator[re.Match[str]]:
    """Yield the format placeholders and tags of `text` ("{0}", "%s", "${name}", "<b>")."""
    if any(character in text for character in "{%<&$"):
        yield from _PLACEHOLDER.finditer(text)


def mask_links(text: str) -> str:
    """Return `text` with addresses, placeholders and entities blanked out; the length stays."""
    return _remembered(text) if len(text) <= _SENTENCE else _masked(text)


@lru_cache(maxsize=1024)
def _remembered(text: str) -> str:
    return _masked(text)


def _masked(text: str) -> str:
    if not _HINT.search(text):
        return text
    pieces = list(text)
    for link in find_links(text):
        pieces[link.start : link.end] = " " * (link.end - link.start)
    for match in (*find_placeholders(text), *_ENTITY.finditer(text)):
        pieces[match.start() : match.end()] = " " * (match.end() - match.start())
    return "".join(pieces)
