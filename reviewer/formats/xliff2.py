"""XLIFF 2.0, 2.1 and 2.2: a unit is a `segment`.

What stands between segments (`ignorable`), suggestions (`matches`), glossaries and every other
module are left alone. Codes show the original data that they refer to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewer.formats.pairs import Slot, UnitPlace
from reviewer.formats.states import XLIFF_2, StateTag
from reviewer.formats.xml_inline import Inline
from reviewer.formats.xml_walk import is_closed, plain, refuse_depth, tag_end, white_before
from reviewer.model import CodeKind, UnitState

if TYPE_CHECKING:
    from xml.parsers import expat

    from reviewer.formats.xml_walk import Attributes, XmlBody

INLINES = {
    "pc": Inline(CodeKind.PAIR),
    "ph": Inline(CodeKind.PLACEHOLDER),
    "cp": Inline(CodeKind.PLACEHOLDER, links=("hex",)),
    "sc": Inline(CodeKind.OPEN),
    "ec": Inline(CodeKind.CLOSE, links=("startRef", "id")),
    "mrk": Inline(CodeKind.PAIR, annotation=True),
    "sm": Inline(CodeKind.PLACEHOLDER, annotation=True),
    "em": Inline(CodeKind.PLACEHOLDER, annotation=True, links=("startRef",)),
}
_SPACE = "xml:space"


@dataclass
class _Segment:
    """A `segment` as it is being walked through."""

    attributes: Attributes
    place: int
    source: tuple[int, int] | None = None
    slot: Slot | None = None
    new: Slot | None = None
    state: str = ""
    keeps_lines: list[bool] = field(default_factory=list)


class Xliff2:
    """Collects the places of the units of a file while it is walked through.

    Attributes:
        places: of the units that are to be translated, in order.
        languages: of source and target.
        others: units in other languages; XLIFF 2 has none.
        tags: of each unit the tag that tells its state; filled where asked for.
    """

    parser: expat.XMLParserType

    def __init__(self, body: XmlBody, *, with_tags: bool = False) -> None:
        self._body = body
        self._with_tags = with_tags
        self.tags: list[StateTag | None] = []
        self.places: list[UnitPlace] = []
        self.languages = ("", "")
        self.others = 0
        self._path: list[str] = []
        self._wanted: list[bool] = [True]
        self._kept: list[bool] = [False]
        self._segment: _Segment | None = None
        self._depth = 0
        self._pending: list[_Segment] = []
        self._unit = ""
        self._native: dict[str, str] = {}
        self._data = ""
        self._notes: list[str] = []
        self._first = 0
        self._content = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Take in a start tag."""
        prefix, _, name = name.rpartition(":")
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        refuse_depth(len(self._path))
        place = self.parser.CurrentByteIndex
        if name in {"xliff", "file", "group", "unit"}:
            self._enter(name, attributes)
        elif name == "segment" and parent == "unit":
            self._segment, self._depth = _Segment(attributes, place), len(self._path)
        elif name in {"source", "target"} and self._segment and self._is_in_segment(1):
            self._first, self._content = place, tag_end(self._body.data, place)
            kept = attributes.get(_SPACE)
            self._segment.keeps_lines.append(kept == "preserve" if kept else self._kept[-1])
            if name == "target" and is_closed(self._body.data, self._content):
                raw = self._body.text(place, self._content)
                opening, closing = (
                    f"{raw[:-2].rstrip()}>",
                    f"</{prefix}{':' * bool(prefix)}target>",
                )
                self._segment.slot = Slot(place, self._content, opening, closing)
        elif self._is_side_text(name, parent):
            self._content = tag_end(self._body.data, place)
            self._data = attributes.get("id", "")

    def _is_in_segment(self, own: int) -> bool:
        """Return whether an element stands in the segment itself; `own` if it is on the path."""
        return len(self._path) == self._depth + own

    def _is_side_text(self, name: str, parent: str) -> bool:
        """Return whether an element is a note or original data of a unit."""
        known = (name, parent) in {("note", "notes"), ("data", "originalData")}
        return known and "segment" not in self._path and "unit" in self._path

    def end(self, name: str) -> None:
        """Take in an end tag."""
        prefix, _, name = name.rpartition(":")
        place = self.parser.CurrentByteIndex
        self._path.pop()
        parent = self._path[-1] if self._path else ""
        if name in {"file", "group", "unit", "xliff"}:
            self._leave(name)
        elif name == "segment" and parent == "unit" and self._segment is not None:
            self._pending.append(self._segment)
            self._segment = None
        elif self._segment is not None and self._is_in_segment(0):
            self._take(prefix, name, place)
        elif self._is_side_text(name, parent):
            self._take_side_text(name, place)

    def _take_side_text(self, name: str, place: int) -> None:
        text = plain(self._body.text(self._content, max(place, self._content)))
        if name == "note":
            self._notes.append(text)
        else:
            self._native[self._data] = text

    def _take(self, prefix: str, name: str, place: int) -> None:
        segment, data = self._segment, self._body.data
        assert segment is not None
        if name == "source":
            segment.source = self._content, max(place, self._content)
            empty = is_closed(data, self._content)
            last = self._content if empty else tag_end(data, place)
            lead, tag = white_before(data, self._first), f"{prefix}{':' * bool(prefix)}target"
            segment.new = Slot(last, last, f"{lead}<{tag}>", f"</{tag}>")
        elif name == "target" and segment.slot is None:
            segment.slot = Slot(self._content, place)

    def _enter(self, name: str, attributes: Attributes) -> None:
        if name == "xliff":
            self.languages = attributes.get("srcLang", ""), attributes.get("trgLang", "")
        wanted, kept = attributes.get("translate"), attributes.get(_SPACE)
        self._wanted.append(wanted != "no" if wanted else self._wanted[-1])
        self._kept.append(kept == "preserve" if kept else self._kept[-1])
        if name == "unit":
            self._unit, self._native = attributes.get("id", ""), {}
            self._notes, self._pending = [], []

    def _leave(self, name: str) -> None:
        wanted = self._wanted.pop()
        self._kept.pop()
        if name != "unit" or not wanted:
            return
        notes = tuple(note for note in self._notes if note)
        for number, segment in enumerate(self._pending):
            slot = segment.slot or segment.new
            if segment.source is None or slot is None:
                continue
            said = segment.attributes.get("subState") or segment.attributes.get("state", "")
            own = notes if number == 0 else ()
            state = UnitState(said, notes=own) if said or own else None
            id_ = segment.attributes.get("id", "")
            location = f"{self._unit}.{id_}" if id_ else self._unit
            kept = any(segment.keeps_lines)
            place = UnitPlace(segment.source, slot, location, kept, state, self._native)
            self.places.append(place)
            if self._with_tags:
                self.tags.append(StateTag(segment.place, XLIFF_2))
