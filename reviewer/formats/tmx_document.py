"""TMX 1.1 to 1.4b as a bilingual document: each unit in two of its languages.

The source is the language that the header names, the target the most frequent other one, unless
the person chose. Further languages and further variants of one language are left alone. A unit
that lacks the target gets a variant of its own behind that of the source.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from reviewer.errors import FormatError
from reviewer.formats.base import BilingualContent, BilingualReader, Writer
from reviewer.formats.pairs import Skeleton, Slot, UnitPlace
from reviewer.formats.reports import FIRST, Reports
from reviewer.formats.xml_inline import Inline, XmlInline, balanced
from reviewer.formats.xml_slots import Stretch, content_slot, stretch_of
from reviewer.formats.xml_walk import (
    escaped,
    local,
    plain,
    refuse_depth,
    spliced,
    uncdata,
    walk,
    white_before,
    xml_body,
)
from reviewer.marking import QT_TRANSLATE_NOOP
from reviewer.model import CodeKind, UnitState, primary_subtag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from xml.parsers import expat

    from reviewer.formats.base import Insertion, Replacement
    from reviewer.formats.xml_walk import Attributes, XmlBody

_VERSION = 1
_CODE = Inline(CodeKind.PLACEHOLDER, whole=True, links=("x", "i"))
INLINES = {
    "bpt": Inline(CodeKind.OPEN, whole=True, links=("i",), match="x"),
    "ept": Inline(CodeKind.CLOSE, whole=True, links=("i",)),
    "ph": _CODE,
    "it": _CODE,
    "ut": _CODE,
    "hi": Inline(CodeKind.PAIR, annotation=True, links=("x", "type")),
}
_TEXTS = frozenset({("seg", "tuv"), ("note", "tu"), ("note", "tuv")})
_ANY = "*all*"
_FURTHER = QT_TRANSLATE_NOOP(
    "formats", "The file holds texts in other languages too; they are left alone."
)


@dataclass(slots=True)
class _Variant:
    """A `tuv`: its tag as written, its text, and where the element ends."""

    tag: str
    first: int
    seg: Stretch | None = None
    last: int = 0


@dataclass(slots=True)
class _Unit:
    id: str
    variants: list[_Variant] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class _Tmx:
    """Collects the units of a file while it is walked through."""

    parser: expat.XMLParserType

    def __init__(self, body: XmlBody) -> None:
        self._body = body
        self._path: list[str] = []
        self._first: list[tuple[int, Attributes]] = []
        self._unit: _Unit | None = None
        self.source = ""
        self.units: list[_Unit] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """Take in a start tag."""
        name = local(name)
        if not self._path and name != "tmx":
            message = "This is no TMX inside."
            raise FormatError(message)
        self._path.append(name)
        refuse_depth(len(self._path))
        parent = self._path[-2] if len(self._path) > 1 else ""
        if name == "header":
            self.source = attributes.get("srclang", "")
        elif name == "tu" and parent == "body":
            self._unit = _Unit(attributes.get("tuid", ""))
            self.units.append(self._unit)
        elif self._unit is None:
            return
        elif name == "tuv" and parent == "tu":
            tag = attributes.get("xml:lang") or attributes.get("lang", "")
            self._unit.variants.append(_Variant(tag, self.parser.CurrentByteIndex))
        elif (name, parent) in _TEXTS:
            self._first.append((self.parser.CurrentByteIndex, attributes))

    def end(self, _name: str) -> None:
        """Take in an end tag."""
        name = self._path.pop()
        parent, unit = self._path[-1] if self._path else "", self._unit
        if unit is None:
            return
        place = self.parser.CurrentByteIndex
        if name == "tu" and parent == "body":
            self._unit = None
        elif name == "tuv" and parent == "tu":
            variant = unit.variants[-1]
            variant.last = stretch_of(self._body, variant.first, place, {}).last
        elif (name, parent) in _TEXTS:
            first, attributes = self._first.pop()
            stretch = stretch_of(self._body, first, place, attributes)
            if name == "note":
                unit.notes.append(plain(self._body.text(stretch.start, stretch.end)))
            elif unit.variants and unit.variants[-1].seg is None:
                unit.variants[-1].seg = stretch

    def languages(self, options: Mapping[str, Any]) -> tuple[str, str]:
        """Return the tags of source and target, as chosen or as the file has them."""
        counts = Counter(variant.tag for unit in self.units for variant in unit.variants)
        first = next((variant.tag for unit in self.units for variant in unit.variants), "")
        source = options.get("source_language") or self.source
        if source in {"", _ANY} or not any(_rank(tag, source) < _OTHER for tag in counts):
            source = options.get("source_language") or first
        beside = Counter(self._beside(source))
        others = (tag for tag, _ in beside.most_common())
        return source, options.get("target_language") or next(others, "")

    def _beside(self, source: str) -> Iterator[str]:
        """Yield the tags of what stands beside the source, as often as it does."""
        for unit in self.units:
            if _best(unit.variants, source):
                yield from (v.tag for v in unit.variants if _rank(v.tag, source) == _OTHER)

    def places(self, source: str, target: str) -> Iterator[UnitPlace]:
        """Yield the place of each unit that has the source."""
        for number, unit in enumerate(self.units, 1):
            ours, theirs = _best(unit.variants, source), _best(unit.variants, target)
            if ours is None or ours.seg is None or ours is theirs:
                continue
            if theirs is not None and theirs.seg is not None:
                slot = content_slot(self._body, theirs.seg)
            else:
                slot = self._new(ours, target)
            notes = tuple(note for note in unit.notes if note)
            state = UnitState(notes=notes) if notes else None
            range_ = ours.seg.start, ours.seg.end
            yield UnitPlace(range_, slot, unit.id or str(number), state=state)

    def _new(self, source: _Variant, tag: str) -> Slot:
        """Return where a variant of a language is written that a unit lacks."""
        lead = white_before(self._body.data, source.first)
        quoted = escaped(tag).replace('"', "&quot;")
        opening = f'{lead}<tuv xml:lang="{quoted}"><seg>'
        return Slot(source.last, source.last, opening, "</seg></tuv>")


_OTHER = 3


def _rank(tag: str, wanted: str) -> int:
    """Return how well a tag fits: 0 itself, 1 the bare language, 2 another region, 3 not."""
    tag, wanted = tag.replace("_", "-").lower(), wanted.replace("_", "-").lower()
    if tag == wanted:
        return 0
    if primary_subtag(tag) != primary_subtag(wanted):
        return _OTHER
    return 1 if "-" not in tag else 2


def _best(variants: Sequence[_Variant], wanted: str) -> _Variant | None:
    """Return the variant of a language, the first of equally good ones; None without one."""
    fitting = [variant for variant in variants if _rank(variant.tag, wanted) < _OTHER]
    return min(fitting, key=lambda variant: _rank(variant.tag, wanted), default=None)


def read_tmx(data: bytes, options: Mapping[str, Any]) -> BilingualContent:
    """Read a translation memory as a document; raises FormatError, EncodingError.

    Options: "encoding"; "source_language" and "target_language", BCP 47 tags.
    """
    body = xml_body(data, options.get("encoding"))
    reports = Reports(options.get("onlooker"), len(body.data))
    found, languages, skeleton = _laid_out(body, options, reports)
    recipe = {
        "reader": "tmx",
        "version": _VERSION,
        "encoding": body.encoding,
        "source_language": languages[0],
        "target_language": languages[1],
    }
    known = {primary_subtag(tag) for tag in languages}
    tags = {primary_subtag(v.tag) for unit in found.units for v in unit.variants}
    further = bool(tags - known)
    notes = (_FURTHER,) if further else ()
    units = reports.units(skeleton)
    return BilingualContent(*units, languages, recipe, notes, ambiguous=further)


def write_tmx(
    original: bytes,
    recipe: Mapping[str, Any],
    replacements: Sequence[Replacement],
    insertions: Sequence[Insertion],
) -> bytes:
    """Return the original with its corrected variants; raises ExportError."""
    if not replacements and not insertions:
        return original
    body = xml_body(original, recipe.get("encoding"))
    _, _, skeleton = _laid_out(body, recipe)
    changes = skeleton.changes(replacements, insertions)
    written = [(start, end, body.writable(new).encode()) for start, end, new in changes]
    return body.restored(spliced(body.data, written), original)


def _laid_out(
    body: XmlBody, options: Mapping[str, Any], reports: Reports | None = None
) -> tuple[_Tmx, tuple[str, str], Skeleton]:
    found = _Tmx(body)

    def tell(place: int) -> None:
        if reports is not None:
            reports.walked(place, len(found.units), lambda: _first(body, found, options))

    walk(body, found, tell)
    languages = found.languages(options)
    skeleton = _skeleton(body, found.places(*languages) if languages[1] else ())
    if not skeleton.places:
        message = "No unit of it has a text in two languages that can be told apart."
        raise FormatError(message)
    return found, languages, skeleton


def _first(
    body: XmlBody, found: _Tmx, options: Mapping[str, Any]
) -> tuple[Skeleton, tuple[str, str]]:
    """Return the first units of a file that is being walked through."""
    languages = found.languages(options)
    return _skeleton(body, islice(found.places(*languages), FIRST)), languages


def _skeleton(body: XmlBody, places: Iterable[UnitPlace]) -> Skeleton:
    return Skeleton(list(places), XmlInline(INLINES), body.text, escaped, uncdata, balanced)


READER = BilingualReader(
    "tmx", QT_TRANSLATE_NOOP("formats", "Translation memory"), (".tmx",), read_tmx
)
WRITER = Writer("tmx", write_tmx)
