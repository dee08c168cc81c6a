"""XLIFF 1.2 and what translation tools made of it: SDLXLIFF, MQXLIFF, TXLF, MXLIFF.

A unit is a `trans-unit`, or where `seg-source` divides it, each segment of it. Skeletons,
alternative translations and everything that the tools added are left alone. States and locks are
where each tool keeps them: an attribute of the target or of the unit, or SDL's `seg-defs`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from reviewer.formats.pairs import Slot, UnitPlace
from reviewer.formats.states import MEMOQ, PHRASE, TRADOS, XLIFF_12, StateTag
from reviewer.formats.xml_inline import Inline
from reviewer.formats.xml_slots import Stretch, content_slot, stretch_of
from reviewer.formats.xml_walk import (
    by_local_name,
    escaped,
    local,
    plain,
    refuse_depth,
    white_before,
)
from reviewer.model import CodeKind, UnitState

if TYPE_CHECKING:
    from xml.parsers import expat

    from reviewer.formats.xml_walk import Attributes, XmlBody

_LINKS = ("rid", "id")
INLINES = {
    "g": Inline(CodeKind.PAIR),
    "x": Inline(CodeKind.PLACEHOLDER),
    "bx": Inline(CodeKind.OPEN, links=_LINKS),
    "ex": Inline(CodeKind.CLOSE, links=_LINKS),
    "bpt": Inline(CodeKind.OPEN, whole=True, links=_LINKS),
    "ept": Inline(CodeKind.CLOSE, whole=True, links=_LINKS),
    "ph": Inline(CodeKind.PLACEHOLDER, whole=True),
    "it": Inline(CodeKind.PLACEHOLDER, whole=True),
    "mrk": Inline(CodeKind.PAIR, annotation=True, links=("mid", "cid", "mtype")),
    "mrk x-sdl-deleted": Inline(CodeKind.PLACEHOLDER, whole=True, annotation=True),
}
_TEXTS = frozenset({"source", "seg-source", "target"})
_HOLDING = frozenset({"file", "group", "trans-unit"})
_NOTES = frozenset({"note", "comment"})
_STATES = ("conf", "status", "editStatus", "confirmed", "state")
_MEMSOURCE = {"0": "not confirmed", "1": "confirmed"}
_TRUE = frozenset({"true", "locked", "1", "yes"})
_HIDING = frozenset({"alt-trans", "bin-unit", "internal-file", "cmt-defs", "tag-defs"})


class _Open(NamedTuple):
    """An element whose end is still to come; `depth` is how many elements it is in."""

    name: str
    place: int
    attributes: Attributes
    depth: int


@dataclass
class _TransUnit:
    """A `trans-unit` as it is being walked through."""

    attributes: Attributes
    keeps_lines: bool
    place: int
    texts: dict[str, Stretch] = field(default_factory=dict)
    segments: dict[str, dict[str, Stretch]] = field(default_factory=dict)
    definitions: dict[str, Attributes] = field(default_factory=dict)
    defined: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class Xliff12:
    """Collects the places of the units of a file while it is walked through.

    Attributes:
        places: of the units that are to be translated, in order.
        languages: of source and target of the first file that has units.
        others: how many units are of other languages than those and were left out.
        tags: of each unit the tag that tells its state, or None; filled where asked for.
    """

    parser: expat.XMLParserType

    def __init__(self, body: XmlBody, *, with_tags: bool = False) -> None:
        self._body = body
        self._with_tags = with_tags
        self.places: list[UnitPlace] = []
        self.tags: list[StateTag | None] = []
        self.languages = ("", "")
        self.others = 0
        self._file = ("", "")
        self._path: list[str] = []
        self._opened: list[_Open] = []
        self._hidden = 0
        self._kept: list[bool] = [False]
        self._wanted: list[bool] = [True]
        self._unit: _TransUnit | None = None
        self._groups = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Take in a start tag."""
        if self._hidden:
            self._hidden += 1
            refuse_depth(self._hidden)
            return
        name = local(name)
        if name in _HIDING:
            self._hidden = 1
            return
        path = self._path
        path.append(name)
        refuse_depth(len(path))
        if name in _HOLDING:
            self._enter(name, attributes)
        elif self._unit is None:
            return
        elif (
            (name in _TEXTS and path[-2] == "trans-unit")
            or name in _NOTES
            or (name == "mrk" and attributes.get("mtype") == "seg")
        ):
            place = self.parser.CurrentByteIndex
            self._opened.append(_Open(name, place, attributes, len(path) - 1))
        elif name == "seg" and path[-2] == "seg-defs":
            id_ = attributes.get("id", "")
            self._unit.definitions[id_] = by_local_name(attributes)
            self._unit.defined[id_] = self.parser.CurrentByteIndex

    def end(self, _name: str) -> None:
        """Take in an end tag."""
        if self._hidden:
            self._hidden -= 1
            return
        name = self._path.pop()
        if name in _HOLDING:
            self._leave(name)
        elif self._opened and self._opened[-1].depth == len(self._path):
            self._close(name, self.parser.CurrentByteIndex)

    def _enter(self, name: str, attributes: Attributes) -> None:
        kept = attributes.get("xml:space")
        self._kept.append(kept == "preserve" if kept else self._kept[-1])
        wanted = attributes.get("translate")
        self._wanted.append(wanted != "no" if wanted else self._wanted[-1])
        if name == "file":
            tags = attributes.get("source-language", ""), attributes.get("target-language", "")
            self._file = tags
        elif name == "trans-unit":
            place = self.parser.CurrentByteIndex
            self._unit = _TransUnit(by_local_name(attributes), self._kept[-1], place)

    def _leave(self, name: str) -> None:
        wanted = self._wanted.pop()
        self._kept.pop()
        if name != "trans-unit" or self._unit is None:
            return
        unit, self._unit, self._opened = self._unit, None, []
        if wanted and "source" in unit.texts and self._is_of_these_languages():
            self._add(unit)

    def _is_of_these_languages(self) -> bool:
        if not self.places:
            self.languages = self._file
        if self._file != self.languages:
            self.others += 1
            return False
        return True

    def _close(self, name: str, place: int) -> None:
        """Keep an element of the unit whose end is reached."""
        assert self._unit is not None
        _, first, attributes, _ = self._opened.pop()
        stretch = stretch_of(self._body, first, place, attributes)
        if name in _NOTES:
            self._unit.notes.append(plain(self._body.text(stretch.start, stretch.end)))
        elif name == "mrk":
            side = self._opened[-1].name if self._opened else ""
            known = self._unit.segments.setdefault(side, {})
            known.setdefault(attributes.get("mid", ""), stretch)
        else:
            self._unit.texts.setdefault(name, stretch)

    def _add(self, unit: _TransUnit) -> None:
        sources = unit.segments.get("seg-source")
        if not sources:
            source = unit.texts["source"]
            self._append(unit, "", source, self._slot(unit, source))
            return
        self._groups += 1
        given = unit.segments.get("target", {})
        missing = {mid: stretch for mid, stretch in sources.items() if mid not in given}
        slots = self._missing(unit, missing, whole=not given) if missing else {}
        for mid, stretch in sources.items():
            target = given.get(mid)
            slot = slots[mid] if target is None else content_slot(self._body, target)
            self._append(unit, mid, stretch, slot)

    def _append(self, unit: _TransUnit, mid: str, source: Stretch, slot: Slot) -> None:
        name = unit.attributes.get("id", "")
        location = f"{name}.{mid}" if mid and name else mid or name
        range_ = source.start, source.end
        state = self._state(unit, mid)
        self.places.append(UnitPlace(range_, slot, location, unit.keeps_lines, state))
        if self._with_tags:
            self.tags.append(_state_tag(unit, mid))

    def _slot(self, unit: _TransUnit, source: Stretch) -> Slot:
        """Return where the target of an undivided unit is written."""
        target = unit.texts.get("target")
        if target is not None:
            return content_slot(self._body, target)
        place, lead, prefix = self._behind(unit, source)
        return Slot(place, place, f"{lead}<{prefix}target>", f"</{prefix}target>")

    def _behind(self, unit: _TransUnit, source: Stretch) -> tuple[int, str, str]:
        """Return where a new target stands, the white space before it and its prefix."""
        last = unit.texts.get("seg-source", source)
        source = unit.texts["source"]
        lead = white_before(self._body.data, source.first)
        name = self._body.text(source.first + 1, source.start).split(None, 1)[0].rstrip("/>")
        return last.last, lead, name.removesuffix("source")

    def _missing(
        self, unit: _TransUnit, missing: dict[str, Stretch], *, whole: bool
    ) -> dict[str, Slot]:
        """Return where segments are written that the target has not.

        A target without any is made like `seg-source`, with the codes around the segments.
        """
        target = unit.texts.get("target")
        if not whole and target is not None:
            end = target.end
            return {
                mid: Slot(end, end, f'<mrk mtype="seg" mid="{_quoted(mid)}">', "</mrk>", -1)
                for mid in missing
            }
        model = unit.texts["seg-source"]
        if target is not None:
            slot = content_slot(self._body, target)
        else:
            place, lead, prefix = self._behind(unit, model)
            slot = Slot(place, place, f"{lead}<{prefix}target>", f"</{prefix}target>")
        slots, last = {}, model.start
        for number, (mid, stretch) in enumerate(missing.items()):
            opening = self._body.text(stretch.first, stretch.start)
            before = self._body.text(last, stretch.first)
            closing = self._body.text(stretch.end, stretch.last)
            if opening.endswith("/>"):
                opening, closing = f"{opening[:-2].rstrip()}>", "</mrk>"
            before, last = before + opening, stretch.last
            after = closing
            if number == 0:
                before = slot.before + before
            if number == len(missing) - 1:
                after += self._body.text(last, model.end) + slot.after
            slots[mid] = Slot(slot.start, slot.end, before, after, self._groups)
        return slots

    def _state(self, unit: _TransUnit, mid: str) -> UnitState | None:
        """Return what the file says of a segment, in whichever of the dialects."""
        target = unit.texts.get("target")
        told = {**unit.attributes, **(by_local_name(target.attributes) if target else {})}
        if mid in unit.definitions:
            told |= unit.definitions[mid]
        state = next((told[name] for name in _STATES if told.get(name)), "")
        state = _MEMSOURCE.get(state, state)
        if not state and told.get("approved") == "yes":
            state = "approved"
        locked = told.get("locked", "") in _TRUE
        notes = tuple(note for note in unit.notes if note)
        return UnitState(state, locked, notes) if state or locked or notes else None


def _state_tag(unit: _TransUnit, mid: str) -> StateTag | None:
    """Return the tag that tells the state of a segment; None where none is of it alone."""
    if unit.attributes.get("locked") in _TRUE or "editStatus" in unit.attributes:
        return None
    if mid in unit.definitions:
        locked = unit.definitions[mid].get("locked") in _TRUE
        return None if locked else StateTag(unit.defined[mid], TRADOS)
    for words in (MEMOQ, PHRASE):
        if words.name in unit.attributes:
            return StateTag(unit.place, words)
    target = unit.texts.get("target")
    return StateTag(target.first, XLIFF_12) if target is not None and not mid else None


def _quoted(value: str) -> str:
    return escaped(value).replace('"', "&quot;")
