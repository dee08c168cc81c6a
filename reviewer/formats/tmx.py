"""Translation memories in TMX 1.1 to 1.4b, read unit by unit.

A TMX file may be larger than the memory and comes from anywhere: it is read as a stream, no DTD
or entity of it is loaded, and what is damaged is passed over and told.
"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from reviewer.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from lxml import etree

LARGEST = 4 * 1024 * 1024 * 1024
"""Bytes of the largest file that is read."""
LARGEST_UNIT = 4 * 1024 * 1024
"""Bytes without the end of a unit after which a file is given up."""
_CHUNK = 64 * 1024
_ERROR = 2
"""Of libxml2's levels; below are warnings."""
_LANGUAGE = ("{http://www.w3.org/XML/1998/namespace}lang", "lang")
_NATIVE = frozenset({"bpt", "ept", "it", "ut"})
_STANDING_ALONE = frozenset({"ph", "x"})
_DECLARED_UTF_16 = re.compile(
    rb"""<\?xml[^>]{0,200}encoding\s*=\s*["'](utf-?16|ucs-?2)""", re.IGNORECASE
)
_OLD_CODES = {"in": "id", "iw": "he", "ji": "yi"}
"""Codes of ISO 639 until 1989, which Java programs still write."""


@dataclass(frozen=True, slots=True)
class Variant:
    """The text of a unit in one language.

    Attributes:
        language: BCP 47 tag as the file has it, "_" made "-"; empty where there is none.
        text: inline codes reduced to their text, spaces run together.
    """

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A text in several languages.

    Attributes:
        line: where it begins in the file, from 1.
    """

    variants: tuple[Variant, ...]
    line: int

    def text(self, language: str) -> str | None:
        """Return the text in a language: of the very tag, of the bare language, of any region."""
        wanted = language.replace("_", "-").lower()
        best: tuple[int, str] | None = None
        for variant in self.variants:
            tag = variant.language.lower()
            if primary_subtag(tag) != primary_subtag(wanted):
                continue
            rank = 0 if tag == wanted else 1 if "-" not in tag else 2
            if best is None or rank < best[0]:
                best = rank, variant.text
        return best[1] if best else None


def primary_subtag(tag: str) -> str:
    """Return the language of a BCP 47 tag, lower-cased, in its present code."""
    code = tag.replace("_", "-").split("-")[0].lower()
    return _OLD_CODES.get(code, code)


class Tmx:
    """A TMX file; go through `units` once.

    Attributes:
        damage: a sentence that names the file and the line where it is broken first; None where
            it is sound. Complete when the units are exhausted.
    """

    def __init__(self, path: Path, check: Callable[[], None] = lambda: None) -> None:
        """Take a file; `check` is called every few milliseconds of reading and may raise."""
        self.path = path
        self.damage: str | None = None
        self._check = check

    def units(self) -> Iterator[TranslationUnit]:
        """Yield the units that have a text; raises FormatError where there is nothing to read."""
        for element, line in self.elements():
            variants = tuple(variants_of(element))
            if variants:
                yield TranslationUnit(variants, line)

    def elements(self) -> Iterator[tuple[etree._Element, int]]:
        """Yield the <tu> elements and their lines; each is emptied when the next is asked for.

        Raises:
            FormatError: missing, unreadable, no TMX, entities of its own, or a unit too large;
                one sentence that names the file.
        """
        since_last, found = 0, False
        for size, events in self._parsed():
            for kind, element in events:
                if _name(element) == "tmx":
                    found = found or self._is_root(element)
                elif kind == "end":
                    since_last = 0
                    yield element, element.sourceline or 0
                    _forget(element)
            since_last += size
            if since_last > LARGEST_UNIT:
                message = f"“{self.path.name}” holds a unit of more than 4 MB."
                raise FormatError(message)
        if not found:
            message = f"“{self.path.name}” is an XML file, but no translation memory (TMX)."
            raise FormatError(self.damage or message)

    def _parsed(self) -> Iterator[tuple[int, Iterable[tuple[str, etree._Element]]]]:
        """Yield, chunk by chunk, how many bytes were read and what was found in them."""
        from lxml import etree

        with _opened(self.path) as file:
            chunk = file.read(_CHUNK)
            parser = _parser(chunk)
            while chunk:
                self._check()
                parser.feed(chunk)
                self._note(parser)
                yield len(chunk), parser.read_events()
                chunk = file.read(_CHUNK)
        try:
            parser.close()
        except etree.XMLSyntaxError as error:
            self.damage = self.damage or self._broken(error.msg, error.lineno or 1)
        self._note(parser)
        yield 0, parser.read_events()

    def _note(self, parser: etree.XMLPullParser[etree._Element]) -> None:
        """Keep the first damage; the parser goes on after most kinds."""
        if self.damage is None:
            errors = (e for e in parser.feed_error_log if e.level >= _ERROR)
            for error in errors:
                self.damage = self._broken(error.message, error.line)
                break

    def _is_root(self, element: etree._Element) -> bool:
        """Return whether this is the outermost element; its DTD must not declare entities."""
        dtd = element.getroottree().docinfo.internalDTD
        if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
            message = f"“{self.path.name}” declares entities; such a file is not read."
            raise FormatError(message)
        return element.getparent() is None

    def _broken(self, reason: str, line: int) -> str:
        """Return the sentence; the parser's own words are cut, they may quote the file."""
        words = reason.split(", ", maxsplit=1)[0].rstrip(".\n ")[:80]
        return f"“{self.path.name}” is damaged at line {line} ({words})."


