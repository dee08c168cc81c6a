"""Word documents: paragraphs, cells, headers, notes and text boxes are the units.

Comments, fields, drawings and what was deleted with tracked changes are left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviewer.errors import FormatError
from reviewer.formats.base import Reader, Writer
from reviewer.formats.building import Builder
from reviewer.formats.office import OfficeFormat
from reviewer.formats.package import relations
from reviewer.formats.runs import Format, Paragraph, Part, Room, text_parts
from reviewer.formats.weaver import Dialect
from reviewer.formats.xml_nodes import CDATA, TEXT, XmlText, escaped
from reviewer.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reviewer.formats.xml_nodes import Node
    from reviewer.formats.zip_guard import Archive

_VERSION = 1
NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
}
_PARTS = ("footnotes", "endnotes", "header", "footer")

_WRAPPERS = {
    "w:hyperlink": "link",
    "w:ins": "inserted",
    "w:moveTo": "inserted",
    "w:smartTag": "tag",
    "w:customXml": "tag",
    "w:dir": "dir",
    "w:bdo": "dir",
    "w:sdt": "control",
}
_DELETED = frozenset({"w:del", "w:moveFrom"})
_STARTS = ("RangeStart", "bookmarkStart", "permStart")
_ENDS = ("RangeEnd", "bookmarkEnd", "permEnd")
_UNSEEN = frozenset({"w:proofErr", "w:pPr", "w:lastRenderedPageBreak", "w:rPr", "w:sdtPr"})
_CHARACTERS = {"w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}
_SHOWN = {
    "w:tab": "⇥",
    "w:br": "↵",
    "w:cr": "↵",
    "w:footnoteReference": "note",
    "w:endnoteReference": "note",
    "w:footnoteRef": "note",
    "w:endnoteRef": "note",
    "w:drawing": "picture",
    "w:pict": "picture",
    "w:object": "object",
    "mc:AlternateContent": "drawing",
    "w:sym": "symbol",
    "m:oMath": "formula",
    "m:oMathPara": "formula",
}
_LOOKS = {
    "w:b": "b",
    "w:bCs": "b",
    "w:i": "i",
    "w:iCs": "i",
    "w:strike": "strike",
    "w:dstrike": "strike",
    "w:caps": "caps",
    "w:smallCaps": "caps",
    "w:vanish": "hidden",
    "w:outline": "outline",
}
_OFF = frozenset({"0", "false", "off", "none"})
_VALUES = {
    "w:u": "u",
    "w:vertAlign": "",
    "w:highlight": "highlight",
    "w:color": "color",
    "w:sz": "size",
    "w:rStyle": "style",
}
_TWICE = QT_TRANSLATE_NOOP(
    "formats",
    "Text boxes stand in the file twice, for newer and for older programs; "
    "corrections go into what newer ones show.",
)
_INSTRUCTION = re.compile(r"\s*HYPERLINK\b", re.IGNORECASE)


def main_part(archive: Archive) -> str:
    """Return the name of the part that holds the body; raises FormatError."""
    main = next((r.part for r in relations(archive, "") if r.type == "officeDocument"), None)
    if main is None:
        message = "The file is no Word document: the part with its text is missing."
        raise FormatError(message)
    return main


def _parts(archive: Archive) -> Iterator[str]:
    """Yield the names of the parts that hold text: the body, notes, headers and footers."""
    main = main_part(archive)
    yield main
    named = list(relations(archive, main))
    for type_ in _PARTS:
        yield from dict.fromkeys(relation.part for relation in named if relation.type == type_)


def _paragraphs(xml: XmlText, part: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a part that hold text; those of a text box behind its own."""
    scan = Scan(xml)
    waiting: list[Node] = []
    for node, whole in xml.elements(lambda name: name == "w:p"):
        if not whole:
            continue
        waiting.append(node)
        while waiting:
            paragraph = waiting.pop(0)
            found = scan.paragraph(paragraph, part)
            if found is not None:
                yield found
            waiting[:0] = [
                inner for child in paragraph.children for inner in child.all("w:p", "mc:Fallback")
            ]


