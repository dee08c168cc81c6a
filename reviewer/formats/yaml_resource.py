"""YAML resources as Rails keeps them: nested keys, the language as the outermost.

libyaml tells the events of the file and where each scalar stands; nothing is constructed, no tag
is looked at and no alias is followed. Numbers, booleans and what carries a tag are no texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

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
    decoded,
    innermost,
    resource,
)
from reviewer.formats.resource_values import Style, of_hex, tokens
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.text.languages import is_language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import yaml

_DEEPEST = 200
_MOST_EXPANDED = 1_000_000
"""Values that a file may come to when its aliases are followed."""
_NOT_TEXT = re.compile(
    r"|~|null|true|false|yes|no|on|off|[-+.]?\d[\d_.,:eExX+\-a-fA-F]*|\.inf|\.nan|:\w+|<<",
    re.IGNORECASE,
)
_UNSAFE_START = re.compile(r"[-?:](?:\s|$)|[,\[\]{}#&*!|>'\"%@`\s]|---|\.\.\.")
_UNSAFE = re.compile(r":(?:\s|$)|\s#|\s$|[\t\x00-\x1f]")
_UNSAFE_IN_FLOW = re.compile(r"[,\[\]{}:?]|^-")
_BREAK = r"(?:\r\n|[\r\n\x85\u2028\u2029])"
_FOLDS = rf"(?:(?:(?<![ \t])|(?<=\\[ \t]))[ \t]*+)?(?:{_BREAK}[ \t]*+)+"
"""Blanks are looked at from their first one on: a long run of them would take a minute else."""
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "e": "\x1b"}
_NAMED |= {"v": "\v", "f": "\f", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"}
_ANCHOR = re.compile(r"&\S+\s+(?:#[^\r\n]*\s+)*")
"""The name that an alias elsewhere repeats a value by; libyaml counts it to the value."""
_BLOCK_HEAD = re.compile(rf"[|>][^\r\n\x85\u2028\u2029]*{_BREAK}?")
_GIVEN_INDENT = re.compile(r"[|>][-+]?[1-9]")
_BLANK_START = re.compile(rf"[ \t]*+((?:{_BREAK}[ \t]*+)*)")


def _double_meant(token: str) -> str | None:
    if token[0] != "\\":
        return _fold(token)
    if token[1] in "xuU":
        return of_hex(token[2:])
    if token[1] in "\r\n":
        return ""
    return _NAMED.get(token[1], token[1])


def _fold(token: str) -> str | None:
    """Return what line breaks inside a scalar stand for: a space; None for blank lines."""
    return " " if len(re.findall(_BREAK, token)) == 1 else None


def _single_meant(token: str) -> str | None:
    return "'" if token == "''" else _fold(token)  # noqa: S105 - a quote, no secret


def _double_escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")


def _single_escaped(text: str) -> str:
    return text.replace("'", "''")


def _quoted(quote: str) -> Any:
    return lambda content: f"{quote}{content}{quote}"


def _plain_whole(content: str) -> str:
    """Return a plain scalar, in quotes where its new text would mean something else."""
    unsafe = _UNSAFE_START.match(content) or _UNSAFE.search(content) or not content
    return f'"{_double_escaped(content)}"' if unsafe or _NOT_TEXT.fullmatch(content) else content


def _flow_whole(content: str) -> str:
    if _UNSAFE_IN_FLOW.search(content):
        return f'"{_double_escaped(content)}"'
    return _plain_whole(content)


def _block_whole(content: str) -> str:
    """Return a block without spaces at its start: they would be the indentation of all of it."""
    return content.lstrip(" ")


def _indented_whole(indent: int, content: str) -> str:
    """Return a block that tells its indentation by its first line, however that was edited.

    Where lines at its start were emptied, the next one begins it: what it was indented more, and
    blank lines before it are, would be the indentation of all of it too.
    """
    start = _BLANK_START.match(content)
    assert start is not None
    lines = re.sub(rf"({_BREAK})( *)[ \t]*", lambda f: f[1] + f[2][:indent], start[1])
    return lines + content[start.end() :]


_DOUBLE = Style(
    "double",
    tokens(
        rf"\\(?:x[0-9a-fA-F]{{2}}|u[0-9a-fA-F]{{4}}|U[0-9a-fA-F]{{8}}|\r?\n[ \t]*|.) | {_FOLDS}"
    ),
    _double_meant,
    _double_escaped,
    _quoted('"'),
)
_SINGLE = Style("single", tokens(rf"'' | {_FOLDS}"), _single_meant, _single_escaped, _quoted("'"))
_PLAIN = Style("plain", tokens(_FOLDS), _fold, str, _plain_whole)
_FLOW = Style("plain", tokens(_FOLDS), _fold, str, _flow_whole)
_FOLDED = Style("folded", tokens(_FOLDS), _fold, str, _block_whole)
_LITERAL = Style("block", tokens(rf"{_BREAK}[ \t]*"), lambda _: "\n", str, _block_whole)


@dataclass(slots=True)
class _Node:
    """A mapping or a sequence.

    Attributes:
        ends: where each of its values ends, by key; `column`: where its keys begin.
    """

    is_list: bool
    path: Key
    is_flow: bool
    in_list: bool
    column: int = 0
    start: int = 0
    key: str | None = None
    ends: dict[str, int] = field(default_factory=dict)
    size: int = 1
    anchor: str | None = None


class _Reading:
    """Takes in the events of a file."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.entries: list[Entry] = []
        self.nodes: dict[Key, _Node] = {}
        self._open: list[_Node] = []
        self._sizes: dict[str, int] = {}

    def run(self) -> None:
        """Read the whole file; raises FormatError."""
        import yaml

        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        mark = int(self.text.startswith("\ufeff"))
        try:
            for event in yaml.parse(self.text[mark:], Loader=loader):
                self._take(event, mark)
        except yaml.MarkedYAMLError as error:
            place = error.problem_mark or error.context_mark
            line = f"Line {place.line + 1}" if place else "The text"
            message = f"{line} is not YAML ({error.problem or error.context})."
            raise FormatError(message) from None
        except (yaml.YAMLError, UnicodeError, RecursionError):
            message = "It holds characters that YAML has not."
            raise FormatError(message) from None

    def _take(self, event: yaml.Event, mark: int) -> None:
        import yaml

        assert event.start_mark is not None
        assert event.end_mark is not None
        start, end = event.start_mark.index + mark, event.end_mark.index + mark
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, start, end)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event, start)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end(end)
        elif isinstance(event, yaml.AliasEvent):
            self._grow(self._sizes.get(event.anchor or "", 1))
            self._value_ends(end)
        elif isinstance(event, yaml.DocumentStartEvent) and self.nodes:
            message = "It holds more than one YAML document."
            raise FormatError(message)

    def _begin(self, event: yaml.CollectionStartEvent, start: int) -> None:
        import yaml

        if len(self._open) >= _DEEPEST:
            message = f"The file is nested more than {_DEEPEST} levels deep; it is not read."
            raise FormatError(message)
        is_list = isinstance(event, yaml.SequenceStartEvent)
        in_list = is_list or bool(self._open and self._open[-1].in_list)
        node = _Node(is_list, self._path(), bool(event.flow_style), in_list, start=start)
        node.column = event.start_mark.column if event.start_mark else 0
        node.anchor = event.anchor
        self.nodes[node.path] = node
        self._open.append(node)

    def _end(self, end: int) -> None:
        node = self._open.pop()
        if node.anchor:
            self._sizes[node.anchor] = node.size
        self._grow(node.size)
        last = max(node.ends.values(), default=end)
        self._value_ends(end if node.is_flow else last)

    def _grow(self, size: int) -> None:
        if self._open:
            self._open[-1].size += size
            if self._open[-1].size > _MOST_EXPANDED:
                message = "Its aliases would make it far too large; it is not read."
                raise FormatError(message)

    def _path(self) -> Key:
        """Return the key of the value that begins."""
        if not self._open:
            return ()
        node = self._open[-1]
        name = str(len(node.ends)) if node.is_list else node.key
        return (*node.path, "" if name is None else name)

    def _value_ends(self, end: int) -> None:
        if not self._open:
            return
        node = self._open[-1]
        if node.is_list:
            node.ends[str(len(node.ends))] = end
        elif node.key is None:
            node.key = ""
        else:
            node.ends[node.key] = end
            node.key = None

    def _scalar(self, event: yaml.ScalarEvent, start: int, end: int) -> None:
        node = self._open[-1] if self._open else None
        if node is not None and not node.is_list and node.key is None:
            node.key = event.value
            return
        self._grow(1)
        entry = self._text(event, start, end)
        if entry is not None:
            self.entries.append(entry)
        self._value_ends(max(entry.end, start) if entry and event.style in {"|", ">"} else end)

    def _text(self, event: yaml.ScalarEvent, start: int, end: int) -> Entry | None:
        """Return the entry of a scalar; None for what is no text."""
        style = event.style or ""
        if event.tag is not None or (not style and _NOT_TEXT.fullmatch(event.value)):
            return None
        if event.anchor and (name := _ANCHOR.match(self.text, start, end)):
            start = name.end()
        path, node = self._path(), self._open[-1] if self._open else None
        in_list = bool(node and node.in_list)
        if style in {"|", ">"}:
            return self._block(path, start, end, style, in_list=in_list)
        if style:
            known = _DOUBLE if style == '"' else _SINGLE
            return Entry(path, start + 1, end - 1, known, (start, end), native=in_list)
        known = _FLOW if node and node.is_flow else _PLAIN
        return Entry(path, start, end, known, (start, end), native=in_list)

    def _block(
        self, path: Key, start: int, end: int, style: str, *, in_list: bool
    ) -> Entry | None:
        head = _BLOCK_HEAD.match(self.text, start)
        first = head.end() if head else start
        body = self.text[first:end]
        lead = len(body) - len(body.lstrip())
        last = first + len(body.rstrip())
        if first + lead >= last:
            return None
        known = _LITERAL if style == "|" else _FOLDED
        if not _GIVEN_INDENT.match(self.text, start):
            indent = len(re.split(_BREAK, body[:lead])[-1])
            known = replace(known, whole=partial(_indented_whole, indent))
        return Entry(path, first + lead, last, known, native=in_list)


