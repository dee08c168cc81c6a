"""Large XML files from anywhere, read unit by unit.

The file is read as a stream, no DTD or entity of it is loaded, and what is damaged is passed over
and told.
"""

from __future__ import annotations

import re
import stat
from typing import IO, TYPE_CHECKING

from reviewer.errors import FormatError, system_reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from lxml import etree

LARGEST = 4 * 1024 * 1024 * 1024
"""Bytes of the largest file that is read."""
LARGEST_UNIT = 4 * 1024 * 1024
"""Bytes without the end of a unit after which a file is given up."""
_CHUNK = 64 * 1024
_ERROR = 2
"""Of libxml2's levels; below are warnings."""
_DECLARED_UTF_16 = re.compile(
    rb"""<\?xml[^>]{0,200}encoding\s*=\s*["'](utf-?16|ucs-?2)""", re.IGNORECASE
)


class XmlStream:
    """The units of an XML file; go through `elements` once.

    Attributes:
        damage: a sentence that names the file and the line where it is broken first; None where
            it is sound. Complete when the units are exhausted.
    """

    def __init__(
        self,
        path: Path,
        roots: Sequence[str],
        units: Sequence[str],
        what: str,
        check: Callable[[], None] = lambda: None,
        opened: Callable[[], IO[bytes]] | None = None,
    ) -> None:
        """Take a file with one of these roots, made of these elements.

        `what` names the kind of file where it is another one; `check` is called every few
        milliseconds of reading and may raise; `opened` gives the bytes where they are a part of
        the file.
        """
        self.path = path
        self.damage: str | None = None
        self._roots = tuple(roots)
        self._units = tuple(units)
        self._what = what
        self._check = check
        self._opened = opened or (lambda: opened_file(path))

    def elements(self) -> Iterator[tuple[etree._Element, int]]:
        """Yield the units and their lines; each is emptied when the next is asked for.

        Raises:
            FormatError: missing, unreadable, another kind of file, entities of its own, or a
                unit too large; one sentence that names the file.
        """
        since_last, found = 0, False
        for size, events in self._parsed():
            for kind, element in events:
                if local_name(element) in self._roots:
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
            message = f"“{self.path.name}” is an XML file, but no {self._what}."
            raise FormatError(self.damage or message)

    def _parsed(self) -> Iterator[tuple[int, Iterable[tuple[str, etree._Element]]]]:
        """Yield, chunk by chunk, how many bytes were read and what was found in them."""
        from lxml import etree

        with self._opened() as file:
            chunk = file.read(_CHUNK)
            parser = _parser(chunk, (*self._roots, *self._units))
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


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _forget(element: etree._Element) -> None:
    """Free a unit that was read and all that stood before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _parser(head: bytes, names: Iterable[str]) -> etree.XMLPullParser[etree._Element]:
    """Return a parser that loads nothing, limits depth and sizes, and goes on after damage."""
    from lxml import etree

    # Some programs call UTF-8 "UTF-16" in the declaration; what stands in 8 bits is not.
    encoding = "utf-8" if _DECLARED_UTF_16.match(head) else None
    return etree.XMLPullParser(
        events=("start", "end"),
        tag=[f"{{*}}{name}" for name in names],
        encoding=encoding,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )


def opened_file(path: Path) -> IO[bytes]:
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
        message = f"“{path}” could not be read: {system_reason(error)}."
    except ValueError:
        message = f"“{path.name!r}” is no name of a file."
    raise FormatError(message)
