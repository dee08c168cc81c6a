"""The content of an element as text with inline codes, each character with its place.

Which elements are codes is told by a table per format. What is a pair keeps its text; the content
of a code that wraps native markup (`bpt`, `ph`) is part of the code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reviewer.formats.codes import CodeTable, Parsed
from reviewer.formats.layout import Piece
from reviewer.formats.xml_walk import local, reference, resolved
from reviewer.model import ANNOTATION, FIRST_CODE, LAST_CODE, CodeKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewer.formats.pairs import UnitPlace
    from reviewer.model import Code

_OWN = f"{chr(FIRST_CODE)}-{chr(LAST_CODE)}"
_ODD = "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
"""Characters that others take for line breaks; only a code can carry them."""
_TOKENS = rf"""
    <!--.*?-->
  | <!\[CDATA\[ (?P<cdata>.*?) \]\]>
  | <\?.*?\?>
  | < (?P<close>/?) (?P<name>[^\s/>!?]+) (?P<rest>(?:[^<>"']|"[^"]*"|'[^']*')*) >
  | & (?P<entity>[^;&<\s]{{1,64}}) ;
  | (?P<line>[ \t]*(?:\r\n|\r|\n)[ \t]*)
  | (?P<own>[{_OWN}{_ODD}])
    """
_FLAGS = re.VERBOSE | re.DOTALL
_TOKEN = re.compile(_TOKENS, _FLAGS)
_NAME = r"[A-Za-z0-9_.\-]{1,16}"
_TEXT_TAG = rf"\{{ (?P<opens>{_NAME}) (?:>|&gt;) | (?:&lt;) (?P<closes>{_NAME}) \}}"
_TEXT_TOKEN = re.compile(rf"{_TEXT_TAG} | \{{ (?P<stands>{_NAME}) \}} | {_TOKENS}", _FLAGS)
_TEXT_KINDS = {
    "opens": CodeKind.OPEN,
    "closes": CodeKind.CLOSE,
    "stands": CodeKind.PLACEHOLDER,
}
_PLAIN = re.compile(rf"[^<&\r\n{_OWN}{_ODD}]*")
_ATTRIBUTE = re.compile(r"""([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SHOWN = ("equiv-text", "equiv", "disp", "displaytext", "ctype", "type")
_LONGEST_SHOWN = 12


class Inline(NamedTuple):
    """How an inline element is read.

    Attributes:
        kind: PAIR for an element that wraps text.
        whole: its content is part of the code.
        annotation: it marks text of one side; the other side need not have it.
        links: names of the attributes that tell which code it is, or which one it closes.
        match: name of the attribute that tells the same code of the other side (TMX `x`).
    """

    kind: CodeKind
    whole: bool = False
    annotation: bool = False
    links: tuple[str, ...] = ("id",)
    match: str = ""


Inlines = dict[str, Inline]
_UNKNOWN = Inline(CodeKind.PAIR)


@dataclass(slots=True)
class XmlInline:
    """What reads the content of the text elements of a format.

    Attributes:
        inlines: by the local names of elements.
        text_tags: codes stand in the text itself: `{1}`, `{b>`, `<b}`.
    """

    inlines: Inlines
    text_tags: bool = False

    def parse(self, raw: str, table: CodeTable, place: UnitPlace) -> Parsed:
        """Return a stretch of well-formed content as text, codes and places."""
        if _is_plain(raw) and not (self.text_tags and "{" in raw):
            return Parsed(raw, (), (Piece(0, len(raw), 0, len(raw)),))
        return _Reading(raw, self, table, place).run()


def _is_plain(raw: str) -> bool:
    """Return whether content stands for itself, character by character."""
    if "<" in raw or "&" in raw:
        return False
    return raw.isprintable() or _PLAIN.fullmatch(raw) is not None


class _Open(NamedTuple):
    """An element whose end is still to come."""

    name: str
    inline: Inline
    id: str
    closing: str


class _Reading:
    """One stretch of content being read."""

    def __init__(self, raw: str, syntax: XmlInline, table: CodeTable, place: UnitPlace) -> None:
        self.raw = raw
        self.syntax = syntax
        self.place = place
        self.side = table.side()
        self.parts: list[str] = []
        self.pieces: list[Piece] = []
        self.codes: list[Code] = []
        self.length = 0
        self.open: list[_Open] = []
        self.linked: dict[str, str] = {}

    def run(self) -> Parsed:
        place = 0
        token = _TEXT_TOKEN if self.syntax.text_tags else _TOKEN
        while found := token.search(self.raw, place):
            self.add(self.raw[place : found.start()], place, found.start())
            place = self.take(found)
        self.add(self.raw[place:], place, len(self.raw))
        if not self.pieces:
            self.pieces.append(Piece(0, 0, 0, 0))
        return Parsed("".join(self.parts), tuple(self.codes), tuple(self.pieces))

    def add(self, text: str, start: int, end: int) -> None:
        """Add text that stands for a stretch; no text for what is only kept."""
        if start == end:
            return
        self.pieces.append(Piece(self.length, self.length + len(text), start, end))
        self.parts.append(text)
        self.length += len(text)

    def code(self, kind: CodeKind, id_: str, start: int, end: int, shown: str) -> None:
        """Add a code that stands for a stretch."""
        code = self.side.code(kind, id_, self.raw[start:end], shown[:_LONGEST_SHOWN].strip())
        self.codes.append(code)
        self.add(code.character, start, end)

    def take(self, found: re.Match[str]) -> int:
        """Add what a token stands for; return where to go on."""
        start, end = found.span()
        if found["name"]:
            return self.take_tag(found)
        if self.syntax.text_tags and found["line"] is None and (tag := _text_tag(found)):
            self.code(*tag, start, end, tag[1])
        elif found["cdata"] is not None:
            self.take_cdata(found)
        elif found["entity"]:
            self.take_reference(found["entity"], start, end)
        elif found["line"]:
            self.take_line(start, end)
        elif found["own"]:
            self.take_character(found["own"], start, end)
        else:
            self.add("", start, end)
        return end

    def take_line(self, start: int, end: int) -> None:
        if not self.place.keeps_lines:
            self.add(" ", start, end)
            return
        for number, line in enumerate(re.split(r"(\r\n|\r|\n)", self.raw[start:end])):
            if number % 2:
                self.code(CodeKind.PLACEHOLDER, "\n", start, start + len(line), "↵")
            else:
                self.add(line, start, start + len(line))
            start += len(line)

    def take_cdata(self, found: re.Match[str]) -> None:
        start, inner = found.start("cdata"), found["cdata"]
        self.add("", found.start(), start)
        for number, run in enumerate(re.split(rf"([\r\n{_OWN}{_ODD}])", inner)):
            self.add(" " if number % 2 else run, start, start + len(run))
            start += len(run)
        self.add("", start, found.end())

    def take_reference(self, name: str, start: int, end: int) -> None:
        text = reference(name)
        if text is None:
            self.code(CodeKind.PLACEHOLDER, f"&{name};", start, end, f"&{name};")
        elif text in "\r\n":
            self.code(CodeKind.PLACEHOLDER, "\n", start, end, "↵")
        else:
            self.take_character(text, start, end)

    def take_character(self, text: str, start: int, end: int) -> None:
        if re.search(rf"[{_OWN}{_ODD}]", text):
            name = f"U+{ord(text[0]):04X}"
            self.code(CodeKind.PLACEHOLDER, name, start, end, name)
        else:
            self.add(text, start, end)

    def take_tag(self, found: re.Match[str]) -> int:
        name = local(found["name"])
        if found["close"]:
            self.take_end(found)
            return found.end()
        attributes = _attributes(found["rest"])
        inlines = self.syntax.inlines
        inline = inlines.get(f"{name} {attributes.get('mtype')}") or inlines.get(name, _UNKNOWN)
        empty = found["rest"].endswith("/")
        id_ = self.id_of(name, inline, attributes)
        shown = self.shown_of(attributes)
        if inline.whole and not empty:
            end = _element_end(self.raw, found)
            inner = resolved(re.sub(r"<[^>]*>", "", self.raw[found.end() : end]))
            self.code(inline.kind, id_, found.start(), end, shown or inner)
            return end
        kind = inline.kind
        if kind is CodeKind.PAIR:
            kind = CodeKind.PLACEHOLDER if empty else CodeKind.OPEN
        opening, closing = shown, ""
        if kind is CodeKind.OPEN and shown:
            opening, closing = self.halves(shown, attributes)
        self.code(kind, id_, *found.span(), opening)
        if not empty:
            self.open.append(_Open(name, inline, id_, closing))
        return found.end()

    def take_end(self, found: re.Match[str]) -> None:
        opened = self.open.pop() if self.open else _Open("", _UNKNOWN, "", "")
        if opened.inline.kind is CodeKind.PAIR:
            self.code(CodeKind.CLOSE, opened.id, *found.span(), opened.closing)
        else:
            # The empty content of <x></x> belongs to the code before.
            self.add("", *found.span())

    def halves(self, shown: str, attributes: Mapping[str, str]) -> tuple[str, str]:
        """Return what the chips of both halves of a pair say; markup speaks for itself."""
        if shown.startswith("<"):
            return shown, self.place.native.get(attributes.get("dataRefEnd", ""), "")
        return f"{shown[: _LONGEST_SHOWN - 1]}›", f"‹{shown}"

    def id_of(self, name: str, inline: Inline, attributes: Mapping[str, str]) -> str:
        """Return the id that both halves of a code, and both sides, share."""
        link = next((attributes[key] for key in inline.links if attributes.get(key)), name)
        if inline.kind is CodeKind.CLOSE:
            return self.linked.get(link, link)
        id_ = attributes.get(inline.match) or link
        id_ = f"{ANNOTATION}{id_}" if inline.annotation else id_
        if inline.kind is CodeKind.OPEN:
            self.linked[link] = id_
        return id_

    def shown_of(self, attributes: Mapping[str, str]) -> str:
        """Return what a chip says, as the file suggests it; "" where it does not."""
        for name in ("dataRef", "dataRefStart"):
            if attributes.get(name) in self.place.native:
                return self.place.native[attributes[name]]
        told = next((attributes[name] for name in _SHOWN if attributes.get(name)), "")
        return told.removeprefix("x-")


def _text_tag(found: re.Match[str]) -> tuple[CodeKind, str] | None:
    """Return kind and id of a code that stands in the text itself; None for another token."""
    for name, kind in _TEXT_KINDS.items():
        if found[name]:
            return kind, found[name]
    return None


@lru_cache(maxsize=1_024)
def _attributes(text: str) -> Mapping[str, str]:
    """Return the attributes of a tag; the codes of most units are written alike."""
    return {
        found[1]: resolved(found[2] if found[2] is not None else found[3])
        for found in _ATTRIBUTE.finditer(text)
    }


def _element_end(raw: str, opening: re.Match[str]) -> int:
    """Return where an element ends that an opening tag begins."""
    depth, place = 1, opening.end()
    while depth and (found := _TOKEN.search(raw, place)):
        place = found.end()
        if found["name"] and found["close"]:
            depth -= 1
        elif found["name"] and not found["rest"].endswith("/"):
            depth += 1
    return place


def balanced(raw: str) -> str:
    """Return content in which every element is closed in its turn.

    A person may delete one half of a pair or move it over another one: a half alone is left out,
    and what is opened inside of another element is closed before it.
    """
    parts: list[str] = []
    waiting: list[tuple[str, int]] = []
    place = 0
    for found in _TOKEN.finditer(raw):
        parts.append(raw[place : found.start()])
        place = found.end()
        name, tag = found["name"], found[0]
        if name and found["close"]:
            tag = _closing(name, waiting)
        elif name and not found["rest"].endswith("/"):
            waiting.append((name, len(parts)))
        parts.append(tag)
    parts.append(raw[place:])
    for _, index in waiting:
        parts[index] = ""
    return "".join(parts)


def _closing(name: str, waiting: list[tuple[str, int]]) -> str:
    """Return the end tags with which an element can be closed; none where it is not open."""
    if name not in (opened for opened, _ in waiting):
        return ""
    tags = ""
    while True:
        opened, _ = waiting.pop()
        tags += f"</{opened}>"
        if opened == name:
            return tags
