"""Parts of an Office document and how they name each other (Open Packaging Conventions)."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from reviewer.formats.xml_guard import xml_text
from reviewer.formats.xml_nodes import XmlText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.formats.zip_guard import Archive

_NAMESPACES = {"http://schemas.openxmlformats.org/package/2006/relationships": "rel"}


class Relation(NamedTuple):
    """That a part names another: by which id, as what, and its name in the archive."""

    id: str
    type: str
    part: str


def relations(archive: Archive, part: str) -> Iterator[Relation]:
    """Yield the parts of the archive that a part names ("" is the whole file), in order.

    Addresses outside of the file are left out; they are never opened.
    """
    folder, name = posixpath.split(part)
    place = posixpath.join(folder, "_rels", f"{name}.rels")
    if place not in archive:
        return
    xml = XmlText(xml_text(archive.read(place)).text, _NAMESPACES)
    for node, whole in xml.elements(lambda name: name == "rel:Relationship"):
        if not whole:
            continue
        found = xml.attributes(node)
        target = posixpath.normpath(posixpath.join("/", folder, found.get("Target", "")))[1:]
        if found.get("TargetMode") != "External" and target in archive:
            yield Relation(found.get("Id", ""), found.get("Type", "").rpartition("/")[2], target)
