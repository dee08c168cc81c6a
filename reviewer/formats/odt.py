"""OpenDocument texts: paragraphs, headings, cells, notes, text boxes, headers and footers.

Comments, fields, pictures and what was deleted with tracked changes are left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.errors import FormatError
from reviewer.formats.base import Reader, Writer
from reviewer.formats.building import Builder
from reviewer.formats.office import OfficeFormat
from reviewer.formats.runs import Format, Paragraph, Part, Room, text_parts
from reviewer.formats.weaver import Dialect
from reviewer.formats.xml_nodes import CDATA, TEXT, XmlText, escaped
from reviewer.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.formats.xml_nodes import Node
    from reviewer.formats.zip_guard import Archive

_VERSION = 1
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    f"{_OASIS}text:1.0": "text",
    f"{_OASIS}office:1.0": "office",
    f"{_OASIS}style:1.0": "style",
    f"{_OASIS}drawing:1.0": "draw",
    f"{_OASIS}manifest:xmlns:manifest:1.0": "manifest",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "http://openoffice.org/2009/office": "officeooo",
}
_PARAGRAPHS = frozenset({"text:p", "text:h"})
_PASSED_OVER = frozenset({"text:tracked-changes", "office:annotation", "office:forms"})
_PAIRS = {
    "text:span": "style",
    "text:a": "link",
    "text:meta": "meta",
    "text:meta-field": "meta",
}
_SHOWN = {
    "text:tab": "⇥",
    "text:line-break": "↵",
    "text:note": "note",
    "draw:frame": "picture",
    "draw:custom-shape": "drawing",
    "text:ruby": "ruby",
}
_STARTS = ("-start", "text:bookmark", "text:reference-mark", "text:soft-page-break")
_UNSEEN = frozenset(
    {"rsid", "paragraph-rsid", "language", "country", "script", "rfc-language-tag"}
)
_UNSEEN_ENDS = (
    *("-asian", "-complex", "-underline-width", "-underline-color", "-underline-mode"),
    *("-underline-type", "-line-through-type", "-opacity", "-color-theme-reference"),
)
_LOOKS = {
    ("font-weight", "bold"): "b",
    ("font-style", "italic"): "i",
    ("text-underline-style", "solid"): "u",
    ("text-line-through-style", "solid"): "strike",
}
_SPACES = re.compile(r" {2,}|\t")


def _parts(archive: Archive) -> Iterator[str]:
    """Yield the names of the parts that hold text: the contents, then headers and footers."""
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        message = "The file is protected by a password; save it without one."
        raise FormatError(message)
    if "content.xml" not in archive:
        message = "The file is no OpenDocument text: the part with its text is missing."
        raise FormatError(message)
    yield "content.xml"
    if "styles.xml" in archive:
        yield "styles.xml"


def _paragraphs(xml: XmlText, part: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a part that hold text; those of a note or box behind their own."""
    scan = _Scan(xml)
    wanted = _PARAGRAPHS | _PASSED_OVER | {"style:style"}
    for node, whole in xml.elements(lambda name: name in wanted):
        if not whole or node.name in _PASSED_OVER:
            continue
        if node.name == "style:style":
            scan.style(node)
            continue
        waiting = [node]
        while waiting:
            paragraph = waiting.pop(0)
            found = scan.paragraph(paragraph, part)
            if found is not None:
                yield found
            waiting[:0] = _inner(paragraph.children)


def _inner(nodes: Sequence[Node]) -> list[Node]:
    """Return the outermost paragraphs inside of elements."""
    found: list[Node] = []
    waiting = list(nodes[::-1])
    while waiting:
        node = waiting.pop()
        if node.name in _PARAGRAPHS:
            found.append(node)
        elif node.name not in _PASSED_OVER:
            waiting += node.children[::-1]
    return found