class Scan:
    """How the paragraphs of a part are read."""

    def __init__(self, xml: XmlText) -> None:
        self.xml = xml
        self.formats: dict[str, Format] = {}
        self.count = 0

    def paragraph(self, node: Node, part: str) -> Paragraph | None:
        """Return a paragraph; None where it holds no text."""
        self.count += 1
        builder = Builder()
        self._contents(node.children, builder)
        if not builder.has_text():
            return None
        return builder.finish(node.start, node.end, f"{part}:{self.count}", self._fresh(node))

    def _contents(self, nodes: Sequence[Node], builder: Builder) -> None:
        """Add what stands in a paragraph, or in an element around runs, to its unit."""
        ends = self._field_ends(nodes)
        place = 0
        while place < len(nodes):
            node = nodes[place]
            end = ends.get(place, 0)
            if end:
                self._field(nodes[place:end], builder)
            elif self._is_field_mark(node):
                end = place + 1
                while end < len(nodes) and end not in ends and self._is_field_mark(nodes[end]):
                    end += 1
                self._half_field(nodes[place], nodes[end - 1], builder)
            elif node.name == "w:r":
                self._run(node, builder)
            else:
                self._other(node, builder)
            place = end or place + 1

    def _other(self, node: Node, builder: Builder) -> None:
        name = node.name
        if name in _UNSEEN or name.startswith("#"):
            return
        if name in _WRAPPERS:
            self._wrapper(node, builder)
        elif name in _DELETED:
            builder.alone(node.start, node.end, "deleted", "del", can_delete=False, can_copy=False)
        elif name.endswith(_STARTS):
            builder.anchor(node.start, node.end, first=True)
        elif name.endswith(_ENDS):
            builder.anchor(node.start, node.end, first=False)
        elif name == "w:fldSimple":
            self._simple_field(node, builder)
        else:
            self._alone(node, builder, name)

    def _wrapper(self, node: Node, builder: Builder) -> None:
        """Add an element around runs as a pair; one that holds none is a code."""
        inner = node.child("w:sdtContent") if node.name == "w:sdt" else node
        mark = _WRAPPERS[node.name]
        if inner is None or inner.inner == inner.end or not inner.children:
            self._alone(node, builder, node.name)
            return
        builder.opening(node.start, inner.inner, mark, mark)
        self._contents(inner.children, builder)
        builder.closing(inner.inner_end, node.end)

    def _run(self, node: Node, builder: Builder) -> None:
        parts = list(self._run_parts(node))
        if any(part.text and not part.is_code for part in parts):
            builder.run(node.start, node.end, parts, self._format(node))
            return
        seen = [child for child in node.children if child.name not in _UNSEEN]
        names = [child.name for child in seen if not child.name.startswith("#")]
        if names == ["w:commentReference"]:
            builder.anchor(node.start, node.end, first=False)
        elif names:
            self._alone(node, builder, names[0])

    def _run_parts(self, node: Node) -> Iterator[Part]:
        for child in node.children:
            name = child.name
            if name == "w:t":
                yield from self._text(child)
            elif name in _CHARACTERS:
                yield Part(_CHARACTERS[name], child.start, child.end)
            elif name not in _UNSEEN and not name.startswith("#"):
                yield Part(_SHOWN.get(name, name[2:]), child.start, child.end, is_code=True)

    def _text(self, node: Node) -> Iterator[Part]:
        tag = self.xml.text[node.start : node.inner]
        keeps = "preserve" in tag
        room: Room | None = Room(node.inner, node.inner_end, keeps)
        # A tag that says otherwise has no room for a second attribute: it is written anew.
        if any(child.name != TEXT for child in node.children) or (
            "xml:space" in tag and not keeps
        ):
            room = None
        for child in node.children:
            if child.name == TEXT:
                yield from text_parts(self.xml.raw(child), child.start, room)
            elif child.name == CDATA:
                yield Part(" ".join(self.xml.plain(child).split()), child.start, child.end)

    def _alone(self, node: Node, builder: Builder, name: str) -> None:
        """Add a code for an element that stands for itself."""
        shown = _SHOWN.get(name, name.rpartition(":")[2])
        note = name.endswith(("Reference", "Ref"))
        copied = name in {"w:tab", "w:br", "w:cr", "w:sym"}
        builder.alone(node.start, node.end, shown, shown, can_delete=not note, can_copy=copied)

    def _simple_field(self, node: Node, builder: Builder) -> None:
        instruction = self.xml.attribute(node, "instr") or ""
        if _INSTRUCTION.match(instruction) and node.children:
            builder.opening(node.start, node.inner, "link", "link")
            self._contents(node.children, builder)
            builder.closing(node.inner_end, node.end)
        else:
            shown = " ".join("".join(self._shown(node)).split())
            builder.alone(node.start, node.end, "field", shown or "field", can_copy=False)

    def _shown(self, node: Node) -> Iterator[str]:
        """Yield the texts of an element that a reader sees."""
        for child in node.all("w:t"):
            yield self.xml.plain(child)

    def _field_ends(self, nodes: Sequence[Node]) -> dict[int, int]:
        """Return behind which of the nodes each field ends that is whole among them."""
        ends: dict[int, int] = {}
        open_: list[int] = []
        for place, node in enumerate(nodes):
            mark = _field_mark(self.xml, node)
            if mark == "begin":
                open_.append(place)
            elif mark == "end" and open_:
                ends[open_.pop()] = place + 1
        return ends

    def _is_field_mark(self, node: Node) -> bool:
        """Return whether a run holds nothing but marks of a field."""
        if node.name != "w:r":
            return False
        names = {child.name for child in node.children if child.name not in _UNSEEN}
        return bool(names) and names <= {"w:fldChar", "w:instrText"}

    def _half_field(self, first: Node, last: Node, builder: Builder) -> None:
        """Add the beginning or the end of a field that reaches over several paragraphs."""
        builder.alone(first.start, last.end, "field", "field", can_delete=False, can_copy=False)

    def _field(self, nodes: Sequence[Node], builder: Builder) -> None:
        """Add a field: a link as a pair around its text, all others as a code."""
        start, end = nodes[0].start, nodes[-1].end
        depth, separate = 0, 0
        for place, node in enumerate(nodes):
            mark = _field_mark(self.xml, node)
            depth += (mark == "begin") - (mark == "end")
            if mark == "separate" and depth == 1:
                separate = place
                break
        before, behind = nodes[: separate + 1], nodes[separate + 1 : -1]
        instruction = "".join(
            self.xml.plain(each) for node in before for each in node.all("w:instrText")
        )
        if separate and behind and _INSTRUCTION.match(instruction):
            builder.opening(start, nodes[separate].end, "link", "link")
            self._contents(behind, builder)
            builder.closing(nodes[-1].start, end)
            return
        texts = [text for node in behind for text in self._shown(node)] if separate else []
        shown = " ".join("".join(texts).split())
        builder.alone(start, end, "field", shown or "field", can_copy=False)

    def _format(self, run: Node) -> Format:
        properties = run.child("w:rPr")
        raw = self.xml.raw(properties) if properties is not None else ""
        known = self.formats.get(raw)
        if known is None:
            known = Format(self._look(properties) if properties is not None else "", raw)
            self.formats[raw] = known
        return known

    def _look(self, properties: Node) -> str:
        """Return what of the looks of a run counts; language, spelling and the like do not."""
        words: dict[str, None] = {}
        for node in properties.children:
            name = node.name
            if name in _LOOKS:
                off = (self.xml.attribute(node, "val") or "") in _OFF
                words[("not " if off else "") + _LOOKS[name]] = None
            elif name in _VALUES:
                value = self.xml.attribute(node, "val") or ""
                words[f"{_VALUES[name]} {value}".strip()] = None
            elif name == "w:rFonts":
                font = self.xml.attribute(node, "ascii") or self.xml.attribute(node, "asciiTheme")
                if font:
                    words[f"font {font}"] = None
        return " ".join(_shorter(word) for word in words if word not in _PLAIN)

    def _fresh(self, node: Node) -> tuple[str, str]:
        """Return what stands around the runs of a new paragraph like one."""
        name = self.xml.written("w:p")
        properties = node.child("w:pPr")
        if properties is None:
            return f"<{name}>", f"</{name}>"
        parts, last = [], properties.start
        for child in properties.children:
            if child.name in {"w:sectPr", "w:pPrChange"}:
                parts.append(self.xml.text[last : child.start])
                last = child.end
        parts.append(self.xml.text[last : properties.end])
        return f"<{name}>{''.join(parts)}", f"</{name}>"


