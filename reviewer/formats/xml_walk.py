"""XML from anywhere, walked once with the place of every tag in its bytes.

Expat checks that it is well-formed and tells where each tag stands, which no tree does; so a file
is given back by places, its prolog, attributes and white space as they were. Nothing is fetched,
no entity is declared, and elements nest 256 deep at most.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, Protocol
from xml.parsers import expat

from reviewer.errors import ExportError, FormatError
from reviewer.formats import encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DEEPEST = 256
"""Elements inside each other, as libxml2 allows."""
_CHUNK = 128 * 1024
"""Bytes that are looked through between two reports: 10 ms."""
_FARTHEST = 200
"""Bytes of white space before a tag that are repeated before a new one."""
_DECLARED = re.compile(
    rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:\-]{1,40})["']"""
)
_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_REFERENCE = re.compile(r"&([^;&<\s]{1,64});")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class XmlBody:
    """The bytes of a document in UTF-8.

    Attributes:
        data: places count in it.
        encoding: of the original.
        converted: whether the original is in another encoding than UTF-8.
    """

    data: bytes
    encoding: str
    converted: bool

    def text(self, start: int, end: int) -> str:
        """Return a stretch as it is written."""
        return self.data[start:end].decode()

    def restored(self, data: bytes, original: bytes) -> bytes:
        """Return changed UTF-8 bytes in the original's encoding; raises ExportError."""
        if not self.converted:
            return data
        return encoding.encode(data.decode(), self.encoding, original, self.data.decode())

    def writable(self, text: str) -> str:
        """Return text that the original's encoding has room for, references for the rest."""
        if not self.converted:
            return text
        return text.encode(self.encoding, "xmlcharrefreplace").decode(self.encoding)


def xml_body(data: bytes, asked: str | None = None) -> XmlBody:
    """Return the bytes of an XML file as UTF-8; raises EncodingError."""
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    name = asked or (declared.group(1).decode() if declared else "")
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]
    if not wide and name.lower() in {"", "utf-8", "utf8", "us-ascii", "ascii"}:
        return XmlBody(data, "utf-8", converted=False)
    # Programs that call UTF-8 "UTF-16" are many; what stands in 8 bits is not.
    if not wide and name.lower().startswith(("utf-16", "ucs-2")):
        return XmlBody(data, "utf-8", converted=False)
    decoded = encoding.decode(data, None if wide else name)
    return XmlBody(decoded.text.encode("utf-8", "surrogatepass"), decoded.encoding, converted=True)


Attributes = dict[str, str]


class XmlHandler(Protocol):
    """What is told of each tag. Names are as written, with their prefixes.

    Attributes:
        parser: asked for `CurrentByteIndex`: where the tag begins; of the end of an element
            without content, where its tag ends.
    """

    parser: expat.XMLParserType

    def start(self, name: str, attributes: Attributes) -> None:
        """Take in a start tag."""

    def end(self, name: str) -> None:
        """Take in an end tag."""


def walk(
    body: XmlBody, handler: XmlHandler, tell: Callable[[int], None] = lambda _place: None
) -> None:
    """Tell a handler of every tag of a document, and how far it is; raises FormatError."""
    parser = handler.parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.EntityDeclHandler = _refuse_entities
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    data, size, last = memoryview(body.data), len(body.data), True
    try:
        for start in range(0, size, _CHUNK):
            parser.Parse(data[start : start + _CHUNK], not last)
            tell(start)
        parser.Parse(b"", last)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        message = f"The XML is damaged at line {error.lineno} ({reason})."
        raise FormatError(message) from None
    finally:
        # Both know each other; nothing is to wait for the garbage collector.
        parser.StartElementHandler = parser.EndElementHandler = None


def refuse_depth(depth: int) -> None:
    """Raise FormatError where elements are nested too deeply."""
    if depth > DEEPEST:
        message = f"The XML is nested more than {DEEPEST} elements deep; it is not read."
        raise FormatError(message)


def _refuse_entities(*_declaration: object) -> NoReturn:
    message = "The XML declares entities of its own; such a file is not read."
    raise FormatError(message)


def tag_end(data: bytes, start: int) -> int:
    """Return where the tag that begins at a place ends."""
    end = data.find(b">", start) + 1
    # In a value in quotes, a bracket ends nothing.
    if data.count(b'"', start, end) % 2 or data.count(b"'", start, end):
        found = _TAG.match(data, start)
        return found.end() if found else start
    return end or start


def end_tag_end(data: bytes, start: int) -> int:
    """Return where the end tag that begins at a place ends: it has no value in quotes."""
    return data.find(b">", start) + 1 or start


def white_before(data: bytes, place: int) -> str:
    """Return the white space in front of a place, as far as it goes back a little."""
    before = data[max(0, place - _FARTHEST) : place]
    return before[len(before.rstrip()) :].decode()


def is_closed(data: bytes, end: int) -> bool:
    """Return whether the tag that ends at a place is of an element without content."""
    return data[end - 2 : end] == b"/>"


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name


def by_local_name(attributes: Attributes) -> Attributes:
    """Return attributes by their names without prefixes."""
    return {local(name): value for name, value in attributes.items()}


def plain(text: str) -> str:
    """Return the text of a stretch of XML, without its tags."""
    if "<" not in text:
        return resolved(text).strip()
    return resolved(re.sub(r"<[^>]*>", "", text)).strip()


def resolved(text: str) -> str:
    """Return text with its references resolved; unknown ones stay."""
    if "&" not in text:
        return text
    return _REFERENCE.sub(lambda found: reference(found[1]) or found[0], text)


def reference(name: str) -> str | None:
    """Return the character that `&name;` stands for in XML; None for an entity of a DTD."""
    if not name.startswith("#"):
        return _NAMED.get(name)
    try:
        digits, base = (name[2:], 16) if name[1:2] == "x" else (name[1:], 10)
        return chr(int(digits, base))
    except (ValueError, OverflowError):
        return None


def escaped(text: str) -> str:
    """Return text as content of an element; raises ExportError for what XML cannot hold."""
    found = _UNWRITABLE.search(text)
    if found:
        message = f"A correction holds a character (U+{ord(found.group()):04X}) that XML has not."
        raise ExportError(message)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clean(text: str) -> str:
    """Return a text without the characters that XML has no way to hold."""
    return _UNWRITABLE.sub("", text)


def uncdata(content: str) -> str:
    """Return content with its CDATA sections written as escaped text, in which edits can go."""
    if "<![CDATA[" not in content:
        return content
    return _CDATA.sub(lambda found: escaped(found[1]), content)


def spliced(data: bytes, changes: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Return bytes with stretches replaced; `changes` do not overlap."""
    parts, last = [], 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        parts += [data[last:start], new]
        last = end
    return b"".join((*parts, data[last:]))
