""".NET's RESX: a text is the value of a data element without a type."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from reviewer.errors import FormatError
from reviewer.formats.keyed import Added, Change, Entry, Key, KeyedFormat, Resource, resource
from reviewer.formats.resource_values import Style, tokens
from reviewer.formats.xml_inline import balanced
from reviewer.formats.xml_nodes import CDATA
from reviewer.formats.xml_resource import REFERENCES, XmlFile, beside, last_line, xml_file
from reviewer.formats.xml_walk import escaped
from reviewer.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reviewer.formats.xml_nodes import Node


def _meant(token: str) -> str | None:
    if token.startswith("&"):
        text = unescape(token)
        return text if text != token else None
    return None if token.startswith("<") else "\n"


_TEXT = Style(
    "text",
    tokens(rf"{REFERENCES} | <!\[CDATA\[.*?\]\]> | <!--.*?--> | \r\n | [\r\n]"),
    _meant,
    escaped,
    nested=balanced,
)


def _entries(file: XmlFile) -> Iterator[tuple[Entry, Node]]:
    for node in file.elements:
        said = file.xml.attributes(node)
        name = said.get("name", "")
        value = node.child("value")
        if not name or name.startswith(">>") or "type" in said or "mimetype" in said:
            continue
        if value is None or any(child.name == CDATA for child in value.children):
            continue
        comment = node.child("comment")
        notes = (file.xml.plain(comment).strip(),) if comment else ()
        if value.inner == value.end and file.raw(value.start, value.end).endswith("/>"):
            style = Style("empty", _TEXT.tokens, _meant, escaped, _as_value, balanced)
            outer = value.start, value.end
            yield Entry((name,), value.end, value.end, style, outer, notes), node
        else:
            yield Entry((name,), value.inner, value.inner_end, _TEXT, None, notes), node


def _as_value(new: str) -> str:
    return f"<value>{new}</value>"


def _lay_out(data: bytes, _options: Mapping[str, Any]) -> Resource:
    file = xml_file(data, ("data",))
    if file.root != "root":
        message = "It is XML, but no RESX."
        raise FormatError(message)
    found = list(_entries(file))
    nodes = {entry.key: node for entry, node in found}
    return resource(
        file.decoded,
        [entry for entry, _ in found],
        lambda added: [*(_added(file, nodes, each) for each in added), *last_line(file)],
    )


def _added(file: XmlFile, nodes: Mapping[Key, Node], added: Added) -> Change:
    place, white = beside(file, nodes.get(added.behind) if added.behind else None, "  ")
    line = white[: white.rfind("\n") + 1]
    deeper = white + (white[len(line) :] or "  ")
    value = added.value if added.entry.style.name == "empty" else _as_value(added.value)
    name = quoteattr(added.entry.key[0])
    new = f'{white}<data name={name} xml:space="preserve">{deeper}{value}{white}</data>'
    return place, place, new


FORMAT = KeyedFormat("resx", QT_TRANSLATE_NOOP("formats", ".NET resources"), (".resx",), _lay_out)
