"""Apple's .strings: "key" = "value"; with comments between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from reviewer.formats.keyed import (
    Added,
    Change,
    Entry,
    Key,
    KeyedFormat,
    Resource,
    damaged,
    decoded,
    resource,
)
from reviewer.formats.resource_values import Style, of_hex, tokens
from reviewer.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_INSIDE = r"[^\"\\]*+(?:\\.[^\"\\]*+)*"
_COMMENTED = r"/\*[^*]*+(?:\*(?!/)[^*]*+)*\*/"
_GAP = re.compile(rf"(?:\s++|{_COMMENTED}|//[^\r\n]*+)*", re.DOTALL)
_COMMENT = re.compile(r"//[^\r\n]*+|/\*(.*?)\*/", re.DOTALL)
_ENTRY = re.compile(
    rf"(?P<key>\"{_INSIDE}\"|[\w.\-$]++)(?P<equals>\s*=\s*)\"(?P<value>{_INSIDE})\"\s*;",
    re.DOTALL,
)
_UNICODE = r"\\[uU][0-9a-fA-F]{4}"
_ESCAPES = rf"{_UNICODE} | \\. | \r\n | [\r\n]"
_NAMED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'"}


def _meant(token: str) -> str | None:
    if token[0] != "\\":
        return "\n"
    if token[1] in "uU" and len(token) == 6:
        return of_hex(token[2:])
    return _NAMED.get(token[1])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


_TEXT = Style("text", tokens(_ESCAPES), _meant, _escaped)


def _lay_out(data: bytes, options: Mapping[str, Any]) -> Resource:
    file = decoded(data, options)
    text, place = file.text, int(file.text.startswith("\ufeff"))
    entries: list[Entry] = []
    ends: dict[Key, int] = {}
    while True:
        gap = _GAP.match(text, place)
        begin = gap.end() if gap else place
        if begin == len(text):
            break
        found = _ENTRY.match(text, begin)
        if found is None:
            raise damaged(text, begin, "is not of a .strings file")
        key = (found["key"].strip('"'),)
        said = [" ".join(each.split()) for each in _COMMENT.findall(text, place, begin)]
        notes = tuple([each for each in said if each][-1:])
        native = found["key"], found["equals"], text[place:begin], begin
        entries.append(
            Entry(key, found.start("value"), found.end("value"), _TEXT, None, notes, native)
        )
        place = ends[key] = found.end()
    return resource(
        file, entries, lambda added: [_added(text, entries, ends, each) for each in added]
    )


def _added(text: str, entries: Sequence[Entry], ends: Mapping[Key, int], added: Added) -> Change:
    """Return where a new line goes, with the comment that stands before it in the source."""
    name, equals, gap, _ = added.entry.native
    line = "\r\n" if "\r\n" in text else "\n"
    lead = re.sub(r"\r\n|\r|\n", line, gap) if any(_COMMENT.findall(gap)) else line
    new = f'{name}{equals}"{added.value}";'
    place = ends.get(added.behind or ())
    if place is not None:
        return place, place, f"{lead if lead.startswith(line) else line + lead}{new}"
    if entries:
        place = entries[0].native[3]
        return place, place, new + line
    first = line if text.strip("\ufeff") and text[-1] not in "\r\n" else ""
    return len(text), len(text), f"{first}{new}{line}"


FORMAT = KeyedFormat(
    "strings", QT_TRANSLATE_NOOP("formats", "Apple strings"), (".strings",), _lay_out
)
