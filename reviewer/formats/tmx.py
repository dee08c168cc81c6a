"""Translation memories in TMX 1.1 to 1.4b, read unit by unit.

A TMX file may be larger than the memory: `xml_stream` says how it is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.formats.xml_stream import XmlStream, local_name
from reviewer.model import primary_subtag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from lxml import etree

_LANGUAGE = ("{http://www.w3.org/XML/1998/namespace}lang", "lang")
_NATIVE = frozenset({"bpt", "ept", "it", "ut"})
_STANDING_ALONE = frozenset({"ph", "x"})


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


class Tmx:
    """A TMX file; go through `units` once.

    Attributes:
        path: the file.
    """

    def __init__(self, path: Path, check: Callable[[], None] = lambda: None) -> None:
        """Take a file; `check` is called every few milliseconds of reading and may raise."""
        self.path = path
        self._stream = XmlStream(path, ("tmx",), ("tu",), "translation memory (TMX)", check)

    @property
    def damage(self) -> str | None:
        """Where the file is broken first, one sentence; see `XmlStream.damage`."""
        return self._stream.damage

    def units(self) -> Iterator[TranslationUnit]:
        """Yield the units that have a text; raises FormatError where there is nothing to read."""
        for element, line in self._stream.elements():
            variants = tuple(variants_of(element))
            if variants:
                yield TranslationUnit(variants, line)


def variants_of(unit: etree._Element) -> Iterator[Variant]:
    """Yield the texts of a <tu>; empty ones are left out."""
    for variant in unit:
        if local_name(variant) != "tuv":
            continue
        tag = next((value for key in _LANGUAGE if (value := variant.get(key))), "")
        for segment in variant:
            if local_name(segment) == "seg":
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
        name = local_name(child)
        if name in _STANDING_ALONE:
            yield " "
        elif name not in _NATIVE and name != "sub":
            yield from _texts(child)
        if child.tail:
            yield child.tail
