r"""Java's .properties: key = value, in UTF-8 or, as of old, in ISO-8859-1.

A file of ASCII alone says nothing of its encoding: what is new in it is written as \uXXXX, which
every Java reads. A file that is no UTF-8 is in ISO-8859-1, as the format has it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reviewer.errors import EncodingError
from reviewer.formats import encoding
from reviewer.formats.keyed import Added, Change, Entry, Key, KeyedFormat, Resource, resource
from reviewer.formats.resource_values import Style, tokens
from reviewer.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_END = r"(?:\r\n|\r|\n)"
_ESCAPED = rf"\\(?:{_END}[ \t\f]*+|.)"
_LINE = re.compile(
    rf"[ \t\f]*+(?:(?P<comment>[#!][^\r\n]*+)|(?P<blank>(?={_END}|\Z))"
    rf"|(?P<key>[^\\\r\n:= \t\f]*+(?:{_ESCAPED}[^\\\r\n:= \t\f]*+)*)"
    rf"(?P<equals>[ \t\f]*+[:=]?[ \t\f]*+)"
    rf"(?P<value>[^\\\r\n]*+(?:{_ESCAPED}[^\\\r\n]*+)*\\?))(?:{_END}|\Z)"
)
_SURROGATES = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPES = rf"{_SURROGATES} | \\u[0-9a-fA-F]{{4}} | \\{_END}[ \t\f]*+ | \\. | \\\Z"
_KEY_ESCAPE = re.compile(rf"{_SURROGATES}|\\u[0-9a-fA-F]{{4}}|\\{_END}[ \t\f]*+|\\.")
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
_LATIN = "iso-8859-1"


def _meant(token: str) -> str | None:
    if token.startswith("\\u") and len(token) >= 6:
        data = bytes.fromhex(token.replace("\\u", ""))
        return data.decode("utf-16-be", "surrogatepass")
    if len(token) == 1:
        return ""
    return "" if token[1] in "\r\n" else _NAMED.get(token[1], token[1])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t")


def _as_unicode(text: str, *, limit: int) -> str:
    r"""Return a text with \uXXXX for each character from a limit on."""
    found = (
        c if ord(c) < limit else re.sub("(....)", r"\\u\1", c.encode("utf-16-be").hex().upper())
        for c in _escaped(text)
    )
    return "".join(found)


def _ascii(text: str) -> str:
    return _as_unicode(text, limit=0x80)


def _latin(text: str) -> str:
    return _as_unicode(text, limit=0x100)


def _whole(content: str) -> str:
    """Return a value whose leading space is kept."""
    return f"\\{content}" if content[:1] in {" ", "\t", "\f"} else content


_TOKENS = tokens(_ESCAPES)
_STYLES = {
    "utf": Style("utf", _TOKENS, _meant, _escaped, _whole),
    "ascii": Style("ascii", _TOKENS, _meant, _ascii, _whole),
    "latin": Style("latin", _TOKENS, _meant, _latin, _whole),
}


def _bare(style: Style) -> Style:
    """Return the style of a value whose key stands alone: it brings what parts both."""
    return replace(style, whole=lambda content: f"={_whole(content)}" if content else "")


def _decoded(data: bytes, asked: str | None) -> encoding.Decoded:
    if asked:
        return encoding.decode(data, asked)
    try:
        return encoding.decode(data)
    except EncodingError:
        return encoding.decode(data, _LATIN)


def _lay_out(data: bytes, options: Mapping[str, Any]) -> Resource:
    file = _decoded(data, options.get("encoding"))
    text, place = file.text, int(file.text.startswith("\ufeff"))
    style = "ascii" if text.isascii() else "latin" if file.encoding == _LATIN else "utf"
    entries: list[Entry] = []
    ends: dict[Key, int] = {}
    while place < len(text) and (found := _LINE.match(text, place)):
        place = max(found.end(), place + 1)
        if found["key"] is None or not (found["key"] or found["equals"]):
            continue
        key = (_KEY_ESCAPE.sub(lambda one: _meant(one.group()) or "", found["key"]),)
        native = found["key"], found["equals"], found.start("key")
        start, end = found.span("value")
        known = _STYLES[style] if found["equals"] else _bare(_STYLES[style])
        entries.append(Entry(key, start, end, known, native=native))
        ends[key] = end
    return resource(
        file,
        entries,
        lambda added: [_added(text, entries, ends, style, each) for each in added],
        fresh=_STYLES[style],
    )


def _key(raw: str, key: str, limit: int | None) -> str:
    """Return a key as it is written: as in the source, or with what this file has no room for."""
    if limit is None or all(ord(c) < limit for c in raw):
        return raw
    escaped = re.sub(r"([\\ :=#!])", r"\\\1", key).replace("\n", "\\n").replace("\r", "\\r")
    return _within(escaped.replace("\t", "\\t").replace("\f", "\\f"), limit)


def _within(text: str, limit: int | None) -> str:
    if limit is None:
        return text
    return "".join(c if ord(c) < limit else _ascii(c) for c in text)


def _added(
    text: str, entries: Sequence[Entry], ends: Mapping[Key, int], style: str, added: Added
) -> Change:
    """Return where a new line goes; the source may be in an encoding that this file has not."""
    line = "\r\n" if "\r\n" in text else "\n"
    name, equals, _ = added.entry.native
    # A key may stand without anything behind it.
    known = (entry.native[1] for entry in reversed(entries))
    equals = next(filter(None, known), equals)
    if not equals or (equals.isspace() and added.value[:1] in {":", "="}):
        equals = "="
    limit = {"ascii": 0x80, "latin": 0x100}.get(style)
    new = f"{_key(name, added.entry.key[0], limit)}{equals}{_within(added.value, limit)}"
    place = ends.get(added.behind or ())
    if place is not None:
        # Behind a backslash at the end of the file, the next line would be one with it.
        before = text[:place]
        open_ = (len(before) - len(before.rstrip("\\"))) % 2
        return place, place, f"{line * (1 + open_)}{new}"
    if entries:
        first = entries[0].native[2]
        return first, first, f"{new}{line}"
    lead = line if text.strip("\ufeff") and text[-1] not in "\r\n" else ""
    return len(text), len(text), f"{lead}{new}{line}"


FORMAT = KeyedFormat(
    "properties", QT_TRANSLATE_NOOP("formats", "Java properties"), (".properties",), _lay_out
)