def _rooted(reading: _Reading) -> tuple[list[Entry], str]:
    """Return the entries without the language as their outermost key, and the language."""
    root = reading.nodes.get(())
    if root is None or root.is_list or len(root.ends) != 1:
        return reading.entries, ""
    (name,) = root.ends
    if not is_language_tag(name) or len(name.replace("_", "-").split("-")[0]) > 3:
        return reading.entries, ""
    if (name,) not in reading.nodes:
        return reading.entries, ""
    reading.nodes = {path[1:]: node for path, node in reading.nodes.items() if path}
    entries = [entry._replace(key=entry.key[1:]) for entry in reading.entries]
    return entries, name.replace("_", "-")


def _lay_out(data: bytes, options: Mapping[str, Any]) -> Resource:
    file = decoded(data, options)
    reading = _Reading(file.text)
    reading.run()
    if not reading.nodes:
        message = "It holds no keys with texts."
        raise FormatError(message)
    entries, language = _rooted(reading)
    return resource(file, entries, lambda added: list(_added(reading, added)), language)


# New keys


def _added(reading: _Reading, added: Sequence[Added]) -> Iterator[Change]:
    """Yield where new keys go: on lines of their own behind the neighbour of the source."""
    trees: dict[tuple[Key, int], Tree] = {}
    for each in added:
        path = each.entry.key
        depth = max(n for n in range(len(path)) if path[:n] in reading.nodes)
        node = reading.nodes[path[:depth]]
        _refuse(node, each.entry, depth)
        place = _place(reading, path[:depth], each.behind)
        tree = trees.setdefault((path[:depth], place), {})
        tree = innermost(tree, path[depth:], each.entry)
        tree[path[-1]] = _value(each)
    line = "\r\n" if "\r\n" in reading.text else "\n"
    # At one place, what is deeper belongs to what stands before it.
    for (path, place), tree in sorted(trees.items(), key=lambda item: -len(item[0][0])):
        lines = _lines(tree, " " * reading.nodes[path].column)
        if place == reading.nodes[path].start:
            column = " " * reading.nodes[path].column
            yield place, place, line.join(lines)[len(column) :] + line + column
        else:
            yield place, place, line + line.join(lines)


