"""Web pages: what a browser shows as a block is a unit, and so is text in attributes.

The page is cut into tags and text by places, as browsers do, and given back by places: nothing is
repaired, closed or quoted anew. Scripts, styles, templates and comments are left alone.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from reviewer.errors import FormatError
from reviewer.formats import encoding
from reviewer.formats.base import Content, Reader, Writer
from reviewer.formats.layout import Layout, PlacedUnit
from reviewer.formats.nesting import well_nested
from reviewer.formats.spans import Span, place_spans
from reviewer.formats.text import line_end
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import CodeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reviewer.formats.base import Insertion, Replacement
    from reviewer.formats.encoding import Decoded

_VERSION = 1
_HEAD = 2_048
"""Bytes in which a page names its encoding."""

_BLOCK_NAMES = """
address article aside blockquote body button caption center col colgroup dd details dialog dir
div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr
html legend li link main menu meta nav object ol optgroup option p pre search section select
summary table tbody td textarea tfoot th thead title tr ul video audio
"""
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_LEFT_ALONE_NAMES = "script style template iframe noembed noframes xmp svg math canvas"
_META_NAMES = "description keywords author og:title og:description twitter:title"
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_VOID = frozenset(_VOID_NAMES.split())
_LEFT_ALONE = frozenset(_LEFT_ALONE_NAMES.split())
_META = frozenset(_META_NAMES.split())
_PARAGRAPHS = frozenset({"p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"})
_SHOWN = {"br": "↵", "img": "img", "input": "input", "wbr": "wbr"}
_ATTRIBUTES = frozenset({"alt", "title", "placeholder", "aria-label", "summary", "label"})
_BUTTONS = frozenset({"submit", "button", "reset"})

_TOKEN = regex.compile(
    r"""(?P<text> (?: [^<]++ | <(?![a-zA-Z/!?]) )++ )
    | (?P<comment> <!-- )
    | <(?P<close>/?) (?P<name> [a-zA-Z][^\s/>]*+ )
      (?P<rest> (?: [^>=]++ | = \s*+ (?: "[^"]*+" | '[^']*+' | [^\s>"'][^\s>]*+ )?+ )*+ ) >
    | <[/!?] [^>]*+ >
    """,
    regex.VERBOSE,
)
_ATTRIBUTE = re.compile(
    # A name without a value is passed over as a whole: time stays linear.
    r"""([^\s=/"'>]++) (?: \s*=\s* (?: "([^"]*)" | '([^']*)' | ([^\s>"'][^\s>]*) ) )?""",
    re.VERBOSE,
)
_CHARSET = re.compile(
    rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([A-Za-z][\w.:\-]{1,40})""", re.IGNORECASE
)
_SPECIAL = re.compile(
    r"""(?P<space> [ \t\n\f\r]+ )
    | & (?: \#[0-9]{1,7};? | \#[xX][0-9a-fA-F]{1,6};? | [A-Za-z][A-Za-z0-9]{1,31}; )
    | [\v\x1c-\x1e\x85\u2028\u2029]""",
    re.VERBOSE,
)
_LINE = re.compile("\r\n|[\n\r]")


class _Attribute(NamedTuple):
    """An attribute of a tag: its value and where that stands; `quote` is "" without quotes."""

    value: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class _Token:
    """A tag or a stretch of text; the name is lower-case, "/" and the name for a closing tag."""

    name: str
    start: int
    end: int
    attributes: str = ""
    attributes_start: int = 0


def read_html(data: bytes, options: Mapping[str, Any]) -> Content:
    """Read a web page; raises EncodingError.

    Options: "encoding"; left out, the page's own word is taken, else it is told from the bytes.
    """
    decoded = _decoded(data, options.get("encoding"))
    layout = lay_out(decoded.text)
    recipe = {"reader": "html", "version": _VERSION, "encoding": decoded.encoding}
    return Content(tuple([placed.unit for placed in layout.units]), recipe)