def variants_of(unit: etree._Element) -> Iterator[Variant]:
    """Yield the texts of a <tu>; empty ones are left out."""
    for variant in unit:
        if _name(variant) != "tuv":
            continue
        tag = next((value for key in _LANGUAGE if (value := variant.get(key))), "")
        for segment in variant:
            if _name(segment) == "seg":
                text = " ".join(plain_text(segment).split())
                if text:
                    yield Variant(str(tag).strip().replace("_", "-"), text)


def plain_text(segment: etree._Element) -> str:
    """Return the text of a <seg> without what stands inside codes; a lone code is a space."""
    return "".join(_texts(segment))


def _texts(element: etree._Element) -> Iterable[str]:
    if element.text:
        yield element.text
    for child in element:
        name = _name(child)
        if name in _STANDING_ALONE:
            yield " "
        elif name not in _NATIVE and name != "sub":
            yield from _texts(child)
        if child.tail:
            yield child.tail


def _name(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _forget(element: etree._Element) -> None:
    """Free a unit that was read and all that stood before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _parser(head: bytes) -> etree.XMLPullParser[etree._Element]:
    """Return a parser that loads nothing, limits depth and sizes, and goes on after damage."""
    from lxml import etree

    # Some programs call UTF-8 "UTF-16" in the declaration; what stands in 8 bits is not.
    encoding = "utf-8" if _DECLARED_UTF_16.match(head) else None
    return etree.XMLPullParser(
        events=("start", "end"),
        tag=("{*}tmx", "{*}tu"),
        encoding=encoding,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )


def _opened(path: Path) -> IO[bytes]:
    """Open an ordinary file of a bearable size; raises FormatError."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            message = f"“{path.name or path}” is not an ordinary file."
        elif status.st_size > LARGEST:
            message = f"“{path.name}” is too large: more than {LARGEST >> 30} GB."
        elif not status.st_size:
            message = f"“{path.name}” is empty."
        else:
            return path.open("rb")
    except FileNotFoundError:
        message = f"“{path}” was not found."
    except OSError as error:
        message = f"“{path}” could not be read: {error.strerror or error}."
    except ValueError:
        message = f"“{path.name!r}” is no name of a file."
    raise FormatError(message)
