"""Android's strings.xml: strings, plurals and arrays, with the escapes of the platform.

What may not be translated and what refers to another resource is left alone.
"""

from __future__ import annotations

import re
from functools import partial
from html import unescape
from typing import TYPE_CHECKING, Any

from reviewer.errors import FormatError
from reviewer.formats.keyed import (
    Added,
    Change,
    Entry,
    Key,
    KeyedFormat,
    Resource,
    cannot_add,
    resource,
)
from reviewer.formats.resource_values import Style, of_hex, tokens
from reviewer.formats.xml_inline import balanced
from reviewer.formats.xml_nodes import CDATA
from reviewer.formats.xml_resource import REFERENCES, XmlFile, beside, last_line, xml_file
from reviewer.formats.xml_walk import escaped
from reviewer.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reviewer.formats.xml_nodes import Node

_NAMES = ("string", "plurals", "string-array")
_REFERENCE = re.compile(r"@(?:[\w.]+:)?\+?[\w.]+/[\w.]+|\?(?:[\w.]+:)?(?:[\w.]+/)?[\w.]+")
_FOLDS = r"(?:(?<!\s)[^\S\r\n]*+)?[\r\n]\s*+"
"""A line break and the white space around it, looked at from its first character on."""
_ESCAPES = rf"""\\u[0-9a-fA-F]{{4}} | \\. | {REFERENCES} | <!\[CDATA\[.*?\]\]> | <!--.*?-->
    | " | {_FOLDS}"""
_CDATA_ESCAPES = rf"""\\u[0-9a-fA-F]{{4}} | \\. | " | {_FOLDS}"""


def _meant(token: str) -> str | None:
    if token.isspace():
        return " "
    if token.startswith("&"):
        text = unescape(token)
        return text if text != token else None
    if token.startswith("\\u") and len(token) == 6:
        return of_hex(token[2:])
    if token.startswith("\\") and token[1] in "'\"@?\\":
        return token[1]
    return {"\\n": "\n", "\\t": "\t"}.get(token)


def _android(text: str) -> str:
    for character in "\\'\"":
        text = text.replace(character, f"\\{character}")
    return text.replace("\t", "\\t")


def _escaped(text: str) -> str:
    return escaped(_android(text))


def _cdata_escaped(text: str) -> str:
    return _android(text).replace("]]>", "]] >")


def _whole(content: str) -> str:
    """Return a value that keeps its outer spaces and is no reference to another resource."""
    if content != content.strip():
        return f'"{content}"'
    return f"\\{content}" if content[:1] in {"@", "?"} else content


_TEXT = Style("text", tokens(_ESCAPES), _meant, _escaped, _whole, balanced)
_QUOTED = Style("quoted", tokens(_ESCAPES), _meant, _escaped, nested=balanced)
_IN_CDATA = Style("cdata", tokens(_CDATA_ESCAPES), _meant, _cdata_escaped)


def _entries(file: XmlFile) -> Iterator[tuple[Entry, Node]]:
    """Yield the texts with the outermost element of each."""
    for node in file.elements:
        said = file.xml.attributes(node)
        name = said.get("name")
        if not name or said.get("translatable") == "false":
            continue
        if node.name == "string":
            entry = _entry(file, node, (node.name, name), node)
            if entry:
                yield entry, node
            continue
        for number, item in enumerate(node.all("item")):
            quantity = file.xml.attributes(item).get("quantity", "")
            last = quantity if node.name == "plurals" else str(number)
            entry = _entry(file, item, (node.name, name, last), node)
            if entry:
                yield entry, node


