"""JSON resources: nested keys, i18next, Chrome's messages.json, Flutter's ARB.

The file is looked through once by its tokens, so depth costs nothing and a text keeps its place.
Of Chrome's files the messages alone are texts; what ARB says about a key ("@key") is none.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from reviewer.errors import FormatError
from reviewer.formats.keyed import (
    Added,
    Change,
    Entry,
    Key,
    KeyedFormat,
    Resource,
    Tree,
    cannot_add,
    damaged,
    decoded,
    innermost,
    resource,
)
from reviewer.formats.resource_values import Style, tokens
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.text.languages import is_language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_DEEPEST = 200
_TOKEN = re.compile(
    r'[ \t\r\n]*+(?:(?P<string>"[^"\\\x00-\x1f]*+'
    r'(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*")'
    r"|(?P<mark>[{}\[\]:,])|(?P<plain>-?\d[0-9.eE+\-]*|true|false|null))"
)
_SPACE = re.compile(r"[ \t\r\n]*")
_SURROGATES = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPES = rf"{_SURROGATES} | \\u[0-9a-fA-F]{{4}} | \\."
_NO_JSON = "is not JSON"


def _meant(token: str) -> str | None:
    return str(json.loads(f'"{token}"'))


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _escaped_ascii(text: str) -> str:
    return json.dumps(text)[1:-1]


_TOKENS = tokens(_ESCAPES)
_STRING = Style("string", _TOKENS, _meant, _escaped)
_ASCII = Style("ascii", _TOKENS, _meant, _escaped_ascii)


@dataclass(slots=True)
class _Container:
    """An object or a list.

    Attributes:
        start: behind its opening bracket; `end`: at its closing one.
        ends: where each of its values ends, by key.
        first: white space before its first key; `colon`: what parts a key from its value.
        in_list: whether it is a list or stands in one.
    """

    is_list: bool
    in_list: bool
    path: Key
    start: int
    end: int = 0
    ends: dict[str, int] = field(default_factory=dict)
    first: str | None = None
    colon: str = ": "


class _Beside(NamedTuple):
    """What has to be known of a text to write it into another file.

    Attributes:
        in_list: whether it stands in a list.
        placeholders: what Chrome has to know of those in its message, as written; "" for nothing.
    """

    in_list: bool
    placeholders: str = ""


class _Reading:
    """Looks through the tokens of a file."""

    def __init__(self, text: str, style: Style) -> None:
        self.text = text
        self.style = style
        self.entries: list[Entry] = []
        self.containers: dict[Key, _Container] = {}
        self._open: list[_Container] = []
        self._key = ""
        self._key_end = 0

    def run(self) -> None:
        """Read the whole text; raises FormatError."""
        place = int(self.text.startswith("\ufeff"))
        place = self._value(*self._token(place))
        while self._open:
            place = self._next(place)
        rest = _SPACE.match(self.text, place)
        if rest is None or rest.end() != len(self.text):
            raise damaged(self.text, place, _NO_JSON)

    def _token(self, place: int) -> tuple[re.Match[str], int]:
        found = _TOKEN.match(self.text, place)
        if found is None:
            raise damaged(self.text, min(place, len(self.text)), _NO_JSON)
        return found, found.end()

    def _next(self, place: int) -> int:
        """Read a member of the innermost container, or its end."""
        inner = self._open[-1]
        found, end = self._token(place)
        closing = "]" if inner.is_list else "}"
        if found["mark"] == closing:
            return self._close(found.start("mark"), end)
        if inner.ends:
            if found["mark"] != ",":
                raise damaged(self.text, place, _NO_JSON)
            place = end
            found, end = self._token(place)
        if inner.first is None:
            inner.first = found.group()[: -len(found.group().lstrip())]
        if inner.is_list:
            self._key = str(len(inner.ends))
            return self._value(found, end)
        if found["string"] is None:
            raise damaged(self.text, place, _NO_JSON)
        self._key, key_end = _plain(found["string"]), end
        found, end = self._token(end)
        if found["mark"] != ":":
            raise damaged(self.text, place, _NO_JSON)
        found, end = self._token(end)
        start = found.end() - len(found.group().lstrip())
        inner.colon = self.text[key_end:start]
        return self._value(found, end)

    def _value(self, found: re.Match[str], end: int) -> int:
        """Read a value; of a container its opening bracket alone."""
        path = (*self._open[-1].path, self._key) if self._open else ()
        if found["mark"] in {"{", "["}:
            if len(self._open) >= _DEEPEST:
                message = f"The file is nested more than {_DEEPEST} levels deep; it is not read."
                raise FormatError(message)
            is_list = found["mark"] == "["
            in_list = is_list or bool(self._open and self._open[-1].in_list)
            container = _Container(is_list, in_list, path, end)
            self.containers[path] = container
            self._open.append(container)
            return end
        if found["mark"] is not None:
            raise damaged(self.text, end, _NO_JSON)
        if found["string"] is not None:
            in_list = bool(self._open and self._open[-1].in_list)
            start = found.start("string") + 1
            native = _Beside(in_list)
            self.entries.append(Entry(path, start, end - 1, self.style, native=native))
        if self._open:
            self._open[-1].ends[self._key] = end
        return end

    def _close(self, start: int, end: int) -> int:
        inner = self._open.pop()
        inner.end = start
        if self._open:
            outer = self._open[-1]
            # The key under which the container stands in the one around it.
            outer.ends[inner.path[-1]] = end
        return end


def _plain(raw: str) -> str:
    return str(json.loads(raw)) if "\\" in raw else raw[1:-1]


def _is_chrome(reading: _Reading) -> bool:
    """Return whether every value of the file is an object with a message."""
    names = reading.containers.get(())
    if names is None or names.is_list or not names.ends:
        return False
    return all(
        (inner := reading.containers.get((name,))) is not None and "message" in inner.ends
        for name in names.ends
    )


def _texts(reading: _Reading) -> tuple[list[Entry], str]:
    """Return the texts of a file with what it says about them, and its language."""
    said: dict[Key, str] = {}
    chrome = _is_chrome(reading)
    language, texts = "", []
    for entry in reading.entries:
        key, value = entry.key, reading.text[entry.start : entry.end]
        if key == ("@@locale",) and is_language_tag(value):
            language = value.replace("_", "-")
        elif chrome and key[-1] == "description" and len(key) == 2:
            said[key[0], "message"] = value
        elif key and key[0].startswith("@"):
            if key[1:] == ("description",):
                said[(key[0][1:],)] = value
        elif not chrome:
            texts.append(entry)
        elif key[1:] == ("message",):
            held = reading.containers.get((key[0], "placeholders"))
            raw = reading.text[held.start - 1 : held.end + 1] if held else ""
            texts.append(entry._replace(native=_Beside(in_list=False, placeholders=raw)))
    if not said:
        return texts, language
    return [
        entry._replace(notes=(_plain(f'"{said[entry.key]}"'),)) if entry.key in said else entry
        for entry in texts
    ], language


def _lay_out(data: bytes, options: Mapping[str, Any]) -> Resource:
    file = decoded(data, options)
    is_ascii = file.text.isascii() and re.search(r"\\u00[89a-fA-F]|\\u0[1-9a-f]", file.text)
    reading = _Reading(file.text, _ASCII if is_ascii else _STRING)
    reading.run()
    if not reading.containers:
        message = "It holds no keys with texts."
        raise FormatError(message)
    texts, language = _texts(reading)
    return resource(
        file, texts, lambda added: list(_added(reading, added)), language, reading.style
    )


# New keys


def _added(reading: _Reading, added: Sequence[Added]) -> Iterator[Change]:
    """Yield where new keys go: behind the neighbour that the source has before them."""
    trees: dict[tuple[Key, int], Tree] = {}
    for each in added:
        path = each.entry.key
        depth = max(n for n in range(len(path)) if path[:n] in reading.containers)
        container = reading.containers[path[:depth]]
        waiting = [tree for (held, _), tree in trees.items() if held == container.path]
        _refuse(container, each.entry, depth, sum(map(len, waiting)))
        tree = trees.setdefault((container.path, _place(container, each.behind, depth)), {})
        tree = innermost(tree, path[depth:], each.entry)
        tree[path[-1]] = f'"{each.value}"'
        if each.entry.native.placeholders and depth < len(path) - 1:
            tree["placeholders"] = each.entry.native.placeholders
    for (path, place), tree in trees.items():
        yield _change(_Written(reading), reading.containers[path], place, tree)


def _refuse(container: _Container, entry: Entry, depth: int, waiting: int) -> None:
    """Raise ExportError where a key finds no place: in a list, or below a text."""
    name = entry.key[depth]
    if container.is_list and name != str(len(container.ends) + waiting):
        raise cannot_add(entry, "it stands in a list that has fewer members")
    if entry.native.in_list and not container.in_list:
        raise cannot_add(entry, "it stands in a list that is not there")
    if name in container.ends:
        raise cannot_add(entry, "another value stands under its key")


def _place(container: _Container, behind: Key | None, depth: int) -> int:
    """Return where a new member goes; what ARB says about the neighbour stays beside it."""
    ends = container.ends
    if container.is_list:
        return max(ends.values(), default=container.start)
    near = behind if behind and len(behind) > depth and behind[:depth] == container.path else None
    if near and near[depth] in ends:
        return ends.get(f"@{near[depth]}", ends[near[depth]])
    heads = [end for name, end in ends.items() if name.startswith("@@")]
    return max(heads, default=container.start)


class _Written:
    """How a file sets its members apart."""

    def __init__(self, reading: _Reading) -> None:
        root = reading.containers[()]
        white = root.first or ""
        self.line = white[: white.rfind("\n") + 1]
        self.step = white[len(self.line) :] if self.line else ""
        self.is_ascii = reading.style is _ASCII
        self.colon = root.colon

    def before(self, container: _Container) -> str:
        """Return the white space before a member of a container."""
        if container.first is not None and "\n" in container.first:
            return container.first
        if container.first is None and self.line:
            return self.line + self.step * (len(container.path) + 1)
        return " "

    def member(self, name: str, value: Tree | str, white: str, *, in_list: bool = False) -> str:
        """Return a member; one that holds others with all of them."""
        if not isinstance(value, str):
            inner = white + self.step if "\n" in white else ""
            held = ",".join(inner + self.member(key, each, inner) for key, each in value.items())
            value = f"{{{held}{white if inner else ''}}}"
        if in_list:
            return value
        return f"{json.dumps(name, ensure_ascii=self.is_ascii)}{self.colon}{value}"


def _change(written: _Written, container: _Container, place: int, tree: Tree) -> Change:
    """Return new members of a container as they are written at a place."""
    white = written.before(container)
    new = [
        written.member(name, value, white, in_list=container.is_list)
        for name, value in tree.items()
    ]
    if not container.ends:
        breaks = "\n" in white
        lead, behind = (white, white.removesuffix(written.step)) if breaks else ("", "")
        return container.start, container.end, f"{lead}{f',{white}'.join(new)}{behind}"
    if place == container.start:
        lead = white if "\n" in white else ""
        return place, place, lead + f",{white}".join(new) + "," + ("" if lead else " ")
    return place, place, "".join(f",{white}{each}" for each in new)


FORMAT = KeyedFormat(
    "json", QT_TRANSLATE_NOOP("formats", "JSON resources"), (".json", ".arb"), _lay_out
)
