"""What resources in XML have in common: elements with their places, new ones beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.formats.xml_guard import xml_text
from reviewer.formats.xml_nodes import XmlText

if TYPE_CHECKING:
    from collections.abc import Collection

    from reviewer.formats.encoding import Decoded
    from reviewer.formats.xml_nodes import Node

REFERENCES = r"&(?:\#x[0-9a-fA-F]{1,8}|\#[0-9]{1,9}|[a-z]{2,4});"


@dataclass(frozen=True, slots=True)
class XmlFile:
    """A checked XML file and its outermost elements of some names.

    Attributes:
        root: name of the outermost element of all.
        inner, end: where its content begins and ends.
    """

    decoded: Decoded
    xml: XmlText
    root: str
    elements: tuple[Node, ...]
    inner: int
    end: int

    def line_before(self, place: int) -> str:
        """Return the line break and the white space in front of a place."""
        before = self.decoded.text[max(0, place - 200) : place]
        white = before[len(before.rstrip()) :]
        return white[max(white.rfind("\n"), 0) :] if "\n" in white else ""

    def raw(self, start: int, end: int) -> str:
        """Return a stretch of the file."""
        return self.decoded.text[start:end]


def xml_file(data: bytes, names: Collection[str]) -> XmlFile:
    """Return a file's elements of some names; raises FormatError."""
    decoded = xml_text(data)
    xml = XmlText(decoded.text, {})
    root, inner, end, elements = "", 0, 0, []
    for node, whole in xml.elements(lambda name: name in names):
        if whole:
            elements.append(node)
        elif not root:
            root, inner = node.name, node.end
        else:
            end = node.start
    return XmlFile(decoded, xml, root, tuple(elements), inner, max(end, inner))


def beside(file: XmlFile, behind: Node | None, step: str = "    ") -> tuple[int, str]:
    """Return where a new element goes behind another, or first of all, and its white space."""
    if behind is not None:
        return behind.end, file.line_before(behind.start) or "\n"
    if file.elements:
        # In front of the first one: its own white space goes behind the new element.
        white = file.line_before(file.elements[0].start)
        return file.elements[0].start - len(white), white or "\n"
    return file.inner, f"\n{step}"


def last_line(file: XmlFile) -> list[tuple[int, int, str]]:
    """Return the line break that a file without elements lacks in front of its last tag."""
    if file.elements or "\n" in file.raw(file.inner, file.end):
        return []
    return [(file.inner, file.inner, "\n")]
