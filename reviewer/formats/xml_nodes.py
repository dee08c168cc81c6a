"""Elements of an XML text with the places they stand at, so that a file can be changed by places.

The text was checked before (`xml_guard.xml_text`): it is well-formed and declares no entities.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

TEXT = "#text"
"""Name of a node that is text; CDATA, comments and processing instructions have others."""
CDATA = "#cdata"
OTHER = "#other"

_TOKEN = re.compile(
    r"""[^<]+
    | <!--.*?--> | <!\[CDATA\[.*?\]\]> | <\?.*?\?>
    | <!DOCTYPE (?: [^\[>"'] | "[^"]*" | '[^']*' | \[ .*? \]\s*(?=>) )* >
    | <(?P<close>/?) (?P<name>[^\s/>]+)
      (?P<rest> [^>"']* (?: (?: "[^"]*" | '[^']*' ) [^>"']* )* ) >
    """,
    re.VERBOSE | re.DOTALL,
)
_NAME = re.compile(r"<[^\s/>]++")
_ATTRIBUTE = re.compile(r"""([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_NAMESPACE = re.compile(r"""\sxmlns(?::([^\s=]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ESCAPED = re.compile(r"[&<>]")
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_REFERENCE = re.compile(r"&(#x[0-9a-fA-F]{1,8}|#[0-9]{1,9}|[a-z]{2,4});")
_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Node:
    """An element, or a stretch of text.

    Attributes:
        name: with the prefix that the reader gave to its namespace, or one of TEXT, CDATA, OTHER.
        start, end: its range in the text.
        inner, inner_end: the range of its contents; both `end` where the tag closes itself.
        children: in order.
    """

    __slots__ = ("children", "end", "inner", "inner_end", "name", "start")

    def __init__(self, name: str, start: int, inner: int) -> None:
        self.name = name
        self.start = start
        self.inner = self.inner_end = self.end = inner
        self.children: list[Node] = []

    def child(self, name: str) -> Node | None:
        """Return the first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str, but: str = "") -> Iterator[Node]:
        """Yield the elements of that name below, in order, none inside another or in a `but`."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            if node.name == name:
                yield node
            elif node.name != but:
                waiting += node.children[::-1]


class XmlText:
    """The text of a checked XML document and how it names things."""

    def __init__(self, text: str, prefixes: Mapping[str, str]) -> None:
        """Take a text; `prefixes` gives the namespaces, by URI, the prefixes of `Node.name`."""
        self.text = text
        self._names = _names(text, prefixes)

    def elements(self, wanted: Callable[[str], bool]) -> Iterator[tuple[Node, bool]]:
        """Yield each outermost wanted element, whole, in order; False where only its tag is.

        `wanted` is asked for every name. Elements that are not wanted are passed through and
        what they hold is looked at; the tags of names ending in "/" tell their end.
        """
        open_: list[Node] = []
        for found in _TOKEN.finditer(self.text):
            name = found["name"]
            if name is None:
                if open_:
                    open_[-1].children.append(_leaf(found))
                continue
            if found["close"]:
                if open_:
                    node = open_.pop()
                    node.inner_end, node.end = found.span()
                    if not open_:
                        yield node, True
                else:
                    yield Node(self._names(name) + "/", *found.span()), False
                continue
            name = self._names(name)
            closed = found["rest"].endswith("/")
            if not open_ and not wanted(name):
                yield Node(name, *found.span()), False
                if closed:
                    yield Node(name + "/", *found.span()), False
                continue
            node = Node(name, *found.span())
            if open_:
                open_[-1].children.append(node)
            if not closed:
                open_.append(node)
            elif not open_:
                yield node, True

    def attributes(self, node: Node) -> dict[str, str]:
        """Return the attributes of an element, by the names as the file has them."""
        tag = self.text[node.start : node.inner]
        begin = _NAME.match(tag)
        found = _ATTRIBUTE.findall(tag, begin.end()) if begin else ()
        return {name: unescaped(double or single) for name, double, single in found}

    def attribute(self, node: Node, local: str) -> str | None:
        """Return an attribute by its name without a prefix."""
        for name, value in self.attributes(node).items():
            if name == local or name.endswith(":" + local):
                return value
        return None

    def raw(self, node: Node) -> str:
        """Return an element as it stands in the file."""
        return self.text[node.start : node.end]

    def plain(self, node: Node) -> str:
        """Return all text inside an element."""
        parts, waiting = [], [node]
        while waiting:
            inner = waiting.pop()
            if inner.name == TEXT:
                parts.append(unescaped(self.raw(inner)))
            elif inner.name == CDATA:
                parts.append(self.text[inner.start + 9 : inner.end - 3])
            waiting += inner.children[::-1]
        return "".join(parts)

    def written(self, name: str) -> str:
        """Return how the file writes the name of an element; the name itself where it has none."""
        return self._names.written.get(name, name)


class _Names:
    """The names of a document, told by namespace."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = prefixes
        self.known: dict[str, str] = {}
        self.written: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        known = self.known.get(name)
        if known is None:
            prefix, colon, local = name.rpartition(":")
            new = self.prefixes.get(prefix, prefix if colon else "")
            known = self.known[name] = f"{new}:{local}" if new else local
            self.written[known] = name
        return known


def _names(text: str, prefixes: Mapping[str, str]) -> _Names:
    """Return the names of a document; a prefix means the same in all of it, as programs write."""
    found: dict[str, str] = {}
    for prefix, double, single in _NAMESPACE.findall(text):
        new = prefixes.get(double or single)
        if new is not None:
            found.setdefault(prefix, new)
    return _Names(found)


def _leaf(found: re.Match[str]) -> Node:
    raw = found.group()
    if raw[0] != "<":
        return Node(TEXT, *found.span())
    return Node(CDATA if raw.startswith("<![") else OTHER, *found.span())


def unescaped(raw: str) -> str:
    """Return a text of an XML document without its references."""
    return _REFERENCE.sub(_character, raw) if "&" in raw else raw


def _character(found: re.Match[str]) -> str:
    name = found.group(1)
    if not name.startswith("#"):
        return _CHARACTERS.get(name, found.group())
    digits = name[1:]
    number = int("0" + digits, base=0) if digits.startswith("x") else int(digits)
    return chr(number) if number < 0x110000 else found.group()


def escaped(text: str) -> str:
    """Return a text as it stands in XML; what XML cannot hold is left out."""
    text = _NOT_XML.sub("", text)
    return _ESCAPED.sub(lambda found: _REFERENCES[found.group()], text)
