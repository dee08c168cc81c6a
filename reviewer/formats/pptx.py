"""PowerPoint presentations: the paragraphs of slides, tables and notes are the units.

Charts, diagrams, masters and layouts are left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.errors import FormatError
from reviewer.formats.base import Reader, Writer
from reviewer.formats.building import Builder
from reviewer.formats.office import OfficeFormat
from reviewer.formats.package import relations
from reviewer.formats.runs import Format, Paragraph, Part, Room, text_parts
from reviewer.formats.weaver import Dialect
from reviewer.formats.xml_guard import xml_text
from reviewer.formats.xml_nodes import CDATA, TEXT, XmlText, escaped
from reviewer.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviewer.formats.xml_nodes import Node
    from reviewer.formats.zip_guard import Archive

_VERSION = 1
_NAMESPACES = {
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/presentationml/2006/main": "p",
    "http://purl.oclc.org/ooxml/presentationml/main": "p",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
_LOOKS = {
    ("b", "1"): "b",
    ("i", "1"): "i",
    ("b", "0"): "not b",
    ("i", "0"): "not i",
    ("u", "sng"): "u",
    ("strike", "sngStrike"): "strike",
    ("cap", "all"): "caps",
    ("cap", "small"): "caps",
}
_CHILDREN = {
    "a:hlinkClick": "link",
    "a:latin": "font",
    "a:solidFill": "color",
    "a:highlight": "highlight",
}


def _parts(archive: Archive) -> Iterator[str]:
    """Yield the names of the slides in the order of the show, each with its notes behind it."""
    main = next((r.part for r in relations(archive, "") if r.type == "officeDocument"), None)
    if main is None:
        message = "The file is no presentation: the part that lists its slides is missing."
        raise FormatError(message)
    named = {r.id: r.part for r in relations(archive, main) if r.type == "slide"}
    xml = XmlText(xml_text(archive.read(main)).text, _NAMESPACES)
    order = [
        next((v for k, v in xml.attributes(node).items() if k.endswith(":id")), "")
        for node, whole in xml.elements(lambda name: name == "p:sldId")
        if whole
    ]
    for slide in dict.fromkeys(named[id_] for id_ in (*order, *named) if id_ in named):
        yield slide
        yield from (r.part for r in relations(archive, slide) if r.type == "notesSlide")


def _paragraphs(xml: XmlText, part: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a part that hold text."""
    formats: dict[str, Format] = {}
    number = 0
    for node, whole in xml.elements(lambda name: name in {"a:p", "mc:Fallback"}):
        if not whole or node.name != "a:p":
            continue
        number += 1
        builder = Builder()
        for child in node.children:
            _add(xml, child, builder, formats)
        if builder.has_text():
            fresh = _fresh(xml, node)
            yield builder.finish(node.start, node.end, f"{part}:{number}", fresh)


def _add(xml: XmlText, node: Node, builder: Builder, formats: dict[str, Format]) -> None:
    """Add what stands in a paragraph to its unit."""
    if node.name in {"a:pPr", "a:endParaRPr"} or node.name.startswith("#"):
        return
    text = node.child("a:t")
    if node.name == "a:r" and text is not None and text.children:
        builder.run(node.start, node.end, list(_text(xml, text)), _format(xml, node, formats))
    elif node.name == "a:br":
        builder.alone(node.start, node.end, "↵", "↵")
    elif node.name == "a:fld":
        shown = " ".join(xml.plain(text).split()) if text is not None else ""
        builder.alone(node.start, node.end, "field", shown or "field", can_copy=False)
    elif node.name != "a:r":
        shown = node.name.rpartition(":")[2]
        builder.alone(node.start, node.end, shown, shown, can_copy=False)


def _text(xml: XmlText, node: Node) -> Iterator[Part]:
    plain = all(child.name == TEXT for child in node.children)
    room = Room(node.inner, node.inner_end) if plain else None
    for child in node.children:
        if child.name == TEXT:
            yield from text_parts(xml.raw(child), child.start, room)
        elif child.name == CDATA:
            yield Part(" ".join(xml.plain(child).split()), child.start, child.end)


def _format(xml: XmlText, run: Node, formats: dict[str, Format]) -> Format:
    properties = run.child("a:rPr")
    if properties is None:
        return Format()
    raw = xml.raw(properties)
    if raw not in formats:
        formats[raw] = Format(_look(xml, properties), raw)
    return formats[raw]


def _look(xml: XmlText, properties: Node) -> str:
    """Return what of the looks of a run counts; language, spelling and the like do not."""
    words: list[str] = []
    for name, written in xml.attributes(properties).items():
        value = {"true": "1", "false": "0"}.get(written, written)
        if (name, value) in _LOOKS:
            words.append(_LOOKS[name, value])
        elif name == "baseline" and value.lstrip("-").isdigit() and int(value):
            words.append("sub" if value.startswith("-") else "sup")
        elif name == "sz":
            words.append(f"size {value}")
    for child in properties.children:
        if child.name in _CHILDREN:
            value = xml.attribute(child, "typeface") or ""
            values = [xml.attribute(inner, "val") or "" for inner in child.children]
            words.append(" ".join([_CHILDREN[child.name], value, *values]).strip())
    return " ".join(words)


def _fresh(xml: XmlText, node: Node) -> tuple[str, str]:
    """Return what stands around the runs of a new paragraph like one."""
    name = xml.written("a:p")
    properties = node.child("a:pPr")
    return f"<{name}>{xml.raw(properties) if properties is not None else ''}", f"</{name}>"


def _dialect(xml: XmlText) -> Dialect:
    text, run = xml.written("a:t"), xml.written("a:r")
    return Dialect(
        text=escaped,
        within=escaped,
        run=lambda look, inner: f"<{run}>{look}<{text}>{inner}</{text}></{run}>",
    )


FORMAT = OfficeFormat("pptx", _VERSION, _NAMESPACES, _parts, _paragraphs, _dialect)
READER = Reader(
    "pptx", QT_TRANSLATE_NOOP("formats", "PowerPoint"), (".pptx", ".pptm", ".ppsx"), FORMAT.read
)
WRITER = Writer("pptx", FORMAT.write, keeps_suffix=True)
