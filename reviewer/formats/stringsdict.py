"""Apple's .stringsdict: the plural forms of a property list.

The forms are texts, and the format around them where it holds words. A form that is missing is
put in beside the others; a whole entry that is missing stays missing, and that is said.
"""

from __future__ import annotations

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
from reviewer.formats.resource_values import Style, tokens
from reviewer.formats.xml_inline import balanced
from reviewer.formats.xml_resource import REFERENCES, XmlFile, xml_file
from reviewer.formats.xml_walk import escaped
from reviewer.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reviewer.formats.xml_nodes import Node

_FORMS = ("zero", "one", "two", "few", "many", "other")
_WORDED = "NSStringLocalizedFormatKey"


def _meant(token: str) -> str | None:
    if token.startswith("&"):
        text = unescape(token)
        return text if text != token else None
    return "\n"


_TEXT = Style("text", tokens(rf"{REFERENCES} | \r\n | [\r\n]"), _meant, escaped, nested=balanced)


def _entries(file: XmlFile, node: Node, path: Key) -> Iterator[tuple[Entry, Node]]:
    """Yield the texts of a dictionary and of those in it, each with the element that holds it."""
    key = ""
    for child in node.children:
        if child.name == "key":
            key = file.xml.plain(child)
        elif child.name == "dict":
            yield from _entries(file, child, (*path, key))
        elif child.name == "string" and (key in _FORMS or key == _WORDED):
            yield Entry((*path, key), child.inner, child.inner_end, _TEXT), node


def _lay_out(data: bytes, _options: Mapping[str, Any]) -> Resource:
    file = xml_file(data, ("dict",))
    if file.root != "plist" or len(file.elements) != 1:
        message = "It is XML, but no property list of plural forms."
        raise FormatError(message)
    found = list(_entries(file, file.elements[0], ()))
    nodes = {entry.key[:-1]: node for entry, node in found}
    return resource(
        file.decoded,
        [entry for entry, _ in found],
        lambda added: [_added(file, nodes, each) for each in added],
    )


def _added(file: XmlFile, nodes: Mapping[Key, Node], added: Added) -> Change:
    node = nodes.get(added.entry.key[:-1])
    if node is None:
        raise cannot_add(added.entry, "the file has no entry of that name")
    last = [child for child in node.children if child.name == "string"][-1]
    white = file.line_before(last.start)
    form = added.entry.key[-1]
    new = f"{white}<key>{form}</key>{white}<string>{added.value}</string>"
    return last.end, last.end, new


FORMAT = KeyedFormat(
    "stringsdict",
    QT_TRANSLATE_NOOP("formats", "Apple plural forms"),
    (".stringsdict",),
    _lay_out,
)