def write_html(
    original: bytes,
    recipe: Mapping[str, Any],
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> bytes:
    """Return the page with its corrected places; raises ExportError.

    What the page's encoding lacks is written as a character reference.
    """
    if not replacements and not insertions:
        return original
    decoded = encoding.decode(original, recipe.get("encoding"))
    layout = lay_out(decoded.text, decoded.encoding)
    edited = layout.edited(replacements, insertions)
    return encoding.encode(edited, decoded.encoding, original, decoded.text)


def lay_out(text: str, code: str = "utf-8") -> Layout:
    """Return the units of a page and their places; `code` is the encoding of new text."""

    def escaped(new: str, quote: str) -> str:
        safe = html.escape(new, quote=False)
        if quote:
            safe = safe.replace(quote, "&quot;" if quote == '"' else "&#39;")
        return safe.encode(code, "xmlcharrefreplace").decode(code)

    units = tuple(_Page(text, line_end(text)).units())
    return Layout(text, units, escape=escaped, nested=well_nested)


def _decoded(data: bytes, asked: str | None) -> Decoded:
    if not asked and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        found = _CHARSET.search(data[:_HEAD])
        asked = found.group(1).decode("ascii").lower() if found else None
        # As browsers do: a page that can be read to here is in no encoding of two bytes.
        asked = "utf-8" if asked and asked.startswith(("utf-16", "utf-32")) else asked
        asked = {"iso-8859-1": "windows-1252"}.get(asked or "", asked)
        if asked:
            try:
                return encoding.decode(data, asked)
            except FormatError:
                asked = None
    return encoding.decode(data, asked)


@dataclass
class _Page:
    """A page as it is gone through: the block that is open and what of it was seen."""

    text: str
    newline: str
    spans: list[Span] = field(default_factory=list)
    later: list[PlacedUnit] = field(default_factory=list)
    block: str = ""
    block_start: int = 0
    pre: int = 0
    line: int = 1
    counted: int = 0

    def units(self) -> Iterator[PlacedUnit]:
        """Yield the units in reading order."""
        for token in _tokens(self.text):
            if not token.name:
                yield from self._add_text(token)
            elif token.name.strip("/") in _BLOCKS:
                yield from self._turn(token)
            elif token.name == "#alone":
                self._add_code(token, CodeKind.PLACEHOLDER)
            else:
                self._add_tag(token)
        yield from self._flush(len(self.text), "")

    def _turn(self, token: _Token) -> Iterator[PlacedUnit]:
        """End a block and begin another."""
        closing = token.name.startswith("/")
        yield from self._flush(token.end if token.name == f"/{self.block}" else token.start, "")
        name = token.name.strip("/")
        if name == "pre":
            self.pre = 0 if closing else 1
        self.block, self.block_start = ("", token.end) if closing else (name, token.start)
        if not closing:
            yield from self._attributes(token)

    def _add_text(self, token: _Token) -> Iterator[PlacedUnit]:
        """Add text; inside <pre> each line is a unit of its own."""
        place = token.start
        for found in _LINE.finditer(self.text, token.start, token.end) if self.pre else ():
            self._add_spans(place, found.start())
            yield from self._flush(found.start(), "\n")
            place = found.end()
        self._add_spans(place, token.end)

    def _add_spans(self, start: int, end: int) -> None:
        last = start
        for found in _SPECIAL.finditer(self.text, start, end):
            if self.pre and found["space"] and "\f" not in found["space"]:
                continue
            if found.start() > last:
                self.spans.append(Span(self.text[last : found.start()], last, found.start()))
            self.spans.append(_character(found))
            last = found.end()
        if last < end:
            self.spans.append(Span(self.text[last:end], last, end))

    def _add_tag(self, token: _Token) -> None:
        """Add an inline tag as a code, a half of a pair where it has another half."""
        name = token.name
        if name.startswith("/"):
            self._add_code(token, CodeKind.CLOSE)
        elif name in _VOID or token.attributes.endswith("/"):
            self._add_code(token, CodeKind.PLACEHOLDER)
        else:
            self._add_code(token, CodeKind.OPEN)
        if not name.startswith("/"):
            self.later += self._attributes(token)

    def _add_code(self, token: _Token, kind: CodeKind) -> None:
        name = token.name.strip("/")
        shown = _SHOWN.get(name, "" if name == "#alone" else name)
        raw = self.text[token.start : token.end]
        shown = f"/{shown}" if kind is CodeKind.CLOSE else shown
        self.spans.append(Span(raw, token.start, token.end, kind, name, shown or raw))

    def _attributes(self, token: _Token) -> Iterator[PlacedUnit]:
        """Yield the texts that stand in the attributes of a tag."""
        found = _attributes(token, self.text)
        for name, attribute in found.items():
            if not attribute.quote or not attribute.value.strip():
                continue
            if name in _ATTRIBUTES or _is_text(token.name, name, found):
                yield from self._attribute(attribute)

    def _attribute(self, attribute: _Attribute) -> Iterator[PlacedUnit]:
        self._count(attribute.start)
        page = _Page(self.text, self.newline, counted=self.counted, line=self.line)
        page._add_spans(attribute.start, attribute.end)
        yield from page._flush(attribute.end, "", attribute.quote)

    def _flush(self, end: int, break_: str, quote: str = "") -> Iterator[PlacedUnit]:
        """Yield the unit of the block so far, if it has text, and those of its attributes."""
        spans, later = self.spans, self.later
        self.spans, self.later = [], []
        prefix, suffix = "", ""
        if self.block in _PARAGRAPHS:
            name = "p" if self.block.startswith("h") else self.block
            prefix, suffix, break_ = f"<{name}>", f"</{name}>", self.newline
        if spans:
            self._count(spans[0].place)
            block = self.block_start, end, prefix, break_, suffix, quote
            placed = place_spans(spans, str(self.line), block)
            if placed is not None:
                yield placed
        yield from later

    def _count(self, place: int) -> None:
        self.line += self.text.count("\n", self.counted, place)
        self.counted = max(self.counted, place)


def _tokens(text: str) -> Iterator[_Token]:
    """Yield the tags and texts of a page; what is left alone is passed over.

    Where a comment, a tag or a script does not end, the page ends with it, as in a browser.
    """
    place = 0
    endless: set[str] = set()
    while found := _TOKEN.match(text, place):
        start, place = found.span()
        if found["text"] is not None:
            yield _Token("", start, place)
        elif found["comment"]:
            place = text.find("-->", start + 4) + 3
            if place < 3:
                return
            yield _Token("#alone", start, place)
        elif found["name"] is None:
            continue
        else:
            name = found["name"].lower()
            opens = not found["close"] and not found["rest"].endswith("/")
            locked = _is_locked(found) and name not in endless
            if opens and (name in _LEFT_ALONE or locked):
                end = _closing(text, name, place)
                if end >= 0:
                    place = end
                    yield _Token(_left(name), start, place)
                    continue
                if name in _LEFT_ALONE:
                    return
                endless.add(name)
            yield _Token(found["close"] + name, start, place, found["rest"], found.start("rest"))


def _left(name: str) -> str:
    """Return what something that is left alone is for the text around it: a block or a code."""
    return "div" if name in _BLOCKS else "#alone"


def _is_locked(found: re.Match[str]) -> bool:
    """Return whether an element says that it is not to be translated."""
    rest = found["rest"]
    if "translate" not in rest.lower() or found["name"].lower() in _VOID or found["close"]:
        return False
    return any(
        name.lower() == "translate" and (a or b or c).lower() == "no"
        for name, a, b, c in _ATTRIBUTE.findall(rest)
    )


def _closing(text: str, name: str, place: int) -> int:
    """Return behind which place an element ends whose opening tag ended before; -1 for never."""
    depth = 1
    tag = re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])", re.IGNORECASE)
    for found in tag.finditer(text, place):
        if name in {"script", "style"} and not found.group(1):
            continue
        depth += -1 if found.group(1) else 1
        if not depth:
            end = text.find(">", found.end())
            return end + 1 if end >= 0 else -1
    return -1