class _Scan:
    """How the paragraphs of a part are read."""

    def __init__(self, xml: XmlText) -> None:
        self.xml = xml
        self.looks: dict[str, str] = {}
        self.count = 0

    def style(self, node: Node) -> None:
        """Remember how an automatic style looks; "" where a reader sees no difference."""
        if self.xml.attribute(node, "family") != "text":
            return
        words: dict[str, None] = {}
        for properties in node.children:
            if properties.name != "style:text-properties":
                continue
            for name, value in self.xml.attributes(properties).items():
                local = name.rpartition(":")[2]
                if local not in _UNSEEN and not local.endswith(_UNSEEN_ENDS):
                    words[_LOOKS.get((local, value)) or _look(local, value)] = None
        parent = self.xml.attribute(node, "parent-style-name")
        if parent:
            words[f"style {parent.replace('_20_', ' ')}"] = None
        self.looks[self.xml.attribute(node, "name") or ""] = " ".join(words)

    def paragraph(self, node: Node, part: str) -> Paragraph | None:
        """Return a paragraph; None where it holds no text."""
        self.count += 1
        builder = Builder()
        self._contents(node.children, builder)
        if not builder.has_text():
            return None
        tag = self.xml.text[node.start : node.inner]
        style = re.search(r"\s\S*:style-name=(?:\"[^\"]*\"|'[^']*')", tag)
        name = self.xml.written("text:p")
        fresh = f"<{name}{style.group() if style else ''}>", f"</{name}>"
        if node.name == "text:h":
            fresh = f"<{name}>", f"</{name}>"
        return builder.finish(node.start, node.end, f"{part}:{self.count}", fresh)

    def _contents(self, nodes: Sequence[Node], builder: Builder) -> None:
        """Add what stands in a paragraph, or in an element inside of it, to its unit."""
        place = 0
        while place < len(nodes):
            end = place
            while end < len(nodes) and _is_text(self.xml, nodes[end]):
                end += 1
            if end > place:
                self._run(nodes[place:end], builder)
                place = end
            else:
                self._element(nodes[place], builder)
                place += 1

    def _run(self, nodes: Sequence[Node], builder: Builder) -> None:
        """Add text, with the spaces that are elements, as one run."""
        parts: list[Part] = []
        for node in nodes:
            if node.name == TEXT:
                room = Room(node.start, node.end)
                parts += text_parts(self.xml.raw(node), node.start, room, collapse=True)
            elif node.name == CDATA:
                text = " ".join(self.xml.plain(node).split())
                parts.append(Part(text, node.start, node.end))
            else:
                parts.append(Part(" ", node.start, node.end))
        builder.run(nodes[0].start, nodes[-1].end, parts, Format())

    def _element(self, node: Node, builder: Builder) -> None:
        name = node.name
        if name.startswith("#"):
            return
        if name in _PAIRS and node.children:
            look = self._look(node)
            if (
                name == "text:span"
                and not look
                and all(_is_text(self.xml, child) for child in node.children)
            ):
                self._plain_span(node, builder)
                return
            builder.opening(node.start, node.inner, look, look)
            self._contents(node.children, builder)
            builder.closing(node.inner_end, node.end)
        elif name.endswith(_STARTS):
            builder.anchor(node.start, node.end, first=True)
        elif name.endswith("-end") or name == "text:change" or name in _PASSED_OVER:
            builder.anchor(node.start, node.end, first=False)
        else:
            self._alone(node, builder)

    def _alone(self, node: Node, builder: Builder) -> None:
        if node.name == "text:s":
            count = self.xml.attribute(node, "c") or "1"
            builder.alone(node.start, node.end, f"spaces {count}", f"␣{count}")
            return
        mark = _SHOWN.get(node.name, "")
        shown = mark or " ".join(self.xml.plain(node).split()) or node.name.rpartition(":")[2]
        copied = node.name in {"text:tab", "text:line-break"}
        can_delete = node.name != "text:note"
        builder.alone(
            node.start,
            node.end,
            mark or "field",
            shown,
            can_delete=can_delete,
            can_copy=copied,
        )

    def _look(self, node: Node) -> str:
        if node.name != "text:span":
            return _PAIRS[node.name]
        style = self.xml.attribute(node, "style-name") or ""
        return self.looks.get(style, f"style {style.replace('_20_', ' ')}")

    def _plain_span(self, node: Node, builder: Builder) -> None:
        """Add a span that looks like the text around it, as programs leave behind."""
        parts: list[Part] = []
        for child in node.children:
            if child.name == TEXT:
                room = Room(child.start, child.end)
                parts += text_parts(self.xml.raw(child), child.start, room, collapse=True)
            else:
                parts.append(Part(" ", child.start, child.end))
        builder.run(node.start, node.end, parts, Format(), shape="span")


def _look(local: str, value: str) -> str:
    if local == "color":
        return f"color {value.removeprefix('#').upper()}"
    if local == "text-position":
        return "sub" if value.startswith(("sub", "-")) else "sup"
    return f"{local} {value}"


def _is_text(xml: XmlText, node: Node) -> bool:
    """Return whether a node is text, or one space that the file counts as an element."""
    if node.name in {TEXT, CDATA}:
        return True
    return node.name == "text:s" and (xml.attribute(node, "c") or "1") == "1"


def _dialect(xml: XmlText) -> Dialect:
    prefix = xml.written("text:p").rpartition(":")[0]
    named = f"{prefix}:" if prefix else ""

    def space(found: re.Match[str]) -> str:
        return (
            f"<{named}tab/>"
            if found.group() == "\t"
            else " " + f"<{named}s/>" * (len(found.group()) - 1)
        )

    def written(text: str) -> str:
        return _SPACES.sub(space, escaped(text))

    return Dialect(text=written, within=written, run=lambda _look, inner: inner)


FORMAT = OfficeFormat("odt", _VERSION, _NAMESPACES, _parts, _paragraphs, _dialect)
READER = Reader(
    "odt", QT_TRANSLATE_NOOP("formats", "OpenDocument text"), (".odt", ".ott"), FORMAT.read
)
WRITER = Writer("odt", FORMAT.write, keeps_suffix=True)