def _refuse(node: _Node, entry: Entry, depth: int) -> None:
    if node.is_flow:
        raise cannot_add(entry, "it stands in braces, all on one line")
    if node.in_list or entry.native:
        raise cannot_add(entry, "it stands in a list that has fewer members")
    if entry.key[depth] in node.ends:
        raise cannot_add(entry, "another value stands under its key")


def _place(reading: _Reading, path: Key, behind: Key | None) -> int:
    """Return the end of the line of the neighbour; where the mapping begins without one."""
    node, end = reading.nodes[path], None
    if behind and len(behind) > len(path) and behind[: len(path)] == path:
        end = node.ends.get(behind[len(path)])
    if end is None:
        return node.start
    text = reading.text
    found = re.compile(r"[^\r\n\x85\u2028\u2029]*").match(text, len(text[:end].rstrip()))
    return found.end() if found else end


def _value(added: Added) -> str:
    """Return a value as it is written anew; a block becomes a text in quotes."""
    style = added.entry.style
    if style.name not in {_LITERAL.name, _FOLDED.name}:
        return added.value

    def broken(found: re.Match[str]) -> str:
        lines = len(re.findall(_BREAK, found.group())) - (style.name == _FOLDED.name)
        return "\\n" * lines or " "

    return f'"{re.sub(_FOLDS, broken, _double_escaped(added.value))}"'


def _lines(tree: Tree, indent: str) -> list[str]:
    found: list[str] = []
    for name, value in tree.items():
        key = _plain_whole(name)
        if isinstance(value, str):
            found.append(f"{indent}{key}: {value}")
        else:
            found += [f"{indent}{key}:", *_lines(value, indent + "  ")]
    return found


FORMAT = KeyedFormat(
    "yaml", QT_TRANSLATE_NOOP("formats", "YAML resources"), (".yml", ".yaml"), _lay_out
)