def _attributes(token: _Token, text: str) -> dict[str, _Attribute]:
    """Return the attributes of a tag by their lower-case names, the first of each."""
    found: dict[str, _Attribute] = {}
    if "=" not in token.attributes:
        return found
    for match in _ATTRIBUTE.finditer(token.attributes):
        group = match.lastindex or 1
        if group == 1:
            continue
        start = token.attributes_start + match.start(group)
        end = token.attributes_start + match.end(group)
        quote = {2: '"', 3: "'"}.get(group, "")
        found.setdefault(match.group(1).lower(), _Attribute(text[start:end], start, end, quote))
    return found


def _is_text(tag: str, name: str, attributes: Mapping[str, _Attribute]) -> bool:
    """Return whether a value is read by people: that of a button, or of a description."""

    def value(of: str) -> str:
        return attributes[of].value.lower() if of in attributes else ""

    if tag == "input":
        return name == "value" and value("type") in _BUTTONS
    return tag == "meta" and name == "content" and (value("name") or value("property")) in _META


def _character(found: re.Match[str]) -> Span:
    """Return white space as one space, and a reference as its character or as a code."""
    raw, (start, end) = found.group(), found.span()
    if not raw.startswith("&"):
        return Span(" ", start, end)
    text = html.unescape(raw)
    if text == raw:
        return Span(raw, start, end)
    if len(text) == 1 and text != "\ufffd":
        return Span(" " if text in "\n\r\t\f" else text, start, end)
    return Span(raw, start, end, CodeKind.PLACEHOLDER, "", raw)


READER = Reader(
    "html", QT_TRANSLATE_NOOP("formats", "Web page"), (".html", ".htm", ".xhtml"), read_html
)
WRITER = Writer("html", write_html)
