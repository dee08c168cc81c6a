"""XML from anywhere: looked through before anything is taken from it.

A bare DOCTYPE is let through and never loaded. A document that declares entities of its own, is
nested too deeply or is not well-formed is refused; no address in it is ever opened.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from reviewer.errors import FormatError
from reviewer.formats.encoding import Decoded, decode

if TYPE_CHECKING:
    from lxml import etree

DEEPEST = 256
"""Elements inside each other, as libxml2 allows; readers call themselves for each."""
_CHUNK = 1024 * 1024
_DECLARED = re.compile(r"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][\w.\-]{0,40})["']""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def check_xml(data: bytes) -> None:
    """Look through an XML document; raises FormatError with one sentence where it is unsafe."""
    guard = _Guard()
    for place in range(0, len(data), _CHUNK):
        guard.feed(data[place : place + _CHUNK])
    guard.feed(b"", last=True)


def xml_text(data: bytes) -> Decoded:
    """Return the text of a checked XML document, its byte order mark first; raises FormatError.

    The text is as it stands in the file, line ends included: places in it are places in the file.
    """
    check_xml(data)
    return decode(data, _encoding(data))


def parse_xml(data: bytes) -> etree._Element:
    """Return the root of a checked XML document; raises FormatError with one sentence."""
    from lxml import etree

    check_xml(data)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise FormatError(_broken(error.lineno or 1)) from None


class _Guard:
    """A parser that keeps nothing and stops at the first thing that is not to be read."""

    def __init__(self) -> None:
        self.depth = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._entity
        self.parser.SkippedEntityHandler = self._skipped
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        try:
            self.parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise FormatError(_broken(error.lineno)) from None
        except (LookupError, ValueError):
            message = "The XML is in an encoding that is not known."
            raise FormatError(message) from None

    def _start(self, _name: str, _attributes: object) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            message = f"The XML is nested more than {DEEPEST} elements deep; it is not read."
            raise FormatError(message)

    def _end(self, _name: str) -> None:
        self.depth -= 1

    def _entity(self, *_declaration: object) -> None:
        message = "The XML declares entities of its own; such a file is not read."
        raise FormatError(message)

    def _skipped(self, _name: str, is_parameter: bool) -> None:  # noqa: FBT001 - expat calls it
        if not is_parameter:
            message = "The XML names an entity that it does not hold; such a file is not read."
            raise FormatError(message)


def _encoding(data: bytes) -> str:
    """Return the encoding that a document is in, by its mark, its NULs or its declaration."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    if data.startswith((b"<\0", b"\0<")):
        return "utf-16-le" if data.startswith(b"<\0") else "utf-16-be"
    declared = _DECLARED.match(data[:300].decode("ascii", "replace"))
    return declared.group(1) if declared else "utf-8"


def _broken(line: int) -> str:
    return f"The XML is damaged at line {line}."
