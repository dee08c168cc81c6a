"""Office documents: archives of XML parts, whose paragraphs are the units."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reviewer.errors import ExportError, FormatError
from reviewer.formats import encoding
from reviewer.formats.base import Content
from reviewer.formats.weaving import edited
from reviewer.formats.xml_guard import xml_text
from reviewer.formats.xml_nodes import XmlText
from reviewer.formats.zip_guard import open_archive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reviewer.formats.base import Insertion, Replacement
    from reviewer.formats.encoding import Decoded
    from reviewer.formats.runs import Paragraph
    from reviewer.formats.weaver import Dialect
    from reviewer.formats.zip_guard import Archive
    from reviewer.model import Unit


@dataclass(frozen=True, slots=True)
class OfficeFormat:
    """How one kind of office document is read and written.

    Attributes:
        namespaces: prefixes by URI.
        parts: gives the names of the parts that hold text, in reading order.
        paragraphs: gives the paragraphs of a part of that name, in reading order.
        dialect: how a part writes text.
        note: gives what is to be told of a part, one sentence; "" for nothing.
    """

    name: str
    version: int
    namespaces: Mapping[str, str]
    parts: Callable[[Archive], Iterable[str]]
    paragraphs: Callable[[XmlText, str], Iterable[Paragraph]]
    dialect: Callable[[XmlText], Dialect]
    note: Callable[[XmlText], str] = lambda _xml: ""

    def read(self, data: bytes, options: Mapping[str, Any]) -> Content:
        """Read a document; raises FormatError. There are no options."""
        del options
        return _read(data, self)

    def write(
        self,
        original: bytes,
        recipe: Mapping[str, Any],
        replacements: Sequence[Replacement],
        insertions: Sequence[Insertion],
    ) -> bytes:
        """Return the document with its corrected places; raises ExportError."""
        del recipe
        return _write(original, self, replacements, insertions)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part as read."""

    name: str
    decoded: Decoded
    xml: XmlText
    paragraphs: Sequence[Paragraph]


def _read(data: bytes, format_: OfficeFormat) -> Content:
    units: list[Unit] = []
    notes: dict[str, None] = {}
    for part in _read_parts(open_archive(data), format_):
        units += [paragraph.unit for paragraph in part.paragraphs]
        notes[format_.note(part.xml)] = None
    recipe = {"reader": format_.name, "version": format_.version}
    return Content(tuple(units), recipe, tuple(note for note in notes if note))


def _write(
    original: bytes,
    format_: OfficeFormat,
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> bytes:
    if not replacements and not insertions:
        return original
    try:
        archive = open_archive(original)
        parts = list(_read_parts(archive, format_))
    except FormatError as error:
        raise ExportError(str(error)) from None
    total = sum(len(part.paragraphs) for part in parts)
    if any(r.unit >= total for r in replacements) or any(a.unit >= total for a in insertions):
        message = "The original is not the one that was reviewed: it has fewer paragraphs."
        raise ExportError(message)
    changed: dict[str, bytes] = {}
    first = 0
    for part in parts:
        end = first + len(part.paragraphs)
        here = [replace(r, unit=r.unit - first) for r in replacements if first <= r.unit < end]
        new = [
            replace(added, unit=max(added.unit - first, -1))
            for added in insertions
            if first <= max(added.unit, 0) < end
        ]
        text = part.decoded.text
        dialect = format_.dialect(part.xml)
        after = edited(text, part.paragraphs, dialect, here, new)
        if after != text:
            code = part.decoded.encoding
            changed[part.name] = encoding.encode(after, code, text.encode(code), text)
        first = end
    return archive.with_parts(changed)


def _read_parts(archive: Archive, format_: OfficeFormat) -> Iterator[_Part]:
    for name in format_.parts(archive):
        decoded = xml_text(archive.read(name))
        xml = XmlText(decoded.text, format_.namespaces)
        yield _Part(name, decoded, xml, list(format_.paragraphs(xml, name)))
