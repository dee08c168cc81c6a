"""Rich Text Format: its text alone, notes at the end.

Read by our own eyes: the known library is quadratic in fields and fonts, and stops at characters
outside of the basic plane.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from reviewer.errors import FormatError
from reviewer.formats.base import Content, Reader, Writer
from reviewer.formats.extracted import SUFFIX, extracted, writing
from reviewer.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Mapping


_RECIPE = {"reader": "rtf", "version": 1}
_NOTE = QT_TRANSLATE_NOOP(
    "formats",
    "Of a Rich Text document only the text is read; it is given back as plain text. "
    "Saved as .docx it keeps its formatting.",
)
_TOKEN = re.compile(
    rb"""\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})?[ ]?
    | \\'(?P<hex>[0-9a-fA-F]{2})
    | \\(?P<symbol>[^a-zA-Z])
    | (?P<brace>[{}])
    | [\r\n\0]+
    | (?P<text>[^\\{}\r\n\0]+)
    | \\""",
    re.VERBOSE | re.DOTALL,
)
_LEFT_OUT = frozenset(
    {
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "objdata", "fldinst", "datafield"),
        *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"),
        *("listtext", "pntext", "pntxta", "pntxtb", "bkmkstart", "bkmkend", "xe", "tc"),
        *("annotation", "atnid", "atnauthor", "template", "nonshppict", "filetbl"),
    }
)
_PARAGRAPH_ENDS = frozenset(
    {"par", "sect", "page", "column", "cell", "row", "nestcell", "nestrow"}
)
_CHARACTERS = {
    "tab": "\t",
    "line": " ",
    "emdash": "—",
    "endash": "–",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}
_SYMBOLS = {"~": "\u00a0", "_": "\u2011", "-": "", "{": "{", "}": "}", "\\": "\\"}
_CHARSETS = dict(
    [
        *((77, "mac-roman"), (128, "cp932"), (129, "cp949"), (130, "johab"), (134, "gbk")),
        *((136, "cp950"), (161, "cp1253"), (162, "cp1254"), (163, "cp1258"), (177, "cp1255")),
        *((178, "cp1256"), (186, "cp1257"), (204, "cp1251"), (222, "cp874"), (238, "cp1250")),
        *((254, "cp437"), (255, "cp850")),
    ]
)
_CODE_PAGES = {10000: "mac-roman", 936: "gbk", 1361: "johab", 65001: "utf-8"}


def read_rtf(data: bytes, options: Mapping[str, Any]) -> Content:
    """Read the text of an RTF document; raises FormatError. There are no options."""
    del options
    return extracted(text_of(data), _RECIPE, _NOTE)


def text_of(data: bytes) -> str:
    """Return the text of an RTF document, a line for each paragraph; raises FormatError."""
    if not data.startswith(b"{\\rtf"):
        message = "The file is no Rich Text document."
        raise FormatError(message)
    reading = _Reading()
    place = 0
    while found := _TOKEN.match(data, place):
        place = found.end() + reading.take(found)
        if reading.finished:
            break
    return reading.text()


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a pair of braces.

    Attributes:
        left_out: whether nothing of it is read.
        codec: of the bytes of the font.
        fallback: how many characters stand for one by its number, to old programs.
        note: number of the note that it is, 0 for the text.
        fonts: whether it is the table of fonts.
    """

    left_out: bool = False
    codec: str = "cp1252"
    fallback: int = 1
    note: int = 0
    fonts: bool = False


@dataclass
class _Reading:
    """The text read so far, and where in the document we are."""

    group: _Group = field(default_factory=_Group)
    groups: list[_Group] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=lambda: [[]])
    pending: bytearray = field(default_factory=bytearray)
    codecs: dict[int, str] = field(default_factory=dict)
    code_page: str = "cp1252"
    font: int = 0
    skip: int = 0
    finished: bool = False

    def take(self, found: re.Match[bytes]) -> int:
        """Take what stands next; return how many bytes behind it are to be passed over."""
        if found["text"] is not None or found["hex"] is not None:
            self._take_bytes(found)
            return 0
        self._decode()
        if found["brace"] is not None:
            self._take_brace(found["brace"] == b"{")
        elif found["symbol"] is not None:
            self._take_symbol(found["symbol"].decode("latin-1"))
        elif found["word"] is not None:
            word = found["word"].decode("ascii")
            number = int(found["number"]) if found["number"] is not None else None
            if word == "bin":
                return max(0, number or 0)
            self._take_word(word, number)
        return 0

    def text(self) -> str:
        """Return all that was read, the notes at the end."""
        self._decode()
        whole = "\n".join("".join(parts) for parts in self.texts)
        # Characters beyond the basic plane come as two halves.
        return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _take_bytes(self, found: re.Match[bytes]) -> None:
        raw = found["text"] if found["hex"] is None else bytes([int(found["hex"], 16)])
        passed = min(self.skip, len(raw))
        self.skip -= passed
        if not self.group.left_out:
            self.pending += raw[passed:]

    def _decode(self) -> None:
        if self.pending:
            self._add(self.pending.decode(self.group.codec, "replace"))
            self.pending.clear()

    def _add(self, text: str) -> None:
        if not self.group.left_out:
            self.texts[self.group.note].append(text)

    def _take_brace(self, opens: bool) -> None:  # noqa: FBT001 - one call, by value
        self.skip = 0
        if opens:
            self.groups.append(self.group)
        elif self.groups:
            self.group = self.groups.pop()
            self.finished = not self.groups

    def _take_symbol(self, symbol: str) -> None:
        if symbol == "*":
            self.group = replace(self.group, left_out=True)
        elif symbol in "\r\n":
            self._add("\n")
        elif self.skip:
            self.skip -= 1
        else:
            self._add(_SYMBOLS.get(symbol, ""))

    def _take_word(self, word: str, number: int | None) -> None:
        if word == "u":
            self._add(chr((number or 0) % 0x10000))
            self.skip = self.group.fallback
            return
        self.skip = 0
        if word in _LEFT_OUT:
            self.group = replace(self.group, left_out=True, fonts=word == "fonttbl")
        elif word == "footnote" and not self.group.left_out:
            self.texts.append([])
            self.group = replace(self.group, note=len(self.texts) - 1)
        elif word in _PARAGRAPH_ENDS:
            self._add("\n")
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        else:
            self._set(word, number)

    def _set(self, word: str, number: int | None) -> None:
        """Take a word that says how what follows is meant."""
        if word == "uc":
            self.group = replace(self.group, fallback=min(max(number or 0, 0), 100))
        elif word in {"v", "deleted"}:
            self.group = replace(self.group, left_out=number != 0)
        elif word == "ansicpg":
            self.code_page = _known(_CODE_PAGES.get(number or 0, f"cp{number}"))
            self.group = replace(self.group, codec=self.code_page)
        elif word == "f" and self.group.fonts:
            self.font = number or 0
        elif word == "fcharset" and self.group.fonts and number in _CHARSETS:
            self.codecs[self.font] = _CHARSETS[number]
        elif word in {"f", "plain"}:
            codec = self.codecs.get(number or 0, self.code_page)
            self.group = replace(self.group, codec=codec if word == "f" else self.code_page)


def _known(codec: str) -> str:
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return "cp1252"


READER = Reader("rtf", QT_TRANSLATE_NOOP("formats", "Rich Text"), (".rtf",), read_rtf)
WRITER = Writer("rtf", writing(text_of), suffix=SUFFIX)