def _entry(file: XmlFile, node: Node, key: Key, outer: Node) -> Entry | None:
    start, end = node.inner, node.inner_end
    value = file.raw(start, end)
    if _REFERENCE.fullmatch(value.strip()):
        return None
    own = file.raw(node.start, node.inner)
    native = own, file.raw(outer.start, outer.inner)
    if own.endswith("/>"):
        filled = partial(_filled, own)
        style = Style("new", _TEXT.tokens, _meant, _escaped, filled, balanced)
        return Entry(key, node.end, node.end, style, (node.start, node.end), native=native)
    kept = [
        child
        for child in node.children
        if child.name != "#text" or file.raw(child.start, child.end).strip()
    ]
    if len(kept) == 1 and kept[0].name == CDATA:
        return Entry(key, kept[0].start + 9, kept[0].end - 3, _IN_CDATA, native=native)
    quoted = re.fullmatch(r'\s*"((?:[^"\\<]|\\.)*)"\s*', value, re.DOTALL)
    if quoted:
        return Entry(key, start + quoted.start(1), start + quoted.end(1), _QUOTED, native=native)
    lead = len(value) - len(value.lstrip())
    last = start + len(value.rstrip())
    return Entry(key, min(start + lead, last), last, _TEXT, native=native)


def _filled(tag: str, value: str) -> str:
    """Return an element that had no content, with a value."""
    name = tag[1:].split(None, 1)[0].rstrip("/>")
    return f"{tag[:-2].rstrip()}>{_whole(value)}</{name}>"


def _lay_out(data: bytes, _options: Mapping[str, Any]) -> Resource:
    file = xml_file(data, _NAMES)
    if file.root != "resources":
        message = "It is XML, but none of Android's resources."
        raise FormatError(message)
    found = list(_entries(file))
    nodes = {entry.key[:2]: node for entry, node in found}
    return resource(
        file.decoded,
        [entry for entry, _ in found],
        lambda added: list(_added(file, nodes, added)),
    )


def _added(file: XmlFile, nodes: Mapping[Key, Node], added: Sequence[Added]) -> Iterator[Change]:
    groups: dict[Key, list[Added]] = {}
    for each in added:
        groups.setdefault(each.entry.key[:2], []).append(each)
    for key, group in groups.items():
        if key in nodes:
            yield from _items(file, nodes[key], group)
            continue
        behind = group[0].behind
        place, white = beside(file, nodes.get(behind[:2]) if behind else None)
        yield place, place, white + _element(group, white)
    yield from last_line(file)


def _items(file: XmlFile, node: Node, group: Sequence[Added]) -> Iterator[Change]:
    """Yield new items of an element that is there; those of an array only at its end."""
    items = list(node.all("item"))
    if node.name == "string" or not items:
        raise cannot_add(group[0].entry, "its element is empty")
    white = file.line_before(items[-1].start)
    for number, each in enumerate(group, len(items)):
        if node.name == "string-array" and each.entry.key[2] != str(number):
            raise cannot_add(each.entry, "it stands in an array that has fewer items")
        yield items[-1].end, items[-1].end, f"{white}{_item(each)}"


def _item(each: Added) -> str:
    tag = each.entry.native[0]
    name = tag[1:].split(None, 1)[0].rstrip("/>")
    style, value = each.entry.style, each.value
    if style.name == "new":
        return value
    if style is _IN_CDATA:
        value = f"<![CDATA[{value}]]>"
    elif style is _QUOTED:
        value = f'"{value}"'
    return f"{tag}{value}</{name}>"


def _element(group: Sequence[Added], white: str) -> str:
    entry = group[0].entry
    if entry.key[0] == "string":
        return _item(group[0])
    if entry.key[0] == "string-array":
        numbers = [each.entry.key[2] for each in group]
        if numbers != [str(number) for number in range(len(numbers))]:
            raise cannot_add(entry, "the items before it in its array have no translation")
    line = white[: white.rfind("\n") + 1]
    deeper = white + (white[len(line) :] or "    ")
    items = "".join(f"{deeper}{_item(each)}" for each in group)
    return f"{entry.native[1]}{items}{white}</{entry.key[0]}>"


FORMAT = KeyedFormat(
    "android", QT_TRANSLATE_NOOP("formats", "Android resources"), (".xml",), _lay_out
)