_PLAIN = frozenset({"u none", "baseline", "color auto", "highlight none", "not hidden"})
_SHORTER = {"u single": "u", "superscript": "sup", "subscript": "sub"}


def _shorter(word: str) -> str:
    return _SHORTER.get(word, word)


def _field_mark(xml: XmlText, node: Node) -> str:
    """Return what a run does for a field: "begin", "separate", "end" or nothing."""
    if node.name != "w:r":
        return ""
    mark = node.child("w:fldChar")
    return (xml.attribute(mark, "fldCharType") or "") if mark is not None else ""


def dialect_of(xml: XmlText) -> Dialect:
    """Return how a part writes text."""
    text, run = xml.written("w:t"), xml.written("w:r")
    return Dialect(
        text=lambda new: f'<{text} xml:space="preserve">{escaped(new)}</{text}>',
        within=escaped,
        run=lambda look, inner: f"<{run}>{look}{inner}</{run}>",
        space=' xml:space="preserve"',
    )


def _note(xml: XmlText) -> str:
    boxes = (node for node, whole in xml.elements(lambda name: name == "mc:Fallback") if whole)
    return _TWICE if any(next(box.all("w:t"), None) is not None for box in boxes) else ""


FORMAT = OfficeFormat("docx", _VERSION, NAMESPACES, _parts, _paragraphs, dialect_of, _note)
READER = Reader(
    "docx", QT_TRANSLATE_NOOP("formats", "Word"), (".docx", ".docm", ".dotx"), read=FORMAT.read
)
WRITER = Writer("docx", FORMAT.write, keeps_suffix=True)
